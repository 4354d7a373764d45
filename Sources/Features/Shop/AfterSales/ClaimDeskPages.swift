import Kernel
import Web

/// The pages of those who answer claims.
struct ClaimDeskPages {
  let say: Wording
  let token: String
  let now: Timestamp

  /// One line of the desk.
  struct Entry: Sendable {
    let claim: Claim
    let name: Phrase
    let orderNumber: Int64
    let campaign: Phrase
    /// Whether it is the reader's turn.
    let isMine: Bool
  }

  func desk(pending: [Entry], answered: [Entry]) -> HTML {
    let nothing = PageParts.empty(say("现在没有等处理的售后。", "There are no claims to deal with."))
    let mine = pending.filter(\.isMine)
    let others = pending.filter { !$0.isMine }
    func section(_ title: String, _ entries: [Entry]) -> HTML {
      entries.isEmpty ? .empty : "<h2>\(title)</h2>\(entries.map(card))"
    }
    return """
      <h1>\(say("售后", "After-sales"))</h1>\(pending.isEmpty ? nothing : .empty)\
      \(section(say("等您处理", "Yours to deal with"), mine))\
      \(section(say("别人在处理", "With somebody else"), others))\
      \(section(say("办完的", "Done"), answered))
      """
  }

  private func card(_ entry: Entry) -> HTML {
    let claim = entry.claim
    let standing = ClaimWords.standing(claim, now: now, say).map { "<p>\($0)</p>" as HTML } ?? .empty
    let photo: HTML = claim.hasPicture ? " · \(say("有照片", "with a photo"))" : .empty
    return """
      <article class="card"><h3><a href="/claims/\(claim.id)">\(say(entry.name)) × \(claim.pieces)\(say("：", ": "))\(say(claim.fault.name))</a></h3>\
      <p>\(PageParts.tag(say(ClaimWords.state(claim)), ClaimWords.tone(claim.state))) \
      \(say(entry.campaign)) · \(say("订单 \(OrderNumber.text(entry.orderNumber))", "order \(OrderNumber.text(entry.orderNumber))"))\(photo)</p>\
      \(standing)</article>
      """
  }

  /// What whoever answers may do with one claim.
  func actions(_ shown: ShownClaim, _ actor: ClaimActor, _ state: FormState) -> HTML {
    let claim = shown.claim
    let parts = FormParts(state, say)
    switch claim.state {
    case .open:
      return parts.summary + refund(shown, actor, parts) + replacement(claim, parts) + decline(claim, parts)
    case .returning:
      return done(
        claim, "came-back", Phrase("东西退回来了，退钱", "The goods are back; give the money back"), parts)
    case .replacing:
      let name =
        claim.isVisit
        ? Phrase("再做好了", "It was done again") : Phrase("换的东西交到手了", "The replacement is handed over")
      return done(claim, "replaced", name, parts)
    case .refunded, .replaced, .declined, .withdrawn: return .empty
    }
  }

  private func refund(_ shown: ShownClaim, _ actor: ClaimActor, _ parts: FormParts) -> HTML {
    guard shown.refundable > .zero else { return .empty }
    let isVisit = shown.claim.isVisit
    let bearers = actor.bearers.filter { !isVisit || $0 != .leader }.map { ($0.rawValue, $0.name) }
    let onReturn: HTML =
      isVisit
      ? .empty : parts.checkbox("on_return", Phrase("东西退回来再退钱", "Only once the goods are back"))
    return PageParts.card(
      say("退钱", "Give money back"),
      form(
        shown.claim, .refund, parts,
        """
        \(parts.money("amount", Phrase("退多少", "How much"), hint: Phrase("最多 \(shown.refundable.display)。",
          "At most \(shown.refundable.display).")))\
        \(parts.select("bearer", Phrase("谁承担", "Who bears it"), options: bearers))\
        \(onReturn)\
        \(parts.submit(Phrase("退钱", "Give it back")))
        """))
  }

  private func replacement(_ claim: Claim, _ parts: FormParts) -> HTML {
    let (title, until, promise) =
      claim.isVisit
      ? (
        say("再来做一次", "Do it again"), Phrase("什么时候前做好", "Done again by"),
        Phrase("答应再来做", "Promise it")
      )
      : (say("换一份", "Replace it"), Phrase("什么时候前换好", "Replaced by"), Phrase("答应换货", "Promise it"))
    let hint =
      claim.isVisit
      ? Phrase("到时没做好，钱自动退给邻居。", "If it is not done by then, the money goes back by itself.")
      : Phrase("到时没换好，钱自动退给邻居。", "If it is not there by then, the money goes back by itself.")
    return PageParts.card(
      title,
      form(
        claim, .replacement, parts,
        "\(parts.dateTime("until", until, hint: hint))\(parts.submit(promise))"))
  }

  private func decline(_ claim: Claim, _ parts: FormParts) -> HTML {
    PageParts.card(
      say("不同意", "Do not agree"),
      form(
        claim, .decline, parts,
        """
        \(parts.textArea("reason", Phrase("原因", "Reason"), hint: Phrase("邻居会看到，也可以请下一级来看。",
          "The neighbour reads it, and may ask the next level."), rows: 3))\(parts.submit(Phrase("不同意", "Do not agree")))
        """))
  }

  private func form(
    _ claim: Claim, _ kind: ClaimForm.RemedyKind, _ parts: FormParts, _ content: HTML
  ) -> HTML {
    """
    <form method="post" action="/claims/\(claim.id)/answer" class="form" novalidate>\
    <input type="hidden" name="form_token" value="\(token)">\(parts.hidden("sequence", String(claim.sequence)))\
    \(parts.hidden("remedy", kind.rawValue))\(content)</form>
    """
  }

  private func done(_ claim: Claim, _ path: StaticString, _ name: Phrase, _ parts: FormParts) -> HTML {
    """
    <form method="post" action="/claims/\(claim.id)/\(HTML(stringLiteral: path))">\
    <input type="hidden" name="form_token" value="\(token)">\(parts.hidden("sequence", String(claim.sequence)))\
    \(parts.submit(name))</form>
    """
  }
}
