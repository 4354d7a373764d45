package import Kernel

/// An expression of a questionnaire: when something is asked, what an answer has to meet, what a value is computed from.
///
/// The language is the part of XPath 1.0 that field/socialwork.md §5 (“Expression language”) names, with the functions that
/// the ODK XForms specification adds to it; precedence and tokens are those of XPath 1.0 §3.5 and §3.7. Where an expression
/// was parsed, nothing can go wrong when it is evaluated: every value converts into every other kind.
package struct Expression: Sendable, Hashable, CustomStringConvertible {
  let root: ExpressionNode
  /// The names that stand in `${}`.
  package let references: Set<String>
  /// Those of them whose choices it calls by what people read, `jr:choice-name(…, '${}')`.
  let labelled: Set<String>
  /// The bare names: columns of the row of a choice.
  package let columns: Set<String>
  /// Whether it asks for the answer to its own question, `.`.
  package let usesCurrent: Bool

  /// - Parameter allowsColumns: whether bare names are columns, as they are in a choice filter and nowhere else.
  /// - Throws: ``ExpressionProblem`` where the source is anything but an expression of this language.
  package init(_ source: String, allowsColumns: Bool = false) throws(ExpressionProblem) {
    var parser = try ExpressionParser(source, allowsColumns: allowsColumns)
    root = try parser.expression()
    var names = ExpressionNames()
    names.collect(root)
    references = names.references
    labelled = names.labelled
    columns = names.columns
    usesCurrent = names.usesCurrent
  }

  /// The expression in one way of writing it, which is read as the same expression again.
  package var description: String { root.source }
}

/// Why a text is no expression.
package struct ExpressionProblem: Error, Sendable, Hashable {
  /// At which character, counted from 1 in Unicode scalars.
  package let position: Int
  package let message: Phrase
}

/// How large an expression may be, so that whoever writes one cannot exhaust the program that reads it.
enum ExpressionLimits {
  /// Unicode scalars of the source.
  static let length = FormLimits.expression
  /// Parentheses, calls and signs inside each other.
  static let depth = 50
  /// Digits of a number, zeros in front not counted: as many as a binary number of 64 bits gives back as they were
  /// written.
  static let digits = 15
}

/// One part of an expression.
indirect enum ExpressionNode: Sendable, Hashable {
  case text(String)
  /// Finite and not negative, of at most ``ExpressionLimits/digits`` digits.
  case number(Double)
  /// `${name}`
  case answer(String)
  /// `.`
  case current
  case column(String)
  case negative(ExpressionNode)
  /// Operators of one precedence from left to right: `a - b + c`. Kept in a row so that long sums are not deep.
  case chain(ExpressionNode, [ExpressionStep])
  case call(ExpressionFunction, [ExpressionNode])
  /// `regex(…)`: whether all of the text matches.
  case matches(ExpressionNode, AnswerPattern)
  /// `jr:choice-name(…, '${question}')`
  case choiceName(ExpressionNode, question: String)
}

/// An operator with what stands on its right.
struct ExpressionStep: Sendable, Hashable {
  let sign: ExpressionOperator
  let operand: ExpressionNode
}

enum ExpressionOperator: String, Sendable, CaseIterable {
  case or
  case and
  case equal = "="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case plus = "+"
  case minus = "-"
  case times = "*"
  case div
  case mod

  /// The higher, the closer it binds. Source: XPath 1.0 §3.4 and §3.5.
  var precedence: Int {
    switch self {
    case .or: 0
    case .and: 1
    case .equal, .notEqual: 2
    case .less, .lessOrEqual, .greater, .greaterOrEqual: 3
    case .plus, .minus: 4
    case .times, .div, .mod: 5
    }
  }
}

enum ExpressionFunction: String, Sendable, CaseIterable {
  case not
  case selected
  case selectedAt = "selected-at"
  case countSelected = "count-selected"
  case `if`
  case coalesce
  case regex
  case contains
  case startsWith = "starts-with"
  case stringLength = "string-length"
  case number
  case int
  case round
  case today
  case now
  case date
  case `true`
  case `false`
  case choiceName = "jr:choice-name"

  /// Source: ODK XForms specification, “XPath Functions”; it asks for the argument of `string-length`, and allows a
  /// second one of `round`.
  var argumentCount: ClosedRange<Int> {
    switch self {
    case .today, .now, .true, .false: 0...0
    case .not, .countSelected, .stringLength, .number, .int, .date: 1...1
    case .round: 1...2
    case .selected, .selectedAt, .coalesce, .regex, .contains, .startsWith, .choiceName: 2...2
    case .if: 3...3
    }
  }
}

/// What an expression asks for.
private struct ExpressionNames {
  var references: Set<String> = []
  var labelled: Set<String> = []
  var columns: Set<String> = []
  var usesCurrent = false

  mutating func collect(_ node: ExpressionNode) {
    switch node {
    case .text, .number: break
    case .answer(let name): references.insert(name)
    case .current: usesCurrent = true
    case .column(let name): columns.insert(name)
    case .negative(let operand), .matches(let operand, _): collect(operand)
    case .chain(let first, let steps):
      collect(first)
      for step in steps { collect(step.operand) }
    case .call(_, let arguments): for argument in arguments { collect(argument) }
    case .choiceName(let value, let question):
      collect(value)
      references.insert(question)
      labelled.insert(question)
    }
  }
}

extension ExpressionNode {
  /// How close its outermost operator binds; nil where nothing can come between its parts.
  private var precedence: Int? {
    if case .chain(_, let steps) = self { steps.first?.sign.precedence } else { nil }
  }

  /// Its text in one way of writing it.
  fileprivate var source: String {
    switch self {
    case .text(let text): Self.quoted(text)
    case .number(let number): ExpressionNumber.text(number)
    case .answer(let name): "${\(name)}"
    case .current: "."
    case .column(let name): name
    case .negative(let operand): "-\(operand.source(above: .max))"
    case .chain(let first, let steps):
      steps.reduce(first.source(above: precedence ?? 0)) { written, step in
        "\(written) \(step.sign.rawValue) \(step.operand.source(above: step.sign.precedence))"
      }
    case .call(let function, let arguments):
      "\(function.rawValue)(\(arguments.map(\.source).joined(separator: ", ")))"
    case .matches(let value, let pattern): "regex(\(value.source), \(Self.quoted(pattern.source)))"
    case .choiceName(let value, let question): "jr:choice-name(\(value.source), '${\(question)}')"
    }
  }

  /// In parentheses unless it binds closer.
  private func source(above other: Int) -> String {
    guard let precedence, precedence <= other else { return source }
    return "(\(source))"
  }

  /// A literal holds the quotes of one kind at most, since XPath 1.0 has no way to write both.
  private static func quoted(_ text: String) -> String {
    text.unicodeScalars.contains("'") ? "\"\(text)\"" : "'\(text)'"
  }
}
