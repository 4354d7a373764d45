import Kernel
import TestKit
import Testing

@testable import Shop

@Suite("The rules of after-sales")
struct ClaimRulesTests {
  static let now = Timestamp(seconds: 1_900_000_000)

  static func line(_ collected: Int64, price: Int64, givenBack: GivenBack = .nothing) -> OrderLine {
    var line = OrderLine(
      position: 0, item: CampaignItemID(rawValue: 1), name: Phrase(same: "鸡蛋"), pack: Phrase(same: ""),
      unit: .piece, price: .fen(price), placedQuantity: collected, quantity: collected, allocated: collected,
      collected: collected)
    line.givenBack = givenBack
    return line
  }

  static func claim(
    _ pieces: Int64, state: Claim.State = .open, level: Claim.Level = .leader, refunded: Money = .zero,
    household: Int64 = 5, reportedBy: Int64 = 50
  ) -> Claim {
    Claim(
      id: ClaimID(rawValue: 1), order: OrderID(rawValue: 1), campaign: CampaignID(rawValue: 1),
      household: HouseholdID(rawValue: household), reportedBy: PersonID(rawValue: reportedBy), position: 0,
      merchant: MerchantID(rawValue: 3), leader: PersonID(rawValue: 7), fault: .spoiled, pieces: pieces,
      wish: .refund, note: "", hasPicture: false, reportedAt: now, state: state, level: level, dueAt: nil,
      refunded: refunded, promised: nil, sequence: 1)
  }

  @Test("pieces reported one by one are worth no less than all of them, and never more than a fen each")
  func worth() throws {
    var random = SeededGenerator(seed: 20)
    for _ in 0..<500 {
      let collected = Int64.random(in: 1...40, using: &random)
      var line = Self.line(collected, price: Int64.random(in: 1...9_999, using: &random))
      let full = try line.amount()
      line.discount = LineDiscount(
        .fen(Int64.random(in: 0...full.minorUnits, using: &random)), offOf: full)
      let whole = try ClaimRules.worth(of: collected, in: line)
      #expect(try whole == line.handedOver())
      let single = try ClaimRules.worth(of: 1, in: line)
      #expect(single.minorUnits * collected >= whole.minorUnits)
      #expect(single.minorUnits * collected < whole.minorUnits + collected)
      var last = Money.zero
      for pieces in 1...collected {
        let worth = try ClaimRules.worth(of: pieces, in: line)
        #expect(worth >= last)
        last = worth
      }
    }
  }

  @Test("whatever is given back in whatever order, the household never gets more than the line cost")
  func never() throws {
    var random = SeededGenerator(seed: 21)
    for _ in 0..<500 {
      let collected = Int64.random(in: 1...20, using: &random)
      var line = Self.line(collected, price: Int64.random(in: 1...5_000, using: &random))
      let paid = try line.kept()
      var claims = (0..<Int64.random(in: 1...6, using: &random)).map { _ in
        Self.claim(Int64.random(in: 1...collected, using: &random))
      }
      var given = Money.zero
      for _ in 0..<12 {
        guard let index = claims.indices.randomElement(using: &random) else { break }
        let most = try ClaimRules.refundable(claims[index], line)
        #expect(most >= .zero)
        let amount = Money.fen(Int64.random(in: 0...most.minorUnits, using: &random))
        claims[index].refunded = try claims[index].refunded.adding(amount)
        given = try given.adding(amount)
        if Bool.random(using: &random) {
          line.givenBack.returned = try line.givenBack.returned.adding(amount)
        } else {
          line.givenBack.compensated = try line.givenBack.compensated.adding(amount)
        }
      }
      #expect(given <= paid)
      #expect(try line.kept() == paid.subtracting(given))
    }
  }

  @Test("what is kept of pieces that nobody fetched is not given back for those that somebody did")
  func fetchedOnly() throws {
    var line = Self.line(2, price: 500)
    line.quantity = 5
    line.allocated = 5
    line.forfeited = .fen(750)
    #expect(try line.kept() == .fen(1_750))
    #expect(try ClaimRules.refundable(Self.claim(2), line) == .fen(1_000))
    line.givenBack.returned = .fen(400)
    #expect(try ClaimRules.refundable(Self.claim(2, refunded: .fen(400)), line) == .fen(600))
  }

  @Test("a line can be reported for what was collected, once")
  func reportable() {
    let line = Self.line(5, price: 100)
    #expect(ClaimRules.reportable(line, []) == 5)
    #expect(ClaimRules.reportable(line, [Self.claim(2), Self.claim(2, state: .declined)]) == 1)
    #expect(ClaimRules.reportable(line, [Self.claim(5, state: .withdrawn)]) == 5)
    #expect(ClaimRules.reportable(line, [Self.claim(5, state: .refunded)]) == 0)
  }

  @Test("nobody answers for their own household, and only whoever is asked answers, or the committee")
  func actors() throws {
    func actor(
      _ person: Int64, _ roles: Set<Role>, household: Int64? = nil, merchants: [Int64] = [],
      _ level: Claim.Level, _ state: Claim.State = .open
    ) -> ClaimActor? {
      ClaimActor(
        person: PersonID(rawValue: person), roles: roles, household: household.map(HouseholdID.init),
        merchants: merchants.map(MerchantID.init), for: Self.claim(1, state: state, level: level))
    }
    #expect(actor(7, [.leader], .leader)?.level == .leader)
    #expect(actor(8, [.leader], .leader) == nil)
    #expect(actor(7, [.leader], .merchant) == nil)
    #expect(actor(7, [.leader], .committee) == nil)
    #expect(actor(7, [.leader], .merchant, .replacing)?.level == .leader)
    #expect(actor(9, [.merchant], merchants: [3], .merchant)?.level == .merchant)
    #expect(actor(9, [.merchant], merchants: [4], .merchant) == nil)
    #expect(actor(9, [.merchant], merchants: [3], .leader) == nil)
    #expect(actor(10, [.committee], .leader)?.level == .committee)
    #expect(actor(10, [.committee], household: 5, .committee) == nil)
    #expect(actor(7, [.leader], household: 5, .leader) == nil)
    #expect(actor(50, [.committee], .committee) == nil)
    #expect(actor(11, [.resident, .courier, .socialWorker], .leader) == nil)
  }

