package import Database
package import Kernel
package import Security

/// The queries of what households wish to have brought home.
package enum DeliveryWishStore {
  private static func address(_ household: HouseholdID, _ community: CommunityID) -> FieldAddress {
    FieldAddress("shop_delivery_wish", "note", row: household, community: community)
  }

  /// What each of these households said; those that said nothing are left out.
  /// - Parameter cipher: nil where nobody is to read the notes; they are empty then.
  package static func wishes(
    of households: some Collection<HouseholdID>, in community: CommunityID,
    opening cipher: FieldCipher? = nil,
    _ snapshot: Snapshot
  ) throws -> [HouseholdID: DeliveryWish] {
    var wishes: [HouseholdID: DeliveryWish] = [:]
    for part in parts(households) {
      try snapshot.forEach(
        """
        SELECT household_id, mode, time_window, note, may_leave_at_door FROM shop_delivery_wish
        WHERE community_id = \(community) AND household_id IN \(list: part)
        """
      ) { row in
        let household: HouseholdID = try row[0]
        let sealed: [UInt8]? = try row[3]
        wishes[household] = DeliveryWish(
          mode: try row[1], window: try row[2],
          note: try sealed.flatMap { try cipher?.open($0, at: address(household, community)) } ?? "",
          mayLeaveAtDoor: try row[4])
      }
    }
    return wishes
  }

  package static func save(
    _ wish: DeliveryWish, of household: HouseholdID, by actor: WishActor, sealing cipher: FieldCipher,
    in transaction: Transaction
  ) throws {
    let note =
      wish.note.isEmpty
      ? nil : try cipher.seal(wish.note, at: address(household, transaction.community))
    try transaction.execute(
      """
      INSERT INTO shop_delivery_wish (community_id, household_id, mode, time_window, note, may_leave_at_door, set_by_id,
        set_at)
      VALUES (\(transaction.community), \(household), \(wish.mode), \(wish.window), \(note), \(wish.mayLeaveAtDoor),
        \(actor.person), \(transaction.now))
      ON CONFLICT (community_id, household_id) DO UPDATE SET mode = excluded.mode,
        time_window = excluded.time_window, note = excluded.note, may_leave_at_door = excluded.may_leave_at_door,
        set_by_id = excluded.set_by_id, set_at = excluded.set_at
      """)
    try tell("shop.delivery_wish", household.rawValue, actor, in: transaction)
  }

  // MARK: - One order

  /// What was said for each of these orders alone.
  static func said(
    of orders: [OrderID], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [OrderID: Bool] {
    var said: [OrderID: Bool] = [:]
    for part in parts(orders) {
      try snapshot.forEach(
        """
        SELECT order_id, is_wished FROM shop_delivery_order
        WHERE order_id IN \(list: part) AND community_id = \(community)
        """
      ) { row in said[try row[0]] = try row[1] }
    }
    return said
  }

  /// How many orders of the campaign a round would bring, this one left out.
  static func wishedBags(
    ofCampaign campaign: CampaignID, besides order: OrderID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Int64 {
    try snapshot.value(
      """
      SELECT count(*) FROM shop_order AS placed
      LEFT JOIN shop_delivery_order AS said ON said.order_id = placed.id
      LEFT JOIN shop_delivery_wish AS wish
        ON wish.community_id = placed.community_id AND wish.household_id = placed.household_id
      WHERE placed.campaign_id = \(campaign) AND placed.community_id = \(community) AND placed.id <> \(order)
        AND placed.fulfilment IN ('placed', 'partly_collected', 'collected')
        AND (said.is_wished = 1 OR (said.is_wished IS NULL AND wish.mode = 'always'))
      """) ?? 0
  }

  /// Says for one order whether it is brought home.
  /// - Throws: `delivery.not_offered`, `delivery.full`, `delivery.too_late`.
  package static func say(
    _ isWished: Bool, for order: Order, by actor: WishActor, in transaction: Transaction
  ) throws {
    let community = transaction.community
    guard order.fulfilment.isOpen, try !RoundStore.isUnderWay(order.id, in: community, transaction) else {
      throw Problem.deliveryTooLate
    }
    if isWished {
      let bags = try offer(of: order.campaign, in: community, transaction) ?? 0
      guard bags > 0 else { throw Problem.deliveryNotOffered }
      let taken = try wishedBags(ofCampaign: order.campaign, besides: order.id, in: community, transaction)
      guard taken < bags else { throw Problem.deliveryFull }
    }
    try transaction.execute(
      """
      INSERT INTO shop_delivery_order (order_id, community_id, household_id, is_wished, set_by_id, set_at)
      VALUES (\(order.id), \(community), \(order.household), \(isWished), \(actor.person), \(transaction.now))
      ON CONFLICT (order_id) DO UPDATE SET is_wished = excluded.is_wished, set_by_id = excluded.set_by_id,
        set_at = excluded.set_at
      """)
    try tell("shop.delivery_of_order", order.id.rawValue, actor, in: transaction)
  }

  // MARK: - What the leader offers

  /// How many bags are brought home for a campaign; nil where its leader said nothing.
  static func offer(
    of campaign: CampaignID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Int64? {
    try snapshot.value(
      "SELECT bags FROM shop_delivery_offer WHERE campaign_id = \(campaign) AND community_id = \(community)")
  }

  package static func setOffer(
    _ bags: Int64, of campaign: CampaignID, by actor: CampaignActor, in transaction: Transaction
  ) throws {
    _ = try CampaignStore.find(campaign, runBy: actor, in: transaction)
    try transaction.execute(
      """
      INSERT INTO shop_delivery_offer (campaign_id, community_id, bags, set_by_id, set_at)
      VALUES (\(campaign), \(transaction.community), \(bags), \(actor.person), \(transaction.now))
      ON CONFLICT (campaign_id) DO UPDATE SET bags = excluded.bags, set_by_id = excluded.set_by_id,
        set_at = excluded.set_at
      """)
    try transaction.audit(
      AuditEntry(
        actor: actor.person, role: actor.role, action: "shop.delivery_offer", object: campaign.rawValue))
  }

  static func tell(
    _ action: StaticString, _ object: Int64, _ actor: WishActor, in transaction: Transaction
  ) throws {
    try transaction.audit(
      AuditEntry(
        actor: actor.person, role: actor.role, onBehalfOf: actor.onBehalfOf, action: action, object: object))
  }

  static func parts<Element>(_ elements: some Collection<Element>) -> [[Element]] {
    let all = Array(elements)
    return stride(from: 0, to: all.count, by: 512).map { Array(all[$0..<min($0 + 512, all.count)]) }
  }
}
