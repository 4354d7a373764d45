import Kernel
import People
import Web

/// The pages where passages are gathered and coded.
struct CodingPages {
  let say: Wording
  let token: String
  let study: StudyID

  var base: String { "\(StudyPages.path(study))/codings" }
  func path(_ id: CodingID) -> String { "\(base)/\(id)" }

  // MARK: - All

  func list(_ title: String, _ codings: [Coding], names: [PersonID: String]) -> Page {
    let heading = say("编码", "Coding")
    let rows = codings.map { coding -> [HTML] in
      [
        "<a href=\"\(path(coding.id))\">\(say.day(coding.madeAt, inYear: 0))</a>",
        HTML(text: source(coding.source)), HTML(text: String(coding.units)),
        HTML(text: [coding.first, coding.second].map { names[$0] ?? "—" }.joined(separator: say("、", ", "))),
        state(coding),
      ]
    }
    let table: HTML =
      rows.isEmpty
      ? PageParts.empty(say("还没有编过。", "Nothing has been coded yet."))
      : PageParts.table(
        caption: heading, isCaptionShown: false,
        columns: [
          TableColumn(say("开始", "Begun")), TableColumn(say("材料", "Material")),
          TableColumn(say("段落", "Passages"), isNumeric: true), TableColumn(say("谁编", "Coders")),
          TableColumn(say("状态", "State")),
        ], rows: rows)
    let main: HTML = """
      <h1>\(heading)</h1><p class="lead">\(title)</p>\
      <p>\(say("两个人各编各的，编完才能看对方的。一致和不一致都要摆出来，商量好的才算数。", "Two people code on their own and see each other’s work only when both are done. What they agree on and what not is shown, and only what was settled counts."))</p>\
      <p class="actions"><a class="button" href="\(base)/new">\(say("开始一批", "Begin one"))</a></p>\(table)\
      <p><a href="\(StudyPages.path(study))">\(say("返回研究", "Back to the study"))</a></p>
      """
    return Page(title: heading, kind: .staff, main: main)
  }

  private func source(_ source: Coding.Source) -> String {
    switch source {
    case .records: say("记录", "Records")
    case .answers: say(MaterialKind.surveyAnswer.name)
    }
  }

  func state(_ coding: Coding) -> HTML {
    if coding.settledAt != nil { return PageParts.tag(say("定了", "Settled"), .good) }
    return coding.areBothDone
      ? PageParts.tag(say("在商量", "Being compared"), .notice)
      : PageParts.tag(say("在编", "Being coded"), .notice)
  }

  // MARK: - Beginning

  struct Choices: Sendable {
    let items: [SurveyTexts.Item]
    /// Of the station, with their names.
    let staff: [(id: PersonID, name: String)]
  }

  func begin(_ choices: Choices, key: String, _ state: FormState, alerts: [HTML]) -> Page {
    let fields = FormParts(state, say)
    let heading = say("开始一批编码", "Begin coding")
    let sources =
      [(value: CodingForm.records, name: Phrase("定了稿、还没编过的记录", "Locked records that were not coded yet"))]
      + choices.items.map { (value: CodingForm.value(of: $0), name: Phrase(same: $0.label)) }
    let people = choices.staff.map { (value: $0.id.description, name: Phrase(same: $0.name)) }
    let content: HTML = """
      \(fields.select("source", Phrase("编什么", "What is coded"), options: sources))\
      \(fields.radios("scheme", Phrase("怎么编", "How"), options: Coding.Scheme.allCases.map { ($0.rawValue, $0.name) }))\
      \(fields.select("first", Phrase("第一个人", "First coder"), options: people))\
      \(fields.select("second", Phrase("第二个人", "Second coder"), options: people))\
      \(fields.submit(Phrase("开始", "Begin")))
      """
    let main: HTML = """
      <h1>\(heading)</h1><section class="panel">\
      \(fields.form(to: base, token: token, idempotencyKey: key, content))</section>\
      <p><a href="\(base)">\(say("返回", "Back"))</a></p>
      """
    return Page(title: heading, kind: .staff, main: main, alerts: alerts)
  }

  // MARK: - One, while it is coded

  struct View: Sendable {
    let coding: Coding
    let names: [PersonID: String]
    /// What the reader gave; nil for who is not one of the two.
    let own: [Int64: Set<ThemeCodeID>]?
    let isDone: Bool
  }

