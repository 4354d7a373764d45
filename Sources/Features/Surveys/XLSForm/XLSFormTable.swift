import Interop
import Kernel

/// One sheet as its form means it: the cells of each row by what their columns are for.
struct XLSFormTable: Sendable {
  struct Row: Sendable {
    let number: Int
    /// Never empty.
    let cells: [XLSFormHeading: String]

    subscript(part: FormPart) -> String? { cells[.part(part)] }

    func text(_ part: FormPart) -> FormText {
      var text = FormText()
      for case (.text(part, let language), let words) in cells { text.byLanguage[language] = words }
      return text
    }
  }

  /// As it is called in the file.
  let sheet: String
  let rows: [Row]
  /// The languages of its texts, in the order of their columns.
  let languages: [FormLanguage]
  /// What the columns are for, in their order, with their headings as they stand in the file.
  let headings: [(meaning: XLSFormHeading, title: String)]
  /// Every cell that has `${` in it, whatever its column is for; types and names apart.
  let references: [Reference]

  struct Reference: Sendable {
    let row: Int
    /// The heading as it stands in the file.
    let column: String
    /// The names; nil where one is not written as it should be.
    let names: [String]?
  }

  /// A sheet that is not there.
  init(missing sheet: XLSFormSheet) {
    self.sheet = sheet.rawValue
    rows = []
    languages = []
    headings = []
    references = []
  }

  /// - Parameters:
  ///   - language: of texts whose column names none.
  ///   - collapsing: whether runs of spaces become one.
  init(
    _ grid: SheetGrid, as kind: XLSFormSheet, language: FormLanguage, collapsing: Bool,
    _ report: inout XLSFormReport
  ) {
    var reader = XLSFormTableReader(grid, kind, language: language, collapsing: collapsing)
    reader.read()
    for warning in reader.report.warnings {
      report.warn(warning.sheet, warning.row, warning.column, warning.message)
    }
    for refusal in reader.report.refusals {
      report.refuse(refusal.sheet, refusal.row, refusal.column, refusal.message)
    }
    sheet = grid.name
    rows = reader.rows
    references = reader.references
    headings = reader.columns.sorted { $0.key < $1.key }.map { ($0.value.meaning, $0.value.title) }
    var languages: [FormLanguage] = []
    for case .text(_, let language) in headings.map(\.meaning) where !languages.contains(language) {
      languages.append(language)
    }
    self.languages = languages
  }

  /// The heading of a part as it stands in the file, where there is one column for it.
  func title(of part: FormPart) -> String {
    let columns = headings.filter { heading in
      switch heading.meaning {
      case .part(part), .text(part, _): true
      default: false
      }
    }
    return columns.count == 1 ? columns[0].title : part.rawValue
  }
}

/// Reads one sheet: headings on its first row, then rows until there are none for long.
private struct XLSFormTableReader {
  /// Where a form ends: source pyxform, `get_excel_rows` and `get_excel_column_headers`.
  private static let blankRows = 60
  private static let blankColumns = 20

  private let grid: SheetGrid
  private let kind: XLSFormSheet
  private let language: FormLanguage
  private let collapsing: Bool
  private(set) var columns: [Int: (meaning: XLSFormHeading, title: String)] = [:]
  private(set) var rows: [XLSFormTable.Row] = []
  private(set) var references: [XLSFormTable.Reference] = []
  private(set) var report = XLSFormReport()
  /// Columns of which it was said already that they are left out.
  private var told: Set<Int> = []

  init(_ grid: SheetGrid, _ kind: XLSFormSheet, language: FormLanguage, collapsing: Bool) {
    self.grid = grid
    self.kind = kind
    self.language = language
    self.collapsing = collapsing
  }

  mutating func read() {
    guard let first = grid.rows.first else { return }
    guard first.number == 1 else {
      report.refuse(
        grid.name, first.number, nil,
        Phrase("第一行要是列名（type、name、label……）。", "The first row has to hold the headings (type, name, label …).")
      )
      return
    }
    readHeadings(first.cells)
    var last = 1
    for row in grid.rows.dropFirst() {
      guard row.number - last - 1 <= Self.blankRows else {
        report.warn(
          grid.name, row.number, nil,
          Phrase(
            "前面空了 \(Self.blankRows) 行以上，从这一行起没有读。",
            "More than \(Self.blankRows) empty rows stand before this one; from here on nothing was read."))
        return
      }
      let cells = read(row)
      guard !cells.isEmpty else { continue }
      last = row.number
      rows.append(XLSFormTable.Row(number: row.number, cells: cells))
    }
  }

