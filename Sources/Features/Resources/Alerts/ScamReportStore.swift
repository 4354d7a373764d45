import Database
import Kernel
import People
import Security

extension ScamReport.Kind: Storable {}
extension ScamReport.State: Storable {}

/// The queries of reports.
enum ScamReportStore {
  private static let table: StaticString = "resources_scam_report"
  private static let columns: Query = """
    id, kind, state, revision, reporter_id, recorded_by_id, recorded_by_role, reported_at, words, phone, link,
    account, listing, note, merchant_id, merged_into_id, closed_at, forget_at, forgotten_at
    """

  private static func read(
    _ row: borrowing Row, _ cipher: FieldCipher, _ community: CommunityID
  ) throws -> ScamReport {
    let id: ScamReportID = try row[0]
    func open(_ column: StaticString, _ position: Int, _ row: borrowing Row) throws -> String {
      guard let sealed: [UInt8] = try row[position] else { return "" }
      return try cipher.open(sealed, at: FieldAddress(table, column, row: id, community: community))
    }
    let (recorder, role): (PersonID?, Role?) = (try row[5], try row[6])
    let details = ScamReport.Details(
      words: try open("words", 8, row), phone: try open("phone", 9, row), link: try open("link", 10, row),
      account: try open("account", 11, row), listing: try open("listing", 12, row))
    return ScamReport(
      id: id, kind: try row[1], state: try row[2], revision: try row[3], reporter: try row[4],
      recordedBy: recorder.flatMap { person in role.map { Actor(person: person, role: $0) } },
      reportedAt: try row[7], details: details, note: try open("note", 13, row), merchant: try row[14],
      mergedInto: try row[15], closedAt: try row[16], forgetAt: try row[17], forgottenAt: try row[18])
  }

  // MARK: - Reading

