/// Reads a list that was copied out of a group chat: who asks for what, and what is not certain.
///
/// It never guesses. A line is certain, or it says which questions it leaves open. Every line of the text is accounted for.
package struct ChatReader: Sendable {
  private let vocabulary: ChatVocabulary

  package init(_ items: [ChatItem]) {
    vocabulary = ChatVocabulary(items)
  }

  /// Longer texts are refused before they come here.
  package static let characterLimit = 200_000
  /// Nobody writes an order as long as this; the questions about one line grow with its square.
  package static let lineLimit = 1_000

  /// The first line that is too long to be read, counted from 1.
  static func longLine(of text: String) -> Int? {
    ChatFolding.lines(of: text).firstIndex { $0.count > lineLimit }.map { $0 + 1 }
  }

  /// - Parameter correction: what the leader made of a line that has this key; empty where it is left out.
  package func read(
    _ text: String, correction: (_ key: String) throws -> String?
  ) rethrows -> ChatReading {
    let lines = ChatFolding.lines(of: text)
    var work = ReadingWork(vocabulary)
    work.learnList(lines)
    for (position, line) in lines.enumerated() { try work.read(line, at: position, correction) }
    work.finish()
    return ChatReading(lines: work.finished(lines))
  }

  /// Names a line by what it says and how many lines before it say the same, so that a correction stays with it when
  /// the list grows or is numbered anew.
  package func read(_ text: String) -> ChatReading { read(text) { _ in nil } }

  static func key(of body: String, occurrence: Int) -> String { "\(occurrence)|\(body)" }
}

/// The number in front of a line, and what follows it.
struct ChatLineNumber: Equatable {
  let number: Int?
  let body: String

  init(_ folded: String) {
    var rest = folded[...]
    while rest.first == " " || rest.first == ">" { rest = rest.dropFirst() }
    if rest.hasPrefix("⟦#"), let end = rest.firstIndex(of: ChatMark.close),
      let number = Int(rest[rest.index(rest.startIndex, offsetBy: 2)..<end])
    {
      self.number = number
      body = Self.trimmed(rest[rest.index(after: end)...])
      return
    }
    var inner = rest
    let isBracketed = inner.first.map { "([【第".contains($0) } ?? false
    if isBracketed { inner = inner.dropFirst() }
    let digits = inner.prefix { ChatDoorReader.isDigit($0) }
    let after = inner[digits.endIndex...]
    guard (1...3).contains(digits.count), let number = Int(digits), Self.ends(after, isBracketed) else {
      self.number = nil
      body = Self.trimmed(rest)
      return
    }
    self.number = number
    body = Self.trimmed(after)
  }

  /// Whether a number ends here that stands in front of a line, rather than one that begins a door or an amount.
  private static func ends(_ after: Substring, _ isBracketed: Bool) -> Bool {
    guard let sign = after.first else { return false }
    if isBracketed { return ")]】位个".contains(sign) }
    let next = after.dropFirst().first
    switch sign {
    case "、", ")", "，", ",", "】", "]": return true
    case ".", ":", "。":
      // 1.5斤 is an amount; 1.3-501 is a line whose number touches its door.
      guard let next, ChatDoorReader.isDigit(next) else { return true }
      let digits = after.dropFirst().prefix { ChatDoorReader.isDigit($0) }
      return after[digits.endIndex...].first.map { "-/#号栋幢座楼".contains($0) } ?? false || digits.count >= 3
    case " ": return next.map { !ChatDoorReader.isDigit($0) && !"-/#".contains($0) } ?? false
    default: return false
    }
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while let first = text.first, " .、,，:)）".contains(first) { text = text.dropFirst() }
    while text.last == " " { text = text.dropLast() }
    return String(text)
  }
}

