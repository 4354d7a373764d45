import Kernel

/// A trade as WeChat Pay tells of it, in notifications and in answers.
/// Source: field/reliability.md §3.8, step 8.
struct WeChatPayTransaction: Sendable {
  let trade: TradeNumber
  let outcome: PaymentOutcome

  /// - Throws: `otherMerchant`, `otherApplication`, `wrongCurrency`, `malformed`.
  init(_ document: GatewayDocument, of account: WeChatPayAccount) throws(GatewayRefusal) {
    guard try document.text("mchid") == account.merchantID else { throw .otherMerchant }
    guard try document.text("appid") == account.appID else { throw .otherApplication }
    trade = try document.trade("out_trade_no")
    switch try document.text("trade_state") {
    // REFUND says that some of it went back, which it can only after it was paid.
    case "SUCCESS", "REFUND":
      let amount = try document.object("amount")
      guard amount.optionalText("currency") == "CNY" else { throw .wrongCurrency }
      outcome = .paid(
        PaidTrade(
          transactionID: try document.text("transaction_id"), amount: try amount.fen("total"),
          paidAt: try document.moment("success_time")))
    // After PAYERROR the payer may try again.
    case "NOTPAY", "USERPAYING", "PAYERROR", "ACCEPT": outcome = .notPaid
    case "CLOSED", "REVOKED": outcome = .closed
    default: throw .malformed("trade_state")
    }
  }
}
