import Kernel
import Web

/// The neighbourhood's notice board.
enum StorefrontPages {
  /// - Parameter cards: what is drawn of each campaign, beside the phase it is in.
  static func board(_ cards: [(phase: Campaign.Phase, card: HTML)], _ say: Wording) -> Page {
    let open = cards.filter { $0.phase == .open }.map(\.card)
    let upcoming = cards.filter { $0.phase == .upcoming }.map(\.card)
    let past = cards.filter { $0.phase != .open && $0.phase != .upcoming }.map(\.card)
    let nothing = PageParts.empty(
      say(
        "这会儿没有开着的团。团长发新团后，会贴在这里。",
        "No group-buy is open just now. New ones are posted here."))
    return Page(
      title: say("邻里布告栏", "Notice board"),
      main: """
        <h1>\(say("今天一起买什么", "What we buy together"))</h1>\(searchForm("", say))\
        \(section("open", say("正在开的团", "Open now"), open.isEmpty ? nothing : columns(open)))\
        \(upcoming.isEmpty ? .empty : section("upcoming", say("快要开的团", "Opening soon"), columns(upcoming)))\
        \(past.isEmpty ? .empty : section("past", say("最近的团", "Recent"), columns(past)))
        """)
  }

  /// The first page of the elder view: one question, three answers.
  static func start(_ openCampaigns: Int, phoneNumber: String, _ say: Wording) -> Page {
    let digits = phoneNumber.filter { $0.isASCII && ($0.isNumber || $0 == "+") }
    let today =
      openCampaigns == 0
      ? say("今天有什么团购", "What we buy together")
      : say("今天有什么团购（\(openCampaigns) 个）", "What we buy together (\(openCampaigns))")
    return Page(
      title: say("首页", "Start"),
      main: """
        <h1>\(say("您想做什么？", "What would you like to do?"))</h1><ul class="big-choices plain">\
        <li><a class="button" href="/campaigns">\(today)</a></li>\
        <li><a class="button" href="/orders">\(say("看看我的订单", "See my orders"))</a></li>\
        <li><a class="button quiet" href="tel:\(digits)">\(say("打电话，请人帮忙", "Call and ask for help"))</a></li></ul>
        """)
  }

  /// One campaign on the board.
  static func card(
    _ front: CampaignFront, _ progress: CampaignProgress?, _ pictures: [ShelfPicture], now: Timestamp,
    _ say: Wording
  ) -> HTML {
    let campaign = front.campaign
    let standing = CampaignWords.standing(campaign, now: now, say)
    let note: HTML =
      campaign.note.chinese.isEmpty ? .empty : "<p>\(say(campaign.note))</p>"
    let isOpen = campaign.phase(at: now) == .open
    let link = isOpen ? say("去看看", "Have a look") : say("看看有什么", "See what is in it")
    let style: HTML = isOpen ? "button" : "button quiet"
    return """
      <article class="card"><h3><a href="/campaigns/\(campaign.id)">\(say(campaign.title))</a></h3>\
      <p>\(PageParts.tag(standing.text, standing.tone))</p>\(strip(pictures))\(note)\
      \(pickup(front, say))\(self.progress(progress, of: campaign, live: false, say))\
      <p class="actions"><a class="\(style)" href="/campaigns/\(campaign.id)" \
      aria-label="\(link)：\(say(campaign.title))">\(link)</a></p></article>
      """
  }

  private static func strip(_ pictures: [ShelfPicture]) -> HTML {
    if pictures.isEmpty { return .empty }
    let images = pictures.map { picture -> HTML in
      """
      <img src="\(picture.path(.small))" alt="" width="\(picture.width)" height="\(picture.height)" loading="lazy">
      """
    }
    return "<p class=\"card-pictures\" aria-hidden=\"true\">\(images)</p>"
  }

  /// Where and when goods are fetched, under its heading.
  static func pickup(_ front: CampaignFront, _ say: Wording) -> HTML {
    "<p><span class=\"muted\">\(say("取货", "Pickup"))</span> \(pickupPlace(front, say))</p>"
  }

  static func pickupPlace(_ front: CampaignFront, _ say: Wording) -> String {
    let campaign = front.campaign
    return "\(say(front.pickupPoint.name)) · \(say.span(from: campaign.pickupFrom, to: campaign.pickupUntil))"
  }

  /// What one piece of weighed goods is expected to cost, clearly as an estimate; nothing for others.
  static func expectation(_ entry: ShelfItem, _ say: Wording) -> HTML {
    guard
      let words = WeighedWords.expectation(entry.item.price, entry.unit, entry.item.weighed?.terms)
    else { return .empty }
    return "<p class=\"hint\">\(say(words))</p>"
  }

