/// A share of an amount in basis points: 250 is 2.5 %. Range: 0 … 100 %.
package struct Rate: Sendable, Hashable, Comparable {
  /// Basis points of the whole.
  package static let whole: Int64 = 10_000
  package static let none = Rate(unchecked: 0)

  package let basisPoints: Int64

  /// - Returns: nil outside 0…10,000.
  package init?(basisPoints: Int64) {
    guard (0...Self.whole).contains(basisPoints) else { return nil }
    self.basisPoints = basisPoints
  }

  /// Reads what people type as a percentage: `8`, `2.5`, `2.5%`; nil beyond 100 or with a third decimal.
  package init?(typed text: String) {
    guard let units = DecimalText.parse(text, decimals: 2, dropping: ["%", "％"]) else { return nil }
    self.init(basisPoints: units)
  }

  private init(unchecked basisPoints: Int64) { self.basisPoints = basisPoints }

  package static func < (left: Rate, right: Rate) -> Bool { left.basisPoints < right.basisPoints }

  /// The percentage without its sign: `8`, `2.5`.
  package var decimal: String {
    var text = "\(basisPoints / 100)"
    if !basisPoints.isMultiple(of: 100) {
      text += "." + Timestamp.padded(UInt64(basisPoints % 100), 2)
      while text.last == "0" { text.removeLast() }
    }
    return text
  }

  /// The percentage as a person reads it: `2.5%`.
  package var display: String { "\(decimal)%" }
}
