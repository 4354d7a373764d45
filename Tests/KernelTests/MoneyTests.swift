import TestKit
import Testing

@testable import Kernel

@Suite struct MoneyTests {
  private let overflow = "money.overflow"

  @Test(arguments: 0..<8 as Range<UInt64>)
  func `sums, differences and multiples equal those of wider integers, or refuse`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<2_000 {
      let (left, right) = (random.anyInteger(), random.anyInteger())
      let (first, second) = (Money.fen(left), Money.fen(right))
      expect(Int128(left) + Int128(right)) { try first.adding(second) }
      expect(Int128(left) - Int128(right)) { try first.subtracting(second) }
      expect(Int128(left) * Int128(right)) { try first.multiplied(by: right) }
    }
  }

  private func expect(
    _ wide: Int128, _ calculate: () throws -> Money, at location: SourceLocation = #_sourceLocation
  ) {
    do {
      let money = try calculate()
      #expect(Int128(money.minorUnits) == wide, sourceLocation: location)
    } catch {
      #expect((error as? Problem)?.code == overflow, sourceLocation: location)
      #expect(Int64(exactly: wide) == nil, sourceLocation: location)
    }
  }

  @Test(arguments: 0..<8 as Range<UInt64>)
  func `a scaled amount is the nearest whole one, the farther from zero of two equally near`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<2_000 {
      let (amount, numerator) = (random.anyInteger(), random.anyInteger())
      let denominator = max(1, random.anyInteger())
      let exact = Int128(amount) * Int128(numerator)
      let scaled = try? Money.fen(amount).scaled(by: numerator, over: denominator)
      // Without a division: twice the error is at most one denominator, and exactly that only away from zero.
      let nearest = { (candidate: Int64) -> Bool in
        let error = Int128(candidate) * Int128(denominator) - exact
        let twice = error.magnitude * 2
        let isAway = exact != 0 && (error > 0) == (exact > 0)
        return twice < UInt128(denominator) || (twice == UInt128(denominator) && isAway)
      }
      if let scaled {
        #expect(nearest(scaled.minorUnits), "\(amount) × \(numerator) / \(denominator)")
      } else {
        let largest = Int128(exact > 0 ? Int64.max : Int64.min) * Int128(denominator)
        #expect(exact.magnitude > largest.magnitude, "\(amount) × \(numerator) / \(denominator)")
      }
    }
  }

  @Test(arguments: [
    (1, 1, 2, 1), (-1, 1, 2, -1), (3, 1, 2, 2), (-3, 1, 2, -2), (1, 1, 3, 0), (2, 1, 3, 1), (0, 5, 7, 0),
    (1999, 85, 100, 1699), (Int64.min, 1, 1, Int64.min), (Int64.min, 1, 2, Int64.min / 2),
  ])
  func `halves round away from zero`(amount: Int64, numerator: Int64, denominator: Int64, scaled: Int64)
    throws
  {
    #expect(try Money.fen(amount).scaled(by: numerator, over: denominator) == .fen(scaled))
  }

  @Test func `an amount whose quotient fills 64 bits is refused and does not end the program`() {
    let edge: Int64 = 1 << 33
    #expect(throws: Problem.self) { try Money.fen(edge - 1).scaled(by: edge + 1, over: 4) }
    #expect(throws: Problem.self) { try Money.fen(Int64.min).scaled(by: -1, over: 1) }
    #expect(throws: Problem.self) { try Money.fen(1).scaled(by: 1, over: 0) }
    #expect(throws: Problem.self) { try Money.fen(1).scaled(by: 1, over: -3) }
  }

  @Test func `different currencies are not added up`() {
    let other = Money(minorUnits: 1, currency: Currency(code: "JPY", decimals: 0))
    #expect { try Money.fen(1).adding(other) } throws: { ($0 as? Problem)?.code == "money.currency" }
    #expect { try Money.fen(1).subtracting(other) } throws: { ($0 as? Problem)?.code == "money.currency" }
    #expect(Money(minorUnits: -1250, currency: other.currency).decimal == "-1250")
    #expect(other.display == "JPY 1")
  }

  @Test(arguments: [
    (1250, "12.50", "¥12.50"), (-5, "-0.05", "-¥0.05"), (0, "0.00", "¥0.00"), (100, "1.00", "¥1.00"),
    (Int64.max, "92233720368547758.07", "¥92233720368547758.07"),
    (Int64.min, "-92233720368547758.08", "-¥92233720368547758.08"),
  ])
  func `amounts read as people write them`(units: Int64, decimal: String, display: String) {
    #expect(Money.fen(units).decimal == decimal)
    #expect(Money.fen(units).display == display)
  }

  @Test func `what is shown can be typed again`() {
    var random = SeededGenerator(seed: 3)
    for _ in 0..<1_000 {
      let money = Money.fen(.random(in: 0..<1_000_000_000, using: &random))
      #expect(Money(typed: money.decimal) == money)
      #expect(Money(typed: money.display) == money)
      #expect(Money(typed: " \(money.display)　") == money)
      let wide = String(
        String.UnicodeScalarView(
          money.decimal.unicodeScalars.compactMap { Unicode.Scalar($0.value + 0xFEE0) }))
      #expect(Money(typed: "￥\(wide)") == money, "\(wide)")
    }
  }

  @Test(arguments: [
    ("12", 1200), ("12.5", 1250), ("¥12.50", 1250), ("￥ 12.50", 1250), ("１２．５０", 1250), (".5", 50),
    ("0012", 1200), ("0", 0), ("9999999.99", 999_999_999), ("12.50¥", 1250),
  ])
  func `typed amounts are read`(text: String, units: Int64) {
    #expect(Money(typed: text) == .fen(units))
  }

  @Test(arguments: [
    "", " ", "¥", ".", "1.", "1.234", "1.230", "-1", "+1", "－1", "1e3", "1E3", "0x10", "1,000", "1，000",
    "1 000", "1.2.3",
    "1¥2", "12元", "十二", "٣", "१२", "NaN", "inf", "10000000", "9999999.991", "99999999999999999999999", "1\n",
    "1\t",
    "1\u{0}", "1\u{301}", "½", "１０００００００", "1．2．3",
  ])
  func `other texts are no amounts`(text: String) {
    #expect(Money(typed: text) == nil)
  }
}