  @Test("what was promised of a visit is the merchant's own to do, whoever stands for it")
  func visits() throws {
    for state in [Claim.State.open, .replacing, .returning] {
      var claim = Self.claim(1, state: state, level: .merchant)
      claim.isVisit = true
      #expect(claim.acting == .merchant)
      let host = ClaimActor(
        person: PersonID(rawValue: 7), roles: [.leader, .merchant], household: nil,
        merchants: [MerchantID(rawValue: 3)], for: claim)
      #expect(host?.level == .merchant && host?.role == .merchant)
    }
  }

  @Test("who bears it is the committee's to decide beyond merchant and leader")
  func bearers() throws {
    let line = Self.line(2, price: 500)
    func problems(_ remedy: Remedy, _ level: Claim.Level) throws -> [String] {
      let claim = Self.claim(2, level: level)
      let (person, roles): (Int64, Set<Role>) =
        switch level {
        case .leader: (7, [.leader])
        case .merchant: (9, [.merchant])
        case .committee: (10, [.committee])
        }
      let actor = try #require(
        ClaimActor(
          person: PersonID(rawValue: person), roles: roles, household: nil,
          merchants: [MerchantID(rawValue: 3)], for: claim))
      do {
        try ClaimRules.check(remedy, of: claim, line, by: actor, now: Self.now)
        return []
      } catch let problem as Problem { return problem.fields.map(\.field) }
    }
    func refund(_ amount: Int64, _ bearer: Remedy.Bearer) -> Remedy {
      .refund(.init(amount: .fen(amount), bearer: bearer))
    }
    #expect(try problems(refund(1_000, .merchant), .leader) == [])
    #expect(try problems(refund(1_000, .leader), .leader) == [])
    #expect(try problems(refund(1_000, .community), .leader) == ["bearer"])
    #expect(try problems(refund(1_000, .leader), .merchant) == ["bearer"])
    #expect(try problems(refund(1_000, .community), .committee) == [])
    #expect(try problems(refund(1_001, .merchant), .leader) == ["amount"])
    #expect(try problems(refund(0, .merchant), .leader) == ["amount"])
    #expect(try problems(.decline(reason: "不"), .leader) == ["reason"])
    #expect(try problems(.replacement(until: Self.now), .leader) == ["until"])
    #expect(try problems(.replacement(until: Self.now + .days(15)), .leader) == ["until"])
    #expect(try problems(.replacement(until: Self.now + .days(2)), .leader) == [])
  }

  @Test("what is kept of goods that nobody fetched is the campaign's part of them, and only of what was paid")
  func forfeiting() throws {
    var random = SeededGenerator(seed: 22)
    for _ in 0..<200 {
      var line = Self.line(0, price: Int64.random(in: 1...5_000, using: &random))
      line.quantity = Int64.random(in: 1...9, using: &random)
      line.allocated = line.quantity
      var order = Order(
        id: OrderID(rawValue: 1), campaign: CampaignID(rawValue: 1), number: 1,
        household: HouseholdID(rawValue: 1), person: PersonID(rawValue: 1), placedBy: PersonID(rawValue: 1),
        authority: .household,
        clientKey: "", requestDigest: [], placedAt: Self.now, placedTotal: .zero, total: try line.amount(),
        note: "", fulfilment: .uncollected, paymentMethod: .cashAtPickup, payment: .received, revision: 1,
        pickupGeneration: 1, pickupFailures: 0, lines: [line])
      let rate = try #require(Rate(basisPoints: Int64.random(in: 0...10_000, using: &random)))
      let after = try order.forfeiting(rate, paid: order.total)
      let kept = try after.lines[0].kept().minorUnits
      let exact = order.total.minorUnits * rate.basisPoints
      #expect(kept * Rate.whole <= exact + Rate.whole && kept * Rate.whole >= exact - Rate.whole)
      #expect(try after.outstanding() == .zero)
      #expect(after.payment == (kept == 0 ? .void : .received))
      order.payment = .due
      #expect(try order.forfeiting(rate, paid: .zero).lines[0].kept() == .zero)
    }
  }

  @Test("the public clock counts what was answered in time, what was not, and what is still waiting")
  func clock() {
    let day = Duration.days(1)
    func turn(_ began: Int64, answered hours: Int64?) -> ClaimTurn {
      let start = Self.now - .hours(began)
      return ClaimTurn(
        beganAt: start, dueAt: start + day, answeredAt: hours.map { start + .hours($0) })
    }
    let clock = AnswerClock(
      [
        turn(100, answered: 2), turn(90, answered: 6), turn(80, answered: 30), turn(70, answered: nil),
        turn(3, answered: nil),
      ], now: Self.now)
    #expect(clock.inTime == 2 && clock.late == 2 && clock.waiting == 1 && clock.answered == 4)
    #expect(clock.median == .hours(6))
    #expect(AnswerClock([], now: Self.now).median == nil)
  }
}
