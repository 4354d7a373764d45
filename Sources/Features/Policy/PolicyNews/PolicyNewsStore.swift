import Database
import Kernel
import People

extension PolicyNews.Audience.Code: Storable {}

/// The queries of what many are told.
enum PolicyNewsStore {
  static func insert(_ news: PolicyNews, in transaction: Transaction) throws {
    var buildings = ""
    if case .buildings(let named) = news.audience { buildings = named.joined(separator: "\n") }
    var rows = Rows(
      into: "policy_news", "id", "community_id", "policy_id", "version", "audience", "buildings", "reason",
      "asked_at", "asked_by_id", "asked_by_role", "reached", "told")
    rows.append(values: [
      news.id.storedValue, transaction.community.storedValue, news.policy.storedValue,
      news.version.storedValue, news.audience.code.storedValue, .text(buildings), news.reason.storedValue,
      news.askedAt.storedValue, news.askedBy.person.storedValue, news.askedBy.role.storedValue,
      news.reached.storedValue, news.told.storedValue,
    ])
    try transaction.insert(rows)
  }

  /// Notes how far the telling has come.
  static func advance(
    _ id: PolicyNewsID, to reached: Int64, told: Int, isOver: Bool, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      UPDATE policy_news SET reached = \(reached), told = told + \(told),
        finished_at = \(isOver ? transaction.now : nil)
      WHERE community_id = \(transaction.community) AND id = \(id) AND finished_at IS NULL
      """)
  }

  static func find(
    _ id: PolicyNewsID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> PolicyNews? {
    try news("community_id = \(community) AND id = \(id)", snapshot).first
  }

  /// All that was told of a policy, the latest first.
  static func all(
    of policy: PolicyID, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PolicyNews] {
    try news(
      "community_id = \(community) AND policy_id = \(policy) ORDER BY id DESC LIMIT \(limit)", snapshot)
  }

  /// Whether every household is told of this version, or was.
  static func tellsEveryone(
    of version: Int64, _ policy: PolicyID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Bool {
    try snapshot.exists(
      """
      SELECT 1 FROM policy_news WHERE community_id = \(community) AND policy_id = \(policy)
        AND version = \(version) AND audience = 'everyone'
      """)
  }

  /// How many persons were told of a version so far, each counted once.
  static func told(
    of version: Int64, _ policy: PolicyID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Int64 {
    try snapshot.value(
      """
      SELECT CAST(coalesce(sum(told), 0) AS BIGINT) FROM policy_news
      WHERE community_id = \(community) AND policy_id = \(policy) AND version = \(version)
      """) ?? 0
  }

  private static func news(_ condition: Query, _ snapshot: Snapshot) throws -> [PolicyNews] {
    try snapshot.all(
      """
      SELECT id, policy_id, version, audience, buildings, reason, asked_at, asked_by_id, asked_by_role,
        reached, told, finished_at
      FROM policy_news WHERE \(condition)
      """
    ) { row in
      let code: PolicyNews.Audience.Code = try row[3]
      let buildings: String = try row[4]
      let audience: PolicyNews.Audience =
        switch code {
        case .followers: .followers
        case .everyone: .everyone
        case .buildings: .buildings(buildings.split(separator: "\n").map(String.init))
        }
      return PolicyNews(
        id: try row[0], policy: try row[1], version: try row[2], audience: audience, reason: try row[5],
        askedAt: try row[6], askedBy: Actor(person: try row[7], role: try row[8]), reached: try row[9],
        told: try row[10], finishedAt: try row[11])
    }
  }
}
