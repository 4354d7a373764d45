import Interop
import Kernel
import Testing

@testable import Ledger

/// Files as each bank writes them, with invented people and amounts.
@Suite struct BankFormatTests {
  static let china = 8 * 3600

  static func read(_ text: String, encoding: TextEncoding = .utf8) throws -> BankStatement {
    try BankStatement.read(try TextEncodingDetector.encode(text, as: encoding), offsetSeconds: china)
  }

  /// Line, moment at the community's offset, amount, name, account, remittance: what a treasurer sees.
  static func shown(_ statement: BankStatement) -> [String] {
    statement.lines.map { line in
      let civil = CivilDateTime(line.moment, offsetSeconds: china)
      let moment = line.hasTime ? "\(civil.isoDate) \(civil.isoTime)" : civil.isoDate
      return [
        "\(line.line)", moment, line.amount.decimal, line.counterparty.name ?? "∅",
        line.counterparty.account ?? "∅", line.remittance, line.serial ?? "∅", line.balance?.decimal ?? "∅",
      ].joined(separator: "|")
    }
  }

  @Test func `ICBC, personal`() throws {
    let text = """
      明细查询文件下载

      卡号: 6222****9876,"卡别名: 团购"

      子账户序号: 00000,子账户类别: 活期,"子账户别名: "

      交易日期,摘要,交易详情,交易场所,交易国家或地区简称,钞/汇,交易金额(收入),交易金额(支出),交易币种,记账金额(收入),记账金额(支出),记账币种,余额,对方户名,对方账户
      2026-05-02     \t,"消费      \t","      \t","菜场       \t","CHN   \t",钞    \t,"-   \t","-   \t",-   \t,"      \t","1,013.40     \t",人民币  \t,"8,000.10     \t","张三      \t","6222****1111   \t",
      2026-05-01     \t,"他行汇入   \t","1000019 \t","      \t","CHN   \t",钞    \t,"-   \t","-   \t",-   \t,"1,234.56    \t","      \t",人民币  \t,"9,013.50     \t","李四      \t","6222****2222   \t",
       \

      人民币合计,,,,,,,,,"1,234.56          \t","1,013.40          \t",
      """
    let statement = try Self.read(text)
    #expect(statement.format.code == "icbc.personal")
    #expect(
      Self.shown(statement) == [
        "8|2026-05-02|-1013.40|张三|6222****1111|消费；菜场|∅|8000.10",
        "9|2026-05-01|1234.56|李四|6222****2222|他行汇入；1000019|∅|9013.50",
      ])
    #expect(statement.remarks.map(\.line) == [11])
    #expect(statement.lines[1].moment.description == "2026-04-30T16:00:00Z")
  }

  @Test func `ICBC, enterprise, in GB18030`() throws {
    let text = """
      [HISTORYDETAIL]
      凭证号,交易时间,对方单位,对方账号,转入金额,转出金额,余额,用途,摘要,附言
      A-001,2026-04-16 11:09:16,供应商甲,1001,,4000.00,7907.36,货款,货款,18841483
      A-002,2026-04-16 12:00:00,王五,1002,56.00,,7963.36,团购,,100 0019
      """
    let statement = try Self.read(text, encoding: .gb18030)
    #expect(statement.format.code == "icbc.business")
    #expect(
      Self.shown(statement) == [
        "3|2026-04-16 11:09:16|-4000.00|供应商甲|1001|货款；18841483|A-001|7907.36",
        "4|2026-04-16 12:00:00|56.00|王五|1002|团购；100 0019|A-002|7963.36",
      ])
  }

  @Test func `CCB, personal, list of movements and enterprise`() throws {
    let personal = try Self.read(
      "开户网点：测试\r\n账　　号：********1234\r\n"
        + "记账日,交易日期,交易时间,支出,收入,账户余额,币种,摘要,对方账号,对方户名,交易地点\r\n"
        + "20260924,20260923,08:06:45,,10.25,100,人民币,利息存入,,,\r\n"
        + "20260924,20260924,09:00:00,15,,85,人民币,转账支取,****9876,测试账户,测试银行\r\n")
    #expect(personal.format.code == "ccb.personal")
    #expect(
      Self.shown(personal) == [
        "4|2026-09-23 08:06:45|10.25|∅|∅|利息存入|∅|100.00",
        "5|2026-09-24 09:00:00|-15.00|测试账户|****9876|转账支取；测试银行|∅|85.00",
      ])
    let detail = try Self.read(
      """
      中国建设银行个人活期账户全部交易明细
      序号,摘要,币别,钞汇,交易日期,交易金额,账户余额,交易地点/附言,对方账号与户名
      1,银联入账,人民币元,钞,20211025,100.00,100.00,1000019,1234567890/甲公司
      2,消费,人民币元,钞,20211026,-298.00,-198.00,***,******0014/*动漫
      """)
    #expect(detail.format.code == "ccb.detail")
    #expect(
      Self.shown(detail) == [
        "3|2021-10-25|100.00|甲公司|1234567890|银联入账；1000019|∅|100.00",
        "4|2021-10-26|-298.00|*动漫|******0014|消费；***|∅|-198.00",
      ])
    let business = try Self.read(
      """
      账号,账户名称,交易时间,借方发生额（支取）,贷方发生额（收入）,余额,币种,对方户名,对方账号,对方开户机构,记账日期,摘要,备注,账户明细编号-交易流水号
      5300,某公司,20260410 17:07:09,40737.33,0,407812.09,人民币元,供应商乙,2001,开户行,20260410,电子转账,货款,13523
      """)
    #expect(business.format.code == "ccb.business")
    #expect(
      Self.shown(business) == ["2|2026-04-10 17:07:09|-40737.33|供应商乙|2001|电子转账；货款|13523|407812.09"])
  }

  @Test func `ABC, personal and enterprise`() throws {
    let personal = try Self.read(
      """
      交易日期,交易时间,交易摘要,交易金额,本次余额,对手信息,日 志 号,交易渠道,交易附言
      20240101,123456,转存,+10000.00,11000.00,赵六,369396693,超级网银,1000019
      20240103,,正常还款,-12345.89,1943.12,12341234123412341,111222333
      20240104,,利息税,+0.00,123.35,--,0000000000,,个人活期结息
      """)
    #expect(personal.format.code == "abc.personal")
    #expect(
      Self.shown(personal) == [
        "2|2024-01-01 12:34:56|10000.00|赵六|∅|转存；1000019|369396693|11000.00",
        "3|2024-01-03|-12345.89|∅|12341234123412341|正常还款|111222333|1943.12",
      ])
    // Nothing moved on the third.
    #expect(personal.remarks == [BankStatement.Remark(line: 4, text: "利息税；个人活期结息")])
    let business = try Self.read(
      """
      账户明细,
      账号：10-23,户名：某合作社
      交易时间,收入金额,支出金额,账户余额,对方账号,对方户名,交易用途,交易摘要
      2026-01-02 10:11:12,"1,000.00",,"1,000.00",62****1,孙七,转账,1000019
      合计,"1,000.00",0.00
      """)
    #expect(business.format.code == "abc.business")
    #expect(
      Self.shown(business) == ["4|2026-01-02 10:11:12|1000.00|孙七|62****1|1000019；转账|∅|1000.00"])
  }

  @Test func `Bank of China, personal and enterprise`() throws {
    let personal = try Self.read(
      """
      中国银行交易流水明细单
      记账日期,记账时间,币别,金额,余额,交易名称,渠道,网点名称,附言,对方账户名,对方卡号/账号,对方开户行,借记卡号
      2025-08-22,12:24:20,人民币,"-2,600.00","3,312.17",跨行转账,手机银行,-------------------,----------,周八,6226******5669,-------------------,3167
      """)
    #expect(personal.format.code == "boc.personal")
    #expect(
      Self.shown(personal) == ["3|2025-08-22 12:24:20|-2600.00|周八|6226******5669|跨行转账|∅|3312.17"])
    let business = try Self.read(
      """
      查询账号[ Inquirer account number ],1234567890123
      总笔数[ Total number ],2
      交易类型[ Transaction Type ],业务类型[ Business type ],付款人账号[ Debit Account No. ],付款人名称[ Payer's Name ],收款人账号[ Payee's Account Number ],收款人名称[ Payee's Name ],交易日期[ Transaction Date ],交易时间[ Transaction time ],交易货币[ Trade Currency ],交易金额[ Trade Amount ],交易后余额[ After-transaction balance ],交易流水号[ Transaction reference number ],摘要[ Reference ],用途[ Purpose ],交易附言[ Remark ],备注[ Remarks ]
      来账,小额普通,744800,吴九,1234567890123,某合作社,20260703,101500,CNY,+267.10,"2,719,648.72",T1,OBSS,,1000019,
      往账,跨行汇款,1234567890123,某合作社,50131,某贸易公司,20260705,,CNY,-50.00,"2,719,598.72",T2,,货款,,
      """, encoding: .gb18030)
    #expect(business.format.code == "boc.business")
    #expect(
      Self.shown(business) == [
        "4|2026-07-03 10:15:00|267.10|吴九|744800|OBSS；1000019|T1|2719648.72",
        "5|2026-07-05|-50.00|某贸易公司|50131|货款|T2|2719598.72",
      ])
  }

  @Test func `CMB, personal, list of movements and enterprise`() throws {
    let personal = try Self.read(
      "# 招商银行交易记录\r\n# 账号: [622588******1234]\r\n\r\n"
        + "交易日期,交易时间,收入,支出,余额,交易类型,交易备注\r\n"
        + "\"\t20231203\",\"\t12:56:16\",\"\",\"64.91\",\"221455.46\",\"\t银联在线支付\",\"\t拼菜\"\r\n"
        + "\"\t20231204\",\"\t08:00:00\",\"56.00\",\"\",\"221511.46\",\"\t汇入汇款\",\"\t1000019，谢谢\"\r\n"
        + "# 合计,2 笔,收入 56.00,支出 64.91\r\n")
    #expect(personal.format.code == "cmb.personal")
    #expect(
      Self.shown(personal) == [
        "5|2023-12-03 12:56:16|-64.91|∅|∅|银联在线支付；拼菜|∅|221455.46",
        "6|2023-12-04 08:00:00|56.00|∅|∅|汇入汇款；1000019，谢谢|∅|221511.46",
      ])
    let detail = try Self.read(
      """
      记账日期,货币,交易金额,联机余额,交易摘要,对手信息,客户摘要
      2024-01-01,CNY,"-1,000.00",271.66,转账汇款,郑十 66666666666666,转账
      """)
    #expect(detail.format.code == "cmb.detail")
    #expect(Self.shown(detail) == ["2|2024-01-01|-1000.00|郑十|66666666666666|转账汇款；转账|∅|271.66"])
    let business = try Self.read(
      """
      账号,123
      交易日,交易时间,起息日,交易类型,借方金额,贷方金额,余额,摘要,流水号,收(付)方名称,收(付)方帐号
      20260102,090807,20260102,转账汇入,,88.00,188.00,1000019,C1,钱一,6225
      """)
    #expect(business.format.code == "cmb.business")
    #expect(Self.shown(business) == ["3|2026-01-02 09:08:07|88.00|钱一|6225|1000019|C1|188.00"])
  }

  @Test(arguments: [
    "序号,交易日期,交易时间,交易类型,借贷,交易金额,余额,对方账号,对方户名,交易地点,摘要",
    "Serial Num 序号,Trans Date 交易日期,Trans Time 交易时间,Trading Type 交易类型,Dc Flg 借贷,Trans Amt 交易金额,Balance 余额,"
      + "Payment Receipt Account 对方账号,Payment Receipt Account Name 对方户名,Trading Place 交易地点,Abstract 摘要",
  ])
  func `BoCom, with headings in one language or two`(headings: String) throws {
    let statement = try Self.read(
      headings + "\n1,2024-02-02,13:15:12,信用卡还款,借 Dr,3.21,2334.62,6666,冯二,其他,\n"
        + "2,2024-04-04,11:46:44,其他交易,贷 Cr,10.00,184.69,7777,陈三,网络支付,1000019\n")
    #expect(statement.format.code == "bocom.personal")
    #expect(
      Self.shown(statement) == [
        "2|2024-02-02 13:15:12|-3.21|冯二|6666|信用卡还款；其他|∅|2334.62",
        "3|2024-04-04 11:46:44|10.00|陈三|7777|1000019；其他交易；网络支付|∅|184.69",
      ])
  }

  @Test(arguments: [
    ("交易日期,交易时间,收入金额,支出金额,余额,对方户名,摘要\n2026/1/3,08:05,5.00,,9,褚四,甲", "common.date.separate", "5.00"),
    ("交易时间;发生额;对方名称;附言\n2026年1月3日 08:05;-5.00;褚四;甲", "common.moment.signed", "-5.00"),
    ("日期\t借贷标志\t金额\t对方户名\t摘要\n2026.01.03 08:05\t贷\t5\t褚四\t甲", "common.date.marked", "5.00"),
    ("日期,收/支,金额,交易对方,备注\n20260103080500,支出,¥5.00,褚四,甲", "common.date.marked", "-5.00"),
  ])
  func `other banks, by the headings that most use`(text: String, code: String, amount: String) throws {
    let statement = try Self.read(text)
    #expect(statement.format.code == code)
    #expect(Self.shown(statement).map { $0.split(separator: "|")[2...3] } == [[amount[...], "褚四"]])
    #expect(statement.lines.allSatisfy { $0.moment.description.hasPrefix("2026-01-03T00:05") })
  }

  @Test
  func `unsigned amounts beside a column that says which way in unknown words are not taken for income`() {
    #expect {
      try Self.read("交易日期,交易金额,收付方向,摘要\n2026-01-03,5.00,1,甲\n2026-01-03,6.00,2,乙")
    } throws: {
      ($0 as? Problem)?.code == "statement.unknown"
    }
  }

  @Test func `codes are different, and every format is reached by its own headings`() {
    let codes = StatementFormat.all.map(\.code)
    #expect(Set(codes).count == codes.count)
    for format in StatementFormat.all {
      let headings = format.columns.map(\.label.chinese)
      #expect(StatementFormat.recognising(headings)?.code == format.code)
    }
  }
}
