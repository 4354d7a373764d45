import Database
import Kernel
import TestKit
import Testing

@testable import Shop

@Suite("The order desk")
struct OrderDeskTests {
  let fixture = DeskFixture()

  @Test("64 neighbours at once on a stock of 500 sell exactly 500", arguments: TestEngine.available)
  func sellsExactlyTheStock(_ engine: TestEngine) async throws {
    try await withDesk(engine, items: [(500, nil)]) { database, desk in
      let sold = try await withThrowingTaskGroup(of: Int64.self) { group in
        for person in 1...64 as ClosedRange<Int64> {
          group.addTask {
            var sold: Int64 = 0
            for turn in 0..<12 {
              let request = try fixture.place(person: person, key: key("rush", person, turn), [(0, 1)])
              do {
                _ = try await desk.submit(request)
                sold += 1
              } catch let problem as Problem { #expect(problem.code == "order.sold_out") }
            }
            return sold
          }
        }
        return try await group.reduce(0, +)
      }
      #expect(sold == 500)
      #expect(try await fixture.sold(0, in: database) == 500)
      let level = try await fixture.level(0, in: database)
      #expect(level?.promised == 500)
      #expect(level?.left == 0)
    }
  }

  @Test("Two lines of one order on one item are summed", arguments: TestEngine.available)
  func sumsLinesOfOneItem(_ engine: TestEngine) async throws {
    try await withDesk(engine, items: [(5, nil)]) { database, desk in
      let tooMuch = try fixture.place(person: 1, key: key("sum", 1), [(0, 3), (0, 3)])
      await #expect(throws: Problem.self) { try await desk.submit(tooMuch) }
      let fits = try await desk.submit(fixture.place(person: 1, key: key("sum", 2), [(0, 3), (0, 2)]))
      #expect(fits.order.lines.map(\.quantity) == [5])
      #expect(try await fixture.sold(0, in: database) == 5)
    }
  }

  @Test("200 keys sent 20 times each at once make 200 orders", arguments: TestEngine.available)
  func repeatsAreOneOrder(_ engine: TestEngine) async throws {
    try await withDesk(engine, items: [(nil, nil)]) { database, desk in
      let answers = try await withThrowingTaskGroup(of: (Int64, OrderAnswer).self) { group in
        for _ in 0..<20 {
          for person in 1...200 as ClosedRange<Int64> {
            group.addTask {
              (
                person,
                try await desk.submit(fixture.place(person: person, key: key("once", person), [(0, 2)]))
              )
            }
          }
        }
        return try await group.reduce(into: [:]) { $0[$1.0, default: []].append($1.1) }
      }
      #expect(answers.values.allSatisfy { Set($0.map(\.order.id)).count == 1 && $0.count == 20 })
      #expect(answers.values.allSatisfy { $0.filter { !$0.isRepeated }.count == 1 })
      let count = try await database.read { try $0.value("SELECT count(*) FROM shop_order", as: Int.self) }
      #expect(count == 200)
    }
  }

  @Test("One key cannot stand for two different orders", arguments: TestEngine.available)
  func otherRequestUnderTheSameKey(_ engine: TestEngine) async throws {
    try await withDesk(engine, items: [(nil, nil)]) { _, desk in
      _ = try await desk.submit(fixture.place(person: 1, key: key("same", 1), [(0, 1)]))
      await #expect(throws: Problem.idempotencyMismatch) {
        try await desk.submit(fixture.place(person: 1, key: key("same", 1), [(0, 2)]))
      }
    }
  }

  @Test("What was refused for good stays refused under its key", arguments: TestEngine.available)
  func refusalsAreRepeated(_ engine: TestEngine) async throws {
    try await withDesk(engine, items: [(1, nil)]) { database, desk in
      let winner = try await desk.submit(fixture.place(person: 1, key: key("first", 1), [(0, 1)]))
      let late = try fixture.place(person: 2, key: key("late", 2), [(0, 1)])
      let refusal = await #expect(throws: Problem.self) { try await desk.submit(late) }
      let cancel = try fixture.request(
        person: 1, key: key("cancel", 1), .cancel(winner.order.id, revision: winner.order.revision))
      _ = try await desk.submit(cancel)
      let again = await #expect(throws: Problem.self) { try await desk.submit(late) }
      #expect(again == refusal)
      #expect(try await fixture.sold(0, in: database) == 0)
    }
  }

