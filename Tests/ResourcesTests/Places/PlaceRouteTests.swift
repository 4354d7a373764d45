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

  private static func form(
    _ number: Int, name: String = "活动室", phone: String = "", hours: String = "9:00–12:00、14:00–17:00",
    organisation: String = "none", latitude: String = "", seen: String = "0"
  ) -> KeyValuePairs<String, String> {
    [
      "idempotency_key": "place-form-key-\(number)", "kind": "venue", "name": name, "address": "3号楼一层",
      "phone": phone, "step_free": "yes", "visibility": "public", "keeper": "none",
      "keeper_organisation": organisation, "hours_1": hours, "latitude": latitude, "seen": seen,
    ]
  }

  @Test("A place is entered and changed by its form, once for each press", arguments: TestEngine.available)
  func forms(_ engine: TestEngine) async throws {
    try await PlaceFixture.with(engine) { (fixture) async throws -> Void in
      let (desk, anybody) = (try await fixture.browser(of: fixture.worker), try await fixture.browser())
      #expect(try await desk.get("/place-desk/new").status == 200)
      let made = try await desk.post("/place-desk", Self.form(10))
      #expect(made.status == 303)
      let again = try await desk.post("/place-desk", Self.form(10))
      #expect(again.location == made.location)
      let id = try #require(try await fixture.publicPlaces().first).id
      #expect(try await fixture.publicPlaces().count == 1)
      let shown = try await anybody.get("/places/\(id)").text
      #expect(shown.contains("活动室") && shown.contains("周一 9:00–12:00、14:00–17:00"))
      let changed = try await desk.post("/place-desk/\(id)/change", Self.form(11, name: "大活动室"))
      #expect(changed.status == 303)
      let stale = try await desk.post("/place-desk/\(id)/change", Self.form(12, name: "小活动室"))
      #expect(stale.status == 409)
      #expect(try await fixture.place(id).terms.name.chinese == "大活动室")
      let breaches = try await fixture.database.read { try $0.breaches(of: Places.invariants).map(\.name) }
      #expect(breaches.isEmpty)
    }
  }

  @Test(
    "What cannot be is told at its field, and nobody’s own number is kept", arguments: TestEngine.available)
  func wrongForms(_ engine: TestEngine) async throws {
    try await PlaceFixture.with(engine) { (fixture) async throws -> Void in
      _ = try await fixture.station.persons([
        try TestStation.person("店主", home: nil, phone: "13800138009")
      ])
      let desk = try await fixture.browser(of: fixture.worker)
      #expect(try await desk.get("/place-desk/new").status == 200)
      let wrong: [(KeyValuePairs<String, String>, String)] = [
        (Self.form(20, name: ""), "name"), (Self.form(21, hours: "17:00–9:00"), "hours_1"),
        (Self.form(22, phone: "138 0013 8009"), "phone"), (Self.form(23, phone: "call me"), "phone"),
        (Self.form(24, organisation: PlaceID(rawValue: 7).description), "keeper_organisation"),
        (Self.form(25, latitude: "38.9"), "latitude"),
      ]
      for (form, field) in wrong {
        let answer = try await desk.post("/place-desk", form)
        #expect(answer.status == 422, "\(field)")
        #expect(answer.text.contains("href=\"#field-\(field)\""), "\(field)")
      }
      #expect(try await fixture.publicPlaces().isEmpty)
      let neighbour = try await fixture.browser(of: fixture.resident)
      #expect(try await neighbour.get("/places").status == 200)
      #expect(try await neighbour.post("/place-desk", Self.form(26)).status == 403)
    }
  }
}
