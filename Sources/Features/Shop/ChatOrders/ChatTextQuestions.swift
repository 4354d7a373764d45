/// Puts an entry together, and asks about everything in it that has more than one reading.
struct ChatEntryMaker {
  private let reader: ChatEntryReader
  private let pairing: ChatPairing
  private var questions: [ChatQuestion] = []
  private var wishes: [(wish: ChatWish, pieces: [Int])] = []

  private var items: [ChatItem] { reader.vocabulary.items }

  /// - Parameter above: what the entry before it asks for, where that is certain.
  static func entry(
    _ reader: ChatEntryReader, position: Int, number: Int?, above: [ChatWish]?
  ) -> ChatEntry {
    var maker = ChatEntryMaker(reader)
    return maker.make(position, number, above)
  }

  private init(_ reader: ChatEntryReader) {
    self.reader = reader
    pairing = ChatPairing(reader.pieces, named: reader.named)
  }

  private mutating func make(_ position: Int, _ number: Int?, _ above: [ChatWish]?) -> ChatEntry {
    let door = door()
    readPairs()
    readEverything()
    readLoose()
    readTwice()
    for word in reader.unread { ask(.unread, word.text, drop: word.pieces, or: word.items) }
    for piece in reader.otherRooms + pairing.idleSigns {
      ask(.unread, reader.pieces[piece].text, drop: [piece])
    }
    if reader.has(.crossed) { askCrossed() }
    let intent = intent()
    if reader.has(.asAbove) { askAbove(above) }
    if wishes.isEmpty, intent != .cancellation,
      questions.allSatisfy({ $0.kind == .door || $0.kind == .doorMissing })
    {
      ask(.nothingAsked, reader.body, [.init(answer: .leaveOut, text: "")])
    }
    return ChatEntry(
      position: position, number: number, label: reader.label, door: door,
      wishes: wishes.map(\.wish).sorted { $0.item < $1.item }, intent: intent, questions: questions,
      body: reader.body, doorless: reader.doorless, isBesides: reader.has(.besides))
  }

  private mutating func ask(
    _ kind: ChatQuestion.Kind, _ fragment: String, _ choices: [ChatQuestion.Choice]
  ) {
    questions.append(ChatQuestion(kind: kind, fragment: fragment, choices: choices))
  }

  /// A word that may mean one of some items, or nothing.
  private mutating func ask(
    _ kind: ChatQuestion.Kind, _ fragment: String, drop pieces: [Int], or candidates: [Int] = []
  ) {
    let wishes = candidates.map { ChatWish(item: $0, quantity: 1) }
    ask(
      kind, fragment,
      choices(wishes, pieces) + [.init(answer: .ignore, text: reader.rewritten(without: pieces, ""))])
  }

  private func choices(_ wishes: [ChatWish], _ pieces: [Int]) -> [ChatQuestion.Choice] {
    wishes.map { wish in
      .init(
        answer: .wishes([wish]),
        text: reader.rewritten(without: pieces, ChatMark.wish(wish.item, wish.quantity)))
    }
  }

  private func text(of pieces: [Int]) -> String {
    pieces.sorted().map { reader.pieces[$0].text }.joined()
  }

  // MARK: - The door

  private mutating func door() -> ChatDoor? {
    let doors = reader.doors
    if doors.count == 1 { return doors[0] }
    let places = reader.doorPlaces
    var candidates = doors
    if doors.isEmpty {
      for case .vagueDoor(let some) in places.map({ reader.pieces[$0].kind }) { candidates += some }
    }
    ask(
      places.isEmpty ? .doorMissing : .door, text(of: places),
      candidates.map { door in
        .init(answer: .door(door), text: reader.rewritten(without: places, ChatMark.door(door)))
      })
    return nil
  }

  // MARK: - What is wished for

