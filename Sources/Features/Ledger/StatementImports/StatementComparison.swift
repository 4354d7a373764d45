import Kernel

/// What the books and the keeper of an account say of it, and every step from one to the other.
struct StatementComparison: Sendable {
  let account: StatementAccount
  /// What the last statement says is on the account.
  let stated: Money
  /// When it says so.
  let statedAt: Timestamp
  let books: Money
  /// The sum of all lines that were imported.
  let lines: Money
  /// What the books have and no line tells of.
  let movements: [BookMovement]

  var difference: Money { Money(minorUnits: books.minorUnits - stated.minorUnits) }

  /// What was on the account before the first line, and what lines moved that were never imported.
  var before: Money { Money(minorUnits: stated.minorUnits - lines.minorUnits) }

  /// What of the difference no step explains: zero, unless the books moved the account without a source.
  var unexplained: Money {
    let moved = movements.reduce(Int64(0)) { $0 + $1.amount.minorUnits }
    return Money(minorUnits: difference.minorUnits + before.minorUnits - moved)
  }
}
