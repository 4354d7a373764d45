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
    var found: NamedWeight?
    var rest = pack[...]
    while let weight = NamedWeight(firstIn: &rest) {
      guard found == nil else { return nil }
      found = weight
    }
    guard let found,
      found.before.allSatisfy({ !"×xX*-–~～至到".contains($0) && !$0.isNumber }),
      !found.after.contains(where: { "×xX*".contains($0) }),
      let thousandths = DecimalText.parse(String(found.number), decimals: 3)
    else { return nil }
    let (product, overflow) = thousandths.multipliedReportingOverflow(by: found.gramsOfOne)
    return overflow || product % 1000 != 0 ? nil : product / 1000
  }
}

/// A number and its unit of weight, as a pack names it: `1.5 公斤`.
///
/// Read by hand: every product page asks for it, and building a regular expression takes longer than the rest of it.
private struct NamedWeight {
  private static let units: [(name: String, grams: Int64)] = [
    ("公斤", 1000), ("千克", 1000), ("kg", 1000), ("KG", 1000), ("斤", 500), ("克", 1), ("g", 1),
  ]

  let before: Substring
  let after: Substring
  let number: Substring
  let gramsOfOne: Int64

  /// The first weight of the text, which is taken off with what stands before it; nil where there is none.
  init?(firstIn text: inout Substring) {
    func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }
    let all = text
    while let start = text.firstIndex(where: isDigit) {
      var number = text[start...].prefix(while: isDigit)
      text = text[number.endIndex...]
      if text.first == "." {
        let fraction = text.dropFirst().prefix(while: isDigit)
        if (1...3).contains(fraction.count) { number = all[start..<fraction.endIndex] }
      }
      let name = all[number.endIndex...].drop(while: \.isWhitespace)
      guard let unit = Self.units.first(where: { name.hasPrefix($0.name) }) else { continue }
      text = name.dropFirst(unit.name.count)
      (before, after, self.number, gramsOfOne) = (all[..<start], text, number, unit.grams)
      return
    }
    return nil
  }
}
