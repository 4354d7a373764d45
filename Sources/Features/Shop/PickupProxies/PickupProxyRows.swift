import Database
import Kernel

extension PickupProxy {
  static let columns: Query = """
    id, order_id, household_id, named_by_id, addressed_household_id, addressed_person_id, neighbour_id,
    entered_by_id, asked_at, until, state, answered_at, ended_at
    """

  init(_ row: borrowing Row) throws {
    id = try row[0]
    order = try row[1]
    household = try row[2]
    namedBy = try row[3]
    addressedHousehold = try row[4]
    addressedPerson = try row[5]
    neighbour = try row[6]
    enteredBy = try row[7]
    askedAt = try row[8]
    until = try row[9]
    state = try row[10]
    answeredAt = try row[11]
    endedAt = try row[12]
  }
}

extension PickupProxyStore {
  static func insert(_ proxy: PickupProxy, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO shop_pickup_proxy (id, community_id, order_id, household_id, named_by_id, addressed_household_id,
        addressed_person_id, neighbour_id, entered_by_id, asked_at, until, state, answered_at, ended_at)
      VALUES (\(proxy.id), \(transaction.community), \(proxy.order), \(proxy.household), \(proxy.namedBy),
        \(proxy.addressedHousehold), \(proxy.addressedPerson), \(proxy.neighbour), \(proxy.enteredBy),
        \(proxy.askedAt), \(proxy.until), \(proxy.state), \(proxy.answeredAt), \(proxy.endedAt))
      """)
  }

  static func update(_ proxy: PickupProxy, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE shop_pickup_proxy SET neighbour_id = \(proxy.neighbour), state = \(proxy.state),
        answered_at = \(proxy.answeredAt), ended_at = \(proxy.endedAt)
      WHERE id = \(proxy.id) AND community_id = \(transaction.community)
      """)
  }

  // MARK: - Codes by which a neighbour is found

  /// How long a neighbour can be found by a code.
  static let findingTime = Duration.hours(1)

  /// Keeps what a new code stands for; the one before it is forgotten.
  static func keep(
    _ finding: [UInt8], for person: PersonID, of household: HouseholdID, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO shop_pickup_finding (community_id, person_id, household_id, finding, expires_at)
      VALUES (\(transaction.community), \(person), \(household), \(finding), \(transaction.now + findingTime))
      ON CONFLICT (community_id, person_id) DO UPDATE SET household_id = excluded.household_id,
        finding = excluded.finding, expires_at = excluded.expires_at
      """)
  }

  /// Whoever can be found by this code now.
  static func found(
    _ finding: [UInt8], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> AskedNeighbour? {
    try snapshot.first(
      """
      SELECT person_id, household_id FROM shop_pickup_finding
      WHERE community_id = \(community) AND finding = \(finding) AND expires_at > \(snapshot.now)
      """
    ) { row in .person(try row[0], of: try row[1]) }
  }
}
