import Interop
import Kernel

/// Bills of the payment services, for merchants, and the headings that most banks share.
extension StatementFormat {
  private typealias Column = StatementColumn

  static let wallets: [StatementFormat] = [weChatFunds, weChatTrades, alipayAccount, alipayTrades]

  /// 微信支付资金账单, from published samples: a backtick before each cell, so that no spreadsheet takes it for a number; at
  /// the end a row of names and a row of numbers, the counts and sums of what came in and went out.
  private static let weChatFunds = StatementFormat(
    "wechat.funds", Phrase("微信支付资金账单", "WeChat Pay fund bill"), .marked, totals: .weChatFunds,
    // 业务凭证号 is our number of the payment or of the refund, whichever the line is; 微信支付业务单号 is the service's.
    numbers: NumberColumns(payment: .note, refund: .note, transaction: .account),
    [
      Column.date.required("记账时间"), Column.direction.required("收支类型"), Column.amount.required("收支金额(元)"),
      Column.balance.headed("账户结余(元)"), Column.serial.required("资金流水单号"), Column.account.headed("微信支付业务单号"),
      Column.summary.headed("业务名称"), Column.purpose.headed("业务类型"), Column.postscript.headed("备注"),
      Column.note.headed("业务凭证号"),
    ])

  /// 微信支付交易账单, from published samples: as the fund bill; a payment has its amount in 应结订单金额, a refund in 退款金额.
  /// Fees stand in a column of their own and are no part of the amounts.
  private static let weChatTrades = StatementFormat(
    "wechat.trades", Phrase("微信支付交易账单", "WeChat Pay trade bill"), .separate, totals: .weChatTrades,
    voidStates: ["FAIL"], numbers: NumberColumns(payment: .postscript, refund: .note, transaction: .serial),
    [
      Column.date.required("交易时间"), Column.incoming.required("应结订单金额", or: "总金额"),
      Column.outgoing.required("退款金额"), Column.currency.headed("货币种类"), Column.serial.required("微信订单号"),
      Column.account.headed("用户标识"), Column.state.headed("退款状态"), Column.summary.headed("商品名称"),
      Column.purpose.headed("商户数据包"), Column.postscript.required("商户订单号"), Column.note.headed("商户退款单号"),
    ])

  /// 支付宝账务明细, from published samples: GB18030; comments that begin with `#` before and after, the last of them with
  /// counts and sums; cells that end with a tab; what went out as a negative number; the other side as `name (account)`.
  private static let alipayAccount = StatementFormat(
    "alipay.account", Phrase("支付宝账务明细", "Alipay account bill"), .separateWithMinus, totals: .alipayAccount,
    numbers: NumberColumns(payment: .postscript),
    [
      Column.date.required("发生时间"), Column.incoming.required("收入金额（+元）"),
      Column.outgoing.required("支出金额（-元）"), Column.balance.headed("账户余额（元）"),
      Column.serial.required("账务流水号"), Column.party.headed("对方账号"), Column.summary.headed("商品名称"),
      Column.purpose.headed("业务类型"), Column.postscript.headed("商户订单号"), Column.note.headed("备注"),
    ])

  /// 支付宝业务明细, from published samples: as the account bill; 商家实收 is what the merchant gets, negative for refunds, with
  /// the service fee in a column of its own.
  private static let alipayTrades = StatementFormat(
    "alipay.trades", Phrase("支付宝业务明细", "Alipay trade bill"), .signed, totals: .alipayTrades,
    numbers: NumberColumns(payment: .postscript, transaction: .serial),
    [
      Column.date.required("完成时间"), Column.amount.required("商家实收（元）"), Column.serial.required("支付宝交易号"),
      Column.account.headed("对方账户"), Column.summary.headed("商品名称"), Column.purpose.headed("业务类型"),
      Column.postscript.headed("商户订单号"), Column.note.headed("备注"),
    ])

  static let commonPrefix = "common."

  /// What most banks call their columns, for those that are not named above. 邮政储蓄银行 is read by these: no sample of its
  /// files could be found.
  static let common: [StatementFormat] = ["date", "moment"].flatMap { when in
    [("separate", Amounts.separate), ("signed", .signed), ("marked", .marked)].map { name, amounts in
      StatementFormat(
        "\(commonPrefix)\(when).\(name)", Phrase("银行流水（常见列名）", "bank statement with common headings"),
        amounts,
        commonDates(when == "date") + commonAmounts(amounts) + commonTexts)
    }
  }

  private static func commonDates(_ hasOwnTime: Bool) -> [TableColumn] {
    let dates = ["交易日期", "记账日期", "入账日期", "交易日", "日期"]
    guard hasOwnTime else { return [Column.date.column("交易时间", ["记账时间", "入账时间"] + dates, true)] }
    return [
      Column.date.column(dates[0], Array(dates.dropFirst()), true), Column.time.headed("交易时间", or: "时间"),
    ]
  }

  private static func commonAmounts(_ amounts: Amounts) -> [TableColumn] {
    let amount = Column.amount.required("交易金额", or: "金额", "发生额", "收支金额")
    switch amounts {
    case .separate, .separateWithMinus:
      return [
        Column.incoming.required("收入金额", or: "收入", "贷方发生额", "贷方金额", "贷方", "转入金额", "存入金额", "入账金额"),
        Column.outgoing.required("支出金额", or: "支出", "借方发生额", "借方金额", "借方", "转出金额", "支取金额", "出账金额"),
      ]
    case .signed: return [amount]
    case .marked:
      return [
        amount,
        Column.direction.required(
          "借贷标志", or: "借贷", "借/贷", "借贷方向", "收/支", "收支", "收支类型", "收支方向", "收付标志", "收/付"),
      ]
    }
  }

  private static let commonTexts: [TableColumn] = [
    Column.balance.headed("余额", or: "账户余额", "交易后余额", "本次余额"), Column.currency.headed("币种", or: "币别", "货币"),
    Column.name.headed("对方户名", or: "对方名称", "对方账户名称", "对方单位", "交易对方", "对手户名"),
    Column.account.headed("对方账号", or: "对方账户", "对方卡号", "对方帐号"),
    Column.serial.headed("交易流水号", or: "流水号", "核心流水号"), Column.summary.headed("摘要", or: "交易摘要"),
    Column.purpose.headed("用途", or: "交易用途"), Column.postscript.headed("附言", or: "交易附言", "客户附言"),
    Column.note.headed("备注", or: "交易备注"),
  ]
}
