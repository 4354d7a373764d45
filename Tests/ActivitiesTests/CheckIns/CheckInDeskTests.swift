import Database
import Kernel
import People
import TestKit
import Testing

@testable import Activities

@Suite("Check-ins: the desk")
struct CheckInDeskTests {
  private func arrive(_ person: PersonID, _ id: ActivityID, _ fixture: ActivityFixture) async throws {
    try await fixture.write(id) { activity, transaction in
      try fixture.programme.checkIns.arrive(person, at: activity, in: transaction)
    }
  }

  private func tick(_ marks: DoorMarks, _ id: ActivityID, _ fixture: ActivityFixture) async throws -> Int {
    let cipher = try await fixture.programme.cipher(fixture.community)
    return try await fixture.write(id) { activity, transaction in
      try fixture.programme.checkIns.tick(
        marks, at: activity, sealing: cipher, by: fixture.actor, in: transaction)
    }
  }

  @Test(
    "Who came with a place, without one, from the line and after cancelling", arguments: TestEngine.available)
  func arrivals(_ engine: TestEngine) async throws {
    try await ActivityFixture.with(engine) { fixture in
      let id = try await fixture.make(capacity: 2)
      let neighbours = fixture.neighbours
      for person in neighbours.prefix(4) { try await fixture.take(person, id) }
      try await fixture.cancel(neighbours[3], id)
      #expect(
        await ActivityFixture.code { try await arrive(neighbours[0], id, fixture) }
          == "activities.check_in_not_now")
      fixture.clock.move(to: ActivityFixture.begins - .minutes(30))
      try await arrive(neighbours[0], id, fixture)
      #expect(
        await ActivityFixture.code { try await arrive(neighbours[2], id, fixture) }
          == "activities.check_in_full", "the second place is kept until it begins")
      fixture.clock.move(to: ActivityFixture.begins)
      try await arrive(neighbours[2], id, fixture)
      #expect(
        await ActivityFixture.code { try await arrive(neighbours[5], id, fixture) }
          == "activities.check_in_full")
      try await arrive(neighbours[1], id, fixture)
      var marks = DoorMarks()
      marks.names = ["带孩子的爸爸"]
      marks.nameless = 2
      #expect(try await tick(marks, id, fixture) == 3, "the station decides for itself")
      let attendance = try await fixture.attendance(id)
      #expect(attendance == ActivityAttendance(signedUp: 2, came: 2, walkIns: 4, waiting: 0))
      #expect(try await fixture.activity(id).confirmed == 2)
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(
    "Ticks of the desk count once, however often and however they are sent", arguments: TestEngine.available)
  func ticks(_ engine: TestEngine) async throws {
    try await ActivityFixture.with(engine) { fixture in
      let id = try await fixture.make(capacity: 3)
      for person in fixture.neighbours.prefix(5) { try await fixture.take(person, id) }
      let signUps = try await fixture.signUps(id)
      fixture.clock.move(to: ActivityFixture.ends + .days(2))
      var marks = DoorMarks()
      marks.ticked = [signUps[0].id, signUps[3].id]
      marks.numbers = [signUps[0].turn, signUps[1].turn]
      #expect(try await tick(marks, id, fixture) == 3)
      #expect(try await tick(marks, id, fixture) == 0)
      #expect(
        try await fixture.attendance(id)
          == ActivityAttendance(signedUp: 3, came: 2, walkIns: 1, waiting: 1))
      marks.numbers = [77]
      #expect(await ActivityFixture.code { _ = try await tick(marks, id, fixture) } == "form.invalid")
      // A tick of another activity is no tick of this one.
      let other = try await fixture.count("SELECT count(*) FROM activities_check_in")
      var strange = DoorMarks()
      strange.ticked = [SignUpID(rawValue: 1)]
      #expect(try await tick(strange, id, fixture) == 0)
      #expect(try await fixture.count("SELECT count(*) FROM activities_check_in") == other)
      for index in [0, 3] {
        let ticked = try #require(
          try await fixture.database.read {
            try SignUpStore.find(signUps[index].id, in: fixture.community, $0)
          })
        try await fixture.write(id) { activity, transaction in
          try fixture.programme.checkIns.untick(
            ticked, at: activity, by: fixture.actor, in: transaction)
        }
      }
      #expect(
        try await fixture.attendance(id)
          == ActivityAttendance(signedUp: 3, came: 1, walkIns: 0, waiting: 1))
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test("Somebody who taps twenty times while the desk ticks them came once", arguments: TestEngine.available)
  func race(_ engine: TestEngine) async throws {
    try await ActivityFixture.with(engine) { fixture in
      let id = try await fixture.make(capacity: 1)
      let (first, second) = (fixture.neighbours[0], fixture.neighbours[1])
      try await fixture.take(first, id)
      let turn = try await fixture.signUps(id)[0].turn
      fixture.clock.move(to: ActivityFixture.begins)
      let news = try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<20 {
          group.addTask {
            try await fixture.write(id) { activity, transaction in
              let arrival = try fixture.programme.checkIns.arrive(first, at: activity, in: transaction)
              return arrival == .new ? 1 : 0
            }
          }
          group.addTask {
            var marks = DoorMarks()
            marks.numbers = [turn]
            return try await tick(marks, id, fixture)
          }
          // Room is for one: the second comes in by nobody's leave.
          group.addTask {
            _ = await ActivityFixture.code { try await arrive(second, id, fixture) }
            return 0
          }
        }
        return try await group.reduce(0, +)
      }
      #expect(news == 1)
      let attendance = try await fixture.attendance(id)
      #expect(attendance.came == 1 && attendance.walkIns <= 1)
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test("What cannot be is found", arguments: TestEngine.available)
  func breaches(_ engine: TestEngine) async throws {
    try await ActivityFixture.with(engine) { fixture in
      let id = try await fixture.make(capacity: 1)
      for person in fixture.neighbours.prefix(2) { try await fixture.take(person, id) }
      fixture.clock.move(to: ActivityFixture.begins)
      try await arrive(fixture.neighbours[0], id, fixture)
      try await fixture.write { transaction in
        try transaction.execute("UPDATE activities_activity SET confirmed = 0, turns = 1 WHERE id = \(id)")
        try transaction.execute(
          """
          UPDATE activities_sign_up SET state = 'cancelled', ended_at = 1
          WHERE person_id = \(fixture.neighbours[0])
          """)
        try transaction.execute(
          """
          INSERT INTO activities_sign_up (id, community_id, activity_id, turn, channel, state, signed_up_at)
          VALUES (9, \(fixture.community), \(id), 9, 'walk_in', 'door', 1)
          """)
      }
      let names = Set(try await fixture.breaches().map { $0.prefix { $0 != ":" } })
      #expect(
        names == [
          "activities.waiting_beside_a_place", "activities.check_in_misplaced",
          "activities.door_without_check_in", "activities.turn_beyond",
        ])
    }
  }
}
