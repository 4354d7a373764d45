import Database
import Kernel
import Ledger
import Shop
import TestKit
import Testing

@testable import NuanlinServer

/// Goods by weight against the books that the program keeps.
@Suite("What weighed goods cost, in the books")
struct WeighedMoneyTests {
  /// An order of two items at ¥20.00 a kilogram, 500 g a piece and 10 % tolerance, which came.
  private struct Sale {
    let shopping: Shopping
    let order: OrderID

    func current() async throws -> Order { try await shopping.order(order) }
    func paid() async throws -> Money { try await shopping.paid(order) }

    func weigh(_ grams: Int64, of item: Int, seen: Int64? = nil) async throws {
      let scale = try #require(WeighInActor(try shopping.runner, shopping.campaign))
      try await shopping.database.write(in: shopping.house.community) {
        try WeighInStore.record(
          [WeighInEntry(order: order, grams: grams, seen: seen)], of: shopping.items[item], .ledger,
          by: scale, in: $0)
      }
    }

    func agree(to amount: Int64, at position: Int) async throws {
      let order = try await current()
      _ = try await shopping.database.write(in: shopping.house.community) {
        try WeighInStore.agree(
          to: .fen(amount), at: position, of: order.id, household: order.household, by: order.person, .ledger,
          in: $0)
      }
    }

    func takeCash(_ amount: Money, key: String) async throws {
      let runner = try shopping.runner
      try await shopping.database.write(in: shopping.house.community) {
        try OutstandingCash.take(
          amount, for: order, key: "weighed-money-\(key)", .ledger, by: runner, in: $0)
      }
    }
  }

  private func with(_ engine: TestEngine, _ body: (Sale) async throws -> Void) async throws {
    let terms = try #require(WeighedTerms(per: .kilogram, typicalGrams: 500, tolerancePercent: 10))
    let offer = Shopping.Offer(price: .fen(2_000), weighed: WeighedOffer(terms))
    try await Shopping.with(engine, offers: [offer, offer], buyers: 1) { shopping in
      let order = try await shopping.place(0, [1, 1])
      try await shopping.arrive([1, 1])
      try await body(Sale(shopping: shopping, order: order))
    }
  }

  @Test(
    "what was paid too much is promised back, and taken back when the weight is corrected",
    arguments: TestEngine.available)
  func weighedLess(engine: TestEngine) async throws {
    try await with(engine) { sale in
      try await sale.weigh(500, of: 0)
      // Everything is paid at the first bag; the second is not weighed yet.
      try await sale.shopping.handOver(sale.order, pieces: [0: 1])
      #expect(try await sale.current().payment == .received)
      #expect(try await sale.paid() == .fen(2_000))
      try await sale.weigh(400, of: 1)
      #expect(try await sale.current().total == .fen(1_800))
      #expect(try await sale.paid() == .fen(1_800))
      #expect(try await sale.current().payment == .received)
      #expect(try await sale.shopping.breaches().isEmpty)
      try await sale.weigh(450, of: 1, seen: 400)
      #expect(try await sale.current().total == .fen(1_900))
      #expect(try await sale.paid() == .fen(1_900))
      #expect(try await sale.current().payment == .received)
      try await sale.shopping.handOver(sale.order, pieces: [1: 1])
      #expect(try await sale.current().fulfilment == .collected)
      #expect(try await sale.shopping.breaches().isEmpty)
    }
  }

  @Test(
    "what a household agrees to after it carried the goods home is owed, and the books say so",
    arguments: TestEngine.available)
  func agreedLater(engine: TestEngine) async throws {
    try await with(engine) { sale in
      try await sale.weigh(700, of: 0)
      try await sale.weigh(500, of: 1)
      #expect(try await sale.current().total == .fen(1_100 + 1_000))
      try await sale.shopping.handOver(sale.order)
      #expect(try await sale.current().payment == .received)
      #expect(try await sale.paid() == .fen(2_100))
      try await sale.agree(to: 1_400, at: 0)
      #expect(try await sale.current().total == .fen(2_400))
      #expect(try await sale.current().payment == .due)
      #expect(try await sale.paid() == .fen(2_100))
      #expect(try await sale.shopping.breaches().isEmpty)
      let tooMuch = await #expect(throws: Problem.self) {
        try await sale.takeCash(.fen(301), key: "cash-301")
      }
      #expect(tooMuch?.fields.map(\.field) == ["cash"])
      // One who clicks twice has taken the banknotes once.
      try await sale.takeCash(.fen(100), key: "cash-100")
      try await sale.takeCash(.fen(100), key: "cash-100")
      #expect(try await sale.paid() == .fen(2_200))
      try await sale.takeCash(.fen(200), key: "cash-200")
      #expect(try await sale.current().payment == .received)
      #expect(try await sale.shopping.breaches().isEmpty)
    }
  }
}
