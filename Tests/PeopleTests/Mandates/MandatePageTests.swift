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

  @Test("Who lets two help reads what both may spend, and is told before giving the second")
  func together() async throws {
    try await MandatePeople.with(.sqlite) { people in
      let browser = try await people.place.browser(of: people.elder, level: .card)
      let path = "/account/mandates"
      #expect(try await !browser.get("\(path)/new").text.contains("上限各算各的"))
      let first = try await people.give()
      #expect(try await browser.get("\(path)/new").text.contains("已经委托了 1 位，一个月加起来最多 ¥300.00"))
      #expect(try await !browser.get(path).text.contains("id=\"together\""))
      var terms = people.terms
      terms.perMonth = .fen(12_345)
      let friend = try await people.place.resident("老张", phone: "13700137009")
      _ = try await people.give(terms, asking: people.own, to: friend)
      for page in [path, "\(path)/\(first.id)"] {
        let text = try await browser.get(page).text
        #expect(text.contains("id=\"together\"") && text.contains("¥423.45"), "\(page)")
      }
      let desk = try await people.place.browser(of: people.colleague)
      #expect(
        try await desk.get("/desk/people/\(people.elder)/mandates/\(first.id)").text.contains("¥423.45"))
      // Each has its own caps still: one helper's are not the other's.
      let kept = try await people.find(first)
      #expect(kept?.terms(at: people.place.clock.now).perMonth == people.terms.perMonth)
      try await people.revoke(first, by: people.own.actor)
      #expect(try await !browser.get(path).text.contains("id=\"together\""))
    }
  }

  @Test("What waits to count again can be ended where it is read", arguments: ["zh", "en"])
  func dormant(language: String) async throws {
    try await MandatePeople.with(.sqlite) { people in
      let start = people.place.clock.now
      let given = try await people.give(people.terms.ending(start + .hours(12)))
      people.place.clock.advanceSeconds(8 * 3_600)
      _ = try await people.change(given, to: people.terms.ending(start + .days(90)))
      people.place.clock.advanceSeconds(5 * 3_600)
      let browser = try await people.place.browser(of: people.elder, level: .card, language: language)
      let again = language == "zh" ? "才又算数" : "Counts again from"
      let list = try await browser.get("/account/mandates").text
      #expect(list.contains(again) && !list.contains("<details>"))
      let path = "/account/mandates/\(given.id)"
      let page = try await browser.get(path).text
      #expect(page.contains(again) && page.contains("id=\"waiting\"") && page.contains("id=\"end\""))
      #expect(!page.contains("\(path)/terms"))
      let helper = try await people.place.browser(of: people.worker, language: language)
      #expect(try await helper.get("/account/helping").text.contains(again))
      #expect(try await browser.post("\(path)/keep").location == path)
      #expect(try await !browser.get(path).text.contains(again))
      #expect(try await !browser.get(path).text.contains("id=\"end\""))
      #expect(try await !helper.get("/account/helping").text.contains(again))
    }
  }

  @Test("A helper on the staff is offered nothing but the end of their own mandate")
  func helperAtTheDesk() async throws {
    try await MandatePeople.with(.sqlite) { people in
      let given = try await people.give()
      var more = people.terms
      more.perMonth = .fen(90_000)
      _ = try await people.change(given, to: more)
      let path = "/desk/people/\(people.elder)/mandates/\(given.id)"
      let colleague = try await people.place.browser(of: people.colleague)
      let theirs = try await colleague.get(path).text
      #expect(theirs.contains("\(path)/terms") && theirs.contains("\(path)/keep"))
      #expect(!theirs.contains("帮忙的人不能替自己登记、改动或见证委托"))
      let helper = try await people.place.browser(of: people.worker)
      let own = try await helper.get(path).text
      #expect(!own.contains("\(path)/terms") && !own.contains("\(path)/keep"))
      #expect(own.contains("帮忙的人不能替自己登记、改动或见证委托") && own.contains("\(path)/end"))
      #expect(try await helper.get("\(path)/terms").location == path)
      #expect(try await helper.post("\(path)/keep").status == 403)
      #expect(try await helper.post("\(path)/end").location == path)
      #expect(try await people.find(given)?.revokedAt != nil)
    }
  }

  @Test("From whom a helper may buy is named, not guessed")
  func merchants() async throws {
    try await MandatePeople.with(.sqlite) { people in
      let browser = try await people.place.browser(of: people.elder, level: .card)
      _ = try await browser.get("/account/mandates/new")
      let day = CivilDateTime(people.place.clock.now + .days(90), offsetSeconds: 28_800).isoDate
      let given = try await browser.post(
        "/account/mandates",
        [
          "helper": people.worker.description, "matters": "groceries", "merchants": "onyl", "per_order": "60",
          "per_day": "60", "per_month": "300", "pay_ways": "cash", "confirmations": "pin", "expires": day,
        ])
      #expect(given.status == 422 && given.text.contains("field-merchants-error"))
    }
  }

  @Test("Naming somebody for the statement is not yet telling them")
  func copy() async throws {
    try await MandatePeople.with(.sqlite) { people in
      var terms = people.terms
      terms.statementCopy = people.daughter
      let mandate = try await people.give(terms, asking: people.own)
      let browser = try await people.place.browser(of: people.elder, level: .card)
      let path = "/account/mandates/\(mandate.id)"
      #expect(try await browser.get(path).text.contains("还没给：要本人另外同意"))
      try await people.place.database.write(in: people.place.community) { transaction in
        let notice = try #require(try Consents.notice("relative-sharing", in: transaction))
        try Consents.record(
          Consents.Draft(
            subject: people.elder, notice: notice, recipient: people.daughter,
            expires: transaction.now + .days(30), evidence: .electronic(people.elder)),
          isGiven: true, by: people.own.actor, in: transaction)
      }
      #expect(try await !browser.get(path).text.contains("还没给"))
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
