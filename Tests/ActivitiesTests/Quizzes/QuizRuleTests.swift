import Interop
import Kernel
import People
import Security
import TestKit
import Testing
import Web

@testable import Activities

/// The rules that need no database.
@Suite struct QuizRuleTests {
  private static let now = Timestamp(seconds: 1_800_000_000)

  private static func terms(_ prizes: [QuizPrize] = [QuizPrize(name: "大米", pieces: 1)]) -> QuizTerms {
    QuizTerms(
      title: "问答", opensAt: now, closesAt: now + .days(1), threshold: 1, prizes: prizes, collectPlace: "服务站",
      collectDays: 14, activity: nil,
      questions: [QuizQuestionReference(question: QuizQuestionID(rawValue: 1), version: 1)])
  }

  private static func quiz(_ state: Quiz.State, _ terms: QuizTerms = terms()) -> Quiz {
    Quiz(
      id: QuizID(rawValue: 7), unit: .person, state: state, version: 1, terms: terms, opening: nil,
      entries: 0,
      numbers: 0, createdAt: now, createdBy: Actor(person: PersonID(rawValue: 1), role: .socialWorker))
  }

  private static func questions(_ random: inout SeededGenerator) -> [QuizQuestion] {
    (1...Int.random(in: 1...30, using: &random)).map { number in
      let count = Int.random(in: QuizQuestionRules.optionCount, using: &random)
      return QuizQuestion(
        id: QuizQuestionID(rawValue: Int64(number)), version: 1,
        content: QuizQuestion.Content(
          wording: "题 \(number)", options: (0..<count).map { "选项 \($0)" },
          right: Int.random(in: 0..<count, using: &random), explanation: "因为", source: "", topic: "题"),
        writtenAt: now, writtenBy: Actor(person: PersonID(rawValue: 1), role: .socialWorker), retiredAt: nil)
    }
  }

