import Kernel
import Web

/// Parts that several pages of cases share.
struct CaseParts {
  let say: Wording

  func status(_ status: CaseStatus) -> HTML {
    let tone: Tone =
      switch status {
      case .waitingForWorker, .withSupervisor, .beingReferred: .notice
      case .inService, .followUp: .good
      case .underReview, .closed, .notOpened: .neutral
      }
    return PageParts.tag(say(status.name), tone)
  }

  func risk(_ risk: CaseRisk) -> HTML {
    let tone: Tone =
      switch risk {
      case .low: .neutral
      case .middle: .notice
      case .high: .bad
      }
    return PageParts.tag(say(risk.name), tone)
  }

  /// The words of a text, each under its name; says so where they are gone or not for the reader.
  func words(_ document: CareDocument?) -> HTML {
    guard let document else {
      return
        "<p class=\"muted\">\(say("这一段已经按规定销毁，或者不对您开放。", "These words were destroyed as the rules ask, or are not open to you."))</p>"
    }
    return PageParts.definitions(document.written.map { (say($0.field.label), paragraphs($0.text)) })
  }

  /// Lines as they were typed.
  func paragraphs(_ text: String) -> HTML {
    HTML.joined(
      text.split(whereSeparator: \.isNewline).enumerated().map { index, line in
        index == 0 ? HTML(text: String(line)) : "<br>\(String(line))"
      })
  }

  /// A button that posts to a path of ours.
  func button(
    _ label: Phrase, to path: String, token: String, key: String, _ fields: [(String, String)] = [],
    isQuiet: Bool = false
  ) -> HTML {
    let hidden = fields.map { "<input type=\"hidden\" name=\"\($0.0)\" value=\"\($0.1)\">" as HTML }
    return """
      <form method="post" action="\(path)"><input type="hidden" name="form_token" value="\(token)">\
      <input type="hidden" name="idempotency_key" value="\(key)">\(hidden)\
      <button class="\(isQuiet ? "button quiet" : "button")" type="submit">\(say(label))</button></form>
      """
  }
}
