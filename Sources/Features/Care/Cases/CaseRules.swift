package import Kernel

/// What the gates between the stages ask, as it was found in the transaction that passes one.
package struct CaseGateFacts: Sendable, Equatable {
  package var hasWorker: Bool
  package var basis: CareBasis
  /// The newest assessment of this opening.
  package var assessment: AssessmentID?
  /// The newest plan of this opening.
  package var plan: CarePlanID?
  package var planIsApproved = false
  package var clientAgreed = false
  /// The newest thing that was done since this opening.
  package var intervention: InterventionID?
  /// The newest closing of this opening.
  package var closing: CaseClosing?
  package var closingIsApproved = false
  package var openReferrals = 0
}

/// Something that a gate asks for and does not find.
package enum MissingAtGate: String, Sendable, CaseIterable {
  case worker
  case basis
  case assessment
  case plan
  case approval
  case agreement
  case intervention
  case closing
  case clientView = "client_view"
  case closingApproval = "closing_approval"
  case referrals

  package var name: Phrase {
    switch self {
    case .worker: Phrase("还没有分派社工", "No worker is assigned yet")
    case .basis: Phrase("本人还没有同意接受服务", "The person has not agreed to the service yet")
    case .assessment: Phrase("还没有写预估", "There is no assessment yet")
    case .plan: Phrase("还没有写计划", "There is no plan yet")
    case .approval: Phrase("督导还没有批准这份计划", "The supervisor has not approved this plan yet")
    case .agreement: Phrase("本人还没有同意这份计划", "The person has not agreed to this plan yet")
    case .intervention: Phrase("还没有介入记录", "Nothing that was done is recorded yet")
    case .closing: Phrase("还没有写评估总结", "There is no look back yet")
    case .clientView: Phrase("评估里还没有本人的看法", "The look back lacks the person’s own view")
    case .closingApproval: Phrase("督导还没有批准结案", "The supervisor has not approved the closure yet")
    case .referrals: Phrase("还有转介没有办完", "A referral is still open")
    }
  }
}

