import Database
import Kernel

/// What has to be known of orders to tell of them.
enum OrderNoticeStore {
  private static let columns: Query = """
    placed.id, placed.number, placed.campaign_id, placed.person_id, placed.total, placed.fulfilment,
    campaign.title_zh, campaign.title_en, campaign.pickup_from, campaign.pickup_until, point.name_zh, point.name_en,
    CASE WHEN EXISTS (SELECT 1 FROM shop_order_line AS line WHERE line.order_id = placed.id
      AND line.weighed_basis IS NOT NULL AND line.grams IS NULL) THEN 1 ELSE 0 END
    """

  private static let tables: Query = """
    shop_order AS placed JOIN shop_campaign AS campaign ON campaign.id = placed.campaign_id
    JOIN shop_pickup_point AS point ON point.id = campaign.pickup_point_id
    """

  /// Nil for visits too, which are told of in words of their own.
  static func order(_ id: OrderID, in community: CommunityID, _ snapshot: Snapshot) throws -> NoticedOrder? {
    try snapshot.first(
      """
      SELECT \(columns) FROM \(tables) WHERE placed.id = \(id) AND placed.community_id = \(community)
        AND placed.authority <> 'booking'
      """, NoticedOrder.init)
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
      """, NoticedOrder.init)
  }

  /// The lines of an order that get less than was ordered.
  static func shortLines(of order: OrderID, _ snapshot: Snapshot) throws -> [NoticedOrder.ShortLine] {
    try snapshot.all(
      """
      SELECT name_zh, name_en, unit_code, quantity, allocated FROM shop_order_line
      WHERE order_id = \(order) AND allocated < quantity ORDER BY position
      """
    ) { row in
      NoticedOrder.ShortLine(
        name: Phrase(try row[0], try row[1]), unit: Unit.withCode(try row[2]) ?? .piece, ordered: try row[3],
        due: try row[4])
    }
  }
}

extension NoticedOrder {
  fileprivate init(_ row: borrowing Row) throws {
    id = try row[0]
    number = try row[1]
    campaign = try row[2]
    person = try row[3]
    total = try row[4]
    fulfilment = try row[5]
    title = Phrase(try row[6], try row[7])
    pickupFrom = try row[8]
    pickupUntil = try row[9]
    point = Phrase(try row[10], try row[11])
    isEstimate = try row[12]
  }
}
