import Database
import Kernel
import People
import Security
import TestKit
import Testing

@testable import Surveys

@Suite struct LockDeskTests {
  @Test(arguments: TestEngine.available) func `Locked answers keep count, digest and state`(
    _ engine: TestEngine
  ) async throws {
    try await LockFixture.with(engine, answers: 30) { fixture in
      try await fixture.close()
      try await fixture.request()
      #expect(try await fixture.work.round() == 1)
      let lock = try #require(try await fixture.lock())
      #expect(lock.answers == 30)
      #expect(try await fixture.state() == .locked)
      let reader = AnalysisReader(staff: fixture.staff)
      #expect(try await reader.verify(lock, in: fixture.community))
      let material = try await reader.material(fixture.id, names: ["lift"], in: fixture.community)
      #expect(material.data.count == 30)
      #expect(Set(material.data.columns.keys.map { material.data.items[$0].name }) == ["lift", "age"])
      let open = try await reader.answers(of: fixture.id, in: fixture.community)
      #expect(open.withSortedLanguages.canonical.digest == lock.digest)
      let breaches = try await fixture.database.read { try $0.breaches(of: AnalysisInvariants.invariants) }
      #expect(breaches.isEmpty)
      #expect(try await fixture.work.round() == 0)
    }
  }

  @Test(arguments: TestEngine.available) func `Only what was closed and answered is locked, and once`(
    _ engine: TestEngine
  ) async throws {
    try await LockFixture.with(engine, answers: 5) { fixture in
      await #expect(throws: Problem.lockNotClosed) { try await fixture.request() }
      try await fixture.close()
      try await fixture.request()
      await #expect(throws: Problem.lockRunning) { try await fixture.request() }
    }
  }

  @Test(arguments: TestEngine.available)
  func `An answer that comes between reading and locking ends the locking and is kept`(
    _ engine: TestEngine
  ) async throws {
    try await LockFixture.with(engine, answers: 12) { fixture in
      try await fixture.close()
      try await fixture.request()
      let request = try #require(try await fixture.lockRequest())
      let data = try await AnalysisReader(staff: fixture.staff).answers(of: fixture.id, in: fixture.community)
      // Opened again, answered, closed again: the state is the same as before, and the events tell.
      try await fixture.step(.reopened)
      try await fixture.answer(ResponseAnswers(values: ["lift": "yes"]), key: "late")
      try await fixture.step(.closed)
      await #expect(throws: Problem.lockChanged) {
        try await fixture.finish(request, data.withSortedLanguages.canonical)
      }
      #expect(try await fixture.work.round() == 0)
      #expect(try await fixture.lockRequest()?.failure == "lock.changed")
      #expect(try await fixture.lock() == nil)
      try await fixture.request()
      #expect(try await fixture.work.round() == 1)
      #expect(try await fixture.lock()?.answers == 13)
    }
  }

  @Test(arguments: TestEngine.available) func `No answer is taken after the locking`(_ engine: TestEngine)
    async throws
  {
    try await LockFixture.with(engine, answers: 6) { fixture in
      try await fixture.close()
      try await fixture.request()
      try await fixture.work.round()
      await #expect(throws: Problem.collectorEnded) {
        try await fixture.answer(ResponseAnswers(values: ["lift": "yes"]), key: "late")
      }
    }
  }
}
