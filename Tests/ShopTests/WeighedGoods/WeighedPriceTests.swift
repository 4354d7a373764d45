import Kernel
import TestKit
import Testing

@testable import Shop

@Suite struct WeighedPriceTests {
  @Test(arguments: [
    (1990, WeighedPrice.Basis.kilogram, 685, 1363), (1990, .jin, 685, 2726), (1, .kilogram, 499, 0),
    (1, .kilogram, 500, 1), (1, .jin, 250, 1), (1, .jin, 249, 0), (1280, .jin, 0, 0), (3, .kilogram, 833, 2),
  ])
  func `amounts are rounded half up once`(
    price: Int64, basis: WeighedPrice.Basis, grams: Int64, amount: Int64
  )
    throws
  {
    #expect(try WeighedPrice(.fen(price), per: basis).amount(grams: grams) == .fen(amount))
  }

  @Test func `an amount is off by at most half a fen, never falls with weight, and a jin is half a kilogram`()
    throws
  {
    var random = SeededGenerator(seed: 41)
    for _ in 0..<2_000 {
      let fen = Int64.random(in: 0...100_000, using: &random)
      let grams = Int64.random(in: 0...50_000, using: &random)
      for basis in WeighedPrice.Basis.allCases {
        let price = WeighedPrice(.fen(fen), per: basis)
        let amount = try price.amount(grams: grams).minorUnits
        let twiceOff = 2 * (amount * basis.grams - fen * grams)
        #expect(twiceOff <= basis.grams && twiceOff > -basis.grams)
        #expect(try price.amount(grams: grams + 1).minorUnits >= amount)
      }
      #expect(
        try WeighedPrice(.fen(fen), per: .jin).amount(grams: grams)
          == WeighedPrice(.fen(fen), per: .kilogram).amount(grams: grams * 2))
    }
  }

  @Test func `the estimate is pieces times their typical weight, or both ends of a range`() throws {
    let price = WeighedPrice(.fen(3_000), per: .kilogram)
    let pieces = try WeighedEstimate(
      of: .pieces(3, typicalGrams: 250), at: price, tolerancePercent: 10)
    #expect([pieces.low, pieces.high] == [.fen(2_250), .fen(2_250)])
    #expect([pieces.least, try pieces.most()] == [.fen(2_025), .fen(2_475)])
    let range = try WeighedEstimate(of: .weight(800...1_200), at: price, tolerancePercent: 0)
    #expect([range.low, range.high] == [.fen(2_400), .fen(3_600)])
    #expect([range.least, try range.most()] == [.fen(2_400), .fen(3_600)])
  }

  @Test func `the limits favour the household to the fen`() throws {
    let price = WeighedPrice(.fen(999), per: .kilogram)
    let estimate = try WeighedEstimate(of: .pieces(1, typicalGrams: 1_000), at: price, tolerancePercent: 7)
    // 999 × 1.07 = 1068.93 and 999 × 0.93 = 929.07
    #expect(try estimate.most() == .fen(1_068))
    #expect(estimate.least == .fen(930))
  }

  @Test(arguments: [
    (1_000, WeighedSettlement.Outcome.within, 2_000, 2_000, 0), (1_100, .within, 2_200, 2_200, 200),
    (1_101, .over, 2_202, 2_200, 200), (900, .within, 1_800, 1_800, -200), (899, .under, 1_798, 1_798, -202),
    (5_000, .over, 10_000, 2_200, 200), (0, .under, 0, 0, -2_000),
  ])
  func `within, over and under the tolerance`(
    grams: Int64, outcome: WeighedSettlement.Outcome, weighed: Int64, chargeable: Int64, difference: Int64
  ) throws {
    let price = WeighedPrice(.fen(2_000), per: .kilogram)
    let estimate = try WeighedEstimate(of: .pieces(4, typicalGrams: 250), at: price, tolerancePercent: 10)
    let settlement = try WeighedSettlement(
      grams: grams, at: price, estimate: estimate, paid: .fen(2_000))
    #expect(settlement.outcome == outcome)
    #expect(settlement.weighed == .fen(weighed))
    #expect(settlement.chargeable == .fen(chargeable))
    #expect(settlement.difference == .fen(difference))
    #expect(settlement.needsAgreement == (outcome == .over))
  }

  @Test func `nobody is charged more than they agreed to or than was weighed`() throws {
    var random = SeededGenerator(seed: 42)
    var seen: Set<WeighedSettlement.Outcome> = []
    for _ in 0..<4_000 {
      let price = WeighedPrice(
        .fen(.random(in: 0...20_000, using: &random)), per: Bool.random(using: &random) ? .jin : .kilogram)
      let low = Int64.random(in: 0...2_000, using: &random)
      let quantity: WeighedQuantity =
        Bool.random(using: &random)
        ? .pieces(.random(in: 1...9, using: &random), typicalGrams: .random(in: 1...900, using: &random))
        : .weight(low...(low + .random(in: 1...900, using: &random)))
      let percent = Int64.random(in: 0...100, using: &random)
      let estimate = try WeighedEstimate(of: quantity, at: price, tolerancePercent: percent)
      let paid = Money.fen(.random(in: 0...9_999, using: &random))
      let settlement = try WeighedSettlement(
        grams: .random(in: 0...9_000, using: &random), at: price, estimate: estimate, paid: paid)
      seen.insert(settlement.outcome)
      let weighed = settlement.weighed.minorUnits
      let charged = settlement.chargeable.minorUnits
      #expect(charged <= weighed && charged * 100 <= estimate.high.minorUnits * (100 + percent))
      #expect(try paid.adding(settlement.difference) == settlement.chargeable)
      let isOver = weighed * 100 > estimate.high.minorUnits * (100 + percent)
      let isUnder = weighed * 100 < estimate.low.minorUnits * (100 - percent)
      #expect(settlement.outcome == (isOver ? .over : isUnder ? .under : .within))
      #expect(isOver || settlement.chargeable == settlement.weighed)
    }
    #expect(seen.count == 3)
  }

  @Test func `what cannot be weighed or calculated is refused and does not end the program`() {
    let price = WeighedPrice(.fen(.max), per: .jin)
    func code(_ work: () throws -> some Any) -> String? {
      do {
        _ = try work()
        return nil
      } catch {
        return (error as? Problem)?.code
      }
    }
    #expect(code { try price.amount(grams: -1) } == "weighed.weight")
    #expect(code { try price.amount(grams: 501) } == "money.overflow")
    #expect(code { try WeighedQuantity.pieces(0, typicalGrams: 5).expectedGrams() } == "weighed.weight")
    #expect(code { try WeighedQuantity.pieces(.max, typicalGrams: 2).expectedGrams() } == "weighed.weight")
    #expect(code { try WeighedQuantity.weight(0...0).expectedGrams() } == "weighed.weight")
    #expect(code { try WeighedQuantity.weight(-1...5).expectedGrams() } == "weighed.weight")
    #expect(
      code { try WeighedEstimate(of: .weight(0...500), at: price, tolerancePercent: 1).most() }
        == "money.overflow")
    for percent in [Int64(-1), 101] {
      #expect(
        code { try WeighedEstimate(of: .weight(0...9), at: price, tolerancePercent: percent) }
          == "weighed.tolerance")
    }
  }
}
