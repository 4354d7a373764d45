import Kernel
import Web

/// What those read who are asked to look after somebody.
struct WellbeingPages {
  let say: Wording
  let token: String

  struct Entry: Sendable {
    let concern: WellbeingConcern
    let name: String
    let carer: String?
  }

  func list(_ entries: [Entry], _ contacts: FormState, isSaved: Bool) -> HTML {
    let cards = entries.map { entry -> HTML in
      """
      <li class="card"><a href="/wellbeing/\(entry.concern.id)"><strong>\(entry.name)</strong></a> \(tag(entry))<br>
      \(say(entry.concern.cause.name)) · <span class="muted">\(say.dateTime(entry.concern.openedAt))</span></li>
      """
    }
    let none = PageParts.empty(say("现在没有要看望的邻居。", "Nobody needs looking after right now."))
    let parts = FormParts(contacts, say)
    let fields = DeliveryWishPages(say: say, token: token).contactFields(parts)
    let saved: HTML = isSaved ? PageParts.notice(say("记下了。", "Saved."), .good) : .empty
    return """
      <h1>\(say("上门看望", "Looking after neighbours"))</h1>\(saved)
      <p>\(say("只有本人同意过，送货人才会说一声人怎么样。", "Couriers say how somebody was only where that person agreed to it."))</p>
      \(cards.isEmpty ? none : "<ul class=\"stops\">\(cards)</ul>" as HTML)
      \(PageParts.card(say("替一位邻居记下先告诉谁", "Enter whom to tell, for a neighbour"), parts.form(to: "/wellbeing/contacts", token: token, """
        \(parts.text("phone", Phrase("这位邻居的手机号", "The neighbour's telephone"), isAlternative: true, maximumLength: 20, inputMode: "tel"))
        \(fields)
        """)))
      """
  }

  struct Content: Sendable {
    let concern: WellbeingConcern
    let name: String
    let door: Phrase?
    let carer: String?
    let told: [(name: String, step: WellbeingStep, at: Timestamp)]
    /// The latest two for those who were told, more for social workers.
    let taps: [WellbeingTap]
  }

  func concern(_ content: Content) -> HTML {
    let concern = content.concern
    let told = content.told.map { entry -> HTML in
      "<li>\(say.time(entry.at)) \(say(entry.step.name))：\(entry.name)</li>"
    }
    let taps = content.taps.map { tap -> HTML in
      let note: HTML = tap.note.isEmpty ? .empty : "：“\(tap.note)”"
      return "<li>\(say.dateTime(tap.tappedAt)) \(say(tap.finding.name))\(note)</li>"
    }
    let door: HTML = content.door.map { "<p class=\"lead\">\(say($0))</p>" } ?? .empty
    return """
      <h1>\(say("请看望一下", "Please look after")) \(content.name)</h1>\(door)
      <p>\(tag(Entry(concern: concern, name: content.name, carer: content.carer))) \(say(concern.cause.name))</p>
      \(emergency)\(answers(content))
      \(told.isEmpty ? .empty : "<h2>\(say("已经告诉", "Told"))</h2><ul>\(told)</ul>" as HTML)
      \(taps.isEmpty ? .empty : "<h2>\(say("上门时的情况", "At the door"))</h2><ul>\(taps)</ul>" as HTML)
      """
  }

  /// In words, with numbers that a telephone dials.
  private var emergency: HTML {
    """
    <section class="panel"><p><strong>\(say("敲门没人、有异响、人摔倒：先打电话，不要等。", "No answer, strange sounds, somebody fell: call first, do not wait."))</strong></p>
    <p class="actions"><a class="button danger" href="tel:120">\(say("打 120 急救", "Call 120, ambulance"))</a><a class="button danger" href="tel:110">\(say("打 110 报警", "Call 110, police"))</a></p></section>
    """
  }

  private func answers(_ content: Content) -> HTML {
    guard content.concern.state != .closed else { return .empty }
    let care: HTML =
      content.concern.state == .open ? button("care", say("我去看看", "I am looking after it")) : .empty
    return """
      <form method="post" action="/wellbeing/\(content.concern.id)"><input type="hidden" name="form_token" value="\(token)">
      <div class="outcomes">\(care)\(button("well", say("人没事，放心", "All is well")))</div></form>
      <p class="hint">\(say("点“我去看看”后，就不再叫别人；两小时没有下文，会再问社工。",
        "After “I am looking after it” nobody else is called; without a word for two hours, the social workers are asked again."))</p>
      """
  }

  private func button(_ value: String, _ name: String) -> HTML {
    "<button class=\"button\" name=\"do\" value=\"\(value)\">\(name)</button>"
  }

  private func tag(_ entry: Entry) -> HTML {
    switch entry.concern.state {
    case .open: PageParts.tag(say("还没有人去", "Nobody is looking after it yet"), .bad)
    case .lookedAfter:
      PageParts.tag(say("\(entry.carer ?? "") 去看了", "\(entry.carer ?? "") is looking after it"), .notice)
    case .closed: PageParts.tag(say("人没事", "All is well"), .good)
    }
  }
}
