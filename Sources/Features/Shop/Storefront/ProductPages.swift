import Kernel
import Web

/// One item of a campaign with all that is known of it.
struct StorefrontProductPage {
  let front: CampaignFront
  let item: ShelfItem
  let product: Product
  /// What neighbours say of it.
  let reviews: HTML
  let now: Timestamp
  let say: Wording

  func page(formToken: String, alerts: [HTML]) -> Page {
    Page(
      title: say(item.name),
      main: """
        <p><a href="/campaigns/\(front.campaign.id)#item-\(item.item.id)">← \(say(front.campaign.title))</a></p>\
        <article class="panel" data-live-source="/campaigns/\(front.campaign.id)/live?after=\(item.item.position - 1)">\
        \(picture)<h1>\(say(item.name))</h1>\
        <p class="price">\(item.item.price.display) <span class="unit">/ \(say(item.measure))\
        \(item.pack.chinese.isEmpty ? "" : "（\(say(item.pack))）")</span></p>\(StorefrontPages.unitPrice(item, say))\(StorefrontPages.expectation(item, say))\
        \(PriceTierParts.shelf(item, front.campaign.phase(at: now), say))\(PriceTierParts.rule([item], front.campaign.phase(at: now), say))\
        \(DiscountParts.announcement(front.campaign.discountSteps, say))\
        <p data-live="\(LiveFigure.name(ofItem: item.item.id))">\(say(item.standing))</p>\
        \(conditions)\(CasePackPages.standing(item, of: front.campaign, say))\(description)\(facts)\(order(formToken))\
        \(everyWeek)</article>\(reviews)
        """, alerts: alerts, scripts: ["live.js"])
  }

  private var picture: HTML {
    guard let picture = item.picture else { return .empty }
    return """
      <img src="\(picture.path(.large))" alt="\(say(item.name))" width="\(picture.width)" height="\(picture.height)">
      """
  }

  private var conditions: HTML {
    var lines: [HTML] = []
    if let limit = item.item.householdLimit {
      lines.append("<p>\(say(CampaignWords.limit(limit, item.unit)))</p>")
    }
    if item.item.minimumQuantity > 0 {
      lines.append("<p>\(say(CampaignWords.minimumQuantity(item.item.minimumQuantity, item.unit)))</p>")
    }
    return .joined(lines)
  }

  private var description: HTML {
    let text = say(product.details.description)
    return text.isEmpty ? .empty : "<p class=\"lead\">\(text)</p>"
  }

  private var facts: HTML {
    let details = product.details
    var entries: [(term: String, value: HTML)] = [(say("谁家的", "From"), "\(say(item.merchantName))")]
    func add(_ term: String, _ value: String) {
      if !value.isEmpty { entries.append((term, "\(value)")) }
    }
    add(say("产地", "Origin"), say(details.origin))
    add(
      say("过敏提示", "Allergens"),
      details.allergens.isEmpty
        ? say("未申报", "None declared")
        : details.allergens.sorted().map { say($0.name) }.joined(separator: say("、", ", ")))
    add(say("证明", "Certificate"), details.certificate)
    add(say("怎么存放", "Storage"), say(details.storage.name))
    if let days = details.shelfLifeDays { add(say("保存期", "Keeps for"), say("\(days) 天", "\(days) days")) }
    add(say("取货", "Pickup"), StorefrontPages.pickupPlace(front, say))
    return PageParts.definitions(entries)
  }

  private var everyWeek: HTML {
    if item.isHeld { return .empty }
    return """
      <p><a href="/standing-orders/edit?item=\(item.item.id)">\(say("每周都要？写进固定单", "Every week? Put it on the standing order"))</a></p>
      """
  }

