import Kernel
import Web

/// A person's consents with what a page needs to tell of them.
struct ConsentView: Sendable {
  /// The newest version of each that the reader may see.
  let notices: [Notice]
  /// Those that the reader may see, the newest first.
  let consents: [Consent]
  /// The notices of the consents, in the versions that were agreed to.
  let agreed: [NoticeID: Notice]
  let names: [PersonID: String]
  let pictured: Set<ConsentID>

  /// What stands for a notice now, whatever version it was agreed to.
  func current(_ notice: Notice, at now: Timestamp) -> [Consent] {
    consents.filter {
      agreed[$0.terms.notice]?.content.code == notice.content.code && $0.state(at: now) == .given
    }
  }
}

/// Consent, for the one whose data it is and for those who record it.
struct ConsentPages {
  let say: Wording
  let token: String
  let now: Timestamp
  /// `/account`, or that of a person at the desk.
  let base: String
  /// Nil for the subject's own pages; what the person is called at the desk.
  let person: String?
  /// Whether the reader may declare consents void.
  var mayInvalidate = false

  private var isOwn: Bool { person == nil }
  private var kind: PageKind { isOwn ? .resident : .staff }

  // MARK: - The list

  func list(_ view: ConsentView) -> Page {
    let title = person.map { say("\($0)同意了什么", "What \($0) agreed to") } ?? say("我同意了什么", "What I agreed to")
    let cards = view.notices.map { card($0, view) }
    let main: HTML = """
      <h1>\(title)</h1>\
      <p class="lead">\(say("每一件都单独问，不同意也不影响买东西。同意了，随时可以收回，马上算数。", "Each is asked on its own, and shopping is the same whatever the answer. A yes can be taken back at any time, at once."))</p>\
      \(cards.isEmpty ? PageParts.empty(say("现在没有要问的。", "There is nothing to ask at present.")) : HTML.joined(cards))\
      \(history(view))<p><a href="\(base)">\(say("返回", "Back"))</a></p>
      """
    return Page(title: title, kind: kind, main: main)
  }

  private func card(_ notice: Notice, _ view: ConsentView) -> HTML {
    let current = view.current(notice, at: now)
    let path = "\(base)/notices/\(notice.id)"
    if current.isEmpty {
      let reading =
        notice.content.isForOneMatter ? say("看一看", "Read it") : say("看一看再定", "Read it and decide")
      return PageParts.card(
        say(notice.content.title), href: path,
        """
        <p>\(PageParts.tag(say("没有同意", "Not agreed")))</p>\
        <p class="actions"><a class="button quiet" href="\(path)">\(reading)</a></p>
        """)
    }
    return PageParts.card(
      say(notice.content.title), href: path,
      HTML.joined(current.map { given($0, view) }) + earlier(current, notice, view))
  }

  /// Says that a yes is to words before these, so that nobody takes it for a yes to these.
  private func earlier(_ current: [Consent], _ notice: Notice, _ view: ConsentView) -> HTML {
    let versions = current.compactMap { view.agreed[$0.terms.notice]?.content.version }
    guard let version = versions.min(), version < notice.content.version else { return .empty }
    return """
      <p class="hint">\(say("同意的是以前的第 \(version) 版，只算那一版里说的。告知书换了新的一版，请看一看再定；对新的一版说不同意，以前的也就收回了。", "The yes is to version \(version) and counts for what that one says. There is a newer version: please read it and decide. A no to it takes the earlier yes back as well."))</p>
      """
  }

  private func given(_ consent: Consent, _ view: ConsentView) -> HTML {
    let relative =
      consent.terms.recipient.map { say("，告诉\(view.names[$0] ?? "—")", ", to \(view.names[$0] ?? "—")") }
      ?? ""
    return """
      \(matter(consent))<p>\(PageParts.tag(say("同意了", "Agreed"), .good))\(relative)\(say("，到 \(say.day(consent.terms.expires, inYear: 0))", ", until \(say.day(consent.terms.expires, inYear: 0))"))</p>\
      <form method="post" action="\(base)/consents/\(consent.id)/withdraw"><input type="hidden" name="form_token" value="\(token)">\
      <p class="actions"><button class="button quiet" type="submit">\(say("收回同意", "Take it back"))</button></p></form>
      """
  }

