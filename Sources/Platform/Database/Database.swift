package import Kernel
package import Logging
import Synchronization

/// Where the data lives: `sqlite:PATH` or `postgres://…`.
package enum DatabaseLocation: Sendable, Equatable {
  case sqlite(path: String)
  case postgres(url: String)

  /// - Throws: `database.location` when the text names neither.
  package init(_ text: String) throws {
    if text.hasPrefix("sqlite:"), text.count > 7 {
      self = .sqlite(path: String(text.dropFirst(7)))
    } else if text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") {
      self = .postgres(url: text)
    } else {
      throw Problem(
        "database.location", status: 500,
        Phrase("看不懂数据库地址。", "The database location is not understood."),
        advice: Phrase("请写 sqlite:路径 或 postgres://…", "Write sqlite:PATH or postgres://…"))
    }
  }
}

/// The database of this program: SQLite in one file, or PostgreSQL by URL; the same calls and answers on both.
///
/// Closures are synchronous and run on threads of their own, so no transaction ever waits for anything but the
/// database.
package final class Database: Sendable {
  let engine: any Engine
  private let reading: Lanes
  private let writing: GroupCommit
  private let revisions = Revisions()
  package let clock: Clock
  /// Makes identifiers that no other program on this database makes.
  package let identifiers: IdentifierSource

  /// Opens the database, refuses a second program on one SQLite file, and brings the schema up to date.
  ///
  /// - Parameter migrations: all features' steps, in the order in which they are applied.
  /// - Throws: `database.in_use`, `database.newer`, or a `DatabaseError`.
  package static func open(
    _ location: DatabaseLocation, migrations: [Migration], clock: Clock = .system,
    logger: Logger = Logger(label: "nuanlin.database")
  ) throws -> Database {
    let engine: any Engine =
      switch location {
      case .sqlite(let path): try SQLiteEngine(path: path, logger: logger)
      case .postgres(let url): try PostgresEngine(url: url, logger: logger)
      }
    do {
      try engine.alone { connection in
        try Schema.migrate(connection, platformMigrations + migrations, now: clock.now())
      }
    } catch {
      engine.close()
      throw error
    }
    return Database(engine: engine, clock: clock)
  }

  private init(engine: any Engine, clock: Clock) {
    self.engine = engine
    self.clock = clock
    identifiers = IdentifierSource(node: engine.node, clock: clock)
    reading = Lanes("db-read", count: engine.readers)
    writing = GroupCommit(
      engine: engine, clock: clock, revisions: revisions, identifiers: identifiers)
  }

  package var dialect: Dialect { engine.dialect }

  /// Reads from the database as it stands at one moment.
  package func read<T: Sendable>(_ body: @escaping @Sendable (Snapshot) throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
      let isQueued = reading.add { [engine, clock] in
        continuation.resume(
          with: Result {
            var result: T?
            try engine.read { connection in
              result = try body(Snapshot(connection, now: clock.now()))
            }
            guard let result else { throw DatabaseError.closed }
            return result
          })
      }
      if !isQueued { continuation.resume(throwing: DatabaseError.closed) }
    }
  }

  /// Changes the database in one transaction inside one community, and returns once it is on disk.
  ///
  /// The closure may be run more than once, so it changes nothing but the database.
  @discardableResult
  package func write<T: Sendable>(
    in community: CommunityID, _ body: @escaping @Sendable (Transaction) throws -> T
  ) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
      write(in: community, body) { continuation.resume(with: $0) }
    }
  }

  /// The same without waiting: `completion` is called on a database thread once the outcome is known. For callers that
  /// gather work of many into one transaction.
  package func write<T: Sendable>(
    in community: CommunityID, _ body: @escaping @Sendable (Transaction) throws -> T,
    completion: @escaping @Sendable (Result<T, any Error>) -> Void
  ) {
    writing.add(
      GroupCommit.Pending(
        community: community,
        run: { transaction in
          let result = try body(transaction)
          return { completion(.success(result)) }
        },
        fail: { error in completion(.failure(error)) }))
  }

  /// Waits until no write is under way or waiting in this program: for work that nobody waits for, so that it goes behind
  /// the work of those who do.
  ///
  /// It looks from time to time and not at every moment: under full load a gap is seldom met, and most of the load's time
  /// stays its own.
  /// - Parameter patience: after so long it returns at any rate.
  /// - Throws: `CancellationError`.
  package func waitForLull(atMost patience: Duration) async throws {
    let end = ContinuousClock.now + patience
    while !writing.isResting, .now < end { try await Task.sleep(for: Self.lullPause) }
  }

  private static let lullPause = Duration.milliseconds(5)

  /// Grows with each commit that touched one of the topics.
  package func revision(of topics: Topic...) -> UInt64 {
    revisions.revision(of: topics)
  }

  func revision(ofAll topics: [Topic]) -> UInt64 {
    revisions.revision(of: topics)
  }

  /// An element after each commit in this program that touched the topic.
  package func changes(of topic: Topic) -> AsyncStream<Void> {
    revisions.changes(of: topic)
  }

  /// How long something read may be kept while its topics are untouched: for ever where this program is the only
  /// one that writes, one second where others may.
  var cacheLifetime: Duration? {
    engine.dialect == .sqlite ? nil : .seconds(1)
  }

  /// Finishes what is waiting, then closes. Work added later fails with `DatabaseError.closed`.
  package func close() {
    reading.close()
    writing.close()
    engine.close()
  }
}
