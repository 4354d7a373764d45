import Foundation
import Kernel

/// The load: `wrk` in a process of its own, with the scripts of `bench/`.
struct BenchClient: Sendable {
  let options: BenchOptions
  /// The files of this run.
  let folder: String
  let run: BenchThreads

  /// Asks for one page again and again.
  func page(_ path: String, port: Int, seconds: Int) async throws -> BenchRound {
    try await load("get.lua", path, port: port, seconds: seconds, [])
  }

  /// Places orders, each with a key of its own.
  func orders(
    _ measure: BenchFigure.Measure, of community: BenchCommunity, port: Int, seconds: Int
  ) async throws -> BenchRound {
    let items = measure == .hot ? Array(community.items.prefix(1)) : community.items
    let tokens = "\(folder)/tokens"
    try Data(community.tokens.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: tokens))
    let name = String(Int.random(in: 1_000_000_000...9_999_999_999))
    let before = try await batches(port: port)
    var round = try await load(
      "order.lua", "/api/v1/orders", port: port, seconds: seconds,
      [tokens, name, community.campaign.description, items.map(\.description).joined(separator: ",")])
    let begin = ContinuousClock.now
    let after = try await rest(port: port)
    round.batch = (after.orders - before.orders) / max(1, after.commits - before.commits)
    round.aftermath = (ContinuousClock.now - begin) / .seconds(1)
    return round
  }

  /// Longer than a commit takes where it takes long.
  private static let pause = Duration.seconds(1)
  /// Longer than any load of a few seconds has work for.
  private static let longestAftermath = Duration.seconds(180)

  /// Waits until what was under way when the client ended is decided and all that it causes is done, so that it does not
  /// weigh on what comes next.
  /// - Throws: `bench.failed` when that takes longer than three minutes.
  @discardableResult
  func rest(port: Int) async throws -> Batches {
    let end = ContinuousClock.now + Self.longestAftermath
    var last = try await batches(port: port)
    while .now < end {
      try await Task.sleep(for: Self.pause)
      let now = try await batches(port: port)
      if now.commits == last.commits && now.eventsBehind == 0 { return now }
      last = now
    }
    throw Problem.bench(
      Phrase(
        "压测之后的事没有办完。", "What the load caused was not done in time: \(Int(last.eventsBehind)) events behind."))
  }

  /// What a program has decided since it started, and what that has still to cause.
  struct Batches: Sendable {
    let commits: Double
    let orders: Double
    let eventsBehind: Double
  }

  /// What the program's own figures say of its batches of orders, and of what they have still to cause.
  private func batches(port: Int) async throws -> Batches {
    let body = try await run { BenchProbe.get("/metrics", port: port)?.body ?? [] }
    let lines = String(decoding: body, as: UTF8.self).split(separator: "\n")
    func value(_ name: String) -> Double {
      lines.first { $0.hasPrefix(name + " ") }.flatMap { Double($0.dropFirst(name.utf8.count + 1)) } ?? 0
    }
    return Batches(
      commits: value("nuanlin_shop_order_batch_count"), orders: value("nuanlin_shop_order_batch_sum"),
      eventsBehind: value("nuanlin_events_behind"))
  }

  private func load(
    _ script: String, _ path: String, port: Int, seconds: Int, _ arguments: [String]
  ) async throws -> BenchRound {
    try Task.checkCancellation()
    return try await run {
      let output = "\(folder)/client"
      let before = BenchChild.endedSeconds
      let begin = ContinuousClock.now
      let child = try BenchChild.start(
        [
          "wrk", "--threads", "2", "--connections", "256", "--duration", "\(seconds)s", "--script",
          "\(options.scripts)/\(script)", "http://127.0.0.1:\(port)\(path)", "--",
        ] + arguments, output: output)
      let status = child.wait()
      let taken = (ContinuousClock.now - begin) / .seconds(1)
      let text = try String(contentsOfFile: output, encoding: .utf8)
      guard status == 0 else { throw Problem.benchClient(text) }
      var round = try BenchRound(clientOutput: text)
      round.client =
        (BenchChild.endedSeconds - before) / (taken * Double(ProcessInfo.processInfo.activeProcessorCount))
      return round
    }
  }
}
