import Database
import Kernel
import Messages
import TestKit
import Testing
import Web

@testable import People
@testable import Shop

/// Somebody's yes and their taking it back, each in one transaction, on top of a round that is under way.
private struct ConsentingMarket {
  let fixture: RoundFixture

  var market: Market { fixture.market }
  var wang: PersonID { market.wang }
  var directory: Directory { market.people.directory }

  static func with(_ engine: TestEngine, _ body: (ConsentingMarket) async throws -> Void) async throws {
    try await RoundFixture.with(engine) { fixture in
      fixture.world.ask(fixture.market.people.directory)
      try await body(ConsentingMarket(fixture: fixture))
    }
  }

  @discardableResult
  func agree(
    _ code: String, _ subject: PersonID, telling recipient: PersonID? = nil,
    for duration: Duration = .days(90)
  ) async throws -> ConsentID {
    try await market.database.write(in: market.community) { transaction in
      let notice = try #require(try Consents.notice(code, in: transaction))
      let draft = Consents.Draft(
        subject: subject, notice: notice, recipient: recipient, expires: transaction.now + duration,
        evidence: .electronic(subject))
      return try Consents.record(
        draft, isGiven: true, by: Actor(person: subject, role: .resident), in: transaction
      ).id
    }
  }

  func withdraw(_ consent: ConsentID, _ subject: PersonID) async throws {
    try await market.database.write(in: market.community) {
      try Consents.withdraw(consent, by: Actor(person: subject, role: .resident), in: $0)
    }
  }

  /// What somebody says of the first line of an order of theirs.
  func review(_ words: String, _ order: Order, by writer: PersonID) async throws -> ShownReview {
    let author = ReviewAuthor(person: writer, household: order.household, members: [writer])
    return try await market.database.write(in: market.community) {
      try ReviewStore.write(
        ReviewDraft(.good, try ReviewText(words, by: .household)), at: 0, of: order.id, by: author, in: $0)
    }
  }

  /// A mandate of Mrs Wang's that names somebody for a copy of the statement.
  func mandate(to helper: PersonID, copyTo reader: PersonID) async throws -> Mandate {
    try await market.database.write(in: market.community) { transaction in
      let asking = MandateAsking(by: Actor(person: wang, role: .resident), .electronic)
      let mandate = try Mandates.give(
        MandateTerms(
          matters: [.groceries], perOrder: .fen(6_000), perDay: .fen(6_000), perMonth: .fen(30_000),
          payWays: [.cash], expires: transaction.now + .days(100), confirmations: [.pin]),
        by: wang, to: helper, asking: asking, in: transaction)
      var changes = MandateChanges()
      changes.statementCopy = .some(reader)
      try MandateStore.insert(
        MandateRevision(
          sequence: 2, askedAt: transaction.now, effectiveAt: transaction.now, changes: changes,
          asking: asking), of: mandate.id, in: transaction)
      return mandate
    }
  }

  /// Everyone in this list has one order that the helper placed for them.
  func order(for persons: [PersonID], by helper: PersonID) async throws {
    try await market.database.write(in: market.community) { transaction in
      for (index, person) in persons.enumerated() {
        let id: OrderID = transaction.newIdentifier()
        try transaction.execute(
          """
          INSERT INTO shop_order (id, community_id, campaign_id, number, household_id, person_id, placed_by_id,
            client_key, request_digest, placed_at, placed_total, total, note, fulfilment, payment_method, payment,
            revision, pickup_generation, pickup_failures, changed_at, authority, authority_id)
          SELECT \(id), community_id, campaign_id, \(Int64(900 + index)), household_id, \(person), \(helper),
            client_key, request_digest, placed_at, placed_total, total, note, 'placed', payment_method, 'due',
            revision, pickup_generation, pickup_failures, changed_at, 'assisted', \(id)
          FROM shop_order WHERE id = \(fixture.wang.id)
          """)
      }
    }
  }

  func report() async throws -> IndependenceReport {
    try await market.database.read {
      try IndependenceReportStore.report(
        offsetSeconds: 28_800, directory, in: market.community, $0)
    }
  }
}

