import Kernel
import Web

/// What government readers see: reports that were sent, the form to reply, and indicators. Nothing of any one person.
struct GovernmentPages: Sendable {
  let say: Wording
  let token: String
  let now: Timestamp

  private var parts: ReportParts { ReportParts(say: say) }

  static func path(_ id: ReportID) -> String { "/government/reports/\(id)" }

  // MARK: - The desk

  func home(waiting: [Report], earlier: [Report], next: ReportID?) -> Page {
    let title = say("政府查阅", "Government desk")
    let desk =
      waiting.isEmpty
      ? PageParts.empty(say("现在没有等答复的报告。", "No report waits for a reply."))
      : table(say("等答复", "Waiting for a reply"), waiting)
    let rest = earlier.isEmpty ? HTML.empty : table(say("已经答复的", "Replied"), earlier)
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1><p class="lead">\(say("社区送来的居民报告。答复会告诉居民。", "Residents’ reports that were sent to you. Residents are told what you reply."))</p>\
        \(desk)\(rest)\(PageParts.pager(say, previous: nil, next: next.map { "/government?before=\($0)" }))\
        <p><a href="/government/indicators">\(say("一季一季的数字", "Figures quarter by quarter"))</a></p>
        """)
  }

  private func table(_ title: String, _ reports: [Report]) -> HTML {
    PageParts.table(
      caption: title,
      columns: [
        TableColumn(say("号", "No.")), TableColumn(say("题目", "Title")), TableColumn(say("走到哪一步", "Stage")),
        TableColumn(say("请在哪天以前答复", "Reply due by")),
      ],
      rows: reports.map { report in
        [
          HTML(text: report.number.description),
          "<a href=\"\(Self.path(report.id))\">\(report.plan.title)</a>",
          parts.state(report.standing, at: now),
          HTML(text: report.standing.dueAt.map { parts.lastDay($0) } ?? "—"),
        ]
      })
  }

  // MARK: - One report

  func report(_ shown: ShownReport, _ forms: ReportDeskPages.Forms, alerts: [HTML]) -> Page {
    let (report, document) = (shown.report, shown.document)
    return Page(
      title: report.plan.title, kind: .staff,
      main: """
        <h1>\(report.plan.title)</h1>\
        <p>\(parts.state(report.standing, at: now)) <span class="muted">\(say("第 \(report.number) 号", "No. \(report.number)"))</span></p>\
        \(parts.sendings(document))\
        \(PageParts.card(say("摘要", "Summary"), "<p>\(PageParts.lines(report.summary))</p>"))\
        \(PageParts.card(say("要问什么", "The question"), parts.question(report)))\
        \(PageParts.card(say("发现", "Findings"), parts.findings(shown)))\
        \(PageParts.card(say("建议", "Recommendations"), parts.recommendations(shown)))\
        \(PageParts.card(say("居民听过以后", "What residents said of it"), parts.checks(document)))\
        \(PageParts.card(say("资料", "Evidence"), "\(parts.evidence(shown))\(parts.sampleNote(document, isBeside: true))"))\
        \(parts.replies(document.replies, of: document))\(parts.results(shown))\(work(document, forms))\
        \(parts.steps(document, for: .addressee))\
        <p><a class="button quiet" href="\(ReportParts.path(report.id))/print">\(say("打印整份报告", "Print the report"))</a></p>\
        <p><a href="/government">\(say("返回", "Back"))</a></p>
        """, alerts: alerts)
  }

  private func work(_ document: ReportDocument, _ forms: ReportDeskPages.Forms) -> HTML {
    let report = document.report
    guard report.standing.state == .sent else { return .empty }
    let (base, seen) = (Self.path(report.id), "\(report.standing.events)")
    let fields = forms.fields("reply", say)
    let reply = fields.form(
      to: "\(base)/reply", token: token, idempotencyKey: "\(forms.key)-reply",
      fields.hidden("seen", seen)
        + ReplyFormParts(say: say, fields: fields).all(
          document, outcomes: ReportOutcome.said, asksDay: false, label: Phrase("答复", "Reply")))
    let timeFields = forms.fields("time", say)
    let time = timeFields.form(
      to: "\(base)/more-time", token: token, idempotencyKey: "\(forms.key)-time",
      """
      \(timeFields.hidden("seen", seen))\(timeFields.date("due", Phrase("想延到哪天", "Until when")))\
      \(timeFields.textArea("reason", Phrase("理由", "The reason"), rows: 2))\
      \(timeFields.submit(Phrase("请求延期", "Ask for more time")))
      """)
    let asked: HTML =
      report.standing.askedUntil.map {
        "<p>\(say("已经请求延到 \(parts.lastDay($0))，等社区同意。", "You asked for time until \(parts.lastDay($0)); the station has not agreed yet."))</p>"
      } ?? .empty
    return """
      \(PageParts.card(say("答复", "Reply"), "<p>\(say("社区公开答复以后，居民就能看到。", "Residents see it once the station publishes it."))</p>\(reply)"))\
      \(PageParts.card(say("要多一点时间", "More time"), "\(asked)\(time)"))
      """
  }
}
