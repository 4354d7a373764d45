import Database
import Kernel
import People
import Security

extension Asset.Kind: Storable {}
extension Asset.Gift: Storable {}
extension Asset.Visibility: Storable {}
extension Asset.Contact: Storable {}
extension Asset.Source: Storable {}

/// What somebody looks for in the map.
struct AssetFilter: Sendable, Equatable {
  var kind: Asset.Kind?
  var category: ResourceCategory?
  /// Words of the name or the tags; empty for any.
  var words = ""
  var place: PlaceID?
}

/// The queries of entries. What residents and others see is a condition of each query, so that nothing has to be done for an
/// entry to vanish the moment it runs out or is withdrawn.
enum AssetStore {
  private static let columns: Query = """
    id, kind, gift, is_taught, name_zh, name_en, category, holder_kind, holder_id, tags, place_id,
    place_words, availability, weekdays, from_minute, until_minute, capacity, conditions, contact, visibility,
    links, source, source_id, revision, created_at, created_by_id, created_by_role, verified_at,
    verified_by_id, verified_by_role, expires_at, withdrawn_at
    """

  private static func read(_ row: borrowing Row) throws -> Asset {
    let verifier: PersonID? = try row[28]
    let verifierRole: Role? = try row[29]
    return Asset(
      id: try row[0], terms: try terms(row), source: try row[21], sourceID: try row[22],
      revision: try row[23], createdAt: try row[24],
      createdBy: Actor(person: try row[25], role: try row[26]), verifiedAt: try row[27],
      verifiedBy: verifier.flatMap { person in verifierRole.map { Actor(person: person, role: $0) } },
      expiresAt: try row[30], withdrawnAt: try row[31])
  }

  private static func terms(_ row: borrowing Row) throws -> AssetTerms {
    let category: String? = try row[6]
    let holderKind: Party.Kind? = try row[7]
    let holder: Int64? = try row[8]
    var terms = AssetTerms(
      kind: try row[1], gift: try row[2], isTaught: try row[3], name: Phrase(try row[4], try row[5]))
    terms.category = category.flatMap(ResourceCategory.init(rawValue:))
    terms.holder = holderKind.flatMap { kind in holder.map { Party(kind: kind, id: $0) } }
    terms.tags = lines(try row[9])
    terms.place = try row[10]
    terms.placeWords = try row[11]
    terms.availability = try availability(row)
    terms.capacity = try row[16]
    terms.conditions = try row[17]
    terms.contact = try row[18]
    terms.visibility = try row[19]
    terms.links = lines(try row[20])
    return terms
  }

  private static func availability(_ row: borrowing Row) throws -> AssetAvailability {
    let days: Int64 = try row[13]
    let from: Int64? = try row[14]
    let until: Int64? = try row[15]
    return AssetAvailability(
      words: try row[12], weekdays: Set((1...7).filter { days & (1 << Int64($0 - 1)) != 0 }),
      minutes: from.flatMap { from in until.flatMap { from < $0 ? from..<$0 : nil } })
  }

  private static func lines(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }

  // MARK: - Conditions

  private static func open(_ now: Timestamp) -> Query { "withdrawn_at IS NULL AND expires_at > \(now)" }

  /// What these may see, but for the consent of persons, which the gate asks.
  private static func seen(by audience: AssetAudience, at now: Timestamp) -> Query {
    let verified: Query = audience == .station ? "1 = 1" : "verified_at IS NOT NULL"
    return """
      \(open(now)) AND visibility IN \(list: audience.visibilities) AND \(verified)
      """
  }

  private static func fitting(_ filter: AssetFilter) -> Query {
    let kind: Query = filter.kind.map { "kind = \($0)" } ?? "1 = 1"
    let category: Query = filter.category.map { "category = \($0.rawValue)" } ?? "1 = 1"
    let words: Query =
      filter.words.isEmpty ? "1 = 1" : "words LIKE \(pattern(filter.words)) ESCAPE '!'"
    let place: Query = filter.place.map { "place_id = \($0)" } ?? "1 = 1"
    return "\(kind) AND \(category) AND \(words) AND \(place)"
  }

  private static func pattern(_ words: String) -> String {
    let escaped = words.lowercased().map { "!%_".contains($0) ? "!\($0)" : String($0) }.joined()
    return "%\(escaped)%"
  }

  // MARK: - Reading

  static func find(_ id: AssetID, in community: CommunityID, _ snapshot: Snapshot) throws -> Asset? {
    try snapshot.first(
      "SELECT \(columns) FROM resources_asset WHERE id = \(id) AND community_id = \(community)", read)
  }

  static func find(_ ids: Set<AssetID>, in community: CommunityID, _ snapshot: Snapshot) throws -> [Asset] {
    try snapshot.chunks(of: ids.sorted()).flatMap { chunk in
      try snapshot.all(
        "SELECT \(columns) FROM resources_asset WHERE id IN \(list: chunk) AND community_id = \(community)",
        read)
    }
  }

