import Synchronization

/// Keeps what was read until a commit touches one of its topics.
///
/// With several programs on one PostgreSQL database an entry also ends after a second, so another program's change
/// is seen within that time. Bounded: when full, the entries that were not used lately go.
package final class Cache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private struct Entry {
    let value: Value
    let revision: UInt64
    let expires: ContinuousClock.Instant?
    var used: UInt64
  }

  private struct State {
    var entries: [Key: Entry] = [:]
    var uses: UInt64 = 0
  }

  private let database: Database
  private let capacity: Int
  private let topics: @Sendable (Key) -> [Topic]
  private let state = Mutex(State())

  /// - Parameters:
  ///   - capacity: the most entries kept.
  ///   - topics: what the value for a key depends on.
  package init(
    _ database: Database, capacity: Int, topics: @escaping @Sendable (Key) -> [Topic]
  ) {
    self.database = database
    self.capacity = capacity
    self.topics = topics
  }

  /// The kept value, or what `load` reads now. A change during the load is not missed.
  package func value(
    for key: Key, load: @Sendable () async throws -> Value
  ) async throws -> Value {
    let revision = database.revision(ofAll: topics(key))
    if let value = kept(key, revision) { return value }
    let value = try await load()
    keep(key, value, revision)
    return value
  }

  /// The kept value if it is still true; never loads.
  package func kept(_ key: Key) -> Value? {
    kept(key, database.revision(ofAll: topics(key)))
  }

  private func kept(_ key: Key, _ revision: UInt64) -> Value? {
    state.withLock { state in
      guard let index = state.entries.index(forKey: key) else { return nil }
      let entry = state.entries.values[index]
      if entry.revision != revision { return nil }
      if let expires = entry.expires, expires < .now { return nil }
      state.uses += 1
      state.entries.values[index].used = state.uses
      return entry.value
    }
  }

  private func keep(_ key: Key, _ value: Value, _ revision: UInt64) {
    let expires = database.cacheLifetime.map { ContinuousClock.now + $0 }
    state.withLock { state in
      state.uses += 1
      if state.entries.count >= capacity && state.entries[key] == nil {
        let threshold = state.entries.values.map(\.used).sorted()[state.entries.count / 4]
        state.entries = state.entries.filter { $0.value.used > threshold }
      }
      state.entries[key] = Entry(value: value, revision: revision, expires: expires, used: state.uses)
    }
  }
}