  static func find(
    _ id: ScamReportID, opening cipher: FieldCipher, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> ScamReport? {
    try snapshot.first(
      """
      SELECT \(columns) FROM resources_scam_report WHERE id = \(id) AND community_id = \(community)
      """
    ) { try read($0, cipher, community) }
  }

  /// Whether nobody reported anything yet.
  static func isEmpty(in community: CommunityID, _ snapshot: Snapshot) throws -> Bool {
    try !snapshot.exists("SELECT 1 FROM resources_scam_report WHERE community_id = \(community) LIMIT 1")
  }

  /// Reports in these states that stand for themselves, the latest first.
  ///
  /// - Parameters:
  ///   - moment: only what was told after it; nil for all.
  ///   - last: behind which the list goes on; nil for its beginning.
  static func list(
    _ states: [ScamReport.State], after moment: Timestamp? = nil, before last: ScamReportID? = nil,
    limit: Int, opening cipher: FieldCipher, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [ScamReport] {
    let since: Query = moment.map { " AND reported_at > \($0)" } ?? ""
    let behind: Query =
      last.map {
        """
         AND (reported_at, id) < (SELECT shown.reported_at, shown.id FROM resources_scam_report AS shown
          WHERE shown.id = \($0) AND shown.community_id = \(community))
        """
      } ?? ""
    return try snapshot.all(
      """
      SELECT \(columns) FROM resources_scam_report
      WHERE community_id = \(community) AND state IN \(list: states) AND merged_into_id IS NULL\(since)\(behind)
      ORDER BY reported_at DESC, id DESC LIMIT \(limit)
      """
    ) { try read($0, cipher, community) }
  }

  /// What nobody closed and was told before a moment, the oldest first.
  static func old(
    before moment: Timestamp, limit: Int, opening cipher: FieldCipher, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> [ScamReport] {
    try snapshot.all(
      """
      SELECT \(columns) FROM resources_scam_report
      WHERE community_id = \(community) AND state IN \(list: open) AND merged_into_id IS NULL
        AND reported_at <= \(moment)
      ORDER BY reported_at, id LIMIT \(limit)
      """
    ) { try read($0, cipher, community) }
  }

  private static let open = ScamReport.State.allCases.filter { !$0.isClosed }

  /// What one person reported, the latest first.
  static func own(
    of person: PersonID, limit: Int, opening cipher: FieldCipher, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> [ScamReport] {
    try snapshot.all(
      """
      SELECT \(columns) FROM resources_scam_report
      WHERE community_id = \(community) AND reporter_id = \(person)
      ORDER BY reported_at DESC, id DESC LIMIT \(limit)
      """
    ) { try read($0, cipher, community) }
  }

  /// Reports that go with another one.
  static func merged(
    into id: ScamReportID, opening cipher: FieldCipher, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [ScamReport] {
    try snapshot.all(
      """
      SELECT \(columns) FROM resources_scam_report
      WHERE merged_into_id = \(id) AND community_id = \(community) ORDER BY reported_at, id
      """
    ) { try read($0, cipher, community) }
  }

  /// Others that name the same number, page or account, whatever became of them.
  static func alike(
    _ id: ScamReportID, limit: Int, opening cipher: FieldCipher, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> [ScamReport] {
    let names = ["phone_digest", "link_digest", "account_digest"] as [StaticString]
    let conditions = names.map { name -> Query in
      let column = Query(stringLiteral: name)
      return """
        \(column) IN (SELECT \(column) FROM resources_scam_report
          WHERE id = \(id) AND community_id = \(community) AND \(column) IS NOT NULL)
        """
    }
    return try snapshot.all(
      """
      SELECT \(columns) FROM resources_scam_report
      WHERE community_id = \(community) AND id <> \(id) AND (\(Query.joined(conditions, by: " OR ")))
      ORDER BY reported_at DESC, id DESC LIMIT \(limit)
      """
    ) { try read($0, cipher, community) }
  }

  /// Whether a report has a recording, and how long it is.
  static func voiceSeconds(
    of id: ScamReportID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Int64? {
    try snapshot.value(
      """
      SELECT seconds FROM resources_scam_voice WHERE report_id = \(id) AND community_id = \(community)
      """)
  }

  static func voice(
    of id: ScamReportID, opening cipher: FieldCipher, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [UInt8]? {
    let sealed: [UInt8]? = try snapshot.value(
      """
      SELECT recording FROM resources_scam_voice WHERE report_id = \(id) AND community_id = \(community)
      """)
    return try sealed.map {
      try cipher.openBytes(
        $0, at: FieldAddress("resources_scam_voice", "recording", row: id, community: community))
    }
  }

  // MARK: - Writing

  static func insert(_ report: ScamReport, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO resources_scam_report (id, community_id, kind, state, revision, reporter_id, recorded_by_id,
        recorded_by_role, reported_at, merchant_id, forget_at)
      VALUES (\(report.id), \(transaction.community), \(report.kind), \(report.state), \(report.revision),
        \(report.reporter), \(report.recordedBy?.person), \(report.recordedBy?.role), \(report.reportedAt),
        \(report.merchant), \(report.forgetAt))
      """)
  }

  private static func seal(
    _ text: String, _ column: StaticString, _ id: ScamReportID, _ cipher: FieldCipher,
    _ transaction: Transaction
  ) throws -> [UInt8]? {
    text.isEmpty
      ? nil
      : try cipher.seal(text, at: FieldAddress(table, column, row: id, community: transaction.community))
  }

  static func describe(
    _ id: ScamReportID, _ details: ScamReport.Details, _ digests: ReportDigests,
    sealing cipher: FieldCipher, in transaction: Transaction
  ) throws {
    func seal(_ text: String, _ column: StaticString) throws -> [UInt8]? {
      try self.seal(text, column, id, cipher, transaction)
    }
    let (words, phone) = (try seal(details.words, "words"), try seal(details.phone, "phone"))
    let (link, account) = (try seal(details.link, "link"), try seal(details.account, "account"))
    let listing = try seal(details.listing, "listing")
    try transaction.execute(
      """
      UPDATE resources_scam_report SET words = \(words), phone = \(phone), link = \(link),
        account = \(account), listing = \(listing), phone_digest = \(digests.phone),
        link_digest = \(digests.link), account_digest = \(digests.account), revision = revision + 1
      WHERE id = \(id) AND community_id = \(transaction.community)
      """)
  }

  static func setVoice(
    _ id: ScamReportID, _ recording: VoiceNotes.Recording, sealing cipher: FieldCipher,
    in transaction: Transaction
  ) throws {
    let sealed = try cipher.seal(
      bytes: recording.bytes,
      at: FieldAddress("resources_scam_voice", "recording", row: id, community: transaction.community))
    try transaction.execute(
      """
      INSERT INTO resources_scam_voice (report_id, community_id, seconds, recording, added_at)
      VALUES (\(id), \(transaction.community), \(recording.seconds), \(sealed), \(transaction.now))
      ON CONFLICT (report_id) DO UPDATE SET seconds = excluded.seconds, recording = excluded.recording,
        added_at = excluded.added_at
      """)
  }

  /// Moves a report on, and with it all that go with it.
  static func move(
    _ id: ScamReportID, to state: ScamReport.State, note: String, by actor: Actor,
    sealing cipher: FieldCipher, in transaction: Transaction
  ) throws {
    let sealed = try seal(note, "note", id, cipher, transaction)
    let closed: Timestamp? = state.isClosed ? transaction.now : nil
    let forget: Query =
      ScamReportRules.forgetting(state, at: transaction.now).map { ", forget_at = \($0)" } ?? ""
    try transaction.execute(
      """
      UPDATE resources_scam_report SET state = \(state), closed_at = \(closed)\(forget),
        decided_by_id = \(actor.person), decided_by_role = \(actor.role), revision = revision + 1
      WHERE (id = \(id) OR merged_into_id = \(id)) AND community_id = \(transaction.community)
      """)
    guard let sealed else { return }
    try transaction.execute(
      """
      UPDATE resources_scam_report SET note = \(sealed)
      WHERE id = \(id) AND community_id = \(transaction.community)
      """)
  }

  /// Puts a report, and what went with it, to another one, whose state it takes.
  static func merge(_ id: ScamReportID, into other: ScamReport, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE resources_scam_report SET merged_into_id = \(other.id), state = \(other.state),
        revision = revision + 1
      WHERE (id = \(id) OR merged_into_id = \(id)) AND community_id = \(transaction.community)
      """)
  }

  static func setMerchant(_ merchant: MerchantID, of id: ScamReportID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE resources_scam_report SET merchant_id = \(merchant)
      WHERE id = \(id) AND community_id = \(transaction.community)
      """)
  }

  /// Forgets texts, recordings and digests whose time is over.
  /// - Returns: how many reports.
  static func forget(limit: Int, in transaction: Transaction) throws -> Int {
    let due: [ScamReportID] = try transaction.values(
      """
      SELECT id FROM resources_scam_report
      WHERE community_id = \(transaction.community) AND forgotten_at IS NULL
        AND forget_at <= \(transaction.now)
      ORDER BY forget_at LIMIT \(limit)
      """)
    if due.isEmpty { return 0 }
    try transaction.execute(
      """
      DELETE FROM resources_scam_voice
      WHERE report_id IN \(list: due) AND community_id = \(transaction.community)
      """)
    try transaction.execute(
      """
      UPDATE resources_scam_report SET words = NULL, phone = NULL, link = NULL, account = NULL,
        listing = NULL, note = NULL, phone_digest = NULL, link_digest = NULL, account_digest = NULL,
        reporter_id = NULL, forgotten_at = \(transaction.now)
      WHERE id IN \(list: due) AND community_id = \(transaction.community)
      """)
    try closeForgotten(due, in: transaction)
    try transaction.execute(
      """
      UPDATE resources_hearing SET reply = NULL
      WHERE report_id IN \(list: due) AND community_id = \(transaction.community)
      """)
    return due.count
  }

  /// What nobody closed cannot be told any more once it is forgotten, and what goes with it neither.
  private static func closeForgotten(_ due: [ScamReportID], in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE resources_scam_report SET state = \(ScamReport.State.unclear), closed_at = \(transaction.now),
        revision = revision + 1
      WHERE community_id = \(transaction.community) AND state IN \(list: open)
        AND ((id IN \(list: due) AND merged_into_id IS NULL) OR merged_into_id IN \(list: due))
      """)
  }
}
