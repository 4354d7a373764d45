import Database
import Kernel
import Ledger
import People
import Shop
import TestKit
import Testing

@testable import NuanlinServer

/// What after-sales does to money: everything that is given back comes from somebody, and nothing is given back twice.
@Suite("After-sales, in the books")
struct AfterSalesMoneyTests {
  private static let terms = CampaignTerms(commission: Rate(basisPoints: 1_000) ?? .none)

  /// The leader has 10 %, the community 2 %. One order of 10 pieces at ¥1.00 and 3 at ¥2.50, collected and paid in cash: ¥17.50.
  private func with(
    _ engine: TestEngine, _ body: (Shopping, OrderID) async throws -> Void
  ) async throws {
    try await Shopping.with(
      engine, offers: [.init(price: .fen(100)), .init(price: .fen(250))], terms: Self.terms
    ) { shopping in
      let order = try await shopping.place(0, [10, 3])
      try await shopping.arrive([10, 3])
      try await shopping.handOver(order)
      try await body(shopping, order)
    }
  }

  @Test(
    "goods that count as returned are charged to all who had a part in them", arguments: TestEngine.available)
  func chargeBack(engine: TestEngine) async throws {
    try await with(engine) { shopping, order in
      #expect(try await shopping.parts()[.merchant(shopping.merchant)] == .fen(1_540))
      let claim = try await shopping.report(order, line: 0, pieces: 4)
      #expect(claim.level == .leader && claim.state == .open)
      let answered = try await shopping.answer(claim, .refund(.init(amount: .fen(400), bearer: .merchant)))
      #expect(answered.state == .refunded && answered.refunded == .fen(400))
      #expect(try await shopping.parts()[.merchant(shopping.merchant)] == .fen(1_540 - 352))
      #expect(try await shopping.parts()[.person(shopping.leader)] == .fen(175 - 40))
      let after = try await shopping.order(order)
      #expect(after.total == .fen(1_350) && after.payment == .received)
      #expect(try await shopping.paid(order) == .fen(1_350))
      #expect(try await shopping.statement().refundDue == .fen(400))
      #expect(try await shopping.statement().addsUp)
      #expect(try await shopping.breaches() == [])
    }
  }

  @Test(
    "what the leader or the community makes up for leaves the merchant's part alone",
    arguments: TestEngine.available)
  func compensation(engine: TestEngine) async throws {
    try await with(engine) { shopping, order in
      let claim = try await shopping.report(order, line: 1, pieces: 1)
      _ = try await shopping.answer(claim, .refund(.init(amount: .fen(250), bearer: .leader)))
      #expect(try await shopping.parts()[.merchant(shopping.merchant)] == .fen(1_540))
      #expect(try await shopping.parts()[.person(shopping.leader)] == .fen(175 - 250))
      let other = try await shopping.report(order, line: 0, pieces: 10)
      _ = try await shopping.answer(
        other, .refund(.init(amount: .fen(99), bearer: .community)), by: shopping.committee, [.committee])
      #expect(try await shopping.parts()[.community] == .fen(35 - 99))
      #expect(try await shopping.order(order).total == .fen(1_750 - 250 - 99))
      #expect(try await shopping.statement().addsUp)
      #expect(try await shopping.breaches() == [])
    }
  }

