import Database
import Kernel
import People

extension DecisionRule.Majority: Storable {}
extension BallotMethod: Storable {}

/// The queries of votes: what is voted on, who has voted, what is in the box, and what was counted.
///
/// No query joins the roll to the box: each is asked by itself, the roll for one household at a time or for its length, the
/// box as a whole.
enum BallotStore {
  // MARK: - What is voted on

  /// What was announced last of a proposal; nil for none.
  static func voting(
    of proposal: ProposalID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> ProposalVoting? {
    try snapshot.first(
      """
      SELECT options, opens_at, closes_at, majority, quorum FROM policy_proposal_voting
      WHERE proposal_id = \(proposal) AND community_id = \(community) ORDER BY sequence DESC LIMIT 1
      """
    ) { row in
      let options: String = try row[0]
      return ProposalVoting(
        options: options.split(separator: "\n").map(String.init), opensAt: try row[1], closesAt: try row[2],
        rule: DecisionRule(majority: try row[3], quorum: try row[4]))
    }
  }

  /// - Parameter sequence: of the event that announced it.
  static func insert(
    _ voting: ProposalVoting, sequence: Int64, of proposal: ProposalID, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO policy_proposal_voting (proposal_id, sequence, community_id, options, choices, winners, opens_at,
        closes_at, majority, quorum)
      VALUES (\(proposal), \(sequence), \(transaction.community), \(voting.options.joined(separator: "\n")),
        \(voting.choices.count), \(voting.winners), \(voting.opensAt), \(voting.closesAt),
        \(voting.rule.majority), \(voting.rule.quorum))
      """)
  }

  // MARK: - The roll

  /// That a household has voted, and how; nil while it has not.
  static func entry(
    of household: HouseholdID, on proposal: ProposalID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> RollEntry? {
    try snapshot.first(
      """
      SELECT method, voted_at FROM policy_proposal_roll
      WHERE proposal_id = \(proposal) AND household_id = \(household) AND community_id = \(community)
      """
    ) { row in RollEntry(method: try row[0], votedAt: try row[1]) }
  }

  /// How many households have voted.
  static func turnout(
    of proposal: ProposalID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Int {
    try snapshot.value(
      """
      SELECT count(*) FROM policy_proposal_roll WHERE proposal_id = \(proposal) AND community_id = \(community)
      """) ?? 0
  }

  /// Households that voted, in the order of their numbers, for telling them what came of it.
  ///
  /// - Parameter last: the last one of the part before; nil for the first part.
  static func voters(
    on proposal: ProposalID, after last: HouseholdID?, limit: Int, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> [HouseholdID] {
    try snapshot.values(
      """
      SELECT household_id FROM policy_proposal_roll
      WHERE proposal_id = \(proposal) AND community_id = \(community)
        AND household_id > \(last ?? HouseholdID(rawValue: 0))
      ORDER BY household_id LIMIT \(limit)
      """)
  }

  /// Enters that a household voted.
  /// - Throws: `DatabaseError.unique` where it stands there already.
  static func enter(
    _ vote: HouseholdVote, on proposal: ProposalID, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO policy_proposal_roll (proposal_id, household_id, community_id, method, voted_by_id, entered_by_id,
        entered_by_role, voted_at)
      VALUES (\(proposal), \(vote.household), \(transaction.community), \(vote.method), \(vote.voter),
        \(vote.enteredBy?.person), \(vote.enteredBy?.role), \(transaction.now))
      """)
  }

  // MARK: - The box

  static func put(_ ballot: SealedBallot, on proposal: ProposalID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO policy_proposal_ballot (proposal_id, id, community_id, choice)
      VALUES (\(proposal), \(ballot.id), \(transaction.community), \(ballot.choice))
      """)
  }

  /// Everything in the box, in the order of the lots.
  static func ballots(
    on proposal: ProposalID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [SealedBallot] {
    try snapshot.all(
      """
      SELECT id, choice FROM policy_proposal_ballot
      WHERE proposal_id = \(proposal) AND community_id = \(community) ORDER BY id
      """
    ) { row in SealedBallot(id: try row[0], choice: try row[1]) }
  }

  // MARK: - What was counted

  /// Keeps the totals and empties the box.
  ///
  /// - Parameter sequence: of the event that announced the vote.
  static func insert(
    _ vote: CountedVote, sequence: Int64, by actor: Actor, of proposal: ProposalID,
    in transaction: Transaction
  ) throws {
    let count = vote.count
    try transaction.execute(
      """
      INSERT INTO policy_proposal_count (proposal_id, community_id, sequence, turnout, households, is_passed,
        counted_at, counted_by_id)
      VALUES (\(proposal), \(transaction.community), \(sequence), \(count.turnout), \(count.households),
        \(vote.isPassed), \(vote.countedAt), \(actor.person))
      """)
    var rows = Rows(into: "policy_proposal_tally", "proposal_id", "number", "community_id", "votes")
    for (index, votes) in count.votes.enumerated() {
      rows.append(values: [
        proposal.storedValue, (index + 1).storedValue, transaction.community.storedValue, votes.storedValue,
      ])
    }
    try transaction.insert(rows)
    try transaction.overwriteWhatIsDeleted()
    try transaction.execute(
      """
      DELETE FROM policy_proposal_ballot
      WHERE proposal_id = \(proposal) AND community_id = \(transaction.community)
      """)
  }

  /// The sequence of the event that announced the vote; nil where none is announced.
  static func sequence(
    of proposal: ProposalID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Int64? {
    try snapshot.value(
      """
      SELECT max(sequence) FROM policy_proposal_voting
      WHERE proposal_id = \(proposal) AND community_id = \(community)
      """)
  }

  /// The result of a vote; nil while it was not counted.
  static func counted(
    _ proposal: ProposalID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> CountedVote? {
    let found: (households: Int, isPassed: Bool, at: Timestamp)? = try snapshot.first(
      """
      SELECT households, is_passed, counted_at FROM policy_proposal_count
      WHERE proposal_id = \(proposal) AND community_id = \(community)
      """
    ) { row in (try row[0], try row[1], try row[2]) }
    guard let found else { return nil }
    let votes: [Int] = try snapshot.values(
      """
      SELECT votes FROM policy_proposal_tally
      WHERE proposal_id = \(proposal) AND community_id = \(community) ORDER BY number
      """)
    return CountedVote(
      count: BallotCount(votes: votes, households: found.households), isPassed: found.isPassed,
      countedAt: found.at)
  }
}
