import Interop
import Kernel
import Testing

@testable import Surveys

struct XLSFormTableTests {
  private typealias Cell = SheetGrid.Cell

  /// A survey with one column after type and name.
  private func read(
    _ heading: String, _ cells: [Cell], at rows: [Int]? = nil, collapsing: Bool = true
  ) -> (table: XLSFormTable, report: XLSFormReport) {
    var all = [
      SheetGrid.Row(
        number: 1,
        cells: ["type", "name", heading].enumerated().map {
          Cell(column: $0.offset + 1, kind: .text, text: $0.element)
        })
    ]
    for (index, cell) in cells.enumerated() {
      all.append(SheetGrid.Row(number: rows?[index] ?? index + 2, cells: [cell]))
    }
    var report = XLSFormReport()
    let table = XLSFormTable(
      SheetGrid(name: "survey", rows: all), as: .survey, language: .unnamed, collapsing: collapsing, &report)
    return (table, report)
  }

  private func cell(_ kind: Cell.Kind, _ text: String) -> Cell { Cell(column: 3, kind: kind, text: text) }

  @Test(arguments: [
    ("1.0", "1"), ("12", "12"), ("1.50", "1.5"), ("-0", "0"), ("100", "100"), ("-3.00", "-3"), ("0.5", "0.5"),
  ])
  func `whole numbers have no point`(_ stored: String, _ expected: String) {
    let (table, report) = read("default", [cell(.number, stored)])
    #expect(table.rows.map { $0[.defaultValue] } == [expected])
    #expect(report.refusals.isEmpty)
  }

  @Test func `text that looks like a number stays as it is`() {
    #expect(read("default", [cell(.text, "1.0")]).table.rows.map { $0[.defaultValue] } == ["1.0"])
  }

  @Test func `ticks are yes and no`() {
    #expect(read("required", [cell(.boolean, "TRUE")]).table.rows.map { $0[.required] } == ["TRUE"])
    #expect(XLSFormWord.expression("TRUE") == "true()")
    #expect(XLSFormWord.expression("No") == "false()")
    #expect(XLSFormWord.expression("yEs") == "yEs")
    #expect(XLSFormWord.expression("false()") == "false()")
  }

  @Test func `faults, long numbers and dates are refused, dates not as first answers`() {
    for kind in [Cell.Kind.fault, .unplainNumber, .date] {
      #expect(read("label", [cell(kind, "1E+17")]).report.refusals.map(\.row) == [2])
    }
    #expect(read("default", [cell(.date, "2026-11-23")]).report.refusals.isEmpty)
    #expect(read("label", [cell(.text, "a\u{7}")]).report.refusals.map(\.column) == ["label"])
  }

  @Test func `the form ends after sixty empty rows`() {
    func rows(_ second: Int) -> (table: XLSFormTable, report: XLSFormReport) {
      read("label", [cell(.text, "a"), cell(.text, "b")], at: [2, second])
    }
    #expect(rows(63).table.rows.map(\.number) == [2, 63])
    #expect(rows(64).table.rows.map(\.number) == [2])
    #expect(rows(64).report.warnings.map(\.row) == [64])
  }

  @Test func `columns end after twenty empty ones`() {
    func read(_ column: Int) -> XLSFormTable {
      let heads = [(1, "type"), (2, "name"), (column, "label")].map {
        Cell(column: $0.0, kind: .text, text: $0.1)
      }
      let row = SheetGrid.Row(number: 2, cells: [Cell(column: column, kind: .text, text: "x")])
      var report = XLSFormReport()
      let grid = SheetGrid(name: "survey", rows: [SheetGrid.Row(number: 1, cells: heads), row])
      return XLSFormTable(grid, as: .survey, language: .unnamed, collapsing: true, &report)
    }
    #expect(read(23).rows.count == 1)
    #expect(read(24).rows.isEmpty)
  }

  @Test func `a survey has its headings on the first row, each once`() {
    let cells = [Cell(column: 1, kind: .text, text: "type")]
    var report = XLSFormReport()
    let late = SheetGrid(name: "survey", rows: [SheetGrid.Row(number: 2, cells: cells)])
    _ = XLSFormTable(late, as: .survey, language: .unnamed, collapsing: true, &report)
    #expect(report.refusals.map(\.row) == [2])
    for heading in ["Type", "command", "name"] {
      #expect(read(heading, []).report.refusals.map(\.column) == [heading])
    }
  }

  @Test(arguments: [
    ("label", XLSFormHeading.text(.label, .unnamed)), ("caption", .text(.label, .unnamed)),
    ("Label :: 中文 (zh)", .text(.label, FormLanguage("中文 (zh)"))),
    ("label:English", .text(.label, FormLanguage("English"))), ("hint::default", .text(.hint, .unnamed)),
    ("Guidance Hint::x", .text(.guidanceHint, FormLanguage("x"))),
    ("jr:constraintMsg", .dropped(Phrase(same: ""))),
    ("bind:jr:constraintMsg:x", .text(.constraintMessage, FormLanguage("x"))),
    ("constraint message::x", .text(.constraintMessage, FormLanguage("x"))),
    ("requiredMsg", .text(.requiredMessage, .unnamed)), ("Relevance", .part(.relevant)),
    ("bind::relevant", .part(.relevant)), ("body::appearance", .part(.appearance)),
    ("control:appearance", .part(.appearance)), ("readonly", .part(.readOnly)),
    ("Read Only", .part(.readOnly)),
    ("calculate", .part(.calculation)), ("tag", .part(.name)), ("command", .part(.kind)),
    ("disabled", .disabled),
  ])
  func `headings are read as other tools read them`(_ title: String, _ meaning: XLSFormHeading) {
    let read = XLSFormHeading(title, on: .survey, usesTwoColons: title.contains("::"))
    if case .dropped = meaning, case .dropped = read { return }
    #expect(read == meaning)
  }

  @Test(arguments: ["label::", "label::a::b", "relevant::x", "trigger", "save_to", "bind::type"])
  func `headings that would lose something are refused`(_ title: String) {
    guard case .refused = XLSFormHeading(title, on: .survey, usesTwoColons: true) else {
      Issue.record("\(title) is taken")
      return
    }
  }

  @Test func `one colon is not enough where others have two`() {
    guard case .refused = XLSFormHeading("label:English", on: .survey, usesTwoColons: true) else {
      Issue.record("it is taken")
      return
    }
  }
}
