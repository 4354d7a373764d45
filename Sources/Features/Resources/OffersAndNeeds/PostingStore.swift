import Database
import Kernel
import People
import Security

extension Posting.Kind: Storable {}
extension Posting.State: Storable {}
extension Posting.Visibility: Storable {}
extension Posting.Urgency: Storable {}
extension Posting.Mode: Storable {}

/// Which postings a list is about.
struct PostingFilter: Sendable {
  var kind: Posting.Kind?
  var category: ResourceCategory?
  /// What residents see; false where the station looks.
  var isForResidents = true
  /// Needs alone that nobody has agreed to yet.
  var isUnmatched = false
  var last: PostingID?
}

/// The queries of offers and needs. What is over at a moment is in no list from that moment on.
enum PostingStore {
  private static let columns: Query = """
    id, kind, party_kind, party_id, category, words, units, unit, from_at, to_at, place_id, radius, tongues,
    urgency, visibility, mode, asset_id, state, revision, created_at, created_by_id, created_by_role,
    expires_at
    """

  private static func address(_ id: PostingID, in community: CommunityID) -> FieldAddress {
    FieldAddress("resources_posting", "words", row: id, community: community)
  }

  /// - Parameter cipher: opens the words; nil leaves them out.
  private static func read(
    _ row: borrowing Row, _ cipher: FieldCipher?, _ community: CommunityID
  ) throws -> Posting {
    let id: PostingID = try row[0]
    let partyKind: Party.Kind = try row[2]
    return Posting(
      id: id, kind: try row[1], party: Party(kind: partyKind, id: try row[3]),
      terms: try terms(row, id, cipher, community), state: try row[17], revision: try row[18],
      createdAt: try row[19], createdBy: try row[20], createdAs: try row[21], expiresAt: try row[22])
  }

  private static func terms(
    _ row: borrowing Row, _ id: PostingID, _ cipher: FieldCipher?, _ community: CommunityID
  ) throws -> PostingTerms {
    let category: String = try row[4]
    let words: [UInt8]? = try row[5]
    let tongues: String = try row[12]
    var text = ""
    if let words, let cipher { text = try cipher.open(words, at: address(id, in: community)) }
    return PostingTerms(
      category: ResourceCategory(rawValue: category) ?? .hands, text: text, units: try row[6],
      unit: try row[7], from: try row[8], to: try row[9], place: try row[10], radius: try row[11],
      tongues: Set(tongues.split(separator: ",").compactMap { Posting.Tongue(rawValue: String($0)) }),
      urgency: try row[13], visibility: try row[14], mode: try row[15], asset: try row[16])
  }

  static func find(
    _ id: PostingID, opening cipher: FieldCipher?, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Posting? {
    try snapshot.first(
      "SELECT \(columns) FROM resources_posting WHERE id = \(id) AND community_id = \(community)"
    ) { row in try read(row, cipher, community) }
  }

  static func find(
    _ ids: Set<PostingID>, opening cipher: FieldCipher?, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PostingID: Posting] {
    var found: [PostingID: Posting] = [:]
    for chunk in snapshot.chunks(of: ids.sorted()) {
      try snapshot.forEach(
        """
        SELECT \(columns) FROM resources_posting
        WHERE id IN \(list: chunk) AND community_id = \(community)
        """
      ) { row in
        let posting = try read(row, cipher, community)
        found[posting.id] = posting
      }
    }
    return found
  }

  static func list(
    _ filter: PostingFilter, limit: Int, opening cipher: FieldCipher?, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> [Posting] {
    try snapshot.all(page(filter, limit: limit, in: community, at: snapshot.now)) { row in
      try read(row, cipher, community)
    }
  }

  /// The newest first.
  static func page(
    _ filter: PostingFilter, limit: Int, in community: CommunityID, at moment: Timestamp
  ) -> Query {
    var conditions: [Query] = [
      "community_id = \(community)", "state = 'open'", "expires_at > \(moment)",
    ]
    if let kind = filter.kind { conditions.append("kind = \(kind)") }
    if let category = filter.category { conditions.append("category = \(category.rawValue)") }
    if filter.isForResidents {
      conditions += ["visibility = 'residents'", remains(of: "offer_id"), remains(of: "need_id")]
    }
    if filter.isUnmatched {
      conditions.append(
        """
        NOT EXISTS (SELECT 1 FROM resources_match AS known WHERE known.need_id = resources_posting.id
          AND known.community_id = resources_posting.community_id
          AND known.state IN ('agreed', 'under_way', 'done'))
        """)
    }
    if let last = filter.last { conditions.append("id < \(last)") }
    return """
      SELECT \(columns) FROM resources_posting WHERE \(Query.joined(conditions, by: " AND "))
      ORDER BY id DESC LIMIT \(limit)
      """
  }

  /// Whether something is left beside what both sides agreed on, as `PostingRules.left` says: residents are not shown what is
  /// given away already.
  private static func remains(of side: Query) -> Query {
    """
    coalesce((SELECT sum(CASE WHEN resources_posting.units IS NULL THEN 1 ELSE taking.units END)
      FROM resources_match AS taking WHERE taking.community_id = resources_posting.community_id
        AND taking.\(side) = resources_posting.id AND taking.state IN ('agreed', 'under_way', 'done')), 0)
      < coalesce(resources_posting.units, 1)
    """
  }

  /// All of some parties, over or not, the newest first.
  static func of(
    _ parties: [Party], limit: Int, opening cipher: FieldCipher?, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> [Posting] {
    if parties.isEmpty { return [] }
    let theirs = parties.map { "(party_kind = \($0.kind) AND party_id = \($0.id))" as Query }
    return try snapshot.all(
      """
      SELECT \(columns) FROM resources_posting
      WHERE community_id = \(community) AND (\(Query.joined(theirs, by: " OR ")))
      ORDER BY id DESC LIMIT \(limit)
      """
    ) { row in try read(row, cipher, community) }
  }

  static func insert(
    _ posting: Posting, sealing cipher: FieldCipher, in transaction: Transaction
  ) throws {
    let terms = posting.terms
    let words = try cipher.seal(terms.text, at: address(posting.id, in: transaction.community))
    let tongues = terms.tongues.map(\.rawValue).sorted().joined(separator: ",")
    try transaction.execute(
      """
      INSERT INTO resources_posting (\(columns), community_id)
      VALUES (\(posting.id), \(posting.kind), \(posting.party.kind), \(posting.party.id),
        \(terms.category.rawValue), \(words), \(terms.units), \(terms.unit), \(terms.from), \(terms.to),
        \(terms.place), \(terms.radius), \(tongues), \(terms.urgency), \(terms.visibility), \(terms.mode),
        \(terms.asset), \(posting.state), \(posting.revision), \(posting.createdAt), \(posting.createdBy),
        \(posting.createdAs), \(posting.expiresAt), \(transaction.community))
      """)
  }

  static func move(_ id: PostingID, to state: Posting.State, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE resources_posting SET state = \(state), revision = revision + 1
      WHERE id = \(id) AND community_id = \(transaction.community)
      """)
  }

  static func forgetWords(of id: PostingID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE resources_posting SET words = NULL WHERE id = \(id) AND community_id = \(transaction.community)
      """)
  }

  /// What somebody wrote for a merchant or an organisation no longer names them.
  static func forgetAuthor(_ person: PersonID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE resources_posting SET created_by_id = NULL
      WHERE created_by_id = \(person) AND community_id = \(transaction.community)
      """)
  }
}
