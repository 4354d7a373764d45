import Kernel
import Web

/// The pages of whoever looks for a bag: the way it went, the shelf, and what to say next.
struct LossDeskPages {
  let say: Wording
  let token: String
  let now: Timestamp

  struct Entry: Sendable {
    let report: LossReport
    let number: Int64
    let campaign: Phrase
  }

  func list(_ entries: [Entry]) -> Page {
    let title = say("找袋子", "Bags that are not there")
    let open = entries.filter(\.report.state.isOpen)
    let done = entries.filter { !$0.report.state.isOpen }
    func section(_ name: String, _ entries: [Entry]) -> HTML {
      entries.isEmpty ? .empty : "<h2>\(name)</h2>\(entries.map(card))"
    }
    return Page(
      title: title,
      main: """
        <h1>\(title)</h1>\(open.isEmpty ? PageParts.empty(say("现在没有要找的袋子。", "There is no bag to look for now.")) : .empty)\
        \(section(say("要找的", "To be found"), open))\(section(say("办完的", "Done"), done))\
        <p><a href="/desk/pickup-patterns">\(say("什么时候容易丢、容易拿错", "When bags go astray"))</a></p>
        """)
  }

  private func card(_ entry: Entry) -> HTML {
    let due: HTML =
      entry.report.state.isOpen
      ? "<p>\(say("请在 \(CampaignWords.moment(entry.report.dueAt, now: now, say)) 前答复", "Please answer by \(CampaignWords.moment(entry.report.dueAt, now: now, say))"))</p>"
      : .empty
    return """
      <article class="card"><h3><a href="/desk/losses/\(entry.report.id)">\(say("订单 \(OrderNumber.text(entry.number))", "Order \(OrderNumber.text(entry.number))"))</a></h3>\
      <p>\(LossPages.tag(entry.report, say)) \(say(entry.campaign)) · \(say.dateTime(entry.report.reportedAt))</p>\(due)</article>
      """
  }

  func page(
    _ shown: ShownLoss, _ chain: LossChain, isOwn: Bool, state: FormState, problem: Problem?, isDone: Bool
  ) -> Page {
    let title = say(
      "找袋子：订单 \(OrderNumber.text(chain.number))",
      "Looking for the bag of order \(OrderNumber.text(chain.number))")
    var alerts: [HTML] = []
    if isDone { alerts.append(PageParts.notice(say("记好了。", "Kept."), .good)) }
    if let problem, problem.fields.isEmpty {
      alerts.append(PageParts.notice(say(problem.title) + (problem.advice.map { " " + say($0) } ?? ""), .bad))
    }
    let mistaken: HTML =
      chain.mistakenNumber.map { number -> HTML in
        "<p>\(say("拿错到了", "It went by mistake with")) <strong>\(say("订单 \(OrderNumber.text(number))", "order \(OrderNumber.text(number))"))</strong></p>"
      } ?? .empty
    return Page(
      title: title, kind: .staff,
      main: """
        <p><a href="/desk/losses">← \(say("找袋子", "Bags that are not there"))</a></p><h1>\(title)</h1>\
        <p>\(LossPages.tag(shown.report, say)) \(say(shown.campaign.title)) · \(say(chain.point))</p>\(mistaken)\
        \(isOwn ? PageParts.notice(say("这是您自己家的袋子，请别人来处理。", "This is your own household's bag; somebody else deals with it.")) : actions(shown.report, state))\
        <div class="columns">\(way(chain))\(nearby(chain))</div>\(PickupShelfPages(say: say, token: token).gallery(shown.photos))
        """, alerts: alerts)
  }

  private func way(_ chain: LossChain) -> HTML {
    let items = chain.links.map { link -> HTML in
      "<li>\(say.dateTime(link.at)) · \(words(link.what, chain)) <span class=\"muted\">\(say("\(chain.names[link.by] ?? "—") 登记", "entered by \(chain.names[link.by] ?? "—")"))</span></li>"
    }
    return PageParts.card(
      say("这一袋走过的路", "The way of this bag"), "<ol class=\"story\" id=\"chain\">\(items)</ol>")
  }

