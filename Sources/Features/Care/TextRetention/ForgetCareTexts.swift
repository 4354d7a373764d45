import Database
import Kernel

/// Once a day removes what was written in cases that were closed three years ago, as `TextKeeping` says. Where nothing is
/// written about a person any more, the keys that sealed it are destroyed as well, so that no old copy of the database
/// shows it; `CareKeyEnding` does that.
enum ForgetCareTexts {
  static let kind: StaticString = "care.forget_texts"
  /// Texts that one run removes at most, so that no transaction holds others up for long.
  static let batch = 500
  private static let key = "daily"

  static let handler = JobHandler(kind) { transaction, _ in
    let gone = try TextRetentionStore.forget(
      closedBefore: TextKeeping.closedBefore(transaction.now), limit: batch, in: transaction)
    for person in try TextRetentionStore.without(
      texts: gone.persons, in: transaction.community, transaction)
    {
      try TextRetentionStore.endKeys(of: person, in: transaction)
    }
    // Where there was more than one run may take, the rest follows at once.
    try transaction.schedule(
      kind, key: key, at: transaction.now + (gone.count < batch ? .days(1) : .seconds(1)))
  }

  /// Begins the daily round, with the first case of a community; from then on it goes on by itself.
  static func begin(in transaction: Transaction) throws {
    try transaction.schedule(kind, key: key, at: transaction.now + .days(1))
  }
}
