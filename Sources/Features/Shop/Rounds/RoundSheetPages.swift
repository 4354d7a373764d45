import Kernel
import People
import Web

/// A round on paper, for whoever carries bags without a telephone: what the page on the telephone shows of each door, with
/// boxes to tick, and nothing more.
struct RoundSheetPages {
  let say: Wording
  let phone: String

  struct Stop: Sendable {
    let facts: RoundDeskPages.Stop
    /// Whether the person agreed that the courier says how they were; never for anybody but the courier.
    let asksWellbeing: Bool
  }

  /// - Parameters:
  ///   - courier: nil where nobody was chosen yet.
  ///   - takesCash: whether whoever goes may take money, and so reads what is owed.
  func page(
    _ round: Round, _ campaign: Phrase, courier: String?, takesCash: Bool, _ stops: [Stop]
  ) -> Page {
    let title = say("第 \(round.number) 趟：\(campaign.chinese)", "Round \(round.number): \(campaign.english)")
    let rows = stops.enumerated().map { row($1, number: $0 + 1, takesCash: takesCash) }
    return Page(
      title: title, kind: .print,
      main: """
        <div class="large-paper round-sheet"><h1>\(title)</h1>
        <p>\(say("送货人：", "Carried by: "))<strong>\(courier ?? "")</strong>\(courier == nil ? "<span class=\"blank wide\"></span>" : .empty)
        · \(say.count(round.stops.count, "家", "stop")) · \(say.count(round.bags, "袋", "bag"))</p>
        <ol class="round-stops">\(rows)</ol>
        <p>\(say("送完请把这张纸和没交出去的袋子一起交回取货点，由团长记下并销毁这张纸。有事打电话 \(phone)，紧急情况打 110 或 120。",
          "Bring this sheet back to the pickup point with the bags that are left; the leader enters it and destroys it. Call \(phone) if you need help, 110 or 120 in an emergency."))</p></div>
        """)
  }

  private func row(_ stop: Stop, number: Int, takesCash: Bool) -> HTML {
    let facts = stop.facts
    let stairs = DoorWords.stairs(floor: facts.floor, hasLift: facts.hasLift, say)
    let window: HTML = facts.stop.terms.window == .any ? .empty : " · \(say(facts.stop.terms.window.name))"
    let note: HTML = facts.note.isEmpty ? .empty : "<p>“\(facts.note)”</p>"
    let owed: HTML =
      takesCash && facts.owed > .zero
      ? "<p>\(PaymentWords(say).toTake) <strong>\(facts.owed.display)</strong> · \(PaymentWords(say).received[say.language])<span class=\"blank\"></span></p>"
      : .empty
    return """
      <li><p><strong>\(number). \(facts.name)</strong> · <strong>\(say(facts.door))</strong> · <strong>\(say.count(facts.stop.bags, "袋", "bag"))</strong></p>
      <p>\(stairs)\(window)</p>\(note)\(owed)<p>\(boxes(outcomes(facts)))</p>\(stop.asksWellbeing ? wellbeing : .empty)</li>
      """
  }

  private func outcomes(_ facts: RoundDeskPages.Stop) -> [String] {
    var outcomes = [say("交给本人", "Handed to them")]
    if let neighbour = facts.neighbour {
      outcomes.append(say("交给 \(neighbour.chinese)", "Handed to \(neighbour.english)"))
    }
    if facts.stop.terms.mayLeaveAtDoor { outcomes.append(say("放在门口", "Left at the door")) }
    return outcomes + [say("没应答", "Nobody answered"), say("不收", "Not accepted")]
  }

  private var wellbeing: HTML {
    """
    <p>\(say("人怎么样？", "How are they?")) \(boxes(WellbeingFinding.allCases.map { say($0.name) }))</p>
    """
  }

  private func boxes(_ names: [String]) -> HTML {
    .joined(names.map { "<span class=\"round-box\"><span class=\"tick\"></span> \($0)</span> " })
  }
}
