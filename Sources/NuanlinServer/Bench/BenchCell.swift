import Database
import Foundation
import Kernel
import Shop

/// One cell of the table: a database of one size on one engine.
struct BenchCell: Sendable {
  struct Place: Sendable {
    let engine: String
    let products: Int
    let orders: Int
    /// What the server works on.
    let subject: Settings
    /// Where the engine alone writes; on SQLite a file of its own.
    let floor: Settings
  }

  let place: Place
  let community: BenchCommunity
  let options: BenchOptions
  /// The files of this run.
  let folder: String
  let run: BenchThreads

  /// Starts the servers that are measured over this cell. A first server, over the floor's database, shows what the pages
  /// look like and warms the machine up.
  func open() async throws -> OpenBenchCell {
    let port = try BenchProbe.freePort()
    let warm = try await launch.subject(over: place.floor, port: port)
    let files: [(page: OpenBenchCell.Page, file: String)]
    do {
      files = try await run { try save(pages(port: port)) }
      for measure in [BenchFigure.Measure.spread, .hot] {
        _ = try await client.orders(measure, of: community, port: port, seconds: 1)
      }
    } catch {
      await run.stop(warm.child)
      throw error
    }
    await run.stop(warm.child)
    let database = try Database.open(place.floor.database, migrations: Switchboard.migrations)
    var children: [BenchChild] = []
    do {
      let bare = try await launch.bare(files.map(\.file))
      children.append(bare.child)
      let subject = try await launch.subject(over: place.subject, port: port)
      children.append(subject.child)
      // The stored orders are gone through by all that handles events.
      try await client.rest(port: port)
      return OpenBenchCell(
        cell: self, pages: files.map(\.page), database: database,
        subject: subject.child,
        port: port, bare: bare.child, barePort: bare.port, start: max(warm.start, subject.start),
        bareStart: bare.start)
    } catch {
      for child in children { await run.stop(child) }
      await database.closeWithoutBlocking()
      throw error
    }
  }

  private var launch: BenchLaunch { BenchLaunch(executable: options.executable, run: run) }

  var client: BenchClient { BenchClient(options: options, folder: folder, run: run) }

  // MARK: - Pages

  private func pages(port: Int) throws -> [(page: OpenBenchCell.Page, answer: BenchProbe.Answer)] {
    let paths: [(BenchFigure.Measure, String)] = [
      (.storefront, "/campaigns/\(community.campaign)"),
      (.product, "/campaigns/\(community.campaign)/items/\(community.items[0])"),
      (.catalogue, "/api/v1/products?limit=24"),
    ]
    return try paths.map { measure, path in
      guard let answer = BenchProbe.get(path, port: port), answer.status == 200 else {
        throw Problem.bench(Phrase("\(path) 没有正常回答。", "\(path) did not answer well."))
      }
      return (OpenBenchCell.Page(measure: measure, path: path, bytes: answer.body.count), answer)
    }
  }

  private func save(
    _ pages: [(page: OpenBenchCell.Page, answer: BenchProbe.Answer)]
  ) throws -> [(page: OpenBenchCell.Page, file: String)] {
    try pages.enumerated().map { number, entry in
      let file = "\(folder)/page-\(place.orders)-\(number)"
      try Data(entry.answer.body).write(to: URL(fileURLWithPath: file))
      try Data(entry.answer.type.utf8).write(to: URL(fileURLWithPath: file + ".type"))
      return (entry.page, file)
    }
  }
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
