import Database
package import Kernel

/// One walk from the pickup point from door to door, with bags of one campaign.
package struct Round: Sendable, Equatable {
  package let id: RoundID
  package let campaign: CampaignID
  /// 1, 2, 3 … within the campaign.
  package let number: Int64
  package var courier: PersonID?
  package var state: State
  package let startedAt: Timestamp?
  package let endedAt: Timestamp?
  /// In the order of the walk.
  package var stops: [RoundStop]

  package enum State: String, Sendable, CaseIterable, Storable {
    /// The leader is still arranging it; the bags lie at the pickup point.
    case prepared
    /// The bags are with the courier.
    case underWay = "under_way"
    /// What was not handed over is back at the pickup point; the courier sees nothing of it any more.
    case ended

    package var name: Phrase {
      switch self {
      case .prepared: Phrase("在准备", "Being prepared")
      case .underWay: Phrase("正在送", "Under way")
      case .ended: Phrase("已送完", "Ended")
      }
    }
  }

  package var bags: Int64 { stops.reduce(0) { $0 + $1.bags } }
}

/// One door of a round. The door itself is asked of People each time: a round cannot send goods anywhere else.
package struct RoundStop: Sendable, Equatable {
  package let id: RoundStopID
  package let household: HouseholdID
  /// Whose name the courier reads.
  package let person: PersonID
  /// 1…99
  package var bags: Int64
  /// What the household allowed when the round set out.
  package var terms: Terms
  package var orders: [StopOrder]

  package struct Terms: Sendable, Equatable {
    package var window: DeliveryWindow
    package var mayLeaveAtDoor: Bool
    /// Who agreed to take the bags, and where that person lives.
    package var neighbour: Neighbour?

    package struct Neighbour: Sendable, Equatable {
      package let person: PersonID
      package let household: HouseholdID

      package init(person: PersonID, household: HouseholdID) {
        self.person = person
        self.household = household
      }
    }

    /// - Parameter neighbour: counts only where somebody agreed.
    package init(_ wish: DeliveryWish?, _ neighbour: DeliveryNeighbour?) {
      window = wish?.window ?? .any
      mayLeaveAtDoor = wish?.mayLeaveAtDoor ?? false
      self.neighbour = neighbour.flatMap { asked in
        asked.neighbour.map { Neighbour(person: $0, household: asked.neighbourHousehold) }
      }
    }

    init(window: DeliveryWindow, mayLeaveAtDoor: Bool, neighbour: Neighbour?) {
      self.window = window
      self.mayLeaveAtDoor = mayLeaveAtDoor
      self.neighbour = neighbour
    }
  }

  package struct StopOrder: Sendable, Equatable {
    package let order: OrderID
    /// Whether the round still has it: prepared for it, or in the courier's bag.
    package let isOpen: Bool
    /// What the courier took along.
    package let pieces: Int64

    package init(order: OrderID, isOpen: Bool, pieces: Int64) {
      self.order = order
      self.isOpen = isOpen
      self.pieces = pieces
    }
  }

  /// Whether something of it is still to be handed over.
  package var isOpen: Bool { orders.contains(where: \.isOpen) }
}

/// What a courier says of one stop.
package struct StopOutcome: Sendable, Equatable {
  package let id: StopOutcomeID
  package let stop: RoundStopID
  package let kind: Kind
  package let effect: Effect
  /// By the courier's telephone, which may be wrong.
  package let happenedAt: Timestamp
  /// By the server.
  package let recordedAt: Timestamp
  package let cash: Money
  /// What of the cash the books could take: no more than was owed.
  package let cashBooked: Money

  package enum Kind: String, Sendable, CaseIterable, Storable {
    case given
    case neighbour
    case leftAtDoor = "left_at_door"
    case notAnswered = "not_answered"
    case refused

    /// Whether the bags left the courier's hands.
    package var isDelivered: Bool { self == .given || self == .neighbour || self == .leftAtDoor }

    package var name: Phrase {
      switch self {
      case .given: Phrase("交给本人", "Handed to them")
      case .neighbour: Phrase("交给邻居", "Handed to the neighbour")
      case .leftAtDoor: Phrase("放在门口", "Left at the door")
      case .notAnswered: Phrase("没应答", "Nobody answered")
      case .refused: Phrase("不收", "Not accepted")
      }
    }
  }

  /// What became of a report.
  package enum Effect: String, Sendable, CaseIterable, Storable {
    /// The goods changed hands in the books.
    case handedOver = "handed_over"
    /// Nothing changes hands: nobody answered, it was refused, or the goods were handed over before.
    case noted
    /// It came after the round was ended, when the goods were booked back already.
    case late
  }
}

