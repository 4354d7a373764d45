import Kernel
import Web

/// One claim as it is shown, with the goods it is about.
struct ShownClaim: Sendable {
  let claim: Claim
  let order: Order
  let line: OrderLine
  let campaign: Campaign
  let steps: [ClaimStep]
  /// The most that may be given back now.
  let refundable: Money
  let mayAppeal: Bool
}

/// The pages on which a household reports something and reads what became of it.
struct ClaimPages {
  let say: Wording
  let token: String
  let now: Timestamp
  /// Whether the reader is at a shared tablet.
  var isCardSession = false

  /// The part of an order's page: what may be reported, and what was.
  func part(_ order: Order, _ claims: [Claim], _ campaign: Campaign) -> HTML {
    let reportable = order.lines.filter { ClaimRules.reportable($0, claims) > 0 }
    let mayReport = now < campaign.returnsUntil && !reportable.isEmpty
    if claims.isEmpty, !mayReport { return .empty }
    let links = reportable.map { line -> HTML in
      """
      <li><a class="button quiet" href="/orders/\(order.id)/lines/\(line.position)/claim">\(say(line.name))</a></li>
      """
    }
    let until = CampaignWords.moment(campaign.returnsUntil, now: now, say)
    let report: HTML =
      mayReport
      ? """
      <p>\(say(invitation(order, until)))</p>\
      <ul class="choices">\(links)</ul>
      """ : .empty
    let standing = claims.map { claim -> HTML in
      let name = order.lines.first { $0.position == claim.position }.map { say($0.name) } ?? ""
      return """
        <li><a href="/claims/\(claim.id)">\(name) × \(claim.pieces)\(say("：", ": "))\(say(claim.fault.name))</a> \
        \(PageParts.tag(say(ClaimWords.state(claim)), ClaimWords.tone(claim.state)))</li>
        """
    }
    let list: HTML = standing.isEmpty ? .empty : "<ul>\(standing)</ul>"
    return """
      <section class="card" id="after-sales"><h2>\(order.booking == nil ? say("东西有问题？", "Something wrong?") : say("做得不好？", "Not well done?"))</h2>\(list)\(report)</section>
      """
  }

  /// Two taps: a photo, and what is wrong. Everything else has an answer already.
  func report(
    _ order: Order, _ line: OrderLine, most: Int64, idempotencyKey: String, state: FormState,
    problem: Problem?
  ) -> Page {
    let parts = FormParts(state, say)
    let title = say("「\(line.name.chinese)」有什么问题？", "What is wrong with “\(line.name.english)”?")
    let buttons = Claim.Fault.of(order).map { fault -> HTML in
      "<button class=\"button\" type=\"submit\" name=\"fault\" value=\"\(fault.rawValue)\">\(say(fault.name))</button>"
    }
    let pieces: HTML =
      most > 1
      ? parts.number(
        "pieces", Phrase("几份有问题", "How many"), hint: Phrase("您取了 \(most) 份。", "You collected \(most)."))
      : .empty
    let content: HTML = """
      \(parts.hidden("line", String(line.position)))\
      \(parts.file("picture", Phrase("拍一张照片", "Take a photo"), hint: Phrase("有照片处理得快；没有也可以报。",
        "With a photo it goes faster; you can report without one."), accept: "image/*", isRequired: false))\
      \(pieces)<details><summary>\(say("想换一份、重做，或补充几句", "Ask for a replacement, or add a few words"))</summary>\
      \(parts.radios("wish", Phrase("您希望", "You would like"), options: wishes(order)))\
      \(parts.textArea("note", Phrase("补充几句", "A few words"), rows: 3, isRequired: false))</details>\
      <p><strong>\(say("是什么问题？点一下就报上去了。", "What is it? One tap reports it."))</strong></p>\
      <p class="actions">\(buttons)</p>
      """
    return Page(
      title: title,
      main: """
        <p><a href="/orders/\(order.id)">← \(say("返回订单", "Back to the order"))</a></p><h1>\(title)</h1>\
        \(parts.form(to: "/orders/\(order.id)/claims", token: token, files: true, idempotencyKey: idempotencyKey, content))\
        \(SharedTablet.finish(isCardSession, formToken: token, say))
        """, alerts: problem.flatMap { $0.fields.isEmpty ? [alert($0)] : nil } ?? [])
  }

  private func invitation(_ order: Order, _ until: String) -> Phrase {
    order.booking == nil
      ? Phrase(
        "点一下有问题的那一样，拍张照，再点一下是什么问题。\(until) 前都可以。",
        "Tap what is wrong, take a photo, and tap what it is. You can until \(until).")
      : Phrase(
        "点一下，说说是什么问题，有照片更好。先由商户答复，再到居委会。\(until) 前都可以。",
        "Tap it and say what is wrong; a photo helps. The merchant answers first, then the committee. You can until \(until)."
      )
  }

