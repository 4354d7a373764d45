import Database
import Kernel
import People

extension DirectoryService.Status: Storable {}

/// The queries of what organisations do for people.
enum DirectoryServiceStore {
  private static let columns: Query = """
    service.id, service.organisation_id, service.name_zh, service.name_en, service.description_zh,
    service.description_en, service.status, service.fees, service.eligibility, service.minimum_age,
    service.maximum_age, service.languages, service.opening, service.revision, service.created_at,
    service.changed_at
    """

  private static func read(_ row: borrowing Row) throws -> DirectoryService {
    let languages: String = try row[11]
    let terms = DirectoryServiceTerms(
      name: Phrase(try row[2], try row[3]), description: Phrase(try row[4], try row[5]), status: try row[6],
      fees: try row[7], eligibility: try row[8], minimumAge: try row[9], maximumAge: try row[10],
      languages: languages.split(separator: "\n").map(String.init), opening: try row[12])
    return DirectoryService(
      id: try row[0], organisation: try row[1], terms: terms, revision: try row[13], createdAt: try row[14],
      changedAt: try row[15])
  }

  static func find(
    _ id: DirectoryServiceID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> DirectoryService? {
    let found = try snapshot.all(
      """
      SELECT \(columns) FROM resources_service AS service
      WHERE service.id = \(id) AND service.community_id = \(community)
      """, read)
    return try placed(found, in: community, snapshot).first
  }

  /// All of an organisation in the order in which they were entered.
  static func all(
    of organisation: OrganisationID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [DirectoryService] {
    let found = try snapshot.all(
      """
      SELECT \(columns) FROM resources_service AS service
      WHERE service.organisation_id = \(organisation) AND service.community_id = \(community)
      ORDER BY service.id
      """, read)
    return try placed(found, in: community, snapshot)
  }

  /// All of organisations that everybody may see.
  static func published(in community: CommunityID, _ snapshot: Snapshot) throws -> [DirectoryService] {
    let found = try snapshot.all(
      """
      SELECT \(columns) FROM resources_service AS service
      JOIN resources_organisation AS organisation
        ON organisation.id = service.organisation_id AND organisation.community_id = service.community_id
      WHERE service.community_id = \(community) AND organisation.closed_at IS NULL
        AND organisation.expires_at > \(snapshot.now) AND organisation.visibility = 'public'
      ORDER BY service.id
      """, read)
    return try placed(found, in: community, snapshot)
  }

  private static func placed(
    _ services: [DirectoryService], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [DirectoryService] {
    var places: [DirectoryServiceID: Set<PlaceID>] = [:]
    for chunk in snapshot.chunks(of: services.map(\.id)) {
      try snapshot.forEach(
        """
        SELECT service_id, place_id FROM resources_service_place
        WHERE community_id = \(community) AND service_id IN \(list: chunk)
        """
      ) { row in
        let (service, place): (DirectoryServiceID, PlaceID) = (try row[0], try row[1])
        places[service, default: []].insert(place)
      }
    }
    return services.map { service in
      var terms = service.terms
      terms.places = places[service.id] ?? []
      return DirectoryService(
        id: service.id, organisation: service.organisation, terms: terms, revision: service.revision,
        createdAt: service.createdAt, changedAt: service.changedAt)
    }
  }

  // MARK: - Writing

  static func insert(_ service: DirectoryService, by actor: Actor, in transaction: Transaction) throws {
    let terms = service.terms
    var rows = Rows(
      into: "resources_service", "id", "community_id", "organisation_id", "name_zh", "name_en",
      "description_zh", "description_en", "status", "fees", "eligibility", "minimum_age", "maximum_age",
      "languages", "opening", "revision", "created_at", "created_by_id", "created_by_role", "changed_at")
    rows.append(values: [
      service.id.storedValue, transaction.community.storedValue, service.organisation.storedValue,
      terms.name.chinese.storedValue, terms.name.english.storedValue, terms.description.chinese.storedValue,
      terms.description.english.storedValue, terms.status.storedValue, terms.fees.storedValue,
      terms.eligibility.storedValue, terms.minimumAge.storedValue, terms.maximumAge.storedValue,
      terms.languages.joined(separator: "\n").storedValue, terms.opening.storedValue,
      service.revision.storedValue, service.createdAt.storedValue, actor.person.storedValue,
      actor.role.storedValue, service.changedAt.storedValue,
    ])
    try transaction.insert(rows)
    try insert(terms.places, of: service.id, in: transaction)
  }

  static func update(
    _ terms: DirectoryServiceTerms, of id: DirectoryServiceID, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      UPDATE resources_service SET name_zh = \(terms.name.chinese), name_en = \(terms.name.english),
        description_zh = \(terms.description.chinese), description_en = \(terms.description.english),
        status = \(terms.status), fees = \(terms.fees), eligibility = \(terms.eligibility),
        minimum_age = \(terms.minimumAge), maximum_age = \(terms.maximumAge),
        languages = \(terms.languages.joined(separator: "\n")), opening = \(terms.opening),
        revision = revision + 1, changed_at = \(transaction.now)
      WHERE id = \(id) AND community_id = \(transaction.community)
      """)
    try transaction.execute(
      """
      DELETE FROM resources_service_place
      WHERE service_id = \(id) AND community_id = \(transaction.community)
      """)
    try insert(terms.places, of: id, in: transaction)
  }

  private static func insert(
    _ places: Set<PlaceID>, of id: DirectoryServiceID, in transaction: Transaction
  ) throws {
    if places.isEmpty { return }
    var rows = Rows(into: "resources_service_place", "service_id", "place_id", "community_id")
    for place in places.sorted() { rows.append(id, place, transaction.community) }
    try transaction.insert(rows)
  }
}
