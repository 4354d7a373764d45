import Kernel
import Ledger
import People
import Shop

extension Bookkeeping {
  /// What the Shop asks of the books, answered by the Ledger.
  static let ledger = Bookkeeping(
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
    platformRate: { try MoneyRulesStore.find(in: $0, $1).platform })
}

extension Sale {
  fileprivate init(_ delivery: Delivery) {
    let source: Journal.Source =
      switch delivery.source {
      case .pickup(let id): .init(.pickup, id)
      case .weighing(let id): .init(.weighing, id)
      }
    let terms = delivery.terms
    self.init(
      from: source, order: delivery.order, campaign: delivery.campaign,
      terms: SaleTerms(
        leader: delivery.leader, carrier: terms.carrier.map { ($0.person, $0.rate) }, platform: terms.platform
      ),
      lines: delivery.lines.map {
        Line(merchant: $0.merchant, leaderRate: terms.commission, before: $0.before, after: $0.after)
      })
  }
}

extension Refund.Reason {
  fileprivate init(_ reason: Settlement.Reason) {
    self =
      switch reason {
      case .shortage: .shortage
      case .changed: .changed
      case .uncollected: .uncollected
      case .weighedLess: .weighedLess
      }
  }
}
