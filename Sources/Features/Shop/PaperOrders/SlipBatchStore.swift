package import Database
package import Kernel

/// The queries of batches of slips.
package enum SlipBatchStore {
  /// Nil when the community has none such.
  package static func find(
    _ id: SlipBatchID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> SlipBatch? {
    let entries = try entries(of: id, snapshot)
    return try snapshot.first(
      """
      SELECT campaign_id, sent_by_id, sent_at FROM shop_slip_batch
      WHERE id = \(id) AND community_id = \(community)
      """
    ) { row in
      SlipBatch(
        id: id, campaign: try row[0], sentBy: try row[1], sentAt: try row[2], entries: entries)
    }
  }

  private static func entries(of id: SlipBatchID, _ snapshot: Snapshot) throws -> [SlipBatch.Entry] {
    var conflicts: [Int64: [SlipConflict]] = [:]
    try snapshot.forEach(
      """
      SELECT position, kind, subject, name_zh, name_en, wanted, available FROM shop_slip_conflict
      WHERE batch_id = \(id) ORDER BY position, number
      """
    ) { row in
      conflicts[try row[0], default: []].append(
        SlipConflict(
          try row[1], subject: try row[2], name: Phrase(try row[3], try row[4]), wanted: try row[5],
          available: try row[6]))
    }
    return try snapshot.all(
      """
      SELECT position, typed_code, slip_id, lines, note, state, order_id, settled_by_id, settled_at
      FROM shop_slip_entry WHERE batch_id = \(id) ORDER BY position
      """
    ) { row in
      let position: Int64 = try row[0]
      return SlipBatch.Entry(
        position: position, typedCode: try row[1], slip: try row[2], lines: try row[3], note: try row[4],
        state: try row[5], order: try row[6], conflicts: conflicts[position] ?? [], settledBy: try row[7],
        settledAt: try row[8])
    }
  }

  /// What a person sent last, newest first.
  static func summaries(
    by person: PersonID, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [SlipBatch.Summary] {
    try snapshot.all(
      """
      SELECT batch.id, batch.sent_at, count(*),
        CAST(sum(CASE WHEN entry.state IN ('conflict', 'already_other') THEN 1 ELSE 0 END) AS BIGINT)
      FROM (SELECT id, sent_at FROM shop_slip_batch WHERE sent_by_id = \(person) AND community_id = \(community)
        ORDER BY id DESC LIMIT \(limit)) AS batch
      JOIN shop_slip_entry AS entry ON entry.batch_id = batch.id
      GROUP BY batch.id, batch.sent_at ORDER BY batch.id DESC
      """
    ) { row in
      SlipBatch.Summary(id: try row[0], sentAt: try row[1], slips: try row[2], conflicts: try row[3])
    }
  }

  /// The batch that a person sent under this key before.
  static func earlier(
    _ key: String, by person: PersonID, _ snapshot: Snapshot
  ) throws -> (id: SlipBatchID, digest: [UInt8])? {
    try snapshot.first(
      "SELECT id, request_digest FROM shop_slip_batch WHERE sent_by_id = \(person) AND client_key = \(key)"
    ) { row in (id: try row[0], digest: try row[1]) }
  }

  static func insert(
    _ id: SlipBatchID, of campaign: CampaignID, by person: PersonID, key: String, digest: [UInt8],
    in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO shop_slip_batch (id, community_id, campaign_id, sent_by_id, client_key, request_digest, sent_at)
      VALUES (\(id), \(transaction.community), \(campaign), \(person), \(key), \(digest), \(transaction.now))
      """)
  }

  static func insert(
    _ found: (slip: PaperSlipID?, outcome: SlipOutcome), _ entry: SlipBatchDraft.Entry, at position: Int64,
    of batch: SlipBatchID, in transaction: Transaction
  ) throws {
    var order: OrderID?
    var conflicts: [SlipConflict] = []
    let state: SlipBatch.State
    switch found.outcome {
    case .placed(let placed):
      order = placed.id
      state = .placed
    case .already(_, let isSame): state = isSame ? .already : .alreadyOther
    case .conflict(let all):
      conflicts = all
      state = .conflict
    }
    try transaction.execute(
      """
      INSERT INTO shop_slip_entry (batch_id, position, community_id, typed_code, slip_id, lines, note, state,
        order_id)
      VALUES (\(batch), \(position), \(transaction.community), \(String(entry.code.prefix(40))), \(found.slip),
        \(String(entry.lines.prefix(PaperNotation.lengthLimit))), \(String(entry.note.prefix(200))), \(state),
        \(order))
      """)
    var rows = Rows(
      into: "shop_slip_conflict", "batch_id", "position", "number", "community_id", "kind", "subject",
      "name_zh", "name_en", "wanted", "available")
    for (number, conflict) in conflicts.enumerated() {
      rows.append(
        batch, position, Int64(number), transaction.community, conflict.kind, conflict.subject,
        conflict.name.chinese, conflict.name.english, conflict.wanted, conflict.available)
    }
    try transaction.insert(rows)
  }

  /// - Parameter order: nil where nothing is ordered.
  static func settle(
    _ position: Int64, of batch: SlipBatchID, slip: PaperSlipID?, order: OrderID?, by person: PersonID,
    in transaction: Transaction
  ) throws {
    let state: SlipBatch.State = order == nil ? .dropped : .settled
    try transaction.execute(
      """
      UPDATE shop_slip_entry SET state = \(state), slip_id = coalesce(\(slip), slip_id), order_id = \(order),
        settled_by_id = \(person), settled_at = \(transaction.now)
      WHERE batch_id = \(batch) AND position = \(position) AND community_id = \(transaction.community)
      """)
  }

  /// Keeps an entry open whose slip was keyed before and read otherwise.
  static func leaveOpen(
    _ position: Int64, of batch: SlipBatchID, asReadOtherwise slip: PaperSlipID, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      UPDATE shop_slip_entry SET state = \(SlipBatch.State.alreadyOther), slip_id = \(slip)
      WHERE batch_id = \(batch) AND position = \(position) AND community_id = \(transaction.community)
      """)
  }
}
