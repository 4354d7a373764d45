import Database
import Kernel

/// What has to be known of orders to tell of them.
enum OrderNoticeStore {
  private static let columns: Query = """
    placed.id, placed.number, placed.campaign_id, \(reader), placed.total, placed.fulfilment,
    campaign.title_zh, campaign.title_en, campaign.pickup_from, campaign.pickup_until, point.name_zh, point.name_en,
    CASE WHEN EXISTS (SELECT 1 FROM shop_order_line AS line WHERE line.order_id = placed.id
      AND line.weighed_basis IS NOT NULL AND line.grams IS NULL) THEN 1 ELSE 0 END
    """

  /// Who is told: whoever ordered. Of what a merchant ordered, somebody else of it once they have left, so that it is told
  /// neither to a stranger nor to nobody; null where the merchant has no people any more.
  private static let reader: Query = """
    CASE WHEN placed.authority <> 'merchant' OR EXISTS (SELECT 1 FROM shop_merchant_member AS buyer
        WHERE buyer.community_id = placed.community_id AND buyer.merchant_id = placed.household_id
          AND buyer.person_id = placed.person_id)
      THEN placed.person_id
      ELSE (SELECT min(colleague.person_id) FROM shop_merchant_member AS colleague
        WHERE colleague.community_id = placed.community_id AND colleague.merchant_id = placed.household_id)
      END
    """

  private static let tables: Query = """
    shop_order AS placed JOIN shop_campaign AS campaign ON campaign.id = placed.campaign_id
    JOIN shop_pickup_point AS point ON point.id = campaign.pickup_point_id
    """

  private static let batch = 256

  /// Visits are left out: they are told of in words of their own.
  static func orders(
    _ ids: Set<OrderID>, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [OrderID: NoticedOrder] {
    var found: [OrderID: NoticedOrder] = [:]
    let sorted = ids.sorted()
    for start in stride(from: 0, to: sorted.count, by: batch) {
      let some = sorted[start..<min(start + batch, sorted.count)]
      let orders = try snapshot.all(
        """
        SELECT \(columns) FROM \(tables) WHERE placed.id IN \(list: some)
          AND placed.community_id = \(community) AND placed.authority <> 'booking'
        """, NoticedOrder.read)
      for order in orders.compactMap(\.self) { found[order.id] = order }
    }
    return found
  }

  /// The orders of a campaign of which something is to be fetched.
  static func orders(
    ofCampaign campaign: CampaignID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [NoticedOrder] {
    try snapshot.all(
      """
      SELECT \(columns) FROM \(tables)
      WHERE placed.campaign_id = \(campaign) AND placed.community_id = \(community)
        AND placed.fulfilment IN ('placed', 'partly_collected')
        AND EXISTS (SELECT 1 FROM shop_order_line AS owed WHERE owed.order_id = placed.id AND owed.allocated > 0)
      ORDER BY placed.number
      """, NoticedOrder.read
    ).compactMap(\.self)
  }

  /// The lines of orders that get less than was ordered.
  static func shortLines(
    of orders: Set<OrderID>, _ snapshot: Snapshot
  ) throws -> [OrderID: [NoticedOrder.ShortLine]] {
    var found: [OrderID: [NoticedOrder.ShortLine]] = [:]
    let sorted = orders.sorted()
    for start in stride(from: 0, to: sorted.count, by: batch) {
      try snapshot.forEach(
        """
        SELECT order_id, name_zh, name_en, unit_code, quantity, allocated FROM shop_order_line
        WHERE order_id IN \(list: sorted[start..<min(start + batch, sorted.count)]) AND allocated < quantity
        ORDER BY order_id, position
        """
      ) { row in
        found[try row[0], default: []].append(
          NoticedOrder.ShortLine(
            name: Phrase(try row[1], try row[2]), unit: Unit.withCode(try row[3]) ?? .piece,
            ordered: try row[4], due: try row[5]))
      }
    }
    return found
  }
}

extension NoticedOrder {
  /// Nil where nobody is there to be told.
  fileprivate static func read(_ row: borrowing Row) throws -> NoticedOrder? {
    guard let person: PersonID = try row[3] else { return nil }
    return try NoticedOrder(row, for: person)
  }

  private init(_ row: borrowing Row, for person: PersonID) throws {
    id = try row[0]
    number = try row[1]
    campaign = try row[2]
    self.person = person
    total = try row[4]
    fulfilment = try row[5]
    title = Phrase(try row[6], try row[7])
    pickupFrom = try row[8]
    pickupUntil = try row[9]
    point = Phrase(try row[10], try row[11])
    isEstimate = try row[12]
  }
}
