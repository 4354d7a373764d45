import Kernel

/// Reads the cells of one worksheet.
struct SheetPart {
  let name: String
  let strings: [String]
  let styles: CellStyles
  let countsFrom1904: Bool

  /// Nil for a sheet without content.
  func read(_ content: [UInt8]) throws -> SheetTable? {
    var assembly = SheetAssembly(name: name)
    try walk(content) { number, cells in
      var row: [SheetTable.Cell] = []
      for cell in cells {
        while row.count < cell.column - 1 { row.append(.empty) }
        row.append(cell.tableCell)
      }
      try assembly.append(line: number, row)
    }
    return assembly.finish()
  }

  /// Every cell with something in it, where it stands.
  /// - Throws: `file.too_many_rows`, `file.too_many_columns`, `file.cell_too_long`, `file.damaged`.
  func grid(_ content: [UInt8]) throws -> SheetGrid {
    var rows: [SheetGrid.Row] = []
    try walk(content) { number, cells in
      guard !cells.isEmpty else { return }
      guard rows.count <= SheetLimits.rows else { throw Problem.fileTooManyRows(line: number) }
      guard cells.allSatisfy({ $0.text.utf16.count <= SheetLimits.cellCharacters }) else {
        throw Problem.fileCellTooLong(line: number)
      }
      rows.append(SheetGrid.Row(number: number, cells: cells))
    }
    return SheetGrid(name: name, rows: rows)
  }

  /// Visits each row with its number and the cells that hold something.
  private func walk(_ content: [UInt8], _ visit: @escaping (Int, [SheetGrid.Cell]) throws -> Void) throws {
    var row = OpenRow()
    var cell = OpenCell()
    try XMLWalk.over(content) { event in
      switch event {
      case .start("row", let attributes):
        try row.begin(number: attributes["r"])
      case .start("c", let attributes):
        cell = OpenCell(type: attributes["t"] ?? "n", style: attributes["s"].flatMap { Int($0) } ?? 0)
        try row.beginCell(reference: attributes["r"])
      case .end("c"):
        let (kind, text) = try value(of: cell)
        try row.put(kind, text, isFormula: cell.isFormula)
      case .end("row"):
        try visit(row.number, row.cells)
      default:
        cell.take(event)
      }
    }
  }

  private func value(of cell: OpenCell) throws -> (SheetGrid.Cell.Kind, String) {
    let stored = cell.value
    switch cell.type {
    case "s":
      guard !stored.isEmpty else { return (.text, "") }
      guard let index = Int(stored), strings.indices.contains(index) else { throw Problem.fileDamaged }
      return (.text, strings[index])
    case "inlineStr": return (.text, cell.inline.text)
    case "b": return (.boolean, stored == "1" ? "TRUE" : stored.isEmpty ? "" : "FALSE")
    case "e": return (.fault, stored)
    case "d": return (.date, stored)
    case "n":
      if stored.isEmpty { return (.number, "") }
      if styles.showsDate(style: cell.style),
        let date = SheetNumber.date(stored, countsFrom1904: countsFrom1904)
      {
        return (.date, date)
      }
      return SheetNumber.decimal(stored).map { (.number, $0) } ?? (.unplainNumber, stored)
    default: return (.text, stored)
    }
  }
}

/// The row whose cells are being read.
private struct OpenRow {
  private(set) var number = 0
  private(set) var cells: [SheetGrid.Cell] = []
  private var column = 0

  /// Excel's last row.
  private static let lastRow = 1_048_576

  mutating func begin(number stated: String?) throws {
    let next = try stated.map { text in
      guard let number = Int(text) else { throw Problem.fileDamaged }
      return number
    }
    let line = next ?? number + 1
    guard line > number, line <= Self.lastRow else { throw Problem.fileDamaged }
    number = line
    cells.removeAll(keepingCapacity: true)
    column = 0
  }

  /// - Parameter reference: `BC17`; only its letters matter. Cells without one follow each other.
  mutating func beginCell(reference: String?) throws {
    guard let reference else {
      column += 1
      return
    }
    var stated = 0
    for byte in reference.utf8 {
      guard (0x41...0x5A).contains(byte), stated < 20_000 else { break }
      stated = stated * 26 + Int(byte - 0x40)
    }
    guard stated > column else { throw Problem.fileDamaged }
    column = stated
  }

  mutating func put(_ kind: SheetGrid.Cell.Kind, _ text: String, isFormula: Bool) throws {
    if text.isEmpty { return }
    guard column <= SheetLimits.columns else { throw Problem.fileTooManyColumns(line: number) }
    cells.append(SheetGrid.Cell(column: column, kind: kind, text: text, isFormula: isFormula))
  }
}

/// The cell that is being read.
private struct OpenCell {
  var type = "n"
  var style = 0
  private(set) var value = ""
  private(set) var inline = RichText()
  private(set) var isFormula = false
  private var isInValue = false

  init(type: String = "n", style: Int = 0) {
    self.type = type
    self.style = style
  }

  mutating func take(_ event: XMLEvent) {
    switch event {
    case .start("v", _): isInValue = true
    case .end("v"): isInValue = false
    case .start("f", _): isFormula = true
    case .text(let text): if isInValue { value += text }
    default: break
    }
    inline.take(event)
  }
}
