import Database
import Kernel
import Security

extension FieldAddress {
  static func consentPicture(_ consent: ConsentID, in community: CommunityID) -> FieldAddress {
    FieldAddress("people_consent_picture", "picture", row: consent, community: community)
  }
}

/// The queries of notices and consents.
enum ConsentStore {
  // MARK: - Notices

  static func notice(_ id: NoticeID, in community: CommunityID, _ snapshot: Snapshot) throws -> Notice? {
    try snapshot.first(
      "SELECT \(Notice.columns) FROM people_notice WHERE id = \(id) AND community_id = \(community)",
      Notice.init)
  }

  static func notices(
    _ ids: Set<NoticeID>, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [NoticeID: Notice] {
    let found = try snapshot.chunks(of: ids).flatMap { part in
      try snapshot.all(
        "SELECT \(Notice.columns) FROM people_notice WHERE id IN \(list: part) AND community_id = \(community)",
        Notice.init)
    }
    return Dictionary(found.map { ($0.id, $0) }) { first, _ in first }
  }

  /// The newest version of each notice, in the order in which the notices came to be.
  static func newestNotices(in community: CommunityID, _ snapshot: Snapshot) throws -> [Notice] {
    let all = try snapshot.all(
      """
      SELECT \(Notice.columns) FROM people_notice WHERE community_id = \(community) ORDER BY code, version
      """, Notice.init)
    let newest = Dictionary(all.map { ($0.content.code, $0) }) { _, later in later }
    let order = Dictionary(all.map { ($0.content.code, $0.id) }) { first, _ in first }
    return newest.values.sorted {
      (order[$0.content.code] ?? $0.id, $0.id) < (order[$1.content.code] ?? $1.id, $1.id)
    }
  }

  /// The newest version of one notice.
  static func newestNotice(
    _ code: String, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Notice? {
    try snapshot.first(
      """
      SELECT \(Notice.columns) FROM people_notice WHERE community_id = \(community) AND code = \(code)
      ORDER BY version DESC LIMIT 1
      """, Notice.init)
  }

  static func insert(_ content: NoticeContent, in transaction: Transaction) throws -> NoticeID? {
    let id: NoticeID = transaction.newIdentifier()
    let isNew =
      try transaction.execute(
        """
        INSERT INTO people_notice (\(Notice.columns), community_id, created_at)
        VALUES (\(id), \(content.code), \(content.version), \(content.separateFor), \(content.title.chinese),
          \(content.title.english), \(content.body.chinese), \(content.body.english),
          \(content.spoken.chinese), \(content.spoken.english), \(ChoiceList.text(content.purposes)),
          \(ChoiceList.text(content.categories)), \(ChoiceList.text(content.recipients)),
          \(content.retention.chinese), \(content.retention.english), \(content.contact.chinese),
          \(content.contact.english), \(content.withdrawal.chinese), \(content.withdrawal.english),
          \(content.digest.bytes), \(transaction.community), \(transaction.now))
        ON CONFLICT (community_id, code, version) DO NOTHING
        """) == 1
    return isNew ? id : nil
  }

  // MARK: - Consents

  static func find(_ id: ConsentID, in community: CommunityID, _ snapshot: Snapshot) throws -> Consent? {
    try consents("id = \(id) AND community_id = \(community)", snapshot).first
  }

  /// All of a person, the newest first.
  static func consents(
    of subject: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Consent] {
    try consents(of: [subject], in: community, snapshot)
  }

  static func consents(
    of subjects: [PersonID], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Consent] {
    try snapshot.chunks(of: subjects).flatMap { part in
      try consents("community_id = \(community) AND subject_id IN \(list: part)", snapshot)
    }
  }

  /// What somebody answered to one notice in whatever version, the newest first.
  static func consents(
    of subject: PersonID, code: String, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Consent] {
    try consents(answers(of: subject, code: code, in: community), snapshot)
  }

  /// The condition for that.
  static func answers(of subject: PersonID, code: String, in community: CommunityID) -> Query {
    """
    community_id = \(community) AND subject_id = \(subject) AND notice_id IN (
      SELECT id FROM people_notice WHERE community_id = \(community) AND code = \(code))
    """
  }

  static func list(where condition: Query) -> Query {
    "SELECT \(ConsentRow.columns) FROM people_consent WHERE \(condition) ORDER BY id DESC"
  }

  static func events(of consents: [ConsentID]) -> Query {
    """
    SELECT consent_id, kind, happened_at, actor_id, actor_role FROM people_consent_event
    WHERE consent_id IN \(list: consents) ORDER BY consent_id, sequence
    """
  }

  /// A page of all communities' consents, oldest first, for `nuanlin check`.
  static func all(after last: ConsentID, limit: Int, _ snapshot: Snapshot) throws -> [Consent] {
    let ids: [ConsentID] = try snapshot.values(
      "SELECT id FROM people_consent WHERE id > \(last) ORDER BY id LIMIT \(limit)")
    return try consents("id IN \(list: ids)", snapshot).sorted { $0.id < $1.id }
  }

  /// Every version of every community, for `nuanlin check`.
  static func allNotices(_ snapshot: Snapshot) throws -> [Notice] {
    try snapshot.all("SELECT \(Notice.columns) FROM people_notice ORDER BY id", Notice.init)
  }

  private static func consents(_ condition: Query, _ snapshot: Snapshot) throws -> [Consent] {
    let rows = try snapshot.all(list(where: condition), ConsentRow.init)
    var events: [ConsentID: [ConsentEvent]] = [:]
    for part in snapshot.chunks(of: rows.map(\.id)) {
      try snapshot.forEach(self.events(of: part)) { row in
        events[try row[0], default: []].append(
          ConsentEvent(
            kind: try row[1], at: try row[2], actor: Actor(person: try row[3], role: try row[4])))
      }
    }
    return rows.map { $0.with(events[$0.id] ?? []) }
  }

  static func insert(_ consent: Consent, in transaction: Transaction) throws {
    let (terms, evidence) = (consent.terms, consent.terms.evidence)
    try transaction.execute(
      """
      INSERT INTO people_consent (\(ConsentRow.columns), community_id)
      VALUES (\(consent.id), \(terms.subject), \(terms.notice), \(terms.noticeDigest.bytes),
        \(ChoiceList.text(terms.purposes)), \(ChoiceList.text(terms.categories)),
        \(ChoiceList.text(terms.recipients)), \(terms.recipient), \(evidence.givenBy), \(evidence.giver),
        \(evidence.method), \(evidence.witness), \(evidence.place), \(terms.expires), \(consent.askedAt),
        \(consent.askedBy.person), \(consent.askedBy.role), \(terms.matter), \(transaction.community))
      """)
    for (index, event) in consent.events.enumerated() {
      try insert(event, sequence: index + 1, of: consent.id, in: transaction)
    }
  }

  static func insert(
    _ event: ConsentEvent, sequence: Int, of consent: ConsentID, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO people_consent_event (consent_id, sequence, community_id, kind, happened_at, actor_id,
        actor_role)
      VALUES (\(consent), \(sequence), \(transaction.community), \(event.kind), \(event.at),
        \(event.actor.person), \(event.actor.role))
      """)
  }

  /// Those whose term has run out and which nothing has ended yet.
  static func runOut(in community: CommunityID, at now: Timestamp, _ snapshot: Snapshot) throws -> [Consent] {
    let ids: [ConsentID] = try snapshot.values(
      """
      SELECT consent.id FROM people_consent AS consent
      JOIN people_consent_event AS given ON given.consent_id = consent.id AND given.kind = 'given'
      WHERE consent.community_id = \(community) AND consent.expires_at <= \(now) AND NOT EXISTS (
        SELECT 1 FROM people_consent_event AS later
        WHERE later.consent_id = consent.id AND later.sequence > given.sequence)
      """)
    return try snapshot.chunks(of: ids).flatMap { part in
      try consents("community_id = \(community) AND id IN \(list: part)", snapshot)
    }
  }

  // MARK: - Evidence

  static func insertPicture(_ sealed: [UInt8], of consent: ConsentID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO people_consent_picture (consent_id, community_id, picture)
      VALUES (\(consent), \(transaction.community), \(sealed))
      """)
  }

  static func picture(
    of consent: ConsentID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [UInt8]? {
    try snapshot.value(
      """
      SELECT picture FROM people_consent_picture
      WHERE consent_id = \(consent) AND community_id = \(community)
      """)
  }

  /// Which of these have a scan.
  static func pictured(
    _ consents: [ConsentID], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Set<ConsentID> {
    Set(
      try snapshot.values(
        """
        SELECT consent_id FROM people_consent_picture
        WHERE consent_id IN \(list: consents) AND community_id = \(community)
        """))
  }
}
