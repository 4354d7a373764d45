/// Cohen's kappa: how far two coders agree beyond what chance would bring (Cohen 1960).
package struct CohensKappa: Sendable, Equatable {
  /// (observed agreement − expected agreement) / (1 − expected agreement); 1 is full agreement, 0 is chance.
  package let kappa: Double
  /// The share of things that both gave the same code.
  package let observedAgreement: Double
  /// The share that two coders would agree on who use each code as often, but by chance.
  package let expectedAgreement: Double
  /// The large-sample standard error (Fleiss, Cohen and Everitt 1969, formula 13).
  package let standardError: Double

  /// - Parameter table: rows are the first coder's codes, columns the second's, both in one order.
  /// - Returns: nil for a table that is not square or is empty, and where both gave one and the same code to everything: then
  ///   there is nothing to agree on.
  package init?(_ table: ContingencyTable) {
    guard table.rows == table.columns, table.total > 0 else { return nil }
    let n = Double(table.total)
    let rows = table.rowTotals.map { Double($0) / n }
    let columns = table.columnTotals.map { Double($0) / n }
    let observed = table.counts.indices.reduce(0.0) { $0 + Double(table.counts[$1][$1]) } / n
    let expected = zip(rows, columns).reduce(0.0) { $0 + $1.0 * $1.1 }
    guard expected < 1 else { return nil }
    let kappa = (observed - expected) / (1 - expected)
    var diagonal = 0.0
    var others = 0.0
    for (row, counts) in table.counts.enumerated() {
      for (column, count) in counts.enumerated() {
        let share = Double(count) / n
        if row == column {
          let weight = 1 - (rows[row] + columns[row]) * (1 - kappa)
          diagonal += share * weight * weight
        } else {
          let weight = columns[row] + rows[column]
          others += share * weight * weight
        }
      }
    }
    let last = kappa - expected * (1 - kappa)
    let variance =
      (diagonal + (1 - kappa) * (1 - kappa) * others - last * last) / ((1 - expected) * (1 - expected) * n)
    self.kappa = kappa
    observedAgreement = observed
    expectedAgreement = expected
    standardError = max(0, variance).squareRoot()
  }
}

/// Cronbach's alpha: how well the items of a scale hang together (Cronbach 1951).
package struct CronbachsAlpha: Sendable, Equatable {
  /// What is done with people who left an item out; named with every figure.
  package enum MissingAnswers: Sendable, Equatable, CaseIterable {
    /// Only who answered every item counts.
    case listwise
    /// Each pair of items counts those who answered both.
    case pairwise
  }

  /// (k / (k − 1)) × (1 − sum of the items' variances / variance of the sum), sample variances and covariances.
  package let alpha: Double
  package let items: Int
  /// Listwise, how many answered every item; pairwise, how many answered at least one.
  package let people: Int
  package let missingAnswers: MissingAnswers

  /// - Parameter answers: for each person, their answer to each item, or nil; all of one length.
  /// - Returns: nil for less than two items, rows of different lengths, too few people, or a sum that never varies.
  package init?(_ answers: [[Double?]], _ missingAnswers: MissingAnswers) {
    guard let items = answers.first?.count, items > 1, answers.allSatisfy({ $0.count == items }) else {
      return nil
    }
    let counted =
      missingAnswers == .listwise
      ? answers.filter { !$0.contains { $0 == nil } } : answers.filter { $0.contains { $0 != nil } }
    var trace = 0.0
    var sum = 0.0
    for first in 0..<items {
      for second in 0...first {
        guard let covariance = Self.covariance(counted, first, second) else { return nil }
        sum += first == second ? covariance : 2 * covariance
        trace += first == second ? covariance : 0
      }
    }
    guard sum > 0 else { return nil }
    alpha = Double(items) / Double(items - 1) * (1 - trace / sum)
    self.items = items
    people = counted.count
    self.missingAnswers = missingAnswers
  }

  /// The sample covariance of those who answered both; nil for less than two of them.
  private static func covariance(_ answers: [[Double?]], _ first: Int, _ second: Int) -> Double? {
    let pairs = answers.compactMap { row -> (Double, Double)? in
      guard let left = row[first], let right = row[second] else { return nil }
      return (left, right)
    }
    guard pairs.count > 1 else { return nil }
    let n = Double(pairs.count)
    let leftMean = pairs.reduce(0) { $0 + $1.0 } / n
    let rightMean = pairs.reduce(0) { $0 + $1.1 } / n
    return pairs.reduce(0) { $0 + ($1.0 - leftMean) * ($1.1 - rightMean) } / (n - 1)
  }
}
