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
  let purpose: OrderRequest.Command.Purpose
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
    let carriedOut = Dictionary(grouping: known.carriedOut.filter { !$0.mark.isEmpty }, by: \.mark)
    let keys = Dictionary(reading.lines.map { ($0.position, $0.key) }) { first, _ in first }
    var placed: [HouseholdID: ChatEntry] = [:]
    rows = reading.entries.map { entry in
      let mark = known.marks[entry.position, default: []]
      let lines = carriedOut[mark] ?? []
      let decider = ChatRowDecider(
        entry: entry, household: known.households[entry.position] ?? .noDoor, lines: lines,
        order: lines.last.flatMap { byID[$0.order] }, items: items, orders: known.orders, placed: placed)
      let ((household, person), step) = (decider.whom, decider.step)
      if step == .place, let household, placed[household] == nil { placed[household] = entry }
      return ChatRow(
        entry: entry, key: keys[entry.position] ?? "", mark: mark, household: household, person: person,
        step: step)
    }
    let present = Set(rows.map(\.mark))
    vanished = carriedOut.filter { !present.contains($0.key) }
      .compactMap { lines in lines.value.last.flatMap { byID[$0.order] } }
      .filter(\.fulfilment.isOpen).sorted { $0.number < $1.number }
  }

  /// Rows that can be placed now.
  var placeable: [ChatRow] { rows.filter { $0.step == .place } }

  func row(at position: Int) -> ChatRow? { rows.first { $0.entry.position == position } }
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
