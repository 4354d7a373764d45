import Kernel
import Web

/// The form of a draft.
struct QuizFormPages {
  let say: Wording
  let token: String

  /// - Parameters:
  ///   - quiz: nil for a new one.
  ///   - bank: the questions that may be asked.
  ///   - activities: those to which it may belong, with their titles.
  func terms(
    _ quiz: Quiz?, _ bank: [QuizQuestion], _ activities: [Activity], key: String, _ state: FormState,
    alerts: [HTML]
  ) -> Page {
    let title = quiz == nil ? say("办一次问答", "Prepare a quiz") : say("修改问答", "Change the quiz")
    let fields = FormParts(state, say)
    let path = quiz.map { "\(QuizDeskPages.base($0.id))/terms" } ?? "/quiz-desk"
    let once: HTML =
      quiz.map { fields.hidden("seen", String($0.version)) }
      ?? fields.radios(
        "unit", Phrase("谁能答一次", "Who has one entry"),
        options: Quiz.Unit.allCases.map { ($0.rawValue, $0.name) },
        hint: Phrase("定了就不能改。", "This stays as you choose it."))
    let form = fields.form(
      to: path, token: token, idempotencyKey: key,
      """
      \(fields.text("title", Phrase("题目", "Title"), maximumLength: QuizRules.titleLength.upperBound))\(once)\
      \(fields.dateTime("opens_at", Phrase("什么时候开始答", "Opens")))\
      \(fields.dateTime("closes_at", Phrase("什么时候截止、开奖", "Closes and is drawn")))\
      \(questions(bank, fields))\
      \(fields.number("threshold", Phrase("答对几题进抽奖", "Right answers to be in the draw")))\
      \(prizes(fields, state))\
      \(fields.text("collect_place", Phrase("到哪里领奖", "Where prizes are fetched"), maximumLength: QuizRules.placeLength.upperBound))\
      \(fields.number("collect_days", Phrase("几天不领就给下一位", "Days after which it goes to the next"), hint: Phrase("3 到 90 天，从告诉中奖的人那天算起。", "3 to 90, from the day on which the winner is told.")))\
      \(activity(activities, fields))\(fields.submit(Phrase("保存草稿", "Save the draft")))
      """)
    let back = quiz.map { QuizDeskPages.base($0.id) } ?? "/quiz-desk"
    let main: HTML = """
      <h1>\(title)</h1><section class="panel">\(form)</section><p><a href="\(back)">\(say("返回", "Back"))</a></p>
      """
    return Page(title: title, kind: .staff, main: main, alerts: alerts)
  }

  private func questions(_ bank: [QuizQuestion], _ fields: FormParts) -> HTML {
    if bank.isEmpty {
      return PageParts.notice(
        say("题库还是空的，请先去题库出题。", "The bank is empty; please write questions first."), .bad)
    }
    return fields.checkboxes(
      "questions", Phrase("问哪些题，1 到 30 道", "Which questions, 1 to 30"),
      options: bank.map {
        ($0.id.description, Phrase(same: "〔\($0.content.topic)〕\($0.content.wording)"))
      })
  }

  private func prizes(_ fields: FormParts, _ state: FormState) -> HTML {
    let all = (1...QuizRules.prizeKinds).map { number -> HTML in
      """
      \(fields.text("prize-\(number)", Phrase("奖品 \(number)", "Prize \(number)"), isRequired: number == 1, maximumLength: QuizRules.prizeLength.upperBound))\
      \(fields.number("pieces-\(number)", Phrase("奖品 \(number) 有几份", "Pieces of prize \(number)"), isRequired: number == 1))
      """
    }
    // What was typed or is wrong is never folded away.
    let isLong = (3...QuizRules.prizeKinds).contains { number in
      ["prize-\(number)", "pieces-\(number)"].contains {
        !state.value($0).isEmpty || state.problem($0) != nil
      }
    }
    return """
      <h2>\(say("奖品，先抽到的先得前面的", "Prizes, the first drawn get the first"))</h2>\(HTML.joined(all.prefix(2)))\
      <details\(attribute: "open", if: isLong)><summary>\(say("再加几种奖品", "More prizes"))</summary>\
      \(HTML.joined(all.dropFirst(2)))</details>
      """
  }

  private func activity(_ activities: [Activity], _ fields: FormParts) -> HTML {
    let options =
      [(QuizForm.noActivity, Phrase("不属于哪个活动", "No activity"))]
      + activities.map { activity in
        (
          activity.id.description,
          Phrase(same: "\(activity.terms.title) · \(say.day(activity.terms.startsAt))")
        )
      }
    return fields.select(
      "activity", Phrase("属于哪个活动", "Part of which activity"), options: options, isRequired: false)
  }
}
