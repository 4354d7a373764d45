/// An item that a line names, with how many of it.
struct ChatPair: Sendable {
  /// The pieces that say it.
  var pieces: [Int]
  /// What it could be.
  var items: [Int]
  /// Whether something stands glued to it that may change what it is.
  var isDoubtful = false
  var amount: ChatAmount?
  /// Whether the amount was said once for several items.
  var isShared = false
}

/// Finds out which number belongs to which item of a line.
struct ChatPairing {
  private(set) var pairs: [ChatPair] = []
  /// Numbers that belong to no item.
  private(set) var loose: [(piece: Int, amount: ChatAmount)] = []
  /// Parts of the line in which a number stands between two items, with the two readings.
  private(set) var unclear: [(pieces: [Int], readings: [[ChatPair]])] = []
  /// "One of each" with nothing named before it.
  private(set) var ofEverything: (pieces: [Int], amount: ChatAmount?)?
  /// "Change into" without an item before or a number after it.
  private(set) var unclearChange: Int?
  private(set) var hasAmounts = false
  /// Signs of multiplication that join nothing.
  private(set) var idleSigns: [Int] = []

  private enum Token {
    case pair(ChatPair)
    case amount(Int, ChatAmount)
    case times(Int)
    case each(Int)
    case change(Int)
    case space
  }

  private let pieces: [ChatPiece]

  /// - Parameter named: the items by the piece that names them.
  init(_ pieces: [ChatPiece], named: [Int: ChatPair]) {
    self.pieces = pieces
    hasAmounts = pieces.contains { if case .amount = $0.kind { true } else { false } }
    var segment: [Token] = []
    for (index, piece) in pieces.enumerated() {
      if let pair = named[index] {
        segment.append(.pair(pair))
        continue
      }
      switch piece.kind {
      case .amount(let amount): segment.append(.amount(index, amount))
      case .times: segment.append(.times(index))
      case .plus:
        if isOneMore(at: index) {
          segment.append(.times(index))
        } else {
          read(segment)
          segment = []
        }
      case .each: segment.append(.each(index))
      case .change: segment.append(.change(index))
      case .space: segment.append(.space)
      case .variant, .code, .item: break
      case .comma, .door, .vagueDoor, .cancel, .changed, .addition, .besides, .asAbove, .crossed, .aside,
        .unknown:
        read(segment)
        segment = []
      }
    }
    read(segment)
  }

  /// `鸡蛋+1` is one of eggs; `鸡蛋+2虾` is eggs, and two of shrimp.
  private func isOneMore(at index: Int) -> Bool {
    let rest = pieces[(index + 1)...].filter { $0.kind != .space }
    guard case .amount? = rest.first?.kind else { return false }
    switch rest.dropFirst().first?.kind {
    case nil, .comma, .plus, .aside, .door, .cancel, .crossed: return true
    default: return isTight(after: index)
    }
  }

  /// In `A+1 B+1` the number belongs to the left.
  private func isTight(after index: Int) -> Bool {
    guard let amount = pieces.indices.first(where: { $0 > index && pieces[$0].kind != .space }) else {
      return false
    }
    return amount == index + 1 && amount + 1 < pieces.count && pieces[amount + 1].kind == .space
  }

  // MARK: - One part of a line

  private mutating func read(_ tokens: [Token]) {
    if let place = tokens.firstIndex(where: { if case .each = $0 { true } else { false } }) {
      pairUp(Array(tokens[..<place]))
      share(Array(tokens[place...]))
      return
    }
    if let place = tokens.firstIndex(where: { if case .change = $0 { true } else { false } }) {
      change(Array(tokens[..<place]), Array(tokens[place...]))
      return
    }
    pairUp(tokens)
  }

  /// What follows 各 holds for all items before it that have no number.
  private mutating func share(_ tokens: [Token]) {
    var said: [Int] = []
    var amount: ChatAmount?
    var rest: [Token] = []
    for token in tokens {
      switch token {
      case .each(let piece): said.append(piece)
      case .amount(let piece, let found) where amount == nil && rest.isEmpty:
        amount = found
        said.append(piece)
      case .space, .times: continue
      default: rest.append(token)
      }
    }
    let open = pairs.indices.reversed().prefix { pairs[$0].amount == nil }
    if open.isEmpty {
      if pairs.isEmpty {
        ofEverything = (said, amount)
      } else if let amount, let piece = said.last {
        loose.append((piece, amount))
      }
    }
    for index in open {
      pairs[index].amount = amount ?? ChatAmount(thousandths: 1000, counter: nil)
      pairs[index].isShared = open.count > 1
      if open.count == 1 { pairs[index].pieces += said }
    }
    hasAmounts = hasAmounts || !open.isEmpty
    pairUp(rest)
  }

  /// `鸡蛋2改成3`: the number after it counts.
  private mutating func change(_ before: [Token], _ after: [Token]) {
    guard case .change(let word)? = after.first else { return }
    let left = before.filter { if case .space = $0 { false } else { true } }
    let right = after.dropFirst().filter { if case .space = $0 { false } else { true } }
    var named: [ChatPair] = []
    var numbers: [Int] = []
    for token in left {
      switch token {
      case .pair(let pair): named.append(pair)
      case .amount(let piece, _), .times(let piece): numbers.append(piece)
      default: break
      }
    }
    guard named.count == 1, var pair = named.first, right.count == 1,
      case .amount(let piece, let amount)? = right.first
    else {
      unclearChange = word
      pairUp(before)
      pairUp(Array(after.dropFirst()))
      return
    }
    pair.pieces += numbers + [word, piece]
    pair.amount = amount
    pairs.append(pair)
  }

