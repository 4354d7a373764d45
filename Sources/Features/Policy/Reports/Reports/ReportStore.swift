import Database
import Kernel
import People

extension ReportState: Storable {}
extension ReportOutcome: Storable {}
extension ReportChange.Step: Storable {}

/// The queries of reports, of their plans and of their events.
enum ReportStore {
  private static let columns: Query = """
    report.id, report.year, report.serial, plan.title, plan.question, plan.methods, plan.reach, plan.from_day,
    plan.to_day, report.summary, report.supervisor_id, report.made_at, report.made_by_id, report.made_by_role,
    standing.state, standing.events, standing.plan, standing.digest, standing.asks_committee,
    standing.first_sent_at, standing.due_at, standing.asked_until, standing.outcome, standing.reply,
    standing.published, standing.has_changed_policy
    """

  private static let tables: Query = """
    policy_report_standing AS standing JOIN policy_report AS report ON report.id = standing.report_id
    JOIN policy_report_plan AS plan ON plan.report_id = standing.report_id AND plan.sequence = standing.plan
    """

  private static func read(_ row: borrowing Row) throws -> Report {
    guard let methods = ChoiceList.read(try row.text(5), of: ReportMethod.self) else {
      throw Problem.internalFault
    }
    return Report(
      id: try row[0], number: ReportNumber(year: try row[1], serial: try row[2]),
      plan: ReportPlan(
        title: try row[3], question: try row[4], methods: methods, reach: try row[6], from: try row[7],
        to: try row[8]),
      summary: try row[9], authors: [], supervisor: try row[10], madeAt: try row[11],
      madeBy: Actor(person: try row[12], role: try row[13]),
      standing: ReportStanding(
        state: try row[14], events: try row[15], plan: try row[16], digest: try row[17],
        asksCommittee: try row[18], firstSentAt: try row[19], dueAt: try row[20], askedUntil: try row[21],
        outcome: try row[22], reply: try row[23], published: try row[24], hasChangedPolicy: try row[25]))
  }

  private static func reports(_ condition: Query, _ snapshot: Snapshot) throws -> [Report] {
    let found = try snapshot.all("SELECT \(columns) FROM \(tables) WHERE \(condition)", read)
    var authors: [ReportID: Set<PersonID>] = [:]
    for part in snapshot.chunks(of: found.map(\.id)) {
      try snapshot.forEach(
        "SELECT report_id, person_id FROM policy_report_author WHERE report_id IN \(list: part)"
      ) { row in authors[try row[0], default: []].insert(try row[1]) }
    }
    return found.map { report in
      Report(
        id: report.id, number: report.number, plan: report.plan, summary: report.summary,
        authors: authors[report.id] ?? [], supervisor: report.supervisor, madeAt: report.madeAt,
        madeBy: report.madeBy, standing: report.standing)
    }
  }

  // MARK: - Reading

  static func find(_ id: ReportID, in community: CommunityID, _ snapshot: Snapshot) throws -> Report? {
    try reports("standing.report_id = \(id) AND standing.community_id = \(community)", snapshot).first
  }

  /// All of a community, the newest first.
  ///
  /// - Parameter last: the last one of the page before; nil for the first page.
  static func page(
    before last: ReportID?, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Report] {
    let end = last ?? ReportID(rawValue: .max)
    return try reports(
      """
      standing.community_id = \(community) AND standing.report_id < \(end)
      ORDER BY standing.report_id DESC LIMIT \(limit)
      """, snapshot)
  }

