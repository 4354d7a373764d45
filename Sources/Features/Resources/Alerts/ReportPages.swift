import Kernel
import People
import Web

/// What residents see when they report something: six big buttons, and afterwards whatever they wish to add.
struct ReportPages {
  let say: Wording
  let token: String
  let phone: String
  let hasVoices: Bool

  /// Two taps: this page, and the button.
  func report(own: [ScamReport], key: String, alerts: [HTML]) -> Page {
    let title = say("遇到骗子了", "Report a scam")
    let buttons = ScamReport.Kind.allCases.map { kind -> HTML in
      PageParts.loneButton(
        say(kind.name), to: "/report-scam", token: token, key: "\(key)-\(kind.rawValue)",
        [("kind", kind.rawValue)])
    }
    let mine: HTML =
      own.isEmpty
      ? .empty
      : "<h2>\(say("我反映过的", "What I reported"))</h2><ul>\(own.map(line))</ul>"
    let main: HTML = """
      <h1>\(title)</h1><p>\(say("点一下是哪一种，就报上了。别的以后再补，不补也行。", "Tap what it is, and it is reported. More may follow, but need not."))</p>\
      \(buttons)\(callFirst)<p>\(say("谁反映的，只有服务站的社工知道。", "Only the station's social workers know who reported it."))</p>\(mine)
      """
    return Page(title: title, main: main, alerts: alerts)
  }

  private func line(_ report: ScamReport) -> HTML {
    """
    <li><a href="/report-scam/\(report.id)">\(say(report.kind.name)) · \(say.dateTime(report.reportedAt))</a> \
    \(PageParts.tag(say(report.state.name)))</li>
    """
  }

  /// One report to whoever told it.
  func own(_ report: ScamReport, voiceSeconds: Int64?, key: String, _ state: FormState, alerts: [HTML])
    -> Page
  {
    let title = say(report.kind.name)
    let voice: HTML =
      voiceSeconds.map { "<p>\(say("录音存好了，\($0) 秒。", "Your recording is kept: \($0) seconds."))</p>" }
      ?? .empty
    let more: HTML =
      ScamReportRules.refusal(toDescribe: report) == nil ? describe(report, key, state) : .empty
    let main: HTML = """
      <h1>\(title)</h1>\(PageParts.notice(standing(report), .good))\
      <p>\(PageParts.tag(say(report.state.name))) \(say.dateTime(report.reportedAt))</p>\(voice)\(more)\(callFirst)\
      <p class="actions"><a class="button quiet" href="/report-scam">\(say("返回", "Back"))</a></p>
      """
    return Page(title: title, main: main, alerts: alerts)
  }

  private func standing(_ report: ScamReport) -> String {
    switch report.state {
    case .reported: say("报上了，谢谢您。服务站会去查。", "It is reported, thank you. The station looks into it.")
    case .verifying: say("服务站正在查，查好了告诉您。", "The station is looking into it and will tell you.")
    case .verified: say("查过了，是真的。谢谢您提醒大家。", "It is true. Thank you for warning everybody.")
    case .unfounded: say("查过了，没有这回事。谢谢您留心。", "It turned out to be unfounded. Thank you for taking care.")
    case .unclear:
      say("查过了，查不清楚。还有新情况，请再告诉我们。", "It could not be told. If there is more to it, please tell us.")
    }
  }

  private func describe(_ report: ScamReport, _ key: String, _ state: FormState) -> HTML {
    let fields = FormParts(state, say)
    return """
      <h2>\(say("想多说一点", "If you wish to tell more"))</h2>\(recording(report, key, state))\
      \(fields.form(to: "/report-scam/\(report.id)/details", token: token, idempotencyKey: key, "\(Self.details(fields))\(fields.submit(Phrase("存下来", "Save")))"))
      """
  }

