import Database
import Kernel
import TestKit
import Testing

@testable import Shop

@Suite("Reviews as they are stored")
struct ReviewStoreTests {
  @Test(
    "A collected line is reviewed once; sent twice counts once; everything that follows is written with it",
    arguments: TestEngine.available)
  func once(engine: TestEngine) async throws {
    try await ReviewFixture.with(engine) { fixture, database in
      let order = try await fixture.collected(database, persons: [11])[0]
      let first = try await fixture.write(.good, "新鲜，就是少了点", of: order, database)
      let again = try await fixture.write(.good, " 新鲜，就是少了点 ", of: order, database)
      #expect(again == first)
      #expect(first.review.product == fixture.product && first.review.merchant == fixture.merchant)
      #expect(first.review.leader == fixture.pickup.desk.leader && first.boughtAt == order.placedAt)
      #expect(
        await reviewProblem { try await fixture.write(.bad, "新鲜，就是少了点", of: order, database) }
          == "review.exists")
      #expect(
        await reviewProblem { try await fixture.write(.good, "改一下", of: order, database) } == "review.exists")
      try await fixture.write(.veryGood, at: 1, of: order, database)
      #expect(try await fixture.summary(database) == ReviewSummary([.good: 1, .veryGood: 1]))
      #expect(
        try await fixture.count(
          database, "SELECT count(*) FROM platform_event WHERE kind = 'shop.review_written'") == 2)
      #expect(
        try await fixture.count(
          database, "SELECT count(*) FROM platform_audit WHERE action = 'shop.review_write'") == 2)
      #expect(try await fixture.pickup.breaches(database) == [])
    }
  }

  @Test("Only the household that collected it may, and in time", arguments: TestEngine.available)
  func refusals(engine: TestEngine) async throws {
    try await ReviewFixture.with(engine) { fixture, database in
      let orders = try await fixture.collected(database, persons: [11, 12, 13], left: [12])
      let (order, waiting, late) = (orders[0], orders[1], orders[2])
      func problem(
        _ order: Order, at position: Int = 0, by author: ReviewAuthor? = nil
      ) async -> String? {
        await reviewProblem {
          try await fixture.write(.good, at: position, of: order, by: author, database)
        }
      }
      #expect(await problem(waiting) == "review.not_collected")
      #expect(await problem(order, by: fixture.author(of: waiting)) == "not_found")
      #expect(await problem(order, at: 9) == "not_found")
      #expect(await problem(order, by: fixture.author(of: order, members: [11, 7])) == "review.own")
      #expect(await problem(order, by: fixture.author(of: order, members: [90, 11])) == "review.own")
      fixture.pickup.clock.advance(by: .days(90) - .seconds(1))
      #expect(await problem(order) == nil)
      fixture.pickup.clock.advance(by: .seconds(1))
      #expect(await problem(late) == "review.too_late")
      #expect(await problem(order) == nil, "sent again, it is still the same review")
      #expect(try await fixture.summary(database).count == 1)
    }
  }

  @Test("The window of a line begins with the last of its pieces", arguments: TestEngine.available)
  func lateRest(engine: TestEngine) async throws {
    try await ReviewFixture.with(engine) { fixture, database in
      let pickup = fixture.pickup
      try await pickup.seed(database, items: [(nil, nil), (nil, nil)])
      let placed = try #require(try await pickup.place(database, person: 11, [(0, 2), (1, 1)]))
      try await pickup.close(database)
      try await pickup.arrive(database, [(0, 2), (1, 1)])
      for (pieces, key) in [
        ([0: Int64(1)], "first-bag-of-the-day"), ([0: 1, 1: 1], "second-bag-of-the-day"),
      ] {
        let order = try await pickup.order(placed.id, database)
        let answer = try await pickup.handOver(pickup.request(order, pieces: pieces, key: key), database)
        guard case .handedOver = answer else {
          Issue.record("\(answer)")
          return
        }
        if key.hasPrefix("first") {
          #expect(
            await reviewProblem { try await fixture.write(.good, at: 1, of: order, database) }
              == "review.not_collected")
        }
        pickup.clock.advance(by: .hours(2))
      }
      // 90 days after the first bag, two hours less after the second.
      pickup.clock.advance(by: .days(90) - .hours(4))
      try await fixture.write(.good, at: 0, of: placed, database)
    }
  }

  @Test(
    "Each voice speaks once: the household later, the merchant, and who led the campaign",
    arguments: TestEngine.available)
  func remarks(engine: TestEngine) async throws {
    try await ReviewFixture.with(engine) { fixture, database in
      let orders = try await fixture.collected(database, persons: [11, 12])
      let order = orders[0]
      #expect(await reviewProblem { try await fixture.followUp("早", of: order, database) } == "not_found")
      let shown = try await fixture.write(.poor, "有点蔫", of: order, database)
      for _ in 0..<2 {
        try await fixture.followUp("这次的好多了", of: order, database)
        fixture.pickup.clock.advance(by: .minutes(1))
        try await fixture.answer("对不起，下次早上采", to: shown, database)
        fixture.pickup.clock.advance(by: .minutes(1))
        try await fixture.answer("已经跟农场说了", to: shown, asLeader: true, database)
      }
      #expect(
        await reviewProblem { try await fixture.answer("再说一句", to: shown, database) } == "review.answered")
      #expect(
        await reviewProblem { try await fixture.answer("再说一句", to: shown, asLeader: true, database) }
          == "review.answered")
      #expect(
        await reviewProblem { try await fixture.followUp("又", of: order, database) } == "review.followed_up")
      #expect(
        await reviewProblem { try await fixture.followUp("别人的", of: orders[1], database) } == "not_found")
      let stored = try #require(
        try await database.read { try ReviewStore.find(shown.review.id, in: fixture.community, $0) })
      #expect(
        stored.remarks.mapValues(\.text) == [
          .household: "这次的好多了", .merchant: "对不起，下次早上采", .leader: "已经跟农场说了",
        ])
      #expect(stored.review == shown.review)
      #expect(stored.said.map(\.voice) == [.household, .merchant, .leader])
      let kinds: [String] = try await database.read {
        try $0.values("SELECT kind FROM platform_event WHERE kind LIKE 'shop.review%' ORDER BY sequence")
      }
      #expect(
        kinds == [
          "shop.review_written", "shop.review_followed_up", "shop.review_answered", "shop.review_answered",
        ])
      let actions: [String] = try await database.read {
        try $0.values("SELECT action FROM platform_audit WHERE action LIKE 'shop.review%' ORDER BY sequence")
      }
      #expect(
        actions == [
          "shop.review_write", "shop.review_follow_up", "shop.review_answer", "shop.review_answer",
        ])
      #expect(
        try await database.read {
          try ReviewStore.find(shown.review.id, in: CommunityID(rawValue: 2), $0)
        } == nil)
      #expect(try await fixture.pickup.breaches(database) == [])
    }
  }

  @Test("The database itself keeps reviews and answers as they are", arguments: TestEngine.available)
  func appendOnly(engine: TestEngine) async throws {
    try await ReviewFixture.with(engine) { fixture, database in
      let order = try await fixture.collected(database, persons: [11])[0]
      let shown = try await fixture.write(.poor, "有点蔫", of: order, database)
      try await fixture.answer("对不起", to: shown, database)
      let changes: [Query] = [
        "UPDATE shop_review SET stars = 5", "DELETE FROM shop_review",
        "UPDATE shop_review_remark SET body = ''", "DELETE FROM shop_review_remark",
      ]
      for change in changes {
        await #expect(throws: DatabaseError.self, "\(change.text)") {
          try await database.write(in: fixture.community) { try $0.execute(change) }
        }
      }
      #expect(try await fixture.summary(database) == ReviewSummary([.poor: 1]))
    }
  }

  // MARK: - Checks

  @Test("What breaks the rules of reviews is found and named", arguments: TestEngine.available)
  func breaches(engine: TestEngine) async throws {
    try await ReviewFixture.with(engine) { fixture, database in
      let orders = try await fixture.collected(database, persons: [11, 12], left: [12])
      try await fixture.write(.good, of: orders[0], database)
      #expect(try await fixture.pickup.breaches(database) == [])
      try await database.write(in: fixture.community) { transaction in
        try transaction.execute("DROP INDEX shop_review_line")
        var rows = Rows(
          into: "shop_review", "id", "community_id", "order_id", "position", "product_id", "merchant_id",
          "leader_id", "stars", "body", "written_at")
        let (order, waiting) = (orders[0].id.rawValue, orders[1].id.rawValue)
        for (id, order, position, product) in [
          (901, order, 0, 1), (902, waiting, 0, 1), (903, 12345, 0, 1), (904, order, 1, 2),
        ] as [(Int64, Int64, Int64, Int64)] {
          rows.append(
            id, fixture.community, order, position, product, Int64(1), Int64(7), Int64(5), "",
            transaction.now)
        }
        try transaction.insert(rows)
        try transaction.execute(
          """
          INSERT INTO shop_review_remark (review_id, voice, community_id, body, written_at)
          VALUES (999, 'leader', \(fixture.community), 'x', 1)
          """)
      }
      let found = try await fixture.pickup.breaches(database)
      #expect(
        found.map(\.name).sorted() == [
          "shop.line_reviewed_twice", "shop.remark_without_review", "shop.review_of_other_goods",
          "shop.review_without_collected_line", "shop.review_without_collected_line",
        ], "\(found)")
    }
  }
}
