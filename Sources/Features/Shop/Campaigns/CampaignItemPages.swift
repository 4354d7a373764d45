import Kernel
import Web

/// The items of one campaign: what is in it, and what may be added.
struct CampaignItemPages {
  let campaign: Campaign
  let say: Wording
  let formToken: String

  private var path: String { "/desk/campaigns/\(campaign.id)/items" }
  private var token: HTML { "<input type=\"hidden\" name=\"form_token\" value=\"\(formToken)\">" }

  func list(
    _ items: [DeskItem], search text: String, found: [VariantOffer], next: ProductID?, alerts: [HTML] = []
  ) -> Page {
    let title = say("「\(campaign.title.chinese)」的商品", "Items of “\(campaign.title.english)”")
    let cards = items.enumerated().map {
      card($0.element, isFirst: $0.offset == 0, isLast: $0.offset == items.count - 1)
    }
    let inside = Set(items.map(\.item.variant))
    return Page(
      title: title,
      main: """
        <p><a href="/desk/campaigns/\(campaign.id)">← \(say(campaign.title))</a></p><h1>\(title)</h1>\
        \(.joined(cards))\(campaign.isDraft ? adding(text, found.filter { !inside.contains($0.variant) }, next) : .empty)
        """, alerts: alerts)
  }

  private func card(_ entry: DeskItem, isFirst: Bool, isLast: Bool) -> HTML {
    let name = say(entry.offer.name)
    let kind =
      entry.item.stockKind == .onDemand
      ? say("按订单备货，已订 \(entry.level.promised)", "made to order, \(entry.level.promised) ordered")
      : say(
        "备货 \(entry.level.onHand)，已订 \(entry.level.promised)\(PaperWords.held(entry.level).chinese)",
        "\(entry.level.onHand) set aside, \(entry.level.promised) ordered\(PaperWords.held(entry.level).english)"
      )
    let limit =
      entry.item.householdLimit.map {
        " · " + say(CampaignWords.limit($0, entry.offer.unit, for: campaign.audience))
      } ?? ""
    let minimum =
      entry.item.minimumQuantity > 0
      ? " · " + say(CampaignWords.minimumQuantity(entry.item.minimumQuantity, entry.offer.unit)) : ""
    return """
      <article class="card" id="item-\(entry.item.id)"><h2>\(name)</h2>\
      <p class="muted">\(say(entry.offer.pack)) · \(say(entry.offer.merchantName))</p>\
      \(price(entry.item.price, entry.offer.unit, entry.item.weighed?.terms))\
      <p>\(kind)\(limit)\(minimum)\(PriceTierParts.desk(entry, say))</p>\(held(entry))\(CasePackPages.standing(entry, of: campaign, say))\(actions(entry, name, isFirst, isLast))</article>
      """
  }

  private func held(_ entry: DeskItem) -> HTML {
    entry.isHeld ? "<p>\(PageParts.tag(say(CampaignWords.held), .notice))</p>" : .empty
  }

  private func price(_ price: Money, _ unit: Unit, _ terms: WeighedTerms?) -> HTML {
    let expected: HTML =
      WeighedWords.expectation(price, unit, terms).map { "<br><span class=\"muted\">\(say($0))</span>" }
      ?? .empty
    return "<p><span class=\"price\">\(say(WeighedWords.price(price, unit, terms)))</span>\(expected)</p>"
  }

  private func actions(_ entry: DeskItem, _ name: String, _ isFirst: Bool, _ isLast: Bool) -> HTML {
    guard campaign.isDraft else { return stockForm(entry, name) }
    func button(_ value: StaticString, _ text: String, _ label: String) -> HTML {
      """
      <button class="button quiet" name="do" value="\(HTML(stringLiteral: value))" aria-label="\(label)">\(text)</button>
      """
    }
    return """
      <form method="post" action="\(path)/\(entry.item.id)/place">\(token)<p class="actions">\
      <a class="button quiet" href="\(path)/\(entry.item.id)" aria-label="\(say("改\(name)", "Change \(name)"))">\(say("改", "Change"))</a>\
      \(isFirst ? .empty : button("up", "↑", say("把\(name)往上移", "Move \(name) up")))\
      \(isLast ? .empty : button("down", "↓", say("把\(name)往下移", "Move \(name) down")))\
      \(button("remove", say("移出", "Remove"), say("移出\(name)", "Remove \(name)")))</p></form>
      """
  }

