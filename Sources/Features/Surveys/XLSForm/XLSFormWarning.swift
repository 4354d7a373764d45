import Kernel
import Web

/// What an importer has to say of one place of a workbook: what it left out or read in its own way, or why it refuses all.
struct XLSFormWarning: Sendable, Hashable {
  /// The name of the sheet as it stands in the file.
  let sheet: String
  /// As the spreadsheet counts, from 1; nil where it is about the whole sheet.
  let row: Int?
  /// The heading as it stands in the file; nil where it is about the whole row.
  let column: String?
  let message: Phrase

  /// The place in words: `survey 表第 5 行 relevant 列`.
  var place: Phrase {
    var chinese = "\(sheet) 表"
    var english = "sheet \(sheet)"
    if let row {
      chinese += "第 \(row) 行"
      english += ", row \(row)"
    }
    if let column {
      chinese += " \(column) 列"
      english += ", column \(column)"
    }
    return Phrase(chinese, english)
  }

  func place(_ say: Wording) -> String { say(place) }

  /// The same as one of the reasons of a `Problem`. The row stands apart from the words, as in other imported files.
  var fieldProblem: FieldProblem {
    let inSheet = XLSFormWarning(sheet: sheet, row: nil, column: column, message: message).place
    return FieldProblem(
      column.map { "\(sheet).\($0)" } ?? sheet, line: row,
      Phrase("\(inSheet.chinese)：\(message.chinese)", "\(inSheet.english): \(message.english)"))
  }
}

/// Everything that is to be said of a workbook, collected so that its author hears of all of it at once.
struct XLSFormReport: Sendable {
  private(set) var warnings: [XLSFormWarning] = []
  private(set) var refusals: [XLSFormWarning] = []

  /// How many reasons one answer holds; a file with more is told so.
  static let limit = 300

  mutating func warn(_ sheet: String, _ row: Int?, _ column: String?, _ message: Phrase) {
    let warning = XLSFormWarning(sheet: sheet, row: row, column: column, message: message)
    if !warnings.contains(warning) { warnings.append(warning) }
  }

  mutating func refuse(_ sheet: String, _ row: Int?, _ column: String?, _ message: Phrase) {
    let refusal = XLSFormWarning(sheet: sheet, row: row, column: column, message: message)
    if !refusals.contains(refusal) { refusals.append(refusal) }
  }

  /// Whether a place is refused already.
  func refuses(_ sheet: String, _ row: Int, _ column: String) -> Bool {
    refusals.contains { $0.sheet == sheet && $0.row == row && $0.column == column }
  }

  /// - Throws: `xlsform.refused` with every reason, when there is one.
  func throwIfRefused() throws {
    guard !refusals.isEmpty else { return }
    var fields = Self.inOrder(refusals).prefix(Self.limit).map(\.fieldProblem)
    let more = refusals.count - fields.count
    if more > 0 {
      fields.append(
        FieldProblem("file", Phrase("另外还有 \(more) 处。", "There are \(more) more places like these.")))
    }
    throw Problem(
      "xlsform.refused", status: 422,
      Phrase("这个表格里有几处不能用，所以没有导入。", "Some of this form cannot be used, so nothing was imported."),
      advice: Phrase("请按下面写的改好，再上传一次。", "Please correct the places below and send it again."),
      fields: fields)
  }

  /// By sheet, then from top to bottom.
  static func inOrder(_ warnings: [XLSFormWarning]) -> [XLSFormWarning] {
    let ranks = ["survey": 0, "choices": 1, "settings": 2]
    return warnings.enumerated().sorted { one, other in
      let left = (ranks[one.element.sheet.lowercased()] ?? 3, one.element.row ?? 0, one.offset)
      let right = (ranks[other.element.sheet.lowercased()] ?? 3, other.element.row ?? 0, other.offset)
      return left < right
    }.map(\.element)
  }
}
