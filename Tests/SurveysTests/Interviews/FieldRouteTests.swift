import Database
import Kernel
import TestKit
import Testing
import Web

@testable import Surveys

@Suite("Field records: the pages")
struct FieldRouteTests {
  @Test(arguments: TestEngine.available)
  func `one kept page takes one record after another, each once`(engine: TestEngine) async throws {
    try await FieldFixture.with(engine) { fixture in
      let study = try await fixture.study()
      let browser = try await fixture.browser(of: fixture.worker)
      let page = try await browser.get("/studies/\(study)/records/new")
      #expect(page.status == 200 && page.text.contains("data-outbox") && page.text.contains("什么时候最难？"))
      let key = try #require(page.hidden("idempotency_key"))
      func take(_ words: String, pressed: String) async throws -> String? {
        let answer = try await browser.post(
          "/studies/\(study)/records",
          [
            "idempotency_key": key, "version": "1", "kind": "interview", "way": "face_to_face",
            "agreement": "spoken", "minutes": "30", "free": words, "pressed_at": pressed,
          ])
        #expect(answer.status == 303)
        return answer.location
      }
      let first = try await take("没有电梯", pressed: "2026-11-23T07:30:00.000Z")
      #expect(try await take("没有电梯", pressed: "2026-11-23T07:31:00.000Z") == first, "pressed twice")
      #expect(try await take("腿疼", pressed: "2026-11-23T07:40:00.000Z") != first)
      #expect(try await fixture.count("SELECT COUNT(*) FROM surveys_record") == 2)
      let shown = try await browser.get(try #require(first))
      #expect(shown.status == 200 && shown.text.contains("没有电梯"))
      let missing = try await browser.post(
        "/studies/\(study)/records", ["idempotency_key": key, "version": "1", "free": "留着我"])
      #expect(missing.status == 422 && missing.text.contains("留着我"), "what was typed is not lost")
    }
  }

  @Test(arguments: TestEngine.available)
  func `nobody but the station comes in`(engine: TestEngine) async throws {
    try await FieldFixture.with(engine) { fixture in
      let study = try await fixture.study()
      let id = try await fixture.record("没有电梯", of: study, phone: FieldFixture.phone)
      let resident = try await fixture.browser(of: fixture.neighbours[0])
      for path in ["", "/records/\(id)", "/codes", "/codings", "/themes", "/quotes"] {
        #expect(try await resident.get("/studies/\(study)\(path)").status == 403)
      }
      let colleague = try await fixture.browser(of: fixture.colleague)
      for path in ["", "/records/\(id)", "/codes", "/codings", "/themes", "/quotes", "/codings/new"] {
        #expect(try await colleague.get("/studies/\(study)\(path)").status == 200)
      }
      #expect(try await colleague.get("/studies/\(study)/records/\(id)/edit").status == 403)
    }
  }

  @Test(arguments: TestEngine.available)
  func `a coder's page shows nothing of the other's`(engine: TestEngine) async throws {
    try await FieldFixture.with(engine) { fixture in
      let study = try await fixture.study()
      try await fixture.record("没有电梯\n腿疼", of: study)
      let lift = try await fixture.code("电梯", of: study)
      let coding = try await fixture.begin(study)
      try await fixture.give([lift], 1, coding, study, by: fixture.asWorker)
      let worker = try await fixture.browser(of: fixture.worker)
      let colleague = try await fixture.browser(of: fixture.colleague)
      let path = "/studies/\(study)/codings/\(coding)"
      #expect(try await worker.get("\(path)/units/1").text.contains(" checked"))
      let other = try await colleague.get("\(path)/units/1")
      #expect(other.status == 200 && other.text.contains("没有电梯") && !other.text.contains(" checked"))
      #expect(try await colleague.get(path).text.contains("✓ 1") == false)
      #expect(try await colleague.get("\(path)/differences/1").status == 409)
      let supervisor = try await fixture.browser(of: fixture.supervisor)
      #expect(try await supervisor.get("\(path)/units/1").status == 403)
      #expect(try await supervisor.get("\(path)/differences/1").status == 409)
    }
  }
}
