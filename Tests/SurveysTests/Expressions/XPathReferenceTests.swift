import Kernel
import TestKit
import Testing

@testable import Surveys

/// The part of the language that is pure XPath 1.0 means what it means to libxml2.
@Suite("XPath 1.0", .enabled(if: PythonReference.isAvailable)) struct XPathReferenceTests {
  @Test func `four thousand expressions come to what libxml2 makes of them`() async throws {
    let sources = (0..<4000 as Range<UInt64>).map { seed in
      var generator = XPathGenerator(seed: seed)
      return generator.expression(depth: 4)
    }
    let question = Question(
      variables: XPathGenerator.variables,
      expressions: sources.map { $0.replacing("${", with: "$").replacing("}", with: "") })
    let answers = try await PythonReference("Tests/SurveysTests/Expressions/reference.py").answer(
      question, as: [ExpectedValue].self)
    try #require(answers.count == sources.count)
    let context = ExpressionContext(
      answer: { XPathGenerator.variables[$0] ?? "" },
      clock: ExpressionClock(now: Timestamp(seconds: 0), offsetSeconds: 0))
    var kinds: [String: Int] = [:]
    for (source, expected) in zip(sources, answers) {
      let value = ExpectedValue(try Expression(source).value(in: context))
      #expect(value.isSameNumber(as: expected) || value == expected, "\(source)")
      kinds["\(expected)".prefix { $0 != "(" }.description, default: 0] += 1
    }
    #expect(kinds.count == 3 && kinds.values.allSatisfy { $0 > 300 })
  }

  private struct Question: Encodable {
    let variables: [String: String]
    let expressions: [String]
  }
}

extension ExpectedValue {
  /// Python writes some numbers otherwise, such as `1e-07`.
  fileprivate func isSameNumber(as other: ExpectedValue) -> Bool {
    guard case .number(let one) = self, case .number(let two) = other, let one = Double(one),
      let two = Double(two)
    else { return false }
    return one == two || (one.isNaN && two.isNaN)
  }
}
