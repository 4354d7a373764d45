import Kernel
import Web

/// Statements that a person can check by hand.
struct StatementPages {
  let say: Wording
  let names: Names

  private func money(_ amount: Money) -> HTML { HTML(text: say.money(amount)) }

  /// Everything about one campaign on one page.
  func campaign(_ id: CampaignID, _ statement: CampaignStatement, isPrint: Bool) -> HTML {
    let title = names.campaign(id, say)
    let actions: HTML =
      isPrint
      ? .empty
      : """
      <p class="actions"><a class="button quiet" href="/money/campaigns/\(id)/print">\(say("打印", "Print"))</a>\
      <a class="button quiet" href="/money/campaigns/\(id)/xlsx">\(say("表格 XLSX", "Spreadsheet (XLSX)"))</a>\
      <a class="button quiet" href="/money/campaigns/\(id)/csv">CSV</a></p>
      """
    let check =
      statement.addsUp
      ? PageParts.notice(say("每一分都对得上。", "It adds up to the last fen."), .good)
      : PageParts.notice(say("对不上，请告诉系统管理员。", "It does not add up; please tell the operator."), .bad)
    return """
      <h1>\(say("对账单：", "Statement: "))\(title)</h1>\(actions)\(check)\
      \(equation(statement))\(parts(statement))\(orders(statement, isPrint: isPrint))
      """
  }

  private func equation(_ statement: CampaignStatement) -> HTML {
    var rows: [[HTML]] = statement.receivedBy.sorted { $0.key < $1.key }.map { channel, amount in
      [HTML(text: say("收款：\(channel.name.chinese)", "Received: \(channel.name.english)")), money(amount)]
    }
    func add(_ name: String, _ amount: Money, always: Bool = false) {
      if always || amount != .zero { rows.append([HTML(text: name), money(amount)]) }
    }
    add(say("减：已退款", "Less refunds paid"), statement.refunded)
    add(say("减：还要退的", "Less refunds still to pay"), statement.refundDue)
    add(say("减：已付、货还没取", "Less paid ahead of the goods"), statement.held)
    add(say("加：货已取、钱还没付", "Plus goods not paid for"), statement.owed)
    add(say("等于：邻居留下的货值", "Equals the goods that neighbours keep"), statement.goods, always: true)
    return PageParts.table(
      caption: say("钱和货", "Money and goods"),
      columns: [TableColumn(say("项目", "Item")), TableColumn(say("金额", "Amount"), isNumeric: true)], rows: rows
    )
  }

  private func parts(_ statement: CampaignStatement) -> HTML {
    var rows = statement.parts.map { part -> [HTML] in
      [HTML(text: names.party(part.party, say)), money(part.earned), money(part.takenBack), money(part.net)]
    }
    let total = Money(minorUnits: statement.parts.reduce(0) { $0 + $1.net.minorUnits })
    rows.append([
      "<strong>\(say("合计", "Total"))</strong>", "", "", "<strong>\(say.money(total))</strong>",
    ])
    let state =
      statement.isMatured
      ? say("售后期已过，可以结算。", "The return window is over; the parts may be paid out.")
      : say("售后期内，还不能结算。", "The return window is open; nothing is paid out yet.")
    return PageParts.table(
      caption: say("各方所得（\(state)）", "Who has which part (\(state))"),
      columns: [
        TableColumn(say("谁", "Who")), TableColumn(say("交货所得", "For goods"), isNumeric: true),
        TableColumn(say("退货扣回", "Taken back"), isNumeric: true),
        TableColumn(say("净得", "Net"), isNumeric: true),
      ], rows: rows)
  }

  private func orders(_ statement: CampaignStatement, isPrint: Bool) -> HTML {
    let rows = statement.orders.map { order -> [HTML] in
      [
        HTML(text: names.order(order.order, say)), money(order.received), money(order.refunded),
        money(order.refundDue),
        money(order.held), money(order.owed), money(order.goods),
      ]
    }
    let table = PageParts.table(
      caption: say("按订单", "By order"),
      columns: [
        TableColumn(say("订单", "Order")), TableColumn(say("收款", "Received"), isNumeric: true),
        TableColumn(say("已退", "Refunded"), isNumeric: true),
        TableColumn(say("待退", "To refund"), isNumeric: true),
        TableColumn(say("预收", "Held"), isNumeric: true), TableColumn(say("欠款", "Owed"), isNumeric: true),
        TableColumn(say("货值", "Goods"), isNumeric: true),
      ], rows: rows)
    // Some hundred rows: on a phone they open when asked for, on paper they are all there.
    return isPrint
      ? table
      : """
      <details><summary>\(say("按订单（\(rows.count) 单）", "By order (\(rows.count))"))</summary>\(table)</details>
      """
  }

  /// One party's movements.
  func party(
    _ account: PartyAccount, _ movements: [PartyMovement], campaign: CampaignID?, next: JournalID?,
    path: String
  ) -> HTML {
    let rows = movements.map { movement -> [HTML] in
      [
        HTML(text: say.dateTime(movement.at)), HTML(text: say(movement.name)),
        HTML(text: movement.order.map { names.order($0, say) } ?? ""),
        movement.goods.map(money) ?? "", money(movement.amount),
      ]
    }
    let total = Money(minorUnits: movements.reduce(0) { $0 + $1.amount.minorUnits })
    let sum: HTML =
      campaign == nil ? .empty : "<p class=\"price\">\(say("合计", "Total")) \(say.money(total))</p>"
    let heading = campaign.map { say("：", ": ") + names.campaign($0, say) } ?? ""
    let query = campaign.map { "?campaign=\($0)" } ?? ""
    return """
      <h1>\(names.party(account.party, say))\(heading)</h1>\
      \(PageParts.definitions([
        (say("可结算", "Payable"), money(account.payable)),
        (say("售后期内", "In the return window"), money(account.frozen)),
      ]))<p class="actions"><a class="button quiet" href="\(path)/xlsx\(query)">\(say("表格 XLSX", "Spreadsheet (XLSX)"))</a></p>\
      \(movements.isEmpty ? PageParts.empty(say("还没有记录。", "Nothing yet.")) : PageParts.table(
        caption: say("每一笔", "Every movement"), columns: columns, rows: rows))\(sum)\
      \(PageParts.pager(say, previous: nil, next: next.map { "\(path)?before=\($0)" }))
      """
  }

  private var columns: [TableColumn] {
    [
      TableColumn(say("时间", "When")), TableColumn(say("事由", "What")), TableColumn(say("订单", "Order")),
      TableColumn(say("货值", "Goods"), isNumeric: true), TableColumn(say("我的部分", "My part"), isNumeric: true),
    ]
  }
}
