package import Kernel

/// What a notification says that proved where it comes from.
///
/// The same event comes more than once, sometimes at the same time, and events can come in another order than they
/// happened. The caller must find it harmless: by the notification's number, and by the state of payment or refund.
package enum GatewayEvent: Sendable, Hashable {
  case payment(PaymentNotice)
  case refund(RefundNotice)
}

package struct PaymentNotice: Sendable, Hashable {
  /// The state of the trade. Only `paid` is money.
  package enum State: String, Sendable {
    case paid
    case notPaid = "not_paid"
    case closed
  }

  /// The gateway's number of this notification (`id`, `notify_id`); a repetition has the same one.
  package let notificationID: String
  package let trade: TradeNumber
  package let transactionID: String
  package let amount: Money
  package let state: State
  /// Nil unless it is paid.
  package let paidAt: Timestamp?
}

package struct RefundNotice: Sendable, Hashable {
  /// What the amount is.
  package enum Amount: Sendable, Hashable {
    /// Of this refund alone.
    case refund(Money)
    /// Of all refunds of the trade so far: Alipay tells no other.
    case allRefunds(Money)
  }

  package enum State: String, Sendable {
    case succeeded
    /// The refund came to nothing; the money is still ours.
    case closed
    /// The payer's account does not take the money.
    case abnormal
  }

  package let notificationID: String
  package let trade: TradeNumber
  package let transactionID: String
  /// Nil where Alipay does not tell, as for refunds that were made on its own pages.
  package let refund: RefundNumber?
  package let amount: Amount
  package let state: State
}
