import Database
import Kernel
import People
import Security

extension BookablePlace.Audience: Storable {}
extension PlaceBooking.State: Storable {}

/// The queries of places that can be booked.
enum BookablePlaceStore {
  private static let columns: Query = """
    place_id, slot_minutes, capacity, unit, longest_minutes, days_ahead, keeper_kind, keeper_id, rules_zh,
    rules_en, audience, needs_yes, price, revision, opened_at, opened_by_id, opened_by_role, closed_at
    """

  private static func read(_ row: borrowing Row) throws -> BookablePlace {
    let kind: String = try row[6]
    // Nobody has the number 0: it stands for a keeper who was deleted.
    let keeper: Int64? = try row[7]
    let needsYes: Int64 = try row[11]
    return BookablePlace(
      id: try row[0],
      terms: BookableTerms(
        slotMinutes: try row[1], capacity: try row[2], unit: try row[3], longestMinutes: try row[4],
        daysAhead: try row[5],
        keeper: Party(kind: Party.Kind(rawValue: kind) ?? .organisation, id: keeper ?? 0),
        rules: Phrase(try row[8], try row[9]), audience: try row[10], needsYes: needsYes != 0,
        price: try row[12]),
      revision: try row[13], openedAt: try row[14],
      openedBy: Actor(person: try row[15], role: try row[16]), closedAt: try row[17])
  }

