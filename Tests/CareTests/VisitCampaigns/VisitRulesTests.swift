import Kernel
import People
import TestKit
import Testing
import Web

@testable import Care

@Suite("Door visits: the rules")
struct VisitRulesTests {
  private let start = VisitFixture.start
  private let first = VisitFixture.firstDay
  private let end = VisitFixture.lastDayEnds

  private func campaign(_ state: VisitCampaign.State) -> VisitCampaign {
    VisitCampaign(
      id: VisitCampaignID(rawValue: 1), createdAt: start,
      createdBy: Actor(person: PersonID(rawValue: 1), role: .socialWorker), state: state,
      terms: VisitTerms(
        purpose: .scam, title: "走访", task: "送卡", phrase: "您好", questions: VisitFixture.questions,
        startsAt: first, endsAt: end, runner: PersonID(rawValue: 1), supervisor: PersonID(rawValue: 2)),
      version: 1, events: 1)
  }

  @Test("It runs between its first and its last day, and only when it was started")
  func running() {
    #expect(campaign(.running).isRunning(at: first) && campaign(.running).isRunning(at: end - .seconds(1)))
    #expect(!campaign(.running).isRunning(at: first - .seconds(1)))
    #expect(!campaign(.running).isRunning(at: end))
    #expect(!campaign(.draft).isRunning(at: start) && !campaign(.finished).isRunning(at: start))
  }

  @Test("A telephone keeps a copy for a day, and never beyond the last day")
  func copies() {
    #expect(VisitRules.copyTerm(of: campaign(.running), at: first) == .hours(24))
    #expect(VisitRules.copyTerm(of: campaign(.running), at: end - .hours(3)) == .hours(3))
    #expect(VisitRules.copyTerm(of: campaign(.running), at: end) == .seconds(1))
  }

  @Test("Questions stay once somebody answered; everything stays once it is finished")
  func terms() {
    var changed = campaign(.running).terms
    changed.title = "换个题目"
    func refusal(_ state: VisitCampaign.State, _ hasOutcomes: Bool) -> String? {
      VisitRules.refusal(toGive: changed, to: campaign(state), hasOutcomes: hasOutcomes)?.code
    }
    #expect(refusal(.draft, false) == nil && refusal(.running, true) == nil)
    #expect(refusal(.finished, false) == "visit.not_possible")
    changed.questions.removeLast()
    #expect(refusal(.running, false) == nil)
    #expect(refusal(.running, true) == "visit.questions_frozen")
  }

  @Test("Steps go one way")
  func steps() {
    func start(_ state: VisitCampaign.State, _ doors: Int, _ now: Timestamp) -> String? {
      VisitRules.refusal(toStart: campaign(state), doors: doors, at: now)?.code
    }
    #expect(start(.draft, 1, first) == nil)
    #expect(start(.draft, 0, first) == "visit.empty")
    #expect(start(.draft, 1, end) == "visit.days_over")
    #expect(start(.running, 1, first) == "visit.not_possible")
    #expect(VisitRules.refusal(toFinish: campaign(.running)) == nil)
    #expect(VisitRules.refusal(toFinish: campaign(.draft))?.code == "visit.not_possible")
    #expect(VisitRules.takesReports(campaign(.finished), at: end + .days(29)))
    #expect(!VisitRules.takesReports(campaign(.finished), at: end + .days(30)))
    #expect(!VisitRules.takesReports(campaign(.draft), at: first))
  }

  @Test("Of several attempts the last by the visitors' clocks counts, and no clock runs ahead of the server")
  func counting() {
    func outcome(_ id: Int64, _ kind: VisitOutcome.Kind, _ minute: Int64) -> VisitOutcome {
      VisitOutcome(
        id: VisitOutcomeID(rawValue: id), door: VisitDoorID(rawValue: 1), kind: kind, comeAgainAt: nil,
        version: 1, text: nil, visitor: Actor(person: PersonID(rawValue: 1), role: .resident),
        happenedAt: start + .minutes(minute), recordedAt: start + .minutes(60), isLate: false)
    }
    #expect(VisitOutcome.counting([VisitOutcome]()) == nil)
    let late = [outcome(1, .seen, 20), outcome(2, .notAnswered, 10)]
    #expect(VisitOutcome.counting(late)?.kind == .seen)
    #expect(VisitOutcome.counting([outcome(1, .seen, 10), outcome(2, .declined, 10)])?.kind == .declined)
    let ahead = outcome(3, .seen, 9000)
    #expect(ahead.happenedAt == ahead.recordedAt)
  }

