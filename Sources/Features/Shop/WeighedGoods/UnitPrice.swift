import Kernel

/// What 500 grams cost, 一斤 as markets in China name it, so that packs of different sizes can be compared.
enum UnitPrice {
  /// Nil where the weight is not known, and where the price is for 500 grams anyway. Rounded half up to the fen.
  ///
  /// - Parameter pack: what the merchant says of the pack, `500 克/袋`; see `PackWeight`.
  static func per500Grams(_ price: Money, unit: Unit, pack: Phrase, weighed: WeighedTerms?) -> Money? {
    let basis =
      weighed?.basis.grams ?? grams(unit) ?? PackWeight.grams(pack.chinese) ?? PackWeight.grams(pack.english)
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
}
