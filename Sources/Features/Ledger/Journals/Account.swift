import Database
package import Kernel

/// One place in the books that money is counted under: a kind, whose it is, and where earnings are concerned of which
/// campaign. Amounts are positive on the debit side (what the community has or is owed) and negative on the credit side
/// (what it owes).
package struct Account: Sendable, Hashable {
  package let kind: Kind
  package let party: Party
  /// Earnings are kept apart by campaign until they mature, so that each campaign's statement adds up by itself.
  package let campaign: CampaignID?

  package init(_ kind: Kind, _ party: Party = .community, campaign: CampaignID? = nil) {
    self.kind = kind
    self.party = party
    self.campaign = campaign
  }

  package enum Kind: String, Sendable, CaseIterable, Storable {
    /// Banknotes that a leader or courier has taken and not handed over yet.
    case cashInHand = "cash_in_hand"
    /// Banknotes in the community's own box.
    case cashBox = "cash_box"
    case bank
    /// Taken by a payment service and not paid out to the bank yet.
    case gatewayClearing = "gateway_clearing"
    /// Goods were handed over and are not paid for.
    case orderReceivable = "order_receivable"
    /// Paid for an order whose goods were not handed over yet.
    case orderDeposit = "order_deposit"
    /// Promised back to the household and not paid out yet.
    case refundDue = "refund_due"
    /// Somebody's part in a campaign while goods may still be returned.
    case earned
    /// Somebody's part that may be paid out; negative where more was taken back than is left.
    case payable
    /// What a donor or department gave for a purpose and was not promised to anybody.
    case fund
    /// What a voucher still holds.
    case voucher
    /// Money whose owner is not known yet.
    case suspense
    /// What a payment service keeps for itself.
    case gatewayFee = "gateway_fee"
    /// What the community gave up: goods paid back by nobody else, debts that will not be paid.
    case writeOff = "write_off"
  }

  /// The side that a balance may not leave.
  package enum Side: String, Sendable, CaseIterable, Storable {
    /// Not below zero.
    case debit
    /// Not above zero.
    case credit
    case either
  }
}

/// Whom or what an account belongs to.
package enum Party: Sendable, Hashable {
  /// The community itself.
  case community
  case order(OrderID)
  case merchant(MerchantID)
  /// A leader, a courier, or whoever else is a person with a part.
  case person(PersonID)
  /// A fund, by its identifier.
  case fund(FundID)
  case voucher(VoucherID)
  case gateway(PaymentChannel)

  /// How the party is stored: what it is, and its identifier.
  var stored: (kind: String, id: Int64) {
    switch self {
    case .community: ("community", 0)
    case .order(let id): ("order", id.rawValue)
    case .merchant(let id): ("merchant", id.rawValue)
    case .person(let id): ("person", id.rawValue)
    case .fund(let id): ("fund", id.rawValue)
    case .voucher(let id): ("voucher", id.rawValue)
    case .gateway(let channel): (channel.rawValue, 0)
    }
  }

  init(kind: String, id: Int64) throws {
    switch kind {
    case "community": self = .community
    case "order": self = .order(OrderID(rawValue: id))
    case "merchant": self = .merchant(MerchantID(rawValue: id))
    case "person": self = .person(PersonID(rawValue: id))
    case "fund": self = .fund(FundID(rawValue: id))
    case "voucher": self = .voucher(VoucherID(rawValue: id))
    default:
      guard let channel = PaymentChannel(rawValue: kind) else {
        throw DatabaseError.unexpectedValue("no party is a \(kind)")
      }
      self = .gateway(channel)
    }
  }
}

/// The ways in which money comes in. Money that goes back takes the same way (reliability §3.10, I5), unless a payment
/// service has refused to send it and the household agreed to another one.
package enum PaymentChannel: String, Sendable, CaseIterable, Comparable, Storable {
  case cash
  case bankTransfer = "bank_transfer"
  case weChatPay = "wechat_pay"
  case alipay
  case voucher

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

  package var name: Phrase {
    switch self {
    case .cash: Phrase("现金", "Cash")
    case .bankTransfer: Phrase("银行转账", "Bank transfer")
    case .weChatPay: Phrase("微信支付", "WeChat Pay")
    case .alipay: Phrase("支付宝", "Alipay")
    case .voucher: Phrase("爱心券", "Voucher")
    }
  }
}

extension Account.Kind {
  /// The side that balances of this kind keep to whatever happens. Money that is held, promised or owed by an order
  /// cannot turn into its opposite: that no more is refunded than was paid follows from it (I4, I5, I6, I10).
  package var side: Account.Side {
    switch self {
    case .cashInHand, .cashBox, .orderReceivable: .debit
    case .orderDeposit, .refundDue, .earned, .fund, .voucher: .credit
    case .bank, .gatewayClearing, .payable, .suspense, .gatewayFee, .writeOff: .either
    }
  }

  package var name: Phrase {
    switch self {
    case .cashInHand: Phrase("手上的现金", "Cash in hand")
    case .cashBox: Phrase("钱箱", "Cash box")
    case .bank: Phrase("银行账户", "Bank account")
    case .gatewayClearing: Phrase("支付平台待结算", "Held by the payment service")
    case .orderReceivable: Phrase("应收货款", "Owed for goods")
    case .orderDeposit: Phrase("预收货款", "Paid in advance")
    case .refundDue: Phrase("待退款", "To be refunded")
    case .earned: Phrase("所得（售后期内）", "Earned, still in the return window")
    case .payable: Phrase("可结算", "Payable")
    case .fund: Phrase("专项资金", "Fund")
    case .voucher: Phrase("爱心券余额", "Left on vouchers")
    case .suspense: Phrase("待查款项", "Not explained yet")
    case .gatewayFee: Phrase("支付手续费", "Fees of payment services")
    case .writeOff: Phrase("社区承担", "Borne by the community")
    }
  }
}