  private func order(_ formToken: String) -> HTML {
    let standing = CampaignWords.standing(front.campaign, now: now, say)
    guard front.campaign.phase(at: now) == .open else {
      return "<p>\(PageParts.tag(standing.text, standing.tone))</p>"
    }
    if item.isHeld {
      return PageParts.notice(
        say(
          "这样东西先不卖：有邻居反映，服务站正在核实。查清楚没事，就会恢复。",
          "This is held back while the station looks into a report. If all is well, it is sold again."))
    }
    if item.isSoldOut {
      return PageParts.notice(
        say(
          "这样已经售完。有人改单时会空出来，可以晚点再来看。",
          "This is sold out. Someone may change an order, so do look again later."))
    }
    return """
      <form class="form" method="post" action="/basket/add"><input type="hidden" name="form_token" value="\(formToken)">\
      <input type="hidden" name="back" value="/campaigns/\(front.campaign.id)/items/\(item.item.id)">\
      <p class="quantity"><label for="quantity">\(say("要几\(item.unit.name.chinese)", "How many"))</label>\
      <input id="quantity" type="text" inputmode="numeric" name="quantity" value="1" maxlength="3"></p>\
      <p class="actions"><button class="button" name="add" value="\(item.item.id)">\(say("放进菜篮", "Put into the basket"))</button>\
      <a class="button quiet" href="/basket#campaign-\(front.campaign.id)">\(say("我的菜篮", "My basket"))</a></p>\
      <p class="hint">\(say("\(standing.text)，截单前随时可改", "\(standing.text); you can change it until then"))</p></form>
      """
  }
}

/// What a search has found: first what can be ordered now, then what the neighbourhood's farms and shops have otherwise.
struct SearchPage {
  let text: String
  let orderable: [(item: ShelfItem, campaign: Campaign)]
  let others: [CatalogueProduct]
  let next: ProductID?
  let now: Timestamp
  let say: Wording

  func page() -> Page {
    let isEmpty = orderable.isEmpty && others.isEmpty
    let nothing: HTML =
      text.isEmpty
      ? .empty
      : PageParts.empty(
        say(
          "没有找到「\(text)」。换个短一点的词试试，或打电话告诉我们想买什么。",
          "Nothing found for “\(text)”. Try a shorter word, or call and tell us what you would like."),
        action: ("/", say("看看正在开的团", "See what is open")))
    let more = next.map { "/search?q=\(URLEncodedText.encode(text))&after=\($0)" }
    return Page(
      title: say("找商品", "Search"),
      main: """
        <h1>\(say("找商品", "Search"))</h1>\(StorefrontPages.searchForm(text, say))\
        \(isEmpty ? nothing : results)\(PageParts.pager(say, previous: nil, next: more))
        """)
  }

  private var results: HTML {
    let now: HTML =
      orderable.isEmpty
      ? .empty
      : "<h2>\(say("现在就能订", "To order now"))</h2><ul class=\"products\">\(orderable.map(orderableCard))</ul>"
    let others: HTML =
      others.isEmpty
      ? .empty
      : """
      <h2>\(say("这会儿没在团里", "Not in an open group-buy"))</h2>\
      <p class="muted">\(say("下次开团时可能会有，也可以请团长加上。", "Perhaps next time; you can also ask the group leader."))</p>\
      <ul class="products">\(self.others.map(otherCard))</ul>
      """
    return now + others
  }

  private func orderableCard(_ entry: (item: ShelfItem, campaign: Campaign)) -> HTML {
    let link = "/campaigns/\(entry.campaign.id)/items/\(entry.item.item.id)"
    let standing = CampaignWords.standing(entry.campaign, now: now, say)
    let picture: HTML =
      entry.item.picture.map {
        """
        <img class="product-picture" src="\($0.path(.small))" alt="" width="\($0.width)" height="\($0.height)" \
        loading="lazy">
        """
      } ?? .empty
    return """
      <li class="product">\(picture)<div class="product-body"><h3 class="product-name">\
      <a href="\(link)">\(say(entry.item.name))</a></h3><p class="muted">\(say(entry.item.merchantName))</p>\
      <p class="price">\(entry.item.item.price.display) <span class="unit">/ \(say(entry.item.measure))</span></p>\
      \(StorefrontPages.expectation(entry.item, say))\
      <p>\(say(entry.item.standing))</p>\
      \(CasePackPages.standing(entry.item, of: entry.campaign, say))\
      <p class="muted">\(say(entry.campaign.title)) · \(standing.text)</p></div></li>
      """
  }

  private func otherCard(_ entry: CatalogueProduct) -> HTML {
    let price: HTML =
      entry.cheapest.map {
        "<p class=\"muted\">\(say("平时", "Usually")) \(say(WeighedWords.price($0.price, $0.unit, $0.weighed?.terms)))</p>"
      } ?? .empty
    return """
      <li class="product"><div class="product-body"><h3 class="product-name">\(say(entry.product.name))</h3>\
      <p class="muted">\(say(entry.merchantName))</p>\(price)</div></li>
      """
  }
}
