import Kernel
import People
import Web

/// The station's pages of quizzes: all of them, and one of them.
struct QuizDeskPages {
  let say: Wording
  let token: String
  let now: Timestamp

  private var parts: QuizParts { QuizParts(say: say) }

  static func base(_ quiz: QuizID) -> String { "/quiz-desk/\(quiz)" }

  func list(_ quizzes: [Quiz], alerts: [HTML]) -> Page {
    let title = say("有奖问答", "Prize quizzes")
    let rows = quizzes.map { quiz -> [HTML] in
      [
        "<a href=\"\(Self.base(quiz.id))\">\(quiz.terms.title)</a>", parts.phase(quiz, at: now),
        HTML(text: parts.times(quiz)), HTML(text: String(quiz.entries)),
      ]
    }
    let table =
      rows.isEmpty
      ? PageParts.empty(say("还没有办过问答。", "There was no quiz yet."))
      : PageParts.table(
        caption: title, isCaptionShown: false,
        columns: [
          TableColumn(say("题目", "Title")), TableColumn(say("状态", "State")),
          TableColumn(say("时间", "When")), TableColumn(say("答了几份", "Entries"), isNumeric: true),
        ], rows: rows)
    let main: HTML = """
      <h1>\(title)</h1><p class="actions"><a class="button" href="/quiz-desk/new">\(say("办一次问答", "Prepare a quiz"))</a> \
      <a class="button quiet" href="\(QuizQuestionPages.base)">\(say("题库", "Question bank"))</a></p>\(table)
      """
    return Page(title: title, kind: .staff, main: main, alerts: alerts)
  }

  // MARK: - One

  /// A quiz as the station sees it.
  struct View: Sendable {
    let quiz: Quiz
    let questions: [QuizQuestion]
    /// Questions that were changed or put away since they were chosen.
    let outdated: Set<QuizQuestionID>
    let counts: [(way: QuizEntry.Way, bar: QuizEntry.Bar?, count: Int64)]
    let tally: QuizTally
    let awards: [QuizAward]
    /// What the winners are called; those who were deleted or are forgotten are left out.
    let names: [Int64: String]
  }

  func quiz(_ view: View, key: String, alerts: [HTML]) -> Page {
    let quiz = view.quiz
    let main: HTML = """
      <h1>\(quiz.terms.title)</h1><p>\(parts.phase(quiz, at: now))</p>\(PageParts.definitions(facts(quiz)))\
      \(steps(view, key))\(winners(view))\(figures(view))\(questions(view))\
      <p><a href="/quiz-desk">\(say("返回有奖问答", "Back to the quizzes"))</a></p>
      """
    return Page(title: quiz.terms.title, kind: .staff, main: main, alerts: alerts)
  }

  private func facts(_ quiz: Quiz) -> [(term: String, value: HTML)] {
    var facts = parts.facts(quiz)
    facts.append(
      (
        say("多久没领就递补", "Goes to the next after"),
        HTML(text: say.count(quiz.terms.collectDays, "天", "day"))
      ))
    if let activity = quiz.terms.activity {
      facts.append(
        (
          say("属于活动", "Part of"),
          "<a href=\"\(Activity.path(activity))\">\(say("看活动", "See the activity"))</a>"
        ))
    }
    return facts
  }

  private func steps(_ view: View, _ key: String) -> HTML {
    let (quiz, base) = (view.quiz, Self.base(view.quiz.id))
    let links = ActivityParts(say: say)
    switch quiz.phase(at: now) {
    case .draft:
      let stale: HTML =
        view.outdated.isEmpty
        ? .empty : PageParts.notice(say(Problem.quizQuestionsChanged.title), .notice)
      return """
        \(stale)<p class="actions">\(links.link("\(base)/terms", say("修改", "Change")))</p>\
        \(PageParts.loneButton(say("开放，公布种子的指纹", "Open it and publish the digest of its seed"), to: "\(base)/open", token: token, key: key, [("seen", String(quiz.version))]))\
        <p class="hint">\(say("开放以后，题目、奖品和时间都不能再改；到了截止时间，程序自己开奖。", "Once it is open, questions, prizes and times stay as they are; at its closing time the program draws by itself."))</p>
        """
    case .coming, .open:
      return """
        <p class="actions"><a class="button" href="\(base)/entry">\(say("录一份答案", "Enter answers"))</a> \
        \(links.link("\(base)/sheet", say("印大字题目", "Print it in large type"))) \
        \(links.link(Quiz.path(quiz.id), say("居民看到的页面", "As residents see it")))</p>
        """
    case .closed, .drawn:
      return """
        <p class="actions">\(links.link(Quiz.path(quiz.id), say("居民看到的页面", "As residents see it"))) \
        \(links.link("\(Quiz.path(quiz.id))/draw", say("抽奖怎么来的", "The draw")))</p>
        """
    }
  }

