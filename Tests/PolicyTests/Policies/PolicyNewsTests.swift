import Database
import Kernel
import Messages
import People
import Synchronization
import TestKit
import Testing

@testable import Policy

@Suite("Policy library: telling people")
struct PolicyNewsTests {
  private func follow(
    _ fixture: LibraryFixture, _ what: PolicyFollowing, _ person: PersonID,
    _ wish: PolicyFollowWish = .follow
  ) async throws {
    try await fixture.write { try PolicyFollowDoors.change(what, wish, by: person, in: $0) }
  }

  @Test(
    "Whoever follows, and whoever read an earlier version, is told of a new one, once",
    arguments: TestEngine.available)
  func followers(_ engine: TestEngine) async throws {
    try await LibraryFixture.with(engine) { fixture in
      try await follow(fixture, .field(.elders), fixture.li)
      let id = try await fixture.publish(LibraryFixture.content())
      try await fixture.runJobs()
      #expect(try await fixture.messages() == [fixture.li])
      // 王阿姨 follows policy and field, read it too, and is still told once; 周伯 has stopped.
      try await follow(fixture, .policy(id), fixture.wang)
      try await follow(fixture, .policy(id), fixture.wang)
      try await follow(fixture, .field(.elders), fixture.wang)
      try await follow(fixture, .field(.elders), fixture.zhou)
      try await follow(fixture, .field(.elders), fixture.zhou, .stop)
      let receipts = fixture.receipts
      try await fixture.write { transaction in
        for person in [fixture.wang, fixture.husband] {
          try receipts.read(1, of: id, .clear, by: person, in: transaction)
        }
      }
      try await fixture.publish(LibraryFixture.content("高龄津贴", changed: "换了名字"), of: id)
      try await fixture.runJobs()
      let told = try await fixture.messages()
      #expect(told.count == 4 && Set(told.dropFirst()) == [fixture.wang, fixture.husband, fixture.li])
      let text = try await fixture.database.read {
        try $0.value(
          "SELECT text_zh FROM messages_message WHERE recipient_id = \(fixture.wang)", as: String.self)
      }
      #expect(text == "《高龄津贴》有变化：换了名字")
      let count = try await fixture.database.read {
        try fixture.library.told(of: 2, id, in: fixture.community, $0)
      }
      #expect(count == 3)
      // Another field is nothing to those who follow this one.
      try await fixture.publish(LibraryFixture.content("创业贷款", field: .work))
      try await fixture.runJobs()
      #expect(try await fixture.messages().count == 4)
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(
    "Many are told part after part, each once, though a part fails and is done again",
    arguments: TestEngine.available)
  func parts(_ engine: TestEngine) async throws {
    try await LibraryFixture.with(engine) { fixture in
      let many = try await fixture.people.createPersons(
        try (0..<PolicyNews.part + 30).map { try PersonDraft(displayName: "邻居 \($0)") },
        in: fixture.community)
      try await fixture.write { transaction in
        for person in many { try PolicyFollowStore.follow(.field(.elders), by: person, in: transaction) }
      }
      let id = try await fixture.publish(LibraryFixture.content())
      let calls = Mutex(0)
      let handler = fixture.news.handler
      let failing = JobHandler(PolicyNewsDesk.kind) { transaction, job in
        try handler.perform(transaction, job)
        // After it has told its part, so that everything has to be undone.
        if calls.withLock({
          $0 += 1; return $0 <= 2
        }) {
          throw Problem.internalFault
        }
      }
      for _ in 0..<6 {
        try await JobRunner(fixture.database, handlers: [failing]).runDue()
        fixture.clock.advance(by: .seconds(5))
      }
      let told = try await fixture.messages()
      #expect(told.count == many.count && Set(told) == Set(many))
      let news = try #require(
        try await fixture.database.read {
          try PolicyNewsStore.all(of: id, limit: 5, in: fixture.community, $0).first
        })
      #expect(news.finishedAt != nil && news.told == Int64(many.count))
      // Begun anew from the start, nobody hears of it again.
      try await fixture.write {
        try $0.execute("UPDATE policy_news SET reached = 0, finished_at = NULL")
      }
      for _ in 0..<3 { try await fixture.write { try fixture.news.tellPart(of: news.id, in: $0) } }
      #expect(try await fixture.messages().count == many.count)
      let count = try await fixture.database.read {
        try fixture.library.told(of: 1, id, in: fixture.community, $0)
      }
      #expect(count == Int64(many.count), "and nobody is counted again")
    }
  }

  @Test(
    "The station tells buildings or everybody, with a reason, and nobody twice",
    arguments: TestEngine.available)
  func audiences(_ engine: TestEngine) async throws {
    try await LibraryFixture.with(engine) { fixture in
      let (news, worker) = (fixture.news, fixture.asWorker)
      func tell(_ audience: PolicyNews.Audience, _ id: PolicyID) async -> String? {
        await fixture.code {
          try await fixture.write {
            try news.tell(audience, reason: "这几栋老人多", of: id, by: worker, in: $0)
          }
        }
      }
      try await follow(fixture, .field(.elders), fixture.li)
      let id = try await fixture.publish(LibraryFixture.content())
      try await fixture.runJobs()
      #expect(await tell(.buildings(["77"]), id) == "form.invalid")
      #expect(await tell(.buildings([]), id) == "form.invalid")
      #expect(await tell(.buildings(["3"]), id) == nil)
      try await fixture.runJobs()
      #expect(try await fixture.messages() == [fixture.li, fixture.wang], "one of each door; 李叔 knows")
      #expect(await tell(.everyone, id) == nil)
      try await fixture.runJobs()
      #expect(try await fixture.messages() == [fixture.li, fixture.wang, fixture.zhou])
      #expect(await tell(.everyone, id) == "policy_news.told")
      #expect(await tell(.buildings(["3"]), id) == "policy_news.told")
      let said = try await fixture.database.read {
        try $0.value(
          "SELECT text_zh FROM messages_message WHERE recipient_id = \(fixture.zhou)", as: String.self)
      }
      #expect(said?.contains("这几栋老人多") == true)
      let sums = try await fixture.database.read {
        try fixture.library.told(of: 1, id, in: fixture.community, $0)
      }
      #expect(sums == 3)
    }
  }

  @Test(
    "Of what is out of use or has a newer version nobody is told any more", arguments: TestEngine.available)
  func overtaken(_ engine: TestEngine) async throws {
    try await LibraryFixture.with(engine) { fixture in
      try await follow(fixture, .field(.elders), fixture.li)
      let id = try await fixture.publish(LibraryFixture.content())
      try await fixture.publish(LibraryFixture.content("高龄津贴", changed: "换了名字"), of: id)
      try await fixture.runJobs()
      let occasions = try await fixture.database.read {
        try $0.values("SELECT occasion FROM messages_message", as: String.self)
      }
      #expect(occasions == ["version-2"])
      let second = try await fixture.publish(LibraryFixture.content("别的补贴"))
      let supervisor = fixture.asSupervisor
      try await fixture.write { try PolicyDesk.retire(second, reason: "停办", by: supervisor, in: $0) }
      try await fixture.runJobs()
      #expect(try await fixture.messages().count == 1)
      #expect(
        try await fixture.count("SELECT count(*) FROM policy_news WHERE finished_at IS NULL") == 0)
    }
  }

  @Test("Authors hear once that a policy runs out within thirty days", arguments: TestEngine.available)
  func expiry(_ engine: TestEngine) async throws {
    try await LibraryFixture.with(engine) { fixture in
      let today = LibraryFixture.today
      for days in [Int64(-1), 0, 31, 60] {
        try await fixture.publish(
          LibraryFixture.content("到期 \(days)", expires: today.adding(days: days)))
      }
      try await fixture.publish(LibraryFixture.content("长期"))
      try await fixture.runJobs()
      #expect(try await fixture.messages(PolicyNewsNotices.expiring) == [])
      // The next day: what had 31 days has 30, and what ended today is over.
      fixture.clock.advance(by: .days(1))
      try await fixture.runJobs()
      let told = try await fixture.messages(PolicyNewsNotices.expiring)
      #expect(told.count == 2 && Set(told) == [fixture.worker, fixture.supervisor])
      for _ in 0..<3 {
        fixture.clock.advance(by: .days(1))
        try await fixture.runJobs()
      }
      #expect(try await fixture.messages(PolicyNewsNotices.expiring).count == 2, "once, not every day")
    }
  }
}
