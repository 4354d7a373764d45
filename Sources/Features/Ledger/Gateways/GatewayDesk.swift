package import Database
import Kernel
package import Logging
import People

/// Where we speak with payment services: payments are begun, notifications believed or refused, what was not told is asked
/// for, and refunds are sent.
///
/// No call to a service is made inside a transaction. Before a call the number is fixed, after it the outcome is written,
/// and whoever comes second finds the state moved on: so a notification, a question of ours and a second copy of either
/// come to one payment (field/reliability.md §3.8 and §3.9).
package struct GatewayDesk: Sendable {
  let database: Database
  let gateways: [PaymentChannel: any PaymentGateway]
  let payments: Payments
  /// Scheme and host under which payment services reach us.
  let publicURL: String?
  let logger: Logger

  /// When a payment that was begun is asked for: 30 seconds after it, then 1, 3 and 10 minutes, and at its end.
  static let payingPauses: [Duration] = [.seconds(30), .minutes(1), .minutes(3), .minutes(10), .minutes(10)]
  private static let batchLimit = 50

  package init(
    database: Database, gateways: [any PaymentGateway], publicURL: String?, trade: TradeDirectory,
    logger: Logger
  ) {
    self.database = database
    self.gateways = Dictionary(gateways.map { ($0.channel, $0) }) { first, _ in first }
    payments = Payments(trade: trade)
    self.publicURL = publicURL
    self.logger = logger
  }

  /// Whether there is any service to speak with.
  package var isSetUp: Bool { !gateways.isEmpty }

  // MARK: - Beginning

  /// Asks the service to make a payment possible; the same payment asked for again is the same trade.
  func begin(
    _ payment: Payment, presentation: PaymentPresentation, subject: String, in community: CommunityID
  ) async throws -> PaymentPrompt {
    guard let gateway = gateways[payment.channel], let trade = payment.tradeNumber,
      let expiresAt = payment.expiresAt, let notifyURL = notifyURL(payment.channel)
    else { throw Problem.paymentNotTaken }
    if presentation == .code, let prompt = payment.prompt { return .code(prompt) }
    let began = await gateway.begin(
      PaymentRequest(
        trade: trade, amount: payment.amount, subject: subject, expiresAt: expiresAt, notifyURL: notifyURL,
        presentation: presentation))
    switch began {
    case .prompt(let prompt):
      try await database.write(in: community) { transaction in
        if case .code(let text) = prompt { try GatewayDeskStore.keep(text, of: payment.id, in: transaction) }
      }
      return prompt
    case .refused(let code):
      logger.warning("A payment service refused to begin", metadata: ["code": "\(code)"])
      throw Problem.gatewayRefused
    case .unknown(let doubt):
      logger.warning("A payment service gave no usable answer", metadata: ["code": "\(doubt.code)"])
      throw Problem.gatewayUnreachable
    }
  }

  // MARK: - Notifications

  /// Believes a notification or refuses it, writes what follows, and says what to answer.
  func notified(
    _ channel: PaymentChannel, _ notification: IncomingNotification
  ) async -> NotificationAnswer? {
    guard let gateway = gateways[channel] else { return nil }
    do {
      switch try await gateway.verify(notification) {
      case .payment(let notice): try await take(notice, by: channel)
      case .refund(let notice): try await take(notice, by: channel)
      }
      return gateway.answer(.accepted)
    } catch let refusal as GatewayRefusal {
      logger.notice("A payment notification was refused", metadata: ["code": "\(refusal.code)"])
      return gateway.answer(.refused(refusal))
    } catch {
      logger.error("A payment notification could not be stored")
      return gateway.answer(.failed)
    }
  }

  private func take(_ notice: PaymentNotice, by channel: PaymentChannel) async throws {
    guard
      let (payment, community) = try await database.read({ try GatewayDeskStore.payment(notice.trade, $0) }),
      payment.channel == channel
    else { throw GatewayRefusal.unknownTrade }
    guard payment.amount == notice.amount else { throw GatewayRefusal.otherAmount }
    guard notice.state == .paid else { return }
    try await receive(payment.id, notice.transactionID, in: community)
  }

  private func take(_ notice: RefundNotice, by channel: PaymentChannel) async throws {
    guard
      let (payment, community) = try await database.read({ try GatewayDeskStore.payment(notice.trade, $0) }),
      payment.channel == channel
    else { throw GatewayRefusal.unknownTrade }
    // A notice about a refund only says that it is time to ask: what is then answered is about one refund of ours.
    try await database.write(in: community) { transaction in
      for refund in try RefundStore.list(of: payment.order, in: community, transaction)
      where refund.payment == payment.id && refund.mayBeToldOf {
        // Asked, not sent once more, where the service has refused it before.
        try GatewayDeskStore.ask(
          refund.id, at: transaction.now, asked: refund.refusal == nil ? 0 : 1, in: transaction)
      }
    }
  }

  private func receive(_ id: PaymentID, _ transactionID: String, in community: CommunityID) async throws {
    try await database.write(in: community) { [payments] transaction in
      try payments.receive(id, transactionNumber: transactionID, by: .machine, in: transaction)
    }
  }

  // MARK: - Rounds

  /// Asks for what was not told and sends what is to go back, as far as it is time.
  /// - Returns: how many payments and refunds were dealt with.
  @discardableResult
  package func round() async throws -> Int {
    if gateways.isEmpty { return 0 }
    let (payments, refunds) = try await database.read { snapshot in
      (
        try GatewayDeskStore.duePayments(limit: Self.batchLimit, snapshot),
        try GatewayDeskStore.dueRefunds(limit: Self.batchLimit, snapshot)
      )
    }
    for due in payments { try await ask(due) }
    for due in refunds { try await send(due) }
    return payments.count + refunds.count
  }

  /// How it stands with one payment, asked of the service now.
  func ask(_ due: GatewayDeskStore.Due<PaymentKind>) async throws {
    let payment = try await database.read { try PaymentStore.find(due.id, in: due.community, $0) }
    guard let payment, payment.state == .pending, let gateway = gateways[payment.channel],
      let trade = payment.tradeNumber
    else { return }
    let isOver = payment.expiresAt.map { $0 < database.clock.now() } ?? false
    switch await gateway.query(trade) {
    case .paid(let paid) where paid.amount == payment.amount:
      try await receive(payment.id, paid.transactionID, in: due.community)
    case .paid:
      logger.error("A payment service names another amount", metadata: ["payment": "\(payment.id)"])
      try await postpone(due)
    case .closed: try await closed(due)
    case .notPaid where isOver:
      // An end that was asked for and not confirmed is asked for again: until then it may be paid.
      switch await gateway.close(trade) {
      case .closed, .absent: try await closed(due)
      case .paid, .unknown: try await postpone(due)
      }
    case .notPaid, .unknown: try await postpone(due)
    }
  }

  private func closed(_ due: GatewayDeskStore.Due<PaymentKind>) async throws {
    try await database.write(in: due.community) { try PaymentStore.markClosed(due.id, in: $0) }
  }

  private func postpone(_ due: GatewayDeskStore.Due<PaymentKind>) async throws {
    let pause = Self.payingPauses[min(due.asked + 1, Self.payingPauses.count - 1)]
    try await database.write(in: due.community) {
      try GatewayDeskStore.ask(due.id, at: $0.now + pause, asked: due.asked + 1, in: $0)
    }
  }
}

extension Problem {
  static let gatewayRefused = Problem(
    "gateway.refused", status: 502,
    Phrase("支付平台没有受理这笔付款。", "The payment service did not take this payment."),
    advice: Phrase("请换一种付款方式，或取货时付现金。", "Please choose another way, or pay cash at pickup."))

  static let gatewayUnreachable = Problem(
    "gateway.unreachable", status: 503,
    Phrase("现在连不上支付平台，没有扣款。", "The payment service cannot be reached; nothing was charged."),
    advice: Phrase("请过一会儿再试，或取货时付现金。", "Please try again later, or pay cash at pickup."), retryAfter: 30)
}
