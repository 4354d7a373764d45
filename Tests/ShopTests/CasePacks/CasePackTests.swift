import Kernel
import TestKit
import Testing

@testable import Shop

@Suite struct CasePackTests {
  private static func claim(
    _ number: Int64, _ quantity: Int64, _ tolerance: Int64 = 0, at second: Int64 = 0, order: Int64? = nil
  ) -> CasePack.Claim {
    CasePack.Claim(
      order: OrderID(rawValue: order ?? 100 + number), number: number,
      placedAt: Timestamp(seconds: second), quantity: quantity, tolerance: tolerance)
  }

  private static func claims(_ random: inout SeededGenerator) -> [CasePack.Claim] {
    (1...Int64.random(in: 1...12, using: &random)).map { number in
      claim(
        number, .random(in: 0...7, using: &random), .random(in: 0...4, using: &random),
        at: .random(in: 0...5, using: &random), order: .random(in: 1...9, using: &random))
    }
  }

  private static func terms(_ random: inout SeededGenerator) -> CasePack.Terms {
    CasePack.Terms(
      caseSize: .random(in: 1...9, using: &random),
      minimum: Bool.random(using: &random) ? 0 : .random(in: 0...30, using: &random))
  }

  private static func total(_ shares: [OrderID: CasePack.Share]) -> Int64 {
    shares.values.reduce(0) { $0 + $1.total }
  }

  @Test(arguments: [
    (quantity: 12, tolerance: 0, size: 6, minimum: 0, units: 12, missing: nil),
    (quantity: 13, tolerance: 4, size: 6, minimum: 0, units: 12, missing: CasePack.Missing.toCase(1)),
    (quantity: 13, tolerance: 5, size: 6, minimum: 0, units: 18, missing: nil),
    (quantity: 3, tolerance: 0, size: 6, minimum: 0, units: 0, missing: .toCase(3)),
    (quantity: 0, tolerance: 40, size: 6, minimum: 0, units: 0, missing: nil),
    (quantity: 12, tolerance: 6, size: 6, minimum: 0, units: 12, missing: nil),
    (quantity: 8, tolerance: 3, size: 6, minimum: 12, units: 0, missing: .toMinimum(1)),
    (quantity: 8, tolerance: 4, size: 6, minimum: 12, units: 12, missing: nil),
    (quantity: 3, tolerance: 1, size: 1, minimum: 5, units: 0, missing: .toMinimum(1)),
    (quantity: 3, tolerance: 2, size: 1, minimum: 5, units: 5, missing: nil),
    (quantity: 6, tolerance: 1, size: 6, minimum: 7, units: 0, missing: .toMinimum(5)),
    (quantity: 0, tolerance: 9, size: 1, minimum: 5, units: 0, missing: nil),
    (quantity: 7, tolerance: 0, size: 1, minimum: 5, units: 7, missing: nil),
  ])
  func `units to buy`(
    quantity: Int64, tolerance: Int64, size: Int64, minimum: Int64, units: Int64, missing: CasePack.Missing?
  ) {
    let purchase = CasePack.purchase(
      for: [Self.claim(1, quantity, tolerance)], terms: CasePack.Terms(caseSize: size, minimum: minimum))
    #expect(purchase.units == units)
    #expect(purchase.cases == units / size)
    #expect(purchase.missing == missing)
  }

  @Test func `what is missing is said in words`() {
    #expect(CasePack.Missing.toCase(3).text.chinese == "还差 3 份成一箱")
    #expect(CasePack.Missing.toMinimum(2).text.chinese == "还差 2 份到起订量")
  }

  @Test func `what is wanted comes first in the order of time, then what is tolerated`() {
    let claims = [
      Self.claim(1, 2, 2, at: 30), Self.claim(2, 3, 0, at: 10), Self.claim(3, 2, 5, at: 10),
      Self.claim(4, 1, 1, at: 20),
    ]
    func shares(_ arrived: Int64) -> [[Int64]] {
      let shares = CasePack.share(arrived: arrived, among: claims).shares
      return claims.map { shares[$0.order].map { [$0.wanted, $0.extra] } ?? [] }
    }
    #expect(shares(4) == [[0, 0], [3, 0], [1, 0], [0, 0]])
    #expect(shares(7) == [[1, 0], [3, 0], [2, 0], [1, 0]])
    #expect(shares(12) == [[2, 0], [3, 0], [2, 4], [1, 0]])
    #expect(shares(14) == [[2, 0], [3, 0], [2, 5], [1, 1]])
    #expect(CasePack.share(arrived: 20, among: claims).left == 4)
  }

  @Test func `an order that asks for more later keeps its place for what it asked first`() {
    let claims = [
      Self.claim(1, 2, at: 1, order: 7), Self.claim(2, 2, at: 2, order: 8), Self.claim(3, 2, at: 3, order: 7),
    ]
    let shares = CasePack.share(arrived: 5, among: claims).shares
    #expect(shares == [OrderID(rawValue: 7): .init(wanted: 3), OrderID(rawValue: 8): .init(wanted: 2)])
  }

