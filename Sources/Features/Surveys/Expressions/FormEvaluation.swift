import Kernel

/// What follows from the answers to a form: which of its items are asked, what is computed, and what is wrong.
///
/// The browser comes to the same with `survey-logic.js`; the server takes only its own word.
package struct FormEvaluation: Sendable, Equatable {
  /// In the order of the form, a group before its items.
  package let items: [Item]
  private let positions: [String: Int]

  package struct Item: Sendable, Equatable {
    package let name: String
    /// Whether it is asked: its own condition and those of all groups around it are met.
    package let isRelevant: Bool
    /// Whether it can only be read: it is computed, or its author says so.
    package let isReadOnly: Bool
    /// Whether it has to be answered now.
    package let isRequired: Bool
    /// The answer as it is kept, or what was computed; empty where there is none or it is not asked.
    package let value: String
    /// The choices that are offered, in the order of the list.
    package let offered: [FormChoice]
    package let problem: AnswerProblem?
  }

  init(items: [Item], positions: [String: Int]) {
    self.items = items
    self.positions = positions
  }

  /// What is known of one item; nil where there is none of this name.
  package subscript(name: String) -> Item? { positions[name].map { items[$0] } }

  /// The items whose answers are wrong.
  package var problems: [Item] { items.filter { $0.problem != nil } }

  /// What is to be kept: the values of the items that are asked, by their names. What is not asked leaves the record.
  /// Source: ODK XForms specification, “Bind Attributes”, `relevant`.
  package var cleaned: [String: String] {
    Dictionary(
      items.filter { !$0.value.isEmpty }.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
  }
}

extension CompiledForm {
  /// What follows from some answers.
  ///
  /// - Parameters:
  ///   - answers: as they were sent, by the names of the items. What belongs to no item is left aside; what an item holds
  ///     that is computed is not looked at. Defaults are for whoever shows the form: here an answer stands or does not.
  ///   - language: in which `jr:choice-name()` speaks.
  package func check(
    _ answers: [String: String], language: FormLanguage, clock: ExpressionClock
  ) -> FormEvaluation {
    var evaluator = FormEvaluator(form: self, language: language, clock: clock)
    for position in order { evaluator.settle(position, answers[items[position].item.name] ?? "") }
    return FormEvaluation(items: items.indices.map { evaluator.item($0) }, positions: positions)
  }
}

private struct FormEvaluator {
  let form: CompiledForm
  let language: FormLanguage
  let clock: ExpressionClock
  private var values: [String]
  private var isRelevant: [Bool]

  init(form: CompiledForm, language: FormLanguage, clock: ExpressionClock) {
    self.form = form
    self.language = language
    self.clock = clock
    values = Array(repeating: "", count: form.items.count)
    isRelevant = Array(repeating: false, count: form.items.count)
  }

  /// Finds out whether an item is asked, and its value; what it needs has been settled.
  mutating func settle(_ position: Int, _ answer: String) {
    let item = form.items[position]
    let isInside = item.parent.map { isRelevant[$0] } ?? true
    isRelevant[position] = isInside && isTrue(item[.relevant], otherwise: true)
    guard isRelevant[position] else { return }
    guard let calculation = item[.calculation] else {
      values[position] = AnswerText.normalised(answer, for: item.item.kind)
      return
    }
    values[position] = computed(calculation.value(in: context()), for: item)
  }

  /// A computed value as it is kept. NaN is no value (JavaRosa, `Recalculate.wrapData`), and neither is what could be no
  /// answer to the question, since nobody could put it right.
  private func computed(_ value: ExpressionValue, for item: CompiledItem) -> String {
    if case .number(let number) = value, number.isNaN { return "" }
    let text = AnswerText.normalised(value.text, for: item.item.kind)
    guard !text.isEmpty else { return "" }
    return AnswerText.problem(of: text, to: item.item, offered: item.choices.map(\.name)) == nil ? text : ""
  }

  func item(_ position: Int) -> FormEvaluation.Item {
    let item = form.items[position]
    let (value, isRelevant) = (values[position], isRelevant[position])
    let isReadOnly = item.isComputed || isTrue(item[.readOnly], otherwise: false)
    let offered = isRelevant ? offered(item) : []
    // Where nothing is offered, nobody could choose.
    let isRequired =
      isRelevant && !isReadOnly && (item.item.list == nil || !offered.isEmpty)
      && isTrue(item[.required], otherwise: false)
    return FormEvaluation.Item(
      name: item.item.name, isRelevant: isRelevant, isReadOnly: isReadOnly, isRequired: isRequired,
      value: value, offered: offered, problem: problem(of: value, item, offered, isRequired: isRequired))
  }

  private func problem(
    of value: String, _ item: CompiledItem, _ offered: [FormChoice], isRequired: Bool
  ) -> AnswerProblem? {
    if value.isEmpty { return isRequired ? .missing : nil }
    // What was computed was held against its kind when it was.
    if !item.isComputed,
      let problem = AnswerText.problem(of: value, to: item.item, offered: offered.map(\.name))
    {
      return problem
    }
    guard let constraint = item[.constraint] else { return nil }
    return constraint.value(in: context(current: value)).boolean ? nil : .constraint
  }

  private func offered(_ item: CompiledItem) -> [FormChoice] {
    guard let filter = item[.choiceFilter] else { return item.choices }
    return item.choices.filter { choice in
      var context = context()
      context.column = { choice.value(of: $0) }
      return filter.value(in: context).boolean
    }
  }

  private func isTrue(_ expression: Expression?, otherwise: Bool) -> Bool {
    expression.map { $0.value(in: context()).boolean } ?? otherwise
  }

  private func context(current: String = "") -> ExpressionContext {
    ExpressionContext(
      answer: { name in form.positions[name].map { values[$0] } ?? "" }, current: current,
      label: { question, name in
        let choices = form.positions[question].map { form.items[$0].choices } ?? []
        let choice = choices.first { $0.name.isExactly(name) }
        return choice.map { form.definition.label(of: $0, in: language) } ?? ""
      }, clock: clock)
  }
}

extension FormDefinition {
  /// What people read for a choice; its name where there is nothing to read.
  func label(of choice: FormChoice, in language: FormLanguage) -> String {
    choice.label.text(in: language, or: languages) ?? choice.name
  }
}

extension FormChoice {
  /// What stands in one of the columns of its row, `name` among them; empty where nothing does.
  func value(of column: String) -> String {
    column == "name" ? name : columns.first { $0.name == column }?.value ?? ""
  }
}
