import Database
import Kernel
import People
import TestKit
import Testing

@testable import Shop

@Suite("Rounds from the pickup point to the door")
struct RoundDeskTests {
  private let full = Money.fen(1_000)

  @Test(
    "One bag is handed over, the other comes back; custody and stock agree", arguments: TestEngine.available)
  func day(_ engine: TestEngine) async throws {
    try await RoundFixture.with(engine) { fixture in
      let round = try await fixture.underWay()
      #expect(round.stops.count == 2 && round.state == .underWay && round.bags == 2)
      let wang = fixture.wang
      #expect(
        try await fixture.report(.outcome(.given, cash: full), wang, round, key: "outcome-key-of-wang1")
          == .recorded)
      #expect(try await fixture.order(wang).fulfilment == .collected)
      #expect(
        try await fixture.report(
          .outcome(.notAnswered, cash: .zero), fixture.li, round, key: "outcome-key-of-mr-li") == .recorded)
      try await fixture.end(round)
      let records = try await fixture.custody()
      #expect(records.filter { $0.step == .carriedOut }.map(\.pieces) == [2, 2])
      #expect(records.filter { $0.step == .carriedBack }.map(\.order) == [fixture.li.id])
      #expect(
        records.first { $0.step == .handedOver }?.from == .courier(fixture.courier))
      #expect(try await fixture.market.breaches() == [])
      #expect(try await fixture.market.events("shop.delivered") == 1)
      #expect(try await fixture.market.events("shop.not_answered") == 1)
      // What came back can be fetched at the table, and brought home with another round.
      #expect(try await fixture.make().stops.map(\.household) == [fixture.li.household])
    }
  }

  @Test("While the bags are out nobody else can hand them over", arguments: TestEngine.available)
  func table(_ engine: TestEngine) async throws {
    try await RoundFixture.with(engine) { fixture in
      let round = try await fixture.underWay()
      let request = HandoverRequest(
        order: fixture.li.id, revision: try await fixture.order(fixture.li).revision, pieces: [0: 1],
        cash: .zero, proof: .knownNeighbour(reason: "邻居来取"), key: "table-key-of-mr-li-1")
      let actor = try fixture.market.actor()
      let table = HandoverDesk(codes: fixture.market.shop.pickupCodes, books: .cashOnly)
      func handOver() async throws {
        _ = try await fixture.database.write(in: fixture.community) {
          try table.handOver(request, by: actor, in: $0)
        }
      }
      #expect(await fixture.problem(handOver) == "pickup.with_courier")
      try await fixture.end(round)
      #expect(await fixture.problem(handOver) == nil)
      #expect(try await fixture.market.breaches() == [])
    }
  }

  @Test("What is to be fetched after all stays at the table, with its bag", arguments: TestEngine.available)
  func fetchedAfterAll(_ engine: TestEngine) async throws {
    try await RoundFixture.with(engine) { fixture in
      // Both orders are for one door.
      try await fixture.database.write(in: fixture.community) {
        try $0.execute(
          "UPDATE shop_order SET household_id = \(fixture.wang.household) WHERE id = \(fixture.li.id)")
      }
      let (round, actor) = (try await fixture.make(), try fixture.market.actor())
      #expect(round.stops.map(\.bags) == [2])
      let own = WishActor(person: fixture.market.wang, role: .resident)
      func say(_ isWished: Bool, _ order: Order) async throws {
        let order = try await fixture.order(order)
        try await fixture.database.write(in: fixture.community) {
          try DeliveryWishStore.say(isWished, for: order, by: own, in: $0)
        }
      }
      func start() async throws {
        try await fixture.database.write(in: fixture.community) {
          try fixture.desk.give(round.id, to: fixture.courier, by: actor, in: $0)
          try fixture.desk.start(round.id, by: actor, in: $0)
        }
      }
      try await say(false, fixture.wang)
      try await say(false, fixture.li)
      #expect(await fixture.problem { try await start() } == "round.empty")
      try await say(true, fixture.li)
      try await start()
      let stop = try #require(try await fixture.round(round.id).stops.first)
      #expect(stop.orders.map(\.order) == [fixture.li.id] && stop.bags == 1)
      #expect(
        try await fixture.database.read {
          try RoundStore.isUnderWay(fixture.wang.id, in: fixture.community, $0)
        } == false)
    }
  }

  @Test("A household that collects it itself is not visited", arguments: TestEngine.available)
  func wishChanged(_ engine: TestEngine) async throws {
    try await RoundFixture.with(engine) { fixture in
      let made = try await fixture.make()
      #expect(made.stops.count == 2)
      try await fixture.wish(DeliveryWish(mode: .asked), fixture.li)
      let actor = try fixture.market.actor()
      try await fixture.database.write(in: fixture.community) {
        try fixture.desk.give(made.id, to: fixture.courier, by: actor, in: $0)
        try fixture.desk.start(made.id, by: actor, in: $0)
      }
      let round = try await fixture.round(made.id)
      #expect(round.stops.map(\.household) == [fixture.wang.household])
      #expect(try await fixture.market.breaches() == [])
    }
  }

  @Test("Whoever ordered for somebody is not the one who brings it", arguments: TestEngine.available)
  func helper(_ engine: TestEngine) async throws {
    try await RoundFixture.with(engine) { fixture in
      let (round, actor) = (try await fixture.make(), try fixture.market.actor())
      let (helper, order) = (fixture.courier, fixture.wang)
      func markAssisted() async throws {
        try await fixture.database.write(in: fixture.community) {
          try $0.execute(
            """
            INSERT INTO shop_mandate_order (order_id, community_id, mandate_id, helper_id, person_id, placed_at)
            VALUES (\(order.id), \(fixture.community), 99, \(helper), \(order.person), \(order.placedAt))
            """)
        }
      }
      func give(_ person: PersonID) async throws {
        try await fixture.database.write(in: fixture.community) {
          try fixture.desk.give(round.id, to: person, by: actor, in: $0)
        }
      }
      try await give(helper)
      try await markAssisted()
      // Given before it was known: the bags do not leave with this person either.
      #expect(
        await fixture.problem {
          try await fixture.database.write(in: fixture.community) {
            try fixture.desk.start(round.id, by: actor, in: $0)
          }
        } == "round.courier_is_helper")
      #expect(try await fixture.market.breaches().contains { $0.name == "shop.courier_is_helper" })
      #expect(await fixture.problem { try await give(helper) } == "round.courier_is_helper")
      #expect(await fixture.problem { try await give(fixture.market.li) } == nil)
      #expect(await fixture.problem { try await give(PersonID(rawValue: 123)) } == "not_found")
      #expect(try await !fixture.market.breaches().contains { $0.name == "shop.courier_is_helper" })
    }
  }

  @Test(
    "Left at the door or with a neighbour only where that was said and agreed",
    arguments: TestEngine.available)
  func permissions(_ engine: TestEngine) async throws {
    try await RoundFixture.with(engine) { fixture in
      try await fixture.wish(DeliveryWish(mode: .always, mayLeaveAtDoor: true), fixture.li)
      let wang = WishActor(person: fixture.market.wang, role: .resident)
      try await fixture.database.write(in: fixture.community) {
        try DeliveryNeighbourStore.ask(
          fixture.li.household, for: fixture.wang.household, by: wang, in: $0)
      }
      let asked = try await fixture.make()
      #expect(try fixture.stop(fixture.wang, asked).terms.neighbour == nil, "asked is not agreed")
      try await fixture.database.write(in: fixture.community) {
        try DeliveryNeighbourStore.answer(
          true, for: fixture.wang.household, from: fixture.li.household, by: fixture.market.li, in: $0)
      }
      try await fixture.end(asked)
      let round = try await fixture.underWay()
      for (kind, order, isAllowed) in [
        (StopOutcome.Kind.leftAtDoor, fixture.wang, false), (.neighbour, fixture.li, false),
        (.neighbour, fixture.wang, true), (.leftAtDoor, fixture.li, true),
      ] {
        let answer = try await fixture.report(
          .outcome(kind, cash: .zero), order, round, key: "key-\(kind.rawValue)-\(order.number)-abcdef")
        if isAllowed {
          #expect(answer == .recorded)
        } else {
          #expect(answer != .recorded, "\(kind) at \(order.number)")
        }
      }
      #expect(try await fixture.outcomes(round).count == 2)
      let methods: [String] = try await fixture.database.read {
        try $0.values("SELECT method FROM shop_pickup ORDER BY id")
      }
      #expect(methods == ["neighbour", "left_at_door"])
    }
  }

  @Test(
    "The same report twice, and two different ones for one stop: goods change hands once",
    arguments: TestEngine.available)
  func races(_ engine: TestEngine) async throws {
    try await RoundFixture.with(engine) { fixture in
      let round = try await fixture.underWay()
      let answers = try await withThrowingTaskGroup(of: OutcomeAnswer.self) { group in
        for number in 0..<6 {
          group.addTask {
            try await fixture.report(
              .outcome(.given, cash: full), fixture.wang, round, key: "outcome-key-race-\(number % 3)")
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(answers.filter { $0 == .recorded }.count == 3 && answers.filter { $0 == .repeated }.count == 3)
      let outcomes = try await fixture.outcomes(round)
      #expect(outcomes.filter { $0.effect == .handedOver }.count == 1)
      #expect(outcomes.filter { $0.effect == .noted }.count == 2)
      #expect(try await fixture.order(fixture.wang).fulfilment == .collected)
      let pickups: Int = try await fixture.database.read {
        try $0.value("SELECT count(*) FROM shop_pickup") ?? 0
      }
      #expect(pickups == 1)
      #expect(try await fixture.market.breaches() == [])
    }
  }

  @Test(
    "A round that is ended while a report arrives: either it counts, or it is kept as late",
    arguments: TestEngine.available)
  func closing(_ engine: TestEngine) async throws {
    try await RoundFixture.with(engine) { fixture in
      let round = try await fixture.underWay()
      async let ended: Void = fixture.end(round)
      async let answer = fixture.report(
        .outcome(.given, cash: full), fixture.wang, round, key: "outcome-key-closing1")
      let (_, how) = try await (ended, answer)
      let order = try await fixture.order(fixture.wang)
      #expect(how == .late ? order.fulfilment == .placed : order.fulfilment == .collected)
      let late = try await fixture.report(
        .outcome(.given, cash: full), fixture.li, round, key: "outcome-key-of-li-late")
      #expect(late == .late)
      #expect(try await fixture.order(fixture.li).fulfilment == .placed)
      #expect(try await fixture.outcomes(round).last?.effect == .late)
      #expect(try await fixture.market.breaches() == [])
    }
  }

  @Test("Reports in any order tell the same", arguments: TestEngine.available)
  func order(_ engine: TestEngine) async throws {
    try await RoundFixture.with(engine) { fixture in
      let round = try await fixture.underWay()
      // The telephone said "nobody answered" at ten past and "given" at half past; the second came first.
      try await fixture.report(
        .outcome(.given, cash: full), fixture.wang, round, key: "outcome-key-second-1", minute: 30)
      try await fixture.report(
        .outcome(.notAnswered, cash: .zero), fixture.wang, round, key: "outcome-key-first-01", minute: 10)
      #expect(StopStanding(try await fixture.outcomes(round)) == .delivered(.given))
      try await fixture.report(
        .outcome(.refused, cash: .zero), fixture.li, round, key: "outcome-key-third-01", minute: 40)
      try await fixture.report(
        .outcome(.notAnswered, cash: .zero), fixture.li, round, key: "outcome-key-fourth-1", minute: 20)
      let li = try fixture.stop(fixture.li, round).id
      #expect(StopStanding(try await fixture.outcomes(round).filter { $0.stop == li }) == .refused)
    }
  }

  @Test(
    "More cash than is owed is booked as far as it is owed, and the rest is seen",
    arguments: TestEngine.available)
  func cash(_ engine: TestEngine) async throws {
    try await RoundFixture.with(engine) { fixture in
      let round = try await fixture.underWay()
      try await fixture.report(
        .outcome(.given, cash: .fen(1_200)), fixture.wang, round, key: "outcome-key-much-cash")
      let outcome = try #require(try await fixture.outcomes(round).first)
      #expect(outcome.cash == .fen(1_200) && outcome.cashBooked == full)
      #expect(try await fixture.order(fixture.wang).payment == .received)
      // A neighbour who helps carries bags and no money.
      #expect(
        try await fixture.report(
          .outcome(.given, cash: full), fixture.li, round, key: "outcome-key-volunteer", as: .resident)
          == .refused(.cashNotTaken))
      #expect(try await fixture.order(fixture.li).fulfilment == .placed)
    }
  }

  @Test(
    "A finished campaign ends what is still out; nothing is made beyond the offer",
    arguments: TestEngine.available)
  func finishing(_ engine: TestEngine) async throws {
    try await RoundFixture.with(engine) { fixture in
      try await fixture.offer(1)
      let round = try await fixture.underWay()
      #expect(round.stops.map(\.household) == [fixture.wang.household], "first come, first served")
      let actor = WishActor(person: fixture.market.li, role: .resident)
      #expect(
        await fixture.problem {
          try await fixture.database.write(in: fixture.community) {
            try DeliveryWishStore.say(true, for: fixture.li, by: actor, in: $0)
          }
        } == "delivery.full")
      fixture.market.clock.advance(by: .days(2))
      try await fixture.market.runJobs()
      #expect(try await fixture.round(round.id).state == .ended)
      #expect(try await fixture.order(fixture.wang).fulfilment == .uncollected)
      #expect(try await fixture.market.breaches() == [])
    }
  }

  @Test("Arranged by hand, split and given up", arguments: TestEngine.available)
  func arranging(_ engine: TestEngine) async throws {
    try await RoundFixture.with(engine) { fixture in
      let (round, actor) = (try await fixture.make(), try fixture.market.actor())
      let doors = try await fixture.market.people.directory.doors(of: fixture.community)
      let last = try #require(round.stops.last)
      try await fixture.database.write(in: fixture.community) {
        try fixture.desk.move(last.id, .first, in: round.id, by: actor, $0)
        try fixture.desk.setBags(3, of: last.id, in: round.id, by: actor, $0)
      }
      let moved = try await fixture.round(round.id)
      #expect(moved.stops.first?.id == last.id && moved.bags == 4)
      let other = try await fixture.database.write(in: fixture.community) {
        try fixture.desk.split(round.id, doors, by: actor, in: $0)
      }
      #expect(try await fixture.round(round.id).stops.map(\.id) == [last.id])
      #expect(try await fixture.round(other).stops.count == 1)
      #expect(try await fixture.market.breaches() == [])
      let stranger = try fixture.market.actor(fixture.market.otherLeader)
      #expect(
        await fixture.problem {
          try await fixture.database.write(in: fixture.community) {
            try fixture.desk.end(other, by: stranger, in: $0)
          }
        } == "not_found")
      try await fixture.end(try await fixture.round(other))
      #expect(
        try await fixture.make().stops.count == 1, "what was given up can be brought with another round")
    }
  }
}
