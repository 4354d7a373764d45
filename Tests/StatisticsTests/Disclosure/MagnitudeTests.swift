import TestKit
import Testing

@testable import Statistics

/// Amounts with the merchants and households behind them.
struct MagnitudeTests {
  /// Some households that each spend as much at each of some merchants.
  private func entries(
    _ row: Int, _ column: Int, households: Int, amounts: [Int]
  ) -> [MagnitudeTable.Entry] {
    (0..<households).flatMap { household in
      amounts.enumerated().map { merchant, amount in
        MagnitudeTable.Entry(
          row: row, column: column, respondent: Int64(100 * row + 10 * column + 1000 * household),
          contributor: Int64(merchant), amount: amount)
      }
    }
  }

  private func table(_ special: [Int], households: Int = 12) throws -> MagnitudeTable {
    var all: [MagnitudeTable.Entry] = []
    for row in 0..<3 {
      for column in 0..<3 {
        let isSpecial = row == 1 && column == 1
        let amounts = isSpecial ? special : [10, 11, 12, 13 + row + 3 * column]
        all += entries(row, column, households: isSpecial ? households : 12, amounts: amounts)
      }
    }
    return try MagnitudeTable(rows: 3, columns: 3, all)
  }

  @Test func `a table without small or dominated amounts is shown whole`() throws {
    let released = try table([10, 10, 10, 10]).release(after: [], k: 10)
    #expect(released[1, 1] == 480)
    #expect((0...3).allSatisfy { row in (0...3).allSatisfy { released[row, $0] != nil } })
    #expect(released[4, 0] == nil && released[-1, 0] == nil)
  }

  @Test(arguments: [
    (12, [71, 10, 10, 9], true), (12, [70, 10, 10, 10], false), (9, [10, 10, 10], true),
    (10, [10, 10, 10], false),
    (12, [20, 20], true), (12, [0, 0, 0, 0], true),
  ])
  func `an amount is left out for one large part, few households, few merchants, or nothing`(
    _ households: Int, _ amounts: [Int], _ isHidden: Bool
  ) throws {
    let released = try table(amounts, households: households).release(after: [], k: 10)
    #expect((released[1, 1] == nil) == isHidden)
    if isHidden {
      // Its row and its column each lose another amount, or their total.
      #expect([0, 2, nil].contains { released[1, $0] == nil })
      #expect([0, 2, nil].contains { released[$0, 1] == nil })
    }
  }

  @Test func `amounts are released once`() throws {
    let first = try table([71, 10, 10, 9]).release(after: [], k: 10)
    #expect(try table([71, 10, 10, 9]).release(after: [first], k: 10) == first)
    #expect(throws: DisclosureRefusal.alreadyReleased) {
      try table([71, 10, 10, 9]).release(after: [first], k: 5)
    }
    #expect(ReleasedMagnitudes(first.description) == first)
    #expect(ReleasedMagnitudes(first.description + ",3") == nil)
  }

  @Test func `what is no table is refused`() {
    let outside = MagnitudeTable.Entry(row: 0, column: 1, respondent: 1, contributor: 1, amount: 1)
    let negative = MagnitudeTable.Entry(row: 0, column: 0, respondent: 1, contributor: 1, amount: -1)
    let huge = MagnitudeTable.Entry(row: 0, column: 0, respondent: 1, contributor: 1, amount: .max)
    for entries in [[outside], [negative], [huge]] {
      #expect(throws: DisclosureRefusal.malformed) { try MagnitudeTable(rows: 1, columns: 1, entries) }
    }
    #expect(throws: DisclosureRefusal.malformed) { try MagnitudeTable(rows: 0, columns: 1, []) }
    #expect(throws: DisclosureRefusal.malformed) { try MagnitudeTable(rows: .max, columns: 2, []) }
    #expect(throws: DisclosureRefusal.nothingToShow) {
      try MagnitudeTable(rows: 2, columns: 2, []).release(after: [], k: 10)
    }
  }

  @Test(.enabled(if: PythonReference.isAvailable))
  func `no hidden amount of random tables can be told`() async throws {
    let tables = (0..<120).map { RandomAmounts(seed: $0) }
    let attacked = try tables.compactMap { try $0.attacked(isFaulty: false) }
    let answers = try await Attack.answers(attacked)
    try #require(answers.count == attacked.count && attacked.count > 80)
    for (one, answer) in zip(attacked, answers) {
      #expect(one.exposed(answer).isEmpty, "\(one)")
    }
    #expect(attacked.reduce(0) { $0 + $1.shown.count } > attacked.count * 5)
    let faulty = try tables.compactMap { try $0.attacked(isFaulty: true) }
    let seenThrough = try await zip(faulty, Attack.answers(faulty)).count { !$0.exposed($1).isEmpty }
    #expect(seenThrough > 40, "hiding what is small or dominated alone is not enough")
  }
}

