import Kernel
import Synchronization
import Testing

@Suite struct BoundedThreadsTests {
  private static let busy = Problem("test.busy", status: 503, Phrase("请稍候。", "Please wait."))

  /// A door that stays shut until it is opened; whoever waits at it blocks a thread.
  private final class Door: Sendable {
    private let isOpen = Mutex(false)
    func open() { isOpen.withLock { $0 = true } }
    func wait() { while !isOpen.withLock({ $0 }) { pause() } }
    private func pause() { for _ in 0..<1_000 { _ = isOpen.withLock { $0 } } }
  }

  private final class Count: Sendable {
    private let state = Mutex((now: 0, most: 0))
    var now: Int { state.withLock { $0.now } }
    var most: Int { state.withLock { $0.most } }
    func enter() { state.withLock { ($0.now, $0.most) = ($0.now + 1, max($0.most, $0.now + 1)) } }
    func leave() { state.withLock { $0.now -= 1 } }
  }

  @Test func `never more at once than threads, and every piece gives its own result`() async throws {
    let threads = BoundedThreads(threads: 3, waiting: 500)
    let count = Count()
    let results = try await withThrowingTaskGroup(of: Int.self) { group in
      for number in 0..<400 {
        group.addTask {
          try await threads.run(busy: Self.busy) {
            count.enter()
            defer { count.leave() }
            return (0...number).reduce(0, +)
          }
        }
      }
      return try await group.reduce(into: Set<Int>()) { $0.insert($1) }
    }
    #expect(results == Set((0..<400).map { $0 * ($0 + 1) / 2 }))
    #expect(count.most <= 3)
    #expect(count.now == 0)
  }

  @Test func `beyond threads and waiting places a piece is refused at once, and accepted again afterwards`()
    async throws
  {
    let threads = BoundedThreads(threads: 2, waiting: 3)
    let (door, count) = (Door(), Count())
    // Were too few refused, the test would wait for ever; then the door opens late and the count tells.
    let rescue = Task {
      try await Task.sleep(for: .seconds(20))
      door.open()
    }
    defer { rescue.cancel() }
    let outcomes = await withTaskGroup(of: Result<Int, any Error>.self) { group in
      for number in 0..<20 {
        group.addTask {
          do {
            return .success(
              try await threads.run(busy: Self.busy) {
                count.enter()
                door.wait()
                count.leave()
                return number
              })
          } catch { return .failure(error) }
        }
      }
      // Fifteen refusals come while the door is shut; only then may the five inside go on.
      var outcomes: [Result<Int, any Error>] = []
      while outcomes.count < 15, let outcome = await group.next() { outcomes.append(outcome) }
      #expect(outcomes.allSatisfy { if case .failure = $0 { true } else { false } })
      door.open()
      for await outcome in group { outcomes.append(outcome) }
      return outcomes
    }
    let refused = outcomes.compactMap { if case .failure(let error) = $0 { error as? Problem } else { nil } }
    #expect(refused == Array(repeating: Self.busy, count: 15))
    #expect(count.most <= 2)
    for number in 0..<50 {
      #expect(try await threads.run(busy: Self.busy) { number } == number)
    }
  }

  @Test func `what the work throws reaches the caller and takes no place`() async throws {
    let threads = BoundedThreads(threads: 1, waiting: 0)
    for _ in 0..<20 {
      await #expect(throws: Problem.notFound) {
        try await threads.run(busy: Self.busy) { throw Problem.notFound }
      }
    }
    #expect(try await threads.run(busy: Self.busy) { 7 } == 7)
  }

  @Test func `at least one thread, whatever was asked for`() async throws {
    let threads = BoundedThreads(threads: 0, waiting: -5)
    #expect(try await threads.run(busy: Self.busy) { "done" } == "done")
  }
}
