import Foundation
import Kernel
import TestKit
import Testing

@testable import NuanlinServer

/// What the benchmark says is what was measured.
@Suite struct BenchTests {
  @Test func `a client's line is read, and refused or broken answers spoil the round`() throws {
    let good = "Running…\nmeasured requests=3000 microseconds=2000000 p50=4000 p99=9500 refused=0 broken=0\n"
    let round = try BenchRound(clientOutput: good)
    #expect(round.rate == 1500)
    #expect(round.median == 4)
    #expect(round.slowest == 9.5)
    for bad in [
      "", "measured requests=0 microseconds=2000000 p50=0 p99=0 refused=0 broken=0",
      "measured requests=10 microseconds=2000000 p50=1 p99=1 refused=1 broken=0",
      "measured requests=10 microseconds=2000000 p50=1 p99=1 refused=0 broken=2",
    ] {
      #expect(throws: Problem.self) { try BenchRound(clientOutput: bad) }
    }
  }

  @Test func `each number of several rounds has its own median`() {
    var rounds = [3.0, 1, 2].map { BenchRound(rate: $0) }
    rounds[0].slowest = 5
    rounds[1].slowest = 50
    rounds[2].slowest = 7
    #expect(BenchRound.middle(rounds)?.rate == 2)
    #expect(BenchRound.middle(rounds)?.slowest == 7)
    #expect(BenchRound.middle([BenchRound(rate: 1), BenchRound(rate: 2)])?.rate == 1.5)
    #expect(BenchRound.middle([]) == nil)
  }

  @Test func `an aim is met by its worst figure only`() {
    var table = BenchTable()
    table.figures = [
      figure(.storefront, orders: 0, rate: 60, p99: 10), figure(.storefront, orders: 1000, rate: 49, p99: 14),
      figure(.hot, orders: 0, rate: 12_000, p99: 20, floor: 20_000),
      figure(.hot, orders: 1000, rate: 11_000, p99: 26, floor: 20_000),
    ]
    table.processes = [
      BenchProcess(
        engine: "SQLite", products: 100, orders: 0, start: 1001, bareStart: 10, memory: 200, bareMemory: 30)
    ]
    table.analyses = [
      .init(answers: 10, analysis: .table, page: 1200, floor: 1, bytes: 1),
      .init(answers: 50, analysis: .table, page: 900, floor: 1, bytes: 1),
      .init(answers: 50, analysis: .split, page: 1001, floor: 1, bytes: 1),
    ]
    table.networks = [
      .init(ties: 100, actors: 10, report: 15_001, floor: 1, told: 3),
      .init(ties: 1000, actors: 100, report: 14_999, floor: 1, told: 3),
    ]
    let met = Dictionary(uniqueKeysWithValues: table.aims.map { ($0.name, $0.isMet) })
    #expect(met["storefront page ≥ 50 % of its floor"] == false)
    #expect(met["orders ≥ 50 % of the engine alone"] == true)
    #expect(met["orders ≥ 10,000 a second on SQLite"] == true)
    #expect(met["p99 at 1000 stored orders ≤ 1.3 × that at 0, storefront page, 24 items"] == false)
    #expect(met["p99 at 1000 stored orders ≤ 1.3 × that at 0, orders, one hot item"] == true)
    #expect(met["start to ready ≤ 1 s"] == false)
    #expect(met["memory after load at 100 products ≤ 200 MB"] == true)
    #expect(met["analysis of 50 answers ≤ 1 s"] == false)
    #expect(met["network of 1000 ties ≤ 15 s"] == true)
  }

  @Test func `one size can be measured alone`() {
    let plan = BenchPlan.full.limited(products: 500, orders: nil)
    #expect(plan.products == [500] && plan.postgresProducts == [500])
    #expect(plan.orders == BenchPlan.full.orders)
    #expect(BenchPlan.full.limited(products: nil, orders: nil) == .full)
    let analysis = BenchPlan.full.limited(toAnswers: 7)
    #expect(analysis.answers == [7] && analysis.products.isEmpty && analysis.postgresProducts.isEmpty)
    #expect(analysis.ties.isEmpty)
    let network = BenchPlan.full.limited(toTies: 9)
    #expect(network.ties == [9] && network.products.isEmpty && network.answers.isEmpty)
    #expect(network.rounds == BenchPlan.full.rounds)
  }

  @Test(arguments: TestEngine.available)
  func `a network is of all ties that were drawn, and right`(engine: TestEngine) async throws {
    try await engine.withLocation { location in
      let keyFile = FileManager.default.temporaryDirectory.appending(path: "nuanlin-\(UUID().uuidString).key")
        .path(percentEncoded: false)
      defer {
        for path in [keyFile, Settings.defaultPersonKeyFolder(for: keyFile)] {
          try? FileManager.default.removeItem(atPath: path)
        }
      }
      let settings = Settings(database: location, keyFile: keyFile)
      let figure = try await Program(settings).withSwitchboard { switchboard in
        let network = try await BenchTies.build(ties: 400, in: switchboard)
        let figure = try await network.measure(rounds: 1, in: switchboard)
        #expect(try await switchboard.breaches() == [])
        await #expect(throws: Problem.self) { try await BenchTies.build(ties: 400, in: switchboard) }
        return figure
      }
      #expect(figure.ties == 400 && figure.actors == 40)
      #expect(figure.report > 0 && figure.floor > 0)
    }
  }

  @Test func `columns are as wide as their widest text`() {
    #expect(
      BenchTable.aligned([["a", "number"], ["long", "5"], ["b", "17"]])
        == "a     number\nlong       5\nb         17")
  }

  private func figure(
    _ measure: BenchFigure.Measure, orders: Int, rate: Double, p99: Double, floor: Double = 100
  ) -> BenchFigure {
    var subject = BenchRound(rate: rate)
    subject.slowest = p99
    return BenchFigure(
      engine: "SQLite", products: 100, orders: orders, measure: measure, subject: subject,
      floor: BenchRound(rate: floor), size: 1)
  }
}
