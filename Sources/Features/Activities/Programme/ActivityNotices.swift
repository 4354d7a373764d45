import Database
import Kernel
import Messages
import People
import Web

/// What people are told of the activities that they signed up for.
struct ActivityNotices: Sendable {
  let directory: Directory
  let messenger: Messenger

  static let changed = MessageKind(
    "activities.changed", name: ("活动有变动", "An activity was changed"),
    headline: ("您报名的活动有变动", "plans have changed"), isWorthACall: true)
  static let cancelled = MessageKind(
    "activities.cancelled", name: ("活动取消了", "An activity was cancelled"),
    headline: ("您报名的活动取消了", "activity cancelled"), isWorthACall: true)
  static let movedUp = MessageKind(
    "activities.moved_up", name: ("排队排到了", "A place became free"),
    headline: ("您报上活动了", "you have a place now"), isWorthACall: true)
  static let signedUp = MessageKind(
    "activities.signed_up", name: ("帮您报了名", "You were signed up"),
    headline: ("帮您报了一个活动", "you are signed up"))

  static let kinds = [changed, cancelled, movedUp, signedUp]

  /// Time or place are others than they were.
  func changed(_ activity: Activity, in transaction: Transaction) throws {
    let when = try times(activity, in: transaction)
    try tellExpected(
      Self.changed, occasion: "changed-\(activity.revision)", activity,
      Phrase(
        "“\(activity.terms.title)”改了：\(when.chinese)，在\(activity.terms.place)。",
        "“\(activity.terms.title)” has changed: \(when.english), at \(activity.terms.place)."),
      in: transaction)
  }

  /// It does not take place.
  func cancelled(_ activity: Activity, because reason: String, in transaction: Transaction) throws {
    let when = try times(activity, in: transaction)
    try tellExpected(
      Self.cancelled, occasion: "cancelled", activity,
      Phrase(
        "“\(activity.terms.title)”（\(when.chinese)）取消了：\(reason)",
        "“\(activity.terms.title)” (\(when.english)) was cancelled: \(reason)"), in: transaction)
  }

  /// Those who waited have a place now.
  func movedUp(_ signUps: [SignUp], in activity: Activity, in transaction: Transaction) throws {
    let when = try times(activity, in: transaction)
    let text = Phrase(
      "“\(activity.terms.title)”排到您了：\(when.chinese)，在\(activity.terms.place)。不来的话，请取消一下，好让给别人。",
      "You have a place at “\(activity.terms.title)”: \(when.english), at \(activity.terms.place). If you cannot come, please cancel, so that somebody else can."
    )
    try messenger.send(
      signUps.compactMap { signUp in
        signUp.person.map {
          Message(
            to: $0, Self.movedUp, about: signUp.id.rawValue, occasion: "turn-\(signUp.turn)", text,
            path: Activity.path(activity.id))
        }
      }, in: transaction)
  }

  /// The station signed somebody up.
  func signedUp(
    _ person: PersonID, _ state: SignUp.State, for activity: Activity, about id: SignUpID,
    in transaction: Transaction
  ) throws {
    let when = try times(activity, in: transaction)
    let title = activity.terms.title
    let text =
      state == .waiting
      ? Phrase(
        "帮您报了“\(title)”，名额满了，先排着队，排到会告诉您。",
        "You were signed up for “\(title)”. All places are taken; you are told when one becomes free.")
      : Phrase(
        "帮您报上了“\(title)”：\(when.chinese)，在\(activity.terms.place)。",
        "You were signed up for “\(title)”: \(when.english), at \(activity.terms.place).")
    try messenger.send(
      [
        Message(
          to: person, Self.signedUp, about: id.rawValue,
          occasion: "at-\(transaction.now.microseconds)", text, path: Activity.path(activity.id))
      ], in: transaction)
  }

  private func tellExpected(
    _ kind: MessageKind, occasion: String, _ activity: Activity, _ text: Phrase, in transaction: Transaction
  ) throws {
    let persons = try SignUpStore.persons(
      expectedAt: activity.id, in: transaction.community, transaction)
    try messenger.send(
      persons.map {
        Message(
          to: $0, kind, about: activity.id.rawValue, occasion: occasion, text,
          path: Activity.path(activity.id))
      }, in: transaction)
  }

  /// When it is, on the community's clocks.
  private func times(_ activity: Activity, in transaction: Transaction) throws -> Phrase {
    guard let card = try directory.community(transaction.community, transaction) else {
      throw Problem.internalFault
    }
    func span(_ language: Language) -> String {
      Wording(language, offsetSeconds: card.offsetSeconds).span(
        from: activity.terms.startsAt, to: activity.terms.endsAt)
    }
    return Phrase(span(.chinese), span(.english))
  }
}
