import Database
import Kernel
import People

extension PolicyHead.State: Storable {}

/// The queries of policies through all their versions, and of drafts.
enum PolicyStore {
  // MARK: - Policies

  static func insert(_ id: PolicyID, by actor: Actor, in transaction: Transaction) throws {
    var rows = Rows(
      into: "policy_policy", "id", "community_id", "state", "created_at", "created_by_id", "created_by_role")
    rows.append(values: [
      id.storedValue, transaction.community.storedValue, PolicyHead.State.draft.storedValue,
      transaction.now.storedValue, actor.person.storedValue, actor.role.storedValue,
    ])
    try transaction.insert(rows)
  }

  static func find(_ id: PolicyID, in community: CommunityID, _ snapshot: Snapshot) throws -> PolicyHead? {
    try heads("community_id = \(community) AND id = \(id)", snapshot).first
  }

  /// Policies of the community in whatever state, the newest first; those after `key` come on the next page.
  static func all(
    after key: PolicyID?, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PolicyHead] {
    try heads(
      """
      community_id = \(community) AND id < \(key ?? PolicyID(rawValue: .max)) ORDER BY id DESC LIMIT \(limit)
      """, snapshot)
  }

  static let headColumns: Query = """
    head.id, head.state, head.created_at, head.created_by_id, head.created_by_role, head.newest,
    head.retired_at, head.retired_by_id, head.retired_by_role, head.retire_reason
    """
  static let headColumnCount = 10

  private static func heads(_ condition: Query, _ snapshot: Snapshot) throws -> [PolicyHead] {
    try snapshot.all("SELECT \(headColumns) FROM policy_policy AS head WHERE \(condition)") {
      try head($0)
    }
  }

  static func head(_ row: borrowing Row) throws -> PolicyHead {
    var retirement: PolicyHead.Retirement?
    if !row.isNull(6) {
      retirement = PolicyHead.Retirement(
        at: try row[6], by: Actor(person: try row[7], role: try row[8]), reason: try row[9])
    }
    return PolicyHead(
      id: try row[0], state: try row[1], createdAt: try row[2],
      createdBy: Actor(person: try row[3], role: try row[4]), newest: try row[5], retirement: retirement)
  }

  /// Repeats the newest version beside the policy, for lists.
  static func update(_ version: PolicyVersion, in transaction: Transaction) throws {
    let document = version.content.document
    try transaction.execute(
      """
      UPDATE policy_policy SET state = 'published', newest = \(version.number), level = \(document.level),
        field = \(document.field), replaces_id = \(document.replaces), changed_at = \(version.publishedAt)
      WHERE community_id = \(transaction.community) AND id = \(version.policy) AND state <> 'retired'
      """)
  }

