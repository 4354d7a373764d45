import Interop
import Kernel
import Web

/// Statements as tables of a spreadsheet.
struct StatementSheets {
  let say: Wording
  let names: Names

  private func number(_ amount: Money) -> SheetTable.Cell { .number(amount.decimal) }

  func campaign(_ statement: CampaignStatement) -> [SheetTable] {
    [parts(statement), orders(statement)]
  }

  private func parts(_ statement: CampaignStatement) -> SheetTable {
    SheetTable(
      name: say("各方所得", "Parts"),
      headings: [
        say("谁", "Who"), say("交货所得", "For goods"), say("退货扣回", "Taken back"), say("净得", "Net"),
      ],
      rows: statement.parts.map {
        [.init(names.party($0.party, say)), number($0.earned), number($0.takenBack), number($0.net)]
      })
  }

  /// The table that stands alone where a file holds only one.
  func orders(_ statement: CampaignStatement) -> SheetTable {
    SheetTable(
      name: say("按订单", "Orders"),
      headings: [
        say("订单", "Order"), say("收款", "Received"), say("已退", "Refunded"), say("待退", "To refund"),
        say("预收", "Held"), say("欠款", "Owed"), say("货值", "Goods"),
      ],
      rows: statement.orders.map { order in
        [
          .init(names.order(order.order, say)), number(order.received), number(order.refunded),
          number(order.refundDue),
          number(order.held), number(order.owed), number(order.goods),
        ]
      })
  }

  /// One line an entry, with the account as programs name it.
  func journals(_ journals: [PostedJournal]) -> SheetTable {
    let text = JournalText(offsetSeconds: say.offsetSeconds)
    return SheetTable(
      name: say("账本", "Books"),
      headings: [
        say("时间", "When"), say("笔号", "Journal"), say("事由", "What"), say("来源", "Source"), say("科目", "Account"),
        say("金额", "Amount"), say("币种", "Currency"),
      ],
      rows: journals.flatMap { posted in
        posted.journal.entries.map { entry in
          [
            .init(say.civil(posted.datedAt).isoLocal), .init(posted.id.description),
            .init(say(posted.journal.kind.name)),
            .init("\(posted.journal.source.kind.rawValue) \(posted.journal.source.id)"),
            .init(text.name(entry.account)),
            number(entry.amount), .init(entry.amount.currency.code),
          ]
        }
      })
  }

  func party(_ account: PartyAccount, _ movements: [PartyMovement]) -> SheetTable {
    SheetTable(
      name: names.party(account.party, say),
      headings: [
        say("时间", "When"), say("事由", "What"), say("团购", "Group-buy"), say("订单", "Order"), say("货值", "Goods"),
        say("我的部分", "My part"),
      ],
      rows: movements.map { movement in
        [
          .init(say.civil(movement.at).isoLocal), .init(say(movement.name)),
          .init(movement.campaign.map { names.campaign($0, say) } ?? ""),
          .init(movement.order.map { names.order($0, say) } ?? ""), movement.goods.map(number) ?? .init(""),
          number(movement.amount),
        ]
      })
  }
}
