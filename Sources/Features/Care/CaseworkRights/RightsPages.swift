import Kernel
import Web

/// What a client asked about the record of their case, for whoever answers.
struct RightsPages {
  let say: Wording
  let token: String
  let now: Timestamp
  let key: String

  /// - Parameters:
  ///   - again: the request whose form is shown again, and what was typed.
  func page(
    _ open: OpenCase, name: String, _ requests: [RightsRequest], words: [CareTextID: CareDocument],
    again: (request: RightsRequestID, state: FormState)?, alerts: [HTML]
  ) -> Page {
    let title = say("本人对记录的要求", "What the person asks about the record")
    let base = "/cases/\(open.id)"
    let parts = RightsParts(say: say, now: now, words: words)
    let items = requests.map { request -> HTML in
      let state = again?.request == request.id ? again?.state : nil
      let form =
        request.answer == nil && open.access.mayEnd
        ? answer(request, state ?? .empty, to: "\(base)/rights/\(request.id)") : .empty
      return "<section class=\"card\">\(parts.story(request))\(form)</section>"
    }
    let list = items.isEmpty ? PageParts.empty(say("还没有提过。", "Nothing was asked yet.")) : HTML.joined(items)
    let copy: HTML =
      CaseCopy.mayBeMade(open.access)
      ? "<p class=\"actions\"><a class=\"button quiet\" href=\"\(base)/copy\">\(say("给本人的一份记录", "The record for the person"))</a></p>"
      : .empty
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1><p>\(open.file.label) · \(name)</p>\
        <p class="lead">\(say("本人有权要一份自己的记录，也有权要求更正；不同意要说明原因。十五个工作日内答复。", "The person has a right to a copy of the record and to its correction; a no names its reason. It is answered within fifteen working days."))</p>\
        \(copy)\(list)<p><a href="\(base)">\(say("返回个案", "Back to the case"))</a></p>
        """, alerts: alerts)
  }

  private func answer(_ request: RightsRequest, _ state: FormState, to path: String) -> HTML {
    let fields = FormParts(state, say, place: request.id.description)
    let choices = fields.radios(
      "answer", Phrase("答复", "Answer"), options: request.kind.answers.map { ($0.rawValue, $0.name) })
    let done: HTML =
      switch request.kind {
      case .copy:
        """
        \(fields.date("handed_at", Phrase("哪天给的", "Handed over on"), isRequired: false))\
        \(fields.radios("handing", Phrase("怎么给的", "How"), options: RightsAnswer.Handing.allCases.map { ($0.rawValue, $0.name) }))
        """
      case .correction:
        fields.textArea(
          "reply", Phrase("更正了什么", "What was corrected"),
          hint: Phrase(
            "先照常写一条补充，再在这里告诉本人。", "Write an addendum as usual first, then tell the person here."), rows: 3,
          isRequired: false)
      }
    let reason = fields.textArea(
      "reason", Phrase("不同意的原因", "The reason for a no"),
      hint: Phrase("本人会看到。", "The person will read it."), rows: 2, isRequired: false)
    return fields.form(
      to: path, token: token, idempotencyKey: "\(key)-\(request.id)",
      "\(choices)\(done)\(reason)\(fields.submit(Phrase("答复", "Answer")))")
  }
}
