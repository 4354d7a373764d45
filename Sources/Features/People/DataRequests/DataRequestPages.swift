import Kernel
import Web

/// A request at the desk with what is needed to answer it.
struct DataRequestView: Sendable {
  let request: DataRequest
  let texts: DataRequestTexts?
  let name: String
  /// What those who took and answered it are called.
  let names: [PersonID: String]
  /// What has to be settled before the person can be deleted.
  let obstacles: [Phrase]
  /// Why the one who looks at it cannot carry out the deletion, or nil.
  let refusal: Problem?
}

/// The desk of those who answer what people want done with the data about them.
struct DataRequestPages {
  let say: Wording
  let token: String
  let now: Timestamp

  /// - Parameter isAssessor: whether the record of impact assessments is theirs too.
  func list(
    open: [DataRequest], answered: [DataRequest], names: [PersonID: String], isAssessor: Bool
  ) -> Page {
    let assessments: HTML =
      isAssessor
      ? """
      <p class="actions"><a class="button quiet" href="/impact-assessments">\(say("影响评估", "Impact assessments"))</a></p>
      """ : .empty
    let title = say("信息请求", "Data requests")
    let main: HTML = """
      <h1>\(title)</h1>\
      <p class="lead">\(say("居民要看、要改、要注销自己的信息，十五个工作日内答复；不办要说为什么。", "Neighbours ask to see, correct or delete what is kept about them: answered within fifteen working days, and a refusal says why."))</p>\
      \(table(say("等着答复", "To answer"), open, names))\(table(say("最近答复的", "Answered lately"), answered, names))\
      <p class="hint">\(say("居民当面、打电话来提，请从“邻居”里找到本人，再替 TA 登记。", "For who asks at the counter or by telephone: find them among the people and take it down there."))</p>\(assessments)
      """
    return Page(title: title, kind: .staff, main: main)
  }

  private func table(_ title: String, _ requests: [DataRequest], _ names: [PersonID: String]) -> HTML {
    let rows = requests.map { request -> [HTML] in
      [
        "<a href=\"/data-requests/\(request.id)\">\(say(request.kind.name))</a>",
        HTML(text: names[request.person] ?? "—"), HTML(text: say.day(request.askedAt)),
        DataRequestParts.state(request, at: now, say),
      ]
    }
    let content: HTML =
      rows.isEmpty
      ? "<p>\(say("没有。", "None."))</p>"
      : PageParts.table(
        caption: title, isCaptionShown: false,
        columns: [
          TableColumn(say("要什么", "What")), TableColumn(say("谁", "Who")), TableColumn(say("提出", "Asked")),
          TableColumn(say("进展", "State")),
        ], rows: rows)
    return PageParts.card(title, content)
  }

  func request(_ view: DataRequestView, _ state: FormState, alerts: [HTML]) -> Page {
    let request = view.request
    let title = "\(say(request.kind.name)) · \(view.name)"
    let facts = PageParts.definitions([
      (say("谁", "Who"), "<a href=\"/desk/people/\(request.person)\">\(view.name)</a>"),
      (say("提出", "Asked"), HTML(text: say.dateTime(request.askedAt))),
      (say("怎么核实的", "Known by"), HTML(text: say(request.identifiedBy.name))),
      (say("谁登记的", "Taken down by"), HTML(text: view.names[request.takenBy.person] ?? "—")),
      (say("进展", "State"), DataRequestParts.state(request, at: now, say)),
    ])
    let main: HTML = """
      <h1>\(title)</h1><section class="card">\(facts)\(DataRequestParts.texts(view.texts, say))</section>\
      \(request.isOpen ? answering(view, state) : .empty)\
      <p><a href="/data-requests">\(say("返回", "Back"))</a></p>
      """
    return Page(title: title, kind: .staff, main: main, alerts: alerts)
  }

