import Database
import Kernel

/// One matter as a request means it: reached through its check each time that something is read or written.
struct CheckedMatter<Open: Sendable>: Sendable {
  let database: Database
  let community: CommunityID
  /// The check. It throws `not_found` alike for what is not there and what is not theirs.
  let open: @Sendable (Snapshot) throws -> Open

  /// Learns what a look or a change needs to know before, such as whose keys; nothing of it is shown.
  func learn<T: Sendable>(_ read: @escaping @Sendable (Open, Snapshot) throws -> T) async throws -> T {
    try await database.read { [open] snapshot in try read(try open(snapshot), snapshot) }
  }

  /// Reads something. The look stands in the audit chain before anything is read; what is read and opened
  /// then keeps no writer waiting.
  func look<T: Sendable>(
    noting note: @escaping @Sendable (Open, Transaction) throws -> Void,
    _ read: @escaping @Sendable (Open, Snapshot) throws -> T
  ) async throws -> T {
    try await database.write(in: community) { [open] transaction in
      try note(try open(transaction), transaction)
    }
    return try await learn(read)
  }

  /// Changes it, once for each key.
  func change(
    once key: IdempotencyKey, _ write: @escaping @Sendable (inout Open, Transaction) throws -> Void
  ) async throws {
    try await database.write(in: community) { [open] transaction in
      var matter = try open(transaction)
      _ = try transaction.once(key) {
        try write(&matter, transaction)
        return StoredAnswer(status: 303, body: [])
      }
    }
  }
}
