import TestKit

@testable import Surveys

/// Makes texts that are expressions, with every part of the language, any white space and needless parentheses.
struct ExpressionGenerator {
  private var random: SeededGenerator
  /// The names that may stand in `${}`.
  private let answers: [String]
  /// The bare names that may stand there.
  private let columns: [String]
  /// The names of questions with choices.
  private let questions: [String]
  private let usesCurrent: Bool

  init(
    seed: UInt64, answers: [String], columns: [String] = [], questions: [String] = [],
    usesCurrent: Bool = true
  ) {
    random = SeededGenerator(seed: seed)
    self.answers = answers
    self.columns = columns
    self.questions = questions
    self.usesCurrent = usesCurrent
  }

  /// Not by the generator of the standard library, which may choose otherwise in its next version.
  private mutating func below(_ bound: Int) -> Int { Int(random.next() % UInt64(bound)) }

  private mutating func one(of texts: [String]) -> String { texts[below(texts.count)] }

  private mutating func space() -> String { one(of: ["", "", " ", " ", " ", "  ", "\t", "\n"]) }

  /// White space where two names would run together without it.
  private mutating func gap() -> String { one(of: [" ", " ", " ", "\n", "  "]) }

  mutating func expression(depth: Int = 4) -> String {
    guard depth > 0, below(5) > 0 else { return leaf() }
    switch below(10) {
    case 0...4: return joined(depth)
    case 5: return "(\(space())\(expression(depth: depth - 1))\(space()))"
    case 6: return "-\(space())\(tight(depth))"
    default: return call(depth)
    }
  }

  private mutating func joined(_ depth: Int) -> String {
    let left = tight(depth)
    let sign = one(of: [
      "or", "and", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "div", "mod", "=", "+", "and",
    ])
    return "\(left)\(gap())\(sign)\(gap())\(tight(depth))"
  }

  /// Mostly in parentheses, so that what was meant stays together; at times precedence decides.
  private mutating func tight(_ depth: Int) -> String {
    let part = expression(depth: depth - 1)
    return below(3) == 0 ? part : "(\(part))"
  }

  private mutating func leaf() -> String {
    switch below(10) {
    case 0...2: return one(of: Self.numbers)
    case 3...5: return Self.quoted(one(of: Self.texts))
    case 6, 7: return "${\(one(of: answers))}"
    case 8 where usesCurrent: return "."
    case 9 where !columns.isEmpty: return one(of: columns)
    default: return one(of: ["true()", "false( )", "today()", "now()"])
    }
  }

  private mutating func call(_ depth: Int) -> String {
    func arguments(_ count: Int) -> [String] { (0..<count).map { _ in expression(depth: depth - 1) } }
    let function = one(of: [
      "not", "selected", "selected-at", "count-selected", "if", "coalesce", "regex", "contains",
      "starts-with",
      "string-length", "number", "int", "round", "date", "jr:choice-name", "if", "selected", "round",
    ])
    let values: [String]
    switch function {
    case "if": values = arguments(3)
    case "round": values = arguments(1 + below(2))
    case "regex": values = arguments(1) + [Self.quoted(pattern(depth: 3))]
    case "jr:choice-name":
      guard !questions.isEmpty else { return leaf() }
      values = arguments(1) + ["'${\(one(of: questions))}'"]
    case "date":
      values = [below(3) == 0 ? "'2026-0\(1 + below(9))-1\(below(10))'" : "0 + \(tight(depth))"]
    case "not", "count-selected", "string-length", "number", "int": values = arguments(1)
    default: values = arguments(2)
    }
    return "\(function)\(space())(\(space())\(values.joined(separator: "\(space()),\(space())"))\(space()))"
  }

  /// A regular expression over few characters, so that it matches now and then.
  mutating func pattern(depth: Int, repeatsGroups: Bool = true) -> String {
    func inner() -> String { pattern(depth: depth - 1, repeatsGroups: repeatsGroups) }
    guard depth > 0 else { return one(of: Self.patternLeaves) }
    switch below(8) {
    case 0, 1: return inner() + inner()
    case 2: return "(\(inner())|\(inner()))"
    case 3: return "(?:\(inner()))"
    case 4 where repeatsGroups:
      return "(\(inner()))\(one(of: ["?", "*", "+", "{2}", "{0,2}", "{1,}", "*?", "+?"]))"
    case 5: return one(of: ["^", ""]) + inner() + one(of: ["$", ""])
    default: return one(of: Self.patternLeaves)
    }
  }

  private static func quoted(_ text: String) -> String { text.contains("'") ? "\"\(text)\"" : "'\(text)'" }

  static let numbers = [
    "0", "1", "2", "3", "7", "10", "0.5", "1.5", "2.5", "100", "0.1", "3.25", "20785", "999999999999999",
    ".125",
    "12.",
  ]

  /// What answers, columns and literals may be.
  static let texts = [
    "", "0", "1", "2", "-1", "3.5", " 4 ", "007", "1e3", "+1", "a", "b", "a b", "b a c", "a a", " b  c ",
    "ab", "abc",
    "aab", "黄瓜", "a黄b", "it's", "true", "false", "NaN", "Infinity", "2026-11-28", "2026-11-27T23:30:00Z",
    "2026-11-28T09:30:00.250+08:00", "2024-02-29", "2026-02-30", "1969-12-31T12:00", "09:30", "👍", "a\nb",
    ".5",
    "123456789012345678901234567890", "0.000000000000000000001",
  ]

  private static let patternLeaves = [
    "a", "b", "c", ".", "ab", "[ab]", "[^a]", #"\d"#, #"\w"#, #"\s"#, #"\D"#, #"\S"#, "[a-c]", "黄", "[一-龥]",
    "a?",
    "b*", ".*", "[0-9]+", #"\."#, "1", #"[\d.-]+"#, "a{0,3}", "",
  ]
}
