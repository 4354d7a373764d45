import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Runs work that blocks or computes for long on a few threads of its own, so that the cooperative pool stays free.
///
/// At most `threads` pieces run at once and at most `waiting` wait; what comes beyond that is refused at once, so
/// that a flood costs a refusal and not the memory of the machine. Threads live only while there is work.
package final class BoundedThreads: Sendable {
  /// Does the work and gives what hands over its result. The place is free before the result is handed over, so that
  /// whoever has it never meets their own finished work as "busy".
  private typealias Piece = @Sendable () -> (() -> Void)

  private struct State {
    var running = 0
    var waiting: [Piece] = []
  }

  private let threads: Int
  private let waitingLimit: Int
  private let state = Mutex(State())

  /// - Parameters:
  ///   - threads: pieces of work at one time, at least 1.
  ///   - waiting: pieces that may wait for a thread, 0 for none.
  package init(threads: Int, waiting: Int) {
    self.threads = max(1, threads)
    waitingLimit = max(0, waiting)
  }

  /// Runs `work` on a thread of this group and gives its result.
  /// - Parameter busy: thrown when all threads are taken and no more may wait.
  /// - Throws: `busy`, or what `work` throws.
  package func run<Value: Sendable>(
    busy: Problem, _ work: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      let accepted = submit {
        let result = Result(catching: work)
        return { continuation.resume(with: result) }
      }
      if !accepted { continuation.resume(throwing: busy) }
    }
  }

  private func submit(_ piece: @escaping Piece) -> Bool {
    let startsThread: Bool? = state.withLock { state in
      if state.running < threads {
        state.running += 1
        return true
      }
      guard state.waiting.count < waitingLimit else { return nil }
      state.waiting.append(piece)
      return false
    }
    guard let startsThread else { return false }
    if !startsThread { return true }
    if startThread(piece) { return true }
    // The machine gives no thread: what meanwhile queued behind this place must still be done by somebody.
    work(from: nextPiece())
    return false
  }

  private func work(from first: Piece?) {
    var next = first
    while let piece = next {
      let handOver = piece()
      next = nextPiece()
      handOver()
    }
  }

  /// The next waiting piece; nil gives the caller's place back.
  private func nextPiece() -> Piece? {
    state.withLock { state in
      if state.waiting.isEmpty {
        state.running -= 1
        return nil
      }
      return state.waiting.removeFirst()
    }
  }

  private func startThread(_ first: @escaping @Sendable () -> (() -> Void)) -> Bool {
    let body = ThreadBody { self.work(from: first) }
    let argument = Unmanaged.passRetained(body)
    let started = startDetachedThread(argument.toOpaque())
    if !started { argument.release() }
    return started
  }
}

private final class ThreadBody: Sendable {
  let run: @Sendable () -> Void

  init(_ run: @escaping @Sendable () -> Void) {
    self.run = run
  }
}

#if canImport(Glibc)
  private func startDetachedThread(_ argument: UnsafeMutableRawPointer) -> Bool {
    var thread = pthread_t()
    let failure = pthread_create(&thread, nil, { argument in runThreadBody(argument) }, argument)
    if failure == 0 { pthread_detach(thread) }
    return failure == 0
  }
#else
  private func startDetachedThread(_ argument: UnsafeMutableRawPointer) -> Bool {
    var thread: pthread_t?
    let failure = pthread_create(&thread, nil, { argument in runThreadBody(argument) }, argument)
    if failure == 0, let thread { pthread_detach(thread) }
    return failure == 0
  }
#endif

private func runThreadBody(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let argument else { return nil }
  Unmanaged<ThreadBody>.fromOpaque(argument).takeRetainedValue().run()
  return nil
}
