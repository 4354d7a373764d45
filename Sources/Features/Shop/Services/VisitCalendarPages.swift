import Kernel
import Web

/// Where workers and merchants take their visits into a calendar of their own.
struct VisitCalendarPages {
  let say: Wording
  let formToken: String

  /// - Parameters:
  ///   - createdAt: of the present address; nil where there is none.
  ///   - address: the new address, shown this once; nil at every other time.
  func page(createdAt: Timestamp?, address: String?) -> Page {
    let title = say("放进自己的日历", "In your own calendar")
    return Page(
      title: title,
      main: """
        <p><a href="/visits">← \(say("今天的上门", "Today's visits"))</a></p><h1>\(title)</h1>\
        <p>\(say("手机和电脑的日历可以订阅一个网址，约好的上门会自己出现，改了时间也会跟着改。日历里只有做什么、上门还是到店和时间，没有住户的名字和门牌。",
          "A calendar can subscribe to an address: visits that are agreed appear by themselves, and move when they move. It holds what, at home or at the shop, and when; no household's name and no door."))</p>\
        \(address.map(fresh) ?? .empty)\(standing(createdAt))
        """)
  }

  private func fresh(_ address: String) -> HTML {
    PageParts.card(
      say("您的网址，只显示这一次", "Your address, shown this once"),
      """
      <p class="address"><a href="\(address)">\(address)</a></p>\
      <p>\(say("复制到日历的「订阅」里。谁拿到它都看得到这些时间，不要发给别人。", "Copy it to “subscribe” in your calendar. Whoever has it sees these times: give it to nobody."))</p>
      """)
  }

  private func standing(_ createdAt: Timestamp?) -> HTML {
    guard let createdAt else {
      return button("renew", say("要一个网址", "Get an address"))
    }
    return """
      <section class="card"><p>\(say("现在的网址是 \(say.dateTime(createdAt)) 给的。丢了，或者怕别人看到，就换一个；旧的马上作废。",
        "The present address was given on \(say.dateTime(createdAt)). If it is lost, or somebody else may have seen it, renew it; the old one ends at once."))</p>\
      \(button("renew", say("换一个网址", "Renew the address")))\(button("stop", say("不用了，作废", "End it"), isQuiet: true))</section>
      """
  }

  private func button(_ leaf: String, _ label: String, isQuiet: Bool = false) -> HTML {
    PageParts.loneButton(label, to: "/visits/calendar/\(leaf)", token: formToken, isQuiet: isQuiet)
  }
}
