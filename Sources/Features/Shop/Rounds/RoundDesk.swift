package import Database
package import Kernel
package import People

/// Where rounds are made, arranged, given out and ended: each change is one transaction.
package struct RoundDesk: Sendable {
  private let directory: Directory

  package init(directory: Directory) {
    self.directory = directory
  }

  // MARK: - Who is delivered to

  /// The orders of a campaign that wish to be brought home.
  struct Wishing: Sendable {
    /// Those that a new round would take.
    var ready: [Order] = []
    /// Those beyond the leader's offer.
    var beyond: [Order] = []
    /// Those whose goods are not ready to go: not here yet, or still to be weighed.
    var notReady: [Order] = []
    /// Everything else that could still be brought home, if the household said so.
    var others: [Order] = []
  }

  static func wishing(_ campaign: Campaign, _ snapshot: Snapshot) throws -> Wishing {
    let community = campaign.community
    let orders = try OrderStore.list(ofCampaign: campaign.id, in: community, snapshot)
      // Nobody brings to merchants what they bought together.
      .filter { $0.buyer == nil && ($0.fulfilment.isOpen || $0.fulfilment == .collected) }
    let wishes = try DeliveryWishStore.wishes(of: Set(orders.map(\.household)), in: community, snapshot)
    let said = try DeliveryWishStore.said(of: orders.map(\.id), in: community, snapshot)
    let taken = try RoundStore.taken(ofCampaign: campaign.id, in: community, snapshot)
    let wished = orders.filter { DeliveryRules.isWished(wishes[$0.household], said: said[$0.id]) }
    let reach = try brought(wished, of: campaign, snapshot)
    let all = Set(wished.map(\.id))
    var wishing = Wishing()
    for order in orders where order.fulfilment.isOpen && !taken.contains(order.id) {
      if !all.contains(order.id) {
        wishing.others.append(order)
      } else if !reach.contains(order.id) {
        wishing.beyond.append(order)
      } else if order.isReadyForPickup {
        wishing.ready.append(order)
      } else {
        wishing.notReady.append(order)
      }
    }
    return wishing
  }

  /// Those of a campaign's orders that wish to be brought home which the leader's offer of bags reaches.
  static func brought(
    _ wished: [Order], of campaign: Campaign, _ snapshot: Snapshot
  ) throws -> Set<OrderID> {
    let bags = try DeliveryWishStore.offer(of: campaign.id, in: campaign.community, snapshot) ?? 0
    return Set(DeliveryRules.withinOffer(wished.map { ($0.id, $0.placedAt) }, bags: bags).brought)
  }

  // MARK: - Making

  /// Makes a round of everything that is ready and wishes to be brought home; more than one where there are more doors
  /// than one person can visit.
  /// - Throws: `not_found`, `pickup.too_early`, `pickup.over`, `delivery.not_offered`, `round.empty`.
  package func make(
    for id: CampaignID, _ doors: Doors, by actor: CampaignActor, in transaction: Transaction
  ) throws -> [RoundID] {
    let campaign = try CampaignStore.find(id, runBy: actor, in: transaction)
    switch campaign.phase(at: transaction.now) {
    case .pickup: break
    case .finished, .failed, .cancelled: throw Problem.pickupIsOver
    default: throw Problem.pickupNotYet
    }
    let bags = try DeliveryWishStore.offer(of: id, in: transaction.community, transaction) ?? 0
    guard bags > 0 else { throw Problem.deliveryNotOffered }
    let ready = try Self.wishing(campaign, transaction).ready
    guard !ready.isEmpty else { throw Problem.roundIsEmpty }
    let stops = try stops(of: ready, in: transaction)
    let walk = DoorWalk.walk(try places(of: stops, doors, transaction)).map(\.stop)
    let byID = Dictionary(stops.map { ($0.id, $0) }) { first, _ in first }
    var number = try RoundStore.nextNumber(ofCampaign: id, in: transaction.community, transaction)
    var made: [RoundID] = []
    for start in stride(from: 0, to: walk.count, by: RoundRules.stopLimit) {
      let part = walk[start..<min(start + RoundRules.stopLimit, walk.count)].compactMap { byID[$0] }
      made.append(try insert(part, of: id, number: number, by: actor, in: transaction))
      number += 1
    }
    return made
  }

  private func insert(
    _ stops: [RoundStop], of campaign: CampaignID, number: Int64, by actor: CampaignActor,
    in transaction: Transaction
  ) throws -> RoundID {
    let round = Round(
      id: transaction.newIdentifier(), campaign: campaign, number: number, courier: nil, state: .prepared,
      startedAt: nil, endedAt: nil, stops: stops)
    try RoundStore.insert(round, by: actor.person, in: transaction)
    try audit("shop.round_make", round.id, actor.actor, in: transaction)
    return round.id
  }

  /// One stop for each household, with one bag for each of its orders.
  private func stops(of orders: [Order], in transaction: Transaction) throws -> [RoundStop] {
    let households = Set(orders.map(\.household))
    let community = transaction.community
    let wishes = try DeliveryWishStore.wishes(of: households, in: community, transaction)
    let neighbours = try DeliveryNeighbourStore.neighbours(of: households, in: community, transaction)
    return Dictionary(grouping: orders, by: \.household).sorted { $0.key < $1.key }.compactMap {
      household, orders in
      guard let first = orders.min(by: { $0.number < $1.number }) else { return nil }
      return RoundStop(
        id: transaction.newIdentifier(), household: household, person: first.person,
        bags: Int64(orders.count), terms: RoundStop.Terms(wishes[household], neighbours[household]),
        orders: orders.map { RoundStop.StopOrder(order: $0.id, isOpen: true, pieces: 0) })
    }
  }

  private func places(
    of stops: [RoundStop], _ doors: Doors, _ snapshot: Snapshot
  ) throws -> [RoundPlace] {
    let households = try doors.households(Set(stops.map(\.household)), snapshot)
    return try stops.map { stop in
      guard let household = households[stop.household] else { throw Problem.internalFault }
      return RoundPlace(
        stop: stop.id, door: household.door, floor: household.floor, hasLift: household.hasLift,
        bags: stop.bags, window: stop.terms.window)
    }
  }

  // MARK: - Arranging

  /// Moves a stop by hand.
  /// - Throws: `not_found`, `round.not_prepared`.
  package func move(
    _ stop: RoundStopID, _ move: StopMove, in id: RoundID, by actor: CampaignActor, _ transaction: Transaction
  ) throws {
    let round = try prepared(id, by: actor, in: transaction)
    try RoundStore.setOrder(
      RoundRules.moved(stop, move, in: round.stops.map(\.id)), of: id, in: transaction)
    try audit("shop.round_arrange", id, actor.actor, in: transaction)
  }

  /// Puts the stops in the order of the rule again.
  package func arrange(
    _ id: RoundID, _ doors: Doors, by actor: CampaignActor, in transaction: Transaction
  ) throws {
    let round = try prepared(id, by: actor, in: transaction)
    let walk = DoorWalk.walk(try places(of: round.stops, doors, transaction))
    try RoundStore.setOrder(walk.map(\.stop), of: id, in: transaction)
    try audit("shop.round_arrange", id, actor.actor, in: transaction)
  }

  /// - Parameter bags: 1…99
  package func setBags(
    _ bags: Int64, of stop: RoundStopID, in id: RoundID, by actor: CampaignActor, _ transaction: Transaction
  ) throws {
    _ = try prepared(id, by: actor, in: transaction)
    try RoundStore.setBags(bags, of: stop, in: id, transaction)
    try audit("shop.round_arrange", id, actor.actor, in: transaction)
  }

  /// Leaves a household to be dealt with otherwise.
  package func remove(
    _ stop: RoundStopID, from id: RoundID, by actor: CampaignActor, in transaction: Transaction
  ) throws {
    let round = try prepared(id, by: actor, in: transaction)
    guard let stop = round.stops.first(where: { $0.id == stop }) else { throw Problem.notFound }
    try RoundStore.remove(stop.orders.map(\.order), of: stop, from: id, in: transaction)
    try audit("shop.round_arrange", id, actor.actor, in: transaction)
  }

  /// Makes two rounds of one; the second has nobody to go yet.
  /// - Throws: `round.cannot_split`.
  package func split(
    _ id: RoundID, _ doors: Doors, by actor: CampaignActor, in transaction: Transaction
  ) throws -> RoundID {
    let round = try prepared(id, by: actor, in: transaction)
    guard let parts = DoorWalk.split(try places(of: round.stops, doors, transaction)) else {
      throw Problem.roundCannotSplit
    }
    let number = try RoundStore.nextNumber(
      ofCampaign: round.campaign, in: transaction.community, transaction)
    let other = try insert([], of: round.campaign, number: number, by: actor, in: transaction)
    let moved = Set(parts.second.map(\.stop))
    try RoundStore.move(
      round.stops.filter { moved.contains($0.id) }, from: id, to: other, in: transaction)
    return other
  }

  /// Chooses who goes: a courier, or a volunteer of the community.
  /// - Throws: `not_found`, `round.courier_is_helper`.
  package func give(
    _ id: RoundID, to courier: PersonID, by actor: CampaignActor, in transaction: Transaction
  ) throws {
    let round = try prepared(id, by: actor, in: transaction)
    guard try !directory.displayNames(of: [courier], in: transaction.community, transaction).isEmpty else {
      throw Problem.notFound
    }
    try refuseHelper(courier, of: round, in: transaction)
    try RoundStore.setCourier(courier, of: id, in: transaction)
    try audit("shop.round_give", id, actor.actor, onBehalfOf: courier, in: transaction)
  }

  private func refuseHelper(_ courier: PersonID, of round: Round, in transaction: Transaction) throws {
    let orders = try round.stops.flatMap(\.orders).compactMap {
      try OrderStore.find($0.order, in: transaction.community, transaction)
    }
    if RoundRules.isHelper(courier, of: orders) { throw Problem.courierIsHelper }
  }

  // MARK: - Setting out and coming back

  /// Hands the bags to the courier. What was fetched at the table meanwhile, and what is to be fetched there after all,
  /// stays out of them.
  /// - Throws: `round.courier_needed`, `round.courier_is_helper`, `round.empty`.
  package func start(_ id: RoundID, by actor: CampaignActor, in transaction: Transaction) throws {
    let round = try prepared(id, by: actor, in: transaction)
    let campaign = try CampaignStore.find(round.campaign, runBy: actor, in: transaction)
    guard let courier = round.courier else { throw Problem.courierNeeded }
    guard campaign.phase(at: transaction.now) == .pickup else { throw Problem.pickupIsOver }
    try refuseHelper(courier, of: round, in: transaction)
    let households = Set(round.stops.map(\.household))
    let wishes = try DeliveryWishStore.wishes(of: households, in: transaction.community, transaction)
    let said = try DeliveryWishStore.said(
      of: round.stops.flatMap(\.orders).map(\.order), in: transaction.community, transaction)
    let neighbours = try DeliveryNeighbourStore.neighbours(
      of: households, in: transaction.community, transaction)
    var isEmpty = true
    for var stop in round.stops {
      let wish = wishes[stop.household]
      stop.terms = RoundStop.Terms(wish, neighbours[stop.household])
      try RoundStore.setTerms(stop, in: transaction)
      var gone: [OrderID] = []
      for entry in stop.orders {
        guard DeliveryRules.isWished(wish, said: said[entry.order]),
          let order = try OrderStore.find(entry.order, in: transaction.community, transaction),
          order.isReadyForPickup
        else {
          gone.append(entry.order)
          continue
        }
        try carryOut(order, of: campaign, by: courier, in: id, actor.person, transaction)
        isEmpty = false
      }
      try leave(gone, of: stop, out: id, in: transaction)
    }
    guard !isEmpty else { throw Problem.roundIsEmpty }
    try RoundStore.markStarted(id, in: transaction)
    try audit("shop.round_start", id, actor.actor, onBehalfOf: courier, in: transaction)
    transaction.touch(.campaign(round.campaign))
  }

  /// Takes orders out of a stop, and their bags with them.
  private func leave(
    _ orders: [OrderID], of stop: RoundStop, out round: RoundID, in transaction: Transaction
  ) throws {
    try RoundStore.remove(orders, of: stop, from: round, in: transaction)
    guard !orders.isEmpty, orders.count < stop.orders.count else { return }
    try RoundStore.setBags(
      max(1, stop.bags - Int64(orders.count)), of: stop.id, in: round, transaction)
  }

  private func carryOut(
    _ order: Order, of campaign: Campaign, by courier: PersonID, in round: RoundID, _ actor: PersonID,
    _ transaction: Transaction
  ) throws {
    let pieces = order.lines.reduce(0) { $0 + $1.ready }
    try RoundStore.setPieces(pieces, of: order.id, in: round, transaction)
    try CustodyStore.append(
      CustodyRecord.Draft(
        step: .carriedOut, from: .leader(campaign.leader), to: .courier(courier), pieces: pieces),
      id: transaction.newIdentifier(StopOutcomeKind.self).rawValue, order: order.id, campaign: campaign.id,
      by: actor, in: transaction)
  }

  /// Ends a round: what was not handed over is back at the pickup point.
  /// - Throws: `not_found`.
  package func end(_ id: RoundID, by actor: CampaignActor, in transaction: Transaction) throws {
    guard let round = try RoundStore.find(id, in: transaction.community, transaction) else {
      throw Problem.notFound
    }
    let campaign = try CampaignStore.find(round.campaign, runBy: actor, in: transaction)
    try Self.end(round, of: campaign, by: actor.actor, in: transaction)
  }

  /// The courier comes back. Saying so again, as a telephone does whose answer was lost, changes nothing.
  /// - Throws: `not_found` unless the round set out with this person.
  package func end(_ id: RoundID, by courier: Actor, in transaction: Transaction) throws {
    guard let round = try RoundStore.find(id, in: transaction.community, transaction),
      round.courier == courier.person, round.startedAt != nil,
      let campaign = try CampaignStore.find(round.campaign, in: transaction.community, transaction)
    else { throw Problem.notFound }
    try Self.end(round, of: campaign, by: courier, in: transaction)
  }

  /// Ends whatever is still out when its campaign is finished.
  static func endAll(of id: CampaignID, by actor: CampaignActor, in transaction: Transaction) throws {
    let open = try RoundStore.list(ofCampaign: id, in: transaction.community, transaction)
      .filter { $0.state != .ended }
    if open.isEmpty { return }
    let campaign = try CampaignStore.find(id, runBy: actor, in: transaction)
    for round in open { try end(round, of: campaign, by: actor.actor, in: transaction) }
  }

  private static func end(
    _ round: Round, of campaign: Campaign, by actor: Actor, in transaction: Transaction
  ) throws {
    guard round.state != .ended else { return }
    if round.state == .underWay, let courier = round.courier {
      for entry in round.stops.flatMap(\.orders) where entry.isOpen && entry.pieces > 0 {
        try bringBack(entry, of: campaign, courier: courier, by: actor.person, in: transaction)
      }
    }
    try RoundStore.markEnded(round.id, by: actor.person, in: transaction)
    try transaction.audit(
      AuditEntry(
        actor: actor.person, role: actor.role, action: "shop.round_end", object: round.id.rawValue))
    transaction.touch(.campaign(round.campaign))
  }

  static func bringBack(
    _ entry: RoundStop.StopOrder, of campaign: Campaign, courier: PersonID, by actor: PersonID,
    in transaction: Transaction
  ) throws {
    try CustodyStore.append(
      CustodyRecord.Draft(
        step: .carriedBack, from: .courier(courier), to: .leader(campaign.leader), pieces: entry.pieces),
      id: transaction.newIdentifier(StopOutcomeKind.self).rawValue, order: entry.order, campaign: campaign.id,
      by: actor, in: transaction)
  }

  // MARK: - Parts

  /// - Throws: `not_found`, `round.not_prepared`.
  private func prepared(
    _ id: RoundID, by actor: CampaignActor, in transaction: Transaction
  ) throws -> Round {
    guard let round = try RoundStore.find(id, in: transaction.community, transaction) else {
      throw Problem.notFound
    }
    _ = try CampaignStore.find(round.campaign, runBy: actor, in: transaction)
    guard round.state == .prepared else { throw Problem.roundIsNotPrepared }
    return round
  }

  private func audit(
    _ action: StaticString, _ round: RoundID, _ actor: Actor, onBehalfOf: PersonID? = nil,
    in transaction: Transaction
  ) throws {
    try transaction.audit(
      AuditEntry(
        actor: actor.person, role: actor.role, onBehalfOf: onBehalfOf, action: action,
        object: round.rawValue))
  }
}
