import Database
import Kernel
import People

/// Where ways of collecting are opened and ended.
struct CollectorDesk: Sendable {
  /// Opens one way of collecting a questionnaire that is open.
  /// - Throws: `not_found`, `questionnaire.not_possible`, `collector.needs_separated`, `collector.needs_anonymous`.
  @discardableResult
  func open(
    _ draft: CollectorForm.Draft, of id: QuestionnaireID, by actor: Actor, in transaction: Transaction
  ) throws -> Collector {
    let community = transaction.community
    guard let questionnaire = try QuestionnaireStore.find(id, in: community, transaction) else {
      throw Problem.notFound
    }
    guard questionnaire.state == .open,
      let version = try QuestionnaireVersionStore.version(
        questionnaire.version, of: id, in: community, transaction)
    else { throw Problem.questionnaireNotPossible }
    if let refusal = CollectorRules.refusal(of: draft.kind, under: version.terms) { throw refusal }
    var sheets: ClosedRange<Int64>?
    if let count = draft.sheets {
      let last = try CollectorStore.lastSheet(of: id, in: community, transaction)
      sheets = last + 1...last + count
    }
    let collector = Collector(
      id: transaction.newIdentifier(), questionnaire: id, kind: draft.kind, name: draft.name, generation: 1,
      sheets: sheets, closesAt: draft.closesAt, endedAt: nil, createdAt: transaction.now, createdBy: actor)
    try CollectorStore.insert(collector, in: transaction)
    try transaction.audit("surveys.collector_open", by: actor, of: collector.id.rawValue)
    return collector
  }

  /// From now on it takes nothing.
  /// - Throws: `not_found`.
  func end(
    _ id: CollectorID, of questionnaire: QuestionnaireID, by actor: Actor, in transaction: Transaction
  ) throws {
    try check(id, of: questionnaire, transaction)
    try CollectorStore.end(id, in: transaction)
    try transaction.audit("surveys.collector_end", by: actor, of: id.rawValue)
  }

  /// Gives it another address; the one before leads nowhere.
  /// - Throws: `not_found`.
  func renew(
    _ id: CollectorID, of questionnaire: QuestionnaireID, by actor: Actor, in transaction: Transaction
  ) throws {
    try check(id, of: questionnaire, transaction)
    try CollectorStore.renew(id, in: transaction)
    try transaction.audit("surveys.collector_renew", by: actor, of: id.rawValue)
  }

  private func check(
    _ id: CollectorID, of questionnaire: QuestionnaireID, _ transaction: Transaction
  ) throws {
    guard
      let found = try CollectorStore.find(id, in: transaction.community, transaction),
      found.questionnaire == questionnaire
    else { throw Problem.notFound }
  }
}
