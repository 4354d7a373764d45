import Kernel
import People

/// What the desk knows when it decides: everything it read under the community's lock.
struct OrderDeskState: Sendable {
  struct Item: Sendable {
    var item: CampaignItem
    var name: Phrase
    var pack: Phrase
    var unit: Unit
    var level: StockLevel
    var category: ProductCategory
  }

  struct HouseholdItem: Hashable, Sendable {
    let household: HouseholdID
    let item: CampaignItemID
  }

  var now: Timestamp
  var campaigns: [CampaignID: Campaign] = [:]
  var items: [CampaignItemID: Item] = [:]
  /// Goods that the station holds back.
  var held: Set<ProductID> = []
  /// What each household already has of items with a limit.
  var ordered: [HouseholdItem: Int64] = [:]
  /// The orders that changes and cancellations are about.
  var orders: [OrderID: Order] = [:]
  /// What came in for those orders and was not promised back.
  var paid: [OrderID: Money] = [:]
  /// The highest number given in each campaign.
  var lastNumber: [CampaignID: Int64] = [:]
  /// What is asked of the items that are bought by the case.
  var cases = CaseBook()
  /// What is known of those who act for others.
  var representation = OrderRepresentation()
  /// What is held back for the slips that are keyed.
  var holds = PaperHolds()
}

/// What is to happen with one request.
enum OrderDecision: Sendable {
  case placed(Order, movements: [StockMovement])
  case changed(Order, movements: [StockMovement])
  case cancelled(Order, movements: [StockMovement])
  case refused(Problem)
}

/// Decides waiting requests together, first come first, each all or nothing: a pure function of what was read.
///
/// What one request takes is gone for the next, so the *sum* of a batch never exceeds the stock.
struct OrderDecider {
  private(set) var state: OrderDeskState
  private let newIdentifier: () -> OrderID

  init(_ state: OrderDeskState, newIdentifier: @escaping () -> OrderID) {
    self.state = state
    self.newIdentifier = newIdentifier
  }

  mutating func decide(_ request: OrderRequest) -> OrderDecision {
    do {
      guard let campaign = state.campaigns[request.campaign] else { throw Problem.notFound }
      guard campaign.booking == request.authority.booking else { throw Problem.orderBelongsToBooking }
      guard campaign.audience.admits(request.authority) else { throw Problem.notFor(campaign.audience) }
      guard campaign.takesOrders(at: state.now) else {
        throw Problem.campaignTakesNoOrders(campaign, state.now)
      }
      if let refusal = state.representation.refusal(of: request, from: merchants(in: request)) {
        throw refusal
      }
      return try carryOut(request)
    } catch let problem as Problem {
      return .refused(problem)
    } catch {
      return .refused(.internalFault)
    }
  }

  private mutating func carryOut(_ request: OrderRequest) throws -> OrderDecision {
    switch request.command {
    case .place(let wishes, let note): try place(wishes, note, request)
    case .change(let id, let revision, let wishes, let note):
      try change(id, revision, wishes, note, request)
    case .cancel(let id, let revision): try cancel(id, revision, request)
    }
  }

  /// Whose goods a helper asks for; nobody needs to know it of a household's own order.
  private func merchants(in request: OrderRequest) -> Set<MerchantID> {
    guard request.authority != .household else { return [] }
    return Set(request.command.wishes.compactMap { state.items[$0.item]?.item.merchant })
  }

  /// The mandate that bears what a helper asks for; nil for a household's own order.
  private func mandate(
    for request: OrderRequest, _ order: OrderID?, _ lines: [OrderLine], isCancelled: Bool = false
  ) throws -> Mandate? {
    guard !request.authority.isOwn else { return nil }
    let items = lines.compactMap { state.items[$0.item] }
    // A merchant whom the mandate bars is not bought from; what was bought before may still be taken out.
    let bought = isCancelled ? [] : lines.filter { $0.quantity > 0 }.compactMap { state.items[$0.item] }
    let mandate = try state.representation.mandate(
      for: request,
      OrderRepresentation.Purchase(
        order: order, matters: request.authority.matters(of: items.map(\.category)),
        merchants: Set(bought.map(\.item.merchant)),
        total: isCancelled ? .zero : try lines.most(), payWay: Order.PaymentMethod.cashAtPickup.payWay),
      at: state.now)
    // A slip and a list of the chat as well: whoever helps is never the one who brings it.
    if mandate != nil, state.campaigns[request.campaign]?.terms.carrier?.person == request.actor {
      throw Problem.helperIsCarrier
    }
    return mandate
  }

