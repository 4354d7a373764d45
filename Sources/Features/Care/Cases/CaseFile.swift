package import Kernel
package import People

/// One case as it stands: what it began with, and where the last of its events has brought it.
package struct CaseFile: Sendable, Equatable {
  package let id: CaseID
  /// 1, 2, 3 … within the community.
  package let number: Int64
  package let person: PersonID
  package let field: CaseField
  package let source: CaseSource
  /// The first word: what it is about, and what the person wishes.
  package let intake: CareTextID
  package let createdAt: Timestamp
  package let createdBy: Actor
  package var standing: CaseStanding

  /// `G-0017`, as it stands on files.
  package var label: String { Self.label(number) }

  package static func label(_ number: Int64) -> String {
    let digits = String(number)
    return "G-" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

/// What the events of a case come to.
package struct CaseStanding: Sendable, Equatable {
  package var stage: CaseStage
  /// 1 from the first opening on, one more with every reopening: what the gates ask for belongs to one opening.
  package var episode: Int64
  package var worker: PersonID?
  package var supervisor: PersonID?
  package var risk: CaseRisk
  /// 1 light, 2 regular, 3 close.
  package var intensity: Int64
  /// When the case is next to be looked over.
  package var reviewAt: Timestamp?
  package var basis: StatutoryBasis?
  /// Set while the case is closed.
  package var outcome: CaseOutcome?
  package var openedAt: Timestamp
  package var closedAt: Timestamp?
  /// How many events there are: a form that saw fewer is stale.
  package var events: Int64

  /// Before any event.
  static func new(at moment: Timestamp) -> CaseStanding {
    CaseStanding(
      stage: .intake, episode: 1, worker: nil, supervisor: nil, risk: .low, intensity: 1, reviewAt: nil,
      basis: nil, outcome: nil, openedAt: moment, closedAt: nil, events: 0)
  }

  /// The standing after one more event: the only way in which it changes.
  package func after(_ event: CaseEvent) -> CaseStanding {
    var standing = self
    standing.events += 1
    switch event.what {
    case .created: break
    case .assigned(let worker, let supervisor):
      standing.worker = worker
      standing.supervisor = supervisor
    case .judged(let risk, let intensity, let reviewAt):
      standing.risk = risk
      standing.intensity = intensity
      standing.reviewAt = reviewAt
    case .grounded(let basis):
      standing.basis = basis
    case .moved(_, let stage, _):
      standing.stage = stage
    case .closed(_, let outcome, _):
      standing.stage = .closure
      standing.outcome = outcome
      standing.closedAt = event.at
      standing.reviewAt = nil
      standing.basis = nil
    case .reopened:
      standing.stage = .intake
      standing.episode += 1
      standing.outcome = nil
      standing.openedAt = event.at
      standing.closedAt = nil
    }
    return standing
  }
}

package typealias CaseEvent = CareEvent<CaseHappening>

/// What changed where a case stands.
package enum CaseHappening: Sendable, Equatable {
  case created
  case assigned(worker: PersonID, supervisor: PersonID)
  case judged(CaseRisk, intensity: Int64, reviewAt: Timestamp?)
  /// Worked with on the ground of a law, or no longer so.
  case grounded(StatutoryBasis?)
  /// With what its gate asked for: the identifier of a consent, an assessment, a plan or an intervention.
  case moved(from: CaseStage, to: CaseStage, evidence: Int64?)
  case closed(from: CaseStage, CaseOutcome, CaseClosingID)
  case reopened
}

/// What a worker or supervisor asks to happen to a case.
package enum CaseMove: String, Sendable, CaseIterable {
  /// To the next stage.
  case forward
  /// One stage back, with the reason in words.
  case back
  case reopen
}
