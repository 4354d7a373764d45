import Database
import Kernel
import People
import TestKit
import Testing
import Web

@testable import Resources

@Suite("Offers and needs: what is over is gone")
struct VanishingTests {
  /// One posting with words that stand nowhere else, and the match that asks for it.
  private struct Piece {
    let id: PostingID
    let words: String
    let ends: Timestamp
    let owner: PersonID
    let other: PostingID
    let match: MatchID
    var isWithdrawn = false

    func isOpen(at moment: Timestamp) -> Bool { !isWithdrawn && moment < ends }
  }

  @Test(
    "After a withdrawal or an end no list, proposal or page shows it in the very second",
    arguments: TestEngine.available)
  func everywhere(_ engine: TestEngine) async throws {
    try await PostingFixture.with(engine) { (fixture) async throws -> Void in
      var random = SeededGenerator(seed: 41)
      var pieces: [Piece] = []
      for number in 0..<6 { pieces.append(try await piece(number, fixture, &random)) }
      for _ in 0..<8 {
        if Bool.random(using: &random), let index = pieces.indices.randomElement(using: &random) {
          if pieces[index].isOpen(at: fixture.clock.now) {
            try await fixture.withdraw(pieces[index].id, by: pieces[index].owner)
            pieces[index].isWithdrawn = true
          }
        } else if let end = pieces.map(\.ends).filter({ $0 > fixture.clock.now }).min() {
          // The last second before, and the very one.
          fixture.clock.move(to: end - .seconds(1))
          try await check(pieces, fixture)
          fixture.clock.move(to: end)
        }
        try await check(pieces, fixture)
      }
      let now = fixture.clock.now
      #expect(pieces.contains { !$0.isOpen(at: now) })
      #expect(try await fixture.breaches() == [])
    }
  }

  private func piece(
    _ number: Int, _ fixture: PostingFixture, _ random: inout SeededGenerator
  ) async throws -> Piece {
    let isNeed = number.isMultiple(of: 2)
    let words = "独一无二\(["甲", "乙", "丙", "丁", "戊", "己"][number])"
    var terms = PostingFixture.terms(words)
    terms.to = PostingFixture.start + .minutes(Int64.random(in: 20...300, using: &random))
    let owner = isNeed ? fixture.needer : fixture.offerer
    let id = try await fixture.post(isNeed ? .need : .offer, terms, of: owner)
    let other = isNeed ? try await fixture.offer() : try await fixture.need()
    let (need, offer) = isNeed ? (id, other) : (other, id)
    let match = try await fixture.propose(need, offer)
    return Piece(id: id, words: words, ends: terms.to, owner: owner, other: other, match: match)
  }

  private func check(_ pieces: [Piece], _ fixture: PostingFixture) async throws {
    let now = fixture.clock.now
    let stranger = try await fixture.browser(of: fixture.stranger)
    let list = try await stranger.get("/neighbour-help").text
    let desk = try await fixture.browser(of: fixture.worker)
    let deskLists = [
      try await desk.get("/help-desk?kind=need").text, try await desk.get("/help-desk?kind=offer").text,
    ].joined()
    for piece in pieces {
      let isOpen = piece.isOpen(at: now)
      #expect(list.contains(piece.words) == isOpen, "\(piece.words)")
      #expect(deskLists.contains(piece.words) == isOpen, "\(piece.words)")
      #expect(deskLists.contains("/matches/\(piece.match)") == isOpen, "\(piece.words)")
      let own = try await stranger.get("/neighbour-help/\(piece.id)")
      #expect(own.status == (isOpen ? 200 : 404), "\(piece.words)")
      let asked = piece.owner == fixture.needer ? fixture.offerer : fixture.needer
      let other = try await fixture.browser(of: asked)
      let proposal = try await other.get(Match.path(piece.match)).text
      #expect(proposal.contains(piece.words) == isOpen, "\(piece.words)")
      #expect(proposal.contains("/agree\"") == isOpen, "\(piece.words)")
      let suits = try await other.get("/neighbour-help/\(piece.other)/matches").text
      #expect(suits.contains(piece.words) == isOpen, "\(piece.words)")
    }
  }

