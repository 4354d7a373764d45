package import Database
package import Kernel

/// The queries of shelf photos and of places on the shelf.
package enum ShelfStore {
  private static let columns: Query =
    "id, campaign_id, pickup_point_id, occasion, taken_by_id, taken_at, width, height"

  private static func photo(_ row: borrowing Row) throws -> ShelfPhoto {
    ShelfPhoto(
      id: try row[0], campaign: try row[1], point: try row[2], occasion: try row[3], takenBy: try row[4],
      takenAt: try row[5], width: try row[6], height: try row[7])
  }

  // MARK: - Photos

  /// The photos of one campaign's shelf in the order of time.
  package static func photos(
    of campaign: CampaignID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [ShelfPhoto] {
    try snapshot.all(
      """
      SELECT \(columns) FROM shop_shelf_photo WHERE campaign_id = \(campaign) AND community_id = \(community)
      ORDER BY taken_at, id
      """, photo)
  }

  static func find(
    _ id: ShelfPhotoID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> ShelfPhoto? {
    try snapshot.first(
      "SELECT \(columns) FROM shop_shelf_photo WHERE id = \(id) AND community_id = \(community)", photo)
  }

  static func bytes(
    of id: ShelfPhotoID, _ size: PictureSize, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> (mediaType: String, bytes: [UInt8])? {
    let column: Query = size == .small ? "small" : "large"
    return try snapshot.first(
      "SELECT media_type, \(column) FROM shop_shelf_photo WHERE id = \(id) AND community_id = \(community)"
    ) { row in (try row[0], try row[1]) }
  }

  /// Keeps a photo that this program made from what was sent, and sees to it that it is deleted in time.
  /// - Throws: `not_found`, `shelf.too_early`, `shelf.too_many_photos`.
  @discardableResult
  package static func add(
    _ picture: Picture, _ occasion: ShelfPhoto.Occasion, to id: CampaignID, by actor: CampaignActor,
    in transaction: Transaction
  ) throws -> ShelfPhoto {
    let campaign = try ready(id, by: actor, in: transaction)
    guard try photos(of: id, in: transaction.community, transaction).count < ShelfPhoto.limit else {
      throw Problem.shelfTooManyPhotos
    }
    let photo = ShelfPhoto(
      id: ShelfPhotoID(rawValue: picture.id.rawValue), campaign: id, point: campaign.pickupPoint,
      occasion: occasion, takenBy: actor.person, takenAt: transaction.now, width: picture.width,
      height: picture.height)
    try transaction.execute(
      """
      INSERT INTO shop_shelf_photo (id, community_id, campaign_id, pickup_point_id, occasion, media_type, width, height,
        small, large, taken_by_id, taken_at)
      VALUES (\(photo.id), \(transaction.community), \(id), \(photo.point), \(occasion), \(picture.mediaType),
        \(picture.width), \(picture.height), \(picture.small), \(picture.large), \(actor.person),
        \(transaction.now))
      """)
    try ForgetShelfPhoto.schedule(photo.id, in: transaction)
    try transaction.audit(
      AuditEntry(
        actor: actor.person, role: actor.role, action: "shop.shelf_photo", object: photo.id.rawValue,
        purpose: occasion.rawValue))
    return photo
  }

  /// Whether a household has an order in a campaign that was not cancelled by it.
  static func bought(
    in campaign: CampaignID, _ persons: [PersonID], _ household: HouseholdID, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> Bool {
    try snapshot.exists(
      """
      SELECT 1 FROM shop_order WHERE campaign_id = \(campaign) AND community_id = \(community)
        AND household_id = \(household) AND person_id IN \(list: persons) AND fulfilment <> 'cancelled'
      """)
  }

  static func delete(_ id: ShelfPhotoID, in transaction: Transaction) throws {
    try transaction.execute(
      "DELETE FROM shop_shelf_photo WHERE id = \(id) AND community_id = \(transaction.community)")
  }

  // MARK: - Places

  /// Where the bag of one order stands; nil where nobody wrote it down.
  package static func place(
    of order: OrderID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> ShelfPlace? {
    try snapshot.first(
      """
      SELECT order_id, place, placed_by_id, placed_at FROM shop_shelf_place
      WHERE order_id = \(order) AND community_id = \(community)
      """, place)
  }

  static func places(
    of campaign: CampaignID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [OrderID: ShelfPlace] {
    let places = try snapshot.all(
      """
      SELECT order_id, place, placed_by_id, placed_at FROM shop_shelf_place
      WHERE campaign_id = \(campaign) AND community_id = \(community)
      """, place)
    return Dictionary(places.map { ($0.order, $0) }) { first, _ in first }
  }

  private static func place(_ row: borrowing Row) throws -> ShelfPlace {
    ShelfPlace(order: try row[0], place: try row[1], placedBy: try row[2], placedAt: try row[3])
  }

  /// Writes down where bags stand; empty text takes a place back, and what is the same keeps its time.
  /// - Throws: `not_found`, `shelf.too_early`.
  package static func set(
    _ places: [OrderID: String], of id: CampaignID, by actor: CampaignActor, in transaction: Transaction
  ) throws {
    _ = try ready(id, by: actor, in: transaction)
    let known = Set(try OrderStore.list(ofCampaign: id, in: transaction.community, transaction).map(\.id))
    let before = try self.places(of: id, in: transaction.community, transaction)
    var changed = 0
    for (order, place) in places.sorted(by: { $0.key < $1.key })
    where known.contains(order) && place != before[order]?.place ?? "" {
      changed += 1
      if place.isEmpty {
        try transaction.execute(
          "DELETE FROM shop_shelf_place WHERE order_id = \(order) AND community_id = \(transaction.community)"
        )
      } else {
        try transaction.execute(
          """
          INSERT INTO shop_shelf_place (order_id, community_id, campaign_id, place, placed_by_id, placed_at)
          VALUES (\(order), \(transaction.community), \(id), \(place), \(actor.person), \(transaction.now))
          ON CONFLICT (order_id) DO UPDATE SET place = excluded.place, placed_by_id = excluded.placed_by_id,
            placed_at = excluded.placed_at
          """)
      }
    }
    guard changed > 0 else { return }
    try transaction.audit(
      AuditEntry(
        actor: actor.person, role: actor.role, action: "shop.shelf_places", object: id.rawValue,
        purpose: "\(changed)"))
  }

  private static func ready(
    _ id: CampaignID, by actor: CampaignActor, in transaction: Transaction
  ) throws -> Campaign {
    let campaign = try CampaignStore.find(id, runBy: actor, in: transaction)
    guard campaign.marks.arrivedAt != nil else { throw Problem.shelfNotYet }
    return campaign
  }
}
