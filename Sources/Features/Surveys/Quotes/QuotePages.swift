import Kernel
import People
import Web

/// The station's pages of quotes.
struct QuotePages {
  let say: Wording
  let token: String
  let study: StudyID

  private var base: String { "\(StudyPages.path(study))/quotes" }

  func list(_ title: String, _ quotes: [(quote: Quote, standing: QuoteStanding)]) -> Page {
    let heading = say("引用的话", "Quotes")
    let cards = quotes.map { entry -> HTML in
      """
      <section class="card"><p>\(PageParts.lines(entry.quote.words))</p>\
      <p>\(tag(entry.standing)) \(PageParts.tag(say(entry.quote.kind.name))) <a href="\(base)/\(entry.quote.id)">\(say("打开", "Open"))</a></p></section>
      """
    }
    let none = PageParts.empty(
      say("在一份定稿的记录里选“引用这段”。", "Choose “Quote this” in a record that is locked."))
    let main: HTML = """
      <h1>\(heading)</h1><p class="lead">\(title)</p>\
      <p>\(say("本人同意的才能用。每次拿出来都重新看一遍；收回了，就哪里都看不到了。", "Only what its speaker agrees to is used. It is asked anew each time; once it is taken back, it is gone everywhere."))</p>\
      \(cards.isEmpty ? none : HTML.joined(cards))\
      <p><a href="\(StudyPages.path(study))">\(say("返回研究", "Back to the study"))</a></p>
      """
    return Page(title: heading, kind: .staff, main: main)
  }

  private func tag(_ standing: QuoteStanding) -> HTML {
    switch standing {
    case .usable: PageParts.tag(say("可以用", "May be used"), .good)
    case .needsConsent: PageParts.tag(say("本人没有同意公开", "Its speaker has not agreed"), .bad)
    case .needsAgreement: PageParts.tag(say("还没有见证的同意", "No witnessed agreement yet"), .notice)
    }
  }

  // MARK: - Making

  func make(_ passage: Passage, of record: FieldRecord, key: String, _ state: FormState, alerts: [HTML])
    -> Page
  {
    let fields = FormParts(state, say)
    let heading = say("引用这段", "Quote this")
    let content: HTML = """
      \(fields.hidden("passage", String(passage.number)))\(words(fields))\(fields.submit(Phrase("保存", "Save")))
      """
    let main: HTML = """
      <h1>\(heading)</h1><section class="card"><h2>\(say("记下的原话", "As it was noted"))</h2><p>\(passage.words)</p></section>\
      <section class="panel">\(fields.form(to: "\(FieldRecordPages.path(record))/quotes", token: token, idempotencyKey: key, content))</section>\
      <p><a href="\(FieldRecordPages.path(record))">\(say("返回", "Back"))</a></p>
      """
    return Page(title: heading, kind: .staff, main: main, alerts: alerts)
  }

  private func words(_ fields: FormParts) -> HTML {
    fields.textArea(
      "words", Phrase("改写成认不出是谁的话", "The same in words that give nobody away"),
      hint: Phrase(
        "去掉姓名、门牌、电话、单位、少见的病名和经历；意思不变。",
        "Leave out names, doors, numbers, employers, rare illnesses and events; keep the meaning."), rows: 4)
  }

  // MARK: - One

  struct View: Sendable {
    let quote: Quote
    let standing: QuoteStanding
    let agreements: [QuoteAgreement]
    let names: [PersonID: String]
    /// Who may be a witness: the station's people but the reader.
    let witnesses: [(id: PersonID, name: String)]
  }

  /// - Parameter state: nil for what is stored.
  func one(_ view: View, key: String, _ state: FormState?, alerts: [HTML]) -> Page {
    let quote = view.quote
    let heading = say("引用的话", "Quote")
    let path = "\(base)/\(quote.id)"
    let fields = FormParts(state ?? FormState(["words": quote.words]), say)
    let reword: HTML = """
      \(fields.hidden("seen", String(quote.revision)))\(words(fields))\(fields.submit(Phrase("改", "Reword it")))
      """
    let back = "\(StudyPages.path(study))/records/\(quote.record)"
    let main: HTML = """
      <h1>\(heading)</h1><section class="card"><p>\(PageParts.lines(quote.words))</p><p>\(tag(view.standing))</p></section>\
      \(quote.speaker == nil ? agreement(view, path, key) : consent(view))\
      <details><summary>\(say("改写", "Reword it"))</summary>\(fields.form(to: "\(path)/words", token: token, idempotencyKey: "\(key)-words", reword))</details>\
      <div class="actions">\(PageParts.button(say("删掉这句引用", "Delete this quote"), to: "\(path)/delete", token: token, key: "\(key)-delete", isQuiet: true))</div>\
      <p><a href="\(back)">\(say("看出处", "Where it comes from"))</a> · <a href="\(base)">\(say("返回", "Back"))</a></p>
      """
    return Page(title: heading, kind: .staff, main: main, alerts: alerts)
  }

  private func consent(_ view: View) -> HTML {
    let text =
      view.standing == .usable
      ? say(
        "本人同意公开讲自己的经历。本人随时可以在“我的同意”里收回。",
        "Its speaker agreed to their story being told in public, and can take that back at any time.")
      : say(
        "请本人在“我的同意”里选“公开讲您的故事”，或者在居民页替本人记下。",
        "Please have its speaker agree to “Telling your story in public” on their own page, or write it down for them on their desk page."
      )
    return PageParts.card(say("本人的同意", "Their consent"), "<p>\(text)</p>")
  }

  private func agreement(_ view: View, _ path: String, _ key: String) -> HTML {
    let fields = FormParts(.empty, say, place: "witness")
    let content: HTML = """
      \(fields.hidden("seen", String(view.quote.revision)))\
      \(fields.select("witness", Phrase("谁一起听到的", "Who heard it as well"), options: view.witnesses.map { ($0.id.description, Phrase(same: $0.name)) }))\
      \(fields.submit(Phrase("对方听了这几句，同意引用", "They were read these words and agreed")))
      """
    let history = view.agreements.reversed().map { agreement -> HTML in
      let old = agreement.digest == view.quote.digest ? "" : say("（当时的话不一样）", " (to other words)")
      return """
        <li>\(say.dateTime(agreement.at, inYear: 0)) · \(say(agreement.kind.name))\(old) · \(view.names[agreement.actor.person] ?? "—")\
        \(agreement.witness.map { " · \(say("见证", "witness")) \(view.names[$0] ?? "—")" } ?? "")</li>
        """
    }
    let takeBack: HTML =
      view.agreements.last?.kind == .given
      ? PageParts.button(
        say("对方收回了", "They took it back"), to: "\(path)/take-back", token: token, key: "\(key)-back",
        isQuiet: true)
      : .empty
    return PageParts.card(
      say("对方的同意", "Their agreement"),
      """
      <p>\(say("把上面这几句念给对方听；改了一个字，都要再问一遍。", "Read them the words above; after any change they have to be asked again."))</p>\
      \(fields.form(to: "\(path)/agreements", token: token, idempotencyKey: "\(key)-agree", content))\(takeBack)<ul>\(history)</ul>
      """)
  }
}
