import Database
import Kernel
import TestKit
import Testing

@testable import Ledger

@Suite("Somebody says what waiting money is")
struct SuspenseDeskTests {
  private typealias Row = StatementStage.Row

  private static func order(_ number: Int) -> SuspenseAnswer.What {
    .order(campaign: StageOrders.campaign(number), number: Int64(number))
  }

  private static func waiting(_ fen: Int64, text: String = "", _ stage: StatementStage) async throws
    -> SuspenseItem
  {
    try await stage.take(StatementStage.file([Row(fen: fen, text: text)]))
    return try #require(try await stage.waiting().last { $0.lineAmount == .fen(fen) })
  }

  @Test("too little leaves the rest due, too much is promised back", arguments: TestEngine.available)
  func amounts(engine: TestEngine) async throws {
    try await StatementStage.with(engine) { stage in
      let awaited = try await stage.awaiting(order: 1, 5_000)
      let little = try await Self.waiting(4_000, text: awaited.reference?.description ?? "", stage)
      try await stage.explain(little, Self.order(1))
      #expect(try await stage.payments(of: 1).map(\.state) == [.closed, .received])
      #expect(try await stage.payments(of: 1).map(\.amount.minorUnits) == [5_000, 4_000])
      #expect(!stage.orders.isPaid(1))
      let much = try await Self.waiting(1_500, stage)
      try await stage.explain(much, Self.order(1))
      #expect(stage.orders.isPaid(1))
      #expect(try await stage.payments(of: 1).map(\.refunded.minorUnits) == [0, 0, 500])
      #expect(try await stage.balance(Account(.refundDue, .order(StageOrders.order(1)))) == -500)
      #expect(try await stage.balance(Account(.bank)) == 5_500)
      #expect(try await stage.balance(Account(.suspense)) == 0)
      #expect(try await stage.waiting() == [])
      #expect(try await stage.movements() == [])
      #expect(try await stage.breaches() == [])
    }
  }

  @Test(
    "a transfer that is waited for in just this amount is received itself", arguments: TestEngine.available)
  func exact(engine: TestEngine) async throws {
    try await StatementStage.with(engine) { stage in
      _ = try await stage.awaiting(order: 1, 5_000)
      let item = try await Self.waiting(5_000, text: "忘了写付款码", stage)
      try await stage.explain(item, Self.order(1))
      #expect(try await stage.payments(of: 1).map(\.state) == [.received])
      #expect(try await stage.breaches() == [])
    }
  }