  @Test("A household's limit counts all its orders and members", arguments: TestEngine.available)
  func limitsAHousehold(_ engine: TestEngine) async throws {
    try await withDesk(engine, items: [(nil, 3)]) { _, desk in
      _ = try await desk.submit(fixture.place(person: 1, household: 9, key: key("a", 1), [(0, 2)]))
      await #expect(throws: Problem.self) {
        try await desk.submit(fixture.place(person: 2, household: 9, key: key("b", 1), [(0, 2)]))
      }
      _ = try await desk.submit(fixture.place(person: 2, household: 9, key: key("c", 1), [(0, 1)]))
      _ = try await desk.submit(fixture.place(person: 3, household: 8, key: key("d", 1), [(0, 3)]))
    }
  }

  @Test("Nothing is taken at or after the cut-off, by the server's clock", arguments: TestEngine.available)
  func closesAtTheCutOff(_ engine: TestEngine) async throws {
    let clock = MovableClock(DeskFixture.start)
    try await withDesk(engine, items: [(nil, nil)], clock: clock) { _, desk in
      clock.move(to: DeskFixture.start + .hours(14) - .microseconds(1))
      let last = try await desk.submit(fixture.place(person: 1, key: key("last", 1), [(0, 1)]))
      clock.advance(by: .microseconds(1))
      let late = await #expect(throws: Problem.self) {
        try await desk.submit(fixture.place(person: 2, key: key("late", 1), [(0, 1)]))
      }
      #expect(late?.code == "campaign.closed")
      let cancel = try fixture.request(person: 1, key: key("late", 2), .cancel(last.order.id, revision: 1))
      await #expect(throws: Problem.self) { try await desk.submit(cancel) }
    }
  }

  @Test(
    "A change seen at an older revision, or by another household, changes nothing",
    arguments: TestEngine.available)
  func guardsChanges(_ engine: TestEngine) async throws {
    try await withDesk(engine, items: [(10, nil), (10, nil)]) { database, desk in
      let order = try await desk.submit(fixture.place(person: 1, key: key("mine", 1), [(0, 2)])).order
      let wish = [OrderRequest.Wish(item: fixture.item(1), quantity: 4)]
      let changed = try await desk.submit(
        fixture.request(person: 1, key: key("mine", 2), .change(order.id, revision: 1, wish, note: "")))
      #expect(changed.order.lines.map(\.quantity) == [0, 4])
      let stale = await #expect(throws: Problem.self) {
        try await desk.submit(
          fixture.request(person: 1, key: key("mine", 3), .change(order.id, revision: 1, wish, note: "")))
      }
      #expect(stale?.code == "order.stale")
      let stranger = await #expect(throws: Problem.self) {
        try await desk.submit(
          fixture.request(person: 5, key: key("theirs", 1), .cancel(order.id, revision: 2)))
      }
      #expect(stranger?.code == "not_found")
      #expect(try await fixture.sold(0, in: database) == 0)
      #expect(try await fixture.sold(1, in: database) == 4)
      #expect(try await fixture.level(0, in: database)?.promised == 0)
    }
  }

  @Test(
    "Any mix of orders, changes and cancellations keeps promised, limits and orders in agreement",
    arguments: TestEngine.available, 1...3 as ClosedRange<UInt64>)
  func agreesWithTheModel(_ engine: TestEngine, _ seed: UInt64) async throws {
    let stock: [Int64?] = [12, 30, nil]
    try await withDesk(engine, items: [(12, nil), (30, 4), (nil, nil)]) { database, desk in
      var random = SeededGenerator(seed: seed)
      var model: [OrderID: Order] = [:]
      for step in 0..<150 {
        let person = Int64.random(in: 1...6, using: &random)
        let wishes = (0..<Int.random(in: 1...3, using: &random)).map { _ in
          (Int64.random(in: 0...2, using: &random), Int64.random(in: 1...4, using: &random))
        }
        let mine = model.values.filter { $0.person.rawValue == person && $0.fulfilment == .placed }
          .sorted { $0.id < $1.id }
        let command: OrderRequest.Command
        let lines = wishes.map { OrderRequest.Wish(item: fixture.item($0.0), quantity: $0.1) }
        switch (Int.random(in: 0...3, using: &random), mine.first) {
        case (0, let order?): command = .cancel(order.id, revision: order.revision)
        case (1, let order?): command = .change(order.id, revision: order.revision, lines, note: "")
        default: command = .place(lines, note: "")
        }
        do {
          let answer = try await desk.submit(
            fixture.request(
              person: person, household: person % 3, key: key("model", Int64(seed), step), command))
          model[answer.order.id] = answer.order
        } catch let problem as Problem {
          #expect(["order.sold_out", "order.limit_reached", "not_found"].contains(problem.code))
        }
      }
      for number in 0...2 as ClosedRange<Int64> {
        let held = model.values.filter { $0.fulfilment == .placed }.flatMap(\.lines)
          .filter { $0.item == fixture.item(number) }.map(\.quantity).reduce(0, +)
        #expect(try await fixture.sold(number, in: database) == held)
        #expect(try await fixture.level(number, in: database)?.promised ?? 0 == held)
        if let limit = stock[Int(number)] { #expect(held <= limit) }
      }
      for order in model.values {
        let stored = try await database.read { try OrderStore.find(order.id, in: fixture.community, $0) }
        #expect(stored == order)
      }
    }
  }

  private func withDesk(
    _ engine: TestEngine, items: [(Int64?, Int64?)], clock: MovableClock = MovableClock(DeskFixture.start),
    _ body: @Sendable (Database, OrderDesk) async throws -> Void
  ) async throws {
    try await engine.withDatabase(shopMigrations, clock: clock.clock) { database in
      try await fixture.seed(database, items: items.map { (stock: $0.0, limit: $0.1) })
      try await body(database, OrderDesk(database, books: .cashOnly, people: .ownOnly))
    }
  }
}

/// An idempotency key of a usable length.
private func key(_ name: String, _ numbers: any BinaryInteger...) -> String {
  "test-\(name)-" + numbers.map { "\($0)" }.joined(separator: "-") + "-0123456789"
}
