import Database
import Kernel
import Security
import TestKit
import Testing
import Web

@testable import People

@Suite("Signing in")
struct SignInTests {
  @Test("A right password begins a session that shows who it is", arguments: TestEngine.available)
  func rightPassword(engine: TestEngine) async throws {
    try await Neighbourhood.with(engine) { place in
      let household = try await place.household()
      let person = try await place.resident(household: household, roles: [.leader])
      let begun = try await place.signIn()
      let found = try #require(await place.find(begun.session))
      #expect(found.personID == person)
      #expect(found.householdID == household)
      #expect(found.roles == [.leader, .resident])
      #expect(found.level == .password)
      #expect(try await place.breaches() == [])
    }
  }

  @Test(
    "A number that nobody has is refused exactly like a wrong password, pauses included",
    arguments: TestEngine.available)
  func uniform(engine: TestEngine) async throws {
    try await Neighbourhood.with(engine) { place in
      _ = try await place.resident()
      var known: [String?] = []
      var unknown: [String?] = []
      for _ in 0..<7 {
        known.append(
          await problemCode {
            _ = try await place.people.signIn(
              place.credentials("13800138000", "falsch falsch"), in: place.community)
          })
        unknown.append(
          await problemCode {
            _ = try await place.people.signIn(
              place.credentials("13900139000", "falsch falsch"), in: place.community)
          })
      }
      #expect(known == unknown)
      #expect(known == Array(repeating: "sign_in.failed", count: 5) + ["rate.limited", "rate.limited"])
    }
  }

  @Test(
    "Many guesses at once are counted one by one, and the right password waits with the rest",
    arguments: TestEngine.available)
  func parallelGuesses(engine: TestEngine) async throws {
    try await Neighbourhood.with(engine) { place in
      _ = try await place.resident()
      let codes = await withTaskGroup(of: String?.self) { group in
        for guess in 0..<40 {
          group.addTask {
            await problemCode {
              _ = try await place.people.signIn(
                place.credentials("13800138000", "guess \(guess)"), in: place.community)
            }
          }
        }
        return await group.reduce(into: []) { $0.append($1) }
      }
      #expect(codes.count { $0 == "sign_in.failed" } == 5)
      #expect(codes.count { $0 == "rate.limited" } == 35)
      #expect(await problemCode { _ = try await place.signIn() } == "rate.limited")
      place.clock.advanceSeconds(2)
      _ = try await place.signIn()
    }
  }

