import Kernel
import People
import Web

/// Reads what a campaign of visits is about, and what is reported at a door.
enum VisitForm {
  private static let titleLength = 1...60
  static let noteLength = 1...300
  /// What stands for no visitor in a list of them.
  static let nobody = "none"

  /// - Throws: `form.invalid` naming every wrong field.
  static func terms(_ form: Form, offsetSeconds: Int) throws -> VisitTerms {
    var reader = FormReader(form)
    let purpose = reader.choice("purpose", of: VisitPurpose.self)
    let title = reader.text("title", length: titleLength)
    let task = reader.text("task", length: TaskCard.needLength)
    let phrase = reader.lines("phrase", length: TaskCard.phraseLength)
    let from = reader.moment("from", offsetSeconds: offsetSeconds)
    let to = reader.moment("to", offsetSeconds: offsetSeconds)
    let runner: PersonID? = reader.identifier("runner")
    let supervisor: PersonID? = reader.identifier("supervisor")
    let questions = questions(&reader)
    if let from, let to {
      if to < from { reader.add("to", Phrase("最后一天不能早于第一天。", "The last day cannot be before the first.")) }
      if to + .days(1) - from > VisitRules.longest {
        reader.add("to", Phrase("一次走访最长三个月。", "One campaign lasts three months at most."))
      }
    }
    try reader.finish()
    guard let purpose, let title, let task, let phrase, let from, let to, let runner, let supervisor else {
      throw Problem.internalFault
    }
    return VisitTerms(
      purpose: purpose, title: title, task: task, phrase: phrase, questions: questions, startsAt: from,
      endsAt: to + .days(1), runner: runner, supervisor: supervisor)
  }

  /// Each question stands in two fields: what is asked, and its choices with strokes between them.
  private static func questions(_ reader: inout FormReader) -> [VisitQuestion] {
    (1...VisitRules.questionLimit).compactMap { number in
      let text = reader.text(
        "question-\(number)", length: VisitQuestion.textLength, isRequired: false)
      let field = "choices-\(number)"
      let typed = reader.text(field, length: 1...200, isRequired: false)
      let choices = (typed ?? "").split { "/／".contains($0) }
        .map { String($0.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()) }
        .filter { !$0.isEmpty }
      if text == nil, typed != nil {
        reader.add("question-\(number)", Phrase("有选项，没有问题。", "There are choices without a question."))
      }
      guard let text else { return nil }
      if !VisitQuestion.choiceCount.contains(choices.count) || Set(choices).count != choices.count {
        reader.add(field, Phrase("请写 2 到 6 个不同的选项。", "Please give 2 to 6 different choices."))
      }
      if choices.contains(where: { !VisitQuestion.choiceLength.contains($0.unicodeScalars.count) }) {
        reader.add(field, Phrase("每个选项不超过 20 个字。", "A choice has at most 20 characters."))
      }
      return VisitQuestion(text, choices)
    }
  }

  /// The form as it was filled in.
  static func state(_ terms: VisitTerms, offsetSeconds: Int) -> FormState {
    func day(_ moment: Timestamp) -> String {
      CivilDateTime(moment, offsetSeconds: offsetSeconds).isoDate
    }
    var stored = [
      "purpose": terms.purpose.rawValue, "title": terms.title, "task": terms.task, "phrase": terms.phrase,
      "from": day(terms.startsAt), "to": day(terms.endsAt - .seconds(1)),
      "runner": terms.runner.description, "supervisor": terms.supervisor.description,
    ]
    for (index, question) in terms.questions.enumerated() {
      stored["question-\(index + 1)"] = question.text
      stored["choices-\(index + 1)"] = question.choices.joined(separator: " / ")
    }
    return FormState(stored)
  }

  /// One report of a door.
  ///
  /// - Parameter now: when it happened, where the form does not say.
  /// - Throws: `form.invalid`.
  static func report(
    _ form: Form, door: VisitDoorID, now: Timestamp, offsetSeconds: Int
  ) throws -> VisitReport {
    var reader = FormReader(form)
    let kind = reader.choice("kind", of: VisitOutcome.Kind.self)
    let isReturn = kind == .comeAgain
    let again =
      isReturn ? reader.moment("again_at", offsetSeconds: offsetSeconds, isRequired: true) : nil
    let version = reader.integer("version", in: 1...1_000_000)
    var answers: [Int: Int] = [:]
    for number in 0..<VisitRules.questionLimit {
      let last = Int64(VisitQuestion.choiceCount.upperBound - 1)
      if let choice = reader.integer("answer-\(number)", in: 0...last, isRequired: false) {
        answers[number] = Int(choice)
      }
    }
    let note = reader.lines("note", length: noteLength, isRequired: false)
    let happenedAt = reader.raw("happened_at").map { Timestamp(rfc3339: $0) } ?? now
    if happenedAt == nil { reader.add("happened_at", Phrase("看不懂这个时间。", "This time cannot be read.")) }
    try reader.finish()
    guard let kind, let version else { throw Problem.internalFault }
    return VisitReport(
      key: try form["idempotency_key"] ?? "", door: door, kind: kind, comeAgainAt: again, version: version,
      answers: VisitAnswers(answers), note: note ?? "", happenedAt: happenedAt ?? now)
  }
}

/// Reads which households are put on a list.
enum VisitListForm {
  /// Which of the three forms was sent.
  enum Way: String, CaseIterable {
    case building
    case door
    case list

    var source: VisitDoor.Source {
      switch self {
      case .building: .building
      case .door: .door
      case .list: .list
      }
    }
  }

  enum Choice: Sendable {
    /// In their stored spelling.
    case buildings([String])
    case doors([(line: Int?, door: Door)])
  }

  static func way(_ form: Form) throws -> Way {
    var reader = FormReader(form)
    let way = reader.choice("way", of: Way.self)
    try reader.finish()
    guard let way else { throw Problem.internalFault }
    return way
  }

  /// - Throws: `form.invalid` naming every wrong field and line.
  static func read(_ form: Form, _ way: Way) throws -> Choice {
    switch way {
    case .building:
      let buildings = form.all("buildings")
      if buildings.isEmpty {
        throw Problem.invalid([
          FieldProblem("buildings", Phrase("请至少选一栋。", "Please choose at least one building."))
        ])
      }
      return .buildings(buildings)
    case .door:
      return .doors([
        (
          nil,
          try Door(
            building: try form["building"] ?? "", unit: try form["unit"] ?? "", room: try form["room"] ?? "")
        )
      ])
    case .list: return .doors(try doors(form))
    }
  }

  private static func doors(_ form: Form) throws -> [(line: Int?, door: Door)] {
    var reader = FormReader(form)
    let text = reader.lines("doors", length: 1...20_000)
    try reader.finish()
    let lines = VisitDoorLine.lines(text ?? "")
    var problems = Problems()
    if lines.count > VisitDoorLine.limit {
      problems.add(
        "doors",
        Phrase("一次最多贴 \(VisitDoorLine.limit) 行。", "At most \(VisitDoorLine.limit) lines at a time."))
    }
    var doors: [(line: Int?, door: Door)] = []
    for line in lines.prefix(VisitDoorLine.limit) {
      if let door = VisitDoorLine.door(line.text) {
        doors.append((line.number, door))
      } else {
        problems.add("doors", line: line.number, Phrase("看不懂这个门牌。", "This door cannot be read."))
      }
    }
    try problems.throwIfAny()
    return doors
  }
}