  private func words(_ what: CustodyLink.What, _ chain: LossChain) -> String {
    switch what {
    case .arrived(let pieces):
      say("全团 \(pieces) 件到货，交到团长手里", "\(pieces) pieces of the group-buy arrived with the leader")
    case .placed(let place): say("放在货架 \(place)", "put on the shelf at \(place)")
    case .photographed(let occasion):
      say("货架照片：\(occasion.name.chinese)", "photo of the shelf: \(occasion.name.english)")
    case .handedOver(let pieces, .lost, _): say("\(pieces) 件找不到了", "\(pieces) pieces could not be found")
    case .handedOver(let pieces, let method, let fetcher):
      if let fetcher {
        say(
          "\(pieces) 件由 \(chain.names[fetcher] ?? "—") 代取（\(method.name.chinese)）",
          "\(pieces) pieces fetched by \(chain.names[fetcher] ?? "—") (\(method.name.english))")
      } else {
        say(
          "\(pieces) 件交给住户（\(method.name.chinese)）",
          "\(pieces) pieces to the household (\(method.name.english))")
      }
    }
  }

  private func nearby(_ chain: LossChain) -> HTML {
    guard !chain.nearby.isEmpty else { return .empty }
    let items = chain.nearby.map { entry -> HTML in
      "<li>\(say.dateTime(entry.at)) · \(say("订单 \(OrderNumber.text(entry.number))", "order \(OrderNumber.text(entry.number))")) <span class=\"muted\">\(chain.names[entry.by] ?? "—")</span></li>"
    }
    return PageParts.card(
      say("前后取走的袋子", "Bags fetched shortly before"),
      "<p class=\"hint\">\(say("先问问是不是拿错了，谁都会拿错。", "Ask whether it was taken by mistake; it can happen to anyone."))</p><ul>\(items)</ul>"
    )
  }

  private func actions(_ report: LossReport, _ state: FormState) -> HTML {
    let next = report.state.next
    guard !next.isEmpty else { return .empty }
    let parts = FormParts(state, say)
    func form(_ kind: LossForm.Kind, _ label: Phrase, _ content: HTML = .empty) -> HTML {
      parts.form(
        to: "/desk/losses/\(report.id)/steps", token: token,
        "\(parts.hidden("sequence", String(report.sequence)))\(parts.hidden("outcome", kind.rawValue))\(content)\(parts.submit(label))"
      )
    }
    let looking = next.contains(.looking) ? form(.looking, Phrase("我在找了", "I am looking")) : .empty
    var forms: [HTML] = []
    if next.contains(.found) {
      forms.append(
        form(
          .found, Phrase("找到了", "Found"),
          parts.text(
            "where", Phrase("在哪里找到的", "Where it was found"),
            hint: Phrase("邻居会看到，比如“服务站冰箱里”。", "The household reads it: “in the station's refrigerator”."),
            maximumLength: 60)))
    }
    if next.contains(.mistaken) {
      forms.append(
        form(
          .mistaken, Phrase("拿错了，去换回来", "Taken by mistake; have it brought back"),
          parts.text(
            "number", Phrase("拿到哪个订单去了", "With which order it went"),
            hint: Phrase("只有工作人员看得到。", "Only staff see it."), maximumLength: 6, inputMode: "numeric")))
    }
    if next.contains(.lost) {
      forms.append(form(.lost, Phrase("找不到，转售后", "Not to be found; on to after-sales")))
    }
    // One end beside the other, each with what it needs: they exclude each other.
    let ends = forms.map { "<section class=\"panel\">\($0)</section>" as HTML }
    return PageParts.card(
      say("现在怎么样", "How it stands"), "\(looking)<div class=\"columns three\">\(ends)</div>")
  }
}
