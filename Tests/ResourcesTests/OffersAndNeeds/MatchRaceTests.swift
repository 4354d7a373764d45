import Database
import Kernel
import People
import TestKit
import Testing

@testable import Resources

@Suite("Offers and needs: two at once")
struct MatchRaceTests {
  @Test("Of two needs that race for one offer exactly one gets it", arguments: TestEngine.available)
  func race(_ engine: TestEngine) async throws {
    try await PostingFixture.with(engine) { fixture in
      let offer = try await fixture.offer()
      let first = try await fixture.propose(try await fixture.need(), offer)
      let second = try await fixture.propose(try await fixture.need(), offer)
      for id in [first, second] { try await fixture.agree(id, .give, seen: 0) }
      async let one = PostingFixture.code { try await fixture.agree(first, .need, seen: 1) }
      async let other = PostingFixture.code { try await fixture.agree(second, .need, seen: 1) }
      let codes: [String?] = [await one, await other]
      let refusals = codes.compactMap(\.self)
      #expect(refusals == ["resources.offer_taken"])
      var states: [Match.State] = []
      for id in [first, second] { states.append(try await fixture.match(id).state) }
      let (agreed, waiting) = (states.filter { $0 == .agreed }, states.filter { $0 == .agreedOnce })
      #expect(agreed.count == 1 && waiting.count == 1)
      let breaches = try await fixture.breaches()
      #expect(breaches == [])
    }
  }
}
