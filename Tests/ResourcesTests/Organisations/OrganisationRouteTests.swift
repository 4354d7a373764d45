import Kernel
import TestKit
import Testing
import Web

@testable import Resources

@Suite("Resources: the pages of organisations")
struct OrganisationRouteTests {
  private static func promise(_ number: Int, until: String = "") -> KeyValuePairs<String, String> {
    [
      "idempotency_key": "organisation-promise-\(number)", "category": "storage", "text": "借出冷库一角",
      "quantity": "每周两天", "until": until,
    ]
  }

  private static func keeping(_ number: Int, _ outcome: String) -> KeyValuePairs<String, String> {
    [
      "idempotency_key": "organisation-keeping-\(number)", "outcome": outcome,
      "happened_at": "2026-11-23T10:00", "note": "内部的话",
    ]
  }

  @Test("What was promised, until when and how it was kept is on the page", arguments: TestEngine.available)
  func promises(_ engine: TestEngine) async throws {
    try await OrganisationsFixture.with(engine) { (fixture) async throws -> Void in
      let id = try await fixture.make()
      let (desk, anybody) = (try await fixture.browser(of: fixture.worker), try await fixture.browser())
      let base = "/organisation-desk/\(id)"
      #expect(try await desk.get(base).status == 200)
      let past = try await desk.post("\(base)/promises", Self.promise(1, until: "2026-11-01T00:00"))
      #expect(past.status == 422)
      let made = try await desk.post("\(base)/promises", Self.promise(2, until: "2026-12-01T00:00"))
      #expect(made.status == 303)
      let untried = try await anybody.get("/organisations/\(id)").text
      #expect(untried.contains("借出冷库一角") && untried.contains("还没用上"))
      let promise = try #require(try await fixture.promises(of: id).first)
      let keepings = "\(base)/promises/\(promise.id)/keepings"
      for (number, outcome) in ["kept", "kept", "not_kept"].enumerated() {
        #expect(try await desk.post(keepings, Self.keeping(number, outcome)).status == 303)
      }
      let running = try await anybody.get("/organisations/\(id)").text
      #expect(running.contains("有时做到") && running.contains("做到 2 次，没做到 1 次"))
      #expect(!running.contains("内部的话") && !running.contains("以前答应过的"))
      let network = try await anybody.get("/organisations").text
      #expect(network.contains("答应了 1 件事") && network.contains("没做到 1 次"))
      // What is over is still to be read.
      fixture.clock.move(to: OrganisationsFixture.start + .days(30))
      let over = try await anybody.get("/organisations/\(id)").text
      #expect(over.contains("以前答应过的") && over.contains("已经到期") && over.contains("借出冷库一角"))
    }
  }

  @Test(
    "A form sent twice counts once, and a wrong one names its fields alone", arguments: TestEngine.available)
  func forms(_ engine: TestEngine) async throws {
    try await OrganisationsFixture.with(engine) { (fixture) async throws -> Void in
      let id = try await fixture.make()
      let desk = try await fixture.browser(of: fixture.worker)
      let base = "/organisation-desk/\(id)"
      #expect(try await desk.get(base).status == 200)
      for _ in 0..<2 {
        #expect(try await desk.post("\(base)/promises", Self.promise(3)).status == 303)
      }
      let promises = try await fixture.promises(of: id)
      #expect(promises.count == 1)
      let keepings = "\(base)/promises/\(try #require(promises.first).id)/keepings"
      let wrong = try await desk.post(
        keepings, ["idempotency_key": "organisation-keeping-9", "outcome": "kept"])
      #expect(wrong.status == 422)
      // Other forms on the page have nothing to correct.
      let summaries = wrong.text.components(of: "error-summary")
      #expect(summaries == 1)
    }
  }

  @Test("The network is shown by what each is to the neighbourhood", arguments: TestEngine.available)
  func network(_ engine: TestEngine) async throws {
    try await OrganisationsFixture.with(engine) { (fixture) async throws -> Void in
      let (desk, actor) = (fixture.organisations.desk, fixture.actor)
      for kind in Organisation.Kind.allCases {
        try await fixture.write { transaction in
          for number in 1...(kind == .enterprise ? 10 : 1) {
            var terms = OrganisationsFixture.terms()
            terms.kind = kind
            terms.name = Phrase("\(kind.rawValue)-\(number)号", "\(kind.rawValue)-\(number)")
            let id = try desk.make(terms, by: actor, in: transaction)
            try desk.confirm(id, seen: 0, by: actor, in: transaction)
          }
        }
      }
      let anybody = try await fixture.browser()
      let page = try await anybody.get("/organisations").text
      for kind in Organisation.Kind.allCases {
        #expect(page.contains("<h2>\(kind.name.chinese)</h2>"), "\(kind)")
        #expect(page.contains("\(kind.rawValue)-1号"), "\(kind)")
      }
      #expect(!page.contains("enterprise-10号") && page.contains("/organisations?kind=enterprise"))
      let enterprises = try await anybody.get("/organisations?kind=enterprise").text
      #expect(enterprises.contains("enterprise-10号") && !enterprises.contains("chamber-1号"))
    }
  }

