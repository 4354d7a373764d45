import Database
import HTTPTypes
import Kernel
import People
import TestKit
import Testing
import Web

@testable import Surveys

@Suite("Paper: the pages")
struct PaperRouteTests {
  /// Sends a sheet as the page has it.
  private func key(
    _ browser: Browser, _ path: String, _ fields: [(String, String)] = PaperSample.fields
  ) async throws -> Browser.Answer {
    let page = try await browser.get(path)
    #expect(page.status == 200)
    let pairs =
      [
        ("form_token", try #require(page.hidden("form_token"))),
        ("idempotency_key", try #require(page.hidden("idempotency_key"))),
        ("key", try #require(page.hidden("key"))),
        ("version", "1"), ("language", PaperSample.language.name),
      ] + fields
    return try await send(browser, path, pairs)
  }

  private func send(
    _ browser: Browser, _ path: String, _ pairs: [(String, String)]
  ) async throws -> Browser.Answer {
    let body = pairs.map { "\(URLEncodedText.encode($0.0))=\(URLEncodedText.encode($0.1))" }
    return try await browser.send(
      .post, path,
      headers: [
        .contentType: "application/x-www-form-urlencoded", .origin: "http://\(PaperFixture.host)",
      ], body: Array(body.joined(separator: "&").utf8))
  }

  @Test(arguments: TestEngine.available)
  func `a sheet goes through the pages from its number to its answer`(engine: TestEngine) async throws {
    try await PaperFixture.with(engine) { fixture in
      let worker = try await fixture.browser(of: fixture.worker)
      let colleague = try await fixture.browser(of: fixture.colleague)
      let serial = fixture.batch.serial(1)
      let path = PaperParts.path(serial)
      #expect(try await worker.get("/surveys/paper?serial=\(serial)").location == path)
      #expect(try await worker.get("/surveys/paper?serial=B1-001-0").status == 422)
      let first = try await key(worker, path)
      #expect(first.status == 303 && first.location?.contains("keyed=once") == true)
      let own = try await worker.get(path)
      #expect(own.status == 200 && own.text.contains("另一位来录"))
      let blind = try await colleague.get(path)
      #expect(blind.text.contains("第二遍") && !blind.text.contains("楼梯太高") && !blind.text.contains(" checked"))
      let second = try await key(colleague, path)
      #expect(second.location?.contains("keyed=stored") == true)
      #expect(try await fixture.answers().count == 1)
      let batch = try await colleague.get(PaperParts.batch(fixture.batch))
      #expect(batch.status == 200 && batch.text.contains("许社工") && batch.text.contains("0.0%"))
      let home = try await worker.get("\(CollectorPages.path(fixture.collector))/keying")
      #expect(home.status == 200 && home.text.contains("B1"))
    }
  }

  @Test(arguments: TestEngine.available)
  func `what contradicts itself is asked once more, and settled with the paper`(engine: TestEngine)
    async throws
  {
    try await PaperFixture.with(engine) { fixture in
      let worker = try await fixture.browser(of: fixture.worker)
      let path = PaperParts.path(fixture.batch.serial(1))
      let fields = PaperSample.fields + [("a.why", "yes")]
      let asked = try await key(worker, path, fields)
      #expect(asked.status == 200 && asked.hidden("confirmed") == "why")
      #expect(try await fixture.count("SELECT COUNT(*) FROM surveys_paper_entry") == 0)
      let kept = try await key(worker, path, fields + [("confirmed", "why")])
      #expect(kept.status == 303)
      let missing = try await key(
        try await fixture.browser(of: fixture.colleague), path, fields.filter { $0.0 != "a.age" })
      #expect(missing.status == 422 && missing.text.contains("楼梯太高"), "what was typed is not lost")
      try await fixture.key(1, PaperSample.form(fields), by: fixture.colleague)
      let shown = try await worker.get("\(path)/differences")
      #expect(shown.status == 200 && shown.text.contains("1. 题目lift") && shown.text.contains("2. 题目why"))
      let decided = [
        ("form_token", try #require(shown.hidden("form_token"))),
        ("idempotency_key", try #require(shown.hidden("idempotency_key"))),
        ("key", try #require(shown.hidden("key"))), ("version", "1"),
        ("seen", try #require(shown.hidden("seen"))),
        ("d.lift", "first"),
      ]
      let wrong = try await send(worker, "\(path)/differences", decided + [("d.why", "first")])
      #expect(wrong.status == 422)
      let done = try await send(worker, "\(path)/differences", decided + [("d.why", "blank")])
      #expect(done.status == 303)
      let again = try await send(worker, "\(path)/differences", decided + [("d.why", "blank")])
      #expect(again.status == 303, "pressed twice")
      #expect(try await fixture.answers().count == 1)
      #expect(try await worker.get("\(path)/differences").status == 409)
    }
  }

  @Test(arguments: TestEngine.available)
  func `what is kept against sending twice says nothing of the answers`(engine: TestEngine) async throws {
    try await PaperFixture.with(engine) { fixture in
      let worker = try await fixture.browser(of: fixture.worker)
      let path = PaperParts.path(fixture.batch.serial(1))
      let page = try await worker.get(path)
      let once = try #require(page.hidden("idempotency_key"))
      let pairs = [
        ("form_token", try #require(page.hidden("form_token"))), ("idempotency_key", once), ("key", once),
        ("version", "1"),
      ]
      #expect(try await send(worker, path, pairs + PaperSample.fields).status == 303)
      let other = PaperSample.fields.filter { $0.0 != "a.age" } + [("a.age", "27")]
      #expect(try await send(worker, path, pairs + other).status == 303, "the same key is the same step")
      #expect(try await fixture.count("SELECT COUNT(*) FROM surveys_paper_entry") == 1)
    }
  }

  @Test(arguments: TestEngine.available)
  func `sheets are printed again and again, and nobody but the station comes in`(engine: TestEngine)
    async throws
  {
    try await PaperFixture.with(engine, sheets: 30) { fixture in
      let worker = try await fixture.browser(of: fixture.worker)
      let path = "\(CollectorPages.path(fixture.collector))/sheets"
      let first = try await worker.get(path)
      #expect(first.status == 200 && first.text.contains(fixture.batch.serial(25).description))
      #expect(!first.text.contains(fixture.batch.serial(26).description))
      let rest = try await worker.get("\(path)?batch=\(fixture.batch.id)&from=26")
      #expect(rest.text.contains(fixture.batch.serial(30).description))
      #expect(try await worker.get("\(path)?from=31").status == 404)
      let sheet = PaperParts.path(fixture.batch.serial(1))
      let resident = try await fixture.browser(of: Actor(person: fixture.neighbour, role: .resident))
      for page in [path, sheet, "\(sheet)/differences", PaperParts.batch(fixture.batch), PaperParts.base] {
        #expect(try await resident.get(page).status == 403)
      }
    }
  }

  @Test(arguments: TestEngine.available)
  func `before the locking open sheets are named and can be left out`(engine: TestEngine) async throws {
    try await PaperFixture.with(engine) { fixture in
      try await fixture.key(1, by: fixture.worker)
      try await fixture.key(1, by: fixture.colleague)
      try await fixture.key(2, by: fixture.worker)
      try await fixture.step(.closed)
      let worker = try await fixture.browser(of: fixture.worker)
      let shown = try await worker.get(LockPages.path(fixture.id))
      #expect(shown.status == 200 && shown.text.contains("还有 4 张纸质问卷没了结"))
      let path = "\(QuestionnairePages.path(fixture.id))/paper/leave-out"
      let answer = try await worker.post(path, ["idempotency_key": "0123456789abcdef"])
      #expect(answer.status == 303)
      #expect(try await !worker.get(LockPages.path(fixture.id)).text.contains("没了结"))
      #expect(try await fixture.line(2).sheet.reason == .unfinished)
      #expect(try await fixture.line(3).standing == .missing)
      #expect(try await fixture.breaches() == [])
    }
  }
}
