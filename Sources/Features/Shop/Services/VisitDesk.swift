package import Database
package import Kernel
import Security

/// How an attempt to begin a visit ended. A wrong code is an answer and not an error, because counting it must stay.
package enum ArrivalAnswer: Sendable, Equatable {
  case arrived(Booking)
  /// Nothing happened; so many tries are left before the household gets a new code.
  case wrongCode(triesLeft: Int64)
  /// The household's page shows a new code now.
  case codeRenewed
}

/// What a worker says of the end of a visit.
package struct VisitReport: Sendable, Equatable {
  /// Minutes of work, 1–720.
  package let minutes: Int64
  /// The lower amount that is charged; nil for the full one.
  package let charge: Money?
  /// Banknotes taken at the door.
  package let cash: Money
  /// What the household should know from now on; may be empty.
  package let afterNote: String

  package init(minutes: Int64, charge: Money? = nil, cash: Money = .zero, afterNote: String = "") {
    self.minutes = minutes
    self.charge = charge
    self.cash = cash
    self.afterNote = afterNote
  }
}

extension BookingDesk {
  /// The six digits that the household shows at the door; nil unless a visit is agreed and has not begun.
  package func arrivalCode(of booking: Booking, _ order: Order) -> String? {
    guard booking.state == .accepted || booking.state == .onTheWay else { return nil }
    return codes.visitCode(for: order)
  }

  /// Begins a visit with the household's code.
  /// - Throws: `not_found`, `booking.not_now`.
  package func arrive(
    code typed: String, by actor: BookingActor, offsetSeconds: Int, in transaction: Transaction
  ) throws -> ArrivalAnswer {
    let before = try current(actor, seen: nil, in: transaction)
    let (after, step) = try BookingRules.after(.arrive, of: before, by: actor.party, now: transaction.now)
    let order = try order(of: before, in: transaction)
    guard codes.isCode(typed, of: order) else {
      return try countWrongTry(at: order, of: before, by: actor, in: transaction)
    }
    try VisitCampaign(books: books, actor: actor).arrive(after, in: transaction)
    try write(after, step, by: actor, offsetSeconds: offsetSeconds, in: transaction)
    return .arrived(after)
  }

  private func countWrongTry(
    at order: Order, of booking: Booking, by actor: BookingActor, in transaction: Transaction
  ) throws -> ArrivalAnswer {
    let failures = order.pickupFailures + 1
    let isRenewed = failures >= BookingRules.triesPerCode
    try PickupStore.setCode(
      of: order.id, generation: order.pickupGeneration + (isRenewed ? 1 : 0),
      failures: isRenewed ? 0 : failures,
      in: transaction)
    let step = BookingStep(
      what: isRenewed ? .codeRenewed : .wrongCode, party: actor.party, at: transaction.now)
    try tell(step, booking, by: actor.person, role: actor.role, in: transaction)
    return isRenewed ? .codeRenewed : .wrongCode(triesLeft: BookingRules.triesPerCode - failures)
  }

  /// Ends a visit: what was done is told, what it costs is fixed, and the order counts as received.
  ///
  /// A visit that has ended already is answered as it stands, so that a repeat over a bad line is harmless.
  /// - Throws: `not_found`, `booking.not_now`, `form.invalid` naming `minutes`, `charged` or `cash`.
  package func finish(
    _ report: VisitReport, by actor: BookingActor, offsetSeconds: Int, in transaction: Transaction
  ) throws -> Booking {
    let before = try current(actor, seen: nil, in: transaction)
    if before.state == .done, before.outcome?.minutes == report.minutes { return before }
    let materials = try BookingStore.materials(of: before.id, in: transaction.community, transaction)
    let outcome = try BookingRules.outcome(
      of: before, minutes: report.minutes, material: materials, charge: report.charge,
      afterNote: report.afterNote,
      now: transaction.now)
    let (after, step) = try BookingRules.after(
      .finish(outcome), of: before, by: actor.party, now: transaction.now)
    try VisitCampaign(books: books, actor: actor).finish(after, outcome, cash: report.cash, in: transaction)
    try write(after, step, by: actor, offsetSeconds: offsetSeconds, in: transaction)
    return after
  }

