package import Kernel

/// One column that an importer understands.
package struct TableColumn: Sendable, Hashable {
  /// The name of the field in forms, the API and problems.
  package let field: String
  /// What people call it; both forms are accepted as heading.
  package let label: Phrase
  /// Other headings that mean the same, such as those of other programs' exports.
  package let aliases: [String]
  /// Whether a file without this column is refused.
  package let isRequired: Bool

  package init(_ field: String, _ label: Phrase, aliases: [String] = [], isRequired: Bool = false) {
    self.field = field
    self.label = label
    self.aliases = aliases
    self.isRequired = isRequired
  }

  fileprivate var spellings: [String] {
    ([field, label.chinese, label.english] + aliases).map(TableImport.heading)
  }
}

/// A dry run over a table: maps headings to fields, reads every row, and collects what is wrong with which line.
/// Nothing is stored; the caller stores all values in one transaction, or none.
package struct TableImport: Sendable {
  private let table: SheetTable
  private let positions: [String: Int]
  private let labels: [String: Phrase]
  /// Headings that mean nothing to this importer, to be told to the person: a misspelt one would else be lost silently.
  package let unknownHeadings: [String]

  /// - Throws: `form.invalid` when a required column is missing or two headings mean the same.
  package init(_ table: SheetTable, columns: [TableColumn]) throws {
    var positions: [String: Int] = [:]
    var unknown: [String] = []
    var problems = Problems()
    for (position, heading) in table.headings.enumerated() {
      let plain = Self.heading(heading)
      let meant =
        columns.first { $0.spellings.contains(plain) }
        ?? columns.first { $0.spellings.contains(Self.withoutBrackets(plain)) }
      guard let meant else {
        if !plain.isEmpty { unknown.append(heading) }
        continue
      }
      if positions[meant.field] != nil {
        problems.add(
          meant.field, line: table.headingLine,
          Phrase(
            "“\(meant.label.chinese)”这一列出现了两次。", "There are two columns that mean “\(meant.label.english)”."))
      } else {
        positions[meant.field] = position
      }
    }
    for column in columns where column.isRequired && positions[column.field] == nil {
      problems.add(
        column.field, line: table.headingLine,
        Phrase("缺少“\(column.label.chinese)”这一列。", "The column “\(column.label.english)” is missing."))
    }
    try problems.throwIfAny()
    self.table = table
    self.positions = positions
    labels = Dictionary(columns.map { ($0.field, $0.label) }, uniquingKeysWith: { first, _ in first })
    unknownHeadings = unknown
  }

  /// Whether the file has this column at all: an absent column keeps what is stored, an empty cell clears it.
  package func has(_ field: String) -> Bool { positions[field] != nil }

  /// Reads each row with `read`, which reports what is wrong on the row it is given and returns nil for a row that
  /// cannot be used.
  package func dryRun<Value>(_ read: (inout ImportRow) -> Value?) -> ImportOutcome<Value> {
    var values: [ImportedValue<Value>] = []
    var problems: [FieldProblem] = []
    for row in table.rows {
      var current = ImportRow(row: row, positions: positions, labels: labels)
      let value = read(&current)
      if let value, current.problems.isEmpty { values.append(ImportedValue(line: row.line, value: value)) }
      problems += current.problems
    }
    return ImportOutcome(values: values, problems: problems, unknownHeadings: unknownHeadings)
  }

  /// A heading as it is compared: lower case, narrow, without spaces, stars and joining marks.
  fileprivate static func heading(_ text: String) -> String {
    String(
      text.unicodeScalars.compactMap { scalar -> Character? in
        switch scalar.value {
        case 0x20, 0x09, 0x0A, 0x0D, 0x3000, 0xA0, 0xFEFF: nil
        case UInt32(UInt8(ascii: "_")), UInt32(UInt8(ascii: "-")), UInt32(UInt8(ascii: "*")), 0xFF0A: nil
        case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0).map(Character.init)
        default: Character(scalar)
        }
      }
    ).lowercased()
  }

  /// `价格(元)` is `价格`.
  private static func withoutBrackets(_ heading: String) -> String {
    guard heading.hasSuffix(")"), let opening = heading.firstIndex(of: "(") else { return heading }
    return String(heading[..<opening])
  }
}

/// A value and the line of the file that it came from.
package struct ImportedValue<Value> {
  package let line: Int
  package let value: Value
}

extension ImportedValue: Sendable where Value: Sendable {}

/// What a dry run found.
package struct ImportOutcome<Value> {
  /// The rows without any problem.
  package let values: [ImportedValue<Value>]
  /// What is wrong, in the order of the lines.
  package let problems: [FieldProblem]
  package let unknownHeadings: [String]

  /// All values, when nothing is wrong anywhere.
  /// - Throws: `form.invalid` with every problem.
  package func complete() throws -> [ImportedValue<Value>] {
    if !problems.isEmpty { throw Problem.invalid(problems) }
    return values
  }
}

extension ImportOutcome: Sendable where Value: Sendable {}

/// One row under the eyes of an importer.
package struct ImportRow: Sendable {
  private let row: SheetTable.Row
  private let positions: [String: Int]
  private let labels: [String: Phrase]
  package private(set) var problems: [FieldProblem] = []

  fileprivate init(row: SheetTable.Row, positions: [String: Int], labels: [String: Phrase]) {
    self.row = row
    self.positions = positions
    self.labels = labels
  }

  package var line: Int { row.line }

  /// The cell of a field without white space around it; empty when the cell is, or the file has no such column.
  package subscript(field: String) -> String {
    guard let position = positions[field], position < row.cells.count else { return "" }
    let scalars = row.cells[position].text.unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(scalars[first...last])
  }

  /// Reports what is wrong with a field of this row.
  package mutating func report(_ field: String, _ message: Phrase) {
    problems.append(FieldProblem(field, line: line, message))
  }

  /// The text of a field that must not be empty; reports it when it is, or when it is longer than the limit.
  package mutating func required(_ field: String, upTo limit: Int = 1000) -> String? {
    let text = self[field]
    let label = labels[field] ?? Phrase(same: field)
    if text.isEmpty {
      report(field, Phrase("“\(label.chinese)”没有填。", "“\(label.english)” is empty."))
      return nil
    }
    return within(limit, field, text)
  }

  /// The text of a field that may be empty (nil); reports it when it is longer than the limit.
  package mutating func optional(_ field: String, upTo limit: Int = 1000) -> String? {
    let text = self[field]
    return text.isEmpty ? nil : within(limit, field, text)
  }

  /// The field as `read` understands it; reports it with `message` when it is not empty and not understood.
  package mutating func parsed<Value>(
    _ field: String, orReport message: Phrase, _ read: (String) -> Value?
  ) -> Value? {
    let text = self[field]
    if text.isEmpty { return nil }
    guard let value = read(text) else {
      report(field, message)
      return nil
    }
    return value
  }

  private mutating func within(_ limit: Int, _ field: String, _ text: String) -> String? {
    guard text.unicodeScalars.count > limit else { return text }
    let label = labels[field] ?? Phrase(same: field)
    report(
      field,
      Phrase(
        "“\(label.chinese)”最多 \(limit) 个字。", "“\(label.english)” may have at most \(limit) characters."))
    return nil
  }
}
