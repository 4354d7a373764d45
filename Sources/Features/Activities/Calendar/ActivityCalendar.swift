import Interop
import Kernel
import People
import Web

/// Activities as calendar programs know them: the published ones of the community, each with whether its owner signed up.
enum ActivityCalendar {
  /// How far back and ahead it goes.
  static let past = Duration.days(30)
  static let ahead = Duration.days(366)
  static let limit = 500

  static let rule = RetentionRule(
    Phrase("活动日历的网址", "The address of somebody’s calendar of activities"),
    term: Phrase("用到本人作废为止，只存它的指纹", "Until they end it; its digest alone is kept"),
    reason: Phrase("日历程序每次都要用它来取", "Calendar programs fetch with it each time"))

  /// - Parameters:
  ///   - signUp: what the owner of the calendar has in it; nil for nothing.
  ///   - host: of the community, so that no other program's event is taken for this one.
  ///   - origin: before the path of its page.
  static func event(
    _ activity: Activity, _ signUp: SignUp?, host: String, origin: String, _ say: Wording
  ) -> CalendarEvent {
    let terms = activity.terms
    var details = [say(terms.kind.name)]
    if let reason = activity.cancelReason { details.append(say("取消了：\(reason)", "Cancelled: \(reason)")) }
    if let signUp, signUp.state.isOpen { details.append(say(signUp.state.name)) }
    details.append(terms.description)
    return CalendarEvent(
      uid: "activity-\(activity.id)@\(host)", start: terms.startsAt, end: terms.endsAt,
      summary: terms.title, details: details.joined(separator: "\n"), location: terms.place,
      address: origin + Activity.path(activity.id), revision: Int(clamping: activity.revision),
      lastChanged: activity.changedAt, isCancelled: activity.state == .cancelled)
  }

  static func text(_ events: [CalendarEvent], _ say: Wording) -> [UInt8] {
    Array(CalendarFeed(name: say("社区活动", "Activities"), events: events).text().utf8)
  }
}