  /// Takes cash for a visit that was done and not paid for in full.
  /// - Throws: as `OutstandingCash.take`.
  package func takeCash(
    _ amount: Money, key: String, by actor: BookingActor, in transaction: Transaction
  ) throws {
    let booking = try current(actor, seen: nil, in: transaction)
    guard let order = booking.order, actor.party == .merchant,
      let service = try ServiceStore.find(booking.service, in: transaction.community, transaction)
    else { throw Problem.notFound }
    let host = try transaction.host(service.host, of: booking.merchant, in: transaction.community)
    let holder = actor.holdingCash(host: host)
    try OutstandingCash.take(amount, for: order, key: key, books, by: CampaignActor(holder), in: transaction)
  }

  // MARK: - Material

  /// Asks the household whether material may be charged beside the work. The same material at the same price is asked for
  /// once while it waits for the answer, so that a repeat over a bad line is harmless.
  /// - Throws: `booking.not_now`, `form.invalid` naming `amount` where it would exceed the limit.
  package func askForMaterial(
    _ name: String, _ amount: Money, by actor: BookingActor, in transaction: Transaction
  ) throws {
    let booking = try current(actor, seen: nil, in: transaction)
    guard actor.party == .merchant, [.accepted, .onTheWay, .arrived].contains(booking.state) else {
      throw Problem.bookingNotNow(booking.state)
    }
    let known = try BookingStore.materials(of: booking.id, in: transaction.community, transaction)
    if known.contains(where: { $0.answer == .waiting && $0.name == name && $0.amount == amount }) { return }
    guard amount > .zero, amount <= (try BookingRules.materialLeft(of: booking, known)),
      known.count < VisitMaterial.limit
    else { throw Problem.invalid([FieldProblem("amount", Problem.materialOverLimit)]) }
    let material = VisitMaterial(position: Int64(known.count), name: name, amount: amount, answer: .waiting)
    try BookingStore.insert(material, of: booking.id, in: transaction)
    let step = BookingStep(
      what: .materialAsked, party: .merchant, at: transaction.now, note: "\(name) \(amount.display)")
    try tell(step, booking, by: actor.person, role: actor.role, in: transaction)
  }

  /// The household's word on material; the first word counts.
  /// - Throws: `booking.not_now` where nothing waits for it.
  package func answerMaterial(
    _ position: Int64, isAgreed: Bool, by actor: BookingActor, in transaction: Transaction
  ) throws {
    let booking = try current(actor, seen: nil, in: transaction)
    guard actor.party == .household, booking.state.isOpen,
      try BookingStore.answer(
        isAgreed ? .agreed : .refused, to: position, of: booking.id, by: actor.person, in: transaction)
    else { throw Problem.bookingNotNow(booking.state) }
    let step = BookingStep(
      what: isAgreed ? .materialAgreed : .materialRefused, party: .household, at: transaction.now)
    try tell(step, booking, by: actor.person, role: actor.role, in: transaction)
  }

  // MARK: - A visit that a household is said to have missed

  /// Decides about money that is kept because nobody was at home, where the household objected or its time has passed.
  /// - Throws: `booking.not_now` where there is nothing to decide.
  package func decideFee(isKept: Bool, by actor: BookingActor, in transaction: Transaction) throws {
    let booking = try current(actor, seen: nil, in: transaction)
    let order = try order(of: booking, in: transaction)
    guard booking.state == .missed, booking.endedBy == .household, order.fulfilment.isOpen,
      actor.party == .program || (actor.party == .committee && booking.isObjected)
    else { throw Problem.bookingNotNow(booking.state) }
    let visit = VisitCampaign(books: books, actor: actor)
    if isKept {
      try visit.keepFee(of: booking, in: transaction)
    } else {
      try visit.release(booking, in: transaction)
    }
    let step = BookingStep(what: isKept ? .feeKept : .feeWaived, party: actor.party, at: transaction.now)
    try tell(step, booking, by: actor.person, role: actor.role, in: transaction)
  }

  private func order(of booking: Booking, in transaction: Transaction) throws -> Order {
    guard let id = booking.order, let order = try OrderStore.find(id, in: transaction.community, transaction)
    else {
      throw Problem.internalFault
    }
    return order
  }
}
