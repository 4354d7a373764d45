import Interop
import Kernel
import Testing

@testable import Ledger

/// Bills of WeChat Pay and Alipay, whose own totals must fit their lines.
@Suite struct WalletBillTests {
  private static let read = BankFormatTests.read
  private static let shown = BankFormatTests.shown

  private static func funds(_ totals: String = "`3,`2,`57.50,`1,`0.01") -> String {
    """
    记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号
    `2026-02-01 13:54:01,`5030,`4200000920202101197964319284,`交易,`交易,`收入,`56.00,`56.22,`16019API,`结算总金额56.00元,含手续费0.00元,`1000019
    `2026-02-01 14:00:45,`5031,`4201,`退款,`退款,`支出,`0.01,`56.21,`16019API,`,`S2021
    `2026-02-01 15:00:45,`5032,`4202,`交易,`交易,`收入,`1.50,`57.71,`16019API,`,`S2022
    资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额
    \(totals)
    """
  }

  @Test func `WeChat Pay fund bill, with commas inside its texts`() throws {
    let statement = try Self.read(Self.funds(), .utf8)
    #expect(statement.format.code == "wechat.funds")
    #expect(
      Self.shown(statement) == [
        "2|2026-02-01 13:54:01|56.00|∅|5030|交易；结算总金额56.00元,含手续费0.00元；1000019|4200000920202101197964319284|56.22",
        "3|2026-02-01 14:00:45|-0.01|∅|5031|退款；S2021|4201|56.21",
        "4|2026-02-01 15:00:45|1.50|∅|5032|交易；S2022|4202|57.71",
      ])
  }

  @Test func `quoted cells with backticks mean the same`() throws {
    let plain = try Self.read(Self.funds(), .utf8)
    let quoted = Self.funds().split(separator: "\n", omittingEmptySubsequences: false).map { row in
      row.hasPrefix("`")
        ? row.dropFirst().split(separator: ",`", omittingEmptySubsequences: false).map { "\"`\($0)\"" }
          .joined(separator: ",") : String(row)
    }
    #expect(try Self.read(quoted.joined(separator: "\n"), .gb18030).lines == plain.lines)
  }

  @Test(arguments: [
    "`4,`2,`57.50,`1,`0.01", "`3,`1,`57.50,`1,`0.01", "`3,`2,`57.51,`1,`0.01", "`3,`2,`57.50,`2,`0.01",
    "`3,`2,`57.50,`1,`0.02", "`3,`2,`x,`1,`0.01",
  ])
  func `a fund bill whose totals do not fit is refused`(totals: String) {
    let problem = #expect(throws: Problem.self) { try Self.read(Self.funds(totals), .utf8) }
    #expect(problem?.code == "statement.lines")
    #expect(problem?.fields.map(\.line) == [6])
  }

  private static func trades(_ totals: String = "`3,`56.00,`1.00,`0.00,`0.34000,`56.00,`1.00") -> String {
    """
    交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注
    `2026-01-28 15:35:18,`wx1,`1601,`0,`,`4200001,`O1,`oA,`NATIVE,`SUCCESS,`OTHERS,`CNY,`56.00,`0.00,`0,`0,`0.00,`0.00,`,`,`青菜,`1000019,`0.34000,`0.60%,`56.00,`0.00,`
    `2026-01-28 16:00:00,`wx1,`1601,`0,`,`4200001,`O1,`oA,`NATIVE,`REFUND,`OTHERS,`CNY,`0.00,`0.00,`5030,`R1,`0.50,`0.00,`ORIGINAL,`SUCCESS,`青菜,`1000019,`0.00000,`0.60%,`0.00,`0.50,`
    `2026-01-28 17:00:00,`wx1,`1601,`0,`,`4200001,`O1,`oA,`NATIVE,`REFUND,`OTHERS,`CNY,`0.00,`0.00,`5031,`R2,`0.50,`0.00,`ORIGINAL,`FAIL,`青菜,`1000019,`0.00000,`0.60%,`0.00,`0.50,`
    总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额
    \(totals)
    """
  }

  @Test func `WeChat Pay trade bill, in which a refund that failed moves nothing`() throws {
    let statement = try Self.read(Self.trades(), .utf8)
    #expect(statement.format.code == "wechat.trades")
    #expect(
      Self.shown(statement) == [
        "2|2026-01-28 15:35:18|56.00|∅|oA|青菜；1000019；O1|4200001|∅",
        "3|2026-01-28 16:00:00|-0.50|∅|oA|青菜；1000019；O1；R1|4200001|∅",
      ])
    #expect(statement.remarks.map(\.line) == [4, 5, 6])
  }

  @Test(arguments: [
    "`2,`56.00,`1.00,`0.00,`0.34,`56.00,`1.00", "`3,`56.01,`1.00,`0.00,`0.34,`56.00,`1.00",
    "`3,`56.00,`0.50,`0.00,`0.34,`56.00,`1.00",
  ])
  func `a trade bill whose totals do not fit is refused`(totals: String) {
    #expect(throws: Problem.self) { try Self.read(Self.trades(totals), .utf8) }
  }

  @Test func `a bill that ends before its totals is refused`() throws {
    for text in [Self.funds(), Self.trades(), Self.account()] {
      let rows = text.split(separator: "\n", omittingEmptySubsequences: false)
      let last = text == Self.account() ? 3 : 1
      for dropped in last...(last + 1) {
        let problem = #expect(throws: Problem.self) {
          try Self.read(rows.dropLast(dropped).joined(separator: "\n"), .utf8)
        }
        #expect(problem?.fields.map(\.field) == ["totals"])
      }
    }
  }

  private static func account(_ incoming: String = "2笔，共449.00元", _ outgoing: String = "1笔，共-0.12元") -> String
  {
    """
    #支付宝账务明细查询
    #账号：[20881234567890120156]
    #起始日期：[2026年12月28日 00:00:00]   终止日期：[2026年12月31日 00:00:00]
    #-----------------------------------------账务明细列表----------------------------------------
    账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额（+元）,支出金额（-元）,账户余额（元）,交易渠道,业务类型,备注
    54628333\t,2026122948\t,1000019\t,青菜\t,2026-12-29 20:31:32,卫五 (133****6888)\t,393.00,0.00,12261.39,支付宝,在线支付,
    54628334\t,2026122949\t,\t,\t,2026-12-29 20:31:33,\t,0.00,-0.12,12261.27,支付宝,收费,服务费[2026122948]
    54628335\t,2026122950\t,O2\t,豆腐\t,2026-12-30 08:00:00,蒋六 (jiang***@example.com)\t,56.00,0.00,12317.27,支付宝,在线支付,
    #-----------------------------------------账务明细列表结束------------------------------------
    #支出合计：\(outgoing)
    #收入合计：\(incoming)
    #导出时间：[2026年12月31日 13:19:01]
    """
  }

  @Test func `Alipay account bill`() throws {
    let statement = try Self.read(Self.account(), .gb18030)
    #expect(statement.format.code == "alipay.account")
    #expect(
      Self.shown(statement) == [
        "6|2026-12-29 20:31:32|393.00|卫五|133****6888|青菜；在线支付；1000019|54628333|12261.39",
        "7|2026-12-29 20:31:33|-0.12|∅|∅|收费；服务费[2026122948]|54628334|12261.27",
        "8|2026-12-30 08:00:00|56.00|蒋六|jiang***@example.com|豆腐；在线支付；O2|54628335|12317.27",
      ])
  }

  @Test(arguments: [
    ("3笔，共449.00元", "1笔，共-0.12元", 11), ("2笔，共449.01元", "1笔，共-0.12元", 11), ("2笔，共449.00元", "2笔，共-0.12元", 10),
    ("2笔，共449.00元", "1笔，共-0.13元", 10),
  ])
  func `an Alipay account bill whose totals do not fit is refused`(
    incoming: String, outgoing: String, line: Int
  ) {
    let problem = #expect(throws: Problem.self) { try Self.read(Self.account(incoming, outgoing), .gb18030) }
    #expect(problem?.fields.map(\.line) == [line])
  }

  private static func trades(paid: String, refunded: String) -> String {
    """
    #支付宝业务明细查询
    #-----------------------------------------业务明细列表----------------------------------------
    支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注
    2026100322\t,1000019\t,交易,青菜,2026-10-03 10:00:00,2026-10-03 10:00:30,,,,,buy***@example.com,35.80,35.80,0.00,0.00,0.00,0.00,0.00,,0.00,0.00,\t,-0.12,0.00,
    2026100323\t,O3\t,交易,豆腐,2026-10-03 10:00:00,2026-10-03 10:30:00,,,,,buy***@example.com,9.90,0.00,9.90,0.00,0.00,0.00,0.00,,0.00,0.00,\t,0.00,0.00,
    2026100322\t,1000019\t,退款,青菜,2026-10-03 10:00:00,2026-10-03 11:00:30,,,,,buy***@example.com,-5.80,-5.80,0.00,0.00,0.00,0.00,0.00,,0.00,0.00,R1\t,0.00,0.00,
    #-----------------------------------------业务明细列表结束------------------------------------
    #交易合计：2笔，商家实收共\(paid)元，商家优惠共0.00元
    #退款合计：1笔，商家实收退款共\(refunded)元，商家优惠退款共0.00元
    """
  }

  @Test func `Alipay trade bill`() throws {
    let statement = try Self.read(Self.trades(paid: "35.80", refunded: "-5.80"), .gb18030)
    #expect(statement.format.code == "alipay.trades")
    #expect(
      Self.shown(statement) == [
        "4|2026-10-03 10:00:30|35.80|∅|buy***@example.com|青菜；交易；1000019|2026100322|∅",
        "6|2026-10-03 11:00:30|-5.80|∅|buy***@example.com|青菜；退款；1000019|2026100322|∅",
      ])
    // A trade paid with coupons alone moves nothing, and counts in the bill.
    #expect(statement.remarks.map(\.line) == [5, 7, 8, 9])
    #expect(throws: Problem.self) { try Self.read(Self.trades(paid: "35.81", refunded: "-5.80"), .gb18030) }
    #expect(throws: Problem.self) { try Self.read(Self.trades(paid: "35.80", refunded: "-5.81"), .gb18030) }
  }
}
