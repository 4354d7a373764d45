import Database
import Foundation
import Kernel
import Shop

/// One cell of the table: a database of one size on one engine, with the servers that are measured over it.
struct BenchCell: Sendable {
  struct Place: Sendable {
    let engine: String
    let products: Int
    let orders: Int
    /// What the server is told in its environment.
    let subject: [String: String]
    let settings: Settings
    /// Where the engine alone writes; on SQLite a file of its own.
    let floor: Settings
  }

  let place: Place
  let community: BenchCommunity
  let options: BenchOptions
  /// The files of this run.
  let folder: String
  let run: BenchThreads

  private struct Page {
    let measure: BenchFigure.Measure
    let path: String
    let bytes: Int
  }

  /// Measures everything of the cell.
  func measure() async throws -> (figures: [BenchFigure], process: BenchProcess) {
    let port = try BenchProbe.freePort()
    let warm = try await startSubject(place.floorEnvironment, port: port)
    let files = try await run { try save(pages(port: port)) }
    for measure in [BenchFigure.Measure.spread, .hot] {
      _ = try await orders(measure, port: port, seconds: 1)
    }
    await run.stop(warm.child)
    let bare = try await startBare(files.map(\.file))
    do {
      let subject = try await startSubject(place.subject, port: port)
      do {
        let pages = try await measurePages(files.map(\.page), port: port, bare: bare.port)
        let orders = try await measureOrders(port: port)
        let process = BenchProcess(
          engine: place.engine, products: place.products, orders: place.orders,
          start: max(warm.start, subject.start), bareStart: bare.start, memory: subject.child.memory,
          bareMemory: bare.child.memory)
        await run.stop(subject.child)
        await run.stop(bare.child)
        return (pages + orders, process)
      } catch {
        await run.stop(subject.child)
        throw error
      }
    } catch {
      await run.stop(bare.child)
      throw error
    }
  }

  // MARK: - Servers

  private func startSubject(
    _ environment: [String: String], port: Int
  ) async throws -> (child: BenchChild, start: Double) {
    try await run {
      try started("/readyz", port: port) {
        try BenchChild.start(
          [options.executable, "bench", "serve-subject", "--port", "\(port)"], environment: environment)
      }
    }
  }

