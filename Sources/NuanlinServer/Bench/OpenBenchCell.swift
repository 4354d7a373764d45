import Database
import Foundation
import Kernel
import Shop

/// A cell with its servers running: the program over the cell's database, and the floors beside it.
struct OpenBenchCell: Sendable {
  struct Page: Sendable {
    let measure: BenchFigure.Measure
    let path: String
    let bytes: Int
  }

  let cell: BenchCell
  let pages: [Page]
  /// Where the engine alone writes.
  let database: Database
  let subject: BenchChild
  let port: Int
  let bare: BenchChild
  let barePort: Int
  /// Milliseconds, as in `BenchProcess`.
  let start: Double
  let bareStart: Double

  /// One round of one measure: the program, then its floor.
  func round(_ measure: BenchFigure.Measure) async throws -> (floor: BenchRound, subject: BenchRound) {
    let plan = cell.options.plan
    guard let number = pages.firstIndex(where: { $0.measure == measure }) else {
      let subject = try await cell.client.orders(
        measure, of: cell.community, port: port, seconds: plan.orderSeconds)
      return (try await writeFloor(measure, batch: subject.batch), subject)
    }
    let subject = try await cell.client.page(pages[number].path, port: port, seconds: plan.pageSeconds)
    return (try await cell.client.page("/\(number)", port: barePort, seconds: plan.pageSeconds), subject)
  }

  /// What the rounds of one measure gave; nil without rounds.
  func figure(
    _ measure: BenchFigure.Measure, floors: [BenchRound], subjects: [BenchRound]
  ) -> BenchFigure? {
    guard let subject = BenchRound.middle(subjects), let floor = BenchRound.middle(floors) else { return nil }
    let bytes = pages.first { $0.measure == measure }.map { Double($0.bytes) }
    return BenchFigure(
      engine: cell.place.engine, products: cell.place.products, orders: cell.place.orders, measure: measure,
      subject: subject, floor: floor, size: bytes ?? subject.batch)
  }

  var process: BenchProcess {
    BenchProcess(
      engine: cell.place.engine, products: cell.place.products, orders: cell.place.orders, start: start,
      bareStart: bareStart, memory: subject.memory, bareMemory: bare.memory)
  }

  func close() async {
    await cell.run.stop(subject)
    await cell.run.stop(bare)
    await database.closeWithoutBlocking()
  }

  /// The desk decides many batches of orders and is undone; then the engine alone writes the rows that each batch meant
  /// to write, one commit after another. Only the commits are timed, and they follow each other at once: an engine that
  /// rests between them would leave the disk time that it does not have under load.
  ///
  /// - Parameter batch: how many orders shared a commit in the program's own round.
  private func writeFloor(_ measure: BenchFigure.Measure, batch: Double) async throws -> BenchRound {
    let community = cell.community
    let size = max(1, Int(batch.rounded()))
    let run = Int64.random(in: 0...Int64.max)
    var written = 0
    var taken = Duration.zero
    repeat {
      let batches = try (0..<Self.commitsInOneGo).map { number in
        try (0..<size).map {
          let number = written + number * size + $0
          return try community.request(number, isHot: measure == .hot, key: "floor-\(run)-\(number)")
        }
      }
      let rehearsed = try await database.rehearse(
        in: community.id,
        batches.map { requests in
          { transaction in
            for answer in try OrderMeasuring.place(requests, .ledger, in: transaction) {
              _ = try answer.get()
            }
          }
        })
      let begin = ContinuousClock.now
      for rows in rehearsed {
        try await database.write(in: community.id) { transaction in
          for rows in rows { try transaction.insert(rows) }
        }
      }
      taken += ContinuousClock.now - begin
      written += rehearsed.count * size
    } while taken < .seconds(cell.options.plan.orderSeconds)
    return BenchRound(rate: Double(written) / (taken / .seconds(1)))
  }

  /// Commits that the engine alone does before the next are prepared.
  private static let commitsInOneGo = 64
}
