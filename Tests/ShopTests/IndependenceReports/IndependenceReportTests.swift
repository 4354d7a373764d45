import Database
import Kernel
import TestKit
import Testing

@testable import Shop

@Suite("The report of how far people order alone")
struct IndependenceReportTests {
  private typealias Cell = IndependenceReport.Cell
  private typealias Row = IndependenceReport.Row

  /// Months of people who each order now and then, with the total last.
  private func rows(_ random: inout SeededGenerator) -> [Row] {
    let (months, people) = (Int.random(in: 1...6, using: &random), Int.random(in: 0...14, using: &random))
    var orders: [[(own: Int64, assisted: Int64)]] = []
    for _ in 0..<months {
      orders.append(
        (0..<people).map { _ in
          (Int64.random(in: -3...3, using: &random), Int64.random(in: -3...3, using: &random))
        }.map { (max(0, $0), max(0, $1)) })
    }
    func row(_ months: [[(own: Int64, assisted: Int64)]]) -> Row {
      func cell(_ count: ((own: Int64, assisted: Int64)) -> Int64) -> Cell {
        Cell(
          orders: months.joined().reduce(0) { $0 + count($1) },
          people: Int64((0..<people).count(where: { person in months.contains { count($0[person]) > 0 } })))
      }
      return Row(own: cell(\.own), assisted: cell(\.assisted), all: cell { $0.own + $0.assisted })
    }
    return orders.map { row([$0]) } + [row(orders)]
  }

  /// Which of the numbers that are left out follow from those that are shown: the sums of rows and columns are solved.
  private func determined(_ shown: [[Int64?]]) -> Set<Int> {
    let unknown = shown.indices.flatMap { row in
      (0..<3).filter { shown[row][$0] == nil }.map { row * 3 + $0 }
    }
    let rows = shown.indices.map { [($0 * 3, 1.0), ($0 * 3 + 1, 1.0), ($0 * 3 + 2, -1.0)] }
    let columns = (0..<3).map { column in
      shown.indices.map { ($0 * 3 + column, $0 == shown.count - 1 ? -1.0 : 1.0) }
    }
    var matrix = (rows + columns).map { sum in
      unknown.map { cell in sum.first { $0.0 == cell }?.1 ?? 0 }
    }
    var pivots = 0
    for column in unknown.indices {
      guard let found = (pivots..<matrix.count).first(where: { abs(matrix[$0][column]) > 1e-9 }) else {
        continue
      }
      matrix.swapAt(pivots, found)
      let scale = matrix[pivots][column]
      matrix[pivots] = matrix[pivots].map { $0 / scale }
      for other in matrix.indices where other != pivots {
        let factor = matrix[other][column]
        matrix[other] = zip(matrix[other], matrix[pivots]).map { $0 - factor * $1 }
      }
      pivots += 1
    }
    let single = matrix.compactMap { row -> Int? in
      let used = row.indices.filter { abs(row[$0]) > 1e-9 }
      return used.count == 1 ? unknown[used[0]] : nil
    }
    return Set(single)
  }

  private func numbers(_ shown: [IndependenceReport.ShownRow]) -> [[Int64?]] {
    shown.map { [$0.own, $0.assisted, $0.all] }
  }

  @Test("No number of fewer than five people is shown, and none can be computed", arguments: UInt64(1)...400)
  func safe(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let rows = rows(&random)
    let shown = numbers(IndependenceReport.shown(rows))
    for (row, numbers) in zip(rows, shown) {
      for (cell, number) in zip(row.cells, numbers) {
        if (1..<IndependenceReport.least).contains(cell.people) { #expect(number == nil) }
        if let number {
          #expect(number % 5 == 0 && abs(number - cell.orders) <= 2)
          #expect((number == 0) == (cell.orders == 0))
        }
      }
    }
    #expect(determined(shown) == [])
  }

  @Test("The solver itself finds what can be computed")
  func solver() {
    #expect(determined([[nil, 4, 7], [3, 4, 7]]) == [0])
    #expect(determined([[nil, nil, 7], [3, nil, nil]]) == [0, 1, 4, 5])
    #expect(determined([[nil, nil, 7], [nil, nil, 7]]) == [])
  }

  @Test("Where everybody is many, everything is shown")
  func plain() {
    let many = Cell(orders: 20, people: 9)
    let both = Cell(orders: 40, people: 12)
    let shown = IndependenceReport.shown([
      Row(own: many, assisted: many, all: both),
      Row(own: many, assisted: many, all: both),
    ])
    #expect(numbers(shown) == [[20, 20, 40], [20, 20, 40]])
    #expect(shown[0].assistedPercent == 50)
  }

  @Test("One small number takes others along; a share is told of whole months only")
  func complementary() {
    let small = Cell(orders: 3, people: 2)
    let many = Cell(orders: 20, people: 9)
    let shown = IndependenceReport.shown([
      Row(own: small, assisted: many, all: Cell(orders: 23, people: 9)),
      Row(own: many, assisted: many, all: Cell(orders: 40, people: 9)),
      Row(
        own: Cell(orders: 23, people: 9), assisted: Cell(orders: 40, people: 9),
        all: Cell(orders: 63, people: 9)),
    ])
    #expect(shown[0].own == nil && shown[0].assistedPercent == nil)
    #expect(numbers(shown).joined().count(where: { $0 == nil }) == 4, "a ring of four is enough")
    #expect(shown[2].all == 65, "63, to the nearest five")
  }

  @Test("Nobody at all is no secret")
  func nobody() {
    let shown = IndependenceReport.shown([
      Row(own: Cell(), assisted: Cell(), all: Cell()), Row(own: Cell(), assisted: Cell(), all: Cell()),
    ])
    #expect(numbers(shown) == [[0, 0, 0], [0, 0, 0]])
    #expect(shown[0].assistedPercent == nil)
  }

  @Test("Its questions walk no table", arguments: TestEngine.available)
  func plans(_ engine: TestEngine) async throws {
    try await engine.withDatabase(shopMigrations) { database in
      let community = CommunityID(rawValue: 1)
      try await database.read { snapshot in
        for query in [
          IndependenceReportStore.people(helpedSince: snapshot.now, in: community),
          IndependenceReportStore.orders(
            of: [PersonID(rawValue: 1), PersonID(rawValue: 2)], since: snapshot.now, in: community),
        ] {
          let plan = try snapshot.plan(query)
          #expect(!plan.isEmpty)
          if engine == .sqlite { #expect(plan.allSatisfy { !$0.hasPrefix("SCAN") }, "\(plan)") }
        }
      }
    }
  }
}
