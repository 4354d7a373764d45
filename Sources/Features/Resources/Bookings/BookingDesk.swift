import Database
import Kernel
import Messages
import People
import Security

/// Where places are opened for booking and bookings made, decided and closed: each step is one transaction, audited.
struct BookingDesk: Sendable {
  let ground: ResourceGround

  /// - Throws: `not_found` for a place that there is not, `resources.booking_not_possible` for one that is open already.
  func open(
    _ id: PlaceID, on terms: BookableTerms, by actor: Actor, in transaction: Transaction
  ) throws {
    guard try PlaceDirectory().cards(of: [id], in: transaction.community, transaction)[id] != nil else {
      throw Problem.notFound
    }
    if try BookablePlaceStore.find(id, in: transaction.community, transaction) != nil {
      throw Problem.bookingNotPossible
    }
    try BookablePlaceStore.insert(
      BookablePlace(
        id: id, terms: terms, revision: 0, openedAt: transaction.now, openedBy: actor, closedAt: nil),
      in: transaction)
    try transaction.note("resources.bookable_open", by: actor, of: id.rawValue)
  }

  /// - Throws: `not_found`, `resources.booking_stale`, and `resources.booking_full` where more is booked than would be left.
  func write(
    _ terms: BookableTerms, to id: PlaceID, seen: Int64, by actor: Actor, in transaction: Transaction
  ) throws {
    let place = try takeTurn(at: id, in: transaction)
    guard place.revision == seen else { throw Problem.bookingStale }
    let taken = try BookingStore.occupied(
      at: id, from: transaction.now - .days(1), to: nil, in: transaction.community, transaction)
    let end = taken.map(\.to).max() ?? transaction.now
    let peak = Occupancy(capacity: terms.capacity, times: taken)
      .peak(from: transaction.now - .days(1), to: end)
    guard peak <= terms.capacity else { throw Problem.bookingFull }
    try BookablePlaceStore.update(terms, of: id, in: transaction)
    try transaction.note("resources.bookable_change", by: actor, of: id.rawValue)
  }

  /// Takes a time at a place.
  ///
  /// - Parameter offsetSeconds: of the community's clocks.
  /// - Throws: `not_found`, and why it cannot be had.
  func book(
    _ wish: BookingWish, at id: PlaceID, offsetSeconds: Int, sealing cipher: FieldCipher, by actor: Actor,
    in transaction: Transaction
  ) throws -> PlaceBookingID {
    let place = try takeTurn(at: id, in: transaction)
    let community = transaction.community
    guard let card = try PlaceDirectory().cards(of: [id], in: community, transaction)[id] else {
      throw Problem.notFound
    }
    if let refusal = BookingRules.refusal(
      wish, at: place, open: card.hours, offsetSeconds: offsetSeconds, now: transaction.now)
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
      bookedAt: transaction.now, bookedBy: actor.person)
    try BookingStore.insert(booking, wish.party, by: actor, sealing: cipher, in: transaction)
    try ForgetPurposes.schedule(booking, in: transaction)
    try transaction.note(
      "resources.book", by: actor, of: booking.id.rawValue, onBehalfOf: wish.party.person)
    return booking.id
  }

  /// Moves a booking on. A time that was kept joins its keeper and whoever had it.
  /// - Throws: `not_found`, `resources.booking_stale`, `resources.booking_not_possible`.
  func move(
    _ id: PlaceBookingID, to state: PlaceBooking.State, seen: Int64, by actor: Actor,
    in transaction: Transaction
  ) throws {
    let community = transaction.community
    guard let booking = try BookingStore.find(id, opening: nil, in: community, transaction) else {
      throw Problem.notFound
    }
    guard booking.revision == seen else { throw Problem.bookingStale }
    if let refusal = BookingRules.refusal(booking, to: state, at: transaction.now) { throw refusal }
    try BookingStore.move(id, to: state, by: actor, in: transaction)
    try transaction.note(
      "resources.booking_move", by: actor, of: id.rawValue, onBehalfOf: booking.party?.person,
      purpose: state.rawValue)
    guard state == .kept, let party = booking.party,
      let keeper = try BookablePlaceStore.find(booking.place, in: community, transaction)?.terms.keeper,
      keeper.kind == .organisation
    else { return }
    let tie = Tie(
      .helped, from: keeper, to: party, at: booking.time.from, source: "booking", sourceID: id.rawValue)
    try TieRecorder(directory: ground.directory).record([tie], in: transaction)
  }

  /// For whom a person may book: themselves, and those for whom they act.
  func parties(
    of person: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [(party: Party, name: Phrase)] {
    let merchants = try ground.ports.merchants.represented(person, community, snapshot)
    let organisations = try OrganisationDirectory().represented(by: person, in: community, snapshot)
    return [(.person(person), Phrase("我自己", "Myself"))]
      + merchants.map { (.merchant($0.id), Phrase(same: $0.name)) }
      + organisations.map { (.organisation($0.id), $0.name) }
  }

  private func takeTurn(at id: PlaceID, in transaction: Transaction) throws -> BookablePlace {
    try BookablePlaceStore.takeTurn(at: id, in: transaction)
    guard let place = try BookablePlaceStore.find(id, in: transaction.community, transaction) else {
      throw Problem.notFound
    }
    return place
  }
}
