package import Database
package import Kernel
import People
import Web

/// Makes the parts of a campaign payable once its goods can no longer be returned, exactly once.
package enum MatureCampaign {
  static let kind: StaticString = "ledger.mature_campaign"

  static let handler = JobHandler(kind) { transaction, job in
    guard case .string(let text)? = try JSON(Array(job.body.utf8))["campaign"], let id = CampaignID(text)
    else { throw Problem.internalFault }
    try mature(id, in: transaction)
  }

  /// Moves what each party has earned to what may be paid out, and a fund's part into the fund; nothing before the window's
  /// end, nor a second time.
  package static func mature(_ campaign: CampaignID, in transaction: Transaction) throws {
    guard let window = try CampaignBooks.window(of: campaign, in: transaction.community, transaction),
      window.maturedAt == nil, transaction.now >= window.returnsUntil
    else { return }
    let entries = try CampaignBooks.earned(in: campaign, transaction).flatMap { party, amount in
      [
        Journal.Entry(Account(.earned, party, campaign: campaign), amount),
        Journal.Entry(Account(.payable, party), try Money.zero.subtracting(amount)),
      ]
    }
    try CampaignBooks.markMatured(campaign, in: transaction)
    if entries.contains(where: { $0.amount != .zero }) {
      try JournalStore.post(
        [Journal(.matured, from: .init(.campaign, campaign), campaign: campaign, entries)], by: .machine,
        in: transaction)
    }
    try Funds.takeIn(from: campaign, in: transaction)
  }
}
