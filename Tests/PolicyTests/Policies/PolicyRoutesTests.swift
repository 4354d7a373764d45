import Database
import HTTPTypes
import Kernel
import Messages
import People
import TestKit
import Testing
import Web

@testable import Policy

@Suite("Policy library: its doors")
struct PolicyRoutesTests {
  private func key(_ number: Int) -> String { "policy-test-key-\(1000 + number)" }

  /// A complete form of a version.
  private func fields(_ changed: [String: String] = [:]) -> [(String, String)] {
    let preset = [
      "title": "高龄补贴", "issuer": "枫林区民政局", "number": "枫民〔2026〕7号", "level": "district",
      "field": "elders", "area": "枫林区户籍", "issued": "2025-12-20", "effective": "2026-01-01",
      "summary": "满 80 岁的老人每月有补贴。", "audience": "满 80 岁的老人", "steps": "带材料来\n填表",
      "documents": "身份证\n户口本", "phone": "021-5555 0777", "seen": "0", "idempotency_key": key(1),
    ]
    // In one order, as a browser sends the fields of a form.
    return preset.merging(changed) { $1 }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  private func post(
    _ browser: Browser, _ path: String, _ fields: [(String, String)], showing: String = "/policies"
  ) async throws -> Browser.Answer {
    let page = try await browser.get(showing)
    let token = page.hidden("form_token") ?? ""
    let body = (fields + [("form_token", token)])
      .map { "\(URLEncodedText.encode($0.0))=\(URLEncodedText.encode($0.1))" }.joined(separator: "&")
    return try await browser.send(
      .post, path,
      headers: [.contentType: "application/x-www-form-urlencoded", .origin: "http://\(LibraryFixture.host)"],
      body: Array(body.utf8))
  }

  @Test("Everybody reads, signed in or not, in both languages", arguments: TestEngine.available)
  func reading(_ engine: TestEngine) async throws {
    try await LibraryFixture.with(engine) { fixture in
      var content = LibraryFixture.content()
      content.english.title = "Old-age subsidy"
      content.words.summary = "满 80 岁 <b>每月</b> 有补贴"
      let id = try await fixture.publish(content)
      for person in [nil, fixture.wang, fixture.worker] {
        let browser = try await fixture.browser(of: person)
        let list = try await browser.get("/policies")
        #expect(list.status == 200 && list.text.contains("高龄补贴") && list.text.contains("现在有效"))
        let page = try await browser.get("/policies/\(id)")
        #expect(page.status == 200)
        for text in [
          "现在有效", "身份证", "tel:02155550777", "data-speak", "type=\"checkbox\"", "每月 ¥60.00",
          "&lt;b&gt;", "https://policy.example/7",
        ] { #expect(page.text.contains(text), "\(text)") }
        #expect(page.text.contains("我看明白了") == (person != nil))
        let paper = try await browser.get("/policies/\(id)/paper")
        #expect(paper.status == 200 && paper.text.contains("large-paper") && paper.text.contains("tick"))
      }
      let english = try await fixture.browser(language: "en").get("/policies/\(id)")
      #expect(english.text.contains("Old-age subsidy") && english.text.contains("in Chinese only"))
      let browser = try await fixture.browser()
      #expect(
        try await browser.get("/policies?q=%E8%A1%A5%E8%B4%B4&now=1&field=elders").text.contains("\(id)"))
      #expect(try await browser.get("/policies?field=work").text.contains("\(id)") == false)
      for path in [
        "/policies/\(PolicyID(rawValue: 3))", "/policies/\(id)/versions/2", "/policies/\(id)/versions/x",
      ] {
        #expect(try await browser.get(path).status == 404, "\(path)")
      }
    }
  }

  @Test(
    "Earlier versions are marked as old; what changed is told line by line", arguments: TestEngine.available)
  func versions(_ engine: TestEngine) async throws {
    try await LibraryFixture.with(engine) { fixture in
      let id = try await fixture.publish(LibraryFixture.content())
      var changed = LibraryFixture.content(changed: "不用户口本了")
      changed.words.documents = ["身份证", "银行卡"]
      try await fixture.publish(changed, of: id)
      let browser = try await fixture.browser(of: fixture.wang)
      let page = try await browser.get("/policies/\(id)").text
      #expect(page.contains("不用户口本了") && page.contains("<del>户口本</del>"))
      #expect(page.contains("/policies/\(id)/versions/1"))
      let old = try await browser.get("/policies/\(id)/versions/1").text
      #expect(old.contains("旧的第 1 版") && !old.contains("我看明白了"))
      fixture.clock.move(to: LibraryFixture.start - .days(400))
      #expect(try await fixture.browser().get("/policies/\(id)").text.contains("还没开始"))
    }
  }

  @Test(
    "A draft is written with forms that name every mistake, and published by another",
    arguments: TestEngine.available)
  func writing(_ engine: TestEngine) async throws {
    try await LibraryFixture.with(engine) { fixture in
      let worker = try await fixture.browser(of: fixture.worker)
      let wrong = try await post(
        worker, "/policy-desk", fields(["title": "", "expires": "2025-01-01", "source": "javascript:x"]),
        showing: "/policy-desk/new")
      #expect(wrong.status == 422)
      for field in ["field-title", "field-expires", "field-source"] {
        #expect(wrong.text.contains("href=\"#\(field)\""), "\(field)")
      }
      #expect(wrong.text.contains("枫林区民政局"), "what was typed is still there")
      let made = try await post(worker, "/policy-desk", fields(), showing: "/policy-desk/new")
      let again = try await post(worker, "/policy-desk", fields(), showing: "/policy-desk/new")
      #expect(made.status == 303 && again.location == made.location, "sent twice is one policy")
      #expect(try await fixture.count("SELECT count(*) FROM policy_policy") == 1)
      let id = try #require(
        try await fixture.database.read {
          try PolicyStore.all(after: nil, limit: 1, in: fixture.community, $0)
        }
        .first?.id)
      let desk = "/policy-desk/\(id)"
      #expect(try await worker.get("/policies/\(id)").status == 404, "neighbours do not see drafts")
      #expect(try await worker.get(desk).text.contains("高龄补贴"))
      let own = try await post(
        worker, "\(desk)/publish", [("seen", "1"), ("idempotency_key", key(2))], showing: desk)
      #expect(own.status == 403)
      let supervisor = try await fixture.browser(of: fixture.supervisor)
      let done = try await post(
        supervisor, "\(desk)/publish", [("seen", "1"), ("idempotency_key", key(3))], showing: desk)
      #expect(done.status == 303)
      #expect(try await supervisor.get("/policies/\(id)").status == 200)
      #expect(try await worker.get("\(desk)/draft").text.contains("枫民〔2026〕7号"), "it begins with what counts")
      let next = try await post(
        worker, "\(desk)/draft",
        fields(["title": "高龄津贴", "what_changed": "换了名字", "idempotency_key": key(4)]),
        showing: "\(desk)/draft")
      #expect(next.status == 303)
      let stale = try await post(
        worker, "\(desk)/draft", fields(["title": "老人津贴", "idempotency_key": key(5)]),
        showing: "\(desk)/draft")
      #expect(stale.status == 409)
      let dropped = try await post(
        worker, "\(desk)/drop", [("seen", "1"), ("idempotency_key", key(6))], showing: desk)
      #expect(dropped.status == 303)
      let retired = try await post(
        supervisor, "\(desk)/retire", [("reason", "区里停办了"), ("idempotency_key", key(7))], showing: desk)
      #expect(retired.status == 303)
      #expect(try await fixture.browser().get("/policies/\(id)").text.contains("区里停办了"))
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test("Neighbours say that it is clear, ask to be called, follow and stop", arguments: TestEngine.available)
  func receipts(_ engine: TestEngine) async throws {
    try await LibraryFixture.with(engine) { fixture in
      let id = try await fixture.publish(LibraryFixture.content())
      let browser = try await fixture.browser(of: fixture.wang)
      let path = "/policies/\(id)"
      for (number, answer) in ["clear", "clear", "questions"].enumerated() {
        let sent = try await post(
          browser, "\(path)/receipt",
          [("version", "1"), ("answer", answer), ("idempotency_key", key(number))], showing: path)
        #expect(sent.status == 303 && sent.location == "\(path)/versions/1?said=1")
      }
      #expect(try await fixture.count("SELECT count(*) FROM policy_receipt") == 1)
      #expect(try await fixture.count("SELECT count(*) FROM policy_question") == 1)
      #expect(try await browser.get(path).text.contains("社工会和您联系"))
      let what = PolicyFollowing.policy(id).text
      let followed = try await post(
        browser, "/policy-follows", [("what", what), ("wish", "follow"), ("idempotency_key", key(10))],
        showing: path)
      #expect(followed.location == "/policy-follows")
      #expect(try await browser.get("/policy-follows").text.contains("高龄补贴"))
      _ = try await post(
        browser, "/policy-follows", [("what", what), ("wish", "stop"), ("idempotency_key", key(11))],
        showing: path)
      #expect(try await fixture.count("SELECT count(*) FROM policy_follow") == 0)
      let strange = try await post(
        browser, "/policy-follows",
        [("what", "policy:\(PolicyID(rawValue: 3))"), ("wish", "follow"), ("idempotency_key", key(12))],
        showing: path)
      #expect(strange.status == 404)
      let anonymous = try await fixture.browser()
      let refused = try await post(
        anonymous, "\(path)/receipt",
        [("version", "1"), ("answer", "clear"), ("idempotency_key", key(13))], showing: path)
      #expect([303, 401, 403].contains(refused.status))
      #expect(try await fixture.count("SELECT count(*) FROM policy_receipt") == 1)
    }
  }

  @Test(
    "The station records who was told at the door, and sees no names in its counts",
    arguments: TestEngine.available)
  func station(_ engine: TestEngine) async throws {
    try await LibraryFixture.with(engine) { fixture in
      let id = try await fixture.publish(LibraryFixture.content())
      let (desk, worker) = ("/policy-desk/\(id)", try await fixture.browser(of: fixture.worker))
      let nobody = try await post(
        worker, "\(desk)/explained",
        [("version", "1"), ("source", "explained"), ("idempotency_key", key(1))], showing: desk)
      #expect(nobody.status == 422)
      let which = try await post(
        worker, "\(desk)/explained",
        [
          ("version", "1"), ("source", "read_aloud"), ("building", "3号楼"), ("unit", "2"), ("room", "501"),
          ("idempotency_key", key(2)),
        ], showing: desk)
      #expect(which.status == 422 && which.text.contains("王叔"), "it asks which of the household")
      for (number, phone) in ["13800138001", "138-0013-8001"].enumerated() {
        let sent = try await post(
          worker, "\(desk)/explained",
          [
            ("version", "1"), ("source", "explained"), ("phone", phone),
            ("idempotency_key", key(10 + number)),
          ], showing: desk)
        #expect(sent.status == 303)
      }
      #expect(try await fixture.count("SELECT count(*) FROM policy_receipt") == 1)
      let page = try await worker.get(desk).text
      #expect(page.contains("不到 5 人") && !page.contains("王阿姨"))
      let told = try await post(
        worker, "\(desk)/news",
        [
          ("audience", "buildings"), ("buildings", "3"), ("reason", "老人多"), ("idempotency_key", key(20)),
        ], showing: desk)
      #expect(told.status == 303)
      let unsaid = try await post(
        worker, "\(desk)/news", [("audience", "buildings"), ("idempotency_key", key(21))], showing: desk)
      #expect(unsaid.status == 422)
      try await fixture.runJobs()
      #expect(Set(try await fixture.messages()) == [fixture.wang, fixture.li])
    }
  }

  @Test("The desk is closed to neighbours, and publishing to workers")
  func access() async throws {
    try await LibraryFixture.with(.sqlite) { fixture in
      let id = try await fixture.publish(LibraryFixture.content())
      let neighbour = try await fixture.browser(of: fixture.wang)
      for path in ["/policy-desk", "/policy-desk/new", "/policy-desk/\(id)", "/policy-desk/\(id)/draft"] {
        #expect(try await neighbour.get(path).status == 403, "\(path)")
        #expect(try await fixture.browser().get(path).status != 200, "\(path)")
      }
      let worker = try await fixture.browser(of: fixture.worker)
      for step in ["publish", "retire"] {
        let sent = try await post(
          worker, "/policy-desk/\(id)/\(step)",
          [("seen", "1"), ("reason", "停办"), ("idempotency_key", key(1))], showing: "/policy-desk/\(id)")
        #expect(sent.status == 403, "\(step)")
      }
      for step in ["draft", "drop", "explained", "news", "publish", "retire"] {
        let sent = try await post(
          neighbour, "/policy-desk/\(id)/\(step)", fields(["version": "1"]), showing: "/policies/\(id)")
        #expect(sent.status == 403, "\(step)")
      }
      #expect(try await fixture.head(id).state == .published)
    }
  }

  @Test("Programs read the same, page by page", arguments: TestEngine.available)
  func api(_ engine: TestEngine) async throws {
    try await LibraryFixture.with(engine) { fixture in
      let first = try await fixture.publish(LibraryFixture.content("高龄补贴"))
      let second = try await fixture.publish(
        LibraryFixture.content("创业贷款", field: .work, expires: LibraryFixture.day("2026-06-30")))
      let browser = try await fixture.browser()
      func page(_ query: String) async throws -> (ids: [String], next: String?) {
        let answer = try await browser.get("/api/v1/policies\(query)")
        #expect(answer.status == 200, "\(query)")
        let json = try JSON(answer.bytes)
        guard case .array(let policies)? = json["policies"] else { return ([], nil) }
        let ids = policies.compactMap { policy -> String? in
          if case .string(let id)? = policy["id"] { id } else { nil }
        }
        if case .string(let next)? = json["next_cursor"] { return (ids, next) }
        return (ids, nil)
      }
      #expect(try await page("").ids == [second.description, first.description])
      let one = try await page("?limit=1")
      #expect(one.ids == [second.description])
      let rest = try await page("?limit=1&cursor=\(one.next ?? "")")
      #expect(rest.ids == [first.description] && rest.next == nil)
      #expect(try await page("?in_force=true").ids == [first.description])
      #expect(try await page("?field=work").ids == [second.description])
      #expect(try await page("?q=%E8%B4%B7%E6%AC%BE").ids == [second.description])
      for query in ["?limit=0", "?limit=x", "?cursor=x", "?field=x", "?level=x", "?in_force=maybe"] {
        #expect(try await browser.get("/api/v1/policies\(query)").status == 422, "\(query)")
      }
      let answer = try await browser.get("/api/v1/policies/\(first)")
      let json = try JSON(answer.bytes)
      #expect(json["standing"] == .string("in_force") && json["version"] == .integer(1))
      #expect(json["documents"] == .array([.string("身份证"), .string("户口本"), .string("银行卡")]))
      #expect(json["expires"] == .null && json["effective"] == .string("2026-01-01"))
      #expect(try await browser.get("/api/v1/policies/\(PolicyID(rawValue: 9))").status == 404)
    }
  }
}
