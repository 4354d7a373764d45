package import Database
import Kernel
import People
import Security

/// Where bags change hands: one transaction from the proof to the custody record.
package struct HandoverDesk: Sendable {
  private let codes: PickupCodes
  private let books: Bookkeeping

  package init(codes: PickupCodes, books: Bookkeeping) {
    self.codes = codes
    self.books = books
  }

  /// Hands over what the request names, once for its key.
  ///
  /// A wrong code is an answer and not an error, because counting it must stay.
  /// - Throws: `not_found`, `pickup.too_early`, `pickup.over`, `pickup.nothing`, `pickup.not_weighed`, `pickup.with_courier`,
  ///   `order.stale`, `form.invalid`, `idempotency.mismatch`.
  package func handOver(
    _ request: HandoverRequest, by actor: CampaignActor, in transaction: Transaction
  ) throws -> HandoverAnswer {
    let key = IdempotencyKey(
      principal: actor.person, operation: "shop.pickup", key: request.key, digest: request.digest)
    if let stored = try transaction.storedAnswer(for: key, in: transaction.community),
      let id = PickupID(String(decoding: stored.body, as: UTF8.self))
    {
      return .handedOver(id, isRepeated: true)
    }
    guard let order = try OrderStore.find(request.order, in: transaction.community, transaction) else {
      throw Problem.notFound
    }
    let campaign = try CampaignStore.find(order.campaign, runBy: actor, in: transaction)
    switch campaign.phase(at: transaction.now) {
    case .pickup: break
    case .finished, .failed, .cancelled: throw Problem.pickupIsOver
    default: throw Problem.pickupNotYet
    }
    if let earlier = try earlierHandover(order, request, transaction) { return .lost(to: earlier) }
    guard try !RoundStore.isUnderWay(order.id, in: transaction.community, transaction) else {
      throw Problem.bagsAreUnderWay
    }
    guard order.revision == request.revision else { throw Problem.orderIsStale }
    guard order.isReadyForPickup else {
      throw order.awaitsWeighing ? Problem.pickupNotWeighed() : .nothingToHandOver
    }
    if let refusal = try check(request.proof, of: order, campaign, by: actor, in: transaction) {
      return refusal
    }
    let passing = Passing(
      pieces: request.pieces, cash: request.cash, method: request.proof.method, note: request.proof.reason,
      from: .leader(campaign.leader))
    let id = try write(passing, order, campaign, by: actor.actor, in: transaction)
    try transaction.store([(key, StoredAnswer(status: 200, body: Array(id.description.utf8)))])
    return .handedOver(id, isRepeated: false)
  }

  /// The handover that came between what the desk saw and now, or that has left nothing.
  private func earlierHandover(
    _ order: Order, _ request: HandoverRequest, _ transaction: Transaction
  ) throws -> Pickup? {
    let isNothingLeft = !order.isReadyForPickup && !order.awaitsWeighing
    guard order.revision != request.revision || isNothingLeft else { return nil }
    return try PickupStore.pickups(of: order.id, in: transaction.community, transaction).first
  }

  // MARK: - The proof

  /// Nil when the proof holds.
  private func check(
    _ proof: HandoverRequest.Proof, of order: Order, _ campaign: Campaign, by actor: CampaignActor,
    in transaction: Transaction
  ) throws -> HandoverAnswer? {
    switch proof {
    case .knownNeighbour(let reason):
      guard (2...200).contains(reason.count) else { throw Problem.reasonNeeded }
      return nil
    case .token(let token): return codes.isToken(token, of: order) ? nil : .outdatedToken
    case .code(let typed):
      let wholeAt = try PickupStore.codeBudgetWholeAt(campaign.pickupPoint, transaction)
      if let wait = HandoverRules.wait(wholeAt: wholeAt, now: transaction.now) {
        return .tooManyTries(wait: wait)
      }
      if codes.isCode(typed, of: order) { return nil }
      try PickupStore.setCodeBudget(
        campaign.pickupPoint, wholeAt: HandoverRules.wholeAtAfterWrongTry(wholeAt, now: transaction.now),
        in: transaction)
      return try countWrongTry(at: order, by: actor, in: transaction)
    }
  }

  private func countWrongTry(
    at order: Order, by actor: CampaignActor, in transaction: Transaction
  ) throws -> HandoverAnswer {
    let failures = order.pickupFailures + 1
    let isRenewed = failures >= HandoverRules.triesPerCode
    let (generation, counted) =
      isRenewed ? (order.pickupGeneration + 1, 0) : (order.pickupGeneration, failures)
    try PickupStore.setCode(of: order.id, generation: generation, failures: counted, in: transaction)
    try transaction.audit(
      AuditEntry(
        actor: actor.person, role: actor.role, onBehalfOf: order.person, action: "shop.pickup_wrong_code",
        object: order.id.rawValue))
    guard isRenewed else { return .wrongCode(triesLeft: HandoverRules.triesPerCode - failures) }
    try transaction.publish(
      "shop.pickup_code_renewed", subject: order.id.rawValue, body: #"{"campaign":"\#(order.campaign)"}"#)
    return .codeRenewed
  }

  // MARK: - The handover

  /// What changes hands, and out of whose.
  private struct Passing {
    let pieces: [Int: Int64]
    let cash: Money
    let method: Pickup.Method
    let note: String
    let from: CustodyRecord.Party
  }

  /// Hands over at the door everything of an order that is ready, out of a courier's hands.
  /// - Parameter cash: no more than is owed.
  /// - Throws: `pickup.nothing`, `form.invalid`.
  func deliver(
    _ order: Order, _ campaign: Campaign, cash: Money, method: Pickup.Method, by courier: Actor,
    in transaction: Transaction
  ) throws -> PickupID {
    let ready = order.lines.filter { $0.ready > 0 }.map { ($0.position, $0.ready) }
    let passing = Passing(
      pieces: Dictionary(uniqueKeysWithValues: ready), cash: cash, method: method, note: "",
      from: .courier(courier.person))
    return try write(passing, order, campaign, by: courier, in: transaction)
  }

  private func write(
    _ request: Passing, _ order: Order, _ campaign: Campaign, by actor: Actor,
    in transaction: Transaction
  ) throws -> PickupID {
    let paid = try books.paid([order.id], transaction.community, transaction)[order.id] ?? .zero
    let after = try HandoverRules.handedOver(request.pieces, of: order, cash: request.cash, paid: paid)
    let pieces = request.pieces.filter { $0.value > 0 }
    let pickup = Pickup(
      id: transaction.newIdentifier(), order: order.id, handedBy: actor.person, method: request.method,
      cash: request.cash, handedAt: transaction.now)
    try PickupStore.insert(pickup, pieces: pieces, campaign: campaign.id, in: transaction)
    try OrderStore.update(after, in: transaction)
    try moveStock(pieces, of: order, by: actor.person, in: transaction)
    try account(pickup, from: order, to: after, campaign, by: actor, in: transaction)
    try CustodyStore.append(
      CustodyRecord.Draft(
        step: .handedOver, from: request.from, to: .household(order.household),
        pieces: pieces.values.reduce(0, +), note: request.note),
      id: pickup.id.rawValue, order: order.id, campaign: campaign.id, by: actor.person, in: transaction)
    try tell(
      pickup, after, pieces: pieces.values.reduce(0, +), note: request.note, by: actor, in: transaction)
    return pickup.id
  }

  private func account(
    _ pickup: Pickup, from before: Order, to after: Order, _ campaign: Campaign, by actor: Actor,
    in transaction: Transaction
  ) throws {
    if pickup.cash > .zero {
      try books.takeCash(
        CashTaken(order: after.id, campaign: campaign.id, amount: pickup.cash, onBehalfOf: after.person),
        actor, transaction)
    }
    let items = try CampaignStore.items(after.lines.map(\.item), in: transaction.community, transaction)
    let merchants = Dictionary(items.map { ($0.id, $0.merchant) }) { first, _ in first }
    try books.deliver(
      Delivery(.pickup(pickup.id), from: before, to: after, of: campaign, merchants: merchants), actor,
      transaction)
  }

  private func moveStock(
    _ pieces: [Int: Int64], of order: Order, by actor: PersonID, in transaction: Transaction
  ) throws {
    var levels = try StockStore.levels(of: order.lines.map(\.item), in: transaction)
    var movements: [StockMovement] = []
    for line in order.lines {
      guard let quantity = pieces[line.position] else { continue }
      guard let before = levels[line.item] else { throw Problem.internalFault }
      let level = StockLevel(
        sequence: before.sequence + 1, kind: before.kind, onHand: before.onHand - quantity,
        promised: before.promised - quantity, held: before.held)
      levels[line.item] = level
      movements.append(
        StockMovement(
          item: line.item, reason: .collected, order: order.id, onHandChange: -quantity,
          promisedChange: -quantity, level: level, actor: actor))
    }
    try StockStore.append(movements, in: transaction)
  }

  private func tell(
    _ pickup: Pickup, _ order: Order, pieces: Int64, note: String, by actor: Actor,
    in transaction: Transaction
  ) throws {
    try transaction.publish(
      "shop.order_collected", subject: order.id.rawValue,
      body: #"{"campaign":"\#(order.campaign)","pickup":"\#(pickup.id)","pieces":\#(pieces),"#
        + #""cash":\#(pickup.cash.minorUnits),"complete":\#(order.fulfilment == .collected)}"#)
    try transaction.audit(
      AuditEntry(
        actor: actor.person, role: actor.role, onBehalfOf: order.person, action: "shop.pickup_hand_over",
        object: order.id.rawValue, purpose: pickup.method.rawValue,
        detailDigest: note.isEmpty ? [] : Digest(of: note).bytes))
    transaction.touch(.campaign(order.campaign))
  }
}

extension HandoverRequest.Proof {
  var method: Pickup.Method {
    switch self {
    case .code: .code
    case .token: .qr
    case .knownNeighbour: .knownNeighbour
    }
  }

  /// Why the bag went out without a code; empty where there was one.
  var reason: String {
    if case .knownNeighbour(let reason) = self { return reason }
    return ""
  }
}

extension Problem {
  static let reasonNeeded = Problem.invalid([
    FieldProblem(
      "reason",
      Phrase(
        "请写明原因，2 到 200 个字，比如“三楼李阿姨，忘带手机”。",
        "Please say why in 2 to 200 characters, such as “Mrs Li, 3rd floor, forgot her phone”.")
    )
  ])
}
