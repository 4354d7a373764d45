import Database
package import Kernel

/// Money for one order by one way: meant to come in, or received.
package struct Payment: Sendable, Equatable {
  package let id: PaymentID
  package let order: OrderID
  package let campaign: CampaignID
  package let channel: PaymentChannel
  package let amount: Money
  package var state: State
  /// Who took the banknotes; for vouchers and gateways nobody.
  package let takenBy: PersonID?
  package let voucher: VoucherID?
  package let createdAt: Timestamp
  package var receivedAt: Timestamp?
  /// What of it was promised or paid back.
  package var refunded: Money
  /// What a payer types into the remittance text of a bank transfer.
  package var reference: PaymentReference?
  /// What a payment service gave us to draw as a QR code.
  package var prompt: String?
  /// The payment service's own number of it.
  package var transactionNumber: String?
  /// After that it cannot be paid at the payment service any more.
  package var expiresAt: Timestamp?

  package enum State: String, Sendable, CaseIterable, Storable {
    case pending
    case received
    /// It never came, and is not waited for any more.
    case closed

    package var name: Phrase {
      switch self {
      case .pending: Phrase("等待付款", "Waiting for the payment")
      case .received: Phrase("已收到", "Received")
      case .closed: Phrase("未付款，已关闭", "Not paid, closed")
      }
    }
  }

  package init(
    id: PaymentID, order: OrderID, campaign: CampaignID, channel: PaymentChannel, amount: Money, state: State,
    takenBy: PersonID? = nil, voucher: VoucherID? = nil, createdAt: Timestamp, receivedAt: Timestamp? = nil,
    refunded: Money = .zero
  ) {
    self.id = id
    self.order = order
    self.campaign = campaign
    self.channel = channel
    self.amount = amount
    self.state = state
    self.takenBy = takenBy
    self.voucher = voucher
    self.createdAt = createdAt
    self.receivedAt = receivedAt
    self.refunded = refunded
  }

  /// Its number at a payment service: fixed before the first call and used in every later one.
  var tradeNumber: TradeNumber? { TradeNumber(id.description) }

  /// What is left of it to give back.
  package var refundable: Money {
    state == .received
      ? Money(minorUnits: amount.minorUnits - refunded.minorUnits, currency: amount.currency) : .zero
  }

  /// Where the money of this payment is once it was received.
  var place: Account {
    switch channel {
    case .cash: Account(.cashInHand, takenBy.map { .person($0) } ?? .community)
    case .bankTransfer: Account(.bank)
    case .weChatPay, .alipay: Account(.gatewayClearing, .gateway(channel))
    case .voucher: Account(.voucher, voucher.map { .voucher($0) } ?? .community)
    }
  }

  func journal(on account: OrderAccount) throws -> Journal {
    try Journal(
      .payment, from: .init(.payment, id), campaign: campaign,
      [Journal.Entry(place, amount)] + account.credit(amount))
  }
}
