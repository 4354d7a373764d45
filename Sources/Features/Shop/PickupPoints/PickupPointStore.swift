package import Database
package import Kernel

extension Topic {
  /// Touched when one of the community's pickup points changes.
  package static func pickupPoints(_ community: CommunityID) -> Topic {
    Topic("shop.pickup_points", community.rawValue)
  }
}

extension Snapshot {
  /// The pickup point, closed or not; nil in every other community.
  package func pickupPoint(_ id: PickupPointID, in community: CommunityID) throws -> PickupPoint? {
    try first(
      """
      SELECT \(PickupPoint.columns) FROM shop_pickup_point WHERE id = \(id) AND community_id = \(community)
      """, PickupPoint.init)
  }

  /// The community's pickup points, oldest first.
  package func pickupPoints(in community: CommunityID, includesClosed: Bool = false) throws -> [PickupPoint] {
    let wanted: Query = includesClosed ? "1 = 1" : "closed_at IS NULL"
    return try all(
      """
      SELECT \(PickupPoint.columns) FROM shop_pickup_point WHERE community_id = \(community) AND \(wanted)
      ORDER BY id
      """, PickupPoint.init)
  }
}

extension Transaction {
  /// Stores new pickup points.
  package func insertPickupPoints(_ points: [PickupPoint]) throws {
    var rows = Rows(
      into: "shop_pickup_point", "id", "community_id", "name_zh", "name_en", "note_zh", "note_en",
      "created_at", "closed_at")
    for point in points {
      rows.append(
        point.id, community, point.details.name.chinese, point.details.name.english,
        point.details.note.chinese, point.details.note.english, point.createdAt, point.closedAt)
    }
    try insert(rows)
    touch(.pickupPoints(community))
  }

  /// Stores a new pickup point, audited and published as `shop.pickup_point_changed`.
  package func createPickupPoint(
    _ id: PickupPointID, _ details: PickupPoint.Details, by person: PersonID, role: Role
  ) throws {
    try insertPickupPoints([PickupPoint(id: id, community: community, details: details, createdAt: now)])
    try tell(id, "shop.pickup_point_create", by: person, role: role)
  }

  /// - Throws: `not_found`.
  package func changePickupPoint(
    _ id: PickupPointID, _ details: PickupPoint.Details, by person: PersonID, role: Role
  ) throws {
    guard let before = try pickupPoint(id, in: community) else { throw Problem.notFound }
    if before.details == details { return }
    try execute(
      """
      UPDATE shop_pickup_point SET name_zh = \(details.name.chinese), name_en = \(details.name.english),
        note_zh = \(details.note.chinese), note_en = \(details.note.english)
      WHERE id = \(id) AND community_id = \(community)
      """)
    try tell(id, "shop.pickup_point_change", by: person, role: role)
  }

  /// No longer offers the point to new campaigns, or offers it again. Campaigns that name it keep it.
  /// - Throws: `not_found`.
  package func setClosed(
    _ isClosed: Bool, pickupPoint id: PickupPointID, by person: PersonID, role: Role
  ) throws {
    guard let before = try pickupPoint(id, in: community) else { throw Problem.notFound }
    if (before.closedAt != nil) == isClosed { return }
    let closedAt: Timestamp? = isClosed ? now : nil
    try execute(
      """
      UPDATE shop_pickup_point SET closed_at = \(closedAt) WHERE id = \(id) AND community_id = \(community)
      """)
    try tell(
      id, isClosed ? "shop.pickup_point_close" : "shop.pickup_point_reopen", by: person, role: role)
  }

  private func tell(
    _ id: PickupPointID, _ action: StaticString, by person: PersonID, role: Role
  ) throws {
    try audit(AuditEntry(actor: person, role: role, action: action, object: id.rawValue))
    try publish("shop.pickup_point_changed", subject: id.rawValue)
    touch(.pickupPoints(community))
  }
}

extension PickupPoint {
  static let columns: Query = "id, community_id, name_zh, name_en, note_zh, note_en, created_at, closed_at"

  init(_ row: borrowing Row) throws {
    self.init(
      id: try row[0], community: try row[1],
      details: Details(name: Phrase(try row[2], try row[3]), note: Phrase(try row[4], try row[5])),
      createdAt: try row[6], closedAt: try row[7])
  }
}
