import Kernel
import Web

/// The station's indicators: each a bar chart with its table beneath.
struct IndicatorPages {
  let say: Wording

  func page(_ indicators: Indicators) -> Page {
    let title = say("服务成效", "What the work comes to")
    let main: HTML = """
      <h1>\(title)</h1>\
      <p class="lead">\(say("最近一年。少于 \(indicators.least) 人的，和能从别的数推出来的，都不写。", "The last year. What concerns fewer than \(indicators.least) people, and what follows from other numbers, is left out."))</p>\
      \(card(indicators.stages))\(card(indicators.outcomes))\(work(indicators.work))\
      <h2>\(say("前后打分", "Scores before and after"))</h2>\(indicators.scores.map(card))\
      <h2>\(say("服务对象怎么说", "What clients say"))</h2>\(indicators.feedback.map(card))\(figures(indicators.figures))
      """
    return Page(title: title, kind: .staff, main: main)
  }

  private func card(_ split: Indicators.Split) -> HTML {
    let name = say(split.name)
    let rows = split.cells.map { [HTML(text: say($0.name)), number($0.count)] }
    return """
      <section class="card"><h3>\(name)</h3>\(chart(split))\
      \(PageParts.table(caption: name, isCaptionShown: false, columns: [TableColumn(say("哪一类", "Which")), TableColumn(say("多少", "How many"), isNumeric: true)], rows: rows))</section>
      """
  }

  /// A bar for each number that is shown, the longest as wide as the picture.
  private func chart(_ split: Indicators.Split) -> HTML {
    let longest = split.cells.compactMap(\.count).max() ?? 0
    guard longest > 0 else { return .empty }
    let bars = split.cells.enumerated().map { index, cell -> HTML in
      let top = 6 + index * 30
      let width = (cell.count ?? 0) * 190 / longest
      let mark = cell.count.map { String($0) } ?? "—"
      return """
        <text x="0" y="\(top + 15)">\(say(cell.name))</text>\
        <rect class="series" x="190" y="\(top)" width="\(width)" height="20"></rect>\
        <text x="\(196 + width)" y="\(top + 15)">\(mark)</text>
        """
    }
    return """
      <svg class="chart" role="img" viewBox="0 0 430 \(12 + split.cells.count * 30)"><title>\(say(split.name))</title>\(bars)</svg>
      """
  }

  private func work(_ work: [Indicators.Work]) -> HTML {
    let title = say("做了什么", "What was done")
    let rows = work.map { entry -> [HTML] in
      [
        HTML(text: say(entry.kind.name)), number(entry.people),
        entry.minutes.map { HTML(text: say("\($0 / 60) 小时", "\($0 / 60) hours")) } ?? leftOut,
      ]
    }
    return PageParts.card(
      title,
      PageParts.table(
        caption: title, isCaptionShown: false,
        columns: [
          TableColumn(say("方式", "Way")), TableColumn(say("多少人", "People"), isNumeric: true),
          TableColumn(say("多久", "For how long"), isNumeric: true),
        ], rows: rows))
  }

  private func figures(_ figures: [Indicators.Figure]) -> HTML {
    PageParts.card(
      say("过程", "On the way"),
      PageParts.definitions(figures.map { (say($0.name), $0.value.map { HTML(text: $0) } ?? leftOut) }))
  }

  private func number(_ number: Int?) -> HTML { number.map { "\($0)" } ?? leftOut }

  private var leftOut: HTML {
    "<span aria-hidden=\"true\">—</span><span class=\"visually-hidden\">\(say("不写", "left out"))</span>"
  }
}
