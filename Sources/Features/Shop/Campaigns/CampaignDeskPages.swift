import Kernel
import Web

/// The leader's desk for campaigns, for a telephone held in one hand.
struct CampaignDeskPages {
  let say: Wording
  let now: Timestamp
  let formToken: String

  // MARK: - List

  func list(_ campaigns: [Campaign]) -> Page {
    let nothing = PageParts.empty(
      say("还没有开过团。第一个团，几分钟就能开好。", "No group-buy yet. The first one takes a few minutes."),
      action: ("/desk/campaigns/new", say("开一个新团", "Open a new one")))
    let new: HTML =
      "<p class=\"actions\"><a class=\"button\" href=\"/desk/campaigns/new\">\(say("开一个新团", "Open a new one"))</a></p>"
    return Page(
      title: say("我的团购", "My group-buys"),
      main: """
        <h1>\(say("我的团购", "My group-buys"))</h1>\(campaigns.isEmpty ? nothing : new + .joined(campaigns.map(card)))
        """)
  }

  private func card(_ campaign: Campaign) -> HTML {
    let standing = CampaignWords.standing(campaign, now: now, say)
    return """
      <article class="card"><h2><a href="/desk/campaigns/\(campaign.id)">\(say(campaign.title))</a></h2>\
      <p>\(PageParts.tag(standing.text, standing.tone))</p>\
      <p class="muted">\(say("取货", "Pickup")) \(say.span(from: campaign.pickupFrom, to: campaign.pickupUntil))</p></article>
      """
  }

  // MARK: - One campaign

  /// Who has a part besides leader, community and merchants, by name.
  struct PartNames: Sendable {
    var carrier: String?
    var fund: Phrase?
  }

  func desk(
    _ campaign: Campaign, _ point: PickupPoint?, _ items: [DeskItem], _ progress: CampaignProgress,
    _ parts: PartNames, problems: [FieldProblem]
  ) -> Page {
    let standing = CampaignWords.standing(campaign, now: now, say)
    let summary = FormParts(FormState(Form([:]), problems: problems), say).summary
    return Page(
      title: say(campaign.title),
      main: """
        <p><a href="/desk/campaigns">← \(say("我的团购", "My group-buys"))</a></p>\
        <h1>\(say(campaign.title))</h1><p>\(PageParts.tag(standing.text, standing.tone))</p>\(summary)\
        \(mainAction(campaign, isWeighed: items.contains { $0.item.weighed != nil }))<section class="card">\(facts(campaign, point, items, progress, parts))</section>\
        <section class="card"><h2>\(say("商品", "Items"))</h2>\(itemList(items, campaign))\
        <p class="actions"><a class="button quiet" href="/desk/campaigns/\(campaign.id)/items">\
        \(campaign.isDraft ? say("加商品、改价格", "Add items and prices") : say("看商品、改备货", "Items and stock"))</a></p></section>\
        \(otherActions(campaign))
        """)
  }

  private func mainAction(_ campaign: Campaign, isWeighed: Bool) -> HTML {
    switch campaign.phase(at: now) {
    case .draft:
      return """
        <form method="post" action="/desk/campaigns/\(campaign.id)/publish">\(token)\
        <p class="actions"><button class="button">\(say("发布", "Publish"))</button></p>\
        <p class="hint">\(say("发布后商品和价格就定了；说明、备货还能改，截单时间能往后移。",
          "After that items and prices are fixed; you can still change the note and the stock and move the cut-off."))</p></form>
        """
    case .upcoming, .open:
      return """
        <p class="actions"><a class="button" href="\(campaign.path)">\(say(campaign.audience.view))</a></p>\
        \(links(campaign, waysToOrder))
        """
    case .closed:
      return links(
        campaign,
        [
          ("lists", say("各种清单", "Lists")), ("arrival", say("点到货", "Count what came")),
          ("rounds", say("送货上门", "Deliveries")),
        ] + chat)
    case .pickup:
      let weighing = isWeighed ? [(path: "weighing", name: say("称重", "Weigh"))] : []
      return links(
        campaign,
        weighing + [
          ("pickup", say("开始取货", "Pickup table")), ("rounds", say("送货上门", "Deliveries")),
          ("lists", say("各种清单", "Lists")),
        ] + chat)
    case .closing, .finished, .failed, .cancelled: return links(campaign, chat)
    }
  }

