import Database
import Kernel
import People

/// The queries of what became of standing orders, campaign by campaign.
enum StandingTurnStore {
  private static let columns: Query = """
    turn.id, turn.standing_order_id, turn.campaign_id, turn.order_id, turn.refusal_zh, turn.refusal_en, turn.revision
    """

  /// What the order desk may do on this ground; nil when there is no such thing in the community.
  static func ground(_ id: StandingTurnID, in transaction: Transaction) throws -> OrderGround? {
    try transaction.first(
      """
      SELECT standing.person_id, standing.household_id, turn.campaign_id, standing.helper_id, turn.pending_digest,
        standing.mandate_id, standing.confirmation
      FROM shop_standing_turn AS turn JOIN shop_standing_order AS standing ON standing.id = turn.standing_order_id
      WHERE turn.id = \(id) AND turn.community_id = \(transaction.community)
      """
    ) { row in
      let person: PersonID = try row[0]
      let helper: PersonID? = try row[3]
      let digest: [UInt8]? = try row[4]
      return OrderGround(
        person: person, household: try row[1], campaign: try row[2], helper: helper ?? person,
        digest: digest ?? [], isOpen: digest != nil, mandate: try row[5], confirmation: try row[6])
    }
  }

  static func find(
    _ id: StandingTurnID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> StandingTurn? {
    try list("turn.id = \(id) AND turn.community_id = \(community)", snapshot).first
  }

  static func find(
    of standing: StandingOrderID, in campaign: CampaignID, community: CommunityID, _ snapshot: Snapshot
  ) throws -> StandingTurn? {
    try list(
      """
      turn.standing_order_id = \(standing) AND turn.campaign_id = \(campaign) AND turn.community_id = \(community)
      """, snapshot
    ).first
  }

  /// The newest turns of a standing order in which something became of it, and all in which something may still change.
  static func latest(
    of standing: StandingOrderID, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [StandingTurn] {
    let open = try openCampaigns(of: standing, in: community, snapshot)
    let isOpen: Query = open.isEmpty ? "" : " OR turn.campaign_id IN \(list: open)"
    return try list(
      """
      turn.standing_order_id = \(standing) AND turn.community_id = \(community) AND (turn.id IN (
        SELECT newest.id FROM shop_standing_turn AS newest
        WHERE newest.standing_order_id = \(standing) AND newest.community_id = \(community)
          AND EXISTS (SELECT 1 FROM shop_standing_turn_line AS line WHERE line.turn_id = newest.id)
        ORDER BY newest.id DESC LIMIT \(limit))\(isOpen))
      ORDER BY turn.id DESC
      """, snapshot)
  }

  /// The campaigns in which something of a standing order may still change: those that had a turn of it, and those that
  /// offer what it needs.
  static func openCampaigns(
    of standing: StandingOrderID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [CampaignID] {
    try snapshot.values(
      """
      SELECT turn.campaign_id FROM shop_standing_turn AS turn
      JOIN shop_campaign AS campaign ON campaign.id = turn.campaign_id
      WHERE turn.standing_order_id = \(standing) AND turn.community_id = \(community)
        AND campaign.cut_off_at > \(snapshot.now) AND campaign.cancelled_at IS NULL
      UNION
      SELECT item.campaign_id FROM shop_campaign AS campaign
      JOIN shop_campaign_item AS item ON item.community_id = campaign.community_id AND item.campaign_id = campaign.id
      JOIN shop_standing_need AS need ON need.standing_order_id = \(standing) AND need.variant_id = item.variant_id
      WHERE campaign.community_id = \(community) AND campaign.published_at IS NOT NULL
        AND campaign.closed_at IS NULL AND campaign.failed_at IS NULL AND campaign.cancelled_at IS NULL
        AND campaign.cut_off_at > \(snapshot.now)
      ORDER BY 1
      """)
  }

  /// The items of a campaign that these households have on their orders, whoever placed them.
  static func held(
    by households: [HouseholdID], in campaign: CampaignID, community: CommunityID, _ snapshot: Snapshot
  ) throws -> [HouseholdID: Set<CampaignItemID>] {
    if households.isEmpty { return [:] }
    var held: [HouseholdID: Set<CampaignItemID>] = [:]
    try snapshot.forEach(
      """
      SELECT placed.household_id, line.item_id FROM shop_order AS placed
      JOIN shop_order_line AS line ON line.order_id = placed.id AND line.quantity > 0
      WHERE placed.campaign_id = \(campaign) AND placed.community_id = \(community)
        AND placed.household_id IN \(list: households) AND placed.fulfilment <> 'cancelled'
      """
    ) { row in held[try row[0], default: []].insert(try row[1]) }
    return held
  }

  /// When each of the goods was served by other campaigns: the pickups of those that came about.
  static func served(
    _ standing: StandingOrderID, except campaign: CampaignID, since: Timestamp, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> [(variant: VariantID, pickup: Timestamp)] {
    try snapshot.all(
      """
      SELECT line.variant_id, campaign.pickup_from FROM shop_standing_turn AS turn
      JOIN shop_standing_turn_line AS line ON line.turn_id = turn.id
      JOIN shop_campaign AS campaign ON campaign.id = turn.campaign_id
      WHERE turn.standing_order_id = \(standing) AND turn.community_id = \(community)
        AND turn.campaign_id <> \(campaign) AND campaign.pickup_from >= \(since)
        AND campaign.cancelled_at IS NULL AND campaign.failed_at IS NULL
        AND (line.state IN ('planned', 'ordered', 'declined')
          OR (line.state = 'asked' AND campaign.cut_off_at > \(snapshot.now)))
      """
    ) { row in (try row[0], try row[1]) }
  }

  private static func list(_ condition: Query, _ snapshot: Snapshot) throws -> [StandingTurn] {
    let found = try snapshot.all(
      "SELECT \(columns) FROM shop_standing_turn AS turn WHERE \(condition)", StandingTurn.init)
    if found.isEmpty { return [] }
    var lines: [StandingTurnID: [StandingTurn.Line]] = [:]
    try snapshot.forEach(
      """
      SELECT turn_id, variant_id, item_id, wanted, quantity, price, basis, state FROM shop_standing_turn_line
      WHERE turn_id IN \(list: found.map(\.id)) ORDER BY turn_id, position
      """
    ) { row in
      lines[try row[0], default: []].append(
        StandingTurn.Line(
          variant: try row[1], item: try row[2], wanted: try row[3], quantity: try row[4],
          price: StandingPrice(try row[5], per: try row[6]), state: try row[7]))
    }
    return found.map { turn in
      var turn = turn
      turn.lines = lines[turn.id] ?? []
      return turn
    }
  }

  /// Writes a turn as it stands.
  /// - Parameter pending: the digest of the one request that the order desk may now carry out on its ground.
  static func store(_ turn: StandingTurn, pending: [UInt8]? = nil, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO shop_standing_turn (id, community_id, standing_order_id, campaign_id, order_id, pending_digest,
        refusal_zh, refusal_en, revision)
      VALUES (\(turn.id), \(transaction.community), \(turn.standingOrder), \(turn.campaign), \(turn.order), \(pending),
        \(turn.refusal?.chinese ?? ""), \(turn.refusal?.english ?? ""), \(turn.revision))
      ON CONFLICT (id) DO UPDATE SET order_id = excluded.order_id, pending_digest = excluded.pending_digest,
        refusal_zh = excluded.refusal_zh, refusal_en = excluded.refusal_en, revision = excluded.revision
      """)
    try transaction.execute(
      "DELETE FROM shop_standing_turn_line WHERE turn_id = \(turn.id) AND community_id = \(transaction.community)"
    )
    var rows = Rows(
      into: "shop_standing_turn_line", "turn_id", "position", "community_id", "variant_id", "item_id",
      "wanted",
      "quantity", "price", "basis", "state")
    for (position, line) in turn.lines.enumerated() {
      rows.append(values: [
        turn.id.storedValue, .integer(Int64(position)), transaction.community.storedValue,
        line.variant.storedValue, line.item.storedValue, .integer(line.wanted), .integer(line.quantity),
        line.price.amount.storedValue, line.price.basis.storedValue, line.state.storedValue,
      ])
    }
    try transaction.insert(rows)
  }

  /// What a household has ordered of the items that have a limit.
  static func ordered(
    of household: HouseholdID, _ items: [CampaignItemID], _ snapshot: Snapshot
  ) throws -> [CampaignItemID: Int64] {
    if items.isEmpty { return [:] }
    var found: [CampaignItemID: Int64] = [:]
    try snapshot.forEach(
      """
      SELECT item_id, quantity FROM shop_household_quantity
      WHERE item_id IN \(list: items) AND household_id = \(household)
      """
    ) { row in found[try row[0]] = try row[1] }
    return found
  }
}

extension StandingTurn {
  fileprivate init(_ row: borrowing Row) throws {
    let refusal = Phrase(try row[4], try row[5])
    self.init(
      id: try row[0], standingOrder: try row[1], campaign: try row[2], order: try row[3], lines: [],
      refusal: refusal.chinese.isEmpty ? nil : refusal, revision: try row[6])
  }
}
