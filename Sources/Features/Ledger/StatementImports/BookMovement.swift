import Kernel

/// Money that moved on an account by the books, and that no line of a statement tells of yet.
struct BookMovement: Sendable, Hashable {
  /// What it came from.
  let source: Journal.Source
  /// Positive for what came onto the account.
  let amount: Money
  let at: Timestamp
}

extension BookMovement {
  /// For how many days money is looked for on either side of a line.
  static let reach: Int64 = 5

  /// Whether a bank can have told of it on this line: the same amount, and days that are near each other.
  func mayBe(_ line: StatementLine, offsetSeconds: Int) -> Bool {
    let days =
      CivilDateTime(line.moment, offsetSeconds: offsetSeconds).dayNumber
      - CivilDateTime(at, offsetSeconds: offsetSeconds).dayNumber
    return amount == line.amount && abs(days) <= Self.reach
  }

  /// The movements that lines tell of without doubt: each line has one such movement, and each movement one such line.
  /// - Returns: by the position of the line.
  static func pairs(
    _ lines: [(position: Int, line: StatementLine)], _ movements: [BookMovement], offsetSeconds: Int
  ) -> [Int: BookMovement] {
    let byAmount = Dictionary(grouping: movements, by: \.amount)
    var claims: [Journal.Source: Int] = [:]
    var only: [Int: BookMovement] = [:]
    for (position, line) in lines {
      let fitting = (byAmount[line.amount] ?? []).filter { $0.mayBe(line, offsetSeconds: offsetSeconds) }
      for movement in fitting { claims[movement.source, default: 0] += 1 }
      if fitting.count == 1 { only[position] = fitting[0] }
    }
    return only.filter { claims[$0.value.source] == 1 }
  }
}
