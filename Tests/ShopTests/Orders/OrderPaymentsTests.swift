import Database
import Kernel
import People
import TestKit
import Testing

@testable import Shop

@Suite("An order and its payment")
struct OrderPaymentsTests {
  private let fixture = DeskFixture()

  /// Books that say that so much was paid.
  private func books(_ paid: Money) -> Bookkeeping {
    Bookkeeping(
      paid: { orders, _, _ in Dictionary(orders.map { ($0, paid) }) { first, _ in first } },
      takeCash: { _, _, _ in }, deliver: { _, _, _ in }, settle: { _, _, _ in }, finish: { _, _, _ in },
      platformRate: { _, _ in .none }, funds: { _, _ in [] }, money: { _, _, _ in OrderMoney() })
  }

  @Test(
    "it is paid when enough came, and due again when the payment was another's",
    arguments: TestEngine.available)
  func comesAndGoes(engine: TestEngine) async throws {
    try await engine.withDatabase(shopMigrations, clock: MovableClock(DeskFixture.start).clock) { database in
      try await fixture.seed(database, items: [(10, nil)])
      let desk = OrderDesk(database, books: .cashOnly, people: .ownOnly)
      let placed = try await desk.submit(
        fixture.place(person: 1, key: "an-order-of-one-0123456789", [(0, 2)]))
      let total = placed.order.total
      for (paid, expected) in [
        (total, Order.Payment.received), (total, .received), (try total.subtracting(.fen(1)), .due),
        (.zero, .due),
        (try total.adding(.fen(1)), .received),
      ] {
        try await database.write(in: fixture.community) {
          try OrderPayments.paymentCame(placed.order.id, books(paid), by: .machine, in: $0)
        }
        let order = try await database.read {
          try OrderStore.find(placed.order.id, in: fixture.community, $0)
        }
        #expect(order?.payment == expected, "\(paid)")
      }
    }
  }
}
