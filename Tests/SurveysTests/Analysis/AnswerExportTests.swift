import Interop
import Kernel
import Security
import TestKit
import Testing

@testable import Surveys

@Suite struct AnswerExportTests {
  @Test func `Several answers are a column for each option, and states have codes`() throws {
    let export = AnswerExport(
      SurveySample.data([
        ResponseAnswers(values: ["needs": "care talk", "lift": "no", "words": "=1+1"]),
        ResponseAnswers(refused: ["lift"], notAsked: ["why"]),
      ]))
    let names = export.columns.map(\.name)
    #expect(names.starts(with: ["way", "language", "lift", "why", "mood", "needs_1", "needs_2", "needs_3"]))
    func cell(_ name: String, _ row: Int) throws -> SheetTable.Cell {
      export.answers.rows[row].cells[try #require(names.firstIndex(of: name))]
    }
    #expect(try cell("needs_1", 0) == .number("0"))
    #expect(try cell("needs_2", 0) == .number("1"))
    #expect(try cell("lift", 0) == .number("2"))
    #expect(try cell("lift", 1) == .number("-8"))
    #expect(try cell("why", 1) == .number("-9"))
    #expect(try cell("mood", 0) == .empty)
    #expect(String(decoding: try CSVWriter().write(export.answers), as: UTF8.self).contains("'=1+1"))
  }

  @Test func `Names are such as SPSS takes, each once`() {
    var names = VariableNames()
    #expect(names.next("age") == "age")
    #expect(names.next("AGE") == "AGE_2")
    #expect(names.next("1st") == "v1st")
    #expect(names.next("by") == "by_2")
    let long = names.next(String(repeating: "x", count: 90))
    #expect(long.utf8.count <= 64)
    #expect(names.next(String(repeating: "x", count: 90)) != long)
  }

  @Test func `Quotes in labels are doubled and lines are one`() {
    #expect(SPSSSyntax.quoted("it's\nhere", 50) == "'it''s here'")
    #expect(SPSSSyntax.quoted("邻里邻里", 7) == "'邻里'")
  }
}
