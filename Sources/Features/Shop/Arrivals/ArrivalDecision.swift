import Kernel

/// What is known when goods are counted: everything read under the community's lock.
struct ArrivalState: Sendable {
  var campaign: Campaign
  var items: [CampaignItem]
  var arrivals: [CampaignItemID: Arrival]
  var levels: [CampaignItemID: StockLevel]
  /// The campaign's orders with their lines, by number.
  var orders: [Order]
  /// What came in for each order and was not promised back.
  var paid: [OrderID: Money]
  var protected: Set<HouseholdID>
  /// What stands of the claims on items that were bought by the case.
  var caseClaims: [CampaignItemID: [CasePack.Claim]]
  var now: Timestamp
}

/// What a line is to get, and what that means in money.
struct LineChange: Sendable, Equatable {
  let order: OrderID
  let position: Int
  let item: CampaignItemID
  let from: Int64
  let to: Int64
  /// What the line costs before and after; estimates of goods that are not weighed yet.
  let before: Money
  let after: Money
  /// Whether its goods were weighed, which says nothing any more.
  let wasWeighed: Bool
}

/// What follows from counting the goods: a pure function of what was read and entered.
struct ArrivalOutcome: Sendable {
  var arrivals: [Arrival] = []
  var shares: [CampaignItemID: [OrderID: Int64]] = [:]
  /// Orders whose total, fulfilment or payment changes.
  var orders: [Order] = []
  /// Lines that are to get another number of pieces than before.
  var changes: [LineChange] = []
  var movements: [StockMovement] = []
  var custody: [CustodyRecord.Draft] = []
}

struct ArrivalDecider {
  let state: ArrivalState
  let actor: PersonID

  /// - Throws: `form.invalid` naming each field; `arrival.too_early`, `arrival.too_late`.
  func decide(_ entries: [ArrivalEntry]) throws -> ArrivalOutcome {
    let phase = state.campaign.phase(at: state.now)
    guard phase == .closed || phase == .pickup else { throw Problem.arrivalNotNow(phase) }
    var outcome = ArrivalOutcome()
    var problems = Problems()
    var orders = Dictionary(uniqueKeysWithValues: state.orders.map { ($0.id, $0) })
    for entry in entries where !isRecorded(entry) {
      guard state.items.contains(where: { $0.id == entry.item }) else { throw Problem.notFound }
      try decide(entry, &orders, &outcome, &problems)
    }
    try problems.throwIfAny()
    for before in state.orders {
      guard let order = orders[before.id], order != before else { continue }
      var settled = try order.settled(paid: state.paid[order.id] ?? .zero)
      guard
        settled.total != before.total || settled.fulfilment != before.fulfilment
          || settled.payment != before.payment
      else { continue }
      settled.revision += 1
      outcome.orders.append(settled)
    }
    outcome.custody = custody(of: outcome.arrivals)
    return outcome
  }

  private func isRecorded(_ entry: ArrivalEntry) -> Bool {
    guard let arrival = state.arrivals[entry.item] else { return false }
    let isSameUse = arrival.surplus == 0 || entry.surplusUse == arrival.surplusUse
    return arrival.arrived == entry.arrived && arrival.note == entry.note && isSameUse
  }

  private func decide(
    _ entry: ArrivalEntry, _ orders: inout [OrderID: Order], _ outcome: inout ArrivalOutcome,
    _ problems: inout Problems
  ) throws {
    let claims = claims(on: entry.item)
    let ordered = claims.reduce(0) { $0 + $1.held }
    guard (0...ArrivalEntry.limit).contains(entry.arrived) else {
      return problems.add(
        entry.field,
        Phrase(
          "请填 0 到 \(ArrivalEntry.limit) 的整数。", "Please enter a whole number from 0 to \(ArrivalEntry.limit).")
      )
    }
    if entry.arrived > ordered, entry.surplusUse == nil || entry.surplusUse == SurplusUse.none {
      return problems.add(
        "surplus.\(entry.item)",
        Phrase(
          "多到了 \(entry.arrived - ordered) 份，请选怎么处理。",
          "\(entry.arrived - ordered) more came than were ordered; please say what becomes of them."))
    }
    let result = ShortageSharing.share(
      arrived: entry.arrived, among: claims, of: entry.item, rule: state.campaign.shortageRule,
      seed: state.campaign.lotterySeed)
    if let refusal = refusal(of: entry, result) { return problems.add(entry.field, refusal) }
    try apply(result, to: entry.item, &orders, &outcome)
    let arrival = Arrival(
      item: entry.item, campaign: state.campaign.id, ordered: ordered, arrived: entry.arrived,
      reserved: result.reserved, surplusUse: entry.arrived > ordered ? entry.surplusUse ?? .none : .none,
      note: entry.note, recordedBy: actor, recordedAt: state.now)
    outcome.arrivals.append(arrival)
    outcome.shares[entry.item] = result.shares
    outcome.movements.append(movement(for: arrival, result))
  }

