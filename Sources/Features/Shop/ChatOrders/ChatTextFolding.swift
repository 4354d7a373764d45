import Foundation

/// One spelling for what telephones write in many: full and half width, circled numbers, dashes, signs of multiplication.
enum ChatFolding {
  /// Every sign that crosses out what stands beside it.
  static let crossed = "❌"

  /// The lines of a text, whatever ends them.
  static func lines(of text: String) -> [Substring] {
    text.split(omittingEmptySubsequences: false) { $0.isNewline || $0 == "\u{2028}" }
  }

  /// The line with one spelling for each sign; circled and boxed numbers become `⟦#3⟧`.
  static func folded(_ line: some StringProtocol) -> String {
    var plain = ""
    var digits = ""
    let scalars = Array(line.unicodeScalars)
    // A star in front of a line marks it and multiplies nothing.
    var index = scalars.prefix { $0.properties.isWhitespace || $0 == "*" || $0 == "＊" }.count
    if index == scalars.count { index = 0 }
    while index < scalars.count {
      let scalar = scalars[index]
      if let (digit, next) = keycap(scalars, at: index) {
        digits += digit
        index = next
        continue
      }
      if !digits.isEmpty {
        plain += "⟦#\(digits)⟧"
        digits = ""
      }
      if let number = circled(scalar) {
        plain += "⟦#\(number)⟧"
      } else {
        append(scalar, to: &plain)
      }
      index += 1
    }
    if !digits.isEmpty { plain += "⟦#\(digits)⟧" }
    var last: Character?
    var narrow = ""
    for character in plain.precomposedStringWithCompatibilityMapping.map(sign).joined() {
      if character != " " || last != " " { narrow.append(character) }
      last = character
    }
    return narrow
  }

  /// Whether and how far a line is struck through: the rest without it, and what was struck.
  static func struck(_ line: String) -> (rest: String, struck: String) {
    guard line.unicodeScalars.contains(where: isStroke) else { return (line, "") }
    var (rest, struck) = ("", "")
    for character in line {
      if character.unicodeScalars.contains(where: isStroke) {
        struck.unicodeScalars.append(contentsOf: character.unicodeScalars.filter { !isStroke($0) })
      } else {
        rest.append(character)
      }
    }
    return (rest, struck)
  }

  private static func isStroke(_ scalar: Unicode.Scalar) -> Bool { (0x0335...0x0338).contains(scalar.value) }

  /// A digit in its box: the digit, a selector, and the enclosing sign.
  private static func keycap(_ scalars: [Unicode.Scalar], at index: Int) -> (String, Int)? {
    if scalars[index].value == 0x1F51F { return ("10", index + 1) }
    guard (0x30...0x39).contains(scalars[index].value) else { return nil }
    var next = index + 1
    if next < scalars.count, scalars[next].value == 0xFE0F { next += 1 }
    guard next < scalars.count, scalars[next].value == 0x20E3 else { return nil }
    return (String(scalars[index]), next + 1)
  }

  private static func circled(_ scalar: Unicode.Scalar) -> Int? {
    switch scalar.value {
    case 0x2460...0x2473: Int(scalar.value) - 0x2460 + 1
    case 0x2776...0x277F: Int(scalar.value) - 0x2776 + 1
    case 0x2780...0x2789: Int(scalar.value) - 0x2780 + 1
    case 0x278A...0x2793: Int(scalar.value) - 0x278A + 1
    default: nil
    }
  }

  /// Leaves out what is not seen, and puts a space for each picture sign.
  private static func append(_ scalar: Unicode.Scalar, to plain: inout String) {
    switch scalar.value {
    case 0x2716, 0x2715, 0x2A09, 0x2573: plain += "×"
    case 0x274C, 0x274E, 0x2717, 0x2718, 0x1F6AB, 0x26D4: plain += crossed
    case 0x2795: plain += "+"
    case 0xBD: plain += "0.5"
    case 0xFE00...0xFE0F, 0x200B...0x200F, 0x2060, 0xFEFF, 0x202A...0x202E, 0x1F3FB...0x1F3FF: break
    default:
      let isPicture =
        scalar.properties.isEmojiPresentation || (scalar.value >= 0x2300 && scalar.properties.isEmoji)
      if isPicture { plain += " " } else { plain.unicodeScalars.append(scalar) }
    }
  }

  private static func sign(_ character: Character) -> String {
    switch character {
    case "—", "–", "‐", "‑", "−", "─", "﹣", "―": "-"
    case "*", "╳": "×"
    case "\t", "\u{A0}": " "
    case "﹢": "+"
    case "〇": "零"
    default: String(character)
    }
  }
}

/// Numbers as people write them.
enum ChatNumber {
  private static let digits: [Character: Int] = [
    "零": 0, "一": 1, "二": 2, "两": 2, "俩": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
    "壹": 1, "贰": 2, "叁": 3,
  ]

  static func isHan(_ character: Character) -> Bool { digits[character] != nil || character == "十" }

  /// A number below 100 in Chinese characters that begins here, and how many characters it takes.
  static func han(_ characters: ArraySlice<Character>) -> (value: Int, length: Int)? {
    guard let first = characters.first else { return nil }
    let second = characters.dropFirst().first
    if first == "十" {
      if let unit = second.flatMap({ digits[$0] }), unit > 0 { return (10 + unit, 2) }
      return (10, 1)
    }
    guard let tens = digits[first], tens > 0 else { return nil }
    guard second == "十" else { return (tens, 1) }
    if let unit = characters.dropFirst(2).first.flatMap({ digits[$0] }), unit > 0 {
      return (tens * 10 + unit, 3)
    }
    return (tens * 10, 2)
  }

  /// Digits read one by one, as rooms are: 五零一.
  static func hanDigits(_ characters: ArraySlice<Character>) -> (text: String, length: Int) {
    var text = ""
    for character in characters {
      guard let digit = digits[character], character != "两", character != "俩" else { break }
      text += String(digit)
    }
    return (text, text.count)
  }
}

/// Telephone numbers in a text; nobody needs them to read an order, so they are not kept.
enum ChatTelephones {
  /// The text with a space in the place of each mobile number, in whatever groups of digits.
  static func removed(from text: String) -> String {
    let characters = Array(text)
    var kept: [Character] = []
    kept.reserveCapacity(characters.count)
    var index = 0
    while index < characters.count {
      if index == 0 || digit(characters[index - 1]) == nil, let length = number(characters, at: index) {
        kept.append(" ")
        index += length
      } else {
        kept.append(characters[index])
        index += 1
      }
    }
    return String(kept)
  }

  private static func digit(_ character: Character) -> Int? {
    guard character.isASCII || ("０"..."９").contains(character) else { return nil }
    return character.wholeNumberValue
  }

  /// Eleven digits that begin with 13 to 19, and no twelfth.
  private static func number(_ characters: [Character], at start: Int) -> Int? {
    guard digit(characters[start]) == 1 else { return nil }
    var (place, count) = (start, 0)
    while count < 11, place < characters.count {
      if let digit = digit(characters[place]) {
        if count == 1, digit < 3 { return nil }
        count += 1
      } else if count == 0 || !" -".contains(characters[place]) || place + 1 >= characters.count
        || digit(characters[place + 1]) == nil
      {
        return nil
      }
      place += 1
    }
    guard count == 11, place == characters.count || digit(characters[place]) == nil else { return nil }
    return place - start
  }
}
