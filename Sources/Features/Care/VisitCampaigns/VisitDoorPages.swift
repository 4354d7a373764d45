import Kernel
import People
import Web

/// The pages that a visitor carries up the stairs: whose door, what to say, what to ask; nothing about anybody's reasons.
struct VisitDoorPages {
  let say: Wording
  let token: String

  /// One door as the visitor sees it.
  struct Stop: Sendable {
    let place: VisitPlace
    /// Of its two forms without a script.
    let key: String
    let returnKey: String
  }

  /// The campaigns at whose doors a person is to knock now.
  func list(_ campaigns: [(campaign: VisitCampaign, doors: Int)]) -> HTML {
    let cards = campaigns.map { entry -> HTML in
      """
      <li class="card"><h2><a href="/my-visits/\(entry.campaign.id)">\(entry.campaign.terms.title)</a></h2>
      <p>\(say.count(entry.doors, "户", "household")) · \(VisitParts(say: say).days(entry.campaign.terms))</p></li>
      """
    }
    let none = PageParts.empty(
      say(
        "现在没有请您上门的人家。社工分给您以后，会出现在这里。",
        "There are no doors for you now. They appear here once a social worker has asked you."))
    return """
      <h1>\(say("我要走访的", "Doors I go to"))</h1>
      <div data-kept-under="/my-visits/">\(cards.isEmpty ? none : "<ul class=\"stops\">\(cards)</ul>" as HTML)</div>
      """
  }

  // MARK: - One campaign

  func walk(_ campaign: VisitCampaign, _ stops: [Stop]) -> HTML {
    let firstWaiting = stops.first { !($0.place.counting?.kind.isDone ?? false) }?.place.door.id
    let cards = stops.enumerated().map { index, stop in
      card(stop, index, campaign, isOpen: stop.place.door.id == firstWaiting)
    }
    let path = "/my-visits/\(campaign.id)"
    return """
      <h1>\(campaign.terms.title)</h1>
      <p class="lead">\(campaign.terms.task)</p>
      <p>\(say.count(stops.count, "户", "household")) · \(VisitParts(say: say).days(campaign.terms))</p>
      <section class="card"><h2>\(say(CareDocument.Field.phrase.label))</h2><p class="stop-note">\(CaseParts(say: say).paragraphs(campaign.terms.phrase))</p></section>
      <div data-round="\(path)">
      <p class="notice" role="status" data-round-status data-kept="\(say("先存在手机里了", "kept on this telephone"))" hidden>\(say("都送到了。", "Everything was sent."))</p>
      <ol class="stops">\(cards)</ol>
      <p class="actions"><a class="button quiet" href="\(path)/cards">\(say("打印任务卡", "Print my cards"))</a></p></div>
      <div data-round-ended hidden>\(PageParts.empty(say("这次走访结束了，记录都送到了。辛苦您！", "These visits have ended and everything was sent. Thank you!"), action: ("/my-visits", say("回到我要走访的", "Back to my doors"))))</div>
      """
  }

  private func card(_ stop: Stop, _ index: Int, _ campaign: VisitCampaign, isOpen: Bool) -> HTML {
    let (place, id) = (stop.place, stop.place.door.id.description)
    let parts = VisitParts(say: say)
    return """
      <li id="stop-\(id)"><details class="card stop" name="stop" data-stop="\(id)"\(attribute: "open", if: isOpen)>
      <summary><span class="stop-name">\(index + 1). \(place.name)</span> <span data-standing>\(parts.standing(place.counting))</span><br>
      <span class="stop-door">\(say(place.label))</span><br>\(DoorWords.stairs(floor: place.household?.floor, hasLift: place.household?.hasLift, say))</summary>
      \(outcomes(stop, campaign))\(again(stop, campaign))</details></li>
      """
  }

  private func outcomes(_ stop: Stop, _ campaign: VisitCampaign) -> HTML {
    let id = stop.place.door.id.description
    let fields = FormParts(.empty, say, place: id)
    let questions = campaign.terms.questions.enumerated().map { number, question in
      fields.radios(
        "answer-\(number)", Phrase(same: question.text),
        options: question.choices.enumerated().map { (String($0.offset), Phrase(same: $0.element)) })
    }
    let note = fields.textArea(
      "note", Phrase("对方同意记下的话", "What they agreed to have noted"),
      hint: Phrase(
        "没有当面同意，就不要写：除了选的结果和对方自己的回答，什么也不记。",
        "Leave it empty unless they agreed to it: beside the outcome and their own answers, nothing is written down."
      ),
      rows: 2, isRequired: false)
    let kinds = VisitOutcome.Kind.allCases.filter { $0 != .comeAgain }
    return """
      <form method="post" action="\(path(stop, campaign))" data-outcome data-repeats data-quiet><input type="hidden" name="form_token" value="\(token)">
      \(hidden(stop.key, campaign))\(HTML.joined(questions))\(note)
      <div class="outcomes">\(kinds.map { button($0, stop) })</div></form>
      """
  }

  /// A return has its day: the browser asks for it before the press counts, with or without network.
  private func again(_ stop: Stop, _ campaign: VisitCampaign) -> HTML {
    let fields = FormParts(.empty, say, place: "again-\(stop.place.door.id)")
    return """
      <form method="post" action="\(path(stop, campaign))" data-quiet><input type="hidden" name="form_token" value="\(token)">
      \(hidden(stop.returnKey, campaign))\(fields.dateTime("again_at", Phrase("约好什么时候再来", "When to come again")))
      <div class="outcomes">\(button(.comeAgain, stop))</div></form>
      """
  }

  private func path(_ stop: Stop, _ campaign: VisitCampaign) -> String {
    "/my-visits/\(campaign.id)/stops/\(stop.place.door.id)"
  }

  /// The time of the press is filled in by the outbox: a report may be sent long after it.
  private func hidden(_ key: String, _ campaign: VisitCampaign) -> HTML {
    """
    <input type="hidden" name="idempotency_key" value="\(key)"><input type="hidden" name="version" value="\(campaign.version)">\
    <input type="hidden" name="happened_at" value="" data-now>
    """
  }

  private func button(_ kind: VisitOutcome.Kind, _ stop: Stop) -> HTML {
    """
    <button class="button\(kind == .seen ? .empty : " quiet" as HTML)" name="kind" value="\(kind.rawValue)"\(attribute: "data-done", if: kind.isDone) \
    data-name="\(say(kind.name))" data-outbox="\(stop.place.name)：\(say(kind.name))">\(say(kind.name))</button>
    """
  }
}
