import Kernel
import People

/// What somebody has on a trip.
enum VanPartKind {}
typealias VanPartID = Identifier<VanPartKind>

/// What somebody has on a trip, or asks for.
struct VanPart: Sendable, Equatable {
  let id: VanPartID
  let trip: VanTripID
  /// Nil for somebody who was deleted.
  let party: Party?
  let load: VanLoad
  /// Empty once forgotten, and for whoever may not read it.
  let words: VanPartWords
  let state: State
  let revision: Int64
  let askedAt: Timestamp
  /// Who pressed the button; nil for somebody who was deleted.
  let askedBy: PersonID?

  enum State: String, Sendable, CaseIterable {
    case asked
    case confirmed
    case declined
    case cancelled
    case carried
    case notCarried = "not_carried"

    var name: Phrase {
      switch self {
      case .asked: Phrase("等答复", "Waiting for a yes")
      case .confirmed: Phrase("说好了", "Agreed")
      case .declined: Phrase("没有答应", "Declined")
      case .cancelled: Phrase("取消了", "Cancelled")
      case .carried: Phrase("带到了", "Carried")
      case .notCarried: Phrase("没有带", "Not carried")
      }
    }

    /// Whether it takes room.
    var holds: Bool { self != .declined && self != .cancelled }
    /// Whether something is still to happen with it.
    var isOpen: Bool { self == .asked || self == .confirmed }
  }
}

/// What somebody writes of what they load; sealed where it is kept.
struct VanPartWords: Sendable, Equatable {
  var what: String
  /// Where it is loaded.
  var place: String

  static let none = VanPartWords(what: "", place: "")
}

/// What somebody asks for.
struct VanWish: Sendable, Equatable {
  let load: VanLoad
  let words: VanPartWords
}

/// Who does something with a part.
enum VanSide: String, Sendable, CaseIterable {
  case driver
  case joiner
  case station
}
