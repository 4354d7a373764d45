import Database
import Kernel
import People
import Security
import TestKit
import Testing

@testable import Care

/// What is written about clients is kept for three years after a case was closed, and no longer.
@Suite struct TextRetentionTests {
  @Test func `the term begins with the closing and ends with a reopening`() {
    var standing = CaseStanding.new(at: CareStation.start)
    #expect(TextKeeping.end(of: standing) == nil)
    let actor = Actor(person: PersonID(rawValue: 1), role: .socialWorker)
    let closed = CareStation.start + .days(10)
    standing = standing.after(
      CaseEvent(.closed(from: .intake, .notOpened, CaseClosingID(rawValue: 1)), at: closed, by: actor))
    #expect(TextKeeping.end(of: standing) == closed + .days(1096))
    standing = standing.after(CaseEvent(.reopened, at: closed + .days(1), by: actor))
    #expect(TextKeeping.end(of: standing) == nil)
  }

  /// Closes a case the short way: turned down at intake.
  private static func close(_ station: CareStation, _ id: CaseID) async throws {
    let desk = station.care.desk
    let closing = try await station.in(id, as: station.xu) { open, seal, transaction in
      try desk.propose(
        .notOpened, words: CareDocument([.summary: "不开案", .noView: "电话里说的"]), open, sealing: seal,
        in: transaction
      ).id
    }
    try await station.in(id, as: station.zheng) { open, seal, transaction in
      try desk.decide(
        closing, isApproved: true, words: CareDocument(), open, sealing: seal, in: transaction)
    }
    try await station.in(id, as: station.xu) { open, _, transaction in
      try desk.end(&open, seen: open.file.standing.events, in: transaction)
    }
  }

  private static func texts(_ station: CareStation, of person: PersonID) async throws -> Int64 {
    try await station.database.read {
      try $0.value("SELECT count(*) FROM care_text WHERE person_id = \(person)") ?? -1
    }
  }

  private static func runJobs(_ station: CareStation) async throws {
    try await JobRunner(station.database, handlers: station.care.jobs + station.people.jobs).runDue()
  }

  @Test(arguments: TestEngine.available)
  func `nothing goes a day before three years, and all a day after`(engine: TestEngine) async throws {
    try await CareStation.with(engine) { station in
      let closed = try await station.openCase()
      let reopened = try await station.openCase(of: station.li)
      try await Self.close(station, closed)
      try await Self.close(station, reopened)
      station.clock.advance(by: .days(30))
      try await station.move(reopened, .reopen)
      let before = (
        try await Self.texts(station, of: station.wang), try await Self.texts(station, of: station.li)
      )
      #expect(before.0 > 1 && before.1 > 1)
      station.clock.advance(by: .days(1096 - 30 - 1))
      try await Self.runJobs(station)
      #expect(try await Self.texts(station, of: station.wang) == before.0)
      station.clock.advance(by: .days(2))
      try await Self.runJobs(station)
      #expect(try await Self.texts(station, of: station.wang) == 0)
      #expect(try await Self.texts(station, of: station.li) == before.1, "it was opened again")
      #expect(try await station.breaches() == [])
      let file = try await station.file(closed)
      #expect(file.standing.outcome == .notOpened, "what is counted stays")
      let page = try await station.browser(of: station.xu).get("/cases/\(closed)")
      #expect(page.status == 200 && page.text.contains("已经按规定销毁"))
    }
  }

  @Test(arguments: TestEngine.available)
  func `keys of whom nothing is written any more are destroyed, and the person may come again`(
    engine: TestEngine
  ) async throws {
    try await CareStation.with(engine) { station in
      let id = try await station.openCase()
      let kept = try await station.openCase(of: station.li)
      try await Self.close(station, id)
      let copied = try await station.database.read { [community = station.community] snapshot in
        try CareTextStore.texts(TextScope(condition: "1 = 1"), in: community, snapshot)
      }
      station.clock.advance(by: .days(1098))
      try await Self.runJobs(station)
      let rotation = station.care.keyRotation(station.personKeys)
      // A new key, the end of the time in which the old one may still be used, and its destruction.
      for _ in 1...3 {
        try await rotation.round()
        station.clock.advance(by: .hours(1))
      }
      let opener = try await CareKeys(vault: try station.newVault()).opening(
        [station.wang, station.li], in: station.community)
      for text in copied where text.person == station.wang {
        #expect(try opener.open(text) == nil)
      }
      for text in copied where text.person == station.li { #expect(try opener.open(text) != nil) }
      let scope = KeyScope(community: station.community, dataClass: .casework, person: station.wang)
      let living = try await station.personKeys.load(scope).filter { !$0.bytes.isEmpty }
      #expect(living.map(\.id) == [2])
      // A round more changes nothing.
      try await rotation.round()
      #expect(try await station.personKeys.load(scope).count == 2)
      let again = try await station.openCase()
      #expect(try await station.file(again).standing.stage == .intake)
      #expect(try await station.file(kept).standing.stage == .intake)
      #expect(try await station.breaches() == [])
    }
  }

  @Test func `a case that begins while the keys are to end keeps its words`() async throws {
    try await CareStation.with(.sqlite) { station in
      let id = try await station.openCase()
      try await Self.close(station, id)
      station.clock.advance(by: .days(1098))
      try await Self.runJobs(station)
      // Sealed under the old key, for the new one is not current yet.
      let rotation = station.care.keyRotation(station.personKeys)
      try await rotation.round()
      let again = try await station.openCase()
      for _ in 1...3 {
        station.clock.advance(by: .hours(1))
        try await rotation.round()
      }
      let opener = try await CareKeys(vault: try station.newVault()).opening(
        [station.wang], in: station.community)
      let file = try await station.file(again)
      let texts = try await station.database.read { [community = station.community] in
        try CareTextStore.texts([file.intake], TextScope(condition: "1 = 1"), in: community, $0)
      }
      #expect(try texts.map { try opener.open($0)?[.concern] } == ["一个人住，不大出门"])
      let scope = KeyScope(community: station.community, dataClass: .casework, person: station.wang)
      #expect(try await station.personKeys.load(scope).filter { !$0.bytes.isEmpty }.map(\.id) == [2])
    }
  }

  @Test(arguments: TestEngine.available)
  func `a run takes a bounded part, and the rest follows`(engine: TestEngine) async throws {
    try await CareStation.with(engine) { station in
      let id = try await station.openCase()
      try await Self.close(station, id)
      station.clock.advance(by: .days(1098))
      let now = station.clock.now
      let (first, rest) = try await station.database.write(in: station.community) { transaction in
        (
          try TextRetentionStore.forget(
            closedBefore: TextKeeping.closedBefore(now), limit: 1, in: transaction
          ).count,
          try TextRetentionStore.forget(
            closedBefore: TextKeeping.closedBefore(now), limit: 100, in: transaction
          ).count
        )
      }
      #expect(first == 1 && rest == 1)
    }
  }

  @Test func `every rule says what, how long and why`() {
    #expect(Care.retentionRules.count >= 3)
  }
}
