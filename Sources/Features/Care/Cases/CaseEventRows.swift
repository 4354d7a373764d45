import Database
import Kernel
import People

/// How an event of a case stands in its row.
struct CaseEventRow: CareEventRow {
  typealias Matter = CaseKind

  static let table: Query = "care_case_event"
  static let matter: Query = "case_id"

  var kind: String
  var from: CaseStage?
  var to: CaseStage?
  var worker: PersonID?
  var supervisor: PersonID?
  var risk: CaseRisk?
  var intensity: Int64?
  var reviewAt: Timestamp?
  var basis: StatutoryBasis?
  var outcome: CaseOutcome?
  var evidence: Int64?

  init(_ what: CaseHappening) {
    switch what {
    case .created: kind = "created"
    case .assigned(let worker, let supervisor):
      kind = "assigned"
      self.worker = worker
      self.supervisor = supervisor
    case .judged(let risk, let intensity, let reviewAt):
      kind = "judged"
      self.risk = risk
      self.intensity = intensity
      self.reviewAt = reviewAt
    case .grounded(let basis):
      kind = "grounded"
      self.basis = basis
    case .moved(let from, let to, let evidence):
      kind = "moved"
      self.from = from
      self.to = to
      self.evidence = evidence
    case .closed(let from, let outcome, let closing):
      kind = "closed"
      self.from = from
      self.outcome = outcome
      evidence = closing.rawValue
    case .reopened: kind = "reopened"
    }
  }

  static let columns: Query = """
    kind, from_stage, to_stage, worker_id, supervisor_id, risk, intensity, review_at, basis, outcome,
    evidence_id
    """

  init(_ row: borrowing Row, from first: Int) throws {
    kind = try row[first]
    from = try row[first + 1]
    to = try row[first + 2]
    worker = try row[first + 3]
    supervisor = try row[first + 4]
    risk = try row[first + 5]
    intensity = try row[first + 6]
    reviewAt = try row[first + 7]
    basis = try row[first + 8]
    outcome = try row[first + 9]
    evidence = try row[first + 10]
  }

  var values: Query {
    """
    \(kind), \(from), \(to), \(worker), \(supervisor), \(risk), \(intensity), \(reviewAt), \(basis), \(outcome),
    \(evidence)
    """
  }

  func what() throws -> CaseHappening {
    switch kind {
    case "created": return .created
    case "assigned":
      if let worker, let supervisor { return .assigned(worker: worker, supervisor: supervisor) }
    case "judged":
      if let risk, let intensity { return .judged(risk, intensity: intensity, reviewAt: reviewAt) }
    case "grounded": return .grounded(basis)
    case "moved":
      if let from, let to { return .moved(from: from, to: to, evidence: evidence) }
    case "closed":
      if let from, let outcome, let evidence {
        return .closed(from: from, outcome, CaseClosingID(rawValue: evidence))
      }
    case "reopened": return .reopened
    default: break
    }
    throw DatabaseError.unexpectedValue("no event of a case: \(kind)")
  }
}

extension CaseStore {
  /// Everything that happened to a case, oldest first.
  static func events(
    of file: CaseID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [CaseEvent] {
    try CaseEventRow.events(of: file, in: community, snapshot)
  }
}
