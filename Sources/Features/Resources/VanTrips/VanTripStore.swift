import Database
import Kernel
import People
import Security

extension VanTrip.State: Storable {}
extension VanTrip.Answers: Storable {}

/// Which trips a list is about.
enum VanTripList: String, Sendable, CaseIterable {
  /// Planned and not gone yet, the next first.
  case coming
  /// Gone, and nobody said how it was; the latest first.
  case unclosed
  case closed

  var name: Phrase {
    switch self {
    case .coming: Phrase("要出发的", "Coming")
    case .unclosed: Phrase("等着说一声的", "To be closed")
    case .closed: Phrase("结束了的", "Over")
    }
  }
}

/// The queries of trips.
enum VanTripStore {
  private static let columns: Query = """
    id, party_kind, party_id, from_words, to_words, from_place_id, to_place_id, leaves_at, is_return,
    returns_at, join_until, vehicle, crates, kilograms, note, price, answers, state, reason, revision,
    created_at, created_by_id, created_by_role, closed_at
    """

  private static func address(
    _ column: StaticString, _ id: VanTripID, in community: CommunityID
  ) -> FieldAddress {
    FieldAddress("resources_van_trip", column, row: id, community: community)
  }

  /// - Parameter cipher: opens what was written; nil leaves it out.
  private static func read(
    _ row: borrowing Row, _ cipher: FieldCipher?, _ community: CommunityID
  ) throws -> VanTrip {
    let (id, kind): (VanTripID, Party.Kind) = (try row[0], try row[1])
    let (party, isReturn): (Int64?, Int64) = (try row[2], try row[8])
    let (note, reason): ([UInt8]?, [UInt8]?) = (try row[14], try row[18])
    func open(_ sealed: [UInt8]?, _ column: StaticString) throws -> String {
      guard let sealed, let cipher else { return "" }
      return try cipher.open(sealed, at: address(column, id, in: community))
    }
    let terms = VanTripTerms(
      from: try row[3], to: try row[4], fromPlace: try row[5], toPlace: try row[6], leavesAt: try row[7],
      isReturn: isReturn != 0, returnsAt: try row[9], joinUntil: try row[10], vehicle: try row[11],
      room: VanLoad(crates: try row[12], kilograms: try row[13]), note: try open(note, "note"),
      price: try row[15], answers: try row[16])
    return VanTrip(
      id: id, party: party.map { Party(kind: kind, id: $0) }, terms: terms, state: try row[17],
      reason: try open(reason, "reason"), revision: try row[19], createdAt: try row[20],
      createdBy: Actor(person: try row[21], role: try row[22]), closedAt: try row[23])
  }

