/// A small seeded generator, so that the demo neighbourhood is the same on every machine and every run.
///
/// SplitMix64: G. L. Steele, D. Lea, C. H. Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014.
/// It is no source of secrets. The standard library's own `shuffled(using:)` and `random(in:using:)` may change
/// between releases, so what is drawn from it is computed here.
package struct DemoRandom: Sendable {
  private var state: UInt64

  package init(seed: UInt64) {
    state = seed
  }

  /// A generator of its own for one thing, named by its key; FNV-1a over the UTF-8 of the key.
  package init(key: String) {
    state = key.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
  }

  /// The next 64 bits.
  package mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  /// A whole number in the range, both ends included. The range is far below 2^64, so the bias of one
  /// multiplication cannot be seen.
  package mutating func integer(in range: ClosedRange<Int>) -> Int {
    let width = UInt64(range.upperBound - range.lowerBound) + 1
    return range.lowerBound + Int(next().multipliedFullWidth(by: width).high)
  }

  /// A number from `low` up to, not including, `high`.
  package mutating func number(_ low: Double, _ high: Double) -> Double {
    low + (high - low) * Double(next() >> 11) / 9_007_199_254_740_992
  }

  /// True in `perMille` of 1000 draws.
  package mutating func chance(perMille: Int) -> Bool {
    integer(in: 0...999) < perMille
  }

  /// One element; nil of an empty list.
  package mutating func pick<Element>(_ list: [Element]) -> Element? {
    list.isEmpty ? nil : list[integer(in: 0...(list.count - 1))]
  }

  /// The position of one weight, drawn in proportion; nil when no weight is positive.
  package mutating func position(weights: [Int]) -> Int? {
    let total = weights.reduce(0) { $0 + max(0, $1) }
    guard total > 0 else { return nil }
    var rest = integer(in: 0...(total - 1))
    for (position, weight) in weights.enumerated() where weight > 0 {
      if rest < weight { return position }
      rest -= weight
    }
    return nil
  }

  /// The list in a random order (Fisher and Yates).
  package mutating func shuffled<Element>(_ list: [Element]) -> [Element] {
    var list = list
    for upper in stride(from: list.count - 1, to: 0, by: -1) {
      list.swapAt(upper, integer(in: 0...upper))
    }
    return list
  }
}
