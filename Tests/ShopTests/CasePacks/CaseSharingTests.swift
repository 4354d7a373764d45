import Kernel
import TestKit
import Testing

@testable import Shop

@Suite("Sharing what came of a case")
struct CaseSharingTests {
  private static let item = CampaignItemID(rawValue: 77)

  private static func claims(_ random: inout SeededGenerator) -> [ShortageSharing.Claim] {
    (1...Int64.random(in: 1...20, using: &random)).map { number in
      ShortageSharing.Claim(
        order: OrderID(rawValue: 1000 + number), number: number, household: HouseholdID(rawValue: number / 2),
        quantity: .random(in: 0...5, using: &random),
        extras: (0..<Int.random(in: 0...2, using: &random)).map { turn in
          ShortageSharing.Extra(
            askedAt: Timestamp(seconds: .random(in: 0...9, using: &random)),
            number: number * 10 + Int64(turn), pieces: .random(in: 1...3, using: &random))
        }, isProtected: Int.random(in: 0..<4, using: &random) == 0)
    }
  }

  private static func share(
    _ arrived: Int64, _ claims: [ShortageSharing.Claim], _ rule: ShortageRule
  ) -> ShortageSharing.Result {
    ShortageSharing.share(arrived: arrived, among: claims, of: item, rule: rule, seed: "seed")
  }

  @Test(
    "shares sum to what arrived or was bought, and no extra piece is served before a wanted one",
    arguments: ShortageRule.allCases)
  func wantedComesFirst(rule: ShortageRule) {
    var random = SeededGenerator(seed: 41)
    for _ in 0..<500 {
      let claims = Self.claims(&random)
      let held = claims.reduce(0) { $0 + $1.held }
      let wanted = claims.reduce(0) { $0 + $1.quantity }
      let arrived = Int64.random(in: 0...(held + 3), using: &random)
      let shares = Self.share(arrived, claims, rule).shares
      #expect(shares.values.reduce(0, +) == min(arrived, held))
      for claim in claims {
        let share = shares[claim.order] ?? -1
        #expect((0...claim.held).contains(share))
        if arrived < wanted { #expect(share <= claim.quantity) } else { #expect(share >= claim.quantity) }
      }
    }
  }

  @Test("wanted pieces are shared as if there were no extras", arguments: ShortageRule.allCases)
  func wantedFollowsTheRule(rule: ShortageRule) {
    var random = SeededGenerator(seed: 42)
    for _ in 0..<300 {
      let claims = Self.claims(&random)
      let plain = claims.map {
        ShortageSharing.Claim(
          order: $0.order, number: $0.number, household: $0.household, quantity: $0.quantity,
          isProtected: $0.isProtected)
      }
      let wanted = claims.reduce(0) { $0 + $1.quantity }
      let arrived = Int64.random(in: 0...wanted, using: &random)
      #expect(Self.share(arrived, claims, rule) == Self.share(arrived, plain, rule))
    }
  }

  @Test("extras come in the order of time, whatever the rule", arguments: ShortageRule.allCases)
  func extrasFollowTime(rule: ShortageRule) {
    var random = SeededGenerator(seed: 43)
    for _ in 0..<300 {
      let claims = Self.claims(&random)
      let wanted = claims.reduce(0) { $0 + $1.quantity }
      let held = claims.reduce(0) { $0 + $1.held }
      let arrived = Int64.random(in: wanted...held, using: &random)
      var left = arrived - wanted
      var expected = Dictionary(uniqueKeysWithValues: claims.map { ($0.order, $0.quantity) })
      // Piece by piece, the earliest first.
      let turns = claims.flatMap { claim in claim.extras.map { (order: claim.order, extra: $0) } }
        .sorted { ($0.extra.askedAt, $0.extra.number) < ($1.extra.askedAt, $1.extra.number) }
      for turn in turns {
        for _ in 0..<turn.extra.pieces where left > 0 {
          expected[turn.order, default: 0] += 1
          left -= 1
        }
      }
      #expect(Self.share(arrived, claims.shuffled(using: &random), rule).shares == expected)
    }
  }

  @Test("fewer pieces than were bought go to those who would have had them when the case was filled")
  func agreesWithTheFilling() {
    var random = SeededGenerator(seed: 44)
    for _ in 0..<500 {
      let claims = (1...Int64.random(in: 1...10, using: &random)).map { number in
        CasePack.Claim(
          order: OrderID(rawValue: .random(in: 1...6, using: &random)), number: number,
          placedAt: Timestamp(seconds: .random(in: 0...5, using: &random)),
          quantity: .random(in: 0...4, using: &random), tolerance: .random(in: 0...4, using: &random))
      }
      let purchase = CasePack.purchase(
        for: claims, terms: CasePack.Terms(caseSize: .random(in: 1...8, using: &random)))
      let extras = CaseExtras(claims)
      let held = purchase.shares.keys.sorted().enumerated().map { number, order in
        let share = purchase.shares[order] ?? .init()
        return ShortageSharing.Claim(
          order: order, number: Int64(number), household: HouseholdID(rawValue: 1), quantity: share.wanted,
          extras: extras.first(share.extra, of: order))
      }
      let wanted = held.reduce(0) { $0 + $1.quantity }
      #expect(held.reduce(0) { $0 + $1.held } == purchase.units)
      #expect(held.allSatisfy { $0.extras.allSatisfy { $0.number != .max } })
      let arrived = Int64.random(in: min(wanted, purchase.units)...purchase.units, using: &random)
      let shared = Self.share(arrived, held, .firstCome).shares
      #expect(shared == CasePack.share(arrived: arrived, among: claims).shares.mapValues(\.total))
    }
  }

  @Test("pieces whose turn nobody recorded come last and are not lost")
  func unrecordedTurnsComeLast() {
    let claim = CasePack.Claim(
      order: OrderID(rawValue: 1), number: 4, placedAt: Timestamp(seconds: 9), quantity: 1, tolerance: 1)
    let extras = CaseExtras([claim]).first(3, of: claim.order)
    #expect(extras.map(\.pieces) == [1, 2])
    #expect(extras.map(\.number) == [4, .max])
    #expect(CaseExtras([]).first(0, of: claim.order).isEmpty)
  }
}
