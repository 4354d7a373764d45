import Database
import Kernel

/// How campaigns and their items are written.
enum CampaignRowStore {
  static func insert(_ campaign: Campaign, in transaction: Transaction) throws {
    let minimum = campaign.minimum.stored
    var rows = Rows(
      into: "shop_campaign", "id", "community_id", "leader_id", "title_zh", "title_en", "note_zh", "note_en",
      "opens_at", "cut_off_at", "pickup_point_id", "pickup_from", "pickup_until", "minimum_kind",
      "minimum_amount", "shortage_rule", "lottery_seed", "created_at", "cloned_from_id", "commission_rate",
      "platform_rate", "carrier_id", "carrier_rate", "fund_id", "fund_rate", "return_hours",
      "uncollected_rate",
      "discount_threshold_1", "discount_amount_1", "discount_threshold_2", "discount_amount_2",
      "discount_threshold_3",
      "discount_amount_3", "booking_id", "audience")
    let values: [Value] = [
      campaign.id.storedValue, campaign.community.storedValue, campaign.leader.storedValue,
      .text(campaign.title.chinese), .text(campaign.title.english), .text(campaign.note.chinese),
      .text(campaign.note.english), campaign.opensAt.storedValue, campaign.cutOffAt.storedValue,
      campaign.pickupPoint.storedValue, campaign.pickupFrom.storedValue, campaign.pickupUntil.storedValue,
      .text(minimum.kind), .integer(minimum.amount), campaign.shortageRule.storedValue,
      .text(campaign.lotterySeed), transaction.now.storedValue, campaign.clonedFrom.storedValue,
      campaign.terms.commission.storedValue, campaign.terms.platform.storedValue,
      (campaign.terms.carrier?.person).storedValue, (campaign.terms.carrier?.rate ?? Rate.none).storedValue,
      (campaign.terms.fund?.fund).storedValue, (campaign.terms.fund?.rate ?? Rate.none).storedValue,
      .integer(campaign.terms.returnHours), campaign.terms.uncollected.storedValue,
    ]
    rows.append(
      values: values + campaign.discountSteps.storedValues
        + [campaign.booking.storedValue, campaign.audience.storedValue])
    try transaction.insert(rows)
  }

  /// Writes everything that may change of a campaign.
  static func update(_ campaign: Campaign, in transaction: Transaction) throws {
    let minimum = campaign.minimum.stored
    let marks = campaign.marks
    try transaction.execute(
      """
      UPDATE shop_campaign SET title_zh = \(campaign.title.chinese), title_en = \(campaign.title.english),
        note_zh = \(campaign.note.chinese), note_en = \(campaign.note.english),
        opens_at = \(campaign.opensAt), cut_off_at = \(campaign.cutOffAt),
        pickup_point_id = \(campaign.pickupPoint), pickup_from = \(campaign.pickupFrom),
        pickup_until = \(campaign.pickupUntil), minimum_kind = \(minimum.kind),
        minimum_amount = \(minimum.amount), shortage_rule = \(campaign.shortageRule),
        commission_rate = \(campaign.terms.commission), platform_rate = \(campaign.terms.platform),
        carrier_id = \(campaign.terms.carrier?.person), carrier_rate = \(campaign.terms.carrier?.rate ?? Rate.none),
        fund_id = \(campaign.terms.fund?.fund), fund_rate = \(campaign.terms.fund?.rate ?? Rate.none),
        return_hours = \(campaign.terms.returnHours), uncollected_rate = \(campaign.terms.uncollected),
        \(DiscountStepRows.assignments(campaign.discountSteps)),
        published_at = \(marks.publishedAt), closed_at = \(marks.closedAt), failed_at = \(marks.failedAt),
        cancelled_at = \(marks.cancelledAt), audience = \(campaign.audience)
      WHERE id = \(campaign.id) AND community_id = \(transaction.community)
      """)
  }

  /// Marks the campaign as finished at this moment.
  static func markFinished(_ campaign: CampaignID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE shop_campaign SET finished_at = \(transaction.now)
      WHERE id = \(campaign) AND community_id = \(transaction.community)
      """)
  }

  static func insert(_ items: [CampaignItem], in transaction: Transaction) throws {
    var rows = Rows(
      into: "shop_campaign_item", "id", "community_id", "campaign_id", "position", "product_id", "variant_id",
      "merchant_id", "price", "stock_kind", "household_limit", "minimum_quantity", "weighed_basis",
      "typical_grams", "tolerance_percent", "label_code", "case_size", "tier_count")
    rows.reserve(items.count)
    for item in items {
      rows.append(values: [
        item.id.storedValue, transaction.community.storedValue, item.campaign.storedValue,
        item.position.storedValue, item.product.storedValue, item.variant.storedValue,
        item.merchant.storedValue, item.price.storedValue, item.stockKind.storedValue,
        item.householdLimit.storedValue, .integer(item.minimumQuantity),
        (item.weighed?.terms.basis).storedValue, (item.weighed?.terms.typicalGrams).storedValue,
        (item.weighed?.terms.tolerancePercent).storedValue, .text(item.weighed?.labelCode ?? ""),
        .integer(item.caseSize), .integer(item.tierCount),
      ])
    }
    try transaction.insert(rows)
  }

  static func update(_ item: CampaignItem, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE shop_campaign_item SET price = \(item.price), stock_kind = \(item.stockKind),
        household_limit = \(item.householdLimit), minimum_quantity = \(item.minimumQuantity),
        case_size = \(item.caseSize), tier_count = \(item.tierCount)
      WHERE id = \(item.id) AND community_id = \(transaction.community)
      """)
  }

  /// Exchanges the places of two items. A place may not be held twice, not even for a moment.
  static func swap(_ one: CampaignItem, _ other: CampaignItem, in transaction: Transaction) throws {
    for (id, position) in [(one.id, -1), (other.id, one.position), (one.id, other.position)] {
      try transaction.execute(
        """
        UPDATE shop_campaign_item SET position = \(position)
        WHERE id = \(id) AND community_id = \(transaction.community)
        """)
    }
  }

  static func remove(_ item: CampaignItemID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      DELETE FROM shop_stock_movement WHERE item_id = \(item) AND community_id = \(transaction.community)
      """)
    try transaction.execute(
      """
      DELETE FROM shop_campaign_item WHERE id = \(item) AND community_id = \(transaction.community)
      """)
  }

  /// What a leader set aside of each limited item, before orders and arrivals moved it.
  static func unitsSetAside(
    of items: [CampaignItemID], in snapshot: Snapshot
  ) throws -> [CampaignItemID: Int64] {
    var units: [CampaignItemID: Int64] = [:]
    try snapshot.forEach(
      """
      SELECT item_id, CAST(sum(on_hand_change) AS BIGINT) FROM shop_stock_movement
      WHERE item_id IN \(list: items) AND reason = \(StockMovement.Reason.set) GROUP BY item_id
      """
    ) { row in units[try row[0]] = try row[1] }
    return units
  }
}
