import Kernel
import Web

/// The forms of the office's page: where one cannot be used, what was typed is shown again in that one.
enum OfficeForm: Sendable {
  case count, payout, rules, closing
}

/// The committee's money: banknotes to count, refunds and parts to pay, and the books.
struct OfficePages {
  let say: Wording
  let token: String
  let names: Names

  struct Content: Sendable {
    let box: Money
    let bank: Money
    let holders: [(person: PersonID, amount: Money)]
    let sheets: [CashHandover]
    let refunds: [Refund]
    /// Paid by another way, and then by the payment service as well.
    let paidAgain: [Refund]
    let parties: [PartyAccount]
    let rules: MoneyRules
    let closedUntil: Timestamp?
    let campaigns: [(campaign: CampaignID, net: Money)]
  }

  private func money(_ amount: Money) -> HTML { HTML(text: say.money(amount)) }

  func office(_ content: Content, key: String, failed: (form: OfficeForm, state: FormState)?) -> HTML {
    """
    <h1>\(say("账房", "Money office"))</h1>\
    \(PageParts.definitions([
      (say("钱箱现金", "In the cash box"), money(content.box)), (say("银行账户", "Bank account"), money(content.bank)),
    ]))\
    <p class="actions"><a class="button quiet" href="/money/journals">\(say("看账本", "See the books"))</a>\
    <a class="button quiet" href="/money/statements">\(say("银行对账", "Statements"))</a></p>\
    \(campaigns(content))\(sheets(content, failed?.form == .count ? failed?.state ?? .empty : .empty))\(holders(content))\(paidAgain(content.paidAgain))\(refunds(content.refunds))\(payouts(content, key, failed?.form == .payout ? failed?.state ?? .empty : .empty))\
    \(rules(content, failed?.form == .rules ? failed?.state : nil))\
    \(closing(content, failed?.form == .closing ? failed?.state ?? .empty : .empty))
    """
  }

  private func campaigns(_ content: Content) -> HTML {
    let rows = content.campaigns.map { campaign, _ -> HTML in
      "<li><a href=\"/money/campaigns/\(campaign)\">\(names.campaign(campaign, say))</a></li>"
    }
    guard !rows.isEmpty else { return .empty }
    return """
      <details><summary>\(say("按团对账", "Statements by group-buy"))</summary><ul>\(rows)</ul></details>
      """
  }

  // MARK: - Banknotes

  private func sheets(_ content: Content, _ state: FormState) -> HTML {
    if content.sheets.isEmpty { return .empty }
    let parts = FormParts(state, say)
    let cards = content.sheets.map { sheet -> HTML in
      let count = parts.form(
        to: "/money/handovers/\(sheet.id)/count", token: token,
        """
        \(parts.money("counted.\(sheet.id)", Phrase("点出来多少", "How much you counted")))\
        \(parts.submit(Phrase("点好了", "Counted")))
        """)
      let earlier: HTML =
        sheet.counted.map {
          PageParts.notice(
            say(
              "上次点出 \(say.money($0))，等交款人确认；也可以重点。",
              "Last counted: \(say.money($0)). The giver is asked; you may count again."))
        } ?? .empty
      return """
        <section class="card"><h3>\(names.person(sheet.giver, say)) · \(say("交 \(say.money(sheet.declared))", "hands over \(say.money(sheet.declared))"))</h3>\
        <p class="muted">\(say.dateTime(sheet.declaredAt))</p>\(earlier)\(count)</section>
        """
    }
    return "<h2 id=\"sheets\">\(say("等着清点", "Waiting to be counted"))</h2>\(.joined(cards))"
  }

  private func holders(_ content: Content) -> HTML {
    if content.holders.isEmpty { return .empty }
    let rows = content.holders.map { holder -> [HTML] in
      let isOver = holder.amount > content.rules.cashFloat
      return [
        HTML(text: names.person(holder.person, say)), money(holder.amount),
        isOver ? PageParts.tag(say("超过限额，请催交", "Over the limit: ask for it"), .notice) : .empty,
      ]
    }
    return PageParts.table(
      caption: say("谁手上有现金", "Who holds cash"),
      columns: [
        TableColumn(say("谁", "Who")), TableColumn(say("现金", "Cash"), isNumeric: true), TableColumn(""),
      ], rows: rows)
  }

