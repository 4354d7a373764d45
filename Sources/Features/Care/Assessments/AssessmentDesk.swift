package import Database
import Kernel
import People

extension CaseDesk {
  /// Keeps an assessment. Its risk becomes the case's.
  /// - Throws: `case.no_basis`, `case.forbidden`.
  @discardableResult
  package func assess(
    _ words: CareDocument, risk: CaseRisk, _ open: inout OpenCase, sealing seal: CareSeal,
    in transaction: Transaction
  ) throws -> Assessment {
    try open.requireWriting()
    let standing = open.file.standing
    guard standing.stage == .assessment || standing.stage > .assessment else {
      throw Problem.caseGate(CaseRules.missing(from: .intake, try facts(of: open, in: transaction)))
    }
    let person = open.actor.person
    let assessment = Assessment(
      id: transaction.newIdentifier(), caseID: open.id, episode: standing.episode,
      text: try seal.write(words, case: open.id, .sensitive, by: person, in: transaction), risk: risk,
      madeAt: transaction.now, madeBy: person)
    try AssessmentStore.insert(assessment, in: transaction)
    if risk != standing.risk {
      try record(
        .judged(risk, intensity: standing.intensity, reviewAt: standing.reviewAt), &open, in: transaction)
    }
    try CaseTaskStore.end([.assessment], of: open.id, by: person, in: transaction)
    try transaction.audit("care.assessment_write", open, of: assessment.id.rawValue, purpose: risk.rawValue)
    return assessment
  }
}
