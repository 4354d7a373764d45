import Kernel
import Web

/// One order's goods of an item, as the scale's page shows them: a number and pieces, no names.
struct WeighInLine: Sendable, Equatable {
  let order: OrderID
  let number: Int64
  let line: OrderLine

  var grams: Int64? { line.weighed?.weight?.grams }
  /// Whether its household is to be asked before all of it is charged.
  var asks: Bool { (try? line.weighed?.asked(at: line.price)) != nil }
  var isHandedOver: Bool { line.collected > 0 }
}

/// How far one item has been weighed.
struct WeighInItem: Sendable, Equatable {
  let item: CampaignItem
  let name: Phrase
  let unit: Unit
  let lines: [WeighInLine]

  var weighed: Int { lines.count { $0.grams != nil } }
}

/// Weighing, on a phone beside the scale.
struct WeighInPages {
  let campaign: Campaign
  let say: Wording
  let token: String

  private var path: String { "/desk/campaigns/\(campaign.id)/weighing" }

  /// - Parameter back: where whoever weighs came from.
  func index(_ items: [WeighInItem], back: String) -> HTML {
    let cards = items.map { entry -> HTML in
      let isDone = entry.weighed == entry.lines.count
      let progress = say(
        "称好 \(entry.weighed) / \(entry.lines.count) 单",
        "\(entry.weighed) of \(entry.lines.count) orders weighed")
      return """
        <article class="card"><h2><a href="\(path)/\(entry.item.id)">\(say(entry.name))</a></h2>\
        <p>\(say(WeighedWords.whole(entry.item.settledPrice, entry.unit, entry.item.weighed?.terms)))</p>\
        <p>\(PageParts.tag(progress, isDone ? .good : .neutral))</p>\(asking(entry))</article>
        """
    }
    let nothing = PageParts.empty(
      say(
        "没有要称的东西。到货登记以后，按重量卖的会列在这里。",
        "Nothing to weigh. Goods by weight appear here once they have been counted in."))
    return """
      <p><a href="\(back)">← \(say(campaign.title))</a></p><h1>\(say("称重", "Weighing"))</h1>\
      \(cards.isEmpty ? nothing : .joined(cards))
      """
  }

  /// Which orders wait for their household's word.
  private func asking(_ entry: WeighInItem) -> HTML {
    let numbers = entry.lines.filter(\.asks).map { OrderNumber.text($0.number) }
    if numbers.isEmpty { return .empty }
    let list = numbers.joined(separator: say("、", ", "))
    return """
      <p>\(PageParts.tag(say("等邻居同意", "Waiting for agreement"), .notice)) \
      \(say("订单 \(list)", "orders \(list)"))</p>
      """
  }

  func form(_ entry: WeighInItem, _ state: FormState) -> HTML {
    let parts = FormParts(state, say)
    let open = entry.lines.filter { !$0.isHandedOver }
    let fields = open.map { line -> HTML in
      let field = WeighInEntry.field(line.order)
      return """
        <section class="card">\(parts.text(field, label(line, entry.unit), hint: hint(line), isRequired: false,
          maximumLength: 80, autocomplete: "off", inputMode: "text"))\
        \(parts.hidden(WeighInEntry.seenField(line.order), line.grams.map(String.init) ?? ""))\(standing(line))</section>
        """
    }
    let nothing = PageParts.empty(say("这样没有要称的了。", "Nothing of this is left to weigh."))
    let form = parts.form(
      to: "\(path)/\(entry.item.id)", token: token,
      "\(fields)\(parts.submit(Phrase("记下重量", "Record the weights")))")
    return """
      <p><a href="\(path)">← \(say("称重", "Weighing"))</a></p><h1>\(say(entry.name))</h1>\
      <p>\(say(WeighedWords.whole(entry.item.settledPrice, entry.unit, entry.item.weighed?.terms)))</p>\
      <p class="hint">\(say("整单一起称。写克数，或带小数点的公斤数，也可以扫秤签；几包分开称的用 + 连起来。没称的空着。",
        "Weigh an order's pieces together. Type grams, or kilograms with a point, or scan the label; join several with +. Leave empty what is not weighed."))</p>\
      \(open.isEmpty ? nothing : form)\(done(entry))
      """
  }

  private func label(_ line: WeighInLine, _ unit: Unit) -> Phrase {
    let number = OrderNumber.text(line.number)
    return Phrase(
      "订单 \(number) · \(line.line.due) \(unit.name.chinese)",
      "Order \(number) · \(line.line.due) × \(unit.name.english)")
  }

  private func hint(_ line: WeighInLine) -> Phrase? {
    guard let terms = line.line.weighed?.terms else { return nil }
    let usual = WeighedWords.weight(terms.typicalGrams * line.line.due)
    return Phrase("一般约 \(usual.chinese)", "about \(usual.english) as a rule")
  }

  private func standing(_ line: WeighInLine) -> HTML {
    guard line.grams != nil, let charged = line.line.weighed?.weight?.charged else { return .empty }
    guard line.asks, let asked = try? line.line.weighed?.asked(at: line.line.price) else {
      return "<p>\(PageParts.tag(say("已称，收 \(charged.display)", "Weighed, \(charged.display)"), .good))</p>"
    }
    return """
      <p>\(PageParts.tag(say("等邻居同意", "Waiting for agreement"), .notice)) \
      \(say("按重量是 \(asked.display)，同意以前收 \(charged.display)",
        "\(asked.display) by weight, \(charged.display) until the household agrees"))</p>
      """
  }

  private func done(_ entry: WeighInItem) -> HTML {
    let rows = entry.lines.filter(\.isHandedOver).map { line -> HTML in
      """
      <li>\(say("订单", "Order")) \(OrderNumber.text(line.number)) · \(say(WeighedWords.weight(line.grams ?? 0)))</li>
      """
    }
    if rows.isEmpty { return .empty }
    return "<h2>\(say("已经取走", "Handed over"))</h2><ul>\(rows)</ul>"
  }
}

/// What a household is asked when its goods weigh more than it agreed to by ordering.
enum WeightAgreementPages {
  /// One question for each such line of the order; nothing where there is none.
  static func asked(
    _ order: Order, formToken: String, _ problem: Problem?, _ say: Wording
  ) throws -> HTML {
    let alert: HTML =
      problem.map { PageParts.notice(say($0.title) + ($0.advice.map { " " + say($0) } ?? ""), .bad) }
      ?? .empty
    guard order.fulfilment.isOpen || order.fulfilment == .collected else { return alert }
    let questions = try order.lines.compactMap { line -> HTML? in
      guard let weighed = line.weighed, let weight = weighed.weight,
        let asked = try weighed.asked(at: line.price)
      else { return nil }
      let grams = WeighedWords.weight(weight.grams)
      return """
        <section class="card"><h2>\(say("「\(line.name.chinese)」比约定的重", "“\(line.name.english)” weighs more than agreed"))</h2>\
        <p>\(say("实重 \(grams.chinese)，按重量是 \(asked.display)。您没点头之前只收 \(weight.charged.display)。",
          "It weighs \(grams.english), \(asked.display) by weight. Unless you agree you pay \(weight.charged.display)."))</p>\
        <form method="post" action="/orders/\(order.id)/lines/\(line.position)/agreement">\
        <input type="hidden" name="form_token" value="\(formToken)">\
        <input type="hidden" name="amount" value="\(asked.minorUnits)">\
        <p class="actions"><button class="button">\(say("同意按 \(asked.display) 付", "Agree to pay \(asked.display)"))</button></p></form></section>
        """
    }
    return alert + .joined(questions)
  }
}
