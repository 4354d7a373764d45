import Database
import Kernel
import TestKit
import Testing

@testable import Activities

@Suite("Quizzes on the pages of others")
struct OpenQuizTests {
  @Test("Those about a topic are named while they take answers", arguments: TestEngine.available)
  func cards(_ engine: TestEngine) async throws {
    try await QuizFixture.with(engine) { fixture in
      func cards(_ words: [String], in other: CommunityID? = nil) async throws -> [OpenQuizStore.Card] {
        let community = other ?? fixture.community
        return try await fixture.database.read {
          try OpenQuizStore.cards(about: words, limit: 5, in: community, $0)
        }
      }
      let draft = try await fixture.draft()
      #expect(try await cards(["骗"]).isEmpty)
      try await fixture.write {
        try fixture.quizzes.desk.open(draft, seen: 1, by: fixture.actor, in: $0)
      }
      #expect(try await cards(["骗"]).isEmpty)
      fixture.clock.move(to: QuizFixture.opens)
      let card = OpenQuizStore.Card(title: "冬季防骗问答", path: "/quizzes/\(draft)")
      #expect(try await cards(["养老", "骗"]) == [card])
      #expect(try await cards(["养老"]).isEmpty)
      #expect(try await cards([]).isEmpty)
      #expect(try await cards(["骗"], in: CommunityID(rawValue: 424_242)).isEmpty)
      fixture.clock.move(to: QuizFixture.closes)
      #expect(try await cards(["骗"]).isEmpty)
    }
  }
}
