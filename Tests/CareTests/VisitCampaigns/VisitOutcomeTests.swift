import Database
import Kernel
import People
import TestKit
import Testing

@testable import Care

@Suite("Door visits: what comes of them")
struct VisitOutcomeTests {
  @Test(
    "Every attempt is kept, the same key counts once, and the last counts", arguments: TestEngine.available)
  func attempts(_ engine: TestEngine) async throws {
    try await VisitFixture.with(engine) { fixture in
      let id = try await fixture.underWay()
      fixture.clock.advance(by: .hours(1))
      func report(_ kind: VisitOutcome.Kind, _ key: String, _ minute: Int64) async throws -> VisitReportAnswer
      {
        try await fixture.report(
          kind, at: 1, of: id, key: key, minute: minute,
          again: kind == .comeAgain ? VisitFixture.start + .days(1) : nil)
      }
      #expect(try await report(.notAnswered, "attempt-key-number-1", 5) == .recorded)
      #expect(try await report(.seen, "attempt-key-number-2", 40) == .recorded)
      #expect(try await report(.seen, "attempt-key-number-2", 40) == .repeated)
      #expect(try await report(.comeAgain, "attempt-key-number-3", 20) == .recorded)
      #expect(
        await problemCode { _ = try await report(.declined, "attempt-key-number-2", 40) }
          == "idempotency.mismatch")
      #expect(await problemCode { _ = try await report(.declined, "short", 40) } == "idempotency.key")
      let outcomes = try await fixture.outcomes(id)
      #expect(outcomes.map(\.kind) == [.notAnswered, .seen, .comeAgain])
      #expect(VisitOutcome.counting(outcomes)?.kind == .seen, "a report that comes later is not the last")
      #expect(outcomes.allSatisfy { !$0.isLate && $0.text == nil })
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(
    "A return has its time, and answers belong to the questions that were asked",
    arguments: TestEngine.available)
  func checked(_ engine: TestEngine) async throws {
    try await VisitFixture.with(engine) { fixture in
      let id = try await fixture.underWay()
      let seal = try await fixture.keys.sealing(nil, in: fixture.community)
      func fields(_ report: VisitReport) async throws -> [String] {
        do {
          _ = try await fixture.database.write(in: fixture.community) {
            try fixture.desk.report(report, of: id, by: fixture.asVisitor, sealing: seal, in: $0)
          }
          return []
        } catch let problem as Problem { return problem.fields.map(\.field) }
      }
      let door = try await fixture.door(0, id).id
      func made(
        _ kind: VisitOutcome.Kind, version: Int64 = 1, _ answers: VisitAnswers = VisitAnswers(),
        again: Timestamp? = nil
      ) -> VisitReport {
        VisitReport(
          key: "checked-key-number-1", door: door, kind: kind, comeAgainAt: again, version: version,
          answers: answers, happenedAt: VisitFixture.start)
      }
      #expect(try await fields(made(.comeAgain)) == ["again_at"])
      #expect(try await fields(made(.seen, VisitAnswers([0: 3]))) == ["version"])
      #expect(try await fields(made(.seen, version: 2)) == ["version"])
      let again = VisitFixture.start + .days(2)
      #expect(try await fields(made(.comeAgain, again: again)) == [])
      #expect(try await fixture.outcomes(id).map(\.comeAgainAt) == [again])
    }
  }

  @Test("Two devices that send the same report leave one", arguments: TestEngine.available)
  func race(_ engine: TestEngine) async throws {
    try await VisitFixture.with(engine) { fixture in
      let id = try await fixture.underWay()
      let answers = try await withThrowingTaskGroup(of: VisitReportAnswer.self) { group in
        for _ in 0..<12 {
          group.addTask {
            try await fixture.report(
              .followUp, at: 0, of: id, key: "two-devices-one-key-1", answers: VisitAnswers([0: 0]),
              note: "愿意谈谈")
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(answers.count { $0 == .recorded } == 1 && answers.count { $0 == .repeated } == 11)
      #expect(try await fixture.count("SELECT count(*) FROM care_visit_outcome") == 1)
      #expect(try await fixture.count("SELECT count(*) FROM care_text") == 1)
      #expect(
        try await fixture.count("SELECT count(*) FROM messages_message WHERE kind = 'care.visit_follow_up'")
          == 1)
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(
    "What was said is sealed under the community’s key, and only its own people read it",
    arguments: TestEngine.available)
  func sealed(_ engine: TestEngine) async throws {
    try await VisitFixture.with(engine) { fixture in
      let id = try await fixture.underWay()
      let note = "儿子常年不在家"
      _ = try await fixture.report(
        .seen, at: 1, of: id, key: "sealed-key-number-01", answers: VisitAnswers([0: 1, 1: 0]), note: note)
      let community = fixture.community
      let rows = try await fixture.database.read {
        try $0.all("SELECT person_id, case_id, sealed FROM care_text") { row in
          (person: try row[0] as PersonID?, file: try row[1] as CaseID?, sealed: try row[2] as [UInt8])
        }
      }
      let row = try #require(rows.first)
      #expect(rows.count == 1 && row.person == nil && row.file == nil)
      #expect(!String(decoding: row.sealed, as: UTF8.self).contains(note))
      #expect(!String(decoding: row.sealed, as: UTF8.self).contains("0:1"))
      let opener = try await fixture.keys.opening([nil], in: community)
      let ids = try await fixture.outcomes(id).compactMap(\.text)
      func read(_ reader: CaseReader) async throws -> [CareDocument] {
        try await fixture.database.read { snapshot in
          let open = try VisitDoorkeeper.open(id, for: reader, in: community, snapshot)
          let texts = try CareTextStore.texts(ids, open.texts, in: community, snapshot)
          return try Array(opener.open(texts).values)
        }
      }
      for reader in [fixture.asRunner, fixture.asSupervisor] {
        let document = try #require(try await read(reader).first)
        #expect(document[.note] == note && document[.answers] == "0:1,1:0")
      }
      #expect(try await read(fixture.asVisitor).isEmpty, "not even whoever wrote it down reads it again")
      let kept = try await fixture.database.read {
        try $0.values("SELECT purpose FROM platform_audit", as: String.self)
      }
      #expect(!kept.contains { $0.contains(note) || $0.contains("王阿姨") })
    }
  }

  @Test(
    "Who needs the worker is told to the worker alone, once and without a word of it",
    arguments: TestEngine.available)
  func followUp(_ engine: TestEngine) async throws {
    try await VisitFixture.with(engine) { fixture in
      let id = try await fixture.underWay()
      let door = try await fixture.door(1, id)
      _ = try await fixture.report(.followUp, at: 1, of: id, key: "follow-up-key-number-1", note: "想找人说说话")
      _ = try await fixture.report(.followUp, at: 1, of: id, key: "follow-up-key-number-1", note: "想找人说说话")
      let messages = try await fixture.database.read {
        try $0.all(
          "SELECT recipient_id, text_zh, text_en, path FROM messages_message WHERE kind = 'care.visit_follow_up'"
        ) { row in
          (
            to: try row[0] as PersonID, text: "\(try row[1] as String)\(try row[2] as String)",
            path: try row[3] as String
          )
        }
      }
      #expect(messages.map(\.to) == [fixture.runner])
      #expect(messages[0].path == "/visit-campaigns/\(id)/doors/\(door.id)")
      for word in ["王阿姨", "502", "说说话"] { #expect(!messages[0].text.contains(word)) }
    }
  }

  @Test(
    "A report that a telephone kept is heard when the door is somebody else’s or all is over",
    arguments: TestEngine.available)
  func late(_ engine: TestEngine) async throws {
    try await VisitFixture.with(engine) { fixture in
      let id = try await fixture.underWay()
      let door = try await fixture.door(0, id)
      let stranger = await problemCode {
        _ = try await fixture.report(
          .seen, at: 0, of: id, key: "late-key-number-0001", as: fixture.asOtherVisitor)
      }
      #expect(stranger == "not_found")
      try await fixture.arrange(id) {
        try fixture.desk.give(.door(door.id), to: fixture.otherVisitor, $0, in: $1)
      }
      #expect(try await fixture.report(.followUp, at: 0, of: id, key: "late-key-number-0002") == .late)
      let theirs = try await fixture.own(fixture.asOtherVisitor, id)
      #expect(theirs.map(\.door.id).contains(door.id) && theirs.allSatisfy { $0.outcomes.isEmpty })
      let now = try await fixture.report(
        .seen, at: 0, of: id, key: "late-key-number-0003", as: fixture.asOtherVisitor)
      #expect(now == .recorded)
      try await fixture.arrange(id) { open, transaction in
        try fixture.desk.finish(&open, seen: open.campaign.events, in: transaction)
      }
      #expect(try await fixture.report(.seen, at: 1, of: id, key: "late-key-number-0004") == .late)
      #expect(try await fixture.report(.seen, at: 1, of: id, key: "late-key-number-0004") == .repeated)
      fixture.clock.move(to: VisitFixture.lastDayEnds + .days(31))
      let over = await problemCode {
        _ = try await fixture.report(.seen, at: 1, of: id, key: "late-key-number-0005")
      }
      #expect(over == "visit.over")
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(
    "Before it starts nobody reports, and the questions are then frozen by the first answer",
    arguments: TestEngine.available)
  func frozen(_ engine: TestEngine) async throws {
    try await VisitFixture.with(engine) { fixture in
      let (desk, id) = (fixture.desk, try await fixture.make())
      try await fixture.arrange(id) { open, transaction in
        try desk.list(fixture.households, .list, open, in: transaction)
        try desk.ask(fixture.visitor, open, in: transaction)
        try desk.give(.rest, to: fixture.visitor, open, in: transaction)
      }
      let early = await problemCode {
        _ = try await fixture.report(.seen, at: 0, of: id, key: "frozen-key-number-01")
      }
      #expect(early == "not_found")
      try await fixture.arrange(id) { try desk.start(&$0, seen: 1, in: $1) }
      var terms = fixture.terms()
      terms.questions.removeLast()
      let fewer = terms
      try await fixture.arrange(id) { try desk.write(fewer, &$0, seen: 2, in: $1) }
      // A telephone that still shows the earlier page reports under its version, and nothing is lost.
      #expect(
        try await fixture.report(
          .seen, at: 0, of: id, key: "frozen-key-number-02", answers: VisitAnswers([1: 0])) == .recorded)
      let code = await problemCode {
        try await fixture.arrange(id) { try desk.write(fixture.terms(), &$0, seen: 3, in: $1) }
      }
      #expect(code == "visit.questions_frozen")
      var longer = fewer
      longer.endsAt = longer.endsAt + .days(7)
      let extended = longer
      try await fixture.arrange(id) { try desk.write(extended, &$0, seen: 3, in: $1) }
      #expect(try await fixture.campaign(id).terms == extended)
      fixture.clock.advance(by: .minutes(1))
      #expect(try await fixture.breaches() == [])
    }
  }
}
