import Kernel
import People
import Web

/// One warning on the station's desk: its form, and what may be done with it.
struct AlertCardPages {
  let say: Wording
  let token: String
  let now: Timestamp

  static func path(_ id: AlertCardID) -> String { "/alert-desk/\(id)" }

  /// What a warning says: in a new one and in a draft.
  static func terms(_ fields: FormParts, buildings: [String]) -> HTML {
    """
    \(fields.text("title_zh", Phrase("提醒什么（中文）", "Title (Chinese)"), maximumLength: 40))\
    \(fields.text("title_en", Phrase("提醒什么（英文）", "Title (English)"), isRequired: false, maximumLength: 120))\
    \(fields.textArea("looks_zh", Phrase("是什么样的（中文）", "What it looks like (Chinese)")))\
    \(fields.textArea("looks_en", Phrase("是什么样的（英文）", "What it looks like (English)"), isRequired: false))\
    \(fields.textArea("advice_zh", Phrase("怎么办（中文）", "What to do (Chinese)")))\
    \(fields.textArea("advice_en", Phrase("怎么办（英文）", "What to do (English)"), isRequired: false))\
    \(fields.text("number", Phrase("公开的诈骗号码", "A swindler's number to be shown"), isRequired: false, maximumLength: 20))\
    \(fields.checkboxes("buildings", Phrase("给哪些楼（不勾是全部）", "For which buildings (none ticked: all)"), options: buildings.map { ($0, Door.buildingName($0)) }))\
    \(fields.dateTime("until", Phrase("到什么时候（最长 60 天）", "Until (60 days at most)")))
    """
  }

  /// A warning before and after it is published.
  func card(_ card: AlertCard, key: String, notices: [HTML], alerts: [HTML]) -> Page {
    let parts = AlertParts(say: say)
    let until = say.dateTime(card.terms.until)
    let main: HTML = """
      <h1>\(say(card.terms.title))</h1><p>\(PageParts.tag(say(card.state.name))) \(parts.buildings(card.terms.buildings)) \
      \(say("到 \(until)", "until \(until)"))</p>\(parts.warning(card))\(steps(card, key))\
      <p class="actions">\(printed(card))<a class="button quiet" href="\(AlertDeskPages.path(card.report))">\(say("看反映", "The report"))</a> \
      <a class="button quiet" href="/alert-desk">\(say("返回", "Back"))</a></p>
      """
    return Page(title: say(card.terms.title), kind: .staff, main: main, alerts: notices + alerts)
  }

  private func steps(_ card: AlertCard, _ key: String) -> HTML {
    let (base, seen) = (Self.path(card.id), [("seen", String(card.revision))])
    var steps: [HTML] = []
    if AlertRules.refusal(toPublish: card, at: now) == nil {
      let label = say("发给居民", "Publish")
      steps.append(PageParts.button(label, to: "\(base)/publish", token: token, key: "\(key)-p", seen))
    }
    if card.state == .draft {
      steps.append("<a class=\"button quiet\" href=\"\(base)/edit\">\(say("改一改", "Change it"))</a>")
    }
    if AlertRules.refusal(toWithdraw: card, at: now) == nil {
      let label = say("收回", "Take back")
      steps.append(
        PageParts.button(label, to: "\(base)/withdraw", token: token, key: "\(key)-w", seen, isQuiet: true))
    }
    let isLate = card.state == .draft && card.terms.until <= now
    let late: HTML =
      isLate
      ? "<p>\(say("到期的时间过了，先改一改再发。", "Its time is over: change it before you publish it."))</p>" : .empty
    return "\(late)\(HTML.joined(steps))"
  }

  private func printed(_ card: AlertCard) -> HTML {
    guard AlertRules.refusal(toPrint: card, at: now) == nil else { return .empty }
    return
      "<a class=\"button quiet\" href=\"\(Self.path(card.id))/sheet\">\(say("打印", "Print"))</a> "
  }

  /// The form of a draft.
  func edit(
    _ card: AlertCard, buildings: [String], key: String, _ state: FormState, alerts: [HTML]
  ) -> Page {
    let (title, fields) = (say("改提醒卡", "Change the warning"), FormParts(state, say))
    let form = fields.form(
      to: "\(Self.path(card.id))/edit", token: token, idempotencyKey: key,
      """
      \(fields.hidden("seen", String(card.revision)))\(Self.terms(fields, buildings: buildings))\
      \(fields.submit(Phrase("保存", "Save")))
      """)
    let main: HTML = """
      <h1>\(title)</h1>\(form)\
      <p class="actions"><a class="button quiet" href="\(Self.path(card.id))">\(say("返回", "Back"))</a></p>
      """
    return Page(title: title, kind: .staff, main: main, alerts: alerts)
  }
}
