import Database
import Kernel
import People

/// Every look into a matter is an event of the audit chain. Nothing is shown unless it is written.
protocol Looks {
  associatedtype Open: OpenMatter
  /// What was looked at.
  associatedtype Look: RawRepresentable<String> & Equatable & Sendable

  static var action: StaticString { get }
}

extension Looks {
  typealias Entry = LookEntry<Open.Access.Relation, Look>

  /// Notes that somebody looks.
  ///
  /// - Parameter person: whom the look is at, where the matter is about several.
  static func note(
    _ open: Open, _ look: Look, at person: PersonID? = nil, in transaction: Transaction
  ) throws {
    try transaction.audit(entry(open, look, at: person))
  }

  static func entry(_ open: Open, _ look: Look, at person: PersonID? = nil) -> AuditEntry {
    AuditEntry(action, open, of: open.id.rawValue, about: person, purpose: purpose(open, look))
  }

  static func purpose(_ open: Open, _ look: Look) -> String {
    "\(open.access.relation.rawValue) \(look.rawValue)"
  }

  /// Who looked, the newest first.
  static func entries(
    of matter: Identifier<Open.Kind>, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Entry] {
    try snapshot.auditTrail(of: matter.rawValue, in: community, limit: limit)
      .filter { $0.entry.action == action.description }
      .map { entry, moment in
        let words = entry.purpose.split(separator: " ").map(String.init)
        return Entry(
          reader: entry.actor, role: entry.role,
          relation: words.first.flatMap(Open.Access.Relation.init(rawValue:)),
          look: words.last.flatMap(Look.init(rawValue:)), at: moment)
      }
  }
}

/// One look, as clients and those who work with the matter read of it.
struct LookEntry<Relation: Equatable & Sendable, Look: Equatable & Sendable>: Sendable, Equatable {
  let reader: PersonID
  let role: Role
  let relation: Relation?
  let look: Look?
  let at: Timestamp
}

extension AuditEntry {
  /// Something that was done in a matter.
  ///
  /// - Parameter person: whom it was done to, where the matter is about several.
  init(
    _ action: StaticString, _ open: some OpenMatter, of object: Int64, about person: PersonID? = nil,
    purpose: String = ""
  ) {
    self.init(
      actor: open.actor.person, role: open.actor.role, onBehalfOf: person ?? open.client, action: action,
      object: object, purpose: purpose)
  }
}

extension Transaction {
  /// Notes what was done in a matter.
  func audit(
    _ action: StaticString, _ open: some OpenMatter, of object: Int64, about person: PersonID? = nil,
    purpose: String = ""
  ) throws {
    try audit(AuditEntry(action, open, of: object, about: person, purpose: purpose))
  }
}
