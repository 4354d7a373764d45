import Database
import Kernel
import People

/// Every look into a case is an event of the audit chain, which the client can ask to see.
enum CaseReadings {
  /// What was looked at.
  enum Look: String, CaseIterable {
    case file
    case search
    case print
    case referral

    var name: Phrase {
      switch self {
      case .file: Phrase("看了个案", "Looked at the case")
      case .search: Phrase("在自己的个案里找字", "Searched their own cases")
      case .print: Phrase("打印了", "Printed it")
      case .referral: Phrase("看了转介单", "Looked at the referral")
      }
    }
  }

  static let action: StaticString = "care.case_read"

  /// Notes that somebody looks. Nothing is shown unless this is written.
  static func note(_ open: OpenCase, _ look: Look, in transaction: Transaction) throws {
    try transaction.audit(entry(open, look))
  }

  static func entry(_ open: OpenCase, _ look: Look) -> AuditEntry {
    AuditEntry(
      actor: open.actor.person, role: open.actor.role, onBehalfOf: open.file.person, action: action,
      object: open.id.rawValue, purpose: "\(open.access.relation.rawValue) \(look.rawValue)")
  }

  /// One look, as the client reads of it.
  struct Entry: Sendable, Equatable {
    let reader: PersonID
    let role: Role
    let relation: CaseRelation?
    let look: Look?
    let at: Timestamp
  }

  /// Who looked at a case, the newest first.
  static func entries(
    of file: CaseID, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Entry] {
    try snapshot.auditTrail(of: file.rawValue, in: community, limit: limit)
      .filter { $0.entry.action == action.description }
      .map { entry, moment in
        let words = entry.purpose.split(separator: " ").map(String.init)
        return Entry(
          reader: entry.actor, role: entry.role, relation: words.first.flatMap(CaseRelation.init),
          look: words.last.flatMap(Look.init), at: moment)
      }
  }
}

extension Transaction {
  /// Notes what was done in a case.
  func audit(_ action: StaticString, _ open: OpenCase, of object: Int64, purpose: String = "") throws {
    try audit(
      AuditEntry(
        actor: open.actor.person, role: open.actor.role, onBehalfOf: open.file.person, action: action,
        object: object, purpose: purpose))
  }
}
