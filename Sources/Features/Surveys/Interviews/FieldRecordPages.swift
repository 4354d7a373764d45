import Kernel
import People
import Web

/// The pages where notes are taken, at a desk or on a telephone at the door, and read.
struct FieldRecordPages {
  let say: Wording
  let token: String
  let now: Timestamp

  static func path(_ record: FieldRecord) -> String {
    "\(StudyPages.path(record.study))/records/\(record.id)"
  }

  /// For how long a telephone keeps the empty form at most; what was noted on it without network waits in the outbox.
  static let copyTerm: Duration = .days(7)

  // MARK: - Taking

  func take(_ version: StudyVersion, key: String, _ state: FormState, alerts: [HTML]) -> Page {
    let fields = FormParts(state, say)
    let terms = version.terms
    let title = say("记一份", "Take notes")
    let action = "\(StudyPages.path(version.study))/records"
    let content: HTML = """
      \(fields.hidden("version", String(version.number)))\
      <input type="hidden" name="pressed_at" value="" data-now>\
      \(facts(fields))\(FieldRecordParts(say: say).notes(fields, terms.guide))\
      <p class="actions"><button class="button" type="submit" data-outbox="\(terms.title)">\(say("保存", "Save"))</button></p>
      """
    let main: HTML = """
      <h1>\(title)</h1><p class="lead">\(terms.title)</p>\
      <section class="card"><h2>\(say("先念给对方听", "Read this to them first"))</h2><p>\(PageParts.lines(terms.purpose))</p>\
      <p>\(say("不想说的可以不说，随时可以停；以后想撤回，找服务站就行。", "They need not answer, may stop at any time, and may take it back later by telling the station."))</p></section>\
      <section class="panel">\(fields.form(to: action, token: token, idempotencyKey: key, content))</section>\
      <p><a href="\(StudyPages.path(version.study))">\(say("返回", "Back"))</a></p>
      """
    return Page(
      title: title, kind: .staff, main: main, alerts: alerts, scripts: ["outbox.js"], offline: true,
      offlineTerm: Self.copyTerm)
  }

  private func facts(_ fields: FormParts) -> HTML {
    """
    \(fields.radios("kind", Phrase("是什么", "What it is"), options: MaterialKind.recorded.map { ($0.rawValue, $0.name) }))\
    \(fields.radios("way", Phrase("怎么谈的", "How"), options: FieldRecord.Way.allCases.map { ($0.rawValue, $0.name) }))\
    \(fields.radios("agreement", Phrase("对方同意记录吗", "Did they agree to it"), options: FieldRecord.Agreement.allCases.map { ($0.rawValue, $0.name) }, hint: Phrase("不同意就不记。", "Without a yes, nothing is noted.")))\
    \(fields.number("minutes", Phrase("多长时间", "How long"), suffix: Phrase("分钟", "minutes")))\
    \(fields.number("people", Phrase("几个人", "How many people"), hint: Phrase("访谈一个人可以不填。", "May be left empty for one person."), isRequired: false))\
    \(fields.text("phone", Phrase("受访居民登记的电话", "The resident’s telephone number"), hint: Phrase("愿意留名才填：以后本人能查到、能撤回。", "Only where they want to be named: they can then see it and take it back."), type: "tel", isRequired: false, maximumLength: 30, inputMode: "tel"))\
    \(fields.dateTime("happened_at", Phrase("什么时候", "When"), hint: Phrase("不填就是现在。", "Left empty, it is now."), isRequired: false))
    """
  }

  // MARK: - One

  struct View: Sendable {
    let record: FieldRecord
    let terms: StudyTerms
    /// Empty where the words are gone.
    let texts: [FieldText]
    /// Of the speaker and of those who wrote.
    let names: [PersonID: String]
    let mayCorrect: Bool
  }

  func one(_ view: View, key: String, _ state: FormState, alerts: [HTML]) -> Page {
    let record = view.record
    let title = say(
      "第 \(record.number) 份：\(say(record.facts.kind.name))",
      "No. \(record.number): \(say(record.facts.kind.name))")
    let main: HTML = """
      <h1>\(title)</h1><p>\(FieldRecordParts(say: say).standing(record, at: now))</p>\(steps(view, key))\
      \(facts(view))\(words(view))\(addendum(view, key, state))\(passages(view))\(withdrawal(view, key))\
      <p><a href="\(StudyPages.path(record.study))">\(say("返回研究", "Back to the study"))</a></p>
      """
    return Page(title: title, kind: .staff, main: main, alerts: alerts)
  }

  private func steps(_ view: View, _ key: String) -> HTML {
    guard view.mayCorrect else { return .empty }
    let path = Self.path(view.record)
    let until = say.dateTime(view.record.recordedAt + FieldRecordRules.correction, inYear: 0)
    return """
      <p>\(say("到 \(until) 为止还能改，之后自动定稿。", "It can be corrected until \(until) and is locked then."))</p>\
      <div class="actions"><a class="button quiet" href="\(path)/edit">\(say("改", "Correct"))</a> \
      \(PageParts.button(say("写好了，定稿", "Complete: lock it"), to: "\(path)/lock", token: token, key: "\(key)-lock", isQuiet: true))</div>
      """
  }

