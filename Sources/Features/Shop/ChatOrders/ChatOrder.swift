import Kernel

/// What was carried out for one line of a group-chat list: the ground on which its order stands.
struct ChatOrder: Sendable, Equatable {
  let id: ChatLineID
  /// A keyed digest of name and door, so that a longer list names the same person again; empty once it was forgotten.
  let mark: [UInt8]
  let household: HouseholdID
  let person: PersonID
  let order: OrderID
  /// The digest of what the line asked for.
  let asked: [UInt8]
}

/// Whom a line of the list stands for, as far as the community's households tell.
enum ChatHousehold: Sendable, Equatable {
  /// The line names no door.
  case noDoor
  case unknown
  /// The room is there in several units.
  case several([ChatDoor])
  /// Nobody is entered in it.
  case empty(HouseholdID)
  case found(HouseholdID, PersonID)
}

/// A line of the list with everything that is known of it.
struct ChatRow: Sendable, Equatable {
  let entry: ChatEntry
  let key: String
  let mark: [UInt8]
  let household: HouseholdID?
  let person: PersonID?
  let step: Step

  /// What is to be done with it.
  enum Step: Sendable, Equatable {
    /// It has more than one reading, or none.
    case asks([ChatQuestion])
    case place
    /// It is carried out already.
    case unchanged(Order)
    /// Its order was cancelled or released in the meantime.
    case over(Order)
    case change(Order)
    case cancel(Order)
    /// It takes back what was never ordered.
    case nothing
  }

  var questions: [ChatQuestion] { if case .asks(let questions) = step { questions } else { [] } }
}

/// Everything that is known of a pasted list. A pure function of what was read.
struct ChatRoll: Sendable {
  let reading: ChatReading
  let rows: [ChatRow]
  /// Carried out for an earlier list and not in this one any more. Never cancelled by itself.
  let vanished: [Order]

  /// What the roll is made from.
  struct Known: Sendable {
    /// By the position of the line.
    var marks: [Int: [UInt8]] = [:]
    var households: [Int: ChatHousehold] = [:]
    /// What was carried out, oldest first.
    var carriedOut: [ChatOrder] = []
    var orders: [Order] = []
  }

  init(_ reading: ChatReading, items: [CampaignItemID], _ known: Known) {
    self.reading = reading
    let byID = Dictionary(known.orders.map { ($0.id, $0) }) { first, _ in first }
    var latest: [[UInt8]: ChatOrder] = [:]
    for line in known.carriedOut where !line.mark.isEmpty { latest[line.mark] = line }
    let keys = Dictionary(reading.lines.map { ($0.position, $0.key) }) { first, _ in first }
    rows = reading.entries.map { entry in
      let mark = known.marks[entry.position, default: []]
      let line = latest[mark]
      let decider = ChatRowDecider(
        entry: entry, household: known.households[entry.position] ?? .noDoor, line: line,
        order: line.flatMap { byID[$0.order] }, items: items, orders: known.orders)
      let (household, person) = decider.whom
      return ChatRow(
        entry: entry, key: keys[entry.position] ?? "", mark: mark, household: household, person: person,
        step: decider.step)
    }
    let present = Set(rows.map(\.mark))
    vanished = latest.values.filter { !present.contains($0.mark) }.compactMap { byID[$0.order] }
      .filter(\.fulfilment.isOpen).sorted { $0.number < $1.number }
  }

  /// Rows that can be placed now.
  var placeable: [ChatRow] { rows.filter { $0.step == .place } }

  func row(at position: Int) -> ChatRow? { rows.first { $0.entry.position == position } }
}

/// Decides what is to be done with one line.
private struct ChatRowDecider {
  let entry: ChatEntry
  let household: ChatHousehold
  let line: ChatOrder?
  let order: Order?
  let items: [CampaignItemID]
  let orders: [Order]

  var whom: (HouseholdID?, PersonID?) {
    switch household {
    case .found(let household, let person): (household, person)
    case .empty(let household): (household, nil)
    case .noDoor, .unknown, .several: (nil, nil)
    }
  }

  var step: ChatRow.Step {
    let questions = entry.questions + householdQuestions
    guard questions.isEmpty else { return .asks(questions) }
    if let line, let order {
      guard order.fulfilment == .placed else { return .over(order) }
      if entry.intent == .cancellation { return .cancel(order) }
      return line.asked == ChatAsk.digest(entry.wishes, items) ? .unchanged(order) : .change(order)
    }
    if entry.intent == .cancellation { return .nothing }
    let own = orders.contains { $0.household == whom.0 && $0.fulfilment.isOpen }
    guard own, !entry.isBesides else { return .place }
    return .asks([
      ChatQuestion(
        kind: .ordered, fragment: "",
        choices: [
          .init(answer: .leaveOut, text: ""),
          .init(answer: .besides, text: "\(ChatMark.besides) \(entry.body)"),
        ])
    ])
  }

  private var householdQuestions: [ChatQuestion] {
    guard entry.door != nil else { return [] }
    switch household {
    case .noDoor, .found: return []
    case .unknown: return [ChatQuestion(kind: .householdUnknown, fragment: "", choices: [])]
    case .empty: return [ChatQuestion(kind: .householdEmpty, fragment: "", choices: [])]
    case .several(let doors):
      return [
        ChatQuestion(
          kind: .householdUnclear, fragment: "",
          choices: doors.map { .init(answer: .door($0), text: entry.at($0)) })
      ]
    }
  }
}

extension ChatEntry {
  /// What the line says with another door.
  func at(_ door: ChatDoor) -> String { "\(ChatMark.door(door)) \(doorless)" }
}

/// What a line asks for, as the order desk is asked.
enum ChatAsk {
  static func wishes(_ wishes: [ChatWish], _ items: [CampaignItemID]) -> [OrderRequest.Wish] {
    wishes.compactMap { wish in
      items.indices.contains(wish.item)
        ? OrderRequest.Wish(item: items[wish.item], quantity: wish.quantity) : nil
    }
  }
}

/// Finds the person whom a line names among those of its household.
enum ChatPerson {
  /// The person who is called so, or whose name the line holds; else the first of the household.
  static func chosen(_ label: String, among persons: [(id: PersonID, name: String)]) -> PersonID? {
    let label = plain(label)
    let named =
      persons.first { plain($0.name) == label }
      ?? persons.first { !label.isEmpty && label.contains(plain($0.name)) && !plain($0.name).isEmpty }
    return (named ?? persons.first)?.id
  }

  private static func plain(_ text: String) -> String {
    ChatFolding.folded(text).lowercased().filter { $0 != " " }
  }
}
