import Kernel

indirect enum AnswerPatternNode {
  case set(ScalarSet)
  case begin
  case end
  case sequence([AnswerPatternNode])
  case choice([AnswerPatternNode])
  /// So many times at least and at most; nil for any number.
  case times(AnswerPatternNode, Int, Int?)
}

/// Reads a regular expression into its tree.
struct AnswerPatternParser {
  private let scalars: [Unicode.Scalar]
  private let start: Int
  private var position = 0
  private var depth = 0

  init(_ source: String, start: Int) {
    scalars = Array(source.unicodeScalars)
    self.start = start
  }

  mutating func pattern() throws(ExpressionProblem) -> AnswerPatternNode {
    let node = try choice()
    if position < scalars.count { throw problem(.patternStrayGroup) }
    return node
  }

  private var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard next == scalar else { return false }
    position += 1
    return true
  }

  private func problem(_ message: Phrase, back: Int = 0) -> ExpressionProblem {
    .at(start + position - back, message)
  }

  private mutating func choice() throws(ExpressionProblem) -> AnswerPatternNode {
    var branches = [try sequence()]
    while take("|") { branches.append(try sequence()) }
    return branches.count == 1 ? branches[0] : .choice(branches)
  }

  private mutating func sequence() throws(ExpressionProblem) -> AnswerPatternNode {
    var nodes: [AnswerPatternNode] = []
    while let scalar = next, scalar != "|", scalar != ")" {
      let isAnchor = scalar == "^" || scalar == "$"
      var node = try one()
      if let times = try times() {
        if isAnchor { throw problem(.patternNothingToRepeat, back: 1) }
        node = .times(node, times.least, times.most)
        try checkAfterTimes()
      }
      nodes.append(node)
    }
    return .sequence(nodes)
  }

  private mutating func one() throws(ExpressionProblem) -> AnswerPatternNode {
    guard let scalar = next else { return .sequence([]) }
    switch scalar {
    case "(": return try group()
    case "[": return try .set(set())
    case "*", "+", "?": throw problem(.patternNothingToRepeat)
    case "{": throw problem(.patternBrace)
    default: break
    }
    position += 1
    switch scalar {
    case ".": return .set(ScalarSet.lineEnds.inverted)
    case "^": return .begin
    case "$": return .end
    case "\\": return try .set(escaped())
    default: return .set(ScalarSet([scalar.value...scalar.value]))
    }
  }

  private mutating func group() throws(ExpressionProblem) -> AnswerPatternNode {
    let open = position
    position += 1
    if take("?"), !take(":") { throw problem(.patternGroupKind, back: 1) }
    depth += 1
    if depth > AnswerPattern.depth { throw problem(.patternTooDeep, back: 1) }
    let node = try choice()
    guard take(")") else { throw .at(start + open, .patternOpenGroup) }
    depth -= 1
    return node
  }

  private mutating func times() throws(ExpressionProblem) -> (least: Int, most: Int?)? {
    if take("?") { return (0, 1) }
    if take("*") { return (0, nil) }
    if take("+") { return (1, nil) }
    guard next == "{" else { return nil }
    let brace = position
    position += 1
    guard let least = count() else { throw .at(start + brace, .patternBrace) }
    var most: Int? = least
    if take(",") { most = count() }
    let isEndless = scalars[position - 1] == ","
    guard take("}"), isEndless || (most ?? -1) >= least else { throw .at(start + brace, .patternBrace) }
    return (least, most)
  }

  /// Digits as a number; nil where there are none, or more than four.
  private mutating func count() -> Int? {
    let digits = scalars[position...].prefix { ("0"..."9").contains($0) }
    guard (1...4).contains(digits.count) else { return nil }
    position += digits.count
    return digits.reduce(0) { $0 * 10 + Int($1.value) - 48 }
  }

  /// A further `?` changes nothing where all of the text has to match; any other sign of repetition would.
  private mutating func checkAfterTimes() throws(ExpressionProblem) {
    if take("?") { return }
    if let scalar = next, "*+{".unicodeScalars.contains(scalar) { throw problem(.patternNothingToRepeat) }
  }
}

