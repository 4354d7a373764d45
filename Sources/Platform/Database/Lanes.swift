import Dispatch
import Foundation
import Kernel
import Synchronization

/// A bounded set of threads that do blocking database work, so that none of it runs on the cooperative pool.
final class Lanes: Sendable {
  typealias Work = @Sendable () -> Void

  private struct State {
    var waiting: [Work] = []
    var head = 0
    var isClosed = false
  }

  private let state = Mutex(State())
  private let wake = DispatchSemaphore(value: 0)
  private let count: Int
  private let ended = DispatchGroup()

  /// - Parameter name: shown in the list of threads; at most 15 characters on Linux.
  init(_ name: String, count: Int) {
    self.count = count
    for _ in 0..<count {
      ended.enter()
      let thread = Thread { [weak self] in
        self?.serve()
      }
      thread.name = name
      thread.stackSize = 1 << 20
      thread.start()
    }
  }

  /// Puts work in the queue. Answers false when the lanes are closed; the work is then not done.
  func add(_ work: @escaping Work) -> Bool {
    let added = state.withLock { state in
      if state.isClosed { return false }
      state.waiting.append(work)
      return true
    }
    if added { wake.signal() }
    return added
  }

  /// Does what is waiting, then ends all threads and returns.
  func close() {
    state.withLock { $0.isClosed = true }
    for _ in 0..<count { wake.signal() }
    ended.wait()
  }

  private func serve() {
    defer { ended.leave() }
    while true {
      wake.wait()
      let (work, isClosed) = state.withLock { state -> (Work?, Bool) in
        guard state.head < state.waiting.count else { return (nil, state.isClosed) }
        let work = state.waiting[state.head]
        state.head += 1
        if state.head == state.waiting.count {
          state.waiting.removeAll(keepingCapacity: true)
          state.head = 0
        } else if state.head > 1024 {
          state.waiting.removeFirst(state.head)
          state.head = 0
        }
        return (work, false)
      }
      if let work { work() } else if isClosed { return }
    }
  }
}
