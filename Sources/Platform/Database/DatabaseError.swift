/// What a database can answer other than rows. Callers handle `unique` and `check`; the rest belongs to the operator.
package enum DatabaseError: Error, Sendable, Equatable {
  /// A unique constraint refused the row. Carries the constraint's or index's name and columns as the engine gives them.
  case unique(String)
  /// A check, not-null or foreign-key constraint refused the row.
  case constraint(String)
  /// The storage is full. Nothing of the transaction was kept.
  case full
  /// Another transaction stood in the way for longer than the engine waits. Nothing was kept.
  case busy
  /// The engine asks for the transaction to be run again (serialisation failure or deadlock).
  case retry
  /// The statement took longer than its time limit. Nothing was kept.
  case timeout
  /// The commit may or may not have happened: repeat with the same idempotency key to learn which.
  case outcomeUnknown
  /// The connection is gone. Nothing was kept.
  case connectionLost(String)
  /// A column held something else than what was asked for.
  case unexpectedValue(String)
  /// The database was closed while the work waited.
  case closed
  /// Anything else; the text is for the log.
  case engine(code: String, message: String)
}
