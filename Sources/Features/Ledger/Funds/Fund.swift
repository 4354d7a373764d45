import Database
package import Kernel

/// Money for a purpose: a donor or department gave it, or campaigns leave it a part of what they sell. What is given out
/// of it are vouchers; who may have one is decided by social workers and the committee, and the shop sees nothing but the
/// voucher (field/commerce.md §4, no. 8).
package struct Fund: Sendable, Equatable {
  package let id: FundID
  package let name: Phrase
  package let donor: String
  package let purpose: String
  package let createdAt: Timestamp
  /// Nothing more is given out of it after that.
  package let closedAt: Timestamp?
}

/// What a fund received, gave out and got back; the five figures add up.
package struct FundReport: Sendable, Equatable {
  package let fund: Fund
  package let received: Money
  /// Of that, its parts of what campaigns sold.
  package let fromSales: Money
  /// Promised to households by vouchers, those that ended included.
  package let issued: Money
  /// Spent on goods that households keep or are still to get.
  package let spent: Money
  /// Back in the fund from vouchers that ended.
  package let returned: Money
  /// Still on vouchers.
  package let onVouchers: Money
  /// Not promised to anybody.
  package let left: Money
  package let vouchers: Int64

  /// Everything received is spent, on vouchers or left; everything issued is spent, returned or on vouchers.
  package var addsUp: Bool {
    received.minorUnits == spent.minorUnits + onVouchers.minorUnits + left.minorUnits
      && issued.minorUnits == spent.minorUnits + onVouchers.minorUnits + returned.minorUnits
  }
}

/// A household's right to spend so much of a fund until a day. Its balance is an account of its own.
package struct Voucher: Sendable, Equatable {
  package let id: VoucherID
  package let fund: FundID
  package let household: HouseholdID
  package let amount: Money
  package let expiresAt: Timestamp
  package let issuedBy: PersonID
  package let issuedAt: Timestamp
  /// When what was left went back to the fund.
  package let endedAt: Timestamp?

  var account: Account { Account(.voucher, .voucher(id)) }

  func issue() throws -> Journal {
    try Journal(
      .voucherIssued, from: .init(.voucher, id),
      [
        Journal.Entry(Account(.fund, .fund(fund)), amount),
        Journal.Entry(account, try Money.zero.subtracting(amount)),
      ])
  }

  /// What is left goes back to the fund.
  /// - Parameter source: the voucher's own end, or the refund that came to it afterwards.
  func end(_ left: Money, from source: Journal.Source) throws -> Journal {
    try Journal(
      .voucherEnded, from: source,
      [
        Journal.Entry(account, left),
        Journal.Entry(Account(.fund, .fund(fund)), try Money.zero.subtracting(left)),
      ])
  }
}

extension Problem {
  static func fundTooSmall(_ left: Money) -> Problem {
    Problem.invalid([
      FieldProblem(
        "amount", Phrase("这项资金只剩 \(left.display)。", "This fund has \(left.display) left only."))
    ])
  }

  static let fundClosed = Problem(
    "fund.closed", status: 409, Phrase("这项资金已经停止发券。", "No more vouchers are given out of this fund."))
}
