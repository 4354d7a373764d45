import Database
package import Kernel
package import People

/// One opening of a case by somebody who has no part in it, in an emergency.
///
/// It needs a reason in words, opens one case, lasts three hours, is told to the supervisor and the case's worker at once,
/// and is looked over within three working days; whoever has one that was not looked over cannot open another.
/// Source: field/socialwork.md §2.5; HL7 EHR-S FM TI.2.1.2.8; DHIS2 for the three hours.
package struct BrokenGlass: Sendable, Equatable {
  package let id: BrokenGlassID
  package let caseID: CaseID
  /// The client.
  package let person: PersonID
  package let breaker: Actor
  package let reason: Reason
  package let text: CareTextID
  package let brokenAt: Timestamp
  package let closesAt: Timestamp
  /// The end of the third working day.
  package let reviewDueAt: Timestamp
  package let review: Review?

  package enum Reason: String, Sendable, CaseIterable, Storable {
    case danger
    case standingIn = "standing_in"
    case guardianMissing = "guardian_missing"
    case court

    package var name: Phrase {
      switch self {
      case .danger: Phrase("生命危险", "Danger to life")
      case .standingIn: Phrase("代班，办案社工联系不上", "Standing in; the worker cannot be reached")
      case .guardianMissing: Phrase("监护人失联", "The guardian cannot be reached")
      case .court: Phrase("司法要求", "Demanded by court or police")
      }
    }
  }

  package struct Review: Sendable, Equatable {
    package let isJustified: Bool
    package let at: Timestamp
    package let by: PersonID
    package let text: CareTextID?

    package init(isJustified: Bool, at moment: Timestamp, by person: PersonID, text: CareTextID?) {
      self.isJustified = isJustified
      at = moment
      by = person
      self.text = text
    }
  }

  package static let openTime: Duration = .hours(3)

  package func isOpen(at moment: Timestamp) -> Bool { moment >= brokenAt && moment < closesAt }

  /// The end of the third working day after a moment.
  package static func reviewDue(after moment: Timestamp, offsetSeconds: Int) -> Timestamp {
    WorkingDays.end(of: 3, after: moment, offsetSeconds: offsetSeconds)
  }

  /// Why this person may not look it over, or nil.
  package func refusalToReview(by person: PersonID) -> Problem? {
    if review != nil { return .glassReviewed }
    return person == breaker.person ? .ownApproval : nil
  }
}

extension Problem {
  static let glassNotReviewed = Problem(
    "glass.not_reviewed", status: 409,
    Phrase(
      "您上一次紧急查看还没有复核，不能再开一个。",
      "Your last emergency look has not been reviewed yet, so you cannot open another."),
    advice: Phrase("请先请督导复核。", "Please ask a supervisor to review it first."))

  static let glassNotNeeded = Problem(
    "glass.not_needed", status: 409,
    Phrase("这个个案您本来就能看。", "You may see this case anyway."),
    advice: Phrase("请从“我的个案”进去。", "Please enter it from your cases."))

  static let glassNothingThere = Problem(
    "glass.nothing_there", status: 422,
    Phrase("没有找到这样的个案。", "There is no such case."),
    advice: Phrase("请核对电话或编号。查过这一次也有记录。", "Please check the number. This try was noted as well."))

  static let glassReviewed = Problem(
    "glass.reviewed", status: 409,
    Phrase("这一次已经复核过了。", "This one has been reviewed already."))
}
