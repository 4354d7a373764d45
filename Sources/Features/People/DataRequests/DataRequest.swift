import Kernel
import Security

enum DataRequestKind {}
typealias DataRequestID = Identifier<DataRequestKind>

/// What somebody wants done with the data about them, with the day by which they get an answer.
///
/// A request is answered within fifteen working days, and a refusal says why. Source: PIPL art. 44 to 50; the fifteen
/// working days are those of the rules on apps (App 违法违规收集使用个人信息行为认定方法, art. 6).
struct DataRequest: Sendable, Equatable {
  let id: DataRequestID
  let person: PersonID
  let kind: Kind
  /// Whether there are words with it, which are sealed.
  let hasWords: Bool
  let askedAt: Timestamp
  let dueAt: Timestamp
  /// The person in their own session, or who took it down for them.
  let takenBy: Actor
  let identifiedBy: Identification
  let end: End?

  enum Kind: String, Sendable, CaseIterable {
    case copy
    case correction
    case deletion
    case explanation

    var name: Phrase {
      switch self {
      case .copy: Phrase("要一份纸质的", "A copy on paper")
      case .correction: Phrase("改正写错的", "Correct something")
      case .deletion: Phrase("注销，把我删掉", "Delete me")
      case .explanation: Phrase("问清楚怎么用的", "Explain what it is used for")
      }
    }

    static let names = Dictionary(allCases.map { ($0.rawValue, $0.name) }) { first, _ in first }
    /// Whether it says nothing without words.
    var needsWords: Bool { self == .correction || self == .explanation }
  }

  /// How it is known that the person themselves asks.
  enum Identification: String, Sendable, CaseIterable {
    /// Their own session.
    case session
    case known
    case document
    /// Next of kin of somebody who died. Source: PIPL art. 49.
    case kin

    /// What staff may choose.
    static let atDesk: [Identification] = [.known, .document, .kin]

    var name: Phrase {
      switch self {
      case .session: Phrase("本人登录", "Signed in themselves")
      case .known: Phrase("本人来的，我认识", "Came themselves; I know them")
      case .document: Phrase("本人来的，看过证件（不留复印件）", "Came themselves and showed a document (no copy kept)")
      case .kin: Phrase("本人已去世，近亲属来办", "The person has died; next of kin came")
      }
    }
  }

  enum Outcome: String, Sendable, CaseIterable {
    case done
    case refused
    case withdrawn

    var name: Phrase {
      switch self {
      case .done: Phrase("办好了", "Done")
      case .refused: Phrase("没办", "Refused")
      case .withdrawn: Phrase("本人收回了", "Taken back")
      }
    }

    static let names = Dictionary(allCases.map { ($0.rawValue, $0.name) }) { first, _ in first }
  }

  struct End: Sendable, Equatable {
    let outcome: Outcome
    let at: Timestamp
    let by: Actor
    let hasAnswer: Bool
  }

  static let answerDays = 15
  /// How long somebody can take the wish to be deleted back before it is carried out.
  static let reflection = Duration.days(3)

  static func due(after moment: Timestamp, offsetSeconds: Int) -> Timestamp {
    WorkingDays.end(of: answerDays, after: moment, offsetSeconds: offsetSeconds)
  }

  var isOpen: Bool { end == nil }

  func isOverdue(at moment: Timestamp) -> Bool { isOpen && moment > dueAt }

  /// From when the person may be deleted.
  var deletableFrom: Timestamp { askedAt + Self.reflection }

  /// Why nobody may answer it in this way, or nil.
  ///
  /// Whoever took the wish to be deleted down for somebody does not carry it out as well, so that no single hand deletes a
  /// neighbour.
  func refusal(of outcome: Outcome, by actor: Actor, at moment: Timestamp) -> Problem? {
    if !isOpen { return .dataRequestEnded }
    if outcome == .withdrawn { return actor.person == person ? nil : .actionForbidden }
    if actor.person == person { return .ownDataRequest }
    guard kind == .deletion, outcome == .done else { return nil }
    if moment < deletableFrom { return .erasureTooEarly }
    if identifiedBy != .session, actor.person == takenBy.person { return .erasureNeedsAnother }
    return nil
  }
}

extension Problem {
  static let dataRequestEnded = Problem(
    "data_request.ended", status: 409,
    Phrase("这个请求已经有结果了。", "This request has been answered."),
    advice: Phrase("请看看请求下面写的结果。", "Please look at the answer below it."))

  static let dataRequestOpen = Problem(
    "data_request.open_already", status: 409,
    Phrase("同样的请求已经提过，正在办。", "The same was asked before and is being dealt with."),
    advice: Phrase("最晚哪天答复，写在请求旁边。", "The day of the answer stands beside it."))

  static let ownDataRequest = Problem(
    "data_request.own", status: 403,
    Phrase("自己的请求要请同事来办。", "Your own request is for a colleague to answer."),
    advice: Phrase("请找另一位同事。", "Please ask somebody else."))

  static let erasureTooEarly = Problem(
    "erasure.too_early", status: 409,
    Phrase(
      "本人提出三天以后才能注销，留点时间反悔。", "A person is deleted three days after asking, so that they can think again."),
    advice: Phrase("到了日子再来办。", "Please come back on that day."))

  static let erasureNeedsAnother = Problem(
    "erasure.needs_another", status: 403,
    Phrase("谁代为登记的注销，就不能由谁来办。", "Who took the wish down does not carry it out."),
    advice: Phrase("请另一位同事核对后办理。", "Please have a colleague check it and do it."))
}
