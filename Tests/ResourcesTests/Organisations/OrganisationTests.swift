import Database
import Kernel
import People
import TestKit
import Testing

@testable import Resources

@Suite("Resources: organisations")
struct OrganisationTests {
  @Test("The standing of a promise does not depend on the order of what was seen")
  func standing() {
    var random = SeededGenerator(seed: 71)
    for _ in 0..<200 {
      let outcomes = (0..<Int.random(in: 0...9, using: &random)).compactMap { _ in
        PromiseKeeping.Outcome.allCases.randomElement(using: &random)
      }
      let standing = PromiseStanding(outcomes)
      #expect(standing == PromiseStanding(outcomes.shuffled(using: &random)))
      #expect(standing.times == Int64(outcomes.count))
      #expect((standing.state == .untried) == outcomes.isEmpty)
    }
  }

  @Test("What was not confirmed for a year is seen by nobody", arguments: TestEngine.available)
  func expiry(_ engine: TestEngine) async throws {
    try await OrganisationsFixture.with(engine) { fixture in
      let id = try await fixture.make()
      let inner = try await fixture.make(.residents)
      let anybody = try await fixture.browser()
      let resident = try await fixture.browser(of: fixture.neighbours[0])
      #expect(try await anybody.get("/organisations/\(id)").status == 200)
      #expect(try await anybody.get("/organisations/\(inner)").status == 404)
      #expect(try await resident.get("/organisations/\(inner)").status == 200)
      #expect(try await anybody.get("/hsds/organizations").text.contains("枫林助老会"))
      fixture.clock.move(to: OrganisationsFixture.start + .days(365))
      #expect(try await anybody.get("/organisations/\(id)").status == 404)
      #expect(try await anybody.get("/hsds/organizations").text.contains("\"empty\":true"))
      let choices = try await fixture.database.read {
        try OrganisationDirectory().choices(in: fixture.community, $0)
      }
      #expect(choices.map(\.id) == [id, inner])
    }
  }

  @Test("Whoever does not act for one is not written down as removed", arguments: TestEngine.available)
  func removed(_ engine: TestEngine) async throws {
    try await OrganisationsFixture.with(engine) { fixture in
      let (desk, actor, person) = (fixture.organisations.desk, fixture.actor, fixture.neighbours[0])
      let id = try await fixture.make()
      try await fixture.write {
        try desk.addRepresentative(phone: "13800138001", to: id, by: actor, in: $0)
      }
      for (gone, expected) in [(fixture.neighbours[1], 0), (person, 1), (person, 1)] {
        try await fixture.write { try desk.removeRepresentative(gone, from: id, by: actor, in: $0) }
        let noted = try await fixture.count(
          "SELECT count(*) FROM platform_audit WHERE action = 'resources.representative_remove'")
        #expect(noted == expected)
      }
      let left = try await fixture.database.read {
        try OrganisationDirectory().persons(of: id, in: fixture.community, $0)
      }
      #expect(left == [])
    }
  }

  @Test("Who acts for one is known until it is closed", arguments: TestEngine.available)
  func representatives(_ engine: TestEngine) async throws {
    try await OrganisationsFixture.with(engine) { fixture in
      let (desk, actor, person) = (fixture.organisations.desk, fixture.actor, fixture.neighbours[0])
      let id = try await fixture.make()
      for _ in 0..<2 {
        try await fixture.write {
          try desk.addRepresentative(phone: "13800138001", to: id, by: actor, in: $0)
        }
      }
      func represented() async throws -> [OrganisationID] {
        try await fixture.database.read {
          try OrganisationDirectory().represented(by: person, in: fixture.community, $0).map(\.id)
        }
      }
      #expect(try await represented() == [id])
      let stale = await OrganisationsFixture.code {
        try await fixture.write { try desk.close(id, seen: 0, by: actor, in: $0) }
      }
      #expect(stale == "resources.organisation_stale")
      try await fixture.write { try desk.close(id, seen: 1, by: actor, in: $0) }
      #expect(try await represented() == [])
    }
  }
}
