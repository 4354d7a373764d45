import Kernel
import People
import TestKit
import Testing

@testable import Care

/// The gates of casework as values, moved at random and held against a second reading of the standard.
@Suite struct CaseRuleTests {
  /// What a step from one stage to the next asks for, written down once more as a table and not as code.
  private static func mayPass(_ stage: CaseStage, _ facts: CaseGateFacts) -> Bool {
    guard facts.hasWorker, facts.basis != .none else { return false }
    return switch stage {
    case .intake: true
    case .assessment: facts.assessment != nil
    case .planning: facts.plan != nil && facts.planIsApproved && facts.clientAgreed
    case .intervention: facts.intervention != nil
    case .evaluation, .closure: false
    }
  }

  private static func facts(_ random: inout SeededGenerator) -> CaseGateFacts {
    let bases: [CareBasis] = [.none, .statutory(.danger), .consented(ConsentID(rawValue: 9))]
    var facts = CaseGateFacts(
      hasWorker: .random(using: &random), basis: bases.randomElement(using: &random) ?? .none)
    if Bool.random(using: &random) { facts.assessment = AssessmentID(rawValue: 1) }
    if Bool.random(using: &random) { facts.plan = CarePlanID(rawValue: 2) }
    facts.planIsApproved = .random(using: &random)
    facts.clientAgreed = .random(using: &random)
    if Bool.random(using: &random) { facts.intervention = InterventionID(rawValue: 3) }
    if Bool.random(using: &random) {
      facts.closing = CaseClosing(
        id: CaseClosingID(rawValue: 4), caseID: CaseID(rawValue: 5), episode: 1,
        outcome: CaseOutcome.allCases.randomElement(using: &random) ?? .other,
        hasView: .random(using: &random), text: CareTextID(rawValue: 6), madeAt: Timestamp(seconds: 0),
        madeBy: PersonID(rawValue: 7), decision: nil)
      facts.closingIsApproved = .random(using: &random)
    }
    facts.openReferrals = Int.random(in: 0...1, using: &random)
    return facts
  }

  @Test func `no gate is passed without what it asks for`() throws {
    var random = SeededGenerator(seed: 5)
    var passed: [CaseStage: Int] = [:]
    for _ in 0..<100_000 {
      let stage = CaseStage.allCases.randomElement(using: &random) ?? .intake
      let facts = Self.facts(&random)
      let event = try? CaseRules.event(of: .forward, at: stage, facts)
      #expect((event != nil) == Self.mayPass(stage, facts), "\(stage) \(facts)")
      if let event {
        passed[stage, default: 0] += 1
        guard case .moved(let from, let to, _) = event else { throw Problem.internalFault }
        #expect(from == stage && to == stage.next && to != .closure)
      }
    }
    for stage in CaseStage.allCases where stage < .evaluation {
      #expect(passed[stage] ?? 0 > 100, "\(stage) was never left")
    }
  }

  @Test
  func
    `a case ends only with an approved closing, settled referrals and the person's view where they have one`()
  {
    var random = SeededGenerator(seed: 6)
    var ended = 0
    for _ in 0..<100_000 {
      let stage = CaseStage.allCases.randomElement(using: &random) ?? .intake
      let facts = Self.facts(&random)
      guard let event = try? CaseRules.ending(at: stage, facts) else { continue }
      ended += 1
      guard case .closed(let from, let outcome, _) = event, let closing = facts.closing else {
        Issue.record("\(event)")
        continue
      }
      #expect(from == stage && stage != .closure && outcome == closing.outcome)
      #expect(facts.closingIsApproved && facts.openReferrals == 0)
      let isReached = outcome == .goalsAchieved || outcome == .partly
      #expect(!isReached || stage == .evaluation && closing.hasView)
      #expect(outcome != .notOpened || stage == .intake)
      let hasNone: Set<CaseOutcome> = [.deceased, .lostContact, .ineligible, .notOpened]
      #expect(stage != .evaluation || closing.hasView || hasNone.contains(outcome))
    }
    #expect(ended > 1_000)
  }

  @Test func `nobody goes back to before the consent, and a closed case only opens again`() {
    let facts = CaseGateFacts(hasWorker: true, basis: .none)
    for stage in CaseStage.allCases {
      let back = try? CaseRules.event(of: .back, at: stage, facts)
      #expect((back != nil) == [.planning, .intervention, .evaluation].contains(stage))
      let reopened = try? CaseRules.event(of: .reopen, at: stage, facts)
      #expect((reopened != nil) == (stage == .closure))
    }
  }

  @Test func `statuses follow from what is recorded`() {
    var standing = CaseStanding.new(at: Timestamp(seconds: 0))
    var facts = CaseGateFacts(hasWorker: false, basis: .none)
    func status(plan: Bool = false, closing: Bool = false, followsUp: Bool = false) -> CaseStatus {
      CaseRules.status(of: standing, facts, planWaits: plan, closingWaits: closing, followsUp: followsUp)
    }
    #expect(status() == .waitingForWorker)
    facts.hasWorker = true
    #expect(status() == .underReview)
    standing.stage = .planning
    #expect(status() == .inService)
    #expect(status(plan: true) == .withSupervisor)
    facts.openReferrals = 1
    #expect(status() == .beingReferred)
    standing.stage = .closure
    standing.outcome = .partly
    #expect(status(followsUp: true) == .followUp)
    #expect(status() == .closed)
    standing.outcome = .notOpened
    #expect(status() == .notOpened)
  }
}
