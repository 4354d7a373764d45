package import Database
import Kernel
package import People

/// Where studies are made, written, ended and taken up again: each step is one transaction with an entry of the audit chain.
package struct StudyDesk: Sendable {
  /// Begins a study; from the first one of a community on, old words are looked for once a day.
  package func make(_ terms: StudyTerms, by actor: Actor, in transaction: Transaction) throws -> Study {
    let isFirst = try StudyStore.list(
      before: nil, limit: 1, in: transaction.community, transaction
    ).isEmpty
    let study = Study(
      id: transaction.newIdentifier(), madeAt: transaction.now, madeBy: actor, state: .open, version: 1,
      events: 1, records: 0, closedAt: nil)
    try StudyStore.insert(study, in: transaction)
    try StudyStore.insert(
      StudyVersion(study: study.id, number: 1, terms: terms), by: actor, in: transaction)
    try StudyStore.insert(
      StudyEvent(kind: .made, at: transaction.now, actor: actor), of: study, in: transaction)
    if isFirst { try ForgetNotes.begin(in: transaction) }
    try transaction.audit("surveys.study_make", by: actor, of: study.id.rawValue)
    return study
  }

  /// Writes another version of what is asked; what was noted keeps the version it was noted by.
  /// - Throws: `not_found`, `study.stale`, `study.not_possible`.
  func write(
    _ terms: StudyTerms, _ id: StudyID, seen: Int64, by actor: Actor, in transaction: Transaction
  ) throws {
    var study = try Self.find(id, seen: seen, transaction)
    study.version += 1
    try StudyStore.insert(
      StudyVersion(study: id, number: study.version, terms: terms), by: actor, in: transaction)
    try move(&study, .written, by: actor, in: transaction)
    try transaction.audit("surveys.study_write", by: actor, of: id.rawValue)
  }

  /// Ends collecting: from then on the three years run after which the words go.
  /// - Throws: `not_found`, `study.stale`, `study.not_possible`.
  func close(_ id: StudyID, seen: Int64, by actor: Actor, in transaction: Transaction) throws {
    var study = try Self.find(id, seen: seen, transaction)
    study.closedAt = transaction.now
    try move(&study, .closed, by: actor, in: transaction)
    try transaction.audit("surveys.study_close", by: actor, of: id.rawValue)
  }

  /// Takes notes again, unless its words are gone.
  /// - Throws: `not_found`, `study.stale`, `study.not_possible`.
  func reopen(_ id: StudyID, seen: Int64, by actor: Actor, in transaction: Transaction) throws {
    var study = try Self.find(id, seen: seen, transaction)
    if NoteKeeping.hasEnded(study, at: transaction.now) { throw Problem.studyNotPossible }
    study.closedAt = nil
    try move(&study, .reopened, by: actor, in: transaction)
    try transaction.audit("surveys.study_reopen", by: actor, of: id.rawValue)
  }

  private func move(
    _ study: inout Study, _ kind: StudyEvent.Kind, by actor: Actor, in transaction: Transaction
  ) throws {
    guard let state = StudyRules.state(after: kind, in: study.state) else { throw Problem.studyNotPossible }
    study.state = state
    study.events += 1
    try StudyStore.keep(study, in: transaction)
    try StudyStore.insert(
      StudyEvent(kind: kind, at: transaction.now, actor: actor), of: study, in: transaction)
  }

  private static func find(_ id: StudyID, seen: Int64, _ transaction: Transaction) throws -> Study {
    guard let study = try StudyStore.find(id, in: transaction.community, transaction) else {
      throw Problem.notFound
    }
    guard study.events == seen else { throw Problem.studyStale }
    return study
  }
}
