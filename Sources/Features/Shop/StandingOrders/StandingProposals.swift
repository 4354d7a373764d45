import Database
import Kernel
import People

/// How a helper writes a standing order down for somebody, and how that person says yes: each is one transaction.
///
/// The person's word counts for every order that follows from the list, and the mandate is asked again in each of them:
/// caps, merchants and expiry hold as if the helper ordered that day.
extension StandingOrderDesk {
  /// What a helper asks for.
  struct Draft: Sendable {
    let mandate: MandateID
    let needs: [StandingNeed]
  }

  /// Keeps what a helper wrote down until the person said yes. The same list asked for again is the same question.
  /// - Throws: `not_found` for a mandate of somebody else, the mandate's own refusals, `form.invalid`,
  ///   `standing_order.of_household`.
  func propose(_ draft: Draft, by helper: Actor, in transaction: Transaction) throws -> StandingProposal {
    guard let mandate = try people.mandate(draft.mandate, transaction.community, transaction),
      mandate.helper == helper.person,
      let household = try people.household(mandate.principal, transaction.community, transaction)
    else { throw Problem.notFound }
    try check(draft.needs, in: transaction)
    try check(draft.needs, under: mandate, confirmation: nil, in: transaction)
    try checkPresent(of: household, under: mandate, in: transaction)
    let waiting = try StandingProposalStore.waiting(
      for: [mandate.principal], in: transaction.community, transaction)
    for earlier in waiting where earlier.helper == helper.person {
      if earlier.needs == draft.needs, earlier.mandate == mandate.id { return earlier }
      try StandingProposalStore.end(earlier.id, as: .declined, in: transaction)
      try tell("shop.standing_order_decline", earlier, by: helper, in: transaction)
    }
    let proposal = StandingProposal(
      id: transaction.newIdentifier(), person: mandate.principal, household: household, helper: helper.person,
      role: helper.role, mandate: mandate.id, needs: draft.needs, state: .waiting, confirmation: nil,
      draftedAt: transaction.now, expiresAt: transaction.now + Self.waitingTime)
    try StandingProposalStore.insert(proposal, digest: draft.needs.digest, in: transaction)
    try tell("shop.standing_order_draft", proposal, by: helper, in: transaction)
    try transaction.publish("shop.standing_order_waits", subject: proposal.id.rawValue)
    return proposal
  }

  /// The person's yes: the list becomes exactly what was read back.
  /// - Throws: `not_found`, `standing_order.void`, `standing_order.of_household`, `mandate.confirmation` and the other
  ///   refusals of the mandate. Nothing is changed then.
  func confirm(
    _ id: StandingProposalID, _ word: PrincipalWord, in transaction: Transaction
  ) throws {
    let proposal = try found(id, in: transaction)
    if proposal.state == .placed { return }
    guard proposal.isOpen(at: transaction.now),
      try people.household(proposal.person, transaction.community, transaction) == proposal.household
    else { throw Problem.standingProposalVoid }
    guard let mandate = try people.mandate(proposal.mandate, transaction.community, transaction),
      let way = word.way(for: proposal.person, mandate.terms(at: transaction.now))
    else { throw Problem.notFound }
    let helper = Actor(person: proposal.helper, role: proposal.role)
    if case .spokenCode(let number, let code) = word.proof {
      try proofs.useCode(proposal.person, number, code, helper, transaction)
    }
    try check(proposal.needs, under: mandate, confirmation: way, in: transaction)
    try checkPresent(of: proposal.household, under: mandate, in: transaction)
    let speaker = word.person ?? proposal.person
    try StandingProposalStore.end(id, as: .placed, confirmed: (speaker, way), in: transaction)
    try tell(
      "shop.standing_order_confirm", proposal, by: Actor(person: speaker, role: .resident),
      purpose: way.rawValue, in: transaction)
    _ = try write(
      proposal.needs,
      .mandate(mandate.id, helper: proposal.helper, role: proposal.role, confirmation: way),
      of: proposal.household, for: proposal.person,
      over: try StandingOrderStore.find(of: proposal.household, in: transaction.community, transaction),
      by: helper, in: transaction)
  }

  /// The person does not want it, or the helper takes it back.
  /// - Throws: `not_found` for everybody else, `standing_order.void`.
  func decline(_ id: StandingProposalID, by actor: Actor, in transaction: Transaction) throws {
    let proposal = try found(id, in: transaction)
    guard try mayEnd(proposal, actor.person, in: transaction.community, transaction) else {
      throw Problem.notFound
    }
    if proposal.state == .declined { return }
    guard proposal.state == .waiting else { throw Problem.standingProposalVoid }
    try StandingProposalStore.end(id, as: .declined, in: transaction)
    try tell("shop.standing_order_decline", proposal, by: actor, in: transaction)
  }

  /// Whether somebody may see and end what was asked: the helper, the household, and the relative who holds the key.
  func mayEnd(
    _ proposal: StandingProposal, _ person: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Bool {
    if person == proposal.helper || person == proposal.person { return true }
    return try people.isParty(
      person, to: proposal.mandate, ofHousehold: proposal.household, in: community, snapshot)
  }

  private func found(
    _ id: StandingProposalID, in transaction: Transaction
  ) throws -> StandingProposal {
    guard let proposal = try StandingProposalStore.find(id, in: transaction.community, transaction) else {
      throw Problem.notFound
    }
    return proposal
  }

  /// Whether the mandate lets the helper buy such goods at all. What they come to is asked when they are ordered.
  private func check(
    _ needs: [StandingNeed], under mandate: Mandate, confirmation: ConfirmationWay?,
    in transaction: Transaction
  ) throws {
    let offers = try transaction.variantOffers(needs.map(\.variant), in: transaction.community)
    let own = try transaction.merchantIdentifiers(of: mandate.helper, in: transaction.community)
    guard own.isDisjoint(with: offers.map(\.merchant)) else { throw Problem.helperIsMerchant }
    let use = MandateUse(
      helper: mandate.helper, principal: mandate.principal, at: transaction.now,
      matters: Set(offers.map(\.category.matter)), merchants: Set(offers.map(\.merchant)), total: .zero,
      spentToday: .zero, spentThisMonth: .zero, payWay: Order.PaymentMethod.cashAtPickup.payWay,
      confirmation: confirmation)
    if let refusal = mandate.refusal(of: use, isConfirming: confirmation != nil) { throw refusal }
  }

  /// What the household needs beyond the mandate is not for its helper to strike out.
  private func checkPresent(
    of household: HouseholdID, under mandate: Mandate, in transaction: Transaction
  ) throws {
    let present = try StandingOrderStore.find(of: household, in: transaction.community, transaction)
    guard let present, present.word == .own else { return }
    let offers = try transaction.variantOffers(present.needs.map(\.variant), in: transaction.community)
    let terms = mandate.terms(at: transaction.now)
    guard offers.allSatisfy({ terms.covers($0) }) else { throw Problem.standingListOfHousehold }
  }

  private func tell(
    _ action: StaticString, _ proposal: StandingProposal, by actor: Actor, purpose: String = "",
    in transaction: Transaction
  ) throws {
    try transaction.audit(
      AuditEntry(
        actor: actor.person, role: actor.role,
        onBehalfOf: actor.person == proposal.person ? nil : proposal.person, action: action,
        object: proposal.id.rawValue, purpose: purpose, detailDigest: proposal.needs.digest))
  }
}

extension MandateTerms {
  /// Whether such goods may be bought under it at all.
  func covers(_ offer: VariantOffer) -> Bool {
    matters.contains(offer.category.matter) && merchants.admits(offer.merchant)
  }
}
