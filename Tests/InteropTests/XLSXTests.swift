import Kernel
import TestKit
import Testing

@testable import Interop

struct XLSXTests {
  private func code(_ zip: StoredZip) -> String? { code(zip.bytes) }

  private func code(_ bytes: [UInt8]) -> String? {
    do {
      _ = try SheetReader.readNow(bytes)
      return nil
    } catch { return (error as? Problem)?.code ?? "\(error)" }
  }

  private func cells(_ rows: String, strings: String = "", styles: String = "", extra: String = "") throws
    -> [[SheetTable.Cell]]
  {
    let sheet = "<worksheet><sheetData>" + rows + "</sheetData></worksheet>"
    let zip = StoredZip.workbook(sheet: sheet, strings: strings, styles: styles, extra: extra)
    let table = try #require(try XLSXReader.read(zip.bytes).first)
    return [table.headings.map { SheetTable.Cell($0) }] + table.rows.map(\.cells)
  }

  @Test func `what is written comes back, several sheets with their names`() throws {
    var generator = SeededGenerator(seed: 99)
    for _ in 0..<40 {
      let tables = (0..<Int.random(in: 1...3, using: &generator)).map { number in
        SheetTable(
          name: "表\(number)", headings: ["甲", "乙=", "丙"],
          rows: (0..<Int.random(in: 0...12, using: &generator)).map { _ in
            let number = Money.fen(Int64.random(in: -99_999_999...99_999_999, using: &generator)).decimal
            return [.text("x" + generator.text()), .number(number), SheetTable.Cell(generator.text())]
          })
      }
      let read = try XLSXReader.read(XLSXWriter.write(tables))
      #expect(read.map(\.name) == tables.map(\.name))
      for (one, other) in zip(read, tables) {
        #expect(one.headings == other.headings)
        for (row, expected) in zip(one.rows, other.rows) {
          #expect(row.line == expected.line)
          #expect(row.cells[0] == expected.cells[0])
          #expect(row.cells[2] == expected.cells[2])
          #expect(Double(row.cells[1].text) == Double(expected.cells[1].text))
        }
        #expect(one.rows.count == other.rows.count)
      }
    }
  }

  @Test func `a long number is written as text, so that no digit changes`() throws {
    let card = "6222020200112233445"
    let read = try XLSXReader.read(XLSXWriter.write([SheetTable(headings: ["卡号"], rows: [[.number(card)]])]))
    #expect(read.first?.rows.first?.cells == [.text(card)])
  }

  @Test func `sheet names are made to fit`() {
    let tables = ["", "a/b:c", "团购", "团购", String(repeating: "长", count: 40), "'x'"].map {
      SheetTable(name: $0, headings: [], rows: [])
    }
    let names = XLSXWriter.sheetNames(tables)
    #expect(names.prefix(4) == ["Sheet1", "abc", "团购", "团购 2"])
    #expect(Set(names).count == 6)
    #expect(names.allSatisfy { (1...31).contains($0.utf16.count) })
  }

  @Test func `text too long for a cell is refused with its line`() {
    let table = SheetTable(
      headings: ["a"], rows: [[.text("b")], [.text(String(repeating: "长", count: 32_768))]])
    let problem = #expect(throws: Problem.self) { try XLSXWriter.write([table]) }
    #expect(problem?.code == "file.cell_too_long")
    #expect(problem?.fields.first?.line == 3)
  }

  @Test func `cells of every kind are read as people see them`() throws {
    let read = try cells(
      """
      <row r="2"><c r="A2" t="inlineStr"><is><t>甲</t></is></c><c r="B2" t="s"><v>0</v></c>\
      <c r="D2" t="str"><v>丁</v></c></row>\
      <row r="5"><c r="A5"><v>12.5</v></c><c r="B5" t="b"><v>1</v></c><c r="C5" t="e"><v>#N/A</v></c>\
      <c r="D5"><f>A5*2</f><v>25</v></c></row><row r="6"><c r="A6"><v>0.30000000000000004</v></c>\
      <c r="B6"><v>1E-3</v></c><c r="C6"><v>1.2345E+5</v></c><c r="D6" t="inlineStr"><is><t>a_x000A_b</t></is></c></row>
      """, strings: "<sst><si><r><t>乙</t></r><r><t>二</t></r><rPh><t>yi</t></rPh></si></sst>")
    #expect(read[0] == [.text("甲"), .text("乙二"), .empty, .text("丁")])
    #expect(read[1] == [.number("12.5"), .text("TRUE"), .text("#N/A"), .text("25")])
    #expect(read[2] == [.number("0.3"), .number("0.001"), .number("123450"), .text("a\nb")])
  }

