import Kernel
import Testing

@testable import Shop

@Suite("Numbers on paper")
struct PaperCodeTests {
  @Test("No code of an item becomes another by one wrong digit, or by two that change places")
  func itemCodesAreApart() {
    for count in [1, 9, 10, 90, 91, 900] {
      let codes = ItemCode.codes(count: count)
      let all = Set(codes)
      #expect(all.count == count && codes.allSatisfy { ItemCode.isPossible($0) })
      #expect(Set(codes.map(\.utf8.count)).count == 1, "codes of one catalogue are equally long")
      for code in codes {
        for slip in slips(of: code) { #expect(!ItemCode.isPossible(slip), "\(slip) looks like a code") }
      }
    }
    #expect(ItemCode.codes(count: 9).allSatisfy { $0.utf8.count == 2 })
    #expect(ItemCode.codes(count: 14).allSatisfy { $0.utf8.count == 3 })
  }

  @Test("A slip's number is found wrong whichever digit is wrong")
  func slipCodesAreChecked() throws {
    for number in [0, 7, 12_345_678, 99_999_999] as [UInt64] {
      let code = SlipCode(number: number)
      #expect(code.description.utf8.count == 10)
      #expect(SlipCode(code.description) == code)
      #expect(SlipCode(code.spaced) == code)
      #expect(SlipCode("https://maple.test/desk/slips/\(code)") == code)
      for slip in slips(of: code.description) { #expect(SlipCode(slip) == nil) }
    }
    #expect(SlipCode("１２３４５６７８９０") == SlipCode("1234567890"))
    #expect(SlipCode("123") == nil && SlipCode("") == nil && SlipCode("12345678901") == nil)
  }

  /// Every text that differs by one digit, or by two neighbours that changed places.
  private func slips(of code: String) -> [String] {
    let digits = Array(code.utf8)
    var found: [String] = []
    for place in digits.indices {
      for digit in 48...57 as ClosedRange<UInt8> where digit != digits[place] {
        var wrong = digits
        wrong[place] = digit
        found.append(String(decoding: wrong, as: UTF8.self))
      }
      guard place > 0, digits[place] != digits[place - 1] else { continue }
      var swapped = digits
      swapped.swapAt(place, place - 1)
      found.append(String(decoding: swapped, as: UTF8.self))
    }
    return found
  }

  @Test(
    "What a keypad types is read",
    arguments: [
      ("123 2", ["123 2"]), ("123", ["123 1"]), ("123*2\n123.1", ["123 3"]), ("１２３　２", ["123 2"]),
      ("\n 123  2 \n\n456x3", ["123 2", "456 3"]), ("123 2\n123 0\n456 1", ["456 1"]),
      ("http://maple.test/campaigns/0abc/paper/2/123", ["123 1"]), ("", []),
    ])
  func notation(typed: String, read: [String]) {
    let notation = PaperNotation(typed)
    #expect(notation.problems.isEmpty)
    #expect(notation.entries.map { "\($0.code) \($0.quantity)" } == read)
  }

  @Test("What cannot be read is named by its line, and nothing else is lost")
  func wrongLines() {
    let notation = PaperNotation("123 2\nabc\n456 1000\n0 60\n789 1")
    #expect(notation.problems.fields.map(\.line) == [2, 3])
    #expect(notation.entries.map(\.code) == ["123", "789"])
    #expect(notation.most == .fen(6000))
    #expect(PaperNotation("0 60.50").most == .fen(6050))
    #expect(!PaperNotation("0").problems.isEmpty && !PaperNotation("0 0").problems.isEmpty)
    #expect(PaperNotation("123 2\n0 60").text == "123 2\n0 60.00")
  }
}
