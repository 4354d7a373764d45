import HTTPTypes
import Kernel
import Security
import TestKit
import Testing

@testable import Care
@testable import Database
@testable import NuanlinServer
@testable import People

/// Asking, waiting and being deleted through the doors of the program, with a hand on the clock.
@Suite struct DataRequestDoorTests {
  @Test(arguments: TestEngine.available)
  func `who asked to be deleted is gone after three days, at the hands of two`(engine: TestEngine)
    async throws
  {
    let clock = MovableClock(Shopping.start)
    try await House.with(engine, clock: clock.clock) { house in
      let person = try await house.person(roles: [.resident])
      let worker = try await Self.browser(house, [.socialWorker])
      let committee = try await Self.browser(house, [.committee])
      let own = house.browser()
      own.setCookie("sid", try await house.bearer(of: person))
      #expect(try await own.get("/account/data").status == 200)
      // The social worker takes it down at the counter and cannot carry it out, now or later.
      _ = try await worker.get("/desk/people/\(person)/data-requests")
      let taken = try await worker.post(
        "/desk/people/\(person)/data-requests",
        ["kind": "deletion", "identified_by": "known", "idempotency_key": Self.key])
      #expect(taken.status == 303)
      let path = try await Self.request(of: person, house)
      let yes: KeyValuePairs = ["outcome": "done", "certain": "on"]
      _ = try await committee.get(path)
      #expect(try await committee.post("\(path)/answer", yes).status == 409)
      clock.move(to: Shopping.start + .days(3))
      let again = try await Self.browser(house, [.committee])
      _ = try await again.get(path)
      #expect(try await again.post("\(path)/answer", ["outcome": "done"]).status == 422)
      _ = try await worker.get(path)
      #expect(try await worker.post("\(path)/answer", yes).status != 303)
      #expect(try await again.post("\(path)/answer", yes).status == 303)
      #expect(try await again.get("/desk/people/\(person)").text.contains(ErasureStore.nobody))
      #expect(try await own.get("/account/data").status != 200, "the session lives on")
      #expect(try await again.get("/desk/people/\(person)/correct").status == 404)
      #expect(try await house.switchboard.breaches() == [])
    }
  }

  @Test func `the desk's copy tells nothing of casework, and the person's own does`() async throws {
    try await House.with { house in
      let person = try await house.person(roles: [.resident])
      let care = house.switchboard.care
      let staff = (
        try await house.person(roles: [.socialWorker]), try await house.person(roles: [.supervisor])
      )
      let seal = try await care.keys.sealing(person, in: house.community)
      try await house.switchboard.database.write(in: house.community) { transaction in
        _ = try care.desk.open(
          CaseDesk.Draft(
            person: person, field: .family, source: .asked, words: CareDocument([.concern: "睡不着"]),
            assignment: CaseDesk.Assignment(worker: staff.0, supervisor: staff.1)),
          sealing: seal, by: Actor(person: staff.0, role: .socialWorker), in: transaction)
      }
      let desk = Actor(person: staff.1, role: .supervisor)
      let rights = house.switchboard.rights
      let printed = try await rights.copy(of: person, isOwn: false, in: house.community, by: desk)
      let tables = printed.parts.flatMap(\.tables).map(\.name.description)
      #expect(!tables.contains { $0.hasPrefix("care_") || $0.hasPrefix("messages_") })
      let own = try await rights.copy(
        of: person, isOwn: true, in: house.community, by: Actor(person: person, role: .resident))
      #expect(own.parts.flatMap(\.tables).contains { $0.name.description == "care_case" })
      let trail = try await house.switchboard.database.read {
        try $0.auditTrail(of: person.rawValue, in: house.community, limit: 50)
      }.filter { $0.entry.action == "people.data_copy" }
      #expect(trail.count == 2, "a copy was made that the audit chain does not know of")
    }
  }

  private static let key = "a-key-of-the-counter-form"

  private static func browser(_ house: House, _ roles: Set<Role>) async throws -> Browser {
    let browser = house.browser()
    browser.setCookie("sid", try await house.bearer(of: try await house.person(roles: roles)))
    return browser
  }

  private static func request(of person: PersonID, _ house: House) async throws -> String {
    let found = try await house.switchboard.database.read {
      try DataRequestStore.requests(of: person, in: house.community, $0)
    }
    return "/data-requests/\(try #require(found.first).id)"
  }
}
