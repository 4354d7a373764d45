import Kernel
import TestKit
import Testing

@Suite struct DecimalTextTests {
  @Test(arguments: 0..<8 as Range<UInt64>)
  func `reads what a wide model reads, and refuses what it refuses`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<5_000 {
      let text = random.text(of: "0123456789000999.．０５９ -e¥", longest: 24)
      let decimals = Int.random(in: 0...4, using: &random)
      #expect(
        DecimalText.parse(text, decimals: decimals) == Self.model(text, decimals), "\(text) at \(decimals)")
    }
  }

  /// The grammar as a regular expression, the value as a 128-bit integer.
  private static func model(_ text: String, _ decimals: Int) -> Int64? {
    let narrow = String(
      text.map { letter in
        switch letter {
        case "．": "."
        case "０"..."９": Character(String(letter.wholeNumberValue ?? 0))
        default: letter
        }
      })
    guard let match = narrow.wholeMatch(of: /\ *(?<whole>[0-9]*)(?:\.(?<fraction>[0-9]+))?\ */) else {
      return nil
    }
    let fraction = match.fraction ?? ""
    guard fraction.count <= decimals, !(match.whole + fraction).isEmpty else { return nil }
    let padded = match.whole + fraction + String(repeating: "0", count: decimals - fraction.count)
    return Int128(padded).flatMap { Int64(exactly: $0) }
  }

  @Test func `the largest number is read and the next one refused`() {
    #expect(DecimalText.parse("9223372036854775807", decimals: 0) == .max)
    #expect(DecimalText.parse("9223372036854775808", decimals: 0) == nil)
    #expect(DecimalText.parse("92233720368547758.07", decimals: 2) == .max)
    #expect(DecimalText.parse("92233720368547758.08", decimals: 2) == nil)
    #expect(DecimalText.parse("92233720368547759", decimals: 2) == nil)
    #expect(DecimalText.parse(String(repeating: "0", count: 100) + "7", decimals: 0) == 7)
  }

  @Test func `signs are dropped around the number and never inside it`() {
    #expect(DecimalText.parse("¥ 3", decimals: 0, dropping: ["¥"]) == 3)
    #expect(DecimalText.parse("3¥", decimals: 0, dropping: ["¥"]) == 3)
    #expect(DecimalText.parse("3¥4", decimals: 0, dropping: ["¥"]) == nil)
    #expect(DecimalText.parse("3", decimals: 0, dropping: ["¥"]) == 3)
    #expect(DecimalText.parse("¥3", decimals: 0) == nil)
    #expect(DecimalText.parse("¥", decimals: 0, dropping: ["¥"]) == nil)
  }
}
