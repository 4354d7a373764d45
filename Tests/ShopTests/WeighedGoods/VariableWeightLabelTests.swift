import Kernel
import TestKit
import Testing

@testable import Shop

@Suite struct VariableWeightLabelTests {
  private typealias Layout = VariableWeightLabel.Layout

  /// The twelve digits with their check digit.
  private static func checked(_ digits: String) -> String {
    (0...9).map { digits + String($0) }.first { TradeItemNumber($0) != nil } ?? digits
  }

  private static func padded(_ number: Int64, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: width - digits.count) + digits
  }

  private static func code(_ work: () throws -> some Any) -> String? {
    do {
      _ = try work()
      return nil
    } catch {
      return (error as? Problem)?.code
    }
  }

  @Test func `weight and price are read from labels printed by scales`() throws {
    let weight = try #require(Layout(prefix: "21", measure: .grams))
    let price = try #require(
      Layout(prefix: "22", itemDigits: 4, valueDigits: 5, measure: .fen, hasInnerCheckDigit: true))
    let first = try VariableWeightLabel(scanned: "2100123006854", layouts: [price, weight])
    #expect(first.itemCode == "00123")
    #expect(first.value == .grams(685))
    // 146.85 with its inner check digit 6.
    let second = try VariableWeightLabel(
      scanned: Self.checked("220042614685"), layouts: [price, weight])
    #expect(second.itemCode == "0042")
    #expect(second.value == .price(.fen(14_685)))
  }

  @Test(arguments: [("2875", 9), ("14685", 6)])
  func `the examples of the specification give their check digits`(digits: String, check: Int) {
    #expect(ValueCheckDigit.of(digits.utf8.map { $0 - 48 }) == UInt8(check))
  }

  @Test func `any single wrong digit of a checked value is noticed`() {
    for count in [4, 5] {
      var random = SeededGenerator(seed: UInt64(count))
      for _ in 0..<200 {
        let digits = (0..<count).map { _ in UInt8.random(in: 0...9, using: &random) }
        for position in digits.indices {
          for wrong in UInt8(0)...9 where wrong != digits[position] {
            var changed = digits
            changed[position] = wrong
            #expect(ValueCheckDigit.of(changed) != ValueCheckDigit.of(digits))
          }
        }
      }
    }
    #expect(ValueCheckDigit.of([1, 2, 3]) == nil)
  }

  @Test func `what was printed is read, in every layout, and any single wrong digit is not`() throws {
    var random = SeededGenerator(seed: 31)
    for _ in 0..<300 {
      let prefix = (["02"] + (20...29).map(String.init)).randomElement(using: &random) ?? "20"
      let itemDigits = Int.random(in: 4...6, using: &random)
      let valueDigits = 10 - itemDigits
      let layout = try #require(
        Layout(
          prefix: prefix, itemDigits: itemDigits, valueDigits: valueDigits,
          measure: Bool.random(using: &random) ? .grams : .fen))
      let item = Self.padded(.random(in: 0..<10_000, using: &random), itemDigits)
      let number = Int64.random(in: 1..<10_000, using: &random)
      let printed = Self.checked(prefix + item + Self.padded(number, valueDigits))
      let label = try VariableWeightLabel(scanned: printed, layouts: [layout])
      #expect(label.itemCode == item)
      #expect(label.value == (layout.measure == .grams ? .grams(number) : .price(.fen(number))))
      #expect(try VariableWeightLabel(scanned: "0" + printed + "\r\n", layouts: [layout]) == label)
      if prefix == "02" {
        #expect(try VariableWeightLabel(scanned: String(printed.dropFirst()), layouts: [layout]) == label)
      }
      for position in 0..<13 {
        var digits = Array(printed.utf8)
        digits[position] = (digits[position] - 48 + 3) % 10 + 48
        let wrong = String(decoding: digits, as: UTF8.self)
        #expect(
          Self.code { try VariableWeightLabel(scanned: wrong, layouts: [layout]) } == "label.unreadable")
      }
    }
  }

  @Test(arguments: ["", "21", "abcdefghijklm", "210012300685", "21001230068544", "２１00123006854"])
  func `what is no label is refused`(text: String) throws {
    let layout = try #require(Layout(prefix: "21", measure: .grams))
    #expect(Self.code { try VariableWeightLabel(scanned: text, layouts: [layout]) } == "label.unreadable")
  }

  @Test func `an unknown prefix, a weight of zero and a wrong inner digit are told apart`() throws {
    let plain = try #require(Layout(prefix: "21", measure: .grams))
    let inner = try #require(
      Layout(prefix: "22", itemDigits: 5, valueDigits: 4, measure: .fen, hasInnerCheckDigit: true))
    func code(_ digits: String) -> String? {
      Self.code { try VariableWeightLabel(scanned: Self.checked(digits), layouts: [plain, inner]) }
    }
    #expect(code("230012300685") == "label.unknown")
    #expect(code("210012300000") == "label.value")
    #expect(code("220012392875") == nil)
    #expect(code("220012382875") == "label.value")
  }

  @Test func `a layout that does not fill the label does not exist`() {
    #expect(Layout(prefix: "19", measure: .grams) == nil)
    #expect(Layout(prefix: "30", measure: .grams) == nil)
    #expect(Layout(prefix: "+2", measure: .grams) == nil)
    #expect(Layout(prefix: "2", measure: .grams) == nil)
    #expect(Layout(prefix: "21", itemDigits: 5, valueDigits: 4, measure: .grams) == nil)
    #expect(Layout(prefix: "21", itemDigits: 3, valueDigits: 7, measure: .grams) == nil)
    #expect(
      Layout(prefix: "21", itemDigits: 5, valueDigits: 5, measure: .fen, hasInnerCheckDigit: true) == nil)
  }
}
