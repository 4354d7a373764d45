import Kernel

/// One opened database: hands out connections to the threads of `Lanes`. Conformers: `SQLiteEngine`, `PostgresEngine`.
protocol Engine: AnyObject, Sendable {
  var dialect: Dialect { get }
  /// How many write transactions of different communities can run side by side.
  var writers: Int { get }
  var readers: Int { get }
  /// 0–1023, unique among the programs that have this database open; for `IdentifierSource`.
  var node: Int { get }

  /// Runs `body` with a connection that sees one moment of the database. Called on a reader thread.
  func read(_ body: (any Connection) throws -> Void) throws

  /// Runs `body` with a connection on which a write transaction of this community has begun, then commits.
  /// Rolls back when `body` throws. Called on a writer thread.
  func write(in community: CommunityID, _ body: (any Connection) throws -> Void) throws

  /// Runs `body` with a connection outside any transaction while no other program changes the schema.
  func alone(_ body: (any Connection) throws -> Void) throws

  func close()
}
