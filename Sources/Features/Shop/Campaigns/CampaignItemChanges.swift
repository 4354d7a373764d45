package import Database
package import Kernel

/// How the items of a draft come, change and go; and how stock is set while orders come in.
package enum CampaignItemChanges {
  /// Adds a variant at the end of a draft's list.
  /// - Throws: `not_found`, `campaign.published`, `campaign.item_exists`, `campaign.too_many_items`, `form.invalid`.
  @discardableResult
  package static func add(
    _ variant: VariantID, _ draft: CampaignItemDraft, to campaign: CampaignID, by actor: CampaignActor,
    in transaction: Transaction
  ) throws -> CampaignItemID {
    let campaign = try CampaignChanges.draftCampaign(campaign, actor, in: transaction)
    guard let offer = try transaction.variantOffers([variant], in: transaction.community).first,
      offer.isListed
    else {
      throw Problem.invalid([
        FieldProblem("variant", Phrase("这样商品不在货架上。", "This item is not on the catalogue."))
      ])
    }
    try CaseOffer.check(draft, of: offer)
    let item = try add(offer, draft, to: campaign, actor: actor.person, in: transaction)
    try CampaignChanges.tell("shop.campaign_item_add", campaign, by: actor, in: transaction)
    return item
  }

  @discardableResult
  static func add(
    _ offer: VariantOffer, _ draft: CampaignItemDraft, to campaign: Campaign, actor: PersonID,
    in transaction: Transaction
  ) throws -> CampaignItemID {
    let items = try CampaignStore.items(of: campaign.id, in: transaction.community, transaction)
    guard items.count < CampaignItemDraft.countLimit else { throw Problem.itemCountReached }
    guard !items.contains(where: { $0.variant == offer.variant }) else { throw Problem.itemIsThere }
    let item = CampaignItem(
      id: transaction.newIdentifier(), campaign: campaign.id, position: (items.last?.position ?? 0) + 1,
      product: offer.product, variant: offer.variant, merchant: offer.merchant, price: draft.price,
      weighed: offer.weighed, stockKind: draft.stockKind, householdLimit: draft.householdLimit,
      minimumQuantity: draft.minimumQuantity, caseSize: CaseOffer.size(of: draft, offer))
    try CampaignRowStore.insert([item], in: transaction)
    if draft.stockKind == .limited {
      try StockStore.setOnHand(
        item.id, kind: .limited, to: draft.units, reason: .set, actor: actor, in: transaction)
    }
    return item.id
  }

  /// Stores many items of a new draft in one go, in their order; for seeding. Each variant once.
  package static func addAll(
    _ entries: [(offer: VariantOffer, draft: CampaignItemDraft)], to campaign: Campaign, actor: PersonID,
    in transaction: Transaction
  ) throws -> [CampaignItem] {
    let items = entries.enumerated().map { index, entry in
      CampaignItem(
        id: transaction.newIdentifier(), campaign: campaign.id, position: index + 1,
        product: entry.offer.product, variant: entry.offer.variant, merchant: entry.offer.merchant,
        price: entry.draft.price, weighed: entry.offer.weighed, stockKind: entry.draft.stockKind,
        householdLimit: entry.draft.householdLimit, minimumQuantity: entry.draft.minimumQuantity,
        caseSize: CaseOffer.size(of: entry.draft, entry.offer))
    }
    try CampaignRowStore.insert(items, in: transaction)
    let movements = zip(items, entries).filter { $0.1.draft.stockKind == .limited }.map { item, entry in
      StockMovement(
        item: item.id, reason: .set, order: nil, onHandChange: entry.draft.units, promisedChange: 0,
        level: StockLevel(kind: .limited).stocking(entry.draft.units), actor: actor)
    }
    try StockStore.append(movements, in: transaction)
    CampaignChanges.touch(campaign.id, in: transaction)
    return items
  }

  /// Changes price, stock and limits of a draft's item.
  /// - Throws: `not_found`, `campaign.published`, `form.invalid`.
  package static func change(
    _ id: CampaignItemID, of campaign: CampaignID, to draft: CampaignItemDraft, by actor: CampaignActor,
    in transaction: Transaction
  ) throws {
    let campaign = try CampaignChanges.draftCampaign(campaign, actor, in: transaction)
    var item = try ownItem(id, of: campaign, in: transaction)
    item.price = draft.price
    item.stockKind = draft.stockKind
    item.householdLimit = draft.householdLimit
    item.minimumQuantity = draft.minimumQuantity
    item.caseSize = try caseSize(of: item, as: draft, in: transaction)
    try CampaignRowStore.update(item, in: transaction)
    let level = try StockStore.levels(of: [id], in: transaction)[id]
    let isOther =
      level.map { $0.onHand != draft.units || $0.kind != draft.stockKind } ?? (draft.stockKind == .limited)
    if isOther {
      try StockStore.setOnHand(
        id, kind: draft.stockKind, to: draft.units, reason: .set, actor: actor.person, in: transaction)
    }
    try CampaignChanges.tell("shop.campaign_item_change", campaign, by: actor, in: transaction)
  }

  /// Sets the units on hand of an item that orders are taken for.
  /// - Throws: `not_found`, `campaign.ended` once the cut-off has passed, `stock.below_promised`, `form.invalid`.
  package static func setStock(
    _ id: CampaignItemID, of campaign: CampaignID, to units: Int64, by actor: CampaignActor,
    in transaction: Transaction
  ) throws {
    let campaign = try CampaignStore.find(campaign, runBy: actor, in: transaction)
    guard [.draft, .upcoming, .open].contains(campaign.phase(at: transaction.now)) else {
      throw Problem.campaignCannotChange
    }
    let item = try ownItem(id, of: campaign, in: transaction)
    guard item.stockKind == .limited, (0...CampaignItemDraft.unitLimit).contains(units) else {
      throw Problem.invalid([
        FieldProblem(
          "units",
          Phrase(
            "备货数请填 0 到 \(CampaignItemDraft.unitLimit)。",
            "Units must be 0 to \(CampaignItemDraft.unitLimit)."))
      ])
    }
    try CaseOffer.checkStock(units, of: item)
    try StockStore.setOnHand(
      id, kind: .limited, to: units, reason: .set, actor: actor.person, in: transaction)
    try CampaignChanges.tell("shop.campaign_stock_set", campaign, by: actor, in: transaction)
  }

  /// Takes an item out of a draft.
  /// - Throws: `not_found`, `campaign.published`.
  package static func remove(
    _ id: CampaignItemID, of campaign: CampaignID, by actor: CampaignActor, in transaction: Transaction
  ) throws {
    let campaign = try CampaignChanges.draftCampaign(campaign, actor, in: transaction)
    _ = try ownItem(id, of: campaign, in: transaction)
    try CampaignRowStore.remove(id, in: transaction)
    try CampaignChanges.tell("shop.campaign_item_remove", campaign, by: actor, in: transaction)
  }

  package enum Direction: String, Sendable, CaseIterable {
    case up, down
  }

  /// Moves an item of a draft by one place; at the end of the list nothing happens.
  /// - Throws: `not_found`, `campaign.published`.
  package static func move(
    _ id: CampaignItemID, _ direction: Direction, of campaign: CampaignID, by actor: CampaignActor,
    in transaction: Transaction
  ) throws {
    let campaign = try CampaignChanges.draftCampaign(campaign, actor, in: transaction)
    let items = try CampaignStore.items(of: campaign.id, in: transaction.community, transaction)
    guard let index = items.firstIndex(where: { $0.id == id }) else { throw Problem.notFound }
    let other = direction == .up ? index - 1 : index + 1
    guard items.indices.contains(other) else { return }
    try CampaignRowStore.swap(items[index], items[other], in: transaction)
    try CampaignChanges.tell("shop.campaign_item_move", campaign, by: actor, in: transaction)
  }

  /// Read from the catalogue only where the item is to be bought by the case.
  private static func caseSize(
    of item: CampaignItem, as draft: CampaignItemDraft, in transaction: Transaction
  ) throws -> Int64 {
    guard draft.isByTheCase else { return 1 }
    guard let offer = try transaction.variantOffers([item.variant], in: transaction.community).first else {
      throw Problem.notFound
    }
    try CaseOffer.check(draft, of: offer)
    return CaseOffer.size(of: draft, offer)
  }

  private static func ownItem(
    _ id: CampaignItemID, of campaign: Campaign, in transaction: Transaction
  ) throws -> CampaignItem {
    guard let item = try CampaignStore.items([id], in: transaction.community, transaction).first,
      item.campaign == campaign.id
    else { throw Problem.notFound }
    return item
  }
}
