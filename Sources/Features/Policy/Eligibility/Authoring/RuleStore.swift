import Database
import Kernel
import People
import Security

extension RuleDraft.State: Storable {}
extension HintPlace: Storable {}

/// The queries of drafts.
enum RuleDraftStore {
  static func insert(_ draft: RuleDraft, in transaction: Transaction) throws {
    var rows = Rows(
      into: "policy_rule_draft", "id", "community_id", "policy_id", "based_on", "revision", "state",
      "begun_at", "begun_by_id", "begun_by_role")
    rows.append(values: [
      draft.id.storedValue, transaction.community.storedValue, draft.policy.storedValue,
      draft.basedOn.storedValue, draft.revision.storedValue, RuleDraft.State.open.storedValue,
      draft.begunAt.storedValue, draft.begunBy.person.storedValue, draft.begunBy.role.storedValue,
    ])
    try transaction.insert(rows)
    try write(draft.content, as: draft.revision, "begin", of: draft.id, by: draft.begunBy, in: transaction)
  }

  /// Keeps the next revision.
  static func append(
    _ content: RuleSet, as revision: Int64, _ step: String, of id: RuleDraftID, by actor: Actor,
    in transaction: Transaction
  ) throws {
    try write(content, as: revision, step, of: id, by: actor, in: transaction)
    try transaction.execute(
      """
      UPDATE policy_rule_draft SET revision = \(revision)
      WHERE community_id = \(transaction.community) AND id = \(id)
      """)
  }

  private static func write(
    _ content: RuleSet, as revision: Int64, _ step: String, of id: RuleDraftID, by actor: Actor,
    in transaction: Transaction
  ) throws {
    let text = content.json
    var rows = Rows(
      into: "policy_rule_revision", "draft_id", "revision", "community_id", "step", "content", "digest",
      "written_at", "written_by_id", "written_by_role")
    rows.append(values: [
      id.storedValue, revision.storedValue, transaction.community.storedValue, step.storedValue,
      text.storedValue, Digest(of: text).bytes.storedValue, transaction.now.storedValue,
      actor.person.storedValue, actor.role.storedValue,
    ])
    try transaction.insert(rows)
  }