extension AnswerPatternParser {
  /// A class in brackets.
  private mutating func set() throws(ExpressionProblem) -> ScalarSet {
    let open = position
    position += 1
    let isInverted = take("^")
    var ranges: [ClosedRange<UInt32>] = []
    if next == "]" { throw problem(.patternEmptyClass) }
    while !take("]") {
      guard next != nil else { throw .at(start + open, .patternOpenClass) }
      ranges += try range()
    }
    let set = ScalarSet(ranges)
    return isInverted ? set.inverted : set
  }

  /// A character, a range or a class within a class.
  private mutating func range() throws(ExpressionProblem) -> [ClosedRange<UInt32>] {
    let place = position
    let low = try member()
    guard next == "-", position + 1 < scalars.count, scalars[position + 1] != "]" else { return low.ranges }
    position += 1
    let high = try member()
    guard let first = low.single, let last = high.single, first <= last else {
      throw .at(start + place, .patternRange)
    }
    return [first...last]
  }

  private mutating func member() throws(ExpressionProblem) -> ScalarSet {
    guard let scalar = next else { throw problem(.patternOpenClass, back: 1) }
    let isDoubled = position + 1 < scalars.count && scalars[position + 1] == scalar
    if scalar == "[" || (scalar == "&" && isDoubled) { throw problem(.patternInnerClass) }
    position += 1
    return scalar == "\\" ? try escaped() : ScalarSet([scalar.value...scalar.value])
  }

  /// What stands behind a backslash.
  private mutating func escaped() throws(ExpressionProblem) -> ScalarSet {
    guard let scalar = next else { throw problem(.patternOpenEscape, back: 1) }
    position += 1
    switch scalar {
    case "d": return .digits
    case "D": return ScalarSet.digits.inverted
    case "w": return .wordCharacters
    case "W": return ScalarSet.wordCharacters.inverted
    case "s": return .spaces
    case "S": return ScalarSet.spaces.inverted
    case "t": return ScalarSet([9...9])
    case "n": return ScalarSet([10...10])
    case "f": return ScalarSet([12...12])
    case "r": return ScalarSet([13...13])
    case "u": return try hexadecimal(4)
    case "x": return try hexadecimal(2)
    case "A"..."Z", "a"..."z", "0"..."9": throw problem(.patternEscape(scalar), back: 2)
    default: return ScalarSet([scalar.value...scalar.value])
    }
  }

  private mutating func hexadecimal(_ count: Int) throws(ExpressionProblem) -> ScalarSet {
    let digits = scalars[position...].prefix(count)
    let text = digits.map { String($0) }.joined()
    guard digits.count == count, text.utf8.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }),
      let value = UInt32(text, radix: 16), Unicode.Scalar(value) != nil
    else { throw problem(.patternCode, back: 2) }
    position += count
    return ScalarSet([value...value])
  }
}

extension ScalarSet {
  /// The one character in it; nil where there are more or none.
  fileprivate var single: UInt32? {
    guard ranges.count == 1, ranges[0].count == 1 else { return nil }
    return ranges[0].lowerBound
  }
}

/// Writes the tree of a pattern as steps.
struct AnswerPatternBuilder {
  private(set) var steps: [AnswerPatternStep] = []
  /// What was visited, so that empty groups that are repeated in each other cost something too.
  private var visits = 0

  /// - Returns: false where that takes more steps than ``AnswerPattern/mostSteps``.
  mutating func add(_ node: AnswerPatternNode) -> Bool {
    visits += 1
    guard visits <= 4 * AnswerPattern.mostSteps, steps.count <= AnswerPattern.mostSteps else { return false }
    switch node {
    case .set(let set): steps.append(.one(set))
    case .begin: steps.append(.begin)
    case .end: steps.append(.end)
    case .sequence(let nodes): for node in nodes where !add(node) { return false }
    case .choice(let branches): return addChoice(branches)
    case .times(let node, let least, let most): return addTimes(node, least, most)
    }
    return steps.count <= AnswerPattern.mostSteps
  }

