import Kernel
import People
import Web

/// What was asked, in large type, to be read out; and the ways in which the person says yes or no.
struct ReadBackPages {
  /// One line as it is read out.
  struct Line: Sendable {
    let name: Phrase
    let pack: Phrase
    let quantity: Int64
    let unit: Unit
    /// Nil where it is no longer offered.
    let amount: Money?
  }

  /// Who looks at it.
  enum Reader: Sendable, Equatable {
    case helper
    /// The person's own household, or the relative who holds the key.
    case household(mayAgree: Bool)
  }

  /// What is read out.
  enum Subject: Sendable {
    case basket(CampaignFront, [Line])
    case visit(ShownAssistedVisit)
  }

  let asked: AssistedOrder
  let person: String
  let helper: String
  let subject: Subject
  let reader: Reader
  let ways: Set<ConfirmationWay>
  /// The number of the next code on the person's printed sheet.
  let nextCode: Int64?
  let formToken: String
  let now: Timestamp
  let say: Wording

  func page(_ state: FormState = .empty, problem: Problem? = nil) -> Page {
    let alert: HTML =
      problem.map { PageParts.notice(say($0.title) + ($0.advice.map { " " + say($0) } ?? ""), .bad) }
      ?? .empty
    return Page(
      title: title,
      main: """
        \(steps)<h1>\(title)</h1>\(alert)\(standing)\
        <section class="panel read-back" data-speak>\(content)</section>\
        \(asked.isOpen(at: now) ? word(state) : ended)
        """, scripts: ["speak.js"])
  }

  private var title: String {
    switch asked.matter {
    case .goods(_, .place): say("\(person)要买这些", "What \(person) is to have")
    case .goods(_, .change): say("\(person)的单改成这样", "\(person)'s order, changed")
    case .goods(_, .cancel): say("\(person)的单要取消", "\(person)'s order, cancelled")
    case .visit(let visit): say(AssistedVisitParts.title(visit.what, person))
    }
  }

  private var steps: HTML {
    guard reader == .helper, asked.isOpen(at: now) else { return .empty }
    return PageParts.steps(
      [say("填单", "Fill in"), say("念给本人听", "Read out"), say("本人确认", "Their yes")], current: 1)
  }

  private var standing: HTML {
    guard !asked.isOpen(at: now) else { return .empty }
    let way = asked.confirmation.map { "（\(say($0.name))）" } ?? ""
    let state: AssistedOrder.State = asked.state == .waiting ? .void : asked.state
    return PageParts.notice(
      "\(say(state == .placed ? asked.stateName : state.name))\(way)", state == .placed ? .good : .neutral)
  }

  private var content: HTML {
    switch subject {
    case .basket(let front, let lines): basket(front, lines)
    case .visit(let shown):
      AssistedVisitParts(say: say, formToken: formToken, now: now).readBack(shown, asked, helper: helper)
    }
  }

  private func basket(_ front: CampaignFront, _ lines: [Line]) -> HTML {
    let items = lines.map { line -> HTML in
      let amount: HTML = line.amount.map { "<span class=\"price\">\($0.display)</span>" } ?? .empty
      return """
        <li><strong>\(say(line.name))</strong> <span>\(line.quantity) \(say(line.unit.name))</span> \
        <span class="muted">\(say(line.pack))</span> \(amount)</li>
        """
    }
    let campaign = front.campaign
    return """
      <h2>\(say(campaign.title))</h2><ol class="read-back-lines">\(items)</ol>\
      <p class="lead">\(say("一共", "In all")) <strong class="price">\(asked.total.display)</strong></p>\(note)\
      <p>\(say("取货", "Pickup")): \(say.span(from: campaign.pickupFrom, to: campaign.pickupUntil))\(say("，", ", "))\(say(front.pickupPoint.name))</p>\
      <p>\(say("付款", "Payment")): \(PaymentWords(say).way(.cashAtPickup))</p>\
      <p>\(say("\(helper) 代下单，不拿一分钱好处。", "\(helper) orders this for you and earns nothing by it."))</p>
      """
  }

