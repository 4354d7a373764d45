/// Cuts a folded line into pieces, from left to right.
struct ChatScanner {
  private let vocabulary: ChatVocabulary
  let characters: [Character]
  private let lower: [Character]
  private var index = 0
  private var pieces: [ChatPiece] = []
  private var unknown = ""

  init(_ line: String, _ vocabulary: ChatVocabulary) {
    self.vocabulary = vocabulary
    characters = Array(line)
    lower = characters.map { $0.lowercased().first ?? $0 }
  }

  static func pieces(of line: String, _ vocabulary: ChatVocabulary) -> [ChatPiece] {
    var scanner = ChatScanner(line, vocabulary)
    return scanner.scan()
  }

  private mutating func scan() -> [ChatPiece] {
    while index < characters.count {
      if takeMark() || takeTelephone() || takeMoney() || takeTime() || takeDoor() || takeItem()
        || takeAmount() || takeWord() || takeSign()
      {
        continue
      }
      unknown.append(characters[index])
      index += 1
    }
    endUnknown()
    return pieces
  }

  private mutating func endUnknown() {
    if unknown.isEmpty { return }
    pieces.append(ChatPiece(kind: .unknown, text: unknown))
    unknown = ""
  }

  private mutating func add(_ kind: ChatPiece.Kind, _ length: Int) {
    endUnknown()
    pieces.append(ChatPiece(kind: kind, text: String(characters[index..<(index + length)])))
    index += length
  }

  private func at(_ place: Int) -> Character? {
    place >= 0 && place < characters.count ? characters[place] : nil
  }

  private func isDigit(_ place: Int) -> Bool { at(place).map(ChatDoorReader.isDigit) ?? false }

  private func has(_ word: String, at place: Int) -> Bool {
    var place = place
    for character in word {
      guard place < lower.count, lower[place] == character else { return false }
      place += 1
    }
    return true
  }

  // MARK: - Marks of our own

  private mutating func takeMark() -> Bool {
    guard characters[index] == ChatMark.open,
      let end = characters[index...].firstIndex(of: ChatMark.close)
    else { return false }
    let name = String(characters[(index + 1)..<end])
    add(Self.mark(name, vocabulary), end + 1 - index)
    return true
  }

