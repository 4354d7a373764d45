import Kernel
import Web

/// Reports for everybody: the list, and one with as much of it as its reader may see.
struct ReportPages: Sendable {
  let say: Wording
  let now: Timestamp

  private var parts: ReportParts { ReportParts(say: say) }

  func list(_ reports: [Report], next: ReportID?) -> Page {
    let title = say("居民报告", "Residents’ reports")
    let cards = reports.map { report -> HTML in
      let due: HTML =
        report.standing.state == .sent
        ? report.standing.dueAt.map {
          "<p class=\"muted\">\(say("请在 \(parts.lastDay($0)) 以前答复", "Reply due by \(parts.lastDay($0))"))</p>"
        } ?? .empty : .empty
      return PageParts.card(
        report.plan.title, href: ReportParts.path(report.id),
        """
        <p>\(parts.state(report.standing, at: now)) <span class="muted">\(say("第 \(report.number) 号", "No. \(report.number)"))</span></p>\
        <p>\(PageParts.lines(report.plan.question))</p>\(due)\(parts.progress(report.standing))
        """)
    }
    let content: HTML =
      cards.isEmpty
      ? PageParts.empty(say("还没有居民报告。", "There are no reports yet."))
      : HTML.joined(cards)
    return Page(
      title: title,
      main: """
        <h1>\(title)</h1>\
        <p class="lead">\(say("大家遇到的难处，社工问清楚、写成报告送给管这件事的部门。送到哪里、怎么答复、改了什么，都写在这里。", "What neighbours find hard is asked about, written down and sent to the department in charge. Where it went, what was replied and what changed stands here."))</p>\
        \(content)\(PageParts.pager(say, previous: nil, next: next.map { "/reports?before=\($0)" }))
        """)
  }

  /// What somebody who looks at a report may do with it.
  struct Visitor: Sendable {
    let token: String
    let key: String
    let follows: Bool
  }

  func report(
    _ shown: ShownReport, for sight: ReportSight, visitor: Visitor?, alerts: [HTML]
  ) -> Page {
    let report = shown.report
    let document = sight >= .document ? self.document(shown, sight) : HTML.empty
    let paper: HTML =
      sight >= .document
      ? "<p class=\"actions\"><a class=\"button quiet\" href=\"\(ReportParts.path(report.id))/print\">\(say("打印整份报告", "Print the report"))</a></p>"
      : .empty
    return Page(
      title: report.plan.title,
      main: """
        <h1>\(report.plan.title)</h1>\
        <p>\(parts.state(report.standing, at: now)) <span class="muted">\(say("第 \(report.number) 号", "No. \(report.number)"))</span></p>\
        \(parts.progress(report.standing))\(told(shown.document))\(follow(report, visitor))\(outcome(shown, sight))\
        \(PageParts.card(say("要问什么", "The question"), parts.question(report)))\(document)\(paper)\
        \(parts.steps(shown.document, for: sight))\
        <p><a href="/reports">\(say("返回", "Back"))</a></p>
        """, alerts: alerts)
  }

  private func told(_ document: ReportDocument) -> HTML {
    document.telling.map { "<p class=\"lead\">\(PageParts.lines($0.text))</p>" } ?? .empty
  }

  /// Where it went, what was replied and what came of it, as far as this reader may know.
  private func outcome(_ shown: ShownReport, _ sight: ReportSight) -> HTML {
    guard sight >= .document else { return .empty }
    let replies = parts.replies(shown.document.replies(for: sight), of: shown.document)
    return "\(parts.results(shown))\(replies)\(parts.sendings(shown.document))"
  }

  private func document(_ shown: ShownReport, _ sight: ReportSight) -> HTML {
    let checks: HTML =
      shown.document.checks.isEmpty
      ? .empty
      : PageParts.card(say("居民听过以后", "What residents said of it"), parts.checks(shown.document))
    return """
      \(PageParts.card(say("摘要", "Summary"), "<p>\(PageParts.lines(shown.report.summary))</p>"))\
      \(PageParts.card(say("发现", "Findings"), parts.findings(shown)))\
      \(PageParts.card(say("建议", "Recommendations"), parts.recommendations(shown)))\(checks)\
      \(PageParts.card(say("资料", "Evidence"), "\(parts.evidence(shown))\(parts.sampleNote(shown.document, isBeside: true))"))
      """
  }

  private func follow(_ report: Report, _ visitor: Visitor?) -> HTML {
    guard let visitor else {
      return
        "<p class=\"hint\">\(say("登录以后可以关注，有了结果告诉您。", "Sign in to follow it and be told what comes of it."))</p>"
    }
    let fields = FormParts(.empty, say, place: "follow")
    let (path, label): (String, Phrase) =
      visitor.follows
      ? ("unfollow", Phrase("不再关注", "Stop following"))
      : ("follow", Phrase("关注，有结果告诉我", "Follow, and tell me what comes of it"))
    return fields.form(
      to: "\(ReportParts.path(report.id))/\(path)", token: visitor.token, idempotencyKey: visitor.key,
      fields.submit(label))
  }
}
