import Database
import Kernel
import People
import Security

extension VanPart.State: Storable {}

/// The queries of what goes along on trips.
enum VanPartStore {
  private static let columns: Query = """
    id, trip_id, party_kind, party_id, crates, kilograms, what, load_place, state, revision, asked_at,
    asked_by_id
    """

  private static func address(
    _ column: StaticString, _ id: VanPartID, in community: CommunityID
  ) -> FieldAddress {
    FieldAddress("resources_van_part", column, row: id, community: community)
  }

  /// - Parameter cipher: opens what was written; nil leaves it out.
  private static func read(
    _ row: borrowing Row, _ cipher: FieldCipher?, _ community: CommunityID
  ) throws -> VanPart {
    let (id, kind): (VanPartID, Party.Kind) = (try row[0], try row[2])
    let party: Int64? = try row[3]
    let (what, place): ([UInt8]?, [UInt8]?) = (try row[6], try row[7])
    func open(_ sealed: [UInt8]?, _ column: StaticString) throws -> String {
      guard let sealed, let cipher else { return "" }
      return try cipher.open(sealed, at: address(column, id, in: community))
    }
    return VanPart(
      id: id, trip: try row[1], party: party.map { Party(kind: kind, id: $0) },
      load: VanLoad(crates: try row[4], kilograms: try row[5]),
      words: VanPartWords(what: try open(what, "what"), place: try open(place, "load_place")),
      state: try row[8], revision: try row[9], askedAt: try row[10], askedBy: try row[11])
  }

  static func find(
    _ id: VanPartID, opening cipher: FieldCipher?, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> VanPart? {
    try snapshot.first(
      "SELECT \(columns) FROM resources_van_part WHERE id = \(id) AND community_id = \(community)"
    ) { row in try read(row, cipher, community) }
  }

  /// All that anybody asked for on a trip, the earliest first.
  static func on(
    _ trip: VanTripID, opening cipher: FieldCipher?, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [VanPart] {
    try snapshot.all(
      """
      SELECT \(columns) FROM resources_van_part WHERE community_id = \(community) AND trip_id = \(trip)
      ORDER BY id
      """
    ) { row in try read(row, cipher, community) }
  }

  /// What a party asked for, the latest first.
  static func of(
    _ party: Party, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [VanPart] {
    try snapshot.all(
      """
      SELECT \(columns) FROM resources_van_part
      WHERE community_id = \(community) AND party_kind = \(party.kind) AND party_id = \(party.id)
      ORDER BY id DESC LIMIT \(limit)
      """
    ) { row in try read(row, nil, community) }
  }

  /// What is still to happen of a party's, all of it.
  static func open(
    of party: Party, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [VanPart] {
    try snapshot.all(
      """
      SELECT \(columns) FROM resources_van_part
      WHERE community_id = \(community) AND party_kind = \(party.kind) AND party_id = \(party.id)
        AND state IN ('asked', 'confirmed') ORDER BY id
      """
    ) { row in try read(row, nil, community) }
  }

  /// What is taken on trips; nothing stands for those on which nobody has anything.
  static func taken(
    on trips: Set<VanTripID>, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [VanTripID: VanLoad] {
    var taken: [VanTripID: VanLoad] = [:]
    for chunk in snapshot.chunks(of: trips.sorted()) {
      try snapshot.forEach(
        """
        SELECT trip_id, CAST(sum(crates) AS BIGINT), CAST(sum(kilograms) AS BIGINT) FROM resources_van_part
        WHERE community_id = \(community) AND trip_id IN \(list: chunk)
          AND state IN ('asked', 'confirmed', 'carried', 'not_carried') GROUP BY trip_id
        """
      ) { row in
        let trip: VanTripID = try row[0]
        taken[trip] = VanLoad(crates: try row[1], kilograms: try row[2])
      }
    }
    return taken
  }

  static func insert(
    _ part: VanPart, _ party: Party, by actor: Actor, sealing cipher: FieldCipher,
    in transaction: Transaction
  ) throws {
    let community = transaction.community
    var rows = Rows(
      into: "resources_van_part", "id", "community_id", "trip_id", "party_kind", "party_id", "crates",
      "kilograms", "what", "load_place", "state", "revision", "asked_at", "asked_by_id", "asked_by_role")
    let what: [UInt8] = try cipher.seal(part.words.what, at: address("what", part.id, in: community))
    let place: [UInt8] = try cipher.seal(
      part.words.place, at: address("load_place", part.id, in: community))
    rows.append(values: [
      part.id.storedValue, community.storedValue, part.trip.storedValue, party.kind.storedValue,
      party.id.storedValue, part.load.crates.storedValue, part.load.kilograms.storedValue,
      what.storedValue, place.storedValue, part.state.storedValue, .integer(0), part.askedAt.storedValue,
      actor.person.storedValue, actor.role.storedValue,
    ])
    try transaction.insert(rows)
  }

  /// - Parameter actor: nil where nobody did it, such as when the trip left.
  static func move(
    _ id: VanPartID, to state: VanPart.State, by actor: PersonID?, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      UPDATE resources_van_part SET state = \(state), revision = revision + 1,
        decided_at = \(transaction.now), decided_by_id = \(actor)
      WHERE id = \(id) AND community_id = \(transaction.community)
      """)
  }
}
