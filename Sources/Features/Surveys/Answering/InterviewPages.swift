import Kernel
import Web

/// What stands above the questions when a social worker asks them: who is answering, and what if nobody does.
struct InterviewParts {
  let say: Wording
  let token: String

  func respondent(_ terms: QuestionnaireTerms, _ fields: FormParts) -> HTML {
    if terms.privacy == .anonymous { return .empty }
    let door: HTML =
      terms.unit == .household
      ? """
      \(fields.text("building", Phrase("楼", "Building"), isAlternative: true, maximumLength: 20))\
      \(fields.text("unit", Phrase("单元", "Unit"), isAlternative: true, maximumLength: 10))\
      \(fields.text("room", Phrase("室", "Room"), isAlternative: true, maximumLength: 20))
      """ : .empty
    return """
      <fieldset class="field"><legend>\(say("谁在回答", "Who is answering"))</legend>\
      <p class="hint">\(terms.privacy == .separated ? say("只记下“填过了”，答案不和这个人放在一起。", "Only that they answered is noted; the answers are kept apart.") : say("这份问卷记名。", "This questionnaire carries the name."))</p>\
      \(fields.text("phone", Phrase("手机号", "Telephone number"), isAlternative: true, maximumLength: 20, inputMode: "tel"))\(door)</fieldset>
      """
  }

  /// What can be noted where nobody answered.
  func contacts(_ path: String, key: String) -> HTML {
    let buttons = Contact.Outcome.allCases.map { outcome -> HTML in
      "<button class=\"button quiet\" name=\"outcome\" value=\"\(outcome.rawValue)\">\(say(outcome.name))</button>"
    }
    return """
      <section class="card"><h2>\(say("没问成", "Nobody answered"))</h2>\
      <p>\(say("只数一数，不记是哪一家。", "It is only counted; whose door it was is not kept."))</p>\
      <form method="post" action="\(path)/contacts"><input type="hidden" name="form_token" value="\(token)">\
      <input type="hidden" name="idempotency_key" value="\(key)"><div class="actions">\(HTML.joined(buttons))</div></form></section>
      """
  }
}
