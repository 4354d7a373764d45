import Database
import Kernel
import People
import Security

extension Hearing.Decision: Storable {}

/// The queries of what merchants were asked and said.
enum HearingStore {
  private static let columns: Query = """
    id, report_id, (SELECT report.kind FROM resources_scam_report AS report WHERE report.id = report_id),
    merchant_id, words, product_id, asked_at, asked_by_id, asked_by_role, reply, replied_at, decision, reason,
    decided_at, revision
    """

  private static func read(
    _ row: borrowing Row, _ cipher: FieldCipher, _ community: CommunityID
  ) throws -> Hearing {
    let id: HearingID = try row[0]
    let sealed: [UInt8]? = try row[9]
    let reply = try sealed.map { try cipher.open($0, at: address(id, community)) }
    return Hearing(
      id: id, report: try row[1], kind: try row[2], merchant: try row[3], words: try row[4],
      product: try row[5], askedAt: try row[6], askedBy: Actor(person: try row[7], role: try row[8]),
      reply: reply, repliedAt: try row[10], decision: try row[11], reason: try row[12],
      decidedAt: try row[13], revision: try row[14])
  }

  private static func address(_ id: HearingID, _ community: CommunityID) -> FieldAddress {
    FieldAddress("resources_hearing", "reply", row: id, community: community)
  }

  static func find(
    _ id: HearingID, opening cipher: FieldCipher, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Hearing? {
    try snapshot.first(
      "SELECT \(columns) FROM resources_hearing WHERE id = \(id) AND community_id = \(community)"
    ) { try read($0, cipher, community) }
  }

  static func of(
    _ report: ScamReportID, opening cipher: FieldCipher, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Hearing] {
    try snapshot.all(
      """
      SELECT \(columns) FROM resources_hearing
      WHERE report_id = \(report) AND community_id = \(community) ORDER BY asked_at, id
      """
    ) { try read($0, cipher, community) }
  }

  /// Whether a merchant was asked about a report already.
  static func isAsked(
    _ merchant: MerchantID, about report: ScamReportID, in transaction: Transaction
  ) throws -> Bool {
    try transaction.exists(
      """
      SELECT 1 FROM resources_hearing
      WHERE report_id = \(report) AND merchant_id = \(merchant) AND community_id = \(transaction.community)
      """)
  }

  /// What these merchants were asked, the latest first.
  static func of(
    _ merchants: [MerchantID], limit: Int, opening cipher: FieldCipher, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> [Hearing] {
    if merchants.isEmpty { return [] }
    return try snapshot.all(
      """
      SELECT \(columns) FROM resources_hearing
      WHERE community_id = \(community) AND merchant_id IN \(list: merchants)
      ORDER BY asked_at DESC, id DESC LIMIT \(limit)
      """
    ) { try read($0, cipher, community) }
  }

  /// What is not decided yet, the oldest first.
  static func open(
    limit: Int, opening cipher: FieldCipher, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Hearing] {
    try snapshot.all(
      """
      SELECT \(columns) FROM resources_hearing
      WHERE community_id = \(community) AND decided_at IS NULL ORDER BY asked_at, id LIMIT \(limit)
      """
    ) { try read($0, cipher, community) }
  }

  static func insert(_ hearing: Hearing, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO resources_hearing (id, community_id, report_id, merchant_id, words, product_id, asked_at,
        asked_by_id, asked_by_role, reason, revision)
      VALUES (\(hearing.id), \(transaction.community), \(hearing.report), \(hearing.merchant),
        \(hearing.words), \(hearing.product), \(hearing.askedAt), \(hearing.askedBy.person),
        \(hearing.askedBy.role), \(hearing.reason), \(hearing.revision))
      """)
  }

  static func reply(
    _ text: String, to id: HearingID, by person: PersonID, sealing cipher: FieldCipher,
    in transaction: Transaction
  ) throws {
    let sealed = try cipher.seal(text, at: address(id, transaction.community))
    try transaction.execute(
      """
      UPDATE resources_hearing SET reply = \(sealed), replied_at = \(transaction.now),
        replied_by_id = \(person), revision = revision + 1
      WHERE id = \(id) AND community_id = \(transaction.community)
      """)
  }

  static func decide(
    _ decision: Hearing.Decision, because reason: String, _ id: HearingID, by actor: Actor,
    in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      UPDATE resources_hearing SET decision = \(decision), reason = \(reason),
        decided_at = \(transaction.now), decided_by_id = \(actor.person), decided_by_role = \(actor.role),
        revision = revision + 1
      WHERE id = \(id) AND community_id = \(transaction.community)
      """)
  }
}
