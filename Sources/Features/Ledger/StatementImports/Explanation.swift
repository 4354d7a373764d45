import Database
import Kernel

/// What a line of a statement, or a part of it, turned out to be. Explanations are never changed; one that was wrong is
/// taken back by another.
struct Explanation: Sendable, Equatable {
  enum Kind: String, Sendable, CaseIterable, Storable {
    /// Pays an order: a payment that was received by it.
    case payment
    /// What the books have already, by the bank's side of it.
    case recorded
    /// Goes back to whoever sent it.
    case returned
    /// What a bank or payment service keeps for itself.
    case fee
    /// Income or cost of the community.
    case community
    /// Takes another explanation back.
    case withdrawn

    var name: Phrase {
      switch self {
      case .payment: Phrase("订单的付款", "Payment of an order")
      case .recorded: Phrase("账上已有的一笔", "In the books already")
      case .returned: Phrase("退回给汇款人", "Returned to the sender")
      case .fee: Phrase("银行或平台手续费", "Fee of the bank or service")
      case .community: Phrase("社区的收入或支出", "Income or cost of the community")
      case .withdrawn: Phrase("撤销前面的处理", "Took an earlier answer back")
      }
    }
  }

  let id: ExplanationID
  let line: StatementLineID
  /// Counted from 0 within the line.
  let position: Int
  let kind: Kind
  /// The part of the line that it explains, with the line's sign; with the other sign where it takes one back.
  let amount: Money
  /// What of the line was left to explain before it.
  let leftBefore: Money
  /// What the part is in the books.
  let source: Journal.Source?
  let withdraws: ExplanationID?
  let by: PersonID
  let at: Timestamp

  var leftOver: Money {
    Money(minorUnits: leftBefore.minorUnits - amount.minorUnits, currency: amount.currency)
  }
}

extension Explanation {
  /// The part leaves suspense for where it belongs. Payments are received onto the account as any other, so that the part
  /// is first taken from it: what it shows is moved once.
  func journal(on account: StatementAccount) throws -> Journal {
    let place: Account
    switch kind {
    case .payment, .recorded, .returned: place = account.place
    case .fee: place = Account(.gatewayFee)
    case .community: place = Account(.writeOff)
    case .withdrawn: throw Problem.internalFault
    }
    return try Journal(
      .adjustment, from: .init(.decision, id),
      [
        Journal.Entry(Account(.suspense), amount), Journal.Entry(place, try Money.zero.subtracting(amount)),
      ])
  }
}
