import Kernel
import Web

/// The report as a picture with its table, and what it leaves out.
struct IndependenceReportPages {
  private static let least = IndependenceReport.least
  let say: Wording

  func page(_ report: IndependenceReport) -> Page {
    let title = say("大家自己下单的越来越多吗？", "Do people order more by themselves?")
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1>\
        <p class="lead">\(say("这一年里有人代下过单的邻居，每个月自己下了多少、别人代下了多少。", "Neighbours for whom somebody ordered within the year: what they ordered by themselves each month, and what others ordered for them."))</p>\
        \(people(report))\(figures(report))
        """)
  }

  /// Who is counted, who is not, and why numbers are missing.
  private func people(_ report: IndependenceReport) -> HTML {
    PageParts.card(
      say("算了谁", "Who is counted"),
      """
      \(PageParts.definitions([
        (say("同意算进统计的", "Agreed to be counted"), count(report.counted)),
        (say("没有同意、没算的", "Did not agree and are left out"), count(report.leftOut)),
      ]))\
      <p>\(say("收回同意的，从下一次打开这一页起就不再算。不到 \(Self.least) 个人的数不写，能推算出它的数也不写；写出来的都取到 \(IndependenceReport.step) 的倍数，加起来会差一点。", "Whoever takes the consent back is not counted from the next time this page is opened. Numbers of fewer than \(Self.least) people are left out, and so are those from which they could be computed; what is shown is rounded to multiples of \(IndependenceReport.step), so sums may differ a little."))</p>
      """)
  }

  private func figures(_ report: IndependenceReport) -> HTML {
    guard ([report.total] + report.months.map(\.shown)).contains(where: { $0.all ?? 0 > 0 }) else {
      return PageParts.empty(
        say(
          "同意统计的人还太少，写出来会认出是谁。",
          "Too few people have agreed to be counted: figures would show who they are."))
    }
    let months = told(report)
    let rows = months.map { row(say($0.month.name), $0.shown) }
    return PageParts.card(
      say("代下的占多少", "The share that others ordered"),
      """
      \(chart(months))\
      \(PageParts.table(
        caption: say("每月的订单", "Orders by month"),
        columns: [
          TableColumn(say("月份", "Month")), TableColumn(say("自己下的", "Alone"), isNumeric: true),
          TableColumn(say("代下的", "Assisted"), isNumeric: true),
          TableColumn(say("一共", "All"), isNumeric: true),
          TableColumn(say("代下的占", "Assisted share"), isNumeric: true),
        ], rows: rows + [row(say("一年一共", "The whole year"), report.total)]))
      """)
  }

  /// The months from the first one on in which anything was ordered: nobody reads a row of noughts.
  private func told(_ report: IndependenceReport) -> [(
    month: Month, shown: IndependenceReport.ShownRow
  )] {
    Array(report.months.drop { $0.shown.own == 0 && $0.shown.assisted == 0 && $0.shown.all == 0 })
  }

  private func row(_ name: String, _ shown: IndependenceReport.ShownRow) -> [HTML] {
    [
      HTML(text: name), number(shown.own), number(shown.assisted), number(shown.all),
      shown.assistedPercent.map { "\($0)%" } ?? leftOut,
    ]
  }

  private func number(_ number: Int64?) -> HTML { number.map { "\($0)" } ?? leftOut }

  private var leftOut: HTML {
    "<span aria-hidden=\"true\">—</span><span class=\"visually-hidden\">\(say("不写", "left out"))</span>"
  }

  private func count(_ count: ShownCount) -> HTML {
    switch count {
    case .exactly(let number): HTML(text: say.count(number, "人", "person", many: "people"))
    case .few: HTML(text: say("不到 \(Self.least) 人", "fewer than \(Self.least) people"))
    }
  }

  /// A bar for each month: what others ordered of a hundred orders. A month whose numbers are left out has none.
  private func chart(
    _ months: [(month: Month, shown: IndependenceReport.ShownRow)]
  ) -> HTML {
    guard months.contains(where: { $0.shown.assistedPercent != nil }) else { return .empty }
    let bars = months.enumerated().map { index, entry -> HTML in
      let left = 40 + index * 50
      let bar: HTML =
        entry.shown.assistedPercent.map { percent in
          let height = Int(percent)
          return """
            <rect class="series-2" x="\(left)" y="\(120 - height)" width="34" height="\(height)"></rect>\
            <text x="\(left + 17)" y="\(114 - height)" text-anchor="middle">\(percent)%</text>
            """
        } ?? "<text x=\"\(left + 17)\" y=\"114\" text-anchor=\"middle\">—</text>"
      return """
        \(bar)<text x="\(left + 17)" y="138" text-anchor="middle">\(say("\(entry.month.number)月", "\(entry.month.number)"))</text>
        """
    }
    // At least six months wide, so that a few bars are not blown up.
    let width = 56 + max(6, months.count) * 50
    let title = say("每一百单里别人代下的，按月", "Of a hundred orders, those that others placed, by month")
    return """
      <svg class="chart" role="img" viewBox="0 0 \(width) 146"><title>\(title)</title>\
      <line class="axis" x1="34" y1="120" x2="\(width - 8)" y2="120"></line>\(bars)</svg>
      """
  }
}
