import Kernel
import People

/// A place that can be had for a time. Source: paper 5.3, field/socialwork.md §2.11.
struct BookablePlace: Sendable, Equatable {
  let id: PlaceID
  let terms: BookableTerms
  let revision: Int64
  let openedAt: Timestamp
  let openedBy: Actor
  /// Nil while it can be booked.
  let closedAt: Timestamp?

  /// Who may have it.
  enum Audience: String, Sendable, CaseIterable {
    case residents
    case organisations
    case everyone

    var name: Phrase {
      switch self {
      case .residents: Phrase("居民个人", "Residents for themselves")
      case .organisations: Phrase("商家和单位", "Shops and organisations")
      case .everyone: Phrase("有账号的都可以", "Everybody with an account")
      }
    }

    func admits(_ party: Party) -> Bool {
      switch self {
      case .residents: party.kind == .person
      case .organisations: party.kind != .person
      case .everyone: true
      }
    }
  }

  static func path(_ id: PlaceID) -> String { "/bookable-places/\(id)" }
}

/// On which terms a place can be booked: what its form holds.
struct BookableTerms: Sendable, Equatable {
  var slotMinutes: Int64
  var capacity: Int64
  /// What is counted, such as 立方米.
  var unit: String
  var longestMinutes: Int64
  var daysAhead: Int64
  var keeper: Party
  var rules: Phrase
  var audience: BookablePlace.Audience
  var needsYes: Bool
  /// In words; empty for free.
  var price: String
}

/// A time for which somebody has a place.
struct PlaceBooking: Sendable, Equatable {
  let id: PlaceBookingID
  let place: PlaceID
  /// Nil for somebody who was deleted.
  let party: Party?
  let time: OccupiedTime
  /// What it is for; empty once forgotten, and for whoever may not read it.
  let purpose: String
  let state: State
  let revision: Int64
  let bookedAt: Timestamp
  /// Who pressed the button; nil for somebody who was deleted.
  let bookedBy: PersonID?
  /// Who brought it where it is; nil where nobody did.
  let decidedBy: PersonID?

  enum State: String, Sendable, CaseIterable {
    case asked
    case confirmed
    case declined
    case cancelled
    case kept
    case notKept = "not_kept"

    var name: Phrase {
      switch self {
      case .asked: Phrase("等答复", "Waiting for a yes")
      case .confirmed: Phrase("订好了", "Booked")
      case .declined: Phrase("没有同意", "Declined")
      case .cancelled: Phrase("取消了", "Cancelled")
      case .kept: Phrase("用过了", "Used")
      case .notKept: Phrase("没有来", "Nobody came")
      }
    }

    /// Whether it takes room.
    var holds: Bool { self != .declined && self != .cancelled }
    /// Whether something is still to happen with it.
    var isOpen: Bool { self == .asked || self == .confirmed }
  }

  /// What it is at a moment, whether or not the clock was written down: nobody says yes to what has begun.
  func state(at now: Timestamp) -> State { state == .asked && now >= time.from ? .declined : state }

  /// Its state in words; what nobody answered says so.
  func stateName(at now: Timestamp) -> Phrase {
    let state = state(at: now)
    return state == .declined && decidedBy == nil ? Phrase("没有人答复", "Nobody answered") : state.name
  }
}

/// What somebody asks for.
struct BookingWish: Sendable, Equatable {
  let party: Party
  let time: OccupiedTime
  let purpose: String
}
