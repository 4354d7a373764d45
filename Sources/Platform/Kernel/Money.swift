/// A currency by its ISO 4217 code, with the number of decimals of its minor unit.
package struct Currency: Sendable, Hashable {
  package let code: String
  /// Decimals of the minor unit: 2 for CNY (fen).
  package let decimals: Int

  package static let cny = Currency(code: "CNY", decimals: 2)
}

/// An amount in minor units (fen). Never a floating-point number; every operation is checked for overflow.
package struct Money: Sendable, Hashable, Comparable {
  package let minorUnits: Int64
  package let currency: Currency

  package init(minorUnits: Int64, currency: Currency = .cny) {
    self.minorUnits = minorUnits
    self.currency = currency
  }

  /// Chinese yuan in fen.
  package static func fen(_ amount: Int64) -> Money { Money(minorUnits: amount) }

  package static let zero = Money(minorUnits: 0)

  package static func < (left: Money, right: Money) -> Bool { left.minorUnits < right.minorUnits }

  /// - Throws: `money.overflow`, or `money.currency` when the currencies differ.
  package func adding(_ other: Money) throws -> Money {
    try sameCurrency(other)
    return try checked(minorUnits.addingReportingOverflow(other.minorUnits))
  }

  /// - Throws: `money.overflow`, or `money.currency` when the currencies differ.
  package func subtracting(_ other: Money) throws -> Money {
    try sameCurrency(other)
    return try checked(minorUnits.subtractingReportingOverflow(other.minorUnits))
  }

  /// - Throws: `money.overflow`.
  package func multiplied(by count: Int64) throws -> Money {
    try checked(minorUnits.multipliedReportingOverflow(by: count))
  }

  /// This amount times `numerator / denominator`, rounded half away from zero, once.
  /// - Throws: `money.overflow`. The denominator must be positive.
  package func scaled(by numerator: Int64, over denominator: Int64) throws -> Money {
    guard denominator > 0 else { throw Problem.moneyOverflow }
    let product = Int128(minorUnits) * Int128(numerator)
    let (quotient, remainder) = product.magnitude.quotientAndRemainder(dividingBy: UInt128(denominator))
    let rounded = Int128(quotient + (remainder * 2 >= UInt128(denominator) ? 1 : 0))
    guard let units = Int64(exactly: product < 0 ? -rounded : rounded) else { throw Problem.moneyOverflow }
    return Money(minorUnits: units, currency: currency)
  }

  /// The amount as a person reads it: `12.50`, `-0.05`.
  package var decimal: String {
    let scale = (0..<currency.decimals).reduce(UInt64(1)) { scale, _ in scale * 10 }
    let magnitude = minorUnits.magnitude
    let sign = minorUnits < 0 ? "-" : ""
    guard currency.decimals > 0 else { return "\(sign)\(magnitude)" }
    return "\(sign)\(magnitude / scale).\(Timestamp.padded(magnitude % scale, currency.decimals))"
  }

  /// The amount with its sign: `¥12.50`.
  package var display: String {
    currency == .cny
      ? (minorUnits < 0 ? "-¥" : "¥") + decimal.drop { $0 == "-" } : "\(currency.code) \(decimal)"
  }

  /// Reads what people type: `12.5`, `12`, `¥12.50`, full-width digits. No exponent, no third decimal, no sign.
  ///
  /// Range: 0 … 9,999,999.99 (an order is at most 10^9 fen).
  package init?(typed text: String, currency: Currency = .cny) {
    guard let units = DecimalText.parse(text, decimals: currency.decimals, dropping: ["¥", "￥"]),
      units < 1_000_000_000
    else { return nil }
    self.init(minorUnits: units, currency: currency)
  }

  private func sameCurrency(_ other: Money) throws {
    if currency != other.currency {
      throw Problem(
        "money.currency", status: 500, Phrase("币种不一致。", "The currencies differ."))
    }
  }

  private func checked(_ result: (partialValue: Int64, overflow: Bool)) throws -> Money {
    if result.overflow { throw Problem.moneyOverflow }
    return Money(minorUnits: result.partialValue, currency: currency)
  }
}