  /// Which of several it is, where a notice is asked for each matter alone.
  private func matter(_ consent: Consent) -> HTML {
    guard consent.terms.matter != nil else { return .empty }
    let (day, chosen) = (
      say.day(consent.askedAt, inYear: 0), Self.list(consent.terms.categories.map(\.name), say)
    )
    return "<p>\(say("\(day)问的，可以告诉：", "Asked on \(day). May be told: "))\(chosen)</p>"
  }

  private func history(_ view: ConsentView) -> HTML {
    if view.consents.isEmpty { return .empty }
    let rows = view.consents.map { consent -> [HTML] in
      let notice = view.agreed[consent.terms.notice]?.content
      let evidence = consent.terms.evidence
      let witness =
        evidence.witness.map { say("，见证人 \(view.names[$0] ?? "—")", ", witness \(view.names[$0] ?? "—")") }
        ?? ""
      return [
        HTML(
          text: notice.map { "\(say($0.title)) · \(say("第 \($0.version) 版", "version \($0.version)"))" }
            ?? "—"),
        HTML(text: say(consent.state(at: now).name)),
        HTML(text: say.dateTime(consent.events.last?.at ?? consent.askedAt)),
        HTML(text: "\(say(evidence.givenBy.name))，\(say(evidence.method.name))\(witness)"),
        "\(actions(consent, view))",
      ]
    }
    let table = PageParts.table(
      caption: say("每一次的回答", "Every answer"),
      columns: [
        TableColumn(say("什么事", "What")), TableColumn(say("现在", "State")), TableColumn(say("时间", "When")),
        TableColumn(say("怎么说的", "How")), TableColumn(say("凭证", "Receipt")),
      ], rows: rows)
    return
      "<details><summary>\(say("每一次的回答（\(view.consents.count)）", "Every answer (\(view.consents.count))"))</summary>\(table)</details>"
  }

  private func actions(_ consent: Consent, _ view: ConsentView) -> HTML {
    let receipt: HTML = "<a href=\"/api/v1/consents/\(consent.id)/receipt\">\(say("凭证", "Receipt"))</a>"
    let path = "\(base)/consents/\(consent.id)"
    let paper: HTML =
      !isOwn && view.pictured.contains(consent.id)
      ? " <a href=\"\(path)/evidence\">\(say("看那张纸", "See the paper"))</a>" : .empty
    let void: HTML =
      mayInvalidate && consent.state(at: now) == .given
      ? """
      <form method="post" action="\(path)/invalidate"><input type="hidden" name="form_token" value="\(token)">\
      <button class="button danger" type="submit">\(say("登记错了，作废", "Recorded wrongly: declare void"))</button></form>
      """ : .empty
    return receipt + paper + void
  }

  // MARK: - One notice

  func notice(
    _ notice: Notice, _ view: ConsentView, _ choices: MandateChoices, key: String, _ state: FormState,
    alerts: [HTML] = []
  ) -> Page {
    let content = notice.content
    let title = say(content.title)
    let current = view.current(notice, at: now)
    let standing: HTML =
      current.isEmpty
      ? .empty
      : "<section class=\"card\"><h2>\(say("现在", "At present"))</h2>\(current.map { given($0, view) })\(earlier(current, notice, view))</section>"
    let print: HTML =
      isOwn
      ? .empty
      : "<p class=\"actions\"><a class=\"button quiet\" href=\"\(base)/notices/\(notice.id)/print\">\(say("打印大字告知书", "Print it in large type"))</a></p>"
    let forWhom: HTML =
      person.map { "<p>\(say("念给\($0)听，听懂了再问。", "Read it to \($0), and ask once it is understood."))</p>" }
      ?? .empty
    let main: HTML = """
      <h1>\(title)</h1>\(standing)\(forWhom)\(ConsentPages.words(content, say))\
      \(content.isForOneMatter ? askedElsewhere : answering(notice, choices, key, state))\(print)\
      <p><a href="\(base)/consents">\(say("返回", "Back"))</a></p>
      """
    return Page(title: title, kind: kind, main: main, alerts: alerts, scripts: ["speak.js"])
  }

