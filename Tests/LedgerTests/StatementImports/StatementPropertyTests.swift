import Database
import Kernel
import TestKit
import Testing

@testable import Ledger

/// Random statements, imported in overlapping pieces and explained at random: at every stop the account in the books is the
/// sum of its lines and of what no line tells of yet.
@Suite("Statements and the books")
struct StatementPropertyTests {
  private typealias Row = StatementStage.Row

  private struct Player {
    let stage: StatementStage
    var random: SeededGenerator
    var rows: [Row] = []
    var refusals: Set<String> = []
    var answers: Set<String> = []

    mutating func addRows() async throws {
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let minute = rows.count
        var row = Row(
          time: "2026-11-26 \(10 + minute / 60):\(minute % 60 < 10 ? "0" : "")\(minute % 60):00",
          fen: Int64.random(in: 1...9_000, using: &random))
        switch Int.random(in: 0..<6, using: &random) {
        case 0:
          let order = Int.random(in: 0..<12, using: &random)
          let number = 200_000 + Int64(minute)
          let payment = try await stage.awaiting(order: order, row.fen, number: number)
          row.text = payment.reference?.description ?? ""
          if Bool.random(using: &random) { row.fen += 7 }
        case 1:
          _ = try await stage.payout(row.fen)
          row.fen = -row.fen
        case 2: row.fen = -row.fen
        case 3: row.fen = 100
        default: break
        }
        rows.append(row)
      }
    }

    mutating func importSome() async throws {
      let start = Int.random(in: 0...max(0, rows.count - 3), using: &random)
      let opening = 100_000 + rows.prefix(start).reduce(0) { $0 + $1.fen }
      try await stage.take(StatementStage.file(Array(rows[start...]), opening: opening))
    }

    mutating func answer() async throws {
      guard let item = try await stage.waiting().randomElement(using: &random) else { return }
      let order = Int.random(in: 0..<12, using: &random)
      let movements = try await stage.movements()
      let choices: [SuspenseAnswer.What] =
        [
          .order(campaign: StageOrders.campaign(order), number: Int64(order)), .returned, .fee, .community,
        ] + movements.map { .recorded($0.source) }
      let what = choices[Int.random(in: 0..<choices.count, using: &random)]
      let whole = Int64(item.left.minorUnits.magnitude)
      let part = Bool.random(using: &random) ? whole : Int64.random(in: 1...whole, using: &random)
      do {
        try await stage.explain(item, what, part)
        answers.insert(what.kind.rawValue)
      } catch let problem as Problem {
        refusals.insert(problem.code)
      }
    }

    mutating func takeBack() async throws {
      let all: [StatementLineID] = try await stage.database.read {
        try $0.values("SELECT DISTINCT line_id FROM ledger_explanation ORDER BY line_id")
      }
      guard let line = all.randomElement(using: &random) else { return }
      let explanations = try await stage.database.read { [stage] in
        try ExplanationStore.list(of: [line], in: stage.community, $0)[line] ?? []
      }
      guard let explanation = explanations.randomElement(using: &random) else { return }
      do {
        try await stage.withdraw(explanation)
        answers.insert("withdrawn")
      } catch let problem as Problem {
        refusals.insert(problem.code)
      }
    }

    func expectSums(_ when: String) async throws {
      let lines = try await stage.database.read { [stage] in
        try StatementImportStore.sum(of: .bank, in: stage.community, $0).minorUnits
      }
      let open = try await stage.movements().reduce(0) { $0 + $1.amount.minorUnits }
      #expect(try await stage.balance(Account(.bank)) == lines + open, "\(when)")
      let waiting = try await stage.waiting().reduce(0) { $0 + $1.left.minorUnits }
      #expect(try await stage.balance(Account(.suspense)) == -waiting, "\(when)")
      #expect(try await stage.breaches() == [], "\(when)")
    }
  }

  @Test(
    "the account is the sum of its lines and of what no line tells of", arguments: TestEngine.available,
    1...6 as ClosedRange<UInt64>)
  func sums(engine: TestEngine, seed: UInt64) async throws {
    if (seed % 3 == 0) != (engine == .postgres) { return }
    try await StatementStage.with(engine) { stage in
      var player = Player(stage: stage, random: SeededGenerator(seed: seed))
      for round in 0..<12 {
        try await player.addRows()
        try await player.importSome()
        try await player.expectSums("seed \(seed), round \(round), imported")
        for _ in 0..<4 {
          if Int.random(in: 0..<4, using: &player.random) == 0 {
            try await player.takeBack()
          } else {
            try await player.answer()
          }
        }
        try await player.expectSums("seed \(seed), round \(round), explained")
      }
      #expect(player.answers.count >= 4, "\(player.answers) \(player.refusals)")
    }
  }
}
