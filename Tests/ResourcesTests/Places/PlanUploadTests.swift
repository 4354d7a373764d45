import HTTPTypes
import Interop
import Kernel
import TestKit
import Testing
import Web

@testable import Resources

@Suite("Places: a plan that is uploaded")
struct PlanUploadTests {
  /// Sends a plan as the form of the desk does.
  private static func send(
    _ text: String, by browser: Browser, key: String = "plan-upload-key-1"
  ) async throws -> Browser.Answer {
    let token = try await browser.get("/place-desk").hidden("form_token") ?? ""
    let boundary = "----maple"
    func part(_ name: String, _ value: String) -> String {
      "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
    }
    let head =
      part("form_token", token) + part("idempotency_key", key)
      + "--\(boundary)\r\nContent-Disposition: form-data; name=\"plan\"; filename=\"plan.geojson\"\r\n"
      + "Content-Type: application/geo+json\r\n\r\n"
    let body = head + text + "\r\n--\(boundary)--\r\n"
    return try await browser.send(
      .post, "/place-desk/plan",
      headers: [
        .contentType: "multipart/form-data; boundary=\(boundary)", .origin: "http://\(TestStation.host)",
      ], body: Array(body.utf8))
  }

  private static func feature(_ geometry: String, _ properties: String = "{}") -> String {
    "{\"type\":\"Feature\",\"properties\":\(properties),\"geometry\":\(geometry)}"
  }

  private static func collection(_ features: [String]) -> String {
    "{\"type\":\"FeatureCollection\",\"features\":[\(features.joined(separator: ","))]}"
  }

  private static let good = feature("{\"type\":\"Point\",\"coordinates\":[121.5,38.9]}")

  /// What is wrong, and the words that have to say so.
  private static var faults: [(String, String)] {
    let long = String(repeating: "长", count: 61)
    return [
      ("{\"type\":\"FeatureCollection\",\"features\":[}", "JSON 第 40 字节"),
      ("", "请选一个文件"),
      ("[]", "FeatureCollection"), (collection([]), "文件里没有图形"),
      (collection([good, feature("{\"type\":\"Circle\",\"coordinates\":[1,2]}")]), "第 2 个图形"),
      (collection([good, good, feature("{\"type\":\"Point\",\"coordinates\":[\"x\"]}")]), "第 3 个图形"),
      (
        collection([feature("{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[1,1],[0,1]]]}")]),
        "第 1 个图形"
      ),
      (collection([good, feature("{\"type\":\"Point\",\"coordinates\":[30,38.9]}")]), "20 公里"),
      (
        collection([feature("{\"type\":\"Point\",\"coordinates\":[1,1]}", "{\"name\":\"\(long)\"}")]),
        "名称最多 60 个字"
      ),
      (collection([good]) + String(repeating: " ", count: 1024 * 1024), "最多 1024 KB"),
    ]
  }

  @Test(
    "What is wrong with it is said at its field, and the plan before stays", arguments: TestEngine.available)
  func wrong(_ engine: TestEngine) async throws {
    try await PlaceFixture.with(engine) { (fixture) async throws -> Void in
      let desk = try await fixture.browser(of: fixture.worker)
      #expect(try await Self.send(PlaceFixture.plan, by: desk).status == 303)
      let before = try await fixture.outlines()
      #expect(before.count == 2)
      for (number, fault) in Self.faults.enumerated() {
        let answer = try await Self.send(fault.0, by: desk, key: "plan-upload-wrong-\(number)")
        #expect(answer.status == 422, "\(number)")
        #expect(answer.text.contains(fault.1), "\(number)")
        #expect(answer.text.contains("href=\"#field-plan\""), "\(number)")
      }
      let after = try await fixture.outlines()
      #expect(after.map(\.id) == before.map(\.id))
    }
  }

  @Test(
    "Nobody but the station uploads, and never more than a form may hold", arguments: TestEngine.available)
  func rights(_ engine: TestEngine) async throws {
    try await PlaceFixture.with(engine) { (fixture) async throws -> Void in
      let resident = try await fixture.browser(of: fixture.resident)
      #expect(try await Self.send(PlaceFixture.plan, by: resident).status == 403)
      _ = try await Self.send(PlaceFixture.plan, by: try await fixture.browser())
      #expect(try await fixture.outlines().isEmpty)
      let desk = try await fixture.browser(of: fixture.worker)
      let huge = String(repeating: " ", count: 11 * 1024 * 1024)
      #expect(try await Self.send(huge, by: desk).status == 413)
      #expect(try await fixture.outlines().isEmpty)
    }
  }

  @Test("The map for the wall shows every number that its list has", arguments: TestEngine.available)
  func wall(_ engine: TestEngine) async throws {
    try await PlaceFixture.with(engine) { (fixture) async throws -> Void in
      let desk = try await fixture.browser(of: fixture.worker)
      #expect(try await Self.send(PlaceFixture.plan, by: desk).status == 303)
      for number in 1...4 {
        var terms = PlaceFixture.terms(.residents)
        terms.name = Phrase("活动室\(number)", "Room \(number)")
        terms.position = nil
        terms.shape = .point(PlanPoint(x: Double(number) * 30, y: 10))
        _ = try await fixture.make(terms)
      }
      _ = try await fixture.make(PlaceFixture.terms(.station))
      let small = try await desk.get("/place-desk/sheet").text
      let wall = try await desk.get("/place-desk/sheet?size=a3").text
      #expect(wall.contains("wall-plan") && !small.contains("wall-plan"))
      for number in 1...4 {
        // Once in the drawing and once in the list.
        let times = wall.split(separator: ">V\(number)<").count - 1
        #expect(times == 2, "\(number)")
        #expect(wall.contains("活动室\(number)"))
      }
      #expect(!wall.contains(">V5<"))
    }
  }
}
