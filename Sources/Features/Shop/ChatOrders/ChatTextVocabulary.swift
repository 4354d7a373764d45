/// What the words of one list can mean: the items on offer under all their names, and the letters or numbers before them.
struct ChatVocabulary: Sendable {
  /// What a run of characters names.
  struct Naming: Sendable, Equatable {
    /// By this whole name.
    var exact: Set<Int> = []
    /// By the end of its name, which in Chinese says what a thing is: 鸡蛋 of 散养鸡蛋.
    var ending: Set<Int> = []

    var items: Set<Int> { exact.isEmpty ? ending : exact }
  }

  private(set) var names: [[Character]: Naming] = [:]
  /// A size or pack by its own name, and the items that come in it.
  private(set) var variants: [[Character]: Set<Int>] = [:]
  /// How long the names are that begin with a character, the longest first.
  private var lengths: [Character: [Int]] = [:]
  private(set) var letters: [String: Set<Int>] = [:]
  private(set) var numbers: [Int: Set<Int>] = [:]
  let items: [ChatItem]
  private let baseNames: [[[Character]]]

  /// Words of the kitchen that are one thing under two names.
  private static let sameThing: [[String]] = [
    ["番茄", "西红柿"], ["土豆", "马铃薯", "洋芋"], ["卷心菜", "包菜", "圆白菜"], ["花菜", "菜花", "花椰菜"],
    ["红薯", "番薯", "地瓜", "山芋"], ["香菜", "芫荽"], ["荸荠", "马蹄"], ["猕猴桃", "奇异果"], ["菠萝", "凤梨"],
    ["酸奶", "酸牛奶"], ["草鸡蛋", "土鸡蛋"],
  ]

  /// Ends of names that say enough with one character.
  private static let shortEndings: Set<Character> = ["虾", "鸡", "鸭", "蟹"]

  init(_ items: [ChatItem]) {
    self.items = items
    baseNames = items.map { item in item.names.map { Self.key($0.product) } }
    for (index, item) in items.enumerated() {
      for name in item.names { add(name, of: index) }
    }
    for key in Array(names.keys) + Array(variants.keys) {
      if let first = key.first { lengths[first, default: []].append(key.count) }
    }
    lengths = lengths.mapValues { Array(Set($0)).sorted(by: >) }
    for index in items.indices { letters[ChatMark.letters(index), default: []].insert(index) }
  }

  /// The letters and numbers that the text's own list gives to the items, instead of ours.
  mutating func use(letters: [String: Set<Int>], numbers: [Int: Set<Int>]) {
    if !letters.isEmpty { self.letters = letters }
    self.numbers = numbers
  }

  /// Lower case, one spelling, spaces only between words of letters.
  static func key(_ text: String) -> [Character] {
    var key: [Character] = []
    for character in ChatFolding.folded(text).lowercased() {
      if character == " " || character == "-" {
        if let last = key.last, last != " " { key.append(" ") }
      } else {
        key.append(character)
      }
    }
    while key.last == " " { key.removeLast() }
    // A space beside a Chinese character joins nothing.
    return key.indices.filter { index in
      key[index] != " " || (key[index - 1].isASCII && index + 1 < key.count && key[index + 1].isASCII)
    }.map { key[$0] }
  }

  private mutating func add(_ name: ChatItem.Name, of index: Int) {
    let (base, aside) = Self.aside(name.product)
    let variant = Self.key(name.variant)
    for spelling in Self.spellings(base) {
      let product = Self.key(spelling)
      if product.isEmpty { continue }
      insert(product, exact: variant.isEmpty ? index : nil, ending: index)
      if !variant.isEmpty {
        insert(product + variant, exact: index, ending: nil)
        insert(variant + product, exact: index, ending: nil)
        if product.allSatisfy(\.isASCII) { insert(product + [" "] + variant, exact: index, ending: nil) }
      }
      addEndings(of: product, index)
    }
    for part in aside + [name.variant] where !Self.key(part).isEmpty {
      variants[Self.key(part), default: []].insert(index)
    }
  }

  private mutating func addEndings(of product: [Character], _ index: Int) {
    if product.allSatisfy(\.isASCII) {
      for start in product.indices where start > 0 && product[start - 1] == " " {
        // What ends with a number is not called by its number.
        guard Self.isLetter(product[start]) else { continue }
        insert(Array(product[start...]), exact: nil, ending: index)
      }
      return
    }
    for start in product.indices.dropFirst() {
      let ending = Array(product[start...])
      if ChatDoorReader.isDigit(ending[0]) || ChatNumber.isHan(ending[0]) { continue }
      if ending.count > 1 || Self.shortEndings.contains(ending[0]) {
        insert(ending, exact: nil, ending: index)
      }
    }
  }

