import Database
import Kernel
import Messages
import People
import Security
import Web

/// Where places are opened for booking and bookings made, decided and closed: each step is one transaction, audited.
/// Transactions of a community follow one another, so that two never decide on the same room at one time.
struct BookingDesk: Sendable {
  let ground: ResourceGround

  private var parties: ResourceParties { ResourceParties(ground: ground) }
  private var notices: BookingNotices { BookingNotices(ground: ground) }

  /// Opens a place, or opens it again. For the station, as its doors see to.
  /// - Throws: `form.invalid`, `not_found` for a place that there is not, `resources.booking_not_possible` for one
  ///   that is open already, and for one that was closed or that nobody confirmed for a year.
  func open(
    _ id: PlaceID, on terms: BookableTerms, by actor: Actor, in transaction: Transaction
  ) throws {
    try check(terms, in: transaction)
    guard let place = try PlaceStore.find(id, in: transaction.community, transaction) else {
      throw Problem.notFound
    }
    guard place.isCurrent(at: transaction.now) else { throw Problem.bookingNotPossible }
    if let earlier = try BookablePlaceStore.find(id, in: transaction.community, transaction) {
      guard earlier.closedAt != nil else { throw Problem.bookingNotPossible }
      try write(terms, to: id, seen: earlier.revision, by: actor, in: transaction)
      try BookablePlaceStore.close(id, at: nil, in: transaction)
    } else {
      try BookablePlaceStore.insert(
        BookablePlace(
          id: id, terms: terms, revision: 0, openedAt: transaction.now, openedBy: actor, closedAt: nil),
        in: transaction)
    }
    try transaction.note("resources.bookable_open", by: actor, of: id.rawValue)
  }

  /// Takes no more bookings; those that there are stay. For the station, as its doors see to.
  /// - Throws: `not_found`, `resources.booking_stale`, `resources.booking_not_possible`.
  func close(_ id: PlaceID, seen: Int64, by actor: Actor, in transaction: Transaction) throws {
    let place = try find(id, in: transaction)
    guard place.revision == seen else { throw Problem.bookingStale }
    guard place.closedAt == nil else { throw Problem.bookingNotPossible }
    try BookablePlaceStore.close(id, at: transaction.now, in: transaction)
    try transaction.note("resources.bookable_close", by: actor, of: id.rawValue)
  }

  /// For the station, as its doors see to.
  /// - Throws: `form.invalid`, `not_found`, `resources.booking_stale`, and `resources.booking_full` where more is
  ///   booked than would be left.
  func write(
    _ terms: BookableTerms, to id: PlaceID, seen: Int64, by actor: Actor, in transaction: Transaction
  ) throws {
    try check(terms, in: transaction)
    let place = try find(id, in: transaction)
    guard place.revision == seen else { throw Problem.bookingStale }
    let taken = try BookingStore.occupied(
      at: id, from: transaction.now, to: nil, in: transaction.community, transaction)
    let end = taken.map(\.to).max() ?? transaction.now
    let peak = Occupancy(capacity: terms.capacity, times: taken)
      .peak(from: transaction.now, to: end)
    guard peak <= terms.capacity else { throw Problem.bookingFull }
    try BookablePlaceStore.update(terms, of: id, in: transaction)
    try transaction.note("resources.bookable_change", by: actor, of: id.rawValue)
  }

  /// Takes a time at a place.
  ///
  /// - Parameters:
  ///   - offsetSeconds: of the community's clocks.
  ///   - isByWorker: whether the station does it for somebody.
  /// - Throws: `not_found`, `forbidden` for a party for which the actor does not act, and why it cannot be had.
  func book(
    _ wish: BookingWish, at id: PlaceID, offsetSeconds: Int, sealing cipher: FieldCipher, by actor: Actor,
    isByWorker: Bool, in transaction: Transaction
  ) throws -> PlaceBookingID {
    try parties.check(wish.party, by: actor, isByWorker: isByWorker, in: transaction)
    let place = try find(id, in: transaction)
    let community = transaction.community
    guard let found = try PlaceStore.find(id, in: community, transaction),
      isByWorker || found.terms.visibility != .station
    else { throw Problem.notFound }
    guard found.isCurrent(at: transaction.now) else { throw Problem.bookingClosed }
    if let refusal = BookingRules.refusal(
      wish, at: place, open: found.terms.hours, offsetSeconds: offsetSeconds, now: transaction.now)
    {
      throw refusal
    }
    let taken = try BookingStore.occupied(
      at: id, from: wish.time.from, to: wish.time.to, in: community, transaction)
    guard Occupancy(capacity: place.terms.capacity, times: taken).fits(wish.time) else {
      throw Problem.bookingFull
    }
    let booking = PlaceBooking(
      id: transaction.newIdentifier(), place: id, party: wish.party, time: wish.time,
      purpose: wish.purpose, state: place.terms.needsYes ? .asked : .confirmed, revision: 0,
      bookedAt: transaction.now, bookedBy: actor.person, decidedBy: nil)
    try BookingStore.insert(booking, wish.party, by: actor, sealing: cipher, in: transaction)
    try ForgetPurposes.schedule(booking, over: booking.time.to, in: transaction)
    try BookingJobs.schedule(booking, in: transaction)
    try transaction.note(
      "resources.book", by: actor, of: booking.id.rawValue,
      onBehalfOf: isByWorker ? wish.party.person : nil)
    try notices.made(booking, keptBy: place.terms.keeper, by: actor, in: transaction)
    return booking.id
  }

