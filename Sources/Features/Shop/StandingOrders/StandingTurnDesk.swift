import Database
import Kernel
import People

/// How campaigns give what is needed again and again.
extension StandingOrderDesk {
  /// Looks at these standing orders for one campaign, one after the other, and orders what is due and can be had.
  ///
  /// However often it runs, each standing order has one turn in a campaign and at most one order.
  func serve(
    _ campaign: Campaign, _ standing: [StandingOrder], in transaction: Transaction
  ) throws {
    let phase = campaign.phase(at: transaction.now)
    guard campaign.booking == nil, campaign.audience == .households, phase == .open || phase == .upcoming
    else { return }
    let items = try CampaignStore.items(of: campaign.id, in: transaction.community, transaction)
    let held = try StandingTurnStore.held(
      by: standing.map(\.household), in: campaign.id, community: transaction.community, transaction)
    let offset = try people.offsetSeconds(transaction.community, transaction)
    for one in standing {
      let items = items.filter { held[one.household]?.contains($0.id) != true }
      try serve(campaign, one, items, isOpen: phase == .open, offsetSeconds: offset, in: transaction)
    }
  }

  /// - Parameter items: what the campaign offers, without what the household has ordered of it already.
  private func serve(
    _ campaign: Campaign, _ standing: StandingOrder, _ items: [CampaignItem], isOpen: Bool,
    offsetSeconds: Int, in transaction: Transaction
  ) throws {
    let present = try StandingTurnStore.find(
      of: standing.id, in: campaign.id, community: transaction.community, transaction)
    var turn =
      present
      ?? StandingTurn(
        id: transaction.newIdentifier(), standingOrder: standing.id, campaign: campaign.id, order: nil,
        lines: [], refusal: nil, revision: 0)
    let plan = StandingRules.plan(
      standing, isRunning: try isRunning(standing, for: campaign, in: transaction), before: turn.lines,
      offers: try offers(items, to: standing, in: transaction),
      served: try served(standing, except: campaign, offsetSeconds: offsetSeconds, in: transaction),
      week: StandingRules.week(of: campaign.pickupFrom, offsetSeconds: offsetSeconds), isOpen: isOpen)
    if plan.lines == turn.lines, plan.fresh.isEmpty { return }
    let before = turn.lines
    turn.lines = plan.lines
    turn.refusal = plan.lines.contains { $0.state == .refused } ? Problem.listingHeld().title : nil
    turn.revision += 1
    if !plan.fresh.isEmpty { try order(plan.fresh, on: &turn, standing, campaign, in: transaction) }
    try StandingTurnStore.store(turn, in: transaction)
    if StandingRules.isNews(turn.lines, since: before) {
      try transaction.publish(
        "shop.standing_turn", subject: turn.id.rawValue, body: #"{"revision":\#(turn.revision)}"#)
    }
  }

  /// Whether a standing order counts for a campaign: it has not ended, is not paused, and its people live where they did.
  private func isRunning(
    _ standing: StandingOrder, for campaign: Campaign, in transaction: Transaction
  ) throws -> Bool {
    guard standing.endedAt == nil, !standing.isPaused(for: campaign.pickupFrom) else { return false }
    return try isAtHome(standing, in: transaction)
  }

  private func offers(
    _ items: [CampaignItem], to standing: StandingOrder, in transaction: Transaction
  ) throws -> [VariantID: StandingRules.Offer] {
    let needed = Set(standing.needs.map(\.variant))
    let items = items.filter { needed.contains($0.variant) }
    let levels = try StockStore.levels(of: items.map(\.id), in: transaction)
    let ordered = try StandingTurnStore.ordered(
      of: standing.household, items.filter { $0.householdLimit != nil }.map(\.id), transaction)
    let held = try ListingHoldStore.held(
      among: Set(items.map(\.product)), in: transaction.community, transaction)
    var offers: [VariantID: StandingRules.Offer] = [:]
    for item in items {
      let own = item.householdLimit.map { max(0, $0 - ordered[item.id, default: 0]) }
      let left = levels[item.id]?.left
      offers[item.variant] = StandingRules.Offer(
        item: item.id, price: StandingPrice(item.price, per: item.weighed?.terms.basis),
        left: [own, left].compactMap(\.self).min(), isHeld: held.contains(item.product))
    }
    return offers
  }

  private func served(
    _ standing: StandingOrder, except campaign: Campaign, offsetSeconds: Int, in transaction: Transaction
  ) throws -> [VariantID: Set<Int64>] {
    let longest = StandingRhythm.allCases.map(\.weeks).max() ?? 1
    let found = try StandingTurnStore.served(
      standing.id, except: campaign.id, since: campaign.pickupFrom - .days(7 * (longest + 1)),
      in: transaction.community, transaction)
    var weeks: [VariantID: Set<Int64>] = [:]
    for (variant, pickup) in found {
      weeks[variant, default: []].insert(StandingRules.week(of: pickup, offsetSeconds: offsetSeconds))
    }
    return weeks
  }

  // MARK: - The order desk

  /// Asks the order desk as everyone does; what it refuses is said on the turn and takes nothing.
  private func order(
    _ fresh: [OrderRequest.Wish], on turn: inout StandingTurn, _ standing: StandingOrder,
    _ campaign: Campaign, in transaction: Transaction
  ) throws {
    let items = Set(fresh.map(\.item))
    do {
      guard let command = try command(fresh, turn, in: transaction) else {
        return turn.mark(items, .declined)
      }
      let actor = standing.actor
      let request = try OrderRequest(
        community: transaction.community, campaign: campaign.id, person: standing.person,
        household: standing.household, actor: actor.person, role: actor.role, authority: .standing(turn.id),
        key: "standing-turn-\(turn.id)-\(turn.revision)", command: command)
      try StandingTurnStore.store(turn, pending: request.digest, in: transaction)
      turn.order = try transaction.nested { try place(request, in: transaction) }
    } catch let problem as Problem where problem.status < 500 {
      turn.mark(items, .refused)
      turn.refusal = problem.title
    }
  }

  /// A new order, or the present one with more on it; nil where the household has cancelled that.
  private func command(
    _ fresh: [OrderRequest.Wish], _ turn: StandingTurn, in transaction: Transaction
  ) throws -> OrderRequest.Command? {
    guard let id = turn.order else { return .place(fresh, note: "") }
    guard let order = try OrderStore.find(id, in: transaction.community, transaction),
      order.fulfilment == .placed
    else { return nil }
    let present = order.lines.filter { $0.quantity > 0 }.map {
      OrderRequest.Wish(item: $0.item, quantity: $0.quantity, tolerance: $0.tolerance)
    }
    return .change(id, revision: order.revision, present + fresh, note: order.note)
  }

  /// A refusal is thrown, so that nothing of it stays.
  private func place(_ request: OrderRequest, in transaction: Transaction) throws -> OrderID {
    guard let answer = try OrderDesk.decide([request], books, people, in: transaction).first else {
      throw Problem.internalFault
    }
    return try answer.get().order.id
  }
}

extension StandingTurn {
  fileprivate mutating func mark(_ items: Set<CampaignItemID>, _ state: State) {
    for index in lines.indices where items.contains(lines[index].item) {
      lines[index].state = state
      lines[index].quantity = 0
    }
  }
}
