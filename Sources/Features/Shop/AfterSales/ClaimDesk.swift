package import Database
package import Kernel
package import People
import Security

/// Where claims are reported and answered: each is one transaction, from the claim to the money.
///
/// Households, leaders and merchants read what became of a claim on its page; every step is an event as well.
package struct ClaimDesk: Sendable {
  let directory: Directory
  let writer: ClaimWriter

  package init(directory: Directory, books: Bookkeeping) {
    self.directory = directory
    writer = ClaimWriter(books: books)
  }

  // MARK: - The household

  /// Reports something about goods that the household collected, once for its key.
  ///
  /// - Parameters:
  ///   - picture: made by this program from what was sent; nil for none.
  ///   - key: 16–64 visible characters.
  ///   - told: when the household first said so, where that was before now: the return window is measured by it.
  /// - Returns: the claim, and whether the same request was answered before.
  /// - Throws: `not_found` for every order but the household's own, `claim.nothing_collected`, `claim.too_late`,
  ///   `claim.already`, `form.invalid` naming `pieces`, `idempotency.key`, `idempotency.mismatch`.
  package func report(
    _ report: ClaimReport, picture: Picture?, key: String, household: HouseholdID, by person: PersonID,
    told: Timestamp? = nil, in transaction: Transaction
  ) throws -> (claim: Claim, isRepeated: Bool) {
    guard IdempotencyKey.isUsable(key) else { throw Problem.idempotencyKeyUnusable }
    let idempotencyKey = IdempotencyKey(
      principal: person, operation: "shop.claim", key: key, digest: report.digest)
    if let stored = try transaction.storedAnswer(for: idempotencyKey, in: transaction.community),
      let id = ClaimID(String(decoding: stored.body, as: UTF8.self)),
      let claim = try ClaimStore.find(id, in: transaction.community, transaction)
    {
      return (claim, true)
    }
    guard let order = try OrderStore.find(report.order, in: transaction.community, transaction),
      order.household == household,
      let campaign = try CampaignStore.find(order.campaign, in: transaction.community, transaction)
    else { throw Problem.notFound }
    guard Claim.Fault.of(order).contains(report.fault) else {
      throw Problem.invalid([FieldProblem("fault", Phrase("请从列表里选择。", "Please choose from the list."))])
    }
    let claims = try ClaimStore.claims(of: order.id, in: transaction.community, transaction)
    let (line, pieces) = try ClaimRules.checkReport(
      report, on: order, campaign, claims, now: min(told ?? transaction.now, transaction.now))
    guard let item = try CampaignStore.items([line.item], in: transaction.community, transaction).first else {
      throw Problem.internalFault
    }
    let leaders = try directory.household(of: campaign.leader, in: transaction.community, transaction)
    let level: Claim.Level =
      campaign.booking == nil
      ? ClaimRules.firstLevel(household: household, leaderHousehold: leaders) : .merchant
    let claim = Claim(
      id: transaction.newIdentifier(), order: order.id, campaign: campaign.id, household: household,
      reportedBy: person, position: line.position, merchant: item.merchant, leader: campaign.leader,
      fault: report.fault, pieces: pieces, wish: report.wish, note: report.note, hasPicture: picture != nil,
      reportedAt: transaction.now, state: .open, level: level, dueAt: nil, refunded: .zero, promised: nil,
      sequence: 0, isVisit: campaign.booking != nil)
    let written = try writer.report(
      claim, picture, by: person, onBehalfOf: order.person, in: transaction)
    try transaction.store([
      (idempotencyKey, StoredAnswer(status: 201, body: Array(claim.id.description.utf8)))
    ])
    return (written, false)
  }

  /// Adds the photo of a claim that was reported without one and waits for its answer.
  /// - Throws: `not_found`, `claim.not_open`, `claim.picture`.
  package func addPicture(
    _ picture: Picture, to id: ClaimID, household: HouseholdID, by person: PersonID,
    in transaction: Transaction
  ) throws -> Claim {
    let claim = try own(id, household, in: transaction)
    guard claim.state == .open else { throw Problem.claimNotOpen(claim.state) }
    guard !claim.hasPicture else { throw Problem.claimHasPicture }
    try ClaimStore.insert(picture, of: id, in: transaction)
    try ClaimStore.markPicture(of: id, in: transaction)
    try transaction.audit(
      AuditEntry(actor: person, role: .resident, action: "shop.claim_picture", object: id.rawValue))
    return try own(id, household, in: transaction)
  }

  /// The household takes a claim back that waits for an answer, a replacement or its goods.
  /// - Throws: `not_found`, `claim.not_open`, `claim.stale`.
  package func withdraw(
    _ id: ClaimID, seen: Int64, household: HouseholdID, by person: PersonID, in transaction: Transaction
  ) throws -> Claim {
    var claim = try own(id, household, in: transaction)
    if claim.state == .withdrawn { return claim }
    guard claim.state.isPending else { throw Problem.claimNotOpen(claim.state) }
    guard claim.sequence == seen else { throw Problem.claimStale }
    try ClaimStore.dropTurn(of: claim.id, in: transaction)
    claim.close(as: .withdrawn)
    return try writer.write(.withdrawn, of: claim, by: resident(person), in: transaction)
  }

  /// The household is not content with an answer, so that the next level looks at the claim.
  /// - Throws: `not_found`, `claim.no_appeal`, `claim.stale`, `form.invalid` naming `reason`.
  package func appeal(
    _ id: ClaimID, seen: Int64, reason: String, household: HouseholdID, by person: PersonID,
    in transaction: Transaction
  ) throws -> Claim {
    var claim = try own(id, household, in: transaction)
    guard claim.sequence == seen else { throw Problem.claimStale }
    guard Remedy.reasonLength.contains(reason.count) else {
      throw Problem.invalid([
        FieldProblem(
          "reason", Phrase("请写几句，4 到 300 个字。", "Please write a few words, 4 to 300 characters."))
      ])
    }
    let (_, line) = try writer.order(of: claim, in: transaction)
    let steps = try ClaimStore.steps(of: id, in: transaction.community, transaction)
    guard let answeredAt = steps.last?.at, let next = claim.level.next,
      try ClaimRules.mayAppeal(claim, answeredAt: answeredAt, line, now: transaction.now)
    else { throw Problem.claimAppealOver }
    claim.state = .open
    claim.level = next
    let written = try writer.write(
      .appealed, of: claim, by: resident(person), note: reason, in: transaction)
    return try writer.ask(written, in: transaction)
  }

  // MARK: - Whoever answers

  /// Answers a claim where it stands.
  /// - Throws: `not_found` for whoever may not, `claim.not_open`, `claim.stale`, `form.invalid` naming each field.
  package func answer(
    _ id: ClaimID, _ remedy: Remedy, seen: Int64, by person: PersonID, roles: Set<Role>,
    in transaction: Transaction
  ) throws -> Claim {
    var (claim, actor) = try answerable(id, seen: seen, by: person, roles: roles, in: transaction)
    let (order, line) = try writer.order(of: claim, in: transaction)
    try ClaimRules.check(remedy, of: claim, line, by: actor, now: transaction.now)
    if order.booking != nil, case .refund(let refund) = remedy, refund.bearer == .leader {
      // No leader has a part in a visit.
      throw Problem.invalid([
        FieldProblem(
          "bearer",
          Phrase("服务没有团长，请选商户或社区。", "A visit has no leader; please choose the merchant or the community."))
      ])
    }
    if actor.level > claim.level {
      // The committee was faster: nobody is measured by what somebody else answered.
      try ClaimStore.dropTurn(of: claim.id, in: transaction)
      claim.level = actor.level
    } else {
      try ClaimStore.answerTurn(of: claim.id, in: transaction)
    }
    switch remedy {
    case .refund(let refund) where refund.isOnReturn:
      claim.wait(as: .returning, until: transaction.now + ClaimRules.returnTime)
      claim.promised = refund
      return try writer.write(
        .refundPromised, of: claim, by: actor.actor, amount: refund.amount, bearer: refund.bearer,
        in: transaction)
    case .refund(let refund):
      return try writer.refund(refund, for: claim, by: actor.actor, in: transaction)
    case .replacement(let until):
      claim.wait(as: .replacing, until: until)
      return try writer.write(.replacementPromised, of: claim, by: actor.actor, in: transaction)
    case .decline(let reason):
      claim.close(as: .declined)
      return try writer.write(.declined, of: claim, by: actor.actor, note: reason, in: transaction)
    }
  }

  /// The goods came back, so the money that was promised for them goes back too.
  /// - Throws: `not_found`, `claim.not_open`, `claim.stale`.
  package func cameBack(
    _ id: ClaimID, seen: Int64, by person: PersonID, roles: Set<Role>, in transaction: Transaction
  ) throws -> Claim {
    let (claim, actor) = try answerable(id, seen: seen, by: person, roles: roles, in: transaction)
    guard claim.state == .returning, let promised = claim.promised else {
      throw Problem.claimNotOpen(claim.state)
    }
    return try writer.refund(promised, for: claim, by: actor.actor, in: transaction)
  }

  /// The replacement is in the household's hands.
  /// - Throws: `not_found`, `claim.not_open`, `claim.stale`.
  package func replaced(
    _ id: ClaimID, seen: Int64, by person: PersonID, roles: Set<Role>, in transaction: Transaction
  ) throws -> Claim {
    var (claim, actor) = try answerable(id, seen: seen, by: person, roles: roles, in: transaction)
    guard claim.state == .replacing else { throw Problem.claimNotOpen(claim.state) }
    claim.close(as: .replaced)
    return try writer.write(.replaced, of: claim, by: actor.actor, in: transaction)
  }

  // MARK: - Parts

  /// The person as one who may answer the claim; nil for everybody else.
  func actor(
    for claim: Claim, _ person: PersonID, roles: Set<Role>, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> ClaimActor? {
    let merchants =
      roles.contains(.merchant) ? try snapshot.merchants(of: person, in: community).map(\.id) : []
    return ClaimActor(
      person: person, roles: roles,
      household: try directory.household(of: person, in: community, snapshot), merchants: merchants,
      for: claim)
  }

  /// Whether the person may read it: the leader and the merchant also while another level answers.
  func mayRead(
    _ claim: Claim, _ person: PersonID, roles: Set<Role>, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Bool {
    if roles.contains(.committee) || roles.contains(.operator) { return true }
    if roles.contains(.leader), claim.leader == person { return true }
    return try roles.contains(.merchant)
      && snapshot.merchants(of: person, in: community).contains { $0.id == claim.merchant }
  }

  /// The claim as the person saw it, and as whom they may answer it.
  private func answerable(
    _ id: ClaimID, seen: Int64, by person: PersonID, roles: Set<Role>, in transaction: Transaction
  ) throws -> (Claim, ClaimActor) {
    let community = transaction.community
    guard let claim = try ClaimStore.find(id, in: community, transaction) else { throw Problem.notFound }
    let actor = try actor(for: claim, person, roles: roles, in: community, transaction)
    guard claim.sequence == seen else {
      // It may have gone to the next level since: whoever reads along is told so, not that there is no such claim.
      let mayKnow = try actor != nil || mayRead(claim, person, roles: roles, in: community, transaction)
      throw mayKnow ? Problem.claimStale : .notFound
    }
    guard let actor else { throw Problem.notFound }
    return (claim, actor)
  }

  private func own(_ id: ClaimID, _ household: HouseholdID, in transaction: Transaction) throws -> Claim {
    guard let claim = try ClaimStore.find(id, in: transaction.community, transaction),
      claim.household == household
    else { throw Problem.notFound }
    return claim
  }

  private func resident(_ person: PersonID) -> Actor { Actor(person: person, role: .resident) }
}

extension ClaimActor {
  var actor: Actor { Actor(person: person, role: role) }
}

extension Claim {
  /// Who acts next: whoever is asked; what was promised of goods, the leader hands over or takes back whoever promised it.
  var acting: Level { !isVisit && (state == .replacing || state == .returning) ? .leader : level }

  /// Nobody has to act any more.
  mutating func close(as state: State) {
    self.state = state
    dueAt = nil
    promised = nil
  }

  mutating func wait(as state: State, until due: Timestamp) {
    self.state = state
    dueAt = due
  }
}

extension ClaimReport {
  /// SHA-256 of what is reported; the picture is left out, so that a repeat over a bad line is the same request.
  var digest: [UInt8] {
    Digest(
      of: "\(order)|\(position)|\(fault.rawValue)|\(pieces ?? 0)|\(wish.rawValue)|\(note)"
    ).bytes
  }
}
