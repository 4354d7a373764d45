/// How many of an item an amount is.
enum ChatQuantity: Equatable {
  case exactly(Int64)
  /// Counted in what the item is not sold in.
  case otherCounter(Int64?)
  /// A weight that lies between whole numbers of it.
  case between([Int64])
  /// No number that can be ordered.
  case outside

  init(_ amount: ChatAmount, of item: ChatItem) {
    switch amount.counter {
    case nil, .any: self = Self.whole(amount.thousandths)
    case .word(let word):
      let number = Self.whole(amount.thousandths)
      if item.counters.contains(word) {
        self = number
      } else if case .exactly(let count) = number {
        self = .otherCounter(count)
      } else {
        self = .otherCounter(nil)
      }
    case .total:
      let number = Self.whole(amount.thousandths)
      if case .exactly(let count) = number {
        self = .between(count == 1 ? [1] : [count, 1])
      } else {
        self = number
      }
    case .grams(let grams): self = Self.weighed(Int64(amount.thousandths) * grams, item)
    }
  }

  private static func whole(_ thousandths: Int) -> ChatQuantity {
    guard thousandths > 0, thousandths <= Int(Order.quantityLimit) * 1000 else { return .outside }
    guard thousandths % 1000 == 0 else {
      let below = Int64(thousandths / 1000)
      return .between([below, below + 1].filter { (1...Order.quantityLimit).contains($0) })
    }
    return .exactly(Int64(thousandths / 1000))
  }

  private static func weighed(_ milligrams: Int64, _ item: ChatItem) -> ChatQuantity {
    guard let grams = item.grams, grams > 0 else { return .otherCounter(nil) }
    let (whole, rest) = milligrams.quotientAndRemainder(dividingBy: grams * 1000)
    if rest == 0, (1...Order.quantityLimit).contains(whole) { return .exactly(whole) }
    let around = [whole, whole + 1].filter { (1...Order.quantityLimit).contains($0) }
    return around.isEmpty ? .outside : .between(around)
  }

  /// What could be meant, the likeliest first.
  var candidates: [Int64] {
    switch self {
    case .exactly(let count): [count]
    case .otherCounter(let count): count.map { [$0] } ?? []
    case .between(let counts): counts
    case .outside: []
    }
  }
}
