package import Database
package import Kernel
import Messages
package import People

/// A household's vote as it goes into the roll: without the choice.
package struct HouseholdVote: Sendable, Equatable {
  /// By whom it came in.
  package enum Voice: Sendable, Equatable {
    /// Somebody of the household, on this site.
    case own(PersonID)
    /// Staff, for a household that handed it in or said it.
    case keyed(BallotMethod, by: Actor)
  }

  let household: HouseholdID
  let voice: Voice

  package init(household: HouseholdID, voice: Voice) {
    self.household = household
    self.voice = voice
  }

  var method: BallotMethod { if case .keyed(let method, _) = voice { method } else { .own } }
  var voter: PersonID? { if case .own(let person) = voice { person } else { nil } }
  var enteredBy: Actor? { if case .keyed(_, let actor) = voice { actor } else { nil } }

  /// Who does it, as the audit chain says.
  var actor: Actor {
    switch voice {
    case .own(let person): Actor(person: person, role: .resident)
    case .keyed(_, let actor): actor
    }
  }
}

/// Where votes are announced, given and counted: each step is one transaction and an entry of the audit chain, and none of
/// them holds a choice anywhere but in the sealed box.
package struct BallotDesk: Sendable {
  let desk: ProposalDesk

  private var directory: Directory { desk.directory }

  /// Announces a vote.
  /// - Throws: `proposal.not_possible`, `proposal.stale`.
  package func announce(
    _ voting: ProposalVoting, of id: ProposalID, seen: Int64, by actor: Actor, in transaction: Transaction
  ) throws {
    let proposal = try desk.take(
      .votingSet(opensAt: voting.opensAt, closesAt: voting.closesAt), id, seen: seen, by: actor,
      in: transaction)
    try BallotStore.insert(voting, sequence: proposal.standing.events, of: id, in: transaction)
    try ProposalJobs.voteWasSet(proposal, in: transaction)
  }

  /// Calls a vote off that is not open yet.
  /// - Throws: `proposal.not_possible`, `proposal.stale`.
  func callOff(
    _ id: ProposalID, because reason: String, seen: Int64, by actor: Actor, in transaction: Transaction
  ) throws {
    try desk.take(.votingWithdrawn(reason: reason), id, seen: seen, by: actor, in: transaction)
    try ProposalJobs.voteWasCalledOff(id, in: transaction)
  }

  /// Takes a household's one vote. It cannot be changed: nobody knows any more which of the ballots was theirs.
  ///
  /// - Parameters:
  ///   - number: of the choice.
  ///   - box: seals it.
  /// - Throws: `not_found` for proposals and households of other communities; `proposal.vote_not_open`,
  ///   `proposal.no_choice`, `proposal.household_voted`.
  package func vote(
    _ number: Int, _ vote: HouseholdVote, on id: ProposalID, sealing box: BallotBox,
    in transaction: Transaction
  ) throws {
    let community = transaction.community
    guard let proposal = try ProposalStore.find(id, in: community, transaction),
      try directory.buildings(of: [vote.household], in: community, transaction)[vote.household] != nil
    else { throw Problem.notFound }
    guard proposal.standing.takesVotes(at: transaction.now),
      let voting = try BallotStore.voting(of: id, in: community, transaction)
    else { throw Problem.proposalVoteNotOpen }
    guard voting.choice(number) != nil else { throw Problem.proposalNoChoice }
    guard try BallotStore.entry(of: vote.household, on: id, in: community, transaction) == nil else {
      throw Problem.proposalHouseholdVoted
    }
    do {
      try BallotStore.enter(vote, on: id, in: transaction)
    } catch DatabaseError.unique {
      throw Problem.proposalHouseholdVoted
    }
    try BallotStore.put(try box.seal(number, in: community), on: id, in: transaction)
    try ProposalTrail.note(
      "policy.proposal_vote", by: vote.actor, of: id, purpose: vote.method.rawValue, in: transaction)
  }

  /// Opens the box after the end, keeps the totals, and says by the rule whether it passed.
  /// - Throws: `proposal.voting_open`, `proposal.not_possible`, `proposal.stale`, `proposal.ballot_damaged`.
  package func count(
    _ id: ProposalID, seen: Int64, opening box: BallotBox, by actor: Actor, in transaction: Transaction
  ) throws {
    let community = transaction.community
    let proposal = try desk.find(id, seen: seen, in: transaction)
    // Nothing is opened before it is sure that it may be.
    if let refusal = ProposalRules.refusal(
      of: .counted(isPassed: false), to: proposal.standing, at: transaction.now)
    {
      throw refusal
    }
    guard let voting = try BallotStore.voting(of: id, in: community, transaction),
      let sequence = try BallotStore.sequence(of: id, in: community, transaction)
    else { throw Problem.internalFault }
    let ballots = try BallotStore.ballots(on: id, in: community, transaction)
    let count = BallotCount(
      votes: try box.count(ballots, choices: voting.choices.count, in: community),
      households: Int(try directory.householdCount(of: community, transaction)))
    guard count.turnout == (try BallotStore.turnout(of: id, in: community, transaction)) else {
      throw Problem.proposalBallotDamaged
    }
    let isPassed = voting.rule.winner(of: count, among: voting.winners) != nil
    let counted = try desk.take(.counted(isPassed: isPassed), id, seen: seen, by: actor, in: transaction)
    let vote = CountedVote(count: count, isPassed: isPassed, countedAt: transaction.now)
    try BallotStore.insert(vote, sequence: sequence, by: actor, of: id, in: transaction)
    try ProposalJobs.voteWasCounted(id, in: transaction)
    try desk.notices.counted(counted, in: transaction)
  }
}

extension Problem {
  static let proposalVoteNotOpen = Problem(
    "proposal.vote_not_open", status: 409,
    Phrase("现在不是投票的时候。", "Votes are not taken now."),
    advice: Phrase("请看看投票从什么时候到什么时候。", "Please look from when to when they are."))

  static let proposalNoChoice = Problem(
    "proposal.no_choice", status: 422,
    Phrase("没有这个选项。", "There is no such choice."),
    advice: Phrase("请从列出的选项里选一个。", "Please choose one of those that are listed."))

  static let proposalHouseholdVoted = Problem(
    "proposal.household_voted", status: 409,
    Phrase("这户已经投过了，一户一票。", "This household has voted; each has one vote."),
    advice: Phrase(
      "投了什么，谁也查不到，所以也改不了。", "Nobody can look up what it voted, so it cannot be changed either."))
}
