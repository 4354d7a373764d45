package import Database
package import Kernel
import Messages
package import People
import Web

/// Where proposals that passed are answered, and where everybody is kept informed of what is done: each step is one
/// transaction, an entry that is never changed, and an entry of the audit chain.
package struct ResultDesk: Sendable {
  let desk: ProposalDesk

  // MARK: - The answer

  /// Gives a proposal to whoever has to answer it, with a day; or to another one, or with another day.
  /// - Throws: `proposal.not_possible`, `proposal.stale`.
  package func send(
    _ sending: ProposalSending, _ id: ProposalID, seen: Int64, by actor: Actor, in transaction: Transaction
  ) throws {
    let proposal = try desk.take(
      .sent(dueAt: sending.dueAt), id, seen: seen, by: actor, in: transaction)
    try AnswerStore.insert(sending, sequence: proposal.standing.events, of: id, in: transaction)
    try ProposalJobs.wasSent(proposal, in: transaction)
    try desk.notices.sent(proposal, sending.addressee, in: transaction)
  }

  /// Publishes the official answer, and has everybody told who voted.
  ///
  /// - Parameter roles: all that the person holds; whose they act in follows from who has to answer.
  /// - Throws: `proposal.not_possible`, `proposal.stale`, `forbidden` for whoever cannot answer for the addressee.
  package func answer(
    _ answer: ProposalAnswer, to id: ProposalID, seen: Int64, by person: PersonID, holding roles: Set<Role>,
    in transaction: Transaction
  ) throws {
    guard
      let sending = try AnswerStore.sending(of: id, in: transaction.community, transaction),
      sending.addressee == answer.addressee
    else { throw Problem.proposalNotPossible }
    guard let role = ProposalRoles.answering(sending.addressee).intersection(roles).min() else {
      throw Problem.forbidden
    }
    let actor = Actor(person: person, role: role)
    let proposal = try desk.take(.answered(answer.outcome), id, seen: seen, by: actor, in: transaction)
    try AnswerStore.insert(answer, by: actor, to: id, in: transaction)
    try ProposalJobs.wasAnswered(id, in: transaction)
    try desk.notices.tellAuthor(
      of: proposal, "answered", Phrase("您的提案有了正式答复。", "There is an official answer to your proposal."),
      in: transaction)
  }

  // MARK: - The result

  /// Begins the tracker of a proposal that was accepted.
  /// - Throws: `proposal.not_possible`, `proposal.stale`.
  package func begin(
    _ summary: String, of id: ProposalID, seen: Int64, by actor: Actor, in transaction: Transaction
  ) throws {
    try desk.take(.tracked, id, seen: seen, by: actor, in: transaction)
    try ResultStore.begin(summary, by: actor, of: id, in: transaction)
  }

  /// Adds a step.
  /// - Throws: `proposal.not_possible` unless the result is under way; `proposal.too_many_actions`.
  @discardableResult
  package func add(
    _ draft: ResultActionDraft, to id: ProposalID, by actor: Actor, in transaction: Transaction
  ) throws -> ResultActionID {
    let result = try open(id, in: transaction)
    guard result.actions.count < ProposalResult.actionLimit else { throw Problem.proposalTooManyActions }
    let action = ResultAction(
      id: transaction.newIdentifier(), title: draft.title, weight: draft.weight, startsAt: draft.startsAt,
      endsAt: draft.endsAt, status: .planned, progress: 0)
    try ResultStore.insert(action, of: id, in: transaction)
    try append(
      ResultEntryDraft(text: draft.title, day: transaction.now), about: action, to: result,
      now: result.actions + [action], by: actor, in: transaction)
    return action.id
  }

  /// Notes how far a step is.
  /// - Throws: `not_found` for steps of other results; `proposal.not_possible` unless the result is under way.
  package func report(
    _ report: ResultReport, on step: ResultActionID, of id: ProposalID, by actor: Actor,
    in transaction: Transaction
  ) throws {
    let result = try open(id, in: transaction)
    var actions = result.actions
    guard let place = actions.firstIndex(where: { $0.id == step }) else { throw Problem.notFound }
    actions[place].status = report.status
    actions[place].progress = report.progress
    try ResultStore.update(actions[place], of: id, in: transaction)
    try append(report.entry, about: actions[place], to: result, now: actions, by: actor, in: transaction)
  }

  /// Notes something about the whole, such as the new version of the policy that was changed by it.
  /// - Throws: `proposal.not_possible` unless the result is under way; `form.invalid` for a policy that is none.
  package func note(
    _ draft: ResultEntryDraft, on id: ProposalID, by actor: Actor, in transaction: Transaction
  ) throws {
    let result = try open(id, in: transaction)
    try append(draft, about: nil, to: result, now: result.actions, by: actor, in: transaction)
  }

  /// Says that nothing more is to come, and has everybody told who voted.
  /// - Throws: `proposal.actions_open`, `proposal.not_possible`, `proposal.stale`.
  func finish(_ id: ProposalID, seen: Int64, by actor: Actor, in transaction: Transaction) throws {
    let result = try ResultStore.result(of: id, in: transaction.community, transaction)
    let proposal = try desk.take(
      .finished, id, seen: seen, by: actor, haveActionsEnded: result?.haveActionsEnded ?? false,
      in: transaction)
    try ProposalJobs.isDone(id, in: transaction)
    try desk.notices.tellAuthor(
      of: proposal, "done", Phrase("您的提案办完了。", "What you proposed is done."), in: transaction)
  }

  // MARK: - Parts

  /// The result of a proposal, while it is under way.
  private func open(_ id: ProposalID, in transaction: Transaction) throws -> ProposalResult {
    guard let proposal = try ProposalStore.find(id, in: transaction.community, transaction) else {
      throw Problem.notFound
    }
    guard proposal.standing.state == .tracked,
      let result = try ResultStore.result(of: id, in: transaction.community, transaction)
    else { throw Problem.proposalNotPossible }
    return result
  }

  private func append(
    _ draft: ResultEntryDraft, about action: ResultAction?, to result: ProposalResult,
    now actions: [ResultAction], by actor: Actor, in transaction: Transaction
  ) throws {
    let policy = try draft.policy.map { id in
      guard let card = try desk.ports.policies.card(id, transaction.community, transaction) else {
        throw Problem.invalid([
          FieldProblem("policy", Phrase("请从列表里选择。", "Please choose from the list."))
        ])
      }
      return card
    }
    let entry = ResultEntry(
      sequence: result.entries + 1, action: action?.id, status: action?.status, progress: action?.progress,
      policy: policy?.id, policyVersion: policy?.version, text: draft.text, day: draft.day,
      writtenAt: transaction.now)
    try ResultStore.append(
      entry, by: actor, of: result.proposal, progress: ResultProgress.of(actions), in: transaction)
    try ProposalTrail.note(
      "policy.proposal_entry", by: actor, of: result.proposal, purpose: String(entry.sequence),
      in: transaction)
  }
}

extension Problem {
  static let proposalTooManyActions = Problem(
    "proposal.too_many_actions", status: 409,
    Phrase(
      "一个提案最多写 \(ProposalResult.actionLimit) 步。",
      "A proposal has at most \(ProposalResult.actionLimit) steps."),
    advice: Phrase("请把小的步骤并起来。", "Please join the small ones."))
}