  private mutating func place(
    _ wishes: [OrderRequest.Wish], _ note: String, _ request: OrderRequest
  ) throws -> OrderDecision {
    try refuseToleranceByThePiece(wishes)
    let lines = try discounted(
      wishes.enumerated().map { position, wish in
        try newLine(wish, position: position, isPlacing: true, request)
      }, in: request.campaign)
    let total = try checkedTotal(lines)
    let mandate = try mandate(for: request, nil, lines)
    let id = newIdentifier()
    let movements = try take(OrderDifference.between([], lines), for: id, .ordered, request)
    let number = state.lastNumber[request.campaign, default: 0] + 1
    state.lastNumber[request.campaign] = number
    let order = Order(
      id: id, campaign: request.campaign, number: number, household: request.household,
      person: request.person, placedBy: request.actor, authority: request.authority, clientKey: request.key,
      requestDigest: request.digest,
      placedAt: state.now, placedTotal: total, total: total, note: note, fulfilment: .placed,
      paymentMethod: .cashAtPickup, payment: .due, revision: 1, pickupGeneration: 1, pickupFailures: 0,
      lines: lines, mandateHelper: mandate?.helper)
    try state.representation.note(request, order, under: mandate)
    return .placed(order, movements: movements)
  }

  private mutating func change(
    _ id: OrderID, _ revision: Int64, _ wishes: [OrderRequest.Wish], _ note: String,
    _ request: OrderRequest
  ) throws -> OrderDecision {
    var order = try openOrder(id, revision, request)
    try refuseToleranceByThePiece(wishes)
    let before = order.lines
    let wanted = Dictionary(uniqueKeysWithValues: wishes.map { ($0.item, $0) })
    for index in order.lines.indices {
      let wish = wanted[order.lines[index].item]
      order.lines[index].quantity = wish?.quantity ?? 0
      order.lines[index].tolerance = wish?.tolerance ?? 0
    }
    let known = Set(before.map(\.item))
    for wish in wishes where !known.contains(wish.item) {
      order.lines.append(try newLine(wish, position: order.lines.count, isPlacing: false, request))
    }
    order.lines = try discounted(order.lines, in: request.campaign)
    order.total = try checkedTotal(order.lines)
    let mandate = try mandate(for: request, id, order.lines)
    let paid = state.paid[id] ?? .zero
    order.payment = paid > .zero && paid >= order.total ? .received : .due
    let movements = try take(OrderDifference.between(before, order.lines), for: id, .changed, request)
    order.note = note
    order.revision += 1
    order.mandateHelper = order.mandateHelper ?? mandate?.helper
    state.orders[id] = order
    try state.representation.note(request, order, under: mandate)
    return .changed(order, movements: movements)
  }

  private mutating func cancel(
    _ id: OrderID, _ revision: Int64, _ request: OrderRequest
  ) throws -> OrderDecision {
    var order = try openOrder(id, revision, request)
    let mandate = try mandate(for: request, id, order.lines, isCancelled: true)
    let movements = try take(OrderDifference.between(order.lines, []), for: id, .cancelled, request)
    order.fulfilment = .cancelled
    order.payment = .void
    order.revision += 1
    order.mandateHelper = order.mandateHelper ?? mandate?.helper
    state.orders[id] = order
    try state.representation.note(request, order, under: mandate)
    return .cancelled(order, movements: movements)
  }

