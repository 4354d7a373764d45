import Database
import Kernel
import People
import TestKit
import Testing

@testable import Policy

@Suite("Policy library: what others ask of it")
struct PolicyLibraryTests {
  private let origin = PolicyOrigin(
    kind: "report", id: 3, text: Phrase("居民报告 2026-3", "residents’ report 2026-3"), path: "/reports/3")

  @Test("Cards and choices tell what everybody may read", arguments: TestEngine.available)
  func cards(_ engine: TestEngine) async throws {
    try await LibraryFixture.with(engine) { fixture in
      let (library, community, worker) = (fixture.library, fixture.community, fixture.asWorker)
      let shown = try await fixture.publish(LibraryFixture.content("高龄津贴"))
      let retired = try await fixture.publish(
        LibraryFixture.content("停了的", expires: LibraryFixture.day("2026-06-30")))
      let draft = try await fixture.write {
        try PolicyDesk.make(LibraryFixture.content("没发布"), by: worker, in: $0)
      }
      let supervisor = fixture.asSupervisor
      try await fixture.write { try PolicyDesk.retire(retired, reason: "停办", by: supervisor, in: $0) }
      let cards = try await fixture.database.read {
        try library.cards([shown, retired, draft, PolicyID(rawValue: 1)], in: community, $0)
      }
      #expect(Set(cards.keys) == [shown, retired])
      let card = try #require(cards[shown])
      #expect(card.title == Phrase(same: "高龄津贴") && card.number == "枫民〔2026〕7号" && card.version == 1)
      #expect(card.path == "/policies/\(shown)")
      let choices = try await fixture.database.read { try library.choices(in: community, $0) }
      #expect(choices == [card])
      let shelf = try await fixture.database.read {
        try library.shelf.cards([shown, retired, draft], community, $0)
      }
      #expect(shelf[shown]?.isShown == true && shelf[retired]?.isShown == false && shelf[draft] == nil)
      #expect(shelf[shown]?.phone == "021-5555 0777" && shelf[shown]?.decidedBy.chinese == "枫林区民政局")
      let proposals = try await fixture.database.read {
        try library.proposalPolicies.choices(community, $0).map(\.version)
      }
      #expect(proposals == [1])
    }
  }

  @Test(
    "An answered report publishes a version with its name on it, or nothing", arguments: TestEngine.available)
  func publishes(_ engine: TestEngine) async throws {
    try await LibraryFixture.with(engine) { fixture in
      let (library, community, origin) = (fixture.library, fixture.community, origin)
      let (worker, committee) = (fixture.asWorker, fixture.asCommittee)
      let id = try await fixture.publish(LibraryFixture.content())
      var content = try #require(
        try await fixture.database.read { try library.newestContent(of: id, in: community, $0) })
      #expect(content == LibraryFixture.content())
      content.words.hours = "周一到周六 9:00–17:00"
      content.whatChanged = "窗口周六也开了"
      let changed = content
      struct Undone: Error {}
      _ = await fixture.code {
        try await fixture.write { transaction in
          try library.publish(
            changed, of: id, because: origin, writtenBy: worker, by: committee, in: transaction)
          throw Undone()
        }
      }
      #expect(try await fixture.head(id).newest == 1, "it goes with the caller’s transaction")
      let own = await fixture.code {
        try await fixture.write {
          try library.publish(
            changed, of: id, because: origin, writtenBy: committee, by: committee, in: $0)
        }
      }
      #expect(own == "policy.own_draft")
      let card = try await fixture.write {
        try library.publish(changed, of: id, because: origin, writtenBy: worker, by: committee, in: $0)
      }
      #expect(card.version == 2)
      let shown = try #require(try await fixture.shown(id))
      #expect(shown.version.origin == origin && shown.version.content == changed)
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test("A draft gets the reason that it was begun for, or that came later", arguments: TestEngine.available)
  func begins(_ engine: TestEngine) async throws {
    try await LibraryFixture.with(engine) { fixture in
      let (library, community, origin) = (fixture.library, fixture.community, origin)
      let (worker, committee) = (fixture.asWorker, fixture.asCommittee)
      let id = try await fixture.publish(LibraryFixture.content())
      let path = try await fixture.write { try library.begin(id, because: origin, by: worker, in: $0) }
      #expect(path == "/policy-desk/\(id)/draft")
      func draft() async throws -> PolicyDraft? {
        try await fixture.database.read { try PolicyStore.openDraft(of: id, in: community, $0) }
      }
      let begun = try #require(try await draft())
      #expect(begun.origin == origin && begun.content.whatChanged.isEmpty)
      let blocked = await fixture.code {
        try await fixture.write {
          try library.publish(
            LibraryFixture.content(changed: "改"), of: id, because: origin, writtenBy: worker, by: committee,
            in: $0)
        }
      }
      #expect(blocked == "policy.draft_open")
      let later = PolicyOrigin(kind: "report", id: 4, text: Phrase("居民报告 2026-4", "report 2026-4"), path: nil)
      try await fixture.write { _ = try library.begin(id, because: later, by: committee, in: $0) }
      let given = try #require(try await draft())
      #expect(given.origin == later && given.revision == 1)
      try await fixture.write { transaction in
        try PolicyDesk.write(
          LibraryFixture.content("高龄津贴", changed: "换了名字"), of: id, seen: 1, by: worker, in: transaction)
        try PolicyDesk.publish(id, seen: 2, by: committee, in: transaction)
      }
      #expect(try await fixture.shown(id)?.version.origin == later)
      let stranger = await fixture.code {
        try await fixture.write {
          try library.begin(
            id, because: origin, by: Actor(person: fixture.wang, role: .resident), in: $0)
        }
      }
      #expect(stranger == "forbidden")
    }
  }
}
