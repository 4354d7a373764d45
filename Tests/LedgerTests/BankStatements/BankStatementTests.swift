import Interop
import Kernel
import Security
import TestKit
import Testing

@testable import Ledger

@Suite struct BankStatementTests {
  private static let headings = "交易日期,交易时间,收入金额,支出金额,余额,对方户名,对方账号,流水号,摘要,附言\n"

  private static func problem(_ text: String, mapping: StatementMapping? = nil) -> Problem? {
    do {
      _ = try BankStatement.read(
        Array(text.utf8), mapping: mapping, offsetSeconds: BankFormatTests.china)
      return nil
    } catch {
      return error as? Problem
    }
  }

  @Test(arguments: [
    ("2026-02-30,,5.00,,,,,,,", "date"), ("昨天,,5.00,,,,,,,", "date"),
    ("2026-01-03,25:00,5.00,,,,,,,", "date"),
    (",,5.00,,,,,,甲,", "date"), ("2026-01-03,,五元,,,,,,,", "incoming"),
    ("2026-01-03,,5.001,,,,,,,", "incoming"),
    ("2026-01-03,,,\"1,23\",,,,,,", "outgoing"), ("2026-01-03,,5.00,,余额,,,,,", "balance"),
    ("2026-01-03,,,,9,,,,甲,", "incoming"), ("2026-01-03,,5,6,9,,,,甲,", "incoming"),
    ("2026-01-03,,1e3,,,,,,,", "incoming"), ("2026-01-03,,,99999999999999,,,,,,", "outgoing"),
  ])
  func `one wrong line is named with its column, and nothing is taken`(row: String, column: String) {
    let good = "2026-01-02,,1.00,,,,,,甲,\n"
    let problem = Self.problem("某银行\n" + Self.headings + good + row + "\n" + good)
    #expect(problem?.code == "statement.lines")
    #expect(problem?.fields.map(\.line) == [4])
    #expect(problem?.fields.map(\.field) == [column])
  }

  @Test func `every wrong line is named`() {
    let problem = Self.problem(Self.headings + "x,,1,,,,,,,\n2026-01-01,,1,,,,,,,\n2026-01-01,,x,,y,,,,,\n")
    #expect(problem?.fields.map { "\($0.line ?? 0) \($0.field)" } == ["2 date", "4 incoming", "4 balance"])
  }

  @Test func `a foreign currency is refused`() {
    let problem = Self.problem("交易日期,收入,支出,币种,摘要\n2026-01-01,5,,美元,甲\n2026-01-01,5,,人民币,甲")
    #expect(problem?.fields.map { "\($0.line ?? 0) \($0.field)" } == ["2 currency"])
  }

