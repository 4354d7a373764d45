import Kernel
import People
import Web

/// Funds for those who look after them: what came, what was given out, what became of it.
struct FundPages {
  let say: Wording
  let token: String
  /// Whether the reader may make funds and take money in; social workers give out vouchers only.
  let mayKeep: Bool

  private func money(_ amount: Money) -> HTML { HTML(text: say.money(amount)) }

  func list(_ reports: [FundReport], state: FormState) -> HTML {
    let rows = reports.map { report -> [HTML] in
      [
        "<a href=\"/money/funds/\(report.fund.id)\">\(say(report.fund.name))</a>", money(report.received),
        money(report.spent), money(report.onVouchers), money(report.left),
      ]
    }
    let table: HTML =
      rows.isEmpty
      ? PageParts.empty(say("还没有专项资金。", "There is no fund yet."))
      : PageParts.table(
        caption: say("专项资金", "Funds"),
        columns: [
          TableColumn(say("资金", "Fund")), TableColumn(say("到账", "Received"), isNumeric: true),
          TableColumn(say("已用", "Spent"), isNumeric: true),
          TableColumn(say("在券上", "On vouchers"), isNumeric: true),
          TableColumn(say("剩余", "Left"), isNumeric: true),
        ], rows: rows)
    return "<h1>\(say("专项资金", "Funds"))</h1>\(table)\(mayKeep ? newFund(state) : .empty)"
  }

  private func newFund(_ state: FormState) -> HTML {
    let parts = FormParts(state, say)
    return """
      <h2>\(say("新的资金", "A new fund"))</h2>\
      \(parts.form(to: "/money/funds", token: token,
        """
        \(parts.text("name_zh", Phrase("名称", "Name"), maximumLength: 40))\
        \(parts.text("name_en", Phrase("英文名称", "Name in English"), isRequired: false, maximumLength: 80))\
        \(parts.text("donor", Phrase("谁出的钱", "Who gave it"), maximumLength: 80))\
        \(parts.text("purpose", Phrase("用来做什么", "What it is for"), maximumLength: 200))\
        \(parts.submit(Phrase("建立资金", "Make the fund")))
        """))
      """
  }

  // MARK: - One fund

  func fund(
    _ report: FundReport, _ vouchers: [(voucher: Voucher, door: Phrase?, balance: Money)], key: String,
    receipt: FormState, voucher: FormState
  ) -> HTML {
    let fund = report.fund
    let check =
      report.addsUp
      ? PageParts.notice(say("每一分都对得上。", "It adds up to the last fen."), .good)
      : PageParts.notice(say("对不上，请告诉系统管理员。", "It does not add up; please tell the operator."), .bad)
    return """
      <h1>\(say(fund.name))</h1><p>\(fund.donor) · \(fund.purpose)</p>\(check)\
      \(PageParts.definitions([
        (say("到账", "Received"), money(report.received)),
        (say("其中来自团购", "Of that from group-buys"), money(report.fromSales)),
        (say("已用在货上", "Spent on goods"), money(report.spent)),
        (say("还在券上", "Still on vouchers"), money(report.onVouchers)),
        (say("剩余", "Left"), money(report.left)),
        (say("发过的券", "Vouchers given"), "\(report.vouchers) · \(say.money(report.issued))"),
        (say("到期收回", "Back from vouchers"), money(report.returned)),
      ]))\
      \(fund.closedAt == nil ? issue(fund, voucher) : PageParts.notice(say(Problem.fundClosed.title)))\
      \(list(vouchers))\(mayKeep ? keeping(fund, key, receipt) : .empty)
      """
  }

  private func issue(_ fund: Fund, _ state: FormState) -> HTML {
    let parts = FormParts(state, say)
    return """
      <h2 id="voucher">\(say("发一张爱心券", "Give a voucher"))</h2>\
      <p class="hint">\(say("给谁由社工和居委会定。团长和商户只看到钱付了，看不到为什么；取货时和别人一样。",
        "Social workers and the committee decide who has one. Leaders and merchants see that it is paid and never why; at pickup it is like any other order."))</p>\
      \(parts.form(to: "/money/funds/\(fund.id)/vouchers", token: token,
        """
        \(parts.text("building", Phrase("楼号", "Building"), maximumLength: 20))\
        \(parts.text("unit", Phrase("单元", "Unit"), isRequired: false, maximumLength: 10))\
        \(parts.text("room", Phrase("房号", "Room"), maximumLength: 20))\
        \(parts.money("amount", Phrase("金额", "Amount")))\
        \(parts.date("expires_at", Phrase("用到哪天", "Good until")))\
        \(parts.submit(Phrase("发券", "Give it")))
        """))
      """
  }

  private func list(_ vouchers: [(voucher: Voucher, door: Phrase?, balance: Money)]) -> HTML {
    if vouchers.isEmpty { return .empty }
    let parts = FormParts(.empty, say)
    let rows = vouchers.map { entry -> [HTML] in
      let state: HTML =
        entry.voucher.endedAt == nil
        ? parts.form(
          to: "/money/vouchers/\(entry.voucher.id)/end", token: token,
          parts.submit(Phrase("收回余额", "Take back the rest")))
        : PageParts.tag(say("已结束", "Ended"))
      return [
        HTML(text: entry.door.map { say($0) } ?? "—"), money(entry.voucher.amount), money(entry.balance),
        HTML(text: say.day(entry.voucher.expiresAt)), state,
      ]
    }
    return PageParts.table(
      caption: say("发出的券", "Vouchers"),
      columns: [
        TableColumn(say("门牌", "Door")), TableColumn(say("金额", "Amount"), isNumeric: true),
        TableColumn(say("余额", "Balance"), isNumeric: true), TableColumn(say("用到", "Until")), TableColumn(""),
      ], rows: rows)
  }

  private func keeping(_ fund: Fund, _ key: String, _ state: FormState) -> HTML {
    let parts = FormParts(state, say)
    let receipt = parts.form(
      to: "/money/funds/\(fund.id)/receipts", token: token, idempotencyKey: key,
      """
      \(parts.money("received", Phrase("到账多少", "How much came")))\
      \(parts.radios("way", Phrase("怎么到的", "How"), options: [
        (Payout.Way.cash.rawValue, Phrase("现金，已放进钱箱", "Cash, now in the box")),
        (Payout.Way.bank.rawValue, Phrase("银行转账", "Bank transfer")),
      ]))\(parts.submit(Phrase("记下到账", "Record it")))
      """)
    let close: HTML =
      fund.closedAt == nil
      ? parts.form(
        to: "/money/funds/\(fund.id)/close", token: token,
        parts.submit(Phrase("停止发券", "Stop giving vouchers"))) : .empty
    return "<h2 id=\"receipt\">\(say("资金到账", "Money that came"))</h2>\(receipt)\(close)"
  }
}
