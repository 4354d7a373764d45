import Database
import Kernel
import People
import TestKit
import Testing

@testable import Activities

@Suite("Sign-ups: the desk")
struct SignUpDeskTests {
  @Test("Whoever is signed up by the station is told, once", arguments: TestEngine.available)
  func byStation(_ engine: TestEngine) async throws {
    try await ActivityFixture.with(engine) { fixture in
      let id = try await fixture.make(capacity: 1)
      let desk = fixture.programme.signUps
      for person in [fixture.neighbours[0], fixture.neighbours[0], fixture.neighbours[1]] {
        try await fixture.write(id) { activity, transaction in
          try desk.take(person, .phone, in: activity, by: fixture.actor, in: transaction)
        }
      }
      #expect(try await fixture.messages(ActivityNotices.signedUp) == 2)
      let signUps = try await fixture.signUps(id)
      #expect(signUps.map(\.state) == [.confirmed, .waiting])
      #expect(signUps.allSatisfy { $0.channel == .phone && $0.signedUpBy == fixture.actor })
      let activity = try await fixture.activity(id)
      let stranger = await ActivityFixture.code {
        try await fixture.database.write(in: fixture.other) { transaction in
          _ = try desk.take(
            fixture.neighbours[2], .phone, in: activity, by: fixture.actor, in: transaction)
        }
      }
      #expect(stranger == "not_found")
    }
  }

  @Test("Somebody is found by telephone and by door", arguments: TestEngine.available)
  func found(_ engine: TestEngine) async throws {
    try await ActivityFixture.with(engine) { fixture in
      let desk = fixture.programme.signUps
      func person(_ asked: SignUpForm.Asked) async -> Result<PersonID, Problem> {
        do {
          return .success(
            try await fixture.database.read { try desk.person(asked, in: fixture.community, $0) })
        } catch {
          return .failure((error as? Problem) ?? .internalFault)
        }
      }
      #expect(await person(.phone("138 0013 8001")) == .success(fixture.neighbours[0]))
      #expect(await person(.phone("13900000000")) == .failure(.signUpPersonUnknown))
      let several = try Door(building: "3号楼", unit: "2单元", room: "501")
      #expect(await person(.door(several)) == .failure(.signUpWhichOne))
      let nobody = try Door(building: "9", unit: "1", room: "101")
      #expect(await person(.door(nobody)) == .failure(.signUpDoorUnknown))
    }
  }

  @Test(
    "Names of those without an account are sealed, and forgotten 90 days later",
    arguments: TestEngine.available)
  func names(_ engine: TestEngine) async throws {
    try await ActivityFixture.with(engine) { fixture in
      let id = try await fixture.make(capacity: nil)
      let cipher = try await fixture.programme.cipher(fixture.community)
      try await fixture.write(id) { activity, transaction in
        for name in ["穿红衣服的阿姨", nil] {
          try fixture.programme.signUps.takeNameless(
            name, in: activity, sealing: cipher, by: fixture.actor, in: transaction)
        }
      }
      let stored = try await fixture.database.read {
        try $0.values("SELECT name FROM activities_sign_up WHERE name IS NOT NULL", as: [UInt8].self)
      }
      #expect(stored.count == 1)
      #expect(stored[0].firstRange(of: Array("阿姨".utf8)) == nil)
      let signUps = try await fixture.signUps(id)
      func named() async throws -> [String?] {
        let reading = SignUpReading(directory: fixture.people.directory, cipher: cipher)
        return try await fixture.database.read {
          try reading.named(signUps, in: fixture.community, $0).map(\.name)
        }
      }
      #expect(try await named() == ["穿红衣服的阿姨", nil])
      let jobs = JobRunner(fixture.database, handlers: fixture.programme.jobs + fixture.people.jobs)
      fixture.clock.move(to: ActivityFixture.ends + ForgetWalkIns.keepingTime - .seconds(1))
      try await jobs.runDue()
      #expect(try await named() == ["穿红衣服的阿姨", nil])
      fixture.clock.advance(by: .seconds(1))
      try await jobs.runDue()
      #expect(try await named() == [nil, nil])
      #expect(try await fixture.signUps(id).count == 2, "the counts stay")
    }
  }

  @Test("Who is deleted gives their place to whoever waits", arguments: TestEngine.available)
  func deletion(_ engine: TestEngine) async throws {
    try await ActivityFixture.with(engine) { fixture in
      let id = try await fixture.make(capacity: 1)
      let (gone, next) = (fixture.neighbours[0], fixture.neighbours[1])
      try await fixture.take(gone, id)
      try await fixture.take(next, id)
      let subject = DataSubject(person: gone, household: nil, community: fixture.community)
      try await fixture.write { try fixture.programme.forget(subject, in: $0) }
      let signUps = try await fixture.signUps(id)
      #expect(signUps.map(\.person) == [next] && signUps[0].state == .confirmed)
      #expect(try await fixture.messages(ActivityNotices.movedUp, to: next) == 1)
      // What the data map leaves of their rows.
      for table in ActivityPersonRows.tables {
        guard case .cleared(let assignments) = table.ending else { continue }
        try await fixture.write { transaction in
          try transaction.execute(
            """
            UPDATE \(Query(stringLiteral: table.table)) SET \(assignments)
            WHERE community_id = \(fixture.community) AND (\(table.isAbout(subject)))
            """)
        }
      }
      let left = try await fixture.count(
        "SELECT count(*) FROM activities_sign_up WHERE person_id = \(gone)")
      #expect(left == 0)
      #expect(try await fixture.breaches() == [])
    }
  }
}
