import Database
import Kernel

extension ReportCheck.Way: Storable {}
extension ReportCheck.Outcome: Storable {}
extension ReportSending.Channel: Storable {}

/// The queries of check-backs, sendings, replies and what came of them. Each row belongs to the event with its sequence.
enum ReportReplyStore {
  // MARK: - Reading, the first one first

  static func checks(
    of report: ReportID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [ReportCheck] {
    try snapshot.all(
      """
      SELECT sequence, way, day, heard, comments, outcome FROM policy_report_check
      WHERE report_id = \(report) AND community_id = \(community) ORDER BY sequence
      """
    ) { row in
      ReportCheck(
        sequence: try row[0], way: try row[1], day: try row[2], heard: try row[3], comments: try row[4],
        outcome: try row[5])
    }
  }

  static func sendings(
    of report: ReportID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [ReportSending] {
    try snapshot.all(
      """
      SELECT sequence, department, contact, channel, our_number, their_reference, due_at
      FROM policy_report_sending WHERE report_id = \(report) AND community_id = \(community) ORDER BY sequence
      """
    ) { row in
      ReportSending(
        sequence: try row[0], department: try row[1], contact: try row[2], channel: try row[3],
        ourNumber: try row[4], theirReference: try row[5], dueAt: try row[6])
    }
  }

  static func replies(
    to report: ReportID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [ReportReply] {
    var answers: [Int64: [ReportReply.Answer]] = [:]
    try snapshot.forEach(
      """
      SELECT sequence, recommendation, outcome, body FROM policy_report_answer
      WHERE report_id = \(report) AND community_id = \(community) ORDER BY sequence, recommendation
      """
    ) { row in
      answers[try row[0], default: []].append(
        ReportReply.Answer(recommendation: try row[1], outcome: try row[2], text: try row[3]))
    }
    return try snapshot.all(
      """
      SELECT sequence, outcome, body, replied_by, reference, day, is_own FROM policy_report_reply
      WHERE report_id = \(report) AND community_id = \(community) ORDER BY sequence
      """
    ) { row in
      let sequence: Int64 = try row[0]
      return ReportReply(
        sequence: sequence, outcome: try row[1], text: try row[2], by: try row[3], reference: try row[4],
        day: try row[5], isOwn: try row[6], answers: answers[sequence] ?? [])
    }
  }

  static func results(
    of report: ReportID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [ReportResult] {
    try snapshot.all(
      """
      SELECT sequence, policy_id, policy_version, body FROM policy_report_change
      WHERE report_id = \(report) AND community_id = \(community) ORDER BY sequence
      """
    ) { row in
      ReportResult(sequence: try row[0], policy: try row[1], version: try row[2], text: try row[3])
    }
  }

  // MARK: - Writing

  static func insert(_ check: ReportCheck, of report: ReportID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO policy_report_check (report_id, sequence, community_id, way, day, heard, comments, outcome)
      VALUES (\(report), \(check.sequence), \(transaction.community), \(check.way), \(check.day),
        \(check.heard), \(check.comments), \(check.outcome))
      """)
  }

  static func insert(_ sending: ReportSending, of report: ReportID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO policy_report_sending (report_id, sequence, community_id, department, contact, channel, our_number,
        their_reference, due_at)
      VALUES (\(report), \(sending.sequence), \(transaction.community), \(sending.department),
        \(sending.contact), \(sending.channel), \(sending.ourNumber), \(sending.theirReference),
        \(sending.dueAt))
      """)
  }

  static func insert(_ reply: ReportReply, to report: ReportID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO policy_report_reply (report_id, sequence, community_id, outcome, body, replied_by, reference, day,
        is_own)
      VALUES (\(report), \(reply.sequence), \(transaction.community), \(reply.outcome), \(reply.text),
        \(reply.by), \(reply.reference), \(reply.day), \(reply.isOwn))
      """)
    if reply.answers.isEmpty { return }
    var rows = Rows(
      into: "policy_report_answer", "report_id", "sequence", "recommendation", "community_id", "outcome",
      "body")
    for answer in reply.answers {
      rows.append(
        report, reply.sequence, answer.recommendation, transaction.community, answer.outcome, answer.text)
    }
    try transaction.insert(rows)
  }

  static func insert(_ result: ReportResult, of report: ReportID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO policy_report_change (report_id, sequence, community_id, policy_id, policy_version, body)
      VALUES (\(report), \(result.sequence), \(transaction.community), \(result.policy), \(result.version),
        \(result.text))
      """)
  }
}

/// The queries of who follows a report, and of how far telling is.
enum ReportTellingStore {
  static func find(
    _ report: ReportID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> ReportTelling? {
    try snapshot.first(
      """
      SELECT report_id, sequence, body, phase, reached, told, finished_at FROM policy_report_telling
      WHERE report_id = \(report) AND community_id = \(community)
      """
    ) { row in
      ReportTelling(
        report: try row[0], sequence: try row[1], text: try row[2], phase: try row[3], reached: try row[4],
        told: try row[5], finishedAt: try row[6])
    }
  }

  static func insert(
    _ text: String, told sequence: Int64, of report: ReportID, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO policy_report_telling (report_id, sequence, community_id, body, phase, reached, told)
      VALUES (\(report), \(sequence), \(transaction.community), \(text), \(0), \(0), \(0))
      """)
  }

  /// - Parameter told: how many were told just now.
  static func advance(
    _ report: ReportID, phase: Int, reached: Int64, told: Int, isOver: Bool, in transaction: Transaction
  ) throws {
    let finishedAt = isOver ? transaction.now : nil
    try transaction.execute(
      """
      UPDATE policy_report_telling SET phase = \(phase), reached = \(reached), told = told + \(told),
        finished_at = \(finishedAt) WHERE report_id = \(report) AND community_id = \(transaction.community)
      """)
  }

  // MARK: - Who follows

  static func follows(
    _ report: ReportID, _ person: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Bool {
    try snapshot.exists(
      """
      SELECT 1 FROM policy_report_follow
      WHERE report_id = \(report) AND person_id = \(person) AND community_id = \(community)
      """)
  }

  static func follow(_ report: ReportID, by person: PersonID, in transaction: Transaction) throws {
    if try follows(report, person, in: transaction.community, transaction) { return }
    try transaction.execute(
      """
      INSERT INTO policy_report_follow (report_id, person_id, community_id, followed_at)
      VALUES (\(report), \(person), \(transaction.community), \(transaction.now))
      """)
  }

  static func stop(_ report: ReportID, by person: PersonID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      DELETE FROM policy_report_follow
      WHERE report_id = \(report) AND person_id = \(person) AND community_id = \(transaction.community)
      """)
  }

  /// Who follows it, in the order of their numbers, after one of them.
  static func followers(
    of report: ReportID, after person: Int64, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PersonID] {
    try snapshot.values(
      """
      SELECT person_id FROM policy_report_follow
      WHERE report_id = \(report) AND community_id = \(community) AND person_id > \(person)
      ORDER BY person_id LIMIT \(limit)
      """)
  }
}
