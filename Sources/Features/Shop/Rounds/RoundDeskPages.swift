import Kernel
import People
import Web

/// The leader's pages of rounds.
struct RoundDeskPages {
  let say: Wording
  let token: String

  /// One order as the overview names it.
  struct Entry: Sendable {
    let order: OrderID
    let number: Int64
    let name: String
    let door: Phrase
  }

  struct Overview: Sendable {
    let campaign: Campaign
    let offered: Int64
    let isPickup: Bool
    let ready: [Entry]
    let notReady: [Entry]
    let beyond: [Entry]
    let others: [Entry]
    let rounds: [(round: Round, courier: String?, late: Int)]
  }

  func overview(_ content: Overview, _ offerState: FormState) -> HTML {
    let campaign = content.campaign
    let path = "/desk/campaigns/\(campaign.id)"
    let rounds = content.rounds.map { entry -> HTML in
      let who = entry.courier ?? say("还没选送货人", "nobody chosen yet")
      let late: HTML =
        entry.late == 0
        ? .empty : PageParts.tag(say("有 \(entry.late) 条迟到的记录", "\(entry.late) late reports"), .notice)
      return """
        <li class="card"><a href="/desk/rounds/\(entry.round.id)"><strong>\(say("第 \(entry.round.number) 趟", "Round \(entry.round.number)"))</strong></a>
        \(PageParts.tag(say(entry.round.state.name), entry.round.state == .underWay ? .good : .neutral)) \(late)<br>
        \(who) · \(say.count(entry.round.stops.count, "家", "stop")) · \(say.count(entry.round.bags, "袋", "bag"))</li>
        """
    }
    return """
      <p><a href="\(path)">← \(say(campaign.title))</a></p>
      <h1>\(say("送货上门：", "Deliveries: "))\(say(campaign.title))</h1>
      \(making(content, path))\(rounds.isEmpty ? .empty : "<h2>\(say("排好的", "Rounds"))</h2><ul class=\"stops\">\(rounds)</ul>" as HTML)
      \(list(content.notReady, say("要送，货还没齐或还没称", "To be brought, but not here or not weighed yet")))
      \(list(content.beyond, say("要送，但超出了您能送的袋数", "To be brought, but beyond the bags you offered")))
      \(offer(content, offerState, path))
      \(list(content.others, say("自己来取的（本人说要送，就点开改）", "Those who collect it (open one if they ask for a delivery)"), isLinked: true))
      """
  }

  private func making(_ content: Overview, _ path: String) -> HTML {
    guard content.isPickup else {
      return PageParts.notice(
        say("货到了、登记好，才能排送货。", "Rounds are made once the goods are here and counted in."))
    }
    guard !content.ready.isEmpty else {
      return PageParts.empty(say("现在没有等着排的送货。", "No deliveries are waiting for a round now."))
    }
    let count = content.ready.count
    return """
      <form method="post" action="\(path)/rounds"><input type="hidden" name="form_token" value="\(token)">
      <p>\(say("有 \(count) 单可以送了。", "\(say.count(count, "单", "order")) can be brought home now."))</p>
      <p class="actions"><button class="button">\(say("排一趟", "Make a round"))</button></p></form>
      \(list(content.ready, say("可以送的", "Ready to go"), isLinked: true))
      """
  }

  private func offer(_ content: Overview, _ state: FormState, _ path: String) -> HTML {
    let parts = FormParts(state, say)
    return PageParts.card(
      say("这个团送不送", "Does this group-buy deliver?"),
      parts.form(
        to: "\(path)/delivery-offer", token: token,
        """
        \(parts.number("bags", Phrase("最多送几袋", "Bags you bring at most"), hint: Phrase("0 就是不送。先下单的先排上。", "0 for none. First come, first served."), suffix: Phrase("袋", "bags")))
        \(parts.submit(Phrase("保存", "Save")))
        """))
  }

  private func list(_ entries: [Entry], _ title: String, isLinked: Bool = false) -> HTML {
    if entries.isEmpty { return .empty }
    let lines = entries.map { entry -> HTML in
      let words: HTML = "\(OrderNumber.text(entry.number)) \(entry.name) · \(say(entry.door))"
      return isLinked
        ? "<li><a href=\"/desk/orders/\(entry.order)/delivery\">\(words)</a></li>" : "<li>\(words)</li>"
    }
    return """
      <details><summary>\(title)：\(entries.count)</summary><ul>\(lines)</ul></details>
      """
  }