  private mutating func readPairs() {
    let isPlain = !pairing.hasAmounts
    for pair in pairing.pairs {
      let amount = pair.amount ?? ChatAmount(thousandths: 1000, counter: nil)
      if pair.items.count != 1 || pair.isDoubtful {
        let candidates = pair.items.isEmpty ? Array(items.indices) : pair.items
        ask(
          .item, text(of: pair.pieces),
          choices(candidates.compactMap { wish($0, amount) }, pair.pieces)
            + [.init(answer: .ignore, text: reader.rewritten(without: pair.pieces, ""))])
      } else if pair.amount == nil, !isPlain {
        ask(
          .quantity, text(of: pair.pieces), choices([ChatWish(item: pair.items[0], quantity: 1)], pair.pieces)
        )
      } else {
        read(amount, of: pair.items[0], pair.pieces)
      }
    }
    for part in pairing.unclear { askUnclear(part) }
    if let word = pairing.unclearChange { askChange(word) }
  }

  private func wish(_ item: Int, _ amount: ChatAmount) -> ChatWish? {
    ChatQuantity(amount, of: items[item]).candidates.first.map { ChatWish(item: item, quantity: $0) }
  }

  private mutating func read(_ amount: ChatAmount, of item: Int, _ pieces: [Int]) {
    let quantity = ChatQuantity(amount, of: items[item])
    let choices = choices(quantity.candidates.map { ChatWish(item: item, quantity: $0) }, pieces)
    let fragment = text(of: pieces)
    switch quantity {
    case .exactly(let count): wishes.append((ChatWish(item: item, quantity: count), pieces))
    case .otherCounter: ask(.counter, fragment, choices)
    case .between: ask(amount.counter.isWeight ? .weight : .quantity, fragment, choices)
    case .outside:
      ask(.quantity, fragment, [.init(answer: .ignore, text: reader.rewritten(without: pieces, ""))])
    }
  }

  private mutating func askUnclear(_ part: (pieces: [Int], readings: [[ChatPair]])) {
    var seen: [[ChatWish]] = []
    let choices = part.readings.compactMap { reading -> ChatQuestion.Choice? in
      let wishes = reading.compactMap { pair in
        pair.items.count == 1 ? pair.amount.flatMap { wish(pair.items[0], $0) } : nil
      }
      guard wishes.count == reading.count, !seen.contains(wishes) else { return nil }
      seen.append(wishes)
      let text = wishes.map { ChatMark.wish($0.item, $0.quantity) }.joined(separator: "，")
      return .init(answer: .wishes(wishes), text: reader.rewritten(without: part.pieces, text))
    }
    ask(.quantity, text(of: part.pieces), choices)
  }

  private mutating func askChange(_ word: Int) {
    let later = wishes.filter { ($0.pieces.min() ?? 0) > word }
    let earlier = wishes.filter { ($0.pieces.min() ?? 0) < word }
    var choices: [ChatQuestion.Choice] = []
    if !later.isEmpty {
      let text = later.map { ChatMark.wish($0.wish.item, $0.wish.quantity) }.joined(separator: "，")
      let pieces = earlier.flatMap(\.pieces) + [word] + later.flatMap(\.pieces)
      choices.append(
        .init(answer: .wishes(later.map(\.wish)), text: reader.rewritten(without: pieces, text)))
    }
    ask(.change, reader.pieces[word].text, choices)
  }

  /// "One of each", where nothing was named: everything on offer.
  private mutating func readEverything() {
    guard let everything = pairing.ofEverything else { return }
    let amount = everything.amount ?? ChatAmount(thousandths: 1000, counter: nil)
    for item in items.indices { read(amount, of: item, everything.pieces) }
  }

