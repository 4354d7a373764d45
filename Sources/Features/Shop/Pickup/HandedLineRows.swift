import Database
import Kernel

/// The part that all questions share which ask for what was handed over: each piece with its order, its line and its item.
enum HandedLineRows {
  /// `pickup`, `placed`, `piece`, `line`, `item`
  static let tables: Query = """
    shop_pickup AS pickup
    JOIN shop_order AS placed ON placed.id = pickup.order_id AND placed.community_id = pickup.community_id
    JOIN shop_pickup_line AS piece ON piece.pickup_id = pickup.id
    JOIN shop_order_line AS line ON line.order_id = placed.id AND line.position = piece.position
    JOIN shop_campaign_item AS item ON item.id = line.item_id
    """

  /// From one moment until just before another; a bag that stayed lost was not handed over.
  static func handed(from: Timestamp, until: Timestamp, in community: CommunityID) -> Query {
    """
    pickup.community_id = \(community) AND pickup.handed_at >= \(from) AND pickup.handed_at < \(until)
      AND pickup.method <> 'lost'
    """
  }
}