  // MARK: - One round

  struct Stop: Sendable {
    let stop: RoundStop
    let name: String
    let door: Phrase
    let floor: Int64?
    let hasLift: Bool?
    let note: String
    let owed: Money
    let neighbour: Phrase?
    let outcomes: [StopOutcome]

    var standing: StopStanding { StopStanding(outcomes) }
  }

  struct Content: Sendable {
    let campaign: Campaign
    let round: Round
    let courier: String?
    let stops: [Stop]
    let couriers: [(person: PersonID, name: String)]
    let problem: Problem?
  }

  func round(_ content: Content, _ state: FormState) -> HTML {
    let round = content.round
    let number = say("第 \(round.number) 趟", "Round \(round.number)")
    let stops = content.stops.enumerated().map { index, stop in
      round.state == .prepared ? preparedStop(stop, index, round.id) : reportedStop(stop, index)
    }
    return """
      <p><a href="/desk/campaigns/\(content.campaign.id)/rounds">← \(say("送货上门：", "Deliveries: "))\(say(content.campaign.title))</a></p>
      <h1>\(number)</h1><p>\(PageParts.tag(say(round.state.name), round.state == .underWay ? .good : .neutral))
      \(content.courier ?? say("还没选送货人", "Nobody chosen yet")) · \(say.count(round.stops.count, "家", "stop")) · \(say.count(round.bags, "袋", "bag"))</p>
      \(actions(content, state))\(sheet(round))<h2>\(say("一家一家送", "Stop by stop"))</h2>
      \(round.state == .prepared ? rule : .empty)<ol class="stops">\(stops)</ol>
      """
  }

  private var rule: HTML {
    """
    <p class="hint">\(say("先看约好的时间，再一栋一栋、一个单元一个单元走；没电梯的从低楼层往上，有电梯的从高往低。可以自己改。",
      "Promised times come first, then building by building and unit by unit; without a lift from the bottom up, with one from the top down. You can change it."))</p>
    """
  }

  /// The way to the round on paper, as long as it is not over.
  private func sheet(_ round: Round) -> HTML {
    if round.state == .ended { return .empty }
    return """
      <p class="actions"><a class="button quiet" href="/desk/rounds/\(round.id)/print">\(say("打印送货单", "Print the round"))</a></p>
      """
  }

  private func actions(_ content: Content, _ state: FormState) -> HTML {
    let path = "/desk/rounds/\(content.round.id)"
    switch content.round.state {
    case .ended: return .empty
    case .underWay:
      return """
        \(PageParts.notice(say("东西在送货人手上。没交出去的，回来后点“收回”。", "The bags are with the courier. When they are back, take in what is left."), .good))
        \(button("\(path)/end", [], say("回来了，收回没送到的", "Back: take in what is left"), isQuiet: true))
        """
    case .prepared:
      let parts = FormParts(state, say)
      let couriers = content.couriers.map { (value: $0.person.description, name: Phrase(same: $0.name)) }
      let choice: HTML = """
        \(parts.select("courier", Phrase("送货员", "Courier"), options: couriers, isRequired: false))
        \(parts.text("phone", Phrase("或志愿者的手机号", "Or a volunteer's telephone"), hint: Phrase("本社区登记过的人都可以。替这些邻居下单的人不行。", "Anybody entered in this community, but not who placed an order for one of them."), type: "tel", isRequired: false, maximumLength: 20, inputMode: "tel"))
        \(parts.submit(Phrase("就请这位", "Ask this person")))
        """
      let start =
        content.round.courier == nil
        ? HTML.empty
        : button(
          "\(path)/start", [],
          say("把 \(content.round.bags) 袋交给送货人，出发", "Hand over \(content.round.bags) bags and set out"))
      return """
        \(start)\(PageParts.card(say("谁去送", "Who goes"), parts.form(to: "\(path)/courier", token: token, choice)))
        <div class="actions">\(button("\(path)/arrange", [], say("重新排顺序", "Arrange anew"), isQuiet: true))\
        \(button("\(path)/split", [], say("分成两趟", "Split in two"), isQuiet: true))\
        \(button("\(path)/end", [], say("这趟不送了", "Give this round up"), isQuiet: true))</div>
        """
    }
  }