  private func answering(_ view: DataRequestView, _ state: FormState) -> HTML {
    let request = view.request
    let parts = FormParts(state, say)
    let options = [DataRequest.Outcome.done, .refused].map { ($0.rawValue, $0.name) }
    let certain: HTML =
      request.kind == .deletion
      ? parts.checkbox(
        "certain",
        Phrase("我核对过是本人的意思；注销以后找不回来", "I checked that it is the person’s wish; it cannot be undone"))
      : .empty
    let fields: HTML = """
      \(parts.radios("outcome", Phrase("结果", "Outcome"), options: options))\
      \(parts.textArea("answer", Phrase("给本人的答复", "Answer to the person"), hint: Phrase("不办要写为什么，还可以向谁申诉。", "A refusal says why, and where to complain."), isRequired: false))\
      \(certain)\(parts.submit(Phrase("答复", "Answer")))
      """
    return PageParts.card(
      say("答复", "Answer"),
      "\(help(view))\(parts.form(to: "/data-requests/\(request.id)/answer", token: token, fields))")
  }

  /// What to do before answering.
  private func help(_ view: DataRequestView) -> HTML {
    switch view.request.kind {
    case .copy:
      """
      <form method="post" action="/data-requests/\(view.request.id)/copy"><input type="hidden" name="form_token" value="\(token)">\
      <p class="actions"><button class="button quiet" type="submit">\(say("打开、打印这一份", "Open and print the copy"))</button></p></form>\
      <p class="hint">\(say("只交给本人。每次打开都会留痕。个案的内容不在里面，由本人的社工给。", "For the person alone; each opening is recorded. Casework is not in it: the person’s own worker hands that over."))</p>
      """
    case .correction:
      """
      <p class="actions"><a class="button quiet" href="/desk/people/\(view.request.person)/correct">\(say("改称呼、电话、住处", "Correct name, number or home"))</a></p>
      """
    case .explanation:
      "<p><a href=\"/data-rules\">\(say("什么留多久、为什么", "What is kept how long, and why"))</a></p>"
    case .deletion: deletion(view)
    }
  }

  private func deletion(_ view: DataRequestView) -> HTML {
    let from = say.dateTime(view.request.deletableFrom)
    let first: HTML =
      view.obstacles.isEmpty
      ? .empty
      : """
      <p>\(say("要先办好：", "To settle first:"))</p><ul>\(view.obstacles.map { "<li>\(say($0))</li>" as HTML })</ul>
      """
    let refusal: HTML = view.refusal.map { PageParts.notice(say($0.title)) } ?? .empty
    return """
      <p>\(say("名字、电话、住处、愿望、消息和写过的话都删掉；账目、库存只剩编号，合计不变。", "Name, number, home, wishes, messages and words go; accounts and stock keep bare numbers, and totals stay."))</p>\
      <p class="hint">\(say("\(from) 以后才能办。", "Not before \(from)."))</p>\(first)\(refusal)
      """
  }

  func taking(_ person: Person, key: String, _ state: FormState, alerts: [HTML]) -> Page {
    let parts = FormParts(state, say)
    let title = say("替 \(person.displayName) 登记信息请求", "A data request of \(person.displayName)")
    let fields: HTML = """
      \(parts.hidden("idempotency_key", key))\
      \(parts.radios("kind", Phrase("本人想", "The person would like to"), options: DataRequest.Kind.allCases.map { ($0.rawValue, $0.name) }))\
      \(parts.textArea("words", Phrase("本人怎么说的", "In their words"), isRequired: false))\
      \(parts.radios("identified_by", Phrase("怎么知道是本人", "How you know that it is them"), options: DataRequest.Identification.atDesk.map { ($0.rawValue, $0.name) }))\
      \(parts.submit(Phrase("登记", "Take it down")))
      """
    let main: HTML = """
      <h1>\(title)</h1>\
      <p>\(say("注销由另一位同事核对后办理，三天以后。", "A deletion is checked and carried out by a colleague, three days later."))</p>\
      <section class="panel">\(parts.form(to: "/desk/people/\(person.id)/data-requests", token: token, fields))</section>\
      <p><a href="/desk/people/\(person.id)">\(say("返回", "Back"))</a></p>
      """
    return Page(title: title, kind: .staff, main: main, alerts: alerts)
  }
}