extension Problem {
  static let moneyOverflow = Problem(
    "money.overflow", status: 422, Phrase("金额太大，无法计算。", "The amount is too large to calculate."))
}

/// Decimal numbers as people type them, read without floating point.
package enum DecimalText {
  /// `text` times 10^decimals, or nil when it is no plain decimal number of at most that many decimals.
  /// Full-width digits, points and spaces count as their narrow forms.
  ///
  /// - Parameter dropping: signs that may stand before or after the number, such as `¥`; never inside it.
  package static func parse(_ text: String, decimals: Int, dropping: [Character] = []) -> Int64? {
    var value: Int64 = 0
    var seenPoint = false
    var fraction = 0
    var digits = 0
    for scalar in trimmed(text, dropping) {
      if isPoint(scalar) {
        if seenPoint { return nil }
        seenPoint = true
        continue
      }
      guard let digit = digit(scalar), let longer = tenfold(value, adding: digit) else { return nil }
      value = longer
      digits += 1
      if seenPoint { fraction += 1 }
    }
    guard digits > 0, fraction <= decimals, !(seenPoint && fraction == 0) else { return nil }
    for _ in fraction..<decimals {
      guard let longer = tenfold(value, adding: 0) else { return nil }
      value = longer
    }
    return value
  }

  private static func trimmed(_ text: String, _ dropping: [Character]) -> Substring.UnicodeScalarView {
    func isOutside(_ scalar: Unicode.Scalar) -> Bool {
      scalar == " " || scalar == "\u{3000}" || dropping.contains(Character(scalar))
    }
    var rest = text.unicodeScalars.drop(while: isOutside)
    while let last = rest.last, isOutside(last) { rest.removeLast() }
    return rest
  }

  private static func isPoint(_ scalar: Unicode.Scalar) -> Bool { scalar == "." || scalar == "\u{FF0E}" }

  private static func digit(_ scalar: Unicode.Scalar) -> Int64? {
    switch scalar.value {
    case 0x30...0x39: Int64(scalar.value - 0x30)
    case 0xFF10...0xFF19: Int64(scalar.value - 0xFF10)
    default: nil
    }
  }

  private static func tenfold(_ value: Int64, adding digit: Int64) -> Int64? {
    let (tens, overflowed) = value.multipliedReportingOverflow(by: 10)
    let (sum, overflowedAgain) = tens.addingReportingOverflow(digit)
    return overflowed || overflowedAgain ? nil : sum
  }
}

/// Splits a whole into integer parts by largest remainder: nothing is lost, nothing is invented.
package enum LargestRemainder {
  /// Splits `total` over `weights`. Each share differs from the exact one by less than 1; the missing units go to
  /// the largest remainders, ties to the lowest position. A negative total is split by its magnitude. Where all
  /// weights are zero the split is even.
  ///
  /// - Parameter weights: none negative; at least one, unless the total is zero.
  /// - Returns: one share per weight; they sum to `total`.
  package static func split(_ total: Int64, by weights: [Int64]) -> [Int64] {
    let given = weights.map { UInt128(max(0, $0)) }
    let parts = given.allSatisfy { $0 == 0 } ? given.map { _ in 1 } : given
    guard !parts.isEmpty else { return [] }
    let whole = parts.reduce(0, +)
    var shares: [UInt64] = []
    var remainders: [(remainder: UInt128, position: Int)] = []
    for (position, part) in parts.enumerated() {
      let (share, remainder) = (UInt128(total.magnitude) * part).quotientAndRemainder(dividingBy: whole)
      shares.append(UInt64(share))
      remainders.append((remainder, position))
    }
    let missing = Int(total.magnitude - shares.reduce(0, +))
    remainders.sort { ($1.remainder, $0.position) < ($0.remainder, $1.position) }
    for index in 0..<missing { shares[remainders[index].position] += 1 }
    // The magnitude of the smallest Int64 fits only after the sign is on.
    return shares.map { Int64(truncatingIfNeeded: total < 0 ? 0 &- $0 : $0) }
  }
}
