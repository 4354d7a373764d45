import Foundation
import Kernel
import TestKit
import Testing
import Web

@testable import Ledger

@Suite("What the columns of an unknown file mean")
struct StatementNamingTests {
  private static let text = """
    某某农商银行对账单,账号 6222,
    打印于 2026-11-26,共 2 笔,
    记账时刻,进账,出账,结余,来往方,来往方号,事由,编号
    2026-11-24 09:00:00,12.00,,112.00,王阿姨,6222,买菜 1000009,A1
    2026-11-25 09:00:00,,2.00,110.00,本行,,手续费,A2
    """

  private static func beginning(_ text: String = text) throws -> [(line: Int, cells: [String])] {
    try StatementFile.beginning(Array(text.utf8))
  }

  private static func row() throws -> HeadingRow {
    let beginning = try beginning()
    return try #require(
      StatementNaming.likely(StatementNaming.candidates(beginning), in: beginning))
  }

  @Test func `the headings are the texts before the first line of data`() throws {
    let row = try Self.row()
    #expect(row.line == 3)
    #expect(row.choices.map(\.heading) == ["记账时刻", "进账", "出账", "结余", "来往方", "来往方号", "事由", "编号"])
    let candidates = StatementNaming.candidates(try Self.beginning())
    #expect(candidates.map(\.line) == [1, 2, 3], "no line of data is one")
  }

  @Test func `a file without headings has none`() throws {
    for text in ["", "没有标题", "1,2\n3,4", "2026-11-25,1.00\n"] {
      let beginning = try Self.beginning(text.isEmpty ? " " : text)
      #expect(StatementNaming.candidates(beginning).isEmpty, "\(text)")
    }
  }

  @Test func `the same headings are the same, however wide they are written`() {
    let one = HeadingRow(line: 3, headings: ["Date", "金额(元)", "附言"])
    let other = HeadingRow(line: 9, headings: ["ＤＡＴＥ ", "金额（元）", " 附言"])
    #expect(one.digest == other.digest)
    #expect(one.digest != HeadingRow(line: 3, headings: ["Date", "金额(元)", "备注"]).digest)
  }

  @Test func `of two columns with one heading the first may be chosen`() {
    let row = HeadingRow(line: 1, headings: ["日期", "金额", "金额", "", "余额"])
    #expect(row.choices.map(\.position) == [0, 1, 4])
  }

  @Test func `what the headings suggest is filled in`() {
    let row = HeadingRow(
      line: 1, headings: ["交易日期", "贷方发生额", "借方发生额", "账户余额", "对方户名", "对方账号", "附言", "备注"])
    let values = StatementNaming.suggestion(row)
    #expect(
      values == [
        "date": "0", "incoming": "1", "outgoing": "2", "balance": "3", "name": "4", "account": "5",
        "texts": "6",
        "amounts": "separate",
      ])
  }

  private static func form(_ fields: [(String, String)]) -> Form {
    Form(fields: fields.map { Form.Field(name: $0.0, value: $0.1) })
  }

  private static let separate = [
    ("date", "0"), ("amounts", "separate"), ("incoming", "1"), ("outgoing", "2"), ("name", "4"),
    ("texts", "6"),
    ("serial", "none"),
  ]

  @Test func `a form becomes a mapping`() throws {
    let mapping = try StatementNamingForm.mapping(Self.form(Self.separate), of: Self.row())
    #expect(
      mapping
        == StatementMapping(
          date: "记账时刻", amounts: .separate(incoming: "进账", outgoing: "出账"), name: "来往方", texts: ["事由"]))
  }

  @Test func `each column is named once, and what is needed is there`() throws {
    let row = try Self.row()
    func wrong(_ fields: [(String, String)]) -> [String] {
      do {
        _ = try StatementNamingForm.mapping(Self.form(fields), of: row)
        return []
      } catch { return (error as? Problem)?.fields.map(\.field) ?? ["?"] }
    }
    #expect(wrong([]) == ["date", "amounts"])
    #expect(wrong([("date", "none"), ("amounts", "signed"), ("amount", "none")]) == ["date", "amount"])
    #expect(wrong([("date", "0"), ("amounts", "signed"), ("amount", "0")]) == ["amount"])
    #expect(wrong([("date", "8"), ("amounts", "signed"), ("amount", "-1")]) == ["date", "amount"])
    #expect(wrong([("date", "x"), ("amounts", "marked"), ("amount", "1")]) == ["date", "direction"])
    #expect(wrong(Self.separate + (0..<4).map { ("texts", String($0)) }) == ["texts"])
    #expect(wrong(Self.separate + [("balance", "6")]) == ["balance"])
  }

  @Test func `a column means what it was named, whatever else it could be called`() throws {
    // Headings that are the names of other columns.
    let text = "Date,Value date,Amount,Amount CNY,Account,Name\n2026-01-01,2026-01-02,9,-3.50,甲,6222\n"
    let mapping = StatementMapping(
      date: "Value date", amounts: .signed("Amount CNY"), name: "Account", account: "Name", texts: [])
    let statement = try BankStatement.read(Array(text.utf8), mapping: mapping, offsetSeconds: 28_800)
    #expect(BankFormatTests.shown(statement) == ["2|2026-01-02|-3.50|甲|6222||∅|∅"])
    #expect(statement.format.isMapped && statement.unknownHeadings.isEmpty)
  }

  @Test func `the code of a mapping tells it from every other`() {
    let mappings = [
      StatementMapping(date: "甲", amounts: .signed("乙"), texts: []),
      StatementMapping(date: "乙", amounts: .signed("甲"), texts: []),
      StatementMapping(date: "甲", amounts: .signed("乙"), texts: ["丙"]),
      StatementMapping(date: "甲", time: "丙", amounts: .signed("乙"), texts: []),
      StatementMapping(date: "甲", amounts: .marked("乙", direction: "丙"), texts: []),
    ]
    #expect(Set(mappings.map { StatementFormat($0).code }).count == mappings.count)
  }

  @Test("a look tells of every line, as lines or as problems", arguments: 1...30 as ClosedRange<UInt64>)
  func looks(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let mapping = StatementMapping(date: "哪天", amounts: .separate(incoming: "进", outgoing: "出"), texts: ["事"])
    var good = 0
    let rows = (0..<20).map { number -> String in
      if Bool.random(using: &random) {
        good += 1
        return "2026-11-25,\(number + 1).00,,菜"
      }
      return ["昨天,1.00,,菜", "2026-11-25,许多,,菜", "2026-11-25,,,菜", "2026-11-25,1.00,2.00,菜"].randomElement(
        using: &random) ?? ""
    }
    let file = Array((["哪天,进,出,事"] + rows).joined(separator: "\n").utf8)
    let look = try BankStatement.look(file, mapping: mapping, offsetSeconds: 28_800)
    #expect(look.lines.count == good && Set(look.problems.map(\.line)).count == 20 - good)
    #expect(Set(look.lines.map(\.line)).isDisjoint(with: look.problems.compactMap(\.line)))
  }
}