  @Test("Questions and answers are read as they were written, and nothing else is")
  func questions() {
    #expect(VisitQuestion.read(VisitQuestion.stored(VisitFixture.questions)) == VisitFixture.questions)
    #expect(VisitQuestion.read(VisitQuestion.stored([])) == [])
    for wrong in ["", "{}", "[1]", "[[1]]", "[[]]"] { #expect(VisitQuestion.read(wrong) == nil) }
    let answers = VisitAnswers([0: 2, 1: 0])
    #expect(answers.text == "0:2,1:0")
    #expect(VisitAnswers(text: answers.text, to: VisitFixture.questions) == answers)
    #expect(VisitAnswers(text: "0:9,7:0,x,1:1", to: VisitFixture.questions) == VisitAnswers([1: 1]))
    #expect(answers.fit(VisitFixture.questions) && !answers.fit([]))
    #expect(!VisitAnswers([0: 3]).fit(VisitFixture.questions) && VisitAnswers().fit([]))
  }

  @Test("Of each door the last answer to a question counts")
  func tally() {
    let tally = VisitTally(
      VisitFixture.questions,
      [[VisitAnswers([0: 0]), VisitAnswers([0: 1, 1: 0])], [VisitAnswers([0: 1])], [], [VisitAnswers()]])
    #expect(tally.questions.map(\.counts) == [[0, 2, 0], [1, 0]])
    #expect(tally.questions.map(\.answered) == [2, 1])
  }

  @Test("Doors as people write them")
  func lines() throws {
    let door = try Door(building: "3", unit: "2", room: "501")
    for line in [
      "3号楼2单元501", "3号楼 2单元 501室", "3-2-501", "３栋２单元５０１", "3 2 501", "Building 3, Unit 2, Room 501",
      "03号楼，2门，501",
    ] { #expect(VisitDoorLine.door(line) == door, "\(line)") }
    #expect(VisitDoorLine.door("10号楼 201") == (try Door(building: "10", unit: "", room: "201")))
    #expect(VisitDoorLine.door("桂花苑 502") == (try Door(building: "桂花苑", unit: "", room: "502")))
    for line in ["", "501", "王阿姨家", "1-2-3-4"] {
      #expect(VisitDoorLine.door(line) == nil, "\(line)")
    }
    #expect(VisitDoorLine.lines("a\n\n  b \r\nc").map(\.number) == [1, 3, 4])
  }

  @Test("A card has four things, and none of them is long")
  func card() throws {
    let door = Phrase("3号楼 2单元 502", "Building 3, Unit 2, Room 502")
    let card = try VisitDesk.card(nameForm: "王阿姨", door: door, need: "看一看", phrase: "您好")
    #expect(card.nameForm == "王阿姨" && card.door == door)
    for (need, phrase, field) in [
      ("", "您好", "need"), (String(repeating: "看", count: 61), "您好", "need"),
      ("看", String(repeating: "您", count: 201), "phrase"),
    ] {
      let problem = #expect(throws: Problem.self) {
        try VisitDesk.card(nameForm: "王阿姨", door: door, need: need, phrase: phrase)
      }
      #expect(problem?.fields.map(\.field) == [field])
    }
  }

  @Test("The papers as a form sends them")
  func form() throws {
    func form(_ more: KeyValuePairs<String, String>) -> Form {
      var fields = [
        "purpose": "scam", "title": "走访", "task": "送卡", "phrase": "您好", "from": "2026-11-23",
        "to": "2026-11-29", "runner": PersonID(rawValue: 1).description,
        "supervisor": PersonID(rawValue: 2).description,
      ]
      for (name, value) in more { fields[name] = value }
      return Form(fields: fields.map { Form.Field(name: $0.key, value: $0.value) })
    }
    func wrong(_ more: KeyValuePairs<String, String>) -> Set<String> {
      do {
        _ = try VisitForm.terms(form(more), offsetSeconds: 28_800)
        return []
      } catch let problem as Problem {
        return Set(problem.fields.map(\.field))
      } catch { return ["\(error)"] }
    }
    let terms = try VisitForm.terms(
      form(["question-2": "要卡吗？", "choices-2": " 要 / 不要／说不好 "]), offsetSeconds: 28_800)
    #expect(terms.startsAt == VisitFixture.firstDay && terms.endsAt == VisitFixture.lastDayEnds)
    #expect(terms.questions == [VisitQuestion("要卡吗？", ["要", "不要", "说不好"])])
    let state = VisitForm.state(terms, offsetSeconds: 28_800)
    #expect(state.value("to") == "2026-11-29" && state.value("choices-1") == "要 / 不要 / 说不好")
    #expect(wrong(["to": "2026-11-22"]) == ["to"])
    #expect(wrong(["to": "2027-03-01"]) == ["to"])
    #expect(wrong(["choices-1": "要 / 不要"]) == ["question-1"])
    #expect(wrong(["question-1": "要吗", "choices-1": "要"]) == ["choices-1"])
    #expect(wrong(["question-1": "要吗", "choices-1": "要/要"]) == ["choices-1"])
    #expect(wrong(["title": "", "phrase": String(repeating: "好", count: 201)]) == ["title", "phrase"])
  }
}