  static func find(
    _ id: VanTripID, opening cipher: FieldCipher?, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> VanTrip? {
    try snapshot.first(
      "SELECT \(columns) FROM resources_van_trip WHERE id = \(id) AND community_id = \(community)"
    ) { row in try read(row, cipher, community) }
  }

  static func find(
    _ ids: Set<VanTripID>, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [VanTripID: VanTrip] {
    var found: [VanTripID: VanTrip] = [:]
    for chunk in snapshot.chunks(of: ids.sorted()) {
      try snapshot.forEach(
        """
        SELECT \(columns) FROM resources_van_trip
        WHERE community_id = \(community) AND id IN \(list: chunk)
        """
      ) { row in
        let trip = try read(row, nil, community)
        found[trip.id] = trip
      }
    }
    return found
  }

  /// Trips of a list, without what is sealed.
  ///
  /// - Parameter last: behind which the list goes on; nil for its beginning.
  static func list(
    _ list: VanTripList, after last: VanTrip?, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [VanTrip] {
    try snapshot.all(page(list, after: last, limit: limit, in: community, at: snapshot.now)) { row in
      try read(row, nil, community)
    }
  }

  static func page(
    _ list: VanTripList, after last: VanTrip?, limit: Int, in community: CommunityID, at now: Timestamp
  ) -> Query {
    let state: Query =
      switch list {
      case .coming: "state = 'planned' AND party_id IS NOT NULL AND leaves_at > \(now)"
      case .unclosed: "state = 'planned' AND leaves_at <= \(now)"
      case .closed: "state IN ('done', 'called_off')"
      }
    let isUp = list == .coming
    let behind: Query =
      last.map { trip in
        let at = trip.terms.leavesAt
        return isUp
          ? "AND (leaves_at > \(at) OR (leaves_at = \(at) AND id > \(trip.id)))"
          : "AND (leaves_at < \(at) OR (leaves_at = \(at) AND id < \(trip.id)))"
      } ?? ""
    let order: Query = isUp ? "leaves_at, id" : "leaves_at DESC, id DESC"
    return """
      SELECT \(columns) FROM resources_van_trip WHERE community_id = \(community) AND \(state) \(behind)
      ORDER BY \(order) LIMIT \(limit)
      """
  }

  /// Trips of a party that are not closed, the next first.
  static func planned(
    of party: Party, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [VanTrip] {
    try snapshot.all(
      """
      SELECT \(columns) FROM resources_van_trip
      WHERE community_id = \(community) AND party_kind = \(party.kind) AND party_id = \(party.id)
        AND state = 'planned' ORDER BY leaves_at, id LIMIT \(limit)
      """
    ) { row in try read(row, nil, community) }
  }

  static func insert(
    _ trip: VanTrip, _ party: Party, sealing cipher: FieldCipher, in transaction: Transaction
  ) throws {
    let (terms, community) = (trip.terms, transaction.community)
    var rows = Rows(
      into: "resources_van_trip", "id", "community_id", "party_kind", "party_id", "from_words", "to_words",
      "from_place_id", "to_place_id", "leaves_at", "is_return", "returns_at", "join_until", "vehicle",
      "crates", "kilograms", "note", "price", "answers", "state", "revision", "created_at",
      "created_by_id", "created_by_role")
    let note: [UInt8]? =
      terms.note.isEmpty ? nil : try cipher.seal(terms.note, at: address("note", trip.id, in: community))
    rows.append(values: [
      trip.id.storedValue, community.storedValue, party.kind.storedValue, party.id.storedValue,
      terms.from.storedValue, terms.to.storedValue, terms.fromPlace.storedValue, terms.toPlace.storedValue,
      terms.leavesAt.storedValue, .integer(terms.isReturn ? 1 : 0), terms.returnsAt.storedValue,
      terms.joinUntil.storedValue, terms.vehicle.storedValue, terms.room.crates.storedValue,
      terms.room.kilograms.storedValue, note.storedValue, terms.price.storedValue,
      terms.answers.storedValue, trip.state.storedValue, .integer(trip.revision),
      trip.createdAt.storedValue, trip.createdBy.person.storedValue, trip.createdBy.role.storedValue,
    ])
    try transaction.insert(rows)
  }

  /// - Parameters:
  ///   - reason: why it does not take place; empty for none.
  ///   - actor: nil where nobody did it, such as when somebody is deleted.
  static func close(
    _ id: VanTripID, as state: VanTrip.State, because reason: String, sealing cipher: FieldCipher?,
    by actor: PersonID?, in transaction: Transaction
  ) throws {
    let at = address("reason", id, in: transaction.community)
    let sealed: [UInt8]? = reason.isEmpty ? nil : try cipher.map { try $0.seal(reason, at: at) }
    try transaction.execute(
      """
      UPDATE resources_van_trip SET state = \(state), reason = \(sealed), revision = revision + 1,
        closed_at = \(transaction.now), closed_by_id = \(actor)
      WHERE id = \(id) AND community_id = \(transaction.community)
      """)
  }

  /// Forgets what was written of a trip and of all that went along; times and amounts stay.
  static func forgetWords(of id: VanTripID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE resources_van_trip SET note = NULL, reason = NULL, vehicle = '', price = '', from_words = '',
        to_words = '', from_place_id = NULL, to_place_id = NULL
      WHERE id = \(id) AND community_id = \(transaction.community)
      """)
    try transaction.execute(
      """
      UPDATE resources_van_part SET what = NULL, load_place = NULL
      WHERE trip_id = \(id) AND community_id = \(transaction.community)
      """)
  }
}
