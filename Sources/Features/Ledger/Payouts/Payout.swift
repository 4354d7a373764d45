import Database
package import Kernel

/// What was paid out to a party of what it may have: matured, less what was paid before and what was taken back.
package struct Payout: Sendable, Equatable {
  package let id: PayoutID
  package let party: Party
  package let amount: Money
  package let way: Way
  /// The number of the transfer or the receipt, at most 60 characters; may be empty.
  package let reference: String
  package let paidBy: PersonID
  package let paidAt: Timestamp

  package enum Way: String, Sendable, CaseIterable, Storable {
    case cash
    case bank

    package var name: Phrase {
      switch self {
      case .cash: Phrase("从钱箱付现金", "Cash from the box")
      case .bank: Phrase("银行转账", "Bank transfer")
      }
    }
  }

  /// The debt to the party gets smaller, and may not turn into one of the party's.
  func journal() throws -> Journal {
    try Journal(
      .payout, from: .init(.payout, id),
      [
        Journal.Entry(Account(.payable, party), amount, keeping: .credit),
        Journal.Entry(Account(way == .cash ? .cashBox : .bank), try Money.zero.subtracting(amount)),
      ])
  }
}

extension Party {
  /// Whether its part leaves the books; a fund's goes into the fund.
  var isPaidOut: Bool {
    if case .fund = self { false } else { true }
  }
}

extension Problem {
  static let payoutToFund = Problem.invalid([
    FieldProblem("party", Phrase("资金的那一份会自动归入资金。", "A fund's part goes into the fund by itself."))
  ])

  static func payoutMoreThanPayable(_ payable: Money) -> Problem {
    Problem.invalid([
      FieldProblem(
        "amount",
        payable > .zero
          ? Phrase("现在最多可以付 \(payable.display)。", "At most \(payable.display) can be paid out now.")
          : Phrase("现在没有可以付的。", "There is nothing to pay out now."))
    ])
  }

  static func cashBoxTooLow(_ held: Money) -> Problem {
    Problem.invalid([
      FieldProblem("amount", Phrase("钱箱里只有 \(held.display)。", "The cash box holds \(held.display) only."))
    ])
  }
}
