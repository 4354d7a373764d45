import Kernel
import TestKit
import Testing

@testable import Surveys

@Suite("Expressions of questionnaires") struct ExpressionTests {
  private static let names = ["a", "b", "c-d", "e.f", "年龄", "_g"]

  private func random(_ seed: UInt64) -> String {
    var generator = ExpressionGenerator(
      seed: seed, answers: Self.names, columns: ["name", "kind", "div", "or"], questions: ["a", "b"])
    return generator.expression(depth: 1 + Int(seed % 6))
  }

  @Test func `what is written is read as the same expression again`() throws {
    var longest = 0
    for seed in 0..<4000 as Range<UInt64> {
      let source = random(seed)
      guard source.unicodeScalars.count <= ExpressionLimits.length else { continue }
      let expression = try Expression(source, allowsColumns: true)
      let written = expression.description
      #expect(try Expression(written, allowsColumns: true) == expression, "\(source) → \(written)")
      #expect(try Expression(written, allowsColumns: true).description == written, "\(source)")
      longest = max(longest, written.count)
    }
    #expect(longest > 300)
  }

  @Test func `an expression knows what it asks for`() throws {
    let expression = try Expression(
      "if(selected(${a}, kind), . + ${b}, jr:choice-name(${a}, '${c}')) or name = 'x' and regex(${d}, '.')",
      allowsColumns: true)
    #expect(expression.references == ["a", "b", "c", "d"])
    #expect(expression.labelled == ["c"])
    #expect(expression.columns == ["kind", "name"])
    #expect(expression.usesCurrent)
    let plain = try Expression("'${'  = 1 or 'a.b' = -(2.5)".replacing("'${'", with: "'$'"))
    #expect(plain.references.isEmpty && plain.columns.isEmpty && !plain.usesCurrent)
  }

  @Test func `nothing that is cut off or mixed up stops the program`() {
    var taken = 0
    for seed in 0..<1500 as Range<UInt64> {
      var scalars = Array(random(seed).unicodeScalars)
      var generator = SeededGenerator(seed: seed)
      for _ in 0..<(1 + seed % 3) where !scalars.isEmpty {
        let place = Int(generator.next() % UInt64(scalars.count))
        switch generator.next() % 3 {
        case 0: scalars.remove(at: place)
        case 1: scalars.swapAt(place, Int(generator.next() % UInt64(scalars.count)))
        default: scalars.removeSubrange(place...)
        }
      }
      var view = String.UnicodeScalarView()
      view.append(contentsOf: scalars)
      do throws(ExpressionProblem) {
        _ = try Expression(String(view), allowsColumns: true)
        taken += 1
      } catch {
        #expect((1...scalars.count + 1).contains(error.position), "\(String(view))")
      }
    }
    #expect(taken > 50 && taken < 1400)
  }

  @Test func `length and depth are bounded`() throws {
    func nested(_ count: Int, _ open: String, _ close: String) -> String {
      String(repeating: open, count: count) + "1" + String(repeating: close, count: count)
    }
    for (open, close) in [("(", ")"), ("not(", ")"), ("-", ""), ("if(1,2,", ")"), ("1+(", ")")] {
      #expect(throws: Never.self) { try Expression(nested(ExpressionLimits.depth, open, close)) }
      #expect(throws: ExpressionProblem.self) {
        try Expression(nested(ExpressionLimits.depth + 1, open, close))
      }
    }
    let sum = "1" + String(repeating: "+1", count: (ExpressionLimits.length - 1) / 2)
    let clock = ExpressionClock(now: .init(seconds: 0), offsetSeconds: 0)
    let value = try Expression(sum).value(in: ExpressionContext(clock: clock))
    #expect(value == .number(Double(1 + (ExpressionLimits.length - 1) / 2)))
    #expect(throws: ExpressionProblem.self) { try Expression(sum + "+1") }
    #expect(throws: ExpressionProblem.self) { try Expression(String(repeating: "(", count: 1_000_000)) }
  }

  @Test func `refusals say what to write instead`() {
    func said(_ source: String) -> String {
      do throws(ExpressionProblem) {
        _ = try Expression(source)
        return ""
      } catch {
        return error.message.english
      }
    }
    #expect(said("${a} = “b”").contains("straight"))
    #expect(said("'abc’").contains("straight"))
    #expect(said("pulldata('a')").contains("pulldata()"))
    #expect(said("once(1)").contains("once()"))
    #expect(said("position(..)").contains("position()"))
    #expect(said("age > 3").contains("${age}"))
    #expect(said("${a} = today").contains("today()"))
    #expect(said("${a} AND ${b}").contains("“and”"))
    #expect(said("IF(1, 2, 3)").contains("“if”"))
    #expect(said("${a} ＝ 1").contains("“=”"))
    #expect(said("${a} ≥ 1").contains("“>=”"))
    #expect(said("${a} / 2").contains("“div”"))
    #expect(said("../a").contains("${name}"))
    #expect(said("if(1, 2)").contains("takes 3 values"))
    #expect(said("round(1, 2, 3)").contains("1 to 2"))
    #expect(said("jr:choice-name('${a}', ${a})").contains("in quotes"))
  }

  @Test func `numbers are written so that they are read as the same again`() {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<5000 {
      let number = Double(bitPattern: generator.next())
      guard number.isFinite else { continue }
      let text = ExpressionNumber.text(number)
      #expect(ExpressionNumber.number(text) == number, "\(number)")
      #expect(!text.contains("e") && !text.hasSuffix("."), "\(number)")
    }
    #expect(ExpressionNumber.text(.leastNonzeroMagnitude).count == 326)
    #expect(ExpressionNumber.text(.greatestFiniteMagnitude).count == 309)
    #expect(ExpressionNumber.number(String(repeating: "9", count: 400)) == .infinity)
    #expect(ExpressionNumber.number("0." + String(repeating: "0", count: 400) + "1") == 0)
  }

  @Test func `rounding keeps the nearest, and of two the greater`() {
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<3000 {
      let number = Double(Int64(generator.next() % 2_000_001) - 1_000_000) / 8
      let expected = (number + 0.5).rounded(.down)
      #expect(ExpressionNumber.rounded(number, places: 0) == expected, "\(number)")
    }
    #expect(ExpressionNumber.rounded(0.49999999999999994, places: 0) == 0)
    #expect(ExpressionNumber.rounded(4_503_599_627_370_495.5, places: 0) == 4_503_599_627_370_496)
    #expect(ExpressionNumber.rounded(-4_503_599_627_370_495.5, places: 0) == -4_503_599_627_370_495)
    #expect(ExpressionNumber.rounded(1e300, places: 2) == 1e300)
  }
}
