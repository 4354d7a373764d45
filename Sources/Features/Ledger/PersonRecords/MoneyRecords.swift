import Database
import Kernel
import People
import Security

/// The Ledger's part of the map of data: what its tables keep about persons.
enum MoneyRecords {
  /// What the part is called.
  static let name = Phrase("钱款和账目", "Money and accounts")

  /// - Parameter orders: selects the identifiers of the orders that are somebody's, in trade's own words.
  static func all(ordersOf orders: @escaping @Sendable (DataSubject) -> Query) -> PersonRecords {
    let money: Subject = { MoneySubject(subject: $0, orders: orders($0)) }
    return PersonRecords(
      name,
      tables: [
        payments(money), refunds(money), vouchers(money), accounts(money), journals(money), entries(money),
        statementLines(money), payouts(money), handovers, uploads,
      ],
      acts: acts, impersonal: impersonal,
      obstacles: { try UnsettledMoney.sentences(of: money($0), $1) },
      erase: { try money($0).stopWaiting(in: $1) })
  }

  /// Says which rows are about somebody.
  private typealias Subject = @Sendable (DataSubject) -> MoneySubject

  // MARK: - Why it stays

  /// Why the books stay when a person goes.
  private static let booksAreKept = PersonDataEnding.kept(
    Phrase(
      "账目要依法保存，不能改也不能删（《会计法》第二十三条、《电子商务法》第三十一条）。里面没有姓名和电话。",
      "Books are kept by law and never changed or deleted (Accounting Law art. 23, E-Commerce Law art. 31). They hold no name and no telephone number."
    ))

  /// Why lines of statements stay, though they name who paid.
  private static let statementsAreKept = PersonDataEnding.kept(
    Phrase(
      "银行和支付平台的流水是会计凭证，要依法保存（《会计法》第二十三条）。付款人、账号和附言是加密存放的，只有账房能看。",
      "Statements of banks and payment services are accounting records and kept by law (Accounting Law art. 23). Payer, account and words are kept encrypted, for the money office alone."
    ))

  // MARK: - Tables

  /// Payments for the person's orders.
  private static func payments(_ money: @escaping Subject) -> PersonTable {
    PersonTable(
      "ledger_payment", Phrase("付款", "Payments"), ending: booksAreKept,
      columns: [
        PersonColumn("created_at", Phrase("开始的时间", "Begun at"), .moment),
        PersonColumn("order_id", Phrase("订单（内部编号）", "Order (internal number)"), .number),
        PersonColumn("channel", Phrase("付款方式", "Way of paying"), channels),
        PersonColumn("amount", Phrase("金额", "Amount"), .money),
        PersonColumn("state", Phrase("状态", "State"), .choice(Payment.State.names)),
        PersonColumn("received_at", Phrase("收到的时间", "Received at"), .moment),
        PersonColumn("refunded", Phrase("其中退回", "Of that given back"), .money),
        PersonColumn("reference", Phrase("转账附言码", "Code for the remittance text")),
        PersonColumn("transaction_number", Phrase("支付平台的单号", "Number at the payment service")),
        PersonColumn("expires_at", Phrase("付款期限", "Payable until"), .moment),
      ]
    ) { money($0).ofOrders }
  }

  /// What was refunded of them.
  private static func refunds(_ money: @escaping Subject) -> PersonTable {
    PersonTable(
      // The table asks for a value beside the other way: what is left is the byte that names the cipher.
      "ledger_refund", Phrase("退款", "Refunds"),
      ending: .clearedLater("agreement = substr(agreement, 1, 1)"),
      columns: [
        PersonColumn("promised_at", Phrase("答应退的时间", "Promised at"), .moment),
        PersonColumn("order_id", Phrase("订单（内部编号）", "Order (internal number)"), .number),
        PersonColumn("channel", Phrase("退款方式", "Way of refunding"), channels),
        PersonColumn("amount", Phrase("金额", "Amount"), .money),
        PersonColumn("reason", Phrase("原因", "Reason"), .choice(Refund.Reason.names)),
        PersonColumn("state", Phrase("状态", "State"), .choice(Refund.State.names)),
        PersonColumn("paid_at", Phrase("退到的时间", "Refunded at"), .moment),
        PersonColumn("other_way", Phrase("改用的方式", "Paid another way"), .choice(Payout.Way.names)),
        PersonColumn("agreement", Phrase("您怎么同意的", "How you agreed"), .sealed(.finance, row: "id")),
      ]
    ) { money($0).ofOrders }
  }

