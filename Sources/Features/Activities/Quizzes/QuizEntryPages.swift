import Kernel
import Web

/// The station's pages on which somebody's answers are entered.
struct QuizEntryPages {
  let say: Wording
  let token: String

  private var parts: QuizParts { QuizParts(say: say) }

  /// What the page was asked with.
  struct Query: Sendable {
    /// What was typed to find a door.
    let door: FormState
    /// The people behind it, or the household of whoever was chosen before.
    let people: [(id: PersonID, name: String)]
  }

  func enter(
    _ quiz: Quiz, _ questions: [QuizQuestion], _ query: Query, key: String, _ state: FormState,
    alerts: [HTML]
  ) -> Page {
    let (title, base) = (say("录一份答案", "Enter answers"), QuizDeskPages.base(quiz.id))
    let fields = FormParts(state, say)
    let form = fields.form(
      to: "\(base)/entries", token: token, idempotencyKey: key,
      """
      <h2>\(say("谁答的", "Who answered"))</h2>\(whom(query, fields))\
      \(fields.radios("way", Phrase("怎么来的", "How it came"), options: QuizEntry.Way.entered.map { ($0.rawValue, $0.name) }))\
      <h2>\(say("答案", "Answers"))</h2>\(questions.enumerated().map { answer($1, at: $0, fields) })\
      <p class="hint">\(say("照纸上、照本人说的录，录了就不能改。系统会告诉本人。", "As the paper or the person says; it is final, and the person is told."))</p>\
      \(fields.submit(Phrase("录好了", "Enter it")))
      """)
    let main: HTML = """
      <h1>\(title)</h1><p>\(quiz.terms.title) · \(say(quiz.unit.name))</p>\
      <section class="panel">\(door(query.door, base))</section><section class="panel">\(form)</section>\
      <p><a href="\(base)">\(say("返回问答", "Back to the quiz"))</a></p>
      """
    return Page(title: title, kind: .staff, main: main, alerts: alerts)
  }

  /// Finding the people behind a door; what is typed stays in the address.
  private func door(_ state: FormState, _ base: String) -> HTML {
    let fields = FormParts(state, say, place: "door")
    return """
      <h2>\(say("没有电话的，按门牌找", "Without a telephone, by the door"))</h2>\(fields.summary)\
      <form method="get" action="\(base)/entry" class="form" novalidate>\
      \(fields.text("building", Phrase("楼号", "Building"), maximumLength: 20))\
      \(fields.text("unit", Phrase("单元", "Unit"), isRequired: false, maximumLength: 10))\
      \(fields.text("room", Phrase("房号", "Room"), maximumLength: 20))\
      \(fields.submit(Phrase("找这一户", "Find the household")))</form>
      """
  }

  private func whom(_ query: Query, _ fields: FormParts) -> HTML {
    if query.people.isEmpty {
      return fields.text(
        "phone", Phrase("手机号", "Telephone number"), isAlternative: true, maximumLength: 40,
        autocomplete: "off", inputMode: "tel")
    }
    return fields.radios(
      "person", Phrase("这一户的哪一位", "Who of the household"),
      options: query.people.map { ($0.id.description, Phrase(same: $0.name)) })
  }

  private func answer(_ question: QuizQuestion, at index: Int, _ fields: FormParts) -> HTML {
    fields.radios(
      QuizAnswerForm.field(index), Phrase(same: "\(index + 1). \(question.content.wording)"),
      options: question.content.options.enumerated().map {
        (QuizOption.letter($0), Phrase(same: "\(QuizOption.letter($0)). \($1)"))
      } + [(QuizAnswerForm.none, Phrase("没答", "No answer"))])
  }

  /// What was entered: the number to write on the strip, and the answers to read out.
  func entered(
    _ quiz: Quiz, _ questions: [QuizQuestion], _ entry: QuizEntry, _ answers: QuizAnswers?, name: String?
  ) -> Page {
    let (title, base) = (say("录好了", "Entered"), QuizDeskPages.base(quiz.id))
    let main: HTML = """
      <h1>\(title)</h1><p>\(quiz.terms.title)\(name.map { " · \($0)" as HTML } ?? .empty)</p>\(parts.number(entry))\
      <p>\(entry.number == nil ? .empty : HTML(text: say("请把抽奖号写给本人。", "Please write the number down for the person.")))</p>\
      <p>\(parts.outcome(entry, of: quiz))</p>\
      <p class="actions"><a class="button" href="\(base)/entry">\(say("再录一份", "Enter another"))</a></p>\
      <h2>\(say("可以念给本人听", "To be read out"))</h2>\(parts.answered(questions, answers))\
      <p><a href="\(base)">\(say("返回问答", "Back to the quiz"))</a></p>
      """
    return Page(title: title, kind: .staff, main: main)
  }
}
