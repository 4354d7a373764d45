import Database
import Kernel
import People
import TestKit
import Testing
import Web

@testable import Shop

@Suite("A month of needs")
struct NeedReleaseTests {
  @Test(
    "is released once, from the second on, and keeps no word of few homes", arguments: TestEngine.available)
  func once(_ engine: TestEngine) async throws {
    try await NeedMarket.with(engine) { needs in
      try await needs.note("鸵鸟蛋", homes: 12)
      try await needs.note("榴莲", homes: 9)
      try await needs.claims(homes: 18, merchants: 4)
      try await needs.wishes(homes: 11)
      #expect(await needs.problem { try await needs.release() } == "needs.not_now")
      needs.market.clock.move(to: NeedMarket.release)
      try await needs.release()
      #expect(try await needs.tables().map(\.kind) == NeedTable.Kind.allCases)
      let searches = try await needs.table(.unmetSearches)
      // Of twenty-two households twelve looked for it and ten did not.
      #expect(searches.content?.rows.map(\.name.chinese) == ["鸵鸟蛋"])
      #expect(searches.content?.rows.map(\.figures) == [[12]])
      #expect(try await needs.table(.afterSales).content?.rows.last?.figures.first == 18)
      #expect(try await needs.table(.unservedBuildings).content?.rows.last?.figures == [11, 22])
      #expect(try await needs.table(.assistedShare).outcome == .refused(.nothingToShow))
      #expect(try await needs.marks() == Array(repeating: "鸵鸟蛋", count: 12))
      #expect(try await needs.allowances() == [])
      #expect(try await needs.breaches() == [])
      // Nothing that happens afterwards is counted into it.
      let before = try await needs.tables()
      try await needs.claims(homes: 20, merchants: 5)
      #expect(await needs.problem { try await needs.release() } == "needs.released")
      #expect(try await needs.tables() == before)
    }
  }

  @Test("is released once by five who ask at the same time", arguments: TestEngine.available)
  func races(_ engine: TestEngine) async throws {
    try await NeedMarket.with(engine) { needs in
      needs.market.clock.move(to: NeedMarket.release)
      let answers = await withTaskGroup(of: String?.self) { group in
        for _ in 0..<5 { group.addTask { await needs.problem { try await needs.release() } } }
        return await group.reduce(into: []) { $0.append($1) }
      }
      #expect(answers.count { $0 == nil } == 1)
      #expect(answers.count { $0 == "needs.released" } == 4)
      let tables = try await needs.tables()
      #expect(tables.count == 4)
    }
  }

  @Test("tells nothing of few homes, served buildings and other months", arguments: TestEngine.available)
  func small(_ engine: TestEngine) async throws {
    try await NeedMarket.with(engine) { needs in
      try await needs.note("鸵鸟蛋", homes: 9)
      try await needs.claims(homes: 20, merchants: 1)
      try await needs.claims(homes: 20, merchants: 5, at: Market.start - .days(30))
      try await needs.wishes(homes: 9)
      needs.market.clock.move(to: NeedMarket.release)
      try await needs.release()
      #expect(try await needs.tables().allSatisfy { $0.outcome == .refused(.nothingToShow) })
      let evidence = try await needs.database.read { try ShopEvidence().tables(in: needs.community, $0) }
      #expect(evidence == [])
      let id = try #require(try await needs.tables().first?.id)
      #expect(try await needs.database.read { try ShopEvidence().table(id, in: needs.community, $0) } == nil)
    }
  }

  @Test("hands reports what was released, by name, to its own community", arguments: TestEngine.available)
  func evidence(_ engine: TestEngine) async throws {
    try await NeedMarket.with(engine) { needs in
      try await needs.note("鸵鸟蛋", homes: 12)
      needs.market.clock.move(to: NeedMarket.release)
      try await needs.release()
      let other = CommunityID(rawValue: 1)
      let (listed, found, elsewhere) = try await needs.database.read { snapshot in
        let listed = try ShopEvidence().tables(in: needs.community, snapshot)
        let id = try #require(listed.first?.id)
        return (
          listed, try ShopEvidence().table(id, in: needs.community, snapshot),
          try ShopEvidence().table(id, in: other, snapshot)
        )
      }
      #expect(listed.map(\.kind) == [.unmetSearches] && listed.first?.monthText == "2026-11")
      #expect(found == listed.first && found?.content != nil)
      #expect(elsewhere == nil)
    }
  }

  @Test(
    "is released and forgotten by the calendar, and the next month after it", arguments: TestEngine.available)
  func jobs(_ engine: TestEngine) async throws {
    try await NeedMarket.with(engine) { needs in
      try await needs.note("鸵鸟蛋", homes: 12)
      let (release, forget) = ("shop.release_needs", "shop.forget_need_terms")
      #expect(try await needs.market.nextJob(release) == NeedMarket.release)
      #expect(try await needs.market.nextJob(forget) == NeedMarket.forgetting)
      let jobs = JobRunner(needs.database, handlers: needs.desk.jobs)
      needs.market.clock.move(to: NeedMarket.release)
      try await jobs.runDue()
      #expect(try await needs.tables().count == 4)
      #expect(try await needs.marks().count == 12)
      #expect(try await needs.market.nextJob(release) == NeedMarket.release + .days(31))
      needs.market.clock.move(to: NeedMarket.forgetting)
      try await jobs.runDue()
      #expect(try await needs.marks() == [])
      #expect(try await needs.tables(NeedMarket.november.next).count == 4)
      #expect(try await needs.tables().count == 4, "what was released stays")
      #expect(try await needs.breaches() == [])
    }
  }

