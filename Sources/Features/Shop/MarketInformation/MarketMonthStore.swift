import Database
import Kernel

/// The queries of months that were released to merchants, and of what they are counted from.
enum MarketMonthStore {
  private static func read(_ row: borrowing Row) throws -> MarketMonth {
    let text: String = try row[1]
    guard let month = Month(try row[0]),
      let content = MarketMonth(month, text: text, releasedAt: try row[2])
    else { throw DatabaseError.unexpectedValue("no month of the market") }
    return content
  }

  static func find(
    _ month: Month, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> MarketMonth? {
    try snapshot.first(
      """
      SELECT month, content, released_at FROM shop_market_month
      WHERE community_id = \(community) AND month = \(month.description)
      """, read)
  }

  /// The months that were released, the newest first.
  static func months(
    limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Month] {
    let texts: [String] = try snapshot.values(
      """
      SELECT month FROM shop_market_month WHERE community_id = \(community)
      ORDER BY month DESC LIMIT \(limit)
      """)
    return texts.compactMap(Month.init)
  }

  static func insert(_ month: MarketMonth, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO shop_market_month (community_id, month, content, released_at)
      VALUES (\(transaction.community), \(month.month.description), \(try month.text()), \(month.releasedAt))
      """)
  }

  /// The lines of which something was handed over in this time, each once. Visits have no price of a kind of goods.
  static func lines(
    from: Timestamp, until: Timestamp, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [SoldLine] {
    try snapshot.all(lines(from: from, until: until, in: community)) { row in
      let (fen, basis): (Int64, String?) = (try row[7], try row[8])
      return SoldLine(
        order: try row[0], position: try row[1], household: try row[2], person: try row[3],
        merchant: try row[4], category: try row[5], orderedAt: try row[6],
        price: basis == nil ? .fen(fen) : nil)
    }
  }

  static func lines(from: Timestamp, until: Timestamp, in community: CommunityID) -> Query {
    """
    SELECT DISTINCT placed.id, line.position, placed.household_id, placed.person_id, item.merchant_id,
      product.category, placed.placed_at, line.price, line.weighed_basis
    FROM \(HandedLineRows.tables)
    JOIN shop_product AS product ON product.id = item.product_id
    WHERE \(HandedLineRows.handed(from: from, until: until, in: community))
      AND placed.authority NOT IN ('booking', 'merchant')
    """
  }
}