  /// What the leader will read of it is a part of what the person says yes to.
  private var note: HTML {
    guard let note = asked.command?.note, !note.isEmpty else { return .empty }
    return "<p>\(say("给团长的话", "A note to the leader")): \(note)</p>"
  }

  // MARK: - Yes or no

  private func word(_ state: FormState) -> HTML {
    let parts = PrincipalWordParts(
      path: "/assisted-orders/\(asked.id)", person: person, ways: ways, nextCode: nextCode,
      agree: asked.visit.map { AssistedVisitParts.agree($0.what) } ?? Phrase("同意，下单", "Yes, order it"),
      formToken: formToken, say: say)
    switch reader {
    case .helper:
      return """
        \(parts.heard(state))\
        <p class="hint">\(say("到 \(CampaignWords.moment(asked.expiresAt, now: now, say)) 还没有确认，这一单就作废。",
          "Without a yes by \(CampaignWords.moment(asked.expiresAt, now: now, say)) it is void."))</p>
        """
    case .household(let mayAgree): return parts.own(mayAgree: mayAgree)
    }
  }

  private var ended: HTML {
    let receipt: HTML =
      asked.state == .placed
      ? "<a class=\"button\" href=\"/assisted-orders/\(asked.id)/receipt\">\(say("打印给本人的单子", "Print the person's slip"))</a>"
      : .empty
    return """
      \(standingVisit)<p class="actions">\(receipt)<a class="button quiet" href="/assisted-orders">\(say("返回", "Back"))</a></p>
      """
  }

  /// How a visit stands that was booked, and what may be asked about it.
  private var standingVisit: HTML {
    guard case .visit(let shown) = subject, asked.state == .placed else { return .empty }
    return AssistedVisitParts(say: say, formToken: formToken, now: now).standing(
      shown, asked, isHelper: reader == .helper)
  }

  // MARK: - On paper

  /// What the person keeps of it, in large type.
  func receipt(_ order: Order) -> Page {
    let way = asked.confirmation.map { say($0.name) } ?? ""
    switch subject {
    case .basket(let front, _): return receipt(order, front, way)
    case .visit(let shown):
      return Page(
        title: title, kind: .print,
        main: AssistedVisitParts(say: say, formToken: formToken, now: now).receipt(
          shown, person: person, helper: helper, confirmedBy: way, at: order.placedAt))
    }
  }

  private func receipt(_ order: Order, _ front: CampaignFront, _ way: String) -> Page {
    let number = OrderNumber.text(order.number)
    let rows = order.lines.filter { $0.quantity > 0 }.map { line -> [HTML] in
      [
        "\(say(line.name)) \(say(line.pack))", "\(line.quantity) \(say(line.unit.name))",
        "\((try? line.amount()).map(\.display) ?? "")",
      ]
    }
    return Page(
      title: say("\(person)的订单 \(number)", "\(person)'s order \(number)"), kind: .print,
      main: """
        <div class="print large-type"><h1>\(person) · \(say("订单", "Order")) \(number)</h1>\
        <p>\(say(front.campaign.title))</p>\
        \(PageParts.table(caption: say("买了这些", "What was ordered"), columns: [
          TableColumn(say("商品", "Item")), TableColumn(say("数量", "Quantity"), isNumeric: true),
          TableColumn(say("金额", "Amount"), isNumeric: true),
        ], rows: rows))\
        <p><strong>\(say("一共", "In all")) \(order.total.display)</strong> · \(PaymentWords(say).way(order.paymentMethod))</p>\
        <p>\(say("取货", "Pickup")): \(say.span(from: front.campaign.pickupFrom, to: front.campaign.pickupUntil))\(say("，", ", "))\(say(front.pickupPoint.name))</p>\
        <p>\(say("\(helper) 代下单，\(say.dateTime(order.placedAt)) 经您确认：\(way)。", "Ordered for you by \(helper), with your yes on \(say.dateTime(order.placedAt)): \(way)."))</p>\
        <p>\(say("想改、想退、觉得不对，打上面的电话；不想让人代下单了，也打这个电话，当场就停。", "To change or return something, or if anything seems wrong, call the number above. Call it too to end the mandate: it ends at once."))</p></div>
        """)
  }
}