  @Test("cannot be changed or removed", arguments: TestEngine.available)
  func appendOnly(_ engine: TestEngine) async throws {
    try await NeedMarket.with(engine) { needs in
      needs.market.clock.move(to: NeedMarket.release)
      try await needs.release()
      func change(_ query: Query) async -> String? {
        await needs.problem {
          _ = try await needs.database.write(in: needs.community) { try $0.execute(query) }
        }
      }
      #expect(await change("DELETE FROM shop_need_table") != nil)
      #expect(await change("UPDATE shop_need_table SET refusal = 'too_large'") != nil)
      #expect(try await needs.tables().count == 4)
    }
  }

  @Test("shows in `nuanlin check` where a rule was broken", arguments: TestEngine.available)
  func breaches(_ engine: TestEngine) async throws {
    try await NeedMarket.with(engine) { needs in
      try await needs.note("鸵鸟蛋", homes: 12)
      try await needs.database.write(in: needs.community) {
        try $0.execute("UPDATE shop_need_allowance SET terms = 3")
      }
      #expect(try await needs.breaches().map(\.name) == ["shop.need_counted_differs"])
      try await needs.database.write(in: needs.community) { transaction in
        try transaction.execute("UPDATE shop_need_allowance SET terms = 1")
        try transaction.execute(
          """
          INSERT INTO shop_need_table (id, community_id, month, kind, refusal, data_digest, query_digest,
            released_at)
          VALUES (5, \(needs.community), '2026-11', 'after_sales', 'too_large', \([1] as [UInt8]),
            \([1] as [UInt8]), 0)
          """)
        try transaction.execute(
          "INSERT INTO shop_need_mark (community_id, month, term, mark) VALUES (\(needs.community), '2026-07', '蛋', \([1] as [UInt8]))"
        )
        try transaction.execute(
          "INSERT INTO shop_need_mark (community_id, month, term, mark) VALUES (\(needs.community), '2026-11', '蛋', \([1] as [UInt8]))"
        )
      }
      let names = Set(try await needs.breaches().map(\.name))
      #expect(
        names == [
          "shop.need_month_incomplete", "shop.need_small_term_kept", "shop.need_mark_too_old",
          "shop.need_counted_differs",
        ], "the mark of July was never counted")
    }
  }

  @Test("is read by the station and the committee, and by no merchant", arguments: TestEngine.available)
  func pages(_ engine: TestEngine) async throws {
    try await NeedMarket.with(engine) { needs in
      let market = needs.market
      try await needs.note("鸵鸟蛋", homes: 12)
      needs.market.clock.move(to: NeedMarket.release)
      let worker = try await market.person("许社工", [.socialWorker])
      let committee = try await market.person("郑主任", [.committee])
      let merchant = try await market.person("农场主", [.merchant], merchant: market.offers[0].merchant)
      let desk = try await market.browser(of: worker, level: .secondFactor)
      let page = try await desk.get("/needs")
      #expect(page.status == 200 && page.text.contains("/needs/2026-11/release"))
      let key = try #require(page.hidden("idempotency_key"))
      #expect(try await market.browser(of: committee, level: .secondFactor).get("/needs").status == 200)
      for person in [merchant, market.wang] {
        #expect(try await market.browser(of: person, level: .secondFactor).get("/needs").status == 403)
      }
      for _ in 0..<2 {
        let answer = try await desk.post("/needs/2026-11/release", ["idempotency_key": key])
        #expect(answer.status == 303 && answer.location == "/needs/2026-11")
      }
      let month = try await desk.get("/needs/2026-11").text
      #expect(month.contains("鸵鸟蛋") && month.contains("<svg") && month.contains("/surveys/new"))
      #expect(try await desk.get("/needs").text.contains("href=\"/needs/2026-11\""))
      let read = try await market.browser(of: committee, level: .secondFactor).get("/needs/2026-11")
      #expect(read.text.contains("鸵鸟蛋") && !read.text.contains("/surveys/new"))
      #expect(try await desk.get("/needs/2026-10").status == 404)
      #expect(try await desk.get("/needs/nonsense").status == 404)
    }
  }

  @Test("Its questions walk no table", arguments: TestEngine.available)
  func plans(_ engine: TestEngine) async throws {
    try await engine.withDatabase(shopMigrations) { database in
      let community = CommunityID(rawValue: 1)
      try await database.read { snapshot in
        let (from, until) = (snapshot.now - .days(30), snapshot.now)
        for query in [
          NeedNoteStore.counting(in: NeedMarket.november, least: 10, limit: 50, of: community),
          NeedFiguresStore.claims(from: from, until: until, in: community),
          NeedFiguresStore.always(in: community),
          NeedFiguresStore.said(from: from, until: until, in: community),
          NeedFiguresStore.handedOver(from: from, until: until, in: community),
          NeedFiguresStore.orders(of: [PersonID(rawValue: 1)], from: from, until: until, in: community),
        ] {
          let plan = try snapshot.plan(query)
          #expect(!plan.isEmpty)
          if engine == .sqlite { #expect(plan.allSatisfy { !$0.hasPrefix("SCAN") }, "\(plan)") }
        }
      }
    }
  }
}
