import Database

/// What must always hold of the library.
enum PolicyInvariants {
  private static let limit = Invariant.limit

  static let invariants: [Invariant] = versions + [receipts, readers, news] + drafts

  private static let versions = [
    // What stands beside a policy is what its newest version says.
    Invariant(
      "policy.newest_differs", [.identifier("policy"), "told", "newest"],
      """
      SELECT head.id, head.newest, newest.number FROM policy_policy AS head
      LEFT JOIN (SELECT policy_id, max(number) AS number FROM policy_version GROUP BY policy_id) AS newest
        ON newest.policy_id = head.id
      LEFT JOIN policy_version AS version
        ON version.policy_id = head.id AND version.number = newest.number
      LEFT JOIN policy_text AS content
        ON content.draft_id = version.draft_id AND content.revision = version.revision
      WHERE head.newest IS NOT NULL AND newest.number IS NULL
        OR newest.number IS NOT NULL AND (head.newest IS NULL OR head.newest <> newest.number
          OR head.level <> content.level OR head.field <> content.field
          OR coalesce(head.replaces_id, 0) <> coalesce(content.replaces_id, 0)
          OR head.changed_at <> version.published_at)
      ORDER BY head.id LIMIT \(limit)
      """),
    Invariant(
      "policy.version_missing", [.identifier("policy"), "versions", "newest"],
      """
      SELECT policy_id, count(*), max(number) FROM policy_version
      GROUP BY policy_id HAVING count(*) <> max(number) ORDER BY policy_id LIMIT \(limit)
      """),
    Invariant(
      "policy.version_differs_from_text", [.identifier("policy"), "version"],
      """
      SELECT version.policy_id, version.number FROM policy_version AS version
      LEFT JOIN policy_text AS content
        ON content.draft_id = version.draft_id AND content.revision = version.revision
      LEFT JOIN policy_draft AS draft ON draft.id = version.draft_id
      WHERE content.revision IS NULL OR content.policy_id <> version.policy_id
        OR content.community_id <> version.community_id
        OR content.effective_day <> version.effective_day
        OR coalesce(content.expires_day, 0) <> coalesce(version.expires_day, 0)
        OR draft.state IS NULL OR draft.state <> 'published' OR draft.revision <> version.revision
      ORDER BY version.policy_id, version.number LIMIT \(limit)
      """),
    Invariant(
      "policy.published_by_writer", [.identifier("policy"), "version"],
      """
      SELECT version.policy_id, version.number FROM policy_version AS version
      WHERE EXISTS (SELECT 1 FROM policy_text AS content
        WHERE content.draft_id = version.draft_id AND content.written_by_id = version.published_by_id)
      ORDER BY version.policy_id, version.number LIMIT \(limit)
      """),
    // One replaces another, and so on, and none of them comes round.
    Invariant(
      "policy.replaces_in_a_ring", [.identifier("policy")],
      """
      WITH RECURSIVE chain (start_id, earlier_id, steps) AS (
        SELECT id, replaces_id, 1 FROM policy_policy WHERE replaces_id IS NOT NULL
        UNION ALL
        SELECT chain.start_id, earlier.replaces_id, chain.steps + 1 FROM chain
        JOIN policy_policy AS earlier ON earlier.id = chain.earlier_id
        WHERE earlier.replaces_id IS NOT NULL AND chain.earlier_id <> chain.start_id AND chain.steps < 200)
      SELECT DISTINCT start_id FROM chain WHERE earlier_id = start_id ORDER BY start_id LIMIT \(limit)
      """),
    Invariant(
      "policy.replaces_stranger", [.identifier("policy"), .identifier("replaced")],
      """
      SELECT head.id, head.replaces_id FROM policy_policy AS head
      LEFT JOIN policy_policy AS earlier
        ON earlier.id = head.replaces_id AND earlier.community_id = head.community_id
      WHERE head.replaces_id IS NOT NULL AND (earlier.id IS NULL OR earlier.newest IS NULL)
      ORDER BY head.id LIMIT \(limit)
      """),
  ]

  private static let drafts = [
    Invariant(
      "policy.draft_differs_from_text", [.identifier("draft"), "told", "kept"],
      """
      SELECT draft.id, draft.revision, max(content.revision) FROM policy_draft AS draft
      LEFT JOIN policy_text AS content ON content.draft_id = draft.id
        AND content.policy_id = draft.policy_id AND content.community_id = draft.community_id
      GROUP BY draft.id, draft.revision
      HAVING max(content.revision) IS NULL OR max(content.revision) <> draft.revision
        OR count(content.revision) <> draft.revision
      ORDER BY draft.id LIMIT \(limit)
      """),
    Invariant(
      "policy.draft_of_retired", [.identifier("draft"), .identifier("policy")],
      """
      SELECT draft.id, draft.policy_id FROM policy_draft AS draft
      JOIN policy_policy AS head ON head.id = draft.policy_id
      WHERE draft.ended_at IS NULL AND head.state = 'retired' ORDER BY draft.id LIMIT \(limit)
      """),
  ]

  /// A foreign key holds this as well, unless somebody took it away.
  private static let receipts = Invariant(
    "policy.receipt_of_no_version", [.identifier("policy"), "version"],
    """
    SELECT DISTINCT receipt.policy_id, receipt.version FROM policy_receipt AS receipt
    LEFT JOIN policy_version AS version
      ON version.policy_id = receipt.policy_id AND version.number = receipt.version
        AND version.community_id = receipt.community_id
    WHERE version.number IS NULL OR version.published_at > receipt.recorded_at
    ORDER BY receipt.policy_id, receipt.version LIMIT \(limit)
    """)

  /// Whoever is told of a policy that is followed has to be able to read it.
  private static let readers = Invariant(
    "policy.follow_of_unpublished", [.identifier("policy")],
    """
    SELECT DISTINCT follow.policy_id FROM policy_follow AS follow
    LEFT JOIN policy_policy AS head
      ON head.id = follow.policy_id AND head.community_id = follow.community_id
    WHERE follow.policy_id IS NOT NULL AND (head.id IS NULL OR head.newest IS NULL)
    ORDER BY follow.policy_id LIMIT \(limit)
    """)

  /// Every version is told to those who follow it.
  private static let news = Invariant(
    "policy.version_untold", [.identifier("policy"), "version"],
    """
    SELECT version.policy_id, version.number FROM policy_version AS version
    LEFT JOIN policy_news AS news ON news.policy_id = version.policy_id AND news.version = version.number
      AND news.audience = 'followers'
    WHERE news.id IS NULL ORDER BY version.policy_id, version.number LIMIT \(limit)
    """)
}
