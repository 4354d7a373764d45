import Foundation
import HTTPTypes
import Kernel
import People
import TestKit
import Testing
import Web

@testable import Policy

@Suite("Eligibility: the pages of those who write")
struct RuleRoutesTests {
  private let policy = EligibilityFixture.meals
  private let base = "/policies/\(EligibilityFixture.meals)/rule"

  private func key(_ number: Int) -> String { "rule-route-key-\(number)" }

  @Test(arguments: TestEngine.available)
  func `a rule is written with forms, tried out and published`(engine: TestEngine) async throws {
    try await EligibilityFixture.with(engine) { fixture in
      let desk = try await fixture.browser(of: fixture.worker)
      #expect(try await desk.get(base).status == 200)
      #expect(try await desk.get("\(base)/draft").status == 404)
      #expect(try await desk.post("\(base)/draft", ["idempotency_key": key(1)]).location == "\(base)/draft")
      #expect(try await desk.get("\(base)/draft").text.contains("规则里还没有条件"))
      #expect(try await desk.get("\(base)/draft/nodes/top/new/age").text.contains("今年多少周岁"))
      let typed = try await desk.post(
        "\(base)/draft/steps",
        [
          "idempotency_key": key(2), "step": "add_condition", "revision": "1", "node": "top", "fact": "age",
          "comparison": "at_least", "number": "600", "article": "第三条",
        ])
      #expect(typed.status == 422 && typed.text.contains("600") && typed.text.contains("第三条"))
      #expect(typed.text.contains("field-add_condition-number-error"))
      let added = try await desk.post(
        "\(base)/draft/steps",
        [
          "idempotency_key": key(3), "step": "add_condition", "revision": "1", "node": "top", "fact": "age",
          "comparison": "at_least", "number": "60", "article": "第三条", "quote": "年满六十周岁",
        ])
      #expect(added.location == "\(base)/draft")
      let page = try await desk.get("\(base)/draft")
      for part in ["60 岁及以上", "（第三条）", "年满六十周岁", "没有一个样例用到"] {
        #expect(page.text.contains(part), "\(part)")
      }
      let tests: [(String, String, String)] = [("六十岁", "60", "eligible"), ("五十九岁", "59", "not_eligible")]
      for (number, test) in tests.enumerated() {
        let answer = try await desk.post(
          "\(base)/draft/steps",
          [
            "idempotency_key": key(10 + number), "step": "set_test", "revision": "\(2 + number)",
            "name": test.0,
            "day": "2026-11-23", "fact_age": test.1, "expected": test.2,
          ])
        #expect(answer.status == 303)
      }
      let tried = try await desk.post("\(base)/draft/try", ["day": "2026-11-23", "fact_age": "71"])
      #expect(tried.status == 200 && tried.text.contains("可能符合"))
      let ready = try await desk.get("\(base)/draft")
      #expect(ready.text.contains("样例都通过了") && ready.text.contains("写过这份规则的人不能自己发布"))
      #expect(
        try await desk.post("\(base)/draft/publish", ["idempotency_key": key(20), "revision": "4"]).status
          == 403)
      let supervisor = try await fixture.browser(of: fixture.supervisor)
      #expect(try await supervisor.get("\(base)/draft").text.contains("发布以后居民就能用"))
      let published = try await supervisor.post(
        "\(base)/draft/publish", ["idempotency_key": key(21), "revision": "4"])
      #expect(published.location == base)
      #expect(try await supervisor.get(base).text.contains("居民可以用"))
      #expect(try await supervisor.get("\(base)/versions/1").status == 200)
      #expect(try await supervisor.get("\(base)/versions/2").status == 404)
      #expect(try await fixture.shown(policy)?.content.tests.count == 2)
    }
  }

  @Test(arguments: TestEngine.available)
  func `two authors do not overwrite each other, and a form that is sent twice is one step`(
    engine: TestEngine
  ) async throws {
    try await EligibilityFixture.with(engine) { fixture in
      let one = try await fixture.browser(of: fixture.worker)
      let other = try await fixture.browser(of: fixture.colleague)
      _ = try await one.get(base)
      _ = try await one.post("\(base)/draft", ["idempotency_key": key(1)])
      _ = try await one.get("\(base)/draft/nodes/top/new/alone")
      _ = try await other.get("\(base)/draft/nodes/top/new/veteran")
      func add(_ browser: Browser, _ fact: String, _ number: Int, revision: String) async throws
        -> Browser.Answer
      {
        try await browser.post(
          "\(base)/draft/steps",
          [
            "idempotency_key": key(number), "step": "add_condition", "revision": revision, "node": "top",
            "fact": fact, "answer": "yes",
          ])
      }
      #expect(try await add(one, "alone", 2, revision: "1").status == 303)
      #expect(try await add(one, "alone", 2, revision: "1").status == 303, "the same form again")
      let late = try await add(other, "veteran", 3, revision: "1")
      #expect(late.status == 409 && late.text.contains("有人改过这条规则") && late.text.contains("一个人住：是"))
      #expect(try await add(other, "veteran", 4, revision: "2").status == 303)
      let draft = try #require(try await fixture.draft(policy))
      #expect(draft.revision == 3 && draft.content.rule.facts == [.alone, .veteran])
    }
  }

  @Test func `a standard is written as a dated list, and parts are changed, moved, grouped and removed`()
    async throws
  {
    try await EligibilityFixture.with(.sqlite) { fixture in
      let desk = try await fixture.browser(of: fixture.worker)
      let token = try #require(try await desk.get(base).hidden("form_token"))
      _ = try await desk.post("\(base)/draft", ["idempotency_key": key(1)])
      var seen = 0
      func step(_ fields: [(String, String)]) async throws -> Int {
        seen += 1
        var body: [(String, String)] = fields
        body.append(("revision", "\(seen)"))
        body.append(("idempotency_key", key(100 + seen)))
        body.append(("form_token", token))
        let text = body.map { "\($0)=\(URLEncodedText.encode($1))" }.joined(separator: "&")
        let answer = try await desk.send(
          .post, "\(base)/draft/steps",
          headers: [
            .contentType: "application/x-www-form-urlencoded", .origin: "http://\(EligibilityFixture.host)",
          ], body: Array(text.utf8))
        if answer.status != 303 { seen -= 1 }
        return answer.status
      }
      #expect(try await step([("step", "add_parameter"), ("name", "低保标准")]) == 303)
      #expect(try await desk.get("\(base)/draft/standards/p1").status == 200)
      #expect(
        try await step([
          ("step", "set_value"), ("parameter", "p1"), ("from", "2026-07-01"), ("amount", "1510"),
          ("replacing", "none"), ("article", "沪民规〔2026〕1 号"),
        ]) == 303)
      #expect(
        try await step([
          ("step", "set_value"), ("parameter", "p1"), ("from", "2026-07-01"), ("through", "2026-06-01"),
          ("amount", "1510"),
        ]) == 422)
      #expect(
        try await step([
          ("step", "add_condition"), ("node", "top"), ("fact", "income"), ("comparison", "at_most"),
          ("parameter", "p1"),
        ]) == 303)
      #expect(
        try await step([
          ("step", "add_condition"), ("node", "top"), ("fact", "registration"), ("choices", "this_district"),
          ("choices", "this_city"),
        ]) == 303)
      let page = try await desk.get("\(base)/draft")
      #expect(page.text.contains("“低保标准”（1510 元）及以下") && page.text.contains("本区 或 本市别的区"))
      #expect(try await desk.get("\(base)/draft/nodes/1").text.contains("往上移"))
      #expect(try await step([("step", "move_up"), ("node", "1")]) == 303)
      #expect(try await step([("step", "wrap"), ("node", "0"), ("kind", "any")]) == 303)
      #expect(try await step([("step", "wrap"), ("node", "0"), ("kind", "at_least")]) == 422)
      #expect(try await step([("step", "remove_parameter"), ("parameter", "p1")]) == 409)
      #expect(
        try await step([
          ("step", "change_condition"), ("node", "1"), ("comparison", "at_least"), ("number", "100"),
          ("parameter", "none"),
        ]) == 303)
      #expect(try await step([("step", "set_places"), ("places", "job"), ("places", "checkout")]) == 303)
      let draft = try #require(try await fixture.draft(policy)).content
      #expect(draft.places == [.job, .checkout])
      #expect(draft.rule.top.parts.map(\.parts.count) == [1, 0])
      #expect(draft.rule.root[RulePath(places: [0, 0])].map { $0.parts.isEmpty } == true)
      #expect(try await step([("step", "remove"), ("node", "9")]) == 404)
      #expect(try await step([("step", "restore"), ("to", "1")]) == 303)
      #expect(try #require(try await fixture.draft(policy)).content == .empty)
      #expect(
        try await desk.post("\(base)/draft/drop", ["idempotency_key": key(900), "revision": "\(seen + 1)"])
          .status == 303)
      #expect(try await fixture.draft(policy) == nil)
    }
  }

  @Test func `residents see none of it, and English pages are whole`() async throws {
    try await EligibilityFixture.with(.sqlite) { fixture in
      try await fixture.publish(EligibilityFixture.mealsRule, of: policy)
      let writer = try await fixture.browser(of: fixture.worker, language: "en")
      _ = try await writer.get(base)
      _ = try await writer.post("\(base)/draft", ["idempotency_key": key(1)])
      let pages = [
        base, "\(base)/draft", "\(base)/draft/nodes/top", "\(base)/draft/nodes/0", "\(base)/draft/nodes/1-0",
        "\(base)/draft/nodes/1/new/income", "\(base)/draft/standards/new", "\(base)/draft/tests/new",
        "\(base)/draft/tests/0", "\(base)/versions/1",
      ]
      for path in pages {
        let page = try await writer.get(path)
        #expect(page.status == 200 && page.text.components(separatedBy: "<h1").count == 2, "\(path)")
        let ids = page.text.matches(of: /\sid="([^"]+)"/).map { String($0.1) }
        #expect(Set(ids).count == ids.count, "\(path): no identifier stands twice")
      }
      for path in [
        "nodes/7", "nodes/x", "nodes/0/new/age", "nodes/top/new/shoes", "standards/p9", "tests/99",
      ] {
        #expect(try await writer.get("\(base)/draft/\(path)").status == 404, "\(path)")
      }
      let resident = try await fixture.browser(of: fixture.resident)
      for path in pages { #expect(try await resident.get(path).status == 403, "\(path)") }
      #expect(try await resident.post("\(base)/draft/publish", ["revision": "1"]).status == 403)
      let unknown = "/policies/\(PolicyID(rawValue: 77))/rule"
      #expect(try await writer.get(unknown).status == 404)
      #expect(try await writer.post("\(unknown)/draft", ["idempotency_key": key(5)]).status == 404)
    }
  }
}
