package import Database
package import Kernel
import People

extension CaseDesk {
  /// Notes something that was done.
  /// - Throws: `case.no_basis`, `case.forbidden`, `form.invalid` for what has not happened yet.
  @discardableResult
  package func intervene(
    _ kind: Intervention.Kind, minutes: Int64, doneAt: Timestamp, words: CareDocument, _ open: OpenCase,
    sealing seal: CareSeal, in transaction: Transaction
  ) throws -> Intervention {
    try open.requireWriting()
    guard doneAt <= transaction.now else {
      throw Problem.invalid([
        FieldProblem("done_at", Phrase("时间还没到。", "This time has not come yet."))
      ])
    }
    let person = open.actor.person
    let intervention = Intervention(
      id: transaction.newIdentifier(), caseID: open.id, episode: open.file.standing.episode, kind: kind,
      minutes: minutes, doneAt: doneAt,
      text: try seal.write(words, case: open.id, .ordinary, by: person, in: transaction),
      recordedAt: transaction.now, recordedBy: person)
    try InterventionStore.insert(intervention, in: transaction)
    try CaseTaskStore.end([.firstContact], of: open.id, by: person, in: transaction)
    try transaction.audit(
      "care.intervention_write", open, of: intervention.id.rawValue, purpose: kind.rawValue)
    return intervention
  }
}
