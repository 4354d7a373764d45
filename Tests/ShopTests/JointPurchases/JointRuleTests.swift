import Kernel
import People
import TestKit
import Testing

@testable import Shop

@Suite("Joint purchases: who may order")
struct JointRuleTests {
  private let community = CommunityID(rawValue: 1)
  private let campaign = CampaignID(rawValue: 100)

  private static let authorities: [OrderAuthority] = [
    .household, .merchant, .assisted(AssistedOrderID(rawValue: 1)), .booking(BookingID(rawValue: 1)),
    .slip(PaperSlipID(rawValue: 1)), .standing(StandingTurnID(rawValue: 1)),
    .groupText(ChatLineID(rawValue: 1)),
  ]

  @Test("a campaign takes the orders of those whom it is for, on every ground")
  func audience() {
    for authority in Self.authorities {
      #expect(Campaign.Audience.merchants.admits(authority) == (authority == .merchant))
      #expect(Campaign.Audience.households.admits(authority) == (authority != .merchant))
      #expect(OrderAuthority(kind: authority.kind, ground: authority.ground) == authority)
    }
  }

  @Test("the merchant stands where a household stands, and nowhere else")
  func place() throws {
    let request = try request(
      role: .merchant, buyer: 7, .place([.init(item: .init(rawValue: 3), quantity: 1)], note: ""))
    #expect(request.buyer == MerchantID(rawValue: 7))
    #expect(request.household == .standing(for: MerchantID(rawValue: 7)))
    let household = try OrderRequest(
      community: community, campaign: campaign, person: PersonID(rawValue: 1),
      household: HouseholdID(rawValue: 7),
      actor: PersonID(rawValue: 1), role: .resident, key: "a-household-of-number-7",
      command: .cancel(OrderID(rawValue: 1), revision: 1))
    #expect(household.buyer == nil)
  }

  @Test("only somebody of the merchant orders, of others and while it is open; cancelling is always theirs")
  func refusals() throws {
    var random = SeededGenerator(seed: 20_261_129)
    for _ in 0..<2_000 {
      let buyer = Int64.random(in: 1...3, using: &random)
      let belongs = Set((1...3).filter { _ in Bool.random(using: &random) }.map { MerchantID(rawValue: $0) })
      let suppliers = Set(
        (1...3).filter { _ in Bool.random(using: &random) }.map { MerchantID(rawValue: $0) })
      let role: Role = Bool.random(using: &random) ? .merchant : .resident
      var known = OrderRepresentation()
      known.merchants[PersonID(rawValue: 1)] = belongs
      let isClosed = Bool.random(using: &random)
      if isClosed { known.closedBuyers = [MerchantID(rawValue: buyer)] }
      let isCancelling = Bool.random(using: &random)
      let request = try request(
        role: role, buyer: buyer,
        isCancelling
          ? .cancel(OrderID(rawValue: 9), revision: 1)
          : .place([.init(item: .init(rawValue: 3), quantity: 1)], note: ""))
      let found = known.refusal(of: request, from: isCancelling ? [] : suppliers)?.code
      let mine = MerchantID(rawValue: buyer)
      let expected: String? =
        if role != .merchant || !belongs.contains(mine) {
          "joint_purchase.not_your_merchant"
        } else if isCancelling {
          nil
        } else if suppliers.contains(mine) {
          "joint_purchase.own_goods"
        } else {
          isClosed ? "joint_purchase.merchant_closed" : nil
        }
      #expect(found == expected)
    }
  }

  private func request(role: Role, buyer: Int64, _ command: OrderRequest.Command) throws -> OrderRequest {
    try OrderRequest(
      community: community, campaign: campaign, person: PersonID(rawValue: 1),
      household: .standing(for: MerchantID(rawValue: buyer)), actor: PersonID(rawValue: 1), role: role,
      authority: .merchant, key: "a-key-of-a-merchant-0001", command: command)
  }
}