  static func find(
    _ id: PlaceID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> BookablePlace? {
    try snapshot.first(
      "SELECT \(columns) FROM resources_bookable WHERE place_id = \(id) AND community_id = \(community)", read
    )
  }

  static func find(
    _ ids: Set<PlaceID>, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PlaceID: BookablePlace] {
    let found = try snapshot.chunks(of: ids.sorted()).flatMap { chunk in
      try snapshot.all(
        """
        SELECT \(columns) FROM resources_bookable
        WHERE place_id IN \(list: chunk) AND community_id = \(community)
        """, read)
    }
    return Dictionary(found.map { ($0.id, $0) }) { first, _ in first }
  }

  /// - Parameter isClosed: whether those that take no more bookings are among them.
  static func list(
    isClosed: Bool = false, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [BookablePlace] {
    let state: Query = isClosed ? "1 = 1" : "closed_at IS NULL"
    return try snapshot.all(
      """
      SELECT \(columns) FROM resources_bookable WHERE community_id = \(community) AND \(state)
      ORDER BY place_id LIMIT \(limit)
      """, read)
  }

  /// Places that somebody keeps, closed ones too: what is booked there is still theirs to see to.
  static func kept(
    by keeper: Party, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [BookablePlace] {
    try snapshot.all(
      """
      SELECT \(columns) FROM resources_bookable
      WHERE community_id = \(community) AND keeper_kind = \(keeper.kind.rawValue)
        AND keeper_id = \(keeper.id)
      ORDER BY place_id LIMIT \(limit)
      """, read)
  }

  static func insert(_ place: BookablePlace, in transaction: Transaction) throws {
    let terms = place.terms
    var rows = Rows(
      into: "resources_bookable", "place_id", "community_id", "slot_minutes", "capacity", "unit",
      "longest_minutes", "days_ahead", "keeper_kind", "keeper_id", "rules_zh", "rules_en", "audience",
      "needs_yes", "price", "changed_at", "revision", "opened_at", "opened_by_id", "opened_by_role")
    rows.append(values: [
      place.id.storedValue, transaction.community.storedValue, terms.slotMinutes.storedValue,
      terms.capacity.storedValue, terms.unit.storedValue, terms.longestMinutes.storedValue,
      terms.daysAhead.storedValue, terms.keeper.kind.rawValue.storedValue, terms.keeper.id.storedValue,
      terms.rules.chinese.storedValue, terms.rules.english.storedValue, terms.audience.storedValue,
      .integer(terms.needsYes ? 1 : 0), terms.price.storedValue, place.openedAt.storedValue,
      .integer(place.revision),
      place.openedAt.storedValue, place.openedBy.person.storedValue, place.openedBy.role.storedValue,
    ])
    try transaction.insert(rows)
  }

  static func update(_ terms: BookableTerms, of id: PlaceID, in transaction: Transaction) throws {
    let needsYes: Int64 = terms.needsYes ? 1 : 0
    try transaction.execute(
      """
      UPDATE resources_bookable SET slot_minutes = \(terms.slotMinutes), capacity = \(terms.capacity),
        unit = \(terms.unit), longest_minutes = \(terms.longestMinutes), days_ahead = \(terms.daysAhead),
        keeper_kind = \(terms.keeper.kind.rawValue), keeper_id = \(terms.keeper.id),
        rules_zh = \(terms.rules.chinese), rules_en = \(terms.rules.english), audience = \(terms.audience),
        needs_yes = \(needsYes), price = \(terms.price), revision = revision + 1,
        changed_at = \(transaction.now)
      WHERE place_id = \(id) AND community_id = \(transaction.community)
      """)
  }

  /// - Parameter moment: since when it cannot be booked; nil where it can again.
  static func close(_ id: PlaceID, at moment: Timestamp?, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE resources_bookable SET closed_at = \(moment), revision = revision + 1
      WHERE place_id = \(id) AND community_id = \(transaction.community)
      """)
  }
}

/// The queries of bookings.
enum BookingStore {
  private static let columns: Query = """
    id, place_id, party_kind, party_id, from_at, to_at, amount, purpose, state, revision, booked_at, booked_by_id,
    decided_by_id
    """

  private static func address(_ id: PlaceBookingID, in community: CommunityID) -> FieldAddress {
    FieldAddress("resources_booking", "purpose", row: id, community: community)
  }

  private static func read(
    _ row: borrowing Row, _ cipher: FieldCipher?, _ community: CommunityID
  ) throws -> PlaceBooking {
    let (id, kind): (PlaceBookingID, String) = (try row[0], try row[2])
    let party: Int64? = try row[3]
    let sealed: [UInt8]? = try row[7]
    var purpose = ""
    if let sealed, let cipher { purpose = try cipher.open(sealed, at: address(id, in: community)) }
    return PlaceBooking(
      id: id, place: try row[1],
      party: party.flatMap { id in Party.Kind(rawValue: kind).map { Party(kind: $0, id: id) } },
      time: OccupiedTime(from: try row[4], to: try row[5], amount: try row[6]), purpose: purpose,
      state: try row[8], revision: try row[9], bookedAt: try row[10], bookedBy: try row[11],
      decidedBy: try row[12])
  }

  static func find(
    _ id: PlaceBookingID, opening cipher: FieldCipher?, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> PlaceBooking? {
    try snapshot.first(
      "SELECT \(columns) FROM resources_booking WHERE id = \(id) AND community_id = \(community)"
    ) { row in try read(row, cipher, community) }
  }

  /// What takes room at a place in a time, without anybody's name.
  static func occupied(
    at place: PlaceID, from start: Timestamp, to end: Timestamp?, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> [OccupiedTime] {
    let before: Query = end.map { "from_at < \($0)" } ?? "1 = 1"
    return try snapshot.all(
      """
      SELECT from_at, to_at, amount FROM resources_booking
      WHERE community_id = \(community) AND place_id = \(place) AND to_at > \(start) AND \(before)
        AND state IN ('asked', 'confirmed', 'kept', 'not_kept') ORDER BY from_at, id
      """
    ) { row in OccupiedTime(from: try row[0], to: try row[1], amount: try row[2]) }
  }

  /// The same for many places at once.
  static func occupied(
    at places: Set<PlaceID>, from start: Timestamp, to end: Timestamp, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> [PlaceID: [OccupiedTime]] {
    var times: [PlaceID: [OccupiedTime]] = [:]
    for chunk in snapshot.chunks(of: places.sorted()) {
      let found: [(PlaceID, OccupiedTime)] = try snapshot.all(
        """
        SELECT place_id, from_at, to_at, amount FROM resources_booking
        WHERE community_id = \(community) AND place_id IN \(list: chunk) AND to_at > \(start)
          AND from_at < \(end) AND state IN ('asked', 'confirmed', 'kept', 'not_kept') ORDER BY from_at, id
        """
      ) { row in (try row[0], OccupiedTime(from: try row[1], to: try row[2], amount: try row[3])) }
      for (place, time) in found { times[place, default: []].append(time) }
    }
    return times
  }

  /// Bookings of a party, the latest first.
  static func of(
    _ party: Party, limit: Int, opening cipher: FieldCipher, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PlaceBooking] {
    try snapshot.all(
      """
      SELECT \(columns) FROM resources_booking
      WHERE community_id = \(community) AND party_kind = \(party.kind.rawValue) AND party_id = \(party.id)
      ORDER BY from_at DESC, id DESC LIMIT \(limit)
      """
    ) { row in try read(row, cipher, community) }
  }

  /// What a party is still to have, all of it, without what it is for.
  static func coming(
    of party: Party, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PlaceBooking] {
    try snapshot.all(
      """
      SELECT \(columns) FROM resources_booking
      WHERE community_id = \(community) AND party_kind = \(party.kind.rawValue) AND party_id = \(party.id)
        AND state IN ('asked', 'confirmed') AND from_at > \(snapshot.now)
      ORDER BY from_at, id
      """
    ) { row in try read(row, nil, community) }
  }

  /// Who has a place in a time, in its order; what it is for stays closed.
  static func taken(
    at place: PlaceID, from start: Timestamp, to end: Timestamp, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> [PlaceBooking] {
    try snapshot.all(
      """
      SELECT \(columns) FROM resources_booking
      WHERE community_id = \(community) AND place_id = \(place) AND to_at > \(start) AND from_at < \(end)
        AND state IN ('confirmed', 'kept')
      ORDER BY from_at, id
      """
    ) { row in try read(row, nil, community) }
  }

  /// Bookings at places with which something is still to happen, the next first.
  ///
  /// - Parameter isOver: those whose time is past, or those whose time is not.
  static func open(
    at places: Set<PlaceID>, isOver: Bool, limit: Int, opening cipher: FieldCipher,
    in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PlaceBooking] {
    let when: Query = isOver ? "to_at <= \(snapshot.now)" : "to_at > \(snapshot.now)"
    return try snapshot.chunks(of: places.sorted()).flatMap { chunk in
      try snapshot.all(
        """
        SELECT \(columns) FROM resources_booking
        WHERE community_id = \(community) AND place_id IN \(list: chunk)
          AND state IN ('asked', 'confirmed') AND \(when)
        ORDER BY from_at, id LIMIT \(limit)
        """
      ) { row in try read(row, cipher, community) }
    }
  }

  /// Bookings in a state, the next first.
  static func waiting(
    in state: PlaceBooking.State, limit: Int, opening cipher: FieldCipher, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> [PlaceBooking] {
    try snapshot.all(
      """
      SELECT \(columns) FROM resources_booking WHERE community_id = \(community) AND state = \(state)
      ORDER BY from_at, id LIMIT \(limit)
      """
    ) { row in try read(row, cipher, community) }
  }

  static func insert(
    _ booking: PlaceBooking, _ party: Party, by actor: Actor, sealing cipher: FieldCipher,
    in transaction: Transaction
  ) throws {
    var rows = Rows(
      into: "resources_booking", "id", "community_id", "place_id", "party_kind", "party_id", "from_at",
      "to_at", "amount", "purpose", "state", "revision", "booked_at", "booked_by_id", "booked_by_role")
    let purpose: [UInt8] = try cipher.seal(
      booking.purpose, at: address(booking.id, in: transaction.community))
    rows.append(values: [
      booking.id.storedValue, transaction.community.storedValue, booking.place.storedValue,
      party.kind.rawValue.storedValue, party.id.storedValue, booking.time.from.storedValue,
      booking.time.to.storedValue, booking.time.amount.storedValue, purpose.storedValue,
      booking.state.storedValue, .integer(0), booking.bookedAt.storedValue, actor.person.storedValue,
      actor.role.storedValue,
    ])
    try transaction.insert(rows)
  }

  /// - Parameter actor: nil for the clock.
  static func move(
    _ id: PlaceBookingID, to state: PlaceBooking.State, by actor: Actor?, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      UPDATE resources_booking SET state = \(state), revision = revision + 1,
        decided_at = \(transaction.now), decided_by_id = \(actor?.person)
      WHERE id = \(id) AND community_id = \(transaction.community)
      """)
  }

  /// Nobody has the number 0: it stands for somebody who was deleted, since nil is the clock's.
  static func forget(_ person: PersonID, in transaction: Transaction) throws {
    let community = transaction.community
    try transaction.execute(
      """
      UPDATE resources_booking SET booked_by_id = NULL
      WHERE booked_by_id = \(person) AND community_id = \(community)
      """)
    try transaction.execute(
      """
      UPDATE resources_booking SET decided_by_id = 0
      WHERE decided_by_id = \(person) AND community_id = \(community)
      """)
  }

  static func forgetPurpose(of id: PlaceBookingID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE resources_booking SET purpose = NULL
      WHERE id = \(id) AND community_id = \(transaction.community)
      """)
  }
}
