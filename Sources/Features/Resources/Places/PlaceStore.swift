import Database
import Kernel
import People

extension Place.Kind: Storable {}
extension Place.Visibility: Storable {}

/// The queries of places.
enum PlaceStore {
  /// The most places that one neighbourhood has.
  static let limit = 2000

  private static let columns: Query = """
    id, kind, name_chinese, name_english, address, description, hours, keeper_organisation_id, keeper_id, phone,
    is_step_free, visibility, latitude, longitude, shape, revision, confirmed_at, expires_at, closed_at,
    created_at, created_by_id, created_by_role, changed_at
    """

  private static func read(_ row: borrowing Row) throws -> Place {
    Place(
      id: try row[0], terms: try terms(row), revision: try row[15], confirmedAt: try row[16],
      expiresAt: try row[17], closedAt: try row[18], createdAt: try row[19],
      createdBy: Actor(person: try row[20], role: try row[21]), changedAt: try row[22])
  }

  private static func terms(_ row: borrowing Row) throws -> PlaceTerms {
    let (chinese, english): (String, String) = (try row[2], try row[3])
    let hours: String = try row[6]
    let isStepFree: Int64? = try row[10]
    let (latitude, longitude): (Int64?, Int64?) = (try row[12], try row[13])
    let shape: String? = try row[14]
    return PlaceTerms(
      kind: try row[1], name: Phrase(chinese, english), address: try row[4], description: try row[5],
      hours: OpeningHours(hours) ?? .none, keeperOrganisation: try row[7], keeper: try row[8],
      phone: try row[9], isStepFree: isStepFree.map { $0 == 1 }, visibility: try row[11],
      position: PlanNumbers.position(latitude, longitude), shape: shape.flatMap { PlanShape($0) })
  }

  // MARK: - Reading

  static func find(_ id: PlaceID, in community: CommunityID, _ snapshot: Snapshot) throws -> Place? {
    try snapshot.first(
      "SELECT \(columns) FROM resources_place WHERE id = \(id) AND community_id = \(community)", read)
  }

  static func find(
    _ ids: Set<PlaceID>, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Place] {
    try snapshot.chunks(of: ids.sorted()).flatMap { chunk in
      try snapshot.all(
        "SELECT \(columns) FROM resources_place WHERE id IN \(list: chunk) AND community_id = \(community)",
        read)
    }
  }

  /// Places that are there and were confirmed within a year.
  static func current(
    seenBy visibilities: Set<Place.Visibility>, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Place] {
    let seen = visibilities.map(\.rawValue).sorted()
    return try snapshot.all(
      """
      SELECT \(columns) FROM resources_place
      WHERE community_id = \(community) AND closed_at IS NULL AND expires_at > \(snapshot.now)
        AND visibility IN \(list: seen)
      ORDER BY kind, id LIMIT \(limit)
      """, read)
  }

  /// Everything that the desk keeps: open ones, or those that were closed.
  static func all(isClosed: Bool, in community: CommunityID, _ snapshot: Snapshot) throws -> [Place] {
    let state: Query = isClosed ? "closed_at IS NOT NULL" : "closed_at IS NULL"
    return try snapshot.all(
      """
      SELECT \(columns) FROM resources_place WHERE community_id = \(community) AND \(state)
      ORDER BY kind, id LIMIT \(limit)
      """, read)
  }

  static func count(in community: CommunityID, _ snapshot: Snapshot) throws -> Int64 {
    try snapshot.first(
      """
      SELECT count(*) FROM resources_place WHERE community_id = \(community) AND closed_at IS NULL
      """
    ) { try $0[0] } ?? 0
  }

  // MARK: - Writing

  static func insert(_ place: Place, in transaction: Transaction) throws {
    let terms = place.terms
    var rows = Rows(
      into: "resources_place", "id", "community_id", "kind", "name_chinese", "name_english", "address",
      "description", "hours", "keeper_organisation_id", "keeper_id", "phone", "is_step_free", "visibility",
      "latitude", "longitude", "shape", "revision", "confirmed_at", "expires_at", "created_at",
      "created_by_id", "created_by_role", "changed_at")
    rows.append(values: [
      place.id.storedValue, transaction.community.storedValue, terms.kind.storedValue,
      terms.name.chinese.storedValue, terms.name.english.storedValue, terms.address.storedValue,
      terms.description.storedValue, terms.hours.phrase.chinese.storedValue,
      terms.keeperOrganisation.storedValue, terms.keeper.storedValue, terms.phone.storedValue,
      stepFree(terms).storedValue, terms.visibility.storedValue,
      PlanNumbers.stored(terms.position?.latitude).storedValue,
      PlanNumbers.stored(terms.position?.longitude).storedValue, (terms.shape?.text).storedValue,
      place.revision.storedValue, place.confirmedAt.storedValue, place.expiresAt.storedValue,
      place.createdAt.storedValue, place.createdBy.person.storedValue, place.createdBy.role.storedValue,
      place.changedAt.storedValue,
    ])
    try transaction.insert(rows)
  }

  /// Writes the terms anew and raises the revision. Who changes it looked at it, so it is confirmed as well.
  static func update(_ terms: PlaceTerms, of id: PlaceID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE resources_place SET kind = \(terms.kind), name_chinese = \(terms.name.chinese),
        name_english = \(terms.name.english), address = \(terms.address), description = \(terms.description),
        hours = \(terms.hours.phrase.chinese), keeper_organisation_id = \(terms.keeperOrganisation),
        keeper_id = \(terms.keeper), phone = \(terms.phone), is_step_free = \(stepFree(terms)),
        visibility = \(terms.visibility), latitude = \(PlanNumbers.stored(terms.position?.latitude)),
        longitude = \(PlanNumbers.stored(terms.position?.longitude)), shape = \(terms.shape?.text)
      WHERE id = \(id) AND community_id = \(transaction.community)
      """)
    try confirm(id, in: transaction)
  }

  static func confirm(_ id: PlaceID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE resources_place SET confirmed_at = \(transaction.now),
        expires_at = \(transaction.now + Place.confirmedFor), revision = revision + 1,
        changed_at = \(transaction.now)
      WHERE id = \(id) AND community_id = \(transaction.community)
      """)
  }

  static func close(_ id: PlaceID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE resources_place SET closed_at = \(transaction.now), revision = revision + 1,
        changed_at = \(transaction.now)
      WHERE id = \(id) AND community_id = \(transaction.community)
      """)
  }

  private static func stepFree(_ terms: PlaceTerms) -> Int64? { terms.isStepFree.map { $0 ? 1 : 0 } }
}

/// Degrees as whole millionths, which is what both databases keep without rounding.
enum PlanNumbers {
  static func stored(_ degrees: Double?) -> Int64? { degrees.map { Int64(($0 * 1_000_000).rounded()) } }

  static func position(_ latitude: Int64?, _ longitude: Int64?) -> GeoPosition? {
    guard let latitude, let longitude else { return nil }
    return GeoPosition(latitude: Double(latitude) / 1_000_000, longitude: Double(longitude) / 1_000_000)
  }
}
