import Database
import Kernel
import People
import TestKit
import Testing
import Web

@testable import Resources

@Suite("Resources: the doors of HSDS")
struct HSDSRouteTests {
  private static let lists = [
    "services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms",
  ]

  private static func count(_ answer: Browser.Answer) throws -> Int {
    guard case .integer(let number) = try JSON(answer.bytes)["total_items"] else { return -1 }
    return Int(number)
  }

  /// The names of what is on a page.
  private static func names(_ answer: Browser.Answer) throws -> [String] {
    guard case .array(let contents) = try JSON(answer.bytes)["contents"] else { return [] }
    return contents.compactMap { entry in
      guard case .string(let name) = entry["id"] else { return nil }
      return name
    }
  }

  private static func text(_ answer: Browser.Answer, _ name: String) throws -> String {
    guard case .string(let text) = try JSON(answer.bytes)[name] else { return "" }
    return text
  }

  /// An organisation with one service at a public place.
  private static func fill(_ fixture: OrganisationsFixture) async throws {
    let id = try await fixture.make()
    let place = try await fixture.makePlace()
    let service = try #require(try await fixture.services(of: id).first)
    var terms = service.terms
    terms.places = [place]
    let placed = terms
    let (desk, actor) = (fixture.organisations.desk, fixture.actor)
    try await fixture.write {
      try desk.writeService(placed, to: service.id, of: id, seen: 0, by: actor, in: $0)
    }
  }

  @Test("The root leads to a description that is there", arguments: TestEngine.available)
  func root(_ engine: TestEngine) async throws {
    try await OrganisationsFixture.with(engine) { (fixture) async throws -> Void in
      let anybody = try await fixture.browser()
      for path in ["/hsds", "/hsds/"] {
        let root = try await anybody.get(path)
        #expect(root.status == 200)
        let version = try Self.text(root, "version")
        #expect(version == "3.0")
      }
      let address = try Self.text(try await anybody.get("/hsds"), "openapi_url")
      let path = try #require(address.split(separator: OrganisationsFixture.host).last)
      let description = try await anybody.get(String(path))
      #expect(description.status == 200)
      let openapi = try Self.text(description, "openapi")
      #expect(openapi == "3.1.0")
      let paths = try #require(try JSON(description.bytes)["paths"])
      for list in Self.lists {
        #expect(paths["/\(list)"] != nil)
        #expect(paths["/\(list)/{id}"] != nil)
      }
    }
  }

  @Test("Each list has its entries, and each entry a page of its own", arguments: TestEngine.available)
  func lists(_ engine: TestEngine) async throws {
    try await OrganisationsFixture.with(engine) { (fixture) async throws -> Void in
      try await Self.fill(fixture)
      let anybody = try await fixture.browser()
      for list in Self.lists {
        let page = try await anybody.get("/hsds/\(list)")
        #expect(page.status == 200)
        let names = try Self.names(page)
        #expect(!names.isEmpty)
        for name in names {
          let one = try await anybody.get("/hsds/\(list)/\(name)")
          #expect(one.status == 200)
          let found = try Self.text(one, "id")
          #expect(found == name)
        }
        let none = try await anybody.get("/hsds/\(list)/00000000-0000-8000-8000-000000000000")
        #expect(none.status == 404)
        let beyond = try await anybody.get("/hsds/\(list)?page=9")
        #expect(beyond.status == 200)
        #expect(beyond.text.contains("\"empty\":true"))
      }
    }
  }

  @Test("Filters hold together, and wrong ones are told", arguments: TestEngine.available)
  func filters(_ engine: TestEngine) async throws {
    try await OrganisationsFixture.with(engine) { (fixture) async throws -> Void in
      try await Self.fill(fixture)
      let anybody = try await fixture.browser()
      let organization = try #require(try Self.names(try await anybody.get("/hsds/organizations")).first)
      let taxonomy = try #require(try Self.names(try await anybody.get("/hsds/taxonomies")).first)
      let other = "00000000-0000-8000-8000-000000000000"
      let asked: [(String, Int)] = [
        ("services?organization_id=\(organization)&taxonomy_id=\(taxonomy)", 1),
        ("services?organization_id=\(organization)&taxonomy_id=\(other)", 0),
        ("services?organization_id=\(other)", 0), ("services?search=CLINIC", 1),
        ("services?search=nothing", 0), ("services?modified_after=2026-11-23T08:00:00Z", 1),
        ("services?modified_after=2026-11-24", 0),
        ("services?modified_after=2026-11-23T16:00:00%2B08:00", 1),
        ("services?modified_after=2026-11-23T16:00:01+08:00", 0), ("services?format=json", 1),
        ("service_at_locations?postcode=200000", 0), ("taxonomy_terms?top_only=true", 7),
        ("taxonomy_terms?parent_id=\(other)", 0), ("taxonomies?taxonomy_id=\(other)", 0),
        ("services?minimal=true", 1), ("organizations?full_service=true", 1),
      ]
      for (query, expected) in asked {
        let found = try Self.count(try await anybody.get("/hsds/\(query)"))
        #expect(found == expected, "\(query)")
      }
      let refused = [("format=ndjson", 406), ("per_page=0", 422), ("proximity=100", 422), ("full=x", 422)]
      for (query, status) in refused {
        let answer = try await anybody.get("/hsds/services?\(query)")
        #expect(answer.status == status, "\(query)")
        #expect(answer.text.contains("\"code\""), "\(query)")
      }
    }
  }

