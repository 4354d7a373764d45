import Kernel
import Web

/// The pages of orders that stand.
enum OrderPages {
  /// What stands beside an order on its page, each from a capability of its own.
  struct Surroundings: Sendable {
    /// Who placed it for the household; nil where the household did.
    let helper: String?
    let money: OrderMoney
    let claims: [Claim]
    /// The code, and who else may fetch it.
    let pickup: HTML
    /// Whether it is brought home.
    let delivery: HTML
    /// What to do when its bag is not there.
    let loss: HTML
    /// The merchant for which it was ordered in a joint purchase; nil for a household's.
    var buyer: Phrase?
  }

  /// One order with everything its household wants to know of it.
  static func order(
    _ order: Order, _ front: CampaignFront, _ beside: Surroundings, isNew: Bool, isCardSession: Bool,
    formToken: String, problem: Problem? = nil, now: Timestamp, _ say: Wording
  ) throws -> Page {
    let canChange = order.fulfilment == .placed && front.campaign.takesOrders(at: now)
    let number = OrderNumber.text(order.number)
    let thanks: HTML =
      isNew
      ? PageParts.notice(
        say("订好了！订单号 \(number)，取货时报这个号。", "Your order is placed. Say number \(number) when you collect it."),
        .good
      ) : .empty
    return Page(
      title: say("订单 \(number)", "Order \(number)"),
      main: """
        <h1>\(say("订单 \(number)", "Order \(number)"))</h1>\(thanks)\
        <p>\(PageParts.tag(say(order.fulfilment.name), tone(order.fulfilment))) \
        \(PageParts.tag(PaymentWords(say).standing(order.payment)))</p>\(try WeightAgreementPages.asked(order, formToken: formToken, problem, say))\
        \(beside.pickup)\(beside.delivery)\
        <section class="card"><h2><a href="\(front.campaign.path)">\(say(front.campaign.title))</a></h2>\
        \(lines(order, say))\
        \(try DiscountParts.sum(order, say))\
        \(CasePackPages.most(canChange ? try? order.lines.most() : nil, order.total, say))</section>\
        <section class="card">\(facts(order, front, beside, now, say))</section>\
        \(OrderMoneyPages(order: order, money: beside.money, formToken: formToken, say: say).part)\
        \(beside.loss)\(ClaimPages(say: say, token: formToken, now: now).part(order, beside.claims, front.campaign))\
        \(canChange ? actions(order, front, now, say) : .empty)\
        \(ways(from: order, say))\
        \(SharedTablet.finish(isCardSession, formToken: formToken, say))
        """, offline: order.fulfilment.isOpen)
  }

  /// Where to go on from here.
  private static func ways(from order: Order, _ say: Wording) -> HTML {
    if order.buyer != nil {
      return "<p><a href=\"/joint-purchases\">\(say(JointPurchasePages.title))</a></p>"
    }
    return """
      <p><a href="/standing-orders/edit?order=\(order.id)">\(say("每周照这样订", "Order this every week"))</a></p>\
      <p><a href="/orders">\(say("我家的订单", "My household's orders"))</a></p>
      """
  }

  private static func lines(_ order: Order, _ say: Wording) -> HTML {
    let rows = order.lines.filter(\.isShown).map { line -> [HTML] in
      [
        "\(say(line.name)) <span class=\"muted\">\(say(line.pack))</span>\(order.buyer == nil ? ReviewParts.link(to: line, of: order.id, say) : .empty)",
        PriceTierParts.linePrice(line, say), quantity(line, say), amount(line, say),
      ]
    }
    return PageParts.table(
      caption: say("商品", "Items"),
      columns: [
        TableColumn(say("商品", "Item")), TableColumn(say("单价", "Price"), isNumeric: true),
        TableColumn(say("数量", "Quantity"), isNumeric: true),
        TableColumn(say("金额", "Amount"), isNumeric: true),
      ], rows: rows)
  }

