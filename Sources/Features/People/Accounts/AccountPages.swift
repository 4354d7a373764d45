import Kernel
import Web

/// What the account page shows.
struct AccountView: Sendable {
  let session: Session
  let door: Phrase?
  let request: Phrase?
  /// Roles given by hand, those that still wait for a second factor included.
  let granted: Set<Role>
  let hasAccount: Bool
  let hasSecondFactor: Bool
  let sessionCount: Int
  /// Messages that the person has not read.
  var unread = 0
}

enum AccountPages {
  static func doorFields(_ parts: FormParts) -> HTML {
    """
    \(parts.text("building", Phrase("楼号", "Building"), hint: Phrase("比如 3号楼", "Such as 3"), maximumLength: 40))\
    \(parts.text("unit", Phrase("单元", "Unit"), hint: Phrase("没有单元就空着", "Leave empty where there is none"), isRequired: false, maximumLength: 20))\
    \(parts.text("room", Phrase("房号", "Room"), hint: Phrase("比如 501", "Such as 501"), maximumLength: 40))
    """
  }

  static func accountFields(_ parts: FormParts) -> HTML {
    """
    \(parts.text("name", Phrase("怎么称呼您", "What we may call you"), hint: Phrase("比如 王阿姨、小李", "Such as Mrs Wang"), maximumLength: 40, autocomplete: "name"))\
    \(parts.text("phone", Phrase("电话", "Telephone number"), type: "tel", maximumLength: 40, autocomplete: "username", inputMode: "tel"))\
    \(parts.text("password", Phrase("设一个密码", "Choose a password"), hint: Phrase("至少 8 个字，一句您记得住的话就很好。", "At least 8 characters; a sentence you remember is fine."), type: "password", autocomplete: "new-password"))
    """
  }

  static func register(_ visit: Visit, _ state: FormState, alerts: [HTML] = []) -> Page {
    let say = visit.say
    let parts = FormParts(state, say)
    let fields: HTML = """
      \(accountFields(parts))\(doorFields(parts))\(parts.submit(Phrase("登记", "Register")))
      """
    let main: HTML = """
      <h1>\(say("登记成为邻居", "Register as a neighbour"))</h1>\
      <p class="lead">\(say("登记以后马上可以看菜看货。为了不让别人冒用您家的门牌，居委会、社工或团长确认您住在这里之后，就能下单了。", "You can look around at once. So that nobody uses your door in your name, the committee, a social worker or your group leader confirms that you live here; then you can order."))</p>\
      <section class="panel">\(parts.form(to: "/register", token: visit.formToken, fields))</section>\
      <p class="hint">\(say("电话和门牌号加密保存，只有需要联系您的工作人员才看得到。", "Your number and door are stored encrypted, and seen only by those who need them to reach you."))</p>
      """
    return Page(title: say("登记", "Register"), main: main, alerts: alerts)
  }

  static func account(_ signedIn: SignedIn, _ view: AccountView, alerts: [HTML] = []) -> Page {
    let say = signedIn.say
    let title = say("我的", "My page")
    if view.session.isCardSession { return Page(title: title, main: card(signedIn, view), alerts: alerts) }
    let roles: HTML = view.granted.isEmpty ? .empty : "<p>\(DeskParts.tags(view.granted, say))</p>"
    let main: HTML = """
      <h1>\(view.session.displayName)</h1>\(roles)\(messages(signedIn, view))\(home(signedIn, view))\(wishes(say))\(safety(signedIn, view))\
      \(signOut(signedIn, say("退出登录", "Sign out")))
      """
    return Page(title: title, main: main, alerts: alerts)
  }

  /// At a shared tablet: one thing to do, and nothing to read about the household.
  private static func card(_ signedIn: SignedIn, _ view: AccountView) -> HTML {
    let say = signedIn.say
    return """
      <h1>\(say("\(view.session.displayName)，您好", "Hello, \(view.session.displayName)"))</h1>\
      <p class="lead">\(say("用完请按下面的按钮，把位子让给下一位邻居。", "When you are done, press the button so that the next neighbour can begin."))</p>\
      \(signOut(signedIn, say("我用完了", "I am done")))\(wishes(say))
      """
  }

  private static func wishes(_ say: Wording) -> HTML {
    PageParts.card(
      say("我说了算", "It is up to me"),
      """
      <p class="actions"><a class="button quiet" href="/account/mandates">\(say("谁可以帮我办事", "Who may do things for me"))</a> \
      <a class="button quiet" href="/account/consents">\(say("我同意了什么", "What I agreed to"))</a> \
      <a class="button quiet" href="/account/helping">\(say("我在帮谁", "Whom I help"))</a> \
      <a class="button quiet" href="/account/data">\(say("我的信息", "My data"))</a></p>
      """)
  }

