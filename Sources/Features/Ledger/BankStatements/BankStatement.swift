import Interop
import Kernel

/// What a bank's file tells of an account: all of its lines, or nothing.
package struct BankStatement: Sendable, Hashable {
  /// A row that tells of no movement: a subtotal, a remark, a movement that did not happen.
  package struct Remark: Sendable, Hashable {
    package let line: Int
    package let text: String
  }

  package let format: StatementFormat
  /// In the order of the file.
  package let lines: [StatementLine]
  /// What was passed over, so that a person can look whether that was right.
  package let remarks: [Remark]
  /// Columns that are not used.
  package let unknownHeadings: [String]

  /// - Parameters:
  ///   - bytes: CSV in UTF-8 or GB18030, with or without a preamble before the headings.
  ///   - mapping: what the columns mean, where the headings are not recognised; nil to recognise them.
  ///   - offsetSeconds: the community's offset from UTC, in which banks tell the time; payment services tell China's.
  /// - Throws: `statement.unknown` when no row of headings is recognised, `statement.spreadsheet` for XLS and XLSX,
  ///   `statement.empty`, `statement.lines` naming every wrong line and total, and the `file.*` problems of `CSVReader`.
  package static func read(_ bytes: [UInt8], mapping: StatementMapping? = nil, offsetSeconds: Int) throws
    -> BankStatement
  {
    let file = try StatementFile(bytes, mapping: mapping)
    let columns = try TableImport(file.table, columns: file.format.columns)
    let isBank = file.format.numbers == nil
    var reading = StatementReading(
      file: file, offsetSeconds: isBank ? offsetSeconds : ChinaTime.offsetSeconds)
    let outcome = columns.dryRun { reading.draft(&$0) }
    // A line that is wrong is missing in the sums; then they are no news.
    let problems = outcome.problems.isEmpty ? reading.totalProblems : outcome.problems
    if !problems.isEmpty { throw Problem.statementLines(problems) }
    guard !outcome.values.isEmpty else { throw Problem.statementEmpty }
    return BankStatement(
      format: file.format, lines: StatementLine.lines(outcome.values.map(\.value)), remarks: reading.remarks,
      unknownHeadings: mapping == nil ? outcome.unknownHeadings : [])
  }

  /// What a file tells when its columns mean what a person says, as far as it can be read.
  struct Look: Sendable {
    /// The lines that can be read, in the order of the file.
    let lines: [StatementLine]
    /// What is wrong with the others.
    let problems: [FieldProblem]
  }

  /// - Throws: `statement.unknown` when the file does not have those columns, and the `file.*` problems of `CSVReader`.
  static func look(_ bytes: [UInt8], mapping: StatementMapping, offsetSeconds: Int) throws -> Look {
    let file = try StatementFile(bytes, mapping: mapping)
    var reading = StatementReading(file: file, offsetSeconds: offsetSeconds)
    let outcome = try TableImport(file.table, columns: file.format.columns).dryRun { reading.draft(&$0) }
    return Look(lines: StatementLine.lines(outcome.values.map(\.value)), problems: outcome.problems)
  }
}

/// A statement's table, found in its file.
struct StatementFile {
  let format: StatementFormat
  let table: SheetTable

  /// Rows that a preamble may have.
  private static let preamble = 60

  init(_ bytes: [UInt8], mapping: StatementMapping?) throws {
    let rows = try Self.rows(bytes)
    var found: (position: Int, headings: String, format: StatementFormat)?
    for (position, row) in rows.prefix(Self.preamble).enumerated() {
      let headings = Self.cells(row)
      guard headings.count > 1 else { continue }
      if let mapping {
        // What a column means is said by the person, and by nothing that it happens to be called as well.
        found = mapping.fields(headings).map {
          (position, $0.joined(separator: String(Self.separator(row))), StatementFormat(mapping))
        }
      } else {
        found = StatementFormat.recognising(headings).map { (position, Self.withoutBackticks(row), $0) }
      }
      if found != nil { break }
    }
    guard let found else { throw Problem.statementUnknown(isMapped: mapping != nil) }
    // What stands before the headings is no table; its lines stay as empty ones, so that the numbers of the lines do.
    let rest = [found.headings] + rows[found.position...].dropFirst().map(Self.withoutBackticks)
    let table = String(repeating: "\n", count: found.position) + rest.joined(separator: "\n")
    self.format = found.format
    self.table = try CSVReader.read(Array(table.utf8), encoding: .utf8)
  }

