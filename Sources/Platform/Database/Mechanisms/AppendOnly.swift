/// A table whose rows are only ever added: the database itself refuses to update or delete one.
///
/// It keeps the program, and hands that mean well, from mistakes. Whoever owns the database can get round it, by taking
/// the triggers away or in SQLite by `INSERT OR REPLACE`; what is changed then has to show in what is stored, as it does
/// in the audit by its hash chain. Source: field/reliability.md §3.6.
enum AppendOnly {
  /// Refuses changes of this table from now on, with `DatabaseError.constraint`.
  static func enforce(on table: String, _ connection: any Connection) throws {
    switch connection.dialect {
    case .sqlite:
      try refuse(changesOf: table, connection)
    case .postgres:
      try connection.execute(
        """
        CREATE OR REPLACE FUNCTION platform_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END
        $$
        """)
      for (change, level) in [("UPDATE", "ROW"), ("DELETE", "ROW"), ("TRUNCATE", "STATEMENT")] {
        try connection.execute(
          """
          CREATE TRIGGER \(trigger(on: table, against: change)) BEFORE \(change) ON \(table)
          FOR EACH \(level) EXECUTE FUNCTION platform_append_only()
          """)
      }
    }
  }

  private static func refuse(changesOf table: String, _ connection: any Connection) throws {
    for change in ["UPDATE", "DELETE"] {
      try connection.execute(
        """
        CREATE TRIGGER \(trigger(on: table, against: change)) BEFORE \(change) ON \(table)
        BEGIN SELECT RAISE(ABORT, '\(table) is append-only'); END
        """)
    }
  }

  /// Whether rows of the table are only ever added.
  static func isEnforced(on table: String, _ connection: any Connection) throws -> Bool {
    let name = Value.text(trigger(on: table, against: "UPDATE"))
    let query =
      switch connection.dialect {
      case .sqlite:
        Query(text: "SELECT 1 FROM sqlite_master WHERE type = 'trigger' AND name = $1", values: [name])
      case .postgres: Query(text: "SELECT 1 FROM pg_trigger WHERE tgname = $1", values: [name])
      }
    var found = false
    _ = try connection.run(query) { _ in
      found = true
      return false
    }
    return found
  }

  /// Lets `body` change rows of the table. The triggers are away inside this transaction alone.
  static func suspend(on table: String, _ connection: any Connection, _ body: () throws -> Void) throws {
    switch connection.dialect {
    case .sqlite:
      for change in ["UPDATE", "DELETE"] {
        try connection.execute("DROP TRIGGER \(trigger(on: table, against: change))")
      }
      try body()
      try refuse(changesOf: table, connection)
    case .postgres:
      try connection.execute("ALTER TABLE \(table) DISABLE TRIGGER USER")
      try body()
      try connection.execute("ALTER TABLE \(table) ENABLE TRIGGER USER")
    }
  }

  /// What refuses this kind of change: `platform_audit_refuses_update`.
  static func trigger(on table: String, against change: String) -> String {
    "\(table)_refuses_\(change.lowercased())"
  }
}
