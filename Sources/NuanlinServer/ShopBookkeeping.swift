import Kernel
import Ledger
import People
import Shop

extension Bookkeeping {
  /// What the Shop asks of the books, answered by the Ledger.
  static let ledger = ledger(paying: [])

  /// - Parameter channels: the payment services that are set up.
  static func ledger(paying channels: Set<PaymentChannel>) -> Bookkeeping {
    Bookkeeping(
      paid: { try OrderAccounts.paid(for: $0, in: $1, $2) },
      takeCash: { cash, actor, transaction in
        try OrderAccounts.take(
          OrderAccounts.CashTaken(
            order: cash.order, campaign: cash.campaign, amount: cash.amount, takenBy: actor.person),
          by: actor, onBehalfOf: cash.onBehalfOf, in: transaction)
      },
      deliver: { delivery, actor, transaction in
        try OrderAccounts.record(
          Sale(delivery), by: actor, onBehalfOf: delivery.onBehalfOf, in: transaction)
      },
      settle: { settlement, actor, transaction in
        try OrderAccounts.settle(
          settlement.order, of: settlement.campaign, outstanding: settlement.outstanding,
          because: Refund.Reason(settlement.reason), by: actor, in: transaction)
      },
      finish: { try CampaignBooks.finish($0, returnsUntil: $1, in: $2) },
      platformRate: { try MoneyRulesStore.find(in: $0, $1).platform },
      funds: { community, snapshot in
        try FundStore.funds(in: community, snapshot).map {
          FundChoice(id: $0.id, name: $0.name, isOpen: $0.closedAt == nil)
        }
      },
      money: { order, community, snapshot in
        let story = try OrderAccounts.story(of: order, in: community, snapshot)
        var ways = channels.sorted()
        if try !MoneyRulesStore.find(in: community, snapshot).bankAccount.isEmpty {
          ways.append(.bankTransfer)
        }
        if let household = try OrderStore.find(order, in: community, snapshot)?.household,
          try OrderAccounts.voucherBalance(of: household, in: community, snapshot) > .zero
        {
          ways.append(.voucher)
        }
        return OrderMoney(
          movements: story.map { OrderMoney.Movement(at: $0.at, what: $0.what, amount: $0.amount) },
          ways: ways.map { OrderMoney.Way(value: $0.rawValue, name: $0.name) })
      })
  }
}

extension Sale {
  fileprivate init(_ delivery: Delivery) {
    let source: Journal.Source =
      switch delivery.source {
      case .pickup(let id): .init(.pickup, id)
      case .weighing(let id): .init(.weighing, id)
      case .claim(let id): .init(.afterSales, id)
      case .uncollected(let id): .init(.order, id)
      }
    let terms = delivery.terms
    let compensation = delivery.compensation.map { compensation in
      let bearer: Party = compensation.bearer == .leader ? .person(delivery.leader) : .community
      return Compensation(bearer: bearer, amount: compensation.amount)
    }
    self.init(
      from: source, order: delivery.order, campaign: delivery.campaign,
      terms: SaleTerms(
        leader: delivery.leader, carrier: terms.carrier.map { ($0.person, $0.rate) },
        fund: terms.fund.map { ($0.fund, $0.rate) }, platform: terms.platform),
      lines: delivery.lines.map {
        Line(merchant: $0.merchant, leaderRate: terms.commission, before: $0.before, after: $0.after)
      }, compensation: compensation)
  }
}

extension Refund.Reason {
  fileprivate init(_ reason: Settlement.Reason) {
    self =
      switch reason {
      case .shortage: .shortage
      case .changed: .changed
      case .uncollected: .uncollected
      case .latePayment: .latePayment
      case .weighedLess: .weighedLess
      case .afterSales: .afterSales
      case .priceTier: .priceTier
      case .visitFellThrough: .visitFellThrough
      case .visitCostLess: .visitCostLess
      }
  }
}
