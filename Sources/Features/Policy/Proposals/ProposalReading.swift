import Database
import Kernel
import People

/// By whom a proposal is shown to be: without a name, unless its author wants to be named and still agrees to it.
enum Byline: Sendable, Equatable {
  case named(String)
  /// A resident of this building, which is big enough to tell nothing more. In its stored spelling.
  case building(String)
  case resident
  case meeting
}

/// A proposal with what stands beside it for everybody.
struct ShownProposal: Sendable {
  let proposal: Proposal
  let byline: Byline
  var policy: ProposalPolicies.Card?
  var meeting: MeetingDirectory.Card?
  /// How much is shown that was said of it.
  var contributions = 0
}

/// What was said, with the building where it may be told.
struct ShownContribution: Sendable {
  let said: Contribution
  /// In its stored spelling.
  let building: String?
}

/// One proposal with all that everybody may know of it.
struct ProposalView: Sendable {
  let shown: ShownProposal
  let events: [ProposalEvent]
  /// Titles of proposals that it speaks of.
  let mergedInto: Proposal?
  let said: [ShownContribution]
  /// Where the next part of what was said begins; nil for the last part.
  let next: ContributionID?
  let voting: ProposalVoting?
  /// How many households have voted.
  let turnout: Int
  let counted: CountedVote?
  let sending: ProposalSending?
  let answer: ProposalAnswer?
  let result: ProposalResult?

  var proposal: Proposal { shown.proposal }
}

/// Puts together what is shown of proposals.
struct ProposalReading: Sendable {
  /// Contributions on one page.
  static let part = 100

  let directory: Directory
  let ports: ProposalPorts
  let community: CommunityID

  // MARK: - Whose it is

  /// These proposals with what stands beside them.
  func shown(_ proposals: [Proposal], _ snapshot: Snapshot) throws -> [ShownProposal] {
    let wishing = Set(proposals.filter(\.wishesName).compactMap(\.author)).sorted()
    let agreed =
      wishing.isEmpty
      ? []
      : try directory.consent.allowed(
        wishing, .publishing, .name, to: .everyone, at: snapshot.now, in: community, snapshot)
    let names = try directory.displayNames(of: agreed, in: community, snapshot)
    let buildings = try tellableBuildings(of: proposals.compactMap(\.household), snapshot)
    let counts = try ContributionStore.counts(of: proposals.map(\.id), in: community, snapshot)
    return try proposals.map { proposal in
      let name = proposal.wishesName ? proposal.author.flatMap { names[$0] } : nil
      let building = proposal.household.flatMap { buildings[$0] }
      let byline: Byline =
        proposal.origin == .meeting
        ? .meeting : name.map { .named($0) } ?? building.map { .building($0) } ?? .resident
      return ShownProposal(
        proposal: proposal, byline: byline,
        policy: try proposal.policy.flatMap { try ports.policies.card($0, community, snapshot) },
        meeting: try proposal.meeting.flatMap { try ports.meetings.card($0, community, snapshot) },
        contributions: counts[proposal.id] ?? 0)
    }
  }

  /// The building of each household, where so many households live in it that it tells of none of them.
  func tellableBuildings(
    of households: [HouseholdID], _ snapshot: Snapshot
  ) throws -> [HouseholdID: String] {
    if households.isEmpty { return [:] }
    let sizes = Dictionary(
      try directory.buildings(of: community, snapshot).map { ($0.building, $0.households) }
    ) { first, _ in first }
    return try directory.buildings(of: Set(households), in: community, snapshot)
      .filter { (sizes[$0.value] ?? 0) >= ProposalRules.least }
  }

  // MARK: - One

  /// A proposal with all that everybody may know of it.
  ///
  /// - Parameters:
  ///   - last: where the part of the contributions begins; nil for the first part.
  /// - Throws: `not_found`.
  func view(
    of id: ProposalID, after last: ContributionID? = nil, _ snapshot: Snapshot
  ) throws -> ProposalView {
    guard let proposal = try ProposalStore.find(id, in: community, snapshot),
      let shown = try shown([proposal], snapshot).first
    else { throw Problem.notFound }
    let said = try ContributionStore.page(
      of: id, after: last, limit: Self.part + 1, in: community, snapshot)
    let part = Portion(said, of: Self.part)
    let buildings = try tellableBuildings(of: part.shown.compactMap(\.household), snapshot)
    let isVoting = proposal.standing.state == .voting
    return ProposalView(
      shown: shown, events: try ProposalStore.events(of: id, in: community, snapshot),
      mergedInto: try proposal.standing.mergedInto.flatMap {
        try ProposalStore.find($0, in: community, snapshot)
      },
      said: part.shown.map { said in
        ShownContribution(said: said, building: said.household.flatMap { buildings[$0] })
      },
      next: part.last?.id,
      voting: proposal.standing.opensAt == nil
        ? nil : try BallotStore.voting(of: id, in: community, snapshot),
      turnout: isVoting ? try BallotStore.turnout(of: id, in: community, snapshot) : 0,
      counted: try BallotStore.counted(id, in: community, snapshot),
      sending: try AnswerStore.sending(of: id, in: community, snapshot),
      answer: try AnswerStore.answer(to: id, in: community, snapshot),
      result: try ResultStore.result(of: id, in: community, snapshot))
  }
}