  @Test func `a quiz takes answers from its beginning up to its end and not at it`() {
    let open = Self.quiz(.open)
    let moments: [(Timestamp, String?)] = [
      (Self.now - .seconds(1), "activities.quiz_not_begun"), (Self.now, nil),
      (open.terms.closesAt - .microseconds(1), nil), (open.terms.closesAt, "activities.quiz_closed"),
    ]
    for (moment, code) in moments { #expect(QuizRules.refusal(toEnter: open, at: moment)?.code == code) }
    #expect(QuizRules.refusal(toEnter: Self.quiz(.draft), at: Self.now)?.code == "not_found")
    #expect(QuizRules.refusal(toEnter: Self.quiz(.drawn), at: Self.now)?.code == "activities.quiz_closed")
    #expect(!QuizRules.isDue(open, at: open.terms.closesAt - .microseconds(1)))
    #expect(QuizRules.isDue(open, at: open.terms.closesAt))
    #expect(!QuizRules.isDue(Self.quiz(.drawn), at: open.terms.closesAt))
  }

  @Test func `a draft opens before its end, with the questions that were chosen`() {
    let draft = Self.quiz(.draft)
    let current = Set(draft.terms.questions)
    #expect(QuizRules.refusal(toOpen: draft, current: current, at: Self.now) == nil)
    #expect(
      QuizRules.refusal(toOpen: draft, current: current, at: draft.terms.closesAt)?.code
        == "activities.quiz_time_over")
    let newer = QuizQuestionReference(question: QuizQuestionID(rawValue: 1), version: 2)
    #expect(
      QuizRules.refusal(toOpen: draft, current: [newer], at: Self.now)?.code
        == "activities.quiz_questions_changed")
    #expect(
      QuizRules.refusal(toOpen: Self.quiz(.open), current: current, at: Self.now)?.code
        == "activities.quiz_not_possible")
  }

  @Test func `slots run through the prizes in their order`() {
    let prizes = [
      QuizPrize(name: "一", pieces: 1), QuizPrize(name: "二", pieces: 3), QuizPrize(name: "三", pieces: 2),
    ]
    let terms = Self.terms(prizes)
    #expect(terms.pieces == 6)
    #expect((1...6).map { terms.prize(ofSlot: $0)?.name } == ["一", "二", "二", "二", "三", "三"])
    #expect(terms.prize(ofSlot: 7) == nil)
  }

  @Test func `answers read back as they were written, and are counted one by one`() {
    var random = SeededGenerator(seed: 21)
    for _ in 0..<200 {
      let questions = Self.questions(&random)
      let chosen = questions.map { question -> Int? in
        Bool.random(using: &random) && Bool.random(using: &random)
          ? nil : question.content.options.indices.randomElement(using: &random)
      }
      let answers = QuizAnswers(chosen)
      #expect(QuizAnswers(text: answers.text) == answers)
      #expect(answers.fit(questions))
      #expect(
        answers.rightCount(of: questions)
          == questions.indices.count { chosen[$0] == questions[$0].content.right })
      #expect(
        QuizTally([answers, answers], to: questions).right.reduce(0, +) == 2
          * answers.rightCount(of: questions))
      #expect(!QuizAnswers(chosen + [nil]).fit(questions))
      #expect(!QuizAnswers(chosen.dropLast() + [6]).fit(questions))
    }
  }

  @Test(arguments: [("A", 0), ("f", 5), ("Ｃ", 2), ("1", 0), ("6", 5)])
  func `an option is named by its letter or its number`(typed: String, position: Int) {
    #expect(QuizOption.position(typed) == position)
  }

  @Test(arguments: ["", "G", "0", "7", "AB", "甲", "-"])
  func `nothing else names an option`(typed: String) {
    #expect(QuizOption.position(typed) == nil)
  }

  // MARK: - The draw

  @Test func `the order follows from seed and count alone and holds every number once`() {
    for count: Int64 in [0, 1, 7, 250] {
      let seed = CommittedDraw.Seed.make().text
      let order = QuizDrawing.order(seed: seed, numbers: count)
      #expect(order == QuizDrawing.order(seed: seed, numbers: count))
      #expect(order.sorted() == (0..<count).map { $0 + 1 })
      let tickets = order.map { Digest(of: "\(seed)|\($0)").description }
      #expect(tickets == tickets.sorted())
    }
  }

  @Test func `each quiz has a seed of its own, and each key gives another`() {
    let key = QuizFixture.seedKey
    let seeds = (1...200).map { QuizDrawing.seed(of: QuizID(rawValue: $0), key: key) }
    #expect(Set(seeds).count == 200)
    #expect(seeds[0] == QuizDrawing.seed(of: QuizID(rawValue: 1), key: key))
    let other = MessageKey(bytes: [UInt8](repeating: 6, count: 32))
    #expect(QuizDrawing.seed(of: QuizID(rawValue: 1), key: other) != seeds[0])
  }

  /// χ² of who is first and who is last among eight numbers over 3,000 quizzes: 7 degrees of freedom; the critical value for
  /// p = 0.001 is 24.32.
  @Test func `no entry number is luckier than another`() {
    var (first, last) = ([Int](repeating: 0, count: 8), [Int](repeating: 0, count: 8))
    for quiz: Int64 in 1...3000 {
      let seed = QuizDrawing.seed(of: QuizID(rawValue: quiz), key: QuizFixture.seedKey)
      let order = QuizDrawing.order(seed: seed.text, numbers: 8)
      first[Int(order[0]) - 1] += 1
      last[Int(order[7]) - 1] += 1
    }
    for counts in [first, last] {
      let sum = counts.reduce(0.0) { $0 + (Double($1) - 375) * (Double($1) - 375) / 375 }
      #expect(sum < 24.32, "χ² is \(sum)")
    }
  }

  @Test func `the check of a draw names a false seed, a false winner, a missing and a doubled one`() {
    let seed = QuizDrawing.seed(of: QuizID(rawValue: 1), key: QuizFixture.seedKey)
    let order = QuizDrawing.order(seed: seed.text, numbers: 6)
    func drawing(_ text: String = seed.text, drawn: Int64 = 6) -> QuizInvariants.Drawing {
      QuizInvariants.Drawing(
        quiz: QuizID(rawValue: 1), commitment: seed.commitment.bytes, seed: text, drawn: drawn, counted: 6,
        pieces: 2)
    }
    typealias Award = (place: Int64, slot: Int64, number: Int64)
    let right: [Award] = [(1, 1, order[0]), (2, 2, order[1]), (3, 1, order[2])]
    func names(_ drawing: QuizInvariants.Drawing, _ awards: [Award]) -> [String] {
      QuizInvariants.breaches(of: drawing, awards: awards).map { "\($0)" }
    }
    #expect(names(drawing(), right) == [])
    #expect(names(drawing(), Array(right.prefix(2))) == [])
    let false1: [Award] = [(1, 1, order[1]), (2, 2, order[0])]
    for awards in [false1, Array(right.prefix(1)), [right[0], right[2]], [right[0], (2, 1, order[1])]] {
      #expect(names(drawing(), awards).contains { $0.contains("activities.quiz_winner_differs") })
    }
    let other = CommittedDraw.Seed.make().text
    #expect(names(drawing(other), right).contains { $0.contains("activities.quiz_seed_differs") })
    #expect(names(drawing(drawn: 5), right).contains { $0.contains("activities.quiz_draw_incomplete") })
  }
}

/// What people send.
@Suite struct QuizFormTests {
  private static func problems(_ work: () throws -> Void) -> [String] {
    do {
      try work()
      return []
    } catch let problem as Problem {
      return problem.fields.map(\.field)
    } catch {
      return ["\(error)"]
    }
  }

  private static func question(_ changes: [String: String?] = [:]) -> Form {
    var fields: [String: String?] = [
      "wording": "谁会打电话要验证码？", "option-1": "骗子", "option-2": "银行", "right": "A", "explanation": "银行从不要。",
      "source": "", "topic": "防骗",
    ]
    fields.merge(changes) { $1 }
    return Form(fields: fields.compactMap { name, value in value.map { Form.Field(name: name, value: $0) } })
  }