  private func stockForm(_ entry: DeskItem, _ name: String) -> HTML {
    guard entry.item.stockKind == .limited else { return .empty }
    return """
      <form method="post" action="\(path)/\(entry.item.id)/stock">\(token)<p class="quantity">\
      <label for="units-\(entry.item.id)">\(say("备货改为", "Set aside"))<span class="visually-hidden"> \(name)</span></label>\
      <input id="units-\(entry.item.id)" type="text" inputmode="numeric" name="units" value="\(entry.level.onHand)" maxlength="7">\
      <button class="button quiet">\(say("保存", "Save"))</button></p></form>
      """
  }

  private func adding(_ text: String, _ found: [VariantOffer], _ next: ProductID?) -> HTML {
    let rows = found.map { offer -> HTML in
      """
      <li class="card"><p><strong>\(say(offer.name))</strong> <span class="muted">\(say(offer.pack)) · \(say(offer.merchantName))</span></p>\
      \(price(offer.price, offer.unit, offer.weighed?.terms))\
      <p class="actions"><a class="button quiet" href="\(path)/add/\(offer.variant)" \
      aria-label="\(say("加\(offer.name.chinese)", "Add \(offer.name.english)"))">\(say("加进来", "Add"))</a></p></li>
      """
    }
    let nothing: HTML = "<p>\(say("没有找到可加的商品。", "Nothing found to add."))</p>"
    let more = next.map {
      text.isEmpty ? "\(path)?after=\($0)" : "\(path)?q=\(URLEncodedText.encode(text))&after=\($0)"
    }
    return """
      <h2 id="add">\(say("加商品", "Add items"))</h2><form class="search" role="search" method="get" action="\(path)#add">\
      <label class="visually-hidden" for="item-search">\(say("找商品", "Search for goods"))</label>\
      <input id="item-search" type="search" name="q" value="\(text)" maxlength="60">\
      <button class="button quiet">\(say("找一找", "Search"))</button></form>\
      \(rows.isEmpty ? nothing : "<ul class=\"plain\">\(rows)</ul>")\(PageParts.pager(say, previous: nil, next: more))
      """
  }

  /// Price, stock and limits of one item, new or there already.
  func form(
    _ state: FormState, name: Phrase, pack: Phrase, unit: Unit, weighed: WeighedTerms?, caseSize: Int64,
    to action: String
  ) -> Page {
    let parts = FormParts(state, say)
    let kinds: [(value: String, name: Phrase)] = [
      (StockKind.limited.rawValue, Phrase("有多少卖多少", "A fixed number")),
      (StockKind.onDemand.rawValue, Phrase("按订单备货", "Made to order")),
    ]
    let measure = WeighedWords.measure(unit, weighed)
    let weighedHint = weighed.map {
      Phrase(
        "按重量卖：一\(unit.name.chinese)约 \($0.typicalGrams) 克，上下浮动 \($0.tolerancePercent)%，称重后按实际算。",
        "Sold by weight: one \(unit.name.english) is about \($0.typicalGrams) g, tolerance \($0.tolerancePercent) %; charged by what it weighs."
      )
    }
    let content: HTML = """
      \(parts.money("price", Phrase("每\(measure.chinese)价格", "Price for one \(measure.english)"), hint: weighedHint))\
      \(parts.radios("stock_kind", Phrase("备货", "Stock"), options: kinds))\
      \(parts.number("units", Phrase("备货数", "How many"), hint: Phrase("按订单备货不用填。", "Not for goods made to order."),
        isRequired: false, suffix: unit.name))\
      \(parts.number("household_limit", Phrase("每户限购", "Limit for a household"), isRequired: false, suffix: unit.name))\
      \(parts.number("minimum_quantity", Phrase("满多少才发货", "Least in all"), isRequired: false, suffix: unit.name))\
      \(PriceTierParts.fields(parts, state, unit, measure, say))\
      \(CasePackPages.choice(parts, state, caseSize: caseSize, isWeighed: weighed != nil))\
      \(parts.submit(Phrase("保存", "Save")))
      """
    return Page(
      title: say(name),
      main: """
        <h1>\(say(name))</h1><p class="muted">\(say(pack))</p>\(parts.form(to: action, token: formToken, content))\
        <p><a href="\(path)">\(say("不改，返回", "Leave it as it is"))</a></p>
        """)
  }

  static func state(_ entry: DeskItem) -> FormState {
    let values = [
      "price": entry.item.price.decimal, "stock_kind": entry.item.stockKind.rawValue,
      "units": entry.item.stockKind == .limited ? String(entry.level.onHand) : "",
      "household_limit": entry.item.householdLimit.map(String.init) ?? "",
      "minimum_quantity": entry.item.minimumQuantity > 0 ? String(entry.item.minimumQuantity) : "",
      CaseOffer.field: entry.item.isByTheCase ? "on" : "",
    ]
    return FormState(values.merging(PriceTierForm.state(entry.tiers)) { first, _ in first })
  }
}