  @Test func `dates become text, in both day counts`() throws {
    let styles = """
      <styleSheet><numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/>\
      <numFmt numFmtId="171" formatCode="&quot;day&quot; 0.0 [Red]"/></numFmts><cellXfs><xf numFmtId="0"/>\
      <xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs></styleSheet>
      """
    let rows = """
      <row><c t="inlineStr"><is><t>h</t></is></c></row><row><c s="1"><v>46349</v></c></row>\
      <row><c s="2"><v>46349.336805555555</v></c></row><row><c s="1"><v>0.75</v></c></row>\
      <row><c s="3"><v>46349</v></c></row><row><c s="0"><v>46349</v></c></row><row><c s="1"><v>1</v></c></row>\
      <row><c s="1"><v>61</v></c></row>
      """
    #expect(
      try cells(rows, styles: styles).dropFirst().map { $0[0].text } == [
        "2026-11-23", "2026-11-23T08:05", "18:00", "46349", "46349", "1900-01-01", "1900-03-01",
      ])
    let from1904 = try cells(rows, styles: styles, extra: #"<workbookPr date1904="1"/>"#)
    #expect(from1904[1][0] == .text("2030-11-24"))
  }

  @Test func `document types, entities and other encodings are refused`() {
    let body =
      #"<worksheet><sheetData><row><c t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>"#
    #expect(code(StoredZip.workbook(sheet: body)) == nil)
    for head in [
      #"<!DOCTYPE x>"#, #"<!DOCTYPE x [<!ENTITY a "b">]>"#, #"<!DOCTYPE x SYSTEM "file:///etc/passwd">"#,
      #"<?xml version="1.0" encoding="UTF-16"?>"#, #"<?xml version="1.0" encoding="utf-7"?>"#, "\u{0}",
      "<!ELEMENT a ANY>",
    ] {
      #expect(code(StoredZip.workbook(sheet: head + body)) == "file.damaged", "\(head)")
    }
    let utf16 = body.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    var zip = StoredZip.workbook(sheet: "")
    zip.entries[3].content = [0xFF, 0xFE] + utf16
    #expect(code(zip) == "file.damaged")
  }

  @Test func `deep nesting is refused`() {
    func nested(_ depth: Int) -> String {
      let inner = #"<row><c t="inlineStr"><is><t>x</t></is></c></row>"#
      return String(repeating: "<a>", count: depth) + inner + String(repeating: "</a>", count: depth)
    }
    #expect(code(StoredZip.workbook(sheet: nested(60))) == nil)
    #expect(code(StoredZip.workbook(sheet: nested(61))) == "file.damaged")
    #expect(code(StoredZip.workbook(sheet: nested(100_000))) == "file.damaged")
  }

  @Test func `archives that unpack to much, or to other than they say, are refused`() throws {
    let bomb = try XLSXWriter.write([
      SheetTable(
        headings: ["a"],
        rows: (0..<60).map { [.text(String(repeating: "a", count: 32_000) + "\($0)")] })
    ])
    #expect(bomb.count < 200_000)
    #expect(code(bomb) == "file.unpacks_too_large")
    var zip = StoredZip.workbook(sheet: "<worksheet/>")
    zip.entries += (0..<200).map { ("x\($0)", []) }
    #expect(code(zip) == "file.unpacks_too_large")
    zip = StoredZip.workbook(sheet: "<worksheet/>")
    zip.statedSizes["xl/worksheets/sheet1.xml"] = 51 << 20
    #expect(code(zip) == "file.unpacks_too_large" || code(zip) == "file.damaged")
    for lie: UInt32 in [0, 5, 100_000] {
      zip.statedSizes["xl/worksheets/sheet1.xml"] = lie
      #expect(code(zip) == "file.damaged")
    }
    zip = StoredZip.workbook(sheet: "<worksheet/>")
    zip.entries.append(zip.entries[0])
    #expect(code(zip) == "file.damaged")
  }

