import Kernel
import People
import Web

/// The pages that a courier carries up the stairs: what is needed at each door, and nothing about anybody's reasons.
struct CourierPages {
  let say: Wording
  let token: String
  /// Whether the person may take cash, and so reads what is owed.
  var takesCash = false

  /// One stop as the courier sees it.
  struct Stop: Sendable {
    let facts: RoundDeskPages.Stop
    /// Whether the person agreed that the courier says how they were.
    let asksWellbeing: Bool
    /// For the form without a script.
    let key: String
    let wellbeingKey: String
  }

  /// The rounds that a person has in hand.
  func list(_ rounds: [(round: Round, campaign: Phrase)]) -> HTML {
    let cards = rounds.map { entry -> HTML in
      """
      <li class="card"><h2><a href="/rounds/\(entry.round.id)">\(say(entry.campaign)) · \(say("第 \(entry.round.number) 趟", "round \(entry.round.number)"))</a></h2>
      <p>\(say.count(entry.round.stops.count, "家", "stop")) · \(say.count(entry.round.bags, "袋", "bag"))</p></li>
      """
    }
    let none = PageParts.empty(
      say(
        "现在没有要送的货。团长把货交给您以后，会出现在这里。",
        "You have nothing to bring now. A round appears here once a leader has handed you the bags."))
    return """
      <h1>\(say("我要送的", "My rounds"))</h1>
      <div data-kept-under="/rounds/">\(cards.isEmpty ? none : "<ul class=\"stops\">\(cards)</ul>" as HTML)</div>
      """
  }

  // MARK: - One round

  func round(_ round: Round, _ campaign: Phrase, _ stops: [Stop]) -> HTML {
    let firstWaiting = stops.first { $0.facts.standing == .waiting }?.facts.stop.id
    let cards = stops.enumerated().map { index, stop in
      card(stop, index, round.id, isOpen: stop.facts.stop.id == firstWaiting)
    }
    return """
      <h1>\(say("第 \(round.number) 趟：", "Round \(round.number): "))\(say(campaign))</h1>
      <p class="lead">\(say.count(round.stops.count, "家", "stop")) · \(say.count(round.bags, "袋", "bag"))</p>
      <div data-round="/rounds/\(round.id)">
      <p class="notice" role="status" data-round-status data-kept="\(say("先存在手机里了", "kept on this telephone"))" hidden>\(say("都送到了。", "Everything was sent."))</p>
      <ol class="stops">\(cards)</ol>
      <p class="actions"><a class="button quiet" href="/rounds/\(round.id)/print">\(say("打印送货单", "Print the round"))</a></p>
      <form method="post" action="/rounds/\(round.id)/end" data-quiet><input type="hidden" name="form_token" value="\(token)">
      <p class="hint">\(say("没交出去的袋子请带回自提点。结束后，这一页就看不到了。", "Please take what is left back to the pickup point. After this, the page is gone."))</p>
      <p class="actions"><button class="button" data-outbox="\(say("结束第 \(round.number) 趟", "End of round \(round.number)"))">\(say("送完了，结束这一趟", "All done: end this round"))</button></p></form></div>
      <div data-round-ended hidden>\(PageParts.empty(say("这一趟结束了，记录都送到了。辛苦您！", "This round has ended and everything was sent. Thank you!"), action: ("/rounds", say("回到我要送的", "Back to my rounds"))))</div>
      """
  }

  private func card(_ stop: Stop, _ index: Int, _ round: RoundID, isOpen: Bool) -> HTML {
    let (facts, id) = (stop.facts, stop.facts.stop.id.description)
    let path = "/rounds/\(round)/stops/\(id)"
    return """
      <li id="stop-\(id)"><details class="card stop" name="stop" data-stop="\(id)"\(attribute: "open", if: isOpen)>
      <summary><span class="stop-name">\(index + 1). \(facts.name)</span> <span data-standing>\(StandingTag.tag(facts.standing, say))</span><br>
      <span class="stop-door">\(say(facts.door))</span><br>
      \(DoorWords.stairs(floor: facts.floor, hasLift: facts.hasLift, say)) <strong>\(say.count(facts.stop.bags, "袋", "bag"))</strong>\(window(facts))</summary>
      \(detail(facts))\(facts.stop.isOpen ? outcomes(stop, path) : .empty)\(stop.asksWellbeing ? wellbeing(stop, path) : .empty)</details></li>
      """
  }

