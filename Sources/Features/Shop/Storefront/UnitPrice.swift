import Kernel

/// What 500 grams cost, 一斤 as markets in China name it, so that packs of different sizes can be compared.
enum UnitPrice {
  /// Nil where the weight is not known, and where the price is for 500 grams anyway.
  ///
  /// - Parameter pack: what the merchant says of the pack, `500 克/袋`; one plain weight in it is believed.
  static func per500Grams(_ price: Money, unit: Unit, pack: Phrase, weighed: WeighedTerms?) -> Money? {
    let basis = weighed?.basis.grams ?? grams(unit) ?? grams(pack.chinese) ?? grams(pack.english)
    guard let basis, basis > 0, basis != 500 else { return nil }
    return try? price.scaled(by: 500, over: basis)
  }

  private static func grams(_ unit: Unit) -> Int64? {
    switch unit {
    case .kilogram: 1000
    case .gram: 1
    case .jin: 500
    default: nil
    }
  }

  /// The one weight that a pack names; nil where it names none, several (`2×250 克`), or a range.
  static func grams(_ pack: String) -> Int64? {
    let weight = /(\d+(?:\.\d{1,3})?)\s*(公斤|千克|kg|KG|斤|克|g)/
    let found = pack.matches(of: weight)
    guard found.count == 1, let match = found.first,
      pack[..<match.range.lowerBound].allSatisfy({ !"×xX*-–~～至到".contains($0) && !$0.isNumber }),
      !pack[match.range.upperBound...].contains(where: { "×xX*".contains($0) }),
      let thousandths = DecimalText.parse(String(match.1), decimals: 3)
    else { return nil }
    let gramsOfOne: Int64 = ["克", "g"].contains(match.2) ? 1 : match.2 == "斤" ? 500 : 1000
    let (product, overflow) = thousandths.multipliedReportingOverflow(by: gramsOfOne)
    return overflow || product % 1000 != 0 ? nil : product / 1000
  }
}
