import Database
import Kernel
import Security

extension FieldAddress {
  static func chatText(of campaign: CampaignID, in community: CommunityID) -> FieldAddress {
    FieldAddress("shop_chat_text", "content", row: campaign, community: community)
  }

  static func chatCorrection(_ id: ChatCorrectionID, in community: CommunityID) -> FieldAddress {
    FieldAddress("shop_chat_correction", "content", row: id, community: community)
  }
}

/// A pasted list as it is kept.
struct ChatPaste: Sendable, Equatable {
  let text: String
  /// Grows with every paste and every correction: a form that shows an older one is stale.
  let revision: Int64
  let pastedAt: Timestamp
}

/// The queries of lists that were pasted from a group chat.
enum ChatOrderStore {
  static func paste(
    of campaign: CampaignID, in community: CommunityID, opening cipher: FieldCipher, _ snapshot: Snapshot
  ) throws -> ChatPaste? {
    try snapshot.first(
      """
      SELECT content, revision, pasted_at FROM shop_chat_text
      WHERE campaign_id = \(campaign) AND community_id = \(community)
      """
    ) { row in
      ChatPaste(
        text: try cipher.open(try row[0], at: .chatText(of: campaign, in: community)), revision: try row[1],
        pastedAt: try row[2])
    }
  }

  static func revision(of campaign: CampaignID, in transaction: Transaction) throws -> Int64? {
    try transaction.value(
      """
      SELECT revision FROM shop_chat_text
      WHERE campaign_id = \(campaign) AND community_id = \(transaction.community)
      """)
  }

  /// Puts a list in the place of the one before.
  static func store(
    _ text: String, of campaign: CampaignID, by person: PersonID, sealing cipher: FieldCipher,
    in transaction: Transaction
  ) throws {
    let content = try cipher.seal(text, at: .chatText(of: campaign, in: transaction.community))
    try transaction.execute(
      """
      INSERT INTO shop_chat_text (campaign_id, community_id, content, revision, pasted_by_id, pasted_at)
      VALUES (\(campaign), \(transaction.community), \(content), 1, \(person), \(transaction.now))
      ON CONFLICT (campaign_id) DO UPDATE SET content = excluded.content,
        revision = shop_chat_text.revision + 1, pasted_by_id = excluded.pasted_by_id,
        pasted_at = excluded.pasted_at
      """)
  }

  /// What the leader made of doubtful lines, by the digest of each line.
  static func corrections(
    of campaign: CampaignID, in community: CommunityID, opening cipher: FieldCipher, _ snapshot: Snapshot
  ) throws -> [[UInt8]: String] {
    var corrections: [[UInt8]: String] = [:]
    try snapshot.forEach(
      """
      SELECT id, line, content FROM shop_chat_correction
      WHERE campaign_id = \(campaign) AND community_id = \(community)
      """
    ) { row in
      let id: ChatCorrectionID = try row[0]
      corrections[try row[1]] = try cipher.open(try row[2], at: .chatCorrection(id, in: community))
    }
    return corrections
  }

  /// Keeps what a line is to say from now on; empty leaves it out.
  static func correct(
    _ line: [UInt8], to text: String, of campaign: CampaignID, by person: PersonID,
    sealing cipher: FieldCipher, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      DELETE FROM shop_chat_correction
      WHERE campaign_id = \(campaign) AND line = \(line) AND community_id = \(transaction.community)
      """)
    let id: ChatCorrectionID = transaction.newIdentifier()
    let content = try cipher.seal(text, at: .chatCorrection(id, in: transaction.community))
    try transaction.execute(
      """
      INSERT INTO shop_chat_correction (id, community_id, campaign_id, line, content, corrected_by_id, corrected_at)
      VALUES (\(id), \(transaction.community), \(campaign), \(line), \(content), \(person), \(transaction.now))
      """)
    try transaction.execute(
      """
      UPDATE shop_chat_text SET revision = revision + 1
      WHERE campaign_id = \(campaign) AND community_id = \(transaction.community)
      """)
  }

  /// What was carried out for the lines of a campaign's lists, oldest first.
  static func carriedOut(
    of campaign: CampaignID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [ChatOrder] {
    try snapshot.all(
      """
      SELECT id, mark, household_id, person_id, order_id, asked, purpose FROM shop_chat_line
      WHERE campaign_id = \(campaign) AND community_id = \(community) AND order_id IS NOT NULL ORDER BY id
      """
    ) { row in
      ChatOrder(
        id: try row[0], mark: (try row[1] as [UInt8]?) ?? [], household: try row[2], person: try row[3],
        order: try row[4], asked: try row[5], purpose: try row[6])
    }
  }

  /// How often a line was carried out.
  static func count(of mark: [UInt8], _ campaign: CampaignID, in transaction: Transaction) throws -> Int64 {
    try transaction.value(
      """
      SELECT count(*) FROM shop_chat_line
      WHERE campaign_id = \(campaign) AND mark = \(mark) AND community_id = \(transaction.community)
      """) ?? 0
  }

  /// Makes the ground on which a line is carried out.
  static func insert(
    _ id: ChatLineID, mark: [UInt8], sequence: Int64, asked: [UInt8], _ request: OrderRequest,
    in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO shop_chat_line (id, community_id, campaign_id, mark, sequence, purpose, person_id, household_id,
        placed_by_id, digest, asked, placed_at)
      VALUES (\(id), \(transaction.community), \(request.campaign), \(mark), \(sequence),
        \(request.command.purpose), \(request.person), \(request.household), \(request.actor), \(request.digest),
        \(asked), \(transaction.now))
      """)
  }

  static func markCarriedOut(_ id: ChatLineID, _ order: OrderID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE shop_chat_line SET order_id = \(order)
      WHERE id = \(id) AND community_id = \(transaction.community)
      """)
  }

  /// Takes back the ground of a line that the desk refused.
  static func delete(_ id: ChatLineID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      DELETE FROM shop_chat_line
      WHERE id = \(id) AND community_id = \(transaction.community) AND order_id IS NULL
      """)
  }

  /// What the order desk may do on this ground; nil when there is no such thing in the community.
  static func ground(_ id: ChatLineID, in transaction: Transaction) throws -> OrderGround? {
    try transaction.first(
      """
      SELECT person_id, household_id, campaign_id, placed_by_id, digest, order_id FROM shop_chat_line
      WHERE id = \(id) AND community_id = \(transaction.community)
      """
    ) { row in
      OrderGround(
        person: try row[0], household: try row[1], campaign: try row[2], helper: try row[3],
        digest: try row[4], isOpen: row.isNull(5))
    }
  }

  /// Deletes what people wrote and what names them; that orders were placed, for whom and by whom, stays.
  static func forget(_ campaign: CampaignID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      DELETE FROM shop_chat_text WHERE campaign_id = \(campaign) AND community_id = \(transaction.community)
      """)
    try transaction.execute(
      """
      DELETE FROM shop_chat_correction
      WHERE campaign_id = \(campaign) AND community_id = \(transaction.community)
      """)
    try transaction.execute(
      """
      UPDATE shop_chat_line SET mark = NULL
      WHERE campaign_id = \(campaign) AND community_id = \(transaction.community)
      """)
  }
}
