import Database
import Kernel
import People

extension Proposal.Origin: Storable {}
extension ProposalState: Storable {}
extension ProposalPhase: Storable {}
extension ProposalOutcome: Storable {}
extension ProposalChange.Step: Storable {}

/// The queries of proposals and of their events.
enum ProposalStore {
  private static let columns: Query = """
    proposal.id, proposal.title, proposal.body, proposal.origin, proposal.author_id, proposal.household_id,
    proposal.wishes_name, proposal.policy_id, proposal.meeting_id, proposal.made_at, proposal.made_by_id,
    proposal.made_by_role, standing.state, standing.events, standing.opens_at, standing.closes_at,
    standing.is_passed, standing.due_at, standing.outcome, standing.merged_into_id, standing.hides_title
    """

  private static let tables: Query = """
    policy_proposal_standing AS standing JOIN policy_proposal AS proposal ON proposal.id = standing.proposal_id
    """

  private static func read(_ row: borrowing Row) throws -> Proposal {
    Proposal(
      id: try row[0], title: try row[1], text: try row[2], origin: try row[3], author: try row[4],
      household: try row[5], wishesName: try row[6], policy: try row[7], meeting: try row[8],
      madeAt: try row[9], madeBy: Actor(person: try row[10], role: try row[11]),
      standing: ProposalStanding(
        state: try row[12], events: try row[13], opensAt: try row[14], closesAt: try row[15],
        isPassed: try row[16], dueAt: try row[17], outcome: try row[18], mergedInto: try row[19],
        isTitleHidden: try row[20]))
  }

  // MARK: - Reading