  static func retire(
    _ id: PolicyID, reason: String, by actor: Actor, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      UPDATE policy_policy SET state = 'retired', retired_at = \(transaction.now),
        retired_by_id = \(actor.person), retired_by_role = \(actor.role), retire_reason = \(reason)
      WHERE community_id = \(transaction.community) AND id = \(id) AND state = 'published'
      """)
  }

  /// What a policy replaces by its newest version; nil for nothing.
  static func replaced(
    by id: PolicyID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> PolicyID? {
    try snapshot.value(
      "SELECT replaces_id FROM policy_policy WHERE community_id = \(community) AND id = \(id)")
  }

  /// Whether anything was ever published in the community.
  static func hasPublished(in community: CommunityID, _ snapshot: Snapshot) throws -> Bool {
    try snapshot.exists(
      "SELECT 1 FROM policy_policy WHERE community_id = \(community) AND newest IS NOT NULL LIMIT 1")
  }

  // MARK: - Drafts

  /// Begins a draft with its first text.
  static func insert(
    _ content: PolicyContent, of policy: PolicyID, because origin: PolicyOrigin?, by actor: Actor,
    in transaction: Transaction
  ) throws {
    let id: PolicyDraftID = transaction.newIdentifier()
    var rows = Rows(
      into: "policy_draft", "id", "community_id", "policy_id", "revision", "state", "origin_kind",
      "origin_id", "origin_zh", "origin_en", "origin_path", "begun_at", "begun_by_id", "begun_by_role")
    rows.append(values: [
      id.storedValue, transaction.community.storedValue, policy.storedValue, .integer(1), .text("open"),
      (origin?.kind).storedValue, (origin?.id).storedValue, (origin?.text.chinese).storedValue,
      (origin?.text.english).storedValue, (origin?.path).storedValue, transaction.now.storedValue,
      actor.person.storedValue, actor.role.storedValue,
    ])
    try transaction.insert(rows)
    try PolicyContentStore.insert(
      content, at: PolicyTextKey(draft: id, revision: 1), of: policy, by: actor, in: transaction)
  }

  /// Keeps what the draft says now.
  static func write(
    _ content: PolicyContent, _ draft: PolicyDraft, by actor: Actor, in transaction: Transaction
  ) throws {
    let key = PolicyTextKey(draft: draft.id, revision: draft.revision + 1)
    try PolicyContentStore.insert(content, at: key, of: draft.policy, by: actor, in: transaction)
    try transaction.execute(
      """
      UPDATE policy_draft SET revision = \(key.revision)
      WHERE community_id = \(transaction.community) AND id = \(draft.id) AND ended_at IS NULL
      """)
  }

  /// Says of an open draft what it comes of.
  static func give(
    _ origin: PolicyOrigin, to draft: PolicyDraftID, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      UPDATE policy_draft SET origin_kind = \(origin.kind), origin_id = \(origin.id),
        origin_zh = \(origin.text.chinese), origin_en = \(origin.text.english), origin_path = \(origin.path)
      WHERE community_id = \(transaction.community) AND id = \(draft) AND ended_at IS NULL
      """)
  }

  static func end(_ draft: PolicyDraftID, isPublished: Bool, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE policy_draft SET state = \(isPublished ? "published" : "dropped"), ended_at = \(transaction.now)
      WHERE community_id = \(transaction.community) AND id = \(draft) AND ended_at IS NULL
      """)
  }

  static let originColumns: Query = """
    draft.origin_kind, draft.origin_id, draft.origin_zh, draft.origin_en, draft.origin_path
    """

  static func origin(_ row: borrowing Row, from start: Int) throws -> PolicyOrigin? {
    if row.isNull(start) { return nil }
    return PolicyOrigin(
      kind: try row[start], id: try row[start + 1], text: Phrase(try row[start + 2], try row[start + 3]),
      path: try row[start + 4])
  }

  /// The draft of a policy that is being written; nil where there is none.
  static func openDraft(
    of policy: PolicyID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> PolicyDraft? {
    let found = try snapshot.first(
      """
      SELECT \(PolicyContentStore.columns), \(originColumns) FROM policy_draft AS draft
      JOIN policy_text AS content ON content.draft_id = draft.id AND content.revision = draft.revision
      WHERE draft.community_id = \(community) AND draft.policy_id = \(policy) AND draft.ended_at IS NULL
      """
    ) { row in
      (
        kept: try PolicyContentStore.kept(row),
        origin: try origin(row, from: PolicyContentStore.columnCount)
      )
    }
    guard var kept = found?.kept else { return nil }
    kept.content.words.benefits =
      try PolicyContentStore.benefits(of: [kept.key], in: community, snapshot)[kept.key] ?? []
    return PolicyDraft(
      id: kept.key.draft, policy: policy, revision: kept.key.revision, content: kept.content,
      origin: found?.origin, writtenAt: kept.writtenAt, writtenBy: kept.writtenBy,
      writers: Set(
        try snapshot.values(
          """
          SELECT DISTINCT written_by_id FROM policy_text
          WHERE draft_id = \(kept.key.draft) AND community_id = \(community)
          """, as: PersonID.self)))
  }

  /// The titles of drafts that are being written, by their policies.
  static func openTitles(
    of policies: [PolicyID], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PolicyID: String] {
    var titles: [PolicyID: String] = [:]
    for part in snapshot.chunks(of: policies) {
      try snapshot.forEach(
        """
        SELECT draft.policy_id, content.title FROM policy_draft AS draft
        JOIN policy_text AS content ON content.draft_id = draft.id AND content.revision = draft.revision
        WHERE draft.community_id = \(community) AND draft.policy_id IN \(list: part)
          AND draft.ended_at IS NULL
        """
      ) { row in titles[try row[0]] = try row[1] }
    }
    return titles
  }
}
