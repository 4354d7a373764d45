import Foundation
import Kernel

/// Starts servers as children of the benchmark and waits until they are ready.
struct BenchLaunch: Sendable {
  /// This program.
  let executable: String
  let run: BenchThreads

  /// The program as it is deployed, over a database.
  /// - Returns: with the milliseconds until it was ready.
  /// - Throws: `bench.failed` when it is not ready within a minute.
  func subject(over settings: Settings, port: Int) async throws -> (child: BenchChild, start: Double) {
    try await run {
      try started("/readyz", port: port) {
        try BenchChild.start(
          [executable, "bench", "serve-subject", "--port", "\(port)"],
          environment: Bench.environment(settings))
      }
    }
  }

  /// The HTTP server alone, with these files as its pages.
  /// - Returns: with the milliseconds until it was ready.
  /// - Throws: `bench.failed` when it is not ready within a minute.
  func bare(_ files: [String]) async throws -> (child: BenchChild, port: Int, start: Double) {
    let port = try BenchProbe.freePort()
    let bare = try await run {
      try started("/0", port: port) {
        try BenchChild.start([executable, "bench", "serve-bare", "--port", "\(port)"] + files)
      }
    }
    return (bare.child, port, bare.start)
  }

  private func started(
    _ path: String, port: Int, _ start: () throws -> BenchChild
  ) throws -> (child: BenchChild, start: Double) {
    let begin = ContinuousClock.now
    let child = try start()
    while BenchProbe.get(path, port: port)?.status != 200 {
      guard ContinuousClock.now - begin < .seconds(60) else {
        child.stop()
        throw Problem.bench(Phrase("服务器一分钟内没有就绪。", "The server was not ready within a minute."))
      }
      usleep(2000)
    }
    return (child, (ContinuousClock.now - begin) / .milliseconds(1))
  }
}
