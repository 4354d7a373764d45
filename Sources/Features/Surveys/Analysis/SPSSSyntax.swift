import Kernel

/// The syntax by which SPSS and PSPP read the exported file `answers.csv` with labels and missing values.
/// Source: IBM SPSS Statistics Command Syntax Reference, GET DATA, VARIABLE LABELS, VALUE LABELS, MISSING VALUES.
struct SPSSSyntax: Sendable {
  let export: AnswerExport
  let language: Language

  /// Most bytes of a label: of a variable 256, of a value 120.
  private static let variableLabel = 256
  private static let valueLabel = 120
  private static let textWidth = 2000

  var text: String {
    var lines = [
      "* Encoding: UTF-8.",
      "GET DATA /TYPE=TXT",
      "  /FILE='answers.csv'",
      "  /ENCODING='UTF8'",
      "  /ARRANGEMENT=DELIMITED",
      "  /DELIMITERS=','",
      "  /QUALIFIER='\"'",
      "  /FIRSTCASE=2",
      "  /VARIABLES=",
    ]
    lines += export.columns.map { "    \($0.name) \(format($0))" }
    lines.append("    .")
    lines.append("VARIABLE LABELS")
    lines += export.columns.map { "  \($0.name) \(Self.quoted($0.label[language], Self.variableLabel))" }
    lines.append("  .")
    for column in export.columns where column.kind != .text {
      lines.append("VALUE LABELS \(column.name)")
      lines += (column.values + missing).map {
        "  \($0.code) \(Self.quoted($0.label[language], Self.valueLabel))"
      }
      lines.append("  .")
    }
    let coded = export.columns.filter { $0.kind != .text && $0.place != nil }.map(\.name)
    if !coded.isEmpty {
      lines.append("MISSING VALUES")
      lines += coded.map { "  \($0)" }
      lines.append("  (-8, -9).")
    }
    lines.append("EXECUTE.")
    return lines.joined(separator: "\r\n") + "\r\n"
  }

  private var missing: [(code: String, label: Phrase)] {
    [("-8", Phrase("不想说", "Would rather not say")), ("-9", Phrase("没问到", "Not asked"))]
  }

  private func format(_ column: AnswerExport.Column) -> String {
    switch column.kind {
    case .code: "F8.0"
    case .number: "F16.4"
    case .text: "A\(Self.textWidth)"
    }
  }

  /// In single quotes, of which one inside is written twice; on one line, cut between characters.
  static func quoted(_ text: String, _ bytes: Int) -> String {
    var kept = ""
    for character in text {
      let next: Character = character.isNewline ? " " : character
      if kept.utf8.count + next.utf8.count > bytes { break }
      kept.append(next)
    }
    return "'\(kept.replacing("'", with: "''"))'"
  }
}
