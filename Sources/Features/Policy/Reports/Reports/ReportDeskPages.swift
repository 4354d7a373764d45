import Kernel
import People
import Web

/// Reports at the desk: all of them, the form for a new one, and the way into one.
struct ReportDeskPages: Sendable {
  let say: Wording
  let token: String
  let now: Timestamp

  private var parts: ReportParts { ReportParts(say: say) }

  /// What the forms on a page hold: those of one are shown again when it could not be taken.
  struct Forms: Sendable {
    let key: String
    let place: String?
    let state: FormState

    static var fresh: Forms { Forms(key: Form.newKey, place: nil, state: .empty) }

    /// - Parameter stored: what stands in the form where it is not shown again.
    func fields(_ place: String, _ say: Wording, _ stored: FormState = .empty) -> FormParts {
      FormParts(self.place == place ? state : stored, say, place: place)
    }
  }

  // MARK: - All

  /// - Parameter own: those of which the reader is an author or the supervisor.
  func list(_ reports: [Report], own: Set<ReportID>, next: ReportID?) -> Page {
    let title = say("写报告", "Reports’ desk")
    let rows = reports.map { report -> [HTML] in
      let path = own.contains(report.id) ? ReportParts.desk(report.id) : ReportParts.path(report.id)
      let due = report.standing.state == .sent ? report.standing.dueAt.map { parts.lastDay($0) } : nil
      return [
        HTML(text: report.number.description), "<a href=\"\(path)\">\(report.plan.title)</a>",
        parts.state(report.standing, at: now), HTML(text: due ?? "—"),
      ]
    }
    let table =
      rows.isEmpty
      ? PageParts.empty(say("还没有报告。", "There are no reports yet."))
      : PageParts.table(
        caption: title, isCaptionShown: false,
        columns: [
          TableColumn(say("号", "No.")), TableColumn(say("题目", "Title")),
          TableColumn(say("走到哪一步", "Stage")), TableColumn(say("答复期限", "Reply due")),
        ], rows: rows)
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1><p class="lead">\(say("从居民的难处，到给居民的回话。", "From what is hard for residents to an answer that reaches them."))</p>\
        <p class="actions"><a class="button" href="/report-desk/new">\(say("开始一份报告", "Begin a report"))</a></p>\
        \(table)\(PageParts.pager(say, previous: nil, next: next.map { "/report-desk?before=\($0)" }))
        """)
  }

  // MARK: - The plan

  /// Who may write and approve.
  struct Staff: Sendable {
    let workers: [(id: PersonID, name: String)]
    let supervisors: [(id: PersonID, name: String)]
  }

  func new(_ staff: Staff, key: String, _ state: FormState, alerts: [HTML]) -> Page {
    let fields = FormParts(state, say)
    let authors = staff.workers.map { (value: $0.id.description, name: Phrase(same: $0.name)) }
    let supervisors = staff.supervisors.map { (value: $0.id.description, name: Phrase(same: $0.name)) }
    let others: HTML =
      authors.isEmpty
      ? .empty
      : fields.checkboxes(
        "authors", Phrase("还有谁一起写", "Who writes it with you"), options: authors,
        hint: Phrase("您自己算一位。", "You are one of them."))
    let form = fields.form(
      to: "/report-desk", token: token, idempotencyKey: key,
      """
      \(plan(fields))\(others)\
      \(fields.select("supervisor", Phrase("哪位督导来看", "Supervisor"), options: supervisors, hint: Phrase("写的人不能自己同意。", "Nobody approves what they write.")))\
      \(fields.submit(Phrase("开始", "Begin")))
      """)
    let title = say("开始一份报告", "Begin a report")
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1><section class="panel">\(form)</section><p><a href="/report-desk">\(say("返回", "Back"))</a></p>
        """, alerts: alerts)
  }

  func plan(_ report: Report, key: String, _ state: FormState, alerts: [HTML]) -> Page {
    let fields = FormParts(state, say)
    let form = fields.form(
      to: "\(ReportParts.desk(report.id))/plan", token: token, idempotencyKey: key,
      "\(fields.hidden("seen", "\(report.standing.events)"))\(plan(fields))\(fields.submit(Phrase("改打算", "Change the plan")))"
    )
    let title = say("改打算", "Change the plan")
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1><section class="panel">\(form)</section>\
        <p><a href="\(ReportParts.desk(report.id))">\(say("返回", "Back"))</a></p>
        """, alerts: alerts)
  }

  private func plan(_ fields: FormParts) -> HTML {
    """
    \(fields.text("title", Phrase("题目", "Title"), maximumLength: ReportPlan.titleLength.upperBound))\
    \(fields.textArea("question", Phrase("要问什么", "The question"), hint: Phrase("一句话，公开的。", "One sentence; published."), rows: 3))\
    \(fields.checkboxes("methods", Phrase("用什么办法", "Methods"), options: ReportMethod.allCases.map { ($0.rawValue, $0.name) }))\
    \(fields.textArea("reach", Phrase("问谁、怎么问、问不到谁", "Who is to be reached, how, and who cannot be"), rows: 3))\
    \(fields.date("from", Phrase("从哪天", "From")))\(fields.date("to", Phrase("到哪天", "To")))
    """
  }
}
