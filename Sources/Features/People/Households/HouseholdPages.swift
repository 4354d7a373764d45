import Kernel
import Web

enum HouseholdPages {
  static func building(
    _ signedIn: SignedIn, _ building: String, _ households: [Household], members: [HouseholdID: [String]],
    _ state: FormState, alerts: [HTML] = []
  ) -> Page {
    let say = signedIn.say
    let title = say(Door.buildingName(building))
    let rows = households.map { household -> [HTML] in
      [
        "<a href=\"/desk/households/\(household.id.description)\">\(say(household.door.label))</a>",
        HTML(text: members[household.id]?.joined(separator: "、") ?? "—"),
        HTML(text: storey(household, say)),
      ]
    }
    let list =
      rows.isEmpty
      ? PageParts.empty(say("这一栋还没有住户。", "No households here yet."))
      : PageParts.table(
        caption: title,
        columns: [
          TableColumn(say("门牌", "Door")), TableColumn(say("邻居", "People")), TableColumn(say("楼层", "Floor")),
        ], rows: rows)
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1>\(list)\(creation(signedIn, state))<p><a href="/desk/people">\(say("返回", "Back"))</a></p>
        """, alerts: alerts)
  }

  private static func storey(_ household: Household, _ say: Wording) -> String {
    let floor = household.floor.map { say("\($0) 楼", "Floor \($0)") } ?? ""
    let lift = household.hasLift.map { $0 ? say("有电梯", "lift") : say("没有电梯", "no lift") } ?? ""
    return [floor, lift].filter { !$0.isEmpty }.joined(separator: say("，", ", "))
  }

  private static func creation(_ signedIn: SignedIn, _ state: FormState) -> HTML {
    let say = signedIn.say
    guard RoleRules.may(signedIn.roles, .importHouseholds) else { return .empty }
    let parts = FormParts(state, say)
    return PageParts.card(
      say("登记一户", "Add a household"),
      parts.form(
        to: "/desk/households", token: signedIn.formToken,
        """
        \(AccountPages.doorFields(parts))\
        \(parts.number("floor", Phrase("楼层", "Floor"), isRequired: false))\
        \(parts.radios("lift", Phrase("电梯", "Lift"), options: [("yes", Phrase("有", "Yes")), ("no", Phrase("没有", "No"))]))\
        \(parts.submit(Phrase("登记", "Add")))
        """))
  }

  static func household(
    _ signedIn: SignedIn, _ household: Household, _ members: [DeskEntry], requestKey: String,
    _ state: FormState, items: [NavigationItem] = [],
    alerts: [HTML] = []
  ) -> Page {
    let say = signedIn.say
    let title = say(household.door.label)
    let path = "/desk/households/\(household.id)"
    let parts = FormParts(state, say)
    let people =
      members.isEmpty
      ? PageParts.empty(say("这一户还没有登记的人。", "Nobody is registered here yet."))
      : DeskPages.people(members, caption: say("住在这里的邻居", "People who live here"), say)
    let letter = PageParts.button(
      say("打印一份邀请信", "Print an invitation letter"), to: "/desk/invitations", token: signedIn.formToken,
      [("household", household.id.description), ("idempotency_key", requestKey)], isQuiet: true)
    let adding = parts.form(
      to: "\(path)/persons", token: signedIn.formToken, idempotencyKey: requestKey,
      """
      \(parts.text("name", Phrase("称呼", "Name"), hint: Phrase("比如 王奶奶", "Such as Mrs Wang"), maximumLength: 40))\
      \(parts.checkbox("elder", Phrase("用长辈版（大字）", "Use the elder view (large type)")))\
      \(parts.submit(Phrase("加上", "Add")))
      """)
    let main: HTML = """
      <h1>\(title)</h1><p>\(storey(household, say))</p>\(people)\(links(items, household.id, signedIn))\
      \(PageParts.card(say("加一位没有手机的邻居", "Add somebody without a telephone"), "<p>\(say("加上以后就可以给 TA 发住户卡。", "Then they can be given a household card."))</p>\(adding)"))\
      \(PageParts.card(say("请这一户用手机登记", "Invite this household"), letter))\
      <p><a href="/desk/households?building=\(DeskPaths.encoded(household.door.building))">\(say("返回", "Back"))</a></p>
      """
    return Page(title: title, kind: .staff, main: main, alerts: alerts)
  }

  /// The ways to what other features keep of the household, for those who may go there.
  private static func links(
    _ items: [NavigationItem], _ household: HouseholdID, _ signedIn: SignedIn
  ) -> HTML {
    let links = items.filter { $0.isSeen(by: signedIn.roles) }.map { item -> HTML in
      "<a class=\"button quiet\" href=\"\(item.path)/\(household)\">\(signedIn.say(item.name))</a> "
    }
    return links.isEmpty ? .empty : "<p class=\"actions\">\(links)</p>"
  }
}
