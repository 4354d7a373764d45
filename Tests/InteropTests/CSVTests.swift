import Kernel
import TestKit
import Testing

@testable import Interop

struct CSVTests {
  private func code(_ text: String) -> String? { code(Array(text.utf8)) }

  private func code(_ bytes: [UInt8]) -> String? {
    do {
      _ = try CSVReader.read(bytes)
      return nil
    } catch { return (error as? Problem)?.code }
  }

  private func line(_ text: String) -> Int? {
    do {
      _ = try CSVReader.read(Array(text.utf8))
      return nil
    } catch { return (error as? Problem)?.fields.first?.line }
  }

  @Test func `what is written comes back cell by cell, in every form`() throws {
    var generator = SeededGenerator(seed: 2026)
    for _ in 0..<400 {
      let columns = Int.random(in: 1...6, using: &generator)
      let rows = (0..<Int.random(in: 0...8, using: &generator)).map { _ in
        // A row needs something in it: wholly empty ones are passed over.
        [.text("x" + generator.text())] + (1..<columns).map { _ in SheetTable.Cell(generator.text()) }
      }
      let headings = (0..<columns).map { "列\($0)" + generator.text() }
      let table = SheetTable(headings: headings, rows: rows)
      for form in CSVWriter.Form.allCases {
        let read = try CSVReader.read(
          CSVWriter(form).write(table), encoding: form == .gb18030 ? .gb18030 : .utf8)
        #expect(read.headings == headings)
        #expect(read.rows.map(\.cells) == rows)
      }
    }
  }

  @Test(arguments: ["=1+1", "+86", "-1", "@x", "\tx", "\rx", "＝1", "＋1", "－1", "＠1", "'=1", "''=1", "'@"])
  func `text that would run as a formula is disarmed, and comes back as it was`(text: String) throws {
    let guarded = FormulaGuard.guarded(text)
    #expect(guarded == "'" + text)
    #expect(FormulaGuard.unguarded(guarded) == text)
  }

  @Test(arguments: ["'", "it's", "'twas", "1-2", "a=b", "", "鸡蛋"])
  func `harmless text is left alone`(text: String) {
    #expect(FormulaGuard.guarded(text) == text)
    #expect(FormulaGuard.unguarded(text) == text)
  }

  @Test func `true numbers keep their sign, text that looks like one does not pass as one`() throws {
    let table = SheetTable(
      headings: ["n"], rows: [[.number("-12.50")], [.text("-12.50")], [.number("-1+1")], [.number("=1")]])
    let text = String(decoding: try CSVWriter(.plainUTF8).write(table), as: UTF8.self)
    #expect(text == "n\r\n-12.50\r\n'-12.50\r\n'-1+1\r\n'=1\r\n")
  }

  @Test(arguments: [",", ";", "\t"])
  func `comma, semicolon and tab are told apart by the headings`(delimiter: String) throws {
    let text =
      ["品名", "\"价,格;元\"", "产地"].joined(separator: delimiter) + "\n"
      + ["蛋", "1", ""].joined(separator: delimiter)
    let table = try CSVReader.read(Array(text.utf8))
    #expect(table.headings == ["品名", "价,格;元", "产地"])
    #expect(table.rows == [SheetTable.Row(line: 2, cells: [.text("蛋"), .text("1"), .empty])])
  }

  @Test func `rows know the line they begin on, across quoted line ends and empty lines`() throws {
    let table = try CSVReader.read(Array("a,b\r\n\"1\n2\r\n3\",x\r\n\r\n,\r\ny,z".utf8))
    #expect(table.rows.map(\.line) == [2, 7])
    #expect(table.rows.first?.cells.first == .text("1\n2\r\n3"))
  }

  @Test func `problems name their line`() {
    #expect(line("a,b\n1,2\n\"x,3\n4,5\n") == 3)
    #expect(line("a,b\n1,2\n3,\"x\"y\n") == 3)
    #expect(line("a,b\n1,2\n3,x\"y\n") == 3)
    #expect(line("a,b\n1,2\n3,4,5\n") == 3)
    #expect(line("a,b\n1,2\n3,\u{0}\n") == 3)
    #expect(line("a\n" + String(repeating: "长", count: 32_768)) == 2)
  }

  @Test func `each limit holds exactly`() throws {
    let full = "a\n" + String(repeating: "1\n", count: 20_000)
    #expect(try CSVReader.read(Array(full.utf8)).rows.count == 20_000)
    #expect(code(full + "1\n") == "file.too_many_rows")
    let wide = Array(repeating: "a", count: 200).joined(separator: ",")
    #expect(code(wide) == nil)
    #expect(code(wide + ",a") == "file.too_many_columns")
    #expect(code(String(repeating: ",", count: 3_000_000) + "a") == "file.too_many_columns")
    #expect(code([UInt8](repeating: 97, count: 5 << 20 + 1)) == "file.too_large")
    #expect(code("") == "file.empty")
    #expect(code("\n,,\n") == "file.empty")
  }

  @Test func `other files are named for what they are`() {
    #expect(throws: Problem.fileOldSpreadsheet) { try SheetReader.readNow([0xD0, 0xCF, 0x11, 0xE0, 0xA1]) }
    #expect(throws: Problem.fileIsUTF16) { try SheetReader.readNow([0xFF, 0xFE, 97, 0]) }
    #expect(throws: Problem.fileDamaged) { try SheetReader.readNow([0x50, 0x4B, 3, 4, 0]) }
  }

