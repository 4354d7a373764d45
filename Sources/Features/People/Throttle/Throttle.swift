import Kernel

/// How often a secret was tried in vain, and from when on it may be tried again.
///
/// The first four failures cost nothing; from the fifth on the pause is 1, 2, 4 … at most 300 seconds. There is no hard
/// lock, so nobody can shut a neighbour out for ever. Source: field/reliability.md §3.14.
struct Throttle: Sendable, Equatable {
  static let freeFailures: Int64 = 4
  static let longestPauseSeconds: Int64 = 300

  var failures: Int64 = 0
  var notBefore = Timestamp(seconds: 0)

  /// How long to wait at this moment; nil when a try is allowed.
  func wait(at now: Timestamp) -> Duration? {
    now < notBefore ? notBefore - now : nil
  }

  /// After one more failure.
  func failed(at now: Timestamp) -> Throttle {
    let failures = failures + 1
    let excess = failures - Self.freeFailures
    guard excess > 0 else { return Throttle(failures: failures, notBefore: notBefore) }
    let pause = excess > 9 ? Self.longestPauseSeconds : min(Self.longestPauseSeconds, 1 << (excess - 1))
    return Throttle(failures: failures, notBefore: now + .seconds(pause))
  }
}

/// What is being guessed at; each has a budget of its own.
///
/// It is named by a digest of the subject, whether or not there is such a subject, so that the pause tells nobody
/// who has an account.
struct ThrottleBucket: Sendable, Hashable {
  let digest: [UInt8]

  /// Tries at this telephone number's password from browsers that never signed in there.
  static func password(phoneIndex: [UInt8]) -> ThrottleBucket { ThrottleBucket("password", phoneIndex) }

  /// Tries from one browser that has signed in to this account before: a stranger's failures do not slow it.
  static func device(_ mark: [UInt8], phoneIndex: [UInt8]) -> ThrottleBucket {
    ThrottleBucket("device", mark, phoneIndex)
  }

  /// Tries at the code from a person's authenticator.
  static func secondFactor(_ person: PersonID) -> ThrottleBucket {
    ThrottleBucket("second_factor", Array(person.description.utf8))
  }

  /// Tries at a signed-in person's own password.
  static func confirmation(_ person: PersonID) -> ThrottleBucket {
    ThrottleBucket("confirmation", Array(person.description.utf8))
  }

  /// Tries at the PIN of a card, by whatever was entered as its number.
  static func card(_ entered: String) -> ThrottleBucket { ThrottleBucket("card", Array(entered.utf8)) }
}
