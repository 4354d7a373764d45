import Database
import Foundation
import Kernel

/// Measures the program beside its floors and tells it as one table (docs/benchmarks.md).
package struct Bench: Sendable {
  private let options: BenchOptions
  private let folder: String
  private let run = BenchThreads()
  private let tell: @Sendable (String) -> Void

  /// - Parameter tell: what is being done, line by line.
  package init(_ options: BenchOptions, tell: @escaping @Sendable (String) -> Void) {
    self.options = options
    self.tell = tell
    folder = "\(options.folder)/nuanlin-bench-\(getpid())"
  }

  /// - Returns: the table.
  /// - Throws: `bench.failed`, `bench.client`, or `CancellationError` when it was asked to stop.
  package func measure() async throws -> String {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var table = BenchTable()
    do {
      for products in options.plan.products { try await measureSQLite(products, &table) }
      if let url = options.postgres {
        for products in options.plan.postgresProducts { try await measurePostgres(url, products, &table) }
      }
      for answers in options.plan.answers { try await measureAnalysis(answers, &table) }
      for ties in options.plan.ties { try await measureTies(ties, &table) }
    } catch {
      // What was measured until then took long and is still true.
      tell(table.text)
      throw error
    }
    return table.text
  }

  static func environment(_ settings: Settings) -> [String: String] {
    let location =
      switch settings.database {
      case .sqlite(let path): "sqlite:\(path)"
      case .postgres(let url): url
      }
    return ["NUANLIN_DATABASE": location, "NUANLIN_KEY_FILE": settings.keyFile]
  }

  // MARK: - SQLite

  /// Each cell works on copies, so that what one measures does not weigh on the next.
  private func measureSQLite(_ products: Int, _ table: inout BenchTable) async throws {
    let base = sqlite("base")
    let clock = MovableClock(Clock.system.now())
    tell("SQLite: \(products) products.")
    var community = try await build(products, base, clock)
    var cells: [BenchCell] = []
    for orders in options.plan.orders {
      try await fill(&community, orders, base, clock)
      let place = BenchCell.Place(
        engine: "SQLite", products: products, orders: orders, subject: try copy(base, "subject-\(orders)"),
        floor: try copy(base, "floor-\(orders)"))
      cells.append(cell(place, community))
    }
    try await measure(cells, &table)
    for cell in cells {
      try await check(cell.place.subject)
      for settings in [cell.place.subject, cell.place.floor] { remove(settings) }
    }
    remove(base)
  }

  private func sqlite(_ name: String) -> Settings {
    Settings(database: .sqlite(path: "\(folder)/\(name).sqlite"), keyFile: "\(folder)/key")
  }

  private func copy(_ base: Settings, _ name: String) throws -> Settings {
    let settings = sqlite(name)
    guard case .sqlite(let from) = base.database, case .sqlite(let to) = settings.database else {
      throw Problem.internalFault
    }
    // What the last commits wrote may still lie in the log beside the file.
    for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: from + suffix) {
      try FileManager.default.copyItem(atPath: from + suffix, toPath: to + suffix)
    }
    return settings
  }

  private func remove(_ settings: Settings) {
    guard case .sqlite(let path) = settings.database else { return }
    for suffix in ["", "-wal", "-shm", ".lock"] { try? FileManager.default.removeItem(atPath: path + suffix) }
    if path.hasSuffix("base.sqlite") { try? FileManager.default.removeItem(atPath: settings.keyFile) }
  }

  // MARK: - PostgreSQL

  /// One database grows; the engine alone writes beside the program, under identifiers of its own.
  private func measurePostgres(_ url: String, _ products: Int, _ table: inout BenchTable) async throws {
    let settings = Settings(database: .postgres(url: url), keyFile: "\(folder)/postgres.key")
    let clock = MovableClock(Clock.system.now())
    tell("PostgreSQL: \(products) products.")
    var community = try await build(products, settings, clock)
    for orders in options.plan.postgresOrders {
      try await fill(&community, orders, settings, clock)
      community.turnToNextItem()
      let place = BenchCell.Place(
        engine: "PostgreSQL", products: products, orders: orders, subject: settings, floor: settings)
      try await measure([cell(place, community)], &table)
    }
  }

  // MARK: - Analysis

  /// The program answers over one copy of the database; the floor is measured over another.
  private func measureAnalysis(_ answers: Int, _ table: inout BenchTable) async throws {
    let base = sqlite("base")
    let clock = MovableClock(Clock.system.now())
    tell("SQLite: \(answers) answers of a questionnaire.")
    let survey = try await with(base, clock) { try await BenchSurvey.build(answers: answers, in: $0) }
    let (subject, floor) = (try copy(base, "subject-answers"), try copy(base, "floor-answers"))
    let port = try BenchProbe.freePort()
    let child = try await BenchLaunch(executable: options.executable, run: run)
      .subject(over: subject, port: port).child
    do {
      tell("  Measuring.")
      let measuring = BenchAnalysis(survey: survey, answers: answers, rounds: options.plan.rounds, run: run)
      let figures = try await with(floor, clock) {
        try await measuring.measure(port: port, floor: $0.surveys)
      }
      for figure in figures { tell("    " + figure.line) }
      table.analyses += figures
    } catch {
      await run.stop(child)
      throw error
    }
    await run.stop(child)
    try await check(subject)
    for settings in [subject, floor, base] { remove(settings) }
  }

  // MARK: - Network

  /// In this process, as the background of the program does it; reading alone takes turns with it.
  private func measureTies(_ ties: Int, _ table: inout BenchTable) async throws {
    let base = sqlite("base")
    let clock = MovableClock(Clock.system.now())
    tell("SQLite: \(ties) ties of a quarter.")
    let rounds = options.plan.rounds
    let figure = try await with(base, clock) { switchboard in
      let network = try await BenchTies.build(ties: ties, in: switchboard)
      tell("  Measuring.")
      return try await network.measure(rounds: rounds, in: switchboard)
    }
    tell("    " + figure.line)
    table.networks.append(figure)
    try await check(base)
    remove(base)
  }

  // MARK: - What both need

  private func cell(_ place: BenchCell.Place, _ community: BenchCommunity) -> BenchCell {
    BenchCell(place: place, community: community, options: options, folder: folder, run: run)
  }

  private func measure(_ cells: [BenchCell], _ table: inout BenchTable) async throws {
    tell("  Measuring.")
    for measured in try await BenchTurns(cells: cells, plan: options.plan).measure() {
      table.figures += measured.figures
      table.processes.append(measured.process)
      for figure in measured.figures { tell("    " + figure.line) }
    }
  }

  private func build(
    _ products: Int, _ settings: Settings, _ clock: MovableClock
  ) async throws -> BenchCommunity {
    try await with(settings, clock) { try await BenchCommunity.build(products: products, in: $0) }
  }

  private func fill(
    _ community: inout BenchCommunity, _ orders: Int, _ settings: Settings, _ clock: MovableClock
  ) async throws {
    tell("  \(orders) stored orders.")
    let before = community
    community = try await with(settings, clock) { switchboard in
      var community = before
      try await community.store(until: orders, switchboard, clock: clock)
      return community
    }
  }

  /// What was measured must also be right.
  private func check(_ settings: Settings) async throws {
    let report = try await Program(settings).check()
    guard let breach = report.breaches.first else { return }
    throw Problem.bench(
      Phrase(
        "压测之后数据不符：\(breach.name)。", "After the load the data disagrees: \(breach.name), \(breach.detail)."))
  }

  private func with<T: Sendable>(
    _ settings: Settings, _ clock: MovableClock, _ body: (Switchboard) async throws -> T
  ) async throws -> T {
    var settings = settings
    settings.clock = clock.clock
    return try await Program(settings).withSwitchboard(body)
  }
}
