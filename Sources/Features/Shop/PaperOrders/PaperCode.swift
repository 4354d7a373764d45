import Kernel
package import Security

/// The short numbers on paper: each ends with a check digit, so that a slip of one digit, or two that change places,
/// never reads as another item.
package enum ItemCode {
  /// Most items that a catalogue on paper can hold.
  package static let countLimit = 900

  /// Codes for so many items, in their order: two digits for at most nine, three for at most ninety, four beyond.
  ///
  /// None begins with a nought, so that all codes of one catalogue are equally long.
  package static func codes(count: Int) -> [String] {
    let first = count <= 9 ? 1 : count <= 90 ? 10 : 100
    return (first..<first + min(count, countLimit)).map { number in
      "\(number)\(check(String(number)))"
    }
  }

  /// Whether a typed text is a code at all.
  package static func isPossible(_ code: String) -> Bool {
    (2...4).contains(code.utf8.count) && code.utf8.allSatisfy { (48...57).contains($0) }
      && check(code) == 0
  }

  /// The check digit of the Damm scheme: found for every single wrong digit and for every exchange of neighbours.
  static func check(_ digits: String) -> Int {
    digits.utf8.reduce(0) { interim, byte in table[interim * 10 + Int(byte) - 48] }
  }

  private static let table = [
    0, 3, 1, 7, 5, 9, 8, 6, 4, 2,
    7, 0, 9, 2, 1, 5, 4, 8, 6, 3,
    4, 2, 0, 6, 8, 7, 1, 3, 5, 9,
    1, 7, 5, 0, 9, 8, 3, 4, 2, 6,
    6, 1, 2, 3, 0, 4, 5, 9, 7, 8,
    3, 6, 7, 4, 2, 0, 9, 5, 8, 1,
    5, 8, 6, 9, 7, 2, 0, 1, 3, 4,
    8, 9, 4, 5, 3, 6, 2, 0, 1, 7,
    9, 4, 3, 8, 6, 1, 7, 2, 0, 5,
    2, 5, 8, 1, 4, 3, 6, 7, 9, 0,
  ]
}

/// The ten digits on a household's slip: eight that nobody can guess and two that check them (ISO 7064, MOD 97-10).
package struct SlipCode: Sendable, Hashable, CustomStringConvertible {
  package static let length = 10
  /// Ten digits without spaces.
  package let description: String

  /// Reads what was typed or scanned: digits of any width with spaces or dashes, or the address that a slip's QR code
  /// holds. Nil for anything else, and where the check digits do not fit.
  package init?(_ typed: String) {
    let last = typed.split(separator: "/").last.map(String.init) ?? ""
    var digits = ""
    for scalar in last.unicodeScalars {
      switch scalar.value {
      case 0x30...0x39: digits.unicodeScalars.append(scalar)
      case 0xFF10...0xFF19: digits += String(scalar.value - 0xFF10)
      case 0x20, 0x2D, 0x3000, 0x2E: continue
      default: return nil
      }
    }
    guard digits.utf8.count == Self.length, let number = Int64(digits), number % 97 == 1 else { return nil }
    description = digits
  }

  /// - Parameter number: 0 to 99,999,999.
  init(number: UInt64) {
    let number = number % 100_000_000
    let check = 98 - (number * 100) % 97
    let digits = String(number * 100 + check)
    description = String(repeating: "0", count: max(0, Self.length - digits.utf8.count)) + digits
  }

  /// `1234 567 890`, as it is printed.
  package var spaced: String {
    "\(description.prefix(4)) \(description.dropFirst(4).prefix(3)) \(description.suffix(3))"
  }
}

/// Makes the codes of slips from a key, so that nobody can tell one from another.
package struct SlipCodes: Sendable {
  private let key: MessageKey

  package init(keys: DerivedKeys) {
    key = keys.messageKey(.paperSlip)
  }

  /// - Parameter turn: the next one where a code is taken already.
  func code(of slip: PaperSlipID, turn: Int) -> SlipCode {
    let code = key.code(for: [Array(slip.description.utf8), Array(String(turn).utf8)])
    return SlipCode(number: code.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
  }
}
