package import Kernel

/// Why we do not know.
package enum GatewayDoubt: Error, Sendable, Hashable {
  /// No answer came, or not in time.
  case noAnswer
  /// An answer came that does not prove where it comes from, or speaks of something else than was asked.
  case unproven(GatewayRefusal)
  /// The gateway does not know itself; its own code, such as `SYSTEM_ERROR`.
  case said(code: String)
  /// The certificates, keys or settings do not allow to ask.
  case notAsked

  /// Stable, for logs and counters.
  package var code: String {
    switch self {
    case .noAnswer: "gateway.no_answer"
    case .unproven(let refusal): refusal.code
    case .said: "gateway.in_doubt"
    case .notAsked: "gateway.not_asked"
    }
  }
}

/// What came of asking for a payment to be made possible.
package enum PaymentBeginning: Sendable, Equatable {
  case prompt(PaymentPrompt)
  /// The gateway will not take it; its own code, such as `PARAM_ERROR`.
  case refused(code: String)
  case unknown(GatewayDoubt)
}

/// A trade that was paid.
package struct PaidTrade: Sendable, Hashable {
  /// The gateway's number of it (`transaction_id`, `trade_no`).
  package let transactionID: String
  package let amount: Money
  package let paidAt: Timestamp
}

package enum PaymentOutcome: Sendable, Hashable {
  /// Paid, whether or not some of it went back since.
  case paid(PaidTrade)
  /// Not yet; it may be, while it is not closed and not expired.
  case notPaid
  /// It was not paid and never will be. At Alipay also: all of it went back.
  case closed
  case unknown(GatewayDoubt)
}

package enum ClosingOutcome: Sendable, Hashable {
  case closed
  /// Too late: ask with `query`.
  case paid
  /// The gateway has no such trade. A code that nobody scanned is such a one: it stays payable until it expires.
  case absent
  case unknown(GatewayDoubt)
}

/// A refund that has gone back.
package struct SettledRefund: Sendable, Hashable {
  /// The gateway's number: of the refund at WeChat, of the trade at Alipay.
  package let transactionID: String
  package let amount: Money
  /// Nil where the gateway does not tell.
  package let at: Timestamp?
}

package enum RefundOutcome: Sendable, Hashable {
  case processing
  case succeeded(SettledRefund)
  /// The gateway will not do it; its own code, such as `NOT_ENOUGH`. The money is still ours.
  case failed(code: String)
  /// The payer's account does not take the money; somebody has to send it elsewhere.
  case abnormal
  /// The gateway has no refund of this number: it may be asked for again with the same number and amounts.
  case absent
  case unknown(GatewayDoubt)
}

/// A day's bill as the gateway made it.
package struct DailyBill: Sendable, Equatable {
  package enum Format: Sendable {
    /// Comma-separated UTF-8, each value after a grave accent.
    case weChatPay
    /// A ZIP of comma-separated files in GBK.
    case alipay
  }

  package let format: Format
  package let bytes: [UInt8]
}

package enum BillOutcome: Sendable, Equatable {
  case bill(DailyBill)
  /// There was no trade that day, or the bill is not ready.
  case none
  case refused(code: String)
  case unknown(GatewayDoubt)
}