  /// Those that stand in one of these states, the newest first.
  static func standing(
    _ states: [ReportState], before last: ReportID? = nil, limit: Int, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> [Report] {
    let end = last ?? ReportID(rawValue: .max)
    return try reports(
      """
      standing.community_id = \(community) AND standing.state IN \(list: states)
        AND standing.report_id < \(end)
      ORDER BY standing.report_id DESC LIMIT \(limit)
      """, snapshot)
  }

  /// Its steps, the first one first.
  static func events(
    of id: ReportID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [ReportEvent] {
    try snapshot.all(
      """
      SELECT kind, reason, digest, is_so, due_at, outcome, sequence, happened_at, actor_id, actor_role
      FROM policy_report_event WHERE report_id = \(id) AND community_id = \(community) ORDER BY sequence
      """
    ) { row in
      ReportEvent(
        sequence: try row[6], change: try ReportChange(row), at: try row[7],
        actor: Actor(person: try row[8], role: try row[9]))
    }
  }

  /// The number for the next report of a year.
  static func nextSerial(in year: Int, of community: CommunityID, _ snapshot: Snapshot) throws -> Int {
    let last: Int? =
      try snapshot.value(
        "SELECT max(serial) FROM policy_report WHERE community_id = \(community) AND year = \(year)",
        as: Int?.self) ?? nil
    return (last ?? 0) + 1
  }

  // MARK: - Writing

  /// Keeps a new report with its plan, its authors and the event that made it.
  static func insert(_ report: Report, in transaction: Transaction) throws {
    let community = transaction.community
    try transaction.execute(
      """
      INSERT INTO policy_report (id, community_id, year, serial, summary, supervisor_id, made_at, made_by_id,
        made_by_role)
      VALUES (\(report.id), \(community), \(report.number.year), \(report.number.serial), \(report.summary),
        \(report.supervisor), \(report.madeAt), \(report.madeBy.person), \(report.madeBy.role))
      """)
    var authors = Rows(into: "policy_report_author", "report_id", "person_id", "community_id")
    for author in report.authors.sorted() { authors.append(report.id, author, community) }
    try transaction.insert(authors)
    let standing = report.standing
    let event = ReportEvent(
      sequence: standing.events, change: .planned, at: report.madeAt, actor: report.madeBy)
    try insert(event, of: report.id, in: transaction)
    try insert(report.plan, told: standing.events, of: report.id, in: transaction)
    try transaction.execute(
      """
      INSERT INTO policy_report_standing (report_id, community_id, state, events, plan, asks_committee,
        has_changed_policy)
      VALUES (\(report.id), \(community), \(standing.state), \(standing.events), \(standing.plan),
        \(standing.asksCommittee), \(standing.hasChangedPolicy))
      """)
  }

  /// - Parameter sequence: of the event that tells of it.
  static func insert(
    _ plan: ReportPlan, told sequence: Int64, of report: ReportID, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO policy_report_plan (report_id, sequence, community_id, title, question, methods, reach, from_day,
        to_day)
      VALUES (\(report), \(sequence), \(transaction.community), \(plan.title), \(plan.question),
        \(ChoiceList.text(plan.methods)), \(plan.reach), \(plan.from), \(plan.to))
      """)
  }

  static func write(summary: String, of report: ReportID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE policy_report SET summary = \(summary)
      WHERE id = \(report) AND community_id = \(transaction.community)
      """)
  }

  /// Adds an event and moves the standing with it.
  static func append(
    _ change: ReportChange, by actor: Actor, to report: inout Report, in transaction: Transaction
  ) throws {
    report.standing = report.standing.after(change, at: transaction.now)
    let standing = report.standing
    try insert(
      ReportEvent(sequence: standing.events, change: change, at: transaction.now, actor: actor),
      of: report.id, in: transaction)
    try transaction.execute(
      """
      UPDATE policy_report_standing SET state = \(standing.state), events = \(standing.events),
        plan = \(standing.plan), digest = \(standing.digest), asks_committee = \(standing.asksCommittee),
        first_sent_at = \(standing.firstSentAt), due_at = \(standing.dueAt),
        asked_until = \(standing.askedUntil), outcome = \(standing.outcome), reply = \(standing.reply),
        published = \(standing.published), has_changed_policy = \(standing.hasChangedPolicy)
      WHERE report_id = \(report.id) AND community_id = \(transaction.community)
      """)
  }

  private static func insert(
    _ event: ReportEvent, of report: ReportID, in transaction: Transaction
  ) throws {
    let told = ReportEventColumns(event.change)
    try transaction.execute(
      """
      INSERT INTO policy_report_event (report_id, sequence, community_id, kind, reason, digest, is_so, due_at,
        outcome, happened_at, actor_id, actor_role)
      VALUES (\(report), \(event.sequence), \(transaction.community), \(event.change.step), \(told.reason),
        \(told.digest), \(told.isSo), \(told.dueAt), \(told.outcome), \(event.at), \(event.actor.person),
        \(event.actor.role))
      """)
  }
}

/// What an event tells, as it stands in columns.
private struct ReportEventColumns {
  var reason: String?
  var digest: String?
  /// What is so with a complete draft: the committee is asked; sent back: by the supervisor; changed: a policy was.
  var isSo: Bool?
  var dueAt: Timestamp?
  var outcome: ReportOutcome?

  init(_ change: ReportChange) {
    switch change {
    case .planned, .replanned, .findingsDone, .recommendationsDone, .checkedBack, .approved, .replyPublished,
      .told:
      break
    case .evidenceLocked(let digest): self.digest = digest
    case .completed(let digest, let asksCommittee): (self.digest, isSo) = (digest, asksCommittee)
    case .evidenceReopened(let reason), .dropped(let reason): self.reason = reason
    case .sentBack(let reason, let bySupervisor): (self.reason, isSo) = (reason, bySupervisor)
    case .sent(let dueAt), .extended(let dueAt): self.dueAt = dueAt
    case .timeAsked(let until, let reason): (dueAt, self.reason) = (until, reason)
    case .replied(let outcome): self.outcome = outcome
    case .changed(let isPolicy): isSo = isPolicy
    }
  }
}

extension ReportChange {
  /// - Throws: `DatabaseError.unexpectedValue` where a column is missing that the event needs.
  fileprivate init(_ row: borrowing Row) throws {
    let step: Step = try row[0]
    switch step {
    case .planned: self = .planned
    case .replanned: self = .replanned
    case .evidenceLocked: self = .evidenceLocked(digest: try row[2])
    case .evidenceReopened: self = .evidenceReopened(reason: try row[1])
    case .findingsDone: self = .findingsDone
    case .recommendationsDone: self = .recommendationsDone
    case .completed: self = .completed(digest: try row[2], asksCommittee: try row[3])
    case .checkedBack: self = .checkedBack
    case .sentBack: self = .sentBack(reason: try row[1], bySupervisor: try row[3])
    case .approved: self = .approved
    case .sent: self = .sent(dueAt: try row[4])
    case .timeAsked: self = .timeAsked(until: try row[4], reason: try row[1])
    case .extended: self = .extended(dueAt: try row[4])
    case .replied: self = .replied(try row[5])
    case .replyPublished: self = .replyPublished
    case .changed: self = .changed(isPolicy: try row[3])
    case .told: self = .told
    case .dropped: self = .dropped(reason: try row[1])
    }
  }
}
