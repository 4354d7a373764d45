package import Database
package import Kernel
import People

/// What the order desk reads before it decides, and how it writes what it decided: set-wise, in one transaction.
enum OrderDeskStore {
  /// Everything that these requests may touch, read under the community's lock.
  static func state(
    for requests: [OrderRequest], _ books: Bookkeeping, _ people: Representation, in transaction: Transaction
  ) throws -> OrderDeskState {
    var state = OrderDeskState(now: transaction.now)
    state.representation = try OrderGroundStore.representation(for: requests, people, in: transaction)
    let campaigns = Set(requests.map(\.campaign))
    for campaign in try CampaignStore.find(campaigns, in: transaction.community, transaction) {
      state.campaigns[campaign.id] = campaign
    }
    for campaign in campaigns {
      state.lastNumber[campaign] = try transaction.value(
        "SELECT number FROM shop_order WHERE campaign_id = \(campaign) ORDER BY number DESC LIMIT 1")
    }
    for request in requests {
      if let id = request.command.order, state.orders[id] == nil {
        state.orders[id] = try OrderStore.find(id, in: transaction.community, transaction)
      }
    }
    if !state.orders.isEmpty {
      state.paid = try books.paid(state.orders.keys.sorted(), transaction.community, transaction)
    }
    try readItems(for: requests, into: &state, transaction)
    state.cases.levels = try CaseClaimStore.levels(of: state.items.values.lazy.map(\.item), in: transaction)
    try readHouseholdQuantities(for: requests, into: &state, transaction)
    state.holds = try PaperHoldStore.holds(for: requests.map(\.authority), in: transaction)
    return state
  }

  private static func readItems(
    for requests: [OrderRequest], into state: inout OrderDeskState, _ transaction: Transaction
  ) throws {
    var ids = Set(requests.flatMap { $0.command.wishes.map(\.item) })
    for order in state.orders.values { ids.formUnion(order.lines.map(\.item)) }
    if ids.isEmpty { return }
    let levels = try StockStore.levels(of: ids, in: transaction)
    try transaction.forEach(
      """
      SELECT \(CampaignStore.joinedItemColumns),
        product.name_zh, product.name_en, variant.name_zh, variant.name_en, variant.pack_zh, variant.pack_en,
        variant.unit_code, product.category
      FROM shop_campaign_item AS item
      JOIN shop_variant AS variant ON variant.id = item.variant_id
      JOIN shop_product AS product ON product.id = item.product_id
      WHERE item.id IN \(list: ids) AND item.community_id = \(transaction.community)
      """
    ) { row in
      let item = try CampaignItem(row)
      let next = CampaignStore.itemColumnCount
      let product = Phrase(try row[next], try row[next + 1])
      let variant = Phrase(try row[next + 2], try row[next + 3])
      state.items[item.id] = OrderDeskState.Item(
        item: item, name: product.qualified(by: variant), pack: Phrase(try row[next + 4], try row[next + 5]),
        unit: Unit.withCode(try row[next + 6]) ?? .piece,
        level: levels[item.id] ?? StockLevel(kind: item.stockKind), category: try row[next + 7])
    }
    state.held = try ListingHoldStore.held(
      among: Set(state.items.values.map(\.item.product)), in: transaction.community, transaction)
  }

  /// Only items with a limit need the sum of what a household already has.
  private static func readHouseholdQuantities(
    for requests: [OrderRequest], into state: inout OrderDeskState, _ transaction: Transaction
  ) throws {
    for request in requests {
      let items =
        request.command.wishes.map(\.item) + (state.orders[request.command.order]?.lines.map(\.item) ?? [])
      for item in items where state.items[item]?.item.householdLimit != nil {
        let key = OrderDeskState.HouseholdItem(household: request.household, item: item)
        guard state.ordered[key] == nil else { continue }
        state.ordered[key] =
          try transaction.value(
            """
            SELECT quantity FROM shop_household_quantity
            WHERE item_id = \(item) AND household_id = \(request.household)
            """) ?? 0
      }
    }
  }