  // MARK: - Refunds

  private func paidAgain(_ refunds: [Refund]) -> HTML {
    .joined(
      refunds.map { refund in
        """
        \(PageParts.notice(say("有一笔退款改用别的方式付过，平台后来也退了。", "A refund was paid another way, and by the service as well."), .bad))\
        <p><a href="/money/office/refunds/\(refund.id)">\(names.campaign(refund.campaign, say)) \(names.order(refund.order, say)) · \(say.money(refund.amount))</a></p>
        """
      })
  }

  /// What can be done about a refund here, or how it stands.
  private func standing(_ refund: Refund) -> HTML {
    if refund.waitsForOffice, let code = refund.refusal {
      return """
        \(PageParts.tag(say(refund.state.name), .bad)) \(say(RefundRefusal.words(code))) \
        <a class="button quiet" href="/money/office/refunds/\(refund.id)">\(say("处理", "Settle"))<span class="visually-hidden"> \
        \(names.order(refund.order, say)) \(say.money(refund.amount))</span></a>
        """
    }
    guard refund.state == .due, refund.channel == .cash || refund.channel == .bankTransfer else {
      return PageParts.tag(say(refund.state.name))
    }
    let parts = FormParts(.empty, say)
    return parts.form(
      to: "/money/office/refunds/\(refund.id)/pay", token: token,
      parts.submit(
        refund.channel == .cash
          ? Phrase("从钱箱退", "Pay from the box") : Phrase("已从银行退", "Paid by bank")))
  }

  private func refunds(_ refunds: [Refund]) -> HTML {
    if refunds.isEmpty { return .empty }
    let rows = refunds.map { refund -> [HTML] in
      let person = names.orders[refund.order].map { names.person($0.person, say) } ?? ""
      return [
        HTML(text: "\(names.campaign(refund.campaign, say)) \(names.order(refund.order, say))"),
        HTML(text: person),
        HTML(text: say(refund.reason.name)), HTML(text: say.day(refund.promisedAt)), money(refund.amount),
        standing(refund),
      ]
    }
    return PageParts.table(
      caption: say("还要退的钱", "Refunds to pay"),
      columns: [
        TableColumn(say("订单", "Order")), TableColumn(say("邻居", "Neighbour")),
        TableColumn(say("原因", "Reason")),
        TableColumn(say("从", "Since")), TableColumn(say("金额", "Amount"), isNumeric: true), TableColumn(""),
      ], rows: rows)
  }

  // MARK: - Parts

  private func payouts(_ content: Content, _ key: String, _ state: FormState) -> HTML {
    let rows = content.parties.map { account -> [HTML] in
      let stored = account.party.stored
      return [
        """
        <a href="/money/parts/\(stored.kind)/\(PartyAddress.text(account.party))">\(names.party(account.party, say))</a>
        """,
        money(account.frozen), money(account.payable),
      ]
    }
    let table = PageParts.table(
      caption: say("各方可结算", "What each may be paid"),
      columns: [
        TableColumn(say("谁", "Who")), TableColumn(say("售后期内", "In the return window"), isNumeric: true),
        TableColumn(say("可结算", "Payable"), isNumeric: true),
      ], rows: rows)
    let payable = content.parties.filter { $0.payable > .zero && $0.party.isPaidOut }
    return rows.isEmpty ? .empty : table + (payable.isEmpty ? .empty : payout(payable, key, state))
  }

  private func payout(_ parties: [PartyAccount], _ key: String, _ state: FormState) -> HTML {
    let parts = FormParts(state, say)
    let options = parties.map { account in
      (
        value: "\(account.party.stored.kind)-\(PartyAddress.text(account.party))",
        name: Phrase(
          "\(names.party(account.party, Wording(.chinese)))（\(account.payable.display)）",
          "\(names.party(account.party, Wording(.english))) (\(account.payable.display))")
      )
    }
    return """
      <h2 id="payout">\(say("结算支付", "Pay out"))</h2>\
      \(parts.form(to: "/money/payouts", token: token, idempotencyKey: key,
        """
        \(parts.select("party", Phrase("付给谁", "To whom"), options: options))\
        \(parts.money("amount", Phrase("金额", "Amount")))\
        \(parts.radios("way", Phrase("怎么付", "How"), options: Payout.Way.allCases.map { ($0.rawValue, $0.name) }))\
        \(parts.text("reference", Phrase("凭证号", "Reference"), hint: Phrase("转账流水号或收据号。", "The number of the transfer or receipt."),
          isRequired: false, maximumLength: 60))\
        \(parts.submit(Phrase("记下已付", "Record the payment")))
        """))
      """
  }

