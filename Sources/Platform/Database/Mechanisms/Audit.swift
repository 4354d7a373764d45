import Crypto
package import Kernel

/// One line of the audit chain: who did what to which thing, for whom and why. Ids and digests only.
package struct AuditEntry: Sendable {
  package let actor: PersonID
  package let role: Role
  package let onBehalfOf: PersonID?
  /// `feature.action`, such as `shop.order_place`.
  package let action: String
  package let object: Int64
  package let purpose: String
  /// SHA-256 of the details, where they are kept elsewhere; empty when there are none.
  package let detailDigest: [UInt8]

  package init(
    actor: PersonID, role: Role, onBehalfOf: PersonID? = nil, action: StaticString, object: Int64,
    purpose: String = "", detailDigest: [UInt8] = []
  ) {
    self.actor = actor
    self.role = role
    self.onBehalfOf = onBehalfOf
    self.action = action.description
    self.object = object
    self.purpose = purpose
    self.detailDigest = detailDigest
  }
}

/// The hash chain over the audit entries of one community (reliability §3.6): each row's hash covers its fields and the
/// hash before it, so that a changed, removed or inserted row shows.
enum AuditChain {
  struct Link {
    let sequence: Int64
    let hash: [UInt8]
  }

  /// Stands before the first row of a community's chain.
  static func genesis(_ community: CommunityID) -> Link {
    Link(sequence: 0, hash: Array(SHA256.hash(data: Array("nuanlin audit \(community.rawValue)".utf8))))
  }

  /// SHA-256 over 0x01, the length-prefixed fields and the hash before.
  static func hash(
    _ entry: AuditEntry, sequence: Int64, at moment: Timestamp, after previous: [UInt8]
  ) -> [UInt8] {
    var bytes: [UInt8] = [1]
    bytes.reserveCapacity(200)
    func add(_ integer: Int64) {
      withUnsafeBytes(of: integer.bigEndian) { bytes.append(contentsOf: $0) }
    }
    func add(_ field: some Collection<UInt8>) {
      withUnsafeBytes(of: UInt32(field.count).bigEndian) { bytes.append(contentsOf: $0) }
      bytes.append(contentsOf: field)
    }
    add(sequence)
    add(moment.microseconds)
    add(entry.actor.rawValue)
    add(entry.role.rawValue.utf8)
    add(entry.onBehalfOf == nil ? 0 : 1)
    add(entry.onBehalfOf?.rawValue ?? 0)
    add(entry.action.utf8)
    add(entry.object)
    add(entry.purpose.utf8)
    add(entry.detailDigest)
    add(previous)
    return SHA256.hash(data: bytes).withUnsafeBytes { Array($0) }
  }
}

extension Transaction {
  /// Appends to the community's audit chain, in the same transaction as what it tells of.
  package func audit(_ entries: AuditEntry...) throws {
    try audit(entries)
  }

  /// Appends several entries in one go.
  package func audit(_ entries: [AuditEntry]) throws {
    if entries.isEmpty { return }
    var link =
      try first(
        """
        SELECT sequence, hash FROM platform_audit WHERE community_id = \(community)
        ORDER BY sequence DESC LIMIT 1
        """
      ) { row in AuditChain.Link(sequence: try row[0], hash: try row[1]) }
      ?? AuditChain.genesis(community)
    var rows = Rows(
      into: "platform_audit", "community_id", "sequence", "recorded_at", "actor_id", "actor_role",
      "on_behalf_of_id", "action", "object_id", "purpose", "detail_digest", "hash")
    rows.reserve(entries.count)
    for entry in entries {
      let sequence = link.sequence + 1
      link = AuditChain.Link(
        sequence: sequence, hash: AuditChain.hash(entry, sequence: sequence, at: now, after: link.hash))
      rows.append(values: [
        community.storedValue, .integer(sequence), now.storedValue, entry.actor.storedValue,
        entry.role.storedValue, entry.onBehalfOf.storedValue, .text(entry.action), .integer(entry.object),
        .text(entry.purpose), .bytes(entry.detailDigest), .bytes(link.hash),
      ])
    }
    try insert(rows)
  }
}

extension Snapshot {
  /// Follows the chain of one community from its start.
  /// - Returns: the first sequence number at which it breaks, or nil when it is whole; and how many rows were read.
  package func verifyAudit(of community: CommunityID) throws -> (breaksAt: Int64?, rows: Int64) {
    var link = AuditChain.genesis(community)
    var breaksAt: Int64?
    _ = try connection.run(
      """
      SELECT sequence, recorded_at, actor_id, actor_role, on_behalf_of_id, action, object_id, purpose,
        detail_digest, hash
      FROM platform_audit WHERE community_id = \(community) ORDER BY sequence
      """
    ) { row in
      let sequence: Int64 = try row[0]
      let entry = try AuditEntry(row)
      let hash = AuditChain.hash(entry, sequence: sequence, at: try row[1], after: link.hash)
      // A role that is none reads as another, so it is compared as it stands.
      guard sequence == link.sequence + 1, hash == (try row.bytes(9)),
        entry.role.rawValue == (try row.text(3))
      else {
        breaksAt = min(sequence, link.sequence + 1)
        return false
      }
      link = AuditChain.Link(sequence: sequence, hash: hash)
      return true
    }
    return (breaksAt, link.sequence)
  }

  /// What the chain keeps of the details of one kind of action, a page at a time in the order of the chain.
  ///
  /// - Parameter last: the sequence number of the last entry that was read; 0 to begin.
  package func auditDigests(
    of action: StaticString, after last: Int64, limit: Int, in community: CommunityID
  ) throws -> [(sequence: Int64, object: Int64, digest: [UInt8])] {
    try all(
      """
      SELECT sequence, object_id, detail_digest FROM platform_audit
      WHERE community_id = \(community) AND sequence > \(last) AND action = \(action.description)
      ORDER BY sequence LIMIT \(limit)
      """
    ) { row in (sequence: try row[0], object: try row[1], digest: try row[2]) }
  }

  /// Things of which the chain tells no such action, though it should.
  ///
  /// - Parameter things: a query that answers their identifiers, of one community.
  package func unaudited(
    _ things: Query, by action: StaticString, limit: Int, in community: CommunityID
  ) throws -> [Int64] {
    try values(
      """
      SELECT id FROM (
        \(things) EXCEPT SELECT object_id FROM platform_audit
        WHERE community_id = \(community) AND action = \(action.description)) AS unaudited
      ORDER BY id LIMIT \(limit)
      """)
  }

  /// The newest entries about one thing, newest first.
  package func auditTrail(
    of object: Int64, in community: CommunityID, limit: Int
  ) throws -> [(entry: AuditEntry, at: Timestamp)] {
    try all(
      """
      SELECT sequence, recorded_at, actor_id, actor_role, on_behalf_of_id, action, object_id, purpose,
        detail_digest
      FROM platform_audit WHERE community_id = \(community) AND object_id = \(object)
      ORDER BY sequence DESC LIMIT \(limit)
      """
    ) { row in (entry: try AuditEntry(row), at: try row[1]) }
  }
}

extension AuditEntry {
  /// An unknown role name reads as `resident`; `verifyAudit` finds it.
  init(_ row: borrowing Row) throws {
    actor = try row[2]
    role = Role(rawValue: try row[3]) ?? .resident
    onBehalfOf = try row[4]
    action = try row[5]
    object = try row[6]
    purpose = try row[7]
    detailDigest = try row[8]
  }
}
