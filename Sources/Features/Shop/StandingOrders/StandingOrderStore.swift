import Database
import Kernel
import People

/// The queries of standing orders.
enum StandingOrderStore {
  private static let columns: Query = """
    id, household_id, person_id, mandate_id, helper_id, role, confirmation, paused_until, revision, since, ended_at
    """

  /// The list that a household has now; nil where it has none.
  static func find(
    of household: HouseholdID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> StandingOrder? {
    try list("community_id = \(community) AND household_id = \(household) AND ended_at IS NULL", snapshot)
      .first
  }

  /// These, whichever of them have not ended.
  static func running(
    _ ids: [StandingOrderID], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [StandingOrder] {
    if ids.isEmpty { return [] }
    return try list(
      "id IN \(list: ids) AND community_id = \(community) AND ended_at IS NULL ORDER BY id", snapshot)
  }

  static func find(
    _ id: StandingOrderID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> StandingOrder? {
    try list("id = \(id) AND community_id = \(community)", snapshot).first
  }

  private static func list(_ condition: Query, _ snapshot: Snapshot) throws -> [StandingOrder] {
    let found = try snapshot.all(
      "SELECT \(columns) FROM shop_standing_order WHERE \(condition)", StandingOrder.init)
    if found.isEmpty { return [] }
    var needs: [StandingOrderID: [StandingNeed]] = [:]
    try snapshot.forEach(
      """
      SELECT standing_order_id, variant_id, quantity, rhythm, price, basis FROM shop_standing_need
      WHERE standing_order_id IN \(list: found.map(\.id)) ORDER BY standing_order_id, position
      """
    ) { row in needs[try row[0], default: []].append(try StandingNeed(row, at: 1)) }
    return found.map { standing in
      var standing = standing
      standing.needs = needs[standing.id] ?? []
      return standing
    }
  }

  /// The next standing orders, in the order of their age, that need something which a campaign offers.
  static func needing(
    _ campaign: CampaignID, after last: StandingOrderID, limit: Int, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> [StandingOrderID] {
    try snapshot.values(needingQuery(campaign, after: last, limit: limit, in: community))
  }

  static func needingQuery(
    _ campaign: CampaignID, after last: StandingOrderID, limit: Int, in community: CommunityID
  ) -> Query {
    """
    SELECT DISTINCT need.standing_order_id FROM shop_campaign_item AS item
    JOIN shop_standing_need AS need ON need.community_id = item.community_id AND need.variant_id = item.variant_id
    WHERE item.campaign_id = \(campaign) AND item.community_id = \(community) AND need.standing_order_id > \(last)
    ORDER BY need.standing_order_id LIMIT \(limit)
    """
  }

  static func insert(_ standing: StandingOrder, in transaction: Transaction) throws {
    let mandate = standing.word.parts
    try transaction.execute(
      """
      INSERT INTO shop_standing_order (id, community_id, household_id, person_id, mandate_id, helper_id, role,
        confirmation, paused_until, revision, since, ended_at)
      VALUES (\(standing.id), \(transaction.community), \(standing.household), \(standing.person), \(mandate?.id),
        \(mandate?.helper), \(mandate?.role.rawValue), \(mandate?.confirmation.rawValue), \(standing.pausedUntil),
        \(standing.revision), \(standing.since), \(standing.endedAt))
      """)
    try insertNeeds(of: standing, in: transaction)
  }

  static func update(_ standing: StandingOrder, in transaction: Transaction) throws {
    let mandate = standing.word.parts
    try transaction.execute(
      """
      UPDATE shop_standing_order SET person_id = \(standing.person), mandate_id = \(mandate?.id),
        helper_id = \(mandate?.helper), role = \(mandate?.role.rawValue), confirmation = \(mandate?.confirmation.rawValue),
        paused_until = \(standing.pausedUntil), revision = \(standing.revision), ended_at = \(standing.endedAt)
      WHERE id = \(standing.id) AND community_id = \(transaction.community)
      """)
    try transaction.execute(
      """
      DELETE FROM shop_standing_need
      WHERE standing_order_id = \(standing.id) AND community_id = \(transaction.community)
      """)
    // Nothing is due of what has ended, so that no campaign looks at it again.
    if standing.endedAt == nil { try insertNeeds(of: standing, in: transaction) }
  }

  private static func insertNeeds(of standing: StandingOrder, in transaction: Transaction) throws {
    var rows = Rows(
      into: "shop_standing_need", "standing_order_id", "position", "community_id", "variant_id", "quantity",
      "rhythm", "price", "basis")
    for (position, need) in standing.needs.enumerated() {
      rows.append(values: [standing.id.storedValue] + need.values(position, transaction.community))
    }
    try transaction.insert(rows)
  }
}

extension StandingNeed {
  /// From the variant's column on: variant, quantity, rhythm, price, basis.
  init(_ row: borrowing Row, at column: Int) throws {
    self.init(
      variant: try row[column], quantity: try row[column + 1], rhythm: try row[column + 2],
      price: StandingPrice(try row[column + 3], per: try row[column + 4]))
  }

  /// Position, community, variant, quantity, rhythm, price, basis.
  func values(_ position: Int, _ community: CommunityID) -> [Value] {
    [
      .integer(Int64(position)), community.storedValue, variant.storedValue, .integer(quantity),
      rhythm.storedValue, price.amount.storedValue, price.basis.storedValue,
    ]
  }
}

extension StandingOrder {
  fileprivate init(_ row: borrowing Row) throws {
    var word = Word.own
    if let mandate: MandateID = try row[3] {
      word = .mandate(mandate, helper: try row[4], role: try row[5], confirmation: try row[6])
    }
    self.init(
      id: try row[0], household: try row[1], person: try row[2], word: word, needs: [],
      pausedUntil: try row[7], revision: try row[8], since: try row[9], endedAt: try row[10])
  }
}

extension StandingOrder.Word {
  /// What stands in the columns of the mandate; nil for the household's own word.
  fileprivate var parts: (id: MandateID, helper: PersonID, role: Role, confirmation: ConfirmationWay)? {
    if case .mandate(let id, let helper, let role, let confirmation) = self {
      (id, helper, role, confirmation)
    } else {
      nil
    }
  }
}
