import Database
import Kernel
import People
import TestKit
import Testing

@testable import Activities

@Suite("Minutes")
struct MinutesTests {
  private func content(_ audience: Minutes.Audience, _ words: String) -> Minutes.Content {
    Minutes.Content(
      audience: audience, discussed: words, decisions: ["装扶手", "下月再谈"], nextSteps: "社工去问价")
  }

  @Test("Versions are only added, and the newest says who reads it", arguments: TestEngine.available)
  func versions(_ engine: TestEngine) async throws {
    try await ActivityFixture.with(engine) { fixture in
      let id = try await fixture.make(capacity: nil)
      let cipher = try await fixture.programme.cipher(fixture.community)
      @Sendable func write(_ audience: Minutes.Audience, _ words: String, seen: Int64) async -> String? {
        await ActivityFixture.code {
          try await fixture.write(id) { activity, transaction in
            try MinutesDesk.write(
              content(audience, words), of: activity, seen: seen, sealing: cipher, by: fixture.actor,
              in: transaction)
          }
        }
      }
      #expect(await write(.station, "早了", seen: 0) == "activities.not_begun")
      fixture.clock.move(to: ActivityFixture.ends)
      #expect(await write(.station, "先记一下", seen: 0) == nil)
      #expect(await write(.residents, "说了楼道的事", seen: 0) == "activities.stale")
      #expect(await write(.residents, "说了楼道的事", seen: 1) == nil)
      let page = "/activities/\(id)"
      let resident = try await fixture.browser()
      #expect(try await resident.get(page).text.contains("说了楼道的事"))
      #expect(await write(.station, "里面有家里的事", seen: 2) == nil)
      let taken = try await resident.get(page).text
      #expect(!taken.contains("说了楼道的事") && !taken.contains("里面有家里的事"))
      let versions = try await fixture.database.read {
        try MinutesStore.versions(of: id, opening: cipher, in: fixture.community, $0)
      }
      #expect(versions.map(\.version) == [3, 2, 1])
      #expect(versions[1].content == content(.residents, "说了楼道的事"))
      #expect(versions[0].agenda == ["讲故事", "问答"])
      let stored = try await fixture.database.read {
        try $0.values("SELECT discussed FROM activities_minutes", as: [UInt8].self)
      }
      #expect(stored.allSatisfy { $0.firstRange(of: Array("楼道".utf8)) == nil })
      await #expect(throws: DatabaseError.self) {
        try await fixture.write { try $0.execute("UPDATE activities_minutes SET audience = 'residents'") }
      }
    }
  }
}
