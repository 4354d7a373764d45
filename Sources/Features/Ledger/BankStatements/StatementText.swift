import Kernel

/// Texts as banks write them.
enum StatementText {
  /// Full-width letters, digits and signs as their narrow forms; the ideographic space as a space.
  static func narrow(_ text: String) -> String {
    var narrow = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x3000, 0xA0: narrow.append(" ")
      case 0xFF01...0xFF5E: narrow.append(Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar)
      default: narrow.append(scalar)
      }
    }
    return String(narrow)
  }

  /// Narrow, without any white space, in lower case: for comparing, never for showing.
  static func comparable(_ text: String) -> String {
    String(String.UnicodeScalarView(narrow(text).unicodeScalars.filter { !$0.properties.isWhitespace }))
      .lowercased()
  }

  /// Whether it begins as dates and amounts do. The characters of Chinese numbers are no digits.
  static func beginsWithDigit(_ text: String) -> Bool {
    narrow(String(text.prefix(1))).unicodeScalars.first.map { ("0"..."9").contains($0) } == true
  }

  /// Without white space around it.
  static func trimmed(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(scalars[first...last])
  }

  /// Nil for what banks put into an empty cell: nothing, or nothing but dashes or a stroke.
  static func content(_ cell: String) -> String? {
    let isEmpty = cell.unicodeScalars.allSatisfy {
      ["-", "\u{2014}", "/"].contains($0) || $0.properties.isWhitespace
    }
    return isEmpty ? nil : cell
  }

  /// The texts that say something, each once. Between them stands a sign that no payer's number goes across.
  static func joined(_ cells: [String]) -> String {
    var texts: [String] = []
    for cell in cells {
      // Payment services write 0 for a number that there is not.
      if let text = content(cell), text != "0", !texts.contains(text) { texts.append(text) }
    }
    return texts.joined(separator: "；")
  }

  /// So much of a cell as a message about it shows.
  static func excerpt(_ cell: String) -> String { cell.count > 40 ? cell.prefix(40) + "…" : cell }
}

/// Amounts as banks write them, in the currency's minor unit and without floating point.
enum StatementAmount {
  /// Fen that no line reaches: a hundred thousand million yuan. The sum of a whole file then fits.
  private static let limit: Int64 = 10_000_000_000_000

  /// Signs before, currency signs before or after, thousands separators between groups of three; decimals beyond the fen
  /// only when they are zeros. Nil for anything else.
  static func fen(_ cell: String) -> Int64? {
    var text = StatementText.trimmed(StatementText.narrow(cell)).uppercased()
    var isNegative = false
    func drop(_ signs: [String]) -> String? {
      guard let sign = signs.first(where: { text.hasPrefix($0) }) else { return nil }
      text = StatementText.trimmed(String(text.dropFirst(sign.count)))
      return sign
    }
    if text.hasSuffix("元") { text = StatementText.trimmed(String(text.dropLast())) }
    // A currency sign may stand before the minus or after it.
    let currencies = ["¥", "￥", "CNY", "RMB"]
    _ = drop(currencies)
    if let sign = drop(["+", "-", "\u{2212}"]) { isNegative = sign != "+" }
    _ = drop(currencies)
    guard StatementText.beginsWithDigit(text), let plain = withoutSeparators(text),
      let amount = DecimalText.parse(withoutIdleZeros(plain), decimals: 2), amount < limit
    else { return nil }
    return isNegative ? -amount : amount
  }

  /// `1,234,567.80` as `1234567.80`; nil when the groups are not of three, where a comma may as well be a point.
  private static func withoutSeparators(_ text: String) -> String? {
    let halves = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let groups = halves[0].split(separator: ",", omittingEmptySubsequences: false)
    guard groups.count > 1 else { return text }
    guard (1...3).contains(groups[0].count), groups.dropFirst().allSatisfy({ $0.count == 3 }) else {
      return nil
    }
    return groups.joined() + (halves.count > 1 ? "." + halves[1] : "")
  }

  private static func withoutIdleZeros(_ text: String) -> String {
    guard let point = text.firstIndex(of: ".") else { return text }
    var text = text
    while text.distance(from: point, to: text.endIndex) > 3, text.last == "0" { text.removeLast() }
    return text
  }
}

/// Dates and times as banks write them.
enum StatementMoment {
  /// `2026-11-23`, `2026/11/23`, `2026.11.23`, `2026年11月23日`, `20261123`, each alone or with `08:05`, `08:05:30`,
  /// `080530` after it or in a cell of its own. Nil for anything else, and for what is no date.
  static func read(date: String, time: String = "") -> (civil: CivilDateTime, hasTime: Bool)? {
    var numbers: [String] = []
    var isInside = false
    for character in StatementText.narrow(date + " " + time) {
      if character.isASCII, character.isNumber {
        if !isInside { numbers.append("") }
        numbers[numbers.count - 1].append(character)
        isInside = true
      } else if " \t-/.年月日T:时分秒".contains(character) {
        isInside = false
      } else {
        return nil
      }
    }
    return civil(numbers)
  }

  private static func civil(_ numbers: [String]) -> (civil: CivilDateTime, hasTime: Bool)? {
    var digits = numbers
    if let first = digits.first, first.count == 8 || first.count == 14 {
      digits.replaceSubrange(
        0..<1, with: pieces(first, [4, 2, 2]) + pieces(String(first.dropFirst(8)), [2, 2, 2]))
    }
    if digits.count == 4, (5...6).contains(digits[3].count) {
      // A spreadsheet that took 080530 for a number has dropped its zero.
      let time = digits[3].count == 5 ? "0" + digits[3] : digits[3]
      digits.replaceSubrange(3..<4, with: pieces(time, [2, 2, 2]))
    }
    guard [3, 5, 6].contains(digits.count), digits[0].count == 4,
      digits.dropFirst().allSatisfy({ (1...2).contains($0.count) })
    else { return nil }
    let parts = digits.compactMap { Int($0) }
    guard parts.count == digits.count else { return nil }
    let civil = CivilDateTime(
      year: parts[0], month: parts[1], day: parts[2], hour: parts.count > 3 ? parts[3] : 0,
      minute: parts.count > 4 ? parts[4] : 0, second: parts.count > 5 ? parts[5] : 0)
    return civil.isValid ? (civil, parts.count > 3) : nil
  }

  /// The text cut into pieces of these widths, as far as it goes.
  private static func pieces(_ text: String, _ widths: [Int]) -> [String] {
    var rest = Substring(text)
    var pieces: [String] = []
    for width in widths where !rest.isEmpty {
      pieces.append(String(rest.prefix(width)))
      rest = rest.dropFirst(width)
    }
    return pieces
  }
}