  @Test(
    "a refund after settlement and after the payout is taken from the next campaign",
    arguments: TestEngine.available)
  func afterPayout(engine: TestEngine) async throws {
    try await with(engine) { shopping, order in
      let claim = try await shopping.report(order, line: 0, pieces: 10)
      try await shopping.finish()
      try await shopping.mature()
      try await shopping.database.write(in: shopping.house.community) { transaction in
        _ = try PayoutStore.pay(
          .fen(1_540), to: .merchant(shopping.merchant), by: .bank, reference: "T1",
          actor: Actor(person: shopping.committee, role: .committee), in: transaction)
      }
      // Nobody answered in time: the claim is the committee's by now.
      try await shopping.passOn(claim)
      try await shopping.passOn(claim)
      let waiting = try await shopping.claim(claim.id)
      #expect(waiting.level == .committee && waiting.state == .open)
      _ = try await shopping.answer(
        waiting, .refund(.init(amount: .fen(1_000), bearer: .merchant)), by: shopping.committee, [.committee])
      #expect(try await shopping.balance(Account(.payable, .merchant(shopping.merchant))) == .fen(880))
      #expect(try await shopping.statement().addsUp)
      #expect(try await shopping.breaches() == [])
      let problem = await #expect(throws: Problem.self) {
        try await shopping.database.write(in: shopping.house.community) { transaction in
          _ = try PayoutStore.pay(
            .fen(1), to: .merchant(shopping.merchant), by: .bank, reference: "T2",
            actor: Actor(person: shopping.committee, role: .committee), in: transaction)
        }
      }
      #expect(problem?.fields.map(\.field) == ["amount"])
    }
  }

  @Test(
    "two who answer at once, and one who clicks twice, give the money back once",
    arguments: TestEngine.available)
  func race(engine: TestEngine) async throws {
    try await with(engine) { shopping, order in
      let claim = try await shopping.report(order, line: 0, pieces: 10)
      let remedy = Remedy.refund(.init(amount: .fen(1_000), bearer: .merchant))
      let answers = await withTaskGroup(of: String?.self) { group in
        for number in 0..<6 {
          group.addTask {
            do {
              if number.isMultiple(of: 2) {
                _ = try await shopping.answer(claim, remedy)
              } else {
                _ = try await shopping.answer(claim, remedy, by: shopping.committee, [.committee])
              }
              return nil
            } catch let problem as Problem {
              return problem.code
            } catch { return "other" }
          }
        }
        return await group.reduce(into: [String?]()) { $0.append($1) }
      }
      #expect(answers.count { $0 == nil } == 1)
      #expect(answers.allSatisfy { $0 == nil || $0 == "claim.stale" })
      #expect(try await shopping.statement().refundDue == .fen(1_000))
      #expect(try await shopping.breaches() == [])
    }
  }

  @Test(
    "whoever comes after the committee is told so, and a stranger learns nothing",
    arguments: TestEngine.available)
  func afterTheCommittee(engine: TestEngine) async throws {
    try await with(engine) { shopping, order in
      let claim = try await shopping.report(order, line: 0, pieces: 10)
      let remedy = Remedy.refund(.init(amount: .fen(1_000), bearer: .merchant))
      _ = try await shopping.answer(claim, remedy, by: shopping.committee, [.committee])
      let late = await #expect(throws: Problem.self) { _ = try await shopping.answer(claim, remedy) }
      #expect(late?.code == "claim.stale")
      let stranger = await #expect(throws: Problem.self) {
        _ = try await shopping.answer(claim, remedy, by: PersonID(rawValue: 1), [.leader])
      }
      #expect(stranger?.code == "not_found")
    }
  }

  @Test(
    "the same report twice is one claim, and another one finds nothing left", arguments: TestEngine.available)
  func once(engine: TestEngine) async throws {
    try await with(engine) { shopping, order in
      let claim = try await shopping.report(order, line: 1, key: "the-same-report-twice")
      let again = try await shopping.report(order, line: 1, key: "the-same-report-twice")
      #expect(claim.id == again.id)
      let problem = await #expect(throws: Problem.self) { try await shopping.report(order, line: 1) }
      #expect(problem?.code == "claim.already")
      let other = await #expect(throws: Problem.self) {
        try await shopping.report(order, line: 0, buyer: 1)
      }
      #expect(other?.code == "not_found")
    }
  }

  @Test(
    "nobody answers, so it goes from the leader to the merchant to the committee by itself",
    arguments: TestEngine.available)
  func escalation(engine: TestEngine) async throws {
    try await with(engine) { shopping, order in
      let claim = try await shopping.report(order, line: 0)
      let jobs = JobRunner(shopping.database, handlers: shopping.shop.jobs)
      func level() async throws -> Claim.Level { try await shopping.claim(claim.id).level }
      try await jobs.runDue()
      #expect(try await level() == .leader)
      shopping.clock.move(to: claim.reportedAt + .hours(24))
      try await jobs.runDue()
      #expect(try await level() == .merchant)
      let late = await #expect(throws: Problem.self) {
        try await shopping.answer(claim, .decline(reason: "当时都是好的，请谅解"))
      }
      #expect(late?.code == "claim.stale", "who read it while it was still theirs is told that it went on")
      let current = try await shopping.claim(claim.id)
      let again = await #expect(throws: Problem.self) {
        try await shopping.answer(current, .decline(reason: "当时都是好的，请谅解"))
      }
      #expect(again?.code == "not_found")
      shopping.clock.move(to: claim.reportedAt + .hours(48))
      try await jobs.runDue()
      #expect(try await level() == .committee)
      shopping.clock.move(to: claim.reportedAt + .hours(24 * 6))
      try await jobs.runDue()
      let waiting = try await shopping.claim(claim.id)
      #expect(waiting.level == .committee && waiting.state == .open)
      let clock = try await shopping.database.read {
        try AnswerClock.read(of: .leader(shopping.leader), in: shopping.house.community, $0)
      }
      #expect(clock.late == 1 && clock.inTime == 0 && clock.waiting == 0)
    }
  }

  @Test(
    "a household that is not content goes on, until the committee has spoken", arguments: TestEngine.available
  )
  func appeal(engine: TestEngine) async throws {
    try await with(engine) { shopping, order in
      var claim = try await shopping.report(order, line: 0)
      claim = try await shopping.answer(claim, .decline(reason: "当时都是好的，请谅解"))
      claim = try await shopping.appeal(claim)
      #expect(claim.level == .merchant && claim.state == .open)
      claim = try await shopping.answer(
        claim, .refund(.init(amount: .fen(100), bearer: .merchant)), by: shopping.seller, [.merchant])
      claim = try await shopping.appeal(claim)
      claim = try await shopping.answer(
        claim, .refund(.init(amount: .fen(900), bearer: .community)), by: shopping.committee, [.committee])
      #expect(claim.refunded == .fen(1_000))
      #expect(try await shopping.order(order).total == .fen(750))
      let over = await #expect(throws: Problem.self) { try await shopping.appeal(claim) }
      #expect(over?.code == "claim.no_appeal")
      #expect(try await shopping.breaches() == [])
    }
  }

  @Test(
    "a replacement that does not come, and goods that do not come back, have their end",
    arguments: TestEngine.available)
  func promises(engine: TestEngine) async throws {
    try await with(engine) { shopping, order in
      let eggs = try await shopping.report(order, line: 0, pieces: 2)
      _ = try await shopping.answer(eggs, .replacement(until: shopping.clock.now + .days(2)))
      let milk = try await shopping.report(order, line: 1, pieces: 1)
      _ = try await shopping.answer(
        milk, .refund(.init(amount: .fen(250), bearer: .merchant, isOnReturn: true)))
      let other = try await shopping.report(order, line: 1, pieces: 1)
      _ = try await shopping.answer(
        other, .refund(.init(amount: .fen(250), bearer: .merchant, isOnReturn: true)))
      #expect(try await shopping.paid(order) == .fen(1_750))
      let back = try await shopping.cameBack(try await shopping.claim(other.id))
      #expect(back.state == .refunded)
      #expect(try await shopping.paid(order) == .fen(1_500))
      shopping.clock.move(to: shopping.clock.now + .days(8))
      try await JobRunner(shopping.database, handlers: shopping.shop.jobs).runDue()
      #expect(try await shopping.claim(eggs.id).state == .refunded)
      #expect(try await shopping.claim(milk.id).state == .declined)
      #expect(try await shopping.order(order).total == .fen(1_750 - 250 - 200))
      #expect(try await shopping.breaches() == [])
    }
  }

  @Test("an order that is not paid for owes less", arguments: TestEngine.available)
  func unpaid(engine: TestEngine) async throws {
    try await Shopping.with(engine, offers: [.init(price: .fen(333))], terms: Self.terms) { shopping in
      let order = try await shopping.place(0, [3])
      try await shopping.prepay(order)
      try await shopping.arrive([3])
      try await shopping.handOver(order)
      let claim = try await shopping.report(order, line: 0, pieces: 1)
      _ = try await shopping.answer(claim, .refund(.init(amount: .fen(333), bearer: .merchant)))
      #expect(try await shopping.paid(order) == .fen(666))
      #expect(try await shopping.parts()[.merchant(shopping.merchant)] == .fen(586))
      #expect(try await shopping.breaches() == [])
    }
  }

  @Test("what nobody fetched goes back, less what the campaign said is kept", arguments: TestEngine.available)
  func uncollected(engine: TestEngine) async throws {
    var terms = Self.terms
    terms.uncollected = Rate(basisPoints: 3_000) ?? .none
    try await Shopping.with(engine, offers: [.init(price: .fen(1_000))], terms: terms) { shopping in
      let paid = try await shopping.place(0, [2])
      let unpaid = try await shopping.place(1, [1])
      try await shopping.prepay(paid)
      try await shopping.arrive([3])
      try await shopping.finish()
      #expect(try await shopping.paid(paid) == .fen(600))
      #expect(try await shopping.order(paid).payment == .received)
      #expect(try await shopping.order(unpaid).payment == .void)
      #expect(try await shopping.parts()[.merchant(shopping.merchant)] == .fen(528))
      #expect(try await shopping.statement().addsUp)
      #expect(try await shopping.breaches() == [])
    }
  }
}

