/// The cells of one sheet where they stand, with what a spreadsheet knows of each: for files whose sheets are no plain
/// tables. Nothing is taken for a heading, and no row is left out for being empty.
package struct SheetGrid: Sendable, Hashable {
  package struct Cell: Sendable, Hashable {
    /// Counted from 1.
    package let column: Int
    package let kind: Kind
    /// Never empty: the text; `12.5` for a number; `TRUE` or `FALSE`; `2026-11-23`, `2026-11-23T08:05` or `08:05` for a
    /// date or time; `#N/A` and the like for a fault.
    package let text: String
    /// Whether a formula gave it.
    package let isFormula: Bool

    package init(column: Int, kind: Kind, text: String, isFormula: Bool = false) {
      self.column = column
      self.kind = kind
      self.text = text
      self.isFormula = isFormula
    }

    package enum Kind: Sendable, Hashable {
      case text
      case number
      /// One with more digits than a spreadsheet keeps; its text is as it was stored.
      case unplainNumber
      case boolean
      case date
      /// What a formula gives that cannot be computed.
      case fault
    }

    /// What the cell is in a plain table.
    var tableCell: SheetTable.Cell { kind == .number && !isFormula ? .number(text) : SheetTable.Cell(text) }
  }

  package struct Row: Sendable, Hashable {
    /// As the spreadsheet counts, from 1.
    package let number: Int
    /// In the order of their columns; only those with something in them.
    package let cells: [Cell]

    package init(number: Int, cells: [Cell]) {
      self.number = number
      self.cells = cells
    }
  }

  package let name: String
  /// In their order; only those with something in them.
  package let rows: [Row]

  package init(name: String, rows: [Row]) {
    self.name = name
    self.rows = rows
  }
}