  /// How neighbours order who do not come to the site.
  private var waysToOrder: [(path: String, name: String)] {
    [
      ("chat-text", say("发到群里", "Into the group chat")), ("chat", say("群接龙下单", "Orders from the group chat")),
      ("catalogue", say("大字目录和纸单", "Catalogue and slips on paper")), ("rounds", say("送不送货", "Deliveries")),
    ]
  }

  private var chat: [(path: String, name: String)] {
    [("chat-text", say("发到群里", "Into the group chat"))]
  }

  /// Of no use where merchants buy: they order by themselves and fetch what they bought.
  private static let forHouseholds: Set<String> = ["chat-text", "chat", "catalogue", "rounds"]

  private func links(_ campaign: Campaign, _ links: [(path: String, name: String)]) -> HTML {
    let shown = links.filter {
      campaign.audience == .households || !Self.forHouseholds.contains($0.path)
    }
    if shown.isEmpty { return .empty }
    let links = shown.map { link -> HTML in
      "<a class=\"button\" href=\"/desk/campaigns/\(campaign.id)/\(link.path)\">\(link.name)</a>"
    }
    return "<p class=\"actions\">\(links)</p>"
  }

  private func facts(
    _ campaign: Campaign, _ point: PickupPoint?, _ items: [DeskItem], _ progress: CampaignProgress,
    _ parts: PartNames
  ) -> HTML {
    var entries: [(term: String, value: HTML)] = [
      (say("开团", "Opens"), "\(say.dateTime(campaign.opensAt, inYear: say.civil(now).year))"),
      (say("截单", "Cut-off"), "\(say.dateTime(campaign.cutOffAt, inYear: say.civil(now).year))"),
      (
        say("取货", "Pickup"),
        "\(point.map { say($0.name) } ?? "") · \(say.span(from: campaign.pickupFrom, to: campaign.pickupUntil))"
      ),
      (say("不够分时", "In a shortage"), "\(say(campaign.shortageRule.name))"),
    ]
    if campaign.audience == .merchants {
      entries.append((say("给谁订", "For"), "\(say(JointPurchaseForm.label))"))
    }
    if let part = campaign.terms.carrier {
      entries.append((say("送货", "Brought by"), "\(parts.carrier ?? "") · \(part.rate.display)"))
    }
    if let part = campaign.terms.fund {
      entries.append((say("捐给", "Given to"), "\(parts.fund.map { say($0) } ?? "") · \(part.rate.display)"))
    }
    if campaign.shortageRule == .lottery {
      entries.append((say("抽签种子", "Lottery seed"), "<code>\(campaign.lotterySeed)</code>"))
    }
    if !campaign.isDraft {
      entries.append(
        (
          say("已下单", "Ordered"),
          "\(say.count(progress.households, campaign.audience.counted.chinese, campaign.audience.one))\(say("，", ", "))\(say.money(progress.amount))"
        ))
    }
    if let shown = DiscountParts.desk(campaign.discountSteps, say) {
      entries.append((say("满减", "Discount"), shown))
    }
    if let shown = CampaignWords.progress(progress, to: campaign.minimum, of: campaign.audience) {
      entries.append((say("起团", "Minimum"), "\(say(shown.label))"))
    }
    return PageParts.definitions(entries)
  }

  private func itemList(_ items: [DeskItem], _ campaign: Campaign) -> HTML {
    if items.isEmpty { return "<p>\(say("还没有商品。", "Nothing yet."))</p>" }
    let rows = items.map { entry -> HTML in
      """
      <li>\(say(entry.offer.name)) <span class="muted">\(say(entry.offer.pack))</span> · \
      \(say(WeighedWords.price(entry.item.price, entry.offer.unit, entry.item.weighed?.terms))) · \(stock(entry))\(PriceTierParts.desk(entry, say))\
      \(CasePackPages.standing(entry, of: campaign, say))</li>
      """
    }
    return "<ul>\(rows)</ul>"
  }

  private func stock(_ entry: DeskItem) -> String {
    entry.item.stockKind == .onDemand
      ? say("按订单备货，已订 \(entry.level.promised)", "made to order, \(entry.level.promised) ordered")
      : say(
        "备货 \(entry.level.onHand)，已订 \(entry.level.promised)\(PaperWords.held(entry.level).chinese)",
        "\(entry.level.onHand) set aside, \(entry.level.promised) ordered\(PaperWords.held(entry.level).english)"
      )
  }

