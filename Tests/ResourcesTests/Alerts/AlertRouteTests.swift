import Database
import Kernel
import TestKit
import Testing

@testable import Resources

struct AlertRouteTests {
  private func key(_ number: Int) -> String { "alert-key-\(number)-0123456789" }

  @Test("Two taps report it; nobody but the station reads who did", arguments: TestEngine.available)
  func twoTaps(_ engine: TestEngine) async throws {
    try await AlertsFixture.with(engine) { fixture in
      let browser = try await fixture.browser(of: fixture.neighbours[0])
      #expect(try await browser.get("/report-scam").text.contains("诈骗电话"))
      let sent = try await browser.post("/report-scam", ["idempotency_key": key(1), "kind": "call"])
      #expect(sent.status == 303)
      let id = try #require(
        try await fixture.database.read {
          try $0.value("SELECT id FROM resources_scam_report", as: ScamReportID.self)
        })
      let path = "/report-scam/\(id)"
      let added = try await browser.post(
        "\(path)/details", ["idempotency_key": key(2), "words": "说是医保局", "phone": "13900139000"])
      #expect(added.status == 303)
      #expect(try await browser.get(path).text.contains("说是医保局"))
      let other = try await fixture.browser(of: fixture.neighbours[1])
      #expect(try await other.get(path).status == 404)
      #expect(try await other.get("/alert-desk").status == 403)
      let desk = try await fixture.browser(of: fixture.worker)
      let page = try await desk.get("/alert-desk/reports/\(id)").text
      for part in ["邻居1", "说是医保局", "神奇蜂蜜"] { #expect(page.contains(part), "\(part)") }
    }
  }

  @Test("A merchant reads the station's words and not who reported", arguments: TestEngine.available)
  func merchant(_ engine: TestEngine) async throws {
    try await AlertsFixture.with(engine) { fixture in
      let id = try await fixture.report(.none, .fakeGoods, by: fixture.neighbours[0])
      try await fixture.move(id, .verifying)
      let desk = try await fixture.browser(of: fixture.worker)
      _ = try await desk.get("/alert-desk/reports/\(id)")
      let asked = try await desk.post(
        "/alert-desk/reports/\(id)/hearings",
        [
          "idempotency_key": key(1), "merchant": MerchantID(rawValue: 501).description, "product": "",
          "charge": "蜂蜜是不是真的",
        ])
      #expect(asked.status == 303)
      let page = try await fixture.browser(of: fixture.seller).get("/my-replies").text
      #expect(page.contains("蜂蜜是不是真的"))
      #expect(!page.contains("邻居1"))
      #expect(
        try await fixture.browser(of: fixture.neighbours[0]).get("/my-replies").text.contains("没有要说明的事"))
    }
  }

  @Test("A warning is shown to its building and printed", arguments: TestEngine.available)
  func warning(_ engine: TestEngine) async throws {
    try await AlertsFixture.with(engine) { fixture in
      let id = try await fixture.report(by: fixture.neighbours[0])
      try await fixture.move(id, .verifying, .verified)
      let card = try await fixture.publish(fixture.terms(buildings: ["3"]), from: id)
      #expect(try await fixture.browser(of: fixture.neighbours[0]).get("/alerts").text.contains("假冒医保局"))
      #expect(!(try await fixture.browser(of: fixture.neighbours[1]).get("/alerts").text.contains("假冒医保局")))
      let desk = try await fixture.browser(of: fixture.worker)
      #expect(try await desk.get("/alert-desk/\(card)/sheet").text.contains("挂掉，打 96110"))
    }
  }
}
