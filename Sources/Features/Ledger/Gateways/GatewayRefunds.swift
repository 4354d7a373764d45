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
    guard let (refund, payment) = found, refund.state == .due || refund.mayBeToldOf,
      let gateway = gateways[refund.channel], let trade = payment.tradeNumber,
      let number = refund.refundNumber
    else { return }
    if refund.state != .due {
      let known = await gateway.queryRefund(number, of: trade)
      guard refund.state == .sent else { return try await settleLate(refund, known, due) }
      let isSentAgain = known.isRefusal && refund.refusal != nil && due.asked == 0
      guard known == .absent || isSentAgain else { return try await settle(refund, known, due) }
    }
    guard try await markSent(refund, in: due.community) else { return }
    let outcome = await gateway.refund(
      RefundRequest(
        refund: number, trade: trade, amount: refund.amount, total: payment.amount,
        reason: refund.reason.name.chinese, notifyURL: notifyURL(refund.channel) ?? ""))
    try await settle(refund, outcome, due)
  }

  /// What a service says of a refund that it had refused, or that was paid by another way since: it may have paid it all
  /// the same, as when somebody pressed a button on its own pages.
  private func settleLate(
    _ refund: Refund, _ outcome: RefundOutcome, _ due: GatewayDeskStore.Due<RefundKind>
  ) async throws {
    try await database.write(in: due.community) { transaction in
      guard let now = try RefundStore.find(refund.id, in: due.community, transaction) else { return }
      switch outcome {
      case .succeeded where now.otherWay != nil: try Refunds.markPaidAgain(now, in: transaction)
      case .succeeded, .processing:
        guard now.state == .refused else { return }
        // It is on its way after all, and the next question says whether it arrived.
        _ = try Refunds.reopen(now.id, in: transaction)
        try GatewayDeskStore.ask(now.id, at: transaction.now, asked: 1, in: transaction)
      case .unknown:
        let pause = Self.refundPauses[min(due.asked, Self.refundPauses.count - 1)]
        try GatewayDeskStore.ask(now.id, at: transaction.now + pause, asked: due.asked + 1, in: transaction)
      case .failed, .abnormal, .absent:
        try GatewayDeskStore.ask(now.id, at: nil, asked: due.asked, in: transaction)
      }
    }
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
    case .succeeded:
      logger.error("A refund went back with another amount", metadata: ["refund": "\(refund.id)"])
      try await database.write(in: due.community) {
        try RefundStore.note(Refund.otherAmount, of: refund.id, in: $0)
        try GatewayDeskStore.ask(refund.id, at: nil, asked: due.asked + 1, in: $0)
        try $0.publish("ledger.refund_stuck", subject: refund.order.rawValue)
      }
    case .failed, .abnormal:
      // The money is still ours: a person has to look, and it goes back another way or is sent again.
      logger.error("A refund did not go back", metadata: ["refund": "\(refund.id)"])
      let code = outcome.refusalCode ?? ""
      try await database.write(in: due.community) { try Refunds.markRefused(refund, code, in: $0) }
    case .processing, .absent, .unknown:
      let pause = Self.refundPauses[min(due.asked, Self.refundPauses.count - 1)]
      try await database.write(in: due.community) {
        try GatewayDeskStore.ask(refund.id, at: $0.now + pause, asked: due.asked + 1, in: $0)
      }
    }
  }

  /// What the service says of a refund that it has refused, asked now.
  /// - Returns: nil where the service is not set up any more, so that nobody can be asked.
  func standing(of id: RefundID, in community: CommunityID) async throws -> RefundOutcome? {
    let found = try await database.read { snapshot -> (Refund, Payment)? in
      guard let refund = try RefundStore.find(id, in: community, snapshot),
        let payment = try PaymentStore.find(refund.payment, in: community, snapshot)
      else { return nil }
      return (refund, payment)
    }
    guard let (refund, payment) = found, let number = refund.refundNumber, let trade = payment.tradeNumber
    else { throw Problem.notFound }
    return await gateways[refund.channel]?.queryRefund(number, of: trade)
  }

  /// Where notifications of a service come to; nil where the program has no public address.
  func notifyURL(_ channel: PaymentChannel) -> String? {
    publicURL.map { "\($0)\(Self.notifyPath(channel))" }
  }

  static func notifyPath(_ channel: PaymentChannel) -> String {
    channel == .alipay ? "/payments/notifications/alipay" : "/payments/notifications/wechat"
  }
}

extension Refund {
  /// Whether its payment service may still have something to say of it.
  var mayBeToldOf: Bool { state == .sent || state == .refused || otherWay != nil }
}

extension RefundOutcome {
  /// Why the service will not do it; nil where it does, or where nobody knows.
  var refusalCode: String? {
    switch self {
    case .failed(let code): code
    case .abnormal: "ABNORMAL"
    case .processing, .succeeded, .absent, .unknown: nil
    }
  }

  fileprivate var isRefusal: Bool { refusalCode != nil }
}