  private static func signOut(_ signedIn: SignedIn, _ label: String) -> HTML {
    """
    <form method="post" action="/sign-out"><input type="hidden" name="form_token" value="\(signedIn.formToken)">\
    <p class="actions"><button class="button" type="submit">\(label)</button></p></form>
    """
  }

  private static func messages(_ signedIn: SignedIn, _ view: AccountView) -> HTML {
    let say = signedIn.say
    let unread: HTML =
      view.unread == 0
      ? "<p>\(say("没有新消息。", "Nothing new."))</p>"
      : "<p>\(PageParts.tag(say("\(view.unread) 条新消息", "New: \(view.unread)"), .notice))</p>"
    return PageParts.card(
      say("消息", "Messages"),
      """
      \(unread)<p class="actions"><a class="button" href="/account/messages">\(say("看消息", "Read them"))</a> \
      <a class="button quiet" href="/account/messages/preferences">\(say("怎么通知我", "How to tell me"))</a></p>
      """)
  }

  private static func home(_ signedIn: SignedIn, _ view: AccountView) -> HTML {
    let say = signedIn.say
    if let door = view.door {
      return PageParts.card(
        say("我的家", "My home"),
        """
        <p class="lead">\(say(door))</p><p class="hint">\(say("搬家了？请打页面下方的电话。", "Moved house? Please call the number below."))</p>
        """)
    }
    let parts = FormParts(.empty, say)
    let waiting: HTML =
      view.request.map { door -> HTML in
        PageParts.notice(
          say(
            "您登记的是\(say(door))，正等着确认。确认后就能下单；急的话请打页面下方的电话。",
            "You named \(say(door)), which waits to be confirmed; then you can order. In a hurry? Call the number below."
          ))
      }
      ?? "<p>\(say("登记门牌号、经确认后就能下单。", "Name your door; once it is confirmed you can order."))</p>"
    let fields: HTML = "\(doorFields(parts))\(parts.submit(Phrase("提交门牌号", "Send")))"
    return PageParts.card(
      say("我的家", "My home"),
      "\(waiting)\(parts.form(to: "/account/door", token: signedIn.formToken, fields))")
  }

  private static func safety(_ signedIn: SignedIn, _ view: AccountView) -> HTML {
    let say = signedIn.say
    guard view.hasAccount else { return .empty }
    let factor =
      view.hasSecondFactor
      ? PageParts.tag(say("已设验证器", "Authenticator set"), .good)
      : PageParts.tag(
        say("未设验证器", "No authenticator"), view.granted.contains(where: \.isStaff) ? .bad : .neutral)
    return PageParts.card(
      say("账号安全", "Safety"),
      """
      <p>\(factor)</p><p class="actions"><a class="button quiet" href="/account/password">\(say("改密码", "Change password"))</a> \
      <a class="button quiet" href="/account/second-factor">\(say("验证器", "Authenticator"))</a> \
      <a class="button quiet" href="/account/sessions">\(say("登录着的设备（\(view.sessionCount)）", "Devices signed in (\(view.sessionCount))"))</a></p>
      """)
  }

  static func password(_ signedIn: SignedIn, _ state: FormState, alerts: [HTML] = []) -> Page {
    let say = signedIn.say
    let parts = FormParts(state, say)
    let fields: HTML = """
      \(parts.text("password", Phrase("现在的密码", "Present password"), type: "password", autocomplete: "current-password"))\
      \(parts.text("new_password", Phrase("新密码", "New password"), hint: Phrase("至少 8 个字，一句您记得住的话就很好。", "At least 8 characters; a sentence you remember is fine."), type: "password", autocomplete: "new-password"))\
      \(parts.submit(Phrase("换成新密码", "Change it")))
      """
    let main: HTML = """
      <h1>\(say("改密码", "Change password"))</h1>\
      <p>\(say("换好以后，别的设备上要重新登录。", "Afterwards your other devices ask you to sign in again."))</p>\
      <section class="panel">\(parts.form(to: "/account/password", token: signedIn.formToken, fields))</section>\
      <p><a href="/account">\(say("返回", "Back"))</a></p>
      """
    return Page(title: say("改密码", "Change password"), main: main, alerts: alerts)
  }
}
