import Kernel
import Web

/// Reads what was keyed of slips, from a form or from a text of several slips.
enum SlipForm {
  /// - Throws: `form.invalid` naming each wrong line under `lines`, or `note`.
  static func reading(_ form: Form) throws -> SlipReading {
    var reader = FormReader(form)
    let note = reader.text("note", length: 1...200, isRequired: false)
    let notation = PaperNotation(try form["lines"] ?? "")
    try notation.problems.throwIfAny()
    if notation.entries.isEmpty {
      reader.add("lines", Phrase("还没有录任何一样。", "Nothing has been keyed yet."))
    }
    let accepts = reader.isTicked("accepts_prices")
    try reader.finish()
    return SlipReading(notation, note: note ?? "", acceptsPrices: accepts)
  }

  /// A text of several slips: each begins with a line of its number, and an empty line may stand between two.
  ///
  /// A line with more digits than an item can have is a slip's number, right or wrong, so that what follows a number with a
  /// digit too few or too many is not read into the slip before it.
  static func batch(_ text: String) -> [SlipBatchDraft.Entry] {
    var entries: [(code: String, lines: [String])] = []
    for line in text.split(whereSeparator: \.isNewline) {
      if isNumber(line) {
        entries.append((SlipCode(String(line))?.description ?? String(line.prefix(40)), []))
      } else if entries.isEmpty {
        entries.append(("", [String(line)]))
      } else {
        entries[entries.count - 1].lines.append(String(line))
      }
    }
    return entries.map { .init(code: $0.code, lines: $0.lines.joined(separator: "\n"), note: "") }
  }

  /// Digits of an item's line: four of the longest code, three of the largest quantity.
  private static let itemDigits = 7

  /// Whether a line is the number of a slip, as far as its digits tell.
  private static func isNumber(_ line: Substring) -> Bool {
    if line.contains("/desk/slips/") { return true }
    // The address in an item's code holds the campaign's number as well.
    if line.contains("/paper/") { return false }
    let digits = line.unicodeScalars.filter { $0.properties.numericType == .decimal }
    if digits.count >= SlipCode.length { return true }
    let first = line.drop(while: \.isWhitespace).prefix { $0.isWholeNumber }
    // A nought by itself begins the most that is to be paid, which may be long.
    let isMost = first == "0" || first == "０"
    return digits.count > itemDigits && !isMost
  }
}

extension SlipReading {
  init(_ notation: PaperNotation, note: String, acceptsPrices: Bool = false) {
    self.init(
      lines: notation.entries.map { ($0.code, $0.quantity) }, most: notation.most, note: note,
      acceptsPrices: acceptsPrices)
  }
}
