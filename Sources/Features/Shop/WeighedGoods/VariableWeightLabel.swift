package import Kernel

/// What a shop's own scale printed on a packed piece: an item of the merchant, and the piece's weight or price.
///
/// Source: GS1 General Specifications, restricted circulation numbers within a company (prefixes 02 and 20–29), and 7.9
/// for the check digits. What stands between the prefix and the last digit is each merchant's own; `Layout` says it.
package struct VariableWeightLabel: Sendable, Hashable {
  /// What the label says of the piece.
  package enum Value: Sendable, Hashable {
    /// At least 1.
    case grams(Int64)
    /// Above zero.
    case price(Money)
  }

  /// How one merchant's scale fills the thirteen digits: prefix, item, inner check digit if any, value, check digit.
  package struct Layout: Sendable, Hashable {
    /// What the digits of the value count.
    package enum Measure: String, Sendable, Hashable, CaseIterable {
      case grams, fen
    }

    /// Two digits, `02` or `20`–`29`.
    package let prefix: String
    /// Digits of the item's code, 4–6.
    package let itemDigits: Int
    /// Digits of weight or price, 4–6.
    package let valueDigits: Int
    package let measure: Measure
    /// Whether a digit before the value checks the value alone.
    package let hasInnerCheckDigit: Bool

    /// Nil unless the prefix is for use within a company, and the digits fill the label. An inner check digit is known
    /// for values of four and five digits.
    package init?(
      prefix: String, itemDigits: Int = 5, valueDigits: Int = 5, measure: Measure,
      hasInnerCheckDigit: Bool = false
    ) {
      let isOwn =
        prefix == "02" || (prefix.utf8.count == 2 && Int(prefix).map { (20...29).contains($0) } == true)
      guard isOwn, (4...6).contains(itemDigits), (4...6).contains(valueDigits),
        itemDigits + valueDigits + (hasInnerCheckDigit ? 1 : 0) == 10,
        !hasInnerCheckDigit || valueDigits < 6
      else { return nil }
      self.prefix = prefix
      self.itemDigits = itemDigits
      self.valueDigits = valueDigits
      self.measure = measure
      self.hasInnerCheckDigit = hasInnerCheckDigit
    }
  }

  /// The merchant's code of the item, with its leading zeros.
  package let itemCode: String
  package let value: Value

  /// Reads what a scanner typed. A scanner that takes the label for a UPC drops the zero of `02`, and one that knows
  /// longer numbers puts a zero before; both are understood.
  ///
  /// - Parameter layouts: of the merchant whose goods are weighed; the first with the label's prefix counts.
  /// - Throws: `label.unreadable` for anything but thirteen digits whose check digit is right, `label.unknown` when no
  ///   layout has the prefix, `label.value` when the inner check digit is wrong or the value is zero.
  package init(scanned text: String, layouts: [Layout]) throws {
    let digits = try Self.digits(text)
    let prefix = String(decoding: digits.prefix(2).map { $0 + 48 }, as: UTF8.self)
    guard let layout = layouts.first(where: { $0.prefix == prefix }) else {
      throw Problem.labelUnknown(prefix)
    }
    let value = digits.dropLast().suffix(layout.valueDigits)
    itemCode = String(decoding: digits.dropFirst(2).prefix(layout.itemDigits).map { $0 + 48 }, as: UTF8.self)
    let number = value.reduce(Int64(0)) { $0 * 10 + Int64($1) }
    if layout.hasInnerCheckDigit, digits[2 + layout.itemDigits] != ValueCheckDigit.of(Array(value)) {
      throw Problem.labelValue
    }
    guard number > 0 else { throw Problem.labelValue }
    self.value = layout.measure == .grams ? .grams(number) : .price(.fen(number))
  }

  /// The thirteen digits of the label.
  private static func digits(_ text: String) throws -> [UInt8] {
    var bytes = text.utf8.filter { $0 != 32 && $0 != 10 && $0 != 13 }
    if bytes.count == 12 { bytes.insert(48, at: 0) }
    if bytes.count == 14, bytes.first == 48 { bytes.removeFirst() }
    let number = String(decoding: bytes, as: UTF8.self)
    guard bytes.count == 13, TradeItemNumber(number) != nil else { throw Problem.labelUnreadable }
    return bytes.map { $0 - 48 }
  }
}

/// The digit that checks a price or weight of four or five digits inside a label.
///
/// Source: GS1 General Specifications, 7.9, weights 2−, 2−, 3, 5− for four digits and 5+, 2−, 5−, 5+, 2− for five.
enum ValueCheckDigit {
  private static let twoMinus: [Int] = [0, 2, 4, 6, 8, 9, 1, 3, 5, 7]
  private static let three: [Int] = [0, 3, 6, 9, 2, 5, 8, 1, 4, 7]
  private static let fivePlus: [Int] = [0, 5, 1, 6, 2, 7, 3, 8, 4, 9]
  private static let fiveMinus: [Int] = [0, 5, 9, 4, 8, 3, 7, 2, 6, 1]

  /// - Parameter digits: 0–9, four or five of them; nil for another number of digits.
  static func of(_ digits: [UInt8]) -> UInt8? {
    func sum(_ weights: [[Int]]) -> Int { zip(weights, digits).reduce(0) { $0 + $1.0[Int($1.1)] } }
    switch digits.count {
    case 4: return UInt8(sum([twoMinus, twoMinus, three, fiveMinus]) * 3 % 10)
    case 5:
      let rest = (10 - sum([fivePlus, twoMinus, fiveMinus, fivePlus, twoMinus]) % 10) % 10
      return fiveMinus.firstIndex(of: rest).map { UInt8($0) }
    default: return nil
    }
  }
}

extension Problem {
  static let labelUnreadable = Problem(
    "label.unreadable", status: 422,
    Phrase("这不是完整的秤签条码。", "This is no complete bar code of a scale label."),
    advice: Phrase("请再扫一次，或者手工输入重量。", "Please scan again, or type the weight by hand."))

  static func labelUnknown(_ prefix: String) -> Problem {
    Problem(
      "label.unknown", status: 422,
      Phrase("没有设置以 \(prefix) 开头的秤签。", "Scale labels that begin with \(prefix) are not set up."),
      advice: Phrase(
        "请在商户设置里填写秤签格式，或者手工输入重量。",
        "Please set up the label in the merchant's settings, or type the weight by hand."))
  }

  static let labelValue = Problem(
    "label.value", status: 422,
    Phrase("秤签上的重量或金额不对。", "The weight or price on the scale label is wrong."),
    advice: Phrase("请重新称重并打印秤签。", "Please weigh again and print a new label."))
}
