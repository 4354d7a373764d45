package import Database
package import Kernel
import People
import Security

/// Banknotes for goods that a household carried home already: it agreed to a weight later, or had too little with it.
package enum OutstandingCash {
  /// What is still to be paid of an order whose goods were all handed over; nothing while some wait at the table, where they
  /// are paid for.
  static func owed(_ order: Order, paid: Money) -> Money {
    guard order.fulfilment == .collected else { return .zero }
    return max(.zero, (try? order.total.subtracting(paid)) ?? .zero)
  }

  /// Takes cash for an order, once for its key.
  /// - Throws: `not_found` for campaigns that the person does not run, `form.invalid` naming `cash`, `idempotency.key`,
  ///   `idempotency.mismatch`.
  package static func take(
    _ amount: Money, for id: OrderID, key: String, _ books: Bookkeeping, by actor: CampaignActor,
    in transaction: Transaction
  ) throws {
    guard IdempotencyKey.isUsable(key) else { throw Problem.idempotencyKeyUnusable }
    let key = IdempotencyKey(
      principal: actor.person, operation: "shop.outstanding_cash", key: key,
      digest: Digest(of: "\(id)|\(amount.minorUnits)").bytes)
    if try transaction.storedAnswer(for: key, in: transaction.community) != nil { return }
    guard let order = try OrderStore.find(id, in: transaction.community, transaction) else {
      throw Problem.notFound
    }
    _ = try CampaignStore.find(order.campaign, runBy: actor, in: transaction)
    let paid = try books.paid([id], transaction.community, transaction)[id] ?? .zero
    let owed = owed(order, paid: paid)
    guard amount > .zero, amount <= owed else {
      throw Problem.invalid([
        FieldProblem(
          "cash",
          Phrase(
            "这一单还差 \(owed.display)，不要多收。", "\(owed.display) is still owed; please do not take more."))
      ])
    }
    try books.takeCash(
      CashTaken(order: id, campaign: order.campaign, amount: amount, onBehalfOf: order.person), actor.actor,
      transaction)
    try OrderPayments.paymentCame(id, books, by: actor.actor, in: transaction)
    try transaction.audit(
      AuditEntry(
        actor: actor.person, role: actor.role, onBehalfOf: order.person, action: "shop.outstanding_cash",
        object: id.rawValue))
    transaction.touch(.campaign(order.campaign))
    try transaction.store([(key, StoredAnswer(status: 200, body: []))])
  }
}
