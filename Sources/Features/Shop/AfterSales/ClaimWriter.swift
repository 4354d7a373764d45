import Database
import Kernel
import People
import Security

/// Writes what happens in a claim, and what follows from it: the step, the money, the next job, who is told.
struct ClaimWriter: Sendable {
  let books: Bookkeeping

  /// A claim begins: whoever is first is asked.
  func report(
    _ claim: Claim, _ picture: Picture?, by person: PersonID, onBehalfOf owner: PersonID,
    in transaction: Transaction
  ) throws -> Claim {
    try ClaimStore.insert(claim, in: transaction)
    if let picture { try ClaimStore.insert(picture, of: claim.id, in: transaction) }
    let written = try write(
      .reported, of: claim, by: Actor(person: person, role: .resident), note: claim.note,
      onBehalfOf: owner == person ? nil : owner, in: transaction)
    return try ask(written, in: transaction)
  }

  /// Asks whoever the claim's level names, and keeps the time.
  func ask(_ claim: Claim, in transaction: Transaction) throws -> Claim {
    var claim = claim
    let due = transaction.now + claim.level.answerTime
    claim.wait(as: .open, until: due)
    try ClaimStore.beginTurn(of: claim, until: due, in: transaction)
    try ClaimStore.update(claim, in: transaction)
    try PassOnClaim.schedule(claim, in: transaction)
    return claim
  }

  /// One step: the claim as it stands after it, with its job, its event and its audit entry.
  ///
  /// - Parameters:
  ///   - actor: nil for what happens by itself.
  ///   - id: of the step, where a journal is posted for it.
  func write(
    _ what: ClaimStep.What, of claim: Claim, by actor: Actor?, id: ClaimStepID? = nil, amount: Money = .zero,
    bearer: Remedy.Bearer? = nil, note: String = "", onBehalfOf owner: PersonID? = nil,
    in transaction: Transaction
  ) throws -> Claim {
    var claim = claim
    claim.sequence += 1
    let step = ClaimStep(
      id: id ?? transaction.newIdentifier(), sequence: claim.sequence, what: what, level: claim.level,
      actor: actor?.person, at: transaction.now, amount: amount, bearer: bearer, note: note)
    try ClaimStore.append(step, to: claim.id, in: transaction)
    try ClaimStore.update(claim, in: transaction)
    try PassOnClaim.schedule(claim, in: transaction)
    if !claim.state.isPending, claim.hasPicture { try ForgetClaimPicture.schedule(claim, in: transaction) }
    let audited = actor ?? .machine
    try transaction.audit(
      AuditEntry(
        actor: audited.person, role: audited.role, onBehalfOf: owner, action: "shop.claim_step",
        object: claim.id.rawValue, purpose: what.rawValue, detailDigest: Digest(of: step.text).bytes))
    let body =
      #"{"campaign":"\#(claim.campaign)","order":"\#(claim.order)","position":\#(claim.position),"#
      + #""level":"\#(claim.level.rawValue)","state":"\#(claim.state.rawValue)","amount":\#(amount.minorUnits)}"#
    try transaction.publish([("shop.claim_\(what.rawValue)", claim.id.rawValue, body)])
    transaction.touch(.campaign(claim.campaign))
    transaction.touch(.afterSales(transaction.community))
    return claim
  }

  /// Gives money back for a claim: from whoever bears it to the order, and from the order to the household by the way it
  /// came. What is not paid yet is owed no longer.
  func refund(
    _ refund: Remedy.Refund, for claim: Claim, by actor: Actor?, in transaction: Transaction
  ) throws -> Claim {
    let (before, line) = try order(of: claim, in: transaction)
    guard let campaign = try CampaignStore.find(claim.campaign, in: transaction.community, transaction) else {
      throw Problem.internalFault
    }
    let amount = min(refund.amount, try ClaimRules.refundable(claim, line))
    let id: ClaimStepID = transaction.newIdentifier()
    let after = try before.givingBack(amount, on: line.position, bearer: refund.bearer)
    let compensation: Delivery.Compensation? =
      switch refund.bearer {
      case .merchant: nil
      case .leader: .init(bearer: .leader, amount: amount)
      case .community: .init(bearer: .community, amount: amount)
      }
    let audited = actor ?? .machine
    let items = try CampaignStore.items(after.lines.map(\.item), in: transaction.community, transaction)
    let merchants = Dictionary(items.map { ($0.id, $0.merchant) }) { first, _ in first }
    try books.deliver(
      Delivery(
        .claim(id), from: before, to: after, of: campaign, merchants: merchants, compensation: compensation),
      audited, transaction)
    try books.settle(Settlement(after, because: .afterSales), audited, transaction)
    let paid = try books.paid([after.id], transaction.community, transaction)[after.id] ?? .zero
    try OrderStore.update(try after.repriced(paid: paid), in: transaction)
    var claim = claim
    claim.refunded = try claim.refunded.adding(amount)
    claim.close(as: .refunded)
    return try write(
      .refunded, of: claim, by: actor, id: id, amount: amount, bearer: refund.bearer, in: transaction)
  }

  /// The claim's order and line.
  func order(of claim: Claim, in transaction: Transaction) throws -> (Order, OrderLine) {
    guard let order = try OrderStore.find(claim.order, in: transaction.community, transaction),
      let line = order.lines.first(where: { $0.position == claim.position })
    else { throw Problem.internalFault }
    return (order, line)
  }
}

extension Order {
  /// The order once so much was given back for one of its lines.
  /// - Throws: `money.overflow`.
  func givingBack(_ amount: Money, on position: Int, bearer: Remedy.Bearer) throws -> Order {
    var order = self
    for index in order.lines.indices where order.lines[index].position == position {
      let before = order.lines[index].givenBack
      order.lines[index].givenBack =
        bearer == .merchant
        ? GivenBack(returned: try before.returned.adding(amount), compensated: before.compensated)
        : GivenBack(returned: before.returned, compensated: try before.compensated.adding(amount))
    }
    order.revision += 1
    return order
  }

  /// The order with its total and its payment as they follow from its lines; what became of the goods stays.
  /// - Throws: `money.overflow`.
  func repriced(paid: Money) throws -> Order {
    var order = self
    order.total = try recomputedTotal()
    if order.payment != .void { order.payment = paid >= order.total ? .received : .due }
    return order
  }
}

extension Topic {
  /// Touched when a claim of the community is reported or answered: for what is public of it.
  static func afterSales(_ community: CommunityID) -> Topic {
    Topic("shop.after_sales", community.rawValue)
  }
}

extension ClaimStep {
  fileprivate var text: String {
    "\(sequence)|\(what.rawValue)|\(amount.minorUnits)|\(bearer?.rawValue ?? "")|\(note)"
  }
}
