import Database
import Kernel
import People
import TestKit
import Testing
import Web

@testable import Resources

@Suite("Assets: the pages")
struct AssetRouteTests {
  @Test(
    "A resident offers, the station verifies, neighbours see it, strangers do not",
    arguments: TestEngine.available)
  func offer(_ engine: TestEngine) async throws {
    try await AssetFixture.with(engine) { fixture in
      let own = try await fixture.browser(of: fixture.neighbours[0])
      let other = try await fixture.browser(of: fixture.neighbours[2])
      let fields: KeyValuePairs<String, String> = [
        "idempotency_key": "asset-route-key-1", "kind": "person_gift", "gift": "hand", "name_zh": "修自行车",
        "category": "repair", "contact": "message",
      ]
      _ = try await own.get("/assets/mine")
      let refused = try await own.post("/assets/mine", fields)
      #expect(refused.status == 422 && refused.text.contains("field-agrees-error"))
      let agreed: KeyValuePairs<String, String> = [
        "idempotency_key": "asset-route-key-2", "kind": "person_gift", "gift": "hand", "name_zh": "修自行车",
        "category": "repair", "contact": "message", "agrees": "on",
      ]
      #expect(try await own.post("/assets/mine", agreed).status == 303)
      #expect(try await own.get("/assets/mine").text.contains("修自行车"))
      #expect(try await !other.get("/assets").text.contains("修自行车"))
      let found = try await fixture.database.read {
        try AssetStore.held(
          by: .person(fixture.neighbours[0]), limit: 5, in: fixture.community, $0)
      }
      let id = try #require(found.first?.id)
      try await fixture.verify(id)
      #expect(try await other.get("/assets?words=%E8%87%AA%E8%A1%8C%E8%BD%A6").text.contains("修自行车"))
      let page = try await other.get("/assets/\(id)")
      #expect(page.status == 200 && !page.text.contains("邻居1"))
      #expect(try await fixture.browser().get("/assets/\(id)").status == 404)
      let desk = try await fixture.browser(of: fixture.worker)
      for path in ["/asset-desk", "/asset-desk/\(id)", "/asset-desk/sheet", "/asset-desk/form-sheet"] {
        #expect(try await desk.get(path).status == 200, "\(path)")
        #expect(try await other.get(path).status == 403, "\(path)")
      }
      #expect(try await desk.get("/asset-desk/sheet").text.contains("修自行车"))
      try await fixture.answer(fixture.neighbours[0], isGiven: false)
      #expect(try await other.get("/assets/\(id)").status == 404)
      #expect(try await !desk.get("/asset-desk/sheet").text.contains("修自行车"))
    }
  }
}
