import Kernel
import People
import Web

/// One report on the station's desk: what was told, what is on sale that fits, and what may be done.
struct ReportDeskPages {
  let say: Wording
  let token: String
  let now: Timestamp

  struct View: Sendable {
    let report: ScamReport
    /// What the reporter is called; the station alone sees it.
    let reporter: String?
    let voiceSeconds: Int64?
    let merged: [ScamReport]
    let alike: [ScamReport]
    let hits: [ListingHit]
    let hearings: [Hearing]
    let merchants: [MerchantID: String]
    let cards: [AlertCard]
    let buildings: [String]
  }

  func report(_ view: View, key: String, _ state: FormState, notices: [HTML], alerts: [HTML]) -> Page {
    let report = view.report
    let title = say(report.kind.name)
    let into: HTML =
      report.mergedInto.map {
        "<p><a href=\"\(AlertDeskPages.path($0))\">\(say("并到了这一条里", "Goes with this one"))</a></p>"
      } ?? .empty
    let main: HTML = """
      <h1>\(title)</h1><p>\(PageParts.tag(say(report.state.name)))</p>\(into)\(PageParts.definitions(facts(view)))\
      \(steps(report, key, state))\(alike(view, key))\(hits(view))\(hearings(view, key, state))\
      \(charge(view, key, state))\(cards(view, key, state))\
      <p class="actions"><a class="button quiet" href="/alert-desk">\(say("返回", "Back"))</a></p>
      """
    return Page(title: title, main: main, alerts: notices + alerts)
  }

  private func facts(_ view: View) -> [(term: String, value: HTML)] {
    let (report, details) = (view.report, view.report.details)
    var facts: [(term: String, value: HTML)] = [
      (say("什么时候", "When"), HTML(text: say.dateTime(report.reportedAt)))
    ]
    func add(_ name: Phrase, _ text: String) {
      if !text.isEmpty { facts.append((say(name), PageParts.lines(text))) }
    }
    add(Phrase("谁反映的（保密）", "Who told it (keep it to yourself)"), view.reporter ?? "")
    add(Phrase("怎么回事", "What happened"), details.words)
    add(Phrase("电话", "Telephone number"), details.phone)
    add(Phrase("网址", "Page"), details.link)
    add(Phrase("收款账户", "Where to pay"), details.account)
    add(Phrase("哪家店、哪样东西", "Which shop, which goods"), details.listing)
    add(Phrase("查的结果", "What was found"), report.note)
    if let seconds = view.voiceSeconds {
      let path = "\(AlertDeskPages.path(report.id))/voice"
      facts.append(
        (
          say("录音", "Recording"),
          "<a href=\"\(path)\">\(say("听一听（\(seconds) 秒）", "Listen (\(seconds) s)"))</a>"
        ))
    }
    if !view.merged.isEmpty {
      facts.append((say("并进来的", "Others with it"), HTML(text: String(view.merged.count))))
    }
    return facts
  }

  private func steps(_ report: ScamReport, _ key: String, _ state: FormState) -> HTML {
    let following = ScamReport.State.allCases.filter {
      ScamReportRules.refusal(toMove: report, to: $0) == nil
    }
    if following.isEmpty { return .empty }
    let fields = FormParts(state, say, place: "step")
    return fields.form(
      to: "\(AlertDeskPages.path(report.id))/move", token: token, idempotencyKey: "\(key)-move",
      """
      \(fields.hidden("seen", String(report.revision)))\
      \(fields.radios("state", Phrase("下一步", "Next"), options: following.map { ($0.rawValue, $0.name) }))\
      \(fields.textArea("note", Phrase("怎么查的", "How it was checked"), isRequired: false))\
      \(fields.submit(Phrase("记下来", "Save")))
      """)
  }

