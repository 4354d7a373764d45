import Kernel
import People
import Web

/// Where somebody takes the activities into a calendar of their own.
struct ActivityCalendarPages {
  let say: Wording
  let token: String

  /// - Parameters:
  ///   - createdAt: of the present address; nil where there is none.
  ///   - address: the new address, shown this once; nil at every other time.
  func page(createdAt: Timestamp?, address: String?) -> Page {
    let title = say("放进自己的日历", "In your own calendar")
    return Page(
      title: title,
      main: """
        <p><a href="/activities">← \(say("社区活动", "Activities"))</a></p><h1>\(title)</h1>\
        <p>\(say("手机和电脑的日历可以订阅一个网址，社区的活动会自己出现，改了、取消了也会跟着变。", "A calendar can subscribe to an address: activities appear by themselves, and change when they are changed or cancelled."))</p>\
        \(address.map(fresh) ?? .empty)\(standing(createdAt))
        """)
  }

  private func fresh(_ address: String) -> HTML {
    PageParts.card(
      say("您的网址，只显示这一次", "Your address, shown this once"),
      """
      <p class="address"><a href="\(address)">\(address)</a></p>\
      <p>\(say("复制到日历的「订阅」里。谁拿到它都看得到您报了哪些活动，不要发给别人。", "Copy it to “subscribe” in your calendar. Whoever has it sees what you signed up for: give it to nobody."))</p>
      """)
  }

  private func standing(_ createdAt: Timestamp?) -> HTML {
    guard let createdAt else { return button("renew", Phrase("要一个网址", "Get an address")) }
    return """
      <section class="card"><p>\(say("现在的网址是 \(say.dateTime(createdAt)) 给的。丢了，或者怕别人看到，就换一个；旧的马上作废。", "The present address was given on \(say.dateTime(createdAt)). If it is lost, or somebody else may have seen it, renew it; the old one ends at once."))</p>\
      \(button("renew", Phrase("换一个网址", "Renew the address")))\(button("stop", Phrase("不用了，作废", "End it"), isQuiet: true))</section>
      """
  }

  private func button(_ leaf: String, _ label: Phrase, isQuiet: Bool = false) -> HTML {
    PageParts.loneButton(
      say(label), to: "/activity-calendar/\(leaf)", token: token, key: Form.newKey, isQuiet: isQuiet)
  }
}
