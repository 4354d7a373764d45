import Kernel
import Web

/// The page on which an order is checked before it is sent, and on which it is changed later.
struct OrderFormPage {
  enum Purpose {
    case place
    case change(Order)
  }

  let purpose: Purpose
  let front: CampaignFront
  let items: [ShelfItem]
  /// What stands in the fields.
  let state: FormState
  /// What they come to; nil where that is no amount.
  let sum: DiscountedSum?
  let idempotencyKey: String
  let isCardSession: Bool
  let now: Timestamp
  let hints: [ShopHints.Hint]
  /// What a joint purchase asks and tells first.
  var joint = HTML.empty
  let say: Wording

  func page(formToken: String) -> Page {
    Page(
      title: title,
      main: """
        \(steps)<h1>\(title)</h1>\(summary)\
        <form class="form" method="post" action="\(action)">\
        <input type="hidden" name="form_token" value="\(formToken)">\
        <input type="hidden" name="idempotency_key" value="\(idempotencyKey)">\(revision)\(joint)\
        <button class="visually-hidden" name="do" value="recalculate" tabindex="-1">\(say("更新合计", "Update the total"))</button>\
        <section class="card"\(attribute: "data-live-source", liveSource)>\
        <h2>\(say(front.campaign.title))</h2><ul class="order-lines">\(items.map(line))</ul>\
        \(totalLine)<p class="actions"><button class="button quiet" name="do" value="recalculate">\
        \(say("更新合计", "Update the total"))</button>\
        \(more)</p></section>\
        <section class="card">\(facts)\(note)</section>\
        <p class="actions"><button class="button" name="do" value="submit" data-outbox="\(outboxLabel)">\
        \(submit)</button></p>\
        <p class="hint">\(say("截单前随时可以改或取消。", "You can change or cancel it until the cut-off."))</p></form>\
        \(ShopHintParts.list(hints, say))\
        \(SharedTablet.finish(isCardSession, formToken: formToken, say))
        """, scripts: ["outbox.js"] + (liveSource == nil ? [] : ["live.js"]))
  }

  private var isJoint: Bool { front.campaign.audience == .merchants }

  /// A joint purchase shows all that it offers on this page.
  private var liveSource: String? {
    isJoint ? nil : CasePackPages.liveSource(items, of: front.campaign.id)
  }

  private var more: HTML {
    isJoint
      ? .empty
      : """
      <a class="button quiet" href="/campaigns/\(front.campaign.id)">\(say("再去挑几样", "Choose more"))</a>
      """
  }

  /// What these items come to as they are typed; nil where that is no amount.
  static func sum(_ items: [ShelfItem], _ state: FormState, _ steps: DiscountSteps) throws -> DiscountedSum? {
    let gross = try? items.reduce(Money.zero) { sum, entry in
      let typed = state.value(QuantityLine.field(entry.item.id))
      let quantity = DecimalText.parse(typed, decimals: 0) ?? 0
      return try sum.adding(entry.item.expectedAmount(of: min(quantity, Order.quantityLimit)))
    }
    return try gross.map { try DiscountedSum($0, steps) }
  }

  private var title: String {
    switch purpose {
    case .place: isJoint ? say(front.campaign.title) : say("核对后下单", "Check and order")
    case .change(let order):
      say("改订单 \(OrderNumber.text(order.number))", "Change order \(OrderNumber.text(order.number))")
    }
  }

  private var action: String {
    switch purpose {
    case .place: isJoint ? front.campaign.path : "/campaigns/\(front.campaign.id)/checkout"
    case .change(let order): "/orders/\(order.id)/edit"
    }
  }

  private var submit: String {
    switch purpose {
    case .place: say("提交订单", "Place the order")
    case .change: say("保存改动", "Save the changes")
    }
  }

  /// What it is called while it waits on a telephone without network.
  private var outboxLabel: String {
    let campaign = front.campaign.title
    switch purpose {
    case .place: return say("订单：\(campaign.chinese)", "Order: \(campaign.english)")
    case .change(let order):
      let number = OrderNumber.text(order.number)
      return say("改订单 \(number)：\(campaign.chinese)", "Change of order \(number): \(campaign.english)")
    }
  }

