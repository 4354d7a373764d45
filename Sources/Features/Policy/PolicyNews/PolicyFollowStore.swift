import Database
import Kernel

/// The queries of who follows what.
enum PolicyFollowStore {
  /// - Returns: whether it is new.
  @discardableResult
  static func follow(
    _ what: PolicyFollowing, by person: PersonID, in transaction: Transaction
  ) throws -> Bool {
    guard try !follows(what, person, in: transaction.community, transaction) else { return false }
    var rows = Rows(
      into: "policy_follow", "id", "community_id", "person_id", "policy_id", "field", "followed_at")
    rows.append(values: [
      transaction.newIdentifier(PolicyNewsKind.self).storedValue, transaction.community.storedValue,
      person.storedValue, what.policy.storedValue, what.field.storedValue, transaction.now.storedValue,
    ])
    try transaction.insert(rows)
    return true
  }

  /// - Returns: whether it was followed.
  @discardableResult
  static func stop(
    _ what: PolicyFollowing, by person: PersonID, in transaction: Transaction
  ) throws -> Bool {
    try transaction.execute(
      """
      DELETE FROM policy_follow
      WHERE community_id = \(transaction.community) AND person_id = \(person) AND \(condition(what))
      """) > 0
  }

  static func follows(
    _ what: PolicyFollowing, _ person: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Bool {
    try snapshot.exists(
      """
      SELECT 1 FROM policy_follow
      WHERE community_id = \(community) AND person_id = \(person) AND \(condition(what))
      """)
  }

  /// All that somebody follows, the latest first.
  static func all(
    of person: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PolicyFollowing] {
    try snapshot.all(
      """
      SELECT policy_id, field FROM policy_follow
      WHERE community_id = \(community) AND person_id = \(person) ORDER BY id DESC
      """
    ) { row -> PolicyFollowing? in
      let policy: PolicyID? = try row[0]
      let field: PolicyField? = try row[1]
      return policy.map { .policy($0) } ?? field.map { .field($0) }
    }.compactMap(\.self)
  }

  private static func condition(_ what: PolicyFollowing) -> Query {
    switch what {
    case .policy(let id): "policy_id = \(id)"
    case .field(let field): "field = \(field)"
    }
  }

  /// Whoever is told of a version by themselves, in the order of their numbers: those who follow the policy or its field, and
  /// those who read an earlier version.
  static func readers(
    of version: PolicyVersion, after person: Int64, limit: Int, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> [PersonID] {
    try snapshot.values(
      """
      SELECT person_id FROM (
        SELECT person_id FROM policy_follow
        WHERE community_id = \(community) AND policy_id = \(version.policy) AND person_id > \(person)
        UNION
        SELECT person_id FROM policy_follow WHERE community_id = \(community)
          AND field = \(version.content.document.field) AND person_id > \(person)
        UNION
        SELECT person_id FROM policy_receipt WHERE community_id = \(community)
          AND policy_id = \(version.policy) AND version < \(version.number) AND person_id > \(person)
      ) AS readers ORDER BY person_id LIMIT \(limit)
      """)
  }
}

extension PolicyFollowing {
  fileprivate var policy: PolicyID? {
    if case .policy(let id) = self { id } else { nil }
  }

  fileprivate var field: PolicyField? {
    if case .field(let field) = self { field } else { nil }
  }
}
