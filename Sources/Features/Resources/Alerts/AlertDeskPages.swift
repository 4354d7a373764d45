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
    /// Where they go on; nil at their end.
    let next: String?
    /// Open for long, the oldest first.
    let old: [ScamReport]
    let isClosed: Bool
    let cards: [AlertCard]
    let hearings: [Hearing]
    let quizzes: [QuizLinks.Link]
    let losses: PickupLossFigures.Figures
    /// Nil for those who may not open it.
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
      <h1>\(title)</h1>\(old(desk.old))\(list)\(PageParts.pager(say, previous: nil, next: desk.next))<p class="actions">\(other)</p>\(hearings(desk.hearings))\(cards(desk.cards))\
      \(losses(desk))\(quizzes(desk.quizzes))\(byTelephone(key, state))
      """
    return Page(title: title, kind: .staff, main: main, alerts: alerts)
  }

  private func line(_ report: ScamReport) -> HTML {
    let words = report.details.words.prefix(40)
    return """
      <li><a href="\(Self.path(report.id))">\(say(report.kind.name)) · \(say.dateTime(report.reportedAt))</a> \
      \(PageParts.tag(say(report.state.name))) \(String(words))</li>
      """
  }

  /// A reminder: what nobody closes is deleted in the end, and whoever told it never hears of it.
  private func old(_ reports: [ScamReport]) -> HTML {
    if reports.isEmpty { return .empty }
    let list = reports.map { report -> HTML in
      let left = max(0, (report.forgetAt.microseconds - now.microseconds) / 86_400_000_000)
      let words = say("再过 \(left) 天内容就删掉", "What it says is deleted in \(left) days")
      return """
        <li><a href="\(Self.path(report.id))">\(say(report.kind.name)) · \(say.dateTime(report.reportedAt))</a> \
        \(PageParts.tag(say(report.state.name))) <span class="muted">\(words)</span></li>
        """
    }
    return "<h2>\(say("一个月还没办完的", "Open for more than a month"))</h2><ul>\(list)</ul>"
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
    let (figures, path) = (desk.losses, desk.lossPath)
    if figures == .none, path == nil { return .empty }
    let link: HTML =
      path.map {
        """
        <p class="actions"><a class="button quiet" href="\($0)">\(say("什么时候、在哪里丢", "When and where"))</a></p>
        """
      } ?? .empty
    let nothing = say("还没有看得出来的。", "There is nothing to tell yet.")
    let body: HTML =
      figures == .none ? "<p>\(nothing)</p>" : "\(worst(figures.hours))\(fixes(figures.fixes))"
    return "<h2>\(say("自提点丢东西", "Losses at pickup points"))</h2>\(body)\(link)"
  }

  private func worst(_ hours: [PickupLossFigures.Hour]) -> HTML {
    if hours.isEmpty { return .empty }
    let list = hours.map { hour -> HTML in
      let time = "\(hour.hour):00–\(hour.hour + 1):00"
      return "<li>\(say(hour.place)) \(time)：\(share(hour.share))</li>"
    }
    return "<p>\(say("丢得最多的钟点：", "The hours at which most go astray:"))</p><ul>\(list)</ul>"
  }

  /// On a telephone each change is a card of its own.
  private func fixes(_ fixes: [PickupLossFigures.Fix]) -> HTML {
    if fixes.isEmpty { return .empty }
    let rows = fixes.map { fix -> [HTML] in
      let effect = PickupLossRules.effect(before: fix.before, since: fix.since)
      return [
        "\(say(fix.name))<br><span class=\"muted\">\(say(fix.place)) · \(say.day(fix.beganAt))</span>",
        HTML(text: share(fix.before)), HTML(text: share(fix.since)),
        HTML(text: effect.map { say($0.name) } ?? say("数太少", "Too few")),
      ]
    }
    return PageParts.table(
      caption: say("试过的办法和效果", "What was tried, and whether it helped"),
      columns: [
        TableColumn(say("办法", "Change")), TableColumn(say("以前", "Before")),
        TableColumn(say("以后", "Since")), TableColumn(say("效果", "Effect")),
      ], rows: rows)
  }

  private func share(_ share: PickupLossFigures.Share?) -> String {
    share?.words.map { say($0) } ?? say("太少，不算", "too few to say")
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