  static func find(
    _ id: ProposalID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Proposal? {
    try snapshot.first(
      """
      SELECT \(columns) FROM \(tables)
      WHERE standing.proposal_id = \(id) AND standing.community_id = \(community)
      """, read)
  }

  /// One part of the list, the newest first.
  ///
  /// - Parameter last: the last one of the page before; nil for the first page.
  static func page(
    of phase: ProposalPhase, before last: ProposalID?, limit: Int, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> [Proposal] {
    let end = last ?? ProposalID(rawValue: .max)
    return try snapshot.all(
      """
      SELECT \(columns) FROM \(tables)
      WHERE standing.community_id = \(community) AND standing.phase = \(phase) AND standing.proposal_id < \(end)
      ORDER BY standing.proposal_id DESC LIMIT \(limit)
      """, read)
  }

  /// Those that stand like this, the oldest first: what waits longest comes first.
  static func standing(
    _ state: ProposalState, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Proposal] {
    try snapshot.all(
      """
      SELECT \(columns) FROM \(tables)
      WHERE standing.community_id = \(community) AND standing.state = \(state)
      ORDER BY standing.proposal_id LIMIT \(limit)
      """, read)
  }

  /// Those of which something is done or was done, the newest first.
  static func tracked(
    before last: ProposalID?, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Proposal] {
    let end = last ?? ProposalID(rawValue: .max)
    return try snapshot.all(
      """
      SELECT \(columns) FROM \(tables) WHERE standing.community_id = \(community)
        AND standing.state IN ('tracked', 'done') AND standing.proposal_id < \(end)
      ORDER BY standing.proposal_id DESC LIMIT \(limit)
      """, read)
  }

  /// Those whose votes were counted, the newest first.
  static func counted(limit: Int, in community: CommunityID, _ snapshot: Snapshot) throws -> [Proposal] {
    try snapshot.all(
      """
      SELECT \(columns) FROM \(tables) WHERE standing.community_id = \(community)
        AND standing.phase IN ('underway', 'ended') AND standing.is_passed IS NOT NULL
      ORDER BY standing.proposal_id DESC LIMIT \(limit)
      """, read)
  }

  /// What somebody proposed, the newest first.
  static func own(
    _ person: PersonID, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Proposal] {
    try snapshot.all(
      """
      SELECT \(columns) FROM policy_proposal AS proposal
      JOIN policy_proposal_standing AS standing ON standing.proposal_id = proposal.id
      WHERE proposal.community_id = \(community) AND proposal.author_id = \(person)
      ORDER BY proposal.id DESC LIMIT \(limit)
      """, read)
  }

  /// Its steps, the first one first.
  static func events(
    of id: ProposalID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [ProposalEvent] {
    try snapshot.all(
      """
      SELECT kind, reason, target_id, hides_title, opens_at, closes_at, is_passed, due_at, outcome,
        happened_at, actor_id, actor_role
      FROM policy_proposal_event WHERE proposal_id = \(id) AND community_id = \(community) ORDER BY sequence
      """
    ) { row in
      ProposalEvent(
        change: try ProposalChange(row), at: try row[9], actor: Actor(person: try row[10], role: try row[11]))
    }
  }

  // MARK: - Writing

  /// Keeps a new proposal with the event that made it.
  static func insert(_ proposal: Proposal, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO policy_proposal (id, community_id, title, body, origin, author_id, household_id, wishes_name,
        policy_id, meeting_id, made_at, made_by_id, made_by_role)
      VALUES (\(proposal.id), \(transaction.community), \(proposal.title), \(proposal.text), \(proposal.origin),
        \(proposal.author), \(proposal.household), \(proposal.wishesName), \(proposal.policy),
        \(proposal.meeting), \(proposal.madeAt), \(proposal.madeBy.person), \(proposal.madeBy.role))
      """)
    let standing = proposal.standing
    try transaction.execute(
      """
      INSERT INTO policy_proposal_standing (proposal_id, community_id, state, phase, events, hides_title)
      VALUES (\(proposal.id), \(transaction.community), \(standing.state), \(standing.phase),
        \(standing.events), \(standing.isTitleHidden))
      """)
    let event = ProposalEvent(change: .submitted, at: proposal.madeAt, actor: proposal.madeBy)
    try insert(event, sequence: standing.events, of: proposal.id, in: transaction)
  }

  /// Adds an event and moves the standing with it.
  static func append(
    _ event: ProposalEvent, to proposal: inout Proposal, in transaction: Transaction
  ) throws {
    proposal.standing = proposal.standing.after(event.change)
    let standing = proposal.standing
    try insert(event, sequence: standing.events, of: proposal.id, in: transaction)
    try transaction.execute(
      """
      UPDATE policy_proposal_standing SET state = \(standing.state), phase = \(standing.phase),
        events = \(standing.events), opens_at = \(standing.opensAt), closes_at = \(standing.closesAt),
        is_passed = \(standing.isPassed), due_at = \(standing.dueAt), outcome = \(standing.outcome),
        merged_into_id = \(standing.mergedInto), hides_title = \(standing.isTitleHidden)
      WHERE proposal_id = \(proposal.id) AND community_id = \(transaction.community)
      """)
  }

  private static func insert(
    _ event: ProposalEvent, sequence: Int64, of proposal: ProposalID, in transaction: Transaction
  ) throws {
    let told = ProposalEventColumns(event.change)
    try transaction.execute(
      """
      INSERT INTO policy_proposal_event (proposal_id, sequence, community_id, kind, reason, target_id, hides_title,
        opens_at, closes_at, is_passed, due_at, outcome, happened_at, actor_id, actor_role)
      VALUES (\(proposal), \(sequence), \(transaction.community), \(event.change.step), \(told.reason),
        \(told.target), \(told.hidesTitle), \(told.opensAt), \(told.closesAt), \(told.isPassed), \(told.dueAt),
        \(told.outcome), \(event.at), \(event.actor.person), \(event.actor.role))
      """)
  }
}

/// What an event tells, as it stands in columns.
private struct ProposalEventColumns {
  var reason: String?
  var target: ProposalID?
  var hidesTitle = false
  var opensAt: Timestamp?
  var closesAt: Timestamp?
  var isPassed: Bool?
  var dueAt: Timestamp?
  var outcome: ProposalOutcome?

  init(_ change: ProposalChange) {
    switch change {
    case .submitted, .tracked, .finished: break
    case .accepted(let reason), .votingWithdrawn(let reason): self.reason = reason
    case .merged(let target, let reason): (self.target, self.reason) = (target, reason)
    case .notTakenUp(let reason, let hidesTitle): (self.reason, self.hidesTitle) = (reason, hidesTitle)
    case .votingSet(let opensAt, let closesAt): (self.opensAt, self.closesAt) = (opensAt, closesAt)
    case .counted(let isPassed): self.isPassed = isPassed
    case .sent(let dueAt): self.dueAt = dueAt
    case .answered(let outcome): self.outcome = outcome
    }
  }
}

extension ProposalChange {
  /// - Throws: `DatabaseError.unexpectedValue` where a column is missing that the event needs.
  fileprivate init(_ row: borrowing Row) throws {
    let step: Step = try row[0]
    switch step {
    case .submitted: self = .submitted
    case .accepted: self = .accepted(reason: try row[1])
    case .merged: self = .merged(into: try row[2], reason: try row[1])
    case .notTakenUp: self = .notTakenUp(reason: try row[1], hidesTitle: try row[3])
    case .votingSet: self = .votingSet(opensAt: try row[4], closesAt: try row[5])
    case .votingWithdrawn: self = .votingWithdrawn(reason: try row[1])
    case .counted: self = .counted(isPassed: try row[6])
    case .sent: self = .sent(dueAt: try row[7])
    case .answered: self = .answered(try row[8])
    case .tracked: self = .tracked
    case .finished: self = .finished
    }
  }
}
