import Kernel
import Web

/// Parts that several pages of questionnaires share.
struct SurveyParts {
  let say: Wording
  let token: String

  func state(_ state: Questionnaire.State) -> HTML {
    let tone: Tone =
      switch state {
      case .draft: .notice
      case .open: .good
      case .closed, .locked: .neutral
      }
    return PageParts.tag(say(state.name), tone)
  }

  /// A button that posts to a path of ours.
  func button(
    _ label: Phrase, to path: String, key: String, _ fields: [(String, String)] = [], isQuiet: Bool = false
  ) -> HTML {
    let hidden = fields.map { "<input type=\"hidden\" name=\"\($0.0)\" value=\"\($0.1)\">" as HTML }
    return """
      <form method="post" action="\(path)"><input type="hidden" name="form_token" value="\(token)">\
      <input type="hidden" name="idempotency_key" value="\(key)">\(hidden)\
      <button class="\(isQuiet ? "button quiet" : "button")" type="submit">\(say(label))</button></form>
      """
  }
}