  private mutating func readHeadings(_ cells: [SheetGrid.Cell]) {
    let named = cells.filter { !FormSpelling.cleaned($0.text, collapsing: true).isEmpty }
    let usesTwoColons = named.contains { $0.text.contains("::") }
    var last = 0
    for cell in named {
      guard cell.column - last - 1 <= Self.blankColumns else { break }
      last = cell.column
      let title = FormSpelling.cleaned(cell.text, collapsing: true)
      guard cell.kind == .text, !FormSpelling.hasHiddenCharacters(title) else {
        report.refuse(
          grid.name, 1, title, Phrase("列名要是文字。", "A heading has to be text."))
        continue
      }
      let meaning = resolved(XLSFormHeading(title, on: kind, usesTwoColons: usesTwoColons))
      if let other = columns.values.first(where: { isSame($0.meaning, meaning) || $0.title == title }) {
        report.refuse(
          grid.name, 1, title,
          Phrase("“\(other.title)”和“\(title)”是同一列。", "“\(other.title)” and “\(title)” are the same column."))
        continue
      }
      columns[cell.column] = (meaning, title)
    }
  }

  private func isSame(_ one: XLSFormHeading, _ other: XLSFormHeading) -> Bool {
    switch one {
    case .dropped, .refused, .ignored: false
    default: one == other
    }
  }

  private func resolved(_ heading: XLSFormHeading) -> XLSFormHeading {
    guard case .text(let part, .unnamed) = heading, kind != .settings else { return heading }
    return .text(part, language)
  }

  private mutating func read(_ row: SheetGrid.Row) -> [XLSFormHeading: String] {
    var cells: [XLSFormHeading: String] = [:]
    for cell in row.cells {
      let text = words(cell)
      guard !text.isEmpty else { continue }
      guard let column = columns[cell.column] else {
        if told.insert(cell.column).inserted {
          report.warn(
            grid.name, row.number, nil,
            Phrase(
              "这一格上面没有列名，没有读：“\(text)”。", "This cell has no heading above it and was left out: “\(text)”."))
        }
        continue
      }
      tell(cell, column, row.number)
      if text.contains("${"), column.meaning != .part(.kind), column.meaning != .part(.name) {
        let names = FormReferences.names(in: text)
        references.append(XLSFormTable.Reference(row: row.number, column: column.title, names: names))
      }
      // A row is not blank when all that stands in it is left out.
      cells[column.meaning] = text
    }
    return cells
  }

  private mutating func tell(
    _ cell: SheetGrid.Cell, _ column: (meaning: XLSFormHeading, title: String), _ row: Int
  ) {
    switch column.meaning {
    case .dropped(let reason):
      if told.insert(cell.column).inserted { report.warn(grid.name, row, column.title, reason) }
    case .refused(let reason):
      if told.insert(cell.column).inserted { report.refuse(grid.name, row, column.title, reason) }
    case .ignored: break
    default:
      if let fault = fault(cell, column.meaning) { report.refuse(grid.name, row, column.title, fault) }
    }
  }

  private func words(_ cell: SheetGrid.Cell) -> String {
    cell.kind == .number ? Self.plain(cell.text) : FormSpelling.cleaned(cell.text, collapsing: collapsing)
  }

  /// `1.0` is `1`: a spreadsheet has no whole numbers.
  private static func plain(_ number: String) -> String {
    var text = number[...]
    if text.contains(".") {
      while text.hasSuffix("0") { text.removeLast() }
      if text.hasSuffix(".") { text.removeLast() }
    }
    return text == "-0" ? "0" : String(text)
  }

  private func fault(_ cell: SheetGrid.Cell, _ meaning: XLSFormHeading) -> Phrase? {
    switch cell.kind {
    case .fault:
      return Phrase("这一格的公式出错了：\(cell.text)。", "The formula of this cell fails: \(cell.text).")
    case .unplainNumber:
      return Phrase(
        "这个数太长，表格软件记不准。请把这一格设成“文本”再写。",
        "This number is longer than spreadsheets keep. Please format the cell as text and write it again.")
    case .date where meaning != .part(.defaultValue) && meaning != .part(.version):
      return Phrase(
        "表格软件把这一格变成了日期。请把它设成“文本”再写。",
        "The spreadsheet made this cell a date. Please format it as text and write it again.")
    default: break
    }
    guard FormSpelling.hasHiddenCharacters(cell.text) else { return nil }
    return Phrase("文字里有看不见的控制字符。", "There are characters in this text that nobody sees.")
  }
}
