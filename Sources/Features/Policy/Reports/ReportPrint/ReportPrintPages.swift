import Kernel
import Security
import Web

/// A report on paper, and the letter that goes with it.
struct ReportPrintPages: Sendable {
  let say: Wording
  /// Of the station's community.
  let community: Phrase
  /// Telephone of the community, for questions.
  let phoneNumber: String

  private var parts: ReportParts { ReportParts(say: say) }

  func report(_ shown: ShownReport, for sight: ReportSight) -> Page {
    let document = shown.document
    let report = shown.report
    return Page(
      title: report.plan.title, kind: .print,
      main: """
        \(titlePage(document))\
        \(section("1", say("摘要", "Summary"), "<p>\(PageParts.lines(report.summary))</p>"))\
        \(section("2", say("问题和办法", "Question and method"), "\(parts.question(report))<h3>\(say("样本说明", "Sample note"))</h3>\(parts.sampleNote(document))"))\
        \(section("3", say("发现", "Findings"), "\(parts.findings(shown))\(charts(shown))"))\
        \(section("4", say("建议", "Recommendations"), parts.recommendations(shown)))\
        \(section("5", say("居民听过以后", "What residents said of it"), checks(document)))\
        \(replies(document, sight))\(appendix(shown))
        """)
  }

  private func titlePage(_ document: ReportDocument) -> HTML {
    let report = document.report
    let day = document.firstTime(.sent) ?? document.firstTime(.completed) ?? report.madeAt
    let state =
      report.standing.state.isOut
      ? "" : say("草稿，还没有送出", "Draft, not sent")
    return """
      <header><p>\(say(community)) · \(say("社会工作站", "social work station"))</p><h1>\(report.plan.title)</h1>\
      <p><strong>\(say("居民报告 第 \(report.number) 号", "Residents’ report no. \(report.number)"))</strong></p>\
      <p>\(say.day(day, inYear: 0))</p><p>\(state)</p>\
      <p class="muted">\(say("电话 \(phoneNumber)", "Telephone \(phoneNumber)"))</p></header>
      """
  }

  private func section(_ number: String, _ title: String, _ content: HTML) -> HTML {
    "<section><h2>\(number) \(title)</h2>\(content)</section>"
  }

  /// Beside the findings the pictures; the full tables stand in the appendix.
  private func charts(_ shown: ShownReport) -> HTML {
    let parts = EvidenceParts(say: say)
    let used = shown.document.findings.reduce(into: Set<Int>()) { $0.formUnion($1.evidence) }
    return HTML.joined(
      shown.document.evidence.filter { used.contains($0.number) }.map { piece -> HTML in
        guard let table = piece.table else {
          return self.parts.quote(piece.number, shown.quotes[piece.number])
        }
        return "<h3>E\(piece.number) · \(say(table.title))</h3>\(parts.chart(table))\(parts.table(table))"
      })
  }

  private func checks(_ document: ReportDocument) -> HTML {
    document.checks.isEmpty
      ? "<p>\(say("还没有念给居民听。", "Residents have not heard it yet."))</p>" : parts.checks(document)
  }

  private func replies(_ document: ReportDocument, _ sight: ReportSight) -> HTML {
    let replies = document.replies(for: sight)
    return replies.isEmpty
      ? .empty : section("6", say("答复", "Replies"), parts.replies(replies, of: document))
  }

  private func appendix(_ shown: ShownReport) -> HTML {
    let document = shown.document
    let parts = EvidenceParts(say: say)
    let tables = document.evidence.compactMap { piece in
      piece.table.map { parts.full(piece.number, $0) }
    }
    let digests = document.evidence.compactMap { piece -> [HTML]? in
      guard let table = piece.table else { return nil }
      return [
        "E\(piece.number)", HTML(text: table.path ?? "—"), HTML(text: table.dataDigest.description),
        HTML(text: table.queryDigest.description), HTML(text: piece.digest.description),
      ]
    }
    let list = PageParts.table(
      caption: say("资料的指纹", "Digests of the evidence"),
      columns: [
        TableColumn(say("资料", "Evidence")), TableColumn(say("问卷或出处", "Questionnaire or source")),
        TableColumn(say("数据", "Data")), TableColumn(say("算法", "Query")), TableColumn(say("表", "Table")),
      ], rows: digests)
    return """
      <section><h2>\(say("附录", "Appendix"))</h2>\(tables)\(digests.isEmpty ? .empty : list)\
      <p class="muted">\(say("整份报告的指纹（SHA-256）", "Digest of the whole report (SHA-256)")): \(document.digest.description)</p></section>
      """
  }

  // MARK: - The letter

  /// The letter that goes with a report: to whom, under which number, what is asked, and by when.
  func letter(_ document: ReportDocument, _ sending: ReportSending) -> Page {
    let report = document.report
    let sentAt = document.events.first { $0.sequence == sending.sequence }?.at ?? report.madeAt
    let asked = document.recommendations.map { recommendation -> HTML in
      """
      <li value="\(recommendation.number)">\(PageParts.lines(recommendation.text))\
      <p>\(say("答复：□ 采纳 □ 部分采纳 □ 不采纳", "Answer: □ accepted □ in part □ refused"))</p><p>……………………………………………………</p></li>
      """
    }
    let theirs: HTML =
      sending.theirReference.map {
        "<p>\(say("贵处编号：\($0)", "Your reference: \($0)"))</p>"
      } ?? .empty
    let title = say("关于“\(report.plan.title)”的函", "Letter on “\(report.plan.title)”")
    return Page(
      title: title, kind: .print,
      main: """
        <p>\(sending.ourNumber)</p>\(theirs)<h1>\(title)</h1><p><strong>\(sending.department)</strong><br>\(sending.contact)</p>\
        <p>\(say("附上居民报告第 \(report.number) 号。报告根据居民的回答写成，也念给居民听过。请就下面几条建议答复：", "We enclose residents’ report no. \(report.number). It rests on what residents answered, and residents heard it. Please reply to these recommendations:"))</p>\
        <ol>\(asked)</ol>\
        <p><strong>\(say("请在 \(parts.lastDay(sending.dueAt)) 以前答复。", "Please reply by \(parts.lastDay(sending.dueAt))."))</strong> \
        \(say("答复会告诉居民。", "Residents are told what you reply."))</p>\
        <p>\(say(community)) · \(say("社会工作站", "social work station"))<br>\(say("电话 \(phoneNumber)", "Telephone \(phoneNumber)"))<br>\(say.day(sentAt, inYear: 0))</p>
        """)
  }
}
