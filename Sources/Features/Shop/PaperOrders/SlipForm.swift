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
  /// A line is a slip's number where it has ten digits, right or wrong, so that no item is read into the wrong slip.
  static func batch(_ text: String) -> [SlipBatchDraft.Entry] {
    var entries: [(code: String, lines: [String])] = []
    for line in text.split(whereSeparator: \.isNewline) {
      let digits = line.unicodeScalars.filter { $0.properties.numericType == .decimal }
      if digits.count >= SlipCode.length || line.contains("/desk/slips/") {
        entries.append((SlipCode(String(line))?.description ?? String(line.prefix(40)), []))
      } else if entries.isEmpty {
        entries.append(("", [String(line)]))
      } else {
        entries[entries.count - 1].lines.append(String(line))
      }
    }
    return entries.map { .init(code: $0.code, lines: $0.lines.joined(separator: "\n"), note: "") }
  }
}

extension SlipReading {
  init(_ notation: PaperNotation, note: String, acceptsPrices: Bool = false) {
    self.init(
      lines: notation.entries.map { ($0.code, $0.quantity) }, most: notation.most, note: note,
      acceptsPrices: acceptsPrices)
  }
}
