import Kernel
import Web

/// The basket: what a person has chosen, campaign by campaign.
enum BasketPages {
  /// Said after something was put into the basket.
  static func added(_ say: Wording) -> HTML {
    """
    <p class="notice good" role="status"><span class="notice-icon" aria-hidden="true">✓</span> \
    <span>\(say("已放进菜篮。", "It is in your basket."))\
     <a href="/basket">\(say("去看看菜篮", "See the basket"))</a></span></p>
    """
  }

  /// - Parameter typed: what was typed into one campaign's form, and what is wrong with it.
  static func page(
    _ groups: [BasketGroup], _ typed: (state: FormState, campaign: CampaignID)?, isCardSession: Bool,
    formToken: String, now: Timestamp,
    _ say: Wording
  ) throws -> Page {
    let current = groups.filter { $0.campaign.takesOrders(at: now) }
    let ended = groups.filter { !$0.campaign.takesOrders(at: now) }
    let nothing = PageParts.empty(
      say("菜篮还空着。看看邻里布告栏，有什么一起买的。", "Your basket is empty. See what the neighbours buy together."),
      action: ("/", say("看看正在开的团", "See what is open")))
    let sections = try current.map {
      try group($0, typed?.campaign == $0.campaign.id ? typed?.state : nil, formToken, now, say)
    }
    let hasCases = current.contains { $0.lines.contains { $0.item.caseDemand != nil } }
    return Page(
      title: say("我的菜篮", "My basket"),
      main: """
        <h1>\(say("我的菜篮", "My basket"))</h1>\(ended.map { self.ended($0, formToken, now, say) })\
        \(current.isEmpty && ended.isEmpty ? nothing : .joined(sections))\
        \(SharedTablet.finish(isCardSession, formToken: formToken, say))
        """, scripts: hasCases ? ["live.js"] : [])
  }

  private static func group(
    _ group: BasketGroup, _ state: FormState?, _ formToken: String, _ now: Timestamp, _ say: Wording
  ) throws -> HTML {
    let campaign = group.campaign
    let standing = CampaignWords.standing(campaign, now: now, say)
    let lines = group.lines.map { line -> HTML in
      let id = line.item.item.id
      let quantity = state.map { $0.value(QuantityLine.field(id)) } ?? String(line.quantity)
      return QuantityLine(
        item: id, name: say(line.item.name),
        href: "/campaigns/\(campaign.id)/items/\(id)",
        detail: "\(say(line.item.pack)) \(say(line.item.standing))",
        price: line.item.item.price, unit: line.item.unit, weighed: line.item.item.weighed?.terms,
        typed: quantity, problem: state?.problem(QuantityLine.field(id)), canRemove: true,
        promotion: PriceTierParts.shelf(line.item, campaign.phase(at: now), say),
        tolerance: ToleranceField(
          line.item, of: campaign, quantity: quantity,
          typed: state.map { $0.value(ToleranceField.field(id)) } ?? CaseForm.text(line.tolerance),
          problem: state?.problem(ToleranceField.field(id)), say)
      ).html(say)
    }
    let source = CasePackPages.liveSource(group.lines.map(\.item), of: campaign.id)
    return """
      <section class="card" id="campaign-\(campaign.id)"\(attribute: "data-live-source", source)>\
      <h2><a href="/campaigns/\(campaign.id)">\(say(campaign.title))</a></h2>\
      <p>\(PageParts.tag(standing.text, standing.tone))</p>\
      <form class="form" method="post" action="/basket/\(campaign.id)"><input type="hidden" name="form_token" value="\(formToken)">\
      <button class="visually-hidden" name="do" value="update" tabindex="-1">\(say("更新", "Update"))</button>\
      <ul class="order-lines">\(lines)</ul>\(PriceTierParts.rule(group.lines.map(\.item), campaign.phase(at: now), say))\
      \(DiscountParts.sum(try group.sum(), isEstimate: group.isEstimate, say))\
      \(CasePackPages.most(try group.most(), try group.sum().gross, say))\(PaymentParts.note(say))\
      <p class="actions"><button class="button" name="do" value="checkout">\(say("去下单", "Order these"))</button>\
      <button class="button quiet" name="do" value="update">\(say("更新数量", "Update quantities"))</button></p></form></section>
      """
  }

