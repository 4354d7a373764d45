import Kernel
import TestKit
import Testing

@testable import Shop

/// A campaign in memory whose goods are held back and let go again while households order, change and cancel.
private struct HeldModel {
  private(set) var state: OrderDeskState
  private(set) var orders: [Order] = []
  private var last: Int64 = 1_000
  let items: [CampaignItem]

  init() {
    let start = DeskFixture.start
    var campaign = Campaign(
      id: CampaignID(rawValue: 100), community: CommunityID(rawValue: 1), leader: PersonID(rawValue: 7),
      draft: CampaignDraft(
        title: Phrase(same: ""), opensAt: start - .hours(1), cutOffAt: start + .hours(1),
        pickupPoint: PickupPointID(rawValue: 1), pickupFrom: start + .hours(2),
        pickupUntil: start + .hours(3)), lotterySeed: "", clonedFrom: nil)
    campaign.marks.publishedAt = start - .hours(2)
    // Two variants of the first product: they are held back together.
    items = (0..<5 as Range<Int64>).map { number in
      CampaignItem(
        id: CampaignItemID(rawValue: 200 + number), campaign: campaign.id, position: Int(number),
        product: ProductID(rawValue: max(1, number)), variant: VariantID(rawValue: number),
        merchant: MerchantID(rawValue: 1), price: .fen(350), weighed: nil, stockKind: .onDemand,
        householdLimit: nil, minimumQuantity: 0, tierCount: 0)
    }
    state = OrderDeskState(now: start)
    state.campaigns[campaign.id] = campaign
    for item in items {
      state.items[item.id] = OrderDeskState.Item(
        item: item, name: Phrase(same: "菜"), pack: Phrase(same: ""), unit: .bag,
        level: StockLevel(kind: .onDemand), category: .eggs)
    }
  }

  mutating func hold(_ products: Set<ProductID>) { state.held = products }

  func wishes(_ random: inout SeededGenerator) -> [OrderRequest.Wish] {
    items.shuffled(using: &random).prefix(.random(in: 1...3, using: &random)).map {
      OrderRequest.Wish(item: $0.id, quantity: .random(in: 1...4, using: &random))
    }
  }

  /// What somebody asks for, and how much of each item their order would have more than now.
  mutating func ask(_ random: inout SeededGenerator) -> (
    command: OrderRequest.Command, more: Set<CampaignItemID>
  ) {
    let open = orders.filter { $0.fulfilment == .placed }
    let choice = open.isEmpty ? 0 : Int.random(in: 0..<4, using: &random)
    guard choice > 0, let order = open.randomElement(using: &random) else {
      let wishes = wishes(&random)
      return (.place(wishes, note: ""), Set(wishes.map(\.item)))
    }
    if choice == 1 { return (.cancel(order.id, revision: order.revision), []) }
    let wishes = wishes(&random)
    let before = Dictionary(uniqueKeysWithValues: order.lines.map { ($0.item, $0.quantity) })
    let more = wishes.filter { $0.quantity > before[$0.item] ?? 0 }.map(\.item)
    return (.change(order.id, revision: order.revision, wishes, note: ""), Set(more))
  }

  mutating func decide(_ command: OrderRequest.Command, _ step: Int) throws -> OrderDecision {
    state.orders = Dictionary(uniqueKeysWithValues: orders.map { ($0.id, $0) })
    last += 1
    let (next, home) = (last, HouseholdID(rawValue: 1))
    var decider = OrderDecider(state) { OrderID(rawValue: next) }
    let request = try OrderRequest(
      community: CommunityID(rawValue: 1), campaign: CampaignID(rawValue: 100),
      person: PersonID(rawValue: 1), household: home, actor: PersonID(rawValue: 1), role: .resident,
      key: "held-model-step-\(step)", command: command)
    let decision = decider.decide(request)
    state = decider.state
    switch decision {
    case .placed(let order, _): orders.append(order)
    case .changed(let order, _), .cancelled(let order, _):
      orders = orders.map { $0.id == order.id ? order : $0 }
    case .refused: break
    }
    return decision
  }

  /// Pieces of each product that open orders have, as the orders and as the stock tell.
  func pieces() -> (ordered: [ProductID: Int64], promised: [ProductID: Int64]) {
    var (ordered, promised): ([ProductID: Int64], [ProductID: Int64]) = ([:], [:])
    for item in items {
      ordered[item.product, default: 0] += 0
      promised[item.product, default: 0] += state.items[item.id]?.level.promised ?? 0
      for order in orders where order.fulfilment == .placed {
        ordered[item.product, default: 0] += order.lines.first { $0.item == item.id }?.quantity ?? 0
      }
    }
    return (ordered, promised)
  }
}

@Suite("Goods that are held back, in every course of orders")
struct HeldOrderModelTests {
  @Test("Held goods never gain a piece; everything else goes on as if nothing were held", arguments: 0..<40)
  func neverGain(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: 900 + seed)
    var model = HeldModel()
    var refused = 0
    for step in 0..<60 {
      let products = Set(model.items.map(\.product)).sorted()
      let held = Set(products.filter { _ in Int.random(in: 0..<4, using: &random) == 0 })
      model.hold(held)
      let before = model.pieces()
      let (command, more) = model.ask(&random)
      let asksForHeld = model.items.contains { more.contains($0.id) && held.contains($0.product) }
      let decision = try model.decide(command, step)
      let after = model.pieces()
      var code: String?
      if case .refused(let problem) = decision { code = problem.code }
      #expect(code == (asksForHeld ? "shop.listing_held" : nil))
      #expect(after.ordered == after.promised)
      for product in held {
        let (old, new) = (before.ordered[product] ?? 0, after.ordered[product] ?? 0)
        #expect(new <= old)
      }
      if asksForHeld {
        refused += 1
        #expect(after.ordered == before.ordered)
      }
    }
    #expect(refused > 0)
  }

  @Test("Every line that is held back is named, and no other")
  func names() throws {
    var model = HeldModel()
    model.hold([ProductID(rawValue: 1)])
    let wishes = model.items.prefix(3).map { OrderRequest.Wish(item: $0.id, quantity: 1) }
    let decision = try model.decide(.place(wishes, note: ""), 0)
    guard case .refused(let problem) = decision else { throw Problem.internalFault }
    let held = model.items.prefix(3).filter { $0.product == ProductID(rawValue: 1) }.map { "item.\($0.id)" }
    #expect(!held.isEmpty && problem.fields.map(\.field) == held)
  }
}
