import Kernel
import TestKit
import Testing

@testable import Shop

/// A campaign in memory, with everything that its promotions could make of it.
private struct PromotedCampaign {
  let campaign: Campaign
  let items: [CampaignItem]
  let tiers: [CampaignItemID: PriceTiers]

  init(_ random: inout SeededGenerator) {
    let start = DeskFixture.start
    var campaign = Campaign(
      id: CampaignID(rawValue: 100), community: CommunityID(rawValue: 1), leader: PersonID(rawValue: 7),
      draft: CampaignDraft(
        title: Phrase(same: ""), opensAt: start - .hours(1), cutOffAt: start + .hours(1),
        pickupPoint: PickupPointID(rawValue: 1), pickupFrom: start + .hours(2),
        pickupUntil: start + .hours(3),
        discountSteps: anySteps(&random)), lotterySeed: "", clonedFrom: nil)
    campaign.marks.publishedAt = start - .hours(2)
    self.campaign = campaign
    var tiers: [CampaignItemID: PriceTiers] = [:]
    items = (0..<4 as Range<Int64>).map { number in
      let price = Money.fen(.random(in: 2...2_500, using: &random))
      let id = CampaignItemID(rawValue: 200 + number)
      let found = anyTiers(below: price, &random)
      if !found.isEmpty { tiers[id] = found }
      let weighed = number == 3 ? WeighedTerms(per: .jin, typicalGrams: 730, tolerancePercent: 10) : nil
      return CampaignItem(
        id: id, campaign: campaign.id, position: Int(number), product: ProductID(rawValue: 1),
        variant: VariantID(rawValue: number), merchant: MerchantID(rawValue: 1), price: price,
        weighed: weighed.flatMap { WeighedOffer($0) }, stockKind: .onDemand, householdLimit: nil,
        minimumQuantity: 0, tierCount: Int64(found.all.count))
    }
    self.tiers = tiers
  }

  func decider() -> OrderDecider {
    var state = OrderDeskState(now: DeskFixture.start)
    state.campaigns[campaign.id] = campaign
    for item in items {
      state.items[item.id] = OrderDeskState.Item(
        item: item, name: Phrase(same: ""), pack: Phrase(same: ""), unit: .bag,
        level: StockLevel(kind: .onDemand), category: .eggs)
    }
    var last: Int64 = 1_000
    return OrderDecider(state) {
      last += 1
      return OrderID(rawValue: last)
    }
  }

  func request(_ household: Int64, _ command: OrderRequest.Command) throws -> OrderRequest {
    try OrderRequest(
      community: campaign.community, campaign: campaign.id, person: PersonID(rawValue: household),
      household: HouseholdID(rawValue: household), actor: PersonID(rawValue: household), role: .resident,
      key: "same-price-key-of-\(household)", command: command)
  }

  func wishes(_ random: inout SeededGenerator) -> [OrderRequest.Wish] {
    let chosen = items.shuffled(using: &random).prefix(.random(in: 1...items.count, using: &random))
    return chosen.map { .init(item: $0.id, quantity: .random(in: 1...9, using: &random)) }
  }

  /// The orders as they are after the close, by household.
  func closed(_ orders: [Order]) throws -> [HouseholdID: Order] {
    var held: [CampaignItemID: Int64] = [:]
    for line in orders.flatMap(\.lines) { held[line.item, default: 0] += line.due }
    let prices = PriceTierClosing.results(of: tiers, held: held).compactMapValues(\.price)
    let lowered = try PriceTierClosing.orders(orders, at: prices, paid: [:])
    var byHousehold = Dictionary(uniqueKeysWithValues: orders.map { ($0.household, $0) })
    for order in lowered { byHousehold[order.after.household] = order.after }
    return byHousehold
  }
}

@Suite("Nobody has a price of their own")
struct SamePriceTests {
  private func place(
    _ wishes: [OrderRequest.Wish], of household: Int64, _ campaign: PromotedCampaign,
    _ decider: inout OrderDecider
  ) throws -> Order {
    let request = try campaign.request(household, .place(wishes, note: ""))
    guard case .placed(let order, _) = decider.decide(request) else { throw Problem.internalFault }
    return order
  }

  @Test func `the same wishes make the same lines and totals, whoever has them`() throws {
    var random = SeededGenerator(seed: 701)
    for _ in 0..<300 {
      let campaign = PromotedCampaign(&random)
      let wishes = campaign.wishes(&random)
      var decider = campaign.decider()
      let orders = try (1...4 as ClosedRange<Int64>).map {
        try place(wishes.shuffled(using: &random), of: $0 * 977, campaign, &decider)
      }
      let closed = try campaign.closed(orders)
      for order in orders {
        #expect(order.lines == orders[0].lines && order.total == orders[0].total)
        #expect(order.placedTotal == orders[0].placedTotal)
        #expect(closed[order.household]?.lines == closed[orders[0].household]?.lines)
        #expect(closed[order.household]?.total == closed[orders[0].household]?.total)
      }
    }
  }

