import Database
import Foundation
import HTTPTypes
import Kernel
import People
import TestKit
import Testing
import Web

@testable import Care

@Suite("Door visits: the pages")
struct VisitRoutesTests {
  private static let json: HTTPFields = [.accept: "application/json"]

  private func key(_ number: Int) -> String { "visit-route-key-\(number)" }

  @Test("A worker prepares a campaign, starts it, and reads what came of it", arguments: TestEngine.available)
  func desk(_ engine: TestEngine) async throws {
    try await VisitFixture.with(engine) { fixture in
      let desk = try await fixture.browser(of: fixture.runner)
      #expect(try await desk.get("/visit-campaigns/new").status == 200)
      let wrong = try await desk.post(
        "/visit-campaigns", ["idempotency_key": key(100), "title": "只有题目", "purpose": "scam"])
      #expect(wrong.status == 422 && wrong.text.contains("只有题目") && wrong.text.contains("field-task-error"))
      let made = try await desk.post(
        "/visit-campaigns",
        [
          "idempotency_key": key(1), "purpose": "scam", "title": "冬季防骗走访", "task": "送一张防骗卡",
          "phrase": "您好，我是志愿者。",
          "from": "2026-11-23", "to": "2026-11-29", "runner": fixture.runner.description,
          "supervisor": fixture.supervisor.description, "question-1": "接到过可疑电话吗？", "choices-1": "接到过 / 没有",
        ])
      let path = try #require(made.location)
      #expect(made.status == 303 && path.hasPrefix("/visit-campaigns/"))
      let listed = try await desk.post(
        "\(path)/doors", ["idempotency_key": key(2), "way": "building", "buildings": "3"])
      #expect(listed.status == 303)
      let pasted = try await desk.post(
        "\(path)/doors", ["idempotency_key": key(3), "way": "list", "doors": "5-1-1801\n9-9-909\n看不懂"])
      #expect(pasted.status == 422 && pasted.text.contains("第 3 行"))
      let unknown = try await desk.post(
        "\(path)/doors", ["idempotency_key": key(4), "way": "list", "doors": "5-1-1801\n9-9-909"])
      #expect(unknown.status == 422 && unknown.text.contains("第 2 行"))
      let taken = try await desk.post(
        "\(path)/doors", ["idempotency_key": key(5), "way": "list", "doors": "5-1-1801\n3号楼2单元501\n"])
      #expect(taken.status == 422, "3-2-501 is nobody's door")
      #expect(
        try await desk.post("\(path)/doors", ["idempotency_key": key(6), "way": "list", "doors": "5-1-1801"])
          .status == 303)
      #expect(
        try await desk.post(
          "\(path)/doors",
          ["idempotency_key": key(7), "way": "door", "building": "10号楼", "unit": "", "room": "201"]
        ).status == 303)
      #expect(
        try await desk.post("\(path)/visitors", ["idempotency_key": key(8), "phone": "138 0013 8001"]).status
          == 303)
      let nobody = try await desk.post(
        "\(path)/visitors", ["idempotency_key": key(9), "phone": "13900000000"])
      #expect(nobody.status == 422 && nobody.text.contains("没有登记这个手机号"))
      let visitor = fixture.visitor.description
      #expect(
        try await desk.post(
          "\(path)/share", ["idempotency_key": key(10), "share": "building:3", "visitor": visitor]
        ).status == 303)
      let page = try await desk.get(path)
      for part in ["李叔", "3号楼 2单元 502", "赵国强", "按楼栋", "按名单", "开始走访", "4 户里走到了 0 户"] {
        #expect(page.text.contains(part), "\(part)")
      }
      #expect(page.text.components(separatedBy: "<h1").count == 2)
      #expect(try await desk.get("\(path)/cards").status == 409, "nothing is printed before it starts")
      let seen = try #require(page.hidden("seen"))
      #expect(try await desk.post("\(path)/start", ["idempotency_key": key(11), "seen": "0"]).status == 409)
      for _ in 1...2 {
        #expect(
          try await desk.post("\(path)/start", ["idempotency_key": key(12), "seen": seen]).status == 303)
      }
      #expect(try await fixture.breaches() == [])
      let looks = try await fixture.count(
        "SELECT count(*) FROM platform_audit WHERE action = 'care.visit_view'")
      #expect(looks > 0)
    }
  }

  @Test(
    "A visitor sees name, door, task and phrase of their own doors, and reports once",
    arguments: TestEngine.available)
  func visitor(_ engine: TestEngine) async throws {
    try await VisitFixture.with(engine) { fixture in
      let id = try await fixture.underWay()
      let visitor = try await fixture.browser(of: fixture.visitor)
      #expect(try await visitor.get("/my-visits").text.contains("/my-visits/\(id)"))
      let page = try await visitor.get("/my-visits/\(id)")
      #expect(page.status == 200)
      for part in ["李叔", "王阿姨", "3号楼 2单元 502", "5 楼，没电梯", "送一张防骗卡", "我是社区的志愿者", "接到过可疑电话", "没有当面同意"] {
        #expect(page.text.contains(part), "\(part)")
      }
      for part in ["孙奶奶", "吴老师", "按名单", "/visit-campaigns", "/cases"] {
        #expect(!page.text.contains(part), "\(part)")
      }
      let copy = try #require(HTTPField.Name("Offline-Copy"))
      #expect(page.headers[copy]?.hasSuffix(" 86400") == true)
      let ids = page.text.matches(of: /\sid="([^"]+)"/).map { String($0.1) }
      #expect(Set(ids).count == ids.count, "no identifier stands twice")

      let door = try await fixture.door(1, id).id
      let stop = "/my-visits/\(id)/stops/\(door)"
      let plain = try await visitor.post(
        stop,
        [
          "idempotency_key": key(1), "kind": "seen", "version": "1", "answer-0": "1", "note": "愿意来小组",
          "happened_at": "",
        ])
      #expect(plain.status == 303 && plain.location == "/my-visits/\(id)#stop-\(door)")
      let again = try await visitor.post(
        stop,
        [
          "idempotency_key": key(2), "kind": "come_again", "version": "1", "again_at": "2026-11-25T09:30",
          "happened_at": "2026-11-23T07:50:00Z",
        ], headers: Self.json)
      #expect(
        again.status == 200 && again.text.contains("\"under_way\"") && again.text.contains("\"recorded\""))
      let repeated = try await visitor.post(
        stop,
        [
          "idempotency_key": key(2), "kind": "come_again", "version": "1", "again_at": "2026-11-25T09:30",
          "happened_at": "2026-11-23T07:50:00Z",
        ], headers: Self.json)
      #expect(repeated.text.contains("\"repeated\""))
      let timeless = try await visitor.post(
        stop, ["idempotency_key": key(3), "kind": "come_again", "version": "1"])
      #expect(timeless.status == 422 && timeless.text.contains("必须填写"))
      let after = try await visitor.get("/my-visits/\(id)")
      #expect(after.text.contains("见到了") && !after.text.contains("愿意来小组"))
      #expect(try await fixture.outcomes(id).count == 2)
      let cards = try await visitor.get("/my-visits/\(id)/cards")
      #expect(cards.status == 200 && cards.text.contains("李叔") && !cards.text.contains("孙奶奶"))
      #expect(!cards.text.contains("王阿姨"), "where somebody was, nobody goes again")
      #expect(cards.headers[copy] == nil)
      let prints = try await fixture.count(
        "SELECT count(*) FROM platform_audit WHERE action = 'care.visit_print' AND purpose = 'visitor cards'")
      #expect(prints == 1)

      try await fixture.arrange(id) { open, transaction in
        try fixture.desk.finish(&open, seen: open.campaign.events, in: transaction)
      }
      for gone in ["/my-visits/\(id)", "/my-visits/\(id)/cards"] {
        #expect(try await visitor.get(gone).status == 404)
      }
      #expect(try await visitor.get("/my-visits").text.contains("/my-visits/\(id)") == false)
      let late = try await visitor.post(
        stop, ["idempotency_key": key(4), "kind": "not_answered", "version": "1"], headers: Self.json)
      #expect(late.text.contains("\"late\"") && late.text.contains("\"ended\""))
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test("The last day ends what visitors see and what telephones keep", arguments: TestEngine.available)
  func lastDay(_ engine: TestEngine) async throws {
    try await VisitFixture.with(engine) { fixture in
      let id = try await fixture.underWay()
      let copy = try #require(HTTPField.Name("Offline-Copy"))
      fixture.clock.move(to: VisitFixture.lastDayEnds - .hours(2))
      let visitor = try await fixture.browser(of: fixture.visitor)
      #expect(try await visitor.get("/my-visits/\(id)").headers[copy]?.hasSuffix(" 7200") == true)
      fixture.clock.move(to: VisitFixture.lastDayEnds)
      #expect(try await visitor.get("/my-visits/\(id)").status == 404)
      let desk = try await fixture.browser(of: fixture.runner)
      #expect(try await desk.get("/visit-campaigns/\(id)").text.contains("走访的日子过了"))
      #expect(try await desk.get("/visit-campaigns/\(id)/cards").status == 409)
    }
  }

  @Test(
    "Its own people read answers and whose door needs them, and open a case from there",
    arguments: TestEngine.available)
  func results(_ engine: TestEngine) async throws {
    try await VisitFixture.with(engine) { fixture in
      let id = try await fixture.underWay()
      _ = try await fixture.report(
        .followUp, at: 1, of: id, key: key(1), answers: VisitAnswers([0: 0]), note: "想找人说说话")
      let base = "/visit-campaigns/\(id)"
      let door = try await fixture.door(1, id).id
      for person in [fixture.runner, fixture.supervisor] {
        let desk = try await fixture.browser(of: person)
        let results = try await desk.get("\(base)/results")
        #expect(results.text.contains("\(base)/doors/\(door)") && results.text.contains("1 户回答了"))
        let page = try await desk.get("\(base)/doors/\(door)")
        for part in ["想找人说说话", "接到过", "需要社工跟进", "/cases/for/\(fixture.neighbours[1])"] {
          #expect(page.text.contains(part), "\(part)")
        }
        let report = try await desk.get("\(base)/report")
        #expect(report.status == 200 && report.text.contains("1–4") && !report.text.contains("王阿姨"))
        #expect(try await desk.get("\(base)/cards").text.contains("孙奶奶"))
      }
      let desk = try await fixture.browser(of: fixture.runner)
      _ = try await desk.get(base)
      let moved = try await desk.post(
        "\(base)/doors/\(door)/removal", ["idempotency_key": key(2), "removal": "asked"])
      #expect(moved.status == 303)
      #expect(try await fixture.door(1, id).isListed == false)
      let given = try await desk.post(
        "\(base)/doors/\(try await fixture.door(4, id).id)/visitor",
        ["idempotency_key": key(3), "visitor": fixture.visitor.description])
      #expect(given.status == 303)
      #expect(try await fixture.door(4, id).visitor == fixture.visitor)
      let back = try await desk.post(
        "\(base)/doors/\(try await fixture.door(4, id).id)/visitor",
        ["idempotency_key": key(4), "visitor": "none"])
      #expect(back.status == 303)
      #expect(try await fixture.door(4, id).visitor == nil)
      let english = try await fixture.browser(of: fixture.runner, language: "en")
      for path in [
        base, "\(base)/results", "\(base)/doors/\(door)", "\(base)/terms", "\(base)/doors", "\(base)/report",
      ] {
        let page = try await english.get(path)
        #expect(page.status == 200 && page.text.components(separatedBy: "<h1").count == 2, "\(path)")
        let ids = page.text.matches(of: /\sid="([^"]+)"/).map { String($0.1) }
        #expect(Set(ids).count == ids.count, "\(path): no identifier stands twice")
      }
    }
  }

  @Test("Whoever has no part in it finds nothing, in paths and in forms", arguments: TestEngine.available)
  func strangers(_ engine: TestEngine) async throws {
    try await VisitFixture.with(engine) { fixture in
      let id = try await fixture.underWay()
      var theirs = fixture.terms("别人的走访")
      theirs.runner = fixture.colleague
      theirs.supervisor = fixture.otherSupervisor
      let terms = theirs
      let other = try await fixture.database.write(in: fixture.community) {
        try fixture.desk.make(
          terms, by: CaseReader(person: fixture.colleague, roles: [.socialWorker]), in: $0
        ).id
      }
      let (base, door) = ("/visit-campaigns/\(id)", try await fixture.door(0, id).id)
      for person in [fixture.colleague, fixture.otherSupervisor] {
        let desk = try await fixture.browser(of: person)
        #expect(try await desk.get("/visit-campaigns").text.contains("\(id)") == false)
        for path in ["", "/terms", "/doors", "/doors/\(door)", "/results", "/cards", "/report"] {
          #expect(try await desk.get("\(base)\(path)").status == 404, "\(path)")
        }
        for path in [
          "/start", "/finish", "/share", "/visitors", "/doors/\(door)/removal", "/doors/\(door)/visitor",
        ] {
          let answer = try await desk.post(
            "\(base)\(path)",
            [
              "idempotency_key": key(1), "seen": "2", "share": "rest", "visitor": person.description,
              "person": person.description, "removal": "asked",
            ])
          #expect(answer.status == 404, "\(path)")
        }
      }
      for person in [fixture.committee, fixture.visitor, fixture.neighbours[0]] {
        let browser = try await fixture.browser(of: person)
        #expect(try await browser.get(base).status == 403)
        #expect(try await browser.get("/visit-campaigns").status == 403)
      }
      for person in [fixture.otherVisitor, fixture.committee, fixture.neighbours[0], fixture.runner] {
        let browser = try await fixture.browser(of: person)
        if person != fixture.otherVisitor {
          #expect(try await browser.get("/my-visits/\(id)").status == 404)
        }
        _ = try await browser.get("/my-visits")
        let answer = try await browser.post(
          "/my-visits/\(id)/stops/\(door)", ["idempotency_key": key(2), "kind": "seen", "version": "1"])
        #expect(answer.status == 404)
      }
      // The runner's own pages do not lead to doors, visitors and campaigns of others.
      let runner = try await fixture.browser(of: fixture.runner)
      _ = try await runner.get(base)
      #expect(try await runner.get("/visit-campaigns/\(other)").status == 404)
      #expect(try await runner.get("\(base)/doors/\(VisitDoorID(rawValue: 7))").status == 404)
      #expect(try await runner.get("/visit-campaigns/\(other)/doors/\(door)").status == 404)
      let strange = try await runner.post(
        "\(base)/share",
        ["idempotency_key": key(3), "share": "rest", "visitor": fixture.colleague.description])
      #expect(strange.status == 404)
      let building = try await runner.post(
        "\(base)/share",
        ["idempotency_key": key(4), "share": "building:99", "visitor": fixture.visitor.description])
      #expect(building.status == 303)
      #expect(try await fixture.doors(id).count { $0.visitor == fixture.visitor } == 2)
      #expect(try await fixture.outcomes(id).isEmpty)
    }
  }

  @Test("A desk that nobody touches for a quarter of an hour is closed")
  func idle() async throws {
    try await VisitFixture.with(.sqlite) { fixture in
      let id = try await fixture.underWay()
      let desk = try await fixture.browser(of: fixture.runner)
      #expect(try await desk.get("/visit-campaigns/\(id)").status == 200)
      fixture.clock.advance(by: .minutes(16))
      #expect(try await desk.get("/visit-campaigns/\(id)").status != 200)
    }
  }
}