  private mutating func addChoice(_ branches: [AnswerPatternNode]) -> Bool {
    let fork = steps.count
    steps.append(.to([]))
    var starts: [Int] = []
    var exits: [Int] = []
    for branch in branches {
      starts.append(steps.count)
      guard add(branch) else { return false }
      exits.append(steps.count)
      steps.append(.to([]))
    }
    steps[fork] = .to(starts)
    for exit in exits { steps[exit] = .to([steps.count]) }
    return steps.count <= AnswerPattern.mostSteps
  }

  private mutating func addTimes(_ node: AnswerPatternNode, _ least: Int, _ most: Int?) -> Bool {
    for _ in 0..<least where !add(node) { return false }
    guard let most else {
      let fork = steps.count
      steps.append(.to([]))
      guard add(node) else { return false }
      steps.append(.to([fork]))
      steps[fork] = .to([fork + 1, steps.count])
      return steps.count <= AnswerPattern.mostSteps
    }
    var forks: [Int] = []
    for _ in least..<most {
      forks.append(steps.count)
      steps.append(.to([]))
      guard add(node) else { return false }
    }
    for fork in forks { steps[fork] = .to([fork + 1, steps.count]) }
    return steps.count <= AnswerPattern.mostSteps
  }
}

extension Phrase {
  static let patternTooLong = Phrase(
    "这个模式太长了。要限定字数，请用 string-length()。",
    "This pattern is too long. To limit how long a text is, use string-length().")
  static let patternTooDeep = Phrase(
    "模式里的括号最多套 \(AnswerPattern.depth) 层。",
    "Groups of a pattern may stand inside each other at most \(AnswerPattern.depth) deep.")
  static let patternNothingToRepeat = Phrase(
    "模式里这个“? * +”或“{ }”前面没有可以重复的东西；要写这个符号本身，请在前面加“\\”。",
    "There is nothing for this “? * +” or “{ }” of the pattern to repeat; for the sign itself write “\\” before it."
  )
  static let patternBrace = Phrase(
    "模式里的“{ }”要写次数，如 {3}、{2,}、{2,5}；要写大括号本身，请写“\\{”。",
    "Braces of a pattern hold a count, such as {3}, {2,} or {2,5}; for the brace itself write “\\{”.")
  static let patternStrayGroup = Phrase(
    "模式里多了一个右括号；要写括号本身，请写“\\)”。",
    "There is a closing parenthesis too many in the pattern; for the sign itself write “\\)”.")
  static let patternOpenGroup = Phrase("模式里这个括号没有合上。", "This group of the pattern is not closed.")
  static let patternGroupKind = Phrase(
    "模式里“(?”只能写成“(?:”；不能前后查看，也不能给组取名。",
    "In a pattern “(?” can only be “(?:”; there is no looking around and there are no names of groups.")
  static let patternOpenClass = Phrase("模式里这个“[”没有合上。", "This “[” of the pattern is not closed.")
  static let patternEmptyClass = Phrase(
    "模式里的“[ ]”是空的；要写右方括号本身，请写“\\]”。",
    "The brackets of the pattern are empty; for the bracket itself write “\\]”.")
  static let patternInnerClass = Phrase(
    "模式的“[ ]”里不能再有“[”或“&&”；要写这个符号本身，请在前面加“\\”。",
    "Inside brackets of a pattern there can be no “[” and no “&&”; for the sign itself write “\\” before it.")
  static let patternRange = Phrase(
    "模式里的范围要从小到大，如 a-z。", "A range of a pattern goes from low to high, such as a-z.")
  static let patternOpenEscape = Phrase(
    "模式不能以“\\”结尾。", "A pattern cannot end with “\\”.")
  static let patternCode = Phrase(
    "模式里“\\u”后面是四位、“\\x”后面是两位十六进制数，如 \\u4e00。",
    "In a pattern “\\u” is followed by four and “\\x” by two hexadecimal digits, such as \\u4e00.")

  static func patternEscape(_ scalar: Unicode.Scalar) -> Phrase {
    Phrase("模式里不能用“\\\(scalar)”。", "A pattern cannot have “\\\(scalar)” here.")
  }
}
