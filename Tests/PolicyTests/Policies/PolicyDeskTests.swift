import Database
import Kernel
import People
import TestKit
import Testing

@testable import Policy

@Suite("Policy library: the desk")
struct PolicyDeskTests {
  @Test("A policy is written, published, written anew and published again", arguments: TestEngine.available)
  func versions(_ engine: TestEngine) async throws {
    try await LibraryFixture.with(engine) { fixture in
      let first = LibraryFixture.content()
      let (worker, supervisor) = (fixture.asWorker, fixture.asSupervisor)
      let id = try await fixture.write { try PolicyDesk.make(first, by: worker, in: $0) }
      #expect(try await fixture.head(id).state == .draft)
      #expect(try await fixture.shown(id) == nil, "nobody reads what was not published")
      let early = await fixture.code {
        try await fixture.write { try PolicyDesk.publish(id, seen: 1, by: worker, in: $0) }
      }
      #expect(early == "forbidden")
      try await fixture.write { try PolicyDesk.publish(id, seen: 1, by: supervisor, in: $0) }
      let one = try #require(try await fixture.shown(id))
      #expect(one.version.number == 1 && one.version.content == first && one.head.newest == 1)
      #expect(one.version.writtenBy == worker && one.version.publishedBy == supervisor)

      var second = LibraryFixture.content(changed: "补贴涨到每月 80 元")
      second.words.benefits = []
      try await fixture.publish(second, of: id)
      let two = try #require(try await fixture.shown(id))
      #expect(two.version.number == 2 && two.version.content == second)
      let kept = try await fixture.database.read {
        try PolicyVersionStore.all(of: id, in: fixture.community, $0)
      }
      #expect(kept.map(\.content) == [first, second], "the first version stays as it was")
      let actions = try await fixture.database.read {
        try $0.values(
          "SELECT action FROM platform_audit WHERE action LIKE 'policy.%' ORDER BY sequence", as: String.self)
      }
      #expect(
        actions == ["policy.make", "policy.publish", "policy.write", "policy.publish"])
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test("Nobody overwrites what they have not seen, and nobody publishes it", arguments: TestEngine.available)
  func stale(_ engine: TestEngine) async throws {
    try await LibraryFixture.with(engine) { fixture in
      let (worker, supervisor) = (fixture.asWorker, fixture.asSupervisor)
      let id = try await fixture.write {
        try PolicyDesk.make(LibraryFixture.content(), by: worker, in: $0)
      }
      func write(_ title: String, seen: Int64, by actor: Actor) async -> String? {
        await fixture.code {
          try await fixture.write {
            try PolicyDesk.write(LibraryFixture.content(title), of: id, seen: seen, by: actor, in: $0)
          }
        }
      }
      #expect(await write("高龄津贴", seen: 0, by: worker) == "policy.stale")
      #expect(await write("高龄津贴", seen: 1, by: fixture.asCommittee) == nil)
      #expect(await write("老人津贴", seen: 1, by: worker) == "policy.stale")
      func publish(seen: Int64, by actor: Actor) async -> String? {
        await fixture.code {
          try await fixture.write { try PolicyDesk.publish(id, seen: seen, by: actor, in: $0) }
        }
      }
      #expect(await publish(seen: 1, by: supervisor) == "policy.stale")
      #expect(await publish(seen: 2, by: fixture.asCommittee) == "policy.own_draft")
      #expect(await publish(seen: 2, by: supervisor) == nil)
      #expect(await publish(seen: 2, by: supervisor) == "policy.no_draft")
      #expect(try await fixture.shown(id)?.version.content.document.title == "高龄津贴")
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test("A new version says what changed, and something has", arguments: TestEngine.available)
  func changes(_ engine: TestEngine) async throws {
    try await LibraryFixture.with(engine) { fixture in
      let id = try await fixture.publish(LibraryFixture.content())
      var unsaid = LibraryFixture.content()
      unsaid.words.hours = "全天"
      let (silent, same) = (unsaid, LibraryFixture.content(changed: "没有变"))
      #expect(await fixture.code { try await fixture.publish(silent, of: id) } == "policy.change_unsaid")
      #expect(await fixture.code { try await fixture.publish(same, of: id) } == "policy.unchanged")
      #expect(try await fixture.head(id).newest == 1)
      #expect(try await fixture.count("SELECT count(*) FROM policy_draft WHERE ended_at IS NULL") == 0)
    }
  }

  @Test("A draft that is given up is shown to nobody", arguments: TestEngine.available)
  func dropped(_ engine: TestEngine) async throws {
    try await LibraryFixture.with(engine) { fixture in
      let worker = fixture.asWorker
      let id = try await fixture.publish(LibraryFixture.content())
      try await fixture.write { transaction in
        try PolicyDesk.write(
          LibraryFixture.content("别的名字", changed: "改名"), of: id, seen: 0, by: worker, in: transaction)
        try PolicyDesk.drop(id, seen: 1, by: worker, in: transaction)
      }
      let none = await fixture.code {
        try await fixture.write { try PolicyDesk.drop(id, seen: 1, by: worker, in: $0) }
      }
      #expect(none == "policy.no_draft")
      #expect(try await fixture.shown(id)?.version.content.document.title == "高龄补贴")
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test("What is out of use stays readable and is written no more", arguments: TestEngine.available)
  func retired(_ engine: TestEngine) async throws {
    try await LibraryFixture.with(engine) { fixture in
      let id = try await fixture.publish(LibraryFixture.content())
      let (worker, committee) = (fixture.asWorker, fixture.asCommittee)
      let mayNot = await fixture.code {
        try await fixture.write { try PolicyDesk.retire(id, reason: "停办", by: worker, in: $0) }
      }
      #expect(mayNot == "forbidden")
      try await fixture.write { transaction in
        try PolicyDesk.write(
          LibraryFixture.content(changed: "改"), of: id, seen: 0, by: worker, in: transaction)
        try PolicyDesk.retire(id, reason: "区里停办了", by: committee, in: transaction)
      }
      let shown = try #require(try await fixture.shown(id))
      #expect(shown.standing(on: LibraryFixture.today) == .retired)
      #expect(shown.head.retirement?.reason == "区里停办了")
      #expect(try await fixture.list(PolicyFilter()).policies.isEmpty)
      #expect(try await fixture.list(PolicyFilter(text: "补贴")).policies.isEmpty)
      for work in [
        { @Sendable (transaction: Transaction) in
          try PolicyDesk.write(
            LibraryFixture.content(changed: "改"), of: id, seen: 0, by: worker, in: transaction)
        },
        { @Sendable in try PolicyDesk.retire(id, reason: "再停一次", by: committee, in: $0) },
      ] {
        #expect(await fixture.code { try await fixture.write(work) } == "policy.retired")
      }
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(
    "Policies do not replace one another in a ring, nor what nobody can read", arguments: TestEngine.available
  )
  func rings(_ engine: TestEngine) async throws {
    try await LibraryFixture.with(engine) { fixture in
      let first = try await fixture.publish(LibraryFixture.content("第一项"))
      let second = try await fixture.publish(LibraryFixture.content("第二项", replaces: first))
      let third = try await fixture.publish(LibraryFixture.content("第三项", replaces: second))
      func replacing(_ replaced: PolicyID, of id: PolicyID) async -> String? {
        await fixture.code {
          try await fixture.publish(
            LibraryFixture.content("改", replaces: replaced, changed: "改"), of: id)
        }
      }
      #expect(await replacing(third, of: first) == "form.invalid")
      #expect(await replacing(first, of: first) == "form.invalid")
      #expect(await replacing(PolicyID(rawValue: 5), of: first) == "form.invalid")
      let worker = fixture.asWorker
      let draft = try await fixture.write {
        try PolicyDesk.make(LibraryFixture.content("没发布"), by: worker, in: $0)
      }
      #expect(await replacing(draft, of: third) == "form.invalid")
      #expect(await replacing(first, of: third) == nil, "a shorter way back is no ring")
      #expect(try await fixture.shown(first)?.standing(on: LibraryFixture.today) == .replaced)
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test("Another community has no part in it", arguments: TestEngine.available)
  func communities(_ engine: TestEngine) async throws {
    try await LibraryFixture.with(engine) { fixture in
      let id = try await fixture.publish(LibraryFixture.content())
      let (supervisor, other) = (fixture.asSupervisor, fixture.other)
      let code = await fixture.code {
        try await fixture.database.write(in: other) {
          try PolicyDesk.retire(id, reason: "不是我们的", by: supervisor, in: $0)
        }
      }
      #expect(code == "not_found")
      let seen = try await fixture.database.read { snapshot in
        [
          try PolicyListStore.find(id, on: LibraryFixture.today, in: other, snapshot) == nil,
          try PolicyListStore.page(
            PolicyFilter(text: "补贴"), on: LibraryFixture.today, limit: 5, in: other, snapshot
          ).policies.isEmpty,
        ]
      }
      #expect(seen == [true, true])
    }
  }

  @Test("Checks name what was changed behind the program’s back", arguments: TestEngine.available)
  func invariants(_ engine: TestEngine) async throws {
    try await LibraryFixture.with(engine) { fixture in
      let first = try await fixture.publish(LibraryFixture.content("第一项"))
      let second = try await fixture.publish(LibraryFixture.content("第二项", replaces: first))
      let worker = fixture.asWorker
      try await fixture.write {
        try PolicyDesk.write(
          LibraryFixture.content("第二项", changed: "改"), of: second, seen: 0, by: worker, in: $0)
      }
      #expect(try await fixture.breaches() == [])
      let refused = await fixture.code {
        try await fixture.write { try $0.execute("UPDATE policy_text SET summary = '别的话'") }
      }
      #expect(refused?.contains("constraint") == true)
      let (community, supervisor) = (fixture.community, fixture.supervisor)
      try await fixture.write { transaction in
        try transaction.liftAppendOnly(from: "policy_text")
        try transaction.liftAppendOnly(from: "policy_version")
        try transaction.execute("UPDATE policy_policy SET field = 'health' WHERE id = \(second)")
        try transaction.execute("UPDATE policy_policy SET replaces_id = \(second) WHERE id = \(first)")
        try transaction.execute("UPDATE policy_text SET effective_day = effective_day - 1")
        try transaction.execute("UPDATE policy_text SET written_by_id = \(supervisor)")
        try transaction.execute("UPDATE policy_draft SET revision = 7 WHERE ended_at IS NULL")
        try transaction.execute("DELETE FROM policy_news")
        try transaction.execute(
          """
          INSERT INTO policy_follow (id, community_id, person_id, policy_id, followed_at)
          VALUES (1, \(community), \(supervisor), 5, 0)
          """)
      }
      let found = Set(try await fixture.breaches())
      for name in [
        "policy.newest_differs", "policy.replaces_in_a_ring", "policy.version_differs_from_text",
        "policy.published_by_writer", "policy.draft_differs_from_text", "policy.version_untold",
        "policy.follow_of_unpublished",
      ] { #expect(found.contains(name), "\(name) in \(found.sorted())") }
    }
  }
}