  /// What the household was given out of funds.
  private static func vouchers(_ money: @escaping Subject) -> PersonTable {
    PersonTable(
      "ledger_voucher", Phrase("爱心券", "Vouchers"), ending: booksAreKept,
      columns: [
        PersonColumn("issued_at", Phrase("发给您的时间", "Issued at"), .moment),
        PersonColumn("fund", Phrase("来自哪项资金", "Out of the fund"), MoneyCopy.fund),
        PersonColumn("amount", Phrase("金额", "Amount"), .money),
        PersonColumn("left", Phrase("还剩", "Left"), MoneyCopy.voucherBalance, .money),
        PersonColumn("expires_at", Phrase("有效期", "Valid until"), .moment),
        PersonColumn("ended_at", Phrase("结束的时间", "Ended at"), .moment),
      ]
    ) { money($0).vouchers }
  }

  /// The accounts that the money stands on.
  private static func accounts(_ money: @escaping Subject) -> PersonTable {
    PersonTable(
      "ledger_account", Phrase("账户", "Accounts"), ending: booksAreKept,
      columns: [
        PersonColumn("opened_at", Phrase("开户时间", "Opened at"), .moment),
        PersonColumn("kind", Phrase("种类", "Kind"), .choice(Account.Kind.names)),
        PersonColumn("balance", Phrase("余额", "Balance"), MoneyCopy.balance, .money),
      ]
    ) { money($0).accounts }
  }

  /// What was booked.
  private static func journals(_ money: @escaping Subject) -> PersonTable {
    PersonTable(
      "ledger_journal", Phrase("记账", "What was booked"), ending: booksAreKept,
      columns: [
        PersonColumn("dated_at", Phrase("记账日期", "Dated"), .moment),
        PersonColumn("kind", Phrase("什么事", "What happened"), .choice(Journal.Kind.names)),
        PersonColumn("posted_at", Phrase("记下的时间", "Posted at"), .moment),
      ]
    ) { money($0).journals }
  }

  /// Each movement on the accounts.
  private static func entries(_ money: @escaping Subject) -> PersonTable {
    PersonTable(
      "ledger_entry", Phrase("账户上的每一笔", "Movements on the accounts"), ending: booksAreKept,
      columns: [
        PersonColumn("dated_at", Phrase("记账日期", "Dated"), MoneyCopy.momentOfEntry, .moment),
        PersonColumn(
          "account", Phrase("账户", "Account"), MoneyCopy.accountOfEntry, .choice(Account.Kind.names)),
        PersonColumn(
          "journal", Phrase("什么事", "What happened"), MoneyCopy.journalOfEntry, .choice(Journal.Kind.names)),
        PersonColumn(
          "amount", Phrase("金额（社区应收为正）", "Amount (positive: owed to the community)"), .money),
        PersonColumn("balance", Phrase("之后的余额", "Balance after it"), .money),
      ]
    ) { money($0).entries }
  }

  /// Where others tell of the person's money.
  private static func statementLines(_ money: @escaping Subject) -> PersonTable {
    PersonTable(
      "ledger_statement_line", Phrase("银行和支付平台流水里的您", "You on statements of banks and payment services"),
      ending: statementsAreKept,
      columns: [
        PersonColumn("moment", Phrase("时间", "At"), .moment),
        PersonColumn("account", Phrase("社区的账户", "The community's account"), statementAccounts),
        PersonColumn("amount", Phrase("金额", "Amount"), .money),
        // Who paid may be another person, who paid for this one.
        PersonColumn(
          "details", Phrase("付款人、账号和附言（加密存放）", "Payer, account and words (kept encrypted)"), .size),
      ]
    ) { money($0).lines }
  }

  /// What was paid out to the person.
  private static func payouts(_ money: @escaping Subject) -> PersonTable {
    PersonTable(
      "ledger_payout", Phrase("付给您的", "Paid out to you"), ending: booksAreKept,
      columns: [
        PersonColumn("paid_at", Phrase("时间", "At"), .moment),
        PersonColumn("amount", Phrase("金额", "Amount"), .money),
        PersonColumn("way", Phrase("方式", "Way"), .choice(Payout.Way.names)),
        PersonColumn("reference", Phrase("转账或收据号", "Number of the transfer or receipt")),
      ]
    ) { money($0).payouts }
  }