/// Where a stop stands, as far as its reports tell, in whatever order they came.
package enum StopStanding: Sendable, Equatable {
  case waiting
  case delivered(StopOutcome.Kind)
  case notAnswered
  case refused

  /// Goods that changed hands count above everything; otherwise the latest word by the courier's own clock.
  package init(_ outcomes: [StopOutcome]) {
    if let delivered = outcomes.first(where: { $0.effect == .handedOver }) {
      self = .delivered(delivered.kind)
      return
    }
    let told = outcomes.filter { $0.effect == .noted && !$0.kind.isDelivered }
    switch told.max(by: { ($0.happenedAt, $0.id) < ($1.happenedAt, $1.id) })?.kind {
    case .refused: self = .refused
    case .notAnswered: self = .notAnswered
    default: self = .waiting
    }
  }

  package var name: Phrase {
    switch self {
    case .waiting: Phrase("还没送", "To be done")
    case .delivered(let kind): kind.name
    case .notAnswered: StopOutcome.Kind.notAnswered.name
    case .refused: StopOutcome.Kind.refused.name
    }
  }
}

/// What may be done with a round and its stops.
enum RoundRules {
  /// The most stops of one round: what somebody can carry in an afternoon.
  static let stopLimit = 60

  /// Why a stop cannot end like this, or nil. Nothing is left where the household did not allow it.
  static func refusal(of kind: StopOutcome.Kind, cash: Money, at stop: RoundStop) -> Problem? {
    if kind == .leftAtDoor, !stop.terms.mayLeaveAtDoor { return .doorNotAllowed }
    if kind == .neighbour, stop.terms.neighbour == nil { return .neighbourNotAllowed }
    if cash < .zero || (cash > .zero && !kind.isDelivered) {
      return .invalid([
        FieldProblem("cash", Phrase("没交货就不收钱。", "No money is taken where nothing is handed over."))
      ])
    }
    return nil
  }

  /// Banknotes are taken by those who hand them over to the office with a sheet that two people sign: couriers and
  /// leaders. A neighbour who helps carries bags and no money.
  static func takesCash(_ role: Role) -> Bool { role == .courier || role == .leader }

  /// Whoever placed an order under a mandate is not the one who brings it: nobody else would see what becomes of the
  /// goods and of the money (field/socialwork.md §4.1).
  static func isHelper(_ courier: PersonID, of orders: [Order]) -> Bool {
    orders.contains { $0.isHelped(by: courier) }
  }

  /// The stops with one of them moved; as they were where it cannot move further.
  static func moved(_ stop: RoundStopID, _ move: StopMove, in stops: [RoundStopID]) -> [RoundStopID] {
    guard let index = stops.firstIndex(of: stop) else { return stops }
    var stops = stops
    let target: Int
    switch move {
    case .first: target = 0
    case .up: target = max(0, index - 1)
    case .down: target = min(stops.count - 1, index + 1)
    }
    stops.remove(at: index)
    stops.insert(stop, at: target)
    return stops
  }
}

/// How a leader moves a stop by hand.
package enum StopMove: String, Sendable, CaseIterable {
  case first
  case up
  case down
}

extension Problem {
  static let doorNotAllowed = Problem(
    "round.door_not_allowed", status: 409,
    Phrase("这家没说可以放门口。", "This household did not allow leaving bags at the door."),
    advice: Phrase("请交给本人，或带回自提点。", "Please hand it over, or take it back to the pickup point."))

  static let neighbourNotAllowed = Problem(
    "round.neighbour_not_allowed", status: 409,
    Phrase("这家没有约好代收的邻居。", "This household has no neighbour who agreed to take its bags."),
    advice: Phrase("请交给本人，或带回自提点。", "Please hand it over, or take it back to the pickup point."))

  static let cashNotTaken = Problem(
    "round.cash_not_taken", status: 409,
    Phrase("志愿者只送货，不代收钱。", "Volunteers carry bags and take no money."),
    advice: Phrase("请不填金额再记一次；钱由团长另外收。", "Please report it without an amount; the leader takes the money."))

  static let courierIsHelper = Problem(
    "round.courier_is_helper", status: 409,
    Phrase(
      "这位送货人替其中一家下过单，不能再由同一个人送。",
      "This person placed an order for one of the households, so somebody else has to bring it."),
    advice: Phrase("请换一位送货人，或把那一家移到另一趟。", "Please choose somebody else, or move that stop to another round."))

  static let courierNeeded = Problem(
    "round.courier_needed", status: 409,
    Phrase("还没选送货人。", "Nobody was chosen to go on this round."),
    advice: Phrase("请先选一位送货人。", "Please choose somebody first."))

  static let roundIsNotPrepared = Problem(
    "round.not_prepared", status: 409,
    Phrase("这一趟已经出发或已送完，不能再改。", "This round has set out or ended and cannot be changed."),
    advice: Phrase("可以再排一趟。", "You can make another one."))

  static let roundIsEmpty = Problem(
    "round.empty", status: 409,
    Phrase("现在没有要送的东西。", "There is nothing to bring home now."),
    advice: Phrase(
      "到货登记好、邻居选了送货上门，才能排。", "Count the goods in first, and see who wants them brought home."))

  static let roundCannotSplit = Problem(
    "round.cannot_split", status: 409,
    Phrase("只有一家，不能再分。", "There is one stop only, so it cannot be split."))

  static let bagsAreUnderWay = Problem(
    "pickup.with_courier", status: 409,
    Phrase("这一单的东西正由送货人送上门。", "The bags of this order are on their way to the door."),
    advice: Phrase(
      "请等送货人送到；没送到的会带回自提点。", "Please wait for the courier; what is not handed over comes back here."))
}
