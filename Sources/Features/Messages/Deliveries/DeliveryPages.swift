import Kernel
import Web

/// What operators see of messages that go out: numbers, never a text or a person.
struct DeliveryPages {
  let say: Wording

  func desk(
    _ counts: [MessageWay: [Delivery.State: Int]], _ reasons: [DeliveryReason], services: Set<MessageWay>,
    days: Int
  ) -> Page {
    let title = say("消息送得怎么样", "How messages get out")
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1><p>\(say("最近 \(days) 天。这里只有数目，看不到写了什么、写给谁。",
          "The last \(days) days. Only numbers: nobody sees here what was written, or to whom."))</p>\
        \(setUp(services))\(table(counts))\(reasonTable(reasons))\
        <p class="actions"><a class="button quiet" href="/desk/calls">\(say("电话单", "Calls to make"))</a> \
        <a class="button quiet" href="/desk/messages/slips">\(say("要打印的纸条", "Slips to print"))</a></p>
        """)
  }

  private func setUp(_ services: Set<MessageWay>) -> HTML {
    let tags = [MessageWay.sms, .wechat].map { way -> HTML in
      services.contains(way)
        ? PageParts.tag(say("\(say(way.name))已设置", "\(say(way.name)): set up"), .good)
        : PageParts.tag(say("\(say(way.name))没有设置", "\(say(way.name)): not set up"), .neutral)
    }
    return "<p>\(HTML.joined(tags, separator: " "))</p>"
  }

  private func table(_ counts: [MessageWay: [Delivery.State: Int]]) -> HTML {
    let rows = MessageWay.allCases.map { way -> [HTML] in
      [HTML(text: say(way.name))]
        + Delivery.State.allCases.map { HTML(text: String(counts[way]?[$0] ?? 0)) }
    }
    return PageParts.table(
      caption: say("按方式", "By way"),
      columns: [TableColumn(say("方式", "Way"))]
        + Delivery.State.allCases.map { TableColumn(say($0.name), isNumeric: true) },
      rows: rows)
  }

  private func reasonTable(_ reasons: [DeliveryReason]) -> HTML {
    if reasons.isEmpty { return .empty }
    let rows = reasons.map { reason -> [HTML] in
      [
        HTML(text: say(reason.way.name)), HTML(text: say(reason.state.name)), "<code>\(reason.reason)</code>",
        HTML(text: String(reason.count)), HTML(text: say.dateTime(reason.latest)),
      ]
    }
    return PageParts.table(
      caption: say("没送成的缘由", "Why some did not get out"),
      columns: [
        TableColumn(say("方式", "Way")), TableColumn(say("怎么样了", "State")), TableColumn(say("代码", "Code")),
        TableColumn(say("几条", "Number"), isNumeric: true), TableColumn(say("最近一次", "Latest")),
      ], rows: rows)
  }
}
