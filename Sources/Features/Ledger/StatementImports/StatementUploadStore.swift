import Database
import Kernel
import People
import Security

/// A file that somebody sent and has seen the dry run of, kept encrypted for an hour so that it is sent only once.
struct StatementUpload: Sendable {
  static let lifetime = Duration.hours(1)

  let id: StatementUploadID
  let person: PersonID
  let account: StatementAccount
  let fileName: String
  let content: [UInt8]
}

/// The queries of files that wait to be confirmed.
enum StatementUploadStore {
  private static func address(_ id: StatementUploadID, _ community: CommunityID) -> FieldAddress {
    FieldAddress("ledger_statement_upload", "content", row: id, community: community)
  }

  /// The file of this person; nil when it is somebody else's, of another community, or no longer kept.
  static func find(
    _ id: StatementUploadID, of person: PersonID, in community: CommunityID, by cipher: FieldCipher,
    _ snapshot: Snapshot
  ) throws -> StatementUpload? {
    try snapshot.first(
      """
      SELECT account, file_name, content FROM ledger_statement_upload
      WHERE id = \(id) AND community_id = \(community) AND person_id = \(person) AND expires_at > \(snapshot.now)
      """
    ) { row in
      StatementUpload(
        id: id, person: person, account: try row[0], fileName: try row[1],
        content: try cipher.openBytes(try row[2], at: address(id, community)))
    }
  }

  /// Keeps a file, and sees to it that it is forgotten when its hour is over.
  static func keep(
    _ upload: StatementUpload, sealing cipher: FieldCipher, in transaction: Transaction
  ) throws {
    let expiry = transaction.now + StatementUpload.lifetime
    let content = try cipher.seal(bytes: upload.content, at: address(upload.id, transaction.community))
    try transaction.schedule(StatementUploadExpiry.kind, key: upload.id.description, at: expiry)
    try transaction.execute(
      """
      INSERT INTO ledger_statement_upload (id, community_id, person_id, account, file_name, content, sent_at, expires_at)
      VALUES (\(upload.id), \(transaction.community), \(upload.person), \(upload.account), \(upload.fileName),
        \(content), \(transaction.now), \(expiry))
      """)
  }

  static func forget(expiredBy moment: Timestamp, in transaction: Transaction) throws {
    try transaction.execute(
      """
      DELETE FROM ledger_statement_upload
      WHERE community_id = \(transaction.community) AND expires_at <= \(moment)
      """)
  }
}

/// Forgets the files that were sent for a dry run and never confirmed.
enum StatementUploadExpiry {
  static let kind: StaticString = "ledger.statement_upload_expiry"

  /// What people are told of it.
  static let rule = RetentionRule(
    Phrase("交来先看对照的流水文件", "Statement files that were sent to look them over"),
    term: Phrase("一小时", "One hour"),
    reason: Phrase(
      "只为了看完对照再确认，不用再传一次；是加密存放的。",
      "Only so that who has looked a file over need not send it again; it is kept encrypted."))

  static let handler = JobHandler(kind) { transaction, _ in
    try StatementUploadStore.forget(expiredBy: transaction.now, in: transaction)
  }
}
