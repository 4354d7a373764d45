import TestKit

/// Makes expressions of which XPath 1.0 alone says what they mean.
struct XPathGenerator {
  private var random: SeededGenerator

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
  }

  /// What stands for `${a}` and its like; no dates, which XPath 1.0 does not know.
  static let variables = [
    "a": "", "b": "3", "c": " 12.5 ", "d": "abc", "e": "-0", "f": "1,000", "g": "黄瓜", "h": "007", "i": ".5",
    "j": "5.",
    "k": "-2.50", "l": "+1", "m": "a b", "n": "true", "o": "NaN", "p": "9007199254740993",
  ]

  private mutating func below(_ bound: Int) -> Int { Int(random.next() % UInt64(bound)) }
  private mutating func one(of texts: [String]) -> String { texts[below(texts.count)] }

  mutating func expression(depth: Int) -> String {
    guard depth > 0, below(6) > 0 else { return leaf() }
    func inner() -> String { expression(depth: depth - 1) }
    switch below(12) {
    case 0...6:
      let sign = one(of: ["or", "and", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "div", "mod"])
      return "\(part(depth)) \(sign) \(part(depth))"
    case 7: return "-\(part(depth))"
    case 8: return "\(one(of: ["not", "number", "round", "not"]))(\(inner()))"
    case 9: return "\(one(of: ["contains", "starts-with"]))(\(text()), \(text()))"
    case 10: return "string-length(\(text()))"
    default: return "(\(inner()))"
    }
  }

  /// Half of them without parentheses, so that precedence decides.
  private mutating func part(_ depth: Int) -> String {
    let part = expression(depth: depth - 1)
    return below(2) == 0 ? part : "(\(part))"
  }

  /// A text, or what turns into one in the same way everywhere: small whole numbers and halves, and booleans.
  private mutating func text() -> String {
    switch below(5) {
    case 0:
      one(of: ["\(below(30))", "\(below(9)) div 2", "-\(below(9))", "true()", "1 = 2", "1 div 0", "0 div 0"])
    case 1: one(of: ["'a'", "'abc'", "''", "'1'", "'.5'", "'黄'", "\"it's\"", "'N'"])
    default: "${\(one(of: Self.variables.keys.sorted()))}"
    }
  }

  private mutating func leaf() -> String {
    switch below(8) {
    case 0...2: one(of: ["0", "1", "2", "3", "10", "0.5", "1.5", "2.25", ".125", "7.", "100", "0.1"])
    case 3: one(of: ["'a'", "'abc'", "''", "' 4 '", "'-3'", "'x y'", "'1.50'", "'--1'", "'.'", "'1 2'"])
    case 4: one(of: ["true()", "false()"])
    default: "${\(one(of: Self.variables.keys.sorted()))}"
    }
  }
}
