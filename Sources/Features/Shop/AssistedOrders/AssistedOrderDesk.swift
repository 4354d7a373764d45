import Database
import Kernel
import People
import Security

/// Where helpers ask for others, and where those others say yes or no: each is one transaction.
///
/// Source: field/socialwork.md §4, no. 1: the basket is read back, the person confirms, the order is placed; without a
/// confirmation it is void.
package struct AssistedOrderDesk: Sendable {
  /// What is read back today is confirmed by tomorrow, or not at all.
  static let waitingTime = Duration.hours(24)

  let books: Bookkeeping
  let people: Representation
  let proofs: PrincipalProofs
  /// Where visits are booked and changed.
  let visits: BookingDesk

  /// What a helper asks for.
  struct Draft: Sendable {
    let mandate: MandateID
    let matter: AssistedOrder.Matter
    /// 16–64 visible characters: the same form sent twice is one request.
    let key: String

    /// Nobody says yes to more than is read out, so nothing may be added to fill a case.
    fileprivate var refusal: Problem? {
      guard case .goods(_, let command) = matter else { return nil }
      return command.wishes.contains { $0.tolerance != 0 } ? .assistedOrderTolerance : nil
    }
  }

  // MARK: - The helper

  /// Keeps what a helper asks for until the person said yes; nothing is ordered, and neither goods nor times are held.
  ///
  /// - Throws: `not_found` for a mandate of somebody else, the mandate's own refusals, and all that the order desk or the
  ///   booking desk throws for it.
  func draft(_ draft: Draft, by helper: Actor, in transaction: Transaction) throws -> AssistedOrder {
    guard IdempotencyKey.isUsable(draft.key) else { throw Problem.idempotencyKeyUnusable }
    if let refusal = draft.refusal { throw refusal }
    guard let mandate = try people.mandate(draft.mandate, transaction.community, transaction),
      mandate.helper == helper.person,
      let household = try people.household(mandate.principal, transaction.community, transaction)
    else { throw Problem.notFound }
    var asked = AssistedOrder(
      id: transaction.newIdentifier(), person: mandate.principal, household: household,
      helper: helper.person, role: helper.role, mandate: mandate.id, matter: draft.matter, digest: [],
      total: .zero, state: .waiting, confirmation: nil, order: nil, draftedAt: transaction.now,
      expiresAt: transaction.now + Self.waitingTime)
    asked.digest = try digest(of: asked, in: transaction)
    let stored = IdempotencyKey(
      principal: helper.person, operation: "shop.assisted_order", key: draft.key, digest: asked.digest)
    if let earlier = try transaction.storedAnswer(for: stored, in: transaction.community) {
      return try found(AssistedOrderID(String(decoding: earlier.body, as: UTF8.self)), in: transaction)
    }
    let outcome = try preview(asked, under: mandate, in: transaction)
    (asked.total, asked.order) = (outcome.total, outcome.order)
    asked.expiresAt = min(asked.expiresAt, outcome.until)
    try AssistedOrderStore.insert(asked, in: transaction)
    try VoidAssistedOrder.schedule(asked, in: transaction)
    try transaction.store([(stored, StoredAnswer(status: 201, body: Array(asked.id.description.utf8)))])
    try tell("shop.assisted_order_draft", asked, by: helper, in: transaction)
    try transaction.publish("shop.assisted_order_waits", subject: asked.id.rawValue)
    return asked
  }

  /// What would come of it at this moment.
  struct Preview: Sendable {
    let total: Money
    /// The order that it is about; nil for a new one.
    let order: OrderID?
    /// Until when it can be had.
    let until: Timestamp
  }

  private func digest(of asked: AssistedOrder, in transaction: Transaction) throws -> [UInt8] {
    switch asked.matter {
    case .goods(let campaign, let command):
      try request(for: asked, campaign, command, in: transaction).digest
    case .visit(let visit): visit.digest
    }
  }

  private func request(
    for asked: AssistedOrder, _ campaign: CampaignID, _ command: OrderRequest.Command,
    in transaction: Transaction
  ) throws -> OrderRequest {
    try OrderRequest(
      community: transaction.community, campaign: campaign, person: asked.person,
      household: asked.household, actor: asked.helper, role: asked.role, authority: .assisted(asked.id),
      key: Self.key(of: asked.id), command: command)
  }

  /// What would come of it now, without ordering or booking anything.
  private func preview(
    _ asked: AssistedOrder, under mandate: Mandate, in transaction: Transaction
  ) throws -> Preview {
    // Every way that the person chose is as good as another for the sum that is read back.
    let way = mandate.terms(at: transaction.now).confirmations.min { $0.rawValue < $1.rawValue }
    switch asked.matter {
    case .goods(let campaign, let command):
      let request = try request(for: asked, campaign, command, in: transaction)
      let ground = OrderGround(
        person: request.person, household: request.household, campaign: request.campaign,
        helper: request.actor, digest: request.digest, isOpen: true, mandate: mandate.id, confirmation: way)
      let order = try OrderDesk.preview(request, on: ground, books, people, in: transaction)
      let cutOff = try CampaignStore.find(campaign, in: transaction.community, transaction)?.cutOffAt
      return Preview(total: order.total, order: command.order, until: cutOff ?? transaction.now)
    case .visit(let visit):
      return try preview(visit, of: asked, under: mandate, by: way, in: transaction)
    }
  }

  // MARK: - The person

  /// The person's yes: the order is placed, changed or cancelled, or the visit booked, exactly as it was read back.
  ///
  /// - Throws: `not_found`, `assisted_order.void`, `assisted_order.price_changed`, `mandate.confirmation` and the other
  ///   refusals of the mandate, and all that the order desk or the booking desk throws. Nothing is changed then.
  func confirm(
    _ id: AssistedOrderID, _ word: PrincipalWord, in transaction: Transaction
  ) throws -> Order {
    let asked = try found(id, in: transaction)
    if asked.state == .placed, let order = asked.order {
      return try placed(order, in: transaction)
    }
    guard asked.isOpen(at: transaction.now),
      // It was asked for one door; who has moved since is asked anew.
      try people.household(asked.person, transaction.community, transaction) == asked.household
    else { throw Problem.assistedOrderVoid }
    guard let mandate = try people.mandate(asked.mandate, transaction.community, transaction),
      let way = word.way(for: asked.person, mandate.terms(at: transaction.now))
    else { throw Problem.notFound }
    if case .spokenCode(let number, let code) = word.proof {
      try proofs.useCode(
        asked.person, number, code, Actor(person: asked.helper, role: asked.role), transaction)
    }
    try AssistedOrderStore.confirm(id, by: word.person ?? asked.person, way, in: transaction)
    let (order, total) = try carryOut(asked, under: mandate, by: way, in: transaction)
    guard total == asked.total else {
      throw Problem.assistedOrderPriceChanged(from: asked.total, to: total)
    }
    try AssistedOrderStore.end(id, as: .placed, order: order.id, in: transaction)
    try VoidAssistedOrder.cancel(id, in: transaction)
    try tell(
      "shop.assisted_order_confirm", asked, by: Actor(person: word.person ?? asked.person, role: .resident),
      purpose: way.rawValue, in: transaction)
    try transaction.publish(
      "shop.assisted_order_placed", subject: id.rawValue, body: #"{"order":"\#(order.id)"}"#)
    return order
  }

  /// Does what was asked for, and returns the order with what it comes to.
  private func carryOut(
    _ asked: AssistedOrder, under mandate: Mandate, by way: ConfirmationWay, in transaction: Transaction
  ) throws -> (order: Order, total: Money) {
    switch asked.matter {
    case .goods(let campaign, let command):
      let request = try request(for: asked, campaign, command, in: transaction)
      guard let answer = try OrderDesk.decide([request], books, people, in: transaction).first else {
        throw Problem.internalFault
      }
      let order = try answer.get().order
      return (order, command.purpose == .cancel ? asked.total : order.total)
    case .visit(let visit):
      let (id, total) = try carryOut(visit, of: asked, under: mandate, by: way, in: transaction)
      return (try placed(id, in: transaction), total)
    }
  }

  /// The person does not want it, or the helper takes it back.
  /// - Throws: `not_found` for everybody else, `assisted_order.void`.
  func decline(_ id: AssistedOrderID, by actor: Actor, in transaction: Transaction) throws {
    let asked = try found(id, in: transaction)
    guard try mayEnd(asked, actor.person, in: transaction) else { throw Problem.notFound }
    if asked.state == .declined { return }
    guard asked.state == .waiting else { throw Problem.assistedOrderVoid }
    try AssistedOrderStore.end(id, as: .declined, order: nil, in: transaction)
    try VoidAssistedOrder.cancel(id, in: transaction)
    try tell("shop.assisted_order_decline", asked, by: actor, in: transaction)
  }

  /// Whether somebody may see and end what was asked: the helper, the household, and the relative who holds the key of a
  /// mandate that counts.
  func mayEnd(
    _ asked: AssistedOrder, _ person: PersonID, in snapshot: Snapshot, community: CommunityID
  ) throws -> Bool {
    if person == asked.helper || person == asked.person { return true }
    return try people.isParty(
      person, to: asked.mandate, ofHousehold: asked.household, in: community, snapshot)
  }

  private func mayEnd(
    _ asked: AssistedOrder, _ person: PersonID, in transaction: Transaction
  ) throws -> Bool {
    try mayEnd(asked, person, in: transaction, community: transaction.community)
  }

  private func found(_ id: AssistedOrderID?, in transaction: Transaction) throws -> AssistedOrder {
    guard let id, let asked = try AssistedOrderStore.find(id, in: transaction.community, transaction)
    else { throw Problem.notFound }
    return asked
  }

  private func placed(_ id: OrderID, in transaction: Transaction) throws -> Order {
    guard let order = try OrderStore.find(id, in: transaction.community, transaction) else {
      throw Problem.internalFault
    }
    return order
  }

  /// One request, one order: the key is made of what was confirmed.
  static func key(of id: AssistedOrderID) -> String { "assisted-order-\(id)" }

  private func tell(
    _ action: StaticString, _ asked: AssistedOrder, by actor: Actor, purpose: String = "",
    in transaction: Transaction
  ) throws {
    try transaction.audit(
      AuditEntry(
        actor: actor.person, role: actor.role, onBehalfOf: asked.person, action: action,
        object: asked.id.rawValue, purpose: purpose, detailDigest: asked.digest))
  }
}

extension PrincipalWord {
  /// Who said it in a session of their own; nil where a helper's device heard it.
  var person: PersonID? {
    if case .session(let person) = proof { person } else { nil }
  }
}

extension Problem {
  static let assistedOrderTolerance = Problem(
    "assisted_order.tolerance", status: 422,
    Phrase("代下单不能多拿凑整箱。", "An order for somebody else takes nothing more to fill a case."),
    advice: Phrase("请只填本人要的数量。", "Please fill in what the person wants and no more."))

  static let assistedOrderVoid = Problem(
    "assisted_order.void", status: 409,
    Phrase("这一单已经不能确认了。", "This can no longer be confirmed."),
    advice: Phrase(
      "它可能已经作废、被取消、过了截单时间，或者本人搬家了。请看看现在的情况再下单。",
      "It may be void, declined, or past the cut-off, or the person has moved. Please look at how things stand and ask again."
    ))

  static func assistedOrderPriceChanged(from old: Money, to new: Money) -> Problem {
    Problem(
      "assisted_order.price_changed", status: 409,
      Phrase(
        "读给本人听的是 \(old.display)，现在是 \(new.display)。",
        "\(old.display) was read out, and it is \(new.display) now."),
      advice: Phrase(
        "没有下单。请重新念一遍，再请本人确认。", "Nothing was ordered. Please read it out again and ask once more."))
  }
}