  /// What can no longer be ordered, why, and a button to clear it away.
  private static func ended(
    _ group: BasketGroup, _ formToken: String, _ now: Timestamp, _ say: Wording
  ) -> HTML {
    let campaign = group.campaign
    let names = group.lines.map { say($0.item.name) }.joined(separator: say("、", ", "))
    let standing = CampaignWords.standing(campaign, now: now, say)
    return """
      <section class="card" id="campaign-\(campaign.id)"><h2><a href="/campaigns/\(campaign.id)">\(say(campaign.title))</a></h2>\
      <p>\(PageParts.tag(standing.text, standing.tone))</p>\
      <p>\(say("这几样没来得及下单：\(names)。下次开团时可以再选。", "These were not ordered in time: \(names). Perhaps next time."))</p>\
      <form method="post" action="/basket/\(campaign.id)"><input type="hidden" name="form_token" value="\(formToken)">\
      <button class="button quiet" name="do" value="clear">\(say("知道了，移出菜篮", "I see; take them out"))</button></form></section>
      """
  }
}

/// One line of a basket or an order form: the goods, their price, and how many.
struct QuantityLine {
  let item: CampaignItemID
  let name: String
  let href: String?
  let detail: String
  let price: Money
  let unit: Unit
  let weighed: WeighedTerms?
  let typed: String
  let problem: Phrase?
  let canRemove: Bool
  /// What is said of prices that fall when many order.
  var promotion = HTML.empty
  /// Asked beside the quantity of goods that are bought by the case.
  var tolerance: ToleranceField?

  static func field(_ item: CampaignItemID) -> String { "quantity-\(item)" }

  func html(_ say: Wording) -> HTML {
    let field = Self.field(item)
    let title: HTML = href.map { "<a href=\"\($0)\">\(name)</a>" } ?? "\(name)"
    let error: HTML =
      problem.map {
        "<p class=\"error\" id=\"field-\(field)-error\"><span aria-hidden=\"true\">⚠ </span>\(say($0))</p>"
      } ?? .empty
    let remove: HTML =
      canRemove
      ? """
      <button class="button quiet" name="remove" value="\(item)" aria-label="\(say("移出\(name)", "Remove \(name)"))">\
      \(say("移出", "Remove"))</button>
      """ : .empty
    return """
      <li class="order-line"><p><strong>\(title)</strong> <span class="muted">\(detail)</span></p>\(error)\
      <p class="quantity"><span class="price">\(say.money(price)) <span class="unit">/ \(say(WeighedWords.measure(unit, weighed)))</span></span> \
      <label for="field-\(field)"><span class="visually-hidden">\(name)</span>\(say("数量", "Quantity"))</label>\
      <input id="field-\(field)" name="\(field)" type="text" inputmode="numeric" maxlength="3" value="\(typed)"\
      \(attribute: "aria-describedby", problem.map { _ in "field-\(field)-error" })\
      \(attribute: "aria-invalid", problem.map { _ in "true" })>\(remove)</p>\(expectation(say))\(promotion)\(tolerance?.html(say) ?? .empty)</li>
      """
  }

  /// What one piece is expected to cost, and what these agree to at most.
  private func expectation(_ say: Wording) -> HTML {
    guard let words = WeighedWords.expectation(price, unit, weighed) else { return .empty }
    let pieces = DecimalText.parse(typed, decimals: 0).map { min($0, Order.quantityLimit) } ?? 0
    let consent: HTML =
      WeighedWords.consent(pieces, price, weighed).map { "<br>\(say($0))" } ?? .empty
    return "<p class=\"hint\">\(say(words))\(consent)</p>"
  }
}

/// What every page says at a tablet that neighbours share.
enum SharedTablet {
  /// A way to finish and leave nothing open for the next neighbour; nothing on a person's own device.
  static func finish(_ isCardSession: Bool, formToken: String, _ say: Wording) -> HTML {
    guard isCardSession else { return .empty }
    return """
      <form class="no-print" method="post" action="/sign-out"><input type="hidden" name="form_token" value="\(formToken)">\
      <p class="actions"><button class="button quiet">\(say("完成并退出", "Finish and sign out"))</button></p>\
      <p class="hint">\(say("这是大家一起用的平板，用完请退出。", "This tablet is shared; please sign out when you are done."))</p></form>
      """
  }
}