  private func wishes(_ order: Order) -> [(value: String, name: Phrase)] {
    Claim.Wish.allCases.map { ($0.rawValue, ClaimWords.wish($0, isVisit: order.booking != nil)) }
  }

  /// One claim for its household.
  func household(_ shown: ShownClaim, state: FormState, problem: Problem?, isNew: Bool) -> Page {
    let claim = shown.claim
    let parts = FormParts(state, say)
    var actions: [HTML] = []
    if shown.mayAppeal, let next = claim.level.next {
      actions.append(
        PageParts.card(
          say("不满意这个答复？", "Not content with the answer?"),
          parts.form(
            to: "/claims/\(claim.id)/appeal", token: token,
            """
            \(parts.hidden("sequence", String(claim.sequence)))\
            \(parts.textArea("reason", Phrase("您怎么看", "What you think"), rows: 3))\
            \(parts.submit(Phrase("请\(next.name.chinese)来看", "Ask \(next.name.english.lowercased())")))
            """)))
    }
    if claim.state.isPending {
      actions.append(
        """
        <form method="post" action="/claims/\(claim.id)/withdraw"><input type="hidden" name="form_token" value="\(token)">\
        \(parts.hidden("sequence", String(claim.sequence)))<p class="actions">\
        <button class="button quiet">\(say("没事了，撤回", "It is settled; take it back"))</button></p></form>
        """)
    }
    var alerts = problem.map { $0.fields.isEmpty ? [alert($0)] : [] } ?? []
    if isNew {
      alerts.append(PageParts.notice(say("报上去了。我们会盯着时间。", "Reported. We keep an eye on the time."), .good))
    }
    return page(
      shown, back: ("/orders/\(claim.order)", say("返回订单", "Back to the order")), .joined(actions), alerts)
  }

  /// The same page around whatever the reader may do.
  func page(_ shown: ShownClaim, back: (path: String, name: String), _ actions: HTML, _ alerts: [HTML])
    -> Page
  {
    let claim = shown.claim
    let title = say("售后：\(shown.line.name.chinese)", "Claim: \(shown.line.name.english)")
    let standing: HTML =
      ClaimWords.standing(claim, now: now, say).map { "<p>\($0)</p>" } ?? .empty
    let picture: HTML =
      claim.hasPicture
      ? """
      <p><img class="claim-picture" src="/claims/\(claim.id)/picture/large" alt="\(say("邻居拍的照片", "The household's photo"))" loading="lazy"></p>
      """ : .empty
    return Page(
      title: title,
      main: """
        <p><a href="\(back.path)">← \(back.name)</a></p><h1>\(title)</h1>\
        <p>\(PageParts.tag(say(ClaimWords.state(claim)), ClaimWords.tone(claim.state)))</p>\(standing)\
        \(facts(shown))\(picture)\(actions)\
        <h2>\(say("经过", "What happened"))</h2><ol class="story">\(shown.steps.map { step($0, of: claim) })</ol>\
        \(SharedTablet.finish(isCardSession, formToken: token, say))
        """, alerts: alerts)
  }

  private func facts(_ shown: ShownClaim) -> HTML {
    let claim = shown.claim
    let number = OrderNumber.text(shown.order.number)
    var facts: [(term: String, value: HTML)] = [
      (say("问题", "Problem"), "\(say(claim.fault.name))"),
      (say("数量", "Pieces"), "\(claim.pieces) \(say(shown.line.unit.name))"),
      (say("希望", "Wish"), "\(say(ClaimWords.wish(claim.wish, isVisit: claim.isVisit)))"),
      (
        shown.order.booking == nil ? say("团购", "Group-buy") : say("服务", "Visit"),
        "\(say(shown.campaign.title))"
      ),
    ]
    if shown.order.booking == nil { facts.append((say("订单号", "Order"), "\(number)")) }
    if claim.refunded > .zero { facts.append((say("已退", "Given back"), "\(say.money(claim.refunded))")) }
    return PageParts.definitions(facts)
  }

  private func step(_ step: ClaimStep, of claim: Claim) -> HTML {
    let amount: HTML = step.amount > .zero ? " <strong>\(say.money(step.amount))</strong>" : .empty
    let bearer: HTML = step.bearer.map { " <span class=\"muted\">\(say($0.name))</span>" } ?? .empty
    let note: HTML = step.note.isEmpty ? .empty : "<br>\(step.note)"
    return """
      <li>\(say.dateTime(step.at)) · \(say(ClaimWords.actor(step)))\(say("：", ": "))\(say(ClaimWords.name(step, of: claim)))\(amount)\(bearer)\(note)</li>
      """
  }

  func alert(_ problem: Problem) -> HTML {
    PageParts.notice(say(problem.title) + (problem.advice.map { " " + say($0) } ?? ""), .bad)
  }
}