/// The gates of casework: pure functions. Source: MZ/T 094-2017; field/socialwork.md §2.1.
package enum CaseRules {
  /// What is missing for the step from a stage to the next one; empty where the way is open.
  package static func missing(from stage: CaseStage, _ facts: CaseGateFacts) -> [MissingAtGate] {
    var missing: [MissingAtGate] = []
    func need(_ holds: Bool, _ what: MissingAtGate) { if !holds { missing.append(what) } }
    need(facts.hasWorker, .worker)
    switch stage {
    case .intake: need(facts.basis.isGiven, .basis)
    case .assessment:
      need(facts.basis.isGiven, .basis)
      need(facts.assessment != nil, .assessment)
    case .planning:
      need(facts.basis.isGiven, .basis)
      need(facts.plan != nil, .plan)
      need(facts.plan == nil || facts.planIsApproved, .approval)
      need(facts.plan == nil || facts.clientAgreed, .agreement)
    case .intervention:
      need(facts.basis.isGiven, .basis)
      need(facts.intervention != nil, .intervention)
    case .evaluation: missing += missingToEnd(at: stage, facts)
    case .closure: break
    }
    return missing
  }

  /// What is missing for a case to end at this stage.
  package static func missingToEnd(at stage: CaseStage, _ facts: CaseGateFacts) -> [MissingAtGate] {
    guard let closing = facts.closing else { return [.closing] }
    var missing: [MissingAtGate] = []
    if closing.outcome.needsView(at: stage), !closing.hasView { missing.append(.clientView) }
    if !facts.closingIsApproved { missing.append(.closingApproval) }
    if facts.openReferrals > 0 { missing.append(.referrals) }
    return missing
  }

  /// The event that a move makes of a case at this stage.
  /// - Throws: `case.gate` naming what is missing, `case.not_possible` where no such step leads from here.
  package static func event(
    of move: CaseMove, at stage: CaseStage, _ facts: CaseGateFacts
  ) throws -> CaseEvent.What {
    switch move {
    case .forward:
      guard let next = stage.next, next != .closure else { throw Problem.caseMoveImpossible }
      let missing = missing(from: stage, facts)
      guard missing.isEmpty else { throw Problem.caseGate(missing) }
      return .moved(from: stage, to: next, evidence: evidence(from: stage, facts))
    case .back:
      guard let before = before(stage) else { throw Problem.caseMoveImpossible }
      return .moved(from: stage, to: before, evidence: nil)
    case .reopen:
      guard stage == .closure else { throw Problem.caseMoveImpossible }
      return .reopened
    }
  }

  /// The event with which a case ends.
  ///
  /// On the way a case may end for the reasons that `CaseOutcome.mayEnd` names, without the person's own view where the
  /// closing says why it could not be had; the supervisor's word and settled referrals are asked for all the same.
  /// - Throws: as `event`.
  package static func ending(at stage: CaseStage, _ facts: CaseGateFacts) throws -> CaseEvent.What {
    guard stage != .closure else { throw Problem.caseMoveImpossible }
    guard let closing = facts.closing else { throw Problem.caseGate([.closing]) }
    guard closing.outcome.mayEnd(stage) else { throw Problem.caseMoveImpossible }
    let missing = missingToEnd(at: stage, facts)
    guard missing.isEmpty else { throw Problem.caseGate(missing) }
    return .closed(from: stage, closing.outcome, closing.id)
  }

  /// The stage to which one may go back. Nobody goes back before the consent was asked: that is a new opening.
  package static func before(_ stage: CaseStage) -> CaseStage? {
    switch stage {
    case .planning: .assessment
    case .intervention: .planning
    case .evaluation: .intervention
    case .intake, .assessment, .closure: nil
    }
  }

  private static func evidence(from stage: CaseStage, _ facts: CaseGateFacts) -> Int64? {
    switch stage {
    case .intake: if case .consented(let consent) = facts.basis { consent.rawValue } else { nil }
    case .assessment: facts.assessment?.rawValue
    case .planning: facts.plan?.rawValue
    case .intervention: facts.intervention?.rawValue
    case .evaluation, .closure: nil
    }
  }

  /// Beside the stage: what the case waits for.
  package static func status(
    of standing: CaseStanding, _ facts: CaseGateFacts, planWaits: Bool, closingWaits: Bool, followsUp: Bool
  ) -> CaseStatus {
    if standing.stage == .closure {
      if standing.outcome == .notOpened { return .notOpened }
      return followsUp ? .followUp : .closed
    }
    if !facts.hasWorker { return .waitingForWorker }
    if planWaits || closingWaits { return .withSupervisor }
    if facts.openReferrals > 0 { return .beingReferred }
    return standing.stage == .intake ? .underReview : .inService
  }
}

extension CaseOutcome {
  /// Whether the person's own view of the service has to be there. At the end of the way it always has; whoever died or
  /// cannot be reached any more has none to give.
  package func needsView(at stage: CaseStage) -> Bool {
    switch self {
    case .goalsAchieved, .partly: true
    case .disengaged, .transferred, .other: stage == .evaluation
    case .deceased, .lostContact, .ineligible, .notOpened: false
    }
  }
}

extension Problem {
  /// One field for everything that is missing, so that it is told at its place.
  package static func caseGate(_ missing: [MissingAtGate]) -> Problem {
    Problem(
      "case.gate", status: 409,
      Phrase("这一步还不能走。", "This step cannot be taken yet."),
      advice: Phrase(
        missing.map(\.name.chinese).joined(separator: "；") + "。",
        missing.map(\.name.english).joined(separator: "; ") + "."))
  }

  static let caseMoveImpossible = Problem(
    "case.not_possible", status: 409,
    Phrase("这个个案现在不能这样走。", "The case cannot go this way from here."),
    advice: Phrase("请刷新页面，看看它现在在哪一步。", "Please reload the page to see where it stands."))

  static let caseStale = Problem(
    "case.stale", status: 409,
    Phrase("这个个案刚刚有了变化。", "Something has just changed in this case."),
    advice: Phrase("请看一眼新的情况，再提交一次。", "Please look at it once more and send again."))
}