/// A table of amounts as an attacker has it in hands.
struct AttackedAmounts: Encodable {
  struct Figure: Encodable {
    let cells: [Int]
    let amount: Int
    /// How wide the range of a hidden amount must be.
    let need: Int
  }

  let cells: Int
  let limit: Int
  let shown: [Figure]
  let hidden: [Figure]

  func exposed(_ answer: Attack) -> [Figure] {
    zip(hidden, answer.ranges).filter { $1[1] - $1[0] < $0.need }.map(\.0)
  }
}

/// Purchases made up, with the rules counted from them one by one.
private struct RandomAmounts {
  let rows: Int
  let columns: Int
  let entries: [MagnitudeTable.Entry]

  init(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    rows = Int.random(in: 2...4, using: &random)
    columns = Int.random(in: 2...5, using: &random)
    let popular = Int.random(in: 1...4, using: &random)
    entries = (0..<Int.random(in: 200...800, using: &random)).map { [rows, columns] _ in
      let merchant = Int.random(in: 0..<6, using: &random)
      // The first columns are bought of more often than the last, and one merchant is large in some places.
      let row = Int.random(in: 0..<rows, using: &random)
      let column = min(
        Int.random(in: 0..<columns, using: &random), Int.random(in: 0..<columns * popular, using: &random))
      let isLarge = merchant == 0 && (3 * row + column) % 5 == 0
      return MagnitudeTable.Entry(
        row: row, column: column, respondent: Int64.random(in: 0..<90, using: &random),
        contributor: Int64(merchant), amount: Int.random(in: 1...(isLarge ? 2000 : 90), using: &random))
    }
  }

  private var lines: [(row: Int?, column: Int?)] {
    (Array(0..<rows) + [nil]).flatMap { row in (Array(0..<columns) + [nil]).map { (row, $0) } }
  }

  private func entries(_ row: Int?, _ column: Int?) -> [MagnitudeTable.Entry] {
    entries.filter { (row == nil || $0.row == row) && (column == nil || $0.column == column) }
  }

  /// - Parameter isFaulty: whether only what must not be shown itself is left out, and nothing to protect it.
  /// - Returns: nil where nothing is released.
  func attacked(isFaulty: Bool) throws -> AttackedAmounts? {
    let k = 10
    guard
      let released = try? MagnitudeTable(rows: rows, columns: columns, entries).release(after: [], k: k)
    else { return nil }
    let all = entries.reduce(0) { $0 + $1.amount }
    let worthOfFew = all * k / Set(entries.map(\.respondent)).count
    var (shown, hidden): ([AttackedAmounts.Figure], [AttackedAmounts.Figure]) = ([], [])
    for (row, column) in lines {
      let own = entries(row, column)
      let amount = own.reduce(0) { $0 + $1.amount }
      let parts = Dictionary(grouping: own, by: \.contributor).values.map { $0.reduce(0) { $0 + $1.amount } }
      let isFew = Set(own.map(\.respondent)).count < k
      let isDominated = parts.count < 3 || (parts.max() ?? 0) * 10 > amount * 7
      let need = max(isFew ? worthOfFew : 0, isDominated ? amount * 3 / 7 : 0)
      let cells = (0..<rows * columns).filter { cell in
        (row == nil || cell / columns == row) && (column == nil || cell % columns == column)
      }
      if isFaulty ? !isFew && !isDominated : released[row, column] != nil {
        #expect(!isFew && !isDominated && (isFaulty || released[row, column] == amount))
        shown.append(.init(cells: cells, amount: amount, need: 0))
      } else {
        hidden.append(.init(cells: cells, amount: amount, need: max(1, need)))
      }
    }
    return AttackedAmounts(cells: rows * columns, limit: 10 * all, shown: shown, hidden: hidden)
  }
}
