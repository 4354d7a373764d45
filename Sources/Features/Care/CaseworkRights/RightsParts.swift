import Kernel
import Web

/// A client's requests about their record, as they and the station read of them.
struct RightsParts {
  let say: Wording
  let now: Timestamp
  let words: [CareTextID: CareDocument]

  private var parts: CaseParts { CaseParts(say: say) }

  /// What was asked when, by when it is answered, and the answer.
  func story(_ request: RightsRequest) -> HTML {
    let asked = request.text.map { parts.words(words[$0]) } ?? .empty
    return """
      <p><strong>\(say(request.kind.name))</strong> · \(say("\(say.day(request.askedAt)) 提出", "asked on \(say.day(request.askedAt))")) \
      \(standing(request))</p>\(asked)\(answer(request))
      """
  }

  private func standing(_ request: RightsRequest) -> HTML {
    if let answer = request.answer {
      return PageParts.tag(say(answer.kind.name), answer.kind == .refused ? .bad : .good)
    }
    let day = say.day(request.lastDay, inYear: 0)
    return request.isOverdue(at: now)
      ? PageParts.tag(say("应该在 \(day) 前答复，过期了", "Was due by \(day)"), .bad)
      : PageParts.tag(say("\(day) 前答复", "Answered by \(day)"), .notice)
  }

  private func answer(_ request: RightsRequest) -> HTML {
    guard let answer = request.answer else { return .empty }
    let text = answer.text.map { parts.words(words[$0]) } ?? .empty
    var told = say("\(say.day(answer.at)) 答复", "Answered on \(say.day(answer.at))")
    if let handing = answer.handing, let day = answer.handedAt {
      told += say(
        "；\(say.day(day)) \(handing.name.chinese)", "; \(say.day(day)), \(handing.name.english.lowercased())")
    }
    return "<p class=\"muted\">\(told)</p>\(text)"
  }

  // MARK: - The client's own page

  /// The requests of one case, and the form for another.
  ///
  /// - Parameter state: what was typed, where this very form is shown again.
  func own(_ file: CaseFile, _ requests: [RightsRequest], _ state: FormState, token: String, key: String)
    -> HTML
  {
    let isAgain = state.has("about", file.id.description)
    let fields = FormParts(isAgain ? state : .empty, say, place: "rights-\(file.id)")
    let form = fields.form(
      to: "/my-care/\(file.id)/rights", token: token, idempotencyKey: "\(key)-rights-\(file.id)",
      """
      \(fields.hidden("about", file.id.description))\
      \(fields.radios("right", Phrase("您想要什么", "What would you like"), options: RightsRequest.Kind.allCases.map { ($0.rawValue, $0.name) }))\
      \(fields.textArea("correction", CareDocument.Field.correction.label, hint: Phrase("要更正的话写这里。", "Only for a correction."), rows: 3, isRequired: false))\
      \(fields.submit(Phrase("提出来", "Ask for it")))
      """)
    let list = requests.map { "<li>\(story($0))</li>" as HTML }
    return """
      <details\(attribute: "open", if: isAgain)><summary>\(say("要一份记录，或者更正", "A copy of the record, or a correction"))</summary>\
      <p>\(say("社工写的关于您的记录，您可以要一份，也可以要求更正，十五个工作日内答复。别人私下说的话不在里面。", "You may have a copy of what is written about you, and have it corrected. You are answered within fifteen working days. What others told in confidence is not in it."))</p>\
      \(list.isEmpty ? .empty : "<ul class=\"plain\">\(list)</ul>")\(form)</details>
      """
  }
}
