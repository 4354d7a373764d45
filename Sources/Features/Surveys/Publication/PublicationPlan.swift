import Kernel
import Statistics

/// Locked answers as the gate sees them: what may be published, by what background, and what cannot go together.
///
/// A question with several answers is one question for each option, chosen or not by whoever answered. Numbers, moments and
/// texts are not published; numbers in groups are background.
///
/// How people stood with a question without an answer is counted apart (field/socialwork.md §2.7). Where everybody is asked,
/// that tells nothing of what anybody thinks: those counts are open. Where a question is asked because of another, or only
/// some versions of the form have it, whoever left it empty gave the answer that made it asked, so they are kept like
/// answers.
struct PublicationPlan: Sendable {
  /// One question that figures may be published of.
  struct Question: Sendable, Equatable {
    let name: String
    let title: Phrase
    /// Its place among the questions of the gate: the question itself, or of several answers who answered it at all. The
    /// latter is not published; it ties the options together.
    let place: Int
    /// Of a question with several answers: the places of its options.
    let options: [Int]
    /// What is counted: the choices, then how people stood with it; of several answers that they answered, then the latter.
    let categories: [Phrase]
    /// How many of the categories are answers.
    let answers: Int
    let optionNames: [Phrase]
    /// Whether it is no secret how many did not answer, however few.
    let isOpen: Bool

    /// The ways to stand with it without an answer.
    var statuses: ArraySlice<Phrase> { categories[answers...] }
    /// How many categories of what is published of it are answers: the choices, or an option chosen and not chosen. The
    /// statuses follow.
    var answersOfPart: Int { options.isEmpty ? answers : 2 }
  }

  struct Breakdown: Sendable, Equatable {
    let name: String
    let title: Phrase
    /// The last are those of whom it is not known.
    let categories: [Phrase]
  }

  let questions: [Question]
  let breakdowns: [Breakdown]
  /// Questions that are not published, since whether they are asked hangs on more than the one answer to another
  /// question.
  let tooEntangled: [Phrase]
  let dataset: DisclosureDataset

  static let unknown = Phrase("没有回答", "Not answered")

  /// - Parameter definition: the newest form, which says what cannot go together.
  /// - Throws: what the gate says of data that nothing can be published of.
  init(_ data: SurveyData, _ spec: LockSpec, _ definition: FormDefinition) throws(DisclosureRefusal) {
    var builder = PublicationPlanBuilder(data, spec, definition)
    builder.addBreakdowns()
    builder.addQuestions()
    builder.addRules()
    questions = builder.questions
    breakdowns = builder.breakdowns
    tooEntangled = builder.tooEntangled
    dataset = try DisclosureDataset(
      breakdowns: builder.breakdownColumns, questions: builder.columns, impossible: builder.rules)
  }
}

private struct PublicationPlanBuilder {
  let data: SurveyData
  let spec: LockSpec
  let structure: FormStructure
  var questions: [PublicationPlan.Question] = []
  var breakdowns: [PublicationPlan.Breakdown] = []
  var breakdownColumns: [DisclosureDataset.Column] = []
  var columns: [DisclosureDataset.Column] = []
  var rules: [[DisclosureDataset.Answer]] = []
  var tooEntangled: [Phrase] = []

  init(_ data: SurveyData, _ spec: LockSpec, _ definition: FormDefinition) {
    self.data = data
    self.spec = spec
    structure = FormStructure(definition)
  }

  mutating func addBreakdowns() {
    for breakdown in spec.breakdowns {
      guard let place = data.place(of: breakdown.item),
        let axis = CrossAxis(data, place, bounds: breakdown.bounds)
      else { continue }
      let unknown = axis.categories.count
      breakdowns.append(
        PublicationPlan.Breakdown(
          name: breakdown.item, title: axis.title, categories: axis.categories + [PublicationPlan.unknown]))
      breakdownColumns.append(
        DisclosureDataset.Column(
          axis.codes.map { $0 < 0 ? UInt8(unknown) : UInt8($0) }, categories: unknown + 1))
    }
  }

  /// The ways to stand with a question without an answer that the form knows of; they do not depend on what was answered.
  private static func statuses(of item: SurveyItem) -> [(status: AnswerStatus, name: Phrase)] {
    var statuses: [(AnswerStatus, Phrase)] = [(.missing, Phrase("没填", "Left empty"))]
    if item.canBeRefused { statuses.append((.refused, Phrase("不想说", "Would rather not say"))) }
    if item.canBeSkipped { statuses.append((.notAsked, Phrase("没问到", "Not asked"))) }
    return statuses.map { (status: $0.0, name: $0.1) }
  }

  mutating func addQuestions() {
    let background = Set(breakdowns.map(\.name))
    let several = Set(
      data.items.indices.filter { place in
        if case .multiple = data.columns[place]?.values { true } else { false }
      }.map { data.items[$0].name })
    for (place, item) in data.items.enumerated() where !background.contains(item.name) {
      guard let column = data.columns[place], item.options.count < 250 else { continue }
      let gates = structure.gates(of: item.name)
      guard gates.count < 2, background.isDisjoint(with: gates), several.isDisjoint(with: gates) else {
        tooEntangled.append(item.title)
        continue
      }
      switch column.values {
      case .single(let codes):
        addColumn(item, column, answers: item.options.count) { Int(codes[$0]) }
        addQuestion(item, answers: item.optionNames)
      case .rank(let options):
        addColumn(item, column, answers: item.options.count) { row in options.firstIndex { $0[row] == 1 } }
        addQuestion(item, answers: item.optionNames)
      case .multiple(let options): addMultiple(item, column, options)
      case .number, .moment, .text: continue
      }
    }
  }

