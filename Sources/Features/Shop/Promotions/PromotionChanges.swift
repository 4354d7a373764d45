package import Database
package import Kernel

/// How promotions of a draft are set by themselves; once the campaign is published they stand.
package enum PromotionChanges {
  /// Makes the price tiers of a draft's item what they shall be.
  /// - Throws: `not_found`, `campaign.published`, `form.invalid` naming `price_tiers[N].quantity` or `.price`.
  package static func set(
    _ tiers: [PriceTier], of id: CampaignItemID, in campaign: CampaignID, by actor: CampaignActor,
    in transaction: Transaction
  ) throws {
    let campaign = try CampaignChanges.draftCampaign(campaign, actor, in: transaction)
    var item = try CampaignItemChanges.ownItem(id, of: campaign, in: transaction)
    let level = try StockStore.levels(of: [id], in: transaction)[id]
    let rules = PriceTierRules(
      price: item.price, minimum: item.minimumQuantity,
      units: item.stockKind == .limited ? level?.onHand ?? 0 : nil)
    var problems = Problems()
    for refusal in rules.refusals(of: tiers) {
      problems.add(PromotionJSON.field(refusal.part, refusal.tier), refusal.message)
    }
    try problems.throwIfAny()
    item.tierCount = Int64(tiers.count)
    try CampaignRowStore.update(item, in: transaction)
    try PriceTierStore.replace(PriceTiers(tiers), of: id, in: transaction)
    try CampaignChanges.tell("shop.price_tiers_set", campaign, by: actor, in: transaction)
  }

  /// Makes the discount steps of a draft what they shall be.
  /// - Throws: `not_found`, `campaign.published`.
  package static func set(
    _ steps: DiscountSteps, of campaign: CampaignID, by actor: CampaignActor, in transaction: Transaction
  ) throws {
    var campaign = try CampaignChanges.draftCampaign(campaign, actor, in: transaction)
    campaign.discountSteps = steps
    try CampaignRowStore.update(campaign, in: transaction)
    try CampaignChanges.tell("shop.discount_steps_set", campaign, by: actor, in: transaction)
  }
}