  /// What it costs before the order's discount, and what after-sales gave back of it.
  private static func amount(_ line: OrderLine, _ say: Wording) -> HTML {
    guard let amount = try? line.fullAmount(of: line.due), let back = try? line.givenBack.total() else {
      return .empty
    }
    let given: HTML =
      back > .zero
      ? "<br><span class=\"muted\">\(say("售后退 \(back.display)", "\(back.display) given back"))</span>"
      : .empty
    return "\(say(WeighedWords.amount(amount, isEstimate: line.isEstimate)))\(given)"
  }

  /// A shortage is said in words beside the number.
  private static func quantity(_ line: OrderLine, _ say: Wording) -> HTML {
    let weighed: HTML =
      WeighedWords.standing(line).map { "<br><span class=\"muted\">\(say($0))</span>" } ?? .empty
    if let cases = CaseWords.standing(line) {
      let said = say("（\(cases.chinese)）", "(\(cases.english))")
      return "\(line.due) \(say(line.unit.name)) <span class=\"muted\">\(said)</span>"
    }
    guard let allocated = line.allocated, allocated != line.quantity else {
      return "\(line.quantity) \(say(line.unit.name))\(weighed)"
    }
    return """
      \(allocated) \(say(line.unit.name)) <span class="muted">\
      \(say("（订了 \(line.quantity)，没到齐）", "(\(line.quantity) ordered, fewer supplied)"))</span>\(weighed)
      """
  }

  private static func facts(
    _ order: Order, _ front: CampaignFront, _ beside: Surroundings, _ now: Timestamp, _ say: Wording
  ) -> HTML {
    var entries: [(term: String, value: HTML)] = [
      (say("取货地点", "Pickup point"), "\(say(front.pickupPoint.name))"),
      (
        say("取货时间", "Pickup time"),
        "\(say.span(from: front.campaign.pickupFrom, to: front.campaign.pickupUntil))"
      ),
      (
        say("付款", "Payment"),
        "\(PaymentWords(say).payment(of: order))"
      ),
      (say("下单时间", "Ordered"), "\(say.dateTime(order.placedAt, inYear: say.civil(now).year))"),
    ]
    if let buyer = beside.buyer { entries.insert((say("替谁订的", "Ordered for"), "\(say(buyer))"), at: 0) }
    // A household reads it where it can pay at once; a merchant pays at the table alone.
    if order.buyer != nil, order.fulfilment.isOpen, order.payment == .due {
      entries.append((say("付款", "Payment"), "\(PaymentWords(say).way(order.paymentMethod))"))
    }
    if let helper = beside.helper { entries.append((say("谁下的单", "Ordered by"), "\(helper)")) }
    if !order.note.isEmpty { entries.append((say("给团长的话", "Note"), "\(order.note)")) }
    return PageParts.definitions(entries)
  }

  private static func actions(
    _ order: Order, _ front: CampaignFront, _ now: Timestamp, _ say: Wording
  ) -> HTML {
    let until = CampaignWords.moment(front.campaign.cutOffAt, now: now, say)
    return """
      <p class="actions"><a class="button" href="/orders/\(order.id)/edit">\(say("改订单", "Change the order"))</a>\
      <a class="button danger" href="/orders/\(order.id)/cancel">\(say("取消订单", "Cancel the order"))</a></p>\
      <p class="hint">\(say("\(until) 截单前都可以改", "You can change it until \(until)"))</p>
      """
  }

  static func tone(_ fulfilment: Order.Fulfilment) -> Tone {
    switch fulfilment {
    case .placed, .collected: .good
    case .partlyCollected, .uncollected, .released: .notice
    case .cancelled: .neutral
    }
  }