  @Test func `who orders first, or changes the order later, pays what everyone pays`() throws {
    var random = SeededGenerator(seed: 702)
    for _ in 0..<200 {
      let campaign = PromotedCampaign(&random)
      let wishes = (1...6 as ClosedRange<Int64>).map { (household: $0, wishes: campaign.wishes(&random)) }
      var totals: [[HouseholdID: Money]] = []
      for _ in 0..<3 {
        var decider = campaign.decider()
        var orders: [Order] = []
        for entry in wishes.shuffled(using: &random) {
          let isChanged = Bool.random(using: &random)
          let first = isChanged ? campaign.wishes(&random) : entry.wishes
          var order = try place(first, of: entry.household, campaign, &decider)
          if isChanged {
            order = try change(order, to: entry.wishes, campaign, order)
          }
          orders.append(order)
        }
        totals.append(try campaign.closed(orders).mapValues(\.total))
      }
      #expect(totals[0] == totals[1] && totals[1] == totals[2])
    }
  }

  /// The order as the desk makes it when its household changes its mind.
  private func change(
    _ order: Order, to wishes: [OrderRequest.Wish], _ campaign: PromotedCampaign, _ before: Order
  ) throws -> Order {
    var state = campaign.decider().state
    state.orders[order.id] = before
    for line in before.lines {
      state.items[line.item]?.level = StockLevel(kind: .onDemand, promised: 1_000)
    }
    var decider = OrderDecider(state) { OrderID(rawValue: 1) }
    let request = try campaign.request(
      order.household.rawValue, .change(order.id, revision: order.revision, wishes, note: ""))
    guard case .changed(let changed, _) = decider.decide(request) else { throw Problem.internalFault }
    return changed
  }

  @Test func `after the close every line of an item has one price, and no order costs more than before`()
    throws
  {
    var random = SeededGenerator(seed: 703)
    var lowered = 0
    for _ in 0..<300 {
      let campaign = PromotedCampaign(&random)
      var decider = campaign.decider()
      let orders = try (1...8 as ClosedRange<Int64>).map {
        try place(campaign.wishes(&random), of: $0, campaign, &decider)
      }
      let closed = try campaign.closed(orders)
      for item in campaign.items {
        let lines = closed.values.flatMap(\.lines).filter { $0.item == item.id }
        let held = lines.reduce(0) { $0 + $1.due }
        let price = campaign.tiers[item.id]?.price(for: held, from: item.price) ?? item.price
        #expect(
          lines.allSatisfy { $0.price == price && $0.placedPrice == (price < item.price ? item.price : nil) })
        lowered += price < item.price ? 1 : 0
      }
      for order in orders {
        let after = try #require(closed[order.household])
        #expect(after.total <= order.total && after.total >= .zero && after.placedTotal == order.placedTotal)
        #expect(try after.total == after.recomputedTotal())
        #expect(try after.placedDiscount() == campaign.campaign.discountSteps.discount(of: gross(order)))
      }
      // Closing what is closed changes nothing.
      let again = try campaign.closed(closed.values.sorted { $0.id < $1.id })
      #expect(again.mapValues(\.total) == closed.mapValues(\.total))
      #expect(again.mapValues(\.lines) == closed.mapValues(\.lines))
    }
    #expect(lowered > 100)
  }

  private func gross(_ order: Order) throws -> Money {
    try order.lines.reduce(.zero) { try $0.adding($1.expectedAmount(of: $1.quantity, at: $1.price)) }
  }

  @Test func `an order that changes has its discount reckoned anew`() throws {
    var random = SeededGenerator(seed: 704)
    for _ in 0..<300 {
      let campaign = PromotedCampaign(&random)
      var decider = campaign.decider()
      let placed = try place(campaign.wishes(&random), of: 1, campaign, &decider)
      let wishes = campaign.wishes(&random)
      let changed = try change(placed, to: wishes, campaign, placed)
      var other = campaign.decider()
      let fresh = try place(wishes, of: 2, campaign, &other)
      #expect(changed.total == fresh.total && changed.placedTotal == placed.placedTotal)
      let parts = Dictionary(uniqueKeysWithValues: fresh.lines.map { ($0.item, $0.discount) })
      for line in changed.lines { #expect(line.discount == parts[line.item] ?? nil) }
    }
  }
}
