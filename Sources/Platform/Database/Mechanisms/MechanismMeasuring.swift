package import Kernel

extension Snapshot {
  /// The last event and the last audit entry of a community; 0 where there is none.
  package func lastMechanismRows(of community: CommunityID) throws -> (event: Int64, audit: Int64) {
    let event: Int64? = try value(
      """
      SELECT sequence FROM platform_event WHERE community_id = \(community) ORDER BY sequence DESC LIMIT 1
      """)
    let audit: Int64? = try value(
      """
      SELECT sequence FROM platform_audit WHERE community_id = \(community) ORDER BY sequence DESC LIMIT 1
      """)
    return (event ?? 0, audit ?? 0)
  }
}

extension Transaction {
  /// Writes `count` copies of one event and of one audit entry by the engine alone, for measuring what it can do.
  ///
  /// The copies follow the last rows of the community, so that they go where real ones would. The audit chain does not
  /// hold afterwards: only for databases that are thrown away.
  /// - Parameters:
  ///   - event: the last event when the measuring began, which is what gets copied.
  ///   - audit: the last audit entry then.
  ///   - written: how many copies of each were made since.
  package func multiplyMechanismRows(
    _ count: Int, event: Int64, audit: Int64, after written: Int64
  ) throws {
    try execute(
      """
      WITH RECURSIVE series (n) AS (
        SELECT CAST(1 AS BIGINT) UNION ALL SELECT n + 1 FROM series WHERE n < CAST(\(count) AS BIGINT))
      INSERT INTO platform_event (community_id, sequence, kind, subject_id, body, published_at)
      SELECT community_id, sequence + CAST(\(written) AS BIGINT) + n, kind, subject_id + n, body,
        CAST(\(now) AS BIGINT)
      FROM series JOIN platform_event AS template
        ON template.community_id = \(community) AND template.sequence = \(event)
      """)
    try execute(
      """
      WITH RECURSIVE series (n) AS (
        SELECT CAST(1 AS BIGINT) UNION ALL SELECT n + 1 FROM series WHERE n < CAST(\(count) AS BIGINT))
      INSERT INTO platform_audit (community_id, sequence, recorded_at, actor_id, actor_role, on_behalf_of_id, action,
        object_id, purpose, detail_digest, hash)
      SELECT community_id, sequence + CAST(\(written) AS BIGINT) + n, CAST(\(now) AS BIGINT), actor_id, actor_role,
        on_behalf_of_id, action, object_id + n, purpose, detail_digest, hash
      FROM series JOIN platform_audit AS template
        ON template.community_id = \(community) AND template.sequence = \(audit)
      """)
  }
}