  @Test func `random bytes give a table or a problem`() {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<3000 {
      let alphabet: [UInt8] = [0x22, 0x2C, 10, 13, 0x41, 0xC4, 0xE3, 0xFF, 0x81, 0x30, 0xEF, 0xBB, 0xBF]
      let bytes = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
        alphabet.randomElement(using: &generator) ?? 0
      }
      do { _ = try CSVReader.read(bytes) } catch { #expect(error is Problem) }
    }
  }
}

struct TextEncodingTests {
  @Test func `GB18030 is told from UTF-8 and read, rare characters included`() throws {
    let text = "品名,价格\n土鸡蛋（30枚）,45.00\n𠮷野家😀,1"
    let bytes = try TextEncodingDetector.encode(text, as: .gb18030)
    #expect(bytes.starts(with: [0xC6, 0xB7, 0xC3, 0xFB]))
    #expect(try TextEncodingDetector.decode(bytes) == DecodedText(text: text, encoding: .gb18030))
    #expect(try TextEncodingDetector.decode(Array(text.utf8)) == DecodedText(text: text, encoding: .utf8))
    let marked = try TextEncodingDetector.encode(text, as: .utf8, marked: true)
    #expect(try TextEncodingDetector.decode(marked) == DecodedText(text: text, encoding: .utf8))
  }

  @Test func `the sender's word wins where bytes are valid in both`() throws {
    // 联通 in GBK is a valid pair of UTF-8 characters.
    let bytes: [UInt8] = [0xC1, 0xAA, 0xCD, 0xA8]
    #expect(try TextEncodingDetector.decode(bytes, as: .gb18030).text == "联通")
  }

  @Test func `a damaged byte is named with its place`() throws {
    var bytes = Array("品名\n鸡蛋\n豆腐".utf8)
    bytes[14] = 0xFF
    let problem = #expect(throws: Problem.self) { try TextEncodingDetector.decode(bytes) }
    #expect(problem?.code == "file.encoding")
    #expect(problem?.fields.first?.line == 3)
    #expect(problem?.fields.first?.message.english == "Line 3: byte 15 of the file is no UTF-8 text.")
  }

  @Test func `a UTF-8 file cut inside a character is not taken for GB18030`() {
    // Both bytes of the cut character form a pair of GB18030.
    let bytes = Array(Array("品名,鸡蛋豆腐".utf8).dropLast(1))
    let problem = #expect(throws: Problem.self) { try TextEncodingDetector.decode(bytes) }
    #expect(problem?.fields.first?.message.english == "Line 1: byte 17 of the file is no UTF-8 text.")
  }

  @Test func `a damaged GB18030 file is named as one`() throws {
    var bytes = try TextEncodingDetector.encode("品名\n鸡蛋\n豆腐", as: .gb18030)
    bytes[10] = 0xFF
    let problem = #expect(throws: Problem.self) { try TextEncodingDetector.decode(bytes) }
    #expect(problem?.fields.first?.message.english == "Line 3: byte 11 of the file is no GB18030 text.")
  }
}

struct TableImportTests {
  private let columns = [
    TableColumn("name", Phrase("品名", "Name"), aliases: ["商品名称", "product"], isRequired: true),
    TableColumn("price", Phrase("价格", "Price"), isRequired: true),
    TableColumn("origin", Phrase("产地", "Place of origin")),
  ]

  private func table(_ text: String) throws -> SheetTable { try CSVReader.read(Array(text.utf8)) }

  @Test(arguments: [
    "品名,价格,产地", "商品名称,价格（元）,产地*", "Name,PRICE,place_of_origin", " product ,Ｐｒｉｃｅ (CNY),origin",
  ])
  func `headings are understood in either language and however they are written`(headings: String) throws {
    let outcome = try TableImport(table(headings + "\n 鸡蛋 ,45,本地"), columns: columns).dryRun { row in
      [row["name"], row["price"], row["origin"]]
    }
    #expect(outcome.values.map(\.value) == [["鸡蛋", "45", "本地"]])
    #expect(outcome.unknownHeadings.isEmpty)
  }

  @Test func `missing and doubled columns are named before any row is read`() throws {
    let problem = #expect(throws: Problem.self) {
      try TableImport(table("品名,商品名称,备注\n1,2,3"), columns: columns)
    }
    #expect(problem?.fields.map(\.field) == ["name", "price"])
  }

  @Test func `every wrong line is reported, and nothing is given out while one is wrong`() throws {
    let file = try table("品名,价格,备注\n鸡蛋,45,x\n,12,x\n豆腐,很贵,x\n青菜,3.5,x")
    let read = try TableImport(file, columns: columns)
    #expect(!read.has("origin"))
    let outcome = read.dryRun { row -> String? in
      let name = row.required("name")
      let price = row.parsed("price", orReport: Phrase("不是价格。", "No price.")) { Money(typed: $0) }
      guard let name, let price else { return nil }
      return "\(name) \(price.display)"
    }
    #expect(outcome.values.map(\.line) == [2, 5])
    #expect(outcome.problems.map(\.line) == [3, 4])
    #expect(outcome.problems.map(\.field) == ["name", "price"])
    #expect(outcome.unknownHeadings == ["备注"])
    #expect(throws: Problem.invalid(outcome.problems)) { try outcome.complete() }
  }

  @Test func `text beyond its limit is reported`() throws {
    let read = try TableImport(table("品名,价格\n一二三四,1"), columns: columns)
    #expect(read.dryRun { $0.required("name", upTo: 3) }.problems.map(\.line) == [2])
    #expect(read.dryRun { $0.required("name", upTo: 4) }.problems.isEmpty)
    #expect(read.dryRun { row -> Void? in row.optional("origin").map { _ in } }.problems.isEmpty)
  }
}
