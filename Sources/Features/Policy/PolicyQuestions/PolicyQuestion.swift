import Kernel
import People
import Security

enum PolicyQuestionKind {}
typealias PolicyQuestionID = Identifier<PolicyQuestionKind>

/// Somebody wants to talk to a worker about a policy. It says who and which policy, and nothing else, unless the person
/// passes on what they told the check: that is sealed, and gone after 30 days at the latest.
struct PolicyQuestion: Sendable, Equatable {
  let id: PolicyQuestionID
  let policy: PolicyID
  let person: PersonID
  let askedAt: Timestamp
  /// Until when a worker gets in touch.
  let dueAt: Timestamp
  /// Until when the facts that were passed on are kept; nil where there are none, or none any more.
  let factsUntil: Timestamp?
  /// Nil while it waits.
  let end: End?

  struct End: Sendable, Equatable {
    let outcome: Outcome
    let at: Timestamp
    let by: Actor
  }

  /// What came of it. There is no place for more words: what was talked about is the person's own.
  enum Outcome: String, Sendable, CaseIterable {
    case explained
    case helped
    case pointed
    case unreached
    /// By the person themselves.
    case takenBack = "taken_back"

    var name: Phrase {
      switch self {
      case .explained: Phrase("讲清楚了", "It was explained")
      case .helped: Phrase("帮着去办了", "Helped with applying")
      case .pointed: Phrase("告诉了去哪个窗口问", "Told which window to ask at")
      case .unreached: Phrase("几次都没联系上", "Could not be reached")
      case .takenBack: Phrase("本人说不用了", "Taken back by the person")
      }
    }

    /// What a worker can say; taking back is the person's.
    static let ofWorkers: [Outcome] = [.explained, .helped, .pointed, .unreached]
  }

  var isOpen: Bool { end == nil }
  var hasFacts: Bool { factsUntil != nil }

  func isOverdue(at moment: Timestamp) -> Bool { isOpen && moment > dueAt }

  /// Working days in which a worker gets in touch.
  static let answerDays = 3
  /// How long passed-on facts are kept at most. They go at once with the answer.
  static let factsTerm = Duration.days(30)
}

/// What a person passes on to the worker, and what seals it.
struct PassedOnFacts: Sendable {
  let facts: FactSheet
  let cipher: FieldCipher
}

extension KeyScope {
  /// Facts tell of hardship and disability.
  static func policyFacts(in community: CommunityID) -> KeyScope {
    KeyScope(community: community, dataClass: .health)
  }
}

extension Problem {
  static let policyQuestionOver = Problem(
    "policy_question.over", status: 409,
    Phrase("这个问题已经办完了。", "This question has been dealt with already."),
    advice: Phrase("还想问，可以再问一次。", "To ask more, ask anew."))

  static let policyQuestionOwn = Problem(
    "policy_question.own", status: 403,
    Phrase("这是您自己问的，请同事来答。", "You asked this yourself; a colleague answers it."))
}
