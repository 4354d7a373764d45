import Database
package import Kernel

/// How a household wants its bags: always brought home, or only the orders for which it says so.
///
/// It holds no address: goods go to the household's own door, which stands with People.
package struct DeliveryWish: Sendable, Equatable {
  package var mode: Mode
  package var window: DeliveryWindow
  /// For whoever carries the bags: knock slowly, there is a dog. 0–80 characters, never a reason.
  package var note: String
  /// Only the household itself can allow it (E-Commerce Law, article 52: goods are left with others by consent).
  package var mayLeaveAtDoor: Bool

  package enum Mode: String, Sendable, CaseIterable, Storable {
    case always
    case asked

    package var name: Phrase {
      switch self {
      case .always: Phrase("每次都送到家", "Always bring it home")
      case .asked: Phrase("平时自己取，要送的时候再说", "I collect it myself, and say when I want it brought")
      }
    }
  }

  package init(
    mode: Mode = .asked, window: DeliveryWindow = .any, note: String = "", mayLeaveAtDoor: Bool = false
  ) {
    self.mode = mode
    self.window = window
    self.note = note
    self.mayLeaveAtDoor = mayLeaveAtDoor
  }

  /// The longest note, in characters.
  package static let noteLimit = 80
}

/// When somebody is at home for a delivery, by the clocks of the community.
package enum DeliveryWindow: String, Sendable, CaseIterable, Storable {
  case any
  case morning
  case afternoon
  case evening

  package var name: Phrase {
    switch self {
    case .any: Phrase("什么时候都行", "Any time")
    case .morning: Phrase("上午 9–12 点", "Morning, 9–12")
    case .afternoon: Phrase("下午 12–17 点", "Afternoon, 12–17")
    case .evening: Phrase("傍晚 17–21 点", "Evening, 17–21")
    }
  }

  /// Its place in the day; nil where any time will do.
  var rank: Int? {
    switch self {
    case .any: nil
    case .morning: 0
    case .afternoon: 1
    case .evening: 2
    }
  }
}

/// A neighbour whom a household asked to take its bags, and who agreed or has yet to.
package struct DeliveryNeighbour: Sendable, Equatable {
  package let household: HouseholdID
  package let neighbourHousehold: HouseholdID
  /// Who of that household agreed; nil until somebody has.
  package let neighbour: PersonID?
}

/// Who says what a household wishes: somebody of it, or staff on its word.
package struct WishActor: Sendable, Equatable {
  package let person: PersonID
  package let role: Role
  /// For whom; nil where the household speaks for itself.
  package let onBehalfOf: PersonID?

  package init(person: PersonID, role: Role, onBehalfOf: PersonID? = nil) {
    self.person = person
    self.role = role
    self.onBehalfOf = onBehalfOf
  }
}

/// Which orders a leader's round brings home.
enum DeliveryRules {
  /// - Parameter said: what was said for this order alone; nil for nothing.
  static func isWished(_ wish: DeliveryWish?, said: Bool?) -> Bool {
    said ?? (wish?.mode == .always)
  }

  /// Those that are brought, first come first served, as long as the leader's offer of bags reaches; and those that it
  /// does not reach. A household's orders count one bag each.
  /// - Parameter orders: those that wish it, with the moment of their placing.
  static func withinOffer(
    _ orders: [(order: OrderID, placedAt: Timestamp)], bags: Int64
  ) -> (brought: [OrderID], beyond: [OrderID]) {
    let inTime = orders.sorted { ($0.placedAt, $0.order) < ($1.placedAt, $1.order) }.map(\.order)
    let reach = Int(clamping: max(0, bags))
    return (Array(inTime.prefix(reach)), Array(inTime.dropFirst(reach)))
  }

  /// The most bags that a leader can offer to bring for one campaign.
  static let bagLimit: Int64 = 500
}

extension Problem {
  static let ownDoorOnly = Problem(
    "delivery.own_door_only", status: 422,
    Phrase("东西只送到住户自己家门口。", "Goods are brought to the household's own door only."),
    advice: Phrase(
      "要请别人代收，请在“请邻居代收”里写邻居的门牌。", "To have somebody else take them, name the neighbour who may."))

  static let deliveryNotOffered = Problem(
    "delivery.not_offered", status: 409,
    Phrase("这个团购不送货上门。", "Goods of this group-buy are not brought home."),
    advice: Phrase("请到自提点来取，或请邻居代取。", "Please collect them, or ask a neighbour to."))

  static let deliveryFull = Problem(
    "delivery.full", status: 409,
    Phrase("这一次送货的名额已经满了。", "All deliveries of this group-buy are taken."),
    advice: Phrase("请到自提点来取；实在不方便，请打页面下方的电话。", "Please collect it; if you cannot, call the number below."))

  static let deliveryTooLate = Problem(
    "delivery.too_late", status: 409,
    Phrase("这一单已经取走，或者已经结束了。", "This order was collected already, or is over."),
    advice: Phrase("有问题请联系团长。", "Please ask the leader."))

  static let neighbourUnknown = Problem.invalid([
    FieldProblem(
      "room", Phrase("没有找到这户邻居，请核对门牌。", "There is no such neighbour; please check the door."))
  ])
}
