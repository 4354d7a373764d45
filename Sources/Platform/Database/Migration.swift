import Kernel

/// One step of a feature's schema. Steps only go forward, and a step that has landed is never edited.
///
/// Statements are written as PostgreSQL reads them (`BIGINT`, `TEXT`, `BYTEA`, `DOUBLE PRECISION`); `Dialect.schema`
/// translates for SQLite.
package struct Migration: Sendable {
  /// The feature, which is also the prefix of its tables: `shop`.
  package let feature: String
  /// 1, 2, 3 … within the feature.
  package let number: Int
  /// What the step brings, in a few words.
  package let name: String
  let statements: [Statement]

  enum Statement: Sendable {
    case text(String)
    case searchIndex(SearchIndex)
    case appendOnly(String)
  }

  /// - Parameters:
  ///   - searchIndexes: full-text indexes that this step creates after its statements.
  ///   - appendOnly: tables whose rows are from then on neither changed nor removed.
  package init(
    _ feature: StaticString, _ number: Int, _ name: StaticString, _ statements: [StaticString],
    searchIndexes: [SearchIndex] = [], appendOnly: [StaticString] = []
  ) {
    self.feature = feature.description
    self.number = number
    self.name = name.description
    self.statements =
      statements.map { .text($0.description) } + searchIndexes.map { .searchIndex($0) }
      + appendOnly.map { .appendOnly($0.description) }
  }
}

enum Schema {
  private static let ledger = """
    CREATE TABLE IF NOT EXISTS platform_migration (
      feature TEXT NOT NULL, number BIGINT NOT NULL, name TEXT NOT NULL, applied_at BIGINT NOT NULL,
      PRIMARY KEY (feature, number))
    """

  /// Brings the database to the schema of this program, each step in a transaction of its own.
  ///
  /// - Throws: `database.newer` when the database has steps that this program does not know.
  static func migrate(_ connection: any Connection, _ migrations: [Migration], now: Timestamp) throws {
    try connection.execute(connection.dialect.schema(ledger))
    let applied = try appliedSteps(connection)
    let known = Set(migrations.map { Step(feature: $0.feature, number: $0.number) })
    guard applied.isSubset(of: known) else { throw Problem.databaseIsNewer }
    for migration in migrations
    where !applied.contains(Step(feature: migration.feature, number: migration.number)) {
      try apply(migration, on: connection, now: now)
    }
  }

  private struct Step: Hashable {
    let feature: String
    let number: Int
  }

  private static func appliedSteps(_ connection: any Connection) throws -> Set<Step> {
    var steps: Set<Step> = []
    _ = try connection.run("SELECT feature, number FROM platform_migration") { row in
      steps.insert(Step(feature: try row[0], number: try row[1]))
      return true
    }
    return steps
  }

  private static func apply(_ migration: Migration, on connection: any Connection, now: Timestamp) throws {
    try connection.execute("BEGIN")
    do {
      for statement in migration.statements {
        switch statement {
        case .text(let text): try connection.execute(connection.dialect.schema(text))
        case .searchIndex(let index): try index.create(on: connection)
        case .appendOnly(let table): try AppendOnly.enforce(on: table, connection)
        }
      }
      _ = try connection.run(
        """
        INSERT INTO platform_migration (feature, number, name, applied_at)
        VALUES (\(migration.feature), \(migration.number), \(migration.name), \(now))
        """)
      try connection.execute("COMMIT")
    } catch {
      try? connection.execute("ROLLBACK")
      throw error
    }
  }
}

extension Problem {
  static let databaseIsNewer = Problem(
    "database.newer", status: 503,
    Phrase("数据库比这个程序新。", "The database is newer than this program."),
    advice: Phrase("请用较新的程序打开它，旧程序不会改动它。", "Open it with the newer program; this one leaves it untouched."))
}