  private func facts(_ view: View) -> HTML {
    let facts = view.record.facts
    return PageParts.card(
      say("情况", "Facts"),
      PageParts.definitions([
        (say("时间", "When"), HTML(text: say.dateTime(facts.happenedAt, inYear: 0))),
        (say("多久", "How long"), HTML(text: say.count(facts.minutes, "分钟", "minute"))),
        (say("怎么谈的", "How"), HTML(text: say(facts.way.name))),
        (say("几个人", "People"), HTML(text: String(facts.people))),
        (say("同意", "Agreement"), HTML(text: say(facts.agreement.name))),
        (
          say("谁", "Who"),
          HTML(text: facts.speaker.map { view.names[$0] ?? "—" } ?? say("不记名", "No name"))
        ),
        (say("谁记的", "Taken by"), HTML(text: view.names[view.record.recordedBy.person] ?? "—")),
      ]))
  }

  private func words(_ view: View) -> HTML {
    guard !view.texts.isEmpty else {
      return PageParts.notice(say("文字已经删除，只剩编码和次数。", "The words are gone; codes and counts are left."))
    }
    let parts = FieldRecordParts(say: say)
    let cards = view.texts.map { text in
      PageParts.card(
        text.sequence == 0
          ? say("笔记", "Notes")
          : say(
            "补记 · \(say.dateTime(text.writtenAt, inYear: 0)) · \(view.names[text.writtenBy.person] ?? "—")",
            "Addendum · \(say.dateTime(text.writtenAt, inYear: 0)) · \(view.names[text.writtenBy.person] ?? "—")"
          ),
        parts.words(text.notes, view.terms.guide))
    }
    return HTML.joined(cards)
  }

  private func addendum(_ view: View, _ key: String, _ state: FormState) -> HTML {
    guard FieldRecordRules.isLocked(view.record, at: now), !view.texts.isEmpty else { return .empty }
    let fields = FormParts(state, say)
    let content: HTML = """
      \(fields.textArea("free", Phrase("补记", "Addendum"), hint: Phrase("原来的字不动，补的另起一段。", "What was written stays; this is added to it."), rows: 3))\
      \(fields.submit(Phrase("补上", "Add it")))
      """
    return """
      <section class="panel">\(fields.form(to: "\(Self.path(view.record))/addenda", token: token, idempotencyKey: "\(key)-addendum", content))</section>
      """
  }

  /// The passages by their numbers, each with the way to make a quote of it.
  private func passages(_ view: View) -> HTML {
    guard FieldRecordRules.isLocked(view.record, at: now), !view.texts.isEmpty else { return .empty }
    let items = Passages.cut(view.texts.map(\.notes)).map { passage -> HTML in
      """
      <li value="\(passage.number)">\(passage.words) \
      <a href="\(Self.path(view.record))/quotes/new?passage=\(passage.number)">\(say("引用这段", "Quote this"))</a></li>
      """
    }
    return "<details><summary>\(say("一段一段看", "Passage by passage"))</summary><ol>\(items)</ol></details>"
  }

  private func withdrawal(_ view: View, _ key: String) -> HTML {
    guard !view.texts.isEmpty else { return .empty }
    return """
      <details><summary>\(say("对方要撤回", "They want to take it back"))</summary>\
      <p>\(say("文字和引用的话会马上删掉，不能恢复；已经数进去的次数还在，里面没有字。", "The words and the quotes go at once and for good; what was counted stays, without words."))</p>\
      \(PageParts.button(say("删除这份文字", "Delete these words"), to: "\(Self.path(view.record))/withdraw", token: token, key: "\(key)-withdraw", isQuiet: true))</details>
      """
  }

  // MARK: - Correcting

  func correct(
    _ record: FieldRecord, _ terms: StudyTerms, seen: Int64, key: String, _ state: FormState, alerts: [HTML]
  ) -> Page {
    let fields = FormParts(state, say)
    let title = say("改第 \(record.number) 份", "Correct no. \(record.number)")
    let content: HTML = """
      \(fields.hidden("seen", String(seen)))\(FieldRecordParts(say: say).notes(fields, terms.guide))\
      \(fields.submit(Phrase("保存", "Save")))
      """
    let main: HTML = """
      <h1>\(title)</h1><section class="panel">\
      \(fields.form(to: "\(Self.path(record))/notes", token: token, idempotencyKey: key, content))</section>\
      <p><a href="\(Self.path(record))">\(say("返回", "Back"))</a></p>
      """
    return Page(title: title, kind: .staff, main: main, alerts: alerts)
  }
}
