import Kernel
import People
import Web

/// What residents see of activities: what is on, and one of them with a button to sign up.
struct ActivityPages {
  let say: Wording
  let token: String
  let now: Timestamp
  let isSignedIn: Bool
  /// Whom to call.
  let phone: String

  private var parts: ActivityParts { ActivityParts(say: say) }

  // MARK: - All

  /// One activity in a list, with what the person has in it.
  struct Entry: Sendable {
    let activity: Activity
    let signUp: SignUp?
  }

  /// - Parameters:
  ///   - own: what the person signed up for; empty on later pages.
  ///   - next: where the list goes on; nil at its end.
  func list(own: [Entry], _ entries: [Entry], isPast: Bool, next: String?) -> Page {
    let title = isPast ? say("办过的活动", "Past activities") : say("社区活动", "Activities")
    let mine: HTML =
      own.isEmpty
      ? .empty : "<h2>\(say("我报名的", "What I signed up for"))</h2>\(own.map(card))"
    let rest: HTML =
      entries.isEmpty
      ? PageParts.empty(
        isPast
          ? say("还没有办过。", "There were none yet.") : say("最近没有活动，过几天再来看看。", "Nothing is planned just now."))
      : .joined(entries.map(card))
    let heading: HTML = own.isEmpty ? .empty : "<h2>\(say("最近的活动", "Coming up"))</h2>"
    let other: HTML =
      isPast
      ? parts.link("/activities", say("最近的活动", "Coming up"))
      : parts.link("/activities?past=1", say("办过的活动", "Past activities"))
    let calendar: HTML =
      isSignedIn ? parts.link("/activity-calendar", say("放进自己的日历", "In your own calendar")) : .empty
    return Page(
      title: title,
      main: """
        <h1>\(title)</h1>\(mine)\(heading)\(rest)\(PageParts.pager(say, previous: nil, next: next))\
        <p class="actions">\(other) \(calendar)</p>
        """)
  }

  private func card(_ entry: Entry) -> HTML {
    let activity = entry.activity
    let standing: HTML =
      activity.state == .cancelled
      ? parts.state(activity) : entry.signUp.map { SignUpParts(say: say).standing($0) } ?? .empty
    let places: HTML =
      SignUpRules.isOpen(activity, at: now) ? "<p>\(parts.places(activity))</p>" : .empty
    return PageParts.card(
      activity.terms.title, href: Activity.path(activity.id),
      """
      <p>\(say(activity.terms.kind.name)) \(standing)</p><p><strong>\(parts.times(activity))</strong></p>\
      <p>\(activity.terms.place)</p>\(places)
      """)
  }

  // MARK: - One

  /// Everything that the page of one activity shows.
  struct View: Sendable {
    let activity: Activity
    let organiser: String?
    let subject: ActivitySubjectCard?
    /// What the person has in it; nil for nothing and for those who are not signed in.
    let signUp: SignUp?
    /// How many wait before them.
    let ahead: Int64
    let photos: [ActivityPhoto]
    /// The newest minutes, where they are for residents.
    let minutes: Minutes?
  }

  func activity(_ view: View, key: String, alerts: [HTML]) -> Page {
    let activity = view.activity
    let over: HTML =
      activity.cancelReason.map {
        PageParts.notice(say("活动取消了：\($0)", "It was cancelled: \($0)"), .bad)
      } ?? .empty
    let main: HTML = """
      <h1>\(activity.terms.title)</h1><p>\(say(activity.terms.kind.name))</p>\(over)\
      \(PageParts.definitions(parts.facts(activity, organiser: view.organiser, view.subject)))\
      \(signUp(view, key))<p>\(PageParts.lines(activity.terms.description))</p>\(parts.agenda(activity.terms.agenda))\
      \(PhotoParts(say: say).gallery(view.photos))\(view.minutes.map { MinutesParts(say: say).section($0) } ?? .empty)\
      <p class="actions">\(parts.link("/activities", say("看别的活动", "Other activities")))</p>
      """
    return Page(title: activity.terms.title, main: main, alerts: alerts)
  }

  private func signUp(_ view: View, _ key: String) -> HTML {
    let activity = view.activity
    guard activity.state == .published, now < activity.terms.endsAt else { return .empty }
    if let signUp = view.signUp, signUp.state.isOpen {
      return SignUpParts(say: say).own(
        signUp, ahead: view.ahead, in: activity, token: token, key: key, at: now)
    }
    guard SignUpRules.isOpen(activity, at: now) else {
      return PageParts.card(
        say("报名", "Sign up"),
        "<p>\(say("报名已经截止。想去可以打电话问一问：", "Sign-up is closed. To ask whether you can come, call "))\(phoneLink)</p>"
      )
    }
    let until: HTML =
      "<p>\(say("报名到 \(say.dateTime(activity.terms.signUpClosesAt)) 截止", "Sign-up closes \(say.dateTime(activity.terms.signUpClosesAt))"))</p>"
    let way: HTML =
      isSignedIn
      ? PageParts.loneButton(
        say(Seats(activity).free > 0 ? Phrase("我要报名", "Sign up") : Phrase("我要排队", "Wait for a place")),
        to: "\(Activity.path(activity.id))/sign-up", token: token, key: key)
      : """
      <p class="actions"><a class="button" href="/sign-in?next=\(URLEncodedText.encode(Activity.path(activity.id)))">\(say("登录报名", "Sign in and sign up"))</a></p>\
      <p>\(say("没有账号也能报：打电话，或者到服务站说一声，", "No account is needed: call, or come by the station: "))\(phoneLink)</p>
      """
    return PageParts.card(
      say("报名", "Sign up"), "<p><strong>\(parts.places(activity))</strong></p>\(until)\(way)")
  }

  private var phoneLink: HTML {
    let digits = phone.filter { $0.isASCII && ($0.isNumber || $0 == "+") }
    return "<a class=\"phone\" href=\"tel:\(digits)\">\(phone)</a>"
  }
}
