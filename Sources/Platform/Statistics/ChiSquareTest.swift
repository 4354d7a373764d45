/// Pearson's chi-square test of whether rows and columns of a table have to do with each other.
package struct ChiSquareTest: Sendable, Equatable {
  /// X² = Σ (observed − expected)² / expected.
  package let statistic: Double
  /// (rows − 1) × (columns − 1).
  package let degreesOfFreedom: Int
  /// The probability of so large a statistic, or a larger one, if they had nothing to do with each other.
  package let pValue: Double

  init(statistic: Double, degreesOfFreedom: Int) {
    self.statistic = statistic
    self.degreesOfFreedom = degreesOfFreedom
    pValue = ChiSquareDistribution.upperTail(statistic, degreesOfFreedom: degreesOfFreedom)
  }
}

/// Why the chi-square approximation may not be trusted for a table (Cochran 1954).
package struct ExpectedCountWarning: Sendable, Equatable {
  /// How many cells are expected to hold less than five.
  package let cellsBelowFive: Int
  package let cells: Int
  /// The smallest expected count.
  package let smallest: Double
}

extension ContingencyTable {
  /// Pearson's test without a correction for continuity (Agresti 3.2.1); nil where a row or a column holds nothing, or there
  /// is only one of them.
  package var chiSquareTest: ChiSquareTest? { chiSquare { $0 } }

  /// Pearson's test with Yates's correction: each difference is made smaller by half, though not beyond zero (Yates 1934).
  /// Nil for any table that is not 2 × 2, or where a row or a column holds nothing.
  package var yatesTest: ChiSquareTest? {
    rows == 2 && columns == 2 ? chiSquare { max(0, $0 - 0.5) } : nil
  }

  private func chiSquare(_ corrected: (Double) -> Double) -> ChiSquareTest? {
    guard rows > 1, columns > 1, !rowTotals.contains(0), !columnTotals.contains(0) else { return nil }
    var sum = 0.0
    for (observedRow, expectedRow) in zip(counts, expected) {
      for (observed, expected) in zip(observedRow, expectedRow) {
        let difference = corrected(abs(Double(observed) - expected))
        sum += difference * difference / expected
      }
    }
    return ChiSquareTest(statistic: sum, degreesOfFreedom: (rows - 1) * (columns - 1))
  }

  /// Cramér's V, from 0, no link, to 1: √(X² / (n × (the smaller of rows and columns − 1))) (Cramér 1946, 21.9). Nil where
  /// there is no chi-square.
  package var cramersV: Double? {
    chiSquareTest.map {
      ($0.statistic / (Double(total) * Double(min(rows, columns) - 1))).squareRoot()
    }
  }

  /// Set where more than a fifth of the cells are expected to hold less than five, or any less than one (Cochran 1954).
  package var expectedCountWarning: ExpectedCountWarning? {
    let all = expected.joined()
    let belowFive = all.count { $0 < 5 }
    let smallest = all.min() ?? 0
    guard belowFive * 5 > all.count || smallest < 1 else { return nil }
    return ExpectedCountWarning(cellsBelowFive: belowFive, cells: all.count, smallest: smallest)
  }

  /// Fisher's exact test, two-sided: the probability, with all totals given, of this 2 × 2 table and of all that are no more
  /// probable (Fisher 1934; Agresti 3.5.1). Nil for any other table, and for an empty one.
  package var fisherExactPValue: Double? {
    guard rows == 2, columns == 2, total > 0 else { return nil }
    let distribution = DiscreteDistribution.hypergeometric(
      population: total, marked: rowTotals[0], drawn: columnTotals[0])
    let observed = distribution.probability(of: counts[0][0])
    // Tables that are equally probable differ in their last digits.
    return distribution.sum { $0 <= observed * (1 + 1e-7) }
  }
}