  @Test(
    "a line is divided over several orders, and no further than it reaches", arguments: TestEngine.available)
  func split(engine: TestEngine) async throws {
    try await StatementStage.with(engine) { stage in
      let item = try await Self.waiting(12_000, stage)
      try await stage.explain(item, Self.order(1), 5_000)
      try await stage.explain(try await stage.item(item.line), Self.order(2), 5_000)
      let rest = try await stage.item(item.line)
      #expect(rest.left == .fen(2_000) && rest.explanations == 2)
      await #expect(throws: Problem.suspenseMoreThanLeft(.fen(2_000))) {
        try await stage.explain(rest, Self.order(3), 2_001)
      }
      await #expect(throws: Problem.suspenseMoreThanLeft(.fen(2_000))) {
        try await stage.explain(rest, .community, 0)
      }
      try await stage.explain(rest, .community)
      #expect(try await stage.balance(Account(.writeOff)) == -2_000)
      #expect(stage.orders.isPaid(1) && stage.orders.isPaid(2))
      await #expect(throws: Problem.suspenseMoreThanLeft(.zero)) {
        try await stage.explain(try await stage.item(item.line), .fee, 1)
      }
      #expect(try await stage.breaches() == [])
    }
  }

  @Test("a second click answers how it was answered, and changes nothing", arguments: TestEngine.available)
  func twice(engine: TestEngine) async throws {
    try await StatementStage.with(engine) { stage in
      let item = try await Self.waiting(5_000, stage)
      try await stage.explain(item, Self.order(1), 3_000)
      await #expect(throws: Problem.suspenseAnswered(.payment)) {
        try await stage.explain(item, Self.order(1), 2_000)
      }
      #expect(try await stage.payments(of: 1).count == 1)
      let seen = try await stage.item(item.line)
      let outcomes = try await withThrowingTaskGroup(of: Bool.self) { group in
        for _ in 0..<8 {
          group.addTask {
            do {
              try await stage.explain(seen, .returned, 500)
              return true
            } catch let problem as Problem where problem == .suspenseAnswered(.returned) {
              return false
            }
          }
        }
        return try await group.reduce(into: [Bool]()) { $0.append($1) }
      }
      #expect(outcomes.count(where: \.self) == 1)
      #expect(try await stage.item(item.line).left == .fen(1_500))
      #expect(try await stage.breaches() == [])
    }
  }

  @Test("what goes back to its sender waits for the bank's own line of it", arguments: TestEngine.available)
  func returned(engine: TestEngine) async throws {
    try await StatementStage.with(engine) { stage in
      let item = try await Self.waiting(800, stage)
      let explanation = try await stage.explain(item, .returned)
      #expect(try await stage.movements().map(\.amount.minorUnits) == [-800])
      #expect(try await stage.comparison().unexplained == .zero)
      let file = StatementStage.file([
        Row(fen: 800), Row(time: "2026-11-26 12:00:00", fen: -800, name: "王阿姨"),
      ])
      #expect(try await stage.plan(file).lines.map(\.finding.kind) == [.alreadyImported, .recorded])
      try await stage.take(file)
      #expect(try await stage.movements() == [])
      #expect(try await stage.balance(Account(.bank)) == 0)
      #expect(explanation.source == nil)
      #expect(try await stage.breaches() == [])
    }
  }

  @Test(
    "money that went out is a fee, a cost, or what the books have already", arguments: TestEngine.available)
  func outgoing(engine: TestEngine) async throws {
    try await StatementStage.with(engine) { stage in
      let payout = try await stage.payout(3_000)
      // Two lines that could be the one payout: neither is it by itself.
      try await stage.take(
        StatementStage.file([
          Row(fen: -3_000, name: "甲"), Row(fen: -3_000, name: "乙"), Row(fen: -50, name: "手续费"),
        ]))
      let items = try await stage.waiting()
      #expect(items.map(\.left.minorUnits) == [-3_000, -3_000, -50])
      let source = Journal.Source(.payout, payout.id)
      for what in [Self.order(1), .returned] {
        await #expect(throws: Problem.suspenseWentOut) { try await stage.explain(items[0], what) }
      }
      await #expect(throws: Problem.suspenseNotRecorded) {
        try await stage.explain(items[0], .recorded(source), 2_999)
      }
      try await stage.explain(items[0], .recorded(source))
      await #expect(throws: Problem.suspenseNotRecorded) {
        try await stage.explain(items[1], .recorded(source))
      }
      try await stage.explain(items[1], .community)
      try await stage.explain(items[2], .fee)
      #expect(try await stage.balance(Account(.gatewayFee)) == 50)
      #expect(try await stage.balance(Account(.bank)) == -6_050)
      #expect(try await stage.balance(Account(.suspense)) == 0)
      #expect(try await stage.movements() == [])
      #expect(try await stage.breaches() == [])
    }
  }

  @Test("every answer can be taken back once, by another entry", arguments: TestEngine.available)
  func withdrawn(engine: TestEngine) async throws {
    try await StatementStage.with(engine) { stage in
      let item = try await Self.waiting(5_000, stage)
      for what in [SuspenseAnswer.What.fee, .community, .returned, Self.order(1)] {
        let explanation = try await stage.explain(try await stage.item(item.line), what)
        #expect(try await stage.waiting() == [])
        try await stage.withdraw(explanation)
        #expect(try await stage.item(item.line).left == .fen(5_000))
        #expect(try await stage.balance(Account(.suspense)) == -5_000)
        #expect(try await stage.balance(Account(.bank)) == 5_000)
        await #expect(throws: Problem.suspenseWithdrawnBefore) { try await stage.withdraw(explanation) }
        #expect(try await stage.movements() == [])
        #expect(try await stage.breaches() == [], "\(what)")
      }
      #expect(!stage.orders.isPaid(1))
      try await stage.explain(try await stage.item(item.line), Self.order(2))
      #expect(stage.orders.isPaid(2))
      #expect(try await stage.breaches() == [])
    }
  }

  @Test(
    "what the office took back is reversed by a journal that names it, once, however many click",
    arguments: TestEngine.available)
  func reversed(engine: TestEngine) async throws {
    try await StatementStage.with(engine) { stage in
      let item = try await Self.waiting(5_000, stage)
      let explanation = try await stage.explain(item, .community)
      let taken = await withTaskGroup(of: Bool.self) { group in
        for _ in 0..<8 { group.addTask { (try? await stage.withdraw(explanation)) != nil } }
        return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
      #expect(taken == 1)
      let (adjustment, reversals) = try await stage.database.read { [community = stage.community] snapshot in
        (
          try JournalStore.find(.adjustment, from: .init(.decision, explanation.id), in: community, snapshot),
          try snapshot.values(
            "SELECT id FROM ledger_journal WHERE kind = 'reversal' ORDER BY id", as: JournalID.self
          )
          .compactMap { try JournalStore.find($0, in: community, snapshot) }
        )
      }
      let posted = try #require(adjustment)
      #expect(reversals.map(\.journal.reverses) == [posted.id])
      #expect(try await stage.audited().contains("ledger.suspense_withdraw"))
      // Under whatever other name, the tables refuse to take it back a second time.
      await #expect(throws: DatabaseError.self) {
        try await stage.write { [actor = stage.actor] in
          try JournalStore.post(
            [posted.journal.reversed(posted.id, from: .init(.decision, 777))], by: actor, in: $0)
        }
      }
      #expect(try await stage.balance(Account(.writeOff)) == 0)
      #expect(try await stage.breaches() == [])
    }
  }

  @Test("a payment of which something went back is not taken away", arguments: TestEngine.available)
  func spent(engine: TestEngine) async throws {
    try await StatementStage.with(engine) { stage in
      let item = try await Self.waiting(6_000, stage)
      let explanation = try await stage.explain(item, Self.order(1))
      await #expect(throws: Problem.suspensePaymentSpent) { try await stage.withdraw(explanation) }
      #expect(try await stage.breaches() == [])
    }
  }

  @Test("what the import found by itself can be taken back as well", arguments: TestEngine.available)
  func found(engine: TestEngine) async throws {
    try await StatementStage.with(engine) { stage in
      let awaited = try await stage.awaiting(order: 1, 5_000)
      _ = try await stage.payout(3_000)
      try await stage.take(
        StatementStage.file([Row(fen: 5_000, text: awaited.reference?.description ?? ""), Row(fen: -3_000)]))
      #expect(try await stage.waiting() == [])
      let all: [StatementLineID] = try await stage.database.read {
        try $0.values("SELECT line_id FROM ledger_explanation ORDER BY line_id")
      }
      for line in all {
        let explanations = try await stage.database.read {
          try ExplanationStore.list(of: [line], in: stage.community, $0)[line] ?? []
        }
        let explanation = try #require(explanations.first)
        try await stage.withdraw(explanation)
        #expect(try await stage.breaches() == [])
      }
      #expect(try await stage.waiting().map(\.left.minorUnits).sorted() == [-3_000, 5_000])
      #expect(!stage.orders.isPaid(1))
      #expect(try await stage.balance(Account(.bank)) == 2_000 - 3_000)
      #expect(try await stage.movements().map(\.amount.minorUnits) == [-3_000])
      #expect(try await stage.comparison().unexplained == .zero)
    }
  }

  @Test("an order that is not there, or a strange line, is refused", arguments: TestEngine.available)
  func missing(engine: TestEngine) async throws {
    try await StatementStage.with(engine) { stage in
      let item = try await Self.waiting(5_000, stage)
      await #expect(throws: Problem.suspenseNoSuchOrder) {
        try await stage.explain(item, .order(campaign: StageOrders.campaign(1), number: 2))
      }
      let nothing = SuspenseItem(
        line: StatementLineID(rawValue: 5), lineAmount: .fen(1), moment: StatementStage.start, left: .fen(1),
        explanations: 0)
      await #expect(throws: Problem.notFound) { try await stage.explain(nothing, .fee) }
      #expect(try await stage.item(item.line) == item)
    }
  }
}