  private func otherActions(_ campaign: Campaign) -> HTML {
    let edit: HTML =
      [.draft, .upcoming, .open, .closing, .closed, .pickup].contains(campaign.phase(at: now))
      ? """
      <a class="button quiet" href="/desk/campaigns/\(campaign.id)/edit">\
      \(campaign.isDraft ? say("改时间和说明", "Change times and note") : say("改说明、移截单", "Change note or cut-off"))</a>
      """ : .empty
    let cancel: HTML =
      campaign.canBeCancelled
      ? """
      <a class="button danger" href="/desk/campaigns/\(campaign.id)/cancel">\(say("取消这个团", "Call it off"))</a>
      """ : .empty
    return """
      <div class="actions">\(edit)<form method="post" action="/desk/campaigns/\(campaign.id)/clone">\(token)\
      <button class="button quiet">\(say("照样再开一个", "Open the same again"))</button></form>\(cancel)</div>
      """
  }

  // MARK: - Forms

  /// What the form lets people choose from.
  struct Choices: Sendable {
    let points: [PickupPoint]
    let couriers: [(person: PersonID, name: String)]
    let funds: [FundChoice]
  }

  func form(
    _ state: FormState, _ choices: Choices, to path: String, title: String, submit: Phrase
  ) -> Page {
    let parts = FormParts(state, say)
    let options = choices.points.map { ($0.id.description, $0.name) }
    let minimums: [(value: String, name: Phrase)] = [
      (CampaignForm.MinimumKind.none.rawValue, Phrase("不设，有人订就开", "None")),
      (CampaignForm.MinimumKind.households.rawValue, Phrase("满多少户", "So many households")),
      (CampaignForm.MinimumKind.amount.rawValue, Phrase("满多少钱", "So much money")),
    ]
    let content: HTML = """
      \(parts.text("title_zh", Phrase("团名", "Title"), hint: Phrase("比如：周三鲜菜", "For example: 周三鲜菜"), maximumLength: 60))\
      \(parts.text("title_en", Phrase("英文团名", "Title in English"), isRequired: false, maximumLength: 120))\
      \(notes(parts))\
      \(parts.checkbox(JointPurchaseForm.tick, JointPurchaseForm.label, hint: JointPurchaseForm.hint))\
      \(parts.dateTime("opens_at", Phrase("开团时间", "Opens")))\(parts.dateTime("cut_off_at", Phrase("截单时间", "Cut-off")))\
      \(parts.select("pickup_point", Phrase("自提点", "Pickup point"), options: options))\
      \(parts.dateTime("pickup_from", Phrase("取货从", "Pickup from")))\(parts.dateTime("pickup_until", Phrase("取货到", "Pickup until")))\
      \(parts.radios("minimum_kind", Phrase("起团条件", "Minimum to go ahead"), options: minimums))\
      \(parts.number("minimum_households", Phrase("满几户", "Households"), isRequired: false, suffix: Phrase("户", "households")))\
      \(parts.money("minimum_amount", Phrase("满多少钱", "Amount"), isRequired: false))\
      \(parts.radios("shortage_rule", Phrase("万一到货不够怎么分", "If less arrives than was ordered"),
        options: ShortageRule.allCases.map { ($0.rawValue, $0.name) }))\
      \(parts.rate("commission", Phrase("团长所得", "The leader's part"), hint: Phrase("从卖价里出，邻居看得到；东西取走、没有退才算。",
        "Out of the price, for all to see; counted for goods that are collected and kept.")))\
      \(carrier(parts, choices.couriers))\(fund(parts, choices.funds))\
      \(parts.number("return_hours", Phrase("售后期", "Return window"), hint: Phrase("取货结束后多久以内可以报问题，24 到 720 小时。",
        "How long after pickup a problem can be reported, 24 to 720 hours."), suffix: Phrase("小时", "hours")))\
      \(parts.rate("uncollected", Phrase("付了钱没来取，留下多少", "Kept of what is paid for and not fetched"), hint: Phrase("其余自动退。0 就是全退；鲜货可以留一部分给商户。",
        "The rest goes back by itself. 0 gives all of it back; of fresh goods the merchant may keep a part."), isRequired: false))\(DiscountParts.fields(parts, state, say))\(parts.submit(submit))
      """
    return Page(title: title, main: "<h1>\(title)</h1>\(parts.form(to: path, token: formToken, content))")
  }

