import Interop
import Kernel
import TestKit
import Testing

@testable import Surveys

struct XLSFormExportTests {
  @Test func `what is exported is imported as it was`() throws {
    for seed in 0..<250 {
      let form = FormGenerator.form(seed: UInt64(seed))
      #expect(try XLSFormImport.read(XLSFormExport.bytes(of: form)).definition == form, "seed \(seed)")
    }
  }

  @Test func `sheets, columns and rows stand in one order`() throws {
    let chinese = FormLanguage("中文 (zh)")
    let english = FormLanguage("English (en)")
    let group = FormItem(
      name: "g", kind: .group,
      items: [FormItem(name: "q", kind: .rank(list: "l"), label: FormText([chinese: "排"]))])
    let form = FormDefinition(
      formID: "f", title: FormText([english: "T"]), languages: [chinese, english], defaultLanguage: english,
      lists: [
        FormChoiceList(name: "l", choices: [FormChoice(name: "1", label: .none, columns: [.init("x", "y")])])
      ],
      items: [group])
    let tables = try XLSXReader.read(XLSFormExport.bytes(of: form))
    #expect(tables.map(\.name) == ["survey", "choices", "settings"])
    #expect(
      tables[0].headings.prefix(6) == [
        "type", "name", "label::中文 (zh)", "label::English (en)", "hint::中文 (zh)", "hint::English (en)",
      ])
    #expect(tables[0].headings.count == 11 + 5 * 2)
    #expect(tables[0].rows.map { $0.cells[0].text } == ["begin group", "rank l", "end group"])
    #expect(tables[1].headings == ["list_name", "name", "label::中文 (zh)", "label::English (en)", "x"])
    #expect(tables[2].rows.first?.cells.map(\.text) == ["T", "f", "", "English (en)", "no", "yes", "T"])
  }

  /// Anything at all in the cells: a form without faults that comes back, or reasons; never a wrong form.
  @Test func `cells of all sorts give a form or reasons`() throws {
    var random = SeededGenerator(seed: 11)
    let words = [
      "", "", "text", "integer", "select_one l", "select_multiple l", "begin group", "end group", "note",
      "range", "q",
      "p", "a b", "1", "yes", "TRUE", "${q}", "${q} = 1", "${", "(", "“", "label", "l", "label::x", "hint",
      "type", "name",
      "relevant", "start=0 end=3 step=1", "\u{7}", "😀", "=1", "geopoint", "calculate", "default",
      "parameters",
    ]
    var taken = 0
    for _ in 0..<600 {
      func cells(_ columns: Int) -> [String] {
        (0..<columns).map { _ in words.randomElement(using: &random) ?? "" }
      }
      let type = ["text", "note", "integer", "calculate", "select_one l"].randomElement(using: &random) ?? ""
      let further = words.randomElement(using: &random) ?? ""
      let workbook = FormWorkbook(
        survey: [["type", "name", "label", further], ["text", "q", "Q"], [type] + cells(3), cells(4)],
        choices: [["list_name", "name", "label"], ["l", "1", "A"], ["l"] + cells(2)],
        settings: [["form_id", "default_language"], cells(2)])
      do {
        let form = try workbook.read().definition
        taken += 1
        #expect(FormCheck.problems(of: form).allSatisfy { !$0.isFault })
        #expect(try XLSFormImport.read(XLSFormExport.bytes(of: form)).definition == form)
      } catch {
        #expect((error as? Problem)?.fields.isEmpty == false)
      }
    }
    #expect((1..<600).contains(taken))
  }
}
