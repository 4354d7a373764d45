/// A table of text and numbers, wherever it came from: what importers read and exporters write, CSV and XLSX alike.
package struct SheetTable: Sendable, Hashable {
  /// One cell. A number is kept as its decimal text, so that no digit of an amount is lost.
  package enum Cell: Sendable, Hashable {
    case empty
    case text(String)
    /// `12.50`, `-3`: digits, at most one point, at most one minus sign in front.
    case number(String)

    /// Empty for empty text.
    package init(_ text: String) {
      self = text.isEmpty ? .empty : .text(text)
    }

    /// What a person reads in the cell; empty text for an empty cell.
    package var text: String {
      switch self {
      case .empty: ""
      case .text(let text), .number(let text): text
      }
    }

    /// Whether this is a number that can be written as one.
    var isPlainNumber: Bool {
      guard case .number(let text) = self else { return false }
      let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
      let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
      return (1...2).contains(parts.count)
        && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } }
    }
  }

  package struct Row: Sendable, Hashable {
    /// The line of the file that the row begins on, counted from 1; for a spreadsheet the number of its row.
    package let line: Int
    package let cells: [Cell]

    package init(line: Int, cells: [Cell]) {
      self.line = line
      self.cells = cells
    }
  }

  /// The name of the sheet; empty for a file that is only one table.
  package let name: String
  /// The line that the headings stand on.
  package let headingLine: Int
  package let headings: [String]
  /// In the order of the file, without rows that are wholly empty. Each has as many cells as there are headings.
  package let rows: [Row]

  /// A table read from a file.
  init(name: String, headingLine: Int, headings: [String], rows: [Row]) {
    self.name = name
    self.headingLine = headingLine
    self.headings = headings
    self.rows = rows
  }

  /// A table to be written: headings on line 1, one row on each line after it.
  package init(name: String = "", headings: [String], rows: [[Cell]]) {
    self.init(
      name: name, headingLine: 1, headings: headings,
      rows: rows.enumerated().map { Row(line: $0.offset + 2, cells: $0.element) })
  }
}

/// How large a file may be (field rule §3.15).
enum SheetLimits {
  static let fileBytes = 5 << 20
  static let rows = 20_000
  static let columns = 200
  /// Characters of one cell, Excel's own limit.
  static let cellCharacters = 32_767
}
