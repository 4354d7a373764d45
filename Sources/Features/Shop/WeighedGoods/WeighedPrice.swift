package import Kernel

/// The price of goods that are ordered by the piece or by a range of weight and charged by what they weigh.
package struct WeighedPrice: Sendable, Hashable {
  /// The weight that the price is for.
  package enum Basis: String, Sendable, Hashable, CaseIterable {
    case kilogram
    /// 500 g, as markets in China name their prices.
    case jin

    package var grams: Int64 { self == .kilogram ? 1000 : 500 }

    package var name: Phrase {
      self == .kilogram ? Phrase("公斤", "kg") : Phrase("斤", "500 g")
    }
  }

  package let price: Money
  package let basis: Basis

  package init(_ price: Money, per basis: Basis) {
    self.price = price
    self.basis = basis
  }

  /// What so much costs, rounded half up to the fen, once.
  /// - Throws: `weighed.weight` below zero, `money.overflow`.
  package func amount(grams: Int64) throws -> Money {
    guard grams >= 0 else { throw Problem.weighedWeight }
    return try price.scaled(by: grams, over: basis.grams)
  }
}

/// What a household ordered of goods that are weighed later.
package enum WeighedQuantity: Sendable, Hashable {
  /// So many pieces, each of which typically weighs so many grams.
  case pieces(Int64, typicalGrams: Int64)
  /// Grams, both ends included.
  case weight(ClosedRange<Int64>)

  /// What the goods will weigh as far as one can know, in grams.
  /// - Throws: `weighed.weight` for nothing, for less than nothing, and for more than a number can hold.
  package func expectedGrams() throws -> ClosedRange<Int64> {
    switch self {
    case .pieces(let count, let typical):
      let (grams, overflow) = count.multipliedReportingOverflow(by: typical)
      guard count > 0, typical > 0, !overflow else { throw Problem.weighedWeight }
      return grams...grams
    case .weight(let grams):
      guard grams.lowerBound >= 0, grams.upperBound > 0 else { throw Problem.weighedWeight }
      return grams
    }
  }
}

/// What a household is told before it orders, and what it agrees to by ordering.
package struct WeighedEstimate: Sendable, Hashable {
  /// What the lightest and the heaviest expected weight cost; the same for pieces.
  package let low: Money
  package let high: Money
  /// Per cent of the estimate that the goods may cost more or less without asking again, 0–100.
  package let tolerancePercent: Int64

  /// - Throws: `weighed.weight`, `weighed.tolerance` outside 0–100, `money.overflow`.
  package init(of quantity: WeighedQuantity, at price: WeighedPrice, tolerancePercent: Int64) throws {
    guard (0...100).contains(tolerancePercent) else { throw Problem.weighedTolerance }
    let grams = try quantity.expectedGrams()
    low = try price.amount(grams: grams.lowerBound)
    high = try price.amount(grams: grams.upperBound)
    self.tolerancePercent = tolerancePercent
  }

  /// The least that counts as expected, rounded up to the fen.
  package var least: Money {
    // A share of at most one of an amount that fits, fits.
    let product = Int128(low.minorUnits) * Int128(100 - tolerancePercent)
    return Money(minorUnits: Int64((product + 99) / 100), currency: low.currency)
  }

  /// The most that may be charged without asking again, rounded down to the fen.
  /// - Throws: `money.overflow`.
  package func most() throws -> Money {
    let product = Int128(high.minorUnits) * Int128(100 + tolerancePercent)
    guard let units = Int64(exactly: product / 100) else { throw Problem.weighedTooMuch }
    return Money(minorUnits: units, currency: high.currency)
  }
}

/// What the goods of one line weighed and cost, against what the household agreed to.
package struct WeighedSettlement: Sendable, Hashable {
  package enum Outcome: String, Sendable, Hashable, CaseIterable {
    case within, over, under
  }

  package let outcome: Outcome
  /// What the goods cost by their weight.
  package let weighed: Money
  /// What may be charged now: never more than the household agreed to.
  package let chargeable: Money
  /// What is to be paid on top of what was paid; negative for what goes back.
  package let difference: Money

  /// Whether the household must agree before it pays for all that was weighed.
  package var needsAgreement: Bool { outcome == .over }

  /// - Parameters:
  ///   - grams: as weighed, not negative.
  ///   - paid: before the goods were weighed.
  /// - Throws: `weighed.weight`, `money.overflow`, `money.currency`.
  package init(
    grams: Int64, at price: WeighedPrice, estimate: WeighedEstimate, paid: Money
  ) throws {
    weighed = try price.amount(grams: grams)
    let most = try estimate.most()
    outcome = weighed > most ? .over : weighed < estimate.least ? .under : .within
    chargeable = min(weighed, most)
    difference = try chargeable.subtracting(paid)
  }
}

extension Problem {
  static let weighedWeight = Problem(
    "weighed.weight", status: 422, Phrase("重量不对。", "The weight is not right."),
    advice: Phrase("请填写大于零的重量，单位是克。", "Please give a weight above zero, in grams."))

  static let weighedTolerance = Problem(
    "weighed.tolerance", status: 422,
    Phrase("允许的上下浮动是 0 到 100 之间的百分数。", "The tolerance is a percentage from 0 to 100."))

  static let weighedTooMuch = Problem(
    "money.overflow", status: 422, Phrase("金额太大，无法计算。", "The amount is too large to calculate."))
}
