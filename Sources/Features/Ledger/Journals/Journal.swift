import Database
package import Kernel

/// One thing that happened to money, as double entry: what comes under one account leaves another.
///
/// There is no way to one whose entries do not balance. Journals are never changed; a correction is another journal
/// that says which one it reverses (reliability §3.10, I1 and I2).
package struct Journal: Sendable, Equatable {
  package let kind: Kind
  package let source: Source
  package let campaign: CampaignID?
  /// At least two, one an account, none zero; they sum to zero.
  package let entries: [Entry]
  package let reverses: JournalID?

  /// What happened.
  package enum Kind: String, Sendable, CaseIterable, Storable {
    /// Money came in for an order.
    case payment
    /// Goods changed hands or came back, or turned out to weigh something else.
    case sale
    /// Money that an order does not need any more was promised back.
    case refundPromised = "refund_promised"
    case refundPaid = "refund_paid"
    /// The goods came after all: the promise is taken back.
    case refundWithdrawn = "refund_withdrawn"
    /// Banknotes went from one hand to another, both having said so.
    case cashHandover = "cash_handover"
    /// A campaign's return window is over: what was earned in it may be paid out.
    case matured
    case payout
    case fundReceived = "fund_received"
    case voucherIssued = "voucher_issued"
    case voucherEnded = "voucher_ended"
    /// A line of a bank's or payment service's statement.
    case statementLine = "statement_line"
    case adjustment
    /// Takes back another journal.
    case reversal

    package var name: Phrase {
      switch self {
      case .payment: Phrase("收款", "Payment")
      case .sale: Phrase("交货", "Goods handed over")
      case .refundPromised: Phrase("应退款", "Refund promised")
      case .refundPaid: Phrase("已退款", "Refund paid")
      case .refundWithdrawn: Phrase("取消应退款", "Refund taken back")
      case .cashHandover: Phrase("现金交接", "Cash handed over")
      case .matured: Phrase("过了售后期", "Return window ended")
      case .payout: Phrase("结算支付", "Paid out")
      case .fundReceived: Phrase("资金到账", "Fund received")
      case .voucherIssued: Phrase("发券", "Voucher issued")
      case .voucherEnded: Phrase("券到期", "Voucher ended")
      case .statementLine: Phrase("对账入账", "From a statement")
      case .adjustment: Phrase("调整", "Adjustment")
      case .reversal: Phrase("冲正", "Reversal")
      }
    }
  }

  /// The thing that the journal comes from. Each source is posted once for each kind (I3).
  package struct Source: Sendable, Hashable {
    package enum Kind: String, Sendable, CaseIterable, Storable {
      case payment
      case pickup
      case weighing
      case afterSales = "after_sales"
      /// An order whose goods nobody fetched.
      case order
      case refund
      case cashHandover = "cash_handover"
      case campaign
      case payout
      case fund
      case voucher
      case statementLine = "statement_line"
      case decision
      case journal
    }

    package let kind: Kind
    package let id: Int64

    package init(_ kind: Kind, _ id: Int64) {
      self.kind = kind
      self.id = id
    }

    package init<Thing>(_ kind: Kind, _ id: Identifier<Thing>) { self.init(kind, id.rawValue) }
  }

  package struct Entry: Sendable, Equatable {
    package let account: Account
    /// Positive on the debit side, negative on the credit side; never zero.
    package let amount: Money
    /// The side that the account may not leave with this entry: its kind's own, or a stricter one, as when a payout may
    /// not make a debt.
    package let side: Account.Side

    package init(_ account: Account, _ amount: Money, keeping side: Account.Side? = nil) {
      self.account = account
      self.amount = amount
      self.side = side ?? account.kind.side
    }
  }

  /// Entries of one account are joined, and those that come to nothing are left out.
  /// - Throws: `ledger.unbalanced` when debits and credits differ, `ledger.empty` when nothing is moved,
  ///   `money.overflow`, `money.currency`.
  package init(
    _ kind: Kind, from source: Source, campaign: CampaignID? = nil, reverses: JournalID? = nil,
    _ entries: [Entry]
  ) throws {
    var joined: [Entry] = []
    for entry in entries {
      if let index = joined.firstIndex(where: { $0.account == entry.account }) {
        let side = entry.side == entry.account.kind.side ? joined[index].side : entry.side
        joined[index] = Entry(entry.account, try joined[index].amount.adding(entry.amount), keeping: side)
      } else {
        joined.append(entry)
      }
    }
    joined.removeAll { $0.amount == .zero }
    guard try joined.reduce(Money.zero, { try $0.adding($1.amount) }) == .zero else {
      throw Problem.ledgerUnbalanced
    }
    guard !joined.isEmpty else { throw Problem.ledgerEmpty }
    self.kind = kind
    self.source = source
    self.campaign = campaign
    self.reverses = reverses
    self.entries = joined
  }

  /// The journal that takes this one back, once it is posted as `id`.
  package func reversed(_ id: JournalID, from source: Source) throws -> Journal {
    try Journal(
      .reversal, from: source, campaign: campaign, reverses: id,
      entries.map { Entry($0.account, try Money.zero.subtracting($0.amount)) })
  }
}

/// How an account stands after its last entry.
package struct AccountState: Sendable, Equatable {
  /// How many entries it has.
  package var sequence: Int64 = 0
  package var balance: Money = .zero

  package init(sequence: Int64 = 0, balance: Money = .zero) {
    self.sequence = sequence
    self.balance = balance
  }

  /// How it stands after one more entry.
  /// - Throws: `ledger.not_enough` when the entry would leave its side, `money.overflow`.
  func after(_ entry: Journal.Entry) throws -> AccountState {
    let balance = try balance.adding(entry.amount)
    guard entry.side.holds(balance) else { throw Problem.ledgerNotEnough(entry.account.kind) }
    return AccountState(sequence: sequence + 1, balance: balance)
  }
}

extension Account.Side {
  /// Whether a balance keeps to this side.
  package func holds(_ balance: Money) -> Bool {
    switch self {
    case .debit: balance >= .zero
    case .credit: balance <= .zero
    case .either: true
    }
  }
}

extension Problem {
  static let ledgerUnbalanced = Problem(
    "ledger.unbalanced", status: 500,
    Phrase("账记不平，没有记下。", "The entry does not balance, so it was not posted."),
    advice: Phrase("请告诉系统管理员。", "Please tell the operator."))

  static let ledgerEmpty = Problem(
    "ledger.empty", status: 422,
    Phrase("金额是零，没有可记的。", "The amount is zero: there is nothing to post."))

  static func ledgerNotEnough(_ kind: Account.Kind) -> Problem {
    Problem(
      "ledger.not_enough", status: 409,
      Phrase(
        "「\(kind.name.chinese)」里没有这么多钱，没有记下。",
        "There is not that much under “\(kind.name.english)”; nothing was posted."),
      advice: Phrase("请刷新页面，看看现在的金额。", "Please reload the page and look at the amount now."))
  }

  static let ledgerPostedDifferently = Problem(
    "ledger.posted_differently", status: 409,
    Phrase("这笔账已经按别的金额记过了。", "This has been posted before with other amounts."),
    advice: Phrase("请刷新页面看看，或联系居委会。", "Please reload the page, or tell the neighbourhood committee."))

  static let ledgerPeriodClosed = Problem(
    "ledger.period_closed", status: 409,
    Phrase("这个账期已经结账。", "This period of the books is closed."))
}
