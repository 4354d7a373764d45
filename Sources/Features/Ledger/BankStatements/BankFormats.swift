import Interop
import Kernel

/// The banks. Beside each: what its rows look like, and whether that was seen in samples that people published, or is
/// known from public descriptions alone. No file of a bank was at hand itself.
extension StatementFormat {
  private typealias Column = StatementColumn

  static let banks: [StatementFormat] = [
    icbcPersonal, icbcBusiness, ccbPersonal, ccbDetail, ccbBusiness, abcPersonal, abcBusiness, bocPersonal,
    bocBusiness, cmbPersonal, cmbDetail, cmbBusiness, bocomPersonal,
  ]

  /// 工商银行, personal, from published samples: a preamble with card and sub-account; `2023-05-02`; every cell padded
  /// with spaces and a tab; a comma more at the end of a row than the headings have; `-` in empty amounts; a last row
  /// `人民币合计` with both sums. Cards may show amounts in another currency beside those booked; the booked ones count.
  private static let icbcPersonal = StatementFormat(
    "icbc.personal", Phrase("工商银行（个人）", "ICBC, personal"), .separate, totals: .sumRow,
    [
      Column.date.required("交易日期"), Column.incoming.required("记账金额(收入)"),
      Column.outgoing.required("记账金额(支出)"), Column.currency.headed("记账币种"), Column.balance.headed("余额"),
      Column.name.headed("对方户名"), Column.account.headed("对方账户", or: "对方账号"), Column.summary.headed("摘要"),
      Column.purpose.headed("交易详情"), Column.postscript.headed("交易场所"),
    ])

  /// 工商银行, enterprise, from a published sample: a preamble `[HISTORYDETAIL]`; `2026-04-16 11:09:16`; empty cells on the
  /// side that did not move.
  private static let icbcBusiness = StatementFormat(
    "icbc.business", Phrase("工商银行（企业）", "ICBC, enterprise"), .separate,
    [
      Column.date.required("交易时间"), Column.incoming.required("转入金额"), Column.outgoing.required("转出金额"),
      Column.balance.headed("余额"), Column.name.headed("对方单位"), Column.account.headed("对方账号"),
      Column.serial.required("凭证号"), Column.summary.headed("摘要"), Column.purpose.headed("用途"),
      Column.postscript.headed("附言"),
    ])

  /// 建设银行, personal, from a published sample: a preamble with branch and account; `20260923` and `08:06:45`.
  private static let ccbPersonal = StatementFormat(
    "ccb.personal", Phrase("建设银行（个人）", "CCB, personal"), .separate,
    [
      Column.date.required("交易日期"), Column.time.headed("交易时间"), Column.incoming.required("收入"),
      Column.outgoing.required("支出"), Column.balance.headed("账户余额"), Column.currency.headed("币种"),
      Column.name.headed("对方户名"), Column.account.headed("对方账号"), Column.summary.headed("摘要"),
      Column.postscript.required("交易地点"),
    ])

  /// 建设银行, the list of all movements, from published samples: `20211025`, `-298.00`, the other side as
  /// `account/name`.
  private static let ccbDetail = StatementFormat(
    "ccb.detail", Phrase("建设银行（活期明细）", "CCB, list of movements"), .signed,
    [
      Column.date.required("交易日期"), Column.amount.required("交易金额"), Column.balance.headed("账户余额"),
      Column.currency.headed("币别"), Column.party.required("对方账号与户名"), Column.summary.headed("摘要"),
      Column.postscript.headed("交易地点/附言"),
    ])

  /// 建设银行, enterprise, from a published sample: `20260410 17:07:09`; `0` on the side that did not move.
  private static let ccbBusiness = StatementFormat(
    "ccb.business", Phrase("建设银行（企业）", "CCB, enterprise"), .separate,
    [
      Column.date.required("交易时间"), Column.incoming.required("贷方发生额（收入）"),
      Column.outgoing.required("借方发生额（支取）"), Column.balance.headed("余额"), Column.currency.headed("币种"),
      Column.name.headed("对方户名"), Column.account.headed("对方账号"), Column.serial.headed("账户明细编号-交易流水号"),
      Column.summary.headed("摘要"), Column.note.headed("备注"),
    ])

  /// 农业银行, personal, from published samples: `20240101` and `123456` or no time; `+10000.00`, `-10.00`, `+0.00`; the
  /// other side's name or account in one cell.
  private static let abcPersonal = StatementFormat(
    "abc.personal", Phrase("农业银行（个人）", "ABC, personal"), .signed,
    [
      Column.date.required("交易日期"), Column.time.headed("交易时间"), Column.amount.required("交易金额"),
      Column.balance.required("本次余额"), Column.party.required("对手信息", or: "对方信息"),
      Column.serial.headed("日志号"), Column.summary.headed("交易摘要"), Column.postscript.headed("交易附言"),
    ])

  /// 农业银行, enterprise, from public descriptions: two rows before the headings, `2026-01-02 10:11:12`, rows with sums at
  /// the end.
  private static let abcBusiness = StatementFormat(
    "abc.business", Phrase("农业银行（企业）", "ABC, enterprise"), .separate,
    [
      Column.date.required("交易时间"), Column.incoming.required("收入金额"), Column.outgoing.required("支出金额"),
      Column.balance.required("本次余额", or: "账户余额"), Column.name.headed("对方户名", or: "对方账户名"),
      Column.account.headed("对方账号"), Column.summary.headed("交易摘要", or: "摘要"),
      Column.purpose.headed("交易用途", or: "用途"), Column.postscript.headed("交易附言", or: "附言"),
    ])