  /// Numbers without an item: of the only one there is, or a question.
  private mutating func readLoose() {
    let isAlone = items.count == 1 && pairing.pairs.isEmpty && pairing.loose.count == 1
    for (piece, amount) in pairing.loose {
      if isAlone {
        read(
          amount, of: 0,
          [piece] + reader.pieces.indices.filter { [.plus, .times].contains(reader.pieces[$0].kind) })
      } else if pairing.pairs.isEmpty {
        let wishes = items.indices.compactMap { wish($0, amount) }
        ask(
          .item, reader.pieces[piece].text,
          choices(wishes, [piece]) + [.init(answer: .ignore, text: reader.rewritten(without: [piece], ""))])
      } else {
        ask(.quantity, reader.pieces[piece].text, drop: [piece])
      }
    }
  }

  private mutating func readTwice() {
    let byItem = Dictionary(grouping: wishes) { $0.wish.item }
    for (item, same) in byItem.sorted(by: { $0.key < $1.key }) where same.count > 1 {
      let pieces = same.flatMap(\.pieces)
      let sum = same.reduce(0) { $0 + $1.wish.quantity }
      let counts = [sum, same[0].wish.quantity].filter { (1...Order.quantityLimit).contains($0) }
      ask(.itemTwice, text(of: pieces), choices(counts.map { ChatWish(item: item, quantity: $0) }, pieces))
      wishes.removeAll { $0.wish.item == item }
    }
  }

  // MARK: - What is to be done

  private mutating func intent() -> ChatEntry.Intent {
    if let place = reader.pieces.indices.first(where: { reader.pieces[$0].kind == .cancel }),
      !reader.unread.contains(where: { $0.pieces.contains(place) })
    {
      if wishes.count > 1 { askCancel(place) }
      return .cancellation
    }
    if reader.has(.change) || reader.has(.changed) { return .change }
    guard let place = reader.pieces.indices.first(where: { reader.pieces[$0].kind == .addition }) else {
      return .order
    }
    let isFirst = !wishes.contains { ($0.pieces.min() ?? .max) < place }
    return isFirst ? .addition : .order
  }

  /// Of several items, one may be taken back, or all.
  private mutating func askCancel(_ place: Int) {
    var choices: [ChatQuestion.Choice] = [.init(answer: .cancel, text: cancelling)]
    if let last = wishes.last(where: { ($0.pieces.max() ?? .max) < place }) {
      let rest = wishes.map(\.wish).filter { $0.item != last.wish.item }
      choices.append(
        .init(answer: .wishes(rest), text: reader.rewritten(without: last.pieces + [place], "")))
    }
    ask(.change, reader.body, choices)
  }

  /// A cross may stand for the line or for a part of it.
  private mutating func askCrossed() {
    let places = reader.pieces.indices.filter { reader.pieces[$0].kind == .crossed }
    let choices: [ChatQuestion.Choice] = [
      .init(answer: .cancel, text: cancelling), .init(answer: .leaveOut, text: ""),
      .init(answer: .ignore, text: reader.rewritten(without: places, "")),
    ]
    ask(.struckOut, reader.body, choices.filter { $0.answer != .ignore || !$0.text.isEmpty })
  }

  /// The line as it takes back everything.
  private var cancelling: String {
    let label = reader.label.isEmpty ? "" : reader.label + " "
    let door = reader.doors.first.map { ChatMark.door($0) + " " } ?? ""
    return "\(label)\(door)\(ChatMark.cancellation)"
  }

  private mutating func askAbove(_ above: [ChatWish]?) {
    let places = reader.pieces.indices.filter { reader.pieces[$0].kind == .asAbove }
    var choices: [ChatQuestion.Choice] = []
    if let above, !above.isEmpty {
      let text = above.map { ChatMark.wish($0.item, $0.quantity) }.joined(separator: "，")
      choices.append(.init(answer: .wishes(above), text: reader.rewritten(without: places, text)))
    }
    choices.append(.init(answer: .leaveOut, text: ""))
    ask(.asAbove, text(of: places), choices)
  }
}

extension ChatAmount.Counter? {
  fileprivate var isWeight: Bool { if case .grams? = self { true } else { false } }
}
