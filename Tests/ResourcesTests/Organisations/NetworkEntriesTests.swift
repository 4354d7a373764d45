import Database
import Kernel
import TestKit
import Testing

@testable import Resources

@Suite("Resources: what is entered from elsewhere in the program")
struct NetworkEntriesTests {
  @Test("Its words are those of the desks")
  func words() {
    #expect(PlaceEntry.Kind.allCases.map(\.rawValue) == Place.Kind.allCases.map(\.rawValue))
    #expect(KeepingEntry.Outcome.allCases.map(\.rawValue) == PromiseKeeping.Outcome.allCases.map(\.rawValue))
  }

  @Test(
    "A plan, its buildings, places, services and promises stand as from the desks",
    arguments: TestEngine.available)
  func entered(_ engine: TestEngine) async throws {
    try await OrganisationsFixture.with(engine) { (fixture) async throws -> Void in
      let entries = NetworkEntries(organisations: fixture.organisations.desk, places: fixture.places.desk)
      let actor = fixture.actor
      let buildings = try await fixture.write { transaction in
        try entries.keep(plan: Array(PlaceFixture.plan.utf8), by: actor, in: transaction)
        try entries.keepAddress(
          province: Phrase("上海市", "Shanghai"), city: Phrase("上海市", "Shanghai"), postalCode: "000000",
          by: actor,
          in: transaction)
        return try entries.takeBuildings(by: actor, in: transaction)
      }
      #expect(buildings.count == 1)
      let id = try await fixture.write { transaction in
        let id = try entries.enter(
          OrganisationEntry(
            kind: .volunteers, name: Phrase("红马甲", "Red vests"), description: Phrase("帮忙", "Help")),
          by: actor, in: transaction)
        let place = try entries.enter(
          PlaceEntry(
            kind: .pickupPoint, name: Phrase("提货点", "Pickup point"), address: "3号楼", hours: "周二 16:00–19:00",
            onPlan: (10, 20)), keptBy: id, by: actor, in: transaction)
        try entries.enter(
          ServiceEntry(name: Phrase("拎菜", "Carrying"), description: Phrase("上楼", "Upstairs")), at: [place],
          of: id, by: actor, in: transaction)
        let promise = try entries.enter(
          PromiseEntry(.hands, "来四个人"), until: nil, of: id, by: actor, in: transaction)
        try entries.note(KeepingEntry(.kept), of: promise, by: actor, in: transaction)
        return id
      }
      let anybody = try await fixture.browser()
      let page = try await anybody.get("/organisations/\(id)").text
      #expect(page.contains("来四个人") && page.contains("说到做到") && page.contains("提货点"))
      let directory = try await anybody.get("/hsds/service_at_locations?full=true").text
      #expect(directory.contains("\"postal_code\":\"000000\"") && directory.contains("\"latitude\""))
      let breaches = try await fixture.breaches()
      #expect(breaches.isEmpty)
    }
  }

  @Test("Nothing is promised that the network does not give", arguments: TestEngine.available)
  func refused(_ engine: TestEngine) async throws {
    try await OrganisationsFixture.with(engine) { (fixture) async throws -> Void in
      let entries = NetworkEntries(organisations: fixture.organisations.desk, places: fixture.places.desk)
      let (id, actor) = (try await fixture.make(), fixture.actor)
      await #expect(throws: Problem.internalFault) {
        try await fixture.write {
          _ = try entries.enter(PromiseEntry(.company, "陪聊"), until: nil, of: id, by: actor, in: $0)
        }
      }
    }
  }
}
