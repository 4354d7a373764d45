import Kernel
import Web

/// How promotions stand in the API's JSON. What most campaigns and orders have none of is left out where there is none.
enum PromotionJSON {
  static func write(_ steps: DiscountSteps, to json: inout JSONWriter) {
    if !steps.isEmpty { writeAll(steps, to: &json) }
  }

  static func writeAll(_ steps: DiscountSteps, to json: inout JSONWriter) {
    json.array("discount_steps", steps.all) { json, step in
      json.object { json in
        json.field("threshold", step.threshold)
        json.field("discount", step.discount)
      }
    }
  }

  /// The tiers of an item with the pieces that are ordered, and the price that came of it at the close.
  static func write(_ entry: ShelfItem, to json: inout JSONWriter) {
    if entry.tiers.isEmpty { return }
    writeAll(entry.tiers, to: &json)
    json.field("pieces_ordered", entry.item.tierResult?.pieces ?? entry.level.promised)
    if entry.item.tierResult != nil { json.field("final_price", entry.item.settledPrice) }
  }

  static func writeAll(_ tiers: PriceTiers, to json: inout JSONWriter) {
    json.array("price_tiers", tiers.all) { json, tier in
      json.object { json in
        json.field("quantity", tier.quantity)
        json.field("price", tier.price)
      }
    }
  }

  static func write(discount: Money?, to json: inout JSONWriter) {
    guard let discount, discount > .zero else { return }
    json.field("discount", discount)
  }

  // MARK: - What is sent

  /// - Throws: `form.invalid` naming each wrong member.
  static func readTiers(_ json: JSON) throws -> [PriceTier] {
    var body = try json.object()
    let tiers = body.objects("price_tiers", count: 0...PriceTiers.countLimit) { entry -> PriceTier? in
      let quantity = entry.integer("quantity", in: PriceTiers.quantityRange)
      let price = entry.money("price")
      guard let quantity, let price else { return nil }
      return PriceTier(quantity: quantity, price: price)
    }
    try body.finish()
    guard let tiers else { throw Problem.internalFault }
    return tiers
  }

  /// - Throws: `form.invalid` naming each wrong member.
  static func readSteps(_ json: JSON) throws -> DiscountSteps {
    var body = try json.object()
    let steps = body.objects("discount_steps", count: 0...DiscountSteps.countLimit) {
      entry -> DiscountStep? in
      let threshold = entry.money("threshold")
      let discount = entry.money("discount")
      guard let threshold, let discount else { return nil }
      return DiscountStep(threshold: threshold, discount: discount)
    }
    for refusal in DiscountSteps.refusals(of: steps ?? []) {
      body.add("discount_steps[\(refusal.step)].\(refusal.part.rawValue)", refusal.message)
    }
    try body.finish()
    guard let steps else { throw Problem.internalFault }
    return DiscountSteps(steps)
  }

  /// The name of one tier's member, counted from 0.
  static func field(_ part: PriceTierRules.Part, _ tier: Int) -> String {
    "price_tiers[\(tier)].\(part.rawValue)"
  }

  // MARK: - The OpenAPI document

  private static let tier = Schema.object([
    .init("quantity", .integer(PriceTiers.quantityRange)), .init("price", .money),
  ])
  private static let step = Schema.object([.init("threshold", .money), .init("discount", .money)])

  /// There for items with price tiers: what they are, and what was ordered in all.
  static let tiers: [Schema.Property] = [
    .init("price_tiers", .array(tier, count: 1...PriceTiers.countLimit), isRequired: false),
    .init("pieces_ordered", .integer(0...Int64.max), isRequired: false),
    .init("final_price", .money, isRequired: false),
  ]

  /// There for campaigns that take something off of larger orders.
  static let steps = Schema.Property(
    "discount_steps", .array(step, count: 1...DiscountSteps.countLimit), isRequired: false)

  /// There where something is taken off.
  static let discount = Schema.Property("discount", .money, isRequired: false)

  static let tierSetting = Schema.named(
    "PriceTiers", .object([.init("price_tiers", .array(tier, count: 0...PriceTiers.countLimit))]))

  static let stepSetting = Schema.named(
    "DiscountSteps",
    .object([.init("discount_steps", .array(step, count: 0...DiscountSteps.countLimit))]))
}
