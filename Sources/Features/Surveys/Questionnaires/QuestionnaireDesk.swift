import Database
import Kernel
import People

/// Where questionnaires are made, written, opened and closed: each step is one transaction with an entry of the audit chain.
struct QuestionnaireDesk: Sendable {
  /// Makes one with nothing to ask yet.
  func make(_ terms: QuestionnaireTerms, by actor: Actor, in transaction: Transaction) throws -> Questionnaire
  {
    let id: QuestionnaireID = transaction.newIdentifier()
    let questionnaire = Questionnaire(
      id: id, createdAt: transaction.now, createdBy: actor, state: .draft, version: 0, events: 1)
    let draft = QuestionnaireDraft(
      terms: terms, definition: FormDefinition(formID: "form_\(id)", title: FormText(terms.title)),
      revision: 1, updatedAt: transaction.now, updatedBy: actor)
    try QuestionnaireStore.insert(questionnaire, draft, in: transaction)
    try transaction.audit("surveys.questionnaire_make", by: actor, of: id.rawValue)
    return questionnaire
  }

  /// Changes what is being written. Nothing else sees it before it is opened.
  ///
  /// - Parameters:
  ///   - seen: the revision that the author saw.
  ///   - change: what is done to the draft; what it throws undoes all.
  /// - Returns: the new revision.
  /// - Throws: `not_found`, `questionnaire.stale`, `questionnaire.not_possible` for one that is locked.
  @discardableResult
  func write(
    _ id: QuestionnaireID, seen: Int64, by actor: Actor, in transaction: Transaction,
    _ change: (inout QuestionnaireDraft) throws -> Void
  ) throws -> Int64 {
    let questionnaire = try find(id, transaction)
    guard questionnaire.state != .locked else { throw Problem.questionnaireNotPossible }
    guard
      var draft = try QuestionnaireVersionStore.draft(of: id, in: transaction.community, transaction)
    else { throw Problem.notFound }
    guard draft.revision == seen else { throw Problem.questionnaireStale }
    try change(&draft)
    draft.definition = draft.definition.cleaned
    draft.revision += 1
    draft.updatedAt = transaction.now
    draft.updatedBy = actor
    try QuestionnaireVersionStore.keep(draft, of: id, in: transaction)
    try transaction.audit("surveys.questionnaire_write", by: actor, of: id.rawValue)
    return draft.revision
  }

  /// Freezes the draft as the next version and takes answers to it.
  /// - Throws: `not_found`, `questionnaire.stale`, `questionnaire.not_possible`, `questionnaire.promise`,
  ///   `questionnaire.unchanged`, `questionnaire.not_ready`.
  @discardableResult
  func open(
    _ id: QuestionnaireID, seen: Int64, by actor: Actor, in transaction: Transaction
  ) throws -> QuestionnaireVersion {
    var questionnaire = try find(id, transaction)
    let community = transaction.community
    guard let draft = try QuestionnaireVersionStore.draft(of: id, in: community, transaction) else {
      throw Problem.notFound
    }
    guard draft.revision == seen else { throw Problem.questionnaireStale }
    let newest = try QuestionnaireVersionStore.version(
      questionnaire.version, of: id, in: community, transaction)
    if let refusal = QuestionnaireRules.refusal(toOpen: draft, of: questionnaire, after: newest) {
      throw refusal
    }
    guard FormCheck.problems(of: draft.definition).allSatisfy({ !$0.isFault }) else {
      throw Problem.questionnaireNotReady
    }
    questionnaire.version += 1
    let version = QuestionnaireVersion(
      questionnaire: id, number: questionnaire.version, terms: draft.terms, definition: draft.definition,
      digest: QuestionnaireVersion.digest(FormJSON.bytes(of: draft.definition), draft.terms),
      openedAt: transaction.now, openedBy: actor)
    try QuestionnaireVersionStore.insert(version, in: transaction)
    try move(&questionnaire, .opened, by: actor, in: transaction)
    try transaction.audit("surveys.questionnaire_open", by: actor, of: id.rawValue)
    return version
  }

  /// Takes no answers any more, takes them again, or never again.
  ///
  /// - Parameters:
  ///   - kind: `closed`, `reopened` or `locked`.
  ///   - seen: the number of events that whoever does it saw.
  /// - Throws: `not_found`, `questionnaire.stale`, `questionnaire.not_possible`.
  func step(
    _ kind: QuestionnaireEvent.Kind, _ id: QuestionnaireID, seen: Int64, by actor: Actor,
    in transaction: Transaction
  ) throws {
    var questionnaire = try find(id, transaction)
    guard questionnaire.events == seen else { throw Problem.questionnaireStale }
    try move(&questionnaire, kind, by: actor, in: transaction)
    let action: StaticString =
      switch kind {
      case .locked: "surveys.questionnaire_lock"
      case .reopened: "surveys.questionnaire_reopen"
      default: "surveys.questionnaire_close"
      }
    try transaction.audit(action, by: actor, of: id.rawValue)
  }

  private func move(
    _ questionnaire: inout Questionnaire, _ kind: QuestionnaireEvent.Kind, by actor: Actor,
    in transaction: Transaction
  ) throws {
    guard let state = QuestionnaireRules.state(after: kind, in: questionnaire.state) else {
      throw Problem.questionnaireNotPossible
    }
    questionnaire.state = state
    questionnaire.events += 1
    try QuestionnaireStore.add(
      QuestionnaireEvent(kind: kind, at: transaction.now, actor: actor), to: questionnaire, in: transaction)
  }

  private func find(_ id: QuestionnaireID, _ transaction: Transaction) throws -> Questionnaire {
    guard let found = try QuestionnaireStore.find(id, in: transaction.community, transaction) else {
      throw Problem.notFound
    }
    return found
  }
}
