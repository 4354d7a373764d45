package import Kernel
package import Security

/// One movement of money on an account, as its bank tells it.
package struct StatementLine: Sendable, Hashable {
  /// Who stands on the other side, as the bank gives it. For the eyes of the treasurer alone.
  package struct Counterparty: Sendable, Hashable {
    package let name: String?
    /// Often with some digits hidden by the bank.
    package let account: String?

    package init(name: String? = nil, account: String? = nil) {
      self.name = name
      self.account = account
    }
  }

  /// By what a payment service's bill names the payment or refund that a line tells of.
  package struct TradeNumbers: Sendable, Hashable {
    /// Our own number of the payment (商户订单号).
    package var payment: String?
    /// Our own number of the refund (商户退款单号).
    package var refund: String?
    /// The payment service's number of the payment.
    package var transaction: String?

    package init(payment: String? = nil, refund: String? = nil, transaction: String? = nil) {
      self.payment = payment
      self.refund = refund
      self.transaction = transaction
    }
  }

  /// The line of the file, counted from 1.
  package let line: Int
  /// When the bank booked it; the beginning of the day where the bank gives no time.
  package let moment: Timestamp
  package let hasTime: Bool
  /// Positive for what came in, negative for what went out, never zero.
  package let amount: Money
  package let counterparty: Counterparty
  /// What the payer wrote and what the bank added (摘要, 用途, 附言, 备注), each once, joined by `；`; may be empty.
  package let remittance: String
  /// The bank's own number of this movement. Not every bank has one, and a fee may carry that of its payment.
  package let serial: String?
  /// What was on the account after this movement.
  package let balance: Money?
  /// None on a bank's statement.
  package let numbers: TradeNumbers
  /// Names this movement within its account: the same in every file that tells of it.
  package let digest: Digest
}

extension StatementLine {
  /// A line before it is known how many like it came before.
  struct Draft: Sendable, Hashable {
    let line: Int
    let moment: Timestamp
    let hasTime: Bool
    let amount: Money
    let counterparty: Counterparty
    let remittance: String
    let serial: String?
    let balance: Money?
    /// Parts of the remittance text and the serial, so that the digest has them already.
    var numbers = TradeNumbers()

    /// Everything but the line number, in one form whatever the spaces and the width of the characters in the file.
    fileprivate var fields: [[UInt8]] {
      [
        moment.description, hasTime ? "1" : "0", amount.currency.code, String(amount.minorUnits),
        counterparty.name ?? "", counterparty.account ?? "", remittance, serial ?? "",
        balance.map { String($0.minorUnits) } ?? "",
      ].map { Array(StatementText.comparable($0).utf8) }
    }
  }

  private static let digestDomain: UInt8 = 0x60

  /// The lines with their digests: SHA-256 over the fields and, for lines that are alike in every field, how many of
  /// them stand before. A bank exports whole days, so two files that overlap count alike.
  static func lines(_ drafts: [Draft]) -> [StatementLine] {
    var seen: [[[UInt8]]: Int] = [:]
    return drafts.map { draft in
      let fields = draft.fields
      let before = seen[fields, default: 0]
      seen[fields] = before + 1
      return StatementLine(
        line: draft.line, moment: draft.moment, hasTime: draft.hasTime, amount: draft.amount,
        counterparty: draft.counterparty, remittance: draft.remittance, serial: draft.serial,
        balance: draft.balance, numbers: draft.numbers,
        digest: Digest(domain: digestDomain, fields: fields + [Array(String(before).utf8)]))
    }
  }
}
