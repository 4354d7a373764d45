import Kernel
import TestKit
import Testing

@testable import Shop

/// Discount steps that keep their rules.
func anySteps(_ random: inout SeededGenerator) -> DiscountSteps {
  var (threshold, discount): (Int64, Int64) = (0, 0)
  var steps: [DiscountStep] = []
  for _ in 0..<Int.random(in: 0...DiscountSteps.countLimit, using: &random) {
    discount += Int64.random(in: 1...900, using: &random)
    threshold = max(threshold + 1, 2 * discount + Int64.random(in: 1...4_000, using: &random))
    steps.append(DiscountStep(threshold: .fen(threshold), discount: .fen(discount)))
  }
  return DiscountSteps(steps)
}

@Suite("What is taken off of larger orders")
struct DiscountStepsTests {
  private let steps = DiscountSteps([
    DiscountStep(threshold: .fen(20_000), discount: .fen(2_500)),
    DiscountStep(threshold: .fen(10_000), discount: .fen(1_000)),
  ])

  @Test(
    arguments: [
      (0, 0, nil), (9_999, 0, "再买 ¥0.01 减 ¥10"), (8_750, 0, "再买 ¥12.50 减 ¥10"),
      (10_000, 1_000, "再买 ¥100，一共减 ¥25"), (19_999, 1_000, "再买 ¥0.01，一共减 ¥25"), (20_000, 2_500, nil),
      (90_000, 2_500, nil),
    ] as [(Int64, Int64, String?)])
  func `the highest step that is reached is taken off, and the next is told once`(
    gross: Int64, discount: Int64, missing: String?
  ) throws {
    let sum = try DiscountedSum(.fen(gross), steps)
    #expect(sum.discount == .fen(discount) && sum.total == .fen(gross - discount))
    #expect(DiscountWords.missing(sum)?.chinese == missing)
  }

  @Test(
    arguments: [
      ([(100, 10), (200, 25)], []), ([], []), ([(0, 10)], ["threshold 0", "discount 0"]),
      ([(100, 0)], ["discount 0"]), ([(100, 50)], ["discount 0"]), ([(101, 50)], []),
      ([(100, 10), (100, 25)], ["threshold 1"]), ([(100, 10), (200, 10)], ["discount 1"]),
      ([(100, 10), (200, 20), (300, 30), (400, 40)], ["threshold 3"]),
    ] as [([(Int64, Int64)], [String])])
  func `each part that is wrong is named`(steps: [(Int64, Int64)], refused: [String]) {
    let refusals = DiscountSteps.refusals(
      of: steps.map { DiscountStep(threshold: .fen($0.0), discount: .fen($0.1)) })
    #expect(refusals.map { "\($0.part.rawValue) \($0.step)" } == refused)
  }

  @Test func `the parts sum to the discount, and none is more than its line`() throws {
    var random = SeededGenerator(seed: 601)
    var discounted = 0
    for _ in 0..<3_000 {
      let steps = anySteps(&random)
      #expect(DiscountSteps.refusals(of: steps.all) == [])
      let amounts = (0..<Int.random(in: 1...12, using: &random)).map { _ in
        Money.fen(
          Bool.random(using: &random)
            ? .random(in: 0...3, using: &random) : .random(in: 0...9_000, using: &random))
      }
      let gross = amounts.reduce(Int64(0)) { $0 + $1.minorUnits }
      let parts = try steps.parts(of: amounts)
      #expect(parts.count == amounts.count)
      #expect(parts.reduce(Int64(0)) { $0 + $1.minorUnits } == steps.discount(of: .fen(gross)).minorUnits)
      #expect(zip(parts, amounts).allSatisfy { $0 >= .zero && $0 <= $1 })
      #expect(2 * steps.discount(of: .fen(gross)).minorUnits < max(1, gross))
      discounted += parts.contains { $0 > .zero } ? 1 : 0
    }
    #expect(discounted > 500)
  }

  @Test func `a partial supply takes the discount with it in proportion, and all of it the whole`() throws {
    var random = SeededGenerator(seed: 602)
    for _ in 0..<1_000 {
      let steps = anySteps(&random)
      let lines = try steps.applied(
        to: (0..<Int.random(in: 1...5, using: &random)).map { position in
          line(position, .fen(.random(in: 1...4_000, using: &random)), .random(in: 0...9, using: &random))
        })
      let gross = try lines.reduce(Money.zero) { try $0.adding($1.fullAmount(of: $1.quantity)) }
      let whole = try lines.reduce(Money.zero) { try $0.adding($1.amount()) }
      #expect(try whole == gross.subtracting(steps.discount(of: gross)))
      for line in lines {
        var before = Money.zero
        for pieces in 0...line.quantity {
          var partial = line
          partial.allocated = pieces
          let (full, amount) = (try partial.fullAmount(of: pieces), try partial.amount())
          let off = try full.subtracting(amount)
          #expect(amount >= .zero && off >= .zero && amount >= before)
          let exact = Int128(line.discount?.amount.minorUnits ?? 0) * Int128(full.minorUnits)
          let base = Int128(line.discount?.base.minorUnits ?? 1)
          #expect(Int128(off.minorUnits) * base <= exact && exact < (Int128(off.minorUnits) + 1) * base)
          #expect(try partial.discountNow() == off)
          before = amount
        }
      }
    }
  }

  @Test func `an order that grew into its lines has the parts of one that was placed with them`() throws {
    let odd = DiscountSteps([DiscountStep(threshold: .fen(2_000), discount: .fen(501))])
    let lines = [line(0, .fen(1_000), 1), line(1, .fen(1_000), 1)]
    func parts(_ lines: [OrderLine]) throws -> [CampaignItemID: Money?] {
      Dictionary(uniqueKeysWithValues: try odd.applied(to: lines).map { ($0.item, $0.discount?.amount) })
    }
    #expect(try parts(lines) == parts(lines.reversed()))
    #expect(try odd.applied(to: lines.reversed()).map(\.item) == lines.reversed().map(\.item))
  }

  private func line(_ position: Int, _ price: Money, _ quantity: Int64) -> OrderLine {
    OrderLine(
      position: position, item: CampaignItemID(rawValue: Int64(position)), name: Phrase(same: ""),
      pack: Phrase(same: ""), unit: .bag, price: price, placedQuantity: quantity, quantity: quantity,
      allocated: nil, collected: 0)
  }
}
