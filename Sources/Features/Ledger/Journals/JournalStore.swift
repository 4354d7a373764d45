package import Database
package import Kernel
package import People
import Security

/// A journal as it stands in the books.
package struct PostedJournal: Sendable, Equatable {
  package let id: JournalID
  package let journal: Journal
  package let actor: PersonID
  /// The moment under which it counts: never within a period that was closed before.
  package let datedAt: Timestamp
}

/// The books: journals are added here and nowhere else.
package enum JournalStore {
  /// What the audit chain calls it that a journal was posted.
  static let postAction: StaticString = "ledger.post"

  /// Posts journals in the order given. One whose source was posted before is left as it is.
  ///
  /// - Returns: the journals that were new, in order.
  /// - Throws: `ledger.not_enough` when a balance would leave its side, `ledger.posted_differently` when the same source
  ///   was posted with other entries, `money.overflow`.
  @discardableResult
  package static func post(
    _ journals: [Journal], by actor: Actor, onBehalfOf: PersonID? = nil, in transaction: Transaction
  ) throws -> [PostedJournal] {
    let new = try unposted(journals, in: transaction)
    if new.isEmpty { return [] }
    let closedUntil = try closedUntil(in: transaction)
    var books = try OpenBooks(new.flatMap { $0.entries.map(\.account) }, in: transaction)
    var posted: [PostedJournal] = []
    for journal in new {
      let id = transaction.newIdentifier(JournalKind.self)
      try books.add(journal, as: id)
      let datedAt = max(transaction.now, closedUntil ?? transaction.now)
      posted.append(PostedJournal(id: id, journal: journal, actor: actor.person, datedAt: datedAt))
    }
    try insert(posted, by: actor, onBehalfOf: onBehalfOf, closedUntil: closedUntil, in: transaction)
    try transaction.insert(books.accountRows)
    try transaction.insert(books.entryRows)
    try transaction.audit(
      posted.map {
        AuditEntry(
          actor: actor.person, role: actor.role, onBehalfOf: onBehalfOf, action: postAction,
          object: $0.id.rawValue, purpose: $0.journal.kind.rawValue, detailDigest: $0.digest)
      })
    return posted
  }

  /// What is not in the books yet, each source once.
  private static func unposted(_ journals: [Journal], in transaction: Transaction) throws -> [Journal] {
    var keys = Rows(into: "ledger_journal", "community_id", "source_kind", "source_id", "kind")
    for journal in journals {
      keys.append(transaction.community, journal.source.kind, journal.source.id, journal.kind)
    }
    let known = try transaction.found(keys)
    for position in known {
      let journal = journals[position]
      guard
        let earlier = try find(journal.kind, from: journal.source, in: transaction.community, transaction),
        earlier.journal.movesTheSame(as: journal)
      else { throw Problem.ledgerPostedDifferently }
    }
    var new: [Journal] = []
    for (position, journal) in journals.enumerated() where !known.contains(position) {
      let twin = new.first { $0.kind == journal.kind && $0.source == journal.source }
      guard let twin else {
        new.append(journal)
        continue
      }
      guard twin.movesTheSame(as: journal) else { throw Problem.ledgerPostedDifferently }
    }
    return new
  }

  private static func insert(
    _ posted: [PostedJournal], by actor: Actor, onBehalfOf: PersonID?, closedUntil: Timestamp?,
    in transaction: Transaction
  ) throws {
    var rows = Rows(
      into: "ledger_journal", "id", "community_id", "kind", "source_kind", "source_id", "campaign_id",
      "currency",
      "last_position", "reverses_id", "actor_id", "on_behalf_of_id", "dated_at", "posted_at", "closed_until")
    for entry in posted {
      let journal = entry.journal
      rows.append(
        entry.id, transaction.community, journal.kind, journal.source.kind, journal.source.id,
        journal.campaign?.rawValue ?? 0, journal.currency.code, journal.entries.count - 1, journal.reverses,
        actor.person, onBehalfOf, entry.datedAt, transaction.now, closedUntil)
    }
    try transaction.insert(rows)
  }

  // MARK: - Periods

  /// Until when the books are closed; nil while no period was.
  package static func closedUntil(in community: CommunityID, _ snapshot: Snapshot) throws -> Timestamp? {
    try snapshot.value("SELECT max(closed_until) FROM ledger_closing WHERE community_id = \(community)")
  }

  private static func closedUntil(in transaction: Transaction) throws -> Timestamp? {
    try closedUntil(in: transaction.community, transaction)
  }

  /// Closes the books up to a moment that has passed: no journal is dated before it from now on (I12).
  /// - Throws: `ledger.period_closed` when they are closed up to it already, `form.invalid` for a moment to come.
  package static func close(until moment: Timestamp, by actor: Actor, in transaction: Transaction) throws {
    guard moment <= transaction.now else {
      throw Problem.invalid([
        FieldProblem("closed_until", Phrase("只能结到现在以前。", "Only time that has passed can be closed."))
      ])
    }
    if let closed = try closedUntil(in: transaction), closed >= moment { throw Problem.ledgerPeriodClosed }
    var rows = Rows(into: "ledger_closing", "community_id", "closed_until", "closed_by_id", "closed_at")
    rows.append(transaction.community, moment, actor.person, transaction.now)
    try transaction.insert(rows)
    try transaction.audit(
      AuditEntry(actor: actor.person, role: actor.role, action: "ledger.close", object: moment.microseconds)
    )
  }

  // MARK: - Reading

  /// The balance of each of these accounts that has any entry; positive on the debit side.
  package static func balances(
    of accounts: [Account], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Account: Money] {
    try OpenBooks.states(of: accounts, in: community, snapshot).mapValues(\.state.balance)
  }

  package static func balance(
    of account: Account, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Money {
    try balances(of: [account], in: community, snapshot)[account] ?? .zero
  }

  /// The journal of this kind that came from this source; nil when there is none.
  package static func find(
    _ kind: Journal.Kind, from source: Journal.Source, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> PostedJournal? {
    try journals(
      """
      journal.community_id = \(community) AND journal.source_kind = \(source.kind)
        AND journal.source_id = \(source.id) AND journal.kind = \(kind)
      """, snapshot
    ).first
  }

  package static func find(
    _ id: JournalID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> PostedJournal? {
    try journals("journal.community_id = \(community) AND journal.id = \(id)", snapshot).first
  }

  /// All journals of one campaign, oldest first.
  package static func list(
    ofCampaign campaign: CampaignID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PostedJournal] {
    try journals("journal.community_id = \(community) AND journal.campaign_id = \(campaign)", snapshot)
  }

  /// These journals, oldest first.
  static func find(
    _ ids: [JournalID], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PostedJournal] {
    try snapshot.chunks(of: ids.sorted()).flatMap { some in
      try journals("journal.id IN \(list: some) AND journal.community_id = \(community)", snapshot)
    }
  }

  // MARK: - Checking

  /// The digest of each of these journals as its rows stand now, whatever stands in them.
  static func digests(
    of ids: [JournalID], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [JournalID: [UInt8]] {
    var digests: [JournalID: JournalDigest] = [:]
    for some in snapshot.chunks(of: ids) {
      try snapshot.forEach(
        """
        SELECT journal.id, journal.kind, journal.source_kind, journal.source_id, journal.campaign_id,
          journal.reverses_id, journal.currency, journal.actor_id, journal.dated_at, account.kind,
          account.party_kind, account.party_id, account.campaign_id, entry.amount
        FROM ledger_journal AS journal JOIN ledger_entry AS entry ON entry.journal_id = journal.id
          JOIN ledger_account AS account ON account.id = entry.account_id
        WHERE journal.id IN \(list: some) AND journal.community_id = \(community)
        ORDER BY journal.id, entry.position
        """
      ) { row in
        let id: JournalID = try row[0]
        var digest =
          try digests[id]
          ?? JournalDigest(
            id: id, kind: row[1], sourceKind: row[2], sourceID: row[3], campaign: row[4], reverses: row[5],
            currency: row[6], actor: row[7], datedAt: row[8])
        digest.add(
          kind: try row[9], partyKind: try row[10], party: try row[11], campaign: try row[12],
          amount: try row[13])
        digests[id] = digest
      }
    }
    return digests.mapValues(\.bytes)
  }

  /// Journals of which the audit chain does not tell that they were posted.
  static func unaudited(limit: Int, in community: CommunityID, _ snapshot: Snapshot) throws -> [JournalID] {
    try snapshot.unaudited(
      "SELECT id FROM ledger_journal WHERE community_id = \(community)", by: postAction, limit: limit,
      in: community
    ).map { JournalID(rawValue: $0) }
  }

  private static func journals(_ condition: Query, _ snapshot: Snapshot) throws -> [PostedJournal] {
    var posted: [PostedJournal] = []
    var entries: [Journal.Entry] = []
    try snapshot.forEach(
      """
      SELECT journal.id, journal.kind, journal.source_kind, journal.source_id, journal.campaign_id,
        journal.reverses_id, journal.actor_id, journal.dated_at, account.kind, account.party_kind,
        account.party_id, account.campaign_id, entry.amount, entry.side, entry.position, journal.last_position
      FROM ledger_journal AS journal JOIN ledger_entry AS entry ON entry.journal_id = journal.id
        JOIN ledger_account AS account ON account.id = entry.account_id
      WHERE \(condition) ORDER BY journal.id, entry.position
      """
    ) { row in
      let account = Account(
        try row[8], try Party(kind: row[9], id: row[10]), campaign: try CampaignID(stored: row[11]))
      entries.append(Journal.Entry(account, try row[12], keeping: try row[13]))
      let (position, last): (Int, Int) = (try row[14], try row[15])
      guard position == last else { return }
      let source = Journal.Source(try row[2], try row[3])
      let journal = try Journal(
        try row[1], from: source, campaign: try CampaignID(stored: row[4]), reverses: try row[5], entries)
      entries = []
      posted.append(PostedJournal(id: try row[0], journal: journal, actor: try row[6], datedAt: try row[7]))
    }
    return posted
  }
}

extension Identifier {
  /// Zero stands for none where a key may not hold NULL.
  init?(stored: Int64) {
    if stored == 0 { return nil }
    self.init(rawValue: stored)
  }
}

extension Journal {
  package var currency: Currency { entries.first?.amount.currency ?? .cny }

  func movesTheSame(as other: Journal) -> Bool {
    Dictionary(entries.map { ($0.account, $0.amount) }, uniquingKeysWith: { $1 })
      == Dictionary(other.entries.map { ($0.account, $0.amount) }, uniquingKeysWith: { $1 })
  }
}

extension PostedJournal {
  /// What the audit chain keeps of the journal, so that a journal changed behind the program's back shows.
  var digest: [UInt8] {
    var fields = JournalDigest(
      id: id, kind: journal.kind.rawValue, sourceKind: journal.source.kind.rawValue,
      sourceID: journal.source.id, campaign: journal.campaign?.rawValue ?? 0,
      reverses: journal.reverses?.rawValue,
      currency: journal.currency.code, actor: actor.rawValue, datedAt: datedAt.microseconds)
    for entry in journal.entries {
      let party = entry.account.party.stored
      fields.add(
        kind: entry.account.kind.rawValue, partyKind: party.kind, party: party.id,
        campaign: entry.account.campaign?.rawValue ?? 0, amount: entry.amount.minorUnits)
    }
    return fields.bytes
  }
}
