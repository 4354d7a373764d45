import Database
import Kernel
import People
import Security

extension QuoteAgreement.Kind: Storable {}

/// The queries of quotes.
enum QuoteStore {
  static func address(_ id: QuoteID, in community: CommunityID) -> FieldAddress {
    FieldAddress("surveys_quote", "words", row: id, community: community)
  }

  static func find(
    _ id: QuoteID, opening cipher: FieldCipher, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Quote? {
    try quotes("id = \(id) AND community_id = \(community)", cipher, community, snapshot).first
  }

  /// Those of these quotes that are there, in their order of making.
  static func quotes(
    _ ids: Set<QuoteID>, opening cipher: FieldCipher, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Quote] {
    try snapshot.chunks(of: ids.sorted()).flatMap { part in
      try quotes(
        "community_id = \(community) AND id IN \(list: part) ORDER BY id", cipher, community, snapshot)
    }
  }

  /// All quotes of a study, in their order of making.
  static func all(
    of study: StudyID, opening cipher: FieldCipher, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Quote] {
    try quotes(
      "study_id = \(study) AND community_id = \(community) ORDER BY id", cipher, community, snapshot)
  }

  private static func quotes(
    _ condition: Query, _ cipher: FieldCipher, _ community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Quote] {
    try snapshot.all(
      """
      SELECT id, study_id, record_id, passage, kind, speaker_id, words, digest, revision
      FROM surveys_quote WHERE \(condition)
      """
    ) { row in
      let id: QuoteID = try row[0]
      guard let digest = Digest(stored: try row.bytes(7)) else {
        throw DatabaseError.unexpectedValue("no digest of a quote")
      }
      return Quote(
        id: id, study: try row[1], record: try row[2], passage: try row[3], kind: try row[4],
        speaker: try row[5], words: try cipher.open(try row.bytes(6), at: address(id, in: community)),
        digest: digest, revision: try row[8])
    }
  }

  static func insert(
    _ quote: Quote, by actor: Actor, sealing cipher: FieldCipher, in transaction: Transaction
  ) throws {
    let community = transaction.community
    try transaction.execute(
      """
      INSERT INTO surveys_quote (id, community_id, study_id, record_id, passage, kind, speaker_id, words, digest,
        revision, written_at, written_by_id, written_by_role)
      VALUES (\(quote.id), \(community), \(quote.study), \(quote.record), \(quote.passage), \(quote.kind),
        \(quote.speaker), \(try cipher.seal(quote.words, at: address(quote.id, in: community))),
        \(quote.digest.bytes), \(quote.revision), \(transaction.now), \(actor.person), \(actor.role))
      """)
  }

  static func reword(
    _ quote: Quote, by actor: Actor, sealing cipher: FieldCipher, in transaction: Transaction
  ) throws {
    let community = transaction.community
    try transaction.execute(
      """
      UPDATE surveys_quote SET words = \(try cipher.seal(quote.words, at: address(quote.id, in: community))),
        digest = \(quote.digest.bytes), revision = \(quote.revision), written_at = \(transaction.now),
        written_by_id = \(actor.person), written_by_role = \(actor.role)
      WHERE id = \(quote.id) AND community_id = \(community)
      """)
  }

  static func delete(_ id: QuoteID, in transaction: Transaction) throws {
    try transaction.execute(
      "DELETE FROM surveys_quote WHERE id = \(id) AND community_id = \(transaction.community)")
  }

  static func delete(of record: FieldRecordID, in transaction: Transaction) throws {
    try transaction.execute(
      "DELETE FROM surveys_quote WHERE record_id = \(record) AND community_id = \(transaction.community)")
  }

  /// Deletes quotes of studies that were closed before a moment and are closed still.
  /// - Returns: how many went.
  static func forget(closedBefore moment: Timestamp, limit: Int, in transaction: Transaction) throws -> Int {
    let found: [QuoteID] = try transaction.values(
      """
      SELECT quote.id FROM surveys_study_standing AS standing
      JOIN surveys_quote AS quote
        ON quote.study_id = standing.study_id AND quote.community_id = standing.community_id
      WHERE standing.community_id = \(transaction.community) AND standing.closed_at < \(moment) LIMIT \(limit)
      """)
    for part in transaction.chunks(of: found) {
      try transaction.execute(
        "DELETE FROM surveys_quote WHERE community_id = \(transaction.community) AND id IN \(list: part)")
    }
    return found.count
  }

  // MARK: - Agreements

  static func insert(
    _ agreement: QuoteAgreement, to id: QuoteID, sequence: Int64, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO surveys_quote_agreement (quote_id, sequence, community_id, kind, digest, witness_id,
        happened_at, actor_id, actor_role)
      VALUES (\(id), \(sequence), \(transaction.community), \(agreement.kind), \(agreement.digest.bytes),
        \(agreement.witness), \(agreement.at), \(agreement.actor.person), \(agreement.actor.role))
      """)
  }

  /// What was said to each of these quotes, in the order in which it was said.
  static func agreements(
    to ids: some Collection<QuoteID>, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [QuoteID: [QuoteAgreement]] {
    var agreements: [QuoteID: [QuoteAgreement]] = [:]
    for part in snapshot.chunks(of: ids) {
      try snapshot.forEach(
        """
        SELECT quote_id, kind, digest, witness_id, happened_at, actor_id, actor_role
        FROM surveys_quote_agreement WHERE quote_id IN \(list: part) AND community_id = \(community)
        ORDER BY quote_id, sequence
        """
      ) { row in
        guard let digest = Digest(stored: try row.bytes(2)) else {
          throw DatabaseError.unexpectedValue("no digest of an agreement")
        }
        agreements[try row[0], default: []].append(
          QuoteAgreement(
            kind: try row[1], digest: digest, witness: try row[3], at: try row[4],
            actor: Actor(person: try row[5], role: try row[6])))
      }
    }
    return agreements
  }
}
