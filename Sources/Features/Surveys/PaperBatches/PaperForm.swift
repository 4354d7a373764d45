import Kernel
import Web

/// A questionnaire as it stands on paper: everything that can be asked, numbered, with where to go on after which choice.
///
/// What is computed and what only stands to be read is not there. Source: field/socialwork.md §2.6.
struct PaperForm: Sendable {
  let version: QuestionnaireVersion
  let language: FormLanguage
  let entries: [Entry]
  /// The number of each question on the paper, 1, 2, 3 …, by its name.
  let numbers: [String: Int]

  /// A heading, a note or a question.
  struct Entry: Sendable, Equatable {
    let item: FormItem
    /// Nil for headings and notes.
    let number: Int?
    let choices: [FormChoice]
    /// Under which condition it is answered, in words; nil where it always is, or where the choices before say where to go.
    let condition: Phrase?
    /// Where to go on after a choice, by its name; the next question where nothing stands here.
    let jumps: [String: Jump]
  }

  enum Jump: Sendable, Equatable {
    case question(Int)
    /// Nothing else is asked.
    case end

    var name: Phrase {
      switch self {
      case .question(let number): Phrase("→ 跳到第 \(number) 题", "→ go on with question \(number)")
      case .end: Phrase("→ 到这里就答完了", "→ this is all; you are done")
      }
    }
  }

  /// - Throws: `internal` for a version that could not be opened.
  init(_ version: QuestionnaireVersion, in language: FormLanguage) throws {
    let compiled: CompiledForm
    do throws(CompiledFormProblem) {
      compiled = try CompiledForm(version.definition)
    } catch {
      throw Problem.internalFault
    }
    let way = PaperWay(compiled)
    let words = PaperWords(form: compiled, numbers: way.numbers, language: language)
    self.version = version
    self.language = language
    numbers = way.numbers
    entries = way.printed.map { position in
      let item = compiled.items[position]
      return Entry(
        item: item.item, number: way.numbers[item.item.name], choices: item.choices,
        condition: words.condition(way.untold(position), isGroup: item.item.kind == .group),
        jumps: way.jumps[position] ?? [:])
    }
  }

  /// The names of the questions, in the order of the paper.
  var questions: [String] { entries.filter { $0.number != nil }.map(\.item.name) }

  /// The name of the question that stands under a number on the paper, in the language of the sheet.
  func label(_ entry: Entry, _ say: Wording) -> String {
    let text = text(entry.item.label, say) ?? entry.item.name
    return entry.number.map { "\($0). \(text)" } ?? text
  }

  /// A text of the questionnaire; where an answer would stand, the number of its question does.
  func text(_ text: FormText, _ say: Wording) -> String? {
    text.text(in: language, or: version.definition.languages).map { text in
      FormReferences.filled(text) { name in
        numbers[name].map { say("（第 \($0) 题的回答）", "(your answer to question \($0))") } ?? "……"
      }
    }
  }

  /// What a choice is called on the sheet.
  func label(of choice: FormChoice) -> String { version.definition.label(of: choice, in: language) }

  /// The questions that the condition of a question asks for, with those of the groups around it.
  func conditioning(_ item: String) -> Set<String> {
    func inside(_ items: [FormItem]) -> [FormItem]? {
      for candidate in items {
        if candidate.name == item { return [candidate] }
        if let path = inside(candidate.items) { return [candidate] + path }
      }
      return nil
    }
    let sources = (inside(version.definition.items) ?? []).compactMap(\.relevant)
    let names = sources.compactMap { try? Expression($0) }.flatMap(\.references)
    return Set(names.filter { numbers[$0] != nil })
  }

  /// How the fixed words of a sheet are said: English on English sheets, Chinese on all others.
  static func wording(_ language: FormLanguage, _ say: Wording) -> Wording {
    Wording(
      language.code == "en" ? .english : .chinese, offsetSeconds: say.offsetSeconds,
      isPractice: say.isPractice)
  }
}

