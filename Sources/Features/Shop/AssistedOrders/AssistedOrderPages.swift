import Kernel
import People
import Web

/// The pages of whoever orders for somebody else.
struct AssistedOrderPages {
  /// Somebody whom the visitor helps.
  struct Helped: Sendable {
    let mandate: Mandate
    let name: String
    /// What is left of the caps of today and of this month.
    let leftToday: Money
    let leftThisMonth: Money
  }

  /// Something that was asked, with the names that its reader knows.
  struct Entry: Sendable {
    let asked: AssistedOrder
    let person: String
    let helper: String
    /// The campaign or the service.
    let subject: Phrase
  }

  let say: Wording
  let formToken: String
  let now: Timestamp

  // MARK: - Whom I help

  /// - Parameters:
  ///   - waiting: what waits for the visitor's own word.
  ///   - asked: what the visitor asked for others, newest first.
  ///   - statements: mandates that the visitor gave, and under which orders may stand on monthly statements.
  func overview(helped: [Helped], waiting: [Entry], asked: [Entry], statements: [MandateID]) -> Page {
    let nothing = PageParts.empty(
      say("还没有邻居委托您代下单。", "Nobody has asked you to order for them yet."),
      action: ("/account", say("我的", "My page")))
    let people =
      helped.isEmpty ? (waiting.isEmpty && statements.isEmpty ? nothing : .empty) : .joined(helped.map(card))
    return Page(
      title: say("代下单", "Ordering for others"),
      main: """
        <h1>\(say("代下单", "Ordering for others"))</h1>\(part(waiting, say("等您点头", "Waiting for your word")))\
        \(own(statements))\(people)\(part(asked, say("最近帮忙下的单", "What you ordered for others")))\
        <p class="hint">\(say("每一单都要念给本人听，本人确认了才算数；没有确认的单自动作废。", "Every order is read out to the person and counts only with their yes; without it, it is void."))</p>
        """)
  }

  /// Their own statements, for those for whom others order.
  private func own(_ statements: [MandateID]) -> HTML {
    // All of one person's mandates lead to the same statements.
    guard let mandate = statements.first else { return .empty }
    return PageParts.card(
      say("别人替我下的单", "What others order for me"),
      """
      <p>\(say("每个月买了什么、谁代下的、花了多少。", "What was bought each month, by whom, and for how much."))</p>\
      <p class="actions"><a class="button quiet" href="/assisted-orders/statements/\(mandate)">\(say("看我的月账单", "My monthly statements"))</a></p>
      """)
  }

  private func card(_ helped: Helped) -> HTML {
    let terms = helped.mandate.terms(at: now)
    let matters = terms.matters.map { say($0.name) }.sorted().joined(separator: say("、", ", "))
    var links: [HTML] = []
    if !terms.matters.isDisjoint(with: [.groceries, .dailyGoods]) {
      links.append(
        "<a class=\"button\" href=\"/assisted-orders/new/\(helped.mandate.id)\">\(say("给\(helped.name)下单", "Order for \(helped.name)"))</a>"
      )
    }
    if terms.matters.contains(.services) {
      links.append(
        "<a class=\"button quiet\" href=\"/assisted-orders/visits/\(helped.mandate.id)\">\(say("给\(helped.name)约服务", "Book a service for \(helped.name)"))</a>"
      )
    }
    return PageParts.card(
      helped.name,
      """
      \(PageParts.definitions([
        (say("可以办", "May do"), "\(matters)"),
        (say("一单最多", "An order at most"), "\(terms.perOrder.display)"),
        (say("今天还剩", "Left today"), "\(helped.leftToday.display)"),
        (say("这个月还剩", "Left this month"), "\(helped.leftThisMonth.display)"),
        (say("到期", "Until"), "\(say.day(terms.expires - .seconds(1)))"),
      ]))\
      <p class="actions">\(links)</p>
      """)
  }

