package import Database
package import Kernel
package import People
package import Security

/// On which terms a place is opened for booking in one step.
package struct BookableEntry: Sendable {
  /// Who may have it, as ``BookablePlace/Audience`` names it.
  package enum Audience: String, Sendable, CaseIterable {
    case residents
    case organisations
    case everyone
  }

  package let keeper: Party
  package let capacity: Int64
  package let unit: String
  package let slotMinutes: Int64
  package let longestMinutes: Int64
  package let rules: Phrase
  package let audience: Audience
  package let needsYes: Bool
  /// In words; empty for free.
  package let price: String

  package init(
    keeper: Party, capacity: Int64, unit: String, slotMinutes: Int64, longestMinutes: Int64, rules: Phrase,
    audience: Audience = .everyone, needsYes: Bool = true, price: String = ""
  ) {
    self.keeper = keeper
    self.capacity = capacity
    self.unit = unit
    self.slotMinutes = slotMinutes
    self.longestMinutes = longestMinutes
    self.rules = rules
    self.audience = audience
    self.needsYes = needsYes
    self.price = price
  }
}

/// A time at a place as it is asked for in one step.
package struct BookingEntry: Sendable {
  package let party: Party
  package let from: Timestamp
  package let to: Timestamp
  package let amount: Int64
  package let purpose: String

  package init(_ party: Party, from: Timestamp, to: Timestamp, amount: Int64, _ purpose: String) {
    self.party = party
    self.from = from
    self.to = to
    self.amount = amount
    self.purpose = purpose
  }
}

/// What its keeper or whoever has it makes of a booking.
package enum BookingEntryStep: String, Sendable, CaseIterable {
  case confirmed
  case declined
  case cancelled
  case kept
  case notKept = "not_kept"
}

/// Bookable places and bookings entered from elsewhere in the program, by the rules of their desk.
package struct BookingEntries: Sendable {
  /// So far ahead it can be booked.
  private static let daysAhead: Int64 = 30

  let logistics: Logistics

  /// What seals what is written of people.
  /// - Throws: what the storage of keys throws.
  package func cipher(of community: CommunityID) async throws -> FieldCipher {
    try await logistics.ground.cipher(community)
  }

  /// - Throws: as the desk of bookings.
  package func open(
    _ place: PlaceID, _ entry: BookableEntry, by actor: Actor, in transaction: Transaction
  ) throws {
    guard let audience = BookablePlace.Audience(rawValue: entry.audience.rawValue) else {
      throw Problem.internalFault
    }
    let terms = BookableTerms(
      slotMinutes: entry.slotMinutes, capacity: entry.capacity, unit: entry.unit,
      longestMinutes: entry.longestMinutes, daysAhead: Self.daysAhead, keeper: entry.keeper,
      rules: entry.rules, audience: audience, needsYes: entry.needsYes, price: entry.price)
    try logistics.desk.open(place, on: terms, by: actor, in: transaction)
  }

  /// - Throws: as the desk of bookings.
  package func book(
    _ entry: BookingEntry, at place: PlaceID, offsetSeconds: Int, sealing cipher: FieldCipher,
    by actor: Actor, isByWorker: Bool = false, in transaction: Transaction
  ) throws -> PlaceBookingID {
    let wish = BookingWish(
      party: entry.party, time: OccupiedTime(from: entry.from, to: entry.to, amount: entry.amount),
      purpose: entry.purpose)
    return try logistics.desk.book(
      wish, at: place, offsetSeconds: offsetSeconds, sealing: cipher, by: actor, isByWorker: isByWorker,
      in: transaction)
  }

  /// - Throws: as the desk of bookings.
  package func move(
    _ id: PlaceBookingID, to step: BookingEntryStep, by actor: Actor, isByWorker: Bool = false,
    in transaction: Transaction
  ) throws {
    guard let state = PlaceBooking.State(rawValue: step.rawValue),
      let booking = try BookingStore.find(id, opening: nil, in: transaction.community, transaction)
    else { throw Problem.notFound }
    try logistics.desk.move(
      id, to: state, seen: booking.revision, by: actor, isByWorker: isByWorker, in: transaction)
  }
}

extension Resources {
  /// Where bookable places and bookings are entered from elsewhere in the program.
  package var bookingEntries: BookingEntries { BookingEntries(logistics: logistics) }
}
