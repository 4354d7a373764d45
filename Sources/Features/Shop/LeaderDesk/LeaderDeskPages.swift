import Kernel
import Web

/// The leader's desk: what is to be done next, one large button each.
struct LeaderDeskPages {
  let say: Wording
  let token: String
  let now: Timestamp

  /// - Parameter claims: after-sales in which the reader has to act.
  func desk(_ campaigns: [DeskCampaign], claims: Int) -> HTML {
    let live = campaigns.filter { $0.step != .look }.sorted { $0.campaign.cutOffAt < $1.campaign.cutOffAt }
    let past = campaigns.filter { $0.step == .look }
    let none = PageParts.empty(
      say("现在没有在办的团购。", "There is no group-buy to look after right now."),
      action: ("/desk/campaigns/new", say("开一个团购", "Open a group-buy")))
    let links = past.map { entry -> HTML in
      """
      <li><a href="/desk/campaigns/\(entry.campaign.id.description)/custody">\(say(entry.campaign.title))</a>
      <span class="muted">\(say.day(entry.campaign.cutOffAt)) · \(say.count(entry.orders, "单", "order")) ·
      \(entry.amount.display)</span></li>
      """
    }
    let history: HTML =
      links.isEmpty ? .empty : "<h2>\(say("办完的", "Past ones"))</h2><ul>\(links)</ul>"
    let open: HTML = """
      <p class="actions"><a class="button quiet" href="/desk/campaigns/new">\(say("开新团", "Open a new group-buy"))</a></p>
      """
    let body = live.isEmpty ? none : HTML.joined(live.map(card)) + open
    return """
      <h1>\(say("团长台", "Leader's desk"))</h1>\(waiting(claims))\
      \(body)\(history)
      """
  }

  private func waiting(_ claims: Int) -> HTML {
    claims == 0
      ? .empty
      : """
      <p class="actions"><a class="button" href="/desk/claims">\(say("有 \(claims) 件售后等您处理",
          "\(say.count(Int64(claims), "件", "claim")) waiting for you"))</a></p>
      """
  }

  private func card(_ entry: DeskCampaign) -> HTML {
    let campaign = entry.campaign
    let path = "/desk/campaigns/\(campaign.id.description)"
    let waiting: HTML =
      campaign.marks.arrivedAt == nil
      ? .empty
      : """
      <p>\(say("还有 \(entry.waiting) 单没取完",
          "\(say.count(entry.waiting, "单", "order")) still to be fetched"))</p>
      """
    return PageParts.card(
      say(campaign.title), href: path,
      """
      <p>\(PageParts.tag(say(phaseName(campaign.phase(at: now))))) \(moment(campaign))</p>
      \(PageParts.definitions([
        (term: say("订单", "Orders"), value: "\(entry.orders)"),
        (
          term: campaign.audience == .merchants ? say("商户数", "Merchants") : say("户数", "Households"),
          value: "\(entry.households)"
        ),
        (term: say("金额", "Amount"), value: HTML(text: entry.amount.display)),
      ]))\(waiting)\(button(entry, path))\(links(campaign, path))
      """)
  }

  private func moment(_ campaign: Campaign) -> String {
    switch campaign.phase(at: now) {
    case .draft, .upcoming:
      say("开团 \(say.dateTime(campaign.opensAt))", "opens \(say.dateTime(campaign.opensAt))")
    case .open, .closing:
      say("截单 \(say.dateTime(campaign.cutOffAt))", "cut-off \(say.dateTime(campaign.cutOffAt))")
    default:
      say("取货", "pickup") + " " + say.span(from: campaign.pickupFrom, to: campaign.pickupUntil)
    }
  }

  /// The one thing to do next. Finishing changes something, so it is a form; the others lead to their pages.
  private func button(_ entry: DeskCampaign, _ path: String) -> HTML {
    let target: String
    switch entry.step {
    case .publish, .watch, .look: target = path
    case .arrival: target = "\(path)/arrival"
    case .handOver: target = "\(path)/pickup"
    case .finish:
      let parts = FormParts(.empty, say)
      return parts.form(to: "\(path)/finish", token: token, parts.submit(entry.step.name))
    }
    return "<p class=\"actions\"><a class=\"button\" href=\"\(target)\">\(say(entry.step.name))</a></p>"
  }

  /// Nobody brings to merchants what they bought together.
  private func deliveries(_ campaign: Campaign, _ path: String) -> HTML {
    campaign.audience == .merchants
      ? .empty : "<a class=\"button quiet\" href=\"\(path)/rounds\">\(say("送货上门", "Deliveries"))</a>"
  }

  private func links(_ campaign: Campaign, _ path: String) -> HTML {
    guard campaign.marks.closedAt != nil else { return .empty }
    let table: HTML =
      campaign.marks.arrivedAt == nil
      ? .empty
      : """
      <a class="button quiet" href="\(path)/pickup">\(say("取货台", "Pickup table"))</a>
      \(deliveries(campaign, path))\
      <a class="button quiet" href="\(path)/shelf">\(say("货架", "Shelf"))</a>
      <a class="button quiet" href="\(path)/custody">\(say("交接记录", "Custody record"))</a>
      <a class="button quiet" href="\(path)/arrival">\(say("改到货", "Correct arrivals"))</a>
      <a class="button quiet" href="/campaigns/\(campaign.id.description)/sharing">\(say("怎么分的", "How it was shared"))</a>
      """
    return """
      <p class="actions"><a class="button quiet" href="\(path)/lists">\(say("清单", "Lists"))</a>
      <a class="button quiet" href="\(path)/lists/sorting">\(say("分拣单", "Sorting list"))</a>\(table)</p>
      """
  }

  private func phaseName(_ phase: Campaign.Phase) -> Phrase {
    switch phase {
    case .draft: Phrase("草稿", "Draft")
    case .upcoming: Phrase("还没开", "Not open yet")
    case .open: Phrase("正在接单", "Taking orders")
    case .closing: Phrase("正在截单", "Closing")
    case .closed: Phrase("等货到", "Waiting for the goods")
    case .pickup: Phrase("取货中", "Pickup")
    case .finished: Phrase("已办完", "Finished")
    case .failed: Phrase("没成团", "Minimum not reached")
    case .cancelled: Phrase("已取消", "Called off")
    }
  }
}
