import Interop
import Kernel
import Security
import Web

enum InvitationPages {
  /// Where somebody types the code of their letter.
  static func enter(_ visit: Visit, alerts: [HTML] = []) -> Page {
    let say = visit.say
    let parts = FormParts(.empty, say)
    let main: HTML = """
      <h1>\(say("我有邀请码", "I have an invitation"))</h1>\
      <form class="form panel" method="get" action="/invitation">\
      \(parts.text("code", Phrase("邀请码", "Invitation code"), hint: Phrase("信上或二维码下面的那串字。", "The letters and digits in your letter, below the QR code."), maximumLength: 60, autocomplete: "off"))\
      \(parts.submit(Phrase("继续", "Continue")))</form>
      """
    return Page(title: say("邀请", "Invitation"), main: main, alerts: alerts)
  }

  static func accept(
    _ visit: Visit, _ state: FormState, code: String, roles: Set<Role>, alerts: [HTML] = []
  ) -> Page {
    let say = visit.say
    let parts = FormParts(state, say)
    let names = roles.isEmpty ? [Role.resident] : roles.sorted()
    let tags = HTML.joined(names.map { PageParts.tag(say($0.name), .good) }, separator: " ")
    let fields: HTML = """
      \(parts.hidden("code", code))\(AccountPages.accountFields(parts))\
      \(parts.submit(Phrase("建立账号", "Create my account")))
      """
    let main: HTML = """
      <h1>\(say("欢迎来到\(say(visit.community.name))", "Welcome to \(say(visit.community.name))"))</h1>\
      <p class="lead">\(say("您受邀成为：", "You are invited as:")) \(tags)</p>\
      <section class="panel">\(parts.form(to: "/invitation", token: visit.formToken, fields))</section>
      """
    return Page(title: say("接受邀请", "Accept the invitation"), main: main, alerts: alerts)
  }

  /// The invitations of the community, and the form for a new one by role.
  static func list(
    _ signedIn: SignedIn, _ invitations: [Invitation], names: [PersonID: String], requestKey: String,
    _ state: FormState, alerts: [HTML] = []
  ) -> Page {
    let say = signedIn.say
    let parts = FormParts(state, say)
    let offered = RoleRules.grantable.filter { RoleRules.mayGrant(signedIn.roles, $0) }
    let form: HTML =
      offered.isEmpty
      ? "<p>\(say("给住户的邀请，请从那一户的页面打印。", "Invitations for a household are printed from its page."))</p>"
      : PageParts.card(
        say("邀请同事或商户", "Invite a colleague or merchant"),
        parts.form(
          to: "/desk/invitations", token: signedIn.formToken, idempotencyKey: requestKey,
          """
          \(parts.checkboxes("roles", Phrase("身份", "Roles"), options: offered.map { ($0.rawValue, $0.name) }))\
          \(parts.submit(Phrase("生成邀请", "Make the invitation")))
          """))
    let rows = invitations.map { invitation -> [HTML] in
      [
        HTML(text: say.dateTime(invitation.createdAt)), HTML(text: names[invitation.createdBy] ?? "—"),
        HTML(
          text: invitation.roles.isEmpty
            ? say("住户", "Household") : invitation.roles.sorted().map { say($0.name) }.joined(separator: "、")),
        stateTag(invitation, signedIn), revoke(invitation, signedIn),
      ]
    }
    let table =
      rows.isEmpty
      ? PageParts.empty(say("还没有发过邀请。", "No invitations yet."))
      : PageParts.table(
        caption: say("发过的邀请", "Invitations"),
        columns: [
          Web.TableColumn(say("时间", "Time")), Web.TableColumn(say("发出人", "By")),
          Web.TableColumn(say("给谁", "For")),
          Web.TableColumn(say("状态", "State")), Web.TableColumn(say("操作", "Action")),
        ], rows: rows)
    return Page(
      title: say("邀请", "Invitations"), kind: .staff,
      main: "<h1>\(say("邀请", "Invitations"))</h1>\(form)\(table)", alerts: alerts)
  }

  private static func stateTag(_ invitation: Invitation, _ signedIn: SignedIn) -> HTML {
    let say = signedIn.say
    switch invitation.state(at: signedIn.now) {
    case .open:
      return PageParts.tag(
        say("有效到\(say.day(invitation.expiresAt))", "Open until \(say.day(invitation.expiresAt))"), .good)
    case .used: return PageParts.tag(say("已使用", "Used"))
    case .expired: return PageParts.tag(say("已过期", "Expired"))
    case .revoked: return PageParts.tag(say("已作废", "Taken back"), .bad)
    }
  }

  private static func revoke(_ invitation: Invitation, _ signedIn: SignedIn) -> HTML {
    guard invitation.state(at: signedIn.now) == .open else { return .empty }
    return PageParts.button(
      signedIn.say("作废", "Take back"), to: "/desk/invitations/\(invitation.id)/revoke",
      token: signedIn.formToken,
      isQuiet: true)
  }

  /// The letter to print: the only time that the code is shown.
  static func letter(
    _ signedIn: SignedIn, code: SecretToken, address: String, door: Phrase?, roles: Set<Role>
  ) throws -> Page {
    let say = signedIn.say
    let community = say(signedIn.community.name)
    let qr = HTML(
      trusted: Array(
        try QRCode(address, correction: .quartile).svg(title: say("邀请的二维码", "QR code of the invitation")).utf8
      ))
    let whom: HTML =
      door.map { "<p class=\"lead\">\(say("\(say($0)) 的邻居，您好！", "Dear neighbours at \(say($0)),"))</p>" }
      ?? "<p class=\"lead\">\(roles.sorted().map { say($0.name) }.joined(separator: "、"))</p>"
    let main: HTML = """
      <div class="print large-type"><h1>\(say("\(community) 邀请您", "\(community) invites you"))</h1>\(whom)\
      <p>\(say("扫下面的码，或打开 \(signedIn.visit.host)/invitation 输入邀请码，就能用手机订菜、看通知。", "Scan this, or open \(signedIn.visit.host)/invitation and type the code, to order and read notices on your phone."))</p>\
      \(qr)<p class="code">\(code.text)</p>\
      <p>\(say("十四天内有效，只能用一次。不会用手机？请打电话，我们为您办住户卡。", "Good for fourteen days, once. No smartphone? Call us and we will make you a household card."))</p>\
      <p class="lead">☎ \(signedIn.community.phoneNumber)</p></div>\
      <p class="actions"><a class="button quiet" href="/desk/people">\(say("打印后返回", "Back after printing"))</a></p>
      """
    return Page(title: say("邀请", "Invitation"), kind: .print, main: main)
  }
}