  private var askedElsewhere: HTML {
    "<p>\(say("每一家、每一件都另外问您：要再请一家帮忙，跟社工说一声。", "Each organisation and each matter is asked on its own: tell your social worker if another one should help."))</p>"
  }

  /// The words of a notice, to be read and to be read aloud, and what it covers.
  static func words(_ content: NoticeContent, _ say: Wording) -> HTML {
    """
    <p class="notice-words">\(say(content.body))</p>\
    <details><summary>\(say("念给人听的话", "To read aloud"))</summary><p class="notice-words" data-speak>\(say(content.spoken))</p></details>\
    \(scope(content, say))
    """
  }

  private static func list(_ names: [Phrase], _ say: Wording) -> HTML {
    HTML(text: names.map { say($0) }.sorted().joined(separator: say("、", ", ")))
  }

  fileprivate static func scope(_ content: NoticeContent, _ say: Wording) -> HTML {
    PageParts.definitions([
      (say("用来做什么", "What for"), list(content.purposes.map(\.name), say)),
      (say("用到哪些", "Which data"), list(content.categories.map(\.name), say)),
      (say("谁会知道", "Who gets to know"), list(content.recipients.map(\.name), say)),
      (say("留多久", "Kept for"), HTML(text: say(content.retention))),
      (say("有事找谁", "Whom to ask"), HTML(text: say(content.contact))),
      (say("怎么收回", "How to take it back"), HTML(text: say(content.withdrawal))),
    ])
  }

  private func answering(
    _ notice: Notice, _ choices: MandateChoices, _ key: String, _ state: FormState
  ) -> HTML {
    let parts = FormParts(state, say)
    let fields = ConsentFields(parts: parts)
    let relative: HTML =
      notice.content.recipients.contains(.relative)
      ? fields.chosen("recipient", Phrase("告诉哪一位", "Who is told"), choices.trusted) : .empty
    let evidence: HTML = isOwn ? .empty : fields.evidence(choices.witnesses) + fields.picture
    let form = parts.form(
      to: "\(base)/notices/\(notice.id)", token: token, files: !isOwn, idempotencyKey: key,
      "\(relative)\(fields.span)\(evidence)\(fields.answers(say))")
    return """
      <section class="card" id="answer"><h2>\(isOwn ? say("您同意吗？", "Do you agree?") : say("本人的回答", "The answer"))</h2>\
      \(form)</section>
      """
  }

  // MARK: - Paper

  func print(_ notice: Notice, _ community: CommunityCard) -> Page {
    let content = notice.content
    let line: HTML = "<span aria-hidden=\"true\">________________</span>"
    let spans = ConsentSpan.allCases.map { "<li>☐ \(say($0.name))</li>" as HTML }
    let main: HTML = """
      <div class="print large-type"><h1>\(say(content.title))</h1><p>\(person)</p><p>\(say(content.body))</p>\
      \(ConsentPages.scope(content, say))\
      <ul class="plain"><li>☐ \(say("同意", "Yes"))</li><li>☐ \(say("不同意，也不用说为什么", "No, and no reason is needed"))</li></ul>\
      <p>\(say("同意多久", "For how long"))</p><ul class="plain">\(spans)</ul>\
      <p>\(say("本人签字", "Signed by the person")) \(line)</p><p>\(say("见证人签字", "Witness")) \(line)</p>\
      <p>\(say("日期", "Date")) \(line)</p>\
      <p>\(say(community.name)) · ☎ \(community.phoneNumber) · \(say("第 \(content.version) 版", "version \(content.version)"))</p></div>\
      <p class="actions"><a class="button quiet" href="\(base)/notices/\(notice.id)">\(say("打印后返回", "Back after printing"))</a></p>
      """
    return Page(title: say(content.title), kind: .print, main: main)
  }
}
