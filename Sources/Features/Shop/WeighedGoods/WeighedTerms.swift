import Database
package import Kernel

extension WeighedPrice.Basis: Storable {}

/// How pieces of an item are charged: what they weigh, at a price for so much, within what a household expects.
package struct WeighedTerms: Sendable, Hashable {
  /// The weight that the price is for.
  package let basis: WeighedPrice.Basis
  /// What one piece weighs as a rule.
  package let typicalGrams: Int64
  /// Per cent by which the goods may cost more or less than expected without asking again.
  package let tolerancePercent: Int64

  package static let typicalGramsRange: ClosedRange<Int64> = 1...100_000
  package static let toleranceRange: ClosedRange<Int64> = 0...100

  /// Nil outside these ranges.
  package init?(per basis: WeighedPrice.Basis, typicalGrams: Int64, tolerancePercent: Int64) {
    guard Self.typicalGramsRange.contains(typicalGrams), Self.toleranceRange.contains(tolerancePercent) else {
      return nil
    }
    self.basis = basis
    self.typicalGrams = typicalGrams
    self.tolerancePercent = tolerancePercent
  }

  /// What a household is told of so many pieces, at least one, before they are weighed.
  /// - Throws: `weighed.weight`, `money.overflow`.
  package func estimate(of pieces: Int64, at price: Money) throws -> WeighedEstimate {
    try WeighedEstimate(
      of: .pieces(pieces, typicalGrams: typicalGrams), at: WeighedPrice(price, per: basis),
      tolerancePercent: tolerancePercent)
  }
}

/// An item that is sold by weight, as the catalogue and a campaign offer it.
package struct WeighedOffer: Sendable, Hashable {
  package let terms: WeighedTerms
  /// The item's digits on the labels of the merchant's scale, with their leading zeros; empty where it prints none.
  package let labelCode: String

  /// - Parameter labelCode: at most six digits.
  package init?(_ terms: WeighedTerms, labelCode: String = "") {
    guard labelCode.utf8.count <= 6, labelCode.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
    self.terms = terms
    self.labelCode = labelCode
  }
}

extension WeighedOffer {
  /// What was typed, sent or imported of it, each part readable by itself.
  struct Parts {
    var basis: WeighedPrice.Basis?
    var typicalGrams: Int64?
    var tolerancePercent: Int64?
    var labelCode: String

    init(
      basis: WeighedPrice.Basis? = nil, typicalGrams: Int64? = nil, tolerancePercent: Int64? = nil,
      labelCode: String = ""
    ) {
      self.basis = basis
      self.typicalGrams = typicalGrams
      self.tolerancePercent = tolerancePercent
      self.labelCode = labelCode
    }

    init(_ offer: WeighedOffer?) {
      self.init(
        basis: offer?.terms.basis, typicalGrams: offer?.terms.typicalGrams,
        tolerancePercent: offer?.terms.tolerancePercent, labelCode: offer?.labelCode ?? "")
    }
  }

  /// The names of the parts in forms, files and programs' JSON.
  enum Field: String, CaseIterable {
    case basis = "weighed_basis"
    case typicalGrams = "typical_grams"
    case tolerancePercent = "tolerance_percent"
    case labelCode = "label_code"
  }

  /// The offer that the parts make; nil where they say that the goods are not weighed, or where one is reported.
  static func offer(_ parts: Parts, unit: Unit?, report: (Field, Phrase) -> Void) -> WeighedOffer? {
    guard let basis = parts.basis else {
      if parts.typicalGrams != nil || parts.tolerancePercent != nil || !parts.labelCode.isEmpty {
        report(.basis, Self.basisNeeded)
      }
      return nil
    }
    if let unit, Unit.measures.contains(unit) { report(.basis, Self.piecesNeeded) }
    if parts.typicalGrams == nil { report(.typicalGrams, Self.typicalGramsRule) }
    if parts.tolerancePercent == nil { report(.tolerancePercent, Self.toleranceRule) }
    guard let grams = parts.typicalGrams, let tolerance = parts.tolerancePercent else { return nil }
    guard let terms = WeighedTerms(per: basis, typicalGrams: grams, tolerancePercent: tolerance) else {
      if !WeighedTerms.typicalGramsRange.contains(grams) { report(.typicalGrams, Self.typicalGramsRule) }
      if !WeighedTerms.toleranceRange.contains(tolerance) { report(.tolerancePercent, Self.toleranceRule) }
      return nil
    }
    guard let offer = WeighedOffer(terms, labelCode: parts.labelCode) else {
      report(.labelCode, Self.labelCodeRule)
      return nil
    }
    return offer
  }

