import Kernel

/// What 500 g of something cost, so that a large pack and a small one can be compared on paper.
enum PaperWeight {
  /// The price of 500 g, rounded half up to the fen; nil where nobody wrote down what it weighs.
  static func pricePerJin(_ item: PaperItem) -> Money? {
    if let terms = item.desk.item.weighed?.terms {
      return try? item.price.scaled(by: 500, over: terms.basis.grams)
    }
    let unit = item.desk.offer.unit
    if unit == .jin { return item.price }
    if unit == .kilogram { return try? item.price.scaled(by: 500, over: 1000) }
    guard let grams = grams(inPack: item.desk.offer.pack.chinese), grams > 0 else { return nil }
    return try? item.price.scaled(by: 500, over: grams)
  }

  /// Reads `500 克`, `约 2.5公斤`, `3斤装`, `250g × 2`; nil for a pack that names no weight, or several.
  static func grams(inPack pack: String) -> Int64? {
    let found = pack.matches(of: /(?:^|[^0-9.])([0-9]+(?:\.[0-9]{1,3})?)\s*(公斤|千克|kg|KG|斤|克|g)(?![a-zA-Z])/)
    guard found.count == 1, let match = found.first,
      let amount = DecimalText.parse(String(match.1), decimals: 3)
    else { return nil }
    let unit: Int64 =
      switch match.2 {
      case "公斤", "千克", "kg", "KG": 1000
      case "斤": 500
      default: 1
      }
    let rest = pack[match.range.upperBound...]
    let times = rest.firstMatch(of: /^\s*[×xX*]\s*([0-9]{1,3})/).flatMap { Int64($0.1) } ?? 1
    let (product, overflow) = amount.multipliedReportingOverflow(by: unit * times)
    return overflow || product % 1000 != 0 ? nil : product / 1000
  }
}