/// Everything that is known while the lines of one text are read.
private struct ReadingWork {
  private var vocabulary: ChatVocabulary
  private var kinds: [ChatLine.Kind] = []
  private var keys: [String] = []
  private var occurrences: [String: Int] = [:]
  private var hasBegun = false
  private var isQuoting = false
  /// The last entry, whose next lines may go on with it.
  private var last: (position: Int, reader: ChatEntryReader, isOpen: Bool)?

  init(_ vocabulary: ChatVocabulary) {
    self.vocabulary = vocabulary
  }

  // MARK: - The list's own letters and numbers

  /// Lines that offer an item under a letter or a number: `A 鸡蛋 32元/盒`, `1、鸡蛋 32元`.
  mutating func learnList(_ lines: [Substring]) {
    var (letters, numbers): ([String: Set<Int>], [Int: Set<Int>]) = ([:], [:])
    for line in lines {
      let folded = ChatFolding.folded(line)
      guard let offered = Self.offer(folded, vocabulary) else { continue }
      switch offered.sign {
      case .letter(let letter): letters[letter, default: []].insert(offered.item)
      case .number(let number): numbers[number, default: []].insert(offered.item)
      case nil: continue
      }
    }
    vocabulary.use(letters: letters, numbers: numbers)
  }

  private enum Sign {
    case letter(String)
    case number(Int)
  }

  /// What a line offers; nil where it is no line of a list of items.
  private static func offer(
    _ folded: String, _ vocabulary: ChatVocabulary
  ) -> (sign: Sign?, item: Int)? {
    let numbered = ChatLineNumber(folded)
    var (sign, body): (Sign?, String) = (numbered.number.map { .number($0) }, numbered.body)
    let word = body.prefix { ChatVocabulary.isLetter($0) }
    if sign == nil, (1...2).contains(word.count), let next = body.dropFirst(word.count).first,
      !ChatDoorReader.isDigit(next), next != "-"
    {
      sign = .letter(word.uppercased())
      body = ChatLineNumber(String(body.dropFirst(word.count))).body
    }
    let reader = ChatEntryReader(body, vocabulary)
    guard reader.doors.isEmpty, let first = reader.named.keys.min(), let pair = reader.named[first] else {
      return nil
    }
    let before = reader.pieces[..<first].allSatisfy { $0.isBreak || $0.kind == .aside }
    let isBare =
      !reader.hasAmount && reader.pieces.allSatisfy { $0.isBreak || reader.named.count == 1 }
      && reader.unread.isEmpty && reader.label.isEmpty && reader.named.count == 1 && sign != nil
    guard before, reader.hasPrice || isBare, !pair.isDoubtful else { return nil }
    if pair.items.count == 1 { return (sign, pair.items[0]) }
    // Two of one name are told apart by the letter that our own list gives them.
    guard case .letter(let letter)? = sign, let items = vocabulary.letters[letter], items.count == 1,
      let item = items.first, pair.items.contains(item)
    else { return nil }
    return (sign, item)
  }

  // MARK: - Lines

  mutating func read(
    _ line: Substring, at position: Int, _ correction: (String) throws -> String?
  ) rethrows {
    let (rest, struck) = ChatFolding.struck(String(line))
    let folded = ChatFolding.folded(rest)
    if let kind = aside(folded, struck) {
      kinds.append(kind)
      keys.append("")
      return
    }
    let numbered = ChatLineNumber(folded)
    let said = numbered.body + (struck.isEmpty ? "" : "|\(struck)")
    let key = ChatReader.key(of: said, occurrence: occurrences[said, default: 0])
    occurrences[said, default: 0] += 1
    keys.append(key)
    if let corrected = try correction(key) {
      if corrected.isEmpty {
        kinds.append(.leftOut)
      } else {
        order(ChatEntryReader(ChatFolding.folded(corrected), vocabulary), at: position, numbered.number, "")
      }
      return
    }
    sort(ChatEntryReader(numbered.body, vocabulary), at: position, numbered.number, struck, folded)
  }