  private func recording(_ report: ScamReport, _ key: String, _ state: FormState) -> HTML {
    guard hasVoices else { return .empty }
    // The page's own file field has no `capture`, which opens the recorder of a phone at once.
    return """
      <form method="post" action="/report-scam/\(report.id)/voice" enctype="multipart/form-data" class="form">\
      <input type="hidden" name="form_token" value="\(token)">\
      <input type="hidden" name="idempotency_key" value="\(key)-voice">\
      <div class="field"><label for="field-voice">\(say("用嘴说（最长两分钟）", "Say it (two minutes at most)"))</label>\
      <input class="input" type="file" id="field-voice" name="voice" accept="audio/*" capture required></div>\
      <p class="actions"><button class="button" type="submit">\(say("把录音发给服务站", "Send it to the station"))</button></p></form>
      """
  }

  static func details(_ fields: FormParts) -> HTML {
    """
    \(fields.textArea("words", Phrase("怎么回事", "What happened"), isRequired: false))\
    \(fields.text("phone", Phrase("对方的电话", "Their telephone number"), isRequired: false, maximumLength: 200, inputMode: "tel"))\
    \(fields.text("link", Phrase("网址", "The page"), isRequired: false, maximumLength: 200))\
    \(fields.text("account", Phrase("让您往哪里付钱", "Where you were to pay"), isRequired: false, maximumLength: 200))\
    \(fields.text("listing", Phrase("哪家店、哪样东西", "Which shop, which goods"), isRequired: false, maximumLength: 200))
    """
  }

  /// Whoever is unsure calls before they pay.
  private var callFirst: HTML { AlertParts(say: say).callFirst(phone) }
}

/// Parts that several pages of the clean market share.
struct AlertParts {
  let say: Wording

  func callFirst(_ phone: String) -> HTML {
    let digits = phone.filter { $0.isASCII && ($0.isNumber || $0 == "+") }
    return """
      <p><strong>\(say("要付钱、要说验证码以前，先给我们打个电话：", "Before you pay or tell a code, call us first: "))\
      <a class="phone" href="tel:\(digits)">\(phone)</a></strong></p>
      """
  }

  func buildings(_ buildings: Set<String>) -> String {
    buildings.isEmpty
      ? say("全部楼栋", "All buildings")
      : buildings.sorted().map { say(Door.buildingName($0)) }.joined(separator: say("、", ", "))
  }

  /// A warning in big type: what it looks like and what to do.
  func warning(_ card: AlertCard) -> HTML {
    let terms = card.terms
    let number: HTML =
      terms.number.isEmpty
      ? .empty : "<p><strong>\(say("骗子的号码：", "Their number: "))\(terms.number)</strong></p>"
    return """
      <h3>\(say("是什么样的", "What it looks like"))</h3><p>\(PageParts.lines(say(terms.looks)))</p>\(number)\
      <h3>\(say("怎么办", "What to do"))</h3><p>\(PageParts.lines(say(terms.advice)))</p>
      """
  }
}

/// Warnings for residents and on paper.
struct AlertPages {
  let say: Wording
  let phone: String

  private var parts: AlertParts { AlertParts(say: say) }

  func alerts(_ cards: [AlertCard], quizzes: [QuizLinks.Link]) -> Page {
    let title = say("防骗提醒", "Warnings")
    let list: HTML =
      cards.isEmpty
      ? PageParts.empty(say("现在没有要提醒的。", "There is nothing to warn of just now."))
      : .joined(cards.map { PageParts.card(say($0.terms.title), parts.warning($0)) })
    let links = quizzes.map { "<li><a href=\"\($0.path)\">\($0.title)</a></li>" as HTML }
    let quiz: HTML =
      quizzes.isEmpty ? .empty : "<h2>\(say("练一练，有奖品", "A quiz with prizes"))</h2><ul>\(links)</ul>"
    let main: HTML = """
      <h1>\(title)</h1>\(parts.callFirst(phone))\(list)\(quiz)\
      <p class="actions"><a class="button" href="/report-scam">\(say("遇到骗子了，告诉服务站", "Report a scam"))</a></p>
      """
    return Page(title: title, main: main)
  }

