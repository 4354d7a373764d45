import Kernel

/// Decides what is to be done with one line.
struct ChatRowDecider {
  let entry: ChatEntry
  let household: ChatHousehold
  /// What was carried out for this mark, oldest first.
  let lines: [ChatOrder]
  /// The order of the newest of them.
  let order: Order?
  let items: [CampaignItemID]
  let orders: [Order]
  /// Lines above in the same list that are placed, by household.
  let placed: [HouseholdID: ChatEntry]

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
    if let line = lines.last, let order {
      let known = order.fulfilment == .placed ? ordered(order, line) : over(order, line)
      if let known { return known }
    }
    if entry.intent == .cancellation { return .nothing }
    return new
  }

  // MARK: - What was ordered before

  /// What a line says of its order, which stands.
  private func ordered(_ order: Order, _ line: ChatOrder) -> ChatRow.Step {
    let amendment = ChatAmendment(entry, of: order, items)
    if entry.intent == .cancellation { return amendment.question.map { .asks([$0]) } ?? .cancel(order) }
    if line.asked == ChatAsk.digest(entry, items) || amendment.isDone { return .unchanged(order) }
    return amendment.question.map { .asks([$0]) } ?? .change(order)
  }

  /// What a line says whose order is over; nil where it surely asks for something new.
  private func over(_ order: Order, _ line: ChatOrder) -> ChatRow.Step? {
    let asked = ChatAsk.digest(entry, items)
    let isOld = line.purpose != .cancel && line.asked == asked
    guard order.fulfilment == .cancelled, entry.intent != .cancellation, !isOld else { return .over(order) }
    // A list may still say what it said before somebody took it back in the chat.
    if entry.intent == .order, !lines.contains(where: { $0.asked == asked }) { return nil }
    return .asks([ChatQuestion(kind: .cancelled, fragment: "", choices: [leaveOut, besides])])
  }

  // MARK: - What is new

  private var new: ChatRow.Step {
    if entry.isBesides { return .place }
    if orders.contains(where: { $0.household == whom.0 && $0.fulfilment.isOpen }) {
      return .asks([ChatQuestion(kind: .ordered, fragment: "", choices: [leaveOut, besides])])
    }
    // One household under two spellings of its door.
    guard let before = whom.0.flatMap({ placed[$0] }) else { return .place }
    return .asks([ChatQuestion(kind: .repeated, fragment: before.body, choices: [leaveOut, besides])])
  }

  private var leaveOut: ChatQuestion.Choice { .init(answer: .leaveOut, text: "") }
  private var besides: ChatQuestion.Choice {
    .init(answer: .besides, text: "\(ChatMark.besides) \(entry.body)")
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

/// What a line makes of the order that it is about, where it may name a part of it only. Whether the rest is still wanted
/// is asked.
struct ChatAmendment {
  private let entry: ChatEntry
  /// What is ordered, by the item's place in the list of items.
  private let ordered: [Int: Int64]
  /// Whether everything ordered is among the items.
  private let isWhole: Bool

  init(_ entry: ChatEntry, of order: Order, _ items: [CampaignItemID]) {
    self.entry = entry
    let lines = order.lines.filter { $0.quantity > 0 }
    let places = Dictionary(items.enumerated().map { ($1, $0) }) { first, _ in first }
    let known = lines.compactMap { line in places[line.item].map { ($0, line.quantity) } }
    ordered = Dictionary(known, uniquingKeysWith: +)
    isWhole = known.count == lines.count
  }

  private var named: [Int: Int64] {
    Dictionary(entry.wishes.map { ($0.item, $0.quantity) }, uniquingKeysWith: +)
  }

  /// Whether the order holds already what the line would make of it.
  var isDone: Bool {
    switch entry.intent {
    case .order: isWhole && named == ordered
    case .change: isWhole && ordered.merging(named) { $1 } == ordered
    case .addition, .cancellation: false
    }
  }

  /// What to ask; nil where the line speaks of the whole order.
  var question: ChatQuestion? {
    switch entry.intent {
    case .order: nil
    case .addition: asking([ordered.merging(named, uniquingKeysWith: +)])
    case .change: leavesSome ? asking([ordered.merging(named) { $1 }, named]) : nil
    case .cancellation: takesBackPart ? asking([less, rest], orAll: true) : nil
    }
  }

  /// Whether something is ordered that the line does not name.
  private var leavesSome: Bool { !isWhole || ordered.keys.contains { named[$0] == nil } }

  private var takesBackPart: Bool {
    if named.isEmpty { return false }
    // One of something is how a name without a number is read.
    return leavesSome
      || named.contains { item, quantity in quantity > 1 && quantity < ordered[item, default: 0] }
  }

  /// The order without what is named.
  private var rest: [Int: Int64] { ordered.filter { named[$0.key] == nil } }

  /// The order with so many fewer as are named, where more than one is.
  private var less: [Int: Int64] {
    ordered.merging(named.filter { $0.value > 1 }) { max(0, $0 - $1) }
      .filter { $0.value > 0 && ordered[$0.key] != nil && named[$0.key] != 1 }
  }

  private func asking(_ outcomes: [[Int: Int64]], orAll: Bool = false) -> ChatQuestion {
    var choices: [ChatQuestion.Choice] = []
    for outcome in outcomes where isWhole && !outcome.isEmpty && outcome != (orAll ? ordered : [:]) {
      let wishes = outcome.map { ChatWish(item: $0.key, quantity: $0.value) }.sorted { $0.item < $1.item }
      let choice = ChatQuestion.Choice(answer: .wishes(wishes), text: entry.rendering(of: wishes, .order))
      let canBe = wishes.allSatisfy { $0.quantity <= Order.quantityLimit }
      if canBe, !choices.contains(choice) { choices.append(choice) }
    }
    if orAll { choices.append(.init(answer: .cancel, text: entry.rendering(of: [], .cancellation))) }
    choices.append(.init(answer: .leaveOut, text: ""))
    return ChatQuestion(kind: .whole, fragment: entry.body, choices: choices)
  }
}