  @Test("A proposal lapses with the entry of the map that it asks for", arguments: TestEngine.available)
  func asset(_ engine: TestEngine) async throws {
    try await PostingFixture.with(engine) { (fixture) async throws -> Void in
      let asset = try await fixture.asset()
      var terms = PostingFixture.terms("借小车")
      terms.category = .transport
      terms.asset = asset
      let need = try await fixture.post(.need, terms, of: fixture.needer)
      let id = try await fixture.propose(need, .asset(asset), for: .need, by: fixture.needer)
      let browser = try await fixture.browser(of: fixture.needer)
      let before = try await browser.get(Match.path(id)).text
      #expect(before.contains("送货小车") && before.contains("/agree\""))
      try await fixture.endAsset(asset)
      let after = try await browser.get(Match.path(id)).text
      #expect(!after.contains("送货小车") && !after.contains("/agree\""))
      #expect(after.contains(Match.State.lapsed.name.chinese))
      let code = await PostingFixture.code { try await fixture.agree(id, .give, seen: 0) }
      #expect(code == "resources.posting_closed")
    }
  }

  @Test(
    "What nobody answers is written down as lapsed, and words go half a year after the end",
    arguments: TestEngine.available)
  func jobs(_ engine: TestEngine) async throws {
    try await PostingFixture.with(engine) { (fixture) async throws -> Void in
      let id = try await fixture.propose(try await fixture.need(), try await fixture.offer())
      let failed = try await fixture.agreed()
      let cipher = try await fixture.help.ground.cipher(fixture.community)
      let acting = fixture.acting(.need)
      try await fixture.write {
        try fixture.help.matches.write("三点来", in: failed, sealing: cipher, by: acting, in: $0)
        let failing = MatchFailing(reason: .hindered, text: "孙子病了")
        try fixture.help.matches.fail(failed, failing, sealing: cipher, seen: 2, by: acting, in: $0)
      }
      let jobs = JobRunner(fixture.database, handlers: fixture.help.jobs + fixture.people.jobs)
      fixture.clock.move(to: PostingFixture.start + .days(10))
      try await jobs.runDue()
      #expect(try await fixture.match(id).state == .lapsed)
      #expect(try await words(fixture) == [4, 1, 1])
      fixture.clock.move(to: fixture.clock.now + ForgetHelp.keepingTime)
      try await jobs.runDue()
      #expect(try await words(fixture) == [0, 0, 0])
      #expect(try await fixture.match(failed).failure == .hindered, "for the station’s counts")
      #expect(try await fixture.breaches() == [])
    }
  }

  private func words(_ fixture: PostingFixture) async throws -> [Int] {
    [
      try await fixture.count("SELECT count(*) FROM resources_posting WHERE words IS NOT NULL"),
      try await fixture.count("SELECT count(*) FROM resources_match_message"),
      try await fixture.count("SELECT count(*) FROM resources_match WHERE reason_words IS NOT NULL"),
    ]
  }

  @Test("Visitors learn what it is about, but read no words", arguments: TestEngine.available)
  func visitors(_ engine: TestEngine) async throws {
    try await PostingFixture.with(engine) { (fixture) async throws -> Void in
      let id = try await fixture.need()
      let page = try await fixture.browser().get("/neighbour-help").text
      #expect(page.contains("跑腿") && !page.contains("帮我买菜") && !page.contains("/neighbour-help/\(id)"))
      let signedIn = try await fixture.browser(of: fixture.stranger).get("/neighbour-help").text
      #expect(signedIn.contains("帮我买菜") && !signedIn.contains("周秀英"))
    }
  }
}
