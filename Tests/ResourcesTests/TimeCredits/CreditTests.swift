import Database
import Kernel
import People
import TestKit
import Testing

@testable import Resources

@Suite("Hours: the journal")
struct CreditTests {
  @Test("Whatever moves, the sum is zero and nobody is beyond the limits", arguments: TestEngine.available)
  func sum(_ engine: TestEngine) async throws {
    try await PostingFixture.with(engine) { fixture in
      let parties: [Party] = [fixture.needer, fixture.offerer, fixture.worker].map { .person($0) }
      let moved = try await fixture.write { try Self.moveAtRandom(among: parties, in: $0) }
      #expect(moved > 10)
      let movements = try await fixture.count("SELECT count(*) FROM resources_credit_entry")
      #expect(movements == 2 * moved)
      let sum = try await fixture.count(
        "SELECT CAST(coalesce(sum(minutes), 0) AS BIGINT) FROM resources_credit_entry")
      #expect(sum == 0)
      let breaches = try await fixture.breaches()
      #expect(breaches == [])
    }
  }

  /// - Returns: how many transfers the limits let through.
  private static func moveAtRandom(among parties: [Party], in transaction: Transaction) throws -> Int {
    var random = SeededGenerator(seed: 23)
    var moved = 0
    for _ in 0..<80 {
      let order = parties.shuffled(using: &random)
      let minutes = Int64.random(in: 15...240, using: &random)
      do {
        try CreditDesk.check(minutes, from: order[0], to: order[1], in: transaction)
      } catch let problem as Problem where problem.code == "resources.credit_limit" {
        continue
      }
      let match: MatchID = transaction.newIdentifier(MatchKind.self)
      try CreditStore.move(minutes, from: order[0], to: order[1], for: match, in: transaction)
      moved += 1
    }
    return moved
  }

  @Test(
    "The station counts everybody’s hours as each of them reads their own", arguments: TestEngine.available)
  func standings(_ engine: TestEngine) async throws {
    try await PostingFixture.with(engine) { fixture in
      let done = try await fixture.agreed(.credit)
      try await fixture.step(done, .done, .need, seen: 2)
      _ = try await fixture.agreed(.credit)
      _ = try await fixture.agreed()
      let (all, each) = try await fixture.database.read { snapshot in
        (
          try CreditStore.standings(in: fixture.community, snapshot),
          try [fixture.needer, fixture.offerer].map {
            try CreditStore.standing(of: .person($0), in: fixture.community, snapshot)
          }
        )
      }
      #expect(each.map(\.balance) == [-60, 60] && each.map(\.owing) == [60, 0])
      #expect(all.sorted { $0.balance < $1.balance } == each)
    }
  }

  @Test("What is agreed on counts as if it had moved", arguments: TestEngine.available)
  func promised(_ engine: TestEngine) async throws {
    try await PostingFixture.with(engine) { fixture in
      let first = try await fixture.propose(try await fixture.need(.credit), try await fixture.offer(.credit))
      try await fixture.agree(first, .give, seen: 0, minutes: 400)
      try await fixture.agree(first, .need, seen: 1)
      let second = try await fixture.propose(
        try await fixture.need(.credit), try await fixture.offer(.credit))
      let code = await PostingFixture.code {
        try await fixture.agree(second, .give, seen: 0, minutes: 201)
      }
      #expect(code == "resources.credit_limit")
      try await fixture.agree(second, .give, seen: 0, minutes: 200)
    }
    let full = CreditStanding(balance: 600, owing: 0, coming: 600)
    for (minutes, isRefused) in [(15, true), (0, false)] as [(Int64, Bool)] {
      let refusal = CreditRules.refusal(toMove: minutes, from: .zero, to: full, within: .standard)
      #expect((refusal != nil) == isRefused)
    }
  }

  @Test("Nobody promises more hours than the limit leaves", arguments: TestEngine.available)
  func limit(_ engine: TestEngine) async throws {
    try await PostingFixture.with(engine) { fixture in
      let need = try await fixture.need(.credit)
      let id = try await fixture.propose(need, try await fixture.offer(.credit))
      let most = -CreditLimits.standard.least
      let code = await PostingFixture.code {
        try await fixture.agree(id, .need, seen: 0, minutes: most + 1)
      }
      #expect(code == "resources.credit_limit")
      try await fixture.agree(id, .need, seen: 0, minutes: most)
      try await fixture.agree(id, .give, seen: 1)
      try await fixture.step(id, .done, .need, seen: 2)
      let standing = try await fixture.database.read {
        try CreditStore.standing(of: .person(fixture.needer), in: fixture.community, $0)
      }
      #expect(standing.balance == CreditLimits.standard.least)
      let breaches = try await fixture.breaches()
      #expect(breaches == [])
    }
  }
}