  private var revision: HTML {
    guard case .change = purpose else { return .empty }
    return "<input type=\"hidden\" name=\"revision\" value=\"\(state.value("revision"))\">"
  }

  private var steps: HTML {
    guard case .place = purpose, !isJoint else { return .empty }
    return PageParts.steps(
      [say("选好", "Choose"), say("核对", "Check"), say("完成", "Done")], current: 1)
  }

  private var summary: HTML { FormParts(state, say).summary }

  private func line(_ entry: ShelfItem) -> HTML {
    let field = QuantityLine.field(entry.item.id)
    return QuantityLine(
      item: entry.item.id, name: say(entry.name),
      href: isJoint ? nil : "/campaigns/\(front.campaign.id)/items/\(entry.item.id)",
      detail: isJoint ? JointPurchasePages.detail(entry, say) : say(entry.pack),
      price: entry.item.price, unit: entry.unit, weighed: entry.item.weighed?.terms,
      typed: state.value(field), problem: state.problem(field),
      canRemove: false, promotion: PriceTierParts.shelf(entry, front.campaign.phase(at: now), say),
      tolerance: ToleranceField(
        entry, of: front.campaign, quantity: state.value(field),
        typed: state.value(ToleranceField.field(entry.item.id)),
        problem: state.problem(ToleranceField.field(entry.item.id)), say)
    ).html(say)
  }

  private var totalLine: HTML {
    guard let sum else { return .empty }
    let isEstimate = items.contains { entry in
      let typed = state.value(QuantityLine.field(entry.item.id))
      return entry.item.weighed != nil && (DecimalText.parse(typed, decimals: 0) ?? 0) > 0
    }
    var note: HTML = PaymentParts.note(say)
    if isEstimate { note += "<p class=\"hint\">\(say(WeighedWords.checkoutNote))</p>" }
    if items.contains(where: { $0.caseDemand != nil }) {
      note += "<p class=\"hint\">\(say(CaseWords.orderNote))</p>"
    }
    return PriceTierParts.rule(items, front.campaign.phase(at: now), say)
      + DiscountParts.sum(sum, isEstimate: isEstimate, say)
      + CasePackPages.most(CaseForm.most(items, state), sum.gross, say) + note
  }

  private var facts: HTML {
    PageParts.definitions([
      (say("取货地点", "Pickup point"), "\(say(front.pickupPoint.name))"),
      (
        say("取货时间", "Pickup time"),
        "\(say.span(from: front.campaign.pickupFrom, to: front.campaign.pickupUntil))"
      ),
      (say("付款", "Payment"), "\(PaymentWords(say).way(.cashAtPickup))"),
      (say("截单", "Cut-off"), "\(CampaignWords.moment(front.campaign.cutOffAt, now: now, say))"),
    ])
  }

  private var note: HTML {
    FormParts(state, say).textArea(
      "note", Phrase("给团长的话", "A note to the leader"),
      hint: Phrase("比如：请放门卫，晚点取。最多 200 字。", "For example: I shall come late. At most 200 characters."),
      rows: 2, isRequired: false)
  }
}

/// Said to people whose household is not confirmed yet: they may look at everything, and order soon.
enum MembershipPage {
  static func page(formToken: String, isCardSession: Bool, _ say: Wording) -> Page {
    Page(
      title: say("还差一步就能下单", "One more step before you can order"),
      main: """
        <section class="panel"><h1>\(say("还差一步就能下单", "One more step before you can order"))</h1>\
        <p class="lead">\(say("居委会确认您的门牌号后，就可以和邻居一起下单了。菜篮里的东西会一直留着。",
          "Once the neighbourhood committee has confirmed your address you can order with your neighbours. Your basket is kept."))</p>\
        <p>\(say("还没填门牌号的话，请先到「我的账号」填写；填过了就稍等一下，急用可以打页面下方的电话，请人帮您先订上。",
          "If you have not given your address yet, please do so in your account. If you have, it will not be long; in a hurry, call the number below and someone will order for you."))</p>\
        <p class="actions"><a class="button" href="/account">\(say("我的账号", "My account"))</a>\
        <a class="button quiet" href="/">\(say("先看看", "Look around"))</a></p></section>\
        \(SharedTablet.finish(isCardSession, formToken: formToken, say))
        """)
  }
}