  @Test func `a document of more than ten megabytes is read`() throws {
    let row = "<row><c t=\"str\"><v>" + String(repeating: "鸡蛋", count: 1000) + "</v></c></row>"
    let sheet = "<worksheet><sheetData>" + String(repeating: row, count: 2000) + "</sheetData></worksheet>"
    let content = Array(sheet.utf8)
    #expect(content.count > 12_000_000)
    let part = SheetPart(name: "", strings: [], styles: .none, countsFrom1904: false)
    #expect(try part.read(content)?.rows.count == 1999)
  }

  @Test func `limits of a sheet hold, and say where`() throws {
    func sheet(_ rows: String) -> StoredZip {
      StoredZip.workbook(sheet: "<worksheet><sheetData>" + rows + "</sheetData></worksheet>")
    }
    let cell = "<c><v>1</v></c>"
    #expect(code(sheet((0...20_000).map { _ in "<row>\(cell)</row>" }.joined())) == nil)
    #expect(code(sheet((0...20_001).map { _ in "<row>\(cell)</row>" }.joined())) == "file.too_many_rows")
    #expect(code(sheet("<row>" + String(repeating: cell, count: 200) + "</row>")) == nil)
    #expect(code(sheet("<row>" + String(repeating: cell, count: 201) + "</row>")) == "file.too_many_columns")
    #expect(code(sheet(#"<row><c r="XFD1"><v>1</v></c></row>"#)) == "file.too_many_columns")
    #expect(code(sheet(#"<row><c r="ZZZZZZZZZZZZZZZZZZZZ1"><v>1</v></c></row>"#)) == "file.too_many_columns")
    #expect(code(sheet(#"<row r="9999999999"><c><v>1</v></c></row>"#)) == "file.damaged")
    #expect(code(sheet(#"<row r="-1"><c><v>1</v></c></row>"#)) == "file.damaged")
    #expect(code(sheet(#"<row><c t="s"><v>7</v></c></row>"#)) == "file.damaged")
    #expect(
      code(sheet(#"<row r="1">\#(cell)</row><row r="7">\#(cell)\#(cell)</row>"#)) == "file.row_too_long")
    #expect(code(sheet("")) == "file.empty")
  }

  @Test(.timeLimit(.minutes(2)))
  func `five hundred mutated files give a table or a problem`() throws {
    var generator = SeededGenerator(seed: 500)
    let table = SheetTable(
      headings: ["品名", "价格"], rows: (0..<30).map { [.text("鸡蛋 \($0)"), .number("\($0).50")] })
    let packed = try XLSXWriter.write([table, table])
    let plain = StoredZip.workbook(
      sheet:
        #"<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>46349.5</v></c></row>"#
        + #"<row r="2"><c r="A2" t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>"#,
      strings: "<sst><si><t>甲</t></si></sst>",
      styles: #"<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#)
    var read = 0
    for number in 0..<500 {
      // Half of them inside the documents with the archive intact, so that the XML reader is reached.
      var zip = plain
      var bytes = packed
      if number % 2 == 0 {
        let part = Int.random(in: 0..<zip.entries.count, using: &generator)
        mutate(&zip.entries[part].content, &generator)
        bytes = zip.bytes
      } else {
        mutate(&bytes, &generator)
      }
      do {
        _ = try SheetReader.readNow(bytes)
        read += 1
      } catch { #expect(error is Problem) }
    }
    #expect((1..<500).contains(read))
  }

  private func mutate(_ bytes: inout [UInt8], _ generator: inout SeededGenerator) {
    for _ in 0..<Int.random(in: 1...6, using: &generator) where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &generator)
      let length = Int.random(in: 1...min(40, bytes.count - place), using: &generator)
      switch Int.random(in: 0..<6, using: &generator) {
      case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      case 1: bytes[place] = UInt8.random(in: 0...255, using: &generator)
      case 2: bytes.removeSubrange(place..<place + length)
      case 3: bytes.insert(contentsOf: bytes[place..<place + length], at: place)
      case 4: bytes.removeLast(min(length, bytes.count))
      default:
        bytes.insert(
          contentsOf: ["<", ">", "&", "\"", "99999999999", "-"].randomElement(using: &generator)?.utf8
            ?? "".utf8, at: place)
      }
    }
  }
}
