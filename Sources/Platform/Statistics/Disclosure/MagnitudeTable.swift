/// Amounts by two breakdowns, such as what households spent by building band and kind of goods, to which
/// everybody knows the contributors: the merchants. Released once, since two tables of the same amounts could
/// be subtracted.
///
/// An amount is left out when fewer than k respondents stand behind it, when one contributor has more than a
/// share of it (the dominance rule, field/socialwork.md §2.12), or when fewer than three contributed, since
/// each of two knows the other's part (A. Hundepool et al., Statistical Disclosure Control (2012), chapter
/// 4). So is what would give it back: an attacker knows every figure that is shown, and that no amount is
/// below nothing. What they can still say has to be a range as wide as k average respondents are worth, and
/// wide enough that the largest part is not told from the share that is allowed.
package struct MagnitudeTable: Sendable {
  /// What one respondent and one contributor had to do with each other.
  package struct Entry: Sendable {
    package let row: Int
    package let column: Int
    /// Whom k keeps, such as a household.
    package let respondent: Int64
    /// Whom the dominance rule keeps, such as a merchant.
    package let contributor: Int64
    /// Not negative; in the smallest unit, such as fen.
    package let amount: Int

    package init(row: Int, column: Int, respondent: Int64, contributor: Int64, amount: Int) {
      self.row = row
      self.column = column
      self.respondent = respondent
      self.contributor = contributor
      self.amount = amount
    }
  }

  /// More cells than this are no table that anybody reads.
  private static let cellLimit = 2_000
  /// Whole numbers stay exact far beyond.
  private static let amountLimit = 1 << 46

  private let rows: Int
  private let columns: Int
  /// Row by row.
  private let cells: [Tally]

  /// - Throws: `malformed` for a table without cells or with too many, an entry outside of it, a negative
  ///   amount, or a sum beyond 7 × 10¹³.
  package init(rows: Int, columns: Int, _ entries: [Entry]) throws(DisclosureRefusal) {
    guard (1...Self.cellLimit).contains(rows), (1...Self.cellLimit / rows).contains(columns) else {
      throw .malformed
    }
    var cells = [Tally](repeating: Tally(), count: rows * columns)
    var total = 0
    for entry in entries {
      guard (0..<rows).contains(entry.row), (0..<columns).contains(entry.column),
        (0...Self.amountLimit - total).contains(entry.amount)
      else { throw .malformed }
      total += entry.amount
      cells[entry.row * columns + entry.column].add(entry)
    }
    self.rows = rows
    self.columns = columns
    self.cells = cells
  }

  /// What is shown of the table. The same table again is released as it was.
  ///
  /// - Parameters:
  ///   - ledger: what was released of the same amounts.
  ///   - k: the smallest number of respondents, at least 2.
  ///   - percent: the largest share of one contributor, 1 to 99.
  /// - Throws: `alreadyReleased` when another table of them was; why nothing is released otherwise.
  package func release(
    after ledger: [ReleasedMagnitudes], k: Int, percent: Int = 70
  ) throws(DisclosureRefusal) -> ReleasedMagnitudes {
    guard k > 1, (1...99).contains(percent) else { throw .malformed }
    let amounts = lines.map { tally(of: $0).amount }
    if let earlier = ledger.first {
      let isSame =
        earlier.rows == rows && earlier.columns == columns && earlier.k == k && earlier.percent == percent
        && zip(earlier.figures, amounts).allSatisfy { $0 == nil || $0 == $1 }
      guard isSame, ledger.count == 1 else { throw .alreadyReleased }
      return earlier
    }
    let isShown = try suppress(Rule(k: k, percent: percent, whole: tally(of: Array(cells.indices))))
    guard isShown.contains(true) else { throw .nothingToShow }
    return ReleasedMagnitudes(
      rows: rows, columns: columns, k: k, percent: percent,
      figures: zip(amounts, isShown).map { $1 ? $0 : nil })
  }

  /// The cells of every figure, in the order of a release: row by row with its total last, then the totals.
  private var lines: [[Int]] {
    let rowsOfLines = (0..<rows).map { [$0] } + [Array(0..<rows)]
    let columnsOfLines = (0..<columns).map { [$0] } + [Array(0..<columns)]
    return rowsOfLines.flatMap { rows in
      columnsOfLines.map { columns in rows.flatMap { row in columns.map { row * self.columns + $0 } } }
    }
  }

  private func tally(of cells: [Int]) -> Tally {
    cells.reduce(into: Tally()) { $0.add(self.cells[$1]) }
  }

  /// - Returns: whether each figure is shown.
  private func suppress(_ rule: Rule) throws(DisclosureRefusal) -> [Bool] {
    let lines = lines
    // A single row or column is its own total, and one offer with it.
    let distinct = Array(Set(lines)).sorted { ($0.count, $0[0]) < ($1.count, $1[0]) }
    let place = Dictionary(uniqueKeysWithValues: distinct.enumerated().map { ($1, $0) })
    let needs = distinct.map { rule.need(tally(of: $0)) }
    // Amounts that are not hemmed in at all would have no largest value: together they stay below a very
    // large one.
    let rest = cells.reduce(0) { $0 + $1.amount } + (needs.max() ?? 0)
    var search = SuppressionSearch(
      truth: cells.map(\.amount) + [rest], fixed: [],
      sums: [.init(plus: Array(0...cells.count), minus: [], isOffer: false)],
      offers: distinct.map { .init(variables: $0, loss: tally(of: $0).amount) },
      isShown: needs.map { $0 == 0 })
    var targets = zip(distinct, needs).filter { $1 > 0 }.map {
      SuppressionSearch.Target(variables: $0, need: $1)
    }
    var looked: [Bool]?
    while looked != search.isShown {
      looked = search.isShown
      try search.protect(targets)
      let isShown = Dictionary(uniqueKeysWithValues: zip(distinct, search.isShown))
      targets = remainders(rule) { isShown[$0] ?? false }
      targets += distinct.filter { isShown[$0] == false }.map { .init(variables: $0, need: 1) }
    }
    return lines.map { line in place[line].map { search.isShown[$0] } ?? false }
  }

  /// What is left of a shown line without its shown parts follows from them; it must not be what would be
  /// left out.
  private func remainders(_ rule: Rule, isShown: ([Int]) -> Bool) -> [SuppressionSearch.Target] {
    let ofRows = (0..<rows).map { row in (0..<columns).map { row * columns + $0 } }
    let ofColumns = (0..<columns).map { column in (0..<rows).map { $0 * columns + column } }
    let all = Array(cells.indices)
    let splits =
      (ofRows + ofColumns + [all]).map { ($0, $0.map { [$0] }) } + [(all, ofRows), (all, ofColumns)]
    return splits.compactMap { line, parts in
      guard isShown(line) else { return nil }
      let rest = parts.filter { !isShown($0) }.flatMap { $0 }.sorted()
      let need = rest.isEmpty ? 0 : rule.need(tally(of: rest))
      return need > 0 ? .init(variables: rest, need: need) : nil
    }
  }
}

