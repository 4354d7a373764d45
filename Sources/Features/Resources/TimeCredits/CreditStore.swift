import Database
import Kernel
import People

/// The queries of hours.
enum CreditStore {
  static func limits(in community: CommunityID, _ snapshot: Snapshot) throws -> CreditLimits {
    try snapshot.first(
      "SELECT least, most, revision FROM resources_credit_limit WHERE community_id = \(community)"
    ) { row in CreditLimits(least: try row[0], most: try row[1], revision: try row[2]) } ?? .standard
  }

  static func set(_ limits: CreditLimits, by actor: Actor, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO resources_credit_limit (community_id, least, most, revision, changed_at, changed_by_id,
        changed_by_role)
      VALUES (\(transaction.community), \(limits.least), \(limits.most), \(limits.revision),
        \(transaction.now), \(actor.person), \(actor.role))
      ON CONFLICT (community_id) DO UPDATE SET least = excluded.least, most = excluded.most,
        revision = excluded.revision, changed_at = excluded.changed_at,
        changed_by_id = excluded.changed_by_id, changed_by_role = excluded.changed_by_role
      """)
  }

  /// What a party has, and what is agreed on.
  static func standing(
    of party: Party, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> CreditStanding {
    let balance: Int64? = try snapshot.value(
      """
      SELECT CAST(coalesce(sum(entry.minutes), 0) AS BIGINT) FROM resources_credit_entry AS entry
      JOIN resources_credit_account AS account ON account.id = entry.account_id
      WHERE account.community_id = \(community) AND account.party_kind = \(party.kind)
        AND account.party_id = \(party.id)
      """)
    return CreditStanding(
      balance: balance ?? 0,
      owing: try agreed(
        "need_party_kind = \(party.kind) AND need_party_id = \(party.id)", in: community, snapshot),
      coming: try agreed(
        "give_party_kind = \(party.kind) AND give_party_id = \(party.id)", in: community, snapshot))
  }

  private static func agreed(
    _ theirs: Query, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Int64 {
    try snapshot.value(
      """
      SELECT CAST(coalesce(sum(minutes), 0) AS BIGINT) FROM resources_match
      WHERE community_id = \(community) AND mode = 'credit' AND state IN ('agreed', 'under_way') AND \(theirs)
      """) ?? 0
  }

  /// How everybody stands who has hours or agreed on some, in one query: for the station, which never learns whose they
  /// are.
  static func standings(in community: CommunityID, _ snapshot: Snapshot) throws -> [CreditStanding] {
    let live: Query = "community_id = \(community) AND mode = 'credit' AND state IN ('agreed', 'under_way')"
    return try snapshot.all(
      """
      SELECT CAST(sum(balance) AS BIGINT), CAST(sum(owing) AS BIGINT), CAST(sum(coming) AS BIGINT) FROM (
        SELECT account.party_kind AS kind, account.party_id AS id, entry.minutes AS balance, 0 AS owing,
          0 AS coming
        FROM resources_credit_entry AS entry
        JOIN resources_credit_account AS account ON account.id = entry.account_id
        WHERE account.community_id = \(community) AND account.party_id IS NOT NULL
        UNION ALL SELECT need_party_kind, need_party_id, 0, coalesce(minutes, 0), 0
        FROM resources_match WHERE \(live)
        UNION ALL SELECT give_party_kind, give_party_id, 0, 0, coalesce(minutes, 0)
        FROM resources_match WHERE \(live)) AS movement
      GROUP BY kind, id
      """
    ) { row in CreditStanding(balance: try row[0], owing: try row[1], coming: try row[2]) }
  }

  /// The newest first.
  static func entries(
    of party: Party, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [CreditEntry] {
    try snapshot.all(
      """
      SELECT entry.match_id, entry.minutes, entry.moved_at FROM resources_credit_entry AS entry
      JOIN resources_credit_account AS account ON account.id = entry.account_id
      WHERE account.community_id = \(community) AND account.party_kind = \(party.kind)
        AND account.party_id = \(party.id)
      ORDER BY entry.id DESC LIMIT \(limit)
      """
    ) { row in CreditEntry(match: try row[0], minutes: try row[1], movedAt: try row[2]) }
  }

  /// Two movements whose sum is zero.
  static func move(
    _ minutes: Int64, from needer: Party, to giver: Party, for match: MatchID, in transaction: Transaction
  ) throws {
    for (party, change) in [(needer, -minutes), (giver, minutes)] {
      let account = try account(of: party, in: transaction)
      try transaction.execute(
        """
        INSERT INTO resources_credit_entry (id, community_id, match_id, account_id, minutes, moved_at)
        VALUES (\(transaction.newIdentifier(MatchKind.self)), \(transaction.community), \(match), \(account),
          \(change), \(transaction.now))
        """)
    }
  }

  private static func account(of party: Party, in transaction: Transaction) throws -> Int64 {
    let found: Int64? = try transaction.value(
      """
      SELECT id FROM resources_credit_account WHERE community_id = \(transaction.community)
        AND party_kind = \(party.kind) AND party_id = \(party.id)
      """)
    if let found { return found }
    let id = transaction.newIdentifier(MatchKind.self).rawValue
    try transaction.execute(
      """
      INSERT INTO resources_credit_account (id, community_id, party_kind, party_id, opened_at)
      VALUES (\(id), \(transaction.community), \(party.kind), \(party.id), \(transaction.now))
      """)
    return id
  }
}
