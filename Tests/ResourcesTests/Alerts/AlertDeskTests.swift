import Database
import Kernel
import Messages
import People
import TestKit
import Testing

@testable import Resources

struct AlertDeskTests {
  @Test(
    "What is told is sealed, opens for the desk, and goes when its time is over",
    arguments: TestEngine.available)
  func sealed(_ engine: TestEngine) async throws {
    try await AlertsFixture.with(engine) { fixture in
      let details = ScamReport.Details(words: "说我医保卡要停", phone: "13900139000")
      let id = try await fixture.report(details, by: fixture.neighbours[0])
      #expect(try await fixture.find(id).details == details)
      let stored: [UInt8] = try #require(
        try await fixture.database.read {
          try $0.value("SELECT words FROM resources_scam_report WHERE id = \(id)")
        })
      #expect(!String(decoding: stored, as: UTF8.self).contains("医保卡"))
      let cipher = try await fixture.cipher()
      let actor = fixture.resident(fixture.neighbours[0])
      try await fixture.write { [market = fixture.market] transaction in
        try market.reports.record(
          VoiceNotes.Recording(bytes: [1, 2, 3, 4], seconds: 9), of: id, sealing: cipher, by: actor,
          in: transaction)
      }
      try await fixture.move(id, .verifying, .unfounded)
      for (days, left) in [(29, 1), (30, 0)] as [(Int64, Int)] {
        fixture.clock.move(to: AlertsFixture.start + .days(days))
        try await fixture.write { _ = try ScamReportStore.forget(limit: 100, in: $0) }
        #expect(try await fixture.count("SELECT count(*) FROM resources_scam_voice") == left)
      }
      let forgotten = try await fixture.find(id)
      #expect(forgotten.details == .none && forgotten.reporter == nil && forgotten.note.isEmpty)
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test("Reports about one number go together and are decided together", arguments: TestEngine.available)
  func merged(_ engine: TestEngine) async throws {
    try await AlertsFixture.with(engine) { fixture in
      let one = try await fixture.report(
        ScamReport.Details(phone: "139 0013 9000"), by: fixture.neighbours[0])
      let two = try await fixture.report(
        ScamReport.Details(phone: "+8613900139000"), by: fixture.neighbours[1])
      let three = try await fixture.report(ScamReport.Details(phone: "96110"), by: fixture.neighbours[1])
      let (cipher, actor) = (try await fixture.cipher(), fixture.actor)
      func merge(_ id: ScamReportID) async -> String? {
        await alertProblem {
          let seen = try await fixture.find(id).revision
          try await fixture.write { [market = fixture.market] transaction in
            try market.reports.merge(id, into: one, seen: seen, opening: cipher, by: actor, in: transaction)
          }
        }
      }
      #expect(await merge(two) == nil)
      #expect(await merge(three) == "resources.reports_not_alike")
      try await fixture.move(one, .verifying, .verified)
      #expect(try await fixture.find(two).state == .verified)
      #expect(try await fixture.find(three).state == .reported)
      #expect(
        try await fixture.count(
          "SELECT count(*) FROM messages_message WHERE kind = \(AlertNotices.closed.code)") == 2)
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test("The list goes on behind its last report, and misses none", arguments: TestEngine.available)
  func pages(_ engine: TestEngine) async throws {
    try await AlertsFixture.with(engine) { fixture in
      for _ in 0..<5 {
        let id = try await fixture.report(by: fixture.neighbours[0])
        try await fixture.move(id, .verifying, .unfounded)
      }
      let cipher = try await fixture.cipher()
      func list(before last: ScamReportID?, _ limit: Int) async throws -> [ScamReportID] {
        try await fixture.database.read {
          try ScamReportStore.list(
            [.unfounded], before: last, limit: limit, opening: cipher, in: fixture.community, $0
          ).map(\.id)
        }
      }
      let all = try await list(before: nil, 10)
      let first = try await list(before: nil, 2)
      let rest = try await list(before: first.last, 10)
      #expect(all.count == 5 && first + rest == all)
    }
  }

  @Test(
    "A warning is for its buildings, for its time, and made of what is true", arguments: TestEngine.available)
  func warning(_ engine: TestEngine) async throws {
    try await AlertsFixture.with(engine) { fixture in
      let id = try await fixture.report(by: fixture.neighbours[0])
      let early = await alertProblem { _ = try await fixture.publish(fixture.terms(), from: id) }
      #expect(early == "resources.alert_not_verified")
      try await fixture.move(id, .verifying, .verified)
      let long = await alertProblem { _ = try await fixture.publish(fixture.terms(days: 61), from: id) }
      #expect(long == "resources.alert_time")
      let three = try await fixture.publish(fixture.terms(buildings: ["3"]), from: id)
      let all = try await fixture.publish(fixture.terms(days: 20), from: id)
      #expect(Set(try await fixture.shown(to: "3")) == [three, all])
      #expect(try await fixture.shown(to: "5") == [all])
      #expect(try await fixture.shown(to: nil) == [all])
      fixture.clock.move(to: AlertsFixture.start + .days(10))
      #expect(try await fixture.shown(to: "3") == [all])
      fixture.clock.move(to: AlertsFixture.start + .days(20))
      #expect(try await fixture.shown(to: "3") == [])
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test("A merchant hears of it, answers, and is judged with the answer", arguments: TestEngine.available)
  func reply(_ engine: TestEngine) async throws {
    try await AlertsFixture.with(engine) { fixture in
      let id = try await fixture.report(
        ScamReport.Details(words: "蜂蜜说能治病"), .falseAdvertising, by: fixture.neighbours[0])
      try await fixture.move(id, .verifying)
      let report = try await fixture.find(id)
      let (cipher, actor, market) = (try await fixture.cipher(), fixture.actor, fixture.market)
      let hearing = try await fixture.write { transaction in
        try market.hearings.ask(
          HearingDesk.Charge(
            merchant: AlertsFixture.merchant, product: AlertsFixture.product, words: "说明书写着能治病"),
          about: report, by: actor, in: transaction)
      }
      let lapses = (AlertsFixture.start + .days(14)).microseconds
      #expect(fixture.shop.all == ["hold 901 until \(lapses)"])
      func decide(seen: Int64) async -> String? {
        await alertProblem {
          try await fixture.write { transaction in
            try market.hearings.decide(
              .corrected, because: "改了说明", hearing, seen: seen, opening: cipher, by: actor,
              in: transaction)
          }
        }
      }
      #expect(await decide(seen: 0) == "resources.hearing_too_early")
      func reply(_ person: PersonID) async -> String? {
        let speaker = Actor(person: person, role: .merchant)
        return await alertProblem {
          try await fixture.write { transaction in
            try market.hearings.reply(
              "印错了，已经换", to: hearing, sealing: cipher, by: speaker, in: transaction)
          }
        }
      }
      #expect(await reply(fixture.neighbours[0]) == "not_found")
      #expect(await reply(fixture.seller) == nil)
      #expect(await reply(fixture.seller) == "resources.hearing_answered")
      #expect(await decide(seen: 0) == "resources.report_stale")
      #expect(await decide(seen: 1) == nil)
      #expect(fixture.shop.all.last == "release")
      #expect(try await fixture.breaches() == [])
    }
  }
}
