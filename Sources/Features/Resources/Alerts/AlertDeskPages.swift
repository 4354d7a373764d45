import Kernel
import People
import Web

/// What the station sees of the clean market.
struct AlertDeskPages {
  let say: Wording
  let token: String
  let now: Timestamp

  /// Everything on the desk.
  struct Desk: Sendable {
    let reports: [ScamReport]
    let isClosed: Bool
    let cards: [AlertCard]
    let hearings: [Hearing]
    let quizzes: [QuizLinks.Link]
    let fixes: [PickupLossFigures.Fix]
    let lossPath: String?
  }

  static func path(_ id: ScamReportID) -> String { "/alert-desk/reports/\(id)" }

  func desk(_ desk: Desk, key: String, _ state: FormState, alerts: [HTML]) -> Page {
    let title = say("清朗市场", "A clean market")
    let list: HTML =
      desk.reports.isEmpty
      ? PageParts.empty(say("没有反映。", "There are no reports.")) : "<ul>\(desk.reports.map(line))</ul>"
    let other: HTML =
      desk.isClosed
      ? "<a class=\"button quiet\" href=\"/alert-desk\">\(say("还没办完的", "Open ones"))</a>"
      : "<a class=\"button quiet\" href=\"/alert-desk?closed=1\">\(say("办完的", "Closed ones"))</a>"
    let main: HTML = """
      <h1>\(title)</h1>\(list)<p class="actions">\(other)</p>\(hearings(desk.hearings))\(cards(desk.cards))\
      \(losses(desk))\(quizzes(desk.quizzes))\(byTelephone(key, state))
      """
    return Page(title: title, main: main, alerts: alerts)
  }

  private func line(_ report: ScamReport) -> HTML {
    let words = report.details.words.prefix(40)
    return """
      <li><a href="\(Self.path(report.id))">\(say(report.kind.name)) · \(say.dateTime(report.reportedAt))</a> \
      \(PageParts.tag(say(report.state.name))) \(String(words))</li>
      """
  }

  private func hearings(_ hearings: [Hearing]) -> HTML {
    if hearings.isEmpty { return .empty }
    let list = hearings.map { hearing -> HTML in
      let standing =
        hearing.repliedAt != nil
        ? say("商家答复了", "They replied")
        : now < hearing.replyBy ? say("等商家答复", "Waiting for their reply") : say("过了七天没答复", "No reply in time")
      return
        "<li><a href=\"\(Self.path(hearing.report))\">\(hearing.words)</a> \(PageParts.tag(standing))</li>"
    }
    return "<h2>\(say("请商家说明的", "Merchants asked"))</h2><ul>\(list)</ul>"
  }

  private func cards(_ cards: [AlertCard]) -> HTML {
    if cards.isEmpty { return .empty }
    let list = cards.map { card -> HTML in
      "<li><a href=\"/alert-desk/\(card.id)\">\(say(card.terms.title))</a> \(PageParts.tag(say(card.state.name)))</li>"
    }
    return "<h2>\(say("提醒卡", "Warnings"))</h2><ul>\(list)</ul>"
  }

  private func losses(_ desk: Desk) -> HTML {
    guard let path = desk.lossPath else { return .empty }
    let fixes = desk.fixes.map { fix -> HTML in
      let (before, since) = (fix.before.map { $0.display } ?? "—", fix.since.map { $0.display } ?? "—")
      return
        "<li>\(say(fix.name))：\(say("以前 \(before)，以后 \(since)", "before \(before), since \(since)"))</li>"
    }
    return """
      <h2>\(say("自提点丢东西", "Losses at pickup points"))</h2><ul>\(fixes)</ul>\
      <p class="actions"><a class="button quiet" href="\(path)">\(say("什么时候、在哪里丢", "When and where"))</a></p>
      """
  }

  private func quizzes(_ quizzes: [QuizLinks.Link]) -> HTML {
    if quizzes.isEmpty { return .empty }
    let links = quizzes.map { "<li><a href=\"\($0.path)\">\($0.title)</a></li>" as HTML }
    return "<h2>\(say("防骗问答", "Quizzes about scams"))</h2><ul>\(links)</ul>"
  }

  /// For somebody who calls or comes by.
  private func byTelephone(_ key: String, _ state: FormState) -> HTML {
    let fields = FormParts(state, say)
    let kinds = ScamReport.Kind.allCases.map { ($0.rawValue, $0.name) }
    let form = fields.form(
      to: "/alert-desk/reports", token: token, idempotencyKey: key,
      """
      \(fields.radios("kind", Phrase("是哪一种", "What it is"), options: kinds))\
      \(fields.text("caller", Phrase("来电人在社区登记的电话", "The caller's number as entered here"), hint: Phrase("不愿留名就空着。", "Leave it empty for those who give no name."), isRequired: false, inputMode: "tel"))\
      \(ReportPages.details(fields))\(fields.submit(Phrase("记下来", "Take it down")))
      """)
    return """
      <details\(attribute: "open", if: !state.allProblems.isEmpty)><summary>\(say("帮打电话来的人记一条", "Take a report by telephone"))</summary>\(form)</details>
      """
  }
}
