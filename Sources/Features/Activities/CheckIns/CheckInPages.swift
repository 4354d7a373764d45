import Interop
import Kernel
import Web

/// The pages of checking in by oneself: the code on the screen at the entrance, and what scanning it leads to.
struct CheckInPages {
  let say: Wording
  let token: String

  private var parts: ActivityParts { ActivityParts(say: say) }

  static func path(_ id: ActivityID) -> String { "\(Activity.path(id))/here" }

  // MARK: - The screen

  /// - Parameters:
  ///   - address: what the code leads to.
  ///   - present: how many have come.
  func screen(_ activity: Activity, address: String, present: Int64) throws -> Page {
    let title = say("签到", "Check in")
    let picture = HTML(
      trusted: Array(
        try QRCode(address).svg(title: say("签到二维码", "Code to check in with")).utf8))
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(activity.terms.title)</h1><p class="lead">\(say("来了请用手机扫一扫，点“我来了”。没有账号也可以。", "Please scan this with your telephone and press “I am here”. No account is needed."))</p>\
        <div class="screen-code">\(picture)</div>\
        <p class="lead">\(say("已经来了", "Here already:")) <strong>\(present)</strong> \(say("位", "people"))</p>\
        <p class="hint">\(say("码每半分钟换一次，这一页自己会更新。不会用手机的，请跟门口的工作人员说一声。", "The code changes every half minute and this page renews itself. Whoever has no telephone tells the people at the door."))</p>\
        <p class="actions">\(parts.link("\(ActivityDeskPages.base(activity.id))/door", say("门口签到", "At the door"))) \
        \(parts.link(ActivityDeskPages.base(activity.id), say("返回", "Back")))</p>
        """)
  }

  // MARK: - Who scanned it

  /// For somebody who is signed in: one tap.
  func here(_ activity: Activity, ticket: String, key: String, alerts: [HTML]) -> Page {
    page(
      activity,
      PageParts.loneButton(
        say("我来了", "I am here"), to: Self.path(activity.id), token: token, key: key,
        [("ticket", ticket)]), alerts: alerts)
  }

  /// For somebody of whom nothing is known: one tap as well, with a name if they like.
  func stranger(
    _ activity: Activity, ticket: String, key: String, _ state: FormState, alerts: [HTML]
  ) -> Page {
    let fields = FormParts(state, say)
    let back = "\(Self.path(activity.id))?ticket=\(ticket)"
    return page(
      activity,
      """
      \(fields.form(to: Self.path(activity.id), token: token, idempotencyKey: key, """
        \(fields.hidden("ticket", ticket))\
        \(fields.text("name", Phrase("怎么称呼您", "What to call you"), hint: Phrase("不写也行。活动结束 90 天后自动抹掉。", "Not needed. It is forgotten 90 days after the activity."), isRequired: false, maximumLength: 20, autocomplete: "off"))\
        \(fields.submit(Phrase("我来了", "I am here")))
        """))\
      <p>\(say("报过名的，请先登录，好对上您的名字：", "If you signed up, please sign in first, so that we find you:")) \
      <a class="button quiet" href="/sign-in?next=\(URLEncodedText.encode(back))">\(say("登录", "Sign in"))</a></p>
      """, alerts: alerts)
  }

  func done(_ activity: Activity) -> Page {
    page(
      activity,
      "\(PageParts.notice(say("记好了，欢迎您！", "You are checked in. Welcome!"), .good))<p class=\"actions\">\(parts.link(Activity.path(activity.id), say("看这个活动", "See the activity")))</p>",
      alerts: [])
  }

  private func page(_ activity: Activity, _ content: HTML, alerts: [HTML]) -> Page {
    let title = say("签到", "Check in")
    return Page(
      title: title,
      main: """
        <h1>\(title)</h1><p class="lead">\(activity.terms.title)</p><p>\(parts.times(activity)) · \(activity.terms.place)</p>\
        <section class="card">\(content)</section>
        """, alerts: alerts)
  }
}
