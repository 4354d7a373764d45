import Database
import Kernel
import People
import TestKit
import Testing
import Web

@testable import Resources

@Suite("Assets: what is not for everybody")
struct AssetPrivateTests {
  @Test(
    "What is private is not there for the station, until its holder shows it", arguments: TestEngine.available
  )
  func hidden(_ engine: TestEngine) async throws {
    try await AssetFixture.with(engine) { fixture in
      let person = fixture.neighbours[0]
      let (own, desk) = (
        try await fixture.browser(of: person), try await fixture.browser(of: fixture.worker)
      )
      _ = try await own.get("/assets/mine")
      let kept = try await own.post(
        "/assets/mine",
        [
          "idempotency_key": "asset-private-key-1", "kind": "story", "name_zh": "老码头的事", "category": "none",
          "contact": "message", "is_private": "on",
        ])
      #expect(kept.status == 303)
      let held = try await fixture.database.read {
        try AssetStore.held(by: .person(person), limit: 5, in: fixture.community, $0)
      }
      let id = try #require(held.first?.id)
      #expect(try await !desk.get("/asset-desk").text.contains("/asset-desk/\(id)"))
      #expect(try await desk.get("/asset-desk/\(id)").status == 404)
      for step in ["verify", "withdraw"] {
        let press: KeyValuePairs<String, String> = [
          "idempotency_key": "asset-private-\(step)-1", "seen": "0",
        ]
        #expect(try await desk.post("/asset-desk/\(id)/\(step)", press).status == 404, "\(step)")
      }
      #expect(try await fixture.seen(by: .station) == [])
      let silent: KeyValuePairs<String, String> = ["idempotency_key": "asset-private-key-2", "seen": "0"]
      #expect(try await own.post("/assets/mine/\(id)/show", silent).status == 422)
      let agreed: KeyValuePairs<String, String> = [
        "idempotency_key": "asset-private-key-3", "seen": "0", "agrees": "on",
      ]
      #expect(try await own.post("/assets/mine/\(id)/show", agreed).status == 303)
      #expect(try await desk.get("/asset-desk/\(id)").text.contains("老码头的事"))
      #expect(try await fixture.seen(by: .residents) == [], "the station looks first")
    }
  }

  @Test("Whoever asked reads no more of what is hidden or gone", arguments: TestEngine.available)
  func questions(_ engine: TestEngine) async throws {
    try await AssetFixture.with(engine) { fixture in
      let (holder, asker) = (fixture.neighbours[0], fixture.neighbours[2])
      let cipher = try await fixture.map.ground.cipher(fixture.community)
      try await fixture.answer(holder, isGiven: true)
      let id = try await fixture.make(AssetFixture.terms(of: holder))
      try await fixture.verify(id)
      try await fixture.write {
        _ = try fixture.map.questions.ask("轮胎能补吗", about: id, sealing: cipher, by: asker, in: $0)
      }
      func page(of person: PersonID) async throws -> String {
        try await fixture.browser(of: person).get("/asset-questions").text
      }
      #expect(try await page(of: asker).contains("修自行车"))
      try await fixture.answer(holder, isGiven: false)
      let after = try await page(of: asker)
      #expect(!after.contains("修自行车") && after.contains("轮胎能补吗"))
      #expect(try await page(of: holder).contains("修自行车"), "it is theirs")
      try await fixture.answer(holder, isGiven: true)
      try await fixture.withdraw(id)
      #expect(try await !page(of: asker).contains("修自行车"))
    }
  }

  @Test("What waits for an answer stands before what was answered", arguments: TestEngine.available)
  func waiting(_ engine: TestEngine) async throws {
    try await AssetFixture.with(engine) { fixture in
      let cipher = try await fixture.map.ground.cipher(fixture.community)
      let id = try await fixture.make(AssetFixture.terms(of: nil))
      try await fixture.verify(id)
      var asked: [AssetQuestionID] = []
      for text in ["几点唱", "还收人吗"] {
        asked.append(
          try await fixture.write {
            try fixture.map.questions.ask(
              text, about: id, sealing: cipher, by: fixture.neighbours[2], in: $0)
          })
      }
      let newest = asked[1]
      try await fixture.write {
        try fixture.map.questions.answer(
          newest, "收", sealing: cipher, by: fixture.actor, asStation: true, in: $0)
      }
      let first = try await fixture.database.read {
        try AssetQuestionStore.received(
          by: nil, limit: 1, opening: cipher, in: fixture.community, $0)
      }
      #expect(first.map(\.id) == [asked[0]])
    }
  }
}