  @Test func `a negative amount takes back, and what went neither way is passed over`() throws {
    let marked = try BankFormatTests.read(
      "日期,收/支,金额,摘要\n2026-01-01,收,-5.00,冲正\n2026-01-02,支,-6.00,冲正\n2026-01-03,不计收支,7.00,甲\n")
    #expect(marked.lines.map(\.amount) == [.fen(-500), .fen(600)])
    #expect(marked.remarks.map(\.line) == [4])
    let separate = try BankFormatTests.read(
      "日期,收入,支出,摘要\n2026-01-01,-5.00,,冲正\n2026-01-02,,-6.00,冲正\n")
    #expect(separate.lines.map(\.amount) == [.fen(-500), .fen(600)])
    #expect(
      Self.problem("日期,收/支,金额,摘要\n2026-01-01,转,5.00,甲\n")?.fields.map(\.field) == ["direction"])
  }

  @Test func `a movement whose text looks like a comment or a sum is a movement`() throws {
    let statement = try BankFormatTests.read(
      "摘要,交易日期,收入,支出\n#12 青菜,2026-01-01,5.00,\n合计两份,2026-01-01,6.00,\n# 以上,,,\n合计,,11.00,\n一共两笔,,,\n")
    #expect(statement.lines.map(\.remittance) == ["#12 青菜", "合计两份"])
    #expect(statement.remarks.map(\.line) == [4, 5, 6])
  }

  @Test func `a damaged file ends in a problem or in lines, and never ends the program`() throws {
    let text =
      "银行\n" + Self.headings + "2026-01-02,08:05,\"1,234.50\",,9.00,甲,6201,S1,转账,1000019\n"
      + "2026-01-03,,,-99.99,9.00,乙,6202,S2,\"a,b\",x\n合计,,1234.50,99.99\n"
    var random = SeededGenerator(seed: 52)
    var readable = 0
    for _ in 0..<250 {
      var bytes = Array(text.utf8)
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0...2, using: &random) {
        case 0: bytes[place] = "0123456789,.-+#\"\n`\t:/¥".utf8.randomElement(using: &random) ?? 0
        case 1: bytes.remove(at: place)
        default: bytes.insert(.random(in: 0...255, using: &random), at: place)
        }
      }
      do {
        let statement = try BankStatement.read(bytes, offsetSeconds: BankFormatTests.china)
        readable += 1
        #expect(!statement.lines.isEmpty && statement.lines.allSatisfy { $0.amount != .zero })
      } catch {
        #expect(error is Problem)
      }
    }
    #expect((20...230).contains(readable))
  }

  @Test func `what is no statement is told apart`() {
    #expect(Self.problem("姓名,电话\n甲,1\n")?.code == "statement.unknown")
    #expect(Self.problem("")?.code == "statement.unknown")
    #expect(Self.problem(Self.headings)?.code == "statement.empty")
    #expect(Self.problem(Self.headings + "没有符合条件的记录\n")?.code == "statement.empty")
    #expect(Self.problem("PK\u{3}\u{4}")?.code == "statement.spreadsheet")
    #expect(Self.problem(Self.headings + "2026-01-01,\"5\n")?.code == "file.quote_unclosed")
    #expect(
      Self.problem(Self.headings + "2026-01-01,,5,,,,,,,甲,乙,丙\n")?.fields.map(\.line) == [2])
  }

  @Test func `a sum row that does not fit the lines is refused`() {
    func text(_ sum: String) -> String {
      "交易日期,摘要,记账金额(收入),记账金额(支出),记账币种,余额,对方户名\n2026-01-01,甲,5.00,,人民币,5.00,乙\n人民币合计,,\(sum),0.00\n"
    }
    #expect(Self.problem(text("5.00")) == nil)
    #expect(Self.problem(text("5.01"))?.fields.map(\.line) == [3])
  }

  @Test func `columns chosen by hand are read where no bank is recognised`() throws {
    let text = "团购收款\n哪天,何时,多少,谁,哪个号,说明一,说明二\n2026-01-03,0805,-,甲,1,乙,丙\n"
    #expect(Self.problem(text)?.code == "statement.unknown")
    func mapping(_ amounts: StatementMapping.Amounts) -> StatementMapping {
      StatementMapping(
        date: "哪天", time: "何时", amounts: amounts, name: "谁", account: "哪个号", texts: ["说明二", "说明一"])
    }
    func read(_ text: String, _ amounts: StatementMapping.Amounts) throws -> [String] {
      BankFormatTests.shown(
        try BankStatement.read(
          Array(text.utf8), mapping: mapping(amounts), offsetSeconds: BankFormatTests.china))
    }
    #expect(
      try read("哪天,何时,多少,谁,哪个号,说明一,说明二\n2026-01-03,08:05,-3.5,甲,1,乙,丙", .signed("多少"))
        == ["2|2026-01-03 08:05:00|-3.50|甲|1|丙；乙|∅|∅"])
    #expect(
      try read(
        "哪天,何时,进,出,谁,哪个号,说明一,说明二\n2026-01-03,08:05,,3.5,甲,1,乙,丙", .separate(incoming: "进", outgoing: "出"))
        == ["2|2026-01-03 08:05:00|-3.50|甲|1|丙；乙|∅|∅"])
    #expect(
      try read("哪天,何时,多少,方向,谁,哪个号,说明一,说明二\n2026-01-03,08:05,3.5,收,甲,1,乙,丙", .marked("多少", direction: "方向"))
        == ["2|2026-01-03 08:05:00|3.50|甲|1|丙；乙|∅|∅"])
    #expect(Self.problem("a,b\n1,2\n", mapping: mapping(.signed("多少")))?.code == "statement.unknown")
  }

  @Test(arguments: [
    ("12", 1_200), ("12.5", 1_250), ("1,234,567.89", 123_456_789), ("¥12.00", 1_200), ("-￥12", -1_200),
    ("￥-12", -1_200), ("+0.01", 1), ("−3", -300), ("１２．５０", 1_250), ("12.500", 1_250), ("12.0000000", 1_200),
    ("CNY 8", 800), ("¥ -8 元", -800), ("- 8", -800), ("8元", 800), ("0.00", 0), ("-0.00", 0), (" 9 ", 900),
  ])
  func `amounts are read as banks write them`(text: String, fen: Int64) {
    #expect(StatementAmount.fen(text) == fen)
  }

  @Test(arguments: [
    "", "-", "1,23", "1,2345", ",123", "12.345", "1.2.3", "1e3", "--1", "+-1", "(1)", "1 2 x", "5 6", "1 000",
    "5元6", "NaN", "٣",
    "1,234.5,6", "100000000000.00",
  ])
  func `other texts are no amounts`(text: String) {
    #expect(StatementAmount.fen(text) == nil)
  }

  @Test(arguments: [
    ("2026-11-23", "", "2026-11-23T00:00:00", false), ("2026/1/3", "", "2026-01-03T00:00:00", false),
    ("2026.11.23", "8:05", "2026-11-23T08:05:00", true), ("20261123", "080530", "2026-11-23T08:05:30", true),
    ("20261123", "80530", "2026-11-23T08:05:30", true), ("20261123080530", "", "2026-11-23T08:05:30", true),
    ("20261123 08:05:30", "", "2026-11-23T08:05:30", true),
    ("2026年11月23日", "08:05", "2026-11-23T08:05:00", true),
    ("2026-11-23T08:05:30", "", "2026-11-23T08:05:30", true),
    ("2026-11-23 16：33：45", "", "2026-11-23T16:33:45", true),
    ("2026-11-23", "00:00:00", "2026-11-23T00:00:00", true),
  ])
  func `dates are read as banks write them`(date: String, time: String, moment: String, hasTime: Bool) {
    let read = StatementMoment.read(date: date, time: time)
    #expect(read?.civil == CivilDateTime(iso: moment))
    #expect(read?.hasTime == hasTime)
  }

  @Test(arguments: [
    "", "2026", "2026-13-01", "2026-02-29", "26-11-23", "11/23/2026", "2026112", "202611231",
    "2026-11-23 24:00",
    "2026-11-23 08", "今天", "2026-11-23 8.5x", "20261123 0805",
  ])
  func `other texts are no dates`(text: String) {
    #expect(StatementMoment.read(date: text) == nil)
  }

  // MARK: digests

  private static func day(_ number: Int, _ random: inout SeededGenerator) -> [String] {
    (0..<Int.random(in: 0...6, using: &random)).map { _ in
      let amount = Int.random(in: 1...2, using: &random)
      let name = ["甲", "乙"].randomElement(using: &random) ?? ""
      return "2026-01-\(number < 10 ? "0" : "")\(number),,\(amount).00,,,\(name),,,附言,"
    }
  }

  private static func digests(_ days: [[String]]) throws -> [Digest] {
    let rows = days.flatMap { $0 }
    guard !rows.isEmpty else { return [] }
    return try BankFormatTests.read(headings + rows.joined(separator: "\n")).lines.map(\.digest)
  }

  @Test func `files that overlap add exactly what is new, however alike their lines are`() throws {
    var random = SeededGenerator(seed: 51)
    for _ in 0..<25 {
      let days = (1...12).map { Self.day($0, &random) }
      let cut = Int.random(in: 0...11, using: &random)
      let end = Int.random(in: cut...11, using: &random)
      let first = try Self.digests(Array(days[0...end]))
      let second = try Self.digests(Array(days[cut...].reversed()))
      let whole = try Self.digests(days)
      #expect(Set(whole).count == whole.count, "two lines of one file share a digest")
      #expect(Set(first).union(second) == Set(whole))
      #expect(try Set(Self.digests(days.map { $0.shuffled(using: &random) })) == Set(whole))
    }
  }

  @Test func `width and spaces change no digest, and any field does`() throws {
    func digest(_ row: String) throws -> Digest? {
      try BankFormatTests.read(Self.headings + row).lines.first?.digest
    }
    let plain = try digest("2026-01-03,08:05:00,5.00,,9.00,Li 4,62 01,S1,转账,1000019")
    #expect(plain != nil)
    #expect(try digest("\t20260103,080500,\"¥5\",,9,Ｌｉ　４,6201,Ｓ1,转 账,１０００019 ") == plain)
    for changed in [
      "2026-01-04,08:05:00,5.00,,9.00,Li 4,6201,S1,转账,1000019",
      "2026-01-03,,5.00,,9.00,Li 4,6201,S1,转账,1000019",
      "2026-01-03,08:05:00,5.01,,9.00,Li 4,6201,S1,转账,1000019",
      "2026-01-03,08:05:00,,5.00,9.00,Li 4,6201,S1,转账,1000019",
      "2026-01-03,08:05:00,5.00,,9.01,Li 4,6201,S1,转账,1000019",
      "2026-01-03,08:05:00,5.00,,,Li 4,6201,S1,转账,1000019",
      "2026-01-03,08:05:00,5.00,,9.00,Li 5,6201,S1,转账,1000019",
      "2026-01-03,08:05:00,5.00,,9.00,Li 46201,,S1,转账,1000019",
      "2026-01-03,08:05:00,5.00,,9.00,Li 4,6201,S2,转账,1000019",
      "2026-01-03,08:05:00,5.00,,9.00,Li 4,6201,S1,转账,1000018",
    ] {
      #expect(try digest(changed) != plain, "\(changed)")
    }
  }
}
