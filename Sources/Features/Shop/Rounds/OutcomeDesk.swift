package import Database
package import Kernel
package import People
package import Security

/// One thing that a courier reports, with the key under which the telephone keeps it.
package struct OutcomeReport: Sendable, Equatable {
  /// 16–64 visible characters: the same key twice is one report.
  package let key: String
  package let stop: RoundStopID
  package let word: Word
  /// By the telephone's clock.
  package let happenedAt: Timestamp

  package enum Word: Sendable, Equatable {
    /// - Parameter cash: banknotes that the courier took.
    case outcome(StopOutcome.Kind, cash: Money)
    case wellbeing(WellbeingFinding, note: String)
  }

  package init(key: String, stop: RoundStopID, word: Word, happenedAt: Timestamp) {
    self.key = key
    self.stop = stop
    self.word = word
    self.happenedAt = happenedAt
  }
}

/// How a report ended.
package enum OutcomeAnswer: Sendable, Equatable {
  case recorded
  case repeated
  /// Kept, but the round was ended before it came: the leader reads it as late.
  case late
  /// Not kept.
  case refused(Problem)

  /// What the API calls it.
  var word: String {
    switch self {
    case .recorded: "recorded"
    case .repeated: "repeated"
    case .late: "late"
    case .refused: "refused"
    }
  }
}

