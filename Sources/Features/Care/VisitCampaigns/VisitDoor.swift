import Database
package import Kernel
package import People

/// One household on the list of a campaign. Its door is asked of People each time.
package struct VisitDoor: Sendable, Equatable {
  package let id: VisitDoorID
  package let campaign: VisitCampaignID
  package let household: HouseholdID
  package var source: Source
  /// Who goes there; nil while nobody was asked.
  package var visitor: PersonID?
  /// Whether it is still on the list.
  package var isListed = true
  package var events: Int64 = 0

  /// How it came on the list: all that is kept of why, and all that can be, so that a list never says who is worked with.
  package enum Source: String, Sendable, CaseIterable, Storable {
    case building
    case door
    case list

    package var name: Phrase {
      switch self {
      case .building: Phrase("按楼栋", "By building")
      case .door: Phrase("按门牌", "By its door")
      case .list: Phrase("按名单", "From a list")
      }
    }
  }

  /// Why a household was taken off.
  package enum Removal: String, Sendable, CaseIterable, Storable {
    case asked
    case empty
    case mistaken
    case other

    package var name: Phrase {
      switch self {
      case .asked: Phrase("住户说过不用来", "They asked not to be visited")
      case .empty: Phrase("没有人住", "Nobody lives there")
      case .mistaken: Phrase("门牌写错了", "It was the wrong door")
      case .other: Phrase("其他", "Another reason")
      }
    }
  }

  /// The door after one more event: the only way in which it changes.
  package func after(_ event: VisitDoorEvent) -> VisitDoor {
    var door = self
    door.events += 1
    switch event.what {
    case .listed(let source):
      door.source = source
      door.isListed = true
    case .removed:
      door.isListed = false
      door.visitor = nil
    case .given(let visitor): door.visitor = visitor
    }
    return door
  }
}

package typealias VisitDoorEvent = CareEvent<VisitDoorHappening>

/// What happened to a door of the list.
package enum VisitDoorHappening: Sendable, Equatable {
  case listed(VisitDoor.Source)
  case removed(VisitDoor.Removal)
  case given(PersonID?)
}

/// What came of one attempt at a door. Outcomes are only ever added.
package struct VisitOutcome: Sendable, Equatable {
  package let id: VisitOutcomeID
  package let door: VisitDoorID
  package let kind: Kind
  /// When somebody is to come again, where they asked for that.
  package let comeAgainAt: Timestamp?
  /// The version of the terms whose questions were asked.
  package let version: Int64
  /// Answers and note, sealed; nil where there are none.
  package let text: CareTextID?
  package let visitor: Actor
  /// By the visitor's telephone, and never later than it was recorded.
  package let happenedAt: Timestamp
  package let recordedAt: Timestamp
  /// It came when the campaign was over or the door was no longer this visitor's.
  package let isLate: Bool

  package init(
    id: VisitOutcomeID, door: VisitDoorID, kind: Kind, comeAgainAt: Timestamp?, version: Int64,
    text: CareTextID?, visitor: Actor, happenedAt: Timestamp, recordedAt: Timestamp, isLate: Bool
  ) {
    self.id = id
    self.door = door
    self.kind = kind
    self.comeAgainAt = comeAgainAt
    self.version = version
    self.text = text
    self.visitor = visitor
    self.happenedAt = min(happenedAt, recordedAt)
    self.recordedAt = recordedAt
    self.isLate = isLate
  }

  package enum Kind: String, Sendable, CaseIterable, Storable {
    case seen
    case notAnswered = "not_answered"
    case declined
    case moved
    case comeAgain = "come_again"
    case followUp = "follow_up"

    /// Whether nobody has to knock there again.
    package var isDone: Bool {
      switch self {
      case .seen, .declined, .moved, .followUp: true
      case .notAnswered, .comeAgain: false
      }
    }

    package var name: Phrase {
      switch self {
      case .seen: Phrase("见到了", "Seen")
      case .notAnswered: Phrase("没应答", "No answer")
      case .declined: Phrase("不愿意", "Declined")
      case .moved: Phrase("搬走了", "Moved away")
      case .comeAgain: Phrase("改天再来", "Come again")
      case .followUp: Phrase("需要社工跟进", "Worker needed")
      }
    }
  }

  /// The outcome that counts among several of one door: the last by the visitors' own clocks.
  package static func counting(_ outcomes: some Sequence<VisitOutcome>) -> VisitOutcome? {
    outcomes.max { ($0.happenedAt, $0.id) < ($1.happenedAt, $1.id) }
  }
}
