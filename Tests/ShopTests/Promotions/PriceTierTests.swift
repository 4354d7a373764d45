import Kernel
import TestKit
import Testing

@testable import Shop

/// Price tiers that keep their rules, for an item at this price.
func anyTiers(below price: Money, _ random: inout SeededGenerator) -> PriceTiers {
  var (quantity, least): (Int64, Int64) = (1, price.minorUnits)
  var tiers: [PriceTier] = []
  for _ in 0..<Int.random(in: 0...PriceTiers.countLimit, using: &random) where least > 1 {
    quantity += Int64.random(in: 1...12, using: &random)
    least = Int64.random(in: max(1, least * 2 / 3)...(least - 1), using: &random)
    tiers.append(PriceTier(quantity: quantity, price: .fen(least)))
  }
  return PriceTiers(tiers)
}

@Suite("Prices that fall when many order")
struct PriceTierTests {
  private let fifty = PriceTier(quantity: 50, price: .fen(750))
  private let hundred = PriceTier(quantity: 100, price: .fen(690))

  @Test(
    arguments: [
      (0, 800, nil, 50), (49, 800, 50, 50), (50, 750, 50, 100), (99, 750, 50, 100), (100, 690, 100, nil),
      (5_000, 690, 100, nil),
    ] as [(Int64, Int64, Int64?, Int64?)])
  func `a tier holds from its number of pieces on`(pieces: Int64, price: Int64, _: Int64?, next: Int64?) {
    let tiers = PriceTiers([hundred, fifty])
    #expect(tiers.price(for: pieces, from: .fen(800)) == .fen(price))
    #expect(tiers.next(after: pieces)?.quantity == next)
  }

  @Test func `more pieces never cost more, and the next tier is the nearest that is missing`() {
    var random = SeededGenerator(seed: 501)
    for _ in 0..<500 {
      let own = Money.fen(.random(in: 2...5_000, using: &random))
      let tiers = anyTiers(below: own, &random)
      #expect(PriceTierRules(price: own, minimum: 0, units: nil).refusals(of: tiers.all) == [])
      var before = own
      for pieces in 0...70 as ClosedRange<Int64> {
        let price = tiers.price(for: pieces, from: own)
        #expect(price <= before && price > .zero && price <= own)
        #expect(price == own || tiers.all.contains { $0.price == price && $0.quantity <= pieces })
        if let next = tiers.next(after: pieces) {
          #expect(tiers.price(for: next.quantity - 1, from: own) == price)
          #expect(tiers.price(for: next.quantity, from: own) < price)
        } else {
          #expect(tiers.price(for: .max, from: own) == price)
        }
        before = price
      }
    }
  }

  @Test(
    arguments: [
      ([(50, 750), (100, 690)], 0, nil, []), ([], 0, nil, []), ([(1, 750)], 0, nil, ["quantity 0"]),
      ([(50, 800)], 0, nil, ["price 0"]), ([(50, 0)], 0, nil, ["price 0"]),
      ([(50, 750), (50, 690)], 0, nil, ["quantity 1"]), ([(50, 750), (100, 750)], 0, nil, ["price 1"]),
      ([(100, 690), (50, 750)], 0, nil, ["quantity 1", "price 1"]),
      // A tier that always holds would make the item's own price one that nobody is ever asked.
      ([(5, 750)], 5, nil, ["quantity 0"]), ([(6, 750)], 5, nil, []),
      // One that can never be reached would be a lure.
      ([(50, 750), (100, 690)], 0, 99, ["quantity 1"]), ([(50, 750), (100, 690)], 0, 100, []),
      ([(10, 790), (20, 780), (30, 770), (40, 760), (50, 750)], 0, nil, ["quantity 4"]),
      ([(1_000_001, 750)], 0, nil, ["quantity 0"]),
    ] as [([(Int64, Int64)], Int64, Int64?, [String])])
  func `each part that is wrong is named`(
    tiers: [(Int64, Int64)], minimum: Int64, units: Int64?, refused: [String]
  ) {
    let refusals = PriceTierRules(price: .fen(800), minimum: minimum, units: units)
      .refusals(of: tiers.map { PriceTier(quantity: $0.0, price: .fen($0.1)) })
    #expect(refusals.map { "\($0.part.rawValue) \($0.tier)" } == refused)
  }

  @Test func `an item's draft takes no tiers that its rules refuse`() {
    #expect(throws: Never.self) {
      try CampaignItemDraft(
        price: .fen(800), stockKind: .limited, units: 100, tiers: PriceTiers([fifty, hundred]))
    }
    let problem = #expect(throws: Problem.self) {
      try CampaignItemDraft(
        price: .fen(800), stockKind: .limited, units: 99, tiers: PriceTiers([fifty, hundred]))
    }
    #expect(problem?.fields.map(\.field) == ["tier_quantity_2"])
    #expect(throws: Problem.self) {
      try CampaignItemDraft(price: .fen(750), stockKind: .onDemand, tiers: PriceTiers([fifty]))
    }
  }

  @Test func `what a line was promised off stays when its price falls, up to what it costs`() {
    var random = SeededGenerator(seed: 502)
    for _ in 0..<2_000 {
      let base = Money.fen(.random(in: 1...20_000, using: &random))
      let amount = Money.fen(.random(in: 1...base.minorUnits, using: &random))
      let lower = Money.fen(.random(in: 0...base.minorUnits, using: &random))
      let rebased = LineDiscount(amount, offOf: base)?.rebased(to: lower)
      #expect(rebased?.amount ?? .zero == min(amount, lower))
      #expect(rebased == nil || rebased?.base == lower)
    }
  }
}
