import Database
import Foundation
import Kernel
import People
import TestKit
import Testing
import Web

@testable import Policy

@Suite("Reports: the pages")
struct ReportRoutesTests {
  private func key(_ number: Int) -> String { "report-route-key-\(number)" }

  @Test(arguments: TestEngine.available)
  func `a worker plans, writes and completes a report through the forms`(engine: TestEngine) async throws {
    try await ReportFixture.with(engine) { fixture in
      let worker = try await fixture.browser(of: fixture.worker)
      #expect(try await worker.get("/report-desk/new").text.contains("沈督导"))
      func plan(_ key: String, to day: String) async throws -> Browser.Answer {
        try await worker.post(
          "/report-desk",
          [
            "idempotency_key": key, "title": "老人买菜难", "question": "怎么买菜？", "methods": "questionnaire",
            "reach": "上门问。", "from": "2026-11-01", "to": day, "supervisor": fixture.supervisor.description,
          ])
      }
      let wrong = try await plan(key(1), to: "2026-10-01")
      #expect(wrong.status == 422 && wrong.text.contains("老人买菜难"))
      let made = try await plan(key(2), to: "2026-11-20")
      let path = try #require(made.location)
      #expect(try await plan(key(2), to: "2026-11-20").location == path, "the same form is the same report")
      let posts: [(String, KeyValuePairs<String, String>)] = [
        ("evidence", ["idempotency_key": key(10), "source": "surveys", "evidence": "t1"]),
        ("evidence", ["idempotency_key": key(11), "quote": "q1"]),
        ("findings", ["idempotency_key": key(12), "text": "这证明老人难。", "evidence": "1"]),
        (
          "recommendations",
          [
            "idempotency_key": key(13), "text": "送菜", "findings": "1", "level": "district",
            "department": "区民政局",
          ]
        ), ("summary", ["idempotency_key": key(14), "summary": "六成说难。"]),
      ]
      for post in posts {
        let sent = try await worker.post("\(path)/\(post.0)", post.1)
        #expect(sent.status == 303, "\(post.0)")
      }
      let page = try await worker.get(path).text
      #expect(page.contains("买菜难不难") && page.contains("说得太满") && page.contains("念给居民听"))
      for (index, step) in ["lock", "findings", "recommendations", "complete"].enumerated() {
        let seen = try #require(try await worker.get(path).hidden("seen"))
        let sent = try await worker.post(
          "\(path)/step", ["idempotency_key": key(20 + index), "seen": seen, "step": step])
        #expect(sent.status == 303, "\(step)")
      }
      let seen = try #require(try await worker.get(path).hidden("seen"))
      let stale = try await worker.post(
        "\(path)/check",
        [
          "idempotency_key": key(30), "seen": "1", "way": "meeting", "day": "2026-11-23", "heard": "12",
          "comments": "对", "outcome": "agreed",
        ])
      #expect(stale.status == 409)
      let checked = try await worker.post(
        "\(path)/check",
        [
          "idempotency_key": key(31), "seen": seen, "way": "meeting", "day": "2026-11-23", "heard": "12",
          "comments": "对", "outcome": "agreed",
        ])
      #expect(checked.status == 303)
      let supervisor = try await fixture.browser(of: fixture.supervisor)
      let approving = try #require(try await supervisor.get(path).hidden("seen"))
      let own = try await worker.post(
        "\(path)/step", ["idempotency_key": key(40), "seen": approving, "step": "approve"])
      #expect(own.status == 403)
      let approved = try await supervisor.post(
        "\(path)/step", ["idempotency_key": key(41), "seen": approving, "step": "approve"])
      #expect(approved.status == 303)
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(arguments: TestEngine.available)
  func `before it is sent its words are for those who write it, after it for everybody`(
    engine: TestEngine
  ) async throws {
    try await ReportFixture.with(engine) { fixture in
      let words = "回答的老人里六成说难"
      let others: [PersonID?] = [
        nil, fixture.residents[0], fixture.colleague, fixture.secondSupervisor, fixture.committee,
        fixture.government,
      ]
      for (state, isOut) in [(ReportState.planned, false), (.approved, false), (.sent, true), (.told, true)] {
        let id = try await fixture.report(in: state)
        for person in others {
          let browser = try await fixture.browser(of: person)
          let page = try await browser.get("/reports/\(id)")
          #expect(page.status == 200 && page.text.contains("老人买菜难"), "the tracker is for everybody")
          #expect(page.text.contains(words) == isOut, "\(state)")
          #expect(!page.text.contains("许社工"), "nobody is named")
          #expect(try await browser.get("/reports/\(id)/print").status == (isOut ? 200 : 404))
          let desk = try await browser.get("/report-desk/\(id)").status
          let isStation = person == fixture.colleague || person == fixture.secondSupervisor
          #expect(isStation ? desk == 404 : desk != 200)
          let json = try await browser.get("/api/v1/reports/\(id)")
          #expect(json.status == 200 && json.text.contains(words) == isOut)
        }
        for person in [fixture.worker, fixture.supervisor] {
          let browser = try await fixture.browser(of: person)
          #expect(try await browser.get("/report-desk/\(id)").text.contains(words))
          #expect(try await browser.get("/reports/\(id)/print").status == 200)
        }
      }
      let asked = try await fixture.report(in: .complete, asksCommittee: true)
      let committee = try await fixture.browser(of: fixture.committee)
      #expect(try await committee.get("/reports/\(asked)").text.contains(words), "it was asked to read it")
    }
  }

  @Test(arguments: TestEngine.available)
  func `the government desk reads what was sent, replies and asks for time`(engine: TestEngine) async throws {
    try await ReportFixture.with(engine) { fixture in
      let (draft, sent) = (try await fixture.report(in: .approved), try await fixture.report(in: .sent))
      let reader = try await fixture.browser(of: fixture.government)
      let home = try await reader.get("/government").text
      #expect(home.contains("\(sent)") && !home.contains("\(draft)"))
      #expect(try await reader.get("/government/reports/\(draft)").status == 404)
      let path = "/government/reports/\(sent)"
      let page = try await reader.get(path)
      #expect(page.status == 200 && page.text.contains("把送菜算进高龄服务"))
      #expect(!page.text.contains("许社工"))
      let seen = try #require(page.hidden("seen"))
      let time = try await reader.post(
        "\(path)/more-time",
        ["idempotency_key": key(1), "seen": seen, "due": "2026-12-20", "reason": "要开会"])
      #expect(time.status == 303)
      let later = try #require(try await reader.get(path).hidden("seen"))
      let missing = try await reader.post(
        "\(path)/reply",
        ["idempotency_key": key(2), "seen": later, "outcome": "accepted", "reply": "可以。", "by": "养老科"])
      #expect(missing.status == 422 && missing.text.contains("可以。"), "what was typed stays")
      let silent = try await reader.post(
        "\(path)/reply",
        ["idempotency_key": key(3), "seen": later, "outcome": "none", "reply": "无", "by": "养老科"])
      #expect(silent.status == 422, "a department cannot say that it said nothing")
      let replied = try await reader.post(
        "\(path)/reply",
        [
          "idempotency_key": key(4), "seen": later, "outcome": "accepted", "reply": "可以。", "by": "养老科",
          "outcome_1": "accepted", "answer_1": "明年办",
        ])
      #expect(replied.status == 303)
      #expect(try await fixture.document(sent).replies.map(\.isOwn) == [true])
      #expect(try await reader.get("/government/indicators").text.contains("2026年第4季度"))
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(arguments: TestEngine.available)
  func `the government desk is for government readers, and they have no other door`(
    engine: TestEngine
  ) async throws {
    try await ReportFixture.with(engine) { fixture in
      let id = try await fixture.report(in: .sent)
      for person in [fixture.worker, fixture.supervisor, fixture.committee, fixture.residents[0]] {
        let browser = try await fixture.browser(of: person)
        for path in ["/government", "/government/indicators", "/government/reports/\(id)"] {
          #expect(try await browser.get(path).status == 403, "\(path)")
        }
      }
      var routes = Routes()
      fixture.reports.register(on: &routes)
      let named = routes.all.filter {
        if case .roles(let roles) = $0.access { roles.contains(.governmentReader) } else { false }
      }
      #expect(!named.isEmpty && named.allSatisfy { $0.path.hasPrefix("/government") })
      let reader = try await fixture.browser(of: fixture.government)
      for path in ["/report-desk", "/report-desk/new", "/report-desk/\(id)", "/report-desk/\(id)/letter"] {
        #expect(try await reader.get(path).status == 403, "\(path)")
      }
    }
  }

  @Test(arguments: TestEngine.available)
  func `the letter bears number, department and day, and a resident follows the report`(
    engine: TestEngine
  ) async throws {
    try await ReportFixture.with(engine) { fixture in
      let id = try await fixture.report(in: .sent)
      let worker = try await fixture.browser(of: fixture.worker)
      let letter = try await worker.get("/report-desk/\(id)/letter").text
      for part in ["枫报〔2026〕1号", "区民政局", "养老科", "把送菜算进高龄服务", "12月3日"] {
        #expect(letter.contains(part), "\(part)")
      }
      let resident = try await fixture.browser(of: fixture.residents[0])
      _ = try await resident.get("/reports/\(id)")
      let followed = try await resident.post("/reports/\(id)/follow", ["idempotency_key": key(1)])
      #expect(followed.status == 303)
      #expect(try await resident.get("/reports/\(id)").text.contains("不再关注"))
      let stopped = try await resident.post("/reports/\(id)/unfollow", ["idempotency_key": key(2)])
      #expect(stopped.status == 303)
      #expect(try await !resident.get("/reports/\(id)").text.contains("不再关注"))
      let english = try await fixture.browser(language: "en")
      #expect(try await english.get("/reports/\(id)/print").text.contains("Sample note"))
      let list = try await english.get("/api/v1/reports?limit=1")
      #expect(list.text.contains("\"stage\":\"sent\""))
      #expect(try await english.get("/api/v1/reports?limit=0").status == 422)
    }
  }
}