  func one(_ view: View, key: String, comparison: HTML, alerts: [HTML]) -> Page {
    let coding = view.coding
    let heading = say("编码", "Coding")
    let people = [coding.first, coding.second].map { coder -> HTML in
      let done = coding.doneAt(coder) != nil
      return """
        <li>\(view.names[coder] ?? "—") \(PageParts.tag(done ? say("编完了", "Done") : say("还在编", "Still coding"), done ? .good : .notice))</li>
        """
    }
    let main: HTML = """
      <h1>\(heading)</h1><p>\(state(coding)) \(PageParts.tag(say.count(coding.units, "段", "passage"))) \
      \(PageParts.tag(say(coding.scheme.name)))</p><ul>\(people)</ul>\(own(view, key))\(comparison)\
      <p><a href="\(base)">\(say("返回编码", "Back to coding"))</a></p>
      """
    return Page(title: heading, kind: .staff, main: main, alerts: alerts)
  }

  /// The reader's own passages; nothing of the other's.
  private func own(_ view: View, _ key: String) -> HTML {
    guard let own = view.own, !view.isDone else { return .empty }
    let coding = view.coding
    let total = Int(coding.units)
    let next = (1...max(1, coding.units)).first { own[$0] == nil }
    let step: HTML =
      next.map {
        "<p class=\"actions\"><a class=\"button\" href=\"\(path(coding.id))/units/\($0)\">\(say("接着编", "Go on coding"))</a></p>"
      }
      ?? PageParts.button(
        say("我编完了，不再改", "I am done and change nothing more"), to: "\(path(coding.id))/done",
        token: token, key: "\(key)-done")
    let links = (1...max(1, coding.units)).map { number -> HTML in
      let name = own[number] == nil ? "\(number)" : "✓ \(number)"
      return "<a href=\"\(path(coding.id))/units/\(number)\">\(name)</a>"
    }
    return PageParts.card(
      say("我的", "Mine"),
      """
      \(PageParts.progress(own.count, of: total, label: say("看了 \(own.count) 段，共 \(total) 段", "\(own.count) of \(total) passages looked at")))\
      \(step)<details><summary>\(say("所有段落", "All passages"))</summary><p>\(HTML.joined(links, separator: " · "))</p></details>
      """)
  }

  // MARK: - One passage

  /// - Parameter words: nil where they are gone.
  func unit(
    _ number: Int64, of coding: Coding, words: String?, codes: [ThemeCode], given: Set<ThemeCodeID>?,
    key: String, alerts: [HTML]
  ) -> Page {
    let title = say("第 \(number) 段，共 \(coding.units) 段", "Passage \(number) of \(coding.units)")
    let content: HTML = """
      \(choices(codes, coding.scheme, given))\
      <p class="actions"><button class="button" type="submit">\(say("保存，看下一段", "Save and go on"))</button></p>
      """
    let main: HTML = """
      <h1>\(title)</h1>\(passage(words))<section class="panel">\
      \(FormParts(.empty, say).form(to: "\(path(coding.id))/units/\(number)", token: token, idempotencyKey: key, content))</section>\
      <p><a href="\(path(coding.id))">\(say("返回", "Back"))</a></p>
      """
    return Page(title: title, kind: .staff, main: main, alerts: alerts)
  }

  func passage(_ words: String?) -> HTML {
    guard let words else {
      return PageParts.notice(say("这一段的文字已经删除，不选编码就行。", "The words are gone; simply choose no code."))
    }
    return "<section class=\"card\"><p>\(PageParts.lines(words))</p></section>"
  }

  /// The codes of the book, to be ticked or chosen, with when to use them.
  func choices(_ codes: [ThemeCode], _ scheme: Coding.Scheme, _ given: Set<ThemeCodeID>?) -> HTML {
    let options = CodeBookRules.ordered(codes).map { entry in
      (
        value: entry.code.id.description,
        name: Phrase(
          same: String(repeating: "— ", count: entry.depth)
            + "\(entry.code.content.name): \(entry.code.content.definition)")
      )
    }
    let state = FormState(
      Form(fields: (given ?? []).sorted().map { Form.Field(name: "code", value: $0.description) }))
    let fields = FormParts(state, say)
    let hint = Phrase("都不像就什么也不选。", "Choose nothing where none fits.")
    switch scheme {
    case .multiple:
      return fields.checkboxes("code", Phrase("编码", "Codes"), options: options, hint: hint)
    case .single:
      let none = (value: "", name: Phrase("都不是", "None of them"))
      return fields.radios("code", Phrase("编码", "Code"), options: options + [none], hint: hint)
    }
  }
}
