import Kernel
import Web

/// What merchants can buy together, what is missing for it to come about, and what they ordered.
struct JointPurchasePages {
  static let title = Phrase("一起进货", "Buying together")

  /// Items of a joint purchase on its card.
  static let itemsShown = 6

  /// One joint purchase as the list shows it.
  struct Shown: Sendable {
    let front: CampaignFront
    let items: [ShelfItem]
    /// Nil once it takes no orders any more.
    let progress: CampaignProgress?
    /// What the visitor's merchants ordered in it.
    let orders: [Order]
  }

  let say: Wording
  let now: Timestamp
  /// The merchants that the visitor may order for.
  let buyers: [Merchant]
  /// What the merchants are called that the orders are for.
  let names: [HouseholdID: Phrase]

  // MARK: - List

  /// - Parameter isMerchant: whether the visitor is there for a merchant, and not to look after all of them.
  func list(_ shown: [Shown], isMerchant: Bool) -> Page {
    let nothing = PageParts.empty(
      say(
        "现在没有一起进货的团。想凑一次原料或运费，请告诉服务站。",
        "Nothing is being bought together now. To share goods or freight, please tell the station."))
    return Page(
      title: say(Self.title),
      main: """
        <h1>\(say(Self.title))</h1>\
        <p class="lead">\(say("几家店把原料、包装、运费凑成一单：订得越多，大家的价钱越低。",
          "Several shops order supplies, packaging and freight as one: the more is ordered, the less everyone pays."))</p>\
        \(isMerchant && buyers.isEmpty ? noMerchant : .empty)\
        \(shown.isEmpty ? nothing : .joined(shown.map(card)))
        """)
  }

  private var noMerchant: HTML {
    PageParts.notice(
      say(
        "您还没有登记到开着的商户，所以看得到、订不了。请找居委会登记。",
        "You are not entered with any open merchant, so you can look but not order. Please ask the committee."
      ))
  }

  private func card(_ shown: Shown) -> HTML {
    let campaign = shown.front.campaign
    return """
      <article class="card"><h2><a href="\(campaign.path)">\(say(campaign.title))</a></h2>\(standing(shown))</article>
      """
  }

  /// How it stands, what there is, and what was ordered.
  private func standing(_ shown: Shown) -> HTML {
    let campaign = shown.front.campaign
    let standing = CampaignWords.standing(campaign, now: now, say)
    return """
      <p>\(PageParts.tag(standing.text, standing.tone))</p>\
      <p><span class="muted">\(say("取货", "Pickup"))</span> \
      \(say.span(from: campaign.pickupFrom, to: campaign.pickupUntil)) · \(say(shown.front.pickupPoint.name))</p>\
      \(missing(campaign, shown.progress))\(goods(shown.items, campaign))\(mine(shown.orders))
      """
  }

  private func missing(_ campaign: Campaign, _ progress: CampaignProgress?) -> HTML {
    guard let progress,
      let standing = CampaignWords.progress(progress, to: campaign.minimum, of: campaign.audience)
    else { return .empty }
    return PageParts.progress(standing.value, of: standing.whole, label: say(standing.label))
  }

  private func goods(_ items: [ShelfItem], _ campaign: Campaign) -> HTML {
    if items.isEmpty { return .empty }
    let rows = items.map { entry -> HTML in
      """
      <li>\(say(entry.name)) <span class="muted">\(Self.detail(entry, say))</span> · \(say(entry.priceWords))\
      \(PriceTierParts.shelf(entry, campaign.phase(at: now), say))</li>
      """
    }
    return "<ul>\(rows)</ul>"
  }

  private func mine(_ orders: [Order]) -> HTML {
    if orders.isEmpty { return .empty }
    let rows = orders.map { order -> HTML in
      let number = OrderNumber.text(order.number)
      let total = WeighedWords.amount(order.total, isEstimate: order.isEstimate)
      return """
        <li><a href="/orders/\(order.id)">\(say("订单 \(number)", "Order \(number)"))</a> \
        \(names[order.household].map { say($0) } ?? "") · \(say(total)) · \(say(order.fulfilment.name))</li>
        """
    }
    return "<h3>\(say("我店里订的", "What we ordered"))</h3><ul>\(rows)</ul>"
  }

  // MARK: - One

  /// One joint purchase for those who cannot order in it, or not now.
  /// - Parameter isMerchant: as of the list.
  func looking(_ shown: Shown, isMerchant: Bool) -> Page {
    let campaign = shown.front.campaign
    let note: HTML = say(campaign.note).isEmpty ? .empty : PageParts.lines(say(campaign.note))
    return Page(
      title: say(campaign.title),
      main: """
        <p><a href="/joint-purchases">← \(say(Self.title))</a></p>\
        <h1>\(say(campaign.title))</h1>\(isMerchant && buyers.isEmpty ? noMerchant : .empty)\(note)\
        <section class="card">\(standing(shown))</section>\(sharing(shown))
        """)
  }

  /// How a shortage was shared, for those who bought.
  private func sharing(_ shown: Shown) -> HTML {
    guard shown.front.campaign.marks.arrivedAt != nil, !shown.orders.isEmpty else { return .empty }
    return """
      <p><a href="/campaigns/\(shown.front.campaign.id)/sharing">\(say("怎么分的", "How it was shared"))</a></p>
      """
  }

  /// What stands above the goods of a new order: for whom it is, and how far the purchase has come.
  func beforeGoods(_ shown: Shown, _ state: FormState) -> HTML {
    let campaign = shown.front.campaign
    let note: HTML = say(campaign.note).isEmpty ? .empty : PageParts.lines(say(campaign.note))
    return """
      <p><a href="/joint-purchases">← \(say(Self.title))</a></p>\(note)\
      <section class="card">\(choice(state))\(missing(campaign, shown.progress))\(mine(shown.orders))</section>
      """
  }

  private func choice(_ state: FormState) -> HTML {
    let parts = FormParts(state, say)
    if buyers.count == 1, let only = buyers.first {
      return """
        \(parts.hidden(JointPurchaseForm.buyer, only.id.description))\
        <p>\(say("替「\(only.name.chinese)」订", "For \(only.name.english)"))</p>
        """
    }
    return parts.select(
      JointPurchaseForm.buyer, Phrase("替哪家商户订", "For which merchant"),
      options: buyers.map { ($0.id.description, $0.name) })
  }

  /// How an item is packed, what is left of it, and how much of it a merchant may have.
  static func detail(_ entry: ShelfItem, _ say: Wording) -> String {
    let limit = entry.item.householdLimit.map { CampaignWords.limit($0, entry.unit, for: .merchants) }
    return [entry.pack, entry.standing, limit].compactMap { $0.map { say($0) } }.filter { !$0.isEmpty }
      .joined(separator: " · ")
  }
}