  // MARK: - Rules

  private func rules(_ content: Content, _ failed: FormState?) -> HTML {
    let stored = FormState([
      "platform": content.rules.platform.decimal, "cash_float": content.rules.cashFloat.decimal,
      "bank_account": content.rules.bankAccount,
    ])
    let parts = FormParts(failed ?? stored, say)
    return """
      <h2 id="rules">\(say("规矩", "Rules"))</h2>\
      \(parts.form(to: "/money/rules", token: token,
        """
        \(parts.rate("platform", Phrase("社区所得", "The community's part"), hint: Phrase("以后发布的团购按这个算。", "For group-buys published from now on.")))\
        \(parts.money("cash_float", Phrase("手上现金限额", "Limit of cash in hand")))\
        \(parts.text("bank_account", Phrase("收款银行账户", "Bank account for transfers"), hint: Phrase("户名、开户行、账号，原样给付款人看；不收转账就空着。",
          "Name, bank and number as payers see them; empty when transfers are not taken."), isRequired: false, maximumLength: 200))\
        \(parts.submit(Phrase("保存", "Save")))
        """))
      """
  }

  private func closing(_ content: Content, _ state: FormState) -> HTML {
    let parts = FormParts(state, say)
    let closed: HTML =
      content.closedUntil.map {
        "<p>\(say("已结账到 \(say.dateTime($0))", "Closed until \(say.dateTime($0))"))</p>"
      } ?? .empty
    return """
      <h2 id="closing">\(say("结账", "Close the books"))</h2>\(closed)\
      \(parts.form(to: "/money/closings", token: token,
        """
        \(parts.dateTime("closed_until", Phrase("结到", "Close until"), hint: Phrase("结了以后，这个时间以前的账不能再记。", "Nothing can be dated before it afterwards.")))\
        \(parts.submit(Phrase("结账", "Close")))
        """))
      """
  }

  // MARK: - The books

  func journals(_ journals: [PostedJournal], next: JournalID?) -> HTML {
    let rows = journals.flatMap { posted in
      posted.journal.entries.enumerated().map { index, entry -> [HTML] in
        let isFirst = index == 0
        return [
          HTML(text: isFirst ? say.dateTime(posted.datedAt) : ""),
          HTML(text: isFirst ? say(posted.journal.kind.name) : ""),
          HTML(text: say(entry.account.kind.name)), HTML(text: party(entry.account)),
          entry.amount > .zero ? money(entry.amount) : "",
          entry.amount < .zero ? money(Money(minorUnits: -entry.amount.minorUnits)) : "",
          HTML(text: isFirst ? names.person(posted.actor, say) : ""),
        ]
      }
    }
    return """
      <h1>\(say("账本", "The books"))</h1><p class="actions">\
      <a class="button quiet" href="/money/journals/text">\(say("下载纯文本账", "Plain-text journal"))</a>\
      <a class="button quiet" href="/money/journals/csv">CSV</a></p>\
      \(rows.isEmpty ? PageParts.empty(say("账本还是空的。", "The books are empty.")) : PageParts.table(
        caption: say("每一笔，最新的在前", "Every journal, the newest first"), columns: columns, rows: rows))\
      \(PageParts.pager(say, previous: nil, next: next.map { "/money/journals?before=\($0)" }))
      """
  }

  private func party(_ account: Account) -> String {
    if case .community = account.party { return "" }
    let name = names.party(account.party, say)
    return account.campaign.map { "\(name) · \(names.campaign($0, say))" } ?? name
  }

  private var columns: [TableColumn] {
    [
      TableColumn(say("时间", "When")), TableColumn(say("事由", "What")), TableColumn(say("科目", "Account")),
      TableColumn(say("谁", "Whose")), TableColumn(say("借", "Debit"), isNumeric: true),
      TableColumn(say("贷", "Credit"), isNumeric: true), TableColumn(say("经手", "By")),
    ]
  }
}
