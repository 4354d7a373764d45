import Database
import Kernel
import People
import TestKit
import Testing
import Web

@testable import Resources

@Suite("Offers and needs: where, and how long")
struct PostingPlaceTests {
  @Test(
    "Where it is stands beside it; what only the station knows of is no place",
    arguments: TestEngine.available)
  func places(_ engine: TestEngine) async throws {
    try await PostingFixture.with(engine) { (fixture) async throws -> Void in
      let actor = Actor(person: fixture.worker, role: .socialWorker)
      let desk = Places(ground: fixture.help.ground).desk
      let (open, secret) = try await fixture.write { transaction in
        (
          try desk.make(PlaceFixture.terms(.residents), by: actor, in: transaction),
          try desk.make(PlaceFixture.terms(.station), by: actor, in: transaction)
        )
      }
      func post(_ place: PlaceID) async throws -> PostingID {
        var terms = PostingFixture.terms("搬一袋米")
        (terms.place, terms.radius, terms.tongues) = (place, 500, [.cantonese])
        return try await fixture.post(.need, terms, of: fixture.needer)
      }
      let code = await PostingFixture.code { _ = try await post(secret) }
      #expect(code == "form.invalid")
      let id = try await post(open)
      let name = PlaceFixture.terms().name.chinese
      let stranger = try await fixture.browser(of: fixture.stranger)
      for path in ["/neighbour-help", "/neighbour-help/\(id)"] {
        let page = try await stranger.get(path).text
        #expect(page.contains(name) && page.contains("500 米以内") && page.contains("粤语"), "\(path)")
      }
      #expect(
        try await !fixture.browser().get("/neighbour-help").text.contains(name), "visitors read no words")
      try await fixture.write { try desk.close(open, seen: 0, by: actor, in: $0) }
      #expect(try await !stranger.get("/neighbour-help/\(id)").text.contains(name))
    }
  }

  @Test(
    "Words go half a year after it was taken back or settled, not after its end",
    arguments: TestEngine.available)
  func words(_ engine: TestEngine) async throws {
    try await PostingFixture.with(engine) { (fixture) async throws -> Void in
      let gone = try await fixture.need()
      try await fixture.withdraw(gone, by: fixture.needer)
      let done = try await fixture.agreed()
      try await fixture.step(done, .done, .need, seen: 2)
      let left = try await fixture.offer()
      let jobs = JobRunner(fixture.database, handlers: fixture.help.jobs + fixture.people.jobs)
      func kept() async throws -> [PostingID] {
        try await jobs.runDue()
        return try await fixture.database.read {
          try $0.values("SELECT id FROM resources_posting WHERE words IS NOT NULL ORDER BY id")
        }
      }
      fixture.clock.move(to: PostingFixture.start + ForgetHelp.keepingTime - .seconds(1))
      #expect(try await kept().count == 4)
      fixture.clock.move(to: PostingFixture.start + ForgetHelp.keepingTime + .hours(1))
      #expect(try await kept() == [left])
      fixture.clock.move(to: PostingFixture.start + .days(10) + ForgetHelp.keepingTime)
      #expect(try await kept() == [])
    }
  }
}