  private static func mark(_ name: String, _ vocabulary: ChatVocabulary) -> ChatPiece.Kind {
    switch name {
    case "besides": return .besides
    case "add": return .addition
    case "change": return .changed
    case "cancel": return .cancel
    default: break
    }
    if name.hasPrefix("#") {
      return .code(Int(name.dropFirst()).flatMap { vocabulary.numbers[$0] } ?? [])
    }
    if name.hasPrefix("door:") {
      let parts = name.dropFirst(5).split(separator: "|", omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 3 else { return .unknown }
      return .door(ChatDoor(building: parts[0], unit: parts[1], room: parts[2]))
    }
    let found = vocabulary.items.indices.first { ChatMark.letters($0) == name }
    return found.map { .item(ChatVocabulary.Naming(exact: [$0])) } ?? .unknown
  }

  // MARK: - Doors, telephones, money, times

  private mutating func takeDoor() -> Bool {
    if isDigit(index - 1) || at(index - 1) == "." { return false }
    if let before = at(index - 1), VocabularyLetters.areBoth(before, characters[index]) { return false }
    let follows = pieces.last.map { Self.expectsAmount($0.kind) } ?? false
    guard let found = ChatDoorReader.door(in: characters, at: index, afterItem: follows && unknown.isEmpty)
    else { return false }
    add(found.door.map { .door($0) } ?? .vagueDoor(found.candidates), found.length)
    return true
  }

  private static func expectsAmount(_ kind: ChatPiece.Kind) -> Bool {
    switch kind {
    case .item, .code, .variant, .times, .plus, .each, .change: true
    default: false
    }
  }

  /// Eleven digits that begin with 1, in whatever groups; never kept.
  private mutating func takeTelephone() -> Bool {
    for word in ["手机尾号", "电话尾号", "尾号", "手机号", "手机", "电话", "tel", "phone"] where has(word, at: index) {
      var end = index + word.count
      while let next = at(end), ": .号是".contains(next) { end += 1 }
      let start = end
      while isDigit(end) || (end > start && (at(end) == " " || at(end) == "-") && isDigit(end + 1)) {
        end += 1
      }
      guard end - start >= 4 else { continue }
      add(.aside, end - index)
      return true
    }
    guard at(index) == "1", !isDigit(index - 1) else { return false }
    var (end, digits) = (index, 0)
    while digits < 11 {
      if isDigit(end) {
        digits += 1
      } else if digits == 0 || !(at(end) == " " || at(end) == "-") || !isDigit(end + 1) {
        return false
      }
      end += 1
    }
    guard !isDigit(end), ["3", "4", "5", "6", "7", "8", "9"].contains(at(index + 1)) else { return false }
    add(.aside, end - index)
    return true
  }

  private static let totals = ["一共", "总共", "合计", "总计", "共计", "共"]

  /// `¥30`, `60元`, `25元/盒`, `共60元`, and `共60` after a number of pieces.
  private mutating func takeMoney() -> Bool {
    let total = Self.totals.first { has($0, at: index) }
    let sign = total ?? ["¥", "$", "rmb"].first { has($0, at: index) }
    var isMoney = sign != nil && total == nil
    var place = index + (sign?.count ?? 0)
    while sign != nil, let next = at(place), ":= ¥".contains(next) {
      isMoney = isMoney || next == "¥"
      place += 1
    }
    let start = place
    if isDigit(place - 1) { return false }
    while isDigit(place) || (at(place) == "." && place > start && isDigit(place + 1)) { place += 1 }
    for word in ["元钱", "块钱", "元", "rmb", "yuan", "圆"] where place > start && has(word, at: place) {
      isMoney = true
      place += word.count
      break
    }
    if at(place) == "/", ChatCounters.word(in: characters, at: place + 1) != nil { isMoney = true }
    if !isMoney, total != nil, takeTotal(before: start) { return true }
    guard place > start, isMoney || total != nil else { return false }
    addMoney(upTo: place, isSigned: start > index)
    return true
  }

  /// `鸡蛋共2盒`: a number of pieces where none was named before. Without a counter it may be money.
  private mutating func takeTotal(before number: Int) -> Bool {
    guard let found = ChatCounters.amount(in: characters, at: number) else { return false }
    let isCounted = pieces.contains { if case .amount = $0.kind { true } else { false } }
    guard found.amount.counter != nil else {
      if isCounted || found.isHan { return false }
      let amount = ChatAmount(thousandths: found.amount.thousandths, counter: .total)
      add(.amount(amount), number + found.length - index)
      return true
    }
    let isNamed: Bool =
      switch pieces.last(where: { !$0.isBreak })?.kind {
      case .item, .code, .variant: unknown.isEmpty
      default: false
      }
    guard isNamed || !isCounted else { return false }
    add(isNamed ? .times : .space, number - index)
    return true
  }

  /// The rest of what is paid: `元/盒`, `块一盒`.
  private mutating func addMoney(upTo end: Int, isSigned: Bool) {
    var place = end
    if has("块", at: place) { place += 1 }
    if isSigned, let counter = ChatCounters.word(in: characters, at: place) { place += counter.length }
    if at(place) == "/" || at(place) == "每" || at(place) == "一" {
      let counter =
        at(place) == "一" ? ChatCounters.word(in: characters, at: place + 1).map { ($0, place + 1) } : nil
      if let counter {
        place = counter.1 + counter.0.length
      } else if at(place) != "一" {
        place += 1
        while isDigit(place) { place += 1 }
        if let counter = ChatCounters.word(in: characters, at: place) { place += counter.length }
      }
    }
    add(.aside, place - index)
  }

  /// `7点半`, `19:30`, `11月25日`.
  private mutating func takeTime() -> Bool {
    guard isDigit(index), !isDigit(index - 1) else { return false }
    var place = index
    while isDigit(place) { place += 1 }
    guard place - index <= 2 else { return false }
    if at(place) == "点" {
      place += 1
      if at(place) == "半" || at(place) == "钟" { place += 1 }
      while isDigit(place) { place += 1 }
      if at(place) == "分" { place += 1 }
    } else if at(place) == ":", isDigit(place + 1), isDigit(place + 2), !isDigit(place + 3) {
      place += 3
    } else if at(place) == "月" {
      place += 1
      while isDigit(place) { place += 1 }
      if at(place) == "日" || at(place) == "号" { place += 1 }
    } else {
      return false
    }
    add(.aside, place - index)
    return true
  }

  // MARK: - Items and amounts

  private mutating func takeItem() -> Bool {
    if let (naming, length) = vocabulary.name(at: index, of: lower),
      length > 1 || unknown.isEmpty || isDigit(index + 1)
    {
      add(.item(naming), length)
      return true
    }
    if let (items, length) = vocabulary.variant(at: index, of: lower), unknown.isEmpty {
      add(.variant(items), length)
      return true
    }
    return takeLetters() || takeNumberOfItem()
  }

  /// `A`, `b`, `AB`: letters of the list.
  private mutating func takeLetters() -> Bool {
    guard VocabularyLetters.isLetter(characters[index]), unknown.isEmpty,
      !(at(index - 1).map(VocabularyLetters.isLetter) ?? false)
    else { return false }
    var end = index
    while let next = at(end), VocabularyLetters.isLetter(next) { end += 1 }
    let word = String(characters[index..<end])
    if isTimes(upTo: end) || isTimesAfterAmount { return false }
    if ChatCounters.word(in: characters, at: index)?.length == end - index, isAfterAmount { return false }
    if let items = vocabulary.letters[word.uppercased()] {
      add(.code(items), end - index)
      return true
    }
    let codes = word.map { vocabulary.letters[String($0)] ?? [] }
    guard word.count <= 6, word == word.uppercased(), codes.allSatisfy({ $0.count == 1 }),
      Set(word).count == word.count
    else { return false }
    for items in codes { add(.code(items), 1) }
    return true
  }

  private var isAfterAmount: Bool { if case .amount = pieces.last?.kind { true } else { false } }

  /// `x2` after an item multiplies.
  private func isTimes(upTo end: Int) -> Bool {
    guard end == index + 1, lower[index] == "x", !(at(index - 1).map(VocabularyLetters.isLetter) ?? false)
    else { return false }
    var next = end
    while at(next) == " " { next += 1 }
    guard isDigit(next) || (at(next).map(ChatNumber.isHan) ?? false) else { return false }
    let before = pieces.last { $0.kind != .space }
    return before.map { Self.expectsAmount($0.kind) || $0.kind == .unknown } ?? false
  }

  /// `2x eggs`.
  private var isTimesAfterAmount: Bool {
    guard lower[index] == "x", isAfterAmount, unknown.isEmpty else { return false }
    return !(at(index + 1).map(VocabularyLetters.isLetter) ?? false)
  }

  /// `1号` where the list has numbers.
  private mutating func takeNumberOfItem() -> Bool {
    guard isDigit(index), !isDigit(index - 1), !vocabulary.numbers.isEmpty else { return false }
    var end = index
    while isDigit(end) { end += 1 }
    guard at(end) == "号", let number = Int(String(characters[index..<end])) else { return false }
    add(.code(vocabulary.numbers[number] ?? []), end + 1 - index)
    return true
  }

  private mutating func takeAmount() -> Bool {
    guard let found = ChatCounters.amount(in: characters, at: index) else { return false }
    if found.isHan, found.amount.counter == nil {
      // 三 alone is a number only where one is expected, and nothing else begins with it.
      let before = pieces.last { $0.kind != .space }
      guard unknown.isEmpty, before.map({ Self.expectsAmount($0.kind) }) ?? false,
        at(index + found.length).map({ " ,.。;、+()".contains($0) }) ?? true
      else { return false }
    }
    add(.amount(found.amount), found.length)
    return true
  }

  // MARK: - Words and signs

  private mutating func takeWord() -> Bool {
    for (word, kind) in ChatWordList.anywhere where has(word, at: index) {
      add(kind, word.count)
      return true
    }
    guard unknown.isEmpty else { return false }
    for (word, kind) in ChatWordList.atStart where has(word, at: index) {
      if word == "加" || word == "补" || word == "改", !isFollowedByAmount(index + 1) { continue }
      add(kind, word.count)
      return true
    }
    return false
  }

  /// 加 is also a name; more of something follows with an item or a number.
  private func isFollowedByAmount(_ place: Int) -> Bool {
    var place = place
    while at(place) == " " { place += 1 }
    return vocabulary.name(at: place, of: lower) != nil
      || ChatCounters.amount(in: characters, at: place) != nil
  }

  private mutating func takeSign() -> Bool {
    switch characters[index] {
    case " ", ":", "=", "(", ")", "[", "]", "【", "】": add(.space, 1)
    case "×": add(.times, 1)
    case "❌": add(.crossed, 1)
    case "x", "X":
      guard isTimes(upTo: index + 1) || isTimesAfterAmount else { return false }
      add(.times, 1)
    case "+": add(.plus, 1)
    case ",", "、", ";", "。", "/", "|", "!", "~", "&", "\\", "_", "\"", "“",
      "”", "@", "#", "<", ">", "《", "》", "…", ".", "'", "-", "·":
      add(.comma, 1)
    default: return false
    }
    return true
  }
}

private enum VocabularyLetters {
  static func isLetter(_ character: Character) -> Bool { ChatVocabulary.isLetter(character) }
  static func areBoth(_ one: Character, _ other: Character) -> Bool { isLetter(one) && isLetter(other) }
}