  private func winners(_ view: View) -> HTML {
    guard view.quiz.state == .drawn else { return .empty }
    if view.awards.isEmpty {
      return "<p>\(say("没有人进抽奖。", "Nobody was in the draw."))</p>"
    }
    let rows = view.awards.map { award -> [HTML] in
      [
        HTML(text: view.quiz.terms.prize(ofSlot: award.slot)?.name ?? "—"),
        "<a href=\"\(Self.base(view.quiz.id))/awards/\(award.id)\">\(award.number)</a>",
        HTML(text: view.names[award.number] ?? say("（已注销）", "(deleted)")), state(award),
      ]
    }
    return "<h2>\(say("发奖", "Prizes"))</h2>"
      + PageParts.table(
        caption: say("发奖", "Prizes"), isCaptionShown: false,
        columns: [
          TableColumn(say("奖品", "Prize")), TableColumn(say("抽奖号", "Number"), isNumeric: true),
          TableColumn(say("谁", "Who")), TableColumn(say("领了没有", "Fetched")),
        ], rows: rows)
  }

  private func state(_ award: QuizAward) -> HTML {
    if let end = award.end {
      return PageParts.tag(say(end.kind.name), end.kind == .handed ? .good : .neutral)
    }
    return now < award.collectUntil
      ? HTML(text: say("\(say.day(award.collectUntil)) 以前领", "Before \(say.day(award.collectUntil))"))
      : PageParts.tag(say("到期了", "Time is over"), .bad)
  }

  private func figures(_ view: View) -> HTML {
    guard view.quiz.state != .draft else { return .empty }
    let rows = view.counts.map { count -> [HTML] in
      [
        HTML(text: say(count.way.name)),
        HTML(text: count.bar.map { say($0.name) } ?? say("进抽奖", "In the draw")),
        HTML(text: String(count.count)),
      ]
    }
    let table: HTML =
      rows.isEmpty
      ? .empty
      : PageParts.table(
        caption: say("答题的人", "Entries"), isCaptionShown: false,
        columns: [
          TableColumn(say("怎么来的", "How")), TableColumn(say("抽奖", "Draw")),
          TableColumn(say("份数", "Entries"), isNumeric: true),
        ], rows: rows)
    return """
      <h2>\(say("答题的人", "Entries"))</h2>\
      <p>\(say("一共 \(view.quiz.entries) 份，\(view.quiz.numbers) 份进抽奖。", "\(view.quiz.entries) in all, \(view.quiz.numbers) in the draw."))</p>\(table)
      """
  }

  /// The questions with how many answered each right: what people do not know is what to talk about next.
  private func questions(_ view: View) -> HTML {
    let items = view.questions.enumerated().map { index, question -> HTML in
      let changed: HTML =
        view.outdated.contains(question.id)
        ? " \(PageParts.tag(say("改过或收起了", "Changed or put away"), .bad))" : .empty
      let right: HTML =
        view.tally.answers == 0
        ? .empty
        : "<p>\(say("\(view.tally.answers) 份里答对 \(view.tally.right[index]) 份", "\(view.tally.right[index]) right of \(view.tally.answers)"))</p>"
      return "<div>\(changed)\(parts.answered(question, number: index + 1, chosen: nil))\(right)</div>"
    }
    return "<h2>\(say("题目", "Questions"))</h2>\(items)"
  }
}
