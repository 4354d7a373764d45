import Kernel
import Web

/// The pages of the community's figures: for everybody, for the station, and for the wall.
struct DashboardPages {
  static let title = Phrase("社区的数字", "Our community in figures")

  let say: Wording
  let token: String

  private var parts: IndicatorParts { IndicatorParts(say: say) }

  // MARK: - Everybody

  func list(_ all: [IndicatorSeries]) -> Page {
    let cards = all.map { series in
      PageParts.card(
        say(series.name), href: series.isMeasured ? "/community-figures/\(series.code)" : nil,
        parts.newest(series) + parts.definition(series))
    }
    return Page(
      title: say(Self.title),
      main: """
        <h1>\(say(Self.title))</h1>\(cards)\(parts.rules(least: ShownIndicator.publicLeast))\
        <p class="actions"><a class="button quiet" href="/network">\(say("邻里来往的网络", "Our network"))</a></p>
        """)
  }

  func one(_ series: IndicatorSeries) -> Page {
    Page(
      title: say(series.name),
      main: """
        <h1>\(say(series.name))</h1>\(parts.newest(series))\(parts.definition(series))\(parts.chart(series))\
        \(parts.rules(least: ShownIndicator.publicLeast))\
        <p><a href="/community-figures">\(say("所有的数字", "All figures"))</a></p>
        """)
  }

  // MARK: - The station

  /// - Parameter key: of the form that begins the counting; nil where it has begun.
  func desk(_ all: [IndicatorSeries], key: String?, notices: [HTML]) -> Page {
    let cards = all.map { series in
      PageParts.card(say(series.name), parts.newest(series) + parts.chart(series) + parts.definition(series))
    }
    return Page(
      title: say(Self.title), kind: .staff,
      main: """
        <h1>\(say(Self.title))</h1>\(key.map(begin) ?? actions)<div class="columns">\(cards)</div>\
        \(parts.rules(least: ShownIndicator.stationLeast))
        """, alerts: notices)
  }

  private func begin(_ key: String) -> HTML {
    """
    <p>\(say("还没有开始数。开始以后，每月 2 号记下上个月的。", "Counting has not begun. Once it has, each month is put down on the second of the next."))</p>\
    \(PageParts.loneButton(say("开始数", "Begin"), to: "/figures-desk/begin", token: token, key: key))
    """
  }

  private var actions: HTML {
    """
    <p class="actions"><a class="button quiet" href="/figures-desk/sheet">\(say("打印 A4", "Print, A4"))</a> \
    <a class="button quiet" href="/figures-desk/sheet?size=a3">\(say("贴墙 A3", "For the wall, A3"))</a> \
    <a class="button quiet" href="/figures-desk.csv">CSV</a> \
    <a class="button quiet" href="/figures-desk.xlsx">XLSX</a></p>
    """
  }

  // MARK: - The wall

  /// Everybody walks past it, so it tells no more than everybody may know.
  func sheet(_ all: [IndicatorSeries], isLarge: Bool) -> Page {
    let cards = all.filter(\.isMeasured).map { series -> HTML in
      """
      <section class="card"><h2>\(say(series.name))</h2>\(parts.newest(series))\(parts.chart(series))\
      <p>\(say(series.definition.meaning))</p></section>
      """
    }
    let content: HTML = """
      <h1>\(say(Self.title))</h1>\(cards)\(parts.rules(least: ShownIndicator.publicLeast))
      """
    return Page(
      title: say(Self.title), kind: .print,
      main: isLarge ? "<div class=\"large-paper\">\(content)</div>" : content)
  }
}
