import Kernel
import Web

/// The station's pages of the question bank.
struct QuizQuestionPages {
  let say: Wording
  let token: String

  static let base = "/quiz-desk/questions"

  func bank(_ questions: [QuizQuestion], retired: [QuizQuestion], alerts: [HTML]) -> Page {
    let title = say("题库", "Question bank")
    let topics = Dictionary(grouping: questions) { $0.content.topic }.sorted { $0.key < $1.key }
    let lists = topics.map { topic, questions in
      "<h2>\(topic)</h2><ul class=\"plain\">\(questions.map(line))</ul>" as HTML
    }
    let none: HTML =
      questions.isEmpty ? PageParts.empty(say("题库还是空的。", "The bank is empty.")) : .empty
    let away: HTML =
      retired.isEmpty
      ? .empty
      : "<details><summary>\(say("收起的题", "Put away"))</summary><ul class=\"plain\">\(retired.map(line))</ul></details>"
    let main: HTML = """
      <h1>\(title)</h1>\
      <p class="actions"><a class="button" href="\(Self.base)/new">\(say("出一道题", "Write a question"))</a> \
      <a class="button quiet" href="\(Self.base)/import">\(say("从表格导入", "Import a table"))</a></p>\
      <p>\(say("\(questions.count) 道题可以用，最多 \(QuizQuestionRules.bankLimit) 道。", "\(questions.count) of \(QuizQuestionRules.bankLimit) questions."))</p>\
      \(none)\(lists)\(away)<p><a href="/quiz-desk">\(say("返回有奖问答", "Back to the quizzes"))</a></p>
      """
    return Page(title: title, kind: .staff, main: main, alerts: alerts)
  }

  private func line(_ question: QuizQuestion) -> HTML {
    """
    <li><a href="\(Self.base)/\(question.id)">\(question.content.wording)</a> \
    <span class="muted">\(QuizOption.letter(question.content.right))</span></li>
    """
  }

  /// - Parameter question: nil for a new one.
  func form(_ question: QuizQuestion?, key: String, _ state: FormState, alerts: [HTML]) -> Page {
    let title = question == nil ? say("出一道题", "Write a question") : say("改这道题", "Change the question")
    let fields = FormParts(state, say)
    let path = question.map { "\(Self.base)/\($0.id)" } ?? Self.base
    let seen: HTML = question.map { fields.hidden("seen", String($0.version)) } ?? .empty
    let options = QuizOption.letters.enumerated().map { index, letter in
      fields.text(
        "option-\(index + 1)", Phrase("选项 \(letter)", "Option \(letter)"), isRequired: index < 2,
        maximumLength: QuizQuestionRules.optionLength.upperBound)
    }
    let form = fields.form(
      to: path, token: token, idempotencyKey: key,
      """
      \(seen)\(fields.text("wording", Phrase("题目", "Question"), maximumLength: QuizQuestionRules.wordingLength.upperBound))\
      \(options)\
      \(fields.select("right", Phrase("哪个对", "The right one"), options: QuizOption.letters.map { ($0, Phrase(same: $0)) }))\
      \(fields.text("explanation", Phrase("为什么，一句话", "Why, in one sentence"), hint: Phrase("答完以后给大家看。", "Shown to people once they answered."), maximumLength: QuizQuestionRules.explanationLength.upperBound))\
      \(fields.text("source", Phrase("出处", "Source"), hint: Phrase("比如哪个文件、第几条。", "Such as the number and article of a policy."), isRequired: false, maximumLength: QuizQuestionRules.sourceLength.upperBound))\
      \(fields.text("topic", Phrase("主题", "Topic"), hint: Phrase("一两个词，比如 防骗、医保。", "A word or two, such as scams."), maximumLength: QuizQuestionRules.topicLength.upperBound))\
      \(fields.submit(Phrase("保存", "Save")))
      """)
    let back = question.map { "\(Self.base)/\($0.id)" } ?? Self.base
    let main: HTML = """
      <h1>\(title)</h1><section class="panel">\(form)</section><p><a href="\(back)">\(say("返回", "Back"))</a></p>
      """
    return Page(title: title, kind: .staff, main: main, alerts: alerts)
  }

  /// One question with its earlier versions.
  func question(_ versions: [QuizQuestion], key: String, alerts: [HTML]) -> Page {
    guard let newest = versions.first else { return bank([], retired: [], alerts: alerts) }
    let parts = QuizParts(say: say)
    let older = versions.dropFirst().map { version -> HTML in
      "<details><summary>\(heading(version))</summary>\(parts.answered(version, number: 1, chosen: nil))</details>"
    }
    let path = "\(Self.base)/\(newest.id)"
    let actions: HTML =
      newest.retiredAt == nil
      ? """
      <p class="actions"><a class="button" href="\(path)/edit">\(say("改这道题", "Change it"))</a></p>\
      \(PageParts.loneButton(say("收起，不再用", "Put it away"), to: "\(path)/retire", token: token, key: key, [("seen", String(newest.version))], isQuiet: true))\
      <p class="hint">\(say("已经开放的问答照旧问原来的题，不受影响。", "Quizzes that were opened go on asking what they ask."))</p>
      """
      : PageParts.notice(say("这道题收起了，新的问答不再用。", "This was put away; no new quiz asks it."))
    let main: HTML = """
      <h1>\(newest.content.topic)</h1><p class="hint">\(heading(newest))</p>\
      <h2>\(say("现在的题", "As it stands"))</h2>\(parts.answered(newest, number: 1, chosen: nil))\(actions)\(older)\
      <p><a href="\(Self.base)">\(say("返回题库", "Back to the bank"))</a></p>
      """
    return Page(title: newest.content.wording, kind: .staff, main: main, alerts: alerts)
  }

  private func heading(_ version: QuizQuestion) -> String {
    say("第 \(version.version) 版", "Version \(version.version)")
      + " · \(say.day(version.writtenAt, inYear: 0))"
  }
}