  /// Moves a booking on. A time that was kept joins its keeper and whoever had it.
  ///
  /// - Parameter isByWorker: whether the station does it.
  /// - Throws: `not_found`, for whom the booking does not concern too; `forbidden` for a step that is not theirs;
  ///   `resources.booking_stale`, `resources.booking_not_possible`.
  func move(
    _ id: PlaceBookingID, to state: PlaceBooking.State, seen: Int64, by actor: Actor, isByWorker: Bool,
    in transaction: Transaction
  ) throws {
    let community = transaction.community
    guard let booking = try BookingStore.find(id, opening: nil, in: community, transaction) else {
      throw Problem.notFound
    }
    let keeper = try BookablePlaceStore.find(booking.place, in: community, transaction)?.terms.keeper
    if !isByWorker { try check(booking, keptBy: keeper, to: state, by: actor, in: transaction) }
    guard booking.revision == seen else { throw Problem.bookingStale }
    if let refusal = BookingRules.refusal(booking, to: state, at: transaction.now) { throw refusal }
    if state == .confirmed { try checkOpen(booking.place, in: transaction) }
    try BookingStore.move(id, to: state, by: actor, in: transaction)
    if !state.holds { try ForgetPurposes.schedule(booking, over: transaction.now, in: transaction) }
    try transaction.note(
      "resources.booking_move", by: actor, of: id.rawValue,
      onBehalfOf: isByWorker ? booking.party?.person : nil, purpose: state.rawValue)
    try notices.moved(booking, to: state, keptBy: keeper, by: actor, in: transaction)
    guard state == .kept, let party = booking.party, let keeper, keeper.kind != .person,
      keeper != party
    else { return }
    let tie = Tie(
      .helped, from: keeper, to: party, at: booking.time.from, source: "booking", sourceID: id.rawValue)
    try TieRecorder(directory: ground.directory).record([tie], in: transaction)
  }

  /// What the deletion of a person means beyond their rows: keepers learn that nobody comes, and nobody is named any
  /// more as who pressed the buttons for others.
  func forget(_ person: PersonID, in transaction: Transaction) throws {
    let community = transaction.community
    let gone = Actor(person: person, role: .resident)
    for booking in try BookingStore.coming(of: .person(person), in: community, transaction) {
      let keeper = try BookablePlaceStore.find(booking.place, in: community, transaction)?.terms.keeper
      try BookingStore.move(booking.id, to: .cancelled, by: nil, in: transaction)
      try notices.moved(booking, to: .cancelled, keptBy: keeper, by: gone, in: transaction)
    }
    try BookingStore.forget(person, in: transaction)
  }

  // MARK: - Parts

  /// - Throws: `form.invalid`, also for a keeper who is not there.
  private func check(_ terms: BookableTerms, in transaction: Transaction) throws {
    try BookingRules.check(terms)
    let names = try parties.names(of: [terms.keeper], in: transaction.community, transaction)
    if names[terms.keeper] == nil { throw Problem.bookingKeeper }
  }

  /// Nobody is promised a place that is closed.
  /// - Throws: `resources.booking_closed`.
  private func checkOpen(_ id: PlaceID, in transaction: Transaction) throws {
    let place = try PlaceStore.find(id, in: transaction.community, transaction)
    guard let place, place.isCurrent(at: transaction.now) else { throw Problem.bookingClosed }
  }

  private func check(
    _ booking: PlaceBooking, keptBy keeper: Party?, to state: PlaceBooking.State, by actor: Actor,
    in transaction: Transaction
  ) throws {
    let own = try parties.own(of: actor.person, in: transaction.community, transaction).map(\.party)
    let isBooker = booking.party.map(own.contains) ?? false
    let isKeeper = keeper.map(own.contains) ?? false
    // Others do not learn that it is there.
    guard isBooker || isKeeper else { throw Problem.notFound }
    guard BookingRules.mayMove(to: state, isBooker: isBooker, isKeeper: isKeeper) else {
      throw Problem.forbidden
    }
  }

  private func find(_ id: PlaceID, in transaction: Transaction) throws -> BookablePlace {
    guard let place = try BookablePlaceStore.find(id, in: transaction.community, transaction) else {
      throw Problem.notFound
    }
    return place
  }
}
