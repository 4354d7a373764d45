import Kernel
import Web

/// Parts that several pages of questionnaires share.
struct SurveyParts {
  let say: Wording

  func state(_ state: Questionnaire.State) -> HTML {
    let tone: Tone =
      switch state {
      case .draft: .notice
      case .open: .good
      case .closed, .locked: .neutral
      }
    return PageParts.tag(say(state.name), tone)
  }
}
