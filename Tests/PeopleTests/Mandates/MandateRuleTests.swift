import Kernel
import TestKit
import Testing

@testable import People

@Suite("The rules of mandates")
struct MandateRuleTests {
  static let start = Timestamp(seconds: 1_900_000_000)
  static let principal = PersonID(rawValue: 11)
  static let helper = PersonID(rawValue: 12)
  static let own = MandateAsking(by: Actor(person: principal, role: .resident), .electronic)

  static func terms(
    order: Int64 = 6_000, matters: Set<MandateMatter> = [.groceries], merchants: MandateMerchants = .any
  ) -> MandateTerms {
    MandateTerms(
      matters: matters, merchants: merchants, perOrder: .fen(order), perDay: .fen(order * 2),
      perMonth: .fen(order * 5), payWays: [.cash], expires: start + .days(180), confirmations: [.pin])
  }

  static func mandate(_ terms: MandateTerms) -> Mandate {
    Mandate(
      id: MandateID(rawValue: 1), principal: principal, helper: helper, validFrom: start,
      revisions: MandateRules.revisions(
        MandateRules.opening(terms, after: nil), after: 0, own, at: start), revokedAt: nil)
  }

  static func asking(_ mandate: Mandate, for terms: MandateTerms, at now: Timestamp) -> Mandate {
    let wish = MandateRules.split(
      terms, current: mandate.terms(at: now), promised: mandate.promisedTerms)
    let added = MandateRules.revisions(
      wish, after: mandate.revisions.last?.sequence ?? 0, own, at: now)
    return Mandate(
      id: mandate.id, principal: principal, helper: helper, validFrom: mandate.validFrom,
      revisions: mandate.revisions + added, revokedAt: nil)
  }

  static func use(
    total: Int64 = 5_000, at moment: Timestamp = start + .hours(1), today: Int64 = 0, month: Int64 = 0,
    matters: Set<MandateMatter> = [.groceries], merchants: Set<MerchantID> = [MerchantID(rawValue: 5)],
    helper: PersonID = helper, payWay: MandatePayWay = .cash, confirmation: ConfirmationWay? = .pin
  ) -> MandateUse {
    MandateUse(
      helper: helper, principal: principal, at: moment, matters: matters, merchants: merchants,
      total: .fen(total), spentToday: .fen(today), spentThisMonth: .fen(month), payWay: payWay,
      confirmation: confirmation)
  }

  @Test("What is in the terms is allowed, up to the last fen")
  func allowed() {
    let mandate = Self.mandate(Self.terms())
    #expect(mandate.refusal(of: Self.use(total: 6_000, today: 6_000, month: 24_000)) == nil)
    #expect(mandate.refusal(of: Self.use(at: Self.start + .days(180) - .seconds(1))) == nil)
    #expect(mandate.refusal(of: Self.use(confirmation: nil), isConfirming: false) == nil)
  }