  /// A question of the gate: the answers, and behind them how people stood with it without one.
  private mutating func addColumn(
    _ item: SurveyItem, _ column: SurveyColumn, answers: Int, _ code: (Int) -> Int?
  ) {
    let statuses = Self.statuses(of: item)
    var places = [Int](repeating: answers, count: AnswerStatus.allCases.count)
    for (offset, entry) in statuses.enumerated() { places[Int(entry.status.rawValue)] = answers + offset }
    let values = column.statuses.indices.map { row -> UInt8 in
      let status = Int(column.statuses[row])
      return UInt8(column.isAnswered(row) ? code(row) ?? answers : places[status])
    }
    let categories = answers + statuses.count
    columns.append(
      DisclosureDataset.Column(
        values, categories: categories,
        open: Self.isOpen(item, answers: answers) ? Set(answers..<categories) : []))
  }

  /// The question that the last column is of.
  private mutating func addQuestion(_ item: SurveyItem, answers: [Phrase], options: [Int] = []) {
    questions.append(
      PublicationPlan.Question(
        name: item.name, title: item.title, place: columns.count - 1, options: options,
        categories: answers + Self.statuses(of: item).map(\.name), answers: answers.count,
        optionNames: options.isEmpty ? [] : item.optionNames,
        isOpen: Self.isOpen(item, answers: options.isEmpty ? answers.count : 2)))
  }

  /// Where there is one answer alone, who did not give it says as much as who did.
  private static func isOpen(_ item: SurveyItem, answers: Int) -> Bool { !item.canBeSkipped && answers > 1 }

  private mutating func addMultiple(_ item: SurveyItem, _ column: SurveyColumn, _ options: [[UInt8]]) {
    let first = columns.count
    for option in options { addColumn(item, column, answers: 2) { 1 - Int(option[$0]) } }
    let places = Array(first..<columns.count)
    addColumn(item, column, answers: 1) { _ in 0 }
    addQuestion(item, answers: [Phrase("答了", "Answered")], options: places)
    let hub = columns.count - 1
    let statuses = columns[hub].categories - 1
    for option in places {
      for status in 0..<statuses {
        for other in 0...statuses where other != status + 1 { rule((option, 2 + status), (hub, other)) }
        for choice in 0..<2 { rule((option, choice), (hub, 1 + status)) }
      }
    }
    for (one, other) in structure.exclusivePairs(of: item) { rule((places[one], 0), (places[other], 0)) }
  }

  /// What is asked, or not, because of the answer to another question.
  mutating func addRules() {
    let byName = Dictionary(questions.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    for question in questions {
      guard let gateName = structure.gates(of: question.name).first, let gate = byName[gateName],
        let gatePlace = data.place(of: gateName),
        let skipped = question.categories.indices.last(where: {
          question.categories[$0].english == "Not asked"
        })
      else { continue }
      let options = data.items[gatePlace].options.map(\.name)
      for category in gate.categories.indices {
        let value = category < options.count ? options[category] : ""
        let isAsked = structure.isAsked(question.name, when: gateName, is: value)
        for other in question.categories.indices where isAsked == (other == skipped) {
          rule((gate.place, category), (question.place, other))
        }
      }
    }
  }

  /// What occurs is not impossible, whatever the newest form says: older versions asked otherwise.
  private mutating func rule(_ one: (Int, Int), _ other: (Int, Int)) {
    let (left, right) = (columns[one.0].values, columns[other.0].values)
    if left.indices.contains(where: { Int(left[$0]) == one.1 && Int(right[$0]) == other.1 }) { return }
    rules.append([
      DisclosureDataset.Answer(question: one.0, category: one.1),
      DisclosureDataset.Answer(question: other.0, category: other.1),
    ])
  }
}

/// What follows from a form for everybody who has read it.
struct FormStructure: Sendable {
  private let compiled: CompiledForm?
  /// By question, the questions that decide whether it is asked.
  private let gates: [String: Set<String>]

  init(_ definition: FormDefinition) {
    compiled = try? CompiledForm(definition)
    var gates: [String: Set<String>] = [:]
    func visit(_ items: [FormItem], _ outer: Set<String>) {
      for item in items {
        let own = item.relevant.flatMap { try? Expression($0) }?.references ?? []
        gates[item.name] = outer.union(own)
        visit(item.items, outer.union(own))
      }
    }
    visit(definition.items, [])
    self.gates = gates
  }

  func gates(of name: String) -> Set<String> { gates[name] ?? [] }

  /// Whether a question is asked of whoever gave this answer, empty for none, to another.
  func isAsked(_ name: String, when gate: String, is value: String) -> Bool {
    evaluate([gate: value])?[name]?.isRelevant ?? true
  }

  /// Options that the form does not take together, such as “none of these” with one of these.
  func exclusivePairs(of item: SurveyItem) -> [(Int, Int)] {
    guard compiled?.definition.allItems.first(where: { $0.name == item.name })?.constraint != nil else {
      return []
    }
    return item.options.indices.flatMap { one in
      item.options.indices.filter { $0 > one }.compactMap { other -> (Int, Int)? in
        let chosen = "\(item.options[one].name) \(item.options[other].name)"
        return evaluate([item.name: chosen])?[item.name]?.problem == .constraint ? (one, other) : nil
      }
    }
  }

  private func evaluate(_ values: [String: String]) -> FormEvaluation? {
    guard let compiled else { return nil }
    return compiled.check(
      values, language: compiled.definition.languages.first ?? .unnamed,
      clock: ExpressionClock(now: Timestamp(microseconds: 0), offsetSeconds: 0))
  }
}
