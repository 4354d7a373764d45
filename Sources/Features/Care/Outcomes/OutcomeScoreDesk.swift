package import Database
import Kernel
import People

extension CaseDesk {
  /// Keeps a score.
  /// - Throws: `case.no_basis`, `case.forbidden`.
  package func score(
    _ measure: OutcomeScore.Measure, phase: OutcomeScore.Phase, value: Int64, by rater: OutcomeScore.Rater,
    _ open: OpenCase, in transaction: Transaction
  ) throws {
    // Later scores belong to the follow-up, when the case is closed and its consent may have ended with it.
    if !(phase == .followUp && open.access.relation == .worker) { try open.requireWriting() }
    let score = OutcomeScore(
      measure: measure, phase: phase, value: value, by: rater, at: transaction.now,
      recordedBy: open.actor.person)
    try OutcomeScoreStore.insert(score, of: open.id, in: transaction)
    try transaction.audit("care.score_write", open, of: open.id.rawValue, purpose: measure.rawValue)
  }
}
