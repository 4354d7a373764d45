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
      #expect(!PostingFixture.showsNumber(page.text), "it was not shared")
    }
  }

  private func expectHidden(_ path: String, _ browser: Browser) async throws {
    let page = try await browser.get(path)
    let isNamed = page.text.contains(PostingFixture.offererName)
    #expect(page.status == 200 && !isNamed)
    #expect(!PostingFixture.showsNumber(page.text))
  }

  @Test(
    "A number is shown to the other side alone, and only while both are in touch",
    arguments: TestEngine.available)
  func phones(_ engine: TestEngine) async throws {
    try await PostingFixture.with(engine) { (fixture) async throws -> Void in
      let id = try await fixture.propose(try await fixture.need(), try await fixture.offer())
      let early = await PostingFixture.code { try await fixture.share(true, id, .give) }
      #expect(early == "resources.match_not_possible")
      try await fixture.agree(id, .give, seen: 0)
      let once = await PostingFixture.code { try await fixture.share(true, id, .give) }
      #expect(once == "resources.match_not_possible")
      try await fixture.agree(id, .need, seen: 1)
      let none = await PostingFixture.code { try await fixture.share(true, id, .need) }
      #expect(none == "resources.match_no_phone")
      let worker = Actor(person: fixture.worker, role: .socialWorker)
      let byWorker = MatchActor(actor: worker, side: .give, isByWorker: true)
      let given = await PostingFixture.code {
        try await fixture.write { try fixture.help.matches.sharePhone(true, in: id, by: byWorker, in: $0) }
      }
      #expect(given == "resources.match_not_possible", "nobody gives away the number of somebody else")
      #expect(try await shown(id, fixture) == [])
      try await fixture.share(true, id, .give)
      #expect(try await shown(id, fixture) == [fixture.needer])
      try await fixture.share(false, id, .give)
      #expect(try await shown(id, fixture) == [])
      try await fixture.share(true, id, .give)
      try await fixture.step(id, .done, .need, seen: 2)
      #expect(try await shown(id, fixture) == [])
      #expect(try await fixture.match(id).phones == [:])
      #expect(try await fixture.breaches() == [])
      let noted = try await fixture.count(
        "SELECT count(*) FROM platform_audit WHERE action = 'resources.match_phone'")
      #expect(noted == 3)
    }
  }

  /// To whom the page of a match shows the offerer's number; the offerer's own page never does.
  private func shown(_ id: MatchID, _ fixture: PostingFixture) async throws -> [PersonID] {
    var seen: [PersonID] = []
    for person in [fixture.needer, fixture.offerer, fixture.stranger, fixture.worker] {
      let isDesk = person == fixture.worker
      let page = try await fixture.browser(of: person).get("\(isDesk ? "/help-desk" : "")/matches/\(id)")
      if PostingFixture.showsNumber(page.text) { seen.append(person) }
    }
    return seen
  }

  @Test("Whoever acts for a side no longer shows nothing any more", arguments: TestEngine.available)
  func representative(_ engine: TestEngine) async throws {
    try await PostingFixture.with(engine) { (fixture) async throws -> Void in
      let need = try await fixture.need()
      let offer = try await fixture.post(
        .offer, PostingFixture.terms("送货上门"), of: fixture.offerer, for: PostingFixture.shop)
      let id = try await fixture.propose(need, offer)
      try await fixture.agree(id, .give, seen: 0)
      try await fixture.agree(id, .need, seen: 1)
      try await fixture.share(true, id, .give)
      #expect(try await shown(id, fixture) == [fixture.needer])
      // Of somebody who acts for another, as it were after they stopped to act for this one.
      let mine = try await fixture.post(.offer, PostingFixture.terms("我也能去"), of: fixture.stranger)
      let other = try await fixture.propose(try await fixture.need(), mine)
      let stranger = Actor(person: fixture.stranger, role: .resident)
      let acting = MatchActor(actor: stranger, side: .give, isByWorker: false)
      try await fixture.write {
        try fixture.help.matches.agree(other, MatchDeal(), seen: 0, by: acting, in: $0)
      }
      try await fixture.agree(other, .need, seen: 1)
      let offerer = fixture.offerer
      try await fixture.write { try MatchStore.sharePhone(of: offerer, .give, other, in: $0) }
      #expect(try await shown(other, fixture) == [])
    }
  }

  @Test(
    "Whoever is deleted is named nowhere any more, and the other side is told",
    arguments: TestEngine.available)
  func forgetting(_ engine: TestEngine) async throws {
    try await PostingFixture.with(engine) { (fixture) async throws -> Void in
      let id = try await fixture.agreed()
      try await fixture.share(true, id, .give)
      let cipher = try await fixture.help.ground.cipher(fixture.community)
      let acting = fixture.acting(.give)
      try await fixture.write {
        try fixture.help.matches.write("我住五号楼", in: id, sealing: cipher, by: acting, in: $0)
      }
      let subject = DataSubject(person: fixture.offerer, household: nil, community: fixture.community)
      try await fixture.write { try fixture.help.forget(subject, in: $0) }
      let left = try await fixture.match(id)
      #expect(left.state == .failed && left.giveParty.id == 0 && left.phones == [:])
      #expect(left.needParty == .person(fixture.needer))
      #expect(try await fixture.count("SELECT count(*) FROM resources_match_message") == 0)
      let page = try await fixture.browser(of: fixture.needer).get(Match.path(id))
      #expect(page.status == 200 && !page.text.contains(PostingFixture.offererName))
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test("Nobody is asked over and over by the one whom they declined", arguments: TestEngine.available)
  func again(_ engine: TestEngine) async throws {
    try await PostingFixture.with(engine) { (fixture) async throws -> Void in
      let (need, offer) = (try await fixture.need(), try await fixture.offer())
      let id = try await fixture.propose(need, offer)
      try await fixture.step(id, .decline, .give, seen: 0)
      let asked = await PostingFixture.code { try await fixture.propose(need, offer) }
      #expect(asked == "resources.match_known")
      let other = try await fixture.propose(need, .offer(offer), for: .give, by: fixture.offerer)
      #expect(try await fixture.match(other).state == .proposed, "whoever declined may think again")
    }
  }

  @Test("Nobody proposes for others or learns what there is", arguments: TestEngine.available)
  func rights(_ engine: TestEngine) async throws {
    try await PostingFixture.with(engine) { (fixture) async throws -> Void in
      var hidden = PostingFixture.terms("悄悄要帮")
      hidden.visibility = .station
      let secret = try await fixture.post(.need, hidden, of: fixture.needer)
      let (need, offer) = (try await fixture.need(), try await fixture.offer())
      let (stranger, offerer) = (fixture.stranger, fixture.offerer)
      var codes: [String?] = []
      codes.append(
        await PostingFixture.code {
          try await fixture.propose(secret, .offer(offer), for: .give, by: offerer)
        })
      for side in Match.Side.allCases {
        codes.append(
          await PostingFixture.code {
            try await fixture.propose(need, .offer(offer), for: side, by: stranger)
          })
      }
      codes.append(await PostingFixture.code { try await fixture.withdraw(need, by: stranger) })
      #expect(codes == ["not_found", "not_found", "not_found", "not_found"])
      let foreign = await PostingFixture.code {
        try await fixture.post(.need, PostingFixture.terms("替店里要"), of: stranger, for: PostingFixture.shop)
      }
      #expect(foreign == "forbidden")
      let toOneself = await PostingFixture.code {
        let own = try await fixture.post(.offer, PostingFixture.terms("自己"), of: fixture.needer)
        _ = try await fixture.propose(need, own)
      }
      #expect(toOneself == "resources.match_self")
    }
  }

  @Test("A merchant and an organisation that both agreed are a tie", arguments: TestEngine.available)
  func ties(_ engine: TestEngine) async throws {
    try await PostingFixture.with(engine) { (fixture) async throws -> Void in
      let need = try await fixture.post(
        .need, PostingFixture.terms("要一辆车"), of: fixture.needer, for: fixture.group)
      let offer = try await fixture.post(
        .offer, PostingFixture.terms("出一辆车"), of: fixture.offerer, for: PostingFixture.shop)
      let id = try await fixture.propose(need, offer)
      try await fixture.agree(id, .give, seen: 0)
      try await fixture.agree(id, .need, seen: 1)
      #expect(try await fixture.count("SELECT count(*) FROM resources_tie") == 0)
      try await fixture.step(id, .done, .need, seen: 2)
      let consent = TieConsent(directory: fixture.people.directory)
      let (from, until) = (PostingFixture.start - .days(1), PostingFixture.start + .days(1))
      let ties = try await fixture.database.read {
        try TieStore.counted(from: from, until: until, consent, in: fixture.community, $0)
      }
      #expect(ties.map(\.from) == [PostingFixture.shop])
      #expect(ties.map(\.to) == [fixture.group])
      #expect(ties.map(\.kind) == [.helped])
      // Between persons it is none without their yes.
      let other = try await fixture.agreed()
      try await fixture.step(other, .done, .need, seen: 2)
      #expect(try await fixture.count("SELECT count(*) FROM resources_tie") == 1)
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