  /// The price of 500 grams, where it is another one: shown in the elder view.
  static func unitPrice(_ entry: ShelfItem, _ say: Wording) -> HTML {
    guard
      let price = UnitPrice.per500Grams(
        entry.item.price, unit: entry.unit, pack: entry.pack, weighed: entry.item.weighed?.terms)
    else { return .empty }
    return "<p class=\"elder-only\">\(say("合一斤 \(price.display)", "\(price.display) per 500 g"))</p>"
  }

  static func progress(
    _ progress: CampaignProgress?, of campaign: Campaign, live: Bool, _ say: Wording
  ) -> HTML {
    guard let progress, let shown = CampaignWords.progress(progress, to: campaign.minimum) else {
      return .empty
    }
    return PageParts.progress(
      shown.value, of: shown.whole, label: say(shown.label), live: live ? LiveFigure.progressName : nil)
  }

  static func searchForm(_ text: String, _ say: Wording) -> HTML {
    """
    <form class="search" role="search" method="get" action="/search">\
    <label class="visually-hidden" for="search-text">\(say("找商品", "Search for goods"))</label>\
    <input id="search-text" type="search" name="q" value="\(text)" maxlength="60" \
    placeholder="\(say("找商品，如 鸡蛋", "Search, for example eggs"))">\
    <button class="button quiet">\(say("找一找", "Search"))</button></form>
    """
  }

  private static func section(_ id: StaticString, _ title: String, _ content: HTML) -> HTML {
    let id = HTML(stringLiteral: id)
    return "<section aria-labelledby=\"\(id)\"><h2 id=\"\(id)\">\(title)</h2>\(content)</section>"
  }

  private static func columns(_ cards: [HTML]) -> HTML { "<div class=\"columns\">\(cards)</div>" }
}

/// A campaign's own page with one page of its shelf.
struct ShelfPages {
  let front: CampaignFront
  let page: ShelfPage
  /// How the leader answers claims.
  let clock: AnswerClock
  let after: Int
  let now: Timestamp
  let say: Wording

  private var campaign: Campaign { front.campaign }
  private var isOpen: Bool { campaign.phase(at: now) == .open }
  private var path: String {
    after == 0 ? "/campaigns/\(campaign.id)" : "/campaigns/\(campaign.id)?after=\(after)"
  }

  func rendered(_ progress: CampaignProgress?) -> RenderedShelf {
    let cards = page.items.map(card)
    let grid: HTML =
      cards.isEmpty
      ? PageParts.empty(say("这一页没有商品。", "There is nothing on this page."))
      : "<ul class=\"products\">\(cards)</ul>"
    let pager = PageParts.pager(
      say, previous: after > 0 ? "/campaigns/\(campaign.id)" : nil,
      next: page.next.map { "/campaigns/\(campaign.id)?after=\($0)" })
    guard isOpen else {
      return RenderedShelf(
        title: say(campaign.title), beforeToken: (head(progress) + grid + pager).bytes, afterToken: [])
    }
    let before: HTML = """
      \(head(progress))<form method="post" action="/basket/add"><input type="hidden" name="form_token" value="
      """
    let after: HTML = """
      "><input type="hidden" name="back" value="\(path)">\(grid)</form>\(pager)\(basketBar)
      """
    return RenderedShelf(title: say(campaign.title), beforeToken: before.bytes, afterToken: after.bytes)
  }

  private func head(_ progress: CampaignProgress?) -> HTML {
    let standing = CampaignWords.standing(campaign, now: now, say)
    let note: HTML = campaign.note.chinese.isEmpty ? .empty : "<p class=\"lead\">\(say(campaign.note))</p>"
    let pointNote: HTML =
      front.pickupPoint.details.note.chinese.isEmpty
      ? .empty : "<p class=\"hint\">\(say(front.pickupPoint.details.note))</p>"
    return """
      <header data-live-source="/campaigns/\(campaign.id)/live?after=\(after)"><h1>\(say(campaign.title))</h1>\
      <p>\(PageParts.tag(standing.text, standing.tone))</p>\(note)\(StorefrontPages.pickup(front, say))\(pointNote)\
      \(StorefrontPages.progress(progress, of: campaign, live: true, say))\
      \(DiscountParts.announcement(campaign.discountSteps, say))\(PriceTierParts.rule(page.items, campaign.phase(at: now), say))\(shortageNote)\(termsNote)</header>
      """
  }