  /// The first rows of a file with their cells, by the number of their line; rows of a single cell are left out.
  /// - Throws: `statement.spreadsheet`, and the `file.*` problems of an unreadable text.
  static func beginning(_ bytes: [UInt8]) throws -> [(line: Int, cells: [String])] {
    try rows(bytes).prefix(preamble).enumerated().compactMap { position, row in
      let cells = cells(row).map(StatementText.trimmed)
      return cells.count > 1 ? (position + 1, cells) : nil
    }
  }

  private static func rows(_ bytes: [UInt8]) throws -> [Substring] {
    if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
      throw Problem.statementSpreadsheet
    }
    let text = try TextEncodingDetector.decode(bytes).text.replacing("\r\n", with: "\n")
    return text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  private static func separator(_ row: Substring) -> Character {
    row.contains(",") ? "," : row.contains("\t") ? "\t" : ";"
  }

  /// The cells of a row of headings, which hold no separators themselves.
  private static func cells(_ row: Substring) -> [String] {
    withoutBackticks(row).split(separator: separator(row), omittingEmptySubsequences: false).map {
      String($0.trimmingPrefix("\u{FEFF}").replacing("\"", with: ""))
    }
  }

  /// A backtick before a cell keeps a spreadsheet from taking a long number for one. A row that begins with one has one
  /// before each cell, so that a comma inside a text is told from one between cells.
  private static func withoutBackticks(_ row: Substring) -> String {
    guard row.contains("`") else { return String(row) }
    if row.hasPrefix("`") {
      return row.dropFirst().split(separator: ",`", omittingEmptySubsequences: false).map {
        "\"" + $0.replacing("\"", with: "\"\"") + "\""
      }.joined(separator: ",")
    }
    var text = ""
    var isAtStart = true
    for character in row {
      if character == "`", isAtStart { continue }
      isAtStart = character == "," || (isAtStart && character == "\"")
      text.append(character)
    }
    return text
  }
}

extension Problem {
  static func statementLines(_ fields: [FieldProblem]) -> Problem {
    Problem(
      "statement.lines", status: 422,
      Phrase("这份流水有读不懂的地方，一行也没有导入。", "Parts of this statement cannot be read; none of it was taken."),
      advice: Phrase(
        "请重新从银行下载后再上传；不要在表格软件里改动它。",
        "Please download it from the bank again and send that, without changing it in a spreadsheet program."),
      fields: fields)
  }

  static func statementUnknown(isMapped: Bool) -> Problem {
    Problem(
      "statement.unknown", status: 422,
      isMapped
        ? Phrase("文件里没有您选的那些列。", "The file does not have the columns that you chose.")
        : Phrase("认不出这是哪家银行的流水。", "These are the headings of no bank that we know."),
      advice: Phrase(
        "请告诉我们哪一列是日期、收入、支出和摘要。",
        "Please say which columns hold the date, what came in, what went out, and the text."))
  }

  static let statementSpreadsheet = Problem(
    "statement.spreadsheet", status: 422,
    Phrase("请把流水存成 CSV。", "Please save the statement as CSV."),
    advice: Phrase(
      "在 Excel 或 WPS 里打开，另存为“CSV UTF-8”再上传。",
      "Open it in your spreadsheet program, save it as “CSV UTF-8” and send that."))

  static let statementEmpty = Problem(
    "statement.empty", status: 422, Phrase("这份流水里没有收支。", "No money moved in this statement."),
    advice: Phrase("请检查下载时选的日期。", "Please check the dates that you chose at the bank."))
}
