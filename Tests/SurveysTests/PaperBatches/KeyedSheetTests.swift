import Kernel
import TestKit
import Testing
import Web

@testable import Surveys

@Suite("Paper: what is keyed in")
struct KeyedSheetTests {
  private let clock = PaperFixture.clock

  private func paper() throws -> PaperForm {
    try PaperForm(SurveySample.version(PaperSample.definition), in: SurveySample.language)
  }

  private func keyed(_ form: Form) throws -> KeyedSheet {
    try KeyingForm.read(form, try paper(), offsetSeconds: 28_800).keyed
  }

  @Test func `a sheet is read as it was written`() {
    var random = SeededGenerator(seed: 5)
    for _ in 0..<200 {
      var sheet = KeyedSheet()
      for name in ["a", "b-1", "c", "d"] {
        let answers: [KeyedAnswer] = [
          .blank, .unreadable, .refused, .written("楼 \"梯\"\n"), .written("blank"),
        ]
        sheet[name] = answers.randomElement(using: &random) ?? .blank
      }
      #expect(KeyedSheet(sheet.bytes) == sheet)
    }
    #expect(KeyedSheet([1, 2, 3]) == nil)
  }

  @Test func `the same sheet keyed in twice is the same`() throws {
    let one = try keyed(PaperSample.form())
    let other = try keyed(PaperSample.form(PaperSample.fields.reversed()))
    #expect(one == other)
    #expect(one["age"] == .written("72") && one["weight"] == .written("61.5"))
    #expect(one["order"] == .written("care shop talk") && one["needs"] == .written("shop talk"))
  }

  @Test(arguments: [
    ("a.lift", "no", "lift"), ("a.mood", "5", "mood"), ("a.needs", "care", "needs"), ("a.age", "27", "age"),
    ("a.day", "2026-11-06", "day"), ("a.words", "楼梯太高。", "words"), ("a.weight", "65.1", "weight"),
    ("a.score", "1", "score"), ("a.hour", "09:31", "hour"), ("a.meet", "2026-11-28T10:30", "meet"),
  ])
  func `a difference is found in a question of every kind`(field: String, value: String, item: String) throws
  {
    let paper = try paper()
    let one = try keyed(PaperSample.form())
    let other = try keyed(PaperSample.changed(field, value))
    #expect(KeyedSheet.differences(one, other, among: paper.questions) == [item])
    let empty = try keyed(PaperSample.changed(field, nil))
    #expect(KeyedSheet.differences(one, empty, among: paper.questions) == [item])
  }

  @Test func `a difference is found in an order and in a tick`() throws {
    let paper = try paper()
    let one = try keyed(PaperSample.form())
    let turned = PaperSample.fields.map { name, value in
      name == "a.order.shop" ? (name, "1") : name == "a.order.care" ? (name, "2") : (name, value)
    }
    #expect(
      KeyedSheet.differences(one, try keyed(PaperSample.form(turned)), among: paper.questions) == ["order"])
    let unticked = try keyed(PaperSample.changed("a.read", nil))
    #expect(KeyedSheet.differences(one, unticked, among: paper.questions) == ["read"])
  }

  @Test func `what is asked is keyed in or marked, one of the two`() throws {
    let paper = try paper()
    func fields(_ form: Form) -> [String] {
      do {
        _ = try KeyingForm(form, paper, clock: clock)
        return []
      } catch let problem as Problem {
        return problem.fields.map(\.field)
      } catch {
        return ["\(error)"]
      }
    }
    #expect(fields(PaperSample.form()) == [])
    // “why” was left out because of “lift”: nothing has to be said of it.
    #expect(fields(PaperSample.changed("a.age", nil)) == ["a.age"])
    #expect(
      fields(PaperSample.form(PaperSample.fields.filter { $0.0 != "a.age" } + [("m.age", "blank")])) == [])
    #expect(fields(PaperSample.form(PaperSample.fields + [("m.age", "unreadable")])) == ["a.age"])
    #expect(throws: Problem.staleForm) {
      try KeyingForm(PaperSample.changed("a.lift", "perhaps"), paper, clock: clock)
    }
  }

  @Test func `answers that contradict what was answered before are kept as they are and told`() throws {
    let paper = try paper()
    let form = PaperSample.form(PaperSample.fields + [("a.why", "yes")])
    let keying = try KeyingForm(form, paper, clock: clock)
    #expect(keying.keyed["why"] == .written("yes"))
    #expect(keying.review.warnings == [PaperReview.Warning(item: "why", kind: .notAsked)])
    #expect(!keying.isConfirmed)
    let again = PaperSample.form(PaperSample.fields + [("a.why", "yes"), ("confirmed", "why")])
    #expect(try KeyingForm(again, paper, clock: clock).isConfirmed)
    let heavy = try KeyingForm(PaperSample.changed("a.weight", "612"), paper, clock: clock)
    #expect(heavy.review.contradictions == ["weight"])
  }

  @Test func `what is unreadable counts as not answered`() throws {
    let form = PaperSample.form(PaperSample.fields.filter { $0.0 != "a.age" } + [("m.age", "unreadable")])
    let keying = try KeyingForm(form, try paper(), clock: clock)
    #expect(keying.keyed["age"] == .unreadable)
    #expect(keying.review.sheet.kept.values["age"] == nil)
    #expect(!keying.review.sheet.kept.notAsked.contains("age"))
  }

  @Test func `who keyed in a sheet cannot do so again, and two are enough`() {
    let (one, other, third) = (PersonID(rawValue: 1), PersonID(rawValue: 2), PersonID(rawValue: 3))
    let questionnaire = Questionnaire(
      id: QuestionnaireID(rawValue: 1), createdAt: Timestamp(seconds: 0), createdBy: SurveySample.actor,
      state: .closed, version: 1, events: 3)
    var locked = questionnaire
    locked.state = .locked
    let sheet = PaperSheet(number: 1, state: .open, reason: nil, fields: 0, differences: 0, settledBy: nil)
    var stored = sheet
    stored.state = .stored
    func code(_ sheet: PaperSheet, _ questionnaire: Questionnaire, _ keyers: [PersonID], _ by: PersonID)
      -> String?
    {
      PaperRules.refusal(toKey: sheet, of: questionnaire, keyedBy: keyers, by: by)?.code
    }
    #expect(code(sheet, questionnaire, [], one) == nil)
    #expect(code(sheet, questionnaire, [one], other) == nil)
    #expect(code(sheet, questionnaire, [one], one) == "paper.keyed_by_you")
    #expect(code(sheet, questionnaire, [one, other], third) == "paper.keyed_twice")
    #expect(code(stored, questionnaire, [], one) == "paper.settled")
    #expect(code(sheet, locked, [], one) == "paper.locked")
  }
}
