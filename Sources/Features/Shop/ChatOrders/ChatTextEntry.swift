/// Reads what one person asks for from the pieces of a line.
struct ChatEntryReader {
  let vocabulary: ChatVocabulary
  let body: String
  private(set) var pieces: [ChatPiece]
  private(set) var named: [Int: ChatPair] = [:]
  /// Words that are read neither as a name nor as anything else, by the piece they begin with.
  private(set) var unread: [(pieces: [Int], text: String, items: [Int])] = []
  private(set) var label = ""

  init(_ body: String, _ vocabulary: ChatVocabulary) {
    self.vocabulary = vocabulary
    self.body = body
    pieces = ChatScanner.pieces(of: body, vocabulary)
    nameItems()
    readUnknown()
    dropPackWeights()
  }

  var hasItems: Bool { !named.isEmpty }
  var hasPrice: Bool { pieces.contains { $0.kind == .aside && $0.text.contains { "元¥块".contains($0) } } }
  var hasAmount: Bool { pieces.contains { if case .amount = $0.kind { true } else { false } } }
  var isUncertainWord: Bool { !unread.isEmpty }
  var doors: [ChatDoor] {
    var doors: [ChatDoor] = []
    for case .door(let door) in pieces.map(\.kind) where !doors.contains(door) { doors.append(door) }
    return doors
  }
  var hasDoor: Bool {
    pieces.contains {
      switch $0.kind {
      case .door, .vagueDoor: true
      default: false
      }
    }
  }
  func has(_ kind: ChatPiece.Kind) -> Bool { pieces.contains { $0.kind == kind } }

  /// Whether the line speaks of an order at all.
  var asksForSomething: Bool { hasItems || has(.cancel) || has(.asAbove) || has(.each) }

  // MARK: - Items

  private mutating func nameItems() {
    for (index, piece) in pieces.enumerated() {
      switch piece.kind {
      case .item(let naming):
        named[index] = ChatPair(pieces: [index], items: naming.items.sorted())
      case .code(let items):
        named[index] = ChatPair(pieces: [index], items: items.sorted())
      default: break
      }
    }
    joinCodes()
    for (index, piece) in pieces.enumerated() {
      guard case .variant(let items) = piece.kind, !items.isEmpty else { continue }
      let places = [neighbour(of: index, step: -1), neighbour(of: index, step: 1)]
      guard let place = places.compactMap(\.self).first(where: { fits($0, items) }) else {
        nameAsSibling(index, items)
        continue
      }
      let before = named[place]?.items ?? []
      named[place]?.items = items.filter(before.contains).sorted()
      named[place]?.pieces.append(index)
    }
  }

  /// `草莓小盒1大盒1`: a size alone is of the product before it.
  private mutating func nameAsSibling(_ index: Int, _ items: Set<Int>) {
    let last = named.keys.filter { $0 < index }.max().flatMap { named[$0] }
    let found = vocabulary.siblings(of: last?.items ?? []).intersection(items)
    if found.count == 1 {
      named[index] = ChatPair(pieces: [index], items: found.sorted())
    } else {
      pieces[index].kind = .unknown
    }
  }

  /// `A鸡蛋2`, `鸡蛋（A）2`: a letter beside the name of the same item says it once more.
  private mutating func joinCodes() {
    for (index, piece) in pieces.enumerated() {
      guard case .code(let items) = piece.kind, items.count == 1 else { continue }
      let places = [neighbour(of: index, step: 1), neighbour(of: index, step: -1)]
      guard let place = places.compactMap(\.self).first(where: { isNamed($0, items) }) else { continue }
      named[place]?.items = items.sorted()
      named[place]?.pieces.append(index)
      named[index] = nil
      pieces[index].kind = .variant([])
    }
  }

  private func isNamed(_ place: Int, _ items: Set<Int>) -> Bool {
    guard case .item = pieces[place].kind else { return false }
    return fits(place, items)
  }

  private func fits(_ place: Int, _ items: Set<Int>) -> Bool {
    guard let pair = named[place] else { return false }
    return pair.items.contains(where: items.contains)
  }

  /// The next piece in a direction that is no space, comma or bracket.
  private func neighbour(of index: Int, step: Int) -> Int? {
    var place = index + step
    while pieces.indices.contains(place) {
      if !pieces[place].isBreak { return place }
      place += step
    }
    return nil
  }

