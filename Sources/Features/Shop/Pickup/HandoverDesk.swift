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
  ///   `order.stale`, `form.invalid`, `idempotency.mismatch`, `pickup_proxy.not_in_force`, `pickup_proxy.yourself`.
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
    let fetcher: PickupFetcher?
    switch try check(request, of: order, campaign, by: actor, in: transaction) {
    case .refused(let answer): return answer
    case .holds(let found): fetcher = found
    }
    let passing = Passing(
      pieces: request.pieces, cash: request.cash, method: request.proof.method, note: request.proof.reason,
      from: .leader(campaign.leader), fetcher: fetcher)
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

  private enum Verdict {
    /// With the neighbour who fetches; nil where the household came itself.
    case holds(PickupFetcher?)
    case refused(HandoverAnswer)
  }

  private func check(
    _ request: HandoverRequest, of order: Order, _ campaign: Campaign, by actor: CampaignActor,
    in transaction: Transaction
  ) throws -> Verdict {
    let fetchers = PickupFetchers(
      order: order, agreed: try PickupProxyStore.agreed(for: order, in: transaction.community, transaction),
      named: request.proxy, actor: actor.person, now: transaction.now)
    switch request.proof {
    case .knownNeighbour(let reason):
      guard (2...200).contains(reason.count) else { throw Problem.reasonNeeded }
      return .holds(try fetchers.namedFetcher())
    case .token(let token):
      guard let match = try fetchers.whose({ codes.isToken(token, of: order, under: $0) }) else {
        return .refused(.outdatedToken)
      }
      return .holds(match.fetcher)
    case .code(let typed):
      let wholeAt = try PickupStore.codeBudgetWholeAt(campaign.pickupPoint, transaction)
      if let wait = HandoverRules.wait(wholeAt: wholeAt, now: transaction.now) {
        return .refused(.tooManyTries(wait: wait))
      }
      if let match = try fetchers.whose({ codes.isCode(typed, of: order, under: $0) }) {
        return .holds(match.fetcher)
      }
      try PickupStore.setCodeBudget(
        campaign.pickupPoint, wholeAt: HandoverRules.wholeAtAfterWrongTry(wholeAt, now: transaction.now),
        in: transaction)
      return .refused(try countWrongTry(at: order, by: actor, in: transaction))
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
    /// The named neighbour who fetches; nil where the household came itself.
    var fetcher: PickupFetcher?
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
      cash: request.cash, handedAt: transaction.now, fetcher: request.fetcher)
    try HandoverWriter(books: books).record(
      pickup, pieces, from: order, to: after, campaign, giver: request.from,
      receiver: .household(order.household), note: request.note, by: actor, in: transaction)
    return pickup.id
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
