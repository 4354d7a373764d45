package import Database
package import Kernel
import People
import Security

/// Where visits are booked and changed: each is one transaction, from the time that is held to the money.
package struct BookingDesk: Sendable {
  let books: Bookkeeping
  let people: Representation
  let codes: PickupCodes

  package init(books: Bookkeeping, people: Representation, codes: PickupCodes) {
    self.books = books
    self.people = people
    self.codes = codes
  }

  /// What a household asks for.
  package struct Request: Sendable, Equatable {
    package let service: ServiceID
    package let worker: WorkerID
    package let startsAt: Timestamp
    package let note: String
    /// 16–64 visible characters: the same key twice is one booking.
    package let key: String

    package init(service: ServiceID, worker: WorkerID, startsAt: Timestamp, note: String, key: String) {
      self.service = service
      self.worker = worker
      self.startsAt = startsAt
      self.note = note
      self.key = key
    }

    /// SHA-256 of what is asked for.
    var digest: [UInt8] { Digest(of: "\(service)|\(worker)|\(startsAt)|\(note)").bytes }
  }

  /// Asks for a time, once for its key.
  ///
  /// - Parameters:
  ///   - asked: what a helper asked for and the person confirmed; nil where the household books by itself.
  ///   - offsetSeconds: of the community's clock.
  /// - Returns: the booking, and whether the same request was answered before.
  /// - Throws: `not_found`, `booking.time_taken`, `booking.too_many_waiting`, `order.helper_is_merchant`,
  ///   `booking.helper_is_worker`, the mandate's refusals, `idempotency.key`, `idempotency.mismatch`.
  package func book(
    _ request: Request, for person: PersonID, of household: HouseholdID, asked: AssistedOrder? = nil,
    offsetSeconds: Int, in transaction: Transaction
  ) throws -> (booking: Booking, isRepeated: Bool) {
    guard IdempotencyKey.isUsable(request.key) else { throw Problem.idempotencyKeyUnusable }
    let key = IdempotencyKey(
      principal: person, operation: "shop.booking", key: request.key, digest: request.digest)
    if let stored = try transaction.storedAnswer(for: key, in: transaction.community),
      let id = BookingID(String(decoding: stored.body, as: UTF8.self)),
      let booking = try BookingStore.find(id, in: transaction.community, transaction)
    {
      return (booking, true)
    }
    let service = try bookable(
      request, for: household, askedBy: asked?.helper, offsetSeconds: offsetSeconds, in: transaction)
    var booking = Self.booking(request, service, household, person, in: transaction)
    booking.asked = asked?.id
    try VisitCampaign.open(for: booking, service, books, offsetSeconds: offsetSeconds, in: transaction)
    try BookingStore.insert(booking, in: transaction)
    let by = asked.map { Actor(person: $0.helper, role: $0.role) } ?? Actor(person: person, role: .resident)
    booking.order = try placeOrder(booking, by: by, in: transaction)
    try BookingStore.update(booking, in: transaction)
    try hold(booking, in: transaction)
    try BookingJobs.schedule(booking, offsetSeconds: offsetSeconds, in: transaction)
    let step = BookingStep(what: .requested, party: .household, at: transaction.now)
    try tell(step, booking, by: by.person, role: by.role, in: transaction)
    try transaction.store([(key, StoredAnswer(status: 201, body: Array(booking.id.description.utf8)))])
    return (booking, false)
  }

  /// The service, if the household can have it at the time and by the worker that are asked for.
  /// - Parameter helper: who asks in the name of somebody else; never the worker.
  func bookable(
    _ request: Request, for household: HouseholdID, askedBy helper: PersonID?, offsetSeconds: Int,
    in transaction: Transaction
  ) throws -> Service {
    let community = transaction.community
    guard let service = try ServiceStore.find(request.service, in: community, transaction), service.isOpen,
      try transaction.merchant(service.merchant, in: community)?.closedAt == nil,
      let worker = try WorkerStore.find(request.worker, in: community, transaction), worker.closedAt == nil,
      worker.details.services.contains(service.id)
    else { throw Problem.notFound }
    if let helper, worker.details.person == helper { throw Problem.helperIsWorker }
    guard
      try BookingStore.countWaiting(of: household, in: community, transaction) < BookingRules.waitingRequests
    else { throw Problem.bookingTooManyWaiting }
    let free = FreeTimes(
      service.details.times, of: try WorkerStore.times(of: worker, transaction), now: transaction.now,
      offsetSeconds: offsetSeconds)
    guard free.isFree(request.startsAt) else { throw Problem.bookingTimeTaken }
    return service
  }

  private static func booking(
    _ request: Request, _ service: Service, _ household: HouseholdID, _ person: PersonID,
    in transaction: Transaction
  ) -> Booking {
    let rules = service.details.rules
    return Booking(
      id: transaction.newIdentifier(), service: service.id, merchant: service.merchant,
      worker: request.worker,
      household: household, person: person, campaign: transaction.newIdentifier(), order: nil,
      title: service.details.title, place: service.details.place, price: service.details.price, rules: rules,
      minutes: service.details.times.minutes, bufferMinutes: service.details.times.bufferMinutes,
      startsAt: request.startsAt, note: request.note, requestedAt: transaction.now,
      answerUntil: min(transaction.now + .hours(rules.answerHours), request.startsAt), state: .requested,
      endedBy: nil, isObjected: false, proposal: nil, arrivedAt: nil, outcome: nil, revision: 1)
  }

  /// The booking's one order, decided by the order desk like every other.
  private func placeOrder(
    _ booking: Booking, by actor: Actor, in transaction: Transaction
  ) throws -> OrderID {
    let items = try CampaignStore.items(of: booking.campaign, in: transaction.community, transaction)
    guard let item = items.first else { throw Problem.internalFault }
    let request = try OrderRequest(
      community: transaction.community, campaign: booking.campaign, person: booking.person,
      household: booking.household, actor: actor.person, role: actor.role, authority: .booking(booking.id),
      key: "booking-of-\(booking.id)", command: .place([.init(item: item.id, quantity: 1)], note: ""))
    let answers = try OrderDesk.decide([request], books, people, in: transaction)
    guard let answer = answers.first else { throw Problem.internalFault }
    return try answer.get().order.id
  }

  // MARK: - What becomes of it

  /// Carries out what somebody does to a booking; visits begin and end through `arrive` and `finish`.
  ///
  /// - Parameters:
  ///   - seen: the revision that the person saw; nil where any will do.
  ///   - offsetSeconds: of the community's clock.
  /// - Throws: `not_found`, `booking.not_now`, `booking.stale`, `booking.time_taken`.
  @discardableResult
  package func perform(
    _ command: BookingRules.Command, by actor: BookingActor, seen: Int64? = nil, offsetSeconds: Int,
    in transaction: Transaction
  ) throws -> Booking {
    guard !actor.isWorkerAlone || command == .setOut || command == .reportAbsence else {
      throw Problem.notFound
    }
    let before = try current(actor, seen: seen, in: transaction)
    if case .propose(let proposal) = command {
      try checkFree(proposal, for: before, offsetSeconds: offsetSeconds, in: transaction)
    }
    let (after, step) = try BookingRules.after(command, of: before, by: actor.party, now: transaction.now)
    try followUp(step, after, by: actor, offsetSeconds: offsetSeconds, in: transaction)
    try write(after, step, by: actor, offsetSeconds: offsetSeconds, in: transaction)
    return after
  }

  /// The booking as it stands now.
  func current(_ actor: BookingActor, seen: Int64?, in transaction: Transaction) throws -> Booking {
    guard let booking = try BookingStore.find(actor.booking, in: transaction.community, transaction) else {
      throw Problem.notFound
    }
    guard seen == nil || seen == booking.revision else { throw Problem.bookingStale }
    return booking
  }

  /// Another time can be proposed only where it is free: it is held until the other side has answered.
  private func checkFree(
    _ proposal: Booking.Proposal, for booking: Booking, offsetSeconds: Int, in transaction: Transaction
  ) throws {
    guard let worker = try WorkerStore.find(proposal.worker, in: transaction.community, transaction),
      worker.closedAt == nil, worker.merchant == booking.merchant,
      worker.details.services.contains(booking.service),
      let service = try ServiceStore.find(booking.service, in: transaction.community, transaction)
    else { throw Problem.notFound }
    let times = try WorkerStore.times(of: worker, except: booking.id, transaction)
    let free = FreeTimes(
      booking.times(service), of: times, now: transaction.now, offsetSeconds: offsetSeconds)
    guard free.isFree(proposal.startsAt) else { throw Problem.bookingTimeTaken }
  }

  /// What goods and money do because of it.
  private func followUp(
    _ step: BookingStep, _ booking: Booking, by actor: BookingActor, offsetSeconds: Int,
    in transaction: Transaction
  ) throws {
    let visit = VisitCampaign(books: books, actor: actor)
    switch step.what {
    case .declined, .expired, .cancelledInTime, .workerMissed: try visit.release(booking, in: transaction)
    case .cancelledLate:
      if try visit.keepsFee(of: booking, in: transaction) {
        try visit.keepFee(of: booking, in: transaction)
      } else {
        try visit.release(booking, in: transaction)
      }
    case .householdMissed:
      if try visit.keepsFee(of: booking, in: transaction) {
        try BookingJobs.scheduleFee(booking, in: transaction)
      } else {
        try visit.release(booking, in: transaction)
      }
    case .objected: try BookingJobs.cancelFee(booking, in: transaction)
    case .moved: try visit.move(booking, offsetSeconds: offsetSeconds, in: transaction)
    default: return
    }
  }

  func write(
    _ booking: Booking, _ step: BookingStep, by actor: BookingActor, offsetSeconds: Int,
    in transaction: Transaction
  ) throws {
    try BookingStore.update(booking, in: transaction)
    try hold(booking, in: transaction)
    try BookingJobs.schedule(booking, offsetSeconds: offsetSeconds, in: transaction)
    try tell(step, booking, by: actor.person, role: actor.role, in: transaction)
  }

  /// A booking that may still come about holds its worker's time, and that of the time which was proposed.
  private func hold(_ booking: Booking, in transaction: Transaction) throws {
    var spans: [(worker: WorkerID, blocks: Range<Int64>)] = []
    if booking.state.isOpen {
      spans.append((booking.worker, booking.blocks(from: booking.startsAt)))
      if let proposal = booking.proposal {
        spans.append((proposal.worker, booking.blocks(from: proposal.startsAt)))
      }
    }
    try WorkerStore.hold(spans, for: booking.id, in: transaction)
  }

  /// Writes down what happened, and lets others know of it by identifiers alone.
  func tell(
    _ step: BookingStep, _ booking: Booking, by person: PersonID, role: Role, in transaction: Transaction
  ) throws {
    let isByItself = step.party == .program
    try BookingStore.append(step, to: booking.id, by: isByItself ? nil : person, in: transaction)
    try transaction.publish(
      step.what.event, subject: booking.id.rawValue,
      body:
        #"{"service":"\#(booking.service)","order":"\#(booking.order?.description ?? "")","by":"\#(step.party.rawValue)"}"#
    )
    try transaction.audit(
      AuditEntry(
        actor: person, role: role, onBehalfOf: person == booking.person ? nil : booking.person,
        action: step.what.event, object: booking.id.rawValue, purpose: isByItself ? "the time has come" : "",
        detailDigest: step.note.isEmpty ? [] : Digest(of: step.note).bytes))
  }
}