  private mutating func pairUp(_ tokens: [Token]) {
    let (tokens, idle) = bound(tokens)
    var (places, numbers): ([Int], [Int]) = ([], [])
    for (index, token) in tokens.enumerated() {
      if case .pair(let pair) = token, pair.amount == nil { places.append(index) }
      if case .amount = token { numbers.append(index) }
    }
    if numbers.isEmpty || places.isEmpty {
      for case .pair(let pair) in tokens { pairs.append(pair) }
      for case .amount(let piece, let amount) in tokens { loose.append((piece, amount)) }
      idleSigns += idle
      return
    }
    if let result = alternating(tokens, places, numbers) ?? glued(tokens, numbers) {
      pairs += result
      idleSigns += idle
      return
    }
    unclear.append((allPieces(tokens), readings(tokens)))
  }

  /// Joins what a sign of multiplication joins, and finds the signs that join nothing.
  private func bound(_ tokens: [Token]) -> (tokens: [Token], idle: [Int]) {
    var bound: [Token] = []
    var idle: [Int] = []
    var index = 0
    while index < tokens.count {
      defer { index += 1 }
      guard case .times(let sign) = tokens[index] else {
        bound.append(tokens[index])
        continue
      }
      while case .space? = bound.last { bound.removeLast() }
      let next = tokens.indices.first {
        if $0 <= index { return false }
        if case .space = tokens[$0] { return false }
        return true
      }
      guard let next, let last = bound.last else {
        // In ×2 the sign belongs to the number, of which is asked where it has no item.
        if let next, case .amount = tokens[next] { continue }
        idle.append(sign)
        continue
      }
      if case .pair(var pair) = last, pair.amount == nil, case .amount(let piece, let amount) = tokens[next] {
        pair.amount = amount
        pair.pieces += [sign, piece]
        bound[bound.count - 1] = .pair(pair)
        index = next
      } else if case .amount(let piece, let amount) = last, case .pair(var pair) = tokens[next] {
        pair.amount = amount
        pair.pieces += [piece, sign]
        bound[bound.count - 1] = .pair(pair)
        index = next
      } else {
        idle.append(sign)
      }
    }
    return (bound, idle)
  }

  /// Item and number by turns, whichever comes first, unless the spaces say otherwise.
  private func alternating(_ tokens: [Token], _ places: [Int], _ numbers: [Int]) -> [ChatPair]? {
    guard places.count == numbers.count else { return nil }
    let isAfter = zip(places, numbers).allSatisfy(<) && zip(numbers, places.dropFirst()).allSatisfy(<)
    let isBefore = zip(numbers, places).allSatisfy(<) && zip(places, numbers.dropFirst()).allSatisfy(<)
    guard isAfter || isBefore else { return nil }
    for number in numbers {
      let left = number > 0 && isPair(tokens[number - 1])
      let right = number + 1 < tokens.count && isPair(tokens[number + 1])
      if isAfter ? (right && !left) : (left && !right) { return nil }
    }
    return joined(tokens, Dictionary(zip(numbers, places)) { first, _ in first })
  }

  /// Each number belongs to the only item that it touches.
  private func glued(_ tokens: [Token], _ numbers: [Int]) -> [ChatPair]? {
    var places: [Int: Int] = [:]
    for number in numbers {
      let left = number > 0 && isPair(tokens[number - 1])
      let right = number + 1 < tokens.count && isPair(tokens[number + 1])
      guard left != right else { return nil }
      places[number] = left ? number - 1 : number + 1
    }
    return Set(places.values).count == places.count ? joined(tokens, places) : nil
  }

  private func isPair(_ token: Token) -> Bool {
    if case .pair(let pair) = token { pair.amount == nil } else { false }
  }

  private func joined(_ tokens: [Token], _ places: [Int: Int]) -> [ChatPair] {
    let numbers = Dictionary(places.map { ($0.value, $0.key) }) { first, _ in first }
    return tokens.indices.compactMap { index in
      guard case .pair(var pair) = tokens[index] else { return nil }
      if let number = numbers[index], case .amount(let piece, let amount) = tokens[number] {
        pair.amount = amount
        pair.pieces.append(piece)
      }
      return pair
    }
  }

  private func allPieces(_ tokens: [Token]) -> [Int] {
    tokens.flatMap { token -> [Int] in
      switch token {
      case .pair(let pair): pair.pieces
      case .amount(let piece, _): [piece]
      case .times(let piece), .each(let piece), .change(let piece): [piece]
      case .space: []
      }
    }
  }

  /// Each number to the item before it, or each to the item after it; what is left over is one.
  private func readings(_ tokens: [Token]) -> [[ChatPair]] {
    let solid = tokens.filter { if case .space = $0 { false } else { true } }
    let named = solid.compactMap { if case .pair(let pair) = $0 { pair } else { nil } }
    if named.count == 1, let pair = named.first {
      return solid.compactMap { token in
        guard case .amount(_, let amount) = token else { return nil }
        var pair = pair
        pair.amount = amount
        return [pair]
      }
    }
    return [-1, 1].compactMap { step in
      var places: [Int: Int] = [:]
      for (index, token) in solid.enumerated() {
        guard case .amount = token else { continue }
        let place = index + step
        guard solid.indices.contains(place), isPair(solid[place]) else { return nil }
        places[index] = place
      }
      return joined(solid, places).map { pair in
        var pair = pair
        pair.amount = pair.amount ?? ChatAmount(thousandths: 1000, counter: nil)
        return pair
      }
    }
  }
}
