import Database
import Kernel
import People
import Synchronization

@testable import Ledger

/// Orders as the Ledger asks about them, kept in a dictionary: for tests of the Ledger alone.
final class Trade: Sendable {
  struct Order: Sendable {
    var household: Int64
    var total: Int64
    var isOpen = true
  }

  static let campaign = CampaignID(rawValue: 500)
  private let orders = Mutex<[OrderID: Order]>([:])

  subscript(_ id: OrderID) -> Order? {
    get { orders.withLock { $0[id] } }
    set { orders.withLock { $0[id] = newValue } }
  }

  var directory: TradeDirectory {
    TradeDirectory(
      bill: { id, _, _ in
        self[id].map { order in
          .init(
            campaign: Self.campaign, household: HouseholdID(rawValue: order.household),
            person: PersonID(rawValue: 1), number: 1, total: .fen(order.total), isOpen: order.isOpen)
        }
      },
      paymentCame: { id, actor, transaction in
        let order = self[id]
        try OrderAccounts.settle(
          id, of: Self.campaign, outstanding: .fen(order.map { $0.isOpen ? $0.total : 0 } ?? 0),
          because: .latePayment, by: actor, in: transaction)
      },
      campaigns: { _, _, _ in [:] }, orders: { _, _, _ in [:] }, merchants: { _, _, _ in [:] },
      merchantsOf: { _, _, _ in [] }, recentCampaigns: { _, _ in [] }, ledBy: { _, _, _ in [Self.campaign] },
      orderNumbered: { _, _, _, _ in nil }, ordersOf: { _ in "NULL" })
  }
}