  /// 中国银行, personal, from a published sample: one line before the headings; `2025-08-22` and `17:57:17`;
  /// `"-2,600.00"`; dashes in empty cells.
  private static let bocPersonal = StatementFormat(
    "boc.personal", Phrase("中国银行（个人）", "Bank of China, personal"), .signed,
    [
      Column.date.required("记账日期"), Column.time.headed("记账时间"), Column.currency.headed("币别"),
      Column.amount.required("金额"), Column.balance.headed("余额"), Column.name.required("对方账户名"),
      Column.account.headed("对方卡号/账号"), Column.summary.required("交易名称"), Column.postscript.headed("附言"),
    ])

  /// 中国银行, enterprise, from published samples: a preamble with account and sums; headings in two languages;
  /// `20260703`, `+267.10`, `-50.00`; payer and payee both named.
  private static let bocBusiness = StatementFormat(
    "boc.business", Phrase("中国银行（企业）", "Bank of China, enterprise"), .signed,
    [
      Column.date.required("交易日期", or: "交易日期[ Transaction Date ]"),
      Column.time.headed("交易时间", or: "交易时间[ Transaction time ]"),
      Column.currency.headed("交易货币", or: "交易货币[ Trade Currency ]"),
      Column.amount.required("交易金额", or: "交易金额[ Trade Amount ]"),
      Column.balance.headed("交易后余额", or: "交易后余额[ After-transaction balance ]"),
      Column.serial.headed("交易流水号", or: "交易流水号[ Transaction reference number ]"),
      Column.payerName.required("付款人名称", or: "付款人名称[ Payer's Name ]"),
      Column.payerAccount.headed("付款人账号", or: "付款人账号[ Debit Account No. ]"),
      Column.payeeName.required("收款人名称", or: "收款人名称[ Payee's Name ]"),
      Column.payeeAccount.headed("收款人账号", or: "收款人账号[ Payee's Account Number ]"),
      Column.summary.headed("摘要", or: "摘要[ Reference ]"), Column.purpose.headed("用途", or: "用途[ Purpose ]"),
      Column.postscript.headed("交易附言", or: "交易附言[ Remark ]"), Column.note.headed("备注", or: "备注[ Remarks ]"),
    ])

  /// 招商银行, personal, from published samples: lines that begin with `#` before and after; cells that begin with a tab;
  /// `20231203` and `12:56:16`.
  private static let cmbPersonal = StatementFormat(
    "cmb.personal", Phrase("招商银行（个人）", "CMB, personal"), .separate,
    [
      Column.date.required("交易日期"), Column.time.headed("交易时间"), Column.incoming.required("收入"),
      Column.outgoing.required("支出"), Column.balance.headed("余额"), Column.summary.headed("交易类型"),
      Column.note.required("交易备注"),
    ])

  /// 招商银行, the list of all movements, from a published sample: `2024-01-01`, `"-1,000.00"`, name and account in one
  /// cell.
  private static let cmbDetail = StatementFormat(
    "cmb.detail", Phrase("招商银行（交易流水）", "CMB, list of movements"), .signed,
    [
      Column.date.required("记账日期"), Column.currency.headed("货币"), Column.amount.required("交易金额"),
      Column.balance.required("联机余额"), Column.party.headed("对手信息"), Column.summary.headed("交易摘要"),
      Column.note.headed("客户摘要"),
    ])

  /// 招商银行, enterprise, from public descriptions: a long preamble; 借方 what went out, 贷方 what came in.
  private static let cmbBusiness = StatementFormat(
    "cmb.business", Phrase("招商银行（企业）", "CMB, enterprise"), .separate,
    [
      Column.date.required("交易日", or: "交易日期"), Column.time.headed("交易时间"),
      Column.incoming.required("贷方金额", or: "贷方(入账)"), Column.outgoing.required("借方金额", or: "借方(出账)"),
      Column.balance.headed("余额"), Column.currency.headed("币种"), Column.name.required("收(付)方名称"),
      Column.account.headed("收(付)方账号", or: "收(付)方帐号"), Column.serial.headed("流水号", or: "交易流水号"),
      Column.summary.headed("摘要"), Column.purpose.headed("用途"), Column.note.headed("其它摘要", or: "其他摘要"),
    ])

  /// 交通银行, personal, from published samples: `2024-02-02` and `13:15:12`; `借 Dr` and `贷 Cr`; headings in one language
  /// or in two.
  private static let bocomPersonal = StatementFormat(
    "bocom.personal", Phrase("交通银行（个人）", "BoCom, personal"), .marked,
    [
      Column.date.required("交易日期", or: "Trans Date 交易日期"), Column.time.headed("交易时间", or: "Trans Time 交易时间"),
      Column.direction.required("借贷", or: "Dc Flg 借贷"), Column.amount.required("交易金额", or: "Trans Amt 交易金额"),
      Column.balance.headed("余额", or: "Balance 余额"),
      Column.account.headed("对方账号", or: "Payment Receipt Account 对方账号"),
      Column.name.headed("对方户名", or: "Payment Receipt Account Name 对方户名"),
      Column.summary.headed("摘要", or: "Abstract 摘要"), Column.purpose.headed("交易类型", or: "Trading Type 交易类型"),
      Column.postscript.required("交易地点", or: "Trading Place 交易地点"),
    ])
}
