import Synchronization

/// Keeps what was read until a commit touches one of its topics.
///
/// With several programs on one PostgreSQL database an entry also ends after a second, so another program's change
/// is seen within that time. Who asks while a value is being read waits for that reading, so that a rush at the moment
/// when an entry ends costs one question. Bounded: when full, the entries that were not used lately go.
package final class Cache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private struct Entry {
    let value: Value
    let revision: UInt64
    let expires: ContinuousClock.Instant?
    var used: UInt64
  }

  private struct Reading: Hashable {
    let key: Key
    let revision: UInt64
  }

  private struct State {
    var entries: [Key: Entry] = [:]
    var uses: UInt64 = 0
    /// Who waits for each value that is being read; told nil when the reading failed.
    var waiting: [Reading: [CheckedContinuation<Value?, Never>]] = [:]
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
    let reading = Reading(key: key, revision: revision)
    guard begins(reading) else {
      if let value = await waited(reading) { return value }
      // The reading that was waited for failed; this one may have better luck, or its own error.
      let value = try await load()
      keep(key, value, revision)
      return value
    }
    do {
      let value = try await load()
      keep(key, value, revision)
      end(reading, value)
      return value
    } catch {
      end(reading, nil)
      throw error
    }
  }

  private func begins(_ reading: Reading) -> Bool {
    state.withLock { state in
      if state.waiting[reading] != nil { return false }
      state.waiting[reading] = []
      return true
    }
  }

  private func waited(_ reading: Reading) async -> Value? {
    await withCheckedContinuation { continuation in
      let isUnderWay = state.withLock { state in
        guard state.waiting[reading] != nil else { return false }
        state.waiting[reading]?.append(continuation)
        return true
      }
      if !isUnderWay { continuation.resume(returning: kept(reading.key, reading.revision)) }
    }
  }

  private func end(_ reading: Reading, _ value: Value?) {
    let waiting = state.withLock { $0.waiting.removeValue(forKey: reading) ?? [] }
    for continuation in waiting { continuation.resume(returning: value) }
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