  private func startBare(_ files: [String]) async throws -> (child: BenchChild, port: Int, start: Double) {
    let port = try BenchProbe.freePort()
    let bare = try await run {
      try started("/0", port: port) {
        try BenchChild.start([options.executable, "bench", "serve-bare", "--port", "\(port)"] + files)
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

  // MARK: - Pages

  private func pages(port: Int) throws -> [(page: Page, answer: BenchProbe.Answer)] {
    let paths: [(BenchFigure.Measure, String)] = [
      (.storefront, "/campaigns/\(community.campaign)"),
      (.product, "/campaigns/\(community.campaign)/items/\(community.items[0])"),
      (.catalogue, "/api/v1/products?limit=24"),
    ]
    return try paths.map { measure, path in
      guard let answer = BenchProbe.get(path, port: port), answer.status == 200 else {
        throw Problem.bench(Phrase("\(path) 没有正常回答。", "\(path) did not answer well."))
      }
      return (Page(measure: measure, path: path, bytes: answer.body.count), answer)
    }
  }

  private func save(
    _ pages: [(page: Page, answer: BenchProbe.Answer)]
  ) throws -> [(page: Page, file: String)] {
    try pages.enumerated().map { number, entry in
      let file = "\(folder)/page\(number)"
      try Data(entry.answer.body).write(to: URL(fileURLWithPath: file))
      try Data(entry.answer.type.utf8).write(to: URL(fileURLWithPath: file + ".type"))
      return (entry.page, file)
    }
  }

  private func measurePages(_ pages: [Page], port: Int, bare: Int) async throws -> [BenchFigure] {
    var floors: [[BenchRound]] = pages.map { _ in [] }
    var subjects = floors
    for _ in 0..<options.plan.rounds {
      for (number, page) in pages.enumerated() {
        floors[number].append(try await get("/\(number)", port: bare))
        subjects[number].append(try await get(page.path, port: port))
      }
    }
    return pages.enumerated().compactMap { number, page in
      figure(page.measure, subjects[number], floors[number], size: Double(page.bytes))
    }
  }

  private func get(_ path: String, port: Int) async throws -> BenchRound {
    try await client("get.lua", path, port: port, seconds: options.plan.pageSeconds, [])
  }

  // MARK: - Orders

  private func measureOrders(port: Int) async throws -> [BenchFigure] {
    let database = try Database.open(place.floor.database, migrations: Switchboard.migrations)
    do {
      var figures: [BenchFigure] = []
      for measure in [BenchFigure.Measure.spread, .hot] {
        figures += [try await measureOrders(measure, port: port, database)].compactMap { $0 }
      }
      await database.closeWithoutBlocking()
      return figures
    } catch {
      await database.closeWithoutBlocking()
      throw error
    }
  }

  private func measureOrders(
    _ measure: BenchFigure.Measure, port: Int, _ database: Database
  ) async throws -> BenchFigure? {
    let batch = try await database.read { [community] in
      try OrderMeasuring.meanBatch(of: community.campaign, in: community.id, $0)
    }
    var floors: [BenchRound] = []
    var subjects: [BenchRound] = []
    for _ in 0..<options.plan.rounds {
      floors.append(try await writeFloor(measure, max(1, Int(batch.rounded())), database))
      subjects.append(try await orders(measure, port: port, seconds: options.plan.orderSeconds))
    }
    return figure(measure, subjects, floors, size: batch)
  }

  /// The desk decides a batch of orders and is undone; then the engine alone writes the rows that it meant to write.
  /// Only the second is timed.
  private func writeFloor(
    _ measure: BenchFigure.Measure, _ batch: Int, _ database: Database
  ) async throws -> BenchRound {
    let run = Int64.random(in: 0...Int64.max)
    var written = 0
    var taken = Duration.zero
    repeat {
      let requests = try (written..<(written + batch)).map {
        try community.request($0, isHot: measure == .hot, key: "floor-\(run)-\($0)")
      }
      let rows = try await database.rehearse(in: community.id) { transaction in
        for answer in try OrderMeasuring.place(requests, in: transaction) { _ = try answer.get() }
      }
      let begin = ContinuousClock.now
      try await database.write(in: community.id) { transaction in
        for rows in rows { try transaction.insert(rows) }
      }
      taken += ContinuousClock.now - begin
      written += batch
    } while taken < .seconds(options.plan.orderSeconds)
    return BenchRound(rate: Double(written) / (taken / .seconds(1)))
  }

  private func orders(_ measure: BenchFigure.Measure, port: Int, seconds: Int) async throws -> BenchRound {
    let items = measure == .hot ? Array(community.items.prefix(1)) : community.items
    let tokens = "\(folder)/tokens"
    try Data(community.tokens.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: tokens))
    let name = String(Int.random(in: 1_000_000_000...9_999_999_999))
    return try await client(
      "order.lua", "/api/v1/orders", port: port, seconds: seconds,
      [tokens, name, community.campaign.description, items.map(\.description).joined(separator: ",")])
  }

  // MARK: - The client

  private func client(
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

  private func figure(
    _ measure: BenchFigure.Measure, _ subjects: [BenchRound], _ floors: [BenchRound], size: Double
  ) -> BenchFigure? {
    guard let subject = BenchRound.middle(subjects), let floor = BenchRound.middle(floors) else { return nil }
    return BenchFigure(
      engine: place.engine, products: place.products, orders: place.orders, measure: measure,
      subject: subject,
      floor: floor, size: size)
  }
}

extension BenchCell.Place {
  /// For a server over the floor's database.
  var floorEnvironment: [String: String] { Bench.environment(floor) }
}

/// Keeps what blocks off the cooperative pool.
struct BenchThreads: Sendable {
  private let threads = BoundedThreads(threads: 1, waiting: 16)

  func callAsFunction<Value: Sendable>(
    _ work: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await threads.run(busy: .internalFault, work)
  }

  func stop(_ child: BenchChild) async {
    try? await self { child.stop() }
  }
}