  /// Asks once before an order is cancelled.
  static func cancelling(
    _ order: Order, _ front: CampaignFront, idempotencyKey: String, isCardSession: Bool, formToken: String,
    problem: Problem? = nil, _ say: Wording
  ) -> Page {
    let number = OrderNumber.text(order.number)
    let alert: HTML =
      problem.map { PageParts.notice(say($0.title) + ($0.advice.map { " " + say($0) } ?? ""), .bad) }
      ?? .empty
    return Page(
      title: say("取消订单 \(number)", "Cancel order \(number)"),
      main: """
        <section class="panel"><h1>\(say("要取消订单 \(number) 吗？", "Cancel order \(number)?"))</h1>\(alert)\
        <p>\(say("「\(front.campaign.title.chinese)」，合计 \(WeighedWords.amount(order.total, isEstimate: order.isEstimate).chinese)。取消后东西会让给别的邻居，截单前还可以重新下单。",
          "“\(front.campaign.title.english)”, \(WeighedWords.amount(order.total, isEstimate: order.isEstimate).english) in all. The goods go to other neighbours; you can order again until the cut-off."))</p>\
        <form method="post" action="/orders/\(order.id)/cancel"><input type="hidden" name="form_token" value="\(formToken)">\
        <input type="hidden" name="idempotency_key" value="\(idempotencyKey)">\
        <input type="hidden" name="revision" value="\(order.revision)">\
        <p class="actions"><button class="button danger">\(say("取消这个订单", "Cancel this order"))</button>\
        <a class="button quiet" href="/orders/\(order.id)">\(say("不取消，返回", "Keep it"))</a></p></form></section>\
        \(SharedTablet.finish(isCardSession, formToken: formToken, say))
        """)
  }

  /// All orders of the household, newest first.
  static func list(
    _ orders: [Order], _ campaigns: [CampaignID: Campaign], next: OrderID?, isCardSession: Bool,
    formToken: String, now: Timestamp, _ say: Wording
  ) -> Page {
    let nothing = PageParts.empty(
      say("还没有订单。", "There are no orders yet."), action: ("/", say("看看正在开的团", "See what is open")))
    let cards = orders.map { card($0, campaigns[$0.campaign], now, say) }
    return Page(
      title: say("我家的订单", "My household's orders"),
      main: """
        <h1>\(say("我家的订单", "My household's orders"))</h1>\(cards.isEmpty ? nothing : .joined(cards))\
        \(codes(orders, say))\
        \(PageParts.pager(say, previous: nil, next: next.map { "/orders?before=\($0)" }))\
        \(SharedTablet.finish(isCardSession, formToken: formToken, say))
        """, offline: true)
  }

  /// Leads to the pickup codes while something is still to be collected.
  private static func codes(_ orders: [Order], _ say: Wording) -> HTML {
    guard orders.contains(where: { $0.fulfilment.isOpen && $0.authority.booking == nil }) else {
      return .empty
    }
    return """
      <p class="actions"><a class="button quiet" href="/pickup-code" data-keep>\(say("取货码", "Pickup code"))</a></p>
      """
  }

  private static func card(
    _ order: Order, _ campaign: Campaign?, _ now: Timestamp, _ say: Wording
  ) -> HTML {
    let names = order.lines.filter { $0.quantity > 0 }.prefix(4)
      .map { "\(say($0.name)) × \($0.quantity)" }.joined(separator: say("，", ", "))
    let number =
      order.booking == nil
      ? say(" · 订单 \(OrderNumber.text(order.number))", " · order \(OrderNumber.text(order.number))") : ""
    let standing = order.booking == nil ? order.fulfilment.name : BookingWords.name(order.fulfilment)
    let more = order.lines.filter { $0.quantity > 0 }.count > 4 ? say(" 等", " …") : ""
    let pickup: HTML =
      campaign.map {
        "<p><span class=\"muted\">\(order.booking == nil ? say("取货", "Pickup") : say("时间", "Time"))</span> \(say.span(from: $0.pickupFrom, to: $0.pickupUntil))</p>"
      } ?? .empty
    return """
      <article class="card"><h2><a href="/orders/\(order.id)"\(attribute: "data-keep", if: order.fulfilment.isOpen)>\(campaign.map { say($0.title) } ?? "")\(number)</a></h2>\
      <p>\(PageParts.tag(say(standing), tone(order.fulfilment))) \(PageParts.tag(PaymentWords(say).standing(order.payment)))</p>\
      <p>\(names)\(more)</p>\(pickup)\
      <p class="price">\(say(WeighedWords.amount(order.total, isEstimate: order.isEstimate)))</p></article>
      """
  }
}
