import Database
import Kernel
import Security

extension FieldAddress {
  fileprivate static func openID(of person: PersonID, in community: CommunityID) -> FieldAddress {
    FieldAddress("messages_wechat", "open_id", row: person, community: community)
  }
}

/// The queries of WeChat accounts that write to persons.
enum WeChatBindingStore {
  static func isBound(_ person: PersonID, in community: CommunityID, _ snapshot: Snapshot) throws -> Bool {
    try snapshot.exists(
      "SELECT 1 FROM messages_wechat WHERE community_id = \(community) AND person_id = \(person)")
  }

  /// How WeChat names the person to our account; nil where they are not bound.
  static func openID(
    of person: PersonID, opening cipher: FieldCipher, _ transaction: Transaction
  ) throws -> String? {
    let sealed: [UInt8]? = try transaction.value(
      """
      SELECT open_id FROM messages_wechat
      WHERE community_id = \(transaction.community) AND person_id = \(person)
      """)
    return try sealed.map { try cipher.open($0, at: .openID(of: person, in: transaction.community)) }
  }

  static func bind(
    _ openID: String, to person: PersonID, sealing cipher: FieldCipher, in transaction: Transaction
  ) throws {
    let sealed = try cipher.seal(openID, at: .openID(of: person, in: transaction.community))
    try transaction.execute(
      """
      INSERT INTO messages_wechat (community_id, person_id, open_id, bound_at)
      VALUES (\(transaction.community), \(person), \(sealed), \(transaction.now))
      ON CONFLICT (community_id, person_id) DO UPDATE SET open_id = excluded.open_id, bound_at = excluded.bound_at
      """)
  }

  static func unbind(_ person: PersonID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      DELETE FROM messages_wechat WHERE community_id = \(transaction.community) AND person_id = \(person)
      """)
  }
}
