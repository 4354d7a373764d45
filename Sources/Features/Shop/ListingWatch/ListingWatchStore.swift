import Database
import Kernel

/// Reads the texts of everything on sale.
enum ListingWatchStore {
  struct Listing: Sendable {
    let product: ProductID?
    let merchant: MerchantID?
    let title: Phrase
    let path: String
    let text: String
  }

  static func listings(in community: CommunityID, _ snapshot: Snapshot) throws -> [Listing] {
    try products(community, snapshot) + merchants(community, snapshot) + campaigns(community, snapshot)
  }

  private static func products(_ community: CommunityID, _ snapshot: Snapshot) throws -> [Listing] {
    try snapshot.all(
      """
      SELECT id, merchant_id, name_zh, name_en, description_zh, description_en, certificate, storage
      FROM shop_product WHERE community_id = \(community) AND archived_at IS NULL ORDER BY id
      """
    ) { row in
      let id: ProductID = try row[0]
      return Listing(
        product: id, merchant: try row[1], title: Phrase(try row[2], try row[3]),
        path: "/products/\(id)/reviews",
        text: try text(row, 2...7))
    }
  }

  private static func merchants(_ community: CommunityID, _ snapshot: Snapshot) throws -> [Listing] {
    try snapshot.all(
      """
      SELECT id, name_zh, name_en, story_zh, story_en, phone FROM shop_merchant
      WHERE community_id = \(community) AND closed_at IS NULL ORDER BY id
      """
    ) { row in
      let id: MerchantID = try row[0]
      return Listing(
        product: nil, merchant: id, title: Phrase(try row[1], try row[2]), path: "/merchants/\(id)",
        text: try text(row, 1...5))
    }
  }

  /// Group buys that are drafted, open or under way.
  private static func campaigns(_ community: CommunityID, _ snapshot: Snapshot) throws -> [Listing] {
    try snapshot.all(
      """
      SELECT id, title_zh, title_en, note_zh, note_en, audience FROM shop_campaign
      WHERE community_id = \(community) AND finished_at IS NULL AND cancelled_at IS NULL
        AND failed_at IS NULL
      ORDER BY id
      """
    ) { row in
      let (id, audience): (CampaignID, Campaign.Audience) = (try row[0], try row[5])
      return Listing(
        product: nil, merchant: nil, title: Phrase(try row[1], try row[2]), path: audience.path(of: id),
        text: try text(row, 1...4))
    }
  }

  /// One line for each column, so that a number does not go on in the next.
  private static func text(_ row: borrowing Row, _ columns: ClosedRange<Int>) throws -> String {
    var lines: [String] = []
    for column in columns { lines.append(try row[column]) }
    return lines.joined(separator: "\n")
  }
}