  private func alike(_ view: View, _ key: String) -> HTML {
    if view.alike.isEmpty { return .empty }
    let report = view.report
    let list = view.alike.map { other -> HTML in
      let canMerge =
        ScamReportRules.refusal(toMerge: report, into: other, haveCommonTrace: true) == nil
      let button: HTML =
        canMerge
        ? PageParts.loneButton(
          say("并到这一条", "Put it to this one"), to: "\(AlertDeskPages.path(report.id))/merge", token: token,
          key: "\(key)-merge-\(other.id)",
          [("seen", String(report.revision)), ("target", other.id.description)],
          isQuiet: true) : .empty
      return """
        <li><a href="\(AlertDeskPages.path(other.id))">\(say(other.kind.name)) · \(say.dateTime(other.reportedAt))</a> \
        \(PageParts.tag(say(other.state.name)))\(button)</li>
        """
    }
    return "<h2>\(say("说的是同一个号码、网址或账户", "About the same number, page or account"))</h2><ul>\(list)</ul>"
  }

  private func hits(_ view: View) -> HTML {
    if view.hits.isEmpty { return .empty }
    let list = view.hits.map { hit -> HTML in
      let numbers = [
        hit.merchant.map { say("商家号 \($0)", "merchant \($0)") },
        hit.product.map { say("商品号 \($0)", "goods \($0)") },
      ].compactMap { $0 }.joined(separator: say("，", ", "))
      return "<li><a href=\"\(hit.path)\">\(say(hit.title))</a> \(say(hit.why)) \(numbers)</li>"
    }
    return "<h2>\(say("正在卖的东西里有它", "Found among what is on sale"))</h2><ul>\(list)</ul>"
  }

  private func hearings(_ view: View, _ key: String, _ state: FormState) -> HTML {
    .joined(
      view.hearings.map { hearing in
        let reply: HTML =
          hearing.reply.map { "<p>\(say("商家说：", "They said: "))\(PageParts.lines($0))</p>" }
          ?? "<p>\(say("还没有答复。", "No reply yet."))</p>"
        let result: HTML =
          hearing.decision.map {
            "<p><strong>\(say($0.name))</strong> \(PageParts.lines(hearing.reason))</p>"
          }
          ?? decide(hearing, key, state)
        return PageParts.card(
          view.merchants[hearing.merchant] ?? "—", "<p>\(PageParts.lines(hearing.words))</p>\(reply)\(result)"
        )
      })
  }

  private func decide(_ hearing: Hearing, _ key: String, _ state: FormState) -> HTML {
    guard HearingRules.refusal(toDecide: hearing, at: now) == nil else {
      return
        "<p>\(say("商家可以答复到 \(say.dateTime(hearing.replyBy))", "They may reply until \(say.dateTime(hearing.replyBy))"))</p>"
    }
    let fields = FormParts(state, say, place: "hearing-\(hearing.id)")
    let options = Hearing.Decision.allCases.map { ($0.rawValue, $0.name) }
    return fields.form(
      to: "\(AlertDeskPages.path(hearing.report))/hearings/\(hearing.id)/decide", token: token,
      idempotencyKey: "\(key)-decide-\(hearing.id)",
      """
      \(fields.hidden("seen", String(hearing.revision)))\
      \(fields.radios("decision", Phrase("怎么定", "Decision"), options: options))\
      \(fields.textArea("reason", Phrase("为什么（商家看得到）", "Why (they see it)")))\
      \(fields.submit(Phrase("定下来", "Decide")))
      """)
  }

  private func charge(_ view: View, _ key: String, _ state: FormState) -> HTML {
    guard HearingRules.refusal(toAskAbout: view.report) == nil else { return .empty }
    let fields = FormParts(state, say, place: "charge")
    let hint = Phrase("商家会看到这句话。不要写是谁反映的。", "They see these words. Do not write who reported it.")
    let form = fields.form(
      to: "\(AlertDeskPages.path(view.report.id))/hearings", token: token, idempotencyKey: "\(key)-charge",
      """
      \(fields.text("merchant", Phrase("商家号", "Number of the merchant"), inputMode: "numeric"))\
      \(fields.text("product", Phrase("先停卖的商品号", "Number of goods to hold back"), hint: Phrase("不停卖就空着。14 天没有结果会自动恢复。", "Leave it empty to hold nothing back. After 14 days without a decision it is sold again."), isRequired: false, inputMode: "numeric"))\
      \(fields.textArea("charge", Phrase("请商家说明什么", "What they are asked about"), hint: hint))\
      \(fields.submit(Phrase("请商家说明", "Ask the merchant")))
      """)
    return "<details><summary>\(say("请商家说明", "Ask the merchant"))</summary>\(form)</details>"
  }

