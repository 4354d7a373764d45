import Database
import Kernel
import Security
import TestKit
import Testing

@testable import People
@testable import Surveys

@Suite("Field records: taking, locking, taking back, forgetting")
struct FieldRecordDeskTests {
  @Test(arguments: TestEngine.available)
  func `notes are sealed, numbered and joined to the resident who was named`(engine: TestEngine) async throws
  {
    try await FieldFixture.with(engine) { fixture in
      let study = try await fixture.study()
      let first = try await fixture.record("没有电梯，腿疼", of: study, phone: FieldFixture.phone)
      let second = try await fixture.record("树下坐着四个人", .observation, of: study)
      let records = try await fixture.database.read {
        try FieldRecordStore.list(of: study, limit: 10, in: fixture.community, $0)
      }
      #expect(records.map(\.id) == [second, first] && records.map(\.number) == [2, 1])
      #expect(records.map(\.facts.speaker) == [nil, fixture.neighbours[0]])
      #expect(try await fixture.texts(first).map(\.notes.free) == ["没有电梯，腿疼"])
      let sealed = try await fixture.database.read {
        try $0.values("SELECT words FROM surveys_record_text", as: [UInt8].self)
      }
      #expect(!sealed.contains { String(decoding: $0, as: UTF8.self).contains("电梯") })
      let unknown = FieldFixture.draft(FieldNotes(free: "腿疼"), phone: "13900139000")
      let code = await FieldFixture.code {
        _ = try await fixture.write { [fixture] in
          try FieldRecordDesk(directory: fixture.people.directory).take(
            unknown, of: study, by: fixture.asWorker, sealing: fixture.cipher, in: $0
          ).id
        }
      }
      #expect(code == "form.invalid")
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(arguments: TestEngine.available)
  func `the author corrects for three days; then there are addenda`(engine: TestEngine) async throws {
    try await FieldFixture.with(engine) { fixture in
      let study = try await fixture.study()
      let id = try await fixture.record("第一稿", of: study, isLocked: false)
      let desk = FieldRecordDesk(directory: fixture.people.directory)
      func correct(_ words: String, seen: Int64, by actor: Actor) async -> String? {
        await FieldFixture.code {
          try await fixture.write {
            try desk.correct(
              FieldNotes(free: words), id, of: study, seen: seen, by: actor, sealing: fixture.cipher, in: $0)
          }
        }
      }
      func add(_ words: String) async -> String? {
        await FieldFixture.code {
          try await fixture.write {
            try desk.add(
              FieldNotes(free: words), to: id, of: study, by: fixture.asColleague, sealing: fixture.cipher,
              in: $0)
          }
        }
      }
      #expect(await correct("第二稿", seen: 1, by: fixture.asWorker) == nil)
      #expect(await correct("第三稿", seen: 1, by: fixture.asWorker) == "study.stale")
      #expect(await correct("第三稿", seen: 2, by: fixture.asColleague) == "record.not_own")
      #expect(await add("补一句") == "record.open")
      fixture.clock.advance(by: .days(3))
      #expect(await correct("第三稿", seen: 2, by: fixture.asWorker) == "record.locked")
      #expect(await add("补一句") == nil)
      #expect(await add("再补一句") == nil)
      #expect(try await fixture.texts(id).map(\.notes.free) == ["第二稿", "补一句", "再补一句"])
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(arguments: TestEngine.available)
  func `an answer to a question that the guide does not have is kept as free notes`(
    engine: TestEngine
  ) async throws {
    try await FieldFixture.with(engine) { fixture in
      let study = try await fixture.study()
      let notes = FieldNotes(answers: [0: "上周", 7: "多出来的"], free: "别的")
      let id = try await fixture.write { [fixture] in
        try FieldRecordDesk(directory: fixture.people.directory).take(
          FieldFixture.draft(notes), of: study, by: fixture.asWorker, sealing: fixture.cipher, in: $0
        ).id
      }
      #expect(try await fixture.texts(id).map(\.notes) == [FieldNotes(answers: [0: "上周"], free: "多出来的\n别的")])
    }
  }

  @Test(arguments: TestEngine.available)
  func `what is taken back is gone with its quotes, and stays a number`(engine: TestEngine) async throws {
    try await FieldFixture.with(engine) { fixture in
      let study = try await fixture.study()
      let id = try await fixture.record("没有电梯", of: study, phone: FieldFixture.phone)
      try await fixture.write { [fixture] transaction in
        try QuoteDesk(directory: fixture.people.directory).make(
          QuoteForm.Draft(passage: 1, words: "楼里没有电梯"), of: id, in: study, by: fixture.asWorker,
          sealing: fixture.cipher, transaction)
        try FieldRecordDesk(directory: fixture.people.directory).withdraw(
          id, of: study, by: fixture.asColleague, in: transaction)
      }
      #expect(try await fixture.count("SELECT COUNT(*) FROM surveys_record_text") == 0)
      #expect(try await fixture.count("SELECT COUNT(*) FROM surveys_quote") == 0)
      #expect(try await fixture.count("SELECT COUNT(*) FROM surveys_record WHERE speaker_id IS NULL") == 1)
      let again = await FieldFixture.code {
        try await fixture.write { [fixture] in
          try FieldRecordDesk(directory: fixture.people.directory).withdraw(
            id, of: study, by: fixture.asWorker, in: $0)
        }
      }
      #expect(again == "record.withdrawn")
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(arguments: TestEngine.available)
  func `nothing is noted once collecting has ended, until it goes on`(engine: TestEngine) async throws {
    try await FieldFixture.with(engine) { fixture in
      let (study, desk) = (try await fixture.study(), StudyDesk())
      func closes(seen: Int64) async -> String? {
        await FieldFixture.code {
          try await fixture.write { try desk.close(study, seen: seen, by: fixture.asWorker, in: $0) }
        }
      }
      #expect(await closes(seen: 7) == "study.stale")
      #expect(await closes(seen: 1) == nil)
      #expect(await closes(seen: 2) == "study.not_possible")
      #expect(await FieldFixture.code { try await fixture.record("晚了", of: study) } == "study.closed")
      try await fixture.write { try desk.reopen(study, seen: 2, by: fixture.asWorker, in: $0) }
      _ = try await fixture.record("还来得及", of: study)
      var changed = FieldFixture.terms
      changed.guide.append("还有吗？")
      let terms = changed
      try await fixture.write { try desk.write(terms, study, seen: 3, by: fixture.asWorker, in: $0) }
      let (found, second) = try await fixture.database.read { snapshot in
        (
          try StudyStore.find(study, in: fixture.community, snapshot),
          try StudyStore.version(2, of: study, in: fixture.community, snapshot)
        )
      }
      #expect(found?.version == 2 && found?.events == 4 && found?.records == 1 && found?.state == .open)
      #expect(second?.terms == terms)
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(arguments: TestEngine.available)
  func `three years after the end the words go and the counts stay`(engine: TestEngine) async throws {
    try await FieldFixture.with(engine) { fixture in
      let study = try await fixture.study()
      let open = try await fixture.study()
      let id = try await fixture.record("没有电梯", of: study, phone: FieldFixture.phone)
      _ = try await fixture.record("还在做的", of: open)
      try await fixture.write { [fixture] transaction in
        try QuoteDesk(directory: fixture.people.directory).make(
          QuoteForm.Draft(passage: 1, words: "楼里没有电梯"), of: id, in: study, by: fixture.asWorker,
          sealing: fixture.cipher, transaction)
        try StudyDesk().close(study, seen: 1, by: fixture.asWorker, in: transaction)
      }
      let runner = JobRunner(fixture.database, handlers: FieldWork.jobs)
      fixture.clock.advance(by: NoteKeeping.term)
      try await runner.runDue()
      #expect(try await fixture.texts(id).count == 1, "not a moment too early")
      fixture.clock.advance(by: .days(2))
      try await runner.runDue()
      #expect(try await fixture.texts(id).isEmpty)
      #expect(try await fixture.count("SELECT COUNT(*) FROM surveys_quote") == 0)
      #expect(try await fixture.count("SELECT COUNT(*) FROM surveys_record_text") == 1, "the other goes on")
      #expect(try await fixture.count("SELECT COUNT(*) FROM surveys_record") == 2)
      #expect(
        try await fixture.count("SELECT COUNT(*) FROM surveys_record WHERE speaker_id IS NOT NULL") == 0)
      let code = await FieldFixture.code {
        try await fixture.write { try StudyDesk().reopen(study, seen: 2, by: fixture.asWorker, in: $0) }
      }
      #expect(code == "study.not_possible")
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(arguments: TestEngine.available)
  func `whoever was interviewed has the notes in their copy, and their deletion removes them`(
    engine: TestEngine
  ) async throws {
    try await FieldFixture.with(engine) { fixture in
      let study = try await fixture.study()
      let id = try await fixture.record("没有电梯", of: study, phone: FieldFixture.phone)
      let other = try await fixture.record("别人的话", of: study)
      let subject = DataSubject(
        person: fixture.neighbours[0], household: nil, community: fixture.community)
      let records = PersonRecords(Phrase("访谈", "Interviews"), tables: InterviewPersonRows.tables)
      let part = try await fixture.database.read {
        try DataCopyStore.part(records, about: subject, opening: [.survey: fixture.cipher], $0)
      }
      let cells = part.tables.flatMap(\.rows).flatMap { $0 }
      #expect(part.tables.map { $0.name.description } == ["surveys_record_text", "surveys_record"])
      #expect(cells.contains { if case .text("没有电梯") = $0 { true } else { false } })
      #expect(!cells.contains { if case .text("别人的话") = $0 { true } else { false } })
      try await fixture.write {
        try ErasureStore.end(InterviewPersonRows.tables, about: subject, later: false, in: $0)
      }
      #expect(try await fixture.texts(id).isEmpty)
      #expect(try await fixture.texts(other).count == 1)
      #expect(try await fixture.count("SELECT COUNT(*) FROM surveys_record") == 2)
      #expect(
        try await fixture.count("SELECT COUNT(*) FROM surveys_record WHERE speaker_id IS NOT NULL") == 0)
      #expect(try await fixture.breaches() == [])
    }
  }
}
