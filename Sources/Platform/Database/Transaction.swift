package import Kernel

/// One unit of change inside one community: all of it happens, or none. Valid only inside the closure it is given to.
///
/// The closure may be run more than once (when the engine asks for a retry), so it changes nothing but the database.
/// Within a community, write transactions follow one another; what one has read cannot be changed by another
/// before it ends, on SQLite (one writer) and on PostgreSQL (a lock per community) alike.
package final class Transaction: Snapshot {
  /// The community whose rows this transaction may change.
  package let community: CommunityID
  /// Names of what changed, for caches in this program; told after the commit.
  private(set) var touched: Set<Topic> = []

  /// The rows written so far, where a rehearsal wants to know them.
  var recorded: [Rows]?

  private let identifiers: IdentifierSource

  init(
    _ connection: any Connection, now: Timestamp, community: CommunityID, identifiers: IdentifierSource
  ) {
    self.community = community
    self.identifiers = identifiers
    super.init(connection, now: now)
  }

  /// Runs a statement that changes rows.
  /// - Returns: how many rows it changed.
  @discardableResult
  package func execute(_ query: Query) throws -> Int {
    try connection.run(query)
  }

  /// An identifier that nothing else has.
  package func newIdentifier<Kind>(_ kind: Kind.Type = Kind.self) -> Identifier<Kind> {
    identifiers.next(kind)
  }

  /// Writes all rows, in order: the fast way to store many.
  package func insert(_ rows: Rows) throws {
    if rows.isEmpty { return }
    try connection.insert(rows)
    recorded?.append(rows)
  }

  /// Runs `body` so that its changes are undone when it throws, while the transaction goes on.
  package func nested<T>(_ body: () throws -> T) throws -> T {
    try connection.execute("SAVEPOINT nested")
    do {
      let result = try body()
      try connection.execute("RELEASE SAVEPOINT nested")
      return result
    } catch {
      try connection.execute("ROLLBACK TO SAVEPOINT nested")
      try connection.execute("RELEASE SAVEPOINT nested")
      throw error
    }
  }

  /// Says that what caches keep under this topic is out of date once this transaction is committed.
  package func touch(_ topic: Topic) {
    touched.insert(topic)
  }
}

/// What a cache depends on: a name such as `shop.campaign` and, where it helps, the thing's identifier.
package struct Topic: Sendable, Hashable {
  package let name: StaticString
  package let subject: Int64

  package init(_ name: StaticString, _ subject: Int64 = 0) {
    self.name = name
    self.subject = subject
  }

  package static func == (one: Topic, other: Topic) -> Bool {
    one.subject == other.subject
      && one.name.withUTF8Buffer { one in other.name.withUTF8Buffer { one.elementsEqual($0) } }
  }

  package func hash(into hasher: inout Hasher) {
    name.withUTF8Buffer { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    hasher.combine(subject)
  }
}