  private mutating func insert(_ key: [Character], exact: Int?, ending: Int?) {
    var forms = [key]
    if key.allSatisfy(\.isASCII), key.last == "s", key.count > 3 { forms.append(Array(key.dropLast())) }
    for form in forms {
      if let exact { names[form, default: Naming()].exact.insert(exact) }
      if let ending { names[form, default: Naming()].ending.insert(ending) }
    }
  }

  /// A name without what stands in brackets or after a space, and that.
  private static func aside(_ name: String) -> (base: String, aside: [String]) {
    let plain = ChatFolding.folded(name)
    guard plain.contains(where: { !$0.isASCII }) else { return (plain, []) }
    let parts = plain.split { "()[]【】 ".contains($0) }.map(String.init)
    return (parts.first ?? plain, Array(parts.dropFirst()))
  }

  private static func spellings(_ name: String) -> [String] {
    var spellings = [name]
    for group in sameThing {
      for word in group where name.contains(word) {
        for other in group where other != word {
          spellings.append(name.replacing(word, with: other))
        }
      }
    }
    return spellings
  }

  // MARK: - Looking up

  /// The longest name that begins here.
  func name(at start: Int, of line: [Character]) -> (naming: Naming, length: Int)? {
    longest(at: start, of: line) { names[$0] }
  }

  func variant(at start: Int, of line: [Character]) -> (items: Set<Int>, length: Int)? {
    longest(at: start, of: line) { variants[$0] }
  }

  private func longest<Found>(
    at start: Int, of line: [Character], _ find: ([Character]) -> Found?
  ) -> (Found, Int)? {
    guard start < line.count else { return nil }
    for length in lengths[line[start], default: []] {
      let end = start + length
      if end <= line.count, isWord(line, start, end), let found = find(Array(line[start..<end])) {
        return (found, length)
      }
    }
    return nil
  }

  /// Words of letters are whole words.
  private func isWord(_ line: [Character], _ start: Int, _ end: Int) -> Bool {
    let before = start > 0 && Self.isLetter(line[start - 1]) && Self.isLetter(line[start])
    let after = end < line.count && Self.isLetter(line[end]) && Self.isLetter(line[end - 1])
    return !before && !after
  }

  static func isLetter(_ character: Character) -> Bool { character.isASCII && character.isLetter }

  /// Items that a word could mean although it is no name of theirs: it holds one, is held by one, or leaves out a part.
  func similar(to word: String) -> [Int] {
    let word = Self.key(word)
    guard !word.isEmpty else { return [] }
    if word.allSatisfy(\.isASCII) { return sharingWord(with: word) }
    return items.indices.filter { index in
      baseNames[index].contains { name in
        Self.holds(name, word) || Self.holds(word, name)
          || names.contains { $0.value.items.contains(index) && $0.key.count > 1 && Self.holds(word, $0.key) }
          || Self.isAbbreviation(word, of: name)
      }
    }
  }

  /// Letters are compared word by word: Tom is no tomato.
  private func sharingWord(with word: [Character]) -> [Int] {
    func stems(_ text: [Character]) -> Set<String> {
      Set(text.split(separator: " ").map { String($0.last == "s" && $0.count > 3 ? $0.dropLast() : $0) })
    }
    let words = stems(word).filter { $0.count > 2 }
    return items.indices.filter { index in
      baseNames[index].contains { $0.allSatisfy(\.isASCII) && !stems($0).isDisjoint(with: words) }
    }
  }

  /// Items that are another size or pack of the same product.
  func siblings(of items: [Int]) -> Set<Int> {
    Set(
      self.items.indices.filter { index in items.contains { baseNames[$0].first == baseNames[index].first } })
  }

  /// The only item of which a word is an abbreviation that keeps the first and the last character: 崇明米 of 崇明大米.
  func abbreviated(_ word: String) -> Int? {
    let word = Self.key(word)
    guard word.count > 1, let first = word.first, !first.isASCII else { return nil }
    let found = items.indices.filter { index in
      baseNames[index].contains { name in
        name.first == first && name.last == word.last && Self.isAbbreviation(word, of: name)
      }
    }
    return found.count == 1 ? found[0] : nil
  }

  private static func holds(_ text: [Character], _ part: [Character]) -> Bool {
    guard part.count <= text.count, let first = part.first else { return false }
    return (0...(text.count - part.count)).contains { start in
      text[start] == first && text[start..<(start + part.count)].elementsEqual(part)
    }
  }

  private static func isAbbreviation(_ word: [Character], of name: [Character]) -> Bool {
    var rest = name[...]
    for character in word {
      guard let place = rest.firstIndex(of: character) else { return false }
      rest = rest[(place + 1)...]
    }
    return word.count > 1
  }
}