  /// What orders hold of the item. A line that got nothing at the close, because too few were ordered in all, holds
  /// nothing.
  private func claims(on item: CampaignItemID) -> [ShortageSharing.Claim] {
    let earlier = state.arrivals[item]
    if earlier?.ordered == 0 { return [] }
    let turns = CaseExtras(state.caseClaims[item] ?? [])
    return state.orders.flatMap { order -> [ShortageSharing.Claim] in
      guard order.fulfilment != .cancelled, order.fulfilment != .uncollected else { return [] }
      return order.lines.compactMap { line in
        guard line.item == item, line.quantity > 0, earlier != nil || line.allocated == nil else {
          return nil
        }
        return ShortageSharing.Claim(
          order: order.id, number: order.number, household: order.household,
          quantity: line.quantity - line.extra, extras: turns.first(line.extra, of: order.id),
          isProtected: state.protected.contains(order.household))
      }
    }
  }

  /// Once somebody has carried pieces home, a count may only go up, and never below what was carried home.
  private func refusal(of entry: ArrivalEntry, _ result: ShortageSharing.Result) -> Phrase? {
    guard let earlier = state.arrivals[entry.item] else { return nil }
    var isBegun = false
    for order in state.orders {
      for line in order.lines where line.item == entry.item && line.collected > 0 {
        isBegun = true
        if line.weighed != nil, let share = result.shares[order.id], share != line.due {
          return Phrase(
            "订单 \(order.number) 的这一样已经称好、整份取走了，按这个数重新分会变，不能这样改。",
            "Order \(order.number) has collected this as it was weighed; shared anew it would get another number, so this cannot be changed."
          )
        }
        if let share = result.shares[order.id], share < line.collected {
          return Phrase(
            "订单 \(order.number) 已经取走 \(line.collected) 份，按这个数重新分会少于取走的，不能这样改。",
            "Order \(order.number) has already collected \(line.collected); shared anew it would get fewer, so this cannot be changed."
          )
        }
      }
    }
    guard isBegun, entry.arrived < earlier.arrived else { return nil }
    return Phrase(
      "已经有人取走这样商品，到货数只能改大（现在是 \(earlier.arrived)）。",
      "Some of this has been collected, so the count can only go up (it is \(earlier.arrived) now).")
  }

  private func apply(
    _ result: ShortageSharing.Result, to item: CampaignItemID, _ orders: inout [OrderID: Order],
    _ outcome: inout ArrivalOutcome
  ) throws {
    for id in result.shares.keys.sorted() {
      guard let share = result.shares[id],
        let index = orders[id]?.lines.firstIndex(where: { $0.item == item }),
        let line = orders[id]?.lines[index]
      else { continue }
      let changed = line.sharing(share)
      if line.due != share {
        outcome.changes.append(
          LineChange(
            order: id, position: line.position, item: item, from: line.due, to: share,
            before: try line.amount(), after: try changed.amount(), wasWeighed: line.weighed?.weight != nil))
      }
      orders[id]?.lines[index] = changed
    }
  }

  /// One movement that leads from what was thought to be there to what is there.
  private func movement(for arrival: Arrival, _ result: ShortageSharing.Result) -> StockMovement {
    let kind = state.items.first { $0.id == arrival.item }?.stockKind ?? .onDemand
    let before = state.levels[arrival.item] ?? StockLevel(kind: kind)
    let collected = state.orders.reduce(Int64(0)) { sum, order in
      sum + order.lines.reduce(0) { $0 + ($1.item == arrival.item ? $1.collected : 0) }
    }
    let promised = result.shares.values.reduce(0, +) - collected
    let onHand = promised + (arrival.surplusUse == .stock ? arrival.surplus : 0)
    let level = StockLevel(
      sequence: before.sequence + 1, kind: before.kind, onHand: onHand, promised: promised, held: before.held)
    return StockMovement(
      item: arrival.item, reason: .arrival, order: nil, onHandChange: onHand - before.onHand,
      promisedChange: promised - before.promised, level: level, actor: actor)
  }

  /// What changed hands: from each merchant to the leader, and at once on where it came over.
  private func custody(of arrivals: [Arrival]) -> [CustodyRecord.Draft] {
    let merchants = Dictionary(uniqueKeysWithValues: state.items.map { ($0.id, $0.merchant) })
    let leader = CustodyRecord.Party.leader(state.campaign.leader)
    var came: [MerchantID: Int64] = [:]
    var given: Int64 = 0
    var wasted: Int64 = 0
    for arrival in arrivals {
      guard let merchant = merchants[arrival.item] else { continue }
      let earlier = state.arrivals[arrival.item]
      came[merchant, default: 0] += arrival.arrived - (earlier?.arrived ?? 0)
      given += arrival.given - (earlier?.given ?? 0)
      wasted += arrival.wasted - (earlier?.wasted ?? 0)
    }
    var drafts = came.filter { $0.value != 0 }.sorted { $0.key < $1.key }.map {
      CustodyRecord.Draft(step: .arrived, from: .merchant($0.key), to: leader, pieces: $0.value)
    }
    if given != 0 { drafts.append(.init(step: .given, from: leader, to: .charity, pieces: given)) }
    if wasted != 0 { drafts.append(.init(step: .wasted, from: leader, to: .waste, pieces: wasted)) }
    return drafts
  }
}
