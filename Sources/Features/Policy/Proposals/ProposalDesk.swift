package import Database
package import Kernel
import Messages
package import People

/// Where proposals are made, looked at, talked about and moved on: each step is one transaction, an event that is never
/// changed, and an entry of the audit chain.
package struct ProposalDesk: Sendable {
  let directory: Directory
  let messenger: Messenger
  let ports: ProposalPorts

  var notices: ProposalNotices { ProposalNotices(directory: directory, messenger: messenger) }

  // MARK: - The beginning

  /// Takes a proposal in. Nobody but its author and staff sees it until the station has looked at it.
  /// - Throws: `form.invalid` for policies and meetings that are none; `household.needed` for authors without one.
  @discardableResult
  package func submit(
    _ draft: ProposalDraft, for voice: ProposalVoice, in transaction: Transaction
  ) throws -> ProposalID {
    try check(draft, in: transaction)
    let author = voice.author
    let household = try author.map { author in
      guard
        let home = try directory.household(of: author, in: transaction.community, transaction)
      else { throw Problem.proposalAuthorHomeless }
      return home
    }
    let proposal = Proposal(
      id: transaction.newIdentifier(), title: draft.title, text: draft.text, origin: voice.origin,
      author: author, household: household, wishesName: draft.wishesName && author != nil,
      policy: draft.policy, meeting: draft.meeting, madeAt: transaction.now, madeBy: voice.writer,
      standing: .submitted)
    try ProposalStore.insert(proposal, in: transaction)
    try ProposalTrail.note(
      "policy.proposal_submit", by: voice.writer, of: proposal.id,
      onBehalfOf: author.flatMap { $0 == voice.writer.person ? nil : $0 }, purpose: voice.origin.rawValue,
      in: transaction)
    try notices.submitted(proposal, in: transaction)
    return proposal.id
  }

  private func check(_ draft: ProposalDraft, in transaction: Transaction) throws {
    var problems = Problems()
    if let policy = draft.policy,
      try ports.policies.card(policy, transaction.community, transaction) == nil
    {
      problems.add("policy", Phrase("请从列表里选择。", "Please choose from the list."))
    }
    if let meeting = draft.meeting,
      try ports.meetings.card(meeting, transaction.community, transaction) == nil
    {
      problems.add("meeting", Phrase("请从列表里选择。", "Please choose from the list."))
    }
    try problems.throwIfAny()
  }

  /// Says what becomes of a proposal that came in; the reason is published, and the author told.
  /// - Throws: `proposal.not_possible`, `proposal.stale`; `form.invalid` for a proposal that nothing can be merged into.
  package func screen(
    _ screening: ProposalScreening, of id: ProposalID, seen: Int64, by actor: Actor,
    in transaction: Transaction
  ) throws {
    if case .merged(let target, _) = screening.change {
      let open = try ProposalStore.find(target, in: transaction.community, transaction)
      guard let open, open.id != id, open.standing.phase == .open else {
        throw Problem.invalid([
          FieldProblem("target", Phrase("请选一个正在商量的提案。", "Please choose a proposal that is open."))
        ])
      }
    }
    let proposal = try take(screening.change, id, seen: seen, by: actor, in: transaction)
    try notices.screened(proposal, in: transaction)
  }

  // MARK: - Moving on

  /// - Throws: `not_found`; `proposal.stale` where something happened that the form had not seen.
  func find(_ id: ProposalID, seen: Int64, in transaction: Transaction) throws -> Proposal {
    guard let proposal = try ProposalStore.find(id, in: transaction.community, transaction) else {
      throw Problem.notFound
    }
    guard proposal.standing.events == seen else { throw Problem.proposalStale }
    return proposal
  }

  /// Lets a proposal take one step.
  ///
  /// - Returns: the proposal as it stands now.
  /// - Throws: `not_found`, `proposal.stale`, and why the step cannot be taken.
  @discardableResult
  func take(
    _ change: ProposalChange, _ id: ProposalID, seen: Int64, by actor: Actor, haveActionsEnded: Bool = false,
    in transaction: Transaction
  ) throws -> Proposal {
    var proposal = try find(id, seen: seen, in: transaction)
    if let refusal = ProposalRules.refusal(
      of: change, to: proposal.standing, at: transaction.now, haveActionsEnded: haveActionsEnded)
    {
      throw refusal
    }
    try ProposalStore.append(
      ProposalEvent(change: change, at: transaction.now, actor: actor), to: &proposal, in: transaction)
    try ProposalTrail.note(
      "policy.proposal_step", by: actor, of: id, purpose: change.step.rawValue, in: transaction)
    return proposal
  }
}

/// Whose a proposal is, and who writes it down.
package enum ProposalVoice: Sendable, Equatable {
  case resident(PersonID)
  case forResident(PersonID, by: Actor)
  case meeting(by: Actor)

  var origin: Proposal.Origin {
    switch self {
    case .resident: .resident
    case .forResident: .forResident
    case .meeting: .meeting
    }
  }

  var author: PersonID? {
    switch self {
    case .resident(let person), .forResident(let person, _): person
    case .meeting: nil
    }
  }

  var writer: Actor {
    switch self {
    case .resident(let person): Actor(person: person, role: .resident)
    case .forResident(_, let actor), .meeting(let actor): actor
    }
  }
}

/// Entries of the audit chain about proposals: identifiers and words of the program alone, never what somebody said or chose.
enum ProposalTrail {
  static func note(
    _ action: StaticString, by actor: Actor, of proposal: ProposalID, onBehalfOf: PersonID? = nil,
    purpose: String = "", in transaction: Transaction
  ) throws {
    try transaction.audit(
      AuditEntry(
        actor: actor.person, role: actor.role, onBehalfOf: onBehalfOf, action: action,
        object: proposal.rawValue, purpose: purpose))
  }
}

extension Problem {
  static let proposalAuthorHomeless = Problem(
    "household.needed", status: 403,
    Phrase("要登记了门牌号才能提议。", "Proposals come from people who are registered with a household."),
    advice: Phrase("请联系居委会登记门牌号。", "Please ask the neighbourhood committee to add the address."))
}
