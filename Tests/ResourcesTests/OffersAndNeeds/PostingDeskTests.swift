import Database
import Kernel
import People
import TestKit
import Testing
import Web

@testable import Resources

@Suite("Offers and needs: the desk")
struct PostingDeskTests {
  @Test("A need and an offer are brought together and come to an end", arguments: TestEngine.available)
  func steps(_ engine: TestEngine) async throws {
    try await PostingFixture.with(engine) { fixture in
      let (need, offer) = (try await fixture.need(), try await fixture.offer())
      let id = try await fixture.propose(need, offer)
      let proposed = try await fixture.match(id)
      #expect(proposed.state == .proposed)
      try await fixture.agree(id, .give, seen: 0)
      let once = try await fixture.match(id)
      #expect(once.state == .agreedOnce && once.agreedBy == .give && once.units == 0)
      let stale = await PostingFixture.code { try await fixture.agree(id, .need, seen: 0) }
      #expect(stale == "resources.stale")
      let twice = await PostingFixture.code { try await fixture.agree(id, .give, seen: 1) }
      #expect(twice == "resources.match_not_possible")
      try await fixture.agree(id, .need, seen: 1)
      let agreed = try await fixture.match(id)
      #expect(agreed.state == .agreed && agreed.units == 1)
      try await fixture.step(id, .begin, .give, seen: 2)
      let begun = try await fixture.match(id)
      #expect(begun.state == .underWay)
      try await fixture.step(id, .done, .need, seen: 3)
      let done = try await fixture.match(id)
      #expect(done.state == .done)
      let (needState, offerState) = (try await fixture.state(need), try await fixture.state(offer))
      #expect(needState == .ended && offerState == .ended)
      let breaches = try await fixture.breaches()
      #expect(breaches == [])
    }
  }

  @Test("Nobody learns a name or a number before both agreed", arguments: TestEngine.available)
  func disclosure(_ engine: TestEngine) async throws {
    try await PostingFixture.with(engine) { fixture in
      let id = try await fixture.propose(try await fixture.need(), try await fixture.offer())
      let (path, browser) = (Match.path(id), try await fixture.browser(of: fixture.needer))
      try await expectHidden(path, browser)
      try await fixture.agree(id, .give, seen: 0)
      try await expectHidden(path, browser)
      try await fixture.agree(id, .need, seen: 1)
      let page = try await browser.get(path)
      let isNamed = page.text.contains(PostingFixture.offererName)
      #expect(page.status == 200 && isNamed)
      #expect(!Self.showsNumber(page.text), "it was not shared")
    }
  }

  private func expectHidden(_ path: String, _ browser: Browser) async throws {
    let page = try await browser.get(path)
    let isNamed = page.text.contains(PostingFixture.offererName)
    #expect(page.status == 200 && !isNamed)
    #expect(!Self.showsNumber(page.text))
  }

  /// Whether the number stands in a text, however its digits are set apart.
  private static func showsNumber(_ text: String) -> Bool {
    let joined = text.filter { $0 != " " && $0 != "-" }
    return joined.contains(PostingFixture.phone)
  }

  @Test("What was taken back or is over is gone in the same second", arguments: TestEngine.available)
  func vanishing(_ engine: TestEngine) async throws {
    try await PostingFixture.with(engine) { fixture in
      let browser = try await fixture.browser()
      let need = try await fixture.need()
      var short = PostingFixture.terms("顺路带菜")
      short.to = PostingFixture.start + .hours(1)
      _ = try await fixture.post(.offer, short, of: fixture.offerer)
      let before = try await browser.get("/neighbour-help").text
      #expect(before.contains("帮我买菜") && before.contains("顺路带菜"))
      let actor = Actor(person: fixture.needer, role: .resident)
      try await fixture.write {
        try fixture.help.postings.withdraw(need, seen: 0, by: actor, isByWorker: false, in: $0)
      }
      let withdrawn = try await browser.get("/neighbour-help").text
      #expect(!withdrawn.contains("帮我买菜") && withdrawn.contains("顺路带菜"))
      fixture.clock.move(to: short.to)
      let over = try await browser.get("/neighbour-help").text
      #expect(!over.contains("顺路带菜"))
    }
  }

  @Test("A stranger does not learn that a match is there", arguments: TestEngine.available)
  func stranger(_ engine: TestEngine) async throws {
    try await PostingFixture.with(engine) { fixture in
      let id = try await fixture.propose(try await fixture.need(), try await fixture.offer())
      // Who works here is a stranger too at the doors of residents.
      let page = try await fixture.browser(of: fixture.worker).get(Match.path(id))
      #expect(page.status == 404)
    }
  }
}
