import Kernel

/// What the deletion of a person needs of a database beside `DELETE` and `UPDATE`.
extension Transaction {
  /// Changes rows of a table for the deletion of a person, where it must be also to which rows are otherwise only added.
  ///
  /// The law's right to be forgotten is the one thing that goes before a history that nobody changes; whoever uses this
  /// leaves an entry in the audit chain.
  package func forget(in table: StaticString, _ body: () throws -> Void) throws {
    let table = table.description
    guard try AppendOnly.isEnforced(on: table, connection) else { return try body() }
    try AppendOnly.suspend(on: table, connection, body)
  }

  /// Has the engine overwrite what this transaction deletes instead of merely letting the place be used again. Only
  /// SQLite can; PostgreSQL uses the place again after its next vacuum.
  package func overwriteWhatIsDeleted() throws {
    if connection.dialect == .sqlite { try connection.execute("PRAGMA secure_delete = ON") }
  }

  /// Makes what was removed from a full-text index leave the file too: it would stay in its segments until they are merged.
  package func compact(_ index: SearchIndex) throws {
    if connection.dialect == .sqlite {
      try connection.execute("INSERT INTO \(index.table) (\(index.table)) VALUES ('optimize')")
    }
  }
}

extension Database {
  /// Clears the write-ahead log of what earlier transactions overwrote, once `overwriteWhatIsDeleted` was asked for. On
  /// PostgreSQL, whose log belongs to its operators and their archive, it does nothing.
  package func clearTraces() async throws {
    guard engine.dialect == .sqlite else { return }
    let threads = BoundedThreads(threads: 1, waiting: 1)
    try await threads.run(busy: .internalFault) { [engine] in
      try engine.alone { connection in
        try connection.execute("PRAGMA secure_delete = OFF")
        try connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
      }
    }
  }
}
