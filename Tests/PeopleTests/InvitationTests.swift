import Database
import Kernel
import Security
import TestKit
import Testing
import Web

@testable import People

@Suite("Invitations")
struct InvitationTests {
  private static let committee = Actor(person: PersonID(rawValue: 1), role: .committee)

  private static func draft(_ number: Int) throws -> AccountDraft {
    var reader = FormReader(
      Form(["name": "邻居\(number)", "phone": "1380013\(8000 + number)", "password": "一句记得住的话儿"]))
    return try #require(AccountDraft(&reader, placeNames: Phrase("枫林社区", "Maple Grove")))
  }

  @Test("Of many who use one invitation at once, one gets in", arguments: TestEngine.available)
  func raced(engine: TestEngine) async throws {
    try await Neighbourhood.with(engine) { place in
      let household = try await place.household()
      let code = try await place.people.invite(
        household: household, roles: [], requestKey: "a request key of 24 c", in: place.community,
        by: Self.committee, actorRoles: [.committee])
      let codes = await withTaskGroup(of: String?.self) { group in
        for number in 0..<12 {
          group.addTask {
            await problemCode {
              _ = try await place.people.accept(code, Self.draft(number), in: place.community)
            }
          }
        }
        return await group.reduce(into: []) { $0.append($1) }
      }
      #expect(codes.count { $0 == nil } == 1)
      #expect(codes.count { $0 == "invitation.unusable" } == 11)
      let members = try await place.database.read { try $0.persons(of: household, in: place.community) }
      #expect(members.count == 1)
      #expect(try await place.breaches() == [])
    }
  }

  @Test("A form sent twice is one invitation and shows the same code", arguments: TestEngine.available)
  func sentTwice(engine: TestEngine) async throws {
    try await Neighbourhood.with(engine) { place in
      func invite(_ roles: Set<Role>, _ key: String) async throws -> SecretToken {
        try await place.people.invite(
          household: nil, roles: roles, requestKey: key, in: place.community, by: Self.committee,
          actorRoles: [.committee])
      }
      let first = try await invite([.leader], "the key of the first form")
      #expect(try await invite([.leader], "the key of the first form") == first)
      #expect(try await invite([.leader], "the key of another form") != first)
      #expect(
        await problemCode { _ = try await invite([.merchant], "the key of the first form") } == "form.stale")
      let count: Int64? = try await place.database.read {
        try $0.value("SELECT count(*) FROM people_invitation")
      }
      #expect(count == 2)
    }
  }

  @Test("An invitation ends after fourteen days, and when it is taken back", arguments: TestEngine.available)
  func ends(engine: TestEngine) async throws {
    try await Neighbourhood.with(engine) { place in
      func invite(_ key: String) async throws -> SecretToken {
        try await place.people.invite(
          household: nil, roles: [.merchant], requestKey: key, in: place.community, by: Self.committee,
          actorRoles: [.committee])
      }
      let first = try await invite("the key of the first form")
      let second = try await invite("the key of the second form")
      let opened = try #require(await place.people.openInvitation(first, in: place.community))
      try await place.people.revokeInvitation(opened.id, in: place.community, by: Self.committee)
      #expect(try await place.people.openInvitation(first, in: place.community) == nil)
      place.clock.advance(by: .days(14) - .seconds(1))
      #expect(try await place.people.openInvitation(second, in: place.community) != nil)
      place.clock.advanceSeconds(1)
      #expect(
        await problemCode { _ = try await place.people.accept(second, Self.draft(1), in: place.community) }
          == "invitation.unusable")
    }
  }

  @Test("An invitation opens nothing in another community", arguments: TestEngine.available)
  func communities(engine: TestEngine) async throws {
    try await Neighbourhood.with(engine) { place in
      let other = try await place.otherCommunity()
      let code = try await place.people.invite(
        household: nil, roles: [.leader], requestKey: "a request key of 24 c", in: place.community,
        by: Self.committee, actorRoles: [.committee])
      #expect(try await place.people.openInvitation(code, in: other) == nil)
      let foreign = try await place.household("1", "", "1", in: other)
      #expect(
        await problemCode {
          _ = try await place.people.invite(
            household: foreign, roles: [], requestKey: "another key of 24 char", in: place.community,
            by: Self.committee, actorRoles: [.committee])
        } == "not_found")
    }
  }
}
