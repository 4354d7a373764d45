import Database
import Kernel
import People
import Security

/// What the office decides about a refund that a payment service refused. The service is asked outside any transaction, and
/// what is then written finds the refund as it stands: whoever comes second is told so, and nothing is paid twice.
struct RefundDesk: Sendable {
  let database: Database
  let vault: Vault
  let gateways: GatewayDesk

  /// Asks the service once more, under the same number, and hears the answer at once where there is one.
  /// - Throws: `not_found`, `refund.not_due` where it is not refused, or not any more.
  func askAgain(_ id: RefundID, by actor: Actor, in community: CommunityID) async throws {
    try await database.write(in: community) { transaction in
      let refund = try Refunds.reopen(id, in: transaction)
      try transaction.audit(
        AuditEntry(
          actor: actor.person, role: actor.role, action: "ledger.refund_ask_again", object: id.rawValue,
          purpose: refund.channel.rawValue))
      try transaction.publish("ledger.refund_asked_again", subject: refund.order.rawValue)
    }
    try await gateways.send(GatewayDeskStore.Due(id: id, community: community, asked: 0))
  }

  /// Pays it out of the box or over the bank, as the household agreed. The service is asked before: what it has paid
  /// meanwhile, or is about to, is not paid by us.
  ///
  /// - Throws: `not_found`, `refund.not_due`, `refund.went_through` when the service has paid or is paying it,
  ///   `refund.in_doubt` when it does not say, `ledger.not_enough`.
  func payOtherwise(
    _ id: RefundID, _ answer: RefundForm.Otherwise, by actor: Actor, in community: CommunityID
  ) async throws {
    let refund = try await database.read { try RefundStore.find(id, in: community, $0) }
    guard let refund else { throw Problem.notFound }
    guard refund.state == .refused else { throw Problem.refundIsNotDue(refund) }
    switch try await gateways.standing(of: id, in: community) {
    case .failed?, .abnormal?, .absent?: break
    // Without the service nobody can be asked, and what it has said stands.
    case nil: break
    case .succeeded?, .processing?:
      try await database.write(in: community) { transaction in
        // Somebody may have been faster, and then there is nothing to reopen.
        if try RefundStore.find(id, in: community, transaction)?.state == .refused {
          _ = try Refunds.reopen(id, in: transaction)
          try GatewayDeskStore.ask(id, at: transaction.now, asked: 1, in: transaction)
        }
      }
      throw Problem.refundWentThrough
    case .unknown?: throw Problem.refundInDoubt
    }
    let cipher = try await vault.statementCipher(in: community)
    let sealed = try cipher.seal(answer.agreement, at: Self.address(id, community))
    let digest = Digest(of: answer.agreement).bytes
    try await database.write(in: community) {
      _ = try Refunds.payOtherwise(
        id, by: answer.way, agreement: (sealed, digest), actor: actor, in: $0)
    }
  }

  /// What the household agreed to, as it was written down; nil where the money went back by the way it came.
  func agreement(to id: RefundID, in community: CommunityID) async throws -> String? {
    let cipher = try await vault.statementCipher(in: community)
    return try await database.read { snapshot in
      try RefundStore.agreement(of: id, in: community, snapshot).map {
        try cipher.open($0, at: Self.address(id, community))
      }
    }
  }

  private static func address(_ id: RefundID, _ community: CommunityID) -> FieldAddress {
    FieldAddress("ledger_refund", "agreement", row: id, community: community)
  }
}

extension Problem {
  static let refundWentThrough = Problem(
    "refund.went_through", status: 409,
    Phrase("平台已经在退这笔钱了，没有另外付。", "The service is refunding this after all; nothing else was paid."),
    advice: Phrase("请过一会儿再看结果，不要再给钱。", "Please look again in a moment, and do not pay it."))

  static let refundInDoubt = Problem(
    "refund.in_doubt", status: 409,
    Phrase("现在问不到平台退了没有，没有另外付。", "The service does not say whether it has refunded this; nothing was paid."),
    advice: Phrase("请过一会儿再试；弄清楚以前不要给钱。", "Please try again later, and pay nothing until it is known."))
}
