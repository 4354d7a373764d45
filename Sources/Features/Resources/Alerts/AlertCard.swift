package import Kernel
package import People

/// A warning in plain words for the residents of some buildings or of all, for a while.
package struct AlertCard: Sendable, Equatable {
  package enum State: String, Sendable, CaseIterable {
    case draft
    case published
    case withdrawn
  }

  package let id: AlertCardID
  package let report: ScamReportID
  package let terms: AlertTerms
  package let state: State
  package let revision: Int64
  package let createdAt: Timestamp
  package let createdBy: Actor
  package let publishedAt: Timestamp?

  /// Whether residents see it.
  package func isShown(at now: Timestamp) -> Bool { state == .published && now < terms.until }
}

/// What the station decides of a warning.
package struct AlertTerms: Sendable, Equatable {
  package let title: Phrase
  /// What it looks like.
  package let looks: Phrase
  /// What to do.
  package let advice: Phrase
  /// A number that is known to be a swindler's and may be shown; empty for none.
  package let number: String
  /// In their stored spelling; empty for all.
  package let buildings: Set<String>
  package let until: Timestamp

  package init(
    title: Phrase, looks: Phrase, advice: Phrase, number: String, buildings: Set<String>, until: Timestamp
  ) {
    self.title = title
    self.looks = looks
    self.advice = advice
    self.number = number
    self.buildings = buildings
    self.until = until
  }
}

extension AlertCard.State {
  package var name: Phrase {
    switch self {
    case .draft: Phrase("草稿", "Draft")
    case .published: Phrase("已发出", "Published")
    case .withdrawn: Phrase("已收回", "Withdrawn")
    }
  }
}

/// The rules of warnings.
enum AlertRules {
  /// What is older frightens without helping.
  static let longest = Duration.days(60)
  static let titleLength = 1...40
  static let textLength = 1...400
  static let numberLength = 3...20

  /// A warning is made of what was found to be true.
  static func refusal(toMakeFrom report: ScamReport) -> Problem? {
    report.state == .verified && report.mergedInto == nil ? nil : .alertNotVerified
  }

  static func refusal(of terms: AlertTerms, at now: Timestamp) -> Problem? {
    terms.until > now && terms.until <= now + longest ? nil : .alertTime
  }

  static func refusal(toEdit card: AlertCard, as terms: AlertTerms, at now: Timestamp) -> Problem? {
    card.state == .draft ? refusal(of: terms, at: now) : .alertNotPossible
  }

  /// What was taken back or is over is not put up on paper any more.
  static func refusal(toPrint card: AlertCard, at now: Timestamp) -> Problem? {
    card.isShown(at: now) || card.state == .draft ? nil : .alertNotPossible
  }

  static func refusal(toPublish card: AlertCard, at now: Timestamp) -> Problem? {
    guard card.state == .draft else { return .alertNotPossible }
    return refusal(of: card.terms, at: now)
  }

  static func refusal(toWithdraw card: AlertCard, at now: Timestamp) -> Problem? {
    card.isShown(at: now) ? nil : .alertNotPossible
  }

  /// Whether a resident of a building is warned; those without a household see what is for all.
  static func concerns(_ buildings: Set<String>, _ building: String?) -> Bool {
    buildings.isEmpty || (building.map { buildings.contains($0) } ?? false)
  }
}

extension Problem {
  static let alertNotVerified = Problem(
    "resources.alert_not_verified", status: 409,
    Phrase("没核实的事不能发提醒。", "Only what was found to be true becomes a warning."),
    advice: Phrase("请先核实这条反映。", "Please check the report first."))

  static let alertNotPossible = Problem(
    "resources.alert_not_possible", status: 409,
    Phrase("这张提醒卡现在不能这样做。", "This cannot be done with the warning as it stands."),
    advice: Phrase("请看一下它现在的状态。", "Please look at how it stands."))

  static let alertTime = Problem(
    "resources.alert_time", status: 422,
    Phrase("提醒要在今后 60 天以内到期。", "A warning has to end within the next 60 days."),
    advice: Phrase("请改一改到期的时间。", "Please change when it ends."))
}
