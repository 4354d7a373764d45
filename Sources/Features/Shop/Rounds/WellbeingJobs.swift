import Database
import Kernel
import Web

/// Goes on to the next who is asked, when nobody has answered.
enum PassOnWellbeing {
  static let kind: StaticString = "shop.pass_on_wellbeing"

  static func handler(_ desk: WellbeingDesk) -> JobHandler {
    JobHandler(kind) { transaction, job in
      guard case .string(let text)? = try JSON(Array(job.body.utf8))["concern"],
        let id = WellbeingConcernID(text)
      else { throw Problem.internalFault }
      try desk.pass(id, in: transaction)
    }
  }

  /// Schedules the moment, moves it, or takes it back where nothing more happens by itself.
  static func schedule(_ concern: WellbeingConcern, in transaction: Transaction) throws {
    if let due = concern.dueAt {
      try transaction.schedule(
        kind, key: concern.id.description, at: due, body: #"{"concern":"\#(concern.id)"}"#)
    } else {
      try transaction.cancelJob(kind, key: concern.id.description)
    }
  }
}

/// Deletes findings and closed concerns after 90 days: nobody needs to know them any longer.
enum ForgetWellbeing {
  static let kind: StaticString = "shop.forget_wellbeing"

  static let handler = JobHandler(kind) { transaction, job in
    let body = try JSON(Array(job.body.utf8))
    if case .string(let text)? = body["tap"], let id = WellbeingTapID(text) {
      return try WellbeingStore.forget(id, in: transaction)
    }
    guard case .string(let text)? = body["concern"], let id = WellbeingConcernID(text) else {
      throw Problem.internalFault
    }
    guard let concern = try WellbeingStore.find(id, in: transaction.community, transaction),
      concern.state == .closed
    else { return }
    try WellbeingStore.forget(id, in: transaction)
  }

  static func schedule(_ tap: WellbeingTapID, in transaction: Transaction) throws {
    try transaction.schedule(
      kind, key: tap.description, at: transaction.now + WellbeingTap.keepingTime,
      body: #"{"tap":"\#(tap)"}"#)
  }

  static func schedule(_ concern: WellbeingConcernID, in transaction: Transaction) throws {
    try transaction.schedule(
      kind, key: concern.description, at: transaction.now + WellbeingTap.keepingTime,
      body: #"{"concern":"\#(concern)"}"#)
  }
}
