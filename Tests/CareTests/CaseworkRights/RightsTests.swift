import Database
import HTTPTypes
import Kernel
import People
import TestKit
import Testing
import Web

@testable import Care
@testable import People

/// A client asks for a copy of the record of their case, or for a correction, and is answered in time.
@Suite struct RightsTests {
  @Test func `fifteen working days end on the evening of the fifteenth`() {
    // Monday 23 November 2026; the fifteenth working day after it is Monday 14 December.
    let due = RightsRequest.due(after: CareStation.start, offsetSeconds: 28_800)
    #expect(CivilDateTime(due, offsetSeconds: 28_800).isoLocal == "2026-12-15T00:00")
  }

  @Test func `who may answer what`() {
    func request(_ kind: RightsRequest.Kind) -> RightsRequest {
      RightsRequest(
        id: RightsRequestID(rawValue: 1), caseID: CaseID(rawValue: 1), kind: kind, text: nil,
        task: CaseTaskID(rawValue: 1), askedAt: CareStation.start, dueAt: CareStation.start + .days(20),
        answer: nil)
    }
    let now = CareStation.start + .days(3)
    #expect(request(.copy).refusal(of: .copyHanded, handed: now, at: now) == nil)
    #expect(request(.copy).refusal(of: .copyHanded, handed: nil, at: now) != nil)
    #expect(request(.copy).refusal(of: .copyHanded, handed: now + .days(1), at: now) != nil)
    #expect(request(.copy).refusal(of: .copyHanded, handed: now - .days(9), at: now) != nil)
    #expect(request(.copy).refusal(of: .corrected, handed: nil, at: now) != nil)
    #expect(request(.correction).refusal(of: .corrected, handed: nil, at: now) == nil)
    #expect(request(.correction).refusal(of: .withdrawn, handed: nil, at: now) != nil)
    #expect(request(.copy).refusal(of: .refused, handed: nil, at: now) == nil)
  }

  @Test(arguments: TestEngine.available)
  func `a request is a task of the worker until it is answered, once`(engine: TestEngine) async throws {
    try await CareStation.with(engine) { station in
      let id = try await station.openCase()
      let request = try await station.ask(.copy, id)
      #expect(await problemCode { try await station.ask(.copy, id) } == "rights.waiting")
      try await station.ask(.correction, id, "我姓汪，不姓王")
      let tasks = try await Self.tasks(station, id)
      #expect(tasks.map(\.kind) == [.copyAsked, .correctionAsked])
      #expect(tasks.allSatisfy { $0.dueAt == request.lastDay })
      // It cannot be ticked off like other tasks.
      let ticked = try await station.in(id, as: station.xu) { open, _, transaction in
        try CaseTaskStore.end(tasks[0].id, of: open.id, by: open.actor.person, in: transaction)
      }
      #expect(!ticked)
      try await Self.answer(
        station, request, RightsDesk.Draft(.refused, words: CareDocument([.reason: "重复"])))
      #expect(try await Self.tasks(station, id).map(\.kind) == [.correctionAsked])
      let again = await problemCode {
        try await Self.answer(
          station, request, RightsDesk.Draft(.refused, words: CareDocument([.reason: "又一次"])))
      }
      #expect(again == "rights.answered")
      #expect(try await station.breaches() == [])
    }
  }

  @Test func `nobody asks about the cases of others, and other workers answer nothing`() async throws {
    try await CareStation.with(.sqlite) { station in
      let id = try await station.openCase()
      let other = try await station.openCase(of: station.li, worker: station.lin)
      let request = try await station.ask(.copy, id)
      let theirs = try await station.ask(.copy, other, by: station.li)
      #expect(await problemCode { try await station.ask(.copy, id, by: station.li) } == "not_found")
      let li = try await station.browser(of: station.li)
      for file in [id.description, "0000000000001"] {
        let asked = try await station.post(li, "/my-care/\(file)/rights", ["right": "copy"], from: "/my-care")
        #expect(asked.status == 404)
      }
      let form: KeyValuePairs = ["answer": "refused", "reason": "不给"]
      for person in [station.lin, station.gao] {
        let browser = try await station.browser(of: person)
        for file in [id.description, "0000000000001"] {
          #expect(try await browser.get("/cases/\(file)/rights").status == 404)
          #expect(try await browser.get("/cases/\(file)/copy").status == 404)
          let answer = try await station.post(
            browser, "/cases/\(file)/rights/\(request.id)", form, from: "/cases")
          #expect(answer.status == 404)
        }
      }
      // Nor is another's request reached through one's own case.
      let xu = try await station.browser(of: station.xu)
      let swapped = try await station.post(xu, "/cases/\(id)/rights/\(theirs.id)", form, from: "/cases/\(id)")
      #expect(swapped.status == 404)
      let waiting = try await station.database.read { [community = station.community] in
        try RightsStore.requests(of: id, in: community, $0)
          + RightsStore.requests(of: other, in: community, $0)
      }
      #expect(waiting.allSatisfy { $0.answer == nil })
    }
  }

