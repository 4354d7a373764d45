import Kernel
import People
import Web

/// The list of workers, one question with what was passed on, and a person's own questions.
struct PolicyQuestionPages {
  let say: Wording
  let token: String
  let now: Timestamp
  let titles: [PolicyID: Phrase]
  let names: [PersonID: String]

  static let base = "/policy-questions"
  static let own = "/my-policy-questions"

  func list(open: [PolicyQuestion], ended: [PolicyQuestion]) -> Page {
    let heading = say("问政策的人", "Questions about policies")
    let waiting: HTML =
      open.isEmpty
      ? PageParts.empty(say("现在没有人等着。", "Nobody is waiting."))
      : table(open, say("等着联系的", "Waiting"), last: say("最晚什么时候", "By when")) { question in
        let day = say.day(question.dueAt)
        return question.isOverdue(at: now) ? PageParts.tag(day, .bad) : HTML(text: day)
      }
    let done: HTML =
      ended.isEmpty
      ? .empty
      : table(ended, say("办完的", "Done"), last: say("结果", "Outcome")) { question in
        HTML(text: question.end.map { say($0.outcome.name) } ?? "")
      }
    let main: HTML = """
      <h1>\(heading)</h1>\
      <p class="lead">\(say("他们想请人讲一讲，请打电话或上门联系。这里只有谁、哪项政策、什么时候。", "They want somebody to explain. Call or visit them. Only who, which policy and when stands here."))</p>\
      \(waiting)\(done)
      """
    return Page(title: heading, kind: .staff, main: main)
  }

  private func table(
    _ questions: [PolicyQuestion], _ caption: String, last: String, _ cell: (PolicyQuestion) -> HTML
  ) -> HTML {
    let rows = questions.map { question -> [HTML] in
      [
        "<a href=\"\(Self.base)/\(question.id)\">\(title(question))</a>",
        HTML(text: names[question.person] ?? "—"), HTML(text: say.dateTime(question.askedAt)), cell(question),
      ]
    }
    return PageParts.table(
      caption: caption,
      columns: [
        TableColumn(say("政策", "Policy")), TableColumn(say("谁", "Who")),
        TableColumn(say("什么时候问的", "Asked")), TableColumn(last),
      ], rows: rows)
  }

  func question(
    _ question: PolicyQuestion, _ facts: FactSheet?, key: String, _ state: FormState, alerts: [HTML]
  ) -> Page {
    let heading = title(question)
    let main: HTML = """
      <h1>\(heading)</h1>\
      \(PageParts.definitions([
        (say("谁问的", "Who asked"), "<a href=\"/desk/people/\(question.person)\">\(names[question.person] ?? "—")</a>"),
        (say("什么时候", "When"), HTML(text: say.dateTime(question.askedAt))),
        (say("最晚联系", "In touch by"), HTML(text: say.day(question.dueAt))),
      ]))\
      \(passedOn(question, facts))\(ending(question, key: key, state))\
      <p><a href="\(PolicyCard.path(of: question.policy))">\(say("看这项政策", "See the policy"))</a> · \
      <a href="\(Self.base)">\(say("返回", "Back"))</a></p>
      """
    return Page(title: heading, kind: .staff, main: main, alerts: alerts)
  }

  private func passedOn(_ question: PolicyQuestion, _ facts: FactSheet?) -> HTML {
    guard let facts, let until = question.factsUntil else { return .empty }
    return PageParts.card(
      say("他让带给您的情况", "What they passed on to you"),
      """
      <p class="hint">\(say("只为讲这项政策用；答完就删，最晚 \(say.day(until)) 删。看过要留痕。", "For explaining this policy alone. It goes with your answer, on \(say.day(until)) at the latest. Looks are recorded."))</p>\
      \(FactParts(say: say).list(facts))
      """)
  }

  private func ending(_ question: PolicyQuestion, key: String, _ state: FormState) -> HTML {
    if let end = question.end {
      return
        "<p>\(PageParts.tag(say(end.outcome.name), .good)) \(say.dateTime(end.at)) · \(names[end.by.person] ?? "—")</p>"
    }
    let parts = FormParts(state, say)
    let fields: HTML = """
      \(parts.radios("outcome", Phrase("结果怎么样", "What came of it"), options: PolicyQuestion.Outcome.ofWorkers.map { ($0.rawValue, $0.name) }))\
      \(parts.submit(Phrase("记下，办完了", "Keep it; done")))
      """
    return
      "<section class=\"panel\">\(parts.form(to: "\(Self.base)/\(question.id)", token: token, idempotencyKey: key, fields))</section>"
  }

  // MARK: - A person's own

  func own(_ questions: [PolicyQuestion], key: (PolicyQuestion) -> String, alerts: [HTML]) -> Page {
    let heading = say("我问过的政策", "Policies that I asked about")
    let cards = questions.map { card($0, key: key($0)) }
    let content: HTML =
      cards.isEmpty
      ? PageParts.empty(
        say(
          "您还没有问过。看政策的时候，点“请社工联系我”就行。",
          "You have not asked yet. On the page of a policy, tap “Have a worker call me”."))
      : HTML.joined(cards)
    return Page(title: heading, main: "<h1>\(heading)</h1>\(content)", alerts: alerts)
  }

  private func card(_ question: PolicyQuestion, key: String) -> HTML {
    let standing: HTML =
      if let end = question.end {
        PageParts.tag(say(end.outcome.name), end.outcome == .takenBack ? .neutral : .good)
      } else {
        PageParts.tag(
          say("\(say.day(question.dueAt))前联系您", "In touch by \(say.day(question.dueAt))"), .notice)
      }
    let kept: HTML =
      question.factsUntil.map { until -> HTML in
        "<p class=\"hint\">\(say("您带去的情况只有社工能看，最晚 \(say.day(until)) 删掉。", "Only workers can read what you passed on; it is deleted on \(say.day(until)) at the latest."))</p>"
      } ?? .empty
    let forget: HTML =
      question.hasFacts
      ? button(question, .forget, key, say("现在就删掉我带去的情况", "Delete what I passed on now")) : .empty
    let back: HTML =
      question.isOpen ? button(question, .takeBack, key, say("不用了", "I do not need it any more")) : .empty
    return PageParts.card(
      title(question), href: PolicyCard.path(of: question.policy),
      "<p>\(standing) \(say.dateTime(question.askedAt))</p>\(kept)\(forget)\(back)")
  }

  private func button(
    _ question: PolicyQuestion, _ wish: PolicyQuestionWish, _ key: String, _ label: String
  ) -> HTML {
    PageParts.loneButton(
      label, to: "\(Self.own)/\(question.id)", token: token, key: key, [("wish", wish.rawValue)],
      isQuiet: true)
  }

  private func title(_ question: PolicyQuestion) -> String {
    titles[question.policy].map { say($0) } ?? say("一项政策", "A policy")
  }
}

/// What a person may want of their own question.
enum PolicyQuestionWish: String, Sendable, CaseIterable {
  case forget
  case takeBack = "take_back"
}
