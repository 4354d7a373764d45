import Database
import Kernel
import People

/// Where doors and calls that came to nothing are noted.
struct ContactDesk: Sendable {
  func note(
    _ outcome: Contact.Outcome, through collector: Collector, by actor: Actor, in transaction: Transaction
  ) throws {
    try ContactStore.insert(
      Contact(outcome: outcome, at: transaction.now, by: actor), of: collector, in: transaction)
    try transaction.audit(
      "surveys.contact_note", by: actor, of: collector.questionnaire.rawValue, purpose: outcome.rawValue)
  }
}
