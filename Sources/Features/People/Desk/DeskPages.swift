import Kernel
import Web

enum DeskPages {
  /// Search, who waits, and the buildings.
  static func overview(
    _ signedIn: SignedIn, query: String, found: [DeskEntry]?, requests: [MembershipRequest],
    buildings: [(building: String, households: Int64)]
  ) -> Page {
    let say = signedIn.say
    let hint =
      RoleRules.may(signedIn.roles, .searchByPhone)
      ? Phrase("姓名、楼号，或完整的电话号码", "A name, a building, or a whole telephone number")
      : Phrase("姓名或楼号", "A name or a building")
    let main: HTML = """
      <h1>\(say("邻居", "People"))</h1>\
      <form class="search" method="get" action="/desk/people" role="search"><label for="q">\(say("找人", "Find"))</label>\
      <p class="hint" id="q-hint">\(say(hint))</p>\
      <input class="input" type="search" id="q" name="q" value="\(query)" maxlength="80" aria-describedby="q-hint">\
      <button class="button" type="submit">\(say("查找", "Search"))</button></form>\
      \(found.map { results($0, say) })\(waiting(signedIn, requests))\(buildingList(signedIn, buildings))
      """
    return Page(title: say("邻居", "People"), kind: .staff, main: main)
  }

  private static func results(_ found: [DeskEntry], _ say: Wording) -> HTML {
    if found.isEmpty {
      return PageParts.empty(say("没有找到。换个写法试试？", "Nobody found. Try another spelling?"))
    }
    return people(found, caption: say("找到 \(found.count) 位", "\(found.count) found"), say)
  }

  static func people(_ entries: [DeskEntry], caption: String, _ say: Wording) -> HTML {
    PageParts.table(
      caption: caption,
      columns: [
        TableColumn(say("姓名", "Name")), TableColumn(say("住处", "Home")), TableColumn(say("身份", "Roles")),
        TableColumn(say("状态", "State")),
      ],
      rows: entries.map { entry in
        [
          "<a href=\"/desk/people/\(entry.person.id.description)\">\(entry.person.displayName)</a>",
          HTML(text: entry.door.map { say($0) } ?? "—"), DeskParts.tags(entry.roles, say),
          entry.person.isDisabled ? PageParts.tag(say("已停用", "Disabled"), .bad) : .empty,
        ]
      })
  }

  private static func waiting(_ signedIn: SignedIn, _ requests: [MembershipRequest]) -> HTML {
    let say = signedIn.say
    guard !requests.isEmpty else { return .empty }
    let rows = requests.map { request -> [HTML] in
      [
        "<a href=\"/desk/people/\(request.person.description)\">\(request.displayName)</a>",
        HTML(text: say(request.door.label)),
        request.household == nil
          ? PageParts.tag(say("这一户还没登记", "New door"), .notice) : PageParts.tag(say("已有住户", "Known door")),
        HTML(text: say.dateTime(request.requestedAt)), decide(signedIn, request),
      ]
    }
    return PageParts.card(
      say("等着确认住处", "Waiting to be confirmed"),
      """
      <p>\(say("请只确认您认识的邻居，或核对过证件、门牌的。拿不准就先打个电话。", "Confirm only neighbours you know or whose papers you have seen. When in doubt, call first."))</p>\
      \(PageParts.table(
        caption: say("等着确认住处的邻居", "Neighbours waiting to be confirmed"),
        columns: [
          TableColumn(say("姓名", "Name")), TableColumn(say("住处", "Home")), TableColumn(say("门牌", "Door")),
          TableColumn(say("时间", "Time")), TableColumn(say("决定", "Decision")),
        ], rows: rows))
      """)
  }

  static func decide(_ signedIn: SignedIn, _ request: MembershipRequest) -> HTML {
    let path = "/desk/people/\(request.person)/membership"
    let seen = [(name: "requested_at", value: request.requestedAt.description)]
    return PageParts.button(
      signedIn.say("是住这里", "Confirm"), to: "\(path)/confirm", token: signedIn.formToken, seen)
      + PageParts.button(
        signedIn.say("不确认", "Decline"), to: "\(path)/decline", token: signedIn.formToken, isQuiet: true)
  }

  private static func buildingList(
    _ signedIn: SignedIn, _ buildings: [(building: String, households: Int64)]
  ) -> HTML {
    let say = signedIn.say
    let links = buildings.map { entry -> HTML in
      """
      <li><a href="/desk/households?building=\(DeskPaths.encoded(entry.building))">\(say(Door.buildingName(entry.building)))</a> \
      · \(say.count(entry.households, "户", "household"))</li>
      """
    }
    let importing: HTML =
      RoleRules.may(signedIn.roles, .importHouseholds)
      ? """
      <p class="actions"><a class="button quiet" href="/desk/households/import">\(say("从表格导入住户", "Import households from a table"))</a> \
      <a class="button quiet" href="/desk/invitations">\(say("邀请", "Invitations"))</a></p>
      """
      : "<p class=\"actions\"><a class=\"button quiet\" href=\"/desk/invitations\">\(say("邀请", "Invitations"))</a></p>"
    let list: HTML =
      links.isEmpty ? PageParts.empty(say("还没有住户。", "No households yet.")) : "<ul>\(links)</ul>"
    return PageParts.card(say("楼栋", "Buildings"), "\(list)\(importing)")
  }
}

enum DeskPaths {
  /// A query value, percent-encoded.
  static func encoded(_ text: String) -> String {
    text.utf8.map { byte -> String in
      switch byte {
      case 48...57, 65...90, 97...122, 45, 46, 95, 126: String(UnicodeScalar(byte))
      default: "%" + String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
      }
    }.joined()
  }
}