  /// Banknotes that the person handed over.
  private static var handovers: PersonTable {
    PersonTable(
      "ledger_cash_handover", Phrase("您交的现金", "Cash that you handed over"), ending: booksAreKept,
      columns: [
        PersonColumn("declared_at", Phrase("交款时间", "Declared at"), .moment),
        PersonColumn("declared", Phrase("您说的数", "What you said"), .money),
        PersonColumn("counted", Phrase("清点的数", "What was counted"), .money),
        PersonColumn("counted_at", Phrase("清点时间", "Counted at"), .moment),
        PersonColumn("state", Phrase("状态", "State"), .choice(CashHandover.State.names)),
        PersonColumn("ended_at", Phrase("办完的时间", "Ended at"), .moment),
      ]
    ) { "giver_id = \($0.person)" }
  }

  /// Files that the person has sent and not imported yet.
  private static var uploads: PersonTable {
    PersonTable(
      "ledger_statement_upload", Phrase("您交来核对的流水文件", "Statement files that you sent to look over"),
      ending: .deleted,
      columns: [
        PersonColumn("sent_at", Phrase("交来的时间", "Sent at"), .moment),
        PersonColumn("account", Phrase("社区的账户", "The community's account"), statementAccounts),
        PersonColumn("file_name", Phrase("文件名", "Name of the file")),
        PersonColumn("content", Phrase("文件大小", "Size of the file"), .size),
        PersonColumn("expires_at", Phrase("删除的时间", "Deleted at"), .moment),
      ]
    ) { "person_id = \($0.person)" }
  }

  // MARK: - Acts and what names nobody

  /// What persons did in a role.
  private static let acts = [
    PersonActs("ledger_payment", Phrase("收的现金", "Cash taken"), by: "taken_by_id", at: "received_at"),
    PersonActs("ledger_refund", Phrase("付出的退款", "Refunds paid"), by: "paid_by_id", at: "paid_at"),
    PersonActs("ledger_journal", Phrase("记的账", "Journals posted"), by: "actor_id", at: "posted_at"),
    PersonActs(
      "ledger_closing", Phrase("结的账期", "Periods of the books closed"), by: "closed_by_id", at: "closed_at"),
    PersonActs(
      "ledger_cash_handover", Phrase("清点的现金", "Cash counted"), by: "counted_by_id", at: "counted_at"),
    PersonActs("ledger_voucher", Phrase("发的爱心券", "Vouchers issued"), by: "issued_by_id", at: "issued_at"),
    PersonActs("ledger_payout", Phrase("付的结算款", "Payouts made"), by: "paid_by_id", at: "paid_at"),
    PersonActs(
      "ledger_statement_import", Phrase("导入的流水", "Statements imported"), by: "imported_by_id",
      at: "imported_at"),
    PersonActs(
      "ledger_explanation", Phrase("查清的款项", "Lines explained"), by: "explained_by_id", at: "explained_at"),
    PersonActs(
      "ledger_statement_naming", Phrase("认过的流水列", "Columns of statements named"), by: "named_by_id",
      at: "named_at"),
  ]

  /// Tables that name nobody.
  private static let impersonal = [
    ImpersonalTable(
      "ledger_campaign", Phrase("只记一团的售后期到哪天。", "Says until when the goods of a group-buy can be returned.")),
    ImpersonalTable(
      "ledger_fund",
      Phrase(
        "是社区的专项资金；捐助者按自己愿意公开的写法写。", "A fund of the community; donors stand there as they want to be named.")),
    ImpersonalTable(
      "ledger_rules", Phrase("是社区的收费规则和社区自己的账号。", "The community's rules on money, and its own bank account.")
    ),
    ImpersonalTable(
      "ledger_suspense_item",
      Phrase("只记流水里还没查清的金额，不记是谁的。", "Says how much of a line is not explained yet, and not whose it is.")),
    ImpersonalTable(
      "ledger_service_bill",
      Phrase("只记哪天的平台账单取到没有。", "Says whether a day's bill of a payment service has come.")),
  ]

  /// The ways in which money comes and goes.
  private static let channels = PersonColumn.Form.choice(PaymentChannel.names)
  /// The community's accounts that others keep.
  private static let statementAccounts = PersonColumn.Form.choice(StatementAccount.names)
}

/// A word for the program that has a name for people.
private protocol Named: CaseIterable, RawRepresentable where RawValue == String {
  /// What people call it.
  var name: Phrase { get }
}

extension Named {
  /// What each of them is called.
  fileprivate static var names: [String: Phrase] {
    Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0.name) })
  }
}

extension Account.Kind: Named {}
extension CashHandover.State: Named {}
extension Journal.Kind: Named {}
extension Payment.State: Named {}
extension PaymentChannel: Named {}
extension Payout.Way: Named {}
extension Refund.Reason: Named {}
extension Refund.State: Named {}
extension StatementAccount: Named {}