  @Test("Addresses are whole from when the station wrote city and code", arguments: TestEngine.available)
  func address(_ engine: TestEngine) async throws {
    try await OrganisationsFixture.with(engine) { (fixture) async throws -> Void in
      try await Self.fill(fixture)
      let (anybody, desk) = (try await fixture.browser(), try await fixture.browser(of: fixture.worker))
      let path = "/hsds/service_at_locations?full=true"
      let before = try await anybody.get(path).text
      #expect(!before.contains("\"addresses\"") && before.contains("MO,TU,WE,TH,FR"))
      #expect(try await desk.get("/place-desk/address").status == 200)
      let wrong: KeyValuePairs<String, String> = [
        "idempotency_key": "address-route-key-1", "seen": "0", "province_zh": "上海市", "city_zh": "上海市",
        "postal_code": "20000",
      ]
      #expect(try await desk.post("/place-desk/address", wrong).status == 422)
      let written: KeyValuePairs<String, String> = [
        "idempotency_key": "address-route-key-2", "seen": "0", "province_zh": "上海市",
        "province_en": "Shanghai", "city_zh": "上海市", "city_en": "Shanghai", "postal_code": "200000",
      ]
      #expect(try await desk.post("/place-desk/address", written).status == 303)
      let after = try await anybody.get(path).text
      #expect(after.contains("\"postal_code\":\"200000\"") && after.contains("\"city\":\"上海市\""))
      #expect(try Self.count(try await anybody.get("\(path)&postcode=200000")) == 1)
      let stale: KeyValuePairs<String, String> = [
        "idempotency_key": "address-route-key-3", "seen": "0", "province_zh": "江苏省", "city_zh": "苏州市",
        "postal_code": "215000",
      ]
      #expect(try await desk.post("/place-desk/address", stale).status == 409)
      let resident = try await fixture.browser(of: fixture.neighbours[0])
      #expect(try await resident.get("/place-desk/address").status == 403)
    }
  }

  @Test("Nobody’s gift, name or story is in it", arguments: TestEngine.available)
  func canaries(_ engine: TestEngine) async throws {
    try await AssetFixture.with(engine) { (fixture) async throws -> Void in
      let gift = try await fixture.make(AssetFixture.terms(of: fixture.neighbours[0], .residents))
      try await fixture.answer(fixture.neighbours[0], isGiven: true)
      try await fixture.verify(gift)
      let organisations = Organisations(ground: fixture.map.ground)
      try await Self.enter(organisations, fixture)
      let anybody = try await fixture.station.browser(of: nil, address: "203.0.113.9") { routes in
        HSDS(ground: fixture.map.ground).register(on: &routes)
      }
      let canaries = ["邻居", "修自行车", "周末在楼下修车", "许社工", "说好的仓库", "金丝雀", "内部仓库", "负责人"]
      for list in Self.lists {
        for query in ["", "?full=true", "?minimal=true"] {
          let page = try await anybody.get("/hsds/\(list)\(query)")
          #expect(page.status == 200)
          let found = canaries.filter { page.text.contains($0) }
          #expect(found.isEmpty, "\(list)\(query)")
        }
        for name in try Self.names(try await anybody.get("/hsds/\(list)")) {
          let one = try await anybody.get("/hsds/\(list)/\(name)?full_service=true").text
          let found = canaries.filter { one.contains($0) }
          #expect(found.isEmpty, "\(list)/\(name)")
        }
      }
    }
  }

  /// A public organisation with somebody who acts for it and a promise that was broken, at a place that somebody keeps.
  private static func enter(_ organisations: Organisations, _ fixture: AssetFixture) async throws {
    let (desk, actor, person) = (organisations.desk, fixture.actor, fixture.neighbours[0])
    let places = Places(ground: fixture.map.ground)
    try await fixture.write { transaction in
      let id = try desk.make(OrganisationsFixture.terms(), by: actor, in: transaction)
      try desk.confirm(id, seen: 0, by: actor, in: transaction)
      _ = try RepresentativeStore.add(person, to: id, by: actor, in: transaction)
      let promise = try desk.promise(
        PromiseTerms(category: .storage, text: "说好的仓库", quantity: "", until: nil), of: id, by: actor,
        in: transaction)
      try desk.note(
        PromiseKeeping(promise: promise, outcome: .notKept, happenedAt: transaction.now, note: "金丝雀"),
        of: id, by: actor, in: transaction)
      var kept = PlaceFixture.terms()
      kept.keeper = fixture.worker
      kept.keeperOrganisation = id
      let place = try places.desk.make(kept, by: actor, in: transaction)
      // Public while the service was entered, and for the station alone since.
      var secret = PlaceFixture.terms()
      secret.name = Phrase("内部仓库", "Inner storeroom")
      let hidden = try places.desk.make(secret, by: actor, in: transaction)
      var service = DirectoryServiceTerms(name: Phrase("陪诊", "Company"), description: Phrase("陪", "Comes"))
      service.places = [place, hidden]
      _ = try desk.makeService(service, of: id, by: actor, in: transaction)
      secret.visibility = .station
      try places.desk.write(secret, to: hidden, seen: 0, by: actor, in: transaction)
    }
  }
}
