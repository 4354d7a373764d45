import Kernel
import Web

/// How a sign-up is told to the person whose it is.
struct SignUpParts {
  let say: Wording

  /// In a word.
  func standing(_ signUp: SignUp) -> HTML {
    if signUp.checkIn != nil { return PageParts.tag(say("您来过了", "You were there"), .good) }
    return switch signUp.state {
    case .confirmed, .door: PageParts.tag(say("您报上了", "You have a place"), .good)
    case .waiting: PageParts.tag(say("您在排队", "You are waiting"), .notice)
    case .cancelled: .empty
    }
  }

  /// On the page of the activity, with the way out.
  ///
  /// - Parameter ahead: how many wait before them.
  func own(
    _ signUp: SignUp, ahead: Int64, in activity: Activity, token: String, key: String, at now: Timestamp
  ) -> HTML {
    let words: HTML =
      switch signUp.state {
      case .waiting:
        "<p>\(say("前面还有 \(ahead) 位，有空位马上告诉您。", "\(ahead) wait before you. You are told as soon as a place is free."))</p>"
      case .confirmed, .door, .cancelled:
        "<p>\(say("您的号是", "Your number is")) <strong>\(signUp.turn)</strong></p>"
      }
    let mayCancel =
      signUp.checkIn == nil && SignUpRules.refusal(toCancelAt: now, for: activity) == nil
    let cancel: HTML =
      mayCancel
      ? PageParts.loneButton(
        say("我不去了", "I cannot come"), to: "\(Activity.path(activity.id))/cancel", token: token,
        key: key, isQuiet: true) : .empty
    return PageParts.card(
      say("我的报名", "My sign-up"), "<p>\(standing(signUp))</p>\(words)\(cancel)")
  }
}
