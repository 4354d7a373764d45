import Kernel

/// A text on sale, cleaned of what people write to hide numbers, pages and accounts in it. Pure.
package struct ListingText: Sendable, Equatable {
  /// Narrow letters in lower case, without any space.
  let letters: String
  /// Runs of digits, put together over spaces, dashes, dots and brackets.
  let numbers: [String]
  /// Hosts of the pages in it, without `www.`.
  let hosts: Set<String>

  package init(_ text: String) {
    let plain = Self.plain(text)
    letters = plain.filter { !$0.isWhitespace }
    numbers = Self.numbers(plain)
    hosts = Self.hosts(plain)
  }

  /// Whether a number stands in it, with or without the country's code.
  package func holds(phone typed: String) -> Bool {
    guard let wanted = Self.national(Self.plain(typed).filter(Self.isDigit)) else { return false }
    return numbers.contains { Self.stands(wanted, in: $0) }
  }

  /// Whether a page of the same host, or of one below it, stands in it.
  package func holds(link typed: String) -> Bool {
    let wanted = Self.hosts(Self.plain(typed))
    return wanted.contains { host in hosts.contains { $0 == host || $0.hasSuffix(".\(host)") } }
  }

  /// Whether an account stands in it, whatever spaces and dashes are between.
  package func holds(account typed: String) -> Bool {
    let wanted = Self.joined(Self.plain(typed))
    guard wanted.count >= 4 else { return false }
    if wanted.allSatisfy(Self.isDigit) { return numbers.contains { $0 == wanted } }
    return Self.joined(letters).contains(wanted)
  }

  package func holds(words typed: String) -> Bool {
    let wanted = Self.plain(typed).filter { !$0.isWhitespace }
    return wanted.count >= 2 && letters.contains(wanted)
  }

  // MARK: - Spelling

  private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }

  /// Full-width letters and digits as narrow ones, the ways to write dots, dashes and a circled or written-out digit as
  /// the usual ones, nothing invisible.
  private static func plain(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if let digit = digits[scalar] {
        result.append(digit)
      } else if (0xFF01...0xFF5E).contains(scalar.value) {
        if let narrow = Unicode.Scalar(scalar.value - 0xFEE0) { result.append(narrow) }
      } else if dashes.contains(scalar) {
        result.append("-")
      } else if scalar == "\u{3000}" || scalar == "\u{00A0}" {
        result.append(" ")
      } else if scalar.properties.generalCategory != .format {
        result.append(scalar)
      }
    }
    return String(result).lowercased()
  }

  private static let dashes: Set<Unicode.Scalar> = [
    "‐", "‑", "‒", "–", "—", "―", "−", "－", "﹣", "ー", "·", "•",
  ]

  /// Ways to write one digit.
  private static let digits: [Unicode.Scalar: Unicode.Scalar] = {
    let rows = ["〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖", "⓪①②③④⑤⑥⑦⑧⑨", "⁰¹²³⁴⁵⁶⁷⁸⁹", "₀₁₂₃₄₅₆₇₈₉"]
    var digits: [Unicode.Scalar: Unicode.Scalar] = ["幺": "1"]
    for row in rows {
      for (scalar, digit) in zip(row.unicodeScalars, "0123456789".unicodeScalars) {
        digits[scalar] = digit
      }
    }
    return digits
  }()

  private static func joined(_ text: String) -> String {
    text.filter { $0.isLetter || $0.isNumber || "@._".contains($0) }
  }

  // MARK: - Numbers

  /// Digits with nothing but spaces, dashes, dots, brackets and a plus between; three such marks end a number.
  private static func numbers(_ text: String) -> [String] {
    var (found, digits, gap): ([String], String, Int) = ([], "", 0)
    for character in text {
      if isDigit(character) {
        digits.append(character)
        gap = 0
      } else if " -.()_/+".contains(character), gap < 2 {
        gap += 1
      } else {
        if digits.count >= 3 { found.append(digits) }
        (digits, gap) = ("", 0)
      }
    }
    if digits.count >= 3 { found.append(digits) }
    return found
  }

  /// Without the code of the country; nil for what is too short for a number.
  private static func national(_ digits: String) -> String? {
    var rest = Substring(digits)
    if rest.hasPrefix("0086"), rest.count > 9 {
      rest = rest.dropFirst(4)
    } else if rest.hasPrefix("86"), rest.count >= 12 {
      rest = rest.dropFirst(2)
    }
    return rest.count >= 3 ? String(rest) : nil
  }

  /// Short numbers and landlines stand alone; a mobile or a 400 number is also found with something beside it, such as an
  /// extension or another number.
  private static func stands(_ wanted: String, in number: String) -> Bool {
    if national(number) == wanted { return true }
    let isLong =
      wanted.count == 11 && wanted.hasPrefix("1") || wanted.count == 10 && wanted.hasPrefix("400")
      || wanted.count == 10 && wanted.hasPrefix("800")
    guard isLong, let start = position(of: wanted, in: number) else { return false }
    // Eleven digits in the middle of an account or of a bar code are no number of a telephone.
    let before = start
    let after = number.count - start - wanted.count
    let size = wanted.count
    let hasCode = before == 2 && number.hasPrefix("86") || before == 4 && number.hasPrefix("0086")
    return (hasCode || before % size == 0) && (after <= 5 || after % size == 0)
  }

  private static func position(of wanted: String, in number: String) -> Int? {
    let (all, part) = (Array(number.utf8), Array(wanted.utf8))
    guard all.count >= part.count else { return nil }
    return (0...(all.count - part.count)).first { all[$0..<($0 + part.count)].elementsEqual(part) }
  }

  // MARK: - Pages

  private static func hosts(_ text: String) -> Set<String> {
    let allowed = { (character: Character) in
      character.isASCII && (character.isLetter || character.isNumber || character == "-" || character == ".")
    }
    // Some write the dot as a full stop. A user's name before the host is no host.
    let dotted = String(text.map { $0 == "。" ? "." : $0 })
    let parts = dotted.split { !(allowed($0) || $0 == "@") }
    return Set(
      parts.compactMap { part -> String? in
        var host = part.split(separator: "@").last ?? part
        while host.hasSuffix(".") || host.hasSuffix("-") { host = host.dropLast() }
        if host.hasPrefix("www.") { host = host.dropFirst(4) }
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count >= 2, labels.allSatisfy({ !$0.isEmpty }), let last = labels.last,
          last.count >= 2, last.allSatisfy({ $0.isLetter || last.hasPrefix("xn--") })
        else { return nil }
        return String(host)
      })
  }
}
