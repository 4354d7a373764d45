/// A table of counts: how often each value of one question met each value of another.
///
/// Names and formulas as in A. Agresti, Categorical Data Analysis, 3rd edition (2013), chapters 2 and 3.
package struct ContingencyTable: Sendable, Equatable {
  /// The counts by row; every row has as many as there are columns, and none is negative.
  package let counts: [[Int]]

  /// - Parameter counts: by row; all rows of one length.
  /// - Returns: nil for a table without a cell, with rows of different lengths, or with a negative count.
  package init?(_ counts: [[Int]]) {
    guard let first = counts.first, !first.isEmpty,
      counts.allSatisfy({ $0.count == first.count && $0.allSatisfy { $0 >= 0 } })
    else { return nil }
    self.counts = counts
  }

  package var rows: Int { counts.count }
  package var columns: Int { counts[0].count }

  package var rowTotals: [Int] { counts.map { $0.reduce(0, +) } }
  package var columnTotals: [Int] { (0..<columns).map { column in counts.reduce(0) { $0 + $1[column] } } }
  /// n, the number of all that were counted.
  package var total: Int { rowTotals.reduce(0, +) }

  /// What a cell would hold if rows and columns had nothing to do with each other: (row total × column total) / n
  /// (Agresti 3.2.1). Zero everywhere in an empty table.
  package var expected: [[Double]] {
    let total = Double(max(1, total))
    let columnTotals = columnTotals
    return rowTotals.map { row in columnTotals.map { Double(row) * Double($0) / total } }
  }

  /// The share of each cell in its row; nil in an empty row.
  package var rowShares: [[Double?]] {
    counts.map { row in
      let total = row.reduce(0, +)
      return row.map { total == 0 ? nil : Double($0) / Double(total) }
    }
  }

  /// The share of each cell in its column; nil in an empty column.
  package var columnShares: [[Double?]] {
    let totals = columnTotals
    return counts.map { row in
      zip(row, totals).map { $1 == 0 ? nil : Double($0) / Double($1) }
    }
  }

  /// How many standard errors a cell lies away from what was expected (Haberman 1973; Agresti 3.3.1):
  /// (observed − expected) / √(expected × (1 − row share) × (1 − column share)). Beyond ±2 a cell stands out; nil where
  /// a row or column holds nothing or everything.
  package var adjustedResiduals: [[Double?]] {
    let total = Double(max(1, total))
    let columnTotals = columnTotals
    return zip(counts, rowTotals).map { row, rowTotal in
      zip(row, columnTotals).map { count, columnTotal in
        let expected = Double(rowTotal) * Double(columnTotal) / total
        let variance =
          expected * (1 - Double(rowTotal) / total) * (1 - Double(columnTotal) / total)
        return variance > 0 ? (Double(count) - expected) / variance.squareRoot() : nil
      }
    }
  }

  /// The table without the rows and columns that hold nothing; nil when nothing is left.
  package var withoutEmptyLines: ContingencyTable? {
    let columnTotals = columnTotals
    let kept = columnTotals.indices.filter { columnTotals[$0] > 0 }
    return ContingencyTable(
      counts.filter { $0.contains { $0 > 0 } }.map { row in kept.map { row[$0] } })
  }
}
