import Kernel
import Testing

@testable import Interop

struct SheetGridTests {
  private func rows(_ cells: String, strings: String = "", styles: String = "") throws -> [SheetGrid.Row] {
    let sheet = "<worksheet><sheetData>" + cells + "</sheetData></worksheet>"
    let zip = StoredZip.workbook(sheet: sheet, strings: strings, styles: styles)
    return try StoredWorkbook(zip.bytes).grid(0).rows
  }

  @Test func `cells keep their places and kinds`() throws {
    let styles = #"<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#
    let read = try rows(
      """
      <row r="2"><c r="B2" t="s"><v>0</v></c><c r="D2"><v>1.0</v></c></row><row r="4"><c r="A4"/></row>\
      <row r="9"><c r="A9" t="b"><v>1</v></c><c r="B9" t="e"><v>#N/A</v></c><c r="C9" s="1"><v>46349</v></c>\
      <c r="D9"><v>1.23E+17</v></c><c r="E9"><f>D2*2</f><v>2</v></c><c r="F9" t="d"><v>2026-11-23</v></c></row>
      """, strings: "<sst><si><t>甲</t></si></sst>", styles: styles)
    #expect(read.map(\.number) == [2, 9])
    #expect(
      read[0].cells == [
        SheetGrid.Cell(column: 2, kind: .text, text: "甲"),
        SheetGrid.Cell(column: 4, kind: .number, text: "1.0"),
      ])
    #expect(read[1].cells.map(\.kind) == [.boolean, .fault, .date, .unplainNumber, .number, .date])
    #expect(read[1].cells.map(\.text) == ["TRUE", "#N/A", "2026-11-23", "1.23E+17", "2", "2026-11-23"])
    #expect(read[1].cells.map(\.isFormula) == [false, false, false, false, true, false])
  }

  @Test func `sheets are read by their place, and only where they are asked for`() throws {
    let tables = ["一", "二"].map { SheetTable(name: $0, headings: [$0], rows: []) }
    let workbook = try StoredWorkbook(XLSXWriter.write(tables))
    #expect(workbook.sheetNames == ["一", "二"])
    #expect(try workbook.grid(1).rows.map { $0.cells.map(\.text) } == [["二"]])
    let problem = #expect(throws: Problem.self) { try workbook.grid(2) }
    #expect(problem?.code == "file.damaged")
  }

  @Test func `limits hold, and say where`() throws {
    func code(_ cells: String) -> String? {
      do {
        _ = try rows(cells)
        return nil
      } catch { return (error as? Problem)?.code }
    }
    let row = "<row><c><v>1</v></c></row>"
    #expect(code(String(repeating: row, count: 20_001)) == nil)
    #expect(code(String(repeating: row, count: 20_002)) == "file.too_many_rows")
    let long = String(repeating: "长", count: 32_768)
    #expect(code("<row><c t=\"str\"><v>\(long)</v></c></row>") == "file.cell_too_long")
    #expect(code(#"<row><c r="GT1"><v>1</v></c></row>"#) == "file.too_many_columns")
  }

  @Test func `the old format and other files are told apart`() {
    for (bytes, code) in [
      ([0xD0, 0xCF, 0x11, 0xE0] as [UInt8], "file.old_spreadsheet"), ([1, 2, 3], "file.damaged"),
    ] {
      let problem = #expect(throws: Problem.self) { try StoredWorkbook(bytes) }
      #expect(problem?.code == code)
    }
  }
}
