import Kernel
import TestKit
import Testing

@testable import Ledger

@Suite("A journal")
struct JournalTests {
  private let box = Account(.cashBox)
  private let bank = Account(.bank)
  private let suspense = Account(.suspense)

  private func journal(_ entries: (Account, Int64)...) throws -> Journal {
    try Journal(
      .adjustment, from: .init(.decision, 1), entries.map { Journal.Entry($0.0, .fen($0.1)) })
  }

  @Test("balances, or there is none")
  func balance() throws {
    #expect(throws: Problem.ledgerUnbalanced) { try journal((box, 5), (bank, -4)) }
    #expect(throws: Problem.ledgerEmpty) { try journal((box, 0), (bank, 0)) }
    #expect(throws: Problem.ledgerEmpty) { try journal((box, 5), (box, -5)) }
    #expect {
      _ = try journal((box, .max), (box, 1), (bank, .min))
    } throws: {
      ($0 as? Problem)?.code == "money.overflow"
    }
    #expect(try journal((box, 5), (bank, -5)).entries.count == 2)
  }

  @Test("has one entry for an account, and none of nothing")
  func joined() throws {
    let journal = try journal((box, 5), (bank, -3), (box, 2), (suspense, 0), (bank, -4))
    #expect(journal.entries.map(\.account) == [box, bank])
    #expect(journal.entries.map(\.amount) == [.fen(7), .fen(-7)])
  }

  @Test("keeps the stricter side when entries are joined")
  func side() throws {
    let payable = Account(.payable, .merchant(MerchantID(rawValue: 1)))
    for strictFirst in [true, false] {
      let strict = Journal.Entry(payable, .fen(3), keeping: .credit)
      let plain = Journal.Entry(payable, .fen(2))
      let journal = try Journal(
        .payout, from: .init(.payout, 1),
        (strictFirst ? [strict, plain] : [plain, strict]) + [Journal.Entry(bank, .fen(-5))])
      #expect(journal.entries.first?.side == .credit)
    }
  }

  @Test("and its reversal come to nothing")
  func reversal() throws {
    let journal = try journal((box, 5), (bank, -3), (suspense, -2))
    let reversal = try journal.reversed(JournalID(rawValue: 9), from: .init(.journal, 9))
    for (one, other) in zip(journal.entries, reversal.entries) {
      #expect(one.account == other.account)
      #expect(try one.amount.adding(other.amount) == .zero)
    }
    #expect(reversal.reverses == JournalID(rawValue: 9))
  }

  @Test("an account never leaves its side")
  func sides() throws {
    let entry = Journal.Entry(box, .fen(-6))
    #expect(throws: Problem.ledgerNotEnough(.cashBox)) {
      try AccountState(sequence: 1, balance: .fen(5)).after(entry)
    }
    #expect(
      try AccountState(sequence: 1, balance: .fen(6)).after(entry)
        == AccountState(sequence: 2, balance: .zero))
  }
}
