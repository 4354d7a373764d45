import Database
import Kernel
import People

extension ProposalAddressee.Kind: Storable {}
extension ResultAction.Status: Storable {}

/// The queries of official answers.
enum AnswerStore {
  /// To whom a proposal was given last; nil where it was not.
  static func sending(
    of proposal: ProposalID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> ProposalSending? {
    try snapshot.first(
      """
      SELECT addressee, department, reference, due_at FROM policy_proposal_sending
      WHERE proposal_id = \(proposal) AND community_id = \(community) ORDER BY sequence DESC LIMIT 1
      """
    ) { row in
      ProposalSending(
        addressee: ProposalAddressee(try row[0], department: try row[1]), reference: try row[2],
        dueAt: try row[3])
    }
  }

  /// - Parameter sequence: of the event that tells of it.
  static func insert(
    _ sending: ProposalSending, sequence: Int64, of proposal: ProposalID, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO policy_proposal_sending (proposal_id, sequence, community_id, addressee, department, reference,
        due_at)
      VALUES (\(proposal), \(sequence), \(transaction.community), \(sending.addressee.kind),
        \(sending.addressee.department), \(sending.reference), \(sending.dueAt))
      """)
  }

  /// The official answer; nil while there is none.
  static func answer(
    to proposal: ProposalID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> ProposalAnswer? {
    try snapshot.first(
      """
      SELECT outcome, body, addressee, department, reference, answered_at FROM policy_proposal_answer
      WHERE proposal_id = \(proposal) AND community_id = \(community)
      """
    ) { row in
      ProposalAnswer(
        outcome: try row[0], text: try row[1],
        addressee: ProposalAddressee(try row[2], department: try row[3]), reference: try row[4],
        answeredAt: try row[5])
    }
  }

  static func insert(
    _ answer: ProposalAnswer, by actor: Actor, to proposal: ProposalID, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO policy_proposal_answer (proposal_id, community_id, outcome, body, addressee, department, reference,
        answered_at, recorded_by_id, recorded_by_role)
      VALUES (\(proposal), \(transaction.community), \(answer.outcome), \(answer.text), \(answer.addressee.kind),
        \(answer.addressee.department), \(answer.reference), \(answer.answeredAt), \(actor.person),
        \(actor.role))
      """)
  }
}

/// The queries of what is done about proposals.
enum ResultStore {
  /// What is done about one proposal; nil where nothing was begun.
  static func result(
    of proposal: ProposalID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> ProposalResult? {
    try results(of: [proposal], in: community, snapshot)[proposal]
  }

  /// What is done about several proposals, by their numbers.
  static func results(
    of proposals: [ProposalID], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [ProposalID: ProposalResult] {
    var actions: [ProposalID: [ResultAction]] = [:]
    var found: [ProposalID: ProposalResult] = [:]
    for part in snapshot.chunks(of: proposals) {
      try snapshot.forEach(
        """
        SELECT proposal_id, id, title, weight, starts_at, ends_at, status, progress FROM policy_proposal_action
        WHERE proposal_id IN \(list: part) AND community_id = \(community) ORDER BY proposal_id, id
        """
      ) { row in
        actions[try row[0], default: []].append(
          ResultAction(
            id: try row[1], title: try row[2], weight: try row[3], startsAt: try row[4], endsAt: try row[5],
            status: try row[6], progress: try row[7]))
      }
      try snapshot.forEach(
        """
        SELECT proposal_id, summary, progress, entries, begun_at FROM policy_proposal_result
        WHERE proposal_id IN \(list: part) AND community_id = \(community)
        """
      ) { row in
        let id: ProposalID = try row[0]
        found[id] = ProposalResult(
          proposal: id, summary: try row[1], progress: try row[2], entries: try row[3], begunAt: try row[4],
          actions: actions[id] ?? [])
      }
    }
    return found
  }

  /// The line of one result, the newest entry first.
  static func entries(
    of proposal: ProposalID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [ResultEntry] {
    try snapshot.all(
      """
      SELECT sequence, action_id, status, progress, policy_id, policy_version, body, day, written_at
      FROM policy_proposal_entry WHERE proposal_id = \(proposal) AND community_id = \(community)
      ORDER BY sequence DESC
      """
    ) { row in
      ResultEntry(
        sequence: try row[0], action: try row[1], status: try row[2], progress: try row[3],
        policy: try row[4], policyVersion: try row[5], text: try row[6], day: try row[7],
        writtenAt: try row[8])
    }
  }

  static func begin(
    _ summary: String, by actor: Actor, of proposal: ProposalID, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO policy_proposal_result (proposal_id, community_id, summary, progress, entries, begun_at,
        begun_by_id)
      VALUES (\(proposal), \(transaction.community), \(summary), \(0), \(0), \(transaction.now),
        \(actor.person))
      """)
  }

  static func insert(
    _ action: ResultAction, of proposal: ProposalID, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO policy_proposal_action (id, community_id, proposal_id, title, weight, starts_at, ends_at, status,
        progress)
      VALUES (\(action.id), \(transaction.community), \(proposal), \(action.title), \(action.weight),
        \(action.startsAt), \(action.endsAt), \(action.status), \(action.progress))
      """)
  }

  static func update(
    _ action: ResultAction, of proposal: ProposalID, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      UPDATE policy_proposal_action SET status = \(action.status), progress = \(action.progress)
      WHERE id = \(action.id) AND proposal_id = \(proposal) AND community_id = \(transaction.community)
      """)
  }

  /// Adds an entry, and keeps with the result how far it is since.
  static func append(
    _ entry: ResultEntry, by actor: Actor, of proposal: ProposalID, progress: Int,
    in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO policy_proposal_entry (proposal_id, sequence, community_id, action_id, status, progress, policy_id,
        policy_version, body, day, written_at, written_by_id, written_by_role)
      VALUES (\(proposal), \(entry.sequence), \(transaction.community), \(entry.action), \(entry.status),
        \(entry.progress), \(entry.policy), \(entry.policyVersion), \(entry.text), \(entry.day),
        \(entry.writtenAt), \(actor.person), \(actor.role))
      """)
    try transaction.execute(
      """
      UPDATE policy_proposal_result SET progress = \(progress), entries = \(entry.sequence)
      WHERE proposal_id = \(proposal) AND community_id = \(transaction.community)
      """)
  }
}
