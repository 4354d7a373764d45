import Database
import Kernel
import TestKit
import Testing
import Web

@testable import Resources

@Suite("Places: the pages")
struct PlaceRouteTests {
  @Test(
    "Each sees the places that are for them, and the desk is the station’s", arguments: TestEngine.available)
  func seen(_ engine: TestEngine) async throws {
    try await PlaceFixture.with(engine) { (fixture) async throws -> Void in
      var ids: [Place.Visibility: PlaceID] = [:]
      for visibility in Place.Visibility.allCases {
        ids[visibility] = try await fixture.make(PlaceFixture.terms(visibility))
      }
      let (anybody, neighbour, desk) = (
        try await fixture.browser(), try await fixture.browser(of: fixture.resident),
        try await fixture.browser(of: fixture.worker)
      )
      let expected: [(Place.Visibility, [Int])] = [
        (.everybody, [200, 200, 200]), (.residents, [404, 200, 200]), (.station, [404, 404, 200]),
      ]
      for (visibility, statuses) in expected {
        let id = try #require(ids[visibility])
        for (browser, status) in zip([anybody, neighbour, desk], statuses) {
          let path = "/places/\(id)"
          #expect(try await browser.get(path).status == status, "\(visibility)")
          let list = try await browser.get("/places").text
          #expect(list.contains("href=\"\(path)\"") == (status == 200), "\(visibility)")
        }
        let feed = try await desk.get("/places.geojson").text
        #expect(feed.contains("\"\(id)\"") == (visibility == .everybody), "\(visibility)")
        let calendar = try await desk.get("/places.ics").text
        #expect(calendar.contains("place-\(id)-") == (visibility == .everybody), "\(visibility)")
      }
      let id = try #require(ids[.everybody])
      for path in ["/place-desk", "/place-desk/new", "/place-desk/sheet", "/place-desk/\(id)/change"] {
        #expect(try await desk.get(path).status == 200, "\(path)")
        #expect(try await neighbour.get(path).status == 403, "\(path)")
      }
      let close: KeyValuePairs<String, String> = ["idempotency_key": "place-route-key-1", "seen": "0"]
      #expect(try await neighbour.post("/place-desk/\(id)/close", close).status == 403)
      #expect(try await desk.post("/place-desk/\(id)/close", close).status == 303)
      #expect(try await desk.get("/places/\(id)").status == 404)
    }
  }

  @Test("What is taken from the plan is shown once it was looked at", arguments: TestEngine.available)
  func taken(_ engine: TestEngine) async throws {
    try await PlaceFixture.with(engine) { (fixture) async throws -> Void in
      try await fixture.write {
        try fixture.places.desk.keep(Array(PlaceFixture.plan.utf8), by: fixture.actor, in: $0)
      }
      let proposed = try #require(try await fixture.outlines().first { $0.isProposed })
      let desk = try await fixture.browser(of: fixture.worker)
      let path = "/place-desk/plan/\(proposed.id)/accept"
      #expect(try await desk.get("/place-desk").text.contains(path))
      let accept: KeyValuePairs<String, String> = ["idempotency_key": "place-route-key-2"]
      #expect(try await desk.post(path, accept).status == 303)
      let id = try #require(try await fixture.outlines().compactMap(\.place).first)
      #expect(try await desk.get("/place-desk").text.contains("还没核实"))
      let page = try await desk.get("/place-desk/\(id)").text
      #expect(!page.contains("核实于"))
      let neighbour = try await fixture.browser(of: fixture.resident)
      #expect(try await neighbour.get("/places/\(id)").status == 404)
      let confirm: KeyValuePairs<String, String> = ["idempotency_key": "place-route-key-3", "seen": "0"]
      #expect(try await desk.post("/place-desk/\(id)/confirm", confirm).status == 303)
      let shown = try await neighbour.get("/places/\(id)").text
      #expect(shown.contains("3号楼") && shown.contains("核实于"))
    }
  }
}
