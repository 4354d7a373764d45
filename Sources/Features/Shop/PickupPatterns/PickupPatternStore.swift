package import Database
package import Kernel
package import People

/// Counts of handovers and of bags that went astray, and what was changed because of them.
package enum PickupPatternStore {
  /// What happened at one pickup point in a time, by weekday and hour of the community's clocks. A bag that went astray counts
  /// at the hour at which its household missed it.
  package static func hours(
    of point: PickupPointID, in window: Range<Timestamp>, offsetSeconds: Int, community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> [PickupHour] {
    let offset = Int64(offsetSeconds) * 1_000_000
    var hours: [PickupHour] = []
    func add(_ weekday: Int, _ hour: Int, handedOver: Int64 = 0, lost: Int64 = 0, wrong: Int64 = 0) {
      if let index = hours.firstIndex(where: { $0.weekday == weekday && $0.hour == hour }) {
        hours[index].handedOver += handedOver
        hours[index].lost += lost
        hours[index].wrong += wrong
      } else {
        hours.append(
          PickupHour(weekday: weekday, hour: hour, handedOver: handedOver, lost: lost, wrong: wrong))
      }
    }
    try snapshot.forEach(handovers(of: point, in: window, offset, community)) { row in
      add(try row[0], try row[1], handedOver: try row[2])
    }
    try snapshot.forEach(astray(of: point, in: window, offset, community)) { row in
      add(try row[0], try row[1], lost: try row[2], wrong: try row[3])
    }
    return hours
  }

  /// 1970-01-01 was a Thursday.
  private static func handovers(
    of point: PickupPointID, in window: Range<Timestamp>, _ offset: Int64, _ community: CommunityID
  ) -> Query {
    """
    SELECT ((pickup.handed_at + \(offset)) / 86400000000 + 3) % 7 + 1 AS weekday,
      (pickup.handed_at + \(offset)) / 3600000000 % 24 AS hour, count(*)
    FROM shop_campaign AS campaign JOIN shop_pickup AS pickup ON pickup.campaign_id = campaign.id
    WHERE campaign.community_id = \(community) AND campaign.pickup_point_id = \(point)
      AND pickup.handed_at >= \(window.lowerBound) AND pickup.handed_at < \(window.upperBound)
      AND pickup.method <> 'lost'
    GROUP BY 1, 2
    """
  }

  private static func astray(
    of point: PickupPointID, in window: Range<Timestamp>, _ offset: Int64, _ community: CommunityID
  ) -> Query {
    """
    SELECT ((reported_at + \(offset)) / 86400000000 + 3) % 7 + 1 AS weekday,
      (reported_at + \(offset)) / 3600000000 % 24 AS hour,
      CAST(sum(CASE WHEN state = 'lost' AND mistaken_order_id IS NULL THEN 1 ELSE 0 END) AS BIGINT),
      CAST(sum(CASE WHEN mistaken_order_id IS NOT NULL THEN 1 ELSE 0 END) AS BIGINT)
    FROM shop_loss_report
    WHERE community_id = \(community) AND pickup_point_id = \(point)
      AND reported_at >= \(window.lowerBound) AND reported_at < \(window.upperBound)
    GROUP BY 1, 2
    """
  }

  package static func rate(
    of point: PickupPointID, in window: Range<Timestamp>, community: CommunityID, _ snapshot: Snapshot
  ) throws -> AstrayRate {
    let hours = try hours(of: point, in: window, offsetSeconds: 0, community: community, snapshot)
    return AstrayRate(
      handedOver: hours.reduce(0) { $0 + $1.handedOver }, astray: hours.reduce(0) { $0 + $1.astray })
  }

  // MARK: - What was changed

  static func fixes(
    at point: PickupPointID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PickupFix] {
    try snapshot.all(
      """
      SELECT id, pickup_point_id, kind, note, began_at FROM shop_pickup_fix
      WHERE community_id = \(community) AND pickup_point_id = \(point) ORDER BY began_at DESC, id DESC
      """
    ) { row in
      PickupFix(
        id: try row[0], point: try row[1], kind: try row[2], note: try row[3], beganAt: try row[4])
    }
  }

  /// Notes what was changed and from when; the same again is the same change.
  /// - Throws: `not_found` for pickup points of other communities.
  package static func add(
    _ kind: PickupFix.Kind, note: String, from moment: Timestamp, at point: PickupPointID,
    by actor: Actor, in transaction: Transaction
  ) throws {
    guard try transaction.pickupPoint(point, in: transaction.community) != nil else { throw Problem.notFound }
    let known = try fixes(at: point, in: transaction.community, transaction)
    if known.contains(where: { $0.kind == kind && $0.beganAt == moment && $0.note == note }) { return }
    let id: PickupFixID = transaction.newIdentifier()
    try transaction.execute(
      """
      INSERT INTO shop_pickup_fix (id, community_id, pickup_point_id, kind, note, began_at, entered_by_id, entered_at)
      VALUES (\(id), \(transaction.community), \(point), \(kind), \(note), \(moment), \(actor.person),
        \(transaction.now))
      """)
    try transaction.audit(
      AuditEntry(
        actor: actor.person, role: actor.role, action: "shop.pickup_fix", object: id.rawValue,
        purpose: kind.rawValue))
  }
}
