import Database
import Kernel
import People

/// What of a person's money has to be settled before the person can be deleted, in sentences for them.
enum UnsettledMoney {
  /// The kinds of accounts in the order in which a person settles them.
  private static let order: [Account.Kind] = [
    .cashInHand, .orderReceivable, .orderDeposit, .refundDue, .earned, .payable,
  ]

  /// Empty where all is settled.
  static func sentences(of money: MoneySubject, _ snapshot: Snapshot) throws -> [Phrase] {
    let balances = try UnsettledMoneyStore.balances(of: money, snapshot)
    var sentences = order.compactMap { kind in balances[kind].flatMap { sentence(kind, $0) } }
    if try UnsettledMoneyStore.hasOpenHandover(of: money, snapshot) {
      sentences.append(
        Phrase(
          "您有一张交款单还没有清点完。请先办完，或把它撤回。",
          "A sheet for cash that you hand over has not been counted yet. Please finish it first, or take it back."
        ))
    }
    if try UnsettledMoneyStore.hasPaymentUnderWay(of: money, snapshot) {
      sentences.append(
        Phrase(
          "您有一笔付款还在等支付平台的结果。请过半小时再来。",
          "A payment of yours still waits for the payment service's answer. Please come back in half an hour."
        ))
    }
    return sentences
  }

  /// - Parameter balance: positive on the debit side, which is what the community has or is owed.
  private static func sentence(_ kind: Account.Kind, _ balance: Money) -> Phrase? {
    let amount = Money(minorUnits: abs(balance.minorUnits), currency: balance.currency).display
    switch kind {
    case .cashInHand:
      return Phrase(
        "您手上还有收来的 \(amount) 现金没有交。请先和社区办好交接。",
        "You still hold \(amount) in cash that you took for the community. Please hand it over first.")
    case .orderReceivable:
      return Phrase(
        "您拿到的东西还有 \(amount) 没有付。请先付清。",
        "\(amount) of what you received is not paid yet. Please pay it first.")
    case .orderDeposit:
      return Phrase(
        "您付了 \(amount) 的东西还没有拿到。请先取货，或取消订单。",
        "You paid \(amount) for goods that you have not received yet. Please fetch them first, or cancel the order."
      )
    case .refundDue:
      return Phrase(
        "还有 \(amount) 要退给您。退到以后再删除，您的钱才不会丢。",
        "\(amount) are still to be refunded to you. Once you have them, nothing of yours is lost.")
    case .earned:
      return Phrase(
        "您挣的 \(amount) 还在售后期里。过了售后期付给您以后，就可以删除。",
        "\(amount) that you earned can be paid once the goods can no longer be returned; after that you can be deleted."
      )
    case .payable where balance < .zero:
      return Phrase(
        "社区还有 \(amount) 要付给您。请先到账房领取。",
        "The community still has \(amount) to pay you. Please ask the money office for it first.")
    case .payable:
      return Phrase(
        "您的账上有 \(amount) 扣回的款还没有还。请先和账房结清。",
        "\(amount) were taken back from your part and are still owed. Please settle them with the money office first."
      )
    case .cashBox, .bank, .gatewayClearing, .fund, .voucher, .suspense, .gatewayFee, .writeOff: return nil
    }
  }
}
