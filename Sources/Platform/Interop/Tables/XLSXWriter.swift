import CXLSXWriter
import Foundation
import Kernel

/// Writes tables as an Office Open XML workbook, one sheet each: bold headings that stay in view, widths that fit,
/// A4 pages with the headings repeated.
package enum XLSXWriter {
  package static let mediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

  /// The bytes of a workbook. Text is written as text, whatever it begins with, so that nothing runs as a formula.
  ///
  /// Blocks while it writes a temporary file; call it on a thread that may wait.
  /// - Throws: `file.cell_too_long`, `file.too_many_rows` (a sheet has 1,048,576), `file.not_written`.
  package static func write(_ tables: [SheetTable]) throws -> [UInt8] {
    try TemporaryFolder.with { folder in
      let path = folder + "/workbook.xlsx"
      guard let workbook = workbook_new(path) else { throw Problem.fileNotWritten }
      var fault: Problem?
      do {
        for (table, name) in zip(tables, sheetNames(tables)) {
          guard let sheet = workbook_add_worksheet(workbook, name) else { throw Problem.fileNotWritten }
          try SheetWriter(workbook: workbook, sheet: sheet, table: table).write()
        }
      } catch {
        fault = error as? Problem ?? .fileNotWritten
      }
      // Closing also frees the workbook, so it happens whatever went wrong before.
      let closed = workbook_close(workbook)
      if let fault { throw fault }
      guard closed == LXW_NO_ERROR, let content = FileManager.default.contents(atPath: path) else {
        throw Problem.fileNotWritten
      }
      return Array(content)
    }
  }

  /// Names as Excel allows them: 1–31 characters, none of `[]:*?/\`, no apostrophe at an end, each one once.
  static func sheetNames(_ tables: [SheetTable]) -> [String] {
    var taken: Set<String> = []
    return tables.enumerated().map { position, table in
      let allowed = table.name.unicodeScalars.filter {
        !"[]:*?/\\'".unicodeScalars.contains($0) && $0.value >= 32
      }
      let plain = String(String.UnicodeScalarView(allowed.prefix(25)))
      var name = plain.isEmpty ? "Sheet\(position + 1)" : plain
      var number = 2
      while !taken.insert(name.lowercased()).inserted {
        name = "\(plain) \(number)"
        number += 1
      }
      return name
    }
  }
}

/// Writes one table into one sheet.
private struct SheetWriter {
  let workbook: UnsafeMutablePointer<lxw_workbook>
  let sheet: UnsafeMutablePointer<lxw_worksheet>
  let table: SheetTable

  func write() throws {
    let bold = workbook_add_format(workbook)
    format_set_bold(bold)
    format_set_bottom(bold, UInt8(LXW_BORDER_THIN.rawValue))
    format_set_text_wrap(bold)
    format_set_align(bold, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
    for (column, heading) in table.headings.enumerated() {
      try writeText(heading, row: 0, column: column, format: bold)
    }
    for column in 0..<columnCount { try writeColumn(column) }
    setUpPage()
  }

  private var columnCount: Int { max(table.headings.count, table.rows.map(\.cells.count).max() ?? 0) }

  private func writeColumn(_ column: Int) throws {
    let numberFormat =
      Self.numberFormat(decimals: decimals(of: column)).map { pattern in
        let format = workbook_add_format(workbook)
        format_set_num_format(format, pattern)
        return format
      } ?? nil
    var width = column < table.headings.count ? Self.width(table.headings[column]) : 0
    for (index, row) in table.rows.enumerated() where column < row.cells.count {
      let cell = row.cells[column]
      width = max(width, Self.width(cell.text))
      switch cell {
      case .empty: continue
      case .number(let text):
        // A spreadsheet number keeps 15 digits; longer ones, such as card numbers, would be changed.
        if cell.isPlainNumber, text.utf8.count <= 15, let number = Double(text) {
          try check(
            worksheet_write_number(sheet, UInt32(index + 1), UInt16(column), number, numberFormat), index)
        } else {
          try writeText(text, row: index + 1, column: column, format: nil)
        }
      case .text(let text): try writeText(text, row: index + 1, column: column, format: nil)
      }
    }
    worksheet_set_column(sheet, UInt16(column), UInt16(column), Double(min(max(width, 6), 60)) + 2, nil)
  }

  private func writeText(
    _ text: String, row: Int, column: Int, format: UnsafeMutablePointer<lxw_format>?
  ) throws {
    let allowed = Self.isPlain(text) ? text : Self.escaped(text)
    try check(worksheet_write_string(sheet, UInt32(row), UInt16(column), allowed, format), row - 1)
  }

  /// Whether nothing in the text can need escaping: the quick answer for nearly every cell.
  private static func isPlain(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 != 0 && $0 != 0x5F && $0 < 0xEF }
  }