  private func cards(_ view: View, _ key: String, _ state: FormState) -> HTML {
    let list = view.cards.map { card -> HTML in
      "<li><a href=\"/alert-desk/\(card.id)\">\(say(card.terms.title))</a> \(PageParts.tag(say(card.state.name)))</li>"
    }
    guard AlertRules.refusal(toMakeFrom: view.report) == nil else { return "<ul>\(list)</ul>" }
    let fields = FormParts(state, say, place: "card")
    let buildings = view.buildings.map { ($0, Door.buildingName($0)) }
    let form = fields.form(
      to: "\(AlertDeskPages.path(view.report.id))/cards", token: token, idempotencyKey: "\(key)-card",
      """
      \(fields.text("title_zh", Phrase("提醒什么（中文）", "Title (Chinese)"), maximumLength: 40))\
      \(fields.text("title_en", Phrase("提醒什么（英文）", "Title (English)"), isRequired: false, maximumLength: 120))\
      \(fields.textArea("looks_zh", Phrase("是什么样的（中文）", "What it looks like (Chinese)")))\
      \(fields.textArea("looks_en", Phrase("是什么样的（英文）", "What it looks like (English)"), isRequired: false))\
      \(fields.textArea("advice_zh", Phrase("怎么办（中文）", "What to do (Chinese)")))\
      \(fields.textArea("advice_en", Phrase("怎么办（英文）", "What to do (English)"), isRequired: false))\
      \(fields.text("number", Phrase("公开的诈骗号码", "A swindler's number to be shown"), isRequired: false, maximumLength: 20))\
      \(fields.checkboxes("buildings", Phrase("给哪些楼（不勾是全部）", "For which buildings (none ticked: all)"), options: buildings))\
      \(fields.dateTime("until", Phrase("到什么时候（最长 60 天）", "Until (60 days at most)")))\
      \(fields.submit(Phrase("做提醒卡", "Make a warning")))
      """)
    return "<ul>\(list)</ul><details><summary>\(say("做提醒卡", "Make a warning"))</summary>\(form)</details>"
  }

  /// One warning before and after it is published.
  func card(_ card: AlertCard, key: String, notices: [HTML], alerts: [HTML]) -> Page {
    let (parts, base) = (AlertParts(say: say), "/alert-desk/\(card.id)")
    let seen = [("seen", String(card.revision))]
    let publish: HTML =
      AlertRules.refusal(toPublish: card, at: now) == nil
      ? PageParts.button(say("发给居民", "Publish"), to: "\(base)/publish", token: token, key: "\(key)-p", seen)
      : .empty
    let withdraw: HTML =
      AlertRules.refusal(toWithdraw: card, at: now) == nil
      ? PageParts.button(
        say("收回", "Take back"), to: "\(base)/withdraw", token: token, key: "\(key)-w", seen, isQuiet: true)
      : .empty
    let main: HTML = """
      <h1>\(say(card.terms.title))</h1><p>\(PageParts.tag(say(card.state.name))) \(parts.buildings(card.terms.buildings)) \
      \(say("到 \(say.dateTime(card.terms.until))", "until \(say.dateTime(card.terms.until))"))</p>\(parts.warning(card))\
      \(publish)\(withdraw)<p class="actions"><a class="button quiet" href="\(base)/sheet">\(say("打印", "Print"))</a> \
      <a class="button quiet" href="\(AlertDeskPages.path(card.report))">\(say("看反映", "The report"))</a></p>
      """
    return Page(title: say(card.terms.title), main: main, alerts: notices + alerts)
  }
}
