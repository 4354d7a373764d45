/// A table whose rows are only ever added: the database itself refuses to change or remove one, whoever asks.
///
/// It keeps the program from mistakes. Whoever owns the database can take the triggers away, and that shows in what is
/// stored: in the audit by its hash chain. Source: field/reliability.md §3.6.
enum AppendOnly {
  /// Refuses changes of this table from now on, with `DatabaseError.constraint`.
  static func enforce(on table: String, _ connection: any Connection) throws {
    switch connection.dialect {
    case .sqlite:
      for change in ["UPDATE", "DELETE"] {
        try connection.execute(
          """
          CREATE TRIGGER \(table)_refuses_\(change.lowercased()) BEFORE \(change) ON \(table)
          BEGIN SELECT RAISE(ABORT, '\(table) is append-only'); END
          """)
      }
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
          CREATE TRIGGER \(table)_refuses_\(change.lowercased()) BEFORE \(change) ON \(table)
          FOR EACH \(level) EXECUTE FUNCTION platform_append_only()
          """)
      }
    }
  }

  /// Permits changes of this table again: what somebody who owns the database can do. For tests of what would show it.
  static func lift(from table: String, _ connection: any Connection) throws {
    for change in ["update", "delete"] {
      switch connection.dialect {
      case .sqlite: try connection.execute("DROP TRIGGER \(table)_refuses_\(change)")
      case .postgres: try connection.execute("DROP TRIGGER \(table)_refuses_\(change) ON \(table)")
      }
    }
  }
}
