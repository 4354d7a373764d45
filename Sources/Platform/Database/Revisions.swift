import Kernel
import Synchronization

/// Counts the committed changes of each topic in this program, so that caches know when they are out of date.
final class Revisions: Sendable {
  private struct State {
    var counter: UInt64 = 1
    var of: [Topic: UInt64] = [:]
    /// The revision of every topic that is not listed.
    var floor: UInt64 = 1
    var listeners: [Topic: [UInt64: AsyncStream<Void>.Continuation]] = [:]
    var listenerCount: UInt64 = 0
  }

  private static let capacity = 20_000
  private let state = Mutex(State())

  func revision(of topics: [Topic]) -> UInt64 {
    state.withLock { state in topics.reduce(state.floor) { max($0, state.of[$1] ?? state.floor) } }
  }

  func advance(_ topics: Set<Topic>) {
    if topics.isEmpty { return }
    let listeners = state.withLock { state in
      state.counter += 1
      if state.of.count + topics.count > Self.capacity {
        state.of.removeAll(keepingCapacity: true)
        state.floor = state.counter
      }
      for topic in topics { state.of[topic] = state.counter }
      return topics.flatMap { state.listeners[$0].map { Array($0.values) } ?? [] }
    }
    for listener in listeners { listener.yield() }
  }

  /// An element after each commit that touched the topic; several commits may be told as one.
  func changes(of topic: Topic) -> AsyncStream<Void> {
    AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
      let number = state.withLock { state in
        state.listenerCount += 1
        state.listeners[topic, default: [:]][state.listenerCount] = continuation
        return state.listenerCount
      }
      continuation.onTermination = { [weak self] _ in
        self?.state.withLock { state in
          state.listeners[topic]?[number] = nil
          if state.listeners[topic]?.isEmpty == true { state.listeners[topic] = nil }
        }
      }
    }
  }
}