  private func part(_ entries: [Entry], _ title: String) -> HTML {
    guard !entries.isEmpty else { return .empty }
    let items = entries.map { entry -> HTML in
      """
      <li class="order-line"><p><a href="/assisted-orders/\(entry.asked.id)">\(entry.person) · \(say(entry.subject))</a> \
      \(PageParts.tag(say(entry.asked.stateName), tone(entry.asked.state)))</p>\
      <p><span class="price">\(entry.asked.total.display)</span> <span class="muted">\
      \(say("\(entry.helper) 代下", "by \(entry.helper)")) · \(say.dateTime(entry.asked.draftedAt, inYear: say.civil(now).year))</span></p></li>
      """
    }
    return "<section class=\"card\"><h2>\(title)</h2><ul class=\"order-lines\">\(items)</ul></section>"
  }

  func tone(_ state: AssistedOrder.State) -> Tone {
    switch state {
    case .waiting: .notice
    case .placed: .good
    case .declined, .void: .neutral
    }
  }

  // MARK: - Asking

  /// Which group-buy.
  func campaigns(_ helped: Helped, _ fronts: [CampaignFront], independence: HTML) -> Page {
    let cards = fronts.map { front -> HTML in
      PageParts.card(
        say(front.campaign.title), href: "/assisted-orders/new/\(helped.mandate.id)/\(front.campaign.id)",
        """
        <p>\(say("截单", "Cut-off")) \(CampaignWords.moment(front.campaign.cutOffAt, now: now, say))</p>\
        <p class="actions"><a class="button" href="/assisted-orders/new/\(helped.mandate.id)/\(front.campaign.id)">\
        \(say("从这里买", "Order from this"))</a></p>
        """)
    }
    let title = say("给\(helped.name)下单", "Ordering for \(helped.name)")
    let nothing = PageParts.empty(
      say("现在没有正在开的团购。", "No group-buy is open now."), action: ("/assisted-orders", say("返回", "Back")))
    return Page(
      title: title,
      main: """
        <h1>\(title)</h1>\(cards.isEmpty ? nothing : .joined(cards))\
        <p class="actions"><a class="button quiet" href="/assisted-orders/standing/\(helped.mandate.id)">\
        \(say("每周都要的东西", "What they need every week"))</a></p>\(independence)
        """)
  }

  /// The small form of the desk: everything the campaign offers, numbered, with one field each.
  func form(
    _ helped: Helped, _ front: CampaignFront, _ items: [ShelfItem], _ state: FormState, idempotencyKey: String
  ) -> Page {
    let title = say("给\(helped.name)下单", "Ordering for \(helped.name)")
    let parts = FormParts(state, say)
    let lines = items.enumerated().map { index, entry -> HTML in
      let field = QuantityLine.field(entry.item.id)
      return QuantityLine(
        item: entry.item.id, name: "\(index + 1). \(say(entry.name))", href: nil,
        detail: "\(say(entry.pack)) \(say(entry.standing))",
        price: entry.item.price, unit: entry.unit, weighed: entry.item.weighed?.terms,
        typed: state.value(field), problem: state.problem(field), canRemove: false
      ).html(say)
    }
    let left = say(
      "一单最多 \(helped.mandate.terms(at: now).perOrder.display)，今天还剩 \(helped.leftToday.display)，这个月还剩 \(helped.leftThisMonth.display)。",
      "At most \(helped.mandate.terms(at: now).perOrder.display) an order; \(helped.leftToday.display) left today, \(helped.leftThisMonth.display) this month."
    )
    return Page(
      title: title,
      main: """
        \(PageParts.steps([say("填单", "Fill in"), say("念给本人听", "Read out"), say("本人确认", "Their yes")], current: 0))\
        <h1>\(title)</h1><p class="lead">\(say(front.campaign.title))</p><p>\(left)</p>\
        <form class="form" method="post" action="/assisted-orders/new/\(helped.mandate.id)/\(front.campaign.id)">\
        <input type="hidden" name="form_token" value="\(formToken)">\
        <input type="hidden" name="idempotency_key" value="\(idempotencyKey)">\(parts.summary)\
        <section class="card"><ul class="order-lines">\(lines)</ul></section>\
        <section class="card">\(parts.textArea("note", Phrase("给团长的话", "A note to the leader"), rows: 2, isRequired: false))</section>\
        <p class="actions"><button class="button">\(say("下一步：念给本人听", "Next: read it out"))</button></p></form>
        """)
  }
}
