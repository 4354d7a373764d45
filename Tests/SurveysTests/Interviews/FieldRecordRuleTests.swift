import Database
import Kernel
import People
import TestKit
import Testing
import Web

@testable import Surveys

@Suite("Field records: rules")
struct FieldRecordRuleTests {
  private func facts(
    _ kind: MaterialKind, people: Int64, agreement: FieldRecord.Agreement = .spoken,
    way: FieldRecord.Way = .faceToFace, ago: Duration = .hours(1)
  ) -> FieldRecord.Facts {
    FieldRecord.Facts(
      kind: kind, way: way, minutes: 30, people: people, agreement: agreement, speaker: nil,
      happenedAt: FieldFixture.start - ago)
  }

  private func faults(_ facts: FieldRecord.Facts, isNamed: Bool = false) -> [String] {
    FieldRecordRules.faults(of: facts, isNamed: isNamed, at: FieldFixture.start).map(\.field)
  }

  @Test func `what does not go together is told by field`() {
    #expect(faults(facts(.interview, people: 1), isNamed: true) == [])
    #expect(faults(facts(.interview, people: 2)) == ["people"])
    #expect(faults(facts(.groupInterview, people: 1)) == ["people"])
    #expect(faults(facts(.meeting, people: 30), isNamed: true) == ["phone"])
    #expect(faults(facts(.interview, people: 1, agreement: .notNeeded)) == ["agreement"])
    #expect(faults(facts(.meeting, people: 30, agreement: .notNeeded)) == ["agreement"])
    #expect(faults(facts(.observation, people: 0, agreement: .notNeeded)) == [])
    #expect(faults(facts(.observation, people: 0, agreement: .notNeeded, way: .phone)) == ["way"])
    #expect(faults(facts(.surveyAnswer, people: 1)) == ["kind"])
    #expect(faults(facts(.interview, people: 1, ago: .days(61))) == ["happened_at"])
    #expect(faults(facts(.interview, people: 1, ago: .hours(-1))) == ["happened_at"])
  }

  @Test func `notes are locked after three days, or when their author says so`() {
    let record = FieldRecord(
      id: FieldRecordID(rawValue: 1), study: StudyID(rawValue: 2), number: 1, version: 1,
      facts: facts(.interview, people: 1), recordedAt: FieldFixture.start,
      recordedBy: Actor(person: PersonID(rawValue: 5), role: .socialWorker), lockedAt: nil,
      withdrawnAt: nil)
    let (author, other) = (PersonID(rawValue: 5), PersonID(rawValue: 6))
    let before = FieldFixture.start + .days(3) - .seconds(1)
    #expect(FieldRecordRules.mayCorrect(record, author, at: before))
    #expect(!FieldRecordRules.mayCorrect(record, other, at: before))
    #expect(!FieldRecordRules.mayCorrect(record, author, at: FieldFixture.start + .days(3)))
    var locked = record
    locked.lockedAt = FieldFixture.start
    #expect(FieldRecordRules.isLocked(locked, at: FieldFixture.start))
    var withdrawn = record
    withdrawn.withdrawnAt = FieldFixture.start
    #expect(!FieldRecordRules.mayCorrect(withdrawn, author, at: before))
  }

  private func notes(_ random: inout SeededGenerator) -> FieldNotes {
    func text() -> String {
      (0..<Int.random(in: 1...4, using: &random)).map { _ in
        ["没电梯", "  腿疼 ", "", "买菜\t远", "怕摔 \r\n 天黑"].randomElement(using: &random) ?? ""
      }.joined(separator: "\n")
    }
    var notes = FieldNotes(setting: "活动室", free: text())
    for question in 0..<5 where Bool.random(using: &random) { notes.answers[question] = text() }
    return notes
  }

  @Test(arguments: 0..<100) func `addenda change no number, and no word is lost`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var texts = [notes(&random)]
    var before = Passages.cut(texts)
    for _ in 0..<4 {
      texts.append(notes(&random))
      let after = Passages.cut(texts)
      #expect(Array(after.prefix(before.count)) == before)
      #expect(after.map(\.number) == (0..<after.count).map { Int64($0 + 1) })
      before = after
    }
    #expect(before.allSatisfy { !$0.words.isEmpty && $0.words.allSatisfy { !$0.isNewline } })
    let said = texts.flatMap { Array($0.answers.values) + [$0.free] }.joined().filter { !$0.isWhitespace }
    let kept = before.map(\.words).joined().filter { !$0.isWhitespace }
    #expect(said.sorted() == kept.sorted())
    for text in texts { #expect(FieldNotes(text.bytes) == text) }
  }

