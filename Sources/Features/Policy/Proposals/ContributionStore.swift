import Database
import Kernel
import People

extension Contribution.Stance: Storable {}

/// The queries of what was said of proposals.
enum ContributionStore {
  private static let columns: Query = """
    said.id, said.proposal_id, said.stance, said.body, said.is_said_at_meeting, said.author_id,
    said.household_id, said.written_at, said.recorded_by_id, hiding.reason
    """

  private static let tables: Query = """
    policy_proposal_contribution AS said
    LEFT JOIN policy_proposal_judgement AS hiding ON hiding.contribution_id = said.id AND hiding.is_hidden = 1
    """

  private static func read(_ row: borrowing Row) throws -> Contribution {
    Contribution(
      id: try row[0], proposal: try row[1], stance: try row[2], text: try row[3],
      isSaidAtMeeting: try row[4], author: try row[5], household: try row[6], writtenAt: try row[7],
      recordedBy: try row[8], hiddenBecause: try row[9])
  }

  /// What was said of one proposal, the first first, with how often each was reported.
  ///
  /// - Parameter last: the last one of the page before; nil for the first page.
  static func page(
    of proposal: ProposalID, after last: ContributionID?, limit: Int, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> [Contribution] {
    let start = last ?? ContributionID(rawValue: 0)
    var found = try snapshot.all(
      """
      SELECT \(columns) FROM \(tables)
      WHERE said.proposal_id = \(proposal) AND said.community_id = \(community) AND said.id > \(start)
      ORDER BY said.id LIMIT \(limit)
      """, read)
    var reports: [ContributionID: Int] = [:]
    try snapshot.forEach(
      """
      SELECT contribution_id, count(*) FROM policy_proposal_report
      WHERE community_id = \(community) AND proposal_id = \(proposal) GROUP BY contribution_id
      """
    ) { row in reports[try row[0]] = try row[1] }
    for index in found.indices { found[index].reports = reports[found[index].id] ?? 0 }
    return found
  }

  /// One contribution to this proposal; nil for those of others.
  static func find(
    _ id: ContributionID, of proposal: ProposalID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Contribution? {
    try snapshot.first(
      """
      SELECT \(columns) FROM \(tables)
      WHERE said.id = \(id) AND said.proposal_id = \(proposal) AND said.community_id = \(community)
      """, read)
  }

  /// How much is shown of each proposal.
  static func counts(
    of proposals: [ProposalID], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [ProposalID: Int] {
    var counts: [ProposalID: Int] = [:]
    for part in snapshot.chunks(of: proposals) {
      try snapshot.forEach(
        """
        SELECT said.proposal_id, count(*) FROM \(tables)
        WHERE said.proposal_id IN \(list: part) AND said.community_id = \(community)
          AND hiding.contribution_id IS NULL
        GROUP BY said.proposal_id
        """
      ) { row in counts[try row[0]] = try row[1] }
    }
    return counts
  }

  /// Proposals of which something was reported that nobody has looked at since.
  static func reported(limit: Int, in community: CommunityID, _ snapshot: Snapshot) throws -> [ProposalID] {
    try snapshot.values(
      """
      SELECT DISTINCT report.proposal_id FROM policy_proposal_report AS report
      WHERE report.community_id = \(community) AND NOT EXISTS (
        SELECT 1 FROM policy_proposal_judgement AS judged
        WHERE judged.contribution_id = report.contribution_id
          AND (judged.is_hidden = 1 OR judged.judged_at >= report.reported_at))
      ORDER BY report.proposal_id LIMIT \(limit)
      """)
  }

  static func insert(_ said: Contribution, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO policy_proposal_contribution (id, community_id, proposal_id, stance, body, is_said_at_meeting,
        author_id, household_id, written_at, recorded_by_id)
      VALUES (\(said.id), \(transaction.community), \(said.proposal), \(said.stance), \(said.text),
        \(said.isSaidAtMeeting), \(said.author), \(said.household), \(said.writtenAt), \(said.recordedBy))
      """)
  }

  /// Keeps what staff decided of a contribution.
  ///
  /// - Parameter reason: why it is hidden, for everybody to read; nil where it stays.
  static func judge(
    _ said: Contribution, hiddenBecause reason: String?, by actor: Actor, in transaction: Transaction
  ) throws {
    let before: Int64 =
      try transaction.value(
        "SELECT max(sequence) FROM policy_proposal_judgement WHERE contribution_id = \(said.id)") ?? 0
    try transaction.execute(
      """
      INSERT INTO policy_proposal_judgement (contribution_id, sequence, community_id, proposal_id, is_hidden,
        reason, judged_at, judged_by_id, judged_by_role)
      VALUES (\(said.id), \(before + 1), \(transaction.community), \(said.proposal), \(reason != nil),
        \(reason), \(transaction.now), \(actor.person), \(actor.role))
      """)
  }

  /// Notes that somebody reported it; a second time changes nothing.
  static func report(_ said: Contribution, by person: PersonID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO policy_proposal_report (contribution_id, person_id, community_id, proposal_id, reported_at)
      VALUES (\(said.id), \(person), \(transaction.community), \(said.proposal), \(transaction.now))
      ON CONFLICT (contribution_id, person_id) DO NOTHING
      """)
  }
}
