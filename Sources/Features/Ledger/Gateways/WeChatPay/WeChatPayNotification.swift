import Kernel

/// Reads the body of a notification whose signature was proven.
/// Source: field/reliability.md §3.8, steps 7 and 8.
struct WeChatPayNotification: Sendable {
  private let account: WeChatPayAccount

  init(_ account: WeChatPayAccount) {
    self.account = account
  }

  /// - Throws: `malformed`, `unsupportedAlgorithm`, `badCiphertext`, `otherMerchant`, `otherApplication`,
  ///   `wrongCurrency`.
  func event(in body: [UInt8]) throws(GatewayRefusal) -> GatewayEvent {
    let document = try GatewayDocument(body, part: "body")
    let id = try document.text("id")
    let type = try document.text("event_type")
    let resource = try WeChatPayResource(try document.object("resource"))
    let content = try GatewayDocument(try resource.open(with: account.apiKey), part: "resource")
    if type.hasPrefix("TRANSACTION.") { return .payment(try payment(content, id)) }
    if type.hasPrefix("REFUND.") { return .refund(try refund(content, id)) }
    throw .malformed("event_type")
  }

  private func payment(_ document: GatewayDocument, _ id: String) throws(GatewayRefusal) -> PaymentNotice {
    let transaction = try WeChatPayTransaction(document, of: account)
    let amount = try document.object("amount")
    guard amount.optionalText("currency") == "CNY" else { throw .wrongCurrency }
    let (state, paidAt): (PaymentNotice.State, Timestamp?) =
      switch transaction.outcome {
      case .paid(let paid): (.paid, paid.paidAt)
      case .closed: (.closed, nil)
      case .notPaid, .unknown: (.notPaid, nil)
      }
    return PaymentNotice(
      notificationID: id, trade: transaction.trade, transactionID: try document.text("transaction_id"),
      amount: try amount.fen("total"), state: state, paidAt: paidAt)
  }

  /// A refund's notification names neither application nor currency.
  private func refund(_ document: GatewayDocument, _ id: String) throws(GatewayRefusal) -> RefundNotice {
    guard try document.text("mchid") == account.merchantID else { throw .otherMerchant }
    guard let number = RefundNumber(try document.text("out_refund_no")) else {
      throw .malformed("out_refund_no")
    }
    let state: RefundNotice.State
    switch try document.text("refund_status") {
    case "SUCCESS": state = .succeeded
    case "CLOSED": state = .closed
    case "ABNORMAL": state = .abnormal
    default: throw .malformed("refund_status")
    }
    return RefundNotice(
      notificationID: id, trade: try document.trade("out_trade_no"),
      transactionID: try document.text("transaction_id"), refund: number,
      amount: .refund(try document.object("amount").fen("refund")), state: state)
  }
}
