import Foundation

/// Cells that are compared with one another. They take turns in each round, floors and program alike, so that a machine
/// that grows slower or busier meanwhile weighs on all of them.
struct BenchTurns: Sendable {
  let cells: [BenchCell]
  let plan: BenchPlan

  private struct Rounds {
    var floors: [BenchRound] = []
    var subjects: [BenchRound] = []
  }

  /// What goes through one round after another together: what one leaves behind, such as dirty pages, is then the same
  /// for all.
  private static let groups: [[BenchFigure.Measure]] = [
    [.storefront, .product, .catalogue], [.spread], [.hot],
  ]

  func measure() async throws -> [(figures: [BenchFigure], process: BenchProcess)] {
    var open: [OpenBenchCell] = []
    do {
      for cell in cells { open.append(try await cell.open()) }
      let measured = try await takeTurns(open)
      for cell in open { await cell.close() }
      return measured
    } catch {
      for cell in open { await cell.close() }
      throw error
    }
  }

  private func takeTurns(
    _ open: [OpenBenchCell]
  ) async throws -> [(figures: [BenchFigure], process: BenchProcess)] {
    // What building the databases left to be written to the disk is written before anything is timed.
    sync()
    var rounds = open.map { _ in [BenchFigure.Measure: Rounds]() }
    for measures in Self.groups {
      for _ in 0..<plan.rounds {
        for (place, cell) in open.enumerated() {
          for measure in measures {
            let round = try await cell.round(measure)
            rounds[place][measure, default: Rounds()].floors.append(round.floor)
            rounds[place][measure, default: Rounds()].subjects.append(round.subject)
          }
        }
      }
    }
    return zip(open, rounds).map { cell, rounds in
      let figures = BenchFigure.Measure.allCases.compactMap { measure in
        rounds[measure].flatMap { cell.figure(measure, floors: $0.floors, subjects: $0.subjects) }
      }
      return (figures, cell.process)
    }
  }
}
