import Database
import Kernel
import Ledger
import People

/// Plays what happens to money after a campaign's return window: banknotes are handed over and counted, and each party is
/// paid. The latest weeks are left to whoever looks at the demo.
struct DemoMoneyBuilder: Sendable {
  let database: Database
  let community: DemoCommunityIDs
  /// What was collected so many weeks ago or earlier was handed over and paid out.
  private static let settledWeeksAgo = 2

  func settle(_ demo: DemoCampaign, _ leader: PersonID) async throws {
    guard demo.weeksAgo >= Self.settledWeeksAgo else { return }
    guard let treasurer = community.cast["gu-jianping"] else { throw Problem.internalFault }
    let (giver, counter) = (Actor(person: leader, role: .leader), Actor(person: treasurer, role: .committee))
    try await database.write(in: community.id) { transaction in
      let held = try JournalStore.balance(
        of: Account(.cashInHand, .person(leader)), in: community.id, transaction)
      if held > .zero {
        let sheet = try CashHandoverStore.declare(held, by: giver, in: transaction)
        _ = try CashHandoverStore.count(sheet.id, held, by: counter, in: transaction)
      }
      try payRefunds(by: counter, in: transaction)
      for account in try PartyAccountStore.all(in: community.id, transaction)
      where account.payable > .zero && account.party != .community {
        try PayoutStore.pay(
          account.payable, to: account.party, by: .cash, reference: "", actor: counter, in: transaction)
      }
    }
  }

  /// What households paid in cash and are to have back, out of the box.
  private func payRefunds(by actor: Actor, in transaction: Transaction) throws {
    for refund in try RefundStore.open(limit: 500, in: community.id, transaction)
    where refund.channel == .cash {
      let box = try JournalStore.balance(of: Account(.cashBox), in: community.id, transaction)
      if box >= refund.amount {
        _ = try Refunds.pay(refund.id, from: Account(.cashBox), by: actor, in: transaction)
      }
    }
  }
}