extension Shopping {
  func report(
    _ order: OrderID, line: Int, pieces: Int64? = nil, buyer: Int = 0, key: String? = nil
  ) async throws -> Claim {
    let (person, household) = buyers[buyer]
    let report = ClaimReport(order: order, position: line, fault: .spoiled, pieces: pieces)
    let unique = "shopping-claim-\(line)-\(pieces ?? 0)-\(UInt32.random(in: 0 ... .max))"
    return try await database.write(in: house.community) {
      try shop.claimDesk.report(
        report, picture: nil, key: key ?? unique, household: household, by: person, in: $0
      ).claim
    }
  }

  func claim(_ id: ClaimID) async throws -> Claim {
    try #require(try await database.read { try ClaimStore.find(id, in: house.community, $0) })
  }

  func answer(
    _ claim: Claim, _ remedy: Remedy, by person: PersonID? = nil, _ roles: Set<Role> = [.leader]
  ) async throws -> Claim {
    try await database.write(in: house.community) {
      try shop.claimDesk.answer(
        claim.id, remedy, seen: claim.sequence, by: person ?? leader, roles: roles, in: $0)
    }
  }

  func cameBack(_ claim: Claim) async throws -> Claim {
    try await database.write(in: house.community) {
      try shop.claimDesk.cameBack(
        claim.id, seen: claim.sequence, by: leader, roles: [.leader], in: $0)
    }
  }

  func appeal(_ claim: Claim) async throws -> Claim {
    try await database.write(in: house.community) {
      try shop.claimDesk.appeal(
        claim.id, seen: claim.sequence, reason: "鸡蛋有一半是碎的", household: buyers[0].household,
        by: buyers[0].person, in: $0)
    }
  }

  /// Lets the time of whoever is asked pass.
  func passOn(_ claim: Claim) async throws {
    let due = try #require(try await self.claim(claim.id).dueAt)
    clock.move(to: max(clock.now, due))
    try await JobRunner(database, handlers: shop.jobs).runDue()
  }
}
