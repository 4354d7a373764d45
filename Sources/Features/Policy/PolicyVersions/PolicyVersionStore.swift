import Database
import Kernel
import People

/// The queries of published versions.
enum PolicyVersionStore {
  /// Makes the draft's present text the next version.
  static func insert(
    number: Int64, of draft: PolicyDraft, by actor: Actor, in transaction: Transaction
  ) throws {
    let document = draft.content.document
    var rows = Rows(
      into: "policy_version", "policy_id", "number", "community_id", "draft_id", "revision", "effective_day",
      "expires_day", "published_at", "published_by_id", "published_by_role")
    rows.append(values: [
      draft.policy.storedValue, .integer(number), transaction.community.storedValue, draft.id.storedValue,
      draft.revision.storedValue, document.effective.storedValue, document.expires.storedValue,
      transaction.now.storedValue, actor.person.storedValue, actor.role.storedValue,
    ])
    try transaction.insert(rows)
  }

  static func find(
    _ number: Int64, of policy: PolicyID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> PolicyVersion? {
    try versions(
      """
      version.community_id = \(community) AND version.policy_id = \(policy) AND version.number = \(number)
      """, in: community, snapshot
    ).first
  }

  /// All versions of a policy, the first one first.
  static func all(
    of policy: PolicyID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PolicyVersion] {
    try versions(
      "version.community_id = \(community) AND version.policy_id = \(policy) ORDER BY version.number",
      in: community, snapshot)
  }

  /// The columns of a version named `version` with its text and its draft, in the order in which `read` takes them.
  static let columns: Query = """
    \(PolicyContentStore.columns), \(PolicyStore.originColumns), version.policy_id, version.number,
    version.published_at, version.published_by_id, version.published_by_role
    """
  static let joins: Query = """
    JOIN policy_text AS content ON content.draft_id = version.draft_id AND content.revision = version.revision
    JOIN policy_draft AS draft ON draft.id = version.draft_id
    """

  /// A version whose benefits are still to be put in.
  struct Read {
    let key: PolicyTextKey
    let version: PolicyVersion

    func with(_ benefits: [PolicyBenefit]) -> PolicyVersion {
      var content = version.content
      content.words.benefits = benefits
      return PolicyVersion(
        policy: version.policy, number: version.number, content: content, origin: version.origin,
        writtenBy: version.writtenBy, publishedAt: version.publishedAt, publishedBy: version.publishedBy)
    }
  }

  static func read(_ row: borrowing Row, from start: Int = 0) throws -> Read {
    let kept = try PolicyContentStore.kept(row, from: start)
    let origin = try PolicyStore.origin(row, from: start + PolicyContentStore.columnCount)
    let own = start + PolicyContentStore.columnCount + 5
    return Read(
      key: kept.key,
      version: PolicyVersion(
        policy: try row[own], number: try row[own + 1], content: kept.content, origin: origin,
        writtenBy: kept.writtenBy, publishedAt: try row[own + 2],
        publishedBy: Actor(person: try row[own + 3], role: try row[own + 4])))
  }

  private static func versions(
    _ condition: Query, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PolicyVersion] {
    let read = try snapshot.all(
      "SELECT \(columns) FROM policy_version AS version \(joins) WHERE \(condition)"
    ) { try Self.read($0) }
    let benefits = try PolicyContentStore.benefits(of: read.map(\.key), in: community, snapshot)
    return read.map { $0.with(benefits[$0.key] ?? []) }
  }

  /// The newest versions whose last day lies between these two, of policies that are in use.
  static func expiring(
    from first: PolicyDay, to last: PolicyDay, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PolicyVersion] {
    try versions(
      """
      version.community_id = \(community) AND version.expires_day BETWEEN \(first) AND \(last)
        AND EXISTS (SELECT 1 FROM policy_policy AS head
          WHERE head.id = version.policy_id AND head.newest = version.number AND head.state = 'published')
      ORDER BY version.expires_day, version.policy_id
      """, in: community, snapshot)
  }
}
