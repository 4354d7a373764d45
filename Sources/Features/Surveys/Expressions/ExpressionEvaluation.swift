/// What the parts of an expression stand for at one place of one filled-in form.
struct ExpressionContext {
  /// The answer to a question by its name; empty where there is none, or where it is not asked.
  var answer: (String) -> String = { _ in "" }
  /// `.`
  var current = ""
  /// What a column of the row of a choice holds; empty where it holds nothing.
  var column: (String) -> String = { _ in "" }
  /// What people read for a choice of a question; empty where the question has no such choice.
  var label: (_ question: String, _ choice: String) -> String = { _, _ in "" }
  var clock: ExpressionClock
}

extension Expression {
  func value(in context: ExpressionContext) -> ExpressionValue {
    ExpressionEvaluation(context: context).value(root)
  }
}

/// Works an expression out. Nothing can go wrong in it: what makes no sense comes to NaN, false or an empty text.
private struct ExpressionEvaluation {
  let context: ExpressionContext

  func value(_ node: ExpressionNode) -> ExpressionValue {
    switch node {
    case .text(let text): .text(text)
    case .number(let number): .number(number)
    case .answer(let name): .text(context.answer(name))
    case .current: .text(context.current)
    case .column(let name): .text(context.column(name))
    case .negative(let operand): .number(-number(operand))
    case .chain(let first, let steps): chain(first, steps)
    case .call(let function, let arguments): call(function, arguments)
    case .matches(let text, let pattern): .boolean(pattern.matches(value(text).text))
    case .choiceName(let choice, let question): .text(context.label(question, value(choice).text))
    }
  }

  private func number(_ node: ExpressionNode) -> Double { context.clock.number(value(node)) }
  private func text(_ node: ExpressionNode) -> String { value(node).text }

  private func chain(_ first: ExpressionNode, _ steps: [ExpressionStep]) -> ExpressionValue {
    switch steps.first?.sign {
    case .or: .boolean(value(first).boolean || steps.contains { value($0.operand).boolean })
    case .and: .boolean(value(first).boolean && steps.allSatisfy { value($0.operand).boolean })
    default: steps.reduce(value(first)) { applied($1.sign, $0, value($1.operand)) }
    }
  }

  private func applied(
    _ sign: ExpressionOperator, _ left: ExpressionValue, _ right: ExpressionValue
  ) -> ExpressionValue {
    let clock = context.clock
    func numbers<Result>(_ operation: (Double, Double) -> Result) -> Result {
      operation(clock.number(left), clock.number(right))
    }
    return switch sign {
    case .or: .boolean(left.boolean || right.boolean)
    case .and: .boolean(left.boolean && right.boolean)
    case .equal:
      .boolean(
        equals(left, right) {
          $0 == $1
        } text: {
          $0.isExactly($1)
        })
    case .notEqual:
      .boolean(
        equals(left, right) {
          $0 != $1
        } text: {
          !$0.isExactly($1)
        })
    case .less: .boolean(numbers { $0 < $1 })
    case .lessOrEqual: .boolean(numbers { $0 <= $1 })
    case .greater: .boolean(numbers { $0 > $1 })
    case .greaterOrEqual: .boolean(numbers { $0 >= $1 })
    case .plus: .number(numbers(+))
    case .minus: .number(numbers(-))
    case .times: .number(numbers(*))
    case .div: .number(numbers(/))
    case .mod: .number(numbers { $0.truncatingRemainder(dividingBy: $1) })
    }
  }

  /// As booleans where one is a boolean, else as numbers where one is a number, else as texts. Source: XPath 1.0 §3.4.
  private func equals(
    _ left: ExpressionValue, _ right: ExpressionValue, number: (Double, Double) -> Bool,
    text: (String, String) -> Bool
  ) -> Bool {
    switch (left, right) {
    case (.boolean, _), (_, .boolean): number(left.boolean ? 1 : 0, right.boolean ? 1 : 0)
    case (.number, _), (_, .number): number(context.clock.number(left), context.clock.number(right))
    case (.text(let left), .text(let right)): text(left, right)
    }
  }

  private func call(_ function: ExpressionFunction, _ arguments: [ExpressionNode]) -> ExpressionValue {
    func node(_ place: Int) -> ExpressionNode { place < arguments.count ? arguments[place] : .text("") }
    switch function {
    case .not: return .boolean(!value(node(0)).boolean)
    case .true: return .boolean(true)
    case .false: return .boolean(false)
    case .if: return value(value(node(0)).boolean ? node(1) : node(2))
    case .coalesce: return .text(filled(value(node(0))) ?? text(node(1)))
    case .selected: return .boolean(isSelected(text(node(0)), text(node(1))))
    case .selectedAt: return .text(selected(text(node(0)), at: number(node(1))))
    case .countSelected: return .number(Double(text(node(0)).words.count))
    case .contains: return .boolean(text(node(0)).holds(text(node(1))))
    case .startsWith: return .boolean(text(node(0)).utf8.starts(with: text(node(1)).utf8))
    case .stringLength: return .number(Double(text(node(0)).unicodeScalars.count))
    case .number: return .number(number(node(0)))
    case .int: return .number(number(node(0)).rounded(.towardZero))
    case .round:
      let places = arguments.count > 1 ? number(node(1)) : 0
      return .number(ExpressionNumber.rounded(number(node(0)), places: places))
    case .today: return .text(context.clock.today)
    case .now: return .text(context.clock.moment)
    case .date: return .text(context.clock.date(value(node(0))))
    // These two have parts of the tree of their own.
    case .regex, .choiceName: return .text("")
    }
  }

  /// A value as text; nil where it is empty. As for ODK Collect (JavaRosa, `XPathFuncExpr.isNull`), NaN is empty too, so
  /// that a sum over something unanswered can be caught.
  private func filled(_ value: ExpressionValue) -> String? {
    if case .number(let number) = value, number.isNaN { return nil }
    let text = value.text
    return text.isEmpty ? nil : text
  }

  /// Whether a value is among the words of a list, or is all of it: the name of a single choice may hold spaces.
  private func isSelected(_ list: String, _ value: String) -> Bool {
    let value = ExpressionNumber.trimmed(value)
    return ExpressionNumber.trimmed(list).isExactly(value) || list.words.contains { $0.isExactly(value) }
  }

  /// Counted from 0; empty where there is none. Source: ODK XForms specification, `selected-at()`.
  private func selected(_ list: String, at index: Double) -> String {
    let words = list.words
    let place = index.rounded(.towardZero)
    guard place >= 0, place < Double(words.count) else { return "" }
    return words[Int(place)]
  }
}

/// Texts compared character by character, as XPath and browsers do; Swift takes two spellings of one letter for the same.
extension String {
  func isExactly(_ other: String) -> Bool { utf8.elementsEqual(other.utf8) }

  fileprivate func holds(_ part: String) -> Bool {
    part.isEmpty || utf8.firstRange(of: part.utf8) != nil
  }

  /// The pieces between white space.
  var words: [String] {
    unicodeScalars.split(whereSeparator: ExpressionScanner.isSpace).map { String($0) }
  }
}