  @Test func `shares sum to what was bought, or to what arrived of what was asked`() {
    var random = SeededGenerator(seed: 21)
    for _ in 0..<2_000 {
      let claims = Self.claims(&random)
      let purchase = CasePack.purchase(for: claims, terms: Self.terms(&random))
      #expect(Self.total(purchase.shares) == purchase.units)
      let asked = claims.reduce(0) { $0 + $1.quantity + $1.tolerance }
      let arrived = Int64.random(in: 0...(asked + 5), using: &random)
      let sharing = CasePack.share(arrived: arrived, among: claims)
      #expect(Self.total(sharing.shares) + sharing.left == arrived)
      #expect(sharing.left == max(0, arrived - asked))
      #expect(Set(sharing.shares.keys) == Set(claims.map(\.order)))
    }
  }

  @Test func `nobody gets more than they asked, nor tolerated pieces while a wanted one is missing`() {
    var random = SeededGenerator(seed: 22)
    for _ in 0..<2_000 {
      let claims = Self.claims(&random)
      let arrived = Int64.random(in: 0...90, using: &random)
      let shares = CasePack.share(arrived: arrived, among: claims).shares
      var isUnmet = false
      for (order, own) in Dictionary(grouping: claims, by: \.order) {
        let share = shares[order] ?? .init(wanted: -1, extra: -1)
        let wanted = own.reduce(0) { $0 + $1.quantity }
        #expect((0...wanted).contains(share.wanted))
        #expect((0...own.reduce(0) { $0 + $1.tolerance }).contains(share.extra))
        if share.wanted < wanted { isUnmet = true }
      }
      if isUnmet { #expect(shares.values.allSatisfy { $0.extra == 0 }) }
    }
  }

  @Test
  func `no case is opened for tolerances alone, and only whole cases that somebody asked for are bought`() {
    var random = SeededGenerator(seed: 23)
    for _ in 0..<4_000 {
      let claims = Self.claims(&random)
      let terms = Self.terms(&random)
      let wanted = claims.reduce(0) { $0 + $1.quantity }
      let asked = claims.reduce(wanted) { $0 + $1.tolerance }
      let purchase = CasePack.purchase(for: claims, terms: terms)
      #expect(purchase.units == purchase.cases * terms.caseSize)
      #expect(purchase.units <= asked)
      #expect(purchase.units == 0 || purchase.units >= terms.minimum)
      let started = (wanted + terms.caseSize - 1) / terms.caseSize
      let least = (terms.minimum + terms.caseSize - 1) / terms.caseSize
      #expect(purchase.cases <= (wanted == 0 ? 0 : max(started, least)))
      // All that is wanted and fits into whole cases is bought.
      if wanted >= terms.minimum, wanted / terms.caseSize >= least {
        #expect(purchase.cases >= wanted / terms.caseSize)
      }
    }
  }

  @Test func `exactly the missing pieces, wanted or tolerated, buy more`() {
    var random = SeededGenerator(seed: 24)
    var seen = 0
    for _ in 0..<4_000 {
      let claims = Self.claims(&random)
      let terms = Self.terms(&random)
      let purchase = CasePack.purchase(for: claims, terms: terms)
      let missing: Int64
      switch purchase.missing {
      case .toCase(let pieces), .toMinimum(let pieces): missing = pieces
      case nil: continue
      }
      seen += 1
      #expect(missing >= 1)
      for kind in 0...1 {
        func units(_ pieces: Int64) -> Int64 {
          let more = Self.claim(99, kind == 0 ? pieces : 0, kind == 0 ? 0 : pieces, at: 9)
          return CasePack.purchase(for: claims + [more], terms: terms).units
        }
        #expect(units(missing - 1) == purchase.units)
        #expect(units(missing) > purchase.units)
      }
    }
    #expect(seen > 500)
  }

  @Test func `one piece more takes nothing from anybody, and the order of the claims makes no difference`() {
    var random = SeededGenerator(seed: 25)
    for _ in 0..<200 {
      let claims = Self.claims(&random)
      var before = CasePack.share(arrived: 0, among: claims)
      for arrived in Int64(1)...60 {
        let after = CasePack.share(arrived: arrived, among: claims.shuffled(using: &random))
        #expect(after == CasePack.share(arrived: arrived, among: claims))
        #expect(
          before.shares.allSatisfy { order, share in
            after.shares[order].map { $0.wanted >= share.wanted && $0.extra >= share.extra } ?? false
          })
        before = after
      }
    }
  }

  @Test func `claims of one moment are served by their number`() {
    let claims = (1...Int64(6)).map { Self.claim($0, 1, at: 4) }
    let shares = CasePack.share(arrived: 3, among: claims.reversed()).shares
    #expect(claims.map { shares[$0.order]?.wanted } == [1, 1, 1, 0, 0, 0])
  }
}
