import Kernel
import Web

/// Visits on paper: the cards that somebody takes along, and how far a campaign is for those who are no part of it.
struct VisitSheetPages {
  let say: Wording
  let phone: String

  /// Several cards on one sheet, to be cut apart: how the household is called, where, what is needed, what to say. Nothing
  /// else has a place on them.
  func cards(_ cards: [TaskCard], title: String) -> Page {
    let drawn = cards.map { card -> HTML in
      """
      <article class="label"><h2>\(card.nameForm)</h2><p><strong>\(say(card.door))</strong></p>\
      <p>\(card.need)</p><p>“\(CaseParts(say: say).paragraphs(card.phrase))”</p></article>
      """
    }
    let sheet: HTML =
      cards.isEmpty
      ? "<p>\(say("现在没有要去的人家。", "There are no doors to go to now."))</p>"
      : "<div class=\"label-sheet\">\(drawn)</div>"
    return Page(
      title: title, kind: .print,
      main: """
        <h1>\(title)</h1>\(sheet)\
        <p>\(say("走完请把卡片交回社工，由社工销毁。有事打电话 \(phone)，紧急情况打 110 或 120。",
          "Please bring the cards back to the social worker, who destroys them. Call \(phone) if you need help, 110 or 120 in an emergency."))</p>
        """)
  }

  /// For the notice board and the committee: small numbers are not told apart.
  func report(_ campaign: VisitCampaign, _ progress: VisitProgress, at now: Timestamp) -> Page {
    let parts = VisitParts(say: say)
    let title = say("走访简报：\(campaign.terms.title)", "Visits in short: \(campaign.terms.title)")
    let done = VisitCount.shown([progress.done]).map(\.words)
    return Page(
      title: title, kind: .print,
      main: """
        <h1>\(title)</h1><p>\(say(campaign.terms.purpose.name)) · \(parts.days(campaign.terms)) · \(say("写于 \(say.dateTime(now))", "written \(say.dateTime(now))"))</p>\
        <p>\(say("走到了的户数：", "Households done: "))<strong>\(done.map { say($0) }.joined())</strong></p>\
        <h2>\(say("走访结果", "What came of the visits"))</h2>\(parts.protectedOutcomes(progress))\
        <h2>\(say("每栋走到了多少户", "Doors done by building"))</h2>\(parts.protectedBuildings(progress))\
        <p>\(say("1 到 4 户只写“1–4”，免得认出是谁家。", "From 1 to 4 it says “1–4”, so that no household can be told."))</p>
        """)
  }
}
