import Kernel
import Web

/// Reads the price tiers that a leader types for an item: so many rows, of which any may stay empty.
enum PriceTierForm {
  /// The name of one tier's field, counted from 0.
  static func field(_ part: PriceTierRules.Part, _ tier: Int) -> String {
    "tier_\(part.rawValue)_\(tier + 1)"
  }

  /// - Parameters:
  ///   - price: the item's own; without it nothing is compared.
  ///   - units: those set aside; nil where whatever is ordered is supplied.
  /// - Returns: the tiers; what is wrong with them stands in the reader.
  static func read(
    _ reader: inout FormReader, price: Money?, minimum: Int64, units: Int64?
  ) -> PriceTiers {
    var rows: [Int] = []
    var tiers: [PriceTier] = []
    for row in 0..<PriceTiers.countLimit {
      let (quantityField, priceField) = (field(.quantity, row), field(.price, row))
      let isGiven = reader.raw(quantityField) != nil || reader.raw(priceField) != nil
      let quantity = reader.integer(quantityField, in: PriceTiers.quantityRange, isRequired: isGiven)
      let tierPrice = reader.money(priceField, isRequired: isGiven)
      guard let quantity, let tierPrice else { continue }
      rows.append(row)
      tiers.append(PriceTier(quantity: quantity, price: tierPrice))
    }
    if let price {
      for refusal in PriceTierRules(price: price, minimum: minimum, units: units).refusals(of: tiers) {
        reader.add(field(refusal.part, rows[refusal.tier]), refusal.message)
      }
    }
    return PriceTiers(tiers)
  }

  /// What stands in the fields of tiers that are there already.
  static func state(_ tiers: PriceTiers) -> [String: String] {
    var values: [String: String] = [:]
    for (row, tier) in tiers.all.enumerated() {
      values[field(.quantity, row)] = String(tier.quantity)
      values[field(.price, row)] = tier.price.decimal
    }
    return values
  }
}
