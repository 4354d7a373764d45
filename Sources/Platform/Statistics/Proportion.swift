/// A share of people, with the interval in which the share of everyone like them would lie.
package struct Proportion: Sendable, Equatable {
  /// How many said so.
  package let count: Int
  /// Of how many: the denominator that every number is shown with.
  package let total: Int

  /// - Returns: nil unless 0 ≤ count ≤ total and total > 0.
  package init?(_ count: Int, of total: Int) {
    guard total > 0, (0...total).contains(count) else { return nil }
    self.count = count
    self.total = total
  }

  package var share: Double { Double(count) / Double(total) }

  /// Wilson's score interval (Wilson 1927; Agresti 1.4.2), which stays within 0 and 1 and holds for small numbers:
  /// (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n).
  /// - Parameter confidence: between 0 and 1.
  package func wilsonInterval(confidence: Double = 0.95) -> ClosedRange<Double> {
    let z = NormalDistribution.value(aboveWhich: (1 - confidence) / 2)
    let n = Double(total)
    let p = share
    let scale = 1 + z * z / n
    let middle = (p + z * z / (2 * n)) / scale
    let half = z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot() / scale
    return (count == 0 ? 0 : max(0, middle - half))...(count == total ? 1 : min(1, middle + half))
  }
}
