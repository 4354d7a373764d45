import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where the present moment comes from. Server time decides cut-offs; tests move it.
package struct Clock: Sendable {
  package let now: @Sendable () -> Timestamp

  package init(now: @escaping @Sendable () -> Timestamp) {
    self.now = now
  }

  /// The clock of the machine.
  package static let system = Clock {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
  }
}

/// A clock that stands still until it is moved: for tests, the demo and simulations.
package final class MovableClock: Sendable {
  private let moment: Mutex<Timestamp>

  package init(_ start: Timestamp) {
    moment = Mutex(start)
  }

  package var now: Timestamp { moment.withLock { $0 } }

  package func move(to new: Timestamp) {
    moment.withLock { $0 = new }
  }

  package func advance(by duration: Duration) {
    moment.withLock { $0 = $0 + duration }
  }

  package var clock: Clock { Clock { self.now } }
}
