package import Database
package import Kernel
import Messages
import People

/// Whom a stop of a delivery was for: the one thing that Care asks of whoever delivers, in its own words. Nothing goes the
/// other way.
package struct DeliveryStops: Sendable {
  package let person: @Sendable (_ stop: Int64, CommunityID, Snapshot) throws -> PersonID?

  package init(person: @escaping @Sendable (Int64, CommunityID, Snapshot) throws -> PersonID?) {
    self.person = person
  }

  /// Where nothing is delivered.
  package static let none = DeliveryStops { _, _, _ in nil }
}

/// Nobody answered when a bag was brought up: the worker of that person's open case hears of it and finds a task, if the
/// person agreed to be looked after at the door. Whoever delivers learns nothing of a case.
/// Source: field/socialwork.md §4.5, §4.15.
struct DoorSignals: Sendable {
  /// A door that did not answer two days ago is no news.
  private static let freshness: Duration = .days(2)
  private static let contactTime: Duration = .days(1)

  let stops: DeliveryStops
  let directory: Directory
  let messenger: Messenger

  var handler: EventHandler {
    EventHandler("care.door_signals", kinds: ["shop.not_answered"], freshFor: Self.freshness) {
      transaction, events in
      for event in events { try heard(event, in: transaction) }
    }
  }

  private func heard(_ event: Event, in transaction: Transaction) throws {
    let community = transaction.community
    guard let person = try stops.person(event.subject, community, transaction),
      try directory.consent.allows(
        person, .wellbeing, .wellbeing, to: .station, at: transaction.now, in: community, transaction),
      let file = try CaseStore.cases(of: person, in: community, transaction)
        .first(where: { $0.standing.stage != .closure }),
      let worker = file.standing.worker
    else { return }
    try CaseTaskStore.insert(
      .lookIn, dueAt: transaction.now + Self.contactTime, of: file.id, in: transaction)
    try messenger.send(
      [
        Message(
          to: worker, CaseNotices.doorUnanswered, about: file.id.rawValue, occasion: "stop-\(event.subject)",
          Phrase(
            "个案 \(file.label)：送货时没有人应门，请联系一下。",
            "Case \(file.label): nobody answered when a bag came; please get in touch."),
          path: "/cases/\(file.id)")
      ], in: transaction)
  }
}
