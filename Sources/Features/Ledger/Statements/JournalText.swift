import Kernel
import Web

/// Journals as plain text that bookkeeping programs read: one block a journal, one line an entry. The format is that of
/// Beancount (the plain-text accounting family of `ledger`): accounts in the five groups, amounts with their currency.
struct JournalText {
  let offsetSeconds: Int

  /// Opens every account that is used, on the day of its first journal, then lists the journals in their order.
  func text(_ journals: [PostedJournal]) -> String {
    var opened: [String: String] = [:]
    for posted in journals {
      for entry in posted.journal.entries where opened[name(entry.account)] == nil {
        opened[name(entry.account)] = day(posted.datedAt)
      }
    }
    let openings = opened.sorted { $0.key < $1.key }.map { "\($0.value) open \($0.key)\n" }
    return openings.joined() + "\n" + journals.map(block).joined(separator: "\n")
  }

  private func block(_ posted: PostedJournal) -> String {
    let journal = posted.journal
    let lines = journal.entries.map {
      "  \(name($0.account))  \($0.amount.decimal) \($0.amount.currency.code)\n"
    }
    return """
      \(day(posted.datedAt)) * "\(journal.kind.name.chinese)"
        journal: "\(posted.id)"
        source: "\(journal.source.kind.rawValue) \(journal.source.id)"
      \(lines.joined())
      """
  }

  private func day(_ moment: Timestamp) -> String {
    String(CivilDateTime(moment, offsetSeconds: offsetSeconds).isoLocal.prefix(10))
  }

  /// `Liabilities:OrderDeposit:Order-…`; each part begins with a capital letter, as the format asks.
  func name(_ account: Account) -> String {
    let kind = account.kind.rawValue.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }
      .joined()
    let party = account.party.stored
    var parts = [group(account.kind), kind]
    if party.id != 0 {
      parts.append("\(party.kind.prefix(1).uppercased())\(party.kind.dropFirst())-\(party.id)")
    } else if case .gateway(let channel) = account.party {
      parts.append(channel == .alipay ? "Alipay" : "WeChatPay")
    }
    if let campaign = account.campaign { parts.append("Campaign-\(campaign.rawValue)") }
    return parts.joined(separator: ":")
  }

  private func group(_ kind: Account.Kind) -> String {
    switch kind {
    case .cashInHand, .cashBox, .bank, .gatewayClearing, .orderReceivable: "Assets"
    case .orderDeposit, .refundDue, .earned, .payable, .fund, .voucher, .suspense: "Liabilities"
    case .gatewayFee, .writeOff: "Expenses"
    }
  }
}
