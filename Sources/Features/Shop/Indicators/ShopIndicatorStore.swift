import Database
import Kernel

/// The queries behind the Shop's indicators. What they answer is counted and kept nowhere.
enum ShopIndicatorStore {
  /// Orders of which something was handed over, each once. A bag that stayed lost was not.
  static func handedOver(
    from: Timestamp, until: Timestamp, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [HandedOrder] {
    try snapshot.all(handedOver(from: from, until: until, in: community)) { row in
      let (person, placedBy): (PersonID, PersonID) = (try row[2], try row[4])
      return HandedOrder(
        order: try row[0], household: try row[1], person: person,
        isOwn: Independence.isOwn(authority: try row[3], placedBy: placedBy, person: person))
    }
  }

  static func handedOver(from: Timestamp, until: Timestamp, in community: CommunityID) -> Query {
    """
    SELECT DISTINCT placed.id, placed.household_id, placed.person_id, placed.authority, placed.placed_by_id
    FROM shop_pickup AS pickup
    JOIN shop_order AS placed ON placed.id = pickup.order_id AND placed.community_id = pickup.community_id
    WHERE pickup.community_id = \(community) AND pickup.handed_at >= \(from) AND pickup.handed_at < \(until)
      AND pickup.method <> 'lost' AND placed.authority <> 'merchant'
    """
  }

  /// Lines of the campaigns that ended, without those of visits and of cancelled orders.
  static func lines(
    from: Timestamp, until: Timestamp, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [EndedLine] {
    try snapshot.all(lines(from: from, until: until, in: community)) { row in
      EndedLine(household: try row[0], merchant: try row[3], wanted: try row[1], allocated: try row[2])
    }
  }

  static func lines(from: Timestamp, until: Timestamp, in community: CommunityID) -> Query {
    """
    SELECT placed.household_id, coalesce(line.wanted, line.quantity), coalesce(line.allocated, 0),
      item.merchant_id
    FROM shop_campaign AS campaign
    JOIN shop_order AS placed ON placed.campaign_id = campaign.id
      AND placed.community_id = campaign.community_id
    JOIN shop_order_line AS line ON line.order_id = placed.id
    JOIN shop_campaign_item AS item ON item.id = line.item_id
    WHERE campaign.community_id = \(community) AND campaign.finished_at >= \(from)
      AND campaign.finished_at < \(until) AND placed.fulfilment <> 'cancelled'
      AND placed.authority NOT IN ('booking', 'merchant')
    """
  }

  /// Turns that were due in this time. Of a claim that was taken back nobody had to answer.
  static func turns(
    dueFrom from: Timestamp, until: Timestamp, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [HouseholdTurn] {
    try snapshot.all(turns(dueFrom: from, until: until, in: community)) { row in
      HouseholdTurn(
        household: try row[0], merchant: try row[4],
        turn: ClaimTurn(beganAt: try row[1], dueAt: try row[2], answeredAt: try row[3]))
    }
  }

  static func turns(dueFrom from: Timestamp, until: Timestamp, in community: CommunityID) -> Query {
    """
    SELECT claim.household_id, turn.began_at, turn.due_at, turn.answered_at, claim.merchant_id
    FROM shop_claim_turn AS turn
    JOIN shop_claim AS claim ON claim.id = turn.claim_id AND claim.community_id = turn.community_id
    WHERE turn.community_id = \(community) AND turn.due_at >= \(from) AND turn.due_at < \(until)
      AND (turn.answered_at IS NOT NULL OR claim.state <> 'withdrawn')
      AND NOT EXISTS (SELECT 1 FROM shop_order AS placed
        WHERE placed.id = claim.order_id AND placed.authority = 'merchant')
    """
  }

  /// What was handed over, by household and merchant.
  static func spending(
    from: Timestamp, until: Timestamp, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Spending] {
    let districts = try DistrictStore.districts(in: community, snapshot)
    return try snapshot.all(spending(from: from, until: until, in: community)) { row in
      let merchant: MerchantID = try row[1]
      let (pieces, price, charged, due): (Int64, Int64, Int64?, Int64) = (
        try row[2], try row[3], try row[4], try row[5]
      )
      // Goods by weight are charged for all pieces together.
      let fen = charged.map { $0 * pieces / max(1, due) } ?? price * pieces
      return Spending(
        household: try row[0], merchant: merchant, district: districts[merchant]?.district, fen: fen)
    }
  }

  static func spending(from: Timestamp, until: Timestamp, in community: CommunityID) -> Query {
    """
    SELECT placed.household_id, item.merchant_id, piece.quantity, line.price, line.charged,
      coalesce(line.allocated, line.quantity)
    FROM \(HandedLineRows.tables)
    WHERE \(HandedLineRows.handed(from: from, until: until, in: community)) AND placed.authority <> 'merchant'
    """
  }

  /// What was handed over, by order and merchant.
  static func trades(
    from: Timestamp, until: Timestamp, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [ShopTrades.Trade] {
    try snapshot.all(trades(from: from, until: until, in: community)) { row in
      ShopTrades.Trade(order: try row[0], merchant: try row[1], person: try row[2], at: try row[3])
    }
  }

  static func trades(from: Timestamp, until: Timestamp, in community: CommunityID) -> Query {
    """
    SELECT placed.id, item.merchant_id, placed.person_id, min(pickup.handed_at)
    FROM \(HandedLineRows.tables)
    WHERE \(HandedLineRows.handed(from: from, until: until, in: community)) AND placed.authority <> 'merchant'
    GROUP BY placed.id, item.merchant_id, placed.person_id
    ORDER BY placed.id, item.merchant_id
    """
  }
}
