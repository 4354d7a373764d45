import Kernel
import TestKit
import Testing

@Suite struct QuantityTests {
  @Test func `what is shown can be typed again in every unit`() {
    var random = SeededGenerator(seed: 1)
    for unit in Unit.all {
      for _ in 0..<200 {
        let quantity = Quantity(steps: max(0, random.anyInteger()), unit: unit)
        #expect(Quantity(typed: quantity.decimal, unit: unit) == quantity)
      }
    }
  }

  @Test(arguments: [
    (1250, Unit.kilogram, "1.25"), (1000, .kilogram, "1"), (5, .kilogram, "0.005"), (-5, .kilogram, "-0.005"),
    (-1250, .kilogram, "-1.25"), (0, .jin, "0"), (150, .jin, "1.5"), (3, .piece, "3"), (-3, .piece, "-3"),
    (Int64.min, .piece, "-9223372036854775808"), (Int64.min, .kilogram, "-9223372036854775.808"),
  ])
  func `quantities are shown without needless zeros`(steps: Int64, unit: Unit, text: String) {
    let quantity = Quantity(steps: steps, unit: unit)
    #expect(quantity.decimal == text)
    #expect(quantity.display == Phrase("\(text) \(unit.name.chinese)", "\(text) \(unit.name.english)"))
  }

  @Test(arguments: [
    ("1.5", Unit.piece), ("1.2505", .kilogram), ("-1", .piece), ("", .piece), ("1.", .kilogram),
    ("1e2", .gram),
    ("1.234", .jin), ("三", .piece), ("9223372036854775.808", .kilogram),
  ])
  func `nothing finer than a step, and nothing but a number`(text: String, unit: Unit) {
    #expect(Quantity(typed: text, unit: unit) == nil)
  }

  @Test func `every unit is found by its own code and no two share one`() {
    for unit in Unit.all { #expect(Unit.withCode(unit.code) == unit) }
    #expect(Set(Unit.all.map(\.code)).count == Unit.all.count)
    #expect(Unit.withCode("h87") == nil)
    #expect(Unit.withCode("") == nil)
  }
}
