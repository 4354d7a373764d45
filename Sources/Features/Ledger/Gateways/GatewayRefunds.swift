import Database
import Kernel
import Logging
import People

extension GatewayDesk {
  /// When a refund that was sent is asked for again: growing, at most every six hours.
  private static let refundPauses: [Duration] = [
    .seconds(10), .minutes(1), .minutes(10), .hours(1), .hours(6),
  ]

  /// Sends a refund, or asks how it stands with it. Sending again with the same number is the same refund, so nothing goes
  /// back twice whatever was heard of the first time.
  func send(_ due: GatewayDeskStore.Due<RefundKind>) async throws {
    let found = try await database.read { snapshot -> (Refund, Payment)? in
      guard let refund = try RefundStore.find(due.id, in: due.community, snapshot),
        let payment = try PaymentStore.find(refund.payment, in: due.community, snapshot)
      else { return nil }
      return (refund, payment)
    }
    guard let (refund, payment) = found, refund.state == .due || refund.state == .sent,
      let gateway = gateways[refund.channel], let trade = payment.tradeNumber,
      let number = refund.refundNumber
    else { return }
    let outcome: RefundOutcome
    if refund.state == .sent, case let known = await gateway.queryRefund(number, of: trade), known != .absent
    {
      outcome = known
    } else {
      guard try await markSent(refund, in: due.community) else { return }
      outcome = await gateway.refund(
        RefundRequest(
          refund: number, trade: trade, amount: refund.amount, total: payment.amount,
          reason: refund.reason.name.chinese, notifyURL: notifyURL(refund.channel) ?? ""))
    }
    try await settle(refund, outcome, due)
  }

  /// Before the first call: a refund that may have been sent is never taken back.
  private func markSent(_ refund: Refund, in community: CommunityID) async throws -> Bool {
    if refund.state == .sent { return true }
    var sent = refund
    sent.state = .sent
    let moved = sent
    return try await database.write(in: community) { try RefundStore.move(moved, from: .due, in: $0) }
  }

  private func settle(
    _ refund: Refund, _ outcome: RefundOutcome, _ due: GatewayDeskStore.Due<RefundKind>
  ) async throws {
    switch outcome {
    case .succeeded(let settled) where settled.amount == refund.amount:
      try await database.write(in: due.community) { try Refunds.markPaid(refund, by: .machine, in: $0) }
    case .succeeded, .failed, .abnormal:
      // The money is still ours: a person has to look, and it goes back another way or is sent again.
      logger.error("A refund did not go back", metadata: ["refund": "\(refund.id)"])
      try await database.write(in: due.community) {
        try GatewayDeskStore.ask(refund.id, at: nil, asked: due.asked + 1, in: $0)
        try $0.publish("ledger.refund_stuck", subject: refund.order.rawValue)
      }
    case .processing, .absent, .unknown:
      let pause = Self.refundPauses[min(due.asked, Self.refundPauses.count - 1)]
      try await database.write(in: due.community) {
        try GatewayDeskStore.ask(refund.id, at: $0.now + pause, asked: due.asked + 1, in: $0)
      }
    }
  }

  /// Where notifications of a service come to; nil where the program has no public address.
  func notifyURL(_ channel: PaymentChannel) -> String? {
    publicURL.map { "\($0)\(Self.notifyPath(channel))" }
  }

  static func notifyPath(_ channel: PaymentChannel) -> String {
    channel == .alipay ? "/payments/notifications/alipay" : "/payments/notifications/wechat"
  }
}