  private func openOrder(_ id: OrderID, _ revision: Int64, _ request: OrderRequest) throws -> Order {
    guard let order = state.orders[id], order.campaign == request.campaign,
      order.household == request.household
    else { throw Problem.notFound }
    guard order.fulfilment == .placed else { throw Problem.orderIsNotOpen }
    guard order.revision == revision else { throw Problem.orderIsStale }
    return order
  }

  private func newLine(
    _ wish: OrderRequest.Wish, position: Int, isPlacing: Bool, _ request: OrderRequest
  ) throws -> OrderLine {
    guard let item = state.items[wish.item], item.item.campaign == request.campaign else {
      throw Problem.invalid([
        FieldProblem("lines", Phrase("有一样商品不在这个团里。", "One of the items is not part of this group-buy."))
      ])
    }
    return OrderLine(
      position: position, item: wish.item, name: item.name, pack: item.pack, unit: item.unit,
      price: item.item.price, weighed: item.item.weighed.map { WeighedLine($0.terms) },
      placedQuantity: isPlacing ? wish.quantity : 0, quantity: wish.quantity,
      allocated: nil, collected: 0, tolerance: wish.tolerance)
  }

  private func checkedTotal(_ lines: [OrderLine]) throws -> Money {
    let total = try lines.reduce(Money.zero) { try $0.adding($1.amount()) }
    guard try lines.most() <= Order.totalLimit else { throw Problem.moneyTooLarge }
    return total
  }

  /// Takes or gives back stock for all differences of one order, or for none of them.
  private mutating func take(
    _ differences: [OrderDifference], for order: OrderID, _ reason: StockMovement.Reason,
    _ request: OrderRequest
  ) throws -> [StockMovement] {
    try refuseWhatIsHeld(differences)
    try refuseWhatIsMissing(differences, request)
    var movements: [StockMovement] = []
    movements.reserveCapacity(differences.count)
    for difference in differences {
      let id = difference.item
      if difference.quantity != 0 {
        let taken = state.holds.take(difference.quantity, of: id, on: request.authority)
        guard let level = state.items[id]?.level.promising(difference.quantity, fromHeld: taken) else {
          throw Problem.notFound
        }
        state.items[id]?.level = level
        movements.append(
          StockMovement(
            item: id, reason: reason, order: order, onHandChange: 0, promisedChange: difference.quantity,
            level: level, actor: request.actor, heldChange: -taken))
      }
      if state.items[id]?.item.householdLimit != nil {
        state.ordered[.init(household: request.household, item: id), default: 0] += difference.asked
      }
      state.cases.note(difference, of: order, at: state.now)
    }
    return movements
  }

  /// Names every line that cannot be had, with what is left, so that one correction is enough.
  private func refuseWhatIsMissing(
    _ differences: [OrderDifference], _ request: OrderRequest
  ) throws {
    var missing: [FieldProblem] = []
    var isLimitReached = false
    for difference in differences where difference.quantity > 0 || difference.asked > 0 {
      let id = difference.item
      guard let item = state.items[id] else { throw Problem.notFound }
      let own = state.holds.left(of: id, on: request.authority)
      if let left = item.level.left.map({ $0 + own }), left < difference.quantity {
        missing.append(FieldProblem("item.\(id)", Self.soldOut(item.name, left: left)))
      } else if let limit = item.item.householdLimit {
        let already = state.ordered[.init(household: request.household, item: id), default: 0]
        let who = state.campaigns[request.campaign]?.audience ?? .households
        if let problem = Self.limitProblem(
          difference, of: item.name, limit: limit, already: already, for: who)
        {
          isLimitReached = true
          missing.append(problem)
        }
      }
    }
    if !missing.isEmpty { throw Problem.cannotBeHad(missing, isLimitReached: isLimitReached) }
  }

  private static func soldOut(_ name: Phrase, left: Int64) -> Phrase {
    left == 0
      ? Phrase("「\(name.chinese)」已经售完。", "“\(name.english)” is sold out.")
      : Phrase("「\(name.chinese)」只剩 \(left) 份。", "Only \(left) left of “\(name.english)”.")
  }
}
