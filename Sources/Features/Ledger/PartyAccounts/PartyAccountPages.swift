import Kernel
import Web

/// A person's own money in the community: banknotes to hand over, refunds to pay, and their part of what was sold.
struct PartyAccountPages {
  let say: Wording
  let token: String
  let names: Names
  let person: PersonID

  /// Everything on one's own page.
  struct Own: Sendable {
    /// Nil for people who take no banknotes.
    var cash: Cash?
    var refunds: [Refund]
    var accounts: [Account]
  }

  struct Cash: Sendable {
    let inHand: Money
    let float: Money
    let open: CashHandover?
    let past: [CashHandover]
  }

  struct Account: Sendable {
    let account: PartyAccount
    let campaigns: [(campaign: CampaignID, net: Money)]
    let payouts: [Payout]
  }

  func own(_ own: Own, state: FormState) -> HTML {
    let accounts = own.accounts.map(account)
    let nothing: HTML =
      own.cash == nil && own.refunds.isEmpty && accounts.isEmpty
      ? PageParts.empty(say("还没有钱款往来。", "There is no money to show yet.")) : .empty
    return """
      <h1>\(say("我的账", "My money"))</h1>\(own.cash.map { cash($0, state) } ?? .empty)\
      \(refunds(own.refunds))\(.joined(accounts))\(nothing)
      """
  }

  // MARK: - Banknotes

  private func cash(_ cash: Cash, _ state: FormState) -> HTML {
    let over: HTML =
      cash.inHand > cash.float
      ? PageParts.notice(
        say(
          "手上的现金超过了 \(say.money(cash.float))，请尽快交到居委会。",
          "You hold more than \(say.money(cash.float)); please hand it over soon.")) : .empty
    let past = cash.past.filter { $0.id != cash.open?.id }.prefix(5).map { sheet -> HTML in
      "<li>\(say.dateTime(sheet.declaredAt)) · \(say.money(sheet.counted ?? sheet.declared)) · \(say(sheet.state.name))</li>"
    }
    let history: HTML = past.isEmpty ? .empty : "<ul>\(past)</ul>"
    return """
      <section class="card" id="cash"><h2>\(say("手上的现金", "Cash in hand"))</h2>\
      <p class="price">\(say.money(cash.inHand))</p>\(over)\
      \(cash.open.map { open($0) } ?? declare(cash, state))\(history)</section>
      """
  }

  private func declare(_ cash: Cash, _ state: FormState) -> HTML {
    guard cash.inHand > .zero else { return .empty }
    let parts = FormParts(state, say)
    return parts.form(
      to: "/money/handovers", token: token,
      """
      \(parts.money("amount", Phrase("交多少到钱箱", "How much you hand over"), hint: Phrase("两个人点清，双方确认才算。", "Two people count it; it moves when both agree.")))\
      \(parts.submit(Phrase("填交款单", "Begin the sheet")))
      """)
  }

  private func open(_ sheet: CashHandover) -> HTML {
    let parts = FormParts(.empty, say)
    let withdraw = parts.form(
      to: "/money/handovers/\(sheet.id)/withdraw", token: token,
      parts.submit(Phrase("撤回这张单", "Take the sheet back")))
    guard sheet.state == .differs, let counted = sheet.counted else {
      return """
        <p>\(PageParts.tag(say(sheet.state.name), .notice)) \(say("交款单：\(say.money(sheet.declared))，请当面等工作人员点清。",
          "Sheet: \(say.money(sheet.declared)). Please wait while it is counted."))</p>\(withdraw)
        """
    }
    let agree = parts.form(
      to: "/money/handovers/\(sheet.id)/agree", token: token,
      parts.submit(Phrase("对，是 \(say.money(counted))", "Yes, it is \(say.money(counted))")))
    return """
      \(PageParts.notice(say("您填 \(say.money(sheet.declared))，对方点出 \(say.money(counted))。请一起再点一遍。",
        "You wrote \(say.money(sheet.declared)), \(say.money(counted)) was counted. Please count it again together.")))\
      \(agree)\(withdraw)
      """
  }

