import Kernel

/// Puts rows, as a reader meets them, together into a table, and holds every limit while doing so.
struct SheetAssembly {
  private let name: String
  private var headingLine = 0
  private var headings: [String]?
  private var rows: [SheetTable.Row] = []

  init(name: String) {
    self.name = name
  }

  /// Takes the next row; one that is wholly empty is passed over.
  /// - Throws: `file.too_many_rows`, `file.too_many_columns`, `file.row_too_long`, `file.cell_too_long`.
  mutating func append(line: Int, _ cells: [SheetTable.Cell]) throws {
    let used = cells.lastIndex { $0 != .empty }.map { $0 + 1 } ?? 0
    guard used > 0 else { return }
    guard used <= SheetLimits.columns else { throw Problem.fileTooManyColumns(line: line) }
    if cells.contains(where: { $0.text.utf8.count > SheetLimits.cellCharacters && Self.isTooLong($0.text) }) {
      throw Problem.fileCellTooLong(line: line)
    }
    guard let headings else {
      self.headings = cells.prefix(used).map(\.text)
      headingLine = line
      return
    }
    guard used <= headings.count else { throw Problem.fileRowTooLong(line: line, headings: headings.count) }
    guard rows.count < SheetLimits.rows else { throw Problem.fileTooManyRows(line: line) }
    let missing = Array(repeating: SheetTable.Cell.empty, count: headings.count - used)
    rows.append(SheetTable.Row(line: line, cells: cells.prefix(used) + missing))
  }

  /// Nil when no row had anything in it.
  func finish() -> SheetTable? {
    headings.map { SheetTable(name: name, headingLine: headingLine, headings: $0, rows: rows) }
  }

  private static func isTooLong(_ text: String) -> Bool {
    text.utf16.count > SheetLimits.cellCharacters
  }
}

extension Problem {
  static let fileAdvice = Phrase(
    "请分成几个小一点的文件，一个一个上传。", "Please split it into smaller files and send them one after another.")

  static func file(
    _ code: String, status: Int = 422, line: Int? = nil, _ title: Phrase, advice: Phrase? = nil
  ) -> Problem {
    guard let line else { return Problem(code, status: status, title, advice: advice) }
    let place = Phrase("第 \(line) 行：\(title.chinese)", "Line \(line): \(title.english)")
    return Problem(
      code, status: status, title, advice: advice, fields: [FieldProblem("file", line: line, place)])
  }

  static let fileTooLarge = file(
    "file.too_large", status: 413, Phrase("文件超过了 5 MB。", "The file is larger than 5 MB."),
    advice: fileAdvice)

  static let fileEmpty = file(
    "file.empty", Phrase("文件里没有表头，也没有内容。", "The file has neither headings nor content."),
    advice: Phrase("请检查是否选对了文件。", "Please check that you chose the right file."))

  static func fileTooManyRows(line: Int) -> Problem {
    file(
      "file.too_many_rows", line: line, Phrase("表格超过了 20000 行。", "The table has more than 20,000 rows."),
      advice: fileAdvice)
  }

  static func fileTooManyColumns(line: Int) -> Problem {
    file(
      "file.too_many_columns", line: line, Phrase("表格超过了 200 列。", "The table has more than 200 columns."),
      advice: Phrase("请删去用不到的列。", "Please remove the columns that are not needed."))
  }

  static func fileRowTooLong(line: Int, headings: Int) -> Problem {
    file(
      "file.row_too_long", line: line,
      Phrase("这一行的内容比表头的 \(headings) 列还多。", "This row has more cells than the \(headings) headings."),
      advice: Phrase(
        "请检查是否少了表头，或者文字里的逗号没有加引号。",
        "Please check whether a heading is missing, or a comma inside a text is not quoted."))
  }

  static func fileCellTooLong(line: Int) -> Problem {
    file(
      "file.cell_too_long", line: line,
      Phrase("有一格超过了 32767 个字。", "A cell has more than 32,767 characters."),
      advice: Phrase("请把这一格写短一些。", "Please shorten that cell."))
  }
}
