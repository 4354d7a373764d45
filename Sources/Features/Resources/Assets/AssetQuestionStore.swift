import Database
import Kernel
import People
import Security

/// The queries of what neighbours ask.
enum AssetQuestionStore {
  private static let columns: Query =
    "id, asset_id, asker_id, receiver_kind, receiver_id, text, asked_at, answer, answered_at"

  private static func read(
    _ row: borrowing Row, _ cipher: FieldCipher, _ community: CommunityID
  ) throws -> AssetQuestion {
    let id: AssetQuestionID = try row[0]
    let receiverKind: Party.Kind? = try row[3]
    let receiver: Int64? = try row[4]
    let answeredAt: Timestamp? = try row[8]
    return AssetQuestion(
      id: id, asset: try row[1], asker: try row[2],
      receiver: receiverKind.flatMap { kind in receiver.map { Party(kind: kind, id: $0) } },
      text: try cipher.open(try row.bytes(5), at: address("text", id, community)), askedAt: try row[6],
      answer: answeredAt == nil
        ? nil : try cipher.open(try row.bytes(7), at: address("answer", id, community)),
      answeredAt: answeredAt)
  }

  private static func address(
    _ column: StaticString, _ id: AssetQuestionID, _ community: CommunityID
  ) -> FieldAddress {
    FieldAddress("resources_asset_question", column, row: id, community: community)
  }

  static func find(
    _ id: AssetQuestionID, opening cipher: FieldCipher, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> AssetQuestion? {
    try snapshot.first(
      """
      SELECT \(columns) FROM resources_asset_question WHERE id = \(id) AND community_id = \(community)
      """
    ) { try read($0, cipher, community) }
  }

  static func asked(
    by person: PersonID, limit: Int, opening cipher: FieldCipher, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> [AssetQuestion] {
    try snapshot.all(
      """
      SELECT \(columns) FROM resources_asset_question
      WHERE community_id = \(community) AND asker_id = \(person) ORDER BY id DESC LIMIT \(limit)
      """
    ) { try read($0, cipher, community) }
  }

  /// What came to a person or a merchant, or to the station: what waits for an answer first, and of each the newest, so
  /// that nothing that waits is pushed off the page by what was answered.
  static func received(
    by receiver: Party?, limit: Int, opening cipher: FieldCipher, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> [AssetQuestion] {
    let condition: Query =
      receiver.map { "receiver_kind = \($0.kind) AND receiver_id = \($0.id)" } ?? "receiver_kind IS NULL"
    return try snapshot.all(
      """
      SELECT \(columns) FROM resources_asset_question
      WHERE community_id = \(community) AND \(condition)
      ORDER BY CASE WHEN answered_at IS NULL THEN 0 ELSE 1 END, id DESC LIMIT \(limit)
      """
    ) { try read($0, cipher, community) }
  }

  static func insert(
    _ question: AssetQuestion, sealing cipher: FieldCipher, in transaction: Transaction
  ) throws {
    let sealed = try cipher.seal(question.text, at: address("text", question.id, transaction.community))
    try transaction.execute(
      """
      INSERT INTO resources_asset_question (id, community_id, asset_id, asker_id, receiver_kind, receiver_id,
        text, asked_at)
      VALUES (\(question.id), \(transaction.community), \(question.asset), \(question.asker),
        \(question.receiver?.kind), \(question.receiver?.id), \(sealed), \(question.askedAt))
      """)
  }

  static func answer(
    _ id: AssetQuestionID, _ text: String, by actor: Actor, sealing cipher: FieldCipher,
    in transaction: Transaction
  ) throws {
    let sealed = try cipher.seal(text, at: address("answer", id, transaction.community))
    try transaction.execute(
      """
      UPDATE resources_asset_question SET answer = \(sealed), answered_at = \(transaction.now),
        answered_by_id = \(actor.person), answered_by_role = \(actor.role)
      WHERE id = \(id) AND community_id = \(transaction.community)
      """)
  }

  static func delete(_ id: AssetQuestionID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      DELETE FROM resources_asset_question WHERE id = \(id) AND community_id = \(transaction.community)
      """)
  }

  static func delete(about asset: AssetID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      DELETE FROM resources_asset_question
      WHERE asset_id = \(asset) AND community_id = \(transaction.community)
      """)
  }
}