  /// `5公斤大米1袋`: a weight that is what one of them weighs belongs to the name where another number counts.
  private mutating func dropPackWeights() {
    for (index, piece) in pieces.enumerated() {
      guard case .amount(let amount) = piece.kind, case .grams? = amount.counter,
        pieces.indices.count(where: isAmount) > 1
      else { continue }
      for place in [index + 1, index - 1] {
        guard let pair = named[place], pair.items.count == 1, !pair.isDoubtful,
          ChatQuantity(amount, of: vocabulary.items[pair.items[0]]) == .exactly(1),
          isCountedBesides(place, index)
        else { continue }
        named[place]?.pieces.append(index)
        pieces[index].kind = .variant([])
        break
      }
    }
  }

  /// Whether another number than this one stands beside the item.
  private func isCountedBesides(_ place: Int, _ number: Int) -> Bool {
    [-1, 1].contains { step in
      var next = place + step
      while pieces.indices.contains(next), next == number || [.space, .times].contains(pieces[next].kind) {
        next += step
      }
      return pieces.indices.contains(next) && isAmount(next)
    }
  }

  // MARK: - Names and words

  private mutating func readUnknown() {
    let firstAsked = pieces.indices.first { named[$0] != nil || isAmount($0) } ?? pieces.count
    let firstDoor = pieces.indices.first { isDoor($0) }
    var labels: [(index: Int, text: String)] = []
    for index in pieces.indices where pieces[index].kind == .unknown {
      let text = pieces[index].text
      if ChatWordList.isAside(text) {
        pieces[index].kind = ChatWordList.isJoint(text) ? .space : .aside
      } else if labels.contains(where: { $0.text == text }) {
        pieces[index].kind = .aside
      } else if let item = vocabulary.abbreviated(text), isFree(index) {
        pieces[index].kind = .item(ChatVocabulary.Naming(exact: [item]))
        named[index] = ChatPair(pieces: [index], items: [item])
      } else if let name = nameGlued(before: index, isFirst: labels.isEmpty) {
        if !name.isEmpty { labels.append((index, name)) }
      } else if isGlued(index) {
        continue
      } else if mayBeLabel(index, text, firstAsked, firstDoor, labels.map(\.text)) {
        labels.append((index, text))
      } else if isCounted(index) {
        named[index] = ChatPair(pieces: [index], items: vocabulary.similar(to: text), isDoubtful: true)
      } else {
        unread.append(([index], text, vocabulary.similar(to: text)))
      }
    }
    label = labels.map(\.text).joined(separator: " ")
  }

  private func isAmount(_ index: Int) -> Bool { if case .amount = pieces[index].kind { true } else { false } }

  func isDoor(_ index: Int) -> Bool {
    switch pieces[index].kind {
    case .door, .vagueDoor: true
    default: false
    }
  }

  /// Whether a number stands right before or after a word.
  private func isCounted(_ index: Int) -> Bool {
    [index - 1, index + 1].contains { pieces.indices.contains($0) && isAmount($0) }
      || (index + 2 < pieces.count && (pieces[index + 1].kind == .times || pieces[index + 1].kind == .space)
        && isAmount(index + 2))
  }

  /// Whether nothing but a number stands glued to a word.
  private func isFree(_ index: Int) -> Bool {
    let before = index > 0 ? pieces[index - 1] : nil
    let after = index + 1 < pieces.count ? pieces[index + 1] : nil
    return [before, after].allSatisfy { piece in
      guard let piece else { return true }
      switch piece.kind {
      case .space, .comma, .amount, .times, .plus, .each, .aside, .door, .crossed: return true
      default: return false
      }
    }
  }

  /// `王阿姨鸡蛋2`, `张三要鸡蛋2`: the name before an item. Nil where nothing is glued so, or where it is no sure name.
  private func nameGlued(before index: Int, isFirst: Bool) -> String? {
    guard index + 1 < pieces.count, named[index + 1] != nil || pieces[index + 1].kind == .cancel else {
      return nil
    }
    let name = ChatWordList.stripped(pieces[index].text, fromStart: false)
    if name.isEmpty { return "" }
    guard isFirst, index == 0 || !pieces[..<index].indices.contains(where: { named[$0] != nil }),
      ChatWordList.isNameBeforeItem(name) || (name != pieces[index].text && ChatWordList.mayBeName(name))
    else { return nil }
    return name
  }