  /// How a shortage would be shared, named before anybody orders.
  private var shortageNote: HTML {
    let seed: HTML =
      campaign.shortageRule == .lottery
      ? "<p class=\"hint\">\(say("抽签种子", "Lottery seed")) <code>\(campaign.lotterySeed)</code></p>" : .empty
    return """
      <details><summary>\(say("万一到货不够怎么分", "If less arrives than was ordered"))</summary>\
      <p>\(say(campaign.shortageRule.name))\(say("。没分到的不收钱。", ". You pay only for what you get."))</p>\(seed)</details>
      """
  }

  /// Who has which part of the price, and how long goods may be returned: the same for everybody, named before anybody
  /// orders.
  private var termsNote: HTML {
    let terms = campaign.terms
    let carrier: HTML =
      terms.carrier.map { "\(say("，送货的 \($0.rate.display)", ", the carrier \($0.rate.display)"))" } ?? .empty
    let fund: HTML =
      terms.fund.map {
        "\(say("，捐给社区专项资金 \($0.rate.display)", ", a fund for neighbours \($0.rate.display)"))"
      } ?? .empty
    return """
      <details><summary>\(say("价钱怎么分，有问题怎么办", "Where the money goes, and if something is wrong"))</summary>\
      <p>\(say("卖价里团长得 \(terms.commission.display)，社区得 \(terms.platform.display)", "Of the price the leader has \(terms.commission.display), the community \(terms.platform.display)"))\
      \(carrier)\(fund)\(say("，其余归商户；退了货的不算。", ", the merchants the rest; what is returned does not count."))</p>\
      <p>\(say("取货结束后 \(terms.returnHours) 小时内有问题都可以找团长。", "Tell the leader within \(terms.returnHours) hours after pickup if anything is wrong."))</p>\
      <p>\(say(CampaignWords.uncollected(terms.uncollected)))</p>\(answers)</details>
      """
  }

  /// How this leader answers when something is wrong.
  private var answers: HTML {
    ClaimWords.clock(clock, say).map { "<p>\(say("这位团长：", "This leader: "))\($0)</p>" } ?? .empty
  }

  private func card(_ entry: ShelfItem) -> HTML {
    let link = "/campaigns/\(campaign.id)/items/\(entry.item.id)"
    let pack: HTML = entry.pack.chinese.isEmpty ? .empty : "\(say(entry.pack)) · "
    return """
      <li class="product" id="item-\(entry.item.id)">\(picture(entry, link))<div class="product-body">\
      <h2 class="product-name"><a href="\(link)">\(say(entry.name))</a></h2>\
      <p class="muted">\(pack)\(say(entry.merchantName))</p>\
      <p class="price">\(entry.item.price.display) <span class="unit">/ \(say(entry.measure))</span></p>\
      \(StorefrontPages.unitPrice(entry, say))\(StorefrontPages.expectation(entry, say))\
      \(PriceTierParts.shelf(entry, campaign.phase(at: now), say))\
      <p><span data-live="\(LiveFigure.name(ofItem: entry.item.id))">\(say(entry.standing))</span>\
      \(conditions(entry))</p>\(CasePackPages.standing(entry, of: campaign, say))\(button(entry))</div></li>
      """
  }

  private func picture(_ entry: ShelfItem, _ link: String) -> HTML {
    guard let picture = entry.picture else {
      return "<span class=\"product-picture\" aria-hidden=\"true\"></span>"
    }
    return """
      <a href="\(link)" tabindex="-1" aria-hidden="true"><img class="product-picture" src="\(picture.path(.small))" \
      alt="" width="\(picture.width)" height="\(picture.height)" loading="lazy"></a>
      """
  }

  private func conditions(_ entry: ShelfItem) -> HTML {
    var parts: [HTML] = []
    if let limit = entry.item.householdLimit {
      parts.append(" · \(say(CampaignWords.limit(limit, entry.unit)))")
    }
    if entry.item.minimumQuantity > 0 {
      parts.append(" · \(say(CampaignWords.minimumQuantity(entry.item.minimumQuantity, entry.unit)))")
    }
    return .joined(parts)
  }

  private func button(_ entry: ShelfItem) -> HTML {
    guard isOpen else { return .empty }
    guard entry.canBeOrdered else { return .empty }
    return """
      <button class="button" name="add" value="\(entry.item.id)" \
      aria-label="\(say("把\(entry.name.chinese)放进菜篮", "Put \(entry.name.english) into the basket"))">\
      \(say("放进菜篮", "Add"))</button>
      """
  }

  private var basketBar: HTML {
    """
    <p class="basket-bar"><span>\(say("选好了就去菜篮看看", "Done choosing?"))</span>\
    <a class="button" href="/basket#campaign-\(campaign.id)">\(say("我的菜篮", "My basket"))</a></p>
    """
  }
}
