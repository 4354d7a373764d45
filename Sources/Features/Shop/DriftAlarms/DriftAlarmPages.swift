import Kernel
import Web

/// What somebody was asked to have a look at.
enum DriftAlarmPages {
  /// One alarm with the names that its reader knows.
  struct Entry: Sendable {
    let alarm: DriftAlarm
    let person: String
    let helper: String
    let campaign: Phrase
    let total: Money
    let placedAt: Timestamp
  }

  static func page(_ entries: [Entry], formToken: String, now: Timestamp, _ say: Wording) -> Page {
    let title = say("请您看一眼", "Please have a look")
    let nothing = PageParts.empty(
      say("没有要看的，一切都和平时一样。", "Nothing to look at; all is as usual."),
      action: ("/account", say("我的", "My page")))
    let year = say.civil(now).year
    let cards = entries.map { entry -> HTML in
      let reasons = entry.alarm.kinds.map { "<li>\(say($0.name))</li>" as HTML }
      let seen: HTML =
        entry.alarm.seenAt.map {
          "<p>\(PageParts.tag(say("您看过了 · \(say.dateTime($0, inYear: year))", "Seen \(say.dateTime($0, inYear: year))"), .good))</p>"
        } ?? """
          <form method="post" action="/assisted-orders/alarms/\(entry.alarm.id)"><input type="hidden" name="form_token" value="\(formToken)">\
          <p class="actions"><button class="button">\(say("我问过了，没事", "I asked; all is well"))</button></p></form>
          """
      return PageParts.card(
        "\(entry.person) · \(entry.total.display)",
        """
        <p>\(say("\(entry.helper) 在 \(say.dateTime(entry.placedAt, inYear: year)) 代下：\(say(entry.campaign))",
          "Ordered by \(entry.helper), \(say.dateTime(entry.placedAt, inYear: year)): \(say(entry.campaign))"))</p>\
        <ul>\(reasons)</ul>\(seen)
        """)
    }
    return Page(
      title: title,
      main: """
        <h1>\(title)</h1>\
        <p>\(say("和平时不一样，不等于有错。打个电话问一问本人就好；不放心，打页面下方的电话。",
          "Unusual is not wrong. A call to the person settles it; if in doubt, call the number below."))</p>\
        \(cards.isEmpty ? nothing : .joined(cards))
        """)
  }
}
