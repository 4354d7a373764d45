import TestKit
import Testing

@testable import Ledger

@Suite struct PaymentReferenceTests {
  private static func sample(_ random: inout SeededGenerator) throws -> PaymentReference {
    try #require(PaymentReference(number: .random(in: PaymentReference.numbers, using: &random)))
  }

  @Test func `the check digit is Damm's`() {
    // The example that descriptions of the algorithm share.
    #expect(PaymentReference.check([5, 7, 2]) == 4)
    #expect(PaymentReference.check([5, 7, 2, 4]) == 0)
  }

  @Test func `any single wrong digit and any two swapped neighbours are noticed`() throws {
    var random = SeededGenerator(seed: 61)
    for _ in 0..<2_000 {
      let digits = Array(try Self.sample(&random).description.utf8)
      for position in digits.indices {
        for wrong in UInt8(48)...57 where wrong != digits[position] {
          var changed = digits
          changed[position] = wrong
          #expect(PaymentReference(String(decoding: changed, as: UTF8.self)) == nil)
        }
        if position > 0, digits[position] != digits[position - 1] {
          var changed = digits
          changed.swapAt(position, position - 1)
          #expect(PaymentReference(String(decoding: changed, as: UTF8.self)) == nil)
        }
      }
    }
  }

  @Test func `a reference is read as it is shown and said`() throws {
    var random = SeededGenerator(seed: 62)
    for _ in 0..<1_000 {
      let reference = try Self.sample(&random)
      #expect(reference.description.utf8.count == 7)
      #expect(PaymentReference(reference.description) == reference)
      #expect(PaymentReference(reference.spoken) == reference)
    }
    #expect(PaymentReference(number: 123_456)?.spoken == "123 4566")
    #expect(PaymentReference(number: 99_999) == nil)
    #expect(PaymentReference(number: 1_000_000) == nil)
    #expect(PaymentReference("") == nil)
    #expect(PaymentReference("0") == nil)
  }

  @Test func `a reference is found in whatever people type around it`() throws {
    var random = SeededGenerator(seed: 63)
    let before = ["", "付款", "团购 ", "编号:", "谢谢！", "No.", "2026年11月23日，", "¥56.00，", "张三 13800138000，"]
    let after = ["", "谢谢", " 青菜", "，共2份", "。", "/张三", "号", "，13800138000"]
    for _ in 0..<3_000 {
      let reference = try Self.sample(&random)
      var typed = ""
      for digit in reference.description {
        let isWide = Int.random(in: 0..<4, using: &random) == 0
        typed += isWide ? Self.wide(digit) : String(digit)
        if Int.random(in: 0..<5, using: &random) == 0 {
          typed += [" ", "　", "-", "－", "  "].randomElement(using: &random) ?? ""
        }
      }
      let text =
        (before.randomElement(using: &random) ?? "") + typed + (after.randomElement(using: &random) ?? "")
      #expect(PaymentReference.found(in: text).contains(reference), "\(text)")
    }
  }

  private static func wide(_ digit: Character) -> String {
    digit.unicodeScalars.compactMap { Unicode.Scalar($0.value + 0xFEE0) }.map(String.init).joined()
  }

  @Test func `seven digits of a longer number are no reference`() throws {
    var random = SeededGenerator(seed: 64)
    for _ in 0..<500 {
      let reference = try Self.sample(&random).description
      #expect(PaymentReference.found(in: "订单\(reference)5").isEmpty)
      #expect(PaymentReference.found(in: "订单7\(reference)").isEmpty)
      #expect(PaymentReference.found(in: "4200000\(reference)964319284").isEmpty)
    }
    #expect(PaymentReference.found(in: "2026-11-23 没有编号 138 0013 8000").isEmpty)
    #expect(PaymentReference.found(in: "").isEmpty)
    let reference = try #require(PaymentReference(number: 900_001))
    let digits = reference.description
    for between in ["元", "，", "；", ".", "/", "a"] {
      #expect(PaymentReference.found(in: digits.prefix(3) + between + digits.suffix(4)).isEmpty)
    }
  }

  @Test func `several references are found in the order of the text, each once`() throws {
    let first = try #require(PaymentReference(number: 900_001))
    let second = try #require(PaymentReference(number: 100_001))
    #expect(
      PaymentReference.found(in: "\(first)和\(second.spoken)，再说一遍：\(first)") == [first, second])
    #expect(PaymentReference.found(in: "\(first) \(second)") == [first, second])
  }
}