  private func window(_ stop: RoundDeskPages.Stop) -> HTML {
    stop.stop.terms.window == .any ? .empty : "<br>\(say(stop.stop.terms.window.name))"
  }

  private func detail(_ stop: RoundDeskPages.Stop) -> HTML {
    var lines: [HTML] = []
    if !stop.note.isEmpty { lines.append("<p class=\"stop-note\">“\(stop.note)”</p>") }
    if takesCash, stop.owed > .zero {
      lines.append(
        "<p>\(PaymentWords(say).toTake) <strong class=\"price\">\(stop.owed.display)</strong></p>")
    }
    return .joined(lines)
  }

  private func outcomes(_ stop: Stop, _ path: String) -> HTML {
    let facts = stop.facts
    let parts = FormParts(FormState(["cash": facts.owed.decimal]), say)
    let cash: HTML =
      takesCash && facts.owed > .zero
      ? """
      <div class="field"><label for="cash-\(facts.stop.id.description)">\(say(PaymentWords(say).received))\(say("（元）", " (yuan)"))</label>
      <input class="input" type="text" inputmode="decimal" id="cash-\(facts.stop.id.description)" name="cash" value="\(facts.owed.decimal)"></div>
      """ : .empty
    let neighbour: HTML =
      facts.neighbour.map {
        kind(.neighbour, say("交给 \($0.chinese)", "Hand to \($0.english)"), of: facts)
      }
      ?? .empty
    let door: HTML =
      facts.stop.terms.mayLeaveAtDoor
      ? kind(.leftAtDoor, say("放在门口", "Leave at the door"), of: facts) : .empty
    return """
      <form method="post" action="\(path)" data-outcome data-quiet><input type="hidden" name="form_token" value="\(token)">
      \(parts.hidden("idempotency_key", stop.key))\(happenedAt)\(cash)
      <div class="outcomes">\(kind(.given, say("交给本人", "Handed to them"), of: facts))\(neighbour)\(door)\
      \(kind(.notAnswered, say("没应答", "Nobody answers"), of: facts))\(kind(.refused, say("不收", "Not accepted"), of: facts))</div></form>
      """
  }

  /// The time of the press, which the outbox fills in: a report may be sent long after it.
  private let happenedAt: HTML = "<input type=\"hidden\" name=\"happened_at\" value=\"\" data-now>"

  private func kind(_ kind: StopOutcome.Kind, _ name: String, of stop: RoundDeskPages.Stop) -> HTML {
    """
    <button class="button\(kind == .given ? .empty : " quiet" as HTML)" name="kind" value="\(kind.rawValue)"\(attribute: "data-done", if: kind.isDelivered) data-name="\(say(kind.name))" \
    data-outbox="\(stop.name)：\(say(kind.name))">\(name)</button>
    """
  }

  /// Only for those who agreed; the courier may leave it.
  private func wellbeing(_ stop: Stop, _ path: String) -> HTML {
    let id = "note-\(stop.facts.stop.id.description)"
    let label = "\(stop.facts.name)：\(say("近况", "how they are"))"
    let buttons = WellbeingFinding.allCases.map { finding -> HTML in
      """
      <button class="button quiet" name="finding" value="\(finding.rawValue)" data-name="\(say(finding.name))" data-outbox="\(label)">\(say(finding.name))</button>
      """
    }
    return """
      <form method="post" action="\(path)" data-wellbeing data-quiet><input type="hidden" name="form_token" value="\(token)">
      <input type="hidden" name="idempotency_key" value="\(stop.wellbeingKey)">\(happenedAt)
      <p><strong>\(say("人怎么样？", "How are they?"))</strong> <span data-finding></span></p>
      <div class="outcomes">\(buttons)</div>
      <div class="field"><label for="\(id)">\(say("想多说一句（可不填）", "A word more, if you like"))</label>
      <input class="input" type="text" id="\(id)" name="note" maxlength="\(WellbeingFinding.noteLimit)"></div>
      <p class="hint">\(say("紧急情况请直接打 110 或 120。", "In an emergency call 110 or 120 at once."))</p></form>
      """
  }
}
