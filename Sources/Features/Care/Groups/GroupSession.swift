import Database
package import Kernel
import People

/// One meeting of a group, as whoever led it wrote it down. The author may mend it for three days; then it is locked, and
/// whatever was wrong is said in an addendum.
package struct GroupSession: Sendable, Equatable {
  package let id: GroupSessionID
  package let group: CareGroupID
  /// 1, 2, 3 … within the group.
  package let number: Int64
  package let author: PersonID
  package let recordedAt: Timestamp
  package let locksAt: Timestamp
  /// How it was mended, oldest first; the last one counts.
  package let versions: [Version]
  package let addenda: [Addendum]

  package struct Version: Sendable, Equatable {
    package let number: Int64
    package let heldAt: Timestamp
    package let minutes: Int64
    /// Of the group when it met.
    package let stage: GroupStage
    package let commerce: GroupCommerce
    package let techniques: Set<GroupTechnique>
    /// Plan, what happened, techniques in words, and what is next.
    package let text: CareTextID
    package let writtenAt: Timestamp
    /// Whoever was not to come has no entry: a meeting before they joined is not one that they missed.
    package let attendance: [GroupAttendance]

    package var endedAt: Timestamp { heldAt + .minutes(minutes) }
  }

  package struct Addendum: Sendable, Equatable {
    package let id: GroupAddendumID
    package let text: CareTextID
    package let writtenAt: Timestamp
    package let writtenBy: PersonID
  }

  package static let fields: [CareDocument.Field] = [.sessionPlan, .process, .techniques, .next]
  package static let required: Set<CareDocument.Field> = [.process]
  package static let minutesRange: ClosedRange<Int64> = 1...720

  /// What was last written.
  package var newest: Version? { versions.last }

  /// What stood there at a moment; nil where it was not written yet.
  package func version(asOf moment: Timestamp) -> Version? { versions.last { $0.writtenAt <= moment } }

  package func isLocked(at moment: Timestamp) -> Bool { moment >= locksAt }

  /// Why this record may not be mended by this person now, or nil.
  package func refusalToMend(by person: PersonID, at moment: Timestamp) -> Problem? {
    if person != author { return .noteOfAnother }
    return isLocked(at: moment) ? .noteLocked : nil
  }
}

/// How one member was there. Words about them are sealed under their own key.
package struct GroupAttendance: Sendable, Equatable {
  package let member: GroupMemberID
  package let presence: GroupPresence
  /// 0 watched, 3 carried the group; nil for whoever was not there.
  package let participation: Int64?
  package let text: CareTextID?

  package init(
    member: GroupMemberID, presence: GroupPresence, participation: Int64?, text: CareTextID? = nil
  ) {
    self.member = member
    self.presence = presence
    self.participation = participation
    self.text = text
  }

  package static let participationRange: ClosedRange<Int64> = 0...3

  /// What a degree of taking part is called.
  package static func name(ofParticipation degree: Int64) -> Phrase {
    switch degree {
    case ...0: Phrase("在旁边看", "Watched")
    case 1: Phrase("有时参与", "Took part now and then")
    case 2: Phrase("一直参与", "Took part all along")
    default: Phrase("带动了别人", "Drew others in")
    }
  }
}

package enum GroupPresence: String, Sendable, CaseIterable, Storable {
  case present
  case late
  case excused
  case absent

  package var name: Phrase {
    switch self {
    case .present: Phrase("来了", "Came")
    case .late: Phrase("晚到或早走", "Came late or left early")
    case .excused: Phrase("请假", "Excused")
    case .absent: Phrase("没来", "Did not come")
    }
  }

  package var isThere: Bool { self == .present || self == .late }
}

/// What of the shop a meeting had in it. Source: paper 5.2; field/socialwork.md §2.2.
package enum GroupCommerce: String, Sendable, CaseIterable, Storable {
  case none
  case practiceOrder = "practice_order"
  case catalogueReading = "catalogue_reading"
  case scamGame = "scam_game"
  case deliveryWalk = "delivery_walk"

  package var name: Phrase {
    switch self {
    case .none: Phrase("没有", "None")
    case .practiceOrder: Phrase("在练习店下单", "Ordering in the practice shop")
    case .catalogueReading: Phrase("一起看商品单", "Reading the catalogue together")
    case .scamGame: Phrase("识骗游戏", "A game of spotting scams")
    case .deliveryWalk: Phrase("跟着走一趟送货", "Walking a delivery round")
    }
  }

  /// Whether the practice shop may have something to say of it.
  package var isInPracticeShop: Bool { self == .practiceOrder || self == .scamGame }
}

/// The techniques that the standard names. Source: MZ/T 095-2017.
package enum GroupTechnique: String, Sendable, CaseIterable, Storable {
  case opening
  case modelling
  case clarifying
  case focusing

  package var name: Phrase {
    switch self {
    case .opening: Phrase("开启", "Opening up")
    case .modelling: Phrase("示范", "Showing how")
    case .clarifying: Phrase("澄清", "Clarifying")
    case .focusing: Phrase("聚焦", "Focusing")
    }
  }
}

/// What the practice shop said of one member at one meeting: counts, and the code sealed under the member's own key.
package struct GroupPractice: Sendable, Equatable {
  package let id: GroupPracticeID
  package let session: GroupSessionID
  package let member: GroupMemberID
  package let code: CareTextID
  package let from: Timestamp
  package let until: Timestamp
  package let deeds: PracticeDeeds
  package let readAt: Timestamp
  package let readBy: PersonID
}

extension Problem {
  static let groupSessionAhead = Problem.invalid([
    FieldProblem("held_at", Phrase("还没到的时间不能记。", "What has not happened yet cannot be recorded."))
  ])

  static let groupAttendanceOfStranger = Problem(
    "group.attendance_of_stranger", status: 409,
    Phrase("有一位不是这个小组的组员。", "Somebody is no member of this group."),
    advice: Phrase("请刷新页面再填。", "Please reload the page and fill it in again."))
}
