import Database
package import Kernel

/// Money of one payment on its way back to the household, by the way it came (reliability §3.10, I5), or by another one
/// where a payment service cannot send it back and the household has agreed.
package struct Refund: Sendable, Equatable {
  package let id: RefundID
  package let payment: PaymentID
  package let order: OrderID
  package let campaign: CampaignID
  package let channel: PaymentChannel
  package let amount: Money
  package let reason: Reason
  package var state: State
  package let promisedAt: Timestamp
  package var paidAt: Timestamp?
  package var paidBy: PersonID?
  /// Why the payment service did not do it when it was last asked to; its own code, such as `NOT_ENOUGH`.
  var refusal: String?
  /// How it was paid where it could not go back by the way it came.
  var otherWay: Payout.Way?
  /// When the payment service was found to have paid it as well.
  var paidAgainAt: Timestamp?

  package enum Reason: String, Sendable, CaseIterable, Storable {
    /// Less came than was ordered, or the campaign failed.
    case shortage
    /// The household cancelled, or ordered less.
    case changed
    case weighedLess = "weighed_less"
    /// So many ordered together that the goods became cheaper for everyone.
    case priceTier = "price_tier"
    /// A visit was called off, or nobody came.
    case visitFellThrough = "visit_fell_through"
    /// A visit cost less than its limit, which was paid before.
    case visitCostLess = "visit_cost_less"
    case afterSales = "after_sales"
    case uncollected
    /// The payment came when nothing was owed any more.
    case latePayment = "late_payment"
    /// The payment was another order's, or nobody's.
    case wrongOrder = "wrong_order"

    package var name: Phrase {
      switch self {
      case .shortage: Phrase("缺货", "Short supply")
      case .changed: Phrase("订单改少或取消", "Order reduced or cancelled")
      case .weighedLess: Phrase("称重少了", "Weighed less")
      case .priceTier: Phrase("订的人多，价格降了", "Cheaper for everyone: many ordered")
      case .visitFellThrough: Phrase("预约没有成行", "The visit did not take place")
      case .visitCostLess: Phrase("服务实际费用低于上限", "The visit cost less than its limit")
      case .afterSales: Phrase("售后", "After-sales")
      case .uncollected: Phrase("没有取货", "Not collected")
      case .latePayment: Phrase("付款到得太晚", "The payment came too late")
      case .wrongOrder: Phrase("记错了订单", "Not this order's payment")
      }
    }
  }

  package enum State: String, Sendable, CaseIterable, Storable {
    case due
    /// A payment service has been asked.
    case sent
    /// The payment service will not do it: the money is still ours, and somebody has to decide.
    case refused
    case paid
    /// Taken back before it was paid, because the goods came after all.
    case withdrawn

    package var name: Phrase {
      switch self {
      case .due: Phrase("待退", "To be refunded")
      case .sent: Phrase("退款处理中", "On its way")
      case .refused: Phrase("平台没有退成", "The service did not do it")
      case .paid: Phrase("已退", "Refunded")
      case .withdrawn: Phrase("已取消（货后来到了）", "Taken back: the goods came after all")
      }
    }
  }

  /// How it stands, for the household: `已退（缺货）`.
  var words: Phrase {
    guard otherWay != nil else {
      // Whose turn it is when a service cannot send it is the office's business, not the household's.
      let shown = state == .refused ? State.sent.name : state.name
      return Phrase(
        "\(shown.chinese)（\(reason.name.chinese)）", "\(shown.english) (\(reason.name.english))")
    }
    return otherWay == .cash
      ? Phrase(
        "已改用现金退（\(reason.name.chinese)）", "Refunded in cash instead (\(reason.name.english))")
      : Phrase(
        "已改用银行转账退（\(reason.name.chinese)）",
        "Refunded by bank transfer instead (\(reason.name.english))")
  }

  /// Its number at a payment service: fixed before the first call and used in every later one.
  var refundNumber: RefundNumber? { RefundNumber(id.description) }

  func promise() throws -> Journal {
    try Journal(
      .refundPromised, from: .init(.refund, id), campaign: campaign,
      [
        Journal.Entry(Account(.orderDeposit, .order(order)), amount),
        Journal.Entry(Account(.refundDue, .order(order)), try Money.zero.subtracting(amount)),
      ])
  }

  /// The money is the order's again: it pays what is owed for goods, and the rest is held.
  func withdrawal(on account: OrderAccount) throws -> Journal {
    try Journal(
      .refundWithdrawn, from: .init(.refund, id), campaign: campaign,
      [Journal.Entry(Account(.refundDue, .order(order)), amount)] + account.credit(amount))
  }

  /// - Parameter place: where the money is taken from.
  func payout(from place: Account) throws -> Journal {
    try Journal(
      .refundPaid, from: .init(.refund, id), campaign: campaign,
      [
        Journal.Entry(Account(.refundDue, .order(order)), amount),
        Journal.Entry(place, try Money.zero.subtracting(amount)),
      ])
  }
}

/// How much of which payment goes back.
enum RefundPlan {
  /// Splits an amount over what was received, the household's own money first and the latest payment first; vouchers come
  /// last, because they belong to a fund.
  ///
  /// - Returns: parts that sum to the amount; nil when less than the amount was received and not given back.
  static func split(_ amount: Money, over payments: [Payment]) throws -> [(payment: Payment, amount: Money)]?
  {
    let order = payments.sorted { one, other in
      let (oneIsVoucher, otherIsVoucher) = (one.channel == .voucher, other.channel == .voucher)
      return oneIsVoucher == otherIsVoucher ? one.id > other.id : otherIsVoucher
    }
    var left = amount
    var parts: [(payment: Payment, amount: Money)] = []
    for payment in order where left > .zero {
      let part = min(left, payment.refundable)
      if part <= .zero { continue }
      parts.append((payment, part))
      left = try left.subtracting(part)
    }
    return left == .zero ? parts : nil
  }
}

extension Problem {
  static let refundMoreThanPaid = Problem(
    "refund.more_than_paid", status: 409,
    Phrase("退款不能超过已付的金额。", "No more can be refunded than was paid."),
    advice: Phrase("请刷新页面，看看已经退了多少。", "Please reload the page and see what was refunded already."))
}
