import Database
import Kernel
import People
import TestKit
import Testing

@testable import Surveys

@Suite("Coding: two coders")
struct CodingDeskTests {
  @Test(arguments: TestEngine.available)
  func `neither coder's work is told before both are done`(engine: TestEngine) async throws {
    try await FieldFixture.with(engine) { fixture in
      let study = try await fixture.study()
      try await fixture.record("没有电梯\n腿疼", of: study)
      let (lift, legs) = (
        try await fixture.code("电梯", of: study), try await fixture.code("身体", of: study)
      )
      let id = try await fixture.begin(study)
      #expect(try await fixture.coding(id)?.units == 2)
      try await fixture.give([lift], 1, id, study, by: fixture.asWorker)
      try await fixture.give([legs, lift], 2, id, study, by: fixture.asWorker)
      try await fixture.give([lift], 1, id, study, by: fixture.asColleague)
      func own(_ person: PersonID) async throws -> [Int64: Set<ThemeCodeID>] {
        try await fixture.database.read {
          try CodingMarkStore.own(of: person, in: id, fixture.community, $0)
        }
      }
      #expect(try await own(fixture.worker) == [1: [lift], 2: [legs, lift]])
      #expect(try await own(fixture.colleague) == [1: [lift]])
      #expect(try await own(fixture.supervisor) == [:])
      func isBlind() async -> String? { await FieldFixture.code { _ = try await fixture.pairs(id) } }
      #expect(await isBlind() == "coding.blind")
      try await fixture.finish(id, study, by: fixture.asWorker)
      #expect(await isBlind() == "coding.blind", "one is not enough")
      let early = await FieldFixture.code { try await fixture.finish(id, study, by: fixture.asColleague) }
      #expect(early == "coding.unfinished")
      let decided = await FieldFixture.code {
        try await fixture.decide([lift], 2, id, study, by: fixture.asSupervisor)
      }
      #expect(decided == "coding.blind")
      try await fixture.give([], 2, id, study, by: fixture.asColleague)
      try await fixture.finish(id, study, by: fixture.asColleague)
      #expect(
        try await fixture.pairs(id) == [
          CodedPair(unit: 1, first: [lift], second: [lift]),
          CodedPair(unit: 2, first: [legs, lift], second: []),
        ])
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(arguments: TestEngine.available)
  func `who is done changes nothing more, and strangers code nothing`(engine: TestEngine) async throws {
    try await FieldFixture.with(engine) { fixture in
      let study = try await fixture.study()
      try await fixture.record("没有电梯", of: study)
      let (lift, legs) = (
        try await fixture.code("电梯", of: study), try await fixture.code("身体", of: study)
      )
      let other = try await fixture.code("别处", of: try await fixture.study())
      let id = try await fixture.begin(study, .single)
      func give(_ codes: Set<ThemeCodeID>, by actor: Actor) async -> String? {
        await FieldFixture.code { try await fixture.give(codes, 1, id, study, by: actor) }
      }
      #expect(await give([lift], by: fixture.asSupervisor) == "coding.not_coder")
      #expect(await give([lift, legs], by: fixture.asWorker) == "coding.one_code")
      #expect(await give([other], by: fixture.asWorker) == "code.retired")
      try await fixture.write {
        try CodeBookDesk().retire(legs, of: study, seen: 1, for: "用不上", by: fixture.asWorker, in: $0)
      }
      #expect(await give([legs], by: fixture.asWorker) == "code.retired")
      #expect(await give([lift], by: fixture.asWorker) == nil)
      #expect(await give([], by: fixture.asWorker) == nil, "changing one's mind")
      try await fixture.finish(id, study, by: fixture.asWorker)
      #expect(await give([lift], by: fixture.asWorker) == "coding.done")
      let again = await FieldFixture.code { try await fixture.finish(id, study, by: fixture.asWorker) }
      #expect(again == "coding.done")
      let missing = await FieldFixture.code {
        try await fixture.give([lift], 2, id, study, by: fixture.asColleague)
      }
      #expect(missing == "not_found")
    }
  }

  @Test(arguments: TestEngine.available)
  func `it is settled once every difference is decided, and only then counted`(
    engine: TestEngine
  ) async throws {
    try await FieldFixture.with(engine) { fixture in
      let study = try await fixture.study()
      try await fixture.record("没有电梯\n腿疼", of: study)
      let (lift, legs) = (
        try await fixture.code("电梯", of: study), try await fixture.code("身体", of: study)
      )
      let id = try await fixture.begin(study)
      for (actor, second) in [(fixture.asWorker, legs), (fixture.asColleague, lift)] {
        try await fixture.give([lift], 1, id, study, by: actor)
        try await fixture.give([second], 2, id, study, by: actor)
        try await fixture.finish(id, study, by: actor)
      }
      func counts() async throws -> [Int64] {
        try await fixture.database.read {
          try ThemeDesk().counts(of: study, in: fixture.community, $0).map(\.voices)
        }
      }
      #expect(try await counts() == [])
      let open = await FieldFixture.code { try await fixture.settle(id, study, by: fixture.asWorker) }
      #expect(open == "coding.unfinished")
      let alike = await FieldFixture.code {
        try await fixture.decide([legs], 1, id, study, by: fixture.asWorker)
      }
      #expect(alike == "coding.done", "there is nothing to decide")
      try await fixture.decide([lift], 2, id, study, by: fixture.asSupervisor)
      try await fixture.decide([legs], 2, id, study, by: fixture.asColleague)
      try await fixture.settle(id, study, by: fixture.asWorker)
      let consensus = try await fixture.database.read {
        try CodingMarkStore.consensus(of: id, in: fixture.community, $0)
      }
      #expect(consensus[1]?.codes == [lift] && consensus[1]?.way == .agreed)
      #expect(consensus[2]?.codes == [legs] && consensus[2]?.way == .decided)
      #expect(consensus[2]?.decidedBy == fixture.asColleague)
      #expect(try await counts() == [1, 1])
      let late = await FieldFixture.code {
        try await fixture.decide([lift], 2, id, study, by: fixture.asWorker)
      }
      #expect(late == "coding.done")
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(arguments: TestEngine.available)
  func `each passage is coded once, addenda later, open notes not at all`(engine: TestEngine) async throws {
    try await FieldFixture.with(engine) { fixture in
      let study = try await fixture.study()
      let id = try await fixture.record("没有电梯\n腿疼", of: study)
      try await fixture.record("还在改", of: study, isLocked: false)
      let first = try await fixture.begin(study)
      #expect(try await fixture.coding(first)?.units == 2)
      let nothing = await FieldFixture.code { _ = try await fixture.begin(study) }
      #expect(nothing == "coding.nothing")
      try await fixture.write { [fixture] in
        try FieldRecordDesk(directory: fixture.people.directory).add(
          FieldNotes(free: "补一句"), to: id, of: study, by: fixture.asWorker, sealing: fixture.cipher, in: $0)
      }
      let second = try await fixture.begin(study)
      #expect(try await fixture.coding(second)?.units == 1)
      let unit = try await fixture.database.read {
        try CodingStore.unit(1, of: second, in: fixture.community, $0)
      }
      #expect(unit?.text == .passage(id, 3))
      let same = await FieldFixture.code { _ = try await fixture.begin(study, second: fixture.worker) }
      #expect(same == "form.invalid")
      let stranger = await FieldFixture.code {
        _ = try await fixture.begin(study, second: fixture.neighbours[0])
      }
      #expect(stranger == "form.invalid")
    }
  }

  @Test(arguments: TestEngine.available)
  func `answers of a locked questionnaire are coded by their numbers, once in a study`(
    engine: TestEngine
  ) async throws {
    try await FieldFixture.with(engine) { fixture in
      let study = try await fixture.study()
      let source = Coding.Source.answers(QuestionnaireID(rawValue: 9), item: "why")
      let answers = [SurveyTexts.Text(number: 4, words: "没电梯"), SurveyTexts.Text(number: 11, words: "腿疼")]
      let id = try await fixture.begin(study, source: source, answers: answers)
      let unit = try await fixture.database.read {
        try CodingStore.unit(2, of: id, in: fixture.community, $0)
      }
      #expect(unit == CodingUnit(number: 2, text: .answer(11), kind: .surveyAnswer, voice: 11))
      #expect(try await fixture.coding(id)?.source == source)
      let again = await FieldFixture.code {
        _ = try await fixture.begin(study, source: source, answers: answers)
      }
      #expect(again == "coding.nothing")
      #expect(try await fixture.breaches() == [])
    }
  }
}
