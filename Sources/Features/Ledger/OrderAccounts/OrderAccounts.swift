package import Database
package import Kernel
package import People

/// What happens to the money of orders: it comes in, goods are set against it, and what is not needed goes back.
///
/// Each of these is part of the caller's transaction, so that goods and money never disagree.
package enum OrderAccounts {
  /// Banknotes that somebody took for an order.
  package struct CashTaken: Sendable {
    package let order: OrderID
    package let campaign: CampaignID
    package let amount: Money
    package let takenBy: PersonID

    package init(order: OrderID, campaign: CampaignID, amount: Money, takenBy: PersonID) {
      self.order = order
      self.campaign = campaign
      self.amount = amount
      self.takenBy = takenBy
    }
  }

  /// Takes banknotes for an order; nothing where the amount is zero.
  package static func take(
    _ cash: CashTaken, by actor: Actor, onBehalfOf: PersonID? = nil, in transaction: Transaction
  ) throws {
    if cash.amount == .zero { return }
    try receive(
      Payment(
        id: transaction.newIdentifier(), order: cash.order, campaign: cash.campaign, channel: .cash,
        amount: cash.amount, state: .received, takenBy: cash.takenBy, createdAt: transaction.now,
        receivedAt: transaction.now), by: actor, onBehalfOf: onBehalfOf, in: transaction)
  }

  static func receive(
    _ payment: Payment, by actor: Actor, onBehalfOf: PersonID?, in transaction: Transaction
  ) throws {
    try PaymentStore.insert(payment, in: transaction)
    let account = try account(of: payment.order, payment.campaign, in: transaction)
    try JournalStore.post([payment.journal(on: account)], by: actor, onBehalfOf: onBehalfOf, in: transaction)
  }

  /// Sets goods against money, and gives each party its part.
  package static func record(
    _ sale: Sale, by actor: Actor, onBehalfOf: PersonID? = nil, in transaction: Transaction
  ) throws {
    let account = try account(of: sale.order, sale.campaign, in: transaction)
    let isMatured = try CampaignBooks.isMatured(sale.campaign, in: transaction)
    guard let journal = try sale.journal(on: account, isMatured: isMatured) else { return }
    try JournalStore.post([journal], by: actor, onBehalfOf: onBehalfOf, in: transaction)
  }

  /// Promises back what is held for an order beyond what it will still receive, or takes promises back that were not paid
  /// yet where more is to come again.
  ///
  /// - Parameter outstanding: what the goods are worth that the household is still to receive.
  /// - Returns: the refunds that were promised now.
  @discardableResult
  package static func settle(
    _ order: OrderID, of campaign: CampaignID, outstanding: Money, because reason: Refund.Reason,
    by actor: Actor,
    in transaction: Transaction
  ) throws -> [Refund] {
    let account = try account(of: order, campaign, in: transaction)
    let excess = try account.deposit.subtracting(account.receivable).subtracting(outstanding)
    if excess > .zero {
      return try Refunds.promise(excess, of: account, because: reason, by: actor, in: transaction)
    }
    if excess < .zero, account.refundDue > .zero {
      try Refunds.withdraw(upTo: Money.zero.subtracting(excess), of: account, by: actor, in: transaction)
    }
    return []
  }

  /// What came in for each of these orders and was not promised back; orders without a payment are left out.
  package static func paid(
    for orders: [OrderID], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [OrderID: Money] {
    try PaymentStore.paid(for: orders, in: community, snapshot)
  }

  /// What came in for one order and what went or is to go back, in the order of time.
  package static func story(
    of order: OrderID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [(at: Timestamp, what: Phrase, amount: Money)] {
    let payments = try PaymentStore.list(of: order, in: community, snapshot).filter { $0.state == .received }
    let refunds = try RefundStore.list(of: order, in: community, snapshot).filter { $0.state != .withdrawn }
    let story =
      payments.map { payment in
        (
          at: payment.receivedAt ?? payment.createdAt,
          what: Phrase("收到\(payment.channel.name.chinese)", "Received: \(payment.channel.name.english)"),
          amount: payment.amount
        )
      }
      + (try refunds.map { refund in
        (
          at: refund.paidAt ?? refund.promisedAt,
          what: refund.words,
          amount: try Money.zero.subtracting(refund.amount)
        )
      })
    return story.sorted { $0.at < $1.at }
  }

  /// What a household could pay of an order by its vouchers.
  package static func voucherBalance(
    of household: HouseholdID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Money {
    try FundStore.usable(by: household, in: community, snapshot).reduce(.zero) { try $0.adding($1.balance) }
  }

  /// What the goods are worth that were sold to each of these orders and not taken back, by the books; orders without a
  /// sale are left out.
  package static func sold(
    for orders: [OrderID], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [OrderID: Money] {
    try OrderAccountStore.sold(for: orders, in: community, snapshot)
  }

  static func account(
    of order: OrderID, _ campaign: CampaignID, in transaction: Transaction
  ) throws -> OrderAccount {
    try account(of: order, campaign, in: transaction.community, transaction)
  }

  static func account(
    of order: OrderID, _ campaign: CampaignID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> OrderAccount {
    let kinds: [Account.Kind] = [.orderDeposit, .orderReceivable, .refundDue]
    let balances = try JournalStore.balances(
      of: kinds.map { Account($0, .order(order)) }, in: community, snapshot)
    func held(_ kind: Account.Kind) throws -> Money {
      let balance = balances[Account(kind, .order(order))] ?? .zero
      return kind.side == .credit ? try Money.zero.subtracting(balance) : balance
    }
    return OrderAccount(
      order, campaign: campaign, deposit: try held(.orderDeposit), receivable: try held(.orderReceivable),
      refundDue: try held(.refundDue))
  }
}
