/// A table of amounts as it was published: each amount, or that it is left out.
package struct ReleasedMagnitudes: Sendable, Hashable {
  package let rows: Int
  package let columns: Int
  /// The smallest number of respondents behind an amount.
  package let k: Int
  /// The largest share of one contributor in an amount.
  package let percent: Int
  /// Row by row with its total last, then the totals; nil where it is left out.
  let figures: [Int?]

  init(rows: Int, columns: Int, k: Int, percent: Int, figures: [Int?]) {
    self.rows = rows
    self.columns = columns
    self.k = k
    self.percent = percent
    self.figures = figures
  }

  /// The amount of a row and column, nil for all of them; nil where it is left out, or the table has no such
  /// place.
  package subscript(row: Int?, column: Int?) -> Int? {
    let (row, column) = (row ?? rows, column ?? columns)
    guard (0...rows).contains(row), (0...columns).contains(column) else { return nil }
    return figures[row * (columns + 1) + column]
  }
}

/// The text of a release, such as `3#2#10#70#4000,-,…`: rows, columns, k, percent, the figures.
extension ReleasedMagnitudes: LosslessStringConvertible {
  package var description: String {
    let figures = figures.map { $0.map(String.init) ?? "-" }.joined(separator: ",")
    return "\(rows)#\(columns)#\(k)#\(percent)#\(figures)"
  }

  /// - Returns: nil for a text that ``description`` never gives.
  package init?(_ description: String) {
    let parts = description.split(separator: "#", omittingEmptySubsequences: false)
    guard parts.count == 5 else { return nil }
    let numbers = parts.dropLast().compactMap { Int($0) }
    guard numbers.count == 4, numbers.allSatisfy({ (1...100_000).contains($0) }) else { return nil }
    let figures = parts[4].split(separator: ",").map { Int($0) }
    guard figures.count == (numbers[0] + 1) * (numbers[1] + 1) else { return nil }
    self.init(
      rows: numbers[0], columns: numbers[1], k: numbers[2], percent: numbers[3], figures: figures)
    guard self.description == description else { return nil }
  }
}