  @Test func `bytes that are no notes are none`() {
    #expect(FieldNotes(Array("{}".utf8)) == nil)
    #expect(FieldNotes(Array("[1".utf8)) == nil)
    #expect(FieldNotes.shown(stored: "别的") == "别的")
    let notes = FieldNotes(setting: "家里", answers: [1: "腿疼", 0: "上周"], free: "爱说笑")
    let stored = String(decoding: notes.bytes, as: UTF8.self)
    #expect(FieldNotes.shown(stored: stored) == "家里\n1. 上周\n2. 腿疼\n爱说笑")
  }

  // MARK: - Forms

  private func form(_ changes: [String: String] = [:]) -> Form {
    var fields = [
      "version": "1", "kind": "interview", "way": "phone", "minutes": "20", "agreement": "spoken",
      "free": "腿疼", "idempotency_key": "a-page-with-one-key", "pressed_at": "2026-11-23T07:30:00.000Z",
    ]
    fields.merge(changes) { $1 }
    return Form(fields: fields.sorted { $0.key < $1.key }.map { Form.Field(name: $0.key, value: $0.value) })
  }

  @Test func `a form gives a draft, at the moment of the press unless another is chosen`() throws {
    let draft = try FieldRecordForm.draft(form(), now: FieldFixture.start, offsetSeconds: 28_800)
    #expect(draft.happenedAt == FieldFixture.start - .minutes(30))
    #expect(draft.people == 1 && draft.phone == nil && draft.notes == FieldNotes(free: "腿疼"))
    let chosen = try FieldRecordForm.draft(
      form(["happened_at": "2026-11-22T16:00"]), now: FieldFixture.start, offsetSeconds: 28_800)
    #expect(chosen.happenedAt == FieldFixture.start - .days(1))
    let plain = try FieldRecordForm.draft(
      form(["pressed_at": ""]), now: FieldFixture.start, offsetSeconds: 28_800)
    #expect(plain.happenedAt == FieldFixture.start)
  }

  @Test func `what is missing is told by field`() {
    func fields(_ changes: [String: String]) -> [String] {
      do {
        _ = try FieldRecordForm.draft(form(changes), now: FieldFixture.start, offsetSeconds: 28_800)
        return []
      } catch let problem as Problem {
        return problem.fields.map(\.field)
      } catch {
        return ["\(error)"]
      }
    }
    #expect(fields(["free": ""]) == ["free"])
    #expect(fields(["free": "", "answer-1": "腿疼"]) == [])
    #expect(fields(["kind": "chat", "minutes": "0"]) == ["kind", "minutes"])
    #expect(fields(["agreement": ""]) == ["agreement"])
    #expect(fields(["pressed_at": "yesterday"]) == ["happened_at"])
  }

  @Test func `one kept page makes one record of the same words and another of others`() throws {
    func key(_ changes: [String: String]) throws -> String {
      try FieldRecordForm.onceKey(form(changes), to: "/studies/x/records", by: PersonID(rawValue: 1)).key
    }
    let first = try key([:])
    #expect(try key(["pressed_at": "2026-11-23T07:31:00.000Z"]) == first)
    #expect(try key(["free": "没电梯"]) != first)
    #expect(try key(["idempotency_key": "a-page-with-another-key"]) != first)
    #expect(throws: Problem.self) { try key(["idempotency_key": ""]) }
  }

  @Test func `the guide is one question on each line, and not too many`() throws {
    func sent(_ guide: String) -> Form {
      Form([
        "title": "下楼难", "question": "老人为什么不下楼？", "purpose": "想知道大家下楼难在哪里，好跟街道说。", "guide": guide,
      ])
    }
    #expect(try StudyForm.terms(sent("一？\r\n\n  二？ \n")).guide == ["一？", "二？"])
    let many = (1...21).map { "第 \($0) 问？" }.joined(separator: "\n")
    #expect(throws: Problem.self) { try StudyForm.terms(sent(many)) }
    #expect(throws: Problem.self) { try StudyForm.terms(sent(String(repeating: "长", count: 201))) }
  }

  @Test func `a study goes from open to closed and back, and nowhere else`() {
    let states: [Study.State?] = [nil, .open, .closed]
    var possible = 0
    for state in states {
      for kind in StudyEvent.Kind.allCases where StudyRules.state(after: kind, in: state) != nil {
        possible += 1
      }
    }
    #expect(possible == 4)
    #expect(StudyRules.state(after: .closed, in: .open) == .closed)
    #expect(StudyRules.state(after: .written, in: .closed) == nil)
    #expect(StudyRules.state(after: .reopened, in: .closed) == .open)
  }
}
