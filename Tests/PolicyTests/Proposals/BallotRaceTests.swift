import Database
import Kernel
import People
import TestKit
import Testing

@testable import Policy

@Suite("Proposals: many vote at once")
struct BallotRaceTests {
  /// Households of which three each try to vote: ten thousand votes.
  private static let households = 3_334
  /// How many wait together.
  private static let together = 200

  private struct Attempt: Sendable {
    let household: HouseholdID
    let person: PersonID
    let number: Int
  }

  @Test(arguments: TestEngine.available)
  func `each household has one vote, however many of it vote at once, and the totals are right`(
    engine: TestEngine
  ) async throws {
    try await ProposalFixture.with(engine, more: Self.households) { fixture in
      let id = try await fixture.voted(fixture.voting(options: ["扶手", "坡道", "电梯"]))
      let box = try await fixture.box()
      var random = SeededGenerator(seed: 99)
      let racing = Array(fixture.households.dropFirst(15))
      // The three of a household stand beside each other, so that they do race.
      let attempts = racing.enumerated().flatMap { index, household in
        (0..<3).map { member in
          Attempt(
            household: household, person: PersonID(rawValue: Int64(1 + index * 3 + member)),
            number: Int.random(in: 1...4, using: &random))
        }
      }
      var won: [HouseholdID: [Int]] = [:]
      var refusals: [String: Int] = [:]
      for start in stride(from: 0, to: attempts.count, by: Self.together) {
        let part = attempts[start..<min(start + Self.together, attempts.count)]
        await withTaskGroup(of: (Attempt, String?).self) { group in
          for attempt in part {
            group.addTask {
              let code = await ProposalFixture.code {
                try await fixture.vote(
                  attempt.number, attempt.household, by: attempt.person, on: id, box: box)
              }
              return (attempt, code)
            }
          }
          for await (attempt, code) in group {
            if let code {
              refusals[code, default: 0] += 1
            } else {
              won[attempt.household, default: []].append(attempt.number)
            }
          }
        }
      }
      #expect(Set(won.keys) == Set(racing) && won.values.allSatisfy { $0.count == 1 })
      #expect(refusals == ["proposal.household_voted": attempts.count - racing.count])
      #expect(try await fixture.number("SELECT count(*) FROM policy_proposal_roll") == racing.count)
      #expect(try await fixture.number("SELECT count(*) FROM policy_proposal_ballot") == racing.count)
      #expect(try await fixture.breaches() == [])
      let counted = try await fixture.count(id)
      let expected = (1...4).map { number in won.values.count { $0 == [number] } }
      #expect(counted.count.votes == expected)
      #expect(counted.count.turnout == racing.count && counted.count.households == fixture.households.count)
      #expect(try await fixture.number("SELECT count(*) FROM policy_proposal_ballot") == 0)
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(arguments: TestEngine.available)
  func `the same form sent many times at once is one vote`(engine: TestEngine) async throws {
    try await ProposalFixture.with(engine) { fixture in
      let id = try await fixture.voted()
      let browser = try await fixture.browser(of: fixture.residents[0][0])
      let page = try await browser.get("/proposals/\(id)/vote")
      #expect(page.status == 200)
      let check = try await browser.post("/proposals/\(id)/vote/check", ["choice": "1"])
      let key = try #require(check.hidden("idempotency_key"))
      let statuses = await withTaskGroup(of: Int.self) { group in
        for _ in 0..<20 {
          group.addTask {
            let answer = try? await browser.post(
              "/proposals/\(id)/vote", ["idempotency_key": key, "choice": "1"])
            return answer?.status ?? 0
          }
        }
        return await group.reduce(into: []) { $0.append($1) }
      }
      #expect(statuses == Array(repeating: 303, count: 20), "a repeat gets the same answer")
      #expect(try await fixture.number("SELECT count(*) FROM policy_proposal_ballot") == 1)
    }
  }
}
