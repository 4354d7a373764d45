import Database
import HTTPTypes
import Kernel
import People
import TestKit
import Testing
import Web

@testable import Activities

@Suite("Check-ins: the pages")
struct CheckInRouteTests {
  private func key(_ number: Int) -> String { "check-in-route-key-\(number)" }

  @Test("The code on the screen lets residents and strangers in", arguments: TestEngine.available)
  func code(_ engine: TestEngine) async throws {
    try await ActivityFixture.with(engine) { fixture in
      let id = try await fixture.make(capacity: nil)
      let person = fixture.neighbours[0]
      try await fixture.take(person, id)
      let screen = "/activity-desk/\(id)/code"
      #expect(try await fixture.browser(of: fixture.worker).get(screen).status == 409, "too early")
      fixture.clock.move(to: ActivityFixture.begins)
      let shown = try await fixture.browser(of: fixture.worker).get(screen)
      let refresh = try #require(HTTPField.Name("Refresh"))
      #expect(shown.status == 200 && shown.text.contains("<svg") && shown.headers[refresh] == "15")
      let here = "/activities/\(id)/here"
      let code = fixture.programme.codes.code(of: id, at: fixture.clock.now)
      let resident = try await fixture.browser(of: person)
      let page = try await resident.get("\(here)?code=\(code)")
      let ticket = try #require(page.hidden("ticket"))
      let once = try #require(page.hidden("idempotency_key"))
      for _ in 0..<2 {
        let answer = try await resident.post(here, ["ticket": ticket, "idempotency_key": once])
        #expect(answer.status == 303 && answer.location == "\(here)?done=1")
      }
      #expect(try await resident.get("\(here)?code=old").text.contains("记好了"), "who is in is in")
      try await stranger(here, code, fixture)
      let attendance = try await fixture.attendance(id)
      #expect(attendance == ActivityAttendance(signedUp: 1, came: 1, walkIns: 1, waiting: 0))
      #expect(try await fixture.breaches() == [])
    }
  }

  /// Somebody without an account, who is slow to write their name.
  private func stranger(_ here: String, _ code: String, _ fixture: ActivityFixture) async throws {
    let browser = try await fixture.browser(address: "203.0.113.77")
    let page = try await browser.get("\(here)?code=\(code)")
    #expect(page.status == 200 && page.text.contains("/sign-in?next="))
    let ticket = try #require(page.hidden("ticket"))
    let once = try #require(page.hidden("idempotency_key"))
    fixture.clock.advance(by: .minutes(5))
    #expect(try await browser.get("\(here)?code=\(code)").status == 409, "the code is old")
    #expect(try await browser.get("\(here)?ticket=\(ticket)").status == 200, "the ticket is not")
    for _ in 0..<2 {
      let answer = try await browser.post(
        here, ["ticket": ticket, "idempotency_key": once, "name": "路过的"])
      #expect(answer.status == 303)
    }
    let long = try await browser.post(
      here,
      ["ticket": ticket, "idempotency_key": key(1), "name": String(repeating: "长", count: 21)])
    #expect(long.status == 422)
    #expect(
      try await browser.post(here, ["ticket": "1.x", "idempotency_key": key(2)]).status == 409)
    fixture.clock.advance(by: .minutes(6))
    #expect(
      try await browser.post(here, ["ticket": ticket, "idempotency_key": key(3)]).status == 409)
  }

  @Test("One address cannot fill a room by itself", arguments: [TestEngine.sqlite])
  func limit(_ engine: TestEngine) async throws {
    try await ActivityFixture.with(engine) { fixture in
      let id = try await fixture.make(capacity: nil)
      fixture.clock.move(to: ActivityFixture.begins)
      let here = "/activities/\(id)/here"
      let code = fixture.programme.codes.code(of: id, at: fixture.clock.now)
      let browser = try await fixture.browser(address: "203.0.113.78")
      let ticket = try #require(try await browser.get("\(here)?code=\(code)").hidden("ticket"))
      var statuses: [Int] = []
      for number in 0..<125 {
        statuses.append(
          try await browser.post(
            here, ["ticket": ticket, "idempotency_key": "\(key(number))-of-a-script"]
          ).status)
      }
      #expect(statuses.prefix(120).allSatisfy { $0 == 303 })
      #expect(statuses.dropFirst(120).allSatisfy { $0 == 429 })
    }
  }

  @Test("The desk ticks many at once, and takes a mistake back", arguments: TestEngine.available)
  func door(_ engine: TestEngine) async throws {
    try await ActivityFixture.with(engine) { fixture in
      let id = try await fixture.make(capacity: 10)
      for person in fixture.neighbours.prefix(4) { try await fixture.take(person, id) }
      fixture.clock.move(to: ActivityFixture.begins)
      let desk = try await fixture.browser(of: fixture.committee)
      let path = "/activity-desk/\(id)/door"
      #expect(try await desk.get(path).text.contains("4 · 邻居4"))
      let signUps = try await fixture.signUps(id)
      let marks: KeyValuePairs<String, String> = [
        "idempotency_key": key(1), "came": signUps[0].id.description, "came": signUps[2].id.description,
        "numbers": "2 3", "names": "带狗的\n拄拐的", "nameless": "1",
      ]
      for _ in 0..<2 { #expect(try await desk.post(path, marks).status == 303) }
      #expect(
        try await fixture.attendance(id)
          == ActivityAttendance(signedUp: 4, came: 3, walkIns: 3, waiting: 0))
      let page = try await desk.get(path).text
      #expect(page.contains("带狗的") && page.contains("已经来了"))
      let unknown = try await desk.post(path, ["idempotency_key": key(2), "numbers": "99"])
      #expect(unknown.status == 422 && unknown.text.contains("99"))
      let nothing = try await desk.post(path, ["idempotency_key": key(3)])
      #expect(nothing.status == 422)
      let undo = try await desk.post(
        "\(path)/undo", ["idempotency_key": key(4), "sign_up": signUps[0].id.description])
      #expect(undo.status == 303)
      #expect(try await fixture.attendance(id).came == 2)
      fixture.clock.move(to: ActivityFixture.ends)
      let closing = try await fixture.browser(of: fixture.committee)
      let seen = String(try await fixture.activity(id).revision)
      _ = try await closing.get("/activity-desk/\(id)/close")
      let closed = try await closing.post(
        "/activity-desk/\(id)/close",
        ["idempotency_key": key(5), "seen": seen, "very_good": "3", "good": "1", "leads": "两户要防骗卡"])
      #expect(closed.status == 303)
      let outcome = try await closing.get("/activity-desk/\(id)").text
      #expect(outcome.contains("两户要防骗卡") && outcome.contains("报了没来的"))
      #expect(try await !fixture.browser().get("/activities/\(id)").text.contains("两户要防骗卡"))
      #expect(try await fixture.breaches() == [])
    }
  }
}