  private func preparedStop(_ stop: Stop, _ index: Int, _ round: RoundID) -> HTML {
    let id = stop.stop.id.description
    let path = "/desk/rounds/\(round)/stops"
    let bags = "bags-\(id)"
    return """
      <li class="card" id="stop-\(id)"><p><strong>\(index + 1). \(stop.name)</strong> · \(say(stop.door))<br>\(facts(stop))</p>
      <form method="post" action="\(path)"><input type="hidden" name="form_token" value="\(token)"><input type="hidden" name="stop" value="\(id)">
      <p class="actions">\(move(.first, say("最先", "First"), stop))\(move(.up, say("往上", "Up"), stop))\(move(.down, say("往下", "Down"), stop))\
      <button class="button quiet" name="do" value="remove">\(say("移出", "Take out"))<span class="visually-hidden"> \(stop.name)</span></button></p>
      <p class="quantity"><label for="\(bags)">\(say("袋数", "Bags"))</label>
      <input class="input" type="text" inputmode="numeric" id="\(bags)" name="bags" value="\(stop.stop.bags)" maxlength="2">
      <button class="button quiet" name="do" value="bags">\(say("改袋数", "Set"))<span class="visually-hidden"> \(stop.name)</span></button></p></form></li>
      """
  }

  private func move(_ move: StopMove, _ name: String, _ stop: Stop) -> HTML {
    "<button class=\"button quiet\" name=\"do\" value=\"\(move.rawValue)\">\(name)<span class=\"visually-hidden\"> \(stop.name)</span></button>"
  }

  private func facts(_ stop: Stop) -> HTML {
    var facts = [DoorWords.stairs(floor: stop.floor, hasLift: stop.hasLift, say)]
    facts.append(say.count(stop.stop.bags, "袋", "bag"))
    if stop.owed > .zero { facts.append(say("收 \(stop.owed.display)", "\(stop.owed.display) to take")) }
    if stop.stop.terms.window != .any { facts.append(say(stop.stop.terms.window.name)) }
    if !stop.note.isEmpty { facts.append(say("“\(stop.note)”", "“\(stop.note)”")) }
    if let neighbour = stop.neighbour {
      facts.append(say("可交给 \(neighbour.chinese)", "may be given to \(neighbour.english)"))
    }
    if stop.stop.terms.mayLeaveAtDoor { facts.append(say("可放门口", "may be left at the door")) }
    return HTML(text: facts.filter { !$0.isEmpty }.joined(separator: " · "))
  }

  private func reportedStop(_ stop: Stop, _ index: Int) -> HTML {
    let reports = stop.outcomes.map { outcome -> HTML in
      let late: HTML =
        outcome.effect == .late
        ? PageParts.tag(
          say("收回以后才到的记录，请核对", "Came after the round was taken in; please check"), .bad) : .empty
      let extra =
        outcome.cash > outcome.cashBooked
        ? PageParts.tag(
          say(
            "收了 \(outcome.cash.display)，账上只差 \(outcome.cashBooked.display)，请核对",
            "\(outcome.cash.display) taken, \(outcome.cashBooked.display) owed; please check"), .bad)
        : outcome.cash > .zero
          ? HTML(text: PaymentWords(say).taken(outcome.cash)) : .empty
      return """
        <li>\(say.time(outcome.happenedAt)) \(say(outcome.kind.name)) \(extra) \(late)
        <span class="muted">\(say("\(say.time(outcome.recordedAt)) 收到", "received \(say.time(outcome.recordedAt))"))</span></li>
        """
    }
    return """
      <li class="card"><p><strong>\(index + 1). \(stop.name)</strong> · \(say(stop.door)) \(StandingTag.tag(stop.standing, say))<br>\(facts(stop))</p>
      \(reports.isEmpty ? .empty : "<ul>\(reports)</ul>" as HTML)</li>
      """
  }

  private func button(
    _ path: String, _ fields: [(String, String)], _ name: String, isQuiet: Bool = false
  ) -> HTML {
    PageParts.loneButton(name, to: path, token: token, fields, isQuiet: isQuiet)
  }
}

/// A stop's standing in words and colour.
enum StandingTag {
  static func tag(_ standing: StopStanding, _ say: Wording) -> HTML {
    switch standing {
    case .waiting: PageParts.tag(say(standing.name))
    case .delivered: PageParts.tag(say(standing.name), .good)
    case .notAnswered, .refused: PageParts.tag(say(standing.name), .notice)
    }
  }
}
