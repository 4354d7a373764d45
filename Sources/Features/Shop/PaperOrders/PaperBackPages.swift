import Kernel
import Web

/// What comes back on paper: a confirmation of what was ordered, and a receipt of what was handed over. Several to a
/// sheet, with lines to cut along.
struct PaperBackPages {
  let say: Wording
  let campaign: Campaign
  let point: Phrase
  let phone: String

  /// One order with whose it is.
  struct Addressed: Sendable {
    let order: Order
    let door: Phrase
    let name: String
    let paid: Money
    let money: OrderMoney
    let delivery: DeliveryPaper
  }

  func confirmations(_ orders: [Addressed]) throws -> Page {
    try page(
      say("订货确认单", "Order confirmations"),
      orders.filter { $0.order.fulfilment != .cancelled && $0.order.fulfilment != .released },
      empty: say("还没有纸单下的订单。", "No order was placed from a slip yet."), confirmation)
  }

  func receipts(_ orders: [Addressed]) throws -> Page {
    try page(
      say("收据", "Receipts"), orders.filter { entry in entry.order.lines.contains { $0.collected > 0 } },
      empty: say("还没有交货。交了货，收据就在这里。", "Nothing was handed over yet; receipts appear here once it is."),
      receipt)
  }

  private func page(
    _ title: String, _ orders: [Addressed], empty: String, _ draw: (Addressed) throws -> HTML
  ) rethrows -> Page {
    let slips = try orders.map(draw)
    let none = slips.isEmpty ? PageParts.empty(empty) : HTML.empty
    return Page(
      title: "\(title) \(say(campaign.title))", kind: .print,
      main: """
        <div class="large-paper"><h1 class="visually-hidden">\(title) \(say(campaign.title))</h1>\(none)\(slips)</div>
        """)
  }

  private func head(_ entry: Addressed, _ what: String) -> HTML {
    """
    <h2>\(what) · \(say("订单", "Order")) \(OrderNumber.text(entry.order.number))</h2>
    <p><strong>\(say(entry.door))</strong> \(entry.name)</p><p>\(say(campaign.title))</p>
    """
  }

  private func confirmation(_ entry: Addressed) throws -> HTML {
    let lines = try entry.order.lines.filter { $0.due > 0 }.map { line -> HTML in
      "<li><span>\(say(line.name))</span> <strong>× \(line.due)</strong> <span>\(try line.amount().display)</span></li>"
    }
    let total = say(WeighedWords.amount(entry.order.total, isEstimate: entry.order.isEstimate))
    return """
      <section class="paper-back">\(head(entry, say("您订好了", "You have ordered")))
      <ul class="paper-lines">\(lines)</ul><p class="paper-price">\(say("一共", "Total")) \(total)</p>
      <p>\(say("取货：", "Pickup: "))<strong>\(say.span(from: campaign.pickupFrom, to: campaign.pickupUntil))</strong><br>\(say(point))</p>
      \(delivery(entry.delivery))
      <p>\(say("要改要退，截单前打电话 \(phone)", "To change or cancel before the cut-off, call \(phone)"))</p></section>
      """
  }

  private func receipt(_ entry: Addressed) throws -> HTML {
    let lines = try entry.order.lines.filter { $0.quantity > 0 }.map { line -> HTML in
      let missing = line.quantity - line.collected
      let short: HTML =
        missing > 0
        ? " <span>\(say("（订了 \(line.quantity)，少 \(missing)）", "(\(line.quantity) ordered, \(missing) missing)"))</span>"
        : .empty
      return
        "<li><span>\(say(line.name))</span> <strong>× \(line.collected)</strong> <span>\(try line.amount(of: line.collected).display)</span>\(short)</li>"
    }
    let back = entry.money.movements.filter { $0.amount < .zero }.map { movement -> HTML in
      "<p>\(say("退给您：", "Given back: "))\(say(movement.what)) <strong>\(Money.fen(-movement.amount.minorUnits).display)</strong></p>"
    }
    return """
      <section class="paper-back">\(head(entry, say("收据", "Receipt")))
      <p>\(say("收到的东西", "What came"))</p><ul class="paper-lines">\(lines)</ul>
      <p class="paper-price">\(PaymentWords(say).paid) \(entry.paid.display)</p>\(try owed(entry))\(back)\(delivery(entry.delivery))
      <p>\(say("有不对的，打电话 \(phone)", "If something is wrong, call \(phone)"))</p></section>
      """
  }

  /// Whether it is brought to the door, when, and what the household asked of whoever brings it. Nothing is ticked for
  /// those who collect it, so that both kinds of paper read alike.
  private func delivery(_ paper: DeliveryPaper) -> HTML {
    switch paper.standing {
    case .brought:
      return """
        <p><span class="tick">✓</span> <strong>\(say("给您送上门，不用下楼", "It is brought to your door"))</strong>\(terms(paper.wish))</p>
        """
    case .beyond:
      return """
        <p><span class="tick"></span> \(say("想送上门，可这次送货名额满了；取不了请打电话 \(phone)", "You asked for it to be brought, but all deliveries are taken; if you cannot collect it, call \(phone)"))</p>
        """
    case .collected:
      return """
        <p><span class="tick"></span> \(say("打了勾才是送上门；这一单请到取货点取", "Ticked would mean brought to your door; please collect this one"))</p>
        """
    }
  }

  private func terms(_ wish: DeliveryWish) -> HTML {
    var terms: [HTML] = []
    if wish.window != .any { terms.append("\(say(wish.window.name))") }
    if !wish.note.isEmpty {
      terms.append("\(say("您给送货人的话：", "Your words to whoever brings it: "))“\(wish.note)”")
    }
    if wish.mayLeaveAtDoor {
      terms.append("\(say("没人应门时可以放在门口", "May be left at the door if nobody answers"))")
    }
    return .joined(terms.map { "<br>\($0)" })
  }

  private func owed(_ entry: Addressed) throws -> HTML {
    let owed = try entry.order.total.subtracting(entry.paid)
    return owed > .zero
      ? "<p>\(PaymentWords(say).stillDue) <strong>\(owed.display)</strong></p>" : .empty
  }
}