/// Where couriers' reports become handovers, one transaction each, in whatever order and however late they come.
package struct OutcomeDesk: Sendable {
  private let handover: HandoverDesk
  private let books: Bookkeeping
  private let wellbeing: WellbeingDesk

  package init(handover: HandoverDesk, books: Bookkeeping, wellbeing: WellbeingDesk) {
    self.handover = handover
    self.books = books
    self.wellbeing = wellbeing
  }

  /// - Throws: `not_found` unless the round set out with this person.
  package func take(
    _ report: OutcomeReport, of id: RoundID, by courier: Actor, sealing cipher: FieldCipher,
    in transaction: Transaction
  ) throws -> OutcomeAnswer {
    guard let round = try RoundStore.find(id, in: transaction.community, transaction),
      round.courier == courier.person, round.startedAt != nil
    else { throw Problem.notFound }
    guard IdempotencyKey.isUsable(report.key) else { return .refused(.idempotencyKeyUnusable) }
    guard let stop = round.stops.first(where: { $0.id == report.stop }) else { return .refused(.notFound) }
    switch report.word {
    case .outcome(let kind, let cash):
      return try take(kind, cash, report, stop, round, by: courier, in: transaction)
    case .wellbeing(let finding, let note):
      return try wellbeing.take(
        finding, note: note, report, at: stop, of: round, by: courier, sealing: cipher, in: transaction)
    }
  }

  private func take(
    _ kind: StopOutcome.Kind, _ cash: Money, _ report: OutcomeReport, _ stop: RoundStop, _ round: Round,
    by courier: Actor, in transaction: Transaction
  ) throws -> OutcomeAnswer {
    if let earlier = try StopOutcomeStore.find(
      key: report.key, by: courier.person, in: transaction.community, transaction)
    {
      let isSame = earlier.stop == stop.id && earlier.kind == kind && earlier.cash == cash
      return isSame ? .repeated : .refused(.idempotencyMismatch)
    }
    if let refusal = RoundRules.refusal(of: kind, cash: cash, at: stop) { return .refused(refusal) }
    guard cash == .zero || RoundRules.takesCash(courier.role) else { return .refused(.cashNotTaken) }
    let isLate = round.state == .ended
    var handed: (orders: [OrderID], booked: Money) = ([], .zero)
    if !isLate, kind.isDelivered, stop.isOpen {
      handed = try handOver(stop, kind, cash, of: round, by: courier, in: transaction)
    }
    let outcome = StopOutcome(
      id: transaction.newIdentifier(), stop: stop.id, kind: kind,
      effect: isLate ? .late : handed.orders.isEmpty ? .noted : .handedOver, happenedAt: report.happenedAt,
      recordedAt: transaction.now, cash: cash, cashBooked: handed.booked)
    try StopOutcomeStore.insert(
      outcome, key: report.key, of: round.id, by: courier.person, in: transaction)
    try tell(outcome, handed.orders, stop, round, by: courier, in: transaction)
    return isLate ? .late : .recorded
  }

  /// Everything of the stop goes out of the courier's hands. Cash is booked order by order, and never more than is owed:
  /// what is beyond it stays to be seen on the leader's page.
  private func handOver(
    _ stop: RoundStop, _ kind: StopOutcome.Kind, _ cash: Money, of round: Round, by courier: Actor,
    in transaction: Transaction
  ) throws -> (orders: [OrderID], booked: Money) {
    guard let campaign = try CampaignStore.find(round.campaign, in: transaction.community, transaction)
    else { throw Problem.internalFault }
    let ids = stop.orders.filter(\.isOpen).map(\.order)
    let paid = try books.paid(ids, transaction.community, transaction)
    var left = cash
    var handed: [OrderID] = []
    for entry in stop.orders where entry.isOpen {
      try RoundStore.close(entry.order, in: round.id, transaction)
      guard let order = try OrderStore.find(entry.order, in: transaction.community, transaction),
        order.isReadyForPickup
      else {
        try RoundDesk.bringBack(
          entry, of: campaign, courier: courier.person, by: courier.person, in: transaction)
        continue
      }
      try correctCarried(entry, order, campaign, courier.person, in: transaction)
      let owed = try order.total.subtracting(paid[order.id] ?? .zero)
      let part = min(left, max(.zero, owed))
      _ = try handover.deliver(
        order, campaign, cash: part, method: kind.method, by: courier, in: transaction)
      left = try left.subtracting(part)
      handed.append(order.id)
    }
    return (handed, try cash.subtracting(left))
  }

  /// An arrival that was corrected while the bags were out changes what was in them.
  private func correctCarried(
    _ entry: RoundStop.StopOrder, _ order: Order, _ campaign: Campaign, _ courier: PersonID,
    in transaction: Transaction
  ) throws {
    let difference = order.lines.reduce(0) { $0 + $1.ready } - entry.pieces
    if difference == 0 { return }
    let (leader, carrier) = (
      CustodyRecord.Party.leader(campaign.leader), CustodyRecord.Party.courier(courier)
    )
    let draft =
      difference > 0
      ? CustodyRecord.Draft(step: .carriedOut, from: leader, to: carrier, pieces: difference)
      : CustodyRecord.Draft(step: .carriedBack, from: carrier, to: leader, pieces: -difference)
    try CustodyStore.append(
      draft, id: transaction.newIdentifier(StopOutcomeKind.self).rawValue, order: order.id,
      campaign: campaign.id, by: courier, in: transaction)
  }

  private func tell(
    _ outcome: StopOutcome, _ orders: [OrderID], _ stop: RoundStop, _ round: Round, by courier: Actor,
    in transaction: Transaction
  ) throws {
    let body = orders.map { "\"\($0)\"" }.joined(separator: ",")
    if outcome.effect == .handedOver {
      try transaction.publish(
        "shop.delivered", subject: stop.id.rawValue,
        body: #"{"round":"\#(round.id)","how":"\#(outcome.kind.rawValue)","orders":[\#(body)]}"#)
    } else if outcome.kind == .notAnswered, outcome.effect == .noted {
      try transaction.publish(
        "shop.not_answered", subject: stop.id.rawValue, body: #"{"round":"\#(round.id)"}"#)
    }
    try transaction.audit(
      AuditEntry(
        actor: courier.person, role: courier.role, onBehalfOf: stop.person, action: "shop.stop_outcome",
        object: stop.id.rawValue, purpose: outcome.kind.rawValue))
    transaction.touch(.campaign(round.campaign))
  }
}

extension StopOutcome.Kind {
  /// How the books call the handover.
  fileprivate var method: Pickup.Method {
    switch self {
    case .neighbour: .neighbour
    case .leftAtDoor: .leftAtDoor
    case .given, .notAnswered, .refused: .doorstep
    }
  }
}
