import Foundation
import TestKit
import Testing

@testable import Surveys

@Suite("Patterns of answers") struct AnswerPatternTests {
  private static let alphabet = Array("aabbc1.黄".unicodeScalars)

  private func text(_ random: inout SeededGenerator, of alphabet: [Unicode.Scalar] = alphabet) -> String {
    var view = String.UnicodeScalarView()
    for _ in 0..<(random.next() % 7) { view.append(alphabet[Int(random.next() % UInt64(alphabet.count))]) }
    return String(view)
  }

  @Test func `a pattern matches what its tree says`() throws {
    var random = SeededGenerator(seed: 3)
    var matched = 0
    for seed in 0..<800 as Range<UInt64> {
      var generator = ExpressionGenerator(seed: seed, answers: ["a"])
      let source = generator.pattern(depth: 4)
      let pattern = try AnswerPattern(source)
      var parser = AnswerPatternParser(source, start: 0)
      let tree = try parser.pattern()
      for _ in 0..<8 {
        let text = text(&random)
        let scalars = Array(text.unicodeScalars)
        let isExpected = tree.ends(in: scalars, from: 0).contains(scalars.count)
        #expect(pattern.matches(text) == isExpected, "\(source) · \(text)")
        if isExpected { matched += 1 }
      }
    }
    #expect(matched > 800)
  }

  /// ICU reads patterns by itself. It is asked of those without loops around what may be empty, about which
  /// implementations that try and go back are not of one mind, and of letters that are words everywhere.
  @Test func `a pattern matches what the regular expressions of ICU match`() throws {
    var random = SeededGenerator(seed: 5)
    var matched = 0
    for seed in 0..<600 as Range<UInt64> {
      var generator = ExpressionGenerator(seed: seed, answers: ["a"])
      let source = generator.pattern(depth: 3, repeatsGroups: false)
      let pattern = try AnswerPattern(source)
      let reference = try NSRegularExpression(pattern: "\\A(?:\(source))\\z")
      for _ in 0..<8 {
        let text = text(&random, of: Array("aabbc1.".unicodeScalars))
        let range = NSRange(text.startIndex..., in: text)
        let isExpected = reference.firstMatch(in: text, range: range) != nil
        #expect(pattern.matches(text) == isExpected, "\(source) · \(text)")
        if isExpected { matched += 1 }
      }
    }
    #expect(matched > 400)
  }

  /// Each of these would keep a matcher that tries and goes back busy for longer than the world stands.
  @Test(.timeLimit(.minutes(1)))
  func `no pattern takes longer than in proportion to the text`() throws {
    let text = String(repeating: "a", count: 1999) + "!"
    for source in ["(a+)+", "(a*)*b", "(a|a)*c", "(a|aa)+$b", "(.*)*x", "(.*a){20}", "((a?){30}a{30})+b"] {
      #expect(!(try AnswerPattern(source).matches(text)), "\(source)")
    }
    #expect(try AnswerPattern("(a|aa)*!").matches(text))
  }

  @Test func `sets are kept in order and turn inside out`() {
    let set = ScalarSet([5...9, 1...2, 3...4, 20...20, 8...12])
    #expect(set.ranges == [1...12, 20...20])
    #expect(set.inverted.ranges == [0...0, 13...19, 21...0x10FFFF])
    #expect(set.inverted.inverted == set)
    #expect(ScalarSet([]).inverted.ranges == [0...0x10FFFF])
    #expect(ScalarSet([0...0x10FFFF]).inverted.ranges.isEmpty)
  }

  @Test func `a count repeats the steps of what it counts, up to a limit`() throws {
    #expect(try AnswerPattern("a{1000}").steps.count == 1000)
    #expect(try AnswerPattern(".{0,500}").steps.count == 1000)
    #expect(throws: ExpressionProblem.self) { try AnswerPattern("a{1001}") }
    #expect(throws: ExpressionProblem.self) { try AnswerPattern(String(repeating: "(", count: 500)) }
  }
}

extension AnswerPatternNode {
  /// What it means, said in the plainest way: all places at which it may end that begins at one.
  fileprivate func ends(in text: [Unicode.Scalar], from start: Int) -> Set<Int> {
    switch self {
    case .set(let set): return start < text.count && set.contains(text[start].value) ? [start + 1] : []
    case .begin: return start == 0 ? [start] : []
    case .end: return start == text.count ? [start] : []
    case .sequence(let nodes):
      return nodes.reduce([start]) { places, node in
        Set(places.flatMap { node.ends(in: text, from: $0) })
      }
    case .choice(let branches): return Set(branches.flatMap { $0.ends(in: text, from: start) })
    case .times(let node, let least, let most):
      func step(_ places: Set<Int>) -> Set<Int> { Set(places.flatMap { node.ends(in: text, from: $0) }) }
      var places: Set<Int> = [start]
      for _ in 0..<least { places = step(places) }
      var all = places
      // Who went round as often as the text is long has been everywhere.
      for _ in 0..<min(text.count + 1, (most ?? .max) - least) {
        places = step(places)
        all.formUnion(places)
      }
      return all
    }
  }
}