  @Test func `a question is read with its options up to the last one given`() throws {
    let content = try QuizQuestionForm.content(Self.question(["option-3": "警察", "right": "C"]))
    #expect(content.options == ["骗子", "银行", "警察"] && content.right == 2 && content.source == "")
    let again = QuizQuestionForm.state(content)
    #expect(again.value("right") == "C" && again.value("option-3") == "警察")
  }

  @Test(arguments: [
    (["option-2": ""], "option-2"), (["option-4": "跳过了一个"], "option-3"), (["option-2": "骗子"], "option-2"),
    (["right": "C"], "right"), (["right": "X"], "right"), (["explanation": ""], "explanation"),
    (["wording": ""], "wording"), (["topic": ""], "topic"),
  ])
  func `what is wrong with a question is told at its field`(changes: [String: String], field: String) {
    #expect(
      Self.problems { _ = try QuizQuestionForm.content(Self.question(changes.mapValues { $0 })) } == [field])
  }

  private static let first = QuizQuestionID(rawValue: 11).description
  private static let second = QuizQuestionID(rawValue: 12).description

  private static func quiz(_ changes: [(String, String)] = []) -> Form {
    let names = Set(changes.map(\.0))
    let usual = [
      ("title", "防骗问答"), ("unit", "household"), ("opens_at", "2026-11-24T08:00"),
      ("closes_at", "2026-11-30T20:00"), ("questions", first), ("questions", second), ("threshold", "2"),
      ("prize-1", "大米"), ("pieces-1", "1"), ("prize-2", "牙膏"), ("pieces-2", "20"), ("collect_place", "服务站"),
      ("collect_days", "14"), ("activity", "none"),
    ]
    return Form(
      fields: (usual.filter { !names.contains($0.0) } + changes).map { Form.Field(name: $0.0, value: $0.1) })
  }

  @Test func `a quiz is read, and its form shows it again`() throws {
    let filled = try QuizForm.filled(Self.quiz(), isNew: true, offsetSeconds: 28_800)
    #expect(filled.unit == .household && filled.questions.map(\.rawValue) == [11, 12])
    #expect(filled.terms.prizes == [QuizPrize(name: "大米", pieces: 1), QuizPrize(name: "牙膏", pieces: 20)])
    #expect(filled.terms.opensAt == Timestamp(rfc3339: "2026-11-24T00:00:00Z"))
    var terms = filled.terms
    terms.questions = filled.questions.map { QuizQuestionReference(question: $0, version: 3) }
    let state = QuizForm.state(terms, offsetSeconds: 28_800)
    #expect(state.has("questions", Self.first) && state.has("questions", Self.second))
    #expect(state.value("closes_at") == "2026-11-30T20:00" && state.value("pieces-2") == "20")
  }

  @Test(arguments: [
    ([("closes_at", "2026-11-24T08:00")], "closes_at"), ([("closes_at", "2027-06-30T20:00")], "closes_at"),
    ([("threshold", "3")], "threshold"), ([("threshold", "0")], "threshold"),
    ([("unit", "everyone")], "unit"),
    ([("questions", "nonsense")], "questions"), ([("prize-2", "")], "prize-2"),
    ([("pieces-2", "")], "pieces-2"),
    ([("pieces-1", "200"), ("pieces-2", "101")], "pieces-1"), ([("collect_days", "2")], "collect_days"),
    ([("activity", "x")], "activity"), ([("title", "")], "title"),
  ])
  func `what is wrong with a quiz is told at its field`(changes: [(String, String)], field: String) {
    let found = Self.problems {
      _ = try QuizForm.filled(Self.quiz(changes), isNew: true, offsetSeconds: 28_800)
    }
    #expect(found == [field])
  }

  @Test func `one question is asked once, and thirty at most`() {
    for chosen in [[Self.first, Self.first], (1...31).map { QuizQuestionID(rawValue: $0).description }] {
      let found = Self.problems {
        _ = try QuizForm.filled(
          Self.quiz(chosen.map { ("questions", $0) }), isNew: true, offsetSeconds: 28_800)
      }
      #expect(found == ["questions"])
    }
  }

  @Test func `whom a winner sent has a name, and nobody else is named`() throws {
    #expect(
      try QuizAnswerForm.handover(Form(["receiver": "sent", "name": "小王"]))
        == QuizAnswerForm.Handover(receiver: .sent, name: "小王"))
    #expect(
      try QuizAnswerForm.handover(Form(["receiver": "family", "name": "小王"]))
        == QuizAnswerForm.Handover(receiver: .family, name: nil))
    #expect(
      Self.problems { _ = try QuizAnswerForm.handover(Form(["receiver": "sent", "name": ""])) } == ["name"])
    #expect(Self.problems { _ = try QuizAnswerForm.ground(Form(["kind": "handed"])) } == ["kind"])
  }
}
