/// A regular expression that a text has to match from its first to its last character.
///
/// Understood are characters, `.`, classes `[a-z]` and `[^a-z]`, `\d \w \s` and `\D \W \S`, `\t \n \r \f \uXXXX \xXX`, a
/// backslash before any other sign, `^ $`, groups `( )` and `(?: )`, `|`, and `? * + {m} {m,} {m,n}` with or without a
/// further `?`. They mean what they mean in Java, which ODK Collect uses (JavaRosa, `XPathFuncExpr.regex`; ODK docs: “exact
/// and complete match”). Everything else is refused, above all back-references and looking around: so a match takes time
/// in proportion to the text, whatever both say (Thompson 1968; R. Cox, “Regular Expression Matching Can Be Simple And
/// Fast”, 2007). The browser runs the same steps (`survey-logic.js`).
struct AnswerPattern: Sendable, Hashable {
  let source: String
  /// From the first to behind the last; who comes there has matched.
  let steps: [AnswerPatternStep]

  /// Steps of one pattern at most; a count such as `{0,300}` repeats those of what it counts.
  static let mostSteps = 1000
  /// Groups inside each other.
  static let depth = 20

  /// - Parameter start: the place of the pattern in its expression, counted from 0.
  /// - Throws: ``ExpressionProblem`` where it is not understood.
  init(_ source: String, at start: Int = 0) throws(ExpressionProblem) {
    var parser = AnswerPatternParser(source, start: start)
    let node = try parser.pattern()
    var builder = AnswerPatternBuilder()
    guard builder.add(node) else { throw .at(start, .patternTooLong) }
    self.source = source
    steps = builder.steps
  }

  /// Whether all of a text matches.
  func matches(_ text: String) -> Bool {
    let scalars = Array(text.unicodeScalars)
    var run = AnswerPatternRun(steps: steps, length: scalars.count)
    run.follow([0], at: 0)
    for (place, scalar) in scalars.enumerated() {
      let next = run.states.filter { state in
        if case .one(let set) = run.step(state) { set.contains(scalar.value) } else { false }
      }
      if next.isEmpty { return false }
      run.follow(next.map { $0 + 1 }, at: place + 1)
    }
    return run.isDone
  }
}

enum AnswerPatternStep: Sendable, Hashable {
  /// One character of a set, then the next step.
  case one(ScalarSet)
  /// Any of these steps at once.
  case to([Int])
  /// The next step, at the beginning of the text.
  case begin
  /// The next step, at its end.
  case end
}

/// The steps at which a text that was read so far may stand.
private struct AnswerPatternRun {
  let steps: [AnswerPatternStep]
  let length: Int
  private(set) var states: [Int] = []
  /// For each step the round in which it was reached last.
  private var reached: [Int]
  private var stack: [Int] = []

  init(steps: [AnswerPatternStep], length: Int) {
    self.steps = steps
    self.length = length
    reached = Array(repeating: -1, count: steps.count + 1)
  }

  func step(_ state: Int) -> AnswerPatternStep? { state < steps.count ? steps[state] : nil }

  var isDone: Bool { states.contains(steps.count) }

  /// Goes on from some steps to all that take no character to reach.
  mutating func follow(_ seeds: [Int], at place: Int) {
    states.removeAll(keepingCapacity: true)
    stack = seeds
    while let state = stack.popLast() {
      guard reached[state] != place else { continue }
      reached[state] = place
      switch step(state) {
      case .to(let next): stack += next
      case .begin: if place == 0 { stack.append(state + 1) }
      case .end: if place == length { stack.append(state + 1) }
      case .one, nil: states.append(state)
      }
    }
  }
}

/// A set of Unicode scalars as ranges in order.
struct ScalarSet: Sendable, Hashable {
  private(set) var ranges: [ClosedRange<UInt32>]

  /// - Parameter ranges: in any order; they may overlap.
  init(_ ranges: [ClosedRange<UInt32>]) {
    var joined: [ClosedRange<UInt32>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      guard let last = joined.last, range.lowerBound <= last.upperBound + 1 else {
        joined.append(range)
        continue
      }
      joined[joined.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
    }
    self.ranges = joined
  }

  /// All others.
  var inverted: ScalarSet {
    var rest: [ClosedRange<UInt32>] = []
    var next: UInt32 = 0
    for range in ranges {
      if range.lowerBound > next { rest.append(next...range.lowerBound - 1) }
      next = range.upperBound + 1
    }
    if next <= 0x10FFFF { rest.append(next...0x10FFFF) }
    return ScalarSet(rest)
  }

  func contains(_ value: UInt32) -> Bool { ranges.contains { $0.contains(value) } }

  static let digits = ScalarSet([48...57])
  static let wordCharacters = ScalarSet([48...57, 65...90, 95...95, 97...122])
  /// As `\s` of Java.
  static let spaces = ScalarSet([9...13, 32...32])
  /// What `.` does not match in Java.
  static let lineEnds = ScalarSet([10...10, 13...13, 0x85...0x85, 0x2028...0x2029])
}