  static func find(
    of source: Asset.Source, _ id: Int64, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> AssetID? {
    try snapshot.value(
      """
      SELECT id FROM resources_asset
      WHERE community_id = \(community) AND source = \(source) AND source_id = \(id)
      """)
  }

  /// Those among these that somebody may see now, but for the consent of persons.
  static func shown(
    _ ids: Set<AssetID>, to audience: AssetAudience, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Asset] {
    try snapshot.chunks(of: ids.sorted()).flatMap { chunk in
      try snapshot.all(
        """
        SELECT \(columns) FROM resources_asset
        WHERE id IN \(list: chunk) AND community_id = \(community)
          AND \(seen(by: audience, at: snapshot.now))
        """, read)
    }
  }

  /// A page of what somebody may see now, but for the consent of persons, the newest first.
  static func list(
    _ filter: AssetFilter, to audience: AssetAudience, before: AssetID? = nil, limit: Int,
    in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Asset] {
    let behind: Query = before.map { "id < \($0)" } ?? "1 = 1"
    return try snapshot.all(
      """
      SELECT \(columns) FROM resources_asset
      WHERE community_id = \(community) AND \(seen(by: audience, at: snapshot.now))
        AND \(fitting(filter)) AND \(behind) ORDER BY id DESC LIMIT \(limit)
      """, read)
  }

  /// How many entries of each holder somebody may see now at each place, but for the consent of persons.
  static func places(
    _ filter: AssetFilter, to audience: AssetAudience, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [(place: PlaceID, holder: Party?, count: Int64)] {
    var anywhere = filter
    anywhere.place = nil
    return try snapshot.all(
      """
      SELECT place_id, holder_kind, holder_id, count(*) FROM resources_asset
      WHERE community_id = \(community) AND place_id IS NOT NULL
        AND \(seen(by: audience, at: snapshot.now)) AND \(fitting(anywhere))
      GROUP BY place_id, holder_kind, holder_id
      """
    ) { row in
      let kind: Party.Kind? = try row[1]
      let holder: Int64? = try row[2]
      return (
        place: try row[0], holder: kind.flatMap { kind in holder.map { Party(kind: kind, id: $0) } },
        count: try row[3]
      )
    }
  }

  /// What a need of a category may be matched with, but for the consent of persons. Stories are no help to anybody’s need.
  static func matching(
    _ category: ResourceCategory, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Asset] {
    try snapshot.all(
      """
      SELECT \(columns) FROM resources_asset
      WHERE community_id = \(community) AND category = \(category.rawValue) AND kind <> 'story'
        AND \(seen(by: .residents, at: snapshot.now)) ORDER BY id DESC LIMIT \(limit)
      """, read)
  }

  /// What the station looks through; what is for the holder alone is not among it.
  static func desk(
    _ state: AssetState, _ kind: Asset.Kind?, before: AssetID? = nil, limit: Int,
    in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Asset] {
    let now = snapshot.now
    let condition: Query =
      switch state {
      case .unverified: "\(open(now)) AND verified_at IS NULL"
      case .current: "\(open(now)) AND verified_at IS NOT NULL"
      case .expiring: "\(open(now)) AND expires_at <= \(now + AssetRules.reminding)"
      case .ended: "(withdrawn_at IS NOT NULL OR expires_at <= \(now))"
      }
    let behind: Query = before.map { "id < \($0)" } ?? "1 = 1"
    return try snapshot.all(
      """
      SELECT \(columns) FROM resources_asset
      WHERE community_id = \(community) AND visibility <> 'private' AND \(condition)
        AND \(fitting(AssetFilter(kind: kind))) AND \(behind) ORDER BY id DESC LIMIT \(limit)
      """, read)
  }

  /// What somebody holds and did not withdraw, the newest first; what ran out is among it so that it can be offered again.
  static func held(
    by holder: Party, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Asset] {
    try snapshot.all(
      """
      SELECT \(columns) FROM resources_asset
      WHERE community_id = \(community) AND holder_kind = \(holder.kind) AND holder_id = \(holder.id)
        AND withdrawn_at IS NULL ORDER BY id DESC LIMIT \(limit)
      """, read)
  }

  static func description(
    of id: AssetID, opening cipher: FieldCipher, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> String {
    try snapshot.first(
      "SELECT description FROM resources_asset WHERE id = \(id) AND community_id = \(community)"
    ) { try cipher.open(try $0.bytes(0), at: address(id, community)) } ?? ""
  }

  private static func address(_ id: AssetID, _ community: CommunityID) -> FieldAddress {
    FieldAddress("resources_asset", "description", row: id, community: community)
  }

  // MARK: - Writing

  static func insert(
    _ asset: Asset, description: String, sealing cipher: FieldCipher, in transaction: Transaction
  ) throws {
    let sealed = try cipher.seal(description, at: address(asset.id, transaction.community))
    let terms = asset.terms
    try transaction.execute(
      """
      INSERT INTO resources_asset (id, community_id, kind, gift, is_taught, name_zh, name_en, words, category,
        holder_kind, holder_id, tags, place_id, place_words, availability, weekdays, from_minute, until_minute,
        capacity, conditions, contact, visibility, links, description, source, source_id, revision,
        created_at, created_by_id, created_by_role, verified_at, verified_by_id, verified_by_role, expires_at)
      VALUES (\(asset.id), \(transaction.community), \(terms.kind), \(terms.gift), \(terms.isTaught),
        \(terms.name.chinese), \(terms.name.english), \(words(terms)), \(terms.category?.rawValue),
        \(terms.holder?.kind), \(terms.holder?.id), \(text(terms.tags)), \(terms.place), \(terms.placeWords),
        \(terms.availability.words), \(days(terms)), \(terms.availability.minutes?.lowerBound),
        \(terms.availability.minutes?.upperBound), \(terms.capacity), \(terms.conditions), \(terms.contact),
        \(terms.visibility), \(text(terms.links)), \(sealed), \(asset.source), \(asset.sourceID),
        \(asset.revision), \(asset.createdAt), \(asset.createdBy.person), \(asset.createdBy.role),
        \(asset.verifiedAt), \(asset.verifiedBy?.person), \(asset.verifiedBy?.role), \(asset.expiresAt))
      """)
  }

  /// - Parameter isStillVerified: whether what was made sure of before still is.
  static func update(
    _ terms: AssetTerms, description: String, of id: AssetID, isStillVerified: Bool,
    sealing cipher: FieldCipher, in transaction: Transaction
  ) throws {
    let verification: Query =
      isStillVerified ? "" : ", verified_at = NULL, verified_by_id = NULL, verified_by_role = NULL"
    let sealed = try cipher.seal(description, at: address(id, transaction.community))
    try transaction.execute(
      """
      UPDATE resources_asset SET kind = \(terms.kind), gift = \(terms.gift), is_taught = \(terms.isTaught),
        name_zh = \(terms.name.chinese), name_en = \(terms.name.english), words = \(words(terms)),
        category = \(terms.category?.rawValue), holder_kind = \(terms.holder?.kind),
        holder_id = \(terms.holder?.id), tags = \(text(terms.tags)), place_id = \(terms.place),
        place_words = \(terms.placeWords), availability = \(terms.availability.words),
        weekdays = \(days(terms)), from_minute = \(terms.availability.minutes?.lowerBound),
        until_minute = \(terms.availability.minutes?.upperBound), capacity = \(terms.capacity),
        conditions = \(terms.conditions), contact = \(terms.contact), visibility = \(terms.visibility),
        links = \(text(terms.links)), description = \(sealed), revision = revision + 1\(verification)
      WHERE id = \(id) AND community_id = \(transaction.community)
      """)
  }

  static func verify(_ id: AssetID, by actor: Actor, until end: Timestamp, in transaction: Transaction) throws
  {
    try transaction.execute(
      """
      UPDATE resources_asset SET verified_at = \(transaction.now), verified_by_id = \(actor.person),
        verified_by_role = \(actor.role), expires_at = \(end), revision = revision + 1
      WHERE id = \(id) AND community_id = \(transaction.community)
      """)
  }

  static func prolong(_ id: AssetID, until end: Timestamp, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE resources_asset SET expires_at = \(end), revision = revision + 1
      WHERE id = \(id) AND community_id = \(transaction.community)
      """)
  }

  static func show(_ id: AssetID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE resources_asset SET visibility = 'residents', revision = revision + 1
      WHERE id = \(id) AND community_id = \(transaction.community)
      """)
  }

  static func withdraw(_ id: AssetID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE resources_asset SET withdrawn_at = \(transaction.now), revision = revision + 1
      WHERE id = \(id) AND community_id = \(transaction.community)
      """)
  }

  /// Deletes an entry with all that was asked about it.
  static func delete(_ id: AssetID, in transaction: Transaction) throws {
    try AssetQuestionStore.delete(about: id, in: transaction)
    try transaction.execute(
      "DELETE FROM resources_asset WHERE id = \(id) AND community_id = \(transaction.community)")
  }

  private static func text(_ lines: [String]) -> String { lines.joined(separator: "\n") }

  private static func words(_ terms: AssetTerms) -> String {
    ([terms.name.chinese, terms.name.english] + terms.tags).joined(separator: " ").lowercased()
  }

  private static func days(_ terms: AssetTerms) -> Int64 {
    terms.availability.weekdays.reduce(0) { $0 | (1 << Int64($1 - 1)) }
  }
}
