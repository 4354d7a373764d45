import Kernel

/// How a merchant's scale fills its labels, written as scales' own manuals do: `22IIIIIWWWWWC`.
///
/// Two digits of the prefix, `I` for each digit of the item's code, `V` for a digit that checks the value, `W` for each
/// digit of the weight in grams or `P` for each of the price in fen, and `C` for the last digit.
package struct LabelPattern: Sendable, Hashable {
  /// Separated by single spaces, in capitals.
  package let text: String
  package let layouts: [VariableWeightLabel.Layout]

  /// Nil for anything but one to four such patterns with different prefixes.
  package init?(_ typed: String) {
    let words = typed.uppercased().split { $0 == " " || $0 == "," || $0 == "，" || $0 == "、" }.map(String.init)
    let layouts = words.compactMap(Self.layout)
    guard (1...4).contains(words.count), layouts.count == words.count,
      Set(layouts.map(\.prefix)).count == words.count
    else { return nil }
    text = words.joined(separator: " ")
    self.layouts = layouts
  }

  private static func layout(_ word: String) -> VariableWeightLabel.Layout? {
    var rest = word[...]
    func take(_ letter: Character) -> Int {
      let run = rest.prefix { $0 == letter }.count
      rest = rest.dropFirst(run)
      return run
    }
    let prefix = String(rest.prefix(2))
    rest = rest.dropFirst(2)
    let item = take("I")
    let check = take("V")
    let grams = take("W")
    let fen = take("P")
    guard check <= 1, (grams == 0) != (fen == 0), rest == "C" else { return nil }
    return VariableWeightLabel.Layout(
      prefix: prefix, itemDigits: item, valueDigits: grams + fen, measure: grams > 0 ? .grams : .fen,
      hasInnerCheckDigit: check == 1)
  }

  static let rule = Phrase(
    "秤签格式像 22IIIIIWWWWWC 这样，一共 13 位：前缀两位，I 是商品编号，W 是克数（P 是金额，单位分），C 是校验位。",
    "A label pattern looks like 22IIIIIWWWWWC, 13 characters: two digits of the prefix, I for the item, W for grams (P for the price in fen), C for the check digit."
  )
}

/// A weight as people type it at the scale, or as a label says it.
enum WeightText {
  /// The most that one entry may weigh.
  static let limit: Int64 = 1_000_000

  /// Grams of `580`, `580 克`, `0.58`, `0.58kg`, `1.2 斤`, a label, or several of them joined by `+`.
  ///
  /// A number with a point is in kilograms, one without in grams, unless its unit stands behind it.
  /// - Throws: `weighed.weight` for what is no weight, and what is wrong with a label.
  static func grams(
    _ text: String, of offer: WeighedOffer, at price: Money, _ layouts: [VariableWeightLabel.Layout]
  ) throws -> Int64 {
    let parts = text.split(separator: "+", omittingEmptySubsequences: false)
    var sum: Int64 = 0
    for part in parts {
      let compact = String(part.filter { !$0.isWhitespace }).lowercased()
      let isLabel = compact.utf8.count >= 12 && compact.utf8.allSatisfy { (48...57).contains($0) }
      let grams =
        isLabel ? try labelled(compact, offer, price, layouts) : try plain(compact)
      guard (1...limit).contains(grams) else { throw Problem.weighedWeight }
      sum += grams
    }
    guard (1...limit).contains(sum) else { throw Problem.weighedWeight }
    return sum
  }

  private static let units: [(ending: String, gramsPerThousand: Int64)] = [
    ("公斤", 1_000_000), ("千克", 1_000_000), ("kg", 1_000_000), ("斤", 500_000), ("克", 1000), ("g", 1000),
  ]

  private static func plain(_ text: String) throws -> Int64 {
    let unit = units.first { text.hasSuffix($0.ending) }
    let number = unit.map { String(text.dropLast($0.ending.count)) } ?? text
    let hasPoint = number.contains { ".．。".contains($0) }
    let scale = unit?.gramsPerThousand ?? (hasPoint ? 1_000_000 : 1000)
    guard let thousandths = DecimalText.parse(number, decimals: 3), thousandths < 1_000_000_000 else {
      throw Problem.weighedWeight
    }
    let (grams, rest) = (thousandths * scale).quotientAndRemainder(dividingBy: 1_000_000)
    guard rest == 0 else { throw Problem.weighedWeight }
    return grams
  }

  private static func labelled(
    _ text: String, _ offer: WeighedOffer, _ price: Money, _ layouts: [VariableWeightLabel.Layout]
  ) throws -> Int64 {
    let label = try VariableWeightLabel(scanned: text, layouts: layouts)
    guard number(label.itemCode) == number(offer.labelCode), !offer.labelCode.isEmpty else {
      throw Problem.labelOfOtherItem
    }
    switch label.value {
    case .grams(let grams): return grams
    case .price(let amount):
      // The weight is what the price came from; where it does not lead back to the price, the scale has another price.
      let basis = offer.terms.basis.grams
      guard price > .zero else { throw Problem.labelPriceDiffers }
      let grams = try Money.fen(amount.minorUnits).scaled(by: basis, over: price.minorUnits).minorUnits
      guard try WeighedPrice(price, per: offer.terms.basis).amount(grams: grams) == amount else {
        throw Problem.labelPriceDiffers
      }
      return grams
    }
  }

  private static func number(_ code: String) -> Substring { code.drop { $0 == "0" } }
}

extension Problem {
  static let labelOfOtherItem = Problem(
    "label.other_item", status: 422,
    Phrase("这张秤签是别的商品的。", "This label is of another item."),
    advice: Phrase("请核对商品，或者手工输入重量。", "Please check the goods, or type the weight by hand."))

  static let labelPriceDiffers = Problem(
    "label.price_differs", status: 422,
    Phrase("秤签上的金额和这次团购的价格对不上。", "The price on the label does not fit this group-buy's price."),
    advice: Phrase("请把秤上的单价改对，或者手工输入重量。", "Please set the scale's price, or type the weight by hand."))
}
