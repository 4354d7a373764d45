import Database
import Kernel
import Messages
import People

/// What people are told of door visits: never whose door it is, only that there is something to see.
struct VisitNotices: Sendable {
  let messenger: Messenger

  static let given = MessageKind(
    "care.visit_given", name: ("请您上门走访", "Doors to visit"),
    headline: ("有几户请您上门走访", "doors wait for you"))
  static let followUp = MessageKind(
    "care.visit_follow_up", name: ("走访要跟进", "Visit to follow up"),
    headline: ("有一户走访要您跟进", "a visit needs you"))

  static let kinds = [given, followUp]

  /// Visitors have doors to go to; told once a day.
  func given(_ visitors: Set<PersonID>, _ open: OpenVisit, in transaction: Transaction) throws {
    let day = transaction.now.seconds / 86_400
    try messenger.send(
      visitors.subtracting([open.actor.person]).sorted().map {
        Message(
          to: $0, Self.given, about: open.id.rawValue, occasion: "given-\(day)",
          Phrase("有几户人家请您上门走访。", "There are doors for you to visit."), path: "/my-visits/\(open.id)")
      }, in: transaction)
  }

  /// Somebody at a door needs the worker who runs the campaign.
  func followUp(
    _ outcome: VisitOutcome, of campaign: VisitCampaign, in transaction: Transaction
  ) throws {
    let runner = campaign.terms.runner
    if runner == outcome.visitor.person { return }
    try messenger.send(
      [
        Message(
          to: runner, Self.followUp, about: outcome.id.rawValue, occasion: "reported",
          Phrase("入户走访里有一户需要您跟进。", "One of the doors that were visited needs you."),
          path: "/visit-campaigns/\(campaign.id)/doors/\(outcome.door)")
      ], in: transaction)
  }
}
