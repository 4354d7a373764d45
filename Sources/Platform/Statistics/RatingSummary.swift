/// Answers on a scale of points, such as 1 “not at all” to 5 “very much” (Likert 1932), told by their distribution first.
package struct RatingSummary: Sendable, Equatable {
  /// How many chose each point, the lowest first; at least two points.
  package let counts: [Int]
  /// What the lowest point is called as a number.
  package let lowest: Int

  /// - Parameter lowest: the number of the first point; the others follow by one.
  /// - Returns: nil for less than two points or a negative count.
  package init?(_ counts: [Int], lowest: Int = 1) {
    guard counts.count > 1, counts.allSatisfy({ $0 >= 0 }) else { return nil }
    self.counts = counts
    self.lowest = lowest
  }

  /// n, who chose any point.
  package var total: Int { counts.reduce(0, +) }

  /// The two highest points together, of all; nil where nobody answered. With three points or fewer it says little.
  package var topTwo: Proportion? { Proportion(counts.suffix(2).reduce(0, +), of: total) }

  /// The two lowest points together, of all; nil where nobody answered.
  package var bottomTwo: Proportion? { Proportion(counts.prefix(2).reduce(0, +), of: total) }

  /// The middle answer, or the mean of the two in the middle; nil where nobody answered.
  package var median: Double? {
    guard total > 0 else { return nil }
    return Double(point(at: (total - 1) / 2) + point(at: total / 2)) / 2
  }

  /// Shown only beside the points, since the distance between two points is not known; nil where nobody answered.
  package var mean: Double? {
    guard total > 0 else { return nil }
    let sum = counts.enumerated().reduce(0) { $0 + $1.element * (lowest + $1.offset) }
    return Double(sum) / Double(total)
  }

  /// The same answers with the points in reverse, for an item that asks the opposite of its scale.
  package var reversed: RatingSummary { RatingSummary(reversing: self) }

  private init(reversing other: RatingSummary) {
    counts = other.counts.reversed()
    lowest = other.lowest
  }

  /// The point of the answer at a place when all are put in order.
  private func point(at place: Int) -> Int {
    var passed = 0
    for (offset, count) in counts.enumerated() {
      passed += count
      if place < passed { return lowest + offset }
    }
    return lowest + counts.count - 1
  }
}
