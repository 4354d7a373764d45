import Database
import Kernel
import People

extension Organisation.Kind: Storable {}
extension Organisation.Visibility: Storable {}

/// The queries of organisations.
enum OrganisationStore {
  private static let columns: Query = """
    id, kind, name_zh, name_en, description_zh, description_en, phone, website, merchant_id, visibility,
    verified_at, verified_by_id, verified_by_role, expires_at, closed_at, revision, created_at, created_by_id,
    created_by_role, changed_at
    """

  private static func read(_ row: borrowing Row) throws -> Organisation {
    Organisation(
      id: try row[0],
      terms: OrganisationTerms(
        kind: try row[1], name: Phrase(try row[2], try row[3]), description: Phrase(try row[4], try row[5]),
        phone: try row[6], website: try row[7], merchant: try row[8], visibility: try row[9]),
      confirmation: try confirmation(row), closedAt: try row[14], revision: try row[15],
      createdAt: try row[16], createdBy: Actor(person: try row[17], role: try row[18]), changedAt: try row[19]
    )
  }

  private static func confirmation(_ row: borrowing Row) throws -> Organisation.Confirmation? {
    if row.isNull(10) { return nil }
    return Organisation.Confirmation(
      at: try row[10], by: Actor(person: try row[11], role: try row[12]), expiresAt: try row[13])
  }

  // MARK: - Reading

  static func find(
    _ id: OrganisationID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Organisation? {
    try snapshot.first(
      "SELECT \(columns) FROM resources_organisation WHERE id = \(id) AND community_id = \(community)", read)
  }

  /// What is out of date or closed is nobody's but the station's, from the moment on.
  static func isShown(to audience: OrganisationAudience, at now: Timestamp) -> Query {
    "closed_at IS NULL AND expires_at > \(now) AND visibility IN \(list: audience.visibilities)"
  }

  /// One that they may see.
  static func shown(
    _ id: OrganisationID, to audience: OrganisationAudience, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Organisation? {
    try snapshot.first(
      """
      SELECT \(columns) FROM resources_organisation
      WHERE id = \(id) AND community_id = \(community) AND \(isShown(to: audience, at: snapshot.now))
      """, read)
  }

  /// A page of those that they may see, in the order in which they were entered.
  static func shown(
    to audience: OrganisationAudience, kind: Organisation.Kind?, after last: OrganisationID?, limit: Int,
    in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Organisation] {
    let condition = isShown(to: audience, at: snapshot.now)
    return try snapshot.all(
      page(condition, kind: kind, after: last, limit: limit, in: community), read)
  }

  /// A page of all, closed ones among them where they are asked for.
  static func list(
    closed: Bool, after last: OrganisationID?, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Organisation] {
    let condition: Query = closed ? "closed_at IS NOT NULL" : "closed_at IS NULL"
    return try snapshot.all(
      page(condition, kind: nil, after: last, limit: limit, in: community), read)
  }

  static func page(
    _ condition: Query, kind: Organisation.Kind?, after last: OrganisationID?, limit: Int,
    in community: CommunityID
  ) -> Query {
    let kinds: Query = kind.map { "kind = \($0)" } ?? "1 = 1"
    let behind: Query = last.map { "id > \($0)" } ?? "1 = 1"
    return """
      SELECT \(columns) FROM resources_organisation
      WHERE community_id = \(community) AND \(kinds) AND \(behind) AND \(condition) ORDER BY id LIMIT \(limit)
      """
  }

  /// All that everybody may see, for directories elsewhere.
  static func published(in community: CommunityID, _ snapshot: Snapshot) throws -> [Organisation] {
    try snapshot.all(
      """
      SELECT \(columns) FROM resources_organisation
      WHERE community_id = \(community) AND \(isShown(to: .everybody, at: snapshot.now)) ORDER BY id
      """, read)
  }

  // MARK: - Cards

  static func card(_ row: borrowing Row) throws -> OrganisationCard {
    OrganisationCard(
      id: try row[0], kind: try row[1], name: Phrase(try row[2], try row[3]), merchant: try row[4])
  }

  static func cards(
    of organisations: Set<OrganisationID>, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [OrganisationCard] {
    try snapshot.chunks(of: organisations.sorted()).flatMap { chunk in
      try snapshot.all(
        """
        SELECT id, kind, name_zh, name_en, merchant_id FROM resources_organisation
        WHERE id IN \(list: chunk) AND community_id = \(community)
        """, card)
    }
  }

  static func choices(in community: CommunityID, _ snapshot: Snapshot) throws -> [OrganisationCard] {
    try snapshot.all(
      """
      SELECT id, kind, name_zh, name_en, merchant_id FROM resources_organisation
      WHERE community_id = \(community) AND closed_at IS NULL ORDER BY kind, id
      """, card)
  }

  // MARK: - Writing

  static func insert(_ organisation: Organisation, in transaction: Transaction) throws {
    let terms = organisation.terms
    var rows = Rows(
      into: "resources_organisation", "id", "community_id", "kind", "name_zh", "name_en", "description_zh",
      "description_en", "phone", "website", "merchant_id", "visibility", "revision", "created_at",
      "created_by_id", "created_by_role", "changed_at")
    rows.append(values: [
      organisation.id.storedValue, transaction.community.storedValue, terms.kind.storedValue,
      terms.name.chinese.storedValue, terms.name.english.storedValue, terms.description.chinese.storedValue,
      terms.description.english.storedValue, terms.phone.storedValue, terms.website.storedValue,
      terms.merchant.storedValue, terms.visibility.storedValue, organisation.revision.storedValue,
      organisation.createdAt.storedValue, organisation.createdBy.person.storedValue,
      organisation.createdBy.role.storedValue, organisation.changedAt.storedValue,
    ])
    try transaction.insert(rows)
  }

  static func update(
    _ terms: OrganisationTerms, of id: OrganisationID, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      UPDATE resources_organisation SET kind = \(terms.kind), name_zh = \(terms.name.chinese),
        name_en = \(terms.name.english), description_zh = \(terms.description.chinese),
        description_en = \(terms.description.english), phone = \(terms.phone), website = \(terms.website),
        merchant_id = \(terms.merchant), visibility = \(terms.visibility), revision = revision + 1,
        changed_at = \(transaction.now)
      WHERE id = \(id) AND community_id = \(transaction.community)
      """)
  }

  static func confirm(
    _ id: OrganisationID, until end: Timestamp, by actor: Actor, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      UPDATE resources_organisation SET verified_at = \(transaction.now), verified_by_id = \(actor.person),
        verified_by_role = \(actor.role), expires_at = \(end), revision = revision + 1,
        changed_at = \(transaction.now)
      WHERE id = \(id) AND community_id = \(transaction.community)
      """)
  }

  static func close(_ id: OrganisationID, by actor: Actor, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE resources_organisation SET closed_at = \(transaction.now), closed_by_id = \(actor.person),
        closed_by_role = \(actor.role), revision = revision + 1, changed_at = \(transaction.now)
      WHERE id = \(id) AND community_id = \(transaction.community)
      """)
  }
}
