import Kernel
import TestKit

@testable import Shop

// Random products whose texts are as awkward as people's are.
extension SeededGenerator {
  mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: elements.indices, using: &self)]
  }

  mutating func chance(_ share: Double) -> Bool { Double.random(in: 0..<1, using: &self) < share }

  /// One line without spaces round it, in which what means something to tables is frequent.
  mutating func line(_ length: ClosedRange<Int>) -> String {
    let pool: [Unicode.Scalar] = [
      "青", "菜", "鸡", "蛋", "a", "B", "9", ",", ";", "\"", "'", "=", "+", "-", "@", "＝", "é", "😀", "/", "（",
      "）",
      "、", " ", "\t",
    ]
    let wanted = Int.random(in: length, using: &self)
    var text = ""
    for _ in 0..<wanted { text.unicodeScalars.append(pick(pool)) }
    text = ProductText.trimmed(text)
    return text.isEmpty && wanted > 0 ? "菜" : text
  }

  mutating func lines() -> String {
    ProductText.trimmed(
      (0..<Int.random(in: 0...3, using: &self)).map { _ in line(0...20) }.joined(separator: "\n"))
  }

  mutating func phrase(_ length: ClosedRange<Int>) -> Phrase {
    let chinese = line(length)
    return Phrase.typed(chinese, chinese.isEmpty || chance(0.3) ? "" : line(length))
  }

  mutating func tradeItemNumber() -> TradeItemNumber? {
    let digits = (0..<12).map { _ in String(Int.random(in: 0...9, using: &self)) }.joined()
    return (0...9).lazy.compactMap { TradeItemNumber("\(digits)\($0)") }.first
  }

  mutating func details() -> Product.Details {
    let description = lines()
    return Product.Details(
      name: phrase(1...20),
      description: Phrase.typed(description, description.isEmpty || chance(0.5) ? "" : lines()),
      category: pick(ProductCategory.allCases), origin: phrase(0...12),
      allergens: Set(Allergen.allCases.filter { _ in chance(0.2) }),
      certificate: line(0...30), storage: pick(ProductStorage.allCases),
      shelfLifeDays: chance(0.5) ? Int.random(in: 1...3650, using: &self) : nil)
  }

  mutating func variant(_ sku: String) -> VariantDraft {
    VariantDraft(
      details: Variant.Details(
        sku: sku, name: phrase(0...8), pack: phrase(0...10), unit: pick(Unit.all),
        caseSize: Int64.random(in: 1...10_000, using: &self), gtin: chance(0.5) ? tradeItemNumber() : nil,
        price: .fen(Int64.random(in: ProductRules.prices, using: &self))))
  }

  /// The same size, perhaps sold by weight.
  mutating func perhapsWeighed(_ variant: VariantDraft) -> VariantDraft {
    var variant = variant
    if Unit.measures.contains(variant.details.unit) || chance(0.6) { return variant }
    let terms = WeighedTerms(
      per: pick(WeighedPrice.Basis.allCases),
      typicalGrams: Int64.random(in: WeighedTerms.typicalGramsRange, using: &self),
      tolerancePercent: Int64.random(in: WeighedTerms.toleranceRange, using: &self))
    variant.details.weighed = terms.flatMap { WeighedOffer($0, labelCode: pick(["", "42", "00042"])) }
    return variant
  }

  /// - Parameter number: makes its article numbers differ from those of other products.
  mutating func draft(_ number: Int) -> ProductDraft {
    let count = chance(0.6) ? 1 : Int.random(in: 2...4, using: &self)
    return ProductDraft(
      details: details(),
      variants: (0..<count).map { index in
        let variant = variant("货-\(number)/\(index)")
        return perhapsWeighed(variant)
      })
  }
}