extension Booking {
  /// What a visit takes of its worker's time from this beginning, the way to the next one included.
  func blocks(from start: Timestamp) -> Range<Int64> {
    TimeBlock.visit(from: start, minutes: minutes, buffer: bufferMinutes)
  }

  /// Which times are offered to move it to: as long as it was booked, and else as the service is offered now.
  func times(_ service: Service) -> ServiceTimes {
    var times = service.details.times
    times.minutes = minutes
    times.bufferMinutes = bufferMinutes
    return times
  }
}

extension BookingStep.What {
  /// What the event is called, and the entry in the audit chain.
  var event: StaticString {
    switch self {
    case .requested: "shop.booking_requested"
    case .accepted: "shop.booking_accepted"
    case .declined: "shop.booking_declined"
    case .expired: "shop.booking_expired"
    case .left: "shop.booking_on_the_way"
    case .arrived: "shop.booking_arrived"
    case .done: "shop.booking_done"
    case .cancelledInTime, .cancelledLate: "shop.booking_cancelled"
    case .workerMissed: "shop.booking_worker_missed"
    case .householdMissed: "shop.booking_household_missed"
    case .objected: "shop.booking_objected"
    case .feeKept: "shop.booking_fee_kept"
    case .feeWaived: "shop.booking_fee_waived"
    case .moveProposed: "shop.booking_move_proposed"
    case .moved: "shop.booking_changed"
    case .moveRefused: "shop.booking_move_refused"
    case .materialAsked: "shop.booking_material_asked"
    case .materialAgreed: "shop.booking_material_agreed"
    case .materialRefused: "shop.booking_material_refused"
    case .wrongCode: "shop.booking_wrong_code"
    case .codeRenewed: "shop.booking_code_renewed"
    }
  }
}
