import Kernel
import TestKit
import Testing

@testable import Shop

@Suite("When a standing need is due, and what of it can be had")
struct StandingRulesTests {
  private let variant = VariantID(rawValue: 1)
  private let item = CampaignItemID(rawValue: 10)

  private func standing(_ needs: [StandingNeed]) -> StandingOrder {
    StandingOrder(
      id: StandingOrderID(rawValue: 1), household: HouseholdID(rawValue: 1), person: PersonID(rawValue: 1),
      word: .own, needs: needs, pausedUntil: nil, revision: 1, since: DeskFixture.start, endedAt: nil)
  }

  private func need(_ quantity: Int64, _ rhythm: StandingRhythm = .everyWeek, price: Int64 = 350)
    -> StandingNeed
  {
    StandingNeed(
      variant: variant, quantity: quantity, rhythm: rhythm, price: StandingPrice(.fen(price)))
  }

  @Test("a week runs from Monday to Sunday on the community's clock")
  func weeks() throws {
    let offset = 8 * 3600
    func week(_ text: String) throws -> Int64 {
      StandingRules.week(of: try #require(Timestamp(rfc3339: text)), offsetSeconds: offset)
    }
    let sunday = try week("2026-11-29T15:59:59Z")
    let monday = try week("2026-11-29T16:00:00Z")
    #expect(monday == sunday + 1)
    #expect(try week("2026-11-22T16:00:00Z") == sunday)
    #expect(try week("1969-12-28T15:59:59Z") == -1)
    #expect(try week("1969-12-28T16:00:00Z") == 0)
    // A year's end divides no week.
    #expect(try week("2026-12-31T10:00:00Z") == week("2027-01-01T10:00:00Z"))
  }

  @Test(
    "whatever campaigns come in whatever order, a need is never served more often than its rhythm says",
    arguments: 0..<40)
  func rhythm(_ seed: UInt64) throws {
    var chance = SeededGenerator(seed: seed)
    for rhythm in StandingRhythm.allCases {
      var served: Set<Int64> = []
      let offered = (0..<60).map { _ in Int64.random(in: 0..<40, using: &chance) }
      for week in offered where StandingRules.isDue(need(1, rhythm), in: week, served: served) {
        served.insert(week)
      }
      let weeks = served.sorted()
      #expect(zip(weeks, weeks.dropFirst()).allSatisfy { $1 - $0 >= rhythm.weeks })
      // And never less often: a week that was offered and left out lies close to one that was served.
      #expect(offered.allSatisfy { week in weeks.contains { abs($0 - week) < rhythm.weeks } })
    }
  }

  @Test(
    "what is ordered is never more than is wanted, left, or agreed; looking again changes nothing",
    arguments: 0..<60)
  func plan(_ seed: UInt64) throws {
    var chance = SeededGenerator(seed: seed)
    let needs = (1...6).map { number in
      StandingNeed(
        variant: VariantID(rawValue: number), quantity: Int64.random(in: 1...5, using: &chance),
        rhythm: .everyWeek,
        price: StandingPrice(
          .fen(Int64.random(in: 300...400, using: &chance)), per: Bool.random(using: &chance) ? .jin : nil))
    }
    var offers: [VariantID: StandingRules.Offer] = [:]
    for need in needs where Int.random(in: 0..<5, using: &chance) > 0 {
      offers[need.variant] = StandingRules.Offer(
        item: CampaignItemID(rawValue: need.variant.rawValue + 100),
        price: StandingPrice(
          .fen(Int64.random(in: 300...400, using: &chance)), per: Bool.random(using: &chance) ? .jin : nil),
        left: Bool.random(using: &chance) ? nil : Int64.random(in: 0...6, using: &chance))
    }
    func plan(_ before: [StandingTurn.Line], isOpen: Bool) -> StandingRules.Plan {
      StandingRules.plan(
        standing(needs), isRunning: true, before: before, offers: offers, served: [:], week: 5, isOpen: isOpen
      )
    }
    let early = plan([], isOpen: false)
    #expect(early.fresh.isEmpty)
    let open = plan(early.lines, isOpen: true)
    #expect(open == plan([], isOpen: true), "what was planned before the opening binds nobody")
    #expect(Set(open.lines.map(\.variant)) == Set(offers.keys))
    for line in open.lines {
      let need = try #require(needs.first { $0.variant == line.variant })
      let offer = try #require(offers[line.variant])
      #expect((line.state == .asked) == !need.price.covers(offer.price))
      if line.state == .asked { #expect(line.quantity == 0) }
      #expect(line.quantity <= need.quantity && line.quantity <= offer.left ?? .max)
      #expect((line.state == .soldOut) == (line.quantity == 0 && line.state != .asked))
    }
    #expect(
      Set(open.fresh.map(\.item)) == Set(open.lines.filter { $0.state == .ordered }.map(\.item)))
    let again = plan(open.lines, isOpen: true)
    #expect(again.fresh.isEmpty)
    #expect(Set(again.lines) == Set(open.lines))
    #expect(!StandingRules.isNews(again.lines, since: open.lines))
  }

  @Test("another measure is asked about however cheap it is; a lower price is not")
  func measures() {
    let agreed = StandingPrice(.fen(350), per: .jin)
    #expect(agreed.covers(StandingPrice(.fen(300), per: .jin)))
    #expect(!agreed.covers(StandingPrice(.fen(351), per: .jin)))
    #expect(!agreed.covers(StandingPrice(.fen(300), per: .kilogram)))
    #expect(!agreed.covers(StandingPrice(.fen(300))))
  }

  @Test("a list that is paused or ended keeps what was ordered and gives up what was planned")
  func stopped() {
    let ordered = StandingTurn.Line(
      variant: variant, item: item, wanted: 2, quantity: 2, price: StandingPrice(.fen(350)), state: .ordered)
    var asked = ordered
    asked.state = .asked
    for before in [[ordered], [asked], [ordered, asked]] {
      let plan = StandingRules.plan(
        standing([need(2)]), isRunning: false, before: before, offers: [:], served: [:], week: 1, isOpen: true
      )
      #expect(plan.lines == before.filter { $0.state == .ordered })
      #expect(plan.fresh.isEmpty)
    }
  }
}