/// What stands behind an amount.
private struct Tally: Sendable {
  var amount = 0
  var respondents: Set<Int64> = []
  var contributions: [Int64: Int] = [:]

  mutating func add(_ entry: MagnitudeTable.Entry) {
    amount += entry.amount
    respondents.insert(entry.respondent)
    contributions[entry.contributor, default: 0] += entry.amount
  }

  mutating func add(_ other: Tally) {
    amount += other.amount
    respondents.formUnion(other.respondents)
    contributions.merge(other.contributions, uniquingKeysWith: +)
  }
}

/// When an amount is left out, and how uncertain it has to be then.
private struct Rule {
  /// Fewer contributors than this know too much of each other.
  private static let fewestContributors = 3

  private let k: Int
  private let percent: Int
  /// What k respondents are worth on average.
  private let worthOfFew: Int

  init(k: Int, percent: Int, whole: Tally) {
    self.k = k
    self.percent = percent
    worthOfFew = whole.amount * k / max(1, whole.respondents.count) + 1
  }

  /// How wide the range of an amount has to be; 0 for what may be shown.
  func need(_ tally: Tally) -> Int {
    let largest = tally.contributions.values.max() ?? 0
    let isFew = tally.respondents.count < k || tally.amount == 0
    let isDominated =
      largest * 100 > tally.amount * percent || tally.contributions.count < Self.fewestContributors
    // From the share that is allowed up to the whole: the upper protection level of the dominance rule, as if
    // one had it all.
    let width = (tally.amount * (100 - percent) + percent - 1) / percent
    return max(isFew ? worthOfFew : 0, isDominated ? width : 0)
  }
}
