import Database
import Kernel

/// The queries of baskets.
enum BasketStore {
  /// Everything in a person's basket, also of campaigns that no longer take orders.
  static func lines(
    of person: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [BasketLine] {
    try lines("person_id = \(person) AND community_id = \(community)", in: community, snapshot)
  }

  /// What a person has chosen of one campaign.
  static func lines(
    of person: PersonID, campaign: CampaignID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [BasketLine] {
    try lines(
      "person_id = \(person) AND community_id = \(community) AND campaign_id = \(campaign)", in: community,
      snapshot)
  }

  private static func lines(
    _ condition: Query, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [BasketLine] {
    var chosen: [CampaignItemID: (quantity: Int64, tolerance: Int64)] = [:]
    try snapshot.forEach("SELECT item_id, quantity, tolerance FROM shop_basket_line WHERE \(condition)") {
      row in
      chosen[try row[0]] = (try row[1], try row[2])
    }
    let items = try StorefrontStore.items(Array(chosen.keys), in: community, snapshot)
    let campaigns = try CampaignStore.find(Set(items.map(\.item.campaign)), in: community, snapshot)
    let byID = Dictionary(campaigns.map { ($0.id, $0) }) { first, _ in first }
    return items.compactMap { item in
      byID[item.item.campaign].map {
        BasketLine(
          item: item, campaign: $0, quantity: chosen[item.item.id]?.quantity ?? 0,
          tolerance: item.item.isByTheCase ? chosen[item.item.id]?.tolerance ?? 0 : 0)
      }
    }
  }

  /// Puts so many of an item into the basket, on top of what is there.
  /// - Throws: `not_found`, `basket.full`, or why the campaign takes no orders now.
  static func add(
    _ item: CampaignItemID, _ quantity: Int64, for person: PersonID, in transaction: Transaction
  ) throws -> CampaignItem {
    let item = try orderable(item, in: transaction)
    let present: Int64? = try transaction.value(
      """
      SELECT quantity FROM shop_basket_line WHERE community_id = \(transaction.community)
        AND person_id = \(person) AND item_id = \(item.id)
      """)
    if present == nil {
      let count: Int =
        try transaction.value(
          """
          SELECT count(*) FROM shop_basket_line
          WHERE community_id = \(transaction.community) AND person_id = \(person)
          """) ?? 0
      guard count < BasketRules.lineLimit else { throw Problem.basketIsFull }
    }
    try put(item, BasketRules.adding(quantity, to: present ?? 0), for: person, in: transaction)
    return item
  }

  /// Makes the lines of one campaign hold these quantities; 0 takes a line out, what is not named stays.
  /// - Parameter tolerances: what the person would take beyond them to fill a case.
  static func set(
    _ quantities: [CampaignItemID: Int64], tolerances: [CampaignItemID: Int64], campaign: CampaignID,
    for person: PersonID, in transaction: Transaction
  ) throws {
    let present = Set(
      try transaction.values(
        """
        SELECT item_id FROM shop_basket_line WHERE community_id = \(transaction.community)
          AND person_id = \(person) AND campaign_id = \(campaign)
        """, as: CampaignItemID.self))
    for (item, quantity) in quantities where present.contains(item) {
      if quantity <= 0 {
        try remove([item], for: person, in: transaction)
      } else {
        try transaction.execute(
          """
          UPDATE shop_basket_line SET quantity = \(min(quantity, Order.quantityLimit)),
            tolerance = \(tolerances[item] ?? 0), changed_at = \(transaction.now)
          WHERE community_id = \(transaction.community) AND person_id = \(person) AND item_id = \(item)
          """)
      }
    }
  }

  static func remove(
    _ items: some Collection<CampaignItemID>, for person: PersonID, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      DELETE FROM shop_basket_line WHERE community_id = \(transaction.community)
        AND person_id = \(person) AND item_id IN \(list: items)
      """)
  }

  /// Empties a person's basket of everything from one campaign.
  static func remove(
    campaign: CampaignID, for person: PersonID, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      DELETE FROM shop_basket_line WHERE community_id = \(transaction.community)
        AND person_id = \(person) AND campaign_id = \(campaign)
      """)
  }

  private static func put(
    _ item: CampaignItem, _ quantity: Int64, for person: PersonID, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO shop_basket_line (community_id, person_id, item_id, campaign_id, quantity, changed_at)
      VALUES (\(transaction.community), \(person), \(item.id), \(item.campaign), \(quantity),
        \(transaction.now))
      ON CONFLICT (community_id, person_id, item_id) DO UPDATE SET quantity = excluded.quantity,
        changed_at = excluded.changed_at
      """)
  }

  private static func orderable(_ id: CampaignItemID, in transaction: Transaction) throws -> CampaignItem {
    guard let item = try CampaignStore.items([id], in: transaction.community, transaction).first,
      let campaign = try CampaignStore.find(item.campaign, in: transaction.community, transaction)
    else { throw Problem.notFound }
    guard campaign.audience == .households else { throw Problem.notFor(campaign.audience) }
    guard campaign.takesOrders(at: transaction.now) else {
      throw Problem.campaignTakesNoOrders(campaign, transaction.now)
    }
    return item
  }
}
