package import Database
package import Kernel
package import People
package import Security

/// A trip as it is planned in one step: there and back, each who asks being answered by the driver.
package struct VanEntry: Sendable {
  package let from: String
  package let to: String
  package let leavesAt: Timestamp
  package let returnsAt: Timestamp?
  package let vehicle: String
  package let crates: Int64
  package let kilograms: Int64
  package var toPlace: PlaceID?
  package var note = ""
  package var price = ""

  package init(
    from: String, to: String, leavesAt: Timestamp, returnsAt: Timestamp?, vehicle: String, crates: Int64,
    kilograms: Int64
  ) {
    self.from = from
    self.to = to
    self.leavesAt = leavesAt
    self.returnsAt = returnsAt
    self.vehicle = vehicle
    self.crates = crates
    self.kilograms = kilograms
  }
}

/// What somebody would like to load.
package struct VanLoadEntry: Sendable {
  package let what: String
  package let place: String
  package let crates: Int64
  package let kilograms: Int64

  package init(_ what: String, at place: String, crates: Int64, kilograms: Int64) {
    self.what = what
    self.place = place
    self.crates = crates
    self.kilograms = kilograms
  }
}

/// A part of a trip that was asked for, to be answered.
package struct AskedVanPart: Sendable {
  let id: VanPartID
}

/// Van trips entered from elsewhere in the program, by the rules of their desks.
package struct VanEntries: Sendable {
  /// So long before it leaves nothing more is taken.
  private static let closing = Duration.hours(2)

  let vans: VanTrips

  /// What seals what is written of people.
  /// - Throws: what the storage of keys throws.
  package func cipher(of community: CommunityID) async throws -> FieldCipher {
    try await vans.ground.cipher(community)
  }

  /// - Throws: as the desk of trips.
  package func plan(
    _ entry: VanEntry, of party: Party, sealing cipher: FieldCipher, by actor: Actor,
    in transaction: Transaction
  ) throws -> VanTripID {
    let terms = VanTripTerms(
      from: entry.from, to: entry.to, toPlace: entry.toPlace, leavesAt: entry.leavesAt,
      isReturn: entry.returnsAt != nil, returnsAt: entry.returnsAt,
      joinUntil: entry.leavesAt - Self.closing, vehicle: entry.vehicle,
      room: VanLoad(crates: entry.crates, kilograms: entry.kilograms), note: entry.note, price: entry.price,
      answers: .driver)
    return try vans.trips.plan(
      terms, of: party, sealing: cipher, by: VanActor(actor: actor, isByWorker: false), in: transaction)
  }

  /// - Throws: as the desk of parts.
  package func ask(
    _ load: VanLoadEntry, for party: Party, on trip: VanTripID, sealing cipher: FieldCipher, by actor: Actor,
    in transaction: Transaction
  ) throws -> AskedVanPart {
    let wish = VanWish(
      load: VanLoad(crates: load.crates, kilograms: load.kilograms),
      words: VanPartWords(what: load.what, place: load.place))
    return AskedVanPart(
      id: try vans.parts.ask(
        wish, for: party, on: trip, sealing: cipher, by: VanActor(actor: actor, isByWorker: false),
        in: transaction))
  }

  /// The driver says yes.
  /// - Throws: as the desk of parts.
  package func confirm(_ part: AskedVanPart, by actor: Actor, in transaction: Transaction) throws {
    try vans.parts.move(
      part.id, to: .confirmed, seen: 0, by: VanActor(actor: actor, isByWorker: false), in: transaction)
  }

  /// The driver is back, with what was carried.
  /// - Throws: as the desk of trips.
  package func finish(
    _ trip: VanTripID, carried parts: [AskedVanPart], by actor: Actor, in transaction: Transaction
  ) throws {
    try vans.trips.finish(
      trip, carried: Set(parts.map(\.id)), seen: 0, by: VanActor(actor: actor, isByWorker: false),
      in: transaction)
  }
}

extension Resources {
  /// Where van trips are entered from elsewhere in the program.
  package var vanEntries: VanEntries { VanEntries(vans: vanTrips) }
}
