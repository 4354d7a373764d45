package import Database
package import Kernel
package import People

extension ProposalDesk {
  /// Takes what a resident says of a proposal.
  /// - Throws: `not_found`, `proposal.discussion_over`, `household.needed`.
  package func say(
    _ draft: ContributionDraft, of id: ProposalID, by person: PersonID, in transaction: Transaction
  ) throws {
    guard
      let household = try directory.household(of: person, in: transaction.community, transaction)
    else { throw Problem.proposalAuthorHomeless }
    let said = Contribution(
      id: transaction.newIdentifier(), proposal: id, stance: draft.stance, text: draft.text,
      isSaidAtMeeting: false, author: person, household: household, writtenAt: transaction.now,
      recordedBy: nil)
    try keep(said, by: Actor(person: person, role: .resident), in: transaction)
  }

  /// Notes what was said at a meeting, without who said it.
  /// - Throws: `not_found`, `proposal.discussion_over`.
  package func record(
    _ draft: ContributionDraft, of id: ProposalID, by actor: Actor, in transaction: Transaction
  ) throws {
    let said = Contribution(
      id: transaction.newIdentifier(), proposal: id, stance: draft.stance, text: draft.text,
      isSaidAtMeeting: true, author: nil, household: nil, writtenAt: transaction.now,
      recordedBy: actor.person)
    try keep(said, by: actor, in: transaction)
  }

  private func keep(_ said: Contribution, by actor: Actor, in transaction: Transaction) throws {
    guard
      let proposal = try ProposalStore.find(said.proposal, in: transaction.community, transaction),
      proposal.standing.state != .submitted
    else { throw Problem.notFound }
    guard proposal.standing.takesContributions(at: transaction.now) else {
      throw Problem.proposalDiscussionOver
    }
    try ContributionStore.insert(said, in: transaction)
    try ProposalTrail.note(
      "policy.proposal_say", by: actor, of: proposal.id, purpose: said.isSaidAtMeeting ? "meeting" : "own",
      in: transaction)
  }

  /// Notes that somebody thinks a contribution should not stand there.
  /// - Throws: `not_found`, also for what is hidden already.
  func report(
    _ id: ContributionID, of proposal: ProposalID, by person: PersonID, in transaction: Transaction
  ) throws {
    let said = try shown(id, of: proposal, in: transaction)
    try ContributionStore.report(said, by: person, in: transaction)
    try ProposalTrail.note(
      "policy.proposal_report", by: Actor(person: person, role: .resident), of: proposal, in: transaction)
    try notices.reported(proposal, in: transaction)
  }

  /// Hides a contribution, with a reason for everybody to read in its place; or lets it stay although it was reported.
  ///
  /// - Parameter reason: nil lets it stay.
  /// - Throws: `not_found`, also for what is hidden already.
  func judge(
    _ id: ContributionID, of proposal: ProposalID, hiddenBecause reason: String?, by actor: Actor,
    in transaction: Transaction
  ) throws {
    let said = try shown(id, of: proposal, in: transaction)
    try ContributionStore.judge(said, hiddenBecause: reason, by: actor, in: transaction)
    try ProposalTrail.note(
      "policy.proposal_judge", by: actor, of: proposal, purpose: reason == nil ? "stays" : "hidden",
      in: transaction)
  }

  private func shown(
    _ id: ContributionID, of proposal: ProposalID, in transaction: Transaction
  ) throws -> Contribution {
    guard
      let said = try ContributionStore.find(id, of: proposal, in: transaction.community, transaction),
      !said.isHidden
    else { throw Problem.notFound }
    return said
  }
}