  @Test(
    "A stranger's failures do not slow a browser that has signed in before", arguments: TestEngine.available)
  func knownDevice(engine: TestEngine) async throws {
    try await Neighbourhood.with(engine) { place in
      _ = try await place.resident()
      let mark = try #require(await place.signIn().deviceMark)
      for _ in 0..<6 {
        _ = await problemCode {
          _ = try await place.people.signIn(
            place.credentials("13800138000", "falsch falsch"), in: place.community)
        }
      }
      #expect(await problemCode { _ = try await place.signIn() } == "rate.limited")
      let credentials = try place.credentials(device: mark)
      #expect(
        await problemCode { _ = try await place.people.signIn(credentials, in: place.community) } == nil)
    }
  }

  @Test(
    "Someone who is disabled loses all sessions at once and cannot come back", arguments: TestEngine.available
  )
  func disabled(engine: TestEngine) async throws {
    try await Neighbourhood.with(engine) { place in
      let person = try await place.resident(household: place.household())
      var sessions: [Session] = []
      for _ in 0..<3 { sessions.append(try await place.signIn().session) }
      for session in sessions { #expect(try await place.find(session) != nil) }
      let actor = Actor(person: PersonID(rawValue: 1), role: .operator)
      try await place.people.setDisabled(
        true, person, in: place.community, by: actor, actorRoles: [.operator])
      for session in sessions { #expect(try await place.find(session) == nil) }
      #expect(await problemCode { _ = try await place.signIn() } == "sign_in.failed")
      #expect(try await place.breaches() == [])
      try await place.people.setDisabled(
        false, person, in: place.community, by: actor, actorRoles: [.operator])
      place.clock.advanceSeconds(5)
      _ = try await place.signIn()
    }
  }

  @Test("A session is found only in its own community", arguments: TestEngine.available)
  func communities(engine: TestEngine) async throws {
    try await Neighbourhood.with(engine) { place in
      _ = try await place.resident()
      let other = try await place.otherCommunity()
      let session = try await place.signIn().session
      #expect(try await place.people.sessions.find(session.hash, other) == nil)
      try await place.people.sessions.end(session.hash, other)
      #expect(try await place.find(session) != nil)
      #expect(
        await problemCode { _ = try await place.people.signIn(place.credentials(), in: other) }
          == "sign_in.failed")
    }
  }

  @Test(
    "Staff need their authenticator: the password alone opens no staff role, and no code works twice",
    arguments: TestEngine.available)
  func secondFactor(engine: TestEngine) async throws {
    try await Neighbourhood.with(engine) { place in
      let secret = TimeBasedCode.makeSecret()
      _ = try await place.resident(roles: [.socialWorker], secondFactor: secret)
      guard
        case .needsCode(let ticket) = try await place.people.signIn(place.credentials(), in: place.community)
      else {
        Issue.record("no code was asked for")
        return
      }
      func enter(_ code: String) async -> String? {
        await problemCode {
          _ = try await place.people.signIn(ticket: ticket, code: code, userAgent: "", in: place.community)
        }
      }
      let code = TimeBasedCode(secret: secret).code(at: place.clock.now)
      let wrong = code == "000000" ? "000001" : "000000"
      #expect(await enter(wrong) == "sign_in.failed")
      let begun = try await place.people.signIn(
        ticket: ticket, code: code, userAgent: "", in: place.community)
      #expect(begun.session.roles == [.socialWorker])
      #expect(begun.session.level == .secondFactor)
      #expect(await enter(code) == "sign_in.failed")
      place.clock.advance(by: .minutes(6))
      #expect(
        await enter(TimeBasedCode(secret: secret).code(at: place.clock.now)) == "sign_in.ticket_expired")
    }
  }

  @Test("One code entered in several places at once opens one session", arguments: TestEngine.available)
  func racedCode(engine: TestEngine) async throws {
    try await Neighbourhood.with(engine) { place in
      let secret = TimeBasedCode.makeSecret()
      let person = try await place.resident(roles: [.socialWorker], secondFactor: secret)
      guard
        case .needsCode(let ticket) = try await place.people.signIn(place.credentials(), in: place.community)
      else {
        Issue.record("no code was asked for")
        return
      }
      let code = TimeBasedCode(secret: secret).code(at: place.clock.now)
      let codes = await withTaskGroup(of: String?.self) { group in
        for _ in 0..<4 {
          group.addTask {
            await problemCode {
              _ = try await place.people.signIn(
                ticket: ticket, code: code, userAgent: "", in: place.community)
            }
          }
        }
        return await group.reduce(into: []) { $0.append($1) }
      }
      #expect(codes.count { $0 == nil } == 1)
      let sessions = try await place.database.read { try $0.sessions(of: person, in: place.community) }
      #expect(sessions.count == 1)
    }
  }

  @Test(
    "A staff account without authenticator is let in without its staff roles", arguments: TestEngine.available
  )
  func enrolment(engine: TestEngine) async throws {
    try await Neighbourhood.with(engine) { place in
      _ = try await place.resident(roles: [.committee, .leader])
      let begun = try await place.signIn()
      #expect(begun.session.roles == [.leader])
      try await place.people.beginSecondFactor(begun.session)
      let candidate = try #require(await place.people.secondFactorCandidate(begun.session))
      #expect(
        await problemCode {
          _ = try await place.people.confirmSecondFactor(begun.session, code: "12345", userAgent: "")
        } == "second_factor.wrong")
      let next = try await place.people.confirmSecondFactor(
        begun.session, code: candidate.code(at: place.clock.now), userAgent: "")
      #expect(next.session.roles == [.committee, .leader])
      #expect(try await place.find(begun.session) == nil)
    }
  }

  @Test(
    "A new role ends the old sessions, and a confirmed membership shows in them",
    arguments: TestEngine.available)
  func freshRoles(engine: TestEngine) async throws {
    try await Neighbourhood.with(engine) { place in
      let person = try await place.resident()
      let session = try await place.signIn().session
      #expect(try await place.find(session)?.roles == [])
      let door = try Door(building: "3", unit: "2", room: "501")
      try await place.people.requestMembership(of: person, at: door, in: place.community)
      #expect(try await place.find(session)?.householdID == nil)
      let actor = Actor(person: PersonID(rawValue: 1), role: .leader)
      try await place.people.confirmMembership(
        of: person, seen: place.clock.now, in: place.community, by: actor)
      #expect(try await place.find(session)?.roles == [.resident])
      try await place.people.changeRole(
        .leader, of: person, isGrant: true, in: place.community,
        by: Actor(person: PersonID(rawValue: 1), role: .committee), actorRoles: [.committee])
      #expect(try await place.find(session) == nil)
      #expect(try await place.breaches() == [])
    }
  }

  @Test(
    "Registering a number that is taken changes nothing and says nothing", arguments: TestEngine.available)
  func takenNumber(engine: TestEngine) async throws {
    try await Neighbourhood.with(engine) { place in
      let owner = try await place.resident()
      var reader = FormReader(
        Form(["name": "骗子", "phone": "138 0013 8000", "password": "别人的长密码一二三"]))
      let draft = try #require(AccountDraft(&reader, placeNames: Phrase("枫林社区", "Maple Grove")))
      let door = try Door(building: "9", unit: "", room: "9")
      try await place.people.register(draft, door: door, in: place.community)
      #expect(try await place.signIn().session.personID == owner)
      let count: Int64? = try await place.database.read { try $0.value("SELECT count(*) FROM people_person") }
      #expect(count == 1)
    }
  }

  @Test("Changing the password ends every other session", arguments: TestEngine.available)
  func passwordChange(engine: TestEngine) async throws {
    try await Neighbourhood.with(engine) { place in
      let person = try await place.resident()
      let kept = try await place.signIn().session
      let other = try await place.signIn().session
      try await place.people.changePassword(
        of: person, keeping: kept.hash, to: "新的长密码一二三", in: place.community)
      #expect(try await place.find(kept) != nil)
      #expect(try await place.find(other) == nil)
      #expect(await problemCode { _ = try await place.signIn() } == "sign_in.failed")
    }
  }

  @Test(
    "A session is renewed at most by use, and the renewal is seen at once", arguments: TestEngine.available)
  func touch(engine: TestEngine) async throws {
    try await Neighbourhood.with(engine) { place in
      _ = try await place.resident()
      let session = try await place.signIn().session
      _ = try await place.find(session)
      let later = place.clock.now + .minutes(2)
      try await place.people.sessions.touch(session, later)
      #expect(try await place.find(session)?.lastSeenAt == later)
      try await place.people.sessions.touch(session, later - .minutes(1))
      #expect(try await place.find(session)?.lastSeenAt == later)
    }
  }
}