  /// Leaves out the code points that XML cannot hold at all. The library escapes the control characters, but not text
  /// that looks like one of its escapes.
  private static func escaped(_ text: String) -> String {
    let scalars = text.unicodeScalars.filter { $0.value & 0xFFFE != 0xFFFE && $0 != "\0" }
    return String(String.UnicodeScalarView(scalars)).replacing(/_x[0-9A-Fa-f]{4}_/) { "_x005F\($0.output)" }
  }

  private func check(_ result: lxw_error, _ index: Int) throws {
    switch result {
    case LXW_NO_ERROR: return
    case LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED: throw Problem.fileCellTooLong(line: index + 2)
    case LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE: throw Problem.fileTooManyRows(line: index + 2)
    default: throw Problem.fileNotWritten
    }
  }

  private func setUpPage() {
    worksheet_freeze_panes(sheet, 1, 0)
    worksheet_repeat_rows(sheet, 0, 0)
    // 9 is A4 in the numbering of Windows printer drivers, which the file format uses.
    worksheet_set_paper(sheet, 9)
    worksheet_set_margins(sheet, 0.5, 0.5, 0.6, 0.6)
    worksheet_fit_to_pages(sheet, 1, 0)
    if columnCount > 7 { worksheet_set_landscape(sheet) }
    worksheet_set_footer(sheet, "&L&A&R&P / &N")
  }

  private func decimals(of column: Int) -> Int {
    table.rows.lazy.map { row in
      guard column < row.cells.count, row.cells[column].isPlainNumber,
        let point = row.cells[column].text.firstIndex(of: ".")
      else { return 0 }
      return row.cells[column].text[point...].utf8.count - 1
    }.max() ?? 0
  }

  private static func numberFormat(decimals: Int) -> String? {
    decimals == 0 ? nil : "0." + String(repeating: "0", count: min(decimals, 9))
  }

  /// In characters of the sheet's font: a Chinese one, of three bytes, is as wide as two others. The longest line
  /// counts.
  private static func width(_ text: String) -> Int {
    var longest = 0
    var current = 0
    for byte in text.utf8.prefix(300) {
      if byte == 10 { current = 0 }
      // Continuation bytes belong to the character before them.
      if byte >= 0xC0 || byte < 0x80 { current += byte >= 0xE0 ? 2 : 1 }
      longest = max(longest, current)
    }
    return longest
  }
}

/// A folder that only this program's user may enter, removed afterwards with all that is in it.
enum TemporaryFolder {
  static func with<Value>(_ body: (String) throws -> Value) throws -> Value {
    let pattern = FileManager.default.temporaryDirectory.appending(path: "nuanlin-XXXXXX").path
    var path = Array(pattern.utf8CString)
    guard mkdtemp(&path) != nil else { throw Problem.fileNotWritten }
    let folder = String(decoding: path.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try body(folder)
  }
}

extension Problem {
  static let fileNotWritten = Problem(
    "file.not_written", status: 500, Phrase("文件没有生成。", "The file could not be made."),
    advice: Phrase(
      "磁盘可能满了，请告诉系统管理员，稍后再试。", "The disk may be full; please tell the operator and try again later."))
}
