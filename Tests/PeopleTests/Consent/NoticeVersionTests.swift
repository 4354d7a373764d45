import Database
import Kernel
import Security
import TestKit
import Testing
import Web

@testable import People

@Suite("Versions of a notice")
struct NoticeVersionTests {
  private static let code = "order-statistics"

  @Test("Versions count up from one, and a later one stands after the earlier")
  func order() {
    for (code, versions) in Dictionary(grouping: NoticeTexts.all, by: \.code) {
      #expect(versions.map(\.version) == Array(1...Int64(versions.count)), "\(code)")
    }
    #expect(NoticeTexts.totals.recipients.isSuperset(of: NoticeTexts.statistics.recipients))
    #expect(!NoticeTexts.statistics.recipients.contains(.totalsForAll))
  }

  @Test(
    "A yes to an earlier version counts for what that one says, and no more", arguments: TestEngine.available)
  func earlier(engine: TestEngine) async throws {
    try await MandatePeople.with(engine) { people in
      let first = try await Self.answer(people, version: 1)
      #expect(try await Self.allows(.reportReaders, people))
      #expect(try await !Self.allows(.totalsForAll, people), "nobody asked for that")
      let browser = try await people.place.browser(of: people.elder, level: .password)
      let older = "同意的是以前的第 1 版"
      #expect(try await browser.get("/account/consents").text.contains(older))
      try await Self.answer(people, version: 2)
      #expect(try await Self.allows(.reportReaders, people))
      #expect(try await Self.allows(.totalsForAll, people))
      let renewed = try await people.place.database.read {
        try ConsentStore.find(first.id, in: people.place.community, $0)
      }
      #expect(renewed?.events.map(\.kind) == [.requested, .given, .renewed])
      #expect(try await !browser.get("/account/consents").text.contains(older))
      try await Self.answer(people, version: 2, isGiven: false)
      #expect(try await !Self.allows(.reportReaders, people), "a no is to all of it")
      #expect(try await people.place.breaches() == [])
    }
  }

  // MARK: - Parts

  @discardableResult
  private static func answer(
    _ people: MandatePeople, version: Int64, isGiven: Bool = true
  ) async throws -> Consent {
    let community = people.place.community
    return try await people.place.database.write(in: community) { transaction in
      let notice: NoticeID? = try transaction.value(
        """
        SELECT id FROM people_notice
        WHERE code = \(code) AND version = \(version) AND community_id = \(community)
        """)
      let draft = Consents.Draft(
        subject: people.elder, notice: try #require(notice), expires: transaction.now + .days(90),
        evidence: .electronic(people.elder))
      return try Consents.record(draft, isGiven: isGiven, by: people.own.actor, in: transaction)
    }
  }

  private static func allows(_ recipient: ConsentRecipient, _ people: MandatePeople) async throws -> Bool {
    let place = people.place
    return try await place.database.read {
      try place.people.directory.consent.allows(
        people.elder, .statistics, .orders, to: recipient, at: place.clock.now, in: place.community, $0)
    }
  }
}
