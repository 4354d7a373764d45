import Kernel
import People

/// What was said and decided, and what follows: one version, never changed once it is written.
package struct Minutes: Sendable, Equatable {
  let id: MinutesID
  let activity: ActivityID
  /// 1, 2, 3 …
  let version: Int64
  /// What was on the agenda when it was written.
  let agenda: [String]
  let content: Content
  let writtenAt: Timestamp
  let writtenBy: Actor

  /// Kept encrypted: what people say at a meeting may be about themselves.
  package struct Content: Sendable, Equatable {
    let audience: Audience
    let discussed: String
    /// One on each line.
    let decisions: [String]
    let nextSteps: String

    package init(audience: Audience, discussed: String, decisions: [String], nextSteps: String) {
      self.audience = audience
      self.discussed = discussed
      self.decisions = decisions
      self.nextSteps = nextSteps
    }
  }

  var audience: Audience { content.audience }

  /// Who reads it. What the newest version says counts: one that is kept to the station takes an earlier one back.
  package enum Audience: String, Sendable, CaseIterable {
    case residents
    case station

    var name: Phrase {
      switch self {
      case .residents: Phrase("居民都能看", "Everybody")
      case .station: Phrase("只留在服务站", "The station alone")
      }
    }
  }
}

enum MinutesRules {
  /// Versions of one activity.
  static let limit: Int64 = 50
  static let decisionLimit = 30

  /// - Parameters:
  ///   - versions: how many there are.
  ///   - seen: the newest version that the writer saw; 0 for none.
  static func refusal(
    toWriteOf activity: Activity, versions: Int64, seen: Int64, at now: Timestamp
  ) -> Problem? {
    guard activity.state == .published || activity.state == .held else { return .activityNotPossible }
    guard now >= activity.terms.startsAt else { return .activityNotBegun }
    guard versions == seen else { return .activityStale }
    return versions < limit ? nil : .minutesTooMany
  }
}

extension Problem {
  static let minutesTooMany = Problem(
    "activities.minutes_too_many", status: 409,
    Phrase("这份记录已经改了 \(MinutesRules.limit) 次。", "These minutes were written \(MinutesRules.limit) times."),
    advice: Phrase("请先定下来。", "Please leave them as they are."))
}
