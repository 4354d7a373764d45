import Kernel

/// Reads the tokens of an expression into its tree, by the grammar of XPath 1.0 without its paths.
struct ExpressionParser {
  private var scanner: ExpressionScanner
  private var token: ExpressionScanner.Token
  private let allowsColumns: Bool
  private var depth = 0

  init(_ source: String, allowsColumns: Bool) throws(ExpressionProblem) {
    self.allowsColumns = allowsColumns
    scanner = try ExpressionScanner(source)
    token = try scanner.next()
  }

  /// All of the source.
  mutating func expression() throws(ExpressionProblem) -> ExpressionNode {
    if token.kind == .end { throw .at(token.start, .expressionEmpty) }
    let node = try chain(from: 0)
    switch token.kind {
    case .end: return node
    case .close: throw .at(token.start, .expressionStrayParenthesis)
    case .comma: throw .at(token.start, .expressionStrayComma)
    default: throw .at(token.start, .expressionNoJoin)
    }
  }

  private mutating func advance() throws(ExpressionProblem) {
    token = try scanner.next()
  }

  private mutating func descend(at start: Int) throws(ExpressionProblem) {
    depth += 1
    if depth > ExpressionLimits.depth { throw .at(start, .expressionTooDeep) }
  }

  /// Values joined by operators of at least this precedence; those of one precedence stand in one row.
  private mutating func chain(from least: Int) throws(ExpressionProblem) -> ExpressionNode {
    var node = try operand()
    while case .sign(let sign) = token.kind, sign.precedence >= least {
      var steps: [ExpressionStep] = []
      while case .sign(let next) = token.kind, next.precedence == sign.precedence {
        try advance()
        steps.append(ExpressionStep(sign: next, operand: try chain(from: sign.precedence + 1)))
      }
      node = .chain(node, steps)
    }
    return node
  }

  private mutating func operand() throws(ExpressionProblem) -> ExpressionNode {
    let first = token
    switch first.kind {
    case .number(let number): return try taken(.number(number))
    case .text(let text):
      if text.unicodeScalars.contains("$"), text.contains("${") {
        throw .at(first.start, .expressionQuotedReference)
      }
      return try taken(.text(text))
    case .answer(let name): return try taken(.answer(name))
    case .current: return try taken(.current)
    case .name(let name): return try named(name, at: first.start)
    case .open:
      try descend(at: first.start)
      try advance()
      let node = try chain(from: 0)
      try close(first.start)
      depth -= 1
      return node
    case .sign(.minus):
      try descend(at: first.start)
      try advance()
      let node = ExpressionNode.negative(try operand())
      depth -= 1
      return node
    case .close, .comma, .end, .sign: throw .at(first.start, .expressionNoValue)
    }
  }

  private mutating func taken(_ node: ExpressionNode) throws(ExpressionProblem) -> ExpressionNode {
    try advance()
    return node
  }

  /// - Parameter open: where the parenthesis stands that is to be closed.
  private mutating func close(_ open: Int) throws(ExpressionProblem) {
    switch token.kind {
    case .close: try advance()
    case .end: throw .at(open, .expressionOpenParenthesis)
    case .comma: throw .at(token.start, .expressionStrayComma)
    default: throw .at(token.start, .expressionNoJoin)
    }
  }

  /// A call where a parenthesis follows, a column otherwise.
  private mutating func named(_ name: String, at start: Int) throws(ExpressionProblem) -> ExpressionNode {
    try advance()
    guard token.kind == .open else {
      guard allowsColumns, FormName.isValid(name) else { throw .at(start, .expressionBareName(name)) }
      return .column(name)
    }
    guard let function = ExpressionFunction(rawValue: name) else {
      throw .at(start, .expressionNoFunction(name))
    }
    try descend(at: start)
    let node = try call(function, at: start)
    depth -= 1
    return node
  }

  private mutating func call(
    _ function: ExpressionFunction, at start: Int
  ) throws(ExpressionProblem) -> ExpressionNode {
    let open = token.start
    try advance()
    var arguments: [ExpressionNode] = []
    var literal: (text: String, start: Int)?
    if token.kind != .close {
      while true {
        if arguments.count == 1, function == .regex || function == .choiceName {
          literal = try writtenOut(for: function)
          arguments.append(.text(""))
        } else {
          try check(token, in: function)
          arguments.append(try chain(from: 0))
        }
        guard token.kind == .comma else { break }
        try advance()
      }
    }
    if token.kind != .close, token.kind != .end { throw .at(token.start, .expressionNoJoin) }
    if token.kind == .end { throw .at(open, .expressionOpenParenthesis) }
    try advance()
    guard function.argumentCount.contains(arguments.count) else {
      throw .at(start, .expressionArguments(function, arguments.count))
    }
    switch (function, literal) {
    case (.regex, let literal?):
      return .matches(arguments[0], try AnswerPattern(literal.text, at: literal.start + 1))
    case (.choiceName, let literal?):
      return .choiceName(arguments[0], question: try question(literal.text, at: literal.start))
    default: return .call(function, arguments)
    }
  }

  /// The second argument of a function that has to be known before anybody answers.
  private mutating func writtenOut(
    for function: ExpressionFunction
  ) throws(ExpressionProblem) -> (text: String, start: Int) {
    let refusal: Phrase = function == .regex ? .expressionPattern : .expressionChoiceName
    let first = token
    guard case .text(let text) = first.kind else { throw .at(first.start, refusal) }
    try advance()
    guard token.kind == .close || token.kind == .comma || token.kind == .end else {
      throw .at(first.start, refusal)
    }
    return (text, first.start)
  }

  /// The name in `'${name}'`.
  private func question(_ text: String, at start: Int) throws(ExpressionProblem) -> String {
    let written = ExpressionNumber.trimmed(text)
    let name = String(written.dropFirst(2).dropLast())
    guard written.hasPrefix("${"), written.hasSuffix("}"), FormName.isValid(name) else {
      throw .at(start, .expressionChoiceName)
    }
    return name
  }

  /// Texts that are wrong wherever their argument goes on: they would never mean what they seem to say.
  private func check(
    _ token: ExpressionScanner.Token, in function: ExpressionFunction
  ) throws(ExpressionProblem) {
    guard case .text(let text) = token.kind, !text.isEmpty else { return }
    if function == .choiceName, text.contains("${") { throw .at(token.start, .expressionChoiceName) }
    let clock = ExpressionClock(now: Timestamp(seconds: 0), offsetSeconds: 0)
    if function == .date, clock.date(.text(text)).isEmpty { throw .at(token.start, .expressionDate) }
  }
}
