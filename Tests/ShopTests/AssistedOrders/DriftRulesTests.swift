import Kernel
import People
import TestKit
import Testing

@testable import Shop

@Suite("When an order for somebody is unusual")
struct DriftRulesTests {
  private static let noon = Timestamp(seconds: 1_900_000_800 / 86_400 * 86_400 + 4 * 3600)
  private static let china = 8 * 3600

  private func purchase(
    _ fen: Int64, _ merchants: Set<Int64> = [1], at moment: Timestamp = noon
  ) -> DriftRules.Purchase {
    DriftRules.Purchase(
      placedAt: moment, total: .fen(fen), merchants: Set(merchants.map { MerchantID(rawValue: $0) }))
  }

  private func alarms(
    _ order: DriftRules.Purchase, after earlier: [DriftRules.Purchase], refunds: Int = 0
  ) -> [DriftAlarm.Kind] {
    DriftRules.alarms(for: order, after: earlier, refunds: refunds, offsetSeconds: Self.china)
  }

  @Test("what is like every week raises nothing")
  func usual() {
    #expect(alarms(purchase(3_000), after: [purchase(2_500), purchase(3_100), purchase(2_900)]) == [])
    #expect(alarms(purchase(900_000), after: []) == [], "who has nothing yet has no usual sum or merchant")
  }

  @Test("a merchant for the first time")
  func newMerchant() {
    #expect(alarms(purchase(100, [1, 2]), after: [purchase(100, [1])]) == [.newMerchant])
    #expect(alarms(purchase(100, [2]), after: [purchase(100, [1]), purchase(100, [2])]) == [])
  }

  @Test("more than three times the median, whatever the order of the sums and however odd their number")
  func median() {
    var random = SeededGenerator(seed: 4)
    for _ in 0..<500 {
      let sums = (0..<Int.random(in: 3...12, using: &random)).map { _ in
        Int64.random(in: 1...9_999, using: &random)
      }
      let sorted = sums.sorted()
      let twiceMedian = sorted[(sums.count - 1) / 2] + sorted[sums.count / 2]
      let limit = twiceMedian * 3 / 2
      let earlier = sums.shuffled(using: &random).map { Money.fen($0) }
      #expect(!DriftRules.isUnusual(.fen(limit), beside: earlier))
      #expect(DriftRules.isUnusual(.fen(limit + 1), beside: earlier))
      #expect(!DriftRules.isUnusual(.fen(limit + 1), beside: Array(earlier.prefix(2))))
    }
  }

  @Test("at night, by the community's clock")
  func night() {
    let midnight = Timestamp(seconds: Self.noon.seconds / 86_400 * 86_400 - Int64(Self.china))
    for hour in 0..<24 as Range<Int64> {
      let found = alarms(purchase(100, at: midnight + .hours(hour)), after: [])
      #expect(found.contains(.atNight) == (hour >= 22 || hour < 6), "at \(hour)")
    }
  }

  @Test("three claims within a month are many", arguments: [(0, false), (2, false), (3, true), (9, true)])
  func refunds(_ count: Int, _ isMany: Bool) {
    #expect(alarms(purchase(100), after: [], refunds: count).contains(.manyRefunds) == isMany)
  }
}

@Suite("How far somebody orders alone")
struct IndependenceTests {
  private func months(_ counts: [(own: Int, assisted: Int)]) -> Independence {
    Independence(
      counts.enumerated().map {
        Independence.Month(year: 2026, month: $0 + 1, own: $1.own, assisted: $1.assisted)
      })
  }

  @Test("the next step follows the last three months that had orders")
  func steps() {
    #expect(months([]).next == nil)
    #expect(months([(0, 0), (0, 0)]).next == nil)
    #expect(months([(9, 0), (0, 2), (0, 2), (0, 1), (0, 0)]).next == .watch)
    #expect(months([(1, 3), (0, 4)]).next == .together)
    #expect(months([(2, 2), (0, 0), (3, 3)]).next == .nearby)
    #expect(months([(4, 1), (5, 0)]).next == .alone)
  }

  @Test("more orders alone never ask for an earlier step")
  func monotone() {
    for all in 1...20 {
      var last = Independence.Step.watch
      for own in 0...all {
        guard let step = months([(own, all - own)]).next else { continue }
        #expect(step.rawValue >= last.rawValue)
        last = step
      }
      #expect(last == .alone)
    }
  }
}
