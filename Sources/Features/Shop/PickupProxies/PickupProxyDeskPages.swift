import Kernel
import Web

/// What staff write down when both neighbours have told them, for people without a telephone.
struct PickupProxyDeskPages {
  let say: Wording
  let token: String

  /// The two doors, and who lives behind them once both are known.
  struct Doors: Sendable {
    var household: [(id: PersonID, name: String)] = []
    var neighbours: [(id: PersonID, name: String)] = []
    var isFound: Bool { !household.isEmpty && !neighbours.isEmpty }
  }

  func page(
    _ entries: [PickupProxyPages.Entry], _ doors: Doors, query: FormState, state: FormState,
    problem: Problem?,
    isDone: Bool, now: Timestamp
  ) -> Page {
    let title = say("代取登记", "Pickup for someone else")
    let rows = entries.map { entry -> [HTML] in
      [
        HTML(text: entry.other), PageParts.tag(say(entry.proxy.state.name)),
        HTML(text: entry.number ?? say("所有订单", "All orders")),
        HTML(text: say.day(entry.proxy.until, inYear: say.civil(now).year)), end(entry.proxy),
      ]
    }
    let table =
      rows.isEmpty
      ? PageParts.empty(say("现在没有人代取。", "Nobody fetches for anybody now."))
      : PageParts.table(
        caption: say("现在的代取", "In force or waiting"),
        columns: [
          TableColumn(say("谁替谁", "Who for whom")), TableColumn(say("现状", "Now")),
          TableColumn(say("取什么", "What")), TableColumn(say("到", "Until")), TableColumn(""),
        ], rows: rows)
    var alerts: [HTML] = []
    if isDone { alerts.append(PageParts.notice(say("登记好了。", "Entered."), .good)) }
    if let problem, problem.fields.isEmpty { alerts.append(PageParts.notice(say(problem.title), .bad)) }
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1><p>\(say("邻居没有手机、当面或电话里说好了的，可以在这里登记。两边都要亲口答应，登记会留下记录。", "For neighbours without a telephone who told you in person or on the phone. Both must have agreed themselves; what you enter is recorded."))</p>\
        \(doors.isFound ? people(doors, state) : search(query))\(table)
        """, alerts: alerts)
  }

  private func search(_ query: FormState) -> HTML {
    let parts = FormParts(query, say)
    func door(_ prefix: String) -> HTML {
      """
      \(parts.text("\(prefix)building", Phrase("楼号", "Building"), maximumLength: 40))\
      \(parts.text("\(prefix)unit", Phrase("单元", "Unit"), isRequired: false, maximumLength: 20))\
      \(parts.text("\(prefix)room", Phrase("房号", "Room"), maximumLength: 40))
      """
    }
    return """
      <form method="get" action="/desk/pickup-proxies" class="form"><div class="columns">\
      <section class="card"><h2>\(say("谁家的货", "Whose goods"))</h2>\(door(""))</section>\
      <section class="card"><h2>\(say("哪家去取", "Who fetches"))</h2>\(door("neighbour_"))</section></div>\
      \(parts.submit(Phrase("下一步：选人", "Next: choose the people")))</form>
      """
  }

  private func people(_ doors: Doors, _ state: FormState) -> HTML {
    let parts = FormParts(state, say)
    func options(_ people: [(id: PersonID, name: String)]) -> [(value: String, name: Phrase)] {
      people.map { ($0.id.description, Phrase(same: $0.name)) }
    }
    return parts.form(
      to: "/desk/pickup-proxies", token: token,
      """
      \(parts.radios("person", Phrase("谁家的货：谁说的", "Whose goods: who said so"), options: options(doors.household)))\
      \(parts.radios("neighbour", Phrase("谁去取", "Who fetches"), options: options(doors.neighbours)))\
      \(parts.date("until", Phrase("到哪天为止", "Until which day"), hint: Phrase("最长半年", "Six months at most")))\
      \(parts.checkbox("household_agreed", Phrase("住户亲口说的", "The household told me so themselves")))\
      \(parts.checkbox("neighbour_agreed", Phrase("邻居亲口答应了", "The neighbour agreed themselves")))\
      \(parts.submit(Phrase("登记", "Enter it")))
      """)
  }

  private func end(_ proxy: PickupProxy) -> HTML {
    """
    <form method="post" action="/desk/pickup-proxies/\(proxy.id)/end"><input type="hidden" name="form_token" value="\(token)">\
    <button class="button quiet">\(say("停止", "End"))</button></form>
    """
  }
}
