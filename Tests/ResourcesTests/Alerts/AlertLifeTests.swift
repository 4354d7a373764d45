import Database
import Kernel
import People
import TestKit
import Testing

@testable import Resources

@Suite("What becomes of reports, warnings and hearings later")
struct AlertLifeTests {
  @Test("A draft is mended until it is published, and never on a stale page", arguments: TestEngine.available)
  func draft(_ engine: TestEngine) async throws {
    try await AlertsFixture.with(engine) { fixture in
      let id = try await fixture.report(by: fixture.neighbours[0])
      try await fixture.move(id, .verifying, .verified)
      let (report, actor) = (try await fixture.find(id), fixture.actor)
      let card = try await fixture.write { [market = fixture.market, terms = fixture.terms()] transaction in
        try market.cards.make(terms, from: report, by: actor, in: transaction)
      }
      func edit(_ terms: AlertTerms, seen: Int64) async -> String? {
        await alertProblem {
          try await fixture.write { [market = fixture.market] transaction in
            try market.cards.edit(card, terms, seen: seen, by: actor, in: transaction)
          }
        }
      }
      let mended = fixture.terms(buildings: ["5"], days: 20)
      #expect(await edit(fixture.terms(buildings: ["99"]), seen: 0) == "form.invalid")
      #expect(await edit(fixture.terms(days: 61), seen: 0) == "resources.alert_time")
      #expect(await edit(mended, seen: 0) == nil)
      #expect(await edit(fixture.terms(), seen: 0) == "resources.report_stale")
      try await fixture.write { [market = fixture.market] transaction in
        try market.cards.publish(card, seen: 1, by: actor, in: transaction)
      }
      #expect(try await fixture.shown(to: "5") == [card])
      #expect(try await fixture.shown(to: "3") == [])
      #expect(await edit(mended, seen: 2) == "resources.alert_not_possible")
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(
    "Everybody in the buildings of a warning is told once, and nobody else", arguments: TestEngine.available)
  func told(_ engine: TestEngine) async throws {
    try await AlertsFixture.with(engine) { fixture in
      let id = try await fixture.report(by: fixture.neighbours[1])
      try await fixture.move(id, .verifying, .verified)
      _ = try await fixture.publish(fixture.terms(buildings: ["3"]), from: id)
      try await fixture.runJobs()
      #expect(try await fixture.warned() == [fixture.neighbours[0]])
      // Whatever repeats the job tells nobody again.
      try await fixture.write { transaction in
        let card: AlertCardID? = try transaction.value("SELECT id FROM resources_alert_card")
        try TellAlert.schedule(try #require(card), at: transaction.now, in: transaction)
      }
      try await fixture.runJobs()
      #expect(try await fixture.warned() == [fixture.neighbours[0]])
    }
  }

  @Test("A home without a telephone gets one slip of paper", arguments: TestEngine.available)
  func slip(_ engine: TestEngine) async throws {
    try await AlertsFixture.with(engine) { fixture in
      let homes = try await fixture.station.households([("3", "9", "901")])
      let family = try await fixture.station.persons(
        try ["王奶奶", "王爷爷", "小王"].map { try TestStation.person($0, home: homes[0], phone: nil) })
      let id = try await fixture.report(by: fixture.neighbours[1])
      try await fixture.move(id, .verifying, .verified)
      _ = try await fixture.publish(fixture.terms(buildings: ["3"]), from: id)
      try await fixture.runJobs()
      #expect(try await Set(fixture.warned()) == [fixture.neighbours[0], family[0]])
    }
  }

  @Test("What was taken back before it was told is told to nobody", arguments: TestEngine.available)
  func withdrawn(_ engine: TestEngine) async throws {
    try await AlertsFixture.with(engine) { fixture in
      let id = try await fixture.report(by: fixture.neighbours[1])
      try await fixture.move(id, .verifying, .verified)
      let (card, actor) = (try await fixture.publish(fixture.terms(), from: id), fixture.actor)
      try await fixture.write { [market = fixture.market] transaction in
        try market.cards.withdraw(card, seen: 1, by: actor, in: transaction)
      }
      try await fixture.runJobs()
      #expect(try await fixture.warned() == [])
      #expect(try await fixture.shown(to: "3") == [])
    }
  }

  @Test(
    "What nobody closes goes a year after it was told, with all that goes with it",
    arguments: TestEngine.available)
  func open(_ engine: TestEngine) async throws {
    try await AlertsFixture.with(engine) { fixture in
      let details = ScamReport.Details(words: "说我医保卡要停", phone: "13900139000")
      let one = try await fixture.report(details, by: fixture.neighbours[0])
      let two = try await fixture.report(details, by: fixture.neighbours[1])
      let (cipher, actor, seen) = (
        try await fixture.cipher(), fixture.actor, try await fixture.find(two).revision
      )
      try await fixture.write { [market = fixture.market] transaction in
        try market.reports.merge(two, into: one, seen: seen, opening: cipher, by: actor, in: transaction)
      }
      fixture.clock.move(to: AlertsFixture.start + .days(300))
      try await fixture.move(one, .verifying)
      for (days, isLeft) in [(364, true), (365, false)] as [(Int64, Bool)] {
        fixture.clock.move(to: AlertsFixture.start + .days(days))
        try await fixture.write { _ = try ScamReportStore.forget(limit: 100, in: $0) }
        let found = try await fixture.find(one)
        #expect((found.details == details) == isLeft)
        #expect((found.state == .verifying) == isLeft)
      }
      let (first, second) = (try await fixture.find(one), try await fixture.find(two))
      #expect(first.state == .unclear && second.state == .unclear)
      #expect(first.reporter == nil && first.details == .none)
      let late = await alertProblem { try await fixture.move(one, .verifying) }
      #expect(late == "resources.report_forgotten")
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(
    "Goods are sold again once it is put right, and at once where nothing was found",
    arguments: TestEngine.available)
  func lifted(_ engine: TestEngine) async throws {
    try await AlertsFixture.with(engine) { fixture in
      let id = try await fixture.report(.none, .falseAdvertising, by: fixture.neighbours[0])
      try await fixture.move(id, .verifying)
      let hearing = try await fixture.ask(about: id)
      let (cipher, actor, market) = (try await fixture.cipher(), fixture.actor, fixture.market)
      func lift(seen: Int64) async -> String? {
        await alertProblem {
          try await fixture.write { transaction in
            try market.hearings.lift(
              hearing, because: "换了说明", seen: seen, opening: cipher, by: actor, in: transaction)
          }
        }
      }
      #expect(await lift(seen: 0) == "resources.hearing_nothing_held")
      fixture.clock.move(to: AlertsFixture.start + .days(8))
      try await fixture.write { transaction in
        try market.hearings.decide(
          .upheld, because: "说了能治病", hearing, seen: 0, opening: cipher, by: actor, in: transaction)
      }
      #expect(fixture.shop.all.last == "confirm")
      #expect(await lift(seen: 1) == nil)
      #expect(fixture.shop.all.last == "release")
      #expect(await lift(seen: 2) == "resources.hearing_nothing_held")

      let other = try await fixture.report(.none, .fakeGoods, by: fixture.neighbours[1])
      try await fixture.move(other, .verifying)
      _ = try await fixture.ask(about: other)
      try await fixture.move(other, .unfounded)
      #expect(fixture.shop.all.suffix(2).last == "release")
      let open = try await fixture.count("SELECT count(*) FROM resources_hearing WHERE decided_at IS NULL")
      #expect(open == 0)
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test("Nobody adds to what another person told", arguments: TestEngine.available)
  func strangers(_ engine: TestEngine) async throws {
    try await AlertsFixture.with(engine) { fixture in
      let id = try await fixture.report(by: fixture.neighbours[0])
      let (cipher, stranger) = (try await fixture.cipher(), fixture.resident(fixture.neighbours[1]))
      let code = await alertProblem {
        try await fixture.write { [market = fixture.market] transaction in
          try market.reports.describe(
            id, ScamReport.Details(words: "不是我说的"), sealing: cipher, by: stranger, in: transaction)
        }
      }
      #expect(code == "not_found")
    }
  }

  @Test("Nobody judges the shop for which they act", arguments: TestEngine.available)
  func ownShop(_ engine: TestEngine) async throws {
    try await AlertsFixture.with(engine) { fixture in
      let id = try await fixture.report(.none, .fakeGoods, by: fixture.neighbours[0])
      try await fixture.move(id, .verifying)
      let (hearing, cipher) = (try await fixture.ask(about: id), try await fixture.cipher())
      let seller = Actor(person: fixture.seller, role: .committee)
      let code = await alertProblem {
        try await fixture.write { [market = fixture.market] transaction in
          try market.hearings.decide(
            .dropped, because: "没事", hearing, seen: 0, opening: cipher, by: seller, in: transaction)
        }
      }
      #expect(code == "resources.hearing_own_shop")
    }
  }
}
