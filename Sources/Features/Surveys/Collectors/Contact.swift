import Kernel
import People

/// A door or a call that came to nothing. Whose it was is not kept: it counts for the note on who was not reached.
struct Contact: Sendable, Equatable {
  let outcome: Outcome
  let at: Timestamp
  let by: Actor

  enum Outcome: String, Sendable, CaseIterable {
    case absent
    case refused
    /// Nobody there whom the questionnaire is for.
    case notMeant = "not_meant"

    var name: Phrase {
      switch self {
      case .absent: Phrase("没人", "Nobody there")
      case .refused: Phrase("不愿意答", "Would rather not answer")
      case .notMeant: Phrase("不是要问的人", "Not whom it is for")
      }
    }
  }
}
