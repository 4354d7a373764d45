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
        try row.put(try value(of: cell))
      case .end("row"):
        try assembly.append(line: row.number, row.cells)
      default:
        cell.take(event)
      }
    }
    return assembly.finish()
  }

  private func value(of cell: OpenCell) throws -> SheetTable.Cell {
    let stored = cell.value
    switch cell.type {
    case "s":
      guard !stored.isEmpty else { return .empty }
      guard let index = Int(stored), strings.indices.contains(index) else { throw Problem.fileDamaged }
      return SheetTable.Cell(strings[index])
    case "inlineStr": return SheetTable.Cell(cell.inline.text)
    case "b": return SheetTable.Cell(stored == "1" ? "TRUE" : stored.isEmpty ? "" : "FALSE")
    case "n":
      if stored.isEmpty { return .empty }
      if styles.showsDate(style: cell.style),
        let date = SheetNumber.date(stored, countsFrom1904: countsFrom1904)
      {
        return .text(date)
      }
      guard let number = SheetNumber.decimal(stored) else { return .text(stored) }
      return cell.isFormula ? .text(number) : .number(number)
    default: return SheetTable.Cell(stored)
    }
  }
}

/// The row whose cells are being read.
private struct OpenRow {
  private(set) var number = 0
  private(set) var cells: [SheetTable.Cell] = []
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

  mutating func put(_ cell: SheetTable.Cell) throws {
    if cell == .empty { return }
    guard column <= SheetLimits.columns else { throw Problem.fileTooManyColumns(line: number) }
    while cells.count < column - 1 { cells.append(.empty) }
    cells.append(cell)
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