  static let basisNeeded = Phrase(
    "按重量卖的话，请选按公斤还是按斤；不按重量卖，每份重量、上下浮动和秤签编号就空着。",
    "For goods sold by weight, choose per kg or per 500 g; for others leave weight, tolerance and label code empty."
  )
  static let piecesNeeded = Phrase(
    "按重量卖的东西也是一份一份订的，单位请选个、盒、袋这样的。",
    "Goods sold by weight are ordered by the piece; please choose a unit such as piece, box or bag.")
  static let typicalGramsRule = Phrase(
    "一份大约多重，请填 1 到 100000 克。", "Give what one piece weighs as a rule, 1 to 100000 g.")
  static let toleranceRule = Phrase(
    "上下浮动请填 0 到 100（百分之几）。", "Give the tolerance in per cent, 0 to 100.")
  static let labelCodeRule = Phrase(
    "秤签编号是秤签条码里商品的那几位数字，最多 6 位。", "The label code is the item's digits on the scale's labels, at most 6.")
}

extension Unit {
  /// Units that measure instead of counting: goods in them are no pieces.
  static let measures: Set<Unit> = [.kilogram, .gram, .litre, .millilitre, .jin]
}

/// One line of an order whose goods are weighed.
package struct WeighedLine: Sendable, Hashable {
  package let terms: WeighedTerms
  /// What the goods weighed; nil until they were on the scale.
  package var weight: Weight?

  package struct Weight: Sendable, Hashable {
    /// Of the whole line.
    package let grams: Int64
    /// What is charged: never more than the household agreed to by ordering, or later.
    package let charged: Money
    /// What the household agreed to pay when the goods turned out to be heavier than it had to expect.
    package let agreed: Money?
  }

  package init(_ terms: WeighedTerms, weight: Weight? = nil) {
    self.terms = terms
    self.weight = weight
  }

  /// What is charged for so many pieces, as far as is known: their estimate until they are weighed.
  /// - Throws: `money.overflow`.
  package func amount(of pieces: Int64, at price: Money) throws -> Money {
    guard pieces > 0 else { return .zero }
    if let weight { return weight.charged }
    return try terms.estimate(of: pieces, at: price).high
  }

  /// What the goods cost by their weight, whether it may be charged or not; nil until they are weighed.
  package func weighedAmount(at price: Money) throws -> Money? {
    guard let weight else { return nil }
    return try WeighedPrice(price, per: terms.basis).amount(grams: weight.grams)
  }

  /// The line once its pieces weighed so much.
  ///
  /// An agreement to more stands when the goods turn out lighter than they were then; heavier ones are asked about anew.
  /// - Throws: `weighed.weight`, `money.overflow`.
  func weighing(_ grams: Int64, pieces: Int64, at price: Money) throws -> WeighedLine {
    let settlement = try settlement(grams, pieces: pieces, at: price)
    guard settlement.needsAgreement else { return with(grams, settlement.chargeable, agreed: nil) }
    if let agreed = weight?.agreed, agreed >= settlement.weighed {
      return with(grams, settlement.weighed, agreed: agreed)
    }
    return with(grams, settlement.chargeable, agreed: nil)
  }

  /// The line once the household agreed to pay for all that was weighed; the same where nothing was asked.
  /// - Throws: `weighed.weight`, `money.overflow`.
  func agreeing(pieces: Int64, at price: Money) throws -> WeighedLine {
    guard let weight, weight.agreed == nil else { return self }
    let settlement = try settlement(weight.grams, pieces: pieces, at: price)
    guard settlement.needsAgreement else { return self }
    return with(weight.grams, settlement.weighed, agreed: settlement.weighed)
  }

  /// What the household would pay if it agreed to all that was weighed; nil where it need not be asked.
  package func asked(at price: Money) throws -> Money? {
    guard let weight, weight.agreed == nil, let weighed = try weighedAmount(at: price),
      weighed > weight.charged
    else { return nil }
    return weighed
  }

  private func settlement(_ grams: Int64, pieces: Int64, at price: Money) throws -> WeighedSettlement {
    guard grams > 0 else { throw Problem.weighedWeight }
    return try WeighedSettlement(
      grams: grams, at: WeighedPrice(price, per: terms.basis),
      estimate: try terms.estimate(of: pieces, at: price), paid: .zero)
  }

  private func with(_ grams: Int64, _ charged: Money, agreed: Money?) -> WeighedLine {
    WeighedLine(terms, weight: Weight(grams: grams, charged: charged, agreed: agreed))
  }
}