  @Test("Every way round the terms has its own refusal")
  func refusals() {
    let merchant = MerchantID(rawValue: 5)
    let mandate = Self.mandate(Self.terms(merchants: .except([merchant])))
    func code(_ use: MandateUse) -> String? { mandate.refusal(of: use)?.code }
    let elsewhere: Set<MerchantID> = [MerchantID(rawValue: 6)]
    #expect(code(Self.use(total: 6_001, merchants: elsewhere)) == "mandate.over_order_cap")
    #expect(code(Self.use(total: -1, merchants: elsewhere)) == "mandate.over_order_cap")
    #expect(code(Self.use(total: 1, today: 12_000, merchants: elsewhere)) == "mandate.over_day_cap")
    #expect(code(Self.use(total: 1, today: .max, merchants: elsewhere)) == "mandate.over_day_cap")
    #expect(code(Self.use(total: 1, month: 30_000, merchants: elsewhere)) == "mandate.over_month_cap")
    #expect(code(Self.use()) == "mandate.merchant_barred")
    #expect(
      code(Self.use(matters: [.groceries, .services], merchants: elsewhere)) == "mandate.matter_not_covered")
    #expect(code(Self.use(matters: [], merchants: elsewhere)) == "mandate.matter_not_covered")
    #expect(code(Self.use(at: Self.start + .days(180), merchants: elsewhere)) == "mandate.expired")
    #expect(code(Self.use(at: Self.start - .seconds(1), merchants: elsewhere)) == "mandate.not_yet_valid")
    #expect(code(Self.use(merchants: elsewhere, helper: PersonID(rawValue: 13))) == "mandate.other_helper")
    #expect(code(Self.use(merchants: elsewhere, payWay: .online)) == "mandate.pay_way")
    #expect(code(Self.use(merchants: elsewhere, confirmation: nil)) == "mandate.confirmation")
    #expect(code(Self.use(merchants: elsewhere, confirmation: .callBack)) == "mandate.confirmation")
    let revoked = Mandate(
      id: mandate.id, principal: Self.principal, helper: Self.helper, validFrom: Self.start,
      revisions: mandate.revisions, revokedAt: Self.start + .hours(1))
    #expect(revoked.refusal(of: Self.use(merchants: elsewhere))?.code == "mandate.revoked")
    #expect(revoked.refusal(of: Self.use(at: Self.start + .minutes(59), merchants: elsewhere)) == nil)
  }

  @Test("A lower cap counts at once, a higher one after a day, and a lower one takes the higher one back")
  func caps() {
    var mandate = Self.asking(Self.mandate(Self.terms()), for: Self.terms(order: 9_000), at: Self.start)
    #expect(mandate.terms(at: Self.start + .hours(24) - .seconds(1)).perOrder == .fen(6_000))
    #expect(mandate.terms(at: Self.start + .hours(24)).perOrder == .fen(9_000))
    mandate = Self.asking(mandate, for: Self.terms(order: 4_000), at: Self.start + .hours(23))
    #expect(mandate.terms(at: Self.start + .hours(23)).perOrder == .fen(4_000))
    #expect(mandate.terms(at: Self.start + .days(9)).perOrder == .fen(4_000))
    #expect(mandate.pending(at: Self.start + .hours(23)).isEmpty)
  }

  @Test("A mixed wish is split, term by term and inside a set")
  func mixed() {
    var wish = Self.terms(order: 9_000, matters: [.dailyGoods], merchants: .only([MerchantID(rawValue: 5)]))
    wish.perMonth = .fen(10_000)
    let mandate = Self.asking(Self.mandate(Self.terms()), for: wish, at: Self.start)
    let now = mandate.terms(at: Self.start)
    #expect(now.perOrder == .fen(6_000) && now.perMonth == .fen(10_000))
    #expect(now.matters == [] && now.merchants == wish.merchants)
    #expect(mandate.terms(at: Self.start + .hours(24)) == wish)
    #expect(mandate.pending(at: Self.start).map(\.from) == [Self.start + .hours(24)])
  }

  @Test("Taking back what waits leaves the terms as they are for good")
  func takeBack() {
    let asked = Self.asking(Self.mandate(Self.terms()), for: Self.terms(order: 9_000), at: Self.start)
    let back = MandateRules.takingBack(asked.promisedTerms, current: asked.terms(at: Self.start))
    let mandate = Mandate(
      id: asked.id, principal: asked.principal, helper: asked.helper, validFrom: asked.validFrom,
      revisions: asked.revisions
        + MandateRules.revisions((back, MandateChanges()), after: 2, Self.own, at: Self.start + .hours(1)),
      revokedAt: nil)
    #expect(mandate.promisedTerms == Self.terms())
  }

  @Test("Ending and giving anew is no way round the pause")
  func anew() {
    let opening = MandateRules.opening(
      Self.terms(order: 9_000, matters: [.groceries, .services]), after: Self.terms())
    #expect(opening.now.perOrder == .fen(6_000) && opening.now.matters == [.groceries])
    #expect(opening.later.perOrder == .fen(9_000) && opening.later.matters == [.groceries, .services])
    #expect(opening.later.expires == nil)
  }

  @Test("The family key changes hands through nobody, whoever is alerted goes on until another does")
  func trusted() {
    let (one, two) = (PersonID(rawValue: 21), PersonID(rawValue: 22))
    var terms = Self.terms()
    terms.familyKey = one
    terms.alertPerson = one
    var wish = terms
    wish.familyKey = two
    wish.alertPerson = nil
    let mandate = Self.asking(Self.mandate(terms), for: wish, at: Self.start)
    #expect(mandate.terms(at: Self.start).familyKey == nil)
    #expect(mandate.terms(at: Self.start).alertPerson == one)
    #expect(mandate.terms(at: Self.start + .days(1)).familyKey == two)
    #expect(mandate.terms(at: Self.start + .days(1)).alertPerson == nil)
  }

  @Test("Who may give, widen and narrow")
  func who() {
    let (worker, other) = (PersonID(rawValue: 31), PersonID(rawValue: 32))
    func give(_ actor: PersonID, _ role: Role, _ kind: MandateEvidence.Kind, _ witness: PersonID? = nil)
      -> String?
    {
      MandateRules.refusalToGive(
        MandateAsking(by: Actor(person: actor, role: role), MandateEvidence(kind, witness: witness)),
        principal: Self.principal, helper: Self.helper)?.code
    }
    func widen(_ actor: PersonID, _ role: Role, _ kind: MandateEvidence.Kind, _ witness: PersonID? = nil)
      -> String?
    {
      MandateRules.refusalToWiden(
        MandateAsking(by: Actor(person: actor, role: role), MandateEvidence(kind, witness: witness)),
        principal: Self.principal, helper: Self.helper)?.code
    }
    #expect(give(Self.principal, .resident, .electronic) == nil)
    #expect(give(worker, .socialWorker, .signedPaper) == nil)
    #expect(give(worker, .socialWorker, .spokenWithWitness, other) == nil)
    #expect(give(worker, .socialWorker, .spokenWithWitness) == "mandate.witness_needed")
    #expect(give(worker, .socialWorker, .spokenWithWitness, worker) == "mandate.witness_needed")
    #expect(give(worker, .socialWorker, .spokenWithWitness, Self.principal) == "mandate.witness_needed")
    #expect(give(worker, .socialWorker, .spokenWithWitness, Self.helper) == "mandate.by_helper")
    #expect(give(Self.helper, .socialWorker, .signedPaper) == "mandate.by_helper")
    #expect(give(worker, .socialWorker, .electronic) == "mandate.not_by_principal")
    #expect(give(worker, .leader, .signedPaper) == "mandate.not_by_principal")
    #expect(widen(Self.principal, .resident, .electronic) == nil)
    #expect(widen(worker, .supervisor, .signedPaper) == nil)
    #expect(widen(worker, .supervisor, .signedPaper, Self.helper) == "mandate.by_helper")
    #expect(widen(worker, .supervisor, .spokenWithWitness, other) == "mandate.not_by_principal")
    #expect(widen(Self.helper, .supervisor, .signedPaper) == "mandate.by_helper")
    for (actor, role, narrow, end) in [
      (Self.principal, Role.resident, nil, nil), (worker, .committee, nil, nil),
      (Self.helper, .resident, "mandate.by_helper", nil),
      (Self.helper, .supervisor, "mandate.by_helper", nil),
      (other, .leader, "forbidden", "forbidden"),
    ] as [(PersonID, Role, String?, String?)] {
      let actor = Actor(person: actor, role: role)
      #expect(
        MandateRules.refusalToNarrow(actor, principal: Self.principal, helper: Self.helper)?.code == narrow)
      #expect(
        MandateRules.refusalToEnd(actor, principal: Self.principal, helper: Self.helper)?.code == end)
    }
  }

  @Test("Terms that cannot be asked for name their fields")
  func faults() {
    var terms = Self.terms(matters: [], merchants: .only([]))
    terms.payWays = []
    terms.confirmations = [.familyKey]
    terms.perDay = .fen(1)
    terms.expires = Self.start + .days(367)
    #expect(
      MandateRules.faults(in: terms, at: Self.start).map(\.field) == [
        "matters", "merchants", "pay_ways", "per_day", "family_key", "expires",
      ])
    #expect(MandateRules.faults(in: Self.terms(), at: Self.start).isEmpty)
  }
}
