package import Kernel

/// Who asks to see a case.
package struct CaseReader: Sendable, Equatable {
  package let person: PersonID
  package let roles: Set<Role>

  package init(person: PersonID, roles: Set<Role>) {
    self.person = person
    self.roles = roles
  }

  /// Those who may enter the doors of casework at all.
  package static let roles: Set<Role> = [.socialWorker, .supervisor]
}

/// What somebody has to do with a case.
package enum CaseRelation: String, Sendable, CaseIterable {
  /// Works the case.
  case worker
  /// Looks over the worker's shoulder, approves and assigns.
  case supervisor
  /// A supervisor, while nobody works the case yet.
  case duty
  /// Somebody without a part in it who broke the glass, for three hours.
  case glass
}

/// What of one case somebody may see and do now: role ∧ scope ∧ relation ∧ sensitivity ∧ consent, decided in one place.
///
/// Whoever gets none does not learn that there is such a case. Source: field/socialwork.md §2.5.
package struct CaseAccess: Sendable, Equatable {
  package let relation: CaseRelation
  /// The highest sensitivity that may be read of whatever the case holds. Confidential texts that name the reader may be
  /// read beyond it.
  package let ceiling: Sensitivity
  /// Whether what the work needs may be written: no without consent or another ground.
  package let mayWrite: Bool
  /// Whether it may be asked for consent, ended and reopened.
  package let mayEnd: Bool
  /// Whether plans and closings may be approved or sent back.
  package let mayApprove: Bool
  /// Whether it may be given to another worker.
  package let mayAssign: Bool

  /// What of a case decides who may see it.
  package struct Facts: Sendable, Equatable {
    package let person: PersonID
    package let worker: PersonID?
    package let supervisor: PersonID?
    package let stage: CaseStage
    package let basis: CareBasis
    /// Whether the reader has broken the glass and the time is not over.
    package let glassIsOpen: Bool
  }

  /// - Returns: nil where the case does not exist for this reader. Clients are never readers of their own case here: they
  ///   have a page of their own, whatever they do at the station.
  package static func of(_ reader: CaseReader, to facts: Facts) -> CaseAccess? {
    guard reader.person != facts.person else { return nil }
    let isStaff = !reader.roles.isDisjoint(with: CaseReader.roles)
    if isStaff, facts.worker == reader.person { return worker(facts) }
    if reader.roles.contains(.supervisor) {
      if facts.supervisor == reader.person { return supervisor(facts) }
      if facts.worker == nil, facts.supervisor == nil { return duty }
    }
    return isStaff && facts.glassIsOpen ? glass : nil
  }

  private static func worker(_ facts: Facts) -> CaseAccess {
    let isClosed = facts.stage == .closure
    // At intake the person is still to be asked, so what they came with may be written down.
    let isGrounded = facts.basis.isGiven || facts.stage == .intake
    return CaseAccess(
      relation: .worker, ceiling: .confidential, mayWrite: isGrounded && !isClosed, mayEnd: true,
      mayApprove: false, mayAssign: false)
  }

  /// Whoever took their consent back is still owed an ending, and for that the outlines are enough.
  private static func supervisor(_ facts: Facts) -> CaseAccess {
    let isGrounded = facts.basis.isGiven || facts.stage == .intake || facts.stage == .closure
    return CaseAccess(
      relation: .supervisor, ceiling: isGrounded ? .sensitive : .ordinary, mayWrite: false, mayEnd: true,
      mayApprove: true, mayAssign: facts.stage != .closure)
  }

  private static let duty = CaseAccess(
    relation: .duty, ceiling: .ordinary, mayWrite: false, mayEnd: false, mayApprove: false, mayAssign: true)

  private static let glass = CaseAccess(
    relation: .glass, ceiling: .sensitive, mayWrite: false, mayEnd: false, mayApprove: false,
    mayAssign: false)
}