  /// Joins a word to the item that it touches, which then is in doubt: 鸡蛋 and 面 of 鸡蛋面.
  private mutating func isGlued(_ index: Int) -> Bool {
    if index > 0, named[index - 1] != nil {
      let rest = ChatWordList.stripped(pieces[index].text, fromStart: true)
      if rest.isEmpty { return true }
      doubt(index - 1, joining: index)
      return true
    }
    guard index + 1 < pieces.count, named[index + 1] != nil else {
      if index > 0, pieces[index - 1].kind == .cancel {
        unread.append(([index - 1, index], pieces[index - 1].text + pieces[index].text, []))
        return true
      }
      return false
    }
    doubt(index + 1, joining: index)
    return true
  }

  private mutating func doubt(_ place: Int, joining index: Int) {
    guard named[place] != nil else { return }
    let text =
      index < place ? pieces[index].text + pieces[place].text : pieces[place].text + pieces[index].text
    let known = named[place]?.items ?? []
    let others = vocabulary.similar(to: text).filter { !known.contains($0) }
    named[place]?.items += others
    named[place]?.isDoubtful = true
    named[place]?.pieces.append(index)
    pieces[index].kind = .variant([])
  }

  /// Whether a word stands where names stand and is none of the goods.
  private func mayBeLabel(
    _ index: Int, _ text: String, _ firstAsked: Int, _ firstDoor: Int?, _ labels: [String]
  ) -> Bool {
    let isSure = ChatWordList.isSurelyName(text)
    guard isSure || (ChatWordList.mayBeName(text) && vocabulary.similar(to: text).isEmpty) else {
      // A nickname may be made of anything, where it opens the line and a door follows.
      guard labels.isEmpty, let firstDoor, index < firstDoor, firstDoor < firstAsked, index == 0 else {
        return false
      }
      return vocabulary.similar(to: text).isEmpty && text.count <= 16
    }
    if labels.isEmpty {
      if index < firstAsked { return true }
      let before = neighbour(of: index, step: -1)
      return isSure || before.map(isDoor) ?? false
    }
    guard labels.count == 1, !labels.contains(text), index < firstAsked else { return false }
    let betweenDoor = firstDoor.map { $0 < index } ?? false
    // A nickname, the door, then the name; or the nickname and then what is surely a name.
    if let firstDoor, betweenDoor, pieces[..<firstDoor].contains(where: { $0.kind == .unknown }) {
      return isSure || neighbour(of: index, step: -1) == firstDoor
    }
    return isSure && !ChatWordList.isSurelyName(labels[0])
  }
}

extension ChatEntryReader {
  /// The line with some pieces left out, and something put in the place of the first of them.
  func rewritten(without left: [Int], _ text: String) -> String {
    let first = left.min()
    var written = ""
    for (index, piece) in pieces.enumerated() {
      if index == first { written += text.isEmpty ? " " : "，\(text)，" }
      if !left.contains(index) { written += piece.text }
    }
    if first == nil { written = "\(text) \(written)" }
    return written.trimmed
  }

  /// The line without its door.
  var doorless: String { rewritten(without: doorPlaces, "") }

  /// Where the door stands: what surely is one, else what could be one before the goods, else what could be one at all.
  var doorPlaces: [Int] {
    let sure = pieces.indices.filter { if case .door = pieces[$0].kind { true } else { false } }
    if !sure.isEmpty { return sure }
    let vague = pieces.indices.filter(isDoor)
    let first = named.keys.min() ?? pieces.count
    let before = vague.filter { $0 < first }
    return before.isEmpty ? vague : before
  }

  /// Numbers that could be a room, besides the door and what repeats a part of it.
  var otherRooms: [Int] {
    let places = doorPlaces
    var parts = Set(doors.flatMap { [$0.building, $0.unit, $0.room] })
    for place in places { parts.formUnion(Self.numbers(pieces[place].text)) }
    return pieces.indices.filter { index in
      guard case .vagueDoor(let candidates) = pieces[index].kind, !places.contains(index) else {
        return false
      }
      return !candidates.contains(where: doors.contains)
        && !Self.numbers(pieces[index].text).allSatisfy(parts.contains)
    }
  }

  /// The numbers of a door, one by one, without noughts in front.
  private static func numbers(_ text: String) -> [String] {
    text.uppercased().split { !($0.isASCII && ($0.isNumber || $0.isLetter)) }
      .map { String($0.drop { $0 == "0" }) }
  }
}

extension String {
  fileprivate var trimmed: String {
    var text = self[...]
    while let first = text.first, " ，,、".contains(first) { text = text.dropFirst() }
    while let last = text.last, " ，,、".contains(last) { text = text.dropLast() }
    return String(text)
  }
}
