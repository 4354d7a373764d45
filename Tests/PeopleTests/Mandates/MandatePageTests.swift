import Database
import HTTPTypes
import Kernel
import TestKit
import Testing
import Web

@testable import People

@Suite("The pages of mandates")
struct MandatePageTests {
  @Test("The principal gives, lowers, raises and ends on her own pages", arguments: ["zh", "en"])
  func own(language: String) async throws {
    try await MandatePeople.with(.sqlite) { people in
      let browser = try await people.place.browser(of: people.elder, level: .card, language: language)
      #expect(try await browser.get("/account").text.contains("/account/mandates"))
      let form = try await browser.get("/account/mandates/new")
      #expect(form.text.contains(people.worker.description) && form.text.contains("value=\"60.00\""))
      #expect(!form.text.contains("name=\"evidence\""))
      let day = CivilDateTime(people.place.clock.now + .days(90), offsetSeconds: 28_800).isoDate
      let given = try await browser.post(
        "/account/mandates",
        [
          "helper": people.worker.description, "matters": "groceries", "merchants": "any", "per_order": "60",
          "per_day": "60", "per_month": "300", "pay_ways": "cash", "confirmations": "pin", "expires": day,
          "family_key": "phone", "trusted_phone": "137 0013 7003", "alert_person": "nobody",
        ])
      let path = try #require(given.location)
      #expect(given.status == 303)
      let shown = try await browser.get(path)
      #expect(shown.text.contains("小许") && shown.text.contains("女儿") && shown.text.contains("¥300.00"))
      let lower = try await browser.post(
        "\(path)/terms", ["part": "caps", "per_order": "40", "per_day": "40", "per_month": "300"])
      #expect(lower.location == path)
      let raised = try await browser.post(
        "\(path)/terms", ["part": "caps", "per_order": "80", "per_day": "80", "per_month": "300"])
      #expect(raised.location == path)
      let waiting = try await browser.get(path)
      #expect(waiting.text.contains("id=\"waiting\"") && waiting.text.contains("¥80.00"))
      #expect(try await browser.post("\(path)/keep").location == path)
      #expect(try await !browser.get(path).text.contains("id=\"waiting\""))
      let bad = try await browser.post(
        "\(path)/terms", ["part": "caps", "per_order": "80", "per_day": "1", "per_month": "x"])
      #expect(bad.status == 422 && bad.text.contains("field-per_month-error"))
      let helper = try await people.place.browser(of: people.worker, language: language)
      #expect(try await helper.get("/account/helping").text.contains("王奶奶"))
      _ = try await browser.get(path)
      #expect(try await browser.post("\(path)/end").location == path)
      #expect(try await !helper.get("/account/helping").text.contains("王奶奶"))
      let stranger = try await people.place.browser(of: people.daughter, level: .password, language: language)
      #expect(try await stranger.get(path).status == 404)
      _ = try await stranger.get("/account/mandates")
      #expect(try await stranger.post("\(path)/end").status == 404)
    }
  }

  @Test("A helper ends what they were given, and nobody else by that door")
  func helping() async throws {
    try await MandatePeople.with(.sqlite) { people in
      let given = try await people.give()
      let daughter = try await people.place.browser(of: people.daughter, level: .password)
      _ = try await daughter.get("/account")
      #expect(try await daughter.post("/account/helping/\(given.id)/end").status == 404)
      let worker = try await people.place.browser(of: people.worker)
      _ = try await worker.get("/account/helping")
      #expect(try await worker.post("/account/helping/\(given.id)/end").status == 303)
      #expect(try await people.find(given)?.revokedAt != nil)
    }
  }

  @Test(
    "Staff record a signed paper; a telephone that is nobody's and a missing witness are told at their fields"
  )
  func desk() async throws {
    try await MandatePeople.with(.sqlite) { people in
      let base = "/desk/people/\(people.elder)/mandates"
      let desk = try await people.place.browser(of: people.colleague)
      for path in ["", "/new", "/print"] { #expect(try await desk.get(base + path).status == 200, "\(path)") }
      func fields(_ evidence: String, _ phone: String) -> KeyValuePairs<String, String> {
        [
          "helper": "phone", "helper_phone": phone, "matters": "groceries", "merchants": "any",
          "per_order": "60", "per_day": "60", "per_month": "300", "pay_ways": "cash",
          "confirmations": "paper",
          "expires": CivilDateTime(people.place.clock.now + .days(90), offsetSeconds: 28_800).isoDate,
          "evidence": evidence, "place": "home",
        ]
      }
      let unknown = try await desk.post(base, fields("signed_paper", "13999999999"))
      #expect(unknown.status == 422 && unknown.text.contains("field-helper_phone-error"))
      let spoken = try await desk.post(base, fields("spoken_with_witness", "13700137001"))
      #expect(spoken.status == 422 && spoken.text.contains("field-witness-error"))
      let electronic = try await desk.post(base, fields("electronic", "13700137001"))
      #expect(electronic.status == 422)
      let recorded = try await desk.post(base, fields("signed_paper", "13700137001"))
      let path = try #require(recorded.location)
      #expect(try await desk.get("\(path)/print").status == 200)
      #expect(try await desk.get("\(path)/evidence/1").status == 404)
      let worker = try await people.place.browser(of: people.worker)
      _ = try await worker.get("\(path)/terms")
      let widened = try await worker.post(
        "\(path)/terms",
        [
          "part": "caps", "per_order": "90", "per_day": "90", "per_month": "300", "evidence": "signed_paper",
          "place": "home",
        ])
      #expect(widened.status == 403)
      let wrongPerson = path.replacing(people.elder.description, with: people.daughter.description)
      #expect(try await desk.get(wrongPerson).status == 404)
      let leader = try await people.place.resident("团长", phone: "13600136000", roles: [.leader])
      #expect(try await people.place.browser(of: leader, level: .password).get(base).status == 403)
    }
  }
}
