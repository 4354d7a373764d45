import Database
import Foundation
import Kernel
import People
import TestKit
import Testing
import Web

@testable import Policy

@Suite("Proposals: the pages")
struct ProposalRoutesTests {
  private func key(_ number: Int) -> String { "proposal-route-key-\(number)" }

  @Test(arguments: TestEngine.available)
  func `a resident proposes, the station opens it, neighbours talk, all without names`(
    engine: TestEngine
  ) async throws {
    try await ProposalFixture.with(engine) { fixture in
      let author = try await fixture.browser(of: fixture.residents[0][0])
      let form = try await author.get("/proposals/new")
      #expect(form.status == 200 && form.text.contains("加装扶手办法"))
      let wrong = try await author.post(
        "/proposals", ["idempotency_key": key(1), "title": "装扶手", "text": ""])
      #expect(wrong.status == 422 && wrong.text.contains("装扶手") && wrong.text.contains("field-text-error"))
      let sent = try await author.post(
        "/proposals",
        [
          "idempotency_key": key(2), "title": "装扶手", "text": "不方便", "named": "on",
          "policy": ProposalFixture.policy.id.description,
        ])
      let path = try #require(sent.location).replacing("?saved=proposal", with: "")
      let again = try await author.post(
        "/proposals",
        [
          "idempotency_key": key(2), "title": "装扶手", "text": "不方便", "named": "on",
          "policy": ProposalFixture.policy.id.description,
        ])
      #expect(again.location == sent.location, "the same form is the same proposal")
      let stranger = try await fixture.browser(of: nil)
      #expect(try await stranger.get(path).status == 404, "nobody sees it before the station")
      #expect(try await author.get(path).status == 200)
      #expect(try await author.get("/proposals").text.contains("还没公开"))
      let id = try #require(ProposalID(String(path.suffix(13))))
      let worker = try await fixture.browser(of: fixture.worker)
      let desk = try await worker.get("/proposal-desk/\(id)")
      #expect(desk.text.contains("李0叔"), "the station sees who it is")
      let seen = try #require(desk.hidden("seen"))
      let opened = try await worker.post(
        "/proposal-desk/\(id)/screening",
        ["idempotency_key": key(3), "seen": seen, "decision": "accepted", "reason": "大家都关心"])
      #expect(opened.status == 303)
      let page = try await stranger.get(path)
      for part in ["装扶手", "不方便", "大家都关心", "3号楼一位居民", "加装扶手办法", "登录以后发言"] {
        #expect(page.text.contains(part), "\(part)")
      }
      #expect(!page.text.contains("李0叔"), "no name without a consent to be named")
      let small = try await fixture.browser(of: fixture.residents[12][0])
      _ = try await small.get(path)
      let said = try await small.post(
        "\(path)/contributions", ["idempotency_key": key(4), "stance": "for", "text": "我赞成"])
      #expect(said.status == 303)
      let after = try await stranger.get(path).text
      #expect(
        after.contains("我赞成") && !after.contains("5号楼"), "three households are too few to name their building"
      )
      #expect(!after.contains("李12叔"))
      #expect(try await stranger.get("/proposals").text.contains("装扶手"))
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(arguments: TestEngine.available)
  func `what is not taken up shows its reason, and neither its words nor a title that hurts`(
    engine: TestEngine
  ) async throws {
    try await ProposalFixture.with(engine) { fixture in
      let (plain, hidden) = (try await fixture.submit("换物业"), try await fixture.submit("老周真吵"))
      try await fixture.screen(plain, .notTakenUp(reason: "要业主大会定", hidesTitle: false))
      try await fixture.screen(hidden, .notTakenUp(reason: "说的是一个人", hidesTitle: true))
      let visitor = try await fixture.browser(of: nil)
      let list = try await visitor.get("/proposals?show=ended").text
      #expect(list.contains("换物业") && !list.contains("老周真吵"))
      let page = try await visitor.get("/proposals/\(hidden)").text
      #expect(page.contains("说的是一个人") && !page.contains("老周真吵") && !page.contains("老人进出不方便"))
      #expect(try await visitor.get("/proposals/\(plain)").text.contains("要业主大会定"))
    }
  }

  @Test(arguments: TestEngine.available)
  func `a household votes once, reads it back first, and the second member sees only that it voted`(
    engine: TestEngine
  ) async throws {
    try await ProposalFixture.with(engine) { fixture in
      let id = try await fixture.voted()
      let first = try await fixture.browser(of: fixture.residents[0][0])
      #expect(try await first.get("/proposals/\(id)/vote").text.contains("不能改"))
      let nothing = try await first.post("/proposals/\(id)/vote/check", [:])
      #expect(nothing.status == 422 && nothing.text.contains("请选一个"))
      let check = try await first.post("/proposals/\(id)/vote/check", ["choice": "2"])
      #expect(check.status == 200 && check.text.contains("<strong>不同意</strong>"))
      let own = try #require(check.hidden("idempotency_key"))
      #expect(
        try await first.post("/proposals/\(id)/vote", ["idempotency_key": own, "choice": "2"]).status == 303)
      #expect(try await first.get("/proposals/\(id)/vote?done=1").text.contains("投好了"))
      let second = try await fixture.browser(of: fixture.residents[0][1])
      #expect(try await second.get("/proposals/\(id)").text.contains("您家已经投过票了"))
      let late = try await second.post("/proposals/\(id)/vote/check", ["choice": "1"])
      #expect(late.status == 409)
      let forced = try await second.post(
        "/proposals/\(id)/vote", ["idempotency_key": key(10), "choice": "1"])
      #expect(forced.status == 409 && forced.text.contains("一户一票"))
      let worker = try await fixture.browser(of: fixture.worker)
      #expect(
        try await worker.get("/proposals/\(id)/vote").status == 403, "without a household there is no vote")
      #expect(try await fixture.number("SELECT count(*) FROM policy_proposal_roll") == 1)
    }
  }

  @Test(arguments: TestEngine.available)
  func `staff announce, key in paper, print slips and count`(engine: TestEngine) async throws {
    try await ProposalFixture.with(engine) { fixture in
      let id = try await fixture.open()
      var worker = try await fixture.browser(of: fixture.worker)
      let base = "/proposal-desk/\(id)"
      let seen = try #require(try await worker.get("\(base)/voting").hidden("seen"))
      let announced = try await worker.post(
        "\(base)/voting",
        [
          "idempotency_key": key(20), "seen": seen, "question": "yes_no", "options": "",
          "opens": "2026-11-23T17:00", "closes": "2026-11-30T17:00", "majority": "simple", "quorum": "20",
        ])
      #expect(announced.status == 303)
      let slips = try await worker.get("\(base)/slips/sheet?building=3")
      #expect(slips.text.components(separatedBy: "<article").count == 13 && slips.text.contains("1单元 112"))
      #expect(try await worker.get("\(base)/slips").text.contains("3号楼"))
      fixture.clock.advance(by: .hours(2))
      // A staff session has ended by then.
      worker = try await fixture.browser(of: fixture.worker)
      #expect(try await worker.get("\(base)/votes").status == 200)
      let unknown = try await worker.post(
        "\(base)/votes/check",
        ["building": "3", "unit": "1", "room": "999", "method": "phone", "choice": "1"])
      #expect(unknown.status == 422 && unknown.text.contains("没有登记住户"))
      for (index, room) in ["101", "102", "103", "101"].enumerated() {
        let check = try await worker.post(
          "\(base)/votes/check",
          ["building": "3", "unit": "1", "room": room, "method": "paper", "choice": "1"])
        #expect(check.status == (index == 3 ? 409 : 200))
        let answer = try await worker.post(
          "\(base)/votes",
          [
            "idempotency_key": key(30 + index), "building": "3", "unit": "1", "room": room, "method": "paper",
            "choice": "1",
          ])
        #expect(answer.status == (index == 3 ? 409 : 303))
      }
      fixture.clock.advance(by: .days(8))
      worker = try await fixture.browser(of: fixture.worker)
      let page = try await worker.get(base)
      let counted = try await worker.post(
        "\(base)/count", ["idempotency_key": key(40), "seen": try #require(page.hidden("seen"))])
      #expect(counted.status == 303)
      let shown = try await fixture.browser(of: nil).get("/proposals/\(id)").text
      #expect(shown.contains("15 户里有 3 户投票") && shown.contains("不到 10 户") && !shown.contains("票数"))
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(arguments: TestEngine.available)
  func `the committee answers, staff track, and everybody follows`(engine: TestEngine) async throws {
    try await ProposalFixture.with(engine) { fixture in
      let id = try await fixture.voted()
      try await fixture.vote(Array(repeating: 1, count: 10), on: id)
      _ = try await fixture.count(id)
      let base = "/proposal-desk/\(id)"
      let worker = try await fixture.browser(of: fixture.worker)
      let committee = try await fixture.browser(of: fixture.committee)
      var seen = try #require(try await worker.get(base).hidden("seen"))
      #expect(
        try await worker.post(
          "\(base)/sending",
          ["idempotency_key": key(50), "seen": seen, "addressee": "committee", "due": "2026-12-20"]
        ).status == 303)
      #expect(!(try await worker.get(base).text.contains("公布答复")), "the station has no such form")
      let page = try await committee.get(base)
      #expect(page.text.contains("公布答复") && !page.text.contains("李0叔"))
      seen = try #require(page.hidden("seen"))
      #expect(
        try await committee.post(
          "\(base)/answer",
          ["idempotency_key": key(51), "seen": seen, "outcome": "accepted", "answer": "开春就装"]
        ).status == 303)
      seen = try #require(try await worker.get(base).hidden("seen"))
      #expect(
        try await worker.post(
          "\(base)/result", ["idempotency_key": key(52), "seen": seen, "summary": "装一副扶手"]
        ).status == 303)
      let wrong = try await worker.post(
        "\(base)/result/actions", ["idempotency_key": key(53), "title": "", "weight": "5"])
      #expect(wrong.status == 422 && wrong.text.contains("field-add-title-error"))
      #expect(
        try await worker.post(
          "\(base)/result/actions", ["idempotency_key": key(54), "title": "量尺寸", "weight": "5"]
        ).status == 303)
      let action = try await fixture.database.read {
        try #require(try $0.value("SELECT id FROM policy_proposal_action", as: ResultActionID.self))
      }
      #expect(
        try await worker.post(
          "\(base)/result/actions/\(action)",
          [
            "idempotency_key": key(55), "status": "underway", "progress": "40", "text": "师傅来过了",
            "day": "2026-11-24",
          ]
        ).status == 303)
      let visitor = try await fixture.browser(of: nil)
      let list = try await visitor.get("/results")
      #expect(list.text.contains("装一副扶手") && list.text.contains("办了 40%"))
      let result = try await visitor.get("/results/\(id)")
      for part in ["量尺寸", "师傅来过了", "开春就装"] { #expect(result.text.contains(part), "\(part)") }
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(arguments: TestEngine.available)
  func `doors are open to whom they are meant for`(engine: TestEngine) async throws {
    try await ProposalFixture.with(engine) { fixture in
      let id = try await fixture.voted()
      let resident = try await fixture.browser(of: fixture.residents[0][0])
      let committee = try await fixture.browser(of: fixture.committee)
      for path in [
        "/proposal-desk", "/proposal-desk/new", "/proposal-desk/\(id)", "/proposal-desk/\(id)/votes",
        "/proposal-desk/\(id)/slips", "/proposal-desk/\(id)/slips/sheet",
      ] { #expect(try await resident.get(path).status == 403, "\(path)") }
      #expect(try await committee.get("/proposal-desk/\(id)").status == 200)
      for path in ["votes", "slips", "voting", "result"] {
        #expect(try await committee.get("/proposal-desk/\(id)/\(path)").status == 403, "\(path)")
      }
      let nobody = try await fixture.browser(of: nil)
      #expect(try await nobody.get("/proposals/\(id)").status == 200)
      #expect(try await nobody.get("/proposals/\(id)/vote").status != 200)
      #expect(try await nobody.get("/results/\(id)").status == 404)
      #expect(try await nobody.get("/proposals/\(ProposalID(rawValue: 3))").status == 404)
      let english = try await fixture.browser(of: fixture.residents[0][0], language: "en")
      #expect(try await english.get("/proposals/\(id)/vote").text.contains("Vote for our household"))
    }
  }
}