  static func end(_ id: RuleDraftID, _ state: RuleDraft.State, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE policy_rule_draft SET state = \(state), ended_at = \(transaction.now)
      WHERE community_id = \(transaction.community) AND id = \(id) AND ended_at IS NULL
      """)
  }

  /// The draft of a policy that is being written.
  static func open(
    of policy: PolicyID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> RuleDraft? {
    try snapshot.first(
      """
      SELECT draft.id, draft.policy_id, draft.based_on, draft.revision, draft.begun_at, draft.begun_by_id,
        draft.begun_by_role, revision.content
      FROM policy_rule_draft AS draft
      JOIN policy_rule_revision AS revision
        ON revision.draft_id = draft.id AND revision.revision = draft.revision
      WHERE draft.community_id = \(community) AND draft.policy_id = \(policy) AND draft.ended_at IS NULL
      """
    ) { row in
      RuleDraft(
        id: try row[0], policy: try row[1], basedOn: try row[2], revision: try row[3], begunAt: try row[4],
        begunBy: Actor(person: try row[5], role: try row[6]), content: try RuleSet(json: row[7]))
    }
  }

  /// The steps of a draft, the latest first.
  static func revisions(
    of id: RuleDraftID, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [RuleRevision] {
    try snapshot.all(
      """
      SELECT revision, step, written_at, written_by_id, written_by_role FROM policy_rule_revision
      WHERE community_id = \(community) AND draft_id = \(id) ORDER BY revision DESC LIMIT \(limit)
      """
    ) { row in
      RuleRevision(
        revision: try row[0], step: try row[1], writtenAt: try row[2],
        writtenBy: Actor(person: try row[3], role: try row[4]))
    }
  }

  static func content(
    of id: RuleDraftID, at revision: Int64, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> RuleSet? {
    try snapshot.value(
      """
      SELECT content FROM policy_rule_revision
      WHERE community_id = \(community) AND draft_id = \(id) AND revision = \(revision)
      """, as: String.self
    ).map { try RuleSet(json: $0) }
  }

  /// Everybody who wrote on a draft.
  static func writers(
    of id: RuleDraftID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Set<PersonID> {
    Set(
      try snapshot.values(
        """
        SELECT DISTINCT written_by_id FROM policy_rule_revision
        WHERE community_id = \(community) AND draft_id = \(id)
        """))
  }
}

/// The queries of published rules.
enum RuleVersionStore {
  /// Publishes a draft: its version, and the head and the places that follow from it.
  static func insert(
    _ version: RuleVersion, of draft: RuleDraft, in transaction: Transaction
  ) throws {
    let text = version.content.json
    var rows = Rows(
      into: "policy_rule_version", "policy_id", "version", "community_id", "draft_id", "revision", "content",
      "digest", "published_at", "published_by_id", "published_by_role")
    rows.append(values: [
      version.policy.storedValue, version.version.storedValue, transaction.community.storedValue,
      draft.id.storedValue, draft.revision.storedValue, text.storedValue,
      Digest(of: text).bytes.storedValue, version.publishedAt.storedValue,
      version.publishedBy.person.storedValue, version.publishedBy.role.storedValue,
    ])
    try transaction.insert(rows)
    try setHead(
      RuleHead(policy: version.policy, version: version.version, isShown: true), by: version.publishedBy,
      in: transaction)
    try setPlaces(version.content.places, of: version.policy, in: transaction)
  }

  static func setHead(_ head: RuleHead, by actor: Actor, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO policy_rule_head
        (policy_id, community_id, version, is_shown, changed_at, changed_by_id, changed_by_role)
      VALUES (\(head.policy), \(transaction.community), \(head.version), \(head.isShown), \(transaction.now),
        \(actor.person), \(actor.role))
      ON CONFLICT (policy_id) DO UPDATE SET version = excluded.version, is_shown = excluded.is_shown,
        changed_at = excluded.changed_at, changed_by_id = excluded.changed_by_id,
        changed_by_role = excluded.changed_by_role
      """)
  }

  static func setPlaces(
    _ places: Set<HintPlace>, of policy: PolicyID, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      DELETE FROM policy_rule_place WHERE community_id = \(transaction.community) AND policy_id = \(policy)
        AND place IN \(list: HintPlace.allCases)
      """)
    var rows = Rows(into: "policy_rule_place", "community_id", "place", "policy_id")
    for place in places.sorted(by: { $0.rawValue < $1.rawValue }) {
      rows.append(values: [transaction.community.storedValue, place.storedValue, policy.storedValue])
    }
    try transaction.insert(rows)
  }

  static func head(
    of policy: PolicyID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> RuleHead? {
    try snapshot.first(
      """
      SELECT policy_id, version, is_shown FROM policy_rule_head
      WHERE community_id = \(community) AND policy_id = \(policy)
      """
    ) { row in RuleHead(policy: try row[0], version: try row[1], isShown: try row[2]) }
  }

  /// The version that counts; nil where there is none, or it was taken down.
  static func shown(
    of policy: PolicyID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> RuleVersion? {
    guard let head = try head(of: policy, in: community, snapshot), head.isShown else { return nil }
    return try version(head.version, of: policy, in: community, snapshot)
  }

  static func version(
    _ version: Int64, of policy: PolicyID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> RuleVersion? {
    try versions(
      "community_id = \(community) AND policy_id = \(policy) AND version = \(version)", snapshot
    ).first
  }

  /// All versions of a policy, the newest first.
  static func versions(
    of policy: PolicyID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [RuleVersion] {
    try versions(
      "community_id = \(community) AND policy_id = \(policy) ORDER BY version DESC", snapshot)
  }

  /// The policies that are tagged for a place, in the order of their numbers.
  static func policies(
    at place: HintPlace, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PolicyID] {
    try snapshot.values(
      """
      SELECT policy_id FROM policy_rule_place
      WHERE community_id = \(community) AND place = \(place) ORDER BY policy_id LIMIT \(limit)
      """)
  }

  private static func versions(_ condition: Query, _ snapshot: Snapshot) throws -> [RuleVersion] {
    try snapshot.all(
      """
      SELECT policy_id, version, content, published_at, published_by_id, published_by_role
      FROM policy_rule_version WHERE \(condition)
      """
    ) { row in
      RuleVersion(
        policy: try row[0], version: try row[1], content: try RuleSet(json: row[2]),
        publishedAt: try row[3], publishedBy: Actor(person: try row[4], role: try row[5]))
    }
  }
}
