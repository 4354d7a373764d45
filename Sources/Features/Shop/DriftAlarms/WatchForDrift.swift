import Database
import Kernel
import People
import Web

/// Looks at an order that was placed or changed for somebody, right after it was.
enum WatchForDrift {
  static let kind: StaticString = "shop.watch_for_drift"

  static func handler(_ people: Representation) -> JobHandler {
    JobHandler(kind) { transaction, job in
      guard case .string(let text)? = try JSON(Array(job.body.utf8))["order"], let id = OrderID(text),
        let order = try OrderStore.find(id, in: transaction.community, transaction)
      else { return }
      try watch(order, people, in: transaction)
    }
  }

  static func schedule(_ order: OrderID, in transaction: Transaction) throws {
    try transaction.schedule(
      kind, key: order.description, at: transaction.now, body: #"{"order":"\#(order)"}"#)
  }

  static func watch(_ order: Order, _ people: Representation, in transaction: Transaction) throws {
    let community = transaction.community
    guard let mandateID = try DriftAlarmStore.mandate(of: order.id, in: transaction) else {
      return
    }
    let offset = try people.offsetSeconds(community, transaction)
    try TellOfStatement.schedule(mandateID, for: order, offsetSeconds: offset, in: transaction)
    guard let mandate = try people.mandate(mandateID, community, transaction),
      let told = mandate.terms(at: transaction.now).alertPerson
    else { return }
    guard let purchase = try DriftAlarmStore.purchase(order, in: transaction) else { return }
    let kinds = DriftRules.alarms(
      for: purchase,
      after: try DriftAlarmStore.purchases(of: order.person, before: order, in: transaction),
      refunds: try DriftAlarmStore.claims(
        of: order.person, since: order.placedAt - .days(30), in: transaction),
      offsetSeconds: offset)
    if kinds.isEmpty { return }
    if let earlier = try DriftAlarmStore.alarm(about: order.id, in: transaction) {
      guard let grown = earlier.grown(by: kinds, at: transaction.now) else { return }
      try DriftAlarmStore.raiseAgain(grown, in: transaction)
      return try publish(grown, in: transaction)
    }
    let alarm = DriftAlarm(
      id: transaction.newIdentifier(), order: order.id, person: order.person, helper: mandate.helper,
      told: told, kinds: kinds, raisedAt: transaction.now, seenAt: nil)
    try DriftAlarmStore.insert(alarm, in: transaction)
    try publish(alarm, in: transaction)
  }

  private static func publish(_ alarm: DriftAlarm, in transaction: Transaction) throws {
    try transaction.publish(
      "shop.drift_alarm", subject: alarm.id.rawValue,
      body:
        #"{"order":"\#(alarm.order)","told":"\#(alarm.told)","kinds":"\#(DriftAlarmStore.text(alarm.kinds))"}"#
    )
  }
}
