import Database
import Kernel
import Ledger
import People
import Shop

/// A fund for the neighbours' kitchens: a donor gave, a campaign leaves it a part, and two households got a voucher, and
/// paid for their order with it.
struct DemoFundBuilder: Sendable {
  let builder: DemoBuilder
  let community: DemoCommunityIDs

  private static let gift = Money.fen(200_000)
  private static let voucher = Money.fen(6_000)

  private var actor: Actor {
    get throws {
      guard let treasurer = community.cast["gu-jianping"] else { throw Problem.internalFault }
      return Actor(person: treasurer, role: .committee)
    }
  }

  /// The fund, and what the donor gave.
  func found() async throws -> CampaignTerms.FundPart {
    let actor = try actor
    let fund = try await builder.switchboard.database.write(in: community.id) { transaction in
      let fund = try Funds.create(
        name: Phrase("暖邻厨房基金", "Warm kitchens fund"), donor: "沪东慈善会",
        purpose: "给独居老人和困难家庭买菜", by: actor, in: transaction)
      try Funds.receive(Self.gift, for: fund.id, by: .bank, actor: actor, in: transaction)
      return fund.id
    }
    return CampaignTerms.FundPart(fund: fund, rate: Rate(basisPoints: 100) ?? .none)
  }

  /// Two of the households that ordered in this run pay by voucher.
  func pay(_ demo: DemoCampaign, _ orders: [Order], from fund: FundID) async throws {
    let actor = try actor
    builder.clock.move(to: demo.cutOff - .hours(1))
    let chosen = orders.filter { $0.total >= .fen(2_000) }.dropFirst(4).prefix(2)
    try await builder.switchboard.database.write(in: community.id) { transaction in
      for order in chosen {
        _ = try Funds.issue(
          Self.voucher, of: fund, to: order.household, until: builder.now + .days(60), by: actor,
          in: transaction)
        try Payments(trade: .shop).payByVouchers(
          order.id, household: order.household, actor: Actor(person: order.person, role: .resident),
          in: transaction)
      }
    }
  }
}