  /// A notice for the board on A4, and two cards for doors which the line cuts to A5.
  func sheet(_ card: AlertCard) -> Page {
    let content: HTML = """
      <h2 class="poster-title">\(say(card.terms.title))</h2>\(parts.warning(card))\(parts.callFirst(phone))\
      <p>\(say("贴到 \(say.dateTime(card.terms.until)) 为止", "Until \(say.dateTime(card.terms.until))"))</p>
      """
    let main: HTML = """
      <h1 class="visually-hidden">\(say(card.terms.title))</h1>\
      <div class="large-paper"><section class="paper-slip">\(content)</section></div>\
      <div class="large-paper"><section class="paper-slip">\(content)</section><hr>\
      <section class="paper-back">\(content)</section></div>
      """
    return Page(title: say(card.terms.title), kind: .print, main: main)
  }
}

/// What merchants are asked, and what they say.
struct HearingPages {
  let say: Wording
  let token: String
  let now: Timestamp

  func own(
    _ hearings: [Hearing], names: [MerchantID: String], goods: [Int64: Phrase], key: String,
    _ state: FormState, open: HearingID?, notices: [HTML], alerts: [HTML]
  ) -> Page {
    let title = say("请我说明的事", "What I am asked about")
    let list: HTML =
      hearings.isEmpty
      ? PageParts.empty(say("没有要说明的事。", "There is nothing to reply to."))
      : .joined(
        hearings.map { hearing in
          card(
            hearing, names[hearing.merchant] ?? "—", hearing.product.flatMap { goods[$0] }, key,
            open == hearing.id ? state : .empty)
        })
    return Page(title: title, main: "<h1>\(title)</h1>\(list)", alerts: notices + alerts)
  }

  private func card(
    _ hearing: Hearing, _ name: String, _ goods: Phrase?, _ key: String, _ state: FormState
  ) -> HTML {
    let held = goods.map { say("“\($0.chinese)”", "“\($0.english)”") } ?? say("有一样东西", "One of your goods")
    let hold: HTML =
      hearing.product != nil && hearing.decision == nil && now < hearing.lapsesAt
      ? "<p>\(say("\(held)先停卖，到 \(say.dateTime(hearing.lapsesAt)) 没有结果就自动恢复。", "\(held) is held back; unless it is decided, it is sold again from \(say.dateTime(hearing.lapsesAt))."))</p>"
      : .empty
    return PageParts.card(
      "\(name) · \(say(hearing.kind.name))",
      "<p>\(PageParts.lines(hearing.words))</p>\(hold)\(answer(hearing, key, state))\(result(hearing))")
  }

  private func answer(_ hearing: Hearing, _ key: String, _ state: FormState) -> HTML {
    if let reply = hearing.reply {
      return "<p>\(say("您说：", "You said: "))\(PageParts.lines(reply))</p>"
    }
    guard HearingRules.refusal(toReplyTo: hearing, at: now) == nil else { return .empty }
    let fields = FormParts(state, say, place: hearing.id.description)
    let hint = Phrase(
      "请在 \(say.dateTime(hearing.replyBy)) 前说明。", "Please reply before \(say.dateTime(hearing.replyBy)).")
    return fields.form(
      to: "/my-replies/\(hearing.id)", token: token, idempotencyKey: "\(key)-\(hearing.id)",
      """
      \(fields.textArea("reply", Phrase("您怎么说", "Your side"), hint: hint))\
      \(fields.submit(Phrase("发给服务站", "Send it to the station")))
      """)
  }

  private func result(_ hearing: Hearing) -> HTML {
    hearing.decision.map {
      "<p><strong>\(say($0.name))</strong> \(PageParts.lines(hearing.reason))</p>"
    } ?? .empty
  }
}