  @Test(
    "The desk is the station’s alone, and nobody’s own number is a public one",
    arguments: TestEngine.available)
  func rights(_ engine: TestEngine) async throws {
    try await OrganisationsFixture.with(engine) { (fixture) async throws -> Void in
      let id = try await fixture.make()
      let (resident, desk) = (
        try await fixture.browser(of: fixture.neighbours[0]), try await fixture.browser(of: fixture.worker)
      )
      let base = "/organisation-desk/\(id)"
      for path in ["/organisation-desk", "/organisation-desk/new", base, "\(base)/change"] {
        #expect(try await desk.get(path).status == 200, "\(path)")
        #expect(try await resident.get(path).status == 403, "\(path)")
      }
      #expect(try await resident.post("\(base)/promises", Self.promise(4)).status == 403)
      #expect(try await fixture.promises(of: id).isEmpty)
      func terms(_ number: Int, _ phone: String, _ website: String) -> KeyValuePairs<String, String> {
        [
          "idempotency_key": "organisation-terms-\(number)", "kind": "association", "name_zh": "枫林助老会",
          "description_zh": "帮老人办事。", "phone": phone, "website": website, "visibility": "public",
        ]
      }
      let own = try await desk.post("/organisation-desk", terms(1, "138 0013 8001", ""))
      #expect(own.status == 422 && own.text.contains("这是居民个人的号码"))
      let script = try await desk.post("/organisation-desk", terms(2, "021-5555 0188", "javascript:alert(1)"))
      #expect(script.status == 422)
      let official = try await desk.post(
        "/organisation-desk", terms(3, "021-5555 0177", "https://group.example/a"))
      #expect(official.status == 303)
    }
  }

  @Test("A service is given at public places of this community alone", arguments: TestEngine.available)
  func places(_ engine: TestEngine) async throws {
    try await OrganisationsFixture.with(engine) { (fixture) async throws -> Void in
      let id = try await fixture.make()
      let (open, inner) = (try await fixture.makePlace(), try await fixture.makePlace(.residents))
      let desk = try await fixture.browser(of: fixture.worker)
      let base = "/organisation-desk/\(id)/services"
      let page = try await desk.get("\(base)/new").text
      #expect(page.contains("place_\(open)") && !page.contains("place_\(inner)"))
      func service(_ number: Int, _ place: PlaceID) -> KeyValuePairs<String, String> {
        [
          "idempotency_key": "organisation-service-\(number)", "name_zh": "修伞", "description_zh": "修伞",
          "status": "active", "place_\(place)": "on",
        ]
      }
      #expect(try await desk.post(base, service(1, inner)).status == 422)
      #expect(try await desk.post(base, service(2, PlaceID(rawValue: 99))).status == 422)
      #expect(try await desk.post(base, service(3, open)).status == 303)
      let made = try #require(try await fixture.services(of: id).last)
      #expect(made.terms.places == [open])
      // A place that is no longer public stays chosen, and its box is still there to be cleared.
      try await fixture.write {
        try fixture.places.desk.close(open, seen: 0, by: fixture.actor, in: $0)
      }
      let change = try await desk.get("\(base)/\(made.id)/change").text
      #expect(change.contains("place_\(open)"))
      let breaches = try await fixture.breaches()
      #expect(breaches.isEmpty)
      let other = try await fixture.otherPlace()
      #expect(try await desk.post(base, service(4, other)).status == 422)
    }
  }

  @Test(
    "Addresses that browsers open and programs can read are taken, others are not",
    arguments: [
      ("https://group.example", true), ("http://group.example:8080/a/b?c=d&e=%E6%A1%82", true),
      ("https://", false), ("https://group.example@other.example", false), ("https://桂花.example", false),
      ("https://group.example/桂花", false), ("https://group.example/%zz", false),
      ("https://group.example/a b", false), ("https://group.example/#/a?b", true),
      ("javascript:alert(1)", false), ("//group.example", false),
      ("https://[bad", false),
    ])
  func websites(_ text: String, _ isAddress: Bool) {
    #expect(OrganisationForm.isAddress(text) == isAddress)
  }
}

extension String {
  /// How often a text stands in this one.
  fileprivate func components(of text: String) -> Int { split(separator: text).count - 1 }
}