  /// What is surely no order: nothing, a quotation, an example, a title.
  private mutating func aside(_ folded: String, _ struck: String) -> ChatLine.Kind? {
    let plain = folded.drop { $0 == " " }
    if plain.isEmpty, struck.isEmpty { return .blank }
    if isQuoting || plain.hasPrefix("「") {
      isQuoting = !plain.contains("」")
      return .quoted
    }
    if plain.allSatisfy({ "-=_*·~. ×".contains($0) }), struck.isEmpty { return .note }
    if plain.hasPrefix("#") && !plain.dropFirst().contains("#") && plain.lowercased().contains("接龙") {
      return .note
    }
    for word in ["例如", "例", "示例", "格式", "写法", "怎么写", "example", "e.g", "how to"]
    where plain.lowercased().hasPrefix(word) {
      return .example
    }
    return nil
  }

  private mutating func sort(
    _ reader: ChatEntryReader, at position: Int, _ number: Int?, _ struck: String, _ folded: String
  ) {
    if reader.doors.isEmpty, !hasBegun, Self.offer(folded, vocabulary) != nil {
      return kinds.append(.itemList)
    }
    guard number != nil else { return sortUnnumbered(reader, at: position, struck) }
    let isRemark = !reader.hasDoor && !reader.asksForSomething && !reader.hasAmount && struck.isEmpty
    if isRemark, !hasBegun || reader.label.isEmpty { return kinds.append(.note) }
    order(reader, at: position, number, struck)
  }

  private mutating func sortUnnumbered(_ reader: ChatEntryReader, at position: Int, _ struck: String) {
    let asks = reader.asksForSomething || (reader.hasAmount && vocabulary.items.count == 1)
    if !reader.doors.isEmpty, asks || reader.has(.crossed) { return order(reader, at: position, nil, struck) }
    guard hasBegun, asks else { return kinds.append(.note) }
    if let last, last.isOpen, reader.label.isEmpty, !reader.hasDoor {
      let joined = ChatEntryReader("\(last.reader.body) \(reader.body)", vocabulary)
      if case .order(let entry) = kinds[last.position] {
        kinds[last.position] = .order(
          ChatEntryMaker.entry(joined, position: entry.position, number: entry.number, above: nil))
        self.last = (last.position, joined, false)
        return kinds.append(.continuation(of: last.position))
      }
    }
    order(reader, at: position, nil, struck)
  }

  private mutating func order(_ reader: ChatEntryReader, at position: Int, _ number: Int?, _ struck: String) {
    var entry = ChatEntryMaker.entry(reader, position: position, number: number, above: above)
    if !struck.isEmpty { entry = entry.striking(struck, reader, vocabulary) }
    hasBegun = hasBegun || reader.hasDoor || !reader.label.isEmpty
    last = (position, reader, !reader.hasItems && entry.intent == .order && struck.isEmpty)
    kinds.append(.order(entry))
  }

  private var above: [ChatWish]? {
    for kind in kinds.reversed() {
      if case .order(let entry) = kind {
        return entry.isCertain && entry.intent == .order ? entry.wishes : nil
      }
    }
    return nil
  }

  // MARK: - The whole list

  /// Joins what one person says in several lines, and asks about doors and names that stand in the list twice.
  mutating func finish() {
    var firstOf: [String: Int] = [:]
    var firstAt: [ChatDoor: Int] = [:]
    for position in kinds.indices {
      guard case .order(let entry) = kinds[position] else { continue }
      let same = entry.label.isEmpty && entry.door == nil ? nil : firstOf[entry.identity]
      let neighbour = entry.door.flatMap { firstAt[$0] }
      if let place = same ?? neighbour, case .order(let before) = kinds[place] {
        meet(entry, at: position, before, at: place)
      } else {
        firstOf[entry.identity] = position
        if let door = entry.door { firstAt[door] = position }
      }
    }
  }