  @Test(arguments: ["zh", "en"])
  func `from the client's page to the worker's answer and back`(language: String) async throws {
    try await CareStation.with(.sqlite) { station in
      let id = try await station.openCase()
      let wang = try await station.browser(of: station.wang, language: language)
      let bare = try await station.post(
        wang, "/my-care/\(id)/rights", ["about": "\(id)", "right": "correction"], from: "/my-care")
      #expect(bare.status == 422)
      let fields: KeyValuePairs = [
        "about": "\(id)", "right": "correction", "correction": "我不是独居", "idempotency_key": "abcdefabcdef0001",
      ]
      for _ in 1...2 {
        let asked = try await Self.send(wang, "/my-care/\(id)/rights", fields, from: "/my-care")
        #expect(asked.status == 303, "\(asked.text)")
      }
      let requests = try await station.database.read { [community = station.community] in
        try RightsStore.requests(of: id, in: community, $0)
      }
      #expect(requests.count == 1, "the same key is one request")
      let xu = try await station.browser(of: station.xu, language: language)
      #expect(try await xu.get("/cases/\(id)").text.contains("/cases/\(id)/rights"))
      #expect(try await xu.get("/cases/\(id)/rights").text.contains("我不是独居"))
      let request = try #require(requests.first)
      let path = "/cases/\(id)/rights/\(request.id)"
      let wordless = try await station.post(xu, path, ["answer": "corrected"], from: "/cases/\(id)/rights")
      #expect(wordless.status == 422)
      let answered = try await station.post(
        xu, path, ["answer": "corrected", "reply": "写了补充"], from: "/cases/\(id)/rights")
      #expect(answered.status == 303, "\(answered.text)")
      let shown = try await wang.get("/my-care")
      #expect(shown.text.contains("写了补充") && shown.text.contains("我不是独居"))
    }
  }

  @Test func `a shared tablet neither shows nor takes a request`() async throws {
    try await CareStation.with(.sqlite) { station in
      let id = try await station.openCase()
      try await station.ask(.correction, id, "我不是独居")
      let tablet = try await station.browser(of: nil)
      tablet.setCookie(
        "sid",
        try await station.people.openSession(of: station.wang, level: .card, in: station.community).token.text
      )
      #expect(try await !tablet.get("/my-care").text.contains("我不是独居"))
      let asked = try await station.post(tablet, "/my-care/\(id)/rights", ["right": "copy"], from: "/my-care")
      #expect(asked.status == 403)
    }
  }

  @Test func `the copy leaves out what was told in confidence, and is a look that the client sees`()
    async throws
  {
    try await CareStation.with(.sqlite) { station in
      let id = try await station.furnish()
      for person in [station.xu, station.zheng] {
        let browser = try await station.browser(of: person)
        let paper = try await browser.get("/cases/\(id)/copy")
        #expect(paper.status == 200)
        for words in ["一个人住", "第 1 级的话", "第 2 级的话", "目标"] { #expect(paper.text.contains(words), "\(words)") }
        #expect(!paper.text.contains("第 3 级的话"))
        #expect(paper.text.contains("略去了 1 条"))
      }
      let looks = try await station.database.read { [community = station.community] in
        try CaseReadings.entries(of: id, limit: 10, in: community, $0)
      }
      #expect(Set(looks.filter { $0.look == .print }.map(\.reader)) == [station.xu, station.zheng])
      let wang = try await station.browser(of: station.wang)
      #expect(try await wang.get("/my-care").text.contains("许安然"))
      for person in [station.wang, station.committee] {
        #expect(try await station.browser(of: person).get("/cases/\(id)/copy").status == 403)
      }
    }
  }

  @Test func `whoever sees a case in an emergency makes no copy`() async throws {
    try await CareStation.with(.sqlite) { station in
      let id = try await station.furnish()
      try await station.breakGlass(id, as: station.lin)
      let lin = try await station.browser(of: station.lin)
      #expect(try await lin.get("/cases/\(id)").status == 200)
      #expect(try await lin.get("/cases/\(id)/copy").status == 403)
    }
  }

  // MARK: - Parts

  private static func tasks(_ station: CareStation, _ id: CaseID) async throws -> [CaseTask] {
    try await station.database.read { [community = station.community] in
      try CaseTaskStore.open(of: [id], in: community, $0).filter(\.kind.isRight)
    }
  }

  private static func answer(
    _ station: CareStation, _ request: RightsRequest, _ draft: RightsDesk.Draft
  ) async throws {
    try await station.in(request.caseID, as: station.xu) {
      [rights = station.care.rights] open, seal, transaction in
      try rights.answer(request.id, draft, open, sealing: seal, in: transaction)
    }
  }

  /// Posts with a key that the fields bring.
  private static func send(
    _ browser: Browser, _ path: String, _ fields: KeyValuePairs<String, String>, from page: String
  ) async throws -> Browser.Answer {
    _ = try await browser.get(page)
    return try await browser.post(path, fields)
  }
}
