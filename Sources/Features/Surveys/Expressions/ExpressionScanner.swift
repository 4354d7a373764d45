import Kernel

/// Cuts the source of an expression into tokens by the rules of XPath 1.0 §3.7.
struct ExpressionScanner {
  /// A token with the place of its first character, counted from 0.
  struct Token {
    let kind: Kind
    let start: Int
  }

  enum Kind: Equatable {
    case number(Double)
    case text(String)
    case answer(String)
    case current
    case name(String)
    case sign(ExpressionOperator)
    case open
    case close
    case comma
    case end

    /// After it comes an operator and not a value; a name or a star means something else there.
    fileprivate var isOperand: Bool {
      switch self {
      case .number, .text, .answer, .current, .name, .close: true
      case .sign, .open, .comma, .end: false
      }
    }
  }

  private let scalars: [Unicode.Scalar]
  private var position = 0
  private var isAfterOperand = false

  init(_ source: String) throws(ExpressionProblem) {
    scalars = Array(source.unicodeScalars)
    guard scalars.count <= ExpressionLimits.length else {
      throw .at(ExpressionLimits.length, .expressionTooLong)
    }
  }

  mutating func next() throws(ExpressionProblem) -> Token {
    while let scalar = peek(), Self.isSpace(scalar) { position += 1 }
    let start = position
    let kind = try kind()
    isAfterOperand = kind.isOperand
    return Token(kind: kind, start: start)
  }

  private func peek(_ offset: Int = 0) -> Unicode.Scalar? {
    position + offset < scalars.count ? scalars[position + offset] : nil
  }

  private mutating func kind() throws(ExpressionProblem) -> Kind {
    guard let scalar = peek() else { return .end }
    switch scalar {
    case "'", "\"": return try literal(scalar)
    case "$": return try answer()
    case "0"..."9": return try number()
    case ".":
      if let after = peek(1), ("0"..."9").contains(after) { return try number() }
      if peek(1) == "." { throw .at(position, .expressionPath) }
      return take(1, .current)
    case "(": return take(1, .open)
    case ")": return take(1, .close)
    case ",": return take(1, .comma)
    default:
      if Self.isNameStart(scalar) { return try name() }
      return try sign(scalar)
    }
  }

  private mutating func take(_ count: Int, _ kind: Kind) -> Kind {
    position += count
    return kind
  }

  private mutating func sign(_ scalar: Unicode.Scalar) throws(ExpressionProblem) -> Kind {
    let isEqual = peek(1) == "="
    switch scalar {
    case "=":
      if isEqual { throw .at(position, .expressionDoubleEqual) }
      return take(1, .sign(.equal))
    case "!" where isEqual: return take(2, .sign(.notEqual))
    case "<":
      if peek(1) == ">" { throw .at(position, .expressionWrite("!=", for: "<>")) }
      return isEqual ? take(2, .sign(.lessOrEqual)) : take(1, .sign(.less))
    case ">": return isEqual ? take(2, .sign(.greaterOrEqual)) : take(1, .sign(.greater))
    case "+": return take(1, .sign(.plus))
    case "-": return take(1, .sign(.minus))
    case "*" where isAfterOperand: return take(1, .sign(.times))
    default: throw .at(position, .expressionSign(scalar, isAfterOperand: isAfterOperand))
    }
  }

  private mutating func literal(_ quote: Unicode.Scalar) throws(ExpressionProblem) -> Kind {
    guard let end = scalars[(position + 1)...].firstIndex(of: quote) else {
      let isBent = scalars[(position + 1)...].contains { Self.bentQuotes.contains($0) }
      throw .at(position, isBent ? FormSpelling.straightQuotes : .expressionOpenText)
    }
    return take(end + 1 - position, .text(string(position + 1..<end)))
  }

  private mutating func answer() throws(ExpressionProblem) -> Kind {
    guard peek(1) == "{" else { throw .at(position, .expressionVariable) }
    guard let end = scalars[position...].firstIndex(of: "}") else {
      throw .at(position, .expressionOpenReference)
    }
    let name = string(position + 2..<end)
    guard FormName.isValid(name) else { throw .at(position, .expressionNoName(name)) }
    return take(end + 1 - position, .answer(name))
  }

  /// `Digits ('.' Digits?)? | '.' Digits`
  private mutating func number() throws(ExpressionProblem) -> Kind {
    let start = position
    skipDigits()
    if peek() == "." {
      position += 1
      skipDigits()
    }
    guard let number = AnswerNumber(string(start..<position)), !number.hasTooManyDigits else {
      throw .at(start, .expressionTooManyDigits)
    }
    return .number(ExpressionNumber.number(number.text))
  }

  private mutating func skipDigits() {
    while let scalar = peek(), ("0"..."9").contains(scalar) { position += 1 }
  }

  /// A name, with the prefix of a name space where there is one. After a value it can only be an operator.
  private mutating func name() throws(ExpressionProblem) -> Kind {
    let start = position
    skipName()
    if peek() == ":", peek(1) == ":" { throw .at(start, .expressionPath) }
    if peek() == ":", let after = peek(1), Self.isNameStart(after) {
      position += 1
      skipName()
    }
    let name = string(start..<position)
    guard isAfterOperand else { return .name(name) }
    switch name {
    case "and", "or", "div", "mod": return .sign(ExpressionOperator(rawValue: name) ?? .or)
    default: throw .at(start, .expressionNoOperator(name))
    }
  }

  private mutating func skipName() {
    while let scalar = peek(), Self.isNameStart(scalar) || Self.isInsideName(scalar) { position += 1 }
  }

  private func string(_ range: Range<Int>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[range])
    return String(view)
  }
}

extension ExpressionScanner {
  /// White space of XML.
  static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\r"
  }

  private static func isNameStart(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || scalar.properties.generalCategory.isLetter
  }

  private static func isInsideName(_ scalar: Unicode.Scalar) -> Bool {
    ("0"..."9").contains(scalar) || scalar == "-" || scalar == "."
  }

  /// Quotes as word processors bend them, and the signs that are taken for quotes.
  static let bentQuotes: Set<Unicode.Scalar> = Set("“”‘’„‚‟‛´`＇＂".unicodeScalars)
}

extension Unicode.GeneralCategory {
  /// As names of XLSForm have it; see ``FormName``.
  fileprivate var isLetter: Bool {
    switch self {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
    default: false
    }
  }
}