@Suite("Consent taken back counts within the same second")
struct ConsentAtWorkTests {
  @Test("Wellbeing: nothing more is noted at the door", arguments: TestEngine.available)
  func wellbeing(_ engine: TestEngine) async throws {
    try await ConsentingMarket.with(engine) { people in
      let round = try await people.fixture.underWay()
      func tap(_ key: String) async throws -> OutcomeAnswer {
        try await people.fixture.report(.wellbeing(.seen, note: ""), people.fixture.wang, round, key: key)
      }
      #expect(try await tap("tap-key-before-yes-1") == .refused(.wellbeingNotAllowed))
      let consent = try await people.agree("wellbeing-check", people.wang)
      #expect(try await tap("tap-key-with-a-yes-1") == .recorded)
      try await people.withdraw(consent, people.wang)
      #expect(try await tap("tap-key-taken-back-1") == .refused(.wellbeingNotAllowed))
    }
  }

  @Test("Sharing: the relative reads no statement and is told of none", arguments: TestEngine.available)
  func sharing(_ engine: TestEngine) async throws {
    try await ConsentingMarket.with(engine) { people in
      let market = people.market
      let helper = try await market.person("许社工", [.socialWorker])
      let mandate = try await people.mandate(to: helper, copyTo: market.li)
      let relative = try await market.browser(of: market.li)
      let own = try await market.browser(of: market.wang)
      let path = "/assisted-orders/statements/\(mandate.id)"
      func tell(_ month: String) async throws -> Int64 {
        try await market.database.write(in: market.community) { transaction in
          try transaction.schedule(
            TellOfStatement.kind, key: month, at: transaction.now,
            body: #"{"mandate":"\#(mandate.id)","month":"\#(month)"}"#)
        }
        try await market.runJobs()
        return try await market.database.read {
          try $0.value(
            "SELECT count(*) FROM messages_message WHERE recipient_id = \(market.li)") ?? 0
        }
      }
      #expect(try await relative.get(path).status == 404, "the mandate alone is no consent")
      #expect(try await tell("2026-08") == 0)
      let consent = try await people.agree("relative-sharing", people.wang, telling: market.li)
      #expect(try await relative.get(path).status == 200)
      #expect(try await relative.get("\(path)/2026-11").text.contains("王阿姨"))
      #expect(try await tell("2026-09") == 1)
      try await people.withdraw(consent, people.wang)
      #expect(try await relative.get(path).status == 404)
      #expect(try await relative.get("\(path)/2026-11").status == 404)
      #expect(try await tell("2026-10") == 1)
      #expect(try await own.get("\(path)/2026-11").status == 200, "her own household reads it as before")
      // For one relative is not for another.
      try await people.agree("relative-sharing", people.wang, telling: market.newcomer)
      #expect(try await relative.get(path).status == 404)
    }
  }

  @Test("A statement is told of once, however many helped", arguments: TestEngine.available)
  func oneStatement(_ engine: TestEngine) async throws {
    try await ConsentingMarket.with(engine) { people in
      let market = people.market
      let mandates = [
        try await people.mandate(to: market.person("许社工", [.socialWorker]), copyTo: market.li),
        try await people.mandate(to: market.person("郑社工", [.socialWorker]), copyTo: market.li),
      ]
      try await people.agree("relative-sharing", people.wang, telling: market.li)
      try await market.database.write(in: market.community) { transaction in
        for mandate in mandates {
          try transaction.schedule(
            TellOfStatement.kind, key: "\(mandate.id)", at: transaction.now,
            body: #"{"mandate":"\#(mandate.id)","month":"2026-09"}"#)
        }
      }
      try await market.runJobs()
      for reader in [market.wang, market.li] {
        let count: Int64? = try await market.database.read {
          try $0.value(
            """
            SELECT count(*) FROM messages_message
            WHERE recipient_id = \(reader) AND kind = 'shop.mandate_statement'
            """)
        }
        #expect(count == 1)
      }
    }
  }

  @Test("Publishing: a name is gone from every page, and was kept by none", arguments: TestEngine.available)
  func publishing(_ engine: TestEngine) async throws {
    try await ConsentingMarket.with(engine) { people in
      let (market, fixture) = (people.market, people.fixture)
      let round = try await fixture.underWay()
      try await fixture.report(
        .outcome(.given, cash: .zero), fixture.wang, round, key: "outcome-key-of-wang")
      let shown = try await people.review("很新鲜", fixture.wang, by: market.wang)
      // A neighbour who never agreed stays one, whatever the other does.
      try await fixture.report(.outcome(.given, cash: .zero), fixture.li, round, key: "outcome-key-of-li")
      let other = try await people.review("也不错", fixture.li, by: market.li)
      #expect(other.review.product == shown.review.product)
      let product = "/products/\(shown.review.product)"
      let pages = [product, "\(product)/reviews", "/api/v1\(product)/reviews"]
      let browser = market.browser()
      func naming() async throws -> [Bool] {
        var found: [Bool] = []
        for page in pages {
          let text = try await browser.get(page).text
          #expect(text.contains("很新鲜") && text.contains("也不错"), "\(page)")
          #expect(!text.contains("李叔"), "\(page)")
          found.append(text.contains("王阿姨"))
        }
        return found
      }
      #expect(try await naming() == [false, false, false])
      // The consent to tell one's story names nobody beside a review.
      try await people.agree("story-publishing", people.wang)
      #expect(try await naming() == [false, false, false])
      let consent = try await people.agree("review-name", people.wang)
      #expect(try await naming() == [true, true, true])
      try await people.withdraw(consent, people.wang)
      #expect(try await naming() == [false, false, false])
      // What runs out needs nobody's doing either.
      try await people.agree("review-name", people.wang, for: .minutes(10))
      #expect(try await naming() == [true, true, true])
      market.clock.advance(by: .minutes(10))
      #expect(try await naming() == [false, false, false])
    }
  }

  @Test("Statistics: the next report leaves out whoever took it back", arguments: TestEngine.available)
  func statistics(_ engine: TestEngine) async throws {
    try await ConsentingMarket.with(engine) { people in
      let market = people.market
      let helper = try await market.person("许社工", [.socialWorker])
      let neighbours = try await market.people.createPersons(
        try (1...6).map { try PersonDraft(displayName: "邻居\($0)", household: nil, phone: nil) },
        in: market.community)
      try await people.order(for: neighbours, by: helper)
      let reader = try await market.person("陆敏", [.governmentReader])
      let browser = try await market.browser(of: reader, level: .secondFactor)
      let few = "同意统计的人还太少"
      #expect(try await browser.get("/desk/independence").text.contains(few))
      #expect(try await people.report().leftOut == .exactly(5), "six, to the nearest five")
      var consents: [ConsentID] = []
      for neighbour in neighbours.prefix(5) {
        consents.append(try await people.agree("order-statistics", neighbour))
      }
      let report = try await people.report()
      #expect(report.total.assisted == 5 && report.total.own == 0 && report.total.all == 5)
      #expect(report.counted == .exactly(5) && report.leftOut == .few)
      #expect(report.months.last?.shown.assistedPercent == 100)
      #expect(try await !browser.get("/desk/independence").text.contains(few))
      try await people.withdraw(consents[0], neighbours[0])
      let after = try await people.report()
      #expect(after.total.all == nil && after.months.allSatisfy { $0.shown.all ?? 0 == 0 })
      #expect(after.counted == .few && after.leftOut == .few)
      #expect(try await browser.get("/desk/independence").text.contains(few))
      // With the sixth they are five again, and the one who left is none of them.
      try await people.agree("order-statistics", neighbours[5])
      #expect(try await people.report().total.all == 5)
      let resident = try await market.browser(of: market.wang)
      #expect(try await resident.get("/desk/independence").status == 403)
    }
  }

  @Test("A consent that nobody can read says yes to nothing", arguments: TestEngine.available)
  func failsClosed(_ engine: TestEngine) async throws {
    try await ConsentingMarket.with(engine) { people in
      let consent = try await people.agree("wellbeing-check", people.wang)
      let port = RoundConsent.people(people.directory)
      func isAllowed() async throws -> Bool {
        try await people.market.database.read {
          try port.allowsWellbeing(people.wang, people.market.community, $0)
        }
      }
      #expect(try await isAllowed())
      try await people.market.database.write(in: people.market.community) {
        try $0.execute(
          """
          INSERT INTO people_consent_event (consent_id, sequence, community_id, kind, happened_at, actor_id, actor_role)
          VALUES (\(consent), 3, \(people.market.community), 'perhaps', \($0.now), \(people.wang), 'resident')
          """)
      }
      #expect(try await !isAllowed())
    }
  }
}
