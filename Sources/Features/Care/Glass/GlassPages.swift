import Kernel
import Web

/// Opening a case in an emergency, and looking such openings over.
struct GlassPages {
  let say: Wording
  let token: String
  let now: Timestamp

  /// One use as it stands in the list.
  struct Entry: Sendable {
    let glass: BrokenGlass
    let label: String
    let breaker: String
    /// Whether the reader broke it themselves.
    let isOwn: Bool
    let mayReview: Bool
  }

  private var title: String { say("紧急查看", "Emergency look") }

  func list(_ entries: [Entry], key: String, _ state: FormState, alerts: [HTML]) -> Page {
    let fields = FormParts(state, say)
    let form = fields.form(
      to: "/glass", token: token, idempotencyKey: key,
      """
      \(fields.text("phone", Phrase("服务对象的电话，或个案编号", "The person’s telephone number, or the number of the case"), maximumLength: 40))\
      \(fields.radios("reason", Phrase("为什么", "Why"), options: BrokenGlass.Reason.allCases.map { ($0.rawValue, $0.name) }))\
      \(fields.textArea("words", Phrase("说清楚发生了什么", "Say what has happened"), rows: 3))\
      \(fields.submit(Phrase("打开这个个案", "Open this case")))
      """)
    let main: HTML = """
      <h1>\(title)</h1>\
      <p class="lead">\(say("只在急着救人、又找不到办案社工的时候用。能看三小时；督导和办案社工马上知道，三个工作日内复核，本人也能看到。", "Only where somebody is in danger and the case’s worker cannot be reached. It lasts three hours; supervisor and worker hear of it at once, it is reviewed within three working days, and the person can see it too."))</p>\
      <section class="panel">\(form)</section>\(table(entries))<p><a href="/cases">\(say("返回个案", "Back to the cases"))</a></p>
      """
    return Page(title: title, kind: .staff, main: main, alerts: alerts)
  }

  private func table(_ entries: [Entry]) -> HTML {
    if entries.isEmpty { return .empty }
    let rows = entries.map { entry -> [HTML] in
      [
        entry.glass.isOpen(at: now) && entry.isOwn
          ? "<a href=\"/cases/\(entry.glass.caseID)\">\(entry.label)</a>" : HTML(text: entry.label),
        HTML(text: entry.breaker), HTML(text: say(entry.glass.reason.name)),
        HTML(text: say.dateTime(entry.glass.brokenAt)), standing(entry),
      ]
    }
    return PageParts.table(
      caption: say("用过的", "Uses"),
      columns: [
        TableColumn(say("个案", "Case")), TableColumn(say("谁", "Who")), TableColumn(say("原因", "Why")),
        TableColumn(say("什么时候", "When")), TableColumn(say("复核", "Review")),
      ], rows: rows)
  }

  private func standing(_ entry: Entry) -> HTML {
    if let review = entry.glass.review {
      return review.isJustified
        ? PageParts.tag(say("复核：应该", "Justified"), .good)
        : PageParts.tag(say("复核：不应该", "Not justified"), .bad)
    }
    let due = say.day(entry.glass.reviewDueAt - .seconds(1))
    let tag =
      entry.glass.reviewDueAt <= now
      ? PageParts.tag(say("过了期限还没复核", "Review overdue"), .bad)
      : PageParts.tag(say("等复核，到 \(due)", "To be reviewed by \(due)"), .notice)
    return entry.mayReview
      ? "\(tag) <a href=\"/glass/\(entry.glass.id)\">\(say("去复核", "Review it"))</a>" : tag
  }

  /// What a reviewer sees: who opened what, why, and what they looked at meanwhile.
  func review(
    _ entry: Entry, words: CareDocument?, looks: [CaseReadings.Entry], key: String, _ state: FormState,
    alerts: [HTML]
  ) -> Page {
    let glass = entry.glass
    let fields = FormParts(state, say)
    let items = looks.map { look -> HTML in
      "<li>\(say.dateTime(look.at)) · \(say(look.look?.name ?? Phrase(same: "—")))</li>"
    }
    let form: HTML =
      entry.mayReview
      ? fields.form(
        to: "/glass/\(glass.id)/review", token: token, idempotencyKey: key,
        """
        \(fields.textArea("remark", CareDocument.Field.remark.label, rows: 3))\
        <p class="actions"><button class="button" type="submit" name="verdict" value="justified">\(say("应该看", "It was justified"))</button> \
        <button class="button danger" type="submit" name="verdict" value="not_justified">\(say("不应该看", "It was not"))</button></p>
        """) : .empty
    let main: HTML = """
      <h1>\(say("复核紧急查看", "Review an emergency look"))</h1>\
      <section class="card">\(PageParts.definitions([
        (say("个案", "Case"), HTML(text: entry.label)), (say("谁", "Who"), HTML(text: entry.breaker)),
        (say("原因", "Why"), HTML(text: say(glass.reason.name))),
        (say("从", "From"), HTML(text: say.dateTime(glass.brokenAt))),
        (say("到", "Until"), HTML(text: say.dateTime(glass.closesAt))),
      ]))\(CaseParts(say: say).words(words))</section>\
      \(PageParts.card(say("看了什么", "What was looked at"), items.isEmpty ? "<p>\(say("什么也没看。", "Nothing."))</p>" : "<ul class=\"plain\">\(items)</ul>"))\
      <section class="panel"><p>\(standing(entry))</p>\(form)</section>\
      <p><a href="/glass">\(say("返回", "Back"))</a></p>
      """
    return Page(title: say("复核紧急查看", "Review an emergency look"), kind: .staff, main: main, alerts: alerts)
  }

}
