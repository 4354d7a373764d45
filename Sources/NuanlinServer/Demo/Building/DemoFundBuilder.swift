import Database
import Kernel
import Ledger
import People
import Shop

/// A fund for the neighbours' kitchens: a donor gave, two households got a voucher, and paid for their order with it.
struct DemoFundBuilder: Sendable {
  let builder: DemoBuilder
  let community: DemoCommunityIDs

  private static let gift = Money.fen(200_000)
  private static let voucher = Money.fen(6_000)

  /// Two of the households that ordered in this run pay by voucher.
  func pay(_ demo: DemoCampaign, _ orders: [Order]) async throws {
    guard let treasurer = community.cast["gu-jianping"] else { throw Problem.internalFault }
    let actor = Actor(person: treasurer, role: .committee)
    builder.clock.move(to: demo.cutOff - .hours(1))
    let chosen = orders.filter { $0.total >= .fen(2_000) }.dropFirst(4).prefix(2)
    try await builder.switchboard.database.write(in: community.id) { transaction in
      let fund = try Funds.create(
        name: Phrase("暖邻厨房基金", "Warm kitchens fund"), donor: "沪东慈善会",
        purpose: "给独居老人和困难家庭买菜", by: actor, in: transaction)
      try Funds.receive(Self.gift, for: fund.id, by: .bank, actor: actor, in: transaction)
      for order in chosen {
        _ = try Funds.issue(
          Self.voucher, of: fund.id, to: order.household, until: builder.now + .days(60), by: actor,
          in: transaction)
        try Payments(trade: .shop).payByVouchers(
          order.id, household: order.household, actor: Actor(person: order.person, role: .resident),
          in: transaction)
      }
    }
  }
}
