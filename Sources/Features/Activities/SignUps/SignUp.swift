import Kernel
import People

/// One place in an activity, or in the line for it, or somebody who came without either.
package struct SignUp: Sendable, Equatable {
  let id: SignUpID
  let activity: ActivityID
  /// 1, 2, 3 … within the activity, in the order in which places were asked for; whoever signs up again gets a new one. It is
  /// the number by which people are found on a printed list.
  let turn: Int64
  let channel: Channel
  let state: State
  /// Nil for those without an account, and for those who had theirs deleted.
  let person: PersonID?
  let signedUpAt: Timestamp
  /// Nil where they did it themselves.
  let signedUpBy: Actor?
  let checkIn: CheckIn?

  /// How it came about.
  package enum Channel: String, Sendable, CaseIterable {
    case selfService = "self"
    case phone
    case staff
    /// Somebody without an account, or who came without having signed up.
    case walkIn = "walk_in"

    var name: Phrase {
      switch self {
      case .selfService: Phrase("自己报名", "By themselves")
      case .phone: Phrase("打电话报名", "By telephone")
      case .staff: Phrase("工作人员帮报", "By the station")
      case .walkIn: Phrase("当面来的", "In person")
      }
    }
  }

  package enum State: String, Sendable, CaseIterable {
    /// Holds a place.
    case confirmed
    /// In the line for one.
    case waiting
    case cancelled
    /// Came without a place.
    case door

    var name: Phrase {
      switch self {
      case .confirmed: Phrase("报上了", "Has a place")
      case .waiting: Phrase("排队", "Waiting")
      case .cancelled: Phrase("不来了", "Cancelled")
      case .door: Phrase("直接来的", "Came without one")
      }
    }

    /// Whether somebody is still expected, or was there.
    var isOpen: Bool { self != .cancelled }
  }
}

/// That somebody came.
struct CheckIn: Sendable, Equatable {
  let way: Way
  let at: Timestamp

  enum Way: String, Sendable, CaseIterable {
    /// By the code on the screen at the entrance.
    case code
    /// Ticked by the station.
    case desk
  }
}

/// The places of an activity as numbers.
struct Seats: Sendable, Equatable {
  /// Nil where there are as many as people.
  let capacity: Int64?
  let confirmed: Int64

  init(capacity: Int64?, confirmed: Int64) {
    self.capacity = capacity
    self.confirmed = confirmed
  }

  init(_ activity: Activity) {
    self.init(capacity: activity.terms.capacity, confirmed: activity.confirmed)
  }

  /// Places that nobody holds. Nobody waits while there is one: whoever asks gets it, and one that becomes free goes to the
  /// first who waits.
  var free: Int64 { max(0, (capacity ?? ActivityRules.places.upperBound) - confirmed) }

  /// What somebody gets who asks now.
  var next: SignUp.State { free > 0 ? .confirmed : .waiting }
}

/// Who may sign up and cancel, and when.
enum SignUpRules {
  /// Rows of one activity: beyond it something is wrong.
  static let limit: Int64 = 4 * ActivityRules.places.upperBound
  static let nameLength = 1...20

  /// - Parameter byStation: the station takes names until the activity begins.
  static func refusal(
    toSignUpFor activity: Activity, byStation: Bool, turns: Int64, at now: Timestamp
  ) -> Problem? {
    guard activity.state == .published else { return .signUpClosed }
    let end = byStation ? activity.terms.startsAt : activity.terms.signUpClosesAt
    if now >= end { return .signUpClosed }
    return turns < limit ? nil : .signUpTooMany
  }

  /// Until it begins a place can be given back and goes to the next one; after that it is only noted who came.
  static func refusal(toCancelAt now: Timestamp, for activity: Activity) -> Problem? {
    guard activity.state == .published else { return .signUpClosed }
    return now < activity.terms.startsAt ? nil : .activityHasBegun
  }

  /// Whether people can sign up by themselves now.
  static func isOpen(_ activity: Activity, at now: Timestamp) -> Bool {
    refusal(toSignUpFor: activity, byStation: false, turns: 0, at: now) == nil
  }
}

extension Problem {
  static let signUpClosed = Problem(
    "activities.sign_up_closed", status: 409,
    Phrase("这个活动现在不能报名。", "Nobody can sign up for this activity now."),
    advice: Phrase(
      "想去的话，请打页面下方的电话问一问。", "If you would like to come, please call the number below."))

  static let signUpTooMany = Problem(
    "activities.sign_up_too_many", status: 409,
    Phrase("这个活动记的人太多了。", "Too many people are entered for this activity."),
    advice: Phrase("请工作人员看一看名单。", "Please have the station look at the list."))

  static let signUpPersonUnknown = Problem.invalid([
    FieldProblem(
      "phone", Phrase("本社区没有登记这个手机号。", "Nobody in this community is entered with this number."))
  ])
}
