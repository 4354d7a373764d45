/// McNemar's exact test: whether more changed from no to yes than from yes to no (McNemar 1947; Agresti 11.1.2).
package struct McNemarTest: Sendable, Equatable {
  /// Who changed one way.
  package let gained: Int
  /// Who changed the other way.
  package let lost: Int
  /// The two-sided probability, if each change were as likely one way as the other: 2 × P(X ≤ the smaller), at most one,
  /// X binomial with even chances. One where nobody changed.
  package let pValue: Double

  /// How many changed each way; not negative.
  package init(gained: Int, lost: Int) {
    precondition(gained >= 0 && lost >= 0, "a count is not negative")
    self.gained = gained
    self.lost = lost
    let distribution = DiscreteDistribution.evenBinomial(trials: gained + lost)
    pValue = min(1, 2 * distribution.lowerTail(min(gained, lost)))
  }
}

/// Wilcoxon's signed-rank test: whether answers of the same people moved up or down (Wilcoxon 1945; Hollander, Wolfe and
/// Chicken, Nonparametric Statistical Methods, 3rd edition, 3.1). Pairs without a difference are left out, and differences of
/// one size share their mean rank.
package struct WilcoxonSignedRankTest: Sendable, Equatable {
  /// How the probability was found.
  package enum Method: Sendable, Equatable {
    /// From all ways to give the ranks a sign.
    case exact
    /// By the normal approximation, with the variance corrected for ties and without a correction for continuity.
    case approximate
  }

  /// How many went up, stayed and went down.
  package let up: Int
  package let same: Int
  package let down: Int
  /// The sum of the ranks of those who went up.
  package let positiveRankSum: Double
  /// The sum of the ranks of those who went down.
  package let negativeRankSum: Double
  package let method: Method
  /// Two-sided; one where nobody moved.
  package let pValue: Double

  /// The smaller of the two sums, which textbooks tabulate as T.
  package var statistic: Double { min(positiveRankSum, negativeRankSum) }

  /// Up to how many differences without ties the exact distribution is used.
  package static let exactLimit = 50

  /// - Parameter differences: after − before, one for each person.
  package init(differences: [Double]) {
    let moved = differences.filter { $0 != 0 }
    up = moved.count { $0 > 0 }
    down = moved.count - up
    same = differences.count - moved.count
    let ranks = Ranks(moved.map(abs))
    positiveRankSum = zip(moved, ranks.ranks).reduce(0) { $1.0 > 0 ? $0 + $1.1 : $0 }
    negativeRankSum = zip(moved, ranks.ranks).reduce(0) { $1.0 < 0 ? $0 + $1.1 : $0 }
    let isExact = moved.count <= Self.exactLimit && ranks.ties.isEmpty && same == 0
    method = isExact ? .exact : .approximate
    let smaller = min(positiveRankSum, negativeRankSum)
    if moved.isEmpty {
      pValue = 1
    } else if isExact {
      pValue = Self.exact(smaller, count: moved.count)
    } else {
      pValue = Self.approximate(smaller, count: Double(moved.count), ties: ranks.ties)
    }
  }

  /// Twice the share of the 2ⁿ signs with a sum of ranks of at most `smaller`.
  private static func exact(_ smaller: Double, count: Int) -> Double {
    // shares[sum] is the share of the signs of the first ranks whose positive ranks add up to it; sums are whole without ties.
    var shares = [1.0] + [Double](repeating: 0, count: count * (count + 1) / 2)
    for rank in 1...count {
      for sum in shares.indices.reversed() {
        shares[sum] = (shares[sum] + (sum >= rank ? shares[sum - rank] : 0)) / 2
      }
    }
    return min(1, 2 * shares[...Int(smaller)].reduce(0, +))
  }

  private static func approximate(_ smaller: Double, count: Double, ties: [Int]) -> Double {
    let mean = count * (count + 1) / 4
    let tied = ties.reduce(0.0) { $0 + Double($1) * (Double($1) * Double($1) - 1) }
    let variance = (count * (count + 1) * (2 * count + 1) - tied / 2) / 24
    return NormalDistribution.bothTails((smaller - mean) / variance.squareRoot())
  }
}

/// Ranks from the smallest value, 1, on; equal values share the mean of their ranks.
struct Ranks: Sendable {
  /// In the order of the values.
  let ranks: [Double]
  /// How many values share a rank, for each rank that more than one has.
  let ties: [Int]

  init(_ values: [Double]) {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Double](repeating: 0, count: values.count)
    var ties: [Int] = []
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
      for position in start..<end { ranks[order[position]] = Double(start + end + 1) / 2 }
      if end - start > 1 { ties.append(end - start) }
      start = end
    }
    self.ranks = ranks
    self.ties = ties
  }
}
