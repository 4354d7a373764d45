import Kernel

/// Writes a table as comma-separated values (RFC 4180): CRLF line ends, quotes where they are needed, text guarded
/// against being run as a formula.
package struct CSVWriter: Sendable {
  /// How the file is encoded.
  package enum Form: String, Sendable, CaseIterable {
    /// UTF-8 with its mark: opens rightly in today's Excel and WPS by double click.
    case markedUTF8
    /// UTF-8 without mark, for programs.
    case plainUTF8
    /// For old programs on Chinese Windows.
    case gb18030
  }

  private let form: Form

  package init(_ form: Form = .markedUTF8) {
    self.form = form
  }

  /// `text/csv` with its character set.
  package var mediaType: String {
    "text/csv; charset=\(form == .gb18030 ? "gb18030" : "utf-8"); header=present"
  }

  package func write(_ table: SheetTable) throws -> [UInt8] {
    var text = Self.record(table.headings.map { .text($0) })
    for row in table.rows { text += Self.record(row.cells) }
    return try TextEncodingDetector.encode(
      text, as: form == .gb18030 ? .gb18030 : .utf8, marked: form == .markedUTF8)
  }

  private static func record(_ cells: [SheetTable.Cell]) -> String {
    let line = cells.map(field).joined(separator: ",")
    return (line.isEmpty ? "\"\"" : line) + "\r\n"
  }

  private static func field(_ cell: SheetTable.Cell) -> String {
    let text = cell.isPlainNumber ? cell.text : FormulaGuard.guarded(cell.text)
    let special = text.utf8.contains { [0x22, 0x2C, 0x3B, 0x09, 0x0A, 0x0D, 0x00].contains($0) }
    let isPadded = text.utf8.first == 32 || text.utf8.last == 32
    guard special || isPadded else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
