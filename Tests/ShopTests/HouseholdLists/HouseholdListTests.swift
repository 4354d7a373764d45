import Database
import Kernel
import People
import TestKit
import Testing
import Web

@testable import Shop

@Suite("Lists of households")
struct HouseholdListTests {
  @Test(
    "Each list is kept by its own people, by door, and one leaves the other alone",
    arguments: TestEngine.available)
  func kept(_ engine: TestEngine) async throws {
    try await Market.with(engine) { market in
      let worker = try await market.person("许社工", [.socialWorker])
      let home = try await market.household(of: market.wang)
      let browser = try await market.browser(of: worker, level: .secondFactor)
      func all(_ list: HouseholdList) async throws -> Set<HouseholdID> {
        try await market.database.read { try HouseholdListStore.all(list, in: market.community, $0) }
      }
      for (list, action) in [
        (HouseholdList.protected, "shop.household_protect"), (.paper, "shop.paper_household_add"),
      ] {
        #expect(try await browser.get(list.path).status == 200)
        let door: KeyValuePairs = ["building": "3", "unit": "2", "room": "501"]
        #expect(try await browser.post(list.path, door).location == list.path)
        #expect(try await browser.post(list.path, door).location == list.path)
        #expect(try await all(list) == [home])
        #expect(try await browser.get(list.path).text.contains(home.description))
        let unknown = try await browser.post(list.path, ["building": "9", "unit": "", "room": "999"])
        #expect(unknown.status == 422 && unknown.text.contains("field-room-error"))
        let entries: Int64 = try await market.database.read {
          try $0.value("SELECT count(*) FROM platform_audit WHERE action = \(action)") ?? 0
        }
        #expect(entries == 1, "twice is once")
      }
      #expect(
        try await browser.post(
          HouseholdList.paper.path, ["household": home.description, "remove": "on"]
        ).status == 303)
      #expect(try await all(.paper) == [])
      #expect(try await all(.protected) == [home])
      let leader = try await market.browser(of: market.leader)
      #expect(try await leader.get(HouseholdList.protected.path).status == 403)
      #expect(try await leader.get(HouseholdList.paper.path).status == 200)
    }
  }
}
