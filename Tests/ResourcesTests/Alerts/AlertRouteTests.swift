import Database
import Kernel
import TestKit
import Testing
import Web

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

  @Test("The committee looks into it without learning who told it", arguments: TestEngine.available)
  func committee(_ engine: TestEngine) async throws {
    try await AlertsFixture.with(engine) { fixture in
      let id = try await fixture.report(ScamReport.Details(words: "说是医保局"), by: fixture.neighbours[0])
      let browser = try await fixture.browser(of: fixture.committee)
      let page = try await browser.get("/alert-desk/reports/\(id)").text
      #expect(page.contains("说是医保局"))
      #expect(!page.contains("邻居1"))
      #expect(try await browser.get("/alert-desk/reports/\(id)/voice").status == 403)
    }
  }

  @Test(
    "A draft is changed on its page and keeps what was typed where it cannot be",
    arguments: TestEngine.available)
  func edit(_ engine: TestEngine) async throws {
    try await AlertsFixture.with(engine) { fixture in
      let id = try await fixture.report(by: fixture.neighbours[0])
      try await fixture.move(id, .verifying, .verified)
      let (report, actor) = (try await fixture.find(id), fixture.actor)
      let terms = fixture.terms(buildings: ["3"])
      let card = try await fixture.write { [market = fixture.market] transaction in
        try market.cards.make(terms, from: report, by: actor, in: transaction)
      }
      let (browser, path) = (try await fixture.browser(of: fixture.worker), "/alert-desk/\(card)/edit")
      let form = try await browser.get(path).text
      for part in ["假冒医保局", "Fake insurance office", "value=\"3\" checked"] {
        #expect(form.contains(part), "\(part)")
      }
      func send(_ until: String, _ number: Int) async throws -> Browser.Answer {
        try await browser.post(
          path,
          [
            "idempotency_key": key(number), "seen": "0", "title_zh": "假冒社保局", "looks_zh": "说卡要停",
            "advice_zh": "挂掉", "buildings": "5", "until": until,
          ])
      }
      let late = try await send("2020-01-01T10:00", 1)
      #expect(late.status == 422 && late.text.contains("假冒社保局"))
      let until = CivilDateTime(terms.until, offsetSeconds: 28_800).isoLocal
      #expect(try await send(until, 2).status == 303)
      let page = try await browser.get("/alert-desk/\(card)").text
      #expect(page.contains("假冒社保局") && page.contains("改一改"))
    }
  }

  @Test(
    "A caller is found by their number, asked again where nobody has it, and may give none",
    arguments: TestEngine.available)
  func callers(_ engine: TestEngine) async throws {
    try await AlertsFixture.with(engine) { fixture in
      let desk = try await fixture.browser(of: fixture.worker)
      _ = try await desk.get("/alert-desk")
      func take(_ caller: String, _ number: Int) async throws -> Browser.Answer {
        try await desk.post(
          "/alert-desk/reports", ["idempotency_key": key(number), "kind": "call", "caller": caller])
      }
      let wrong = try await take("13900000000", 1)
      #expect(wrong.status == 422 && wrong.text.contains("field-caller-error"))
      #expect(try await fixture.count("SELECT count(*) FROM resources_scam_report") == 0)
      #expect(try await take("13800138001", 2).status == 303)
      let person = fixture.neighbours[0]
      let known = try await fixture.count(
        "SELECT count(*) FROM resources_scam_report WHERE reporter_id = \(person)")
      #expect(known == 1)
      #expect(try await take("", 3).status == 303)
      #expect(try await fixture.count("SELECT count(*) FROM resources_scam_report") == 2)
    }
  }

  @Test("What is open for a month stands above the rest", arguments: TestEngine.available)
  func old(_ engine: TestEngine) async throws {
    try await AlertsFixture.with(engine) { fixture in
      _ = try await fixture.report(by: fixture.neighbours[0])
      let browser = try await fixture.browser(of: fixture.worker)
      #expect(!(try await browser.get("/alert-desk").text.contains("一个月还没办完的")))
      fixture.clock.move(to: AlertsFixture.start + .days(31))
      let later = try await fixture.browser(of: fixture.worker)
      let page = try await later.get("/alert-desk").text
      #expect(page.contains("一个月还没办完的") && page.contains("再过 334 天"))
    }
  }

  @Test(
    "What was tried against losses is told with how sure it is, and quizzes stand beside",
    arguments: TestEngine.available)
  func losses(_ engine: TestEngine) async throws {
    try await AlertsFixture.with(engine) { fixture in
      let page = try await fixture.browser(of: fixture.worker).get("/alert-desk").text
      for part in ["3号楼大堂 17:00–18:00", "10.0%（30/300，大约 7.1%–13.9%）", "丢得少了", "数太少", "识骗问答"] {
        #expect(page.contains(part), "\(part)")
      }
      // A link that would be refused helps nobody.
      #expect(!page.contains("/desk/pickup-patterns"))
      let committee = try await fixture.browser(of: fixture.committee).get("/alert-desk").text
      #expect(committee.contains("/desk/pickup-patterns"))
    }
  }
}