  /// Nothing where nobody in the community is a courier.
  private func carrier(_ parts: FormParts, _ couriers: [(person: PersonID, name: String)]) -> HTML {
    if couriers.isEmpty { return parts.hidden("carrier", CampaignForm.noChoice) }
    let options =
      [(value: CampaignForm.noChoice, name: Phrase("不另外算", "Nobody has a part for it"))]
      + couriers.map { (value: $0.person.description, name: Phrase(same: $0.name)) }
    return """
      \(parts.select("carrier", Phrase("谁送货", "Who brings the goods"), options: options))\
      \(parts.rate("carrier_rate", Phrase("送货所得", "The carrier's part"),
        hint: Phrase("从卖价里出，最多 \(CampaignTerms.carrierLimit.display)；发布以后不能改。",
          "Out of the price, at most \(CampaignTerms.carrierLimit.display); fixed once it is published."), isRequired: false))
      """
  }

  /// Nothing where the community has no fund that takes money.
  private func fund(_ parts: FormParts, _ funds: [FundChoice]) -> HTML {
    if funds.isEmpty { return parts.hidden("fund", CampaignForm.noChoice) }
    let options =
      [(value: CampaignForm.noChoice, name: Phrase("不捐", "None"))]
      + funds.map { (value: $0.id.description, name: $0.name) }
    return """
      \(parts.select("fund", Phrase("捐给哪项资金", "A fund that has a part"), options: options))\
      \(parts.rate("fund_rate", Phrase("捐多少", "The fund's part"),
        hint: Phrase("从卖价里出，最多 \(CampaignTerms.fundLimit.display)，邻居看得到；过了售后期自动归入资金。",
          "Out of the price, at most \(CampaignTerms.fundLimit.display), for all to see; it goes into the fund by itself after the return window."), isRequired: false))
      """
  }

  func amendment(_ campaign: Campaign, _ state: FormState) -> Page {
    let parts = FormParts(state, say)
    let title = say("改「\(campaign.title.chinese)」", "Change “\(campaign.title.english)”")
    let content: HTML = """
      \(notes(parts))\
      \(parts.dateTime("cut_off_at", Phrase("截单时间", "Cut-off"), hint: Phrase("已下的单都作数。最早是现在，最晚到取货开始。",
        "Orders placed stay. Not before now, not after pickup begins.")))\
      \(parts.submit(Phrase("保存", "Save")))
      """
    return Page(
      title: title,
      main: """
        <h1>\(title)</h1>\(parts.form(to: "/desk/campaigns/\(campaign.id)/edit", token: formToken, content))\
        <p><a href="/desk/campaigns/\(campaign.id)">\(say("不改，返回", "Leave it as it is"))</a></p>
        """)
  }

  private func notes(_ parts: FormParts) -> HTML {
    """
    \(parts.textArea("note_zh", Phrase("说明", "Note"), hint: Phrase("跟邻居说几句，也写明怎么取货。", "A few words, and how to collect."),
      rows: 3, isRequired: false))\
    \(parts.textArea("note_en", Phrase("英文说明", "Note in English"), rows: 3, isRequired: false))
    """
  }

  func cancelling(_ campaign: Campaign, _ progress: CampaignProgress) -> Page {
    let title = say("取消「\(campaign.title.chinese)」？", "Call off “\(campaign.title.english)”?")
    return Page(
      title: title,
      main: """
        <section class="panel"><h1>\(title)</h1>\
        <p>\(say("已有 \(progress.households) \(campaign.audience.counted.chinese)下单。取消后所有订单释放，大家都不用付钱；取消了就不能恢复。",
          "Ordered so far: \(say.count(progress.households, campaign.audience.counted.chinese, campaign.audience.one)). All orders are released and nobody pays; this cannot be undone."))</p>\
        <form method="post" action="/desk/campaigns/\(campaign.id)/cancel">\(token)<p class="actions">\
        <button class="button danger">\(say("取消这个团", "Call it off"))</button>\
        <a class="button quiet" href="/desk/campaigns/\(campaign.id)">\(say("不取消，返回", "Keep it"))</a></p></form></section>
        """)
  }

  var token: HTML { "<input type=\"hidden\" name=\"form_token\" value=\"\(formToken)\">" }
}