  // MARK: - Refunds

  private func refunds(_ refunds: [Refund]) -> HTML {
    if refunds.isEmpty { return .empty }
    let parts = FormParts(.empty, say)
    let rows = refunds.map { refund -> [HTML] in
      let person = names.orders[refund.order].map { names.person($0.person, say) } ?? ""
      let pay = parts.form(
        to: "/money/refunds/\(refund.id)/pay", token: token,
        parts.submit(
          Phrase("已经把 \(say.money(refund.amount)) 现金退给邻居", "I gave back \(say.money(refund.amount)) in cash"))
      )
      return [
        HTML(text: names.order(refund.order, say)), HTML(text: person), HTML(text: say(refund.reason.name)),
        HTML(text: say.money(refund.amount)), pay,
      ]
    }
    return PageParts.table(
      caption: say("要退给邻居的钱", "Refunds to pay"),
      columns: [
        TableColumn(say("订单", "Order")), TableColumn(say("邻居", "Neighbour")),
        TableColumn(say("原因", "Reason")),
        TableColumn(say("金额", "Amount"), isNumeric: true), TableColumn(""),
      ], rows: rows)
  }

  // MARK: - Parts

  private func account(_ entry: Account) -> HTML {
    let account = entry.account
    let stored = account.party.stored
    let path = "/money/parts/\(stored.kind)/\(PartyAddress.text(account.party))"
    let campaigns = entry.campaigns.map { campaign, net -> HTML in
      let frozen: HTML =
        account.earned[campaign] == nil ? .empty : PageParts.tag(say("售后期内", "return window open"))
      return """
        <li><a href="\(path)?campaign=\(campaign)">\(names.campaign(campaign, say))</a> · \(say.money(net)) \(frozen)\(whole(campaign))</li>
        """
    }
    let payouts = entry.payouts.map { payout -> HTML in
      "<li>\(say.dateTime(payout.paidAt)) · \(say.money(payout.amount)) · \(say(payout.way.name))</li>"
    }
    let negative: HTML =
      account.payable < .zero
      ? PageParts.notice(
        say("退货多于结余，从下一个团里扣。", "More was taken back than is left; it comes off the next group-buy.")) : .empty
    let list: HTML =
      campaigns.isEmpty ? .empty : "<h3>\(say("按团看", "By group-buy"))</h3><ul>\(campaigns)</ul>"
    let paid: HTML = payouts.isEmpty ? .empty : "<h3>\(say("已付给我", "Paid to me"))</h3><ul>\(payouts)</ul>"
    return """
      <section class="card"><h2>\(names.party(account.party, say))</h2>\
      \(PageParts.definitions([
        (say("可结算", "Payable"), "<strong>\(say.money(account.payable))</strong>"),
        (say("售后期内，还不能结", "Still in the return window"), HTML(text: say.money(account.frozen))),
      ]))\(negative)<p><a href="\(path)">\(say("看每一笔", "See every movement"))</a></p>\(list)\(paid)</section>
      """
  }

  /// Leaders see the whole of what they led.
  private func whole(_ campaign: CampaignID) -> HTML {
    guard names.campaigns[campaign]?.leader == person else { return .empty }
    return " · <a href=\"/money/campaigns/\(campaign)\">\(say("整团对账", "whole statement"))</a>"
  }
}

/// How a party stands in an address.
enum PartyAddress {
  static func text(_ party: Party) -> String { PartyID(rawValue: party.stored.id).description }

  /// Nil for what is no party that can have a part.
  static func party(kind: String, id: String) -> Party? {
    guard let id = PartyID(id), let party = try? Party(kind: kind, id: id.rawValue) else { return nil }
    switch party {
    case .merchant, .person, .fund, .community: return party
    case .order, .voucher, .gateway: return nil
    }
  }

  private enum PartyKind {}
  private typealias PartyID = Identifier<PartyKind>
}