  private mutating func meet(_ entry: ChatEntry, at position: Int, _ before: ChatEntry, at place: Int) {
    if entry.isBesides || !entry.isCertain { return }
    if let amended = before.amended(by: entry) {
      kinds[place] = .order(amended)
      kinds[position] = .amendment(of: place)
      return
    }
    let besides = ChatQuestion.Choice(answer: .besides, text: "\(ChatMark.besides) \(entry.body)")
    let leaveOut = ChatQuestion.Choice(answer: .leaveOut, text: "")
    kinds[position] = .order(
      entry.asking(
        ChatQuestion(kind: .repeated, fragment: before.body, choices: [leaveOut, besides])))
  }

  func finished(_ lines: [Substring]) -> [ChatLine] {
    lines.indices.map { index in
      ChatLine(position: index, text: String(lines[index]), key: keys[index], kind: kinds[index])
    }
  }
}

extension ChatEntry {
  /// As it is, with one more question.
  func asking(_ question: ChatQuestion) -> ChatEntry {
    copy(wishes: wishes, questions: questions + [question])
  }

  private func copy(
    wishes: [ChatWish], intent: Intent? = nil, questions: [ChatQuestion]
  ) -> ChatEntry {
    ChatEntry(
      position: position, number: number, label: label, door: door, wishes: wishes,
      intent: intent ?? self.intent, questions: questions, body: body, doorless: doorless,
      isBesides: isBesides)
  }

  /// What the same person's later line makes of it, where that says so itself; nil where the two merely stand beside
  /// each other.
  func amended(by later: ChatEntry) -> ChatEntry? {
    guard isCertain, intent == .order, later.identity == identity || later.label.isEmpty else { return nil }
    var quantities = Dictionary(wishes.map { ($0.item, $0.quantity) }) { first, _ in first }
    switch later.intent {
    case .order: return nil
    case .addition:
      for wish in later.wishes { quantities[wish.item, default: 0] += wish.quantity }
    case .change:
      guard later.wishes.allSatisfy({ quantities[$0.item] != nil }) else { return nil }
      for wish in later.wishes { quantities[wish.item] = wish.quantity }
    case .cancellation:
      guard later.wishes.allSatisfy({ quantities[$0.item] != nil }) else { return nil }
      for wish in later.wishes { quantities[wish.item] = nil }
      if later.wishes.isEmpty || quantities.isEmpty {
        return copy(wishes: [], intent: .cancellation, questions: [])
      }
    }
    guard quantities.values.allSatisfy({ $0 <= Order.quantityLimit }) else { return nil }
    let wishes = quantities.map { ChatWish(item: $0.key, quantity: $0.value) }.sorted { $0.item < $1.item }
    return copy(wishes: wishes, questions: [])
  }

  /// The line when a part of it is struck through: taken back where all of it is, a question where some is left.
  func striking(_ struck: String, _ rest: ChatEntryReader, _ vocabulary: ChatVocabulary) -> ChatEntry {
    let was = ChatEntryReader(ChatLineNumber(ChatFolding.folded(struck)).body, vocabulary)
    let isAll = !rest.hasItems && was.hasItems && !rest.hasAmount
    let body = "\(self.body)|\(struck)"
    guard isAll else {
      let choice = ChatQuestion.Choice(answer: .ignore, text: rest.body)
      return ChatEntry(
        position: position, number: number, label: label, door: door, wishes: wishes, intent: intent,
        questions: questions.filter { $0.kind != .nothingAsked }
          + [ChatQuestion(kind: .struckOut, fragment: struck, choices: rest.body.isEmpty ? [] : [choice])],
        body: body, doorless: doorless, isBesides: isBesides)
    }
    let doors = rest.doors.isEmpty ? was.doors : rest.doors
    return ChatEntry(
      position: position, number: number, label: rest.label.isEmpty ? was.label : rest.label,
      door: doors.first,
      wishes: [], intent: .cancellation,
      questions: questions.filter {
        $0.kind != .nothingAsked && !(doors.count == 1 && $0.kind == .doorMissing)
      },
      body: body, doorless: doorless, isBesides: isBesides)
  }
}