/// The way through a form on paper: what stands there, and what each choice leads past.
///
/// A condition that asks for one question of one choice is worked out for each of its choices, by the same evaluation that
/// runs on screens; so whatever way it is written, paper and screen come to the same.
struct PaperWay {
  /// The places, in the compiled form, of what is printed, in the order of the paper.
  private(set) var printed: [Int] = []
  private(set) var numbers: [String: Int] = [:]
  /// By the place of a question of one choice, then by the name of the choice.
  private(set) var jumps: [Int: [String: PaperForm.Jump]] = [:]

  private let form: CompiledForm
  /// The places that a choice leads past.
  private var passed: [Int: [String: Set<Int>]] = [:]

  init(_ form: CompiledForm) {
    self.form = form
    printed = form.items.indices.filter { place in
      let item = form.items[place]
      switch item.item.kind {
      case .group, .note: return !item.item.label.isEmpty
      default: return item.item.isQuestion && !item.isComputed && item.item.readOnly == nil
      }
    }
    for place in printed where form.items[place].item.isQuestion {
      numbers[form.items[place].item.name] = numbers.count + 1
    }
    for index in printed.indices { follow(from: index) }
  }

  private mutating func follow(from index: Int) {
    let item = form.items[printed[index]]
    guard case .selectOne = item.item.kind else { return }
    for choice in item.choices {
      var answers = [item.item.name: choice.name]
      var next = index + 1
      while next < printed.count, isPassed(printed[next], answers) {
        answers[form.items[printed[next]].item.name] = ""
        next += 1
      }
      let skipped = printed[(index + 1)..<next]
      guard skipped.contains(where: { form.items[$0].item.isQuestion }) else { continue }
      let target = printed[next...].compactMap { numbers[form.items[$0].item.name] }.first
      jumps[printed[index], default: [:]][choice.name] = target.map { .question($0) } ?? .end
      passed[printed[index], default: [:]][choice.name] = Set(skipped)
    }
  }

  /// Whether something is not asked, as far as these answers alone tell.
  private func isPassed(_ place: Int, _ answers: [String: String]) -> Bool {
    conditions(place, through: { _ in true }).contains { condition in
      !condition.references.isEmpty && condition.references.isSubset(of: answers.keys)
        && !condition.root.usesClock && !isMet(condition, answers)
    }
  }

  private func isMet(_ condition: Expression, _ answers: [String: String]) -> Bool {
    let clock = ExpressionClock(now: Timestamp(seconds: 0), offsetSeconds: 0)
    return condition.value(in: ExpressionContext(answer: { answers[$0] ?? "" }, clock: clock)).boolean
  }

  /// The condition of something and those of the groups around it, as far as `isMeant` lets through.
  private func conditions(_ place: Int, through isMeant: (CompiledItem) -> Bool) -> [Expression] {
    var conditions = [form.items[place][.relevant]].compactMap(\.self)
    var parent = form.items[place].parent
    while let group = parent {
      if isMeant(form.items[group]), let condition = form.items[group][.relevant] {
        conditions.append(condition)
      }
      parent = form.items[group].parent
    }
    return conditions
  }

  /// The conditions of something that no choice before it tells and that have to be put into words. What a group with a
  /// heading asks for stands at its heading.
  func untold(_ place: Int) -> [Expression] {
    conditions(place, through: { $0.item.label.isEmpty }).filter { !isTold($0, at: place) }
  }

  private func isTold(_ condition: Expression, at place: Int) -> Bool {
    guard condition.references.count == 1, let name = condition.references.first, !condition.root.usesClock,
      let question = form.positions[name], numbers[name] != nil,
      case .selectOne = form.items[question].item.kind
    else { return false }
    return form.items[question].choices.allSatisfy { choice in
      isMet(condition, [name: choice.name]) || passed[question]?[choice.name]?.contains(place) == true
    }
  }
}

extension ExpressionNode {
  /// Whether it comes to something else at another time.
  var usesClock: Bool {
    switch self {
    case .text, .number, .answer, .current, .column: false
    case .negative(let operand), .matches(let operand, _): operand.usesClock
    case .chain(let first, let steps): first.usesClock || steps.contains { $0.operand.usesClock }
    case .call(let function, let arguments):
      function == .today || function == .now || arguments.contains(where: \.usesClock)
    case .choiceName(let value, _): value.usesClock
    }
  }
}
