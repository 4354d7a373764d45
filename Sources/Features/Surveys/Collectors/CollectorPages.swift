import Interop
import Kernel
import Web

/// The station's pages of one way of collecting, and what is printed for it.
struct CollectorPages {
  let say: Wording
  let token: String
  let now: Timestamp

  static func path(_ collector: Collector) -> String {
    "\(QuestionnairePages.path(collector.questionnaire))/collectors/\(collector.id)"
  }

  func form(of id: QuestionnaireID, key: String, _ state: FormState, alerts: [HTML]) -> Page {
    let fields = FormParts(state, say)
    let title = say("加一种收法", "Add a way of collecting")
    let kinds = Collector.Kind.allCases.map { ($0.rawValue, $0.name) }
    let content: HTML = """
      \(fields.radios("kind", Phrase("怎么收", "How"), options: kinds))\
      \(fields.text("name", Phrase("名称", "What you call it"), hint: Phrase("如 3号楼群、周三坐堂", "Such as the chat group of building 3."), maximumLength: 60))\
      \(fields.number("sheets", Phrase("几份（邀请信）", "How many (letters)"), isRequired: false))\
      \(fields.dateTime("closes_at", Phrase("收到什么时候", "Until when"), hint: Phrase("不填就一直收到问卷停收。", "Left empty: as long as the questionnaire is open."), isRequired: false))\
      \(fields.submit(Phrase("开始", "Begin")))
      """
    let base = QuestionnairePages.path(id)
    let main: HTML = """
      <h1>\(title)</h1><section class="panel">\
      \(fields.form(to: "\(base)/collectors", token: token, idempotencyKey: key, content))</section>\
      <p><a href="\(base)">\(say("返回", "Back"))</a></p>
      """
    return Page(title: title, kind: .staff, main: main, alerts: alerts)
  }

  struct View: Sendable {
    let collector: Collector
    let version: QuestionnaireVersion
    let answers: Int64
    /// Of public ones: the address as people get it.
    let address: String?
    let isOpen: Bool
    /// Doors and calls that came to nothing, by what happened.
    let contacts: [Contact.Outcome: Int64]
  }

  func one(_ view: View, key: String, alerts: [HTML]) -> Page {
    let collector = view.collector
    let state: HTML =
      view.isOpen
      ? PageParts.tag(say("在收", "Open"), .good) : PageParts.tag(say("停了", "Ended"))
    var facts: [(term: String, value: HTML)] = [
      (say("方式", "Way"), HTML(text: say(collector.kind.name))),
      (say("收到", "Answers"), HTML(text: say.count(view.answers, "份", "answer"))),
    ]
    if let sheets = collector.sheets {
      facts.append((say("号码", "Numbers"), HTML(text: "\(sheets.lowerBound)–\(sheets.upperBound)")))
    }
    if let closesAt = collector.closesAt {
      facts.append((say("收到", "Until"), HTML(text: say.dateTime(closesAt, inYear: 0))))
    }
    for outcome in Contact.Outcome.allCases {
      if let count = view.contacts[outcome] { facts.append((say(outcome.name), HTML(text: String(count)))) }
    }
    let main: HTML = """
      <h1>\(collector.name)</h1><p>\(state)</p>\(PageParts.definitions(facts))\(address(view))\(doing(view, key))\
      <p><a href="\(QuestionnairePages.path(collector.questionnaire))">\(say("返回问卷", "Back to the questionnaire"))</a></p>
      """
    return Page(title: collector.name, kind: .staff, main: main, alerts: alerts)
  }

  private func address(_ view: View) -> HTML {
    guard let address = view.address, view.isOpen else { return .empty }
    return """
      <section class="card"><h2>\(say("地址", "Address"))</h2>\
      <p><a href="\(address)"><code>\(address)</code></a></p>\(code(address))</section>
      """
  }

  private func code(_ address: String) -> HTML {
    let title = say("问卷的二维码", "QR code of the questionnaire")
    return (try? QRCode(address, correction: .quartile).svg(title: title)).map {
      "<div class=\"qr\">\(HTML(trusted: Array($0.utf8)))</div>"
    } ?? .empty
  }

  private func doing(_ view: View, _ key: String) -> HTML {
    let (collector, path) = (view.collector, Self.path(view.collector))
    var links: [HTML] = []
    if view.isOpen {
      switch collector.kind {
      case .interviewer, .phone:
        links.append("<a class=\"button\" href=\"\(path)/ask\">\(say("开始问", "Begin asking"))</a>")
      case .poster, .link, .site:
        links.append("<a class=\"button\" href=\"\(path)/poster\">\(say("打印海报", "Print a poster"))</a>")
      case .letter:
        links.append("<a class=\"button\" href=\"\(path)/letters\">\(say("打印邀请信", "Print the letters"))</a>")
      case .paper, .kiosk: break
      }
    }
    // Paper comes back late: it is keyed in until the answers are locked.
    if collector.kind == .paper {
      links.append("<a class=\"button\" href=\"\(path)/keying\">\(say("打印和录入", "Print and key in"))</a>")
    }
    let renew: HTML =
      collector.kind.isPublic && view.isOpen
      ? PageParts.button(
        say("换一个地址，旧的作废", "A new address; the old one ends"), to: "\(path)/renew", token: token,
        key: "\(key)-renew",
        isQuiet: true) : .empty
    let end: HTML =
      collector.endedAt == nil
      ? PageParts.button(
        say("停", "End it"), to: "\(path)/end", token: token, key: "\(key)-end", isQuiet: true) : .empty
    return """
      <p class="actions">\(HTML.joined(links, separator: " "))</p><div class="actions">\(renew)\(end)</div>
      """
  }

  // MARK: - Print

  func poster(_ view: View, address: String) -> Page {
    let terms = view.version.terms
    let main: HTML = """
      <h1>\(terms.title)</h1><p class="lead">\(PageParts.lines(terms.purpose))</p>\(code(address))\
      <p class="lead">\(say("用手机扫一扫，几分钟就好。", "Scan it with your telephone; it takes a few minutes."))</p>\
      <p>\(say(terms.privacy.promise))</p>
      """
    return Page(title: terms.title, kind: .print, main: main)
  }

  struct Letter: Sendable {
    let code: String
    let address: String
  }

  func letters(_ view: View, _ letters: [Letter]) -> Page {
    let terms = view.version.terms
    let pages = letters.map { letter -> HTML in
      """
      <section class="sheet"><h2>\(terms.title)</h2><p>\(PageParts.lines(terms.purpose))</p>\(code(letter.address))\
      <p>\(say("扫码，或者打开 \(letter.address) ；信上的号码只能用一次：", "Scan it or open \(letter.address). The code on this letter is good once:"))</p>\
      <p class="slip-code"><strong>\(letter.code)</strong></p><p>\(say(terms.privacy.promise))</p></section>
      """
    }
    return Page(
      title: terms.title, kind: .print, main: "<h1 class=\"visually-hidden\">\(terms.title)</h1>\(pages)")
  }
}
