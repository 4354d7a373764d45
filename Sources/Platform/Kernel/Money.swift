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
    let product = minorUnits.multipliedFullWidth(by: numerator)
    let negative = product.high < 0
    let magnitude = minorUnits.magnitude.multipliedFullWidth(by: numerator.magnitude)
    guard magnitude.high < denominator.magnitude else { throw Problem.moneyOverflow }
    let (quotient, remainder) = denominator.magnitude.dividingFullWidth(magnitude)
    let rounded = quotient + (remainder >= denominator.magnitude - remainder ? 1 : 0)
    guard rounded <= UInt64(Int64.max) else { throw Problem.moneyOverflow }
    return Money(minorUnits: negative ? -Int64(rounded) : Int64(rounded), currency: currency)
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
    currency == .cny ? (minorUnits < 0 ? "-¥" : "¥") + decimal.drop { $0 == "-" } : "\(currency.code) \(decimal)"
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
  /// Full-width digits and points count as their narrow forms.
  package static func parse(_ text: String, decimals: Int, dropping: [Character] = []) -> Int64? {
    var scalars = text.unicodeScalars.compactMap { scalar -> UInt8? in
      switch scalar.value {
      case 0xFF10...0xFF19: UInt8(scalar.value - 0xFF10 + 48)
      case 0xFF0E: UInt8(ascii: ".")
      case 0...127: UInt8(scalar.value)
      default: dropping.contains(Character(scalar)) ? nil : UInt8(ascii: "?")
      }
    }
    while scalars.first == 32 { scalars.removeFirst() }
    while scalars.last == 32 { scalars.removeLast() }
    var value: Int64 = 0
    var seenPoint = false
    var fraction = 0
    var digits = 0
    for byte in scalars {
      if byte == UInt8(ascii: ".") {
        if seenPoint { return nil }
        seenPoint = true
        continue
      }
      guard (48...57).contains(byte) else { return nil }
      if seenPoint { fraction += 1 }
      digits += 1
      let (tens, overflowed) = value.multipliedReportingOverflow(by: 10)
      let (sum, overflowedAgain) = tens.addingReportingOverflow(Int64(byte - 48))
      if overflowed || overflowedAgain { return nil }
      value = sum
    }
    guard digits > 0, fraction <= decimals, !(seenPoint && fraction == 0) else { return nil }
    for _ in fraction..<decimals {
      let (tens, overflowed) = value.multipliedReportingOverflow(by: 10)
      if overflowed { return nil }
      value = tens
    }
    return value
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
    guard !weights.isEmpty else { return [] }
    let sum = weights.reduce(UInt64(0)) { $0 + UInt64(max(0, $1)) }
    let even = sum == 0
    let whole = even ? UInt64(weights.count) : sum
    var shares: [UInt64] = []
    var remainders: [(remainder: UInt64, position: Int)] = []
    for (position, weight) in weights.enumerated() {
      let part = even ? 1 : UInt64(max(0, weight))
      let product = total.magnitude.multipliedFullWidth(by: part)
      let (quotient, remainder) = whole.dividingFullWidth(product)
      shares.append(quotient)
      remainders.append((remainder, position))
    }
    let missing = Int(total.magnitude - shares.reduce(0, +))
    remainders.sort { ($1.remainder, $0.position) < ($0.remainder, $1.position) }
    for index in 0..<missing { shares[remainders[index].position] += 1 }
    return shares.map { total < 0 ? -Int64($0) : Int64($0) }
  }
}
