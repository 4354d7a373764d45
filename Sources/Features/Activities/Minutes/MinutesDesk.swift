package import Database
import Kernel
package import People
package import Security

/// Where minutes are written: a new version each time, in one transaction and with an entry of the audit chain.
package enum MinutesDesk {
  /// - Parameter seen: the newest version that the writer saw; 0 for none.
  /// - Throws: `activities.not_possible`, `activities.not_begun`, `activities.stale`, `activities.minutes_too_many`.
  package static func write(
    _ content: Minutes.Content, of activity: Activity, seen: Int64, sealing cipher: FieldCipher,
    by actor: Actor, in transaction: Transaction
  ) throws {
    let versions = try MinutesStore.count(of: activity.id, in: transaction.community, transaction)
    if let refusal = MinutesRules.refusal(
      toWriteOf: activity, versions: versions, seen: seen, at: transaction.now)
    {
      throw refusal
    }
    let minutes = Minutes(
      id: transaction.newIdentifier(), activity: activity.id, version: versions + 1,
      agenda: activity.terms.agenda, content: content, writtenAt: transaction.now, writtenBy: actor)
    try MinutesStore.insert(minutes, sealing: cipher, in: transaction)
    try transaction.note(
      "activities.minutes", by: actor, of: minutes.id.rawValue, purpose: content.audience.rawValue)
  }
}
