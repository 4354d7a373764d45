import Kernel
import Security
import Web

/// One person at the people desk: what those who may see it can see and do.
enum DeskPersonPages {
  static func person(
    _ signedIn: SignedIn, _ view: DeskPerson, items: [NavigationItem] = [], phone: PhoneNumber? = nil,
    alerts: [HTML] = []
  ) -> Page {
    let say = signedIn.say
    let person = view.person
    let state: HTML = person.isDisabled ? PageParts.tag(say("已停用", "Disabled"), .bad) : .empty
    let main: HTML = """
      <h1>\(person.displayName)</h1>\(state)\
      \(home(signedIn, view))\(contact(signedIn, view, phone))\(messages(signedIn, view))\(cards(signedIn, view))\(wishes(signedIn, view))\
      \(links(items, view.person.id, signedIn))\(data(signedIn, view))\(roles(signedIn, view))\(access(signedIn, view))\
      <p><a href="/desk/people">\(say("返回", "Back"))</a></p>
      """
    return Page(title: person.displayName, kind: .staff, main: main, alerts: alerts)
  }

  /// The ways to correct what is written about the person and to take down what they want done with it.
  private static func data(_ signedIn: SignedIn, _ view: DeskPerson) -> HTML {
    guard RoleRules.may(signedIn.roles, .answerDataRequests) else { return .empty }
    let say = signedIn.say
    let path = "/desk/people/\(view.person.id)"
    return PageParts.card(
      say("资料", "Data"),
      """
      <p class="actions"><a class="button quiet" href="\(path)/correct">\(say("改称呼、电话、住处", "Correct name, number or home"))</a> \
      <a class="button quiet" href="\(path)/data-requests">\(say("登记信息请求", "Take down a data request"))</a></p>
      """)
  }

  /// What other features begin with this person.
  private static func links(
    _ items: [NavigationItem], _ person: PersonID, _ signedIn: SignedIn
  ) -> HTML {
    let links = items.filter { $0.isSeen(by: signedIn.roles) }.map { item -> HTML in
      "<a class=\"button quiet\" href=\"\(item.path)/\(person.description)\">\(signedIn.say(item.name))</a>"
    }
    return links.isEmpty ? .empty : "<p class=\"actions\">\(links)</p>"
  }

  private static func home(_ signedIn: SignedIn, _ view: DeskPerson) -> HTML {
    let say = signedIn.say
    var content: HTML
    if let door = view.door, let household = view.person.household {
      content =
        "<p class=\"lead\"><a href=\"/desk/households/\(household.description)\">\(say(door.label))</a></p>"
    } else if let request = view.request {
      content = """
        <p>\(say("说自己住在：", "Says they live at:")) <strong>\(say(request.door.label))</strong></p>\(DeskPages.decide(signedIn, request))
        """
    } else {
      content = "<p>\(say("没有登记住处。", "No home registered."))</p>"
    }
    return PageParts.card(say("住处", "Home"), content)
  }

  private static func contact(_ signedIn: SignedIn, _ view: DeskPerson, _ phone: PhoneNumber?) -> HTML {
    let say = signedIn.say
    guard RoleRules.may(signedIn.roles, .revealPhone) else { return .empty }
    let title = say("电话", "Telephone")
    if let phone { return PageParts.card(title, "<p class=\"code\">\(phone.display)</p>") }
    guard view.person.hasPhone else {
      return PageParts.card(title, "<p>\(say("没有留电话。", "No number on record."))</p>")
    }
    let parts = FormParts(.empty, say)
    let fields: HTML = """
      \(parts.select("purpose", Phrase("为了什么事", "What for"), options: RevealPurpose.allCases.map { ($0.rawValue, $0.name) }))\
      \(parts.submit(Phrase("显示电话", "Show the number")))
      """
    return PageParts.card(
      title,
      """
      <p>\(say("每次查看都会记下是谁、为了什么事。", "Each look is recorded with who and what for."))</p>\
      \(parts.form(to: "/desk/people/\(view.person.id.description)/phone", token: signedIn.formToken, fields))
      """)
  }

  /// The way to what is kept of how the person wants to be told of things.
  private static func messages(_ signedIn: SignedIn, _ view: DeskPerson) -> HTML {
    guard RoleRules.may(signedIn.roles, .revealPhone) else { return .empty }
    let say = signedIn.say
    return PageParts.card(
      say("通知", "Messages"),
      """
      <p class="actions"><a class="button quiet" href="/desk/people/\(view.person.id)/messages">\
      \(say("怎么通知这位邻居", "How to tell this neighbour"))</a></p>
      """)
  }

