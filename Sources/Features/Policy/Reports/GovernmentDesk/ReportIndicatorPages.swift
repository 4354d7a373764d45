import Kernel
import Web

/// Indicators quarter by quarter: pictures, each with its figures in one table.
struct ReportIndicatorPages: Sendable {
  private static let pitch = 62

  let say: Wording

  func page(_ indicators: ReportIndicators) -> Page {
    let title = say("一季一季的数字", "Figures quarter by quarter")
    let rows = indicators.rows
    let charts = HTML.joined([
      chart(say("送出的报告", "Reports sent"), rows.map { ($0.quarter, $0.sent) }),
      chart(say("有答复的报告", "Reports replied to"), rows.map { ($0.quarter, $0.replied) }),
      chart(say("改了政策的报告", "Reports that changed a policy"), rows.map { ($0.quarter, $0.changed) }),
      chart(
        say("几天后答复（中位数）", "Days to a reply (median)"), rows.map { ($0.quarter, $0.medianDays) }, none: "—"),
      chart(say("来参加活动的人次", "Attendance at activities"), rows.map { ($0.quarter, $0.attendance) }),
      chart(say("答问卷的份数", "Answers to questionnaires"), rows.map { ($0.quarter, $0.answers) }),
    ])
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1><div class="columns">\(charts)</div>\(tables(rows))\
        <p class="hint">\(say("“\(EvidenceParts.hidden)”：不到 \(ReportIndicators.least)，不写。", "“\(EvidenceParts.hidden)”: fewer than \(ReportIndicators.least), so it is left out."))</p>\
        <p><a href="/government">\(say("返回", "Back"))</a></p>
        """)
  }

  private func figure(_ number: Int?) -> String { number.map(String.init) ?? EvidenceParts.hidden }

  private typealias Column = (name: Phrase, figure: (ReportIndicators.Row) -> String)

  /// Two tables: all columns beside each other are wider than a screen.
  private func tables(_ rows: [ReportIndicators.Row]) -> HTML {
    let reports: [Column] = [
      (Phrase("送出的报告", "Reports sent"), { "\($0.sent)" }),
      (Phrase("有答复的", "Replied to"), { "\($0.replied)" }),
      (Phrase("改了政策的", "Changed a policy"), { "\($0.changed)" }),
      (Phrase("几天后答复（中位数）", "Days to a reply (median)"), { $0.medianDays.map(String.init) ?? "—" }),
    ]
    let others: [Column] = [
      (Phrase("办的活动", "Activities held"), { "\($0.activities)" }),
      (Phrase("来的人次", "Attendance"), { figure($0.attendance) }),
      (Phrase("在用的政策", "Policies in the library"), { "\($0.policies)" }),
      (Phrase("投票决定的提案", "Proposals decided"), { "\($0.decided)" }),
      (Phrase("做完的问卷", "Questionnaires closed"), { "\($0.questionnaires)" }),
      (Phrase("答的份数（n）", "Answers (n)"), { figure($0.answers) }),
    ]
    return table(say("每个季度的报告", "Reports, each quarter"), reports, rows)
      + table(say("每个季度别的事", "Everything else, each quarter"), others, rows)
  }

  private func table(_ caption: String, _ columns: [Column], _ rows: [ReportIndicators.Row]) -> HTML {
    PageParts.table(
      caption: caption,
      columns: [TableColumn(say("季度", "Quarter"))]
        + columns.map { TableColumn(say($0.name), isNumeric: true) },
      rows: rows.map { row in
        [HTML(text: say(row.quarter.name))] + columns.map { HTML(text: $0.figure(row)) }
      })
  }

  /// A line over the quarters, with a gap where there is no figure.
  /// - Parameter none: what stands there instead.
  private func chart(
    _ title: String, _ points: [(quarter: Quarter, figure: Int?)], none: String = EvidenceParts.hidden
  ) -> HTML {
    guard let highest = points.compactMap(\.figure).max(), highest > 0 else { return .empty }
    func place(_ index: Int, _ figure: Int) -> (x: Int, y: Int) {
      (x: 40 + index * Self.pitch, y: 120 - figure * 90 / highest)
    }
    let marks = points.enumerated().map { index, point -> HTML in
      let x = 40 + index * Self.pitch
      let label: HTML =
        "<text x=\"\(x)\" y=\"150\" text-anchor=\"middle\">\(point.quarter.year % 100)/\(point.quarter.number)</text>"
      guard let figure = point.figure else {
        return "\(label)<text x=\"\(x)\" y=\"116\" text-anchor=\"middle\">\(none)</text>"
      }
      let spot = place(index, figure)
      return """
        \(label)<circle class="series" cx="\(spot.x)" cy="\(spot.y)" r="4"></circle>\
        <text x="\(spot.x)" y="\(spot.y - 10)" text-anchor="middle">\(figure)</text>
        """
    }
    let lines = zip(points.indices, points.indices.dropFirst()).map { first, second -> HTML in
      guard let from = points[first].figure, let to = points[second].figure else { return .empty }
      let (start, end) = (place(first, from), place(second, to))
      return
        "<line class=\"series\" x1=\"\(start.x)\" y1=\"\(start.y)\" x2=\"\(end.x)\" y2=\"\(end.y)\"></line>"
    }
    let width = 80 + max(1, points.count - 1) * Self.pitch
    return PageParts.card(
      title,
      """
      <svg class="chart of-bars" role="img" viewBox="0 0 \(width) 160"><title>\(title)</title>\
      <line class="axis" x1="20" y1="128" x2="\(width - 20)" y2="128"></line>\(lines)\(marks)</svg>
      """)
  }
}
