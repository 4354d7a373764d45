import Kernel
import Web

/// The pages on which a household says that its bag is not there, and reads what became of it. They name no other household.
struct LossPages {
  let say: Wording
  let token: String
  let now: Timestamp
  let isCardSession: Bool

  /// The second of two taps: where to look once more, and the button.
  func confirm(_ order: Order, _ place: ShelfPlace?, _ photos: [ShelfPhoto], problem: Problem?) -> Page {
    let title = say("没找到您的袋子？", "Is your bag not there?")
    let look: HTML =
      place.map { place -> HTML in
        "<p>\(say("它应该在", "It should stand at")) <strong class=\"shelf-place\">\(place.place)</strong>\(say("，请再看一眼。", "; please look once more."))</p>"
      }
      ?? "<p>\(say("请再看一眼袋子上的订单号：", "Please look once more for the order number on the bag: "))<strong>\(OrderNumber.text(order.number))</strong></p>"
    return Page(
      title: title,
      main: """
        <section class="panel"><h1>\(title)</h1>\(look)\
        <p>\(say("点下面的按钮，团长马上知道，会帮您找。一天之内给您答复；找不到就转售后，不用您再填什么。", "Press the button and the leader knows at once and looks for it. You have an answer within a day; if it is not found, after-sales takes over and you need fill in nothing."))</p>\
        <form method="post" action="/orders/\(order.id)/loss"><input type="hidden" name="form_token" value="\(token)">\
        <p class="actions"><button class="button">\(say("袋子真的不在", "It is really not there"))</button>\
        <a class="button quiet" href="/orders/\(order.id)">\(say("找到了，返回", "Found it; go back"))</a></p></form></section>\
        \(PickupShelfPages(say: say, token: token).gallery(photos))\(finish)
        """, alerts: alerts(problem))
  }

  func household(_ shown: ShownLoss, isNew: Bool) -> Page {
    let title = say(
      "找袋子：订单 \(OrderNumber.text(shown.order.number))",
      "Looking for your bag: order \(OrderNumber.text(shown.order.number))")
    let thanks: [HTML] =
      isNew ? [PageParts.notice(say("报好了，团长已经收到。", "Reported; the leader has it."), .good)] : []
    let steps = shown.steps.map { step in
      "<li>\(say.dateTime(step.at)) · \(say(step.state.name))</li>" as HTML
    }
    return Page(
      title: title,
      main: """
        <h1>\(title)</h1><p>\(Self.tag(shown.report, say))</p>\(standing(shown))\
        <section class="card"><h2>\(say("经过", "What happened"))</h2><ol class="story">\(steps)</ol></section>\
        \(PickupShelfPages(say: say, token: token).gallery(shown.photos))\
        <p><a href="/orders/\(shown.order.id)">← \(say("返回订单", "Back to the order"))</a></p>\(finish)
        """, alerts: thanks)
  }

  private func standing(_ shown: ShownLoss) -> HTML {
    let due = CampaignWords.moment(shown.report.dueAt, now: now, say)
    switch shown.report.state {
    case .reported, .looking:
      return
        "<p class=\"lead\">\(say("最晚 \(due) 有结果。到时还没找到，就自动转售后。", "You will know by \(due) at the latest. If it is not found by then, after-sales takes over by itself."))</p>"
    case .mistaken:
      return
        "<p class=\"lead\">\(say("袋子可能被拿错了，我们正在请人送回来。谁都会拿错，不用着急。最晚 \(due) 有结果。", "It was probably taken by mistake, and we are having it brought back. It can happen to anyone. You will know by \(due)."))</p>"
    case .found:
      return
        "<p class=\"lead\">\(say("找到了，在", "It was found at")) <strong>\(shown.report.foundAt)</strong>\(say("。麻烦您再来取一次。", ". Please come and collect it."))</p>"
    case .lost:
      let links = shown.claims.map { claim -> HTML in
        let name = shown.order.lines.first { $0.position == claim.position }.map { say($0.name) } ?? ""
        return
          "<li><a href=\"/claims/\(claim.id)\">\(name) × \(claim.pieces)</a> \(PageParts.tag(say(claim.state.name), ClaimWords.tone(claim.state)))</li>"
      }
      return """
        <p class="lead">\(say("很抱歉，没有找到。已经替您报了售后，您不用再填。", "We are sorry: it was not found. It is with after-sales already; you need fill in nothing."))</p><ul>\(links)</ul>
        """
    }
  }

  /// The part of an order's page.
  func part(_ order: Order, _ campaign: Campaign, _ reports: [LossReport]) -> HTML {
    let list = reports.map { report -> HTML in
      "<li><a href=\"/losses/\(report.id)\">\(say("找袋子", "The search for your bag"))</a> \(Self.tag(report, say))</li>"
    }
    let isOpen = reports.contains(where: \.state.isOpen) || reports.contains { $0.state == .lost }
    let link: HTML =
      !isOpen && LossRules.mayReport(order, campaign, now: now)
      ? "<p><a class=\"button quiet\" href=\"/orders/\(order.id)/loss\">\(say("我的袋子不在", "My bag is not there"))</a></p>"
      : .empty
    if list.isEmpty, link.isEmpty { return .empty }
    let items: HTML = list.isEmpty ? .empty : "<ul>\(list)</ul>"
    return """
      <section class="card" id="loss"><h2>\(say("袋子不见了？", "Bag not there?"))</h2>\(items)\(link)</section>
      """
  }

  static func tag(_ report: LossReport, _ say: Wording) -> HTML {
    let tone: Tone =
      switch report.state {
      case .found: .good
      case .lost: .bad
      case .reported, .looking, .mistaken: .notice
      }
    return PageParts.tag(say(report.state.name), tone)
  }

  private var finish: HTML { SharedTablet.finish(isCardSession, formToken: token, say) }

  func alerts(_ problem: Problem?) -> [HTML] {
    problem.map { [PageParts.notice(say($0.title) + ($0.advice.map { " " + say($0) } ?? ""), .bad)] } ?? []
  }
}
