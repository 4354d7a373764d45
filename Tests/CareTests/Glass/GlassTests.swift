import Database
import HTTPTypes
import Kernel
import People
import TestKit
import Testing
import Web

@testable import Care

/// Opening a case in an emergency: with a reason, one case, three hours, told at once, looked over by another.
@Suite struct GlassTests {
  @Test func `three working days end on the evening of the third`() throws {
    let offset = 28_800
    func due(_ text: String) throws -> String {
      let moment = try #require(Timestamp(rfc3339: text))
      let due = BrokenGlass.reviewDue(after: moment, offsetSeconds: offset)
      return CivilDateTime(due, offsetSeconds: offset).isoLocal
    }
    // Monday 23 November 2026, Friday, Saturday, and Sunday shortly before midnight.
    #expect(try due("2026-11-23T08:00:00Z") == "2026-11-27T00:00")
    #expect(try due("2026-11-27T08:00:00Z") == "2026-12-03T00:00")
    #expect(try due("2026-11-28T08:00:00Z") == "2026-12-03T00:00")
    #expect(try due("2026-11-29T15:59:00Z") == "2026-12-03T00:00")
  }

  @Test(arguments: TestEngine.available)
  func `it opens one case for three hours, and none more before it was looked over`(
    engine: TestEngine
  ) async throws {
    try await CareStation.with(engine) { station in
      let (first, second) = (try await station.openCase(), try await station.openCase(of: station.li))
      #expect(await problemCode { try await station.breakGlass(first, as: station.xu) } == "glass.not_needed")
      #expect(await problemCode { try await station.breakGlass(first, as: station.committee) } == "not_found")
      try await station.breakGlass(first, as: station.lin)
      #expect(try await station.sees(station.lin, first))
      #expect(try await !station.sees(station.lin, second))
      #expect(
        await problemCode { try await station.breakGlass(second, as: station.lin) } == "glass.not_reviewed")
      await #expect(throws: Problem.self) { try await station.move(first, as: station.lin) }
      // Who broke it does not judge it, and another supervisor than the case's may.
      let id = try #require(await station.glasses(of: first).first).id
      #expect(await problemCode { try await station.review(id, as: station.lin) } == "approval.own")
      station.clock.advance(by: .hours(3))
      #expect(try await !station.sees(station.lin, first))
      #expect(
        await problemCode { try await station.breakGlass(second, as: station.lin) } == "glass.not_reviewed")
      try await station.review(id, as: station.gao)
      #expect(await problemCode { try await station.review(id, as: station.zheng) } == "glass.reviewed")
      try await station.breakGlass(second, as: station.lin)
      #expect(try await station.breaches() == [])
    }
  }

  @Test func `supervisor and worker hear of it at once, and the client can read of it`() async throws {
    try await CareStation.with(.sqlite) { station in
      let id = try await station.openCase()
      let lin = try await station.browser(of: station.lin)
      let page = try await lin.get("/glass")
      let opened = try await lin.post(
        "/glass",
        [
          "phone": "139 0000 0006", "reason": "danger", "words": "邻居说三天没有见到她，敲门没人应",
          "idempotency_key": page.hidden("idempotency_key") ?? "",
        ])
      #expect(opened.location == "/cases/\(id)", "\(opened.text)")
      let shown = try await lin.get("/cases/\(id)")
      #expect(shown.status == 200 && shown.text.contains("您正在紧急查看这个个案"))
      for person in [station.zheng, station.xu] {
        let told = try await station.browser(of: person).get("/account/messages")
        #expect(told.text.contains("被紧急查看了"), "\(person)")
      }
      let own = try await station.browser(of: station.wang).get("/my-care")
      #expect(own.text.contains("紧急查看") && own.text.contains("林社工"))
      let zheng = try await station.browser(of: station.zheng)
      let glass = try #require(await station.glasses(of: id).first)
      let review = try await zheng.get("/glass/\(glass.id)")
      #expect(review.text.contains("敲门没人应") && review.text.contains("看了个案"))
      let judged = try await zheng.post(
        "/glass/\(glass.id)/review", ["verdict": "not_justified", "remark": "应该先打电话"])
      #expect(judged.status == 303, "\(judged.text)")
    }
  }

  @Test func `looking for a case of somebody who has none is told as well`() async throws {
    try await CareStation.with(.sqlite) { station in
      let lin = try await station.browser(of: station.lin)
      for phone in ["139 0000 0008", "139 0000 9999", "G-0042"] {
        let page = try await lin.get("/glass")
        let answer = try await lin.post(
          "/glass",
          [
            "phone": phone, "reason": "danger", "words": "听说出了事，想看一看",
            "idempotency_key": page.hidden("idempotency_key") ?? "",
          ])
        #expect(answer.status == 422)
        #expect(answer.text.contains("没有找到这样的个案"))
      }
      let tried = try await station.database.read { [community = station.community] in
        try $0.auditDigests(of: "care.glass_miss", after: 0, limit: 10, in: community)
      }
      #expect(tried.count == 3, "each try is noted, whomever it named")
      let told = try await station.browser(of: station.zheng).get("/account/messages")
      #expect(told.text.contains("这位居民没有个案"))
    }
  }
}

extension CareStation {
  func sees(_ person: PersonID, _ id: CaseID) async throws -> Bool {
    let reader = reader(person)
    return try await database.read { [care, community] snapshot in
      do {
        _ = try care.desk.doorkeeper.open(id, for: reader, in: community, snapshot)
        return true
      } catch let problem as Problem where problem.code == "not_found" {
        return false
      }
    }
  }

  func glasses(of id: CaseID) async throws -> [BrokenGlass] {
    try await database.read { [community] in try GlassStore.glasses(of: id, in: community, $0) }
  }

  func review(_ id: BrokenGlassID, as person: PersonID) async throws {
    let glass = try await database.read { [community] in try GlassStore.find(id, in: community, $0) }
    let seal = try await care.keys.sealing(glass?.person, in: community)
    try await database.write(in: community) { [care] transaction in
      try care.glass.review(
        id, isJustified: true, words: CareDocument([.remark: "应该看"]), by: person, sealing: seal,
        in: transaction)
    }
  }
}
