import Kernel
import People
import Web

/// The pages of the network: for everybody, for the station, and for the printer.
struct NetworkPages {
  let say: Wording
  let token: String
  let parts: NetworkParts

  init(say: Wording, token: String, names: [Party: Phrase]) {
    self.say = say
    self.token = token
    parts = NetworkParts(say: say, names: names)
  }

  // MARK: - Everybody

  func everybody(_ quarter: Quarter, _ shown: ShownNetwork?) -> Page {
    let title = say("邻里网络", "The neighbourhood’s network")
    let content: HTML =
      shown.map { shown in
        """
        <p>\(say("\(say(quarter.name))，居民、商户和单位之间谁帮了谁、一起参加了什么、做了什么买卖。", "\(say(quarter.name)): who helped whom, came together and traded, among residents, merchants and organisations."))</p>\
        \(parts.picture(shown))\(parts.mix(shown))\(explanation(ShownNetwork.publicLeast))
        """
      }
      ?? PageParts.empty(
        say(
          "上一季度的网络图还没有，或者算进来的人太少，怕认出是谁，先不画。",
          "There is no picture of the last quarter yet, or so few people are in it that somebody could be made out."
        ))
    return Page(title: title, main: "<h1>\(title)</h1>\(content)")
  }

  private func explanation(_ least: Int) -> HTML {
    """
    <p>\(say("只算同意统计的居民，只有合计，不写是谁。不到 \(least) 人的数不显示，其余取到 5 的倍数。一起参加只算 30 人以内的活动，再多的，两个人都在场说明不了什么。", "Only residents who agreed to be counted are in it, as totals without names. Numbers of fewer than \(least) people are not shown, the rest is rounded to fives. Coming together counts at gatherings of up to 30; at larger ones, that two were there says little."))</p>
    """
  }

  // MARK: - The station

  func desk(
    _ quarter: Quarter, isCurrent: Bool, _ report: NetworkReport?, _ shown: ShownNetwork?, key: String,
    notices: [HTML]
  ) -> Page {
    let title = say("邻里网络", "The neighbourhood’s network")
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title) · \(say(quarter.name))</h1>\(quarters(quarter, isCurrent))\(state(quarter, report, key))\
        \(results(quarter, report, shown))
        """, alerts: notices)
  }

  private func quarters(_ quarter: Quarter, _ isCurrent: Bool) -> HTML {
    let links = ([quarter.previous] + (isCurrent ? [] : [quarter.next])).map { quarter -> HTML in
      "<a class=\"button quiet\" href=\"/network-desk?quarter=\(quarter.description)\">\(say(quarter.name))</a>"
    }
    return "<p class=\"actions\">\(HTML.joined(links, separator: " "))</p>"
  }

  private func state(_ quarter: Quarter, _ report: NetworkReport?, _ key: String) -> HTML {
    if let report, report.state == .asked {
      let label =
        report.planned == 0
        ? say("排上队了，马上开始算。", "It is about to begin.")
        : say("算到第 \(report.done) 个，一共 \(report.planned) 个。", "\(report.done) of \(report.planned) are done.")
      return """
        \(PageParts.progress(Int(report.done), of: Int(report.planned), label: label))\
        <p><a href="/network-desk?quarter=\(quarter.description)">\(say("看看算到哪里了", "See how far it is"))</a></p>
        """
    }
    let at: HTML =
      report?.computedAt.map { "<p>\(say("算好的时间：", "Computed: "))\(say.dateTime($0))</p>" } ?? .empty
    let label = report == nil ? say("算这一季度", "Compute this quarter") : say("重新算", "Compute it anew")
    return """
      \(at)\(PageParts.loneButton(label, to: "/network-desk/compute", token: token, key: key, [("quarter", quarter.description)]))
      """
  }

  private func results(_ quarter: Quarter, _ report: NetworkReport?, _ shown: ShownNetwork?) -> HTML {
    guard report?.figures != nil else { return .empty }
    guard let shown else {
      return PageParts.empty(
        say(
          "这一季度算进来的不到 \(ShownNetwork.stationLeast) 个，怕认出是谁，不显示。",
          "Fewer than \(ShownNetwork.stationLeast) are in this quarter’s network, so nothing is shown."))
    }
    return """
      <p class="actions"><a class="button quiet" href="/network-desk/table.csv?quarter=\(quarter.description)">\(say("下载表格", "Download the table"))</a> \
      <a class="button quiet" href="/network-desk/sheet?quarter=\(quarter.description)">\(say("打印", "Print"))</a></p>\(content(shown))
      """
  }

  private func content(_ shown: ShownNetwork) -> HTML {
    """
    \(PageParts.definitions(parts.figures(shown).map { (term: $0.term, value: HTML(text: $0.value)) }))\
    \(parts.picture(shown))\(parts.mix(shown))\(parts.brokers(shown))\(explanation(ShownNetwork.stationLeast))
    """
  }

  // MARK: - Paper

  func sheet(_ quarter: Quarter, _ shown: ShownNetwork) -> Page {
    let title = say("邻里网络 · \(say(quarter.name))", "The neighbourhood’s network · \(say(quarter.name))")
    return Page(title: title, kind: .print, main: "<h1>\(title)</h1>\(content(shown))")
  }
}
