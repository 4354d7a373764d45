import Interop
import Kernel

@testable import Surveys

/// A workbook written in a test, sheet by sheet: headings and then rows, all of them text.
struct FormWorkbook {
  var survey: [[String]]
  var choices: [[String]] = []
  var settings: [[String]] = []
  /// Further sheets by their names.
  var others: [(name: String, rows: [[String]])] = []

  func bytes() throws -> [UInt8] {
    var tables: [SheetTable] = []
    func add(_ name: String, _ rows: [[String]]) {
      guard let headings = rows.first else { return }
      let cells = rows.dropFirst().map { $0.map { SheetTable.Cell($0) } }
      tables.append(SheetTable(name: name, headings: headings, rows: cells))
    }
    add("survey", survey)
    add("choices", choices)
    add("settings", settings)
    for other in others { add(other.name, other.rows) }
    return try XLSXWriter.write(tables)
  }

  func read() throws -> (definition: FormDefinition, warnings: [XLSFormWarning]) {
    try XLSFormImport.read(bytes())
  }

  /// Why it is refused: `survey 3 label`, one for each place; empty where it is not.
  func refusals() throws -> [String] {
    do {
      _ = try read()
      return []
    } catch let problem as Problem {
      return problem.fields.map { field in
        let place = field.field.split(separator: ".", maxSplits: 1).joined(separator: "/")
        return "\(place) \(field.line ?? 0)"
      }
    }
  }
}
