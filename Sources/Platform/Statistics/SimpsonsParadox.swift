/// Simpson's paradox: a link that turns round, or is gone, as soon as people are compared with those like them
/// (Simpson 1951; Agresti 2.3.2).
package enum SimpsonsParadox {
  /// Whether every layer that says anything points the other way than the whole.
  ///
  /// - Parameter layers: 2 × 2 tables of one pair of questions, one for each group of people: rows are compared, the first
  ///   column is what is looked at.
  /// - Returns: false where the whole shows no difference, or less than two layers show one.
  package static func isReversed(_ layers: [ContingencyTable]) -> Bool {
    let tables = layers.filter { $0.rows == 2 && $0.columns == 2 }
    guard tables.count == layers.count, let whole = sum(of: tables), let direction = direction(whole),
      direction != 0
    else { return false }
    let directions = tables.compactMap(Self.direction)
    return directions.count > 1 && directions.allSatisfy { $0 == -direction }
  }

  /// 1 where the first row has the larger share in the first column, −1 where the second has, 0 where neither; nil where a row
  /// holds nobody. Decided in whole numbers: a/(a+b) against c/(c+d) is a×d against c×b.
  private static func direction(_ table: ContingencyTable) -> Int? {
    guard !table.rowTotals.contains(0) else { return nil }
    let (a, b, c, d) = (table.counts[0][0], table.counts[0][1], table.counts[1][0], table.counts[1][1])
    let first = a.multipliedFullWidth(by: d)
    let second = c.multipliedFullWidth(by: b)
    if first == second { return 0 }
    return first > second ? 1 : -1
  }

  private static func sum(of tables: [ContingencyTable]) -> ContingencyTable? {
    ContingencyTable(
      (0..<2).map { row in (0..<2).map { column in tables.reduce(0) { $0 + $1.counts[row][column] } } })
  }
}
