import Kernel
import People
import Web

/// One report at the desk, for its authors and its supervisor: what stands in it, and what is to be done next.
struct ReportWorkPages: Sendable {
  let say: Wording
  let token: String
  let now: Timestamp

  private var parts: ReportParts { ReportParts(say: say) }

  /// What the page is made of.
  struct Content: Sendable {
    let shown: ShownReport
    let person: PersonID
    /// What its authors and its supervisor are called.
    let names: [PersonID: String]
    /// What may be taken into it; empty unless it is planned.
    let tables: [(source: EvidenceSource, choices: [EvidenceSource.Choice])]
    let quotes: [ReportQuoteSource.Choice]
    let policies: [PolicyLibrary.Card]
    /// Numbers of a finding and of a recommendation that are written anew.
    var finding: Int?
    var recommendation: Int?

    var report: Report { shown.report }
    var isAuthor: Bool { report.authors.contains(person) }
    var isSupervisor: Bool { report.supervisor == person }
    var writes: Bool { isAuthor && report.standing.state.isDraft }
  }

  func report(_ content: Content, _ forms: ReportDeskPages.Forms, alerts: [HTML]) -> Page {
    let (report, shown) = (content.report, content.shown)
    let writing = ReportWritingParts(say: say, token: token, content: content, forms: forms)
    let steps = ReportStepParts(say: say, token: token, now: now, content: content, forms: forms)
    let replies = parts.replies(shown.document.replies, of: shown.document)
    return Page(
      title: report.plan.title, kind: .staff,
      main: """
        <h1>\(report.plan.title)</h1>\
        <p>\(parts.state(report.standing, at: now)) <span class="muted">\(say("第 \(report.number) 号", "No. \(report.number)"))</span></p>\
        \(parts.progress(report.standing))\(missing(shown.document))\(steps.next)\(plan(content))\
        \(writing.evidence)\(writing.findings)\(writing.recommendations)\(writing.summary)\
        \(checks(shown.document))\(parts.sendings(shown.document))\(replies)\(parts.results(shown))\
        \(parts.steps(shown.document, for: .author))\(steps.ending)\(paper(shown.document))\
        <p><a href="/report-desk">\(say("返回", "Back"))</a></p>
        """, alerts: alerts)
  }

  /// Everything that has to be there before it can go to the supervisor.
  private func missing(_ document: ReportDocument) -> HTML {
    let state = document.report.standing.state
    guard state.isDraft || state == .complete else { return .empty }
    let gaps = ReportRules.gaps(
      before: .approved, in: document.content, isChecked: document.isChecked)
    if gaps.isEmpty { return .empty }
    let items = gaps.map { "<li>\(say($0.name))</li>" as HTML }
    return PageParts.card(say("送督导以前还差", "Missing before it goes to the supervisor"), "<ul>\(items)</ul>")
  }

  private func plan(_ content: Content) -> HTML {
    let report = content.report
    let names = report.authors.sorted().map { content.names[$0] ?? "—" }.joined(separator: say("、", ", "))
    let people = PageParts.definitions([
      (say("谁写", "Authors"), HTML(text: names)),
      (say("督导", "Supervisor"), HTML(text: content.names[report.supervisor] ?? "—")),
    ])
    let edit: HTML =
      content.isAuthor && report.standing.state == .planned
      ? "<p><a href=\"\(ReportParts.desk(report.id))/plan\">\(say("改打算", "Change the plan"))</a></p>" : .empty
    return PageParts.card(say("打算", "The plan"), "\(parts.question(report))\(people)\(edit)")
  }

  private func checks(_ document: ReportDocument) -> HTML {
    document.checks.isEmpty
      ? .empty : PageParts.card(say("居民听过以后", "What residents said of it"), parts.checks(document))
  }

  private func paper(_ document: ReportDocument) -> HTML {
    let id = document.report.id
    let letter: HTML =
      document.sendings.isEmpty
      ? .empty
      : " <a class=\"button quiet\" href=\"\(ReportParts.desk(id))/letter\">\(say("打印公函", "Print the letter"))</a>"
    return """
      <p class="actions"><a class="button quiet" href="\(ReportParts.path(id))/print">\(say("打印整份报告", "Print the report"))</a>\(letter)</p>
      """
  }
}
