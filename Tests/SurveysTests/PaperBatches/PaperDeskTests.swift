import Database
import Kernel
import People
import Security
import TestKit
import Testing
import Web

@testable import Surveys

@Suite("Paper: two entries, one answer")
struct PaperDeskTests {
  @Test(arguments: TestEngine.available)
  func `two equal entries are one answer, the same as an interviewer's`(engine: TestEngine) async throws {
    try await PaperFixture.with(engine) { fixture in
      #expect(try await fixture.key(1, by: fixture.worker) == .keyedOnce)
      #expect(try await fixture.answers().isEmpty)
      #expect(try await fixture.key(1, by: fixture.colleague) == .stored)
      let answers = try await fixture.answers()
      let asked = try AnswerSheet(
        fixture.paper.version, language: PaperSample.language,
        answers: try AnswerForm(PaperSample.form(), PaperSample.definition, offsetSeconds: 28_800).answers,
        clock: PaperFixture.clock)
      #expect(asked.problems.isEmpty)
      #expect(answers.map(\.answers) == [asked.kept])
      #expect(answers.map(\.mode) == [.paper] && answers[0].identity == nil)
      let line = try await fixture.line(1)
      #expect(line.standing == .stored && line.keyers.isEmpty && line.sheet.settledBy == nil)
      #expect(line.sheet.fields == 13 && line.sheet.differences == 0)
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(arguments: TestEngine.available)
  func `nobody keys in a sheet twice, and the table says so too`(engine: TestEngine) async throws {
    try await PaperFixture.with(engine) { fixture in
      try await fixture.key(1, by: fixture.worker)
      #expect(
        await PaperFixture.code { try await fixture.key(1, by: fixture.worker) } == "paper.keyed_by_you")
      let entry = PaperEntry(
        id: PaperEntryID(rawValue: 99), place: 2, keyer: fixture.worker, keyedAt: PaperFixture.start,
        respondent: .nobody, sheet: KeyedSheet())
      await #expect(throws: DatabaseError.self) {
        try await fixture.write { [fixture] in
          try PaperEntryStore.insert(entry, of: 1, in: fixture.batch.id, sealing: fixture.cipher, in: $0)
        }
      }
      try await fixture.key(1, PaperSample.changed("a.age", "73"), by: fixture.colleague)
      #expect(
        await PaperFixture.code { try await fixture.key(1, by: fixture.supervisor) } == "paper.keyed_twice")
      #expect(try await fixture.count("SELECT COUNT(*) FROM surveys_paper_entry") == 2)
    }
  }

  @Test(arguments: TestEngine.available)
  func `of two second entries at once one wins`(engine: TestEngine) async throws {
    try await PaperFixture.with(engine) { fixture in
      try await fixture.key(1, by: fixture.worker)
      async let one = PaperFixture.code { try await fixture.key(1, by: fixture.colleague) }
      async let other = PaperFixture.code { try await fixture.key(1, by: fixture.supervisor) }
      let codes = await [one, other]
      #expect(codes.contains(nil) && codes.contains("paper.settled"))
      #expect(try await fixture.answers().count == 1)
      try await fixture.key(2, by: fixture.worker)
      let different = PaperSample.changed("a.age", "73")
      async let third = PaperFixture.code { try await fixture.key(2, different, by: fixture.colleague) }
      async let fourth = PaperFixture.code { try await fixture.key(2, different, by: fixture.supervisor) }
      let more = await [third, fourth]
      #expect(more.contains(nil) && more.contains("paper.keyed_twice"))
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(arguments: TestEngine.available)
  func `differences are decided question by question, and who decided is kept`(engine: TestEngine)
    async throws
  {
    try await PaperFixture.with(engine) { fixture in
      try await fixture.key(1, by: fixture.worker)
      let other = PaperSample.form(
        PaperSample.fields.filter { !["a.age", "a.words", "a.score"].contains($0.0) } + [
          ("a.age", "27"), ("m.words", "unreadable"), ("a.score", "1"),
        ])
      #expect(try await fixture.key(1, other, by: fixture.colleague) == .differing)
      #expect(try await fixture.list(1).items == ["age", "words", "score"])
      #expect(
        await PaperFixture.code {
          try await fixture.settle(1, [("d.age", "first"), ("d.words", "first")], by: fixture.supervisor)
        } == "form.invalid")
      try await fixture.settle(
        1, [("d.age", "second"), ("d.words", "first"), ("d.score", "other"), ("a.score", "2")],
        by: fixture.supervisor)
      let values = try #require(try await fixture.answers().first).answers.values
      #expect(values["age"] == "27" && values["words"] == "楼梯太高" && values["score"] == "2")
      let line = try await fixture.line(1)
      #expect(line.sheet.settledBy == fixture.supervisor && line.sheet.differences == 3)
      let tallies = try await fixture.database.read {
        try PaperEntryStore.tallies(of: fixture.batch.id, in: fixture.community, $0)
      }
      #expect(Set(tallies.filter { $0.differences == 1 }.map(\.item)) == ["age", "words", "score"])
      #expect(tallies.allSatisfy { $0.fields == 1 && $0.first < $0.second })
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(arguments: TestEngine.available)
  func `of two who settle at once one wins`(engine: TestEngine) async throws {
    try await PaperFixture.with(engine) { fixture in
      try await fixture.key(1, by: fixture.worker)
      try await fixture.key(1, PaperSample.changed("a.age", "27"), by: fixture.colleague)
      async let one = PaperFixture.code {
        try await fixture.settle(1, [("d.age", "first")], by: fixture.worker)
      }
      async let other = PaperFixture.code {
        try await fixture.settle(1, [("d.age", "second")], by: fixture.supervisor)
      }
      let codes = await [one, other]
      #expect(codes.contains(nil) && codes.contains("paper.settled"))
      #expect(try await fixture.answers().count == 1)
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(arguments: TestEngine.available)
  func `a sheet that contradicts itself is looked at, though both read the same`(engine: TestEngine)
    async throws
  {
    try await PaperFixture.with(engine) { fixture in
      let form = PaperSample.form(PaperSample.fields + [("a.why", "yes")])
      try await fixture.key(1, form, by: fixture.worker)
      #expect(try await fixture.key(1, form, by: fixture.colleague) == .differing)
      let list = try await fixture.list(1)
      #expect(list.items == ["lift", "why"] && list.differing.isEmpty)
      #expect(
        await PaperFixture.code {
          try await fixture.settle(1, [("d.lift", "first"), ("d.why", "first")], by: fixture.worker)
        } == "form.invalid")
      try await fixture.settle(
        1, [("d.lift", "other"), ("a.lift", "no"), ("d.why", "first")], by: fixture.worker)
      let values = try #require(try await fixture.answers().first).answers.values
      #expect(values["lift"] == "no" && values["why"] == "yes")
      try await fixture.key(2, form, by: fixture.worker)
      try await fixture.key(2, form, by: fixture.colleague)
      try await fixture.settle(2, [("d.lift", "first"), ("d.why", "blank")], by: fixture.worker)
      let notAsked = try await fixture.answers().map(\.answers.notAsked)
      #expect(Set(notAsked) == [[], ["why"]])
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(arguments: TestEngine.available)
  func `nothing that stays joins a sheet and its answer`(engine: TestEngine) async throws {
    try await PaperFixture.with(engine) { fixture in
      for number in 1...3 as ClosedRange<Int64> {
        try await fixture.key(number, by: fixture.worker)
        try await fixture.key(number, by: fixture.colleague)
      }
      #expect(try await fixture.count("SELECT COUNT(*) FROM surveys_paper_entry") == 0)
      let serials = (1...3).map { fixture.batch.serial(Int64($0)).description }
      let keys = try await fixture.database.read {
        try $0.values("SELECT client_key FROM surveys_response", as: [UInt8].self)
      }
      #expect(Set(keys).count == 3)
      #expect(!keys.contains { key in serials.contains { Digest(of: $0).bytes == key } })
      let sheets = try await fixture.database.read { snapshot in
        try snapshot.all(
          """
          SELECT state, fields, differences, settled_by_id FROM surveys_paper_sheet WHERE state = 'stored'
          """
        ) { row in
          let state: String = try row[0]
          let numbers: [Int64] = [try row[1], try row[2]]
          return "\(state) \(numbers) \(row.isNull(3))"
        }
      }
      #expect(sheets.count == 3 && Set(sheets).count == 1, "one sheet looks like another")
      let audited = try await fixture.database.read {
        try $0.auditTrail(of: fixture.batch.id.rawValue, in: fixture.community, limit: 100)
      }
      #expect(audited.count == 1 + 6 && audited.allSatisfy { $0.entry.detailDigest.isEmpty })
    }
  }

  @Test(arguments: TestEngine.available)
  func `spoilt and missing sheets give no answer; what was missing may turn up`(engine: TestEngine)
    async throws
  {
    try await PaperFixture.with(engine) { fixture in
      let (leaving, batch) = (fixture.leaving, fixture.batch)
      try await fixture.key(1, by: fixture.worker)
      try await fixture.write {
        try leaving.spoil(batch.serial(1), .unreadable, by: fixture.colleague, in: $0)
      }
      #expect(try await fixture.count("SELECT COUNT(*) FROM surveys_paper_entry") == 0)
      #expect(await PaperFixture.code { try await fixture.key(1, by: fixture.colleague) } == "paper.settled")
      try await fixture.key(2, by: fixture.worker)
      #expect(
        await PaperFixture.code {
          try await fixture.write { try leaving.miss(batch.serial(2), by: fixture.worker, in: $0) }
        } == "paper.returned")
      try await fixture.write { try leaving.miss(batch.serial(3), by: fixture.worker, in: $0) }
      #expect(try await fixture.line(3).standing == .missing)
      #expect(try await fixture.answers().isEmpty)
      #expect(try await fixture.breaches() == [])
      try await fixture.key(3, by: fixture.worker)
      #expect(try await fixture.key(3, by: fixture.colleague) == .stored)
      #expect(try await fixture.line(1).sheet.reason == .unreadable)
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(arguments: TestEngine.available)
  func `what was closed is still keyed in, and what is open ends with the locking`(engine: TestEngine)
    async throws
  {
    try await PaperFixture.with(engine) { fixture in
      try await fixture.step(.closed)
      try await fixture.key(1, by: fixture.worker)
      #expect(try await fixture.key(1, by: fixture.colleague) == .stored)
      try await fixture.key(2, by: fixture.worker)
      try await fixture.key(3, by: fixture.worker)
      try await fixture.key(3, PaperSample.changed("a.age", "27"), by: fixture.colleague)
      let open = try await fixture.database.read {
        try fixture.leaving.open(of: fixture.id, in: fixture.community, $0)
      }
      #expect(open == [.blank: 2, .keyedOnce: 1, .differing: 1])
      #expect(
        await PaperFixture.code {
          _ = try await fixture.write {
            try fixture.desk.make(
              PaperBatchForm.Draft(sheets: 3, language: nil), of: fixture.id, through: fixture.collector.id,
              by: fixture.worker, in: $0
            ).id
          }
        } == "paper.not_possible")
      try await fixture.write {
        try LockDesk().request(fixture.id, .none, seen: 3, by: fixture.supervisor, in: $0)
      }
      let work = LockWork(database: fixture.database, vault: fixture.staff.vault)
      #expect(try await work.round() == 1)
      #expect(try await fixture.count("SELECT COUNT(*) FROM surveys_paper_entry") == 0)
      #expect(try await fixture.line(2).sheet.reason == .unfinished)
      #expect(try await fixture.line(3).standing == .spoilt)
      #expect(try await fixture.line(4).standing == .missing)
      #expect(await PaperFixture.code { try await fixture.key(4, by: fixture.worker) } == "paper.locked")
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(arguments: TestEngine.available)
  func `a batch keeps its questions whatever becomes of the questionnaire`(engine: TestEngine) async throws {
    try await PaperFixture.with(engine) { fixture in
      try await fixture.write { [fixture] transaction in
        let desk = QuestionnaireDesk()
        try desk.write(fixture.id, seen: 2, by: fixture.worker, in: transaction) {
          $0.definition.items.removeLast()
        }
        try desk.open(fixture.id, seen: 3, by: fixture.worker, in: transaction)
      }
      let batches = try await fixture.write { [fixture] transaction -> [PaperBatch] in
        _ = try fixture.desk.make(
          PaperBatchForm.Draft(sheets: 2, language: nil), of: fixture.id, through: fixture.collector.id,
          by: fixture.worker, in: transaction)
        return try PaperBatchStore.batches(of: fixture.collector.id, in: fixture.community, transaction)
      }
      #expect(batches.map(\.version) == [2, 1] && batches.map(\.number) == [2, 1])
      try await fixture.key(1, by: fixture.worker)
      try await fixture.key(1, by: fixture.colleague)
      #expect(try await fixture.answers().map(\.version) == [1])
      #expect(try await fixture.answers().first?.answers.values["read"] == "OK")
    }
  }

  @Test(arguments: TestEngine.available)
  func `a sheet with a name is one answer each, and goes with the person`(engine: TestEngine) async throws {
    try await PaperFixture.with(engine, privacy: .named) { fixture in
      #expect(await PaperFixture.code { try await fixture.key(1, by: fixture.worker) } == "survey.whom")
      let person = fixture.neighbour
      try await fixture.key(1, of: person, by: fixture.worker)
      #expect(try await fixture.key(1, of: person, by: fixture.colleague) == .stored)
      let stored = try #require(try await fixture.answers().first)
      #expect(stored.identity?.person == person)
      #expect(try await fixture.line(1).sheet.fields == 14)
      try await fixture.key(2, of: person, by: fixture.worker)
      #expect(try await fixture.key(2, of: person, by: fixture.colleague) == .differing)
      #expect(
        await PaperFixture.code { try await fixture.settle(2, [], by: fixture.worker) } == "paper.answered")
      try await fixture.write {
        try fixture.leaving.spoil(fixture.batch.serial(2), .duplicate, by: fixture.worker, in: $0)
      }
      try await fixture.key(3, of: person, by: fixture.worker)
      try await fixture.key(3, of: fixture.supervisor.person, by: fixture.colleague)
      #expect(try await fixture.list(3).differsInWho)
      try await fixture.settle(3, [("d.?", "second")], by: fixture.worker)
      #expect(
        Set(try await fixture.answers().map(\.identity?.person)) == [person, fixture.supervisor.person])
      #expect(try await fixture.breaches() == [])
    }
  }
}
