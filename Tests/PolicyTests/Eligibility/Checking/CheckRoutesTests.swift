import HTTPTypes
import Kernel
import People
import TestKit
import Testing
import Web

@testable import Policy

@Suite("Eligibility: seeing for oneself")
struct CheckRoutesTests {
  private let meals = "/policies/\(EligibilityFixture.meals)/check"

  @Test(arguments: TestEngine.available)
  func `only what the rule still needs is asked, and the answer quotes it`(engine: TestEngine) async throws {
    try await EligibilityFixture.with(engine) { fixture in
      try await fixture.publish(EligibilityFixture.mealsRule, of: EligibilityFixture.meals)
      let browser = try await fixture.browser(of: nil)
      let opened = try await browser.get(meals)
      #expect(opened.status == 200 && opened.headers[.cacheControl] == "no-store")
      for fact in ["fact_age", "fact_registration", "fact_alone"] { #expect(opened.text.contains(fact)) }
      #expect(!opened.text.contains("fact_income"))
      #expect(opened.text.contains("value=\"60-120\"") && opened.text.contains("60 岁及以上"))
      let some = try await browser.post(
        meals, ["fact_age": "60-120", "fact_registration": "unsaid", "fact_alone": "unsaid"])
      #expect(some.status == 200 && some.headers[.cacheControl] == "no-store" && some.location == nil)
      #expect(some.text.contains("还差几项才知道"))
      #expect(some.text.contains("<input type=\"hidden\" name=\"fact_age\" value=\"60-120\">"))
      #expect(some.text.contains("id=\"field-fact_alone\"") && !some.text.contains("id=\"field-fact_age\""))
      let all = try await browser.post(meals, ["fact_age": "60-120", "fact_registration": "this_district"])
      for part in ["可能符合", "第三条", "年满六十周岁", "具有本区户籍", "区民政局", "街道一楼三号窗口", "tel:02155550199"] {
        #expect(all.text.contains(part), "\(part)")
      }
      #expect(!all.text.contains("id=\"field-fact_alone\""), "it does not matter any more")
      let none = try await browser.post(meals, ["fact_age": "0-59"])
      #expect(none.text.contains("可能不符合") && none.text.contains("别自己先放弃"))
      let wrong = try await browser.post(meals, ["fact_age": "many"])
      #expect(wrong.status == 422 && wrong.text.contains("0 到 120"))
      for answer in [all, none, some] {
        #expect(!answer.text.contains("有资格") && !answer.text.contains("entitled"))
      }
    }
  }

  @Test func `English is whole, and says may`() async throws {
    try await EligibilityFixture.with(.sqlite) { fixture in
      try await fixture.publish(EligibilityFixture.mealsRule, of: EligibilityFixture.meals)
      let browser = try await fixture.browser(of: nil, language: "en")
      _ = try await browser.get(meals)
      let answer = try await browser.post(meals, ["fact_age": "60-120", "fact_alone": "yes"])
      #expect(answer.text.contains("May be eligible") && answer.text.contains("Who decides"))
      let ids = answer.text.matches(of: /\sid="([^"]+)"/).map { String($0.1) }
      #expect(Set(ids).count == ids.count)
    }
  }

  @Test(arguments: TestEngine.available)
  func `there is no check of a policy that is not shown, or has no rule`(engine: TestEngine) async throws {
    try await EligibilityFixture.with(engine) { fixture in
      try await fixture.publish(EligibilityFixture.mealsRule, of: EligibilityFixture.hidden)
      let browser = try await fixture.browser(of: fixture.resident)
      for policy in [EligibilityFixture.meals, EligibilityFixture.hidden, PolicyID(rawValue: 7)] {
        #expect(try await browser.get("/policies/\(policy)/check").status == 404)
        #expect(try await browser.post("/policies/\(policy)/check").status == 404)
      }
      #expect(try await browser.get("/policies/check?for=moon").status == 404)
      #expect(try await browser.get("/policies/check").status == 404)
    }
  }

  @Test func `one form asks for several policies of a place at once`() async throws {
    try await EligibilityFixture.with(.sqlite) { fixture in
      let meals = EligibilityFixture.mealsRule
      try await fixture.publish(
        RuleSet(rule: meals.rule, tests: meals.tests, places: [.checkout]), of: EligibilityFixture.meals)
      try await fixture.publish(EligibilityFixture.shopsRule, of: EligibilityFixture.shops)
      let browser = try await fixture.browser(of: nil)
      let opened = try await browser.get(PolicyHints.checkoutPath)
      #expect(opened.status == 200 && opened.headers[.cacheControl] == "no-store")
      for part in ["fact_licence", "fact_alone", "value=\"0-17\"", "value=\"18-59\"", "value=\"60-120\""] {
        #expect(opened.text.contains(part), "\(part)")
      }
      let answer = try await browser.post(
        "/policies/check",
        [
          "for": "checkout", "fact_age": "18-59", "fact_licence": "yes", "fact_licence_age": "0-12",
        ])
      #expect(answer.status == 200 && answer.headers[.cacheControl] == "no-store")
      #expect(answer.text.contains("可能符合") && answer.text.contains("可能不符合"))
      #expect(answer.text.contains("自登记之日起十二个月内"))
      #expect(answer.text.contains("href=\"/policies/check?for=checkout\""), "begin anew")
      #expect(try await browser.post("/policies/check", ["for": "moon"]).status == 404)
      let shop = try await browser.get(PolicyHints.shopOpeningPath)
      #expect(shop.text.contains("fact_licence") && !shop.text.contains("fact_alone"))
      #expect(try await browser.get(PolicyHints.jobsPath).text.contains("现在没有可以看的政策"))
    }
  }

  @Test(arguments: TestEngine.available)
  func `programs get the same answer, and nothing is kept`(engine: TestEngine) async throws {
    try await EligibilityFixture.with(engine) { fixture in
      try await fixture.publish(EligibilityFixture.shopsRule, of: EligibilityFixture.shops)
      let browser = try await fixture.browser(of: nil)
      let path = "/api/v1/policies/\(EligibilityFixture.shops)/check"
      func ask(_ body: String) async throws -> Browser.Answer {
        try await browser.send(.post, path, json: body)
      }
      let open = try await ask(#"{"facts":[{"fact":"licence","answer":true}]}"#)
      #expect(open.status == 200 && open.headers[.cacheControl] == "no-store")
      let answer = try JSON(open.bytes)
      #expect(answer["verdict"] == .string("unknown") && answer["version"] == .integer(1))
      #expect(answer["missing"] == .array([.string("age"), .string("licence_age")]))
      guard case .array(let conditions)? = answer["conditions"] else {
        Issue.record("the conditions are told")
        return
      }
      #expect(conditions.map { $0["holds"] } == [.bool(true), .null, .null])
      let late = try await ask(
        #"{"facts":[{"fact":"licence","answer":true},{"fact":"licence_age","number":13}]}"#)
      #expect(try JSON(late.bytes)["verdict"] == .string("not_eligible"))
      #expect(try await ask(#"{"facts":[{"fact":"age","number":900}]}"#).status == 422)
      #expect(try await ask(#"{"facts":[],"name":"王阿姨"}"#).status == 422)
      #expect(try await ask("{}").status == 422)
    }
  }
}
