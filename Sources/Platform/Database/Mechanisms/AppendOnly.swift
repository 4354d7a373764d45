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
      for change in ["UPDATE", "DELETE"] {
        try connection.execute(
          """
          CREATE TRIGGER \(trigger(on: table, against: change)) BEFORE \(change) ON \(table)
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
          CREATE TRIGGER \(trigger(on: table, against: change)) BEFORE \(change) ON \(table)
          FOR EACH \(level) EXECUTE FUNCTION platform_append_only()
          """)
      }
    }
  }

  /// What refuses this kind of change: `platform_audit_refuses_update`.
  static func trigger(on table: String, against change: String) -> String {
    "\(table)_refuses_\(change.lowercased())"
  }
}