  private static func cards(_ signedIn: SignedIn, _ view: DeskPerson) -> HTML {
    let say = signedIn.say
    let path = "/desk/people/\(view.person.id)"
    let rows = view.cards.map { card -> [HTML] in
      [
        HTML(text: "\(card.number.prefix(4)) \(card.number.suffix(4))"),
        HTML(text: say.dateTime(card.issuedAt)),
        HTML(text: view.names[card.issuedBy] ?? "—"),
        card.revokedAt == nil
          ? PageParts.button(
            say("作废", "Cancel"), to: "\(path)/cards/\(card.id)/revoke", token: signedIn.formToken,
            isQuiet: true)
          : PageParts.tag(say("已作废", "Cancelled")),
      ]
    }
    let table: HTML =
      rows.isEmpty
      ? "<p>\(say("还没有住户卡。", "No household card yet."))</p>"
      : PageParts.table(
        caption: say("住户卡", "Household cards"),
        columns: [
          TableColumn(say("卡号", "Number")), TableColumn(say("发卡时间", "Issued")),
          TableColumn(say("发卡人", "By")), TableColumn(say("状态", "State")),
        ], rows: rows)
    let hasWorking = view.cards.contains { $0.revokedAt == nil }
    let isSelf = view.person.id == signedIn.personID
    let issue: HTML =
      hasWorking || isSelf || view.person.household == nil || view.person.isDisabled
      ? .empty
      : "<p class=\"actions\"><a class=\"button quiet\" href=\"\(path)/card\">\(say("发住户卡", "Issue a card"))</a></p>"
    return PageParts.card(say("住户卡", "Household card"), "\(table)\(issue)")
  }

  private static func wishes(_ signedIn: SignedIn, _ view: DeskPerson) -> HTML {
    guard RoleRules.may(signedIn.roles, .keepWishes) else { return .empty }
    let say = signedIn.say
    let path = "/desk/people/\(view.person.id)"
    return PageParts.card(
      say("本人的意思", "What they wish"),
      """
      <p class="actions"><a class="button quiet" href="\(path)/mandates">\(say("委托谁帮忙", "Who may help"))</a> \
      <a class="button quiet" href="\(path)/consents">\(say("同意了什么", "What they agreed to"))</a></p>
      """)
  }

  private static func roles(_ signedIn: SignedIn, _ view: DeskPerson) -> HTML {
    let say = signedIn.say
    let isSelf = view.person.id == signedIn.personID
    let path = "/desk/people/\(view.person.id)/roles"
    let rows = view.grants.map { grant -> [HTML] in
      [
        HTML(text: say(grant.role.name)), HTML(text: say.dateTime(grant.grantedAt)),
        HTML(text: view.names[grant.grantedBy] ?? say("系统", "The system")),
        RoleRules.mayGrant(signedIn.roles, grant.role) && !isSelf
          ? PageParts.button(
            say("收回", "Take back"), to: path, token: signedIn.formToken,
            [("role", grant.role.rawValue), ("change", "revoke")], isQuiet: true) : .empty,
      ]
    }
    let table: HTML =
      rows.isEmpty
      ? "<p>\(say("没有特别的身份。", "No special roles."))</p>"
      : PageParts.table(
        caption: say("身份", "Roles"),
        columns: [
          TableColumn(say("身份", "Role")), TableColumn(say("从何时", "Since")), TableColumn(say("谁给的", "By")),
          TableColumn(say("操作", "Action")),
        ], rows: rows)
    return PageParts.card(say("身份", "Roles"), "\(table)\(grantForm(signedIn, view, path, isSelf: isSelf))")
  }

  private static func grantForm(_ signedIn: SignedIn, _ view: DeskPerson, _ path: String, isSelf: Bool)
    -> HTML
  {
    let held = Set(view.grants.map(\.role))
    let offered = RoleRules.grantable.filter { RoleRules.mayGrant(signedIn.roles, $0) && !held.contains($0) }
    guard !offered.isEmpty, !isSelf else { return .empty }
    let parts = FormParts(.empty, signedIn.say)
    return parts.form(
      to: path, token: signedIn.formToken,
      """
      \(parts.hidden("change", "grant"))\
      \(parts.select("role", Phrase("给一个身份", "Give a role"), options: offered.map { ($0.rawValue, $0.name) }))\
      \(parts.submit(Phrase("给予", "Give")))
      """)
  }

  private static func access(_ signedIn: SignedIn, _ view: DeskPerson) -> HTML {
    let say = signedIn.say
    guard RoleRules.may(signedIn.roles, .disable), view.person.id != signedIn.personID else { return .empty }
    let path = "/desk/people/\(view.person.id)"
    let change =
      view.person.isDisabled
      ? PageParts.button(
        say("重新启用", "Enable again"), to: "\(path)/access", token: signedIn.formToken, [("change", "enable")])
      : PageParts.button(
        say("停用，马上退出所有设备", "Disable, and sign out everywhere at once"), to: "\(path)/access",
        token: signedIn.formToken,
        [("change", "disable")], isDanger: true)
    let factor: HTML =
      view.hasSecondFactor
      ? PageParts.button(
        say("验证器丢了，去掉它", "Remove a lost authenticator"), to: "\(path)/second-factor/remove",
        token: signedIn.formToken,
        isQuiet: true)
      : .empty
    return PageParts.card(say("账号", "Account"), "\(change)\(factor)")
  }
}
