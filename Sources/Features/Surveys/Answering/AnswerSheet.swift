import Kernel
import Web

/// A questionnaire with what somebody answered so far, and what follows from it.
struct AnswerSheet: Sendable {
  let version: QuestionnaireVersion
  let form: CompiledForm
  let language: FormLanguage
  let sent: ResponseAnswers
  let evaluation: FormEvaluation

  /// - Throws: `internal` for a version that could not be opened.
  init(
    _ version: QuestionnaireVersion, language: FormLanguage, answers: ResponseAnswers, clock: ExpressionClock
  ) throws {
    self.version = version
    self.language = language
    sent = answers
    do throws(CompiledFormProblem) {
      form = try CompiledForm(version.definition)
    } catch {
      throw Problem.internalFault
    }
    evaluation = form.check(answers.values, language: language, clock: clock)
  }

  /// The questions that are asked now.
  var asked: [String] {
    version.definition.allItems.filter { $0.isQuestion && evaluation[$0.name]?.isRelevant == true }.map(
      \.name)
  }

  /// Those among them that are asked only by what was answered, so that they did not stand on the page.
  func unseen(among shown: Set<String>) -> [String] { asked.filter { !shown.contains($0) } }

  /// What is wrong with the answers, at their fields.
  var problems: [FieldProblem] {
    let items = Dictionary(
      version.definition.allItems.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    return evaluation.problems.compactMap { state in
      guard let item = items[state.name], let problem = state.problem else { return nil }
      // Whoever would rather not say has answered.
      if problem == .missing, version.terms.allowsRefusal, sent.refused.contains(item.name) { return nil }
      return FieldProblem(QuestionParts.field(item.name), message(of: problem, item))
    }
  }

  /// - Throws: `form.invalid` naming the questions whose answers are wrong.
  func check() throws {
    let problems = problems
    if !problems.isEmpty { throw Problem.invalid(problems) }
  }

  private func message(of problem: AnswerProblem, _ item: FormItem) -> Phrase {
    let own: FormText =
      switch problem {
      case .constraint: item.constraintMessage
      case .missing: item.requiredMessage
      default: .none
      }
    return own.text(in: language, or: version.definition.languages).map { Phrase(same: $0) }
      ?? problem.message
  }

  /// What is kept of it: the values of what was asked, what was refused, and what was not asked at all.
  var kept: ResponseAnswers {
    let times: Set<FormItem.Kind> = [.start, .end, .today]
    var values = evaluation.cleaned
    for item in version.definition.allItems where times.contains(item.kind) { values[item.name] = nil }
    let questions = version.definition.allItems.filter(\.isQuestion).map(\.name)
    let asked = Set(asked)
    let refused = version.terms.allowsRefusal ? sent.refused.intersection(asked) : []
    return ResponseAnswers(
      values: values, refused: refused, notAsked: Set(questions).subtracting(asked))
  }

  /// What stands for `${name}` in texts: the answer as people read it.
  func shown(_ name: String) -> String {
    guard let value = evaluation[name]?.value, !value.isEmpty else { return "……" }
    guard let item = form.definition.allItems.first(where: { $0.name == name }),
      let list = item.list.flatMap(form.definition.list)
    else { return value }
    return value.split(separator: " ").map { name in
      list.choices.first { $0.name == name }.map { form.definition.label(of: $0, in: language) }
        ?? String(name)
    }.joined(separator: "、")
  }

  /// The language that a reader gets: the one they asked for, else theirs, else the first that the form is asked in.
  static func language(of definition: FormDefinition, asked: String?, reader: Language) -> FormLanguage {
    if let asked, let language = definition.languages.first(where: { $0.name == asked }) { return language }
    let code = reader == .chinese ? "zh" : "en"
    return definition.languages.first { $0.code == code } ?? definition.defaultLanguage
      ?? definition.languages.first ?? .unnamed
  }
}
