import Kernel
import People

/// Somebody drives, and others load something with them. Source: paper 5.3.
struct VanTrip: Sendable, Equatable {
  let id: VanTripID
  /// Who drives; nil for somebody who was deleted.
  let party: Party?
  let terms: VanTripTerms
  let state: State
  /// Why it does not take place; empty otherwise, and once forgotten.
  let reason: String
  let revision: Int64
  let createdAt: Timestamp
  let createdBy: Actor
  /// Nil while it is planned.
  let closedAt: Timestamp?

  enum State: String, Sendable, CaseIterable {
    case planned
    case done
    case calledOff = "called_off"

    var name: Phrase {
      switch self {
      case .planned: Phrase("要去", "Planned")
      case .done: Phrase("跑完了", "Done")
      case .calledOff: Phrase("不去了", "Called off")
      }
    }
  }

  /// Who says yes to those who ask.
  enum Answers: String, Sendable, CaseIterable {
    case driver
    case atOnce = "at_once"

    var name: Phrase {
      switch self {
      case .driver: Phrase("我一个一个答复", "I answer each of them")
      case .atOnce: Phrase("先到先得，装得下就算数", "First come, first served, while there is room")
      }
    }
  }

  static func path(_ id: VanTripID) -> String { "/van-trips/\(id)" }
  static func deskPath(_ id: VanTripID) -> String { "/van-desk/\(id)" }
}

/// How much is loaded, or can be.
struct VanLoad: Sendable, Hashable {
  /// Whole crates; what does not fill one counts as one.
  var crates: Int64
  var kilograms: Int64

  static let nothing = VanLoad(crates: 0, kilograms: 0)

  static func + (left: VanLoad, right: VanLoad) -> VanLoad {
    VanLoad(crates: left.crates + right.crates, kilograms: left.kilograms + right.kilograms)
  }

  /// What is left of this beside what is taken.
  func beside(_ taken: VanLoad) -> VanLoad {
    VanLoad(crates: max(0, crates - taken.crates), kilograms: max(0, kilograms - taken.kilograms))
  }

  /// Whether this goes into what is free, by both measures.
  func fits(in free: VanLoad) -> Bool { crates <= free.crates && kilograms <= free.kilograms }

  var words: Phrase {
    Phrase(
      "\(crates) 筐、\(kilograms) 公斤", "\(crates) \(crates == 1 ? "crate" : "crates"), \(kilograms) kg")
  }
}

/// What a trip is: what its form holds.
struct VanTripTerms: Sendable, Equatable {
  var from: String
  var to: String
  /// Places of the map, where there are such.
  var fromPlace: PlaceID?
  var toPlace: PlaceID?
  var leavesAt: Timestamp
  /// Whether it comes back as well.
  var isReturn: Bool
  /// When it is back; nil where that is not known.
  var returnsAt: Timestamp?
  /// Until when somebody may ask, or take back what they asked for.
  var joinUntil: Timestamp
  var vehicle: String
  var room: VanLoad
  var note: String
  /// In words, such as 分摊油费: no money goes through this.
  var price: String
  var answers: VanTrip.Answers

  /// From where to where; both ends are forgotten together.
  var route: Phrase {
    if from.isEmpty, to.isEmpty { return Phrase("路线不再保留", "Route no longer kept") }
    return isReturn
      ? Phrase("\(from)到\(to)，再回来", "\(from) to \(to) and back") : Phrase("\(from)到\(to)", "\(from) to \(to)")
  }

  /// When all of it is over, as far as that is known.
  var end: Timestamp { returnsAt ?? leavesAt }
}
