import Kernel

/// How far somebody orders by themselves, month by month.
///
/// Help is to make itself less needed: field/socialwork.md §4, no. 2, and the indicator "independence" of §2.14.
struct Independence: Sendable, Equatable {
  struct Month: Sendable, Equatable {
    let year: Int
    let month: Int
    /// Orders of the person's that they or their household placed.
    var own: Int
    /// Orders of the person's that somebody else placed for them.
    var assisted: Int

    var all: Int { own + assisted }
  }

  /// What to try next, one step after the other.
  enum Step: Int, Sendable, CaseIterable {
    case watch
    case together
    case nearby
    case alone

    var name: Phrase {
      switch self {
      case .watch: Phrase("看着我们做一遍", "Watch it once")
      case .together: Phrase("我们一起做", "Do it together")
      case .nearby: Phrase("自己做，有人在旁边", "Alone, with somebody near")
      case .alone: Phrase("自己做", "Alone")
      }
    }
  }

  /// Whether an order is somebody's own: by their household, or by themselves on another ground.
  /// - Parameter authority: what the order's ground is called where it is stored.
  static func isOwn(authority: String, placedBy: PersonID, person: PersonID) -> Bool {
    authority == OrderAuthority.household.kind || placedBy == person
  }

  /// Oldest first.
  let months: [Month]

  init(_ months: [Month]) { self.months = months }

  /// The step after the one that the last three months with orders show; nil without orders.
  var next: Step? {
    let recent = months.filter { $0.all > 0 }.suffix(3)
    let all = recent.reduce(0) { $0 + $1.all }
    guard all > 0 else { return nil }
    let own = recent.reduce(0) { $0 + $1.own }
    return switch own * 100 / all {
    case 0: .watch
    case ..<34: .together
    case ..<80: .nearby
    default: .alone
    }
  }
}