  /// Writes all decisions of a batch.
  static func store(
    _ decided: [(request: OrderRequest, decision: OrderDecision)], _ state: OrderDeskState,
    _ books: Bookkeeping,
    in transaction: Transaction
  ) throws {
    var placed: [Order] = []
    var movements: [StockMovement] = []
    var events: [(kind: String, subject: Int64, body: String)] = []
    var audit: [AuditEntry] = []
    for (request, decision) in decided {
      switch decision {
      case .placed(let order, let moved):
        placed.append(order)
        movements += moved
        events.append(("shop.order_placed", order.id.rawValue, eventBody(order)))
        audit.append(entry("shop.order_place", order, request))
      case .changed(let order, let moved):
        movements += moved
        events.append(("shop.order_changed", order.id.rawValue, eventBody(order)))
        audit.append(entry("shop.order_change", order, request))
      case .cancelled(let order, let moved):
        movements += moved
        events.append(("shop.order_cancelled", order.id.rawValue, eventBody(order)))
        audit.append(entry("shop.order_cancel", order, request))
      case .refused: continue
      }
    }
    try OrderStore.insert(placed, in: transaction)
    try OrderGroundStore.store(state.representation, in: transaction)
    for (order, actor) in latestChanges(decided) {
      try OrderStore.update(order, in: transaction)
      if let paid = state.paid[order.id], paid > .zero {
        try books.settle(Settlement(order, because: .changed), actor, transaction)
      }
    }
    try StockStore.append(movements, in: transaction)
    try PaperHoldStore.store(state.holds.taken, in: transaction)
    try CaseClaimStore.append(state.cases.changes, in: transaction)
    try storeHouseholdQuantities(movements, state, in: transaction)
    try transaction.publish(events)
    try transaction.audit(audit)
    for campaign in Set(decided.map(\.request.campaign)) { transaction.touch(.campaignStock(campaign)) }
  }

  /// A batch may hold several changes of one order; the last one says how it ends.
  private static func latestChanges(
    _ decided: [(request: OrderRequest, decision: OrderDecision)]
  ) -> [(order: Order, actor: Actor)] {
    var latest: [OrderID: (order: Order, actor: Actor)] = [:]
    for (request, decision) in decided {
      switch decision {
      case .changed(let order, _), .cancelled(let order, _):
        latest[order.id] = (order, Actor(person: request.actor, role: request.role))
      case .placed, .refused: continue
      }
    }
    return latest.values.sorted { $0.order.id < $1.order.id }
  }

  private static func storeHouseholdQuantities(
    _ movements: [StockMovement], _ state: OrderDeskState, in transaction: Transaction
  ) throws {
    let items = Set(movements.map(\.item)).union(state.cases.changes.map(\.item))
    for (key, quantity) in state.ordered where items.contains(key.item) {
      try transaction.execute(
        """
        INSERT INTO shop_household_quantity (item_id, household_id, community_id, quantity)
        VALUES (\(key.item), \(key.household), \(transaction.community), \(quantity))
        ON CONFLICT (item_id, household_id) DO UPDATE SET quantity = excluded.quantity
        """)
    }
  }

  private static func eventBody(_ order: Order) -> String {
    #"{"campaign":"\#(order.campaign)","total":\#(order.total.minorUnits)}"#
  }

  private static func entry(
    _ action: StaticString, _ order: Order, _ request: OrderRequest
  ) -> AuditEntry {
    AuditEntry(
      actor: request.actor, role: request.role,
      onBehalfOf: request.actor == request.person ? nil : request.person, action: action,
      object: order.id.rawValue, detailDigest: request.digest)
  }
}

extension Topic {
  /// Touched when what is left of a campaign's items, or its progress, changes.
  package static func campaignStock(_ campaign: CampaignID) -> Topic {
    Topic("shop.campaign_stock", campaign.rawValue)
  }

  /// Touched when a campaign's own words, times, items or marks change.
  package static func campaign(_ campaign: CampaignID) -> Topic {
    Topic("shop.campaign", campaign.rawValue)
  }

  /// Touched when a campaign of the community is published, changed or ends: for lists of campaigns.
  package static func campaigns(_ community: CommunityID) -> Topic {
    Topic("shop.campaigns", community.rawValue)
  }
}

extension OrderRequest.Command {
  var order: OrderID? {
    switch self {
    case .place: nil
    case .change(let id, _, _, _), .cancel(let id, _): id
    }
  }

  var wishes: [OrderRequest.Wish] {
    switch self {
    case .place(let wishes, _), .change(_, _, let wishes, _): wishes
    case .cancel: []
    }
  }
}

extension Phrase {
  /// The product's name with the variant's, where the product has several.
  package func qualified(by variant: Phrase) -> Phrase {
    variant.chinese.isEmpty
      ? self : Phrase("\(chinese)（\(variant.chinese)）", "\(english) (\(variant.english))")
  }
}

extension [OrderID: Order] {
  fileprivate subscript(_ id: OrderID?) -> Order? {
    guard let id else { return nil }
    return self[id]
  }
}
