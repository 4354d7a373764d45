import Database
import Kernel

/// What a report may say of a proposal: how many households voted and how, where they are enough, and what was answered.
struct ProposalEvidence: Sendable, Equatable {
  let id: ProposalID
  let title: String
  /// How many households voted, of how many.
  let turnout: Int
  let households: Int
  let isPassed: Bool
  /// The choices with their votes; nil where too few voted. Source: field/socialwork.md §2.12.
  let totals: [Total]?
  let countedAt: Timestamp
  /// What the official answer says; nil where there is none yet.
  let outcome: ProposalOutcome?

  struct Total: Sendable, Equatable {
    let choice: Phrase
    let votes: Int
  }

  /// What a report may say of one proposal; nil where its votes were not counted.
  static func of(
    _ id: ProposalID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> ProposalEvidence? {
    guard let proposal = try ProposalStore.find(id, in: community, snapshot),
      let counted = try BallotStore.counted(id, in: community, snapshot),
      let voting = try BallotStore.voting(of: id, in: community, snapshot)
    else { return nil }
    let totals = counted.count.shown.map { votes in
      zip(voting.choices, votes).map { Total(choice: $0.name, votes: $1) }
    }
    return ProposalEvidence(
      id: id, title: proposal.title, turnout: counted.count.turnout, households: counted.count.households,
      isPassed: counted.isPassed, totals: totals, countedAt: counted.countedAt,
      outcome: proposal.standing.outcome)
  }

  /// The proposals of a community whose votes were counted, the newest first, to choose from.
  static func choices(
    limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [(id: ProposalID, title: String)] {
    try ProposalStore.counted(limit: limit, in: community, snapshot).map { ($0.id, $0.title) }
  }
}
