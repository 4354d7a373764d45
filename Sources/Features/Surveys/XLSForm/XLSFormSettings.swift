import Kernel

/// What the sheet of settings says.
struct XLSFormSettings: Sendable {
  private(set) var formID = "data"
  private(set) var title = FormText.none
  private(set) var version = ""
  /// Nil where the form names none.
  private(set) var defaultLanguage: FormLanguage?
  private(set) var allowsDuplicateChoices = false
  private(set) var cleansText = true

  /// Of a workbook without such a sheet; `data` is what other tools call a form without a name.
  init() {}

  init(_ table: XLSFormTable, _ report: inout XLSFormReport) {
    guard let row = table.rows.first else { return }
    guard row.number == 2 else {
      report.refuse(
        table.sheet, row.number, nil,
        Phrase("设置要写在第二行，列名的正下方。", "Settings stand on the second row, right below the headings."))
      return
    }
    for other in table.rows.dropFirst() {
      report.warn(
        table.sheet, other.number, nil,
        Phrase("设置只有一行，这一行没有读。", "There is one row of settings; this one was left out."))
    }
    formID = row[.formID] ?? formID
    version = row[.version] ?? ""
    let translated = row.text(.title)
    title = translated.isEmpty ? FormText(row[.title] ?? "") : translated
    // `default` is what other tools call the language of texts that name none.
    defaultLanguage = row[.defaultLanguage].flatMap { $0 == "default" ? nil : FormLanguage($0) }
    allowsDuplicateChoices = flag(.allowsDuplicates, false, row, table, &report)
    cleansText = flag(.cleansText, true, row, table, &report)
  }

  private func flag(
    _ heading: XLSFormHeading, _ standard: Bool, _ row: XLSFormTable.Row, _ table: XLSFormTable,
    _ report: inout XLSFormReport
  ) -> Bool {
    guard let text = row.cells[heading] else { return standard }
    if let flag = XLSFormWord.isYes(text) { return flag }
    let title = table.headings.first { $0.meaning == heading }?.title
    report.refuse(table.sheet, row.number, title, Phrase("请写 yes 或 no。", "Please write yes or no."))
    return standard
  }
}

/// Yes and no as spreadsheets and authors write them.
enum XLSFormWord {
  /// Nil for anything else. Source: pyxform, `yes_no`; spreadsheets make `TRUE` of a tick.
  static func isYes(_ text: String) -> Bool? {
    switch text {
    case "yes", "Yes", "YES", "true", "True", "TRUE", "true()": true
    case "no", "No", "NO", "false", "False", "FALSE", "false()": false
    default: nil
    }
  }

  /// The expression that a word stands for; an expression as it is.
  static func expression(_ text: String) -> String {
    if text.hasSuffix("()") { return text }
    return isYes(text).map { $0 ? "true()" : "false()" } ?? text
  }
}
