import Crypto
import Kernel
import TestKit
import Testing

@testable import Shop

@Suite("Sharing a shortage")
struct ShortageSharingTests {
  private static let item = CampaignItemID(rawValue: 77)

  private static func claims(_ random: inout SeededGenerator) -> [ShortageSharing.Claim] {
    (1...Int64.random(in: 1...40, using: &random)).map { number in
      ShortageSharing.Claim(
        order: OrderID(rawValue: 1000 + number), number: number,
        household: HouseholdID(rawValue: number / 2), quantity: .random(in: 0...9, using: &random),
        isProtected: Int.random(in: 0..<4, using: &random) == 0)
    }
  }

  private static func share(
    _ arrived: Int64, _ claims: [ShortageSharing.Claim], _ rule: ShortageRule, seed: String = "seed"
  ) -> ShortageSharing.Result {
    ShortageSharing.share(arrived: arrived, among: claims, of: item, rule: rule, seed: seed)
  }

  @Test(
    "shares sum to what arrived or was ordered, whichever is less, and never exceed a claim",
    arguments: ShortageRule.allCases)
  func conservation(rule: ShortageRule) {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<400 {
      let claims = Self.claims(&random)
      let ordered = claims.reduce(0) { $0 + $1.quantity }
      let arrived = Int64.random(in: 0...(ordered + 5), using: &random)
      let shares = Self.share(arrived, claims, rule).shares
      #expect(shares.values.reduce(0, +) == min(arrived, ordered))
      #expect(shares.count == claims.count)
      for claim in claims {
        let share = shares[claim.order] ?? -1
        #expect((0...claim.quantity).contains(share))
      }
    }
  }

  @Test("the order in which claims are given makes no difference", arguments: ShortageRule.allCases)
  func inputOrder(rule: ShortageRule) {
    var random = SeededGenerator(seed: 12)
    for _ in 0..<200 {
      let claims = Self.claims(&random)
      let arrived = Int64.random(in: 0...100, using: &random)
      #expect(Self.share(arrived, claims, rule) == Self.share(arrived, claims.shuffled(using: &random), rule))
    }
  }

  @Test(
    "one piece more takes nothing from anybody where orders are served in a row",
    arguments: [ShortageRule.firstCome, .lottery])
  func monotone(rule: ShortageRule) {
    var random = SeededGenerator(seed: 13)
    for _ in 0..<100 {
      let claims = Self.claims(&random)
      var before = Self.share(0, claims, rule).shares
      for arrived in Int64(1)...60 {
        let after = Self.share(arrived, claims, rule).shares
        #expect(before.allSatisfy { after[$0.key] ?? -1 >= $0.value })
        before = after
      }
    }
  }

  @Test(
    "in proportion, a larger claim never gets less than a smaller one, and equal claims differ by at most one"
  )
  func proportion() {
    var random = SeededGenerator(seed: 14)
    for _ in 0..<300 {
      let claims = Self.claims(&random)
      let shares = Self.share(.random(in: 0...120, using: &random), claims, .proRata).shares
      for first in claims {
        for second in claims {
          let (one, other) = (shares[first.order] ?? -1, shares[second.order] ?? -1)
          if first.quantity == second.quantity { #expect(abs(one - other) <= 1) }
          if first.quantity > second.quantity { #expect(one >= other) }
        }
      }
    }
  }

  @Test("first come means the lowest numbers are served in full first")
  func firstCome() {
    var random = SeededGenerator(seed: 15)
    for _ in 0..<200 {
      let claims = Self.claims(&random)
      let shares = Self.share(.random(in: 0...60, using: &random), claims, .firstCome).shares
      let firstShort = claims.first { shares[$0.order] != $0.quantity }
      for claim in claims where claim.number > firstShort?.number ?? .max {
        #expect(shares[claim.order] == 0)
      }
    }
  }

  @Test("need first serves protected households in full before anyone else gets a piece")
  func needFirst() {
    var random = SeededGenerator(seed: 16)
    for _ in 0..<300 {
      let claims = Self.claims(&random)
      let ordered = claims.reduce(0) { $0 + $1.quantity }
      let arrived = Int64.random(in: 0...60, using: &random)
      let result = Self.share(arrived, claims, .needFirst)
      let protected = claims.filter(\.isProtected)
      let wanted = protected.reduce(0) { $0 + $1.quantity }
      let got = protected.reduce(0) { $0 + (result.shares[$1.order] ?? -1) }
      #expect(got == min(wanted, arrived))
      #expect(result.reserved == (arrived < ordered ? got : 0))
    }
  }

  @Test("anyone can replay the lottery from the published bytes")
  func lotteryReplay() {
    var random = SeededGenerator(seed: 17)
    for round in 0..<50 {
      let claims = Self.claims(&random)
      let arrived = Int64.random(in: 0...80, using: &random)
      let seed = "暖邻-\(round)"
      let replayed = claims.sorted {
        let tickets = [$0, $1].map {
          Array(SHA256.hash(data: Array("\(seed)|\(Self.item)|\($0.order)".utf8)))
        }
        return tickets[0].lexicographicallyPrecedes(tickets[1])
      }
      var left = arrived
      let shares = Self.share(arrived, claims, .lottery, seed: seed).shares
      for claim in replayed {
        #expect(shares[claim.order] == min(left, claim.quantity))
        left -= min(left, claim.quantity)
      }
    }
  }

  @Test("a lottery favours no number: over many seeds each of ten equal orders wins about equally often")
  func lotteryFairness() {
    let claims = (1...Int64(10)).map {
      ShortageSharing.Claim(
        order: OrderID(rawValue: $0), number: $0, household: HouseholdID(rawValue: $0), quantity: 1)
    }
    var wins: [OrderID: Int] = [:]
    for seed in 0..<4000 {
      for (order, share) in Self.share(3, claims, .lottery, seed: "\(seed)").shares where share == 1 {
        wins[order, default: 0] += 1
      }
    }
    for claim in claims { #expect((1080...1320).contains(wins[claim.order] ?? 0)) }
  }
}
