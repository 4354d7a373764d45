import Kernel
import Security
import Web

/// What residents see of quizzes: all of them, and one of them with its questions on one page.
struct QuizPages {
  let say: Wording
  let token: String
  let now: Timestamp
  let isSignedIn: Bool

  private var parts: QuizParts { QuizParts(say: say) }

  /// - Parameter answered: the quizzes in which the visitor answered.
  func list(_ quizzes: [Quiz], answered: Set<QuizID>) -> Page {
    let title = say("有奖问答", "Prize quizzes")
    let cards = quizzes.map { quiz -> HTML in
      let done: HTML =
        answered.contains(quiz.id) ? " \(PageParts.tag(say("您答过了", "You answered"), .good))" : .empty
      return PageParts.card(
        quiz.terms.title, href: Quiz.path(quiz.id),
        "<p>\(parts.phase(quiz, at: now))\(done)</p><p>\(parts.times(quiz))</p>")
    }
    let content =
      cards.isEmpty
      ? PageParts.empty(say("现在没有问答，过几天再来看看。", "There is no quiz just now.")) : .joined(cards)
    return Page(title: title, main: "<h1>\(title)</h1>\(content)")
  }

  func quiz(_ view: QuizReading.View, key: String, _ state: FormState, alerts: [HTML]) -> Page {
    let quiz = view.quiz
    let activity: HTML =
      view.activity.map {
        "<p><a href=\"\(Activity.path($0.id))\">\(say("这是活动“\($0.terms.title)”的问答", "Part of “\($0.terms.title)”"))</a></p>"
      } ?? .empty
    let main: HTML = """
      <h1>\(quiz.terms.title)</h1><p>\(parts.phase(quiz, at: now))</p>\
      \(PageParts.definitions(parts.facts(quiz)))\(activity)\(own(view))\(winners(view))\
      \(answering(view, key, state))\(fairness(view))\(solutions(view))\
      <p><a href="/quizzes">\(say("看别的问答", "Other quizzes"))</a></p>
      """
    return Page(title: quiz.terms.title, main: main, alerts: alerts)
  }

  // MARK: - Answering

  private func own(_ view: QuizReading.View) -> HTML {
    guard let own = view.own else { return .empty }
    if own.isMine {
      return PageParts.card(
        say("您答过了", "You answered"),
        """
        \(parts.number(own.entry))<p>\(parts.outcome(own.entry, of: view.quiz))</p>\
        <p class="actions"><a class="button" href="\(Quiz.path(view.quiz.id))/result">\(say("看答案和解释", "See the answers"))</a></p>
        """)
    }
    return PageParts.card(
      say("您家答过了", "Your household answered"),
      "\(parts.number(own.entry))<p>\(say("一户答一次，家里已经有人答了。", "Each household answers once, and somebody of yours has."))</p>"
    )
  }

  private func answering(_ view: QuizReading.View, _ key: String, _ state: FormState) -> HTML {
    let quiz = view.quiz
    guard quiz.phase(at: now) == .open, view.own == nil else { return .empty }
    guard isSignedIn else {
      let next = URLEncodedText.encode(Quiz.path(quiz.id))
      return """
        <p class="actions"><a class="button" href="/sign-in?next=\(next)">\(say("登录答题", "Sign in and answer"))</a></p>\
        <p>\(say("不用手机的，到服务站拿一张大字题目，写好交来就行；打电话答也行。", "Without a telephone: ask the station for a paper sheet, or answer by calling."))</p>
        """
    }
    let fields = FormParts(state, say)
    let questions = view.questions.enumerated().map { index, question in
      fields.radios(
        QuizAnswerForm.field(index), Phrase(same: "\(index + 1). \(question.content.wording)"),
        options: question.content.options.enumerated().map {
          (QuizOption.letter($0), Phrase(same: "\(QuizOption.letter($0)). \($1)"))
        })
    }
    let form = fields.form(
      to: "\(Quiz.path(quiz.id))/answers", token: token, idempotencyKey: key,
      """
      \(questions)<p class="hint">\(say("交了就不能改。交完马上看到答案和解释。", "What you send is final. You see the answers at once."))</p>\
      \(fields.submit(Phrase("交卷", "Send my answers")))
      """)
    return "<h2>\(say("题目", "Questions"))</h2>\(form)"
  }

  /// What somebody answered, with the right answers and why.
  func result(_ quiz: Quiz, _ questions: [QuizQuestion], _ entry: QuizEntry, _ answers: QuizAnswers?) -> Page
  {
    let title = say("我的答案", "My answers")
    let way: HTML =
      entry.way == .selfService
      ? .empty
      : "<p>\(say("这份答案是社区在 \(say.dateTime(entry.enteredAt)) 帮您录的。不对的话请打页面下方的电话。", "The station entered these on \(say.dateTime(entry.enteredAt)). If they are wrong, please call the number below."))</p>"
    let main: HTML = """
      <h1>\(title)</h1><p>\(quiz.terms.title)</p>\(parts.number(entry))\
      <p><strong>\(parts.outcome(entry, of: quiz))</strong></p>\(way)\
      <h2>\(say("题目和答案", "Questions and answers"))</h2>\(parts.answered(questions, answers))\
      <p><a href="\(Quiz.path(quiz.id))">\(say("返回问答", "Back to the quiz"))</a></p>
      """
    return Page(title: title, main: main)
  }

  /// For everybody once nobody can answer any more.
  private func solutions(_ view: QuizReading.View) -> HTML {
    switch view.quiz.phase(at: now) {
    case .draft, .coming, .open: .empty
    case .closed, .drawn:
      "<h2>\(say("题目和答案", "Questions and answers"))</h2>\(parts.answered(view.questions, nil))"
    }
  }

  // MARK: - The draw

  private func winners(_ view: QuizReading.View) -> HTML {
    guard view.draw != nil else { return .empty }
    let mine: HTML =
      view.own.flatMap { own in view.awards.first { $0.number == own.entry.number && $0.end == nil } }
      .flatMap { award in view.quiz.terms.prize(ofSlot: award.slot).map { (award, $0) } }
      .map { award, prize in
        PageParts.notice(
          say(
            "您中了：\(prize.name)。请在 \(say.dateTime(award.collectUntil)) 以前到\(view.quiz.terms.collectPlace)领，可以托人来。",
            "You won: \(prize.name). Please fetch it before \(say.dateTime(award.collectUntil)) at \(view.quiz.terms.collectPlace), or send somebody."
          ), .good)
      } ?? .empty
    return
      "<h2>\(say("中奖的抽奖号", "Winning numbers"))</h2>\(mine)\(QuizDrawPages(say: say).winners(view.quiz, view.awards, view.names))"
  }

  private func fairness(_ view: QuizReading.View) -> HTML {
    guard let opening = view.quiz.opening else { return .empty }
    return """
      <h2>\(say("怎么抽奖", "How it is drawn"))</h2>\(QuizDrawPages(say: say).rule)\
      \(PageParts.definitions([
        (say("种子的指纹", "Digest of the seed"), parts.digits(opening.commitment.description)),
        (say("指纹公布于", "Published"), HTML(text: say.dateTime(opening.openedAt))),
        (say("进抽奖的", "In the draw"), HTML(text: say.count(view.quiz.numbers, "个号", "number"))),
      ]))\
      <p>\(say("社区的工作人员可以答，不参加抽奖。", "The community’s staff may answer, and are not in the draw."))</p>\
      <p><a href="\(Quiz.path(view.quiz.id))/draw">\(say("自己验一验", "Check it yourself"))</a></p>
      """
  }
}
