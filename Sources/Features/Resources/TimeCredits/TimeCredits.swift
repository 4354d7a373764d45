import Kernel

/// How far an account may go, in minutes: the same for everybody of a community.
struct CreditLimits: Sendable, Equatable {
  let least: Int64
  let most: Int64
  let revision: Int64

  /// Ten hours owed, twenty kept. Source: field/socialwork.md §2.11, where people resist standing in debt.
  static let standard = CreditLimits(least: -600, most: 1200, revision: 0)
  static let range: ClosedRange<Int64> = 0...12_000

  func contains(_ balance: Int64) -> Bool { (least...most).contains(balance) }

  /// Whether somebody should be told that an end is near: less than two hours away.
  func isNear(_ balance: Int64) -> Bool { balance - least < 120 || most - balance < 120 }
}

/// What somebody has, with what is agreed on and has not moved yet.
struct CreditStanding: Sendable, Equatable {
  let balance: Int64
  /// Goes out once it is done.
  let owing: Int64
  /// Comes in once it is done.
  let coming: Int64

  static let zero = CreditStanding(balance: 0, owing: 0, coming: 0)
}

/// One movement of an account.
struct CreditEntry: Sendable, Equatable {
  let match: MatchID
  let minutes: Int64
  let movedAt: Timestamp
}

/// What may move. Each transfer is two movements whose sum is zero.
enum CreditRules {
  /// Why hours cannot be promised; nil where they can. Counts what is agreed on beside, as if none of the
  /// other comes in.
  static func refusal(
    toMove minutes: Int64, from needer: CreditStanding, to giver: CreditStanding, within limits: CreditLimits
  ) -> Problem? {
    if needer.balance - needer.owing - minutes < limits.least { return .creditLimit }
    if giver.balance + giver.coming + minutes > limits.most { return .creditLimit }
    return nil
  }

  /// Whether limits leave room for all that there is and is agreed on.
  static func fits(_ standings: some Sequence<CreditStanding>, within limits: CreditLimits) -> Bool {
    standings.allSatisfy {
      $0.balance - $0.owing >= limits.least && $0.balance + $0.coming <= limits.most
    }
  }

  /// `2 小时 30 分`
  static func hours(_ minutes: Int64) -> Phrase {
    let (sign, whole) = (minutes < 0 ? "−" : "", abs(minutes))
    let (hours, rest) = (whole / 60, whole % 60)
    return rest == 0
      ? Phrase("\(sign)\(hours) 小时", "\(sign)\(hours) h")
      : Phrase("\(sign)\(hours) 小时 \(rest) 分", "\(sign)\(hours) h \(rest) min")
  }
}

extension Problem {
  static let creditLimit = Problem(
    "resources.credit_limit", status: 409,
    Phrase("时间账到头了：一边欠得太多，或者一边存得太多。", "An account of hours is at its end: too much is owed, or kept."),
    advice: Phrase("可以说短一点，或者请服务站帮忙。", "Make it shorter, or ask the station."))

  static let creditLimitsTooNarrow = Problem(
    "resources.credit_limits_too_narrow", status: 409,
    Phrase("有人的时间账已经超出这个范围。", "Some accounts are already beyond these limits."),
    advice: Phrase("请把范围放宽一点。", "Please leave more room."))
}
