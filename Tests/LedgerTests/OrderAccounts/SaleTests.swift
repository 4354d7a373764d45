import Kernel
import TestKit
import Testing

@testable import Ledger

@Suite("What a sale gives to whom")
struct SaleTests {
  private let merchant = MerchantID(rawValue: 7)

  private func rate(_ basisPoints: Int64) -> Rate { Rate(basisPoints: basisPoints) ?? .none }

  private func terms(_ random: inout SeededGenerator) -> SaleTerms {
    SaleTerms(
      leader: PersonID(rawValue: 1),
      carrier: Bool.random(using: &random)
        ? (PersonID(rawValue: 2), rate(.random(in: 0...1500, using: &random))) : nil,
      fund: Bool.random(using: &random)
        ? (FundID(rawValue: 3), rate(.random(in: 0...500, using: &random))) : nil,
      platform: rate(.random(in: 0...700, using: &random)))
  }

  @Test("parts sum to the amount, and each is the exact share but for less than a fen")
  func parts() throws {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<5_000 {
      let terms = terms(&random)
      let leader = rate(.random(in: 0...3000, using: &random))
      let amount = Int64.random(in: 0...1_000_000_000, using: &random)
      let parts = try terms.parts(of: .fen(amount), merchant: merchant, leaderRate: leader)
      #expect(parts.reduce(0) { $0 + $1.amount.minorUnits } == amount)
      let share = parts.first { $0.party == .person(PersonID(rawValue: 1)) }?.amount.minorUnits ?? -1
      #expect(abs(share * 10_000 - amount * leader.basisPoints) < 10_000)
      #expect(parts.allSatisfy { $0.amount >= .zero })
    }
  }

  @Test("shares of more than all are refused")
  func tooMuch() {
    let terms = SaleTerms(leader: PersonID(rawValue: 1), platform: rate(8_000))
    #expect(throws: Problem.ratesTooHigh) {
      try terms.parts(of: .fen(100), merchant: merchant, leaderRate: rate(2_001))
    }
  }

  @Test(
    "whatever goes out and comes back, in whatever pieces, leaves each party with what belongs to what is kept"
  )
  func cumulative() throws {
    var random = SeededGenerator(seed: 12)
    for _ in 0..<400 {
      let terms = terms(&random)
      let leader = rate(.random(in: 0...3000, using: &random))
      var value: Int64 = 0
      var held: [Party: Int64] = [:]
      var account = OrderAccount(OrderID(rawValue: 5), campaign: CampaignID(rawValue: 6))
      for step in 0..<12 {
        let next = step == 11 ? 0 : Int64.random(in: 0...20_000, using: &random)
        let sale = Sale(
          from: .init(.pickup, Int64(step)), order: account.order, campaign: account.campaign, terms: terms,
          lines: [Sale.Line(merchant: merchant, leaderRate: leader, before: .fen(value), after: .fen(next))])
        if let journal = try sale.journal(on: account, isMatured: false) {
          for entry in journal.entries {
            switch entry.account.kind {
            case .orderDeposit: account.deposit = try account.deposit.subtracting(entry.amount)
            case .orderReceivable: account.receivable = try account.receivable.adding(entry.amount)
            default: held[entry.account.party, default: 0] -= entry.amount.minorUnits
            }
          }
        } else {
          #expect(next == value)
        }
        value = next
        for (party, amount) in try terms.parts(of: .fen(value), merchant: merchant, leaderRate: leader) {
          #expect(held[party, default: 0] == amount.minorUnits)
        }
        #expect(account.receivable.minorUnits - account.deposit.minorUnits == value)
      }
      #expect(held.values.allSatisfy { $0 == 0 })
    }
  }
}
