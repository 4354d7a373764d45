/// The number that a payer types into the remittance text, by which a payment is found on the bank's statement: seven
/// digits, the last of which checks the others. Said over the phone in two breaths, `123 4566`.
///
/// The check digit notices any single wrong digit and any two neighbours swapped. Source: H. Michael Damm, “Total
/// anti-symmetrische Quasigruppen” (2004).
package struct PaymentReference: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// What is before the check digit. It never begins with a zero, which people and spreadsheets drop.
  package static let numbers: ClosedRange<Int64> = 100_000...999_999

  private static let length = 7

  /// The six digits before the check digit.
  package let number: Int64

  /// Nil outside `numbers`.
  package init?(number: Int64) {
    guard Self.numbers.contains(number) else { return nil }
    self.number = number
  }

  /// Reads a reference that stands alone, with or without spaces and dashes, in digits of any width; nil when it is none
  /// or its check digit is wrong.
  package init?(_ text: String) {
    let plain = StatementText.narrow(text).unicodeScalars
    guard plain.allSatisfy({ Self.digit($0) != nil || Self.mayStandBetween($0) }) else { return nil }
    self.init(plain.compactMap { Self.digit($0) })
  }

  private init?(_ digits: [Int]) {
    guard digits.count == Self.length, Self.check(digits) == 0 else { return nil }
    self.init(number: digits.dropLast().reduce(Int64(0)) { $0 * 10 + Int64($1) })
  }

  /// All seven digits.
  package var description: String {
    let digits = String(number).utf8.map { Int($0) - 48 }
    return "\(number)\(Self.check(digits))"
  }

  /// `123 4566`, for people.
  package var spoken: String { "\(description.prefix(3)) \(description.suffix(4))" }

  package static func < (left: PaymentReference, right: PaymentReference) -> Bool {
    left.number < right.number
  }

  /// The references in a text that somebody typed, each once, in the order of the text: seven digits that no other digit
  /// touches, perhaps with spaces or dashes between them. Seven digits of a longer number are none.
  package static func found(in text: String) -> [PaymentReference] {
    var found: [PaymentReference] = []
    for group in groups(of: text) {
      for start in group.indices {
        var digits: [Int] = []
        for run in group[start...] where digits.count < length { digits += run }
        if let reference = PaymentReference(digits), !found.contains(reference) { found.append(reference) }
      }
    }
    return found
  }

  /// Runs of digits, those with nothing but spaces and dashes between them together.
  private static func groups(of text: String) -> [[[Int]]] {
    var groups: [[[Int]]] = [[]]
    var isInRun = false
    for scalar in StatementText.narrow(text).unicodeScalars {
      if let digit = digit(scalar) {
        if !isInRun { groups[groups.count - 1].append([]) }
        groups[groups.count - 1][groups[groups.count - 1].count - 1].append(digit)
        isInRun = true
      } else {
        isInRun = false
        if !mayStandBetween(scalar) { groups.append([]) }
      }
    }
    return groups
  }

  private static func digit(_ scalar: Unicode.Scalar) -> Int? {
    ("0"..."9").contains(scalar) ? Int(scalar.value) - 48 : nil
  }

  private static func mayStandBetween(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "-" || ("\u{2010}"..."\u{2015}").contains(scalar) || scalar.properties.isWhitespace
  }

  /// The check digit of these digits; 0 for digits with their check digit.
  static func check(_ digits: [Int]) -> Int { digits.reduce(0) { quasigroup[$0][$1] } }

  private static let quasigroup: [[Int]] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
    [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
    [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
    [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
  ]
}
