import Database
import HTTPTypes
import Kernel
import People
import TestKit
import Testing
import Web

@testable import Activities

@Suite("Activities: the pages")
struct ActivityRouteTests {
  private func key(_ number: Int) -> String { "activity-route-key-\(number)" }

  @Test("The station prepares, publishes, changes, cancels", arguments: TestEngine.available)
  func station(_ engine: TestEngine) async throws {
    try await ActivityFixture.with(engine) { fixture in
      let desk = try await fixture.browser(of: fixture.worker)
      #expect(try await desk.get("/activity-desk/new").text.contains("高龄津贴"))
      let wrong = try await desk.post(
        "/activity-desk", ["idempotency_key": key(1), "title": "只有题目", "kind": "lecture"])
      #expect(wrong.status == 422 && wrong.text.contains("只有题目") && wrong.text.contains("field-place-error"))
      let fields: KeyValuePairs<String, String> = [
        "idempotency_key": key(2), "kind": "meeting", "title": "楼道怎么改", "description": "来说说",
        "agenda": "看图\n表决", "organiser": fixture.worker.description, "place": "活动室",
        "starts_at": "2026-11-25T16:00", "ends_at": "2026-11-25T18:00", "capacity": "10",
        "subject": ActivityFixture.policy.description,
      ]
      let made = try await desk.post("/activity-desk", fields)
      let again = try await desk.post("/activity-desk", fields)
      let location = try #require(made.location)
      #expect(made.status == 303 && again.location == location, "sent twice, made once")
      let path = String(location.prefix { $0 != "?" })
      let id = String(path.dropFirst("/activity-desk/".count))
      let anybody = try await fixture.browser()
      #expect(try await anybody.get("/activities/\(id)").status == 404, "a draft")
      let page = try await desk.get(path)
      #expect(page.text.contains("看图") && page.text.contains("/policies/77"))
      #expect(page.text.ranges(of: "<h1").count == 1)
      let seen = try #require(page.hidden("seen"))
      #expect(
        try await desk.post("\(path)/publish", ["idempotency_key": key(3), "seen": seen]).status == 303)
      #expect(try await anybody.get("/activities").text.contains("楼道怎么改"))
      #expect(try await anybody.get("/activities/\(id)").text.contains("还有 10 个名额"))
      #expect(
        try await desk.post("\(path)/publish", ["idempotency_key": key(4), "seen": "1"]).status == 409)
      for paper in MaterialRules.Paper.allCases {
        let sheet = try await desk.get("\(path)/paper/\(paper.rawValue)")
        #expect(sheet.status == 200 && sheet.text.contains("楼道怎么改"), "\(paper)")
      }
      #expect(try await desk.get("\(path)/paper/poster").text.contains("<svg"))
      let quiet = try await desk.post("\(path)/cancel", ["idempotency_key": key(5), "seen": "1"])
      #expect(quiet.status == 422 && quiet.text.contains("field-reason-error"))
      #expect(
        try await desk.post(
          "\(path)/cancel", ["idempotency_key": key(6), "seen": "1", "reason": "下大雪"]
        ).status == 303)
      #expect(try await anybody.get("/activities/\(id)").text.contains("下大雪"))
      for place in ["/activity-desk", path] {
        #expect(try await fixture.browser(of: fixture.neighbours[0]).get(place).status == 403)
      }
    }
  }

  @Test("A resident signs up with one tap, sees it, and cancels", arguments: TestEngine.available)
  func resident(_ engine: TestEngine) async throws {
    try await ActivityFixture.with(engine) { fixture in
      let id = try await fixture.make(capacity: 1)
      let path = "/activities/\(id)"
      #expect(try await fixture.browser().get(path).text.contains("/sign-in?next="))
      let (one, two) = (
        try await fixture.browser(of: fixture.neighbours[0]),
        try await fixture.browser(of: fixture.neighbours[1])
      )
      for browser in [one, two] {
        let key = try #require(try await browser.get(path).hidden("idempotency_key"))
        for _ in 0..<2 {
          #expect(try await browser.post("\(path)/sign-up", ["idempotency_key": key]).status == 303)
        }
      }
      #expect(try await one.get(path).text.contains("您报上了"))
      #expect(try await two.get(path).text.contains("前面还有 0 位"))
      #expect(try await two.get("/activities").text.contains("我报名的"))
      let cancel = try #require(try await one.get(path).hidden("idempotency_key"))
      #expect(try await one.post("\(path)/cancel", ["idempotency_key": cancel]).status == 303)
      #expect(try await two.get(path).text.contains("您报上了"))
      #expect(try await one.get(path).text.contains("我要排队"))
      fixture.clock.move(to: ActivityFixture.begins - .hours(3))
      let late = try await one.post("\(path)/sign-up", ["idempotency_key": key(1)])
      #expect(late.status == 409 && late.text.contains("现在不能报名"))
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(
    "The station signs up by telephone, by door, and somebody without an account",
    arguments: TestEngine.available)
  func signUps(_ engine: TestEngine) async throws {
    try await ActivityFixture.with(engine) { fixture in
      let id = try await fixture.make(capacity: 10)
      let desk = try await fixture.browser(of: fixture.worker)
      let path = "/activity-desk/\(id)/sign-ups"
      _ = try await desk.get(path)
      let phone = try await desk.post(
        path, ["idempotency_key": key(1), "channel": "phone", "phone": "138 0013 8001"])
      #expect(phone.status == 303)
      let door = try await desk.post(
        path,
        ["idempotency_key": key(2), "channel": "staff", "building": "3号楼", "unit": "2", "room": "501"])
      #expect(door.status == 422 && door.text.contains("邻居2"), "which of them is asked")
      let chosen = try await desk.post(
        path,
        [
          "idempotency_key": key(3), "channel": "staff", "building": "3号楼", "unit": "2", "room": "501",
          "person": fixture.neighbours[1].description,
        ])
      #expect(chosen.status == 303)
      let nobody = try await desk.post(path, ["idempotency_key": key(4), "channel": "phone"])
      #expect(nobody.status == 422)
      for number in 5...6 {
        let walkIn = try await desk.post(
          "/activity-desk/\(id)/walk-ins",
          ["idempotency_key": key(number), "name": number == 5 ? "戴帽子的大爷" : ""])
        #expect(walkIn.status == 303)
      }
      let page = try await desk.get(path).text
      for part in ["邻居1", "邻居2", "戴帽子的大爷", "没留称呼", "还有 6 个名额"] {
        #expect(page.contains(part), "\(part)")
      }
      let first = try await fixture.signUps(id)[0].id
      #expect(
        try await desk.post("\(path)/\(first)/cancel", ["idempotency_key": key(7)]).status == 303)
      #expect(try await fixture.signUps(id).count == 3)
      let other = try await fixture.make(capacity: 10)
      let second = try await fixture.signUps(id)[0].id
      let strange = try await desk.post(
        "/activity-desk/\(other)/sign-ups/\(second)/cancel", ["idempotency_key": key(8)])
      #expect(strange.status == 404)
      #expect(try await desk.get("/activity-desk/\(id)/paper/list").text.contains("戴帽子的大爷"))
    }
  }
}
