import Kernel
import Web

/// The station's page of one prize: handing it over, or giving it to the next in the line.
struct QuizAwardPages {
  let say: Wording
  let token: String
  let now: Timestamp

  /// One prize with what is known of it.
  struct View: Sendable {
    let quiz: Quiz
    let award: QuizAward
    /// What the winner is called; nil for those who were deleted or are forgotten.
    let name: String?
    /// Whom the winner sent, where that is kept.
    let receiver: String?
    /// What whoever ended it is called.
    let endedBy: String?
  }

  static func path(_ quiz: QuizID, _ award: QuizAwardID) -> String {
    "\(QuizDeskPages.base(quiz))/awards/\(award)"
  }

  /// - Parameter keys: for each of the two forms.
  func award(
    _ view: View, keys: (handover: String, passOn: String), _ state: FormState, alerts: [HTML]
  ) -> Page {
    let (quiz, award) = (view.quiz, view.award)
    let title = say("\(award.number) 号的奖品", "The prize of number \(award.number)")
    let facts: [(term: String, value: HTML)] = [
      (say("奖品", "Prize"), HTML(text: quiz.terms.prize(ofSlot: award.slot)?.name ?? "—")),
      (say("谁", "Who"), HTML(text: view.name ?? say("（已注销）", "(deleted)"))),
      (say("排队第几", "Place in the line"), HTML(text: String(award.place))),
      (say("中奖", "Won"), HTML(text: say.dateTime(award.awardedAt))),
      (say("最晚什么时候领", "To be fetched before"), HTML(text: say.dateTime(award.collectUntil))),
    ]
    let main: HTML = """
      <h1>\(title)</h1><p>\(quiz.terms.title)</p>\(PageParts.definitions(facts + ending(view)))\
      \(award.end == nil ? handover(view, keys.handover, state) + passOn(view, keys.passOn) : .empty)\
      <p><a href="\(QuizDeskPages.base(quiz.id))">\(say("返回问答", "Back to the quiz"))</a></p>
      """
    return Page(title: title, kind: .staff, main: main, alerts: alerts)
  }

  private func ending(_ view: View) -> [(term: String, value: HTML)] {
    guard let end = view.award.end else { return [] }
    var facts: [(term: String, value: HTML)] = [
      (say("结果", "What came of it"), HTML(text: say(end.kind.name))),
      (say("时间", "When"), HTML(text: say.dateTime(end.at))),
      (say("谁记的", "Recorded by"), HTML(text: view.endedBy ?? "—")),
    ]
    if let receiver = end.receiver {
      let name = view.receiver.map { say("：\($0)", ": \($0)") } ?? ""
      facts.append((say("谁来领的", "Fetched by"), HTML(text: say(receiver.name) + name)))
    }
    return facts
  }

  private func handover(_ view: View, _ key: String, _ state: FormState) -> HTML {
    let fields = FormParts(state, say)
    let form = fields.form(
      to: "\(Self.path(view.quiz.id, view.award.id))/handover", token: token, idempotencyKey: key,
      """
      \(fields.radios("receiver", Phrase("谁来领的", "Who fetched it"), options: QuizAward.Receiver.allCases.map { ($0.rawValue, $0.name) }))\
      \(fields.text("name", Phrase("托来的人叫什么", "What whom they sent is called"), hint: Phrase("只有托别人来领才填；一年后删掉。", "Only for somebody whom they sent; removed after a year."), isRequired: false, maximumLength: QuizAwardRules.receiverLength.upperBound))\
      \(fields.submit(Phrase("交给他了", "Handed over")))
      """)
    return "<section class=\"panel\"><h2>\(say("发奖", "Hand it over"))</h2>\(form)</section>"
  }

  private func passOn(_ view: View, _ key: String) -> HTML {
    let path = "\(Self.path(view.quiz.id, view.award.id))/pass-on"
    func button(_ kind: QuizAward.Kind, _ label: Phrase) -> HTML {
      PageParts.loneButton(
        say(label), to: path, token: token, key: "\(key)-\(kind.rawValue)", [("kind", kind.rawValue)],
        isQuiet: true)
    }
    let lapsed: HTML =
      now < view.award.collectUntil
      ? "<p class=\"hint\">\(say("到期没领，才能因为没领给下一位。", "Only once its time is over can it pass on because nobody fetched it."))</p>"
      : button(.lapsed, Phrase("到期没领，给下一位", "Not fetched in time: to the next"))
    return """
      <section class="panel"><h2>\(say("给下一位", "To the next in the line"))</h2>\
      \(button(.declined, Phrase("本人说不要，给下一位", "The winner declines: to the next")))\(lapsed)</section>
      """
  }
}
