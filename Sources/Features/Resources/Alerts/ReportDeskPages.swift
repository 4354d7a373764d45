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
    /// What the goods of these hearings are called.
    let goods: [Int64: Phrase]
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
    return Page(title: title, kind: .staff, main: main, alerts: notices + alerts)
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
          say("把正在看的并到这一条里", "Put the one above into this"), to: "\(AlertDeskPages.path(report.id))/merge",
          token: token,
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
      "<li><a href=\"\(hit.path)\">\(say(hit.title))</a> \(say(hit.why)) \(asking(hit, view.report))</li>"
    }
    return "<h2>\(say("正在卖的东西里有它", "Found among what is on sale"))</h2><ul>\(list)</ul>"
  }

  /// To the form below, with the numbers filled in.
  private func asking(_ hit: ListingHit, _ report: ScamReport) -> HTML {
    guard let merchant = hit.merchant, HearingRules.refusal(toAskAbout: report) == nil else { return .empty }
    let product = hit.product.map { "&product=\($0)" } ?? ""
    return """
      <a class="button quiet" href="\(AlertDeskPages.path(report.id))?merchant=\(merchant)\(product)#charge">\
      \(say("请商家说明", "Ask the merchant"))</a>
      """
  }

  private func hearings(_ view: View, _ key: String, _ state: FormState) -> HTML {
    .joined(
      view.hearings.map { hearing in
        let reply: HTML =
          hearing.reply.map { "<p>\(say("商家说：", "They said: "))\(PageParts.lines($0))</p>" }
          ?? "<p>\(noReply(hearing))</p>"
        let result: HTML =
          hearing.decision.map {
            "<p><strong>\(say($0.name))</strong> \(PageParts.lines(hearing.reason))</p>\(lift(hearing, key, state))"
          }
          ?? decide(hearing, key, state)
        return PageParts.card(
          view.merchants[hearing.merchant] ?? "—",
          "<p>\(PageParts.lines(hearing.words))</p>\(hold(hearing, view.goods))\(reply)\(result)")
      })
  }

  private func noReply(_ hearing: Hearing) -> String {
    if hearing.repliedAt != nil {
      return say("答复时间到了，已经删掉。", "Their reply was deleted when its time was over.")
    }
    if hearing.decision != nil { return say("没有答复。", "They did not reply.") }
    let moment = say.dateTime(hearing.replyBy)
    return now < hearing.replyBy
      ? say("还没有答复，商家可以答复到 \(moment)。", "No reply yet; they may reply until \(moment).")
      : say("过了七天没答复。", "They did not reply within seven days.")
  }

  private func hold(_ hearing: Hearing, _ goods: [Int64: Phrase]) -> HTML {
    guard let id = hearing.product, hearing.decision == nil else { return .empty }
    let product = goods[id].map { say("“\($0.chinese)”", "“\($0.english)”") } ?? String(id)
    let moment = say.dateTime(hearing.lapsesAt)
    return now < hearing.lapsesAt
      ? "<p>\(say("\(product)先停卖，到 \(moment) 没有结果就自动恢复。", "\(product) is held back; unless it is decided, it is sold again from \(moment)."))</p>"
      : "<p>\(say("停卖已经过期，\(product)又在卖了。", "The hold has lapsed: \(product) is on sale again."))</p>"
  }

  private func decide(_ hearing: Hearing, _ key: String, _ state: FormState) -> HTML {
    let possible = Hearing.Decision.allCases.filter {
      HearingRules.refusal(toDecide: hearing, as: $0, at: now) == nil
    }
    let fields = FormParts(state, say, place: "hearing-\(hearing.id)")
    return fields.form(
      to: "\(AlertDeskPages.path(hearing.report))/hearings/\(hearing.id)/decide", token: token,
      idempotencyKey: "\(key)-decide-\(hearing.id)",
      """
      \(fields.hidden("seen", String(hearing.revision)))\
      \(fields.radios("decision", Phrase("怎么定", "Decision"), options: possible.map { ($0.rawValue, $0.name) }))\
      \(fields.textArea("reason", Phrase("为什么（商家看得到）", "Why (they see it)")))\
      \(fields.submit(Phrase("定下来", "Decide")))
      """)
  }

  private func lift(_ hearing: Hearing, _ key: String, _ state: FormState) -> HTML {
    guard HearingRules.refusal(toLift: hearing) == nil else { return .empty }
    let fields = FormParts(state, say, place: "lift-\(hearing.id)")
    let form = fields.form(
      to: "\(AlertDeskPages.path(hearing.report))/hearings/\(hearing.id)/lift", token: token,
      idempotencyKey: "\(key)-lift-\(hearing.id)",
      """
      \(fields.hidden("seen", String(hearing.revision)))\
      \(fields.textArea("reason", Phrase("改了什么（商家看得到）", "What was put right (they see it)")))\
      \(fields.submit(Phrase("恢复销售", "Let it be sold again")))
      """)
    return "<details><summary>\(say("商家改好了", "It was put right"))</summary>\(form)</details>"
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
    return """
      <details id="charge"\(attribute: "open", if: state.contains("merchant"))>\
      <summary>\(say("请商家说明", "Ask the merchant"))</summary>\(form)</details>
      """
  }

  private func cards(_ view: View, _ key: String, _ state: FormState) -> HTML {
    let list = view.cards.map { card -> HTML in
      "<li><a href=\"/alert-desk/\(card.id)\">\(say(card.terms.title))</a> \(PageParts.tag(say(card.state.name)))</li>"
    }
    guard AlertRules.refusal(toMakeFrom: view.report) == nil else { return "<ul>\(list)</ul>" }
    let fields = FormParts(state, say, place: "card")
    let form = fields.form(
      to: "\(AlertDeskPages.path(view.report.id))/cards", token: token, idempotencyKey: "\(key)-card",
      """
      \(AlertCardPages.terms(fields, buildings: view.buildings))\(fields.submit(Phrase("做提醒卡", "Make a warning")))
      """)
    return """
      <ul>\(list)</ul><details\(attribute: "open", if: state.contains("title_zh"))>\
      <summary>\(say("做提醒卡", "Make a warning"))</summary>\(form)</details>
      """
  }
}
