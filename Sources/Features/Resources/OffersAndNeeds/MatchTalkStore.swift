import Database
import Kernel
import People
import Security

/// The queries of what both sides said, to each other and of each other.
enum MatchTalkStore {
  private static let limit = 200

  private static func message(_ id: MatchID, in community: CommunityID) -> FieldAddress {
    FieldAddress("resources_match_message", "words", row: id, community: community)
  }

  private static func feedback(_ id: MatchID, in community: CommunityID) -> FieldAddress {
    FieldAddress("resources_match_feedback", "words", row: id, community: community)
  }

  private static func reason(_ id: MatchID, in community: CommunityID) -> FieldAddress {
    FieldAddress("resources_match", "reason_words", row: id, community: community)
  }

  /// - Returns: the number of the message.
  static func add(
    _ text: String, to match: MatchID, from side: Match.Side, by actor: Actor, isByWorker: Bool,
    sealing cipher: FieldCipher, in transaction: Transaction
  ) throws -> Int64 {
    let id = transaction.newIdentifier(MatchKind.self)
    let words = try cipher.seal(text, at: message(id, in: transaction.community))
    try transaction.execute(
      """
      INSERT INTO resources_match_message (id, community_id, match_id, side, words, sent_at, sent_by_id,
        is_by_worker)
      VALUES (\(id), \(transaction.community), \(match), \(side), \(words), \(transaction.now),
        \(actor.person), \(isByWorker))
      """)
    return id.rawValue
  }

  static func messages(
    of match: MatchID, opening cipher: FieldCipher, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [MatchMessage] {
    try snapshot.all(
      """
      SELECT id, side, words, sent_at, is_by_worker FROM resources_match_message
      WHERE match_id = \(match) AND community_id = \(community) ORDER BY id DESC LIMIT \(limit)
      """
    ) { row in
      let words: [UInt8] = try row[2]
      return MatchMessage(
        side: try row[1], text: try cipher.open(words, at: message(try row[0], in: community)),
        sentAt: try row[3], isByWorker: try row[4])
    }
  }

  /// Keeps what a side says of it, in place of what it said before.
  static func set(
    _ given: MatchFeedback, of match: MatchID, by actor: Actor, sealing cipher: FieldCipher,
    in transaction: Transaction
  ) throws {
    let id = transaction.newIdentifier(MatchKind.self)
    let words: [UInt8]? =
      try given.text.isEmpty ? nil : cipher.seal(given.text, at: feedback(id, in: transaction.community))
    try transaction.execute(
      """
      DELETE FROM resources_match_feedback
      WHERE match_id = \(match) AND side = \(given.side) AND community_id = \(transaction.community)
      """)
    try transaction.execute(
      """
      INSERT INTO resources_match_feedback (id, community_id, match_id, side, rating, words, given_at,
        given_by_id)
      VALUES (\(id), \(transaction.community), \(match), \(given.side), \(given.rating), \(words),
        \(transaction.now), \(actor.person))
      """)
  }

  /// Keeps in whose words something did not work out.
  static func setReason(
    _ text: String, of match: MatchID, sealing cipher: FieldCipher, in transaction: Transaction
  ) throws {
    let words = try cipher.seal(text, at: reason(match, in: transaction.community))
    try transaction.execute(
      """
      UPDATE resources_match SET reason_words = \(words)
      WHERE id = \(match) AND community_id = \(transaction.community)
      """)
  }

  /// - Returns: nil for none.
  static func reason(
    of match: MatchID, opening cipher: FieldCipher, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> String? {
    let words = try snapshot.first(
      "SELECT reason_words FROM resources_match WHERE id = \(match) AND community_id = \(community)"
    ) { row -> [UInt8]? in try row[0] }
    return try words.flatMap(\.self).map { try cipher.open($0, at: reason(match, in: community)) }
  }

  static func feedback(
    of match: MatchID, opening cipher: FieldCipher, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [MatchFeedback] {
    try snapshot.all(
      """
      SELECT id, side, rating, words FROM resources_match_feedback
      WHERE match_id = \(match) AND community_id = \(community) ORDER BY side
      """
    ) { row in
      let words: [UInt8]? = try row[3]
      let id: MatchID = try row[0]
      return MatchFeedback(
        side: try row[1], rating: try row[2],
        text: try words.map { try cipher.open($0, at: feedback(id, in: community)) } ?? "")
    }
  }

  /// Removes all that was said in a match; how good it was stays as a count.
  static func forget(_ match: MatchID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      DELETE FROM resources_match_message
      WHERE match_id = \(match) AND community_id = \(transaction.community)
      """)
    try transaction.execute(
      """
      UPDATE resources_match_feedback SET words = NULL
      WHERE match_id = \(match) AND community_id = \(transaction.community)
      """)
    try transaction.execute(
      """
      UPDATE resources_match SET reason_words = NULL
      WHERE id = \(match) AND community_id = \(transaction.community)
      """)
  }

  /// Both sides may have named each other, so that all goes in which somebody took part.
  static func forgetAll(with person: PersonID, in transaction: Transaction) throws {
    let theirs: Query = """
      (SELECT id FROM resources_match WHERE community_id = \(transaction.community)
        AND ((need_party_kind = 'person' AND need_party_id = \(person))
          OR (give_party_kind = 'person' AND give_party_id = \(person))))
      """
    try transaction.execute(
      """
      DELETE FROM resources_match_message
      WHERE community_id = \(transaction.community) AND match_id IN \(theirs)
      """)
    try transaction.execute(
      """
      DELETE FROM resources_match_feedback
      WHERE community_id = \(transaction.community) AND match_id IN \(theirs)
      """)
    for side in ["need", "give"] as [Query] {
      // The other side keeps its own part of it.
      try transaction.execute(
        """
        UPDATE resources_match SET \(side)_party_id = 0, reason_words = NULL
        WHERE community_id = \(transaction.community) AND \(side)_party_kind = 'person'
          AND \(side)_party_id = \(person)
        """)
      try transaction.execute(
        """
        UPDATE resources_match SET \(side)_phone_id = NULL
        WHERE community_id = \(transaction.community) AND \(side)_phone_id = \(person)
        """)
    }
  }
}
