import Kernel

/// Reads comma-separated values (RFC 4180) in UTF-8 or GB18030, separated by comma, semicolon or tab.
package enum CSVReader {
  /// - Throws: `file.too_large`, `file.empty`, `file.encoding`, `file.utf16`, `file.not_text`,
  ///   `file.quote_unclosed`, `file.quote_misplaced`, and those of the limits; each names the line.
  package static func read(_ bytes: [UInt8], encoding: TextEncoding? = nil) throws -> SheetTable {
    guard bytes.count <= SheetLimits.fileBytes else { throw Problem.fileTooLarge }
    let text = Array(try TextEncodingDetector.decode(bytes, as: encoding).text.utf8)
    if let position = text.firstIndex(of: 0) {
      throw Problem.fileNotText(line: text.prefix(position).count { $0 == 10 } + 1)
    }
    var parser = RecordParser(text, delimiter: delimiter(of: text))
    var assembly = SheetAssembly(name: "")
    while let record = try parser.next() {
      try assembly.append(
        line: record.line, record.fields.map { SheetTable.Cell(FormulaGuard.unguarded($0)) })
    }
    guard let table = assembly.finish() else { throw Problem.fileEmpty }
    return table
  }

  /// The candidate that stands most often in the first line with content, outside quotes; a comma when none does.
  static func delimiter(of text: [UInt8]) -> UInt8 {
    var counts: [UInt8: Int] = [:]
    var isQuoted = false
    var hasContent = false
    for byte in text {
      if byte == 0x22 { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == 10 || byte == 13 {
        if hasContent { break }
        continue
      }
      hasContent = true
      if [0x2C, 0x3B, 0x09].contains(byte) { counts[byte, default: 0] += 1 }
    }
    // Ties go to the comma, then the semicolon.
    return [0x2C, 0x3B, 0x09].max { counts[$0] ?? 0 < counts[$1] ?? 0 } ?? 0x2C
  }
}

/// Cuts text into records and fields.
private struct RecordParser {
  private let text: [UInt8]
  private let delimiter: UInt8
  private var position = 0
  private var line = 1

  init(_ text: [UInt8], delimiter: UInt8) {
    self.text = text
    self.delimiter = delimiter
  }

  /// The next record and the line it begins on; nil at the end.
  mutating func next() throws -> (line: Int, fields: [String])? {
    guard position < text.count else { return nil }
    let start = line
    var fields: [String] = []
    repeat {
      fields.append(try field())
      // One beyond the limit is enough to refuse the row.
      guard fields.count <= SheetLimits.columns * 2 else { throw Problem.fileTooManyColumns(line: start) }
    } while take(delimiter)
    endLine()
    return (start, fields)
  }

  private mutating func field() throws -> String {
    if position < text.count, text[position] == 0x22 { return try quoted() }
    let start = position
    while position < text.count, text[position] != delimiter, text[position] != 10, text[position] != 13 {
      if text[position] == 0x22, delimiter != 9 { throw Problem.fileQuoteMisplaced(line: line) }
      position += 1
    }
    return String(decoding: text[start..<position], as: UTF8.self)
  }

  private mutating func quoted() throws -> String {
    let opening = line
    var content: [UInt8] = []
    position += 1
    while position < text.count {
      let byte = text[position]
      position += 1
      if byte != 0x22 {
        if byte == 10 { line += 1 }
        content.append(byte)
      } else if !take(0x22) {
        let ends = position == text.count || [delimiter, 10, 13].contains(text[position])
        guard ends else { throw Problem.fileQuoteMisplaced(line: line) }
        return String(decoding: content, as: UTF8.self)
      } else {
        content.append(0x22)
      }
    }
    throw Problem.fileQuoteUnclosed(line: opening)
  }

  private mutating func endLine() {
    let hadReturn = take(13)
    let hadFeed = take(10)
    if hadReturn || hadFeed { line += 1 }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard position < text.count, text[position] == byte else { return false }
    position += 1
    return true
  }
}

extension Problem {
  static func fileNotText(line: Int) -> Problem {
    file(
      "file.not_text", line: line, Phrase("这不是文字表格。", "This is no table of text."),
      advice: Phrase("请上传 CSV 或 XLSX 文件。", "Please send a CSV or XLSX file."))
  }

  static func fileQuoteUnclosed(line: Int) -> Problem {
    file(
      "file.quote_unclosed", line: line,
      Phrase("引号从这一行开始，直到文件末尾都没有关上。", "A quotation mark opened here is never closed."),
      advice: Phrase("请补上另一半引号。", "Please add the closing quotation mark."))
  }

  static func fileQuoteMisplaced(line: Int) -> Problem {
    file(
      "file.quote_misplaced", line: line,
      Phrase("引号的位置不对。", "A quotation mark stands in the wrong place."),
      advice: Phrase(
        "文字里的引号要写两遍，整格再用引号括起来。",
        "Inside a text write the mark twice, and put marks around the whole cell."))
  }
}
