import Database
import Kernel
import People
import TestKit
import Testing
import Web

@testable import Resources

@Suite("Assets: places and the desk's pages")
struct AssetPlaceTests {
  @Test("Places say how much is there, and lead to it", arguments: TestEngine.available)
  func places(_ engine: TestEngine) async throws {
    try await AssetFixture.with(engine) { fixture in
      let person = fixture.neighbours[0]
      try await fixture.answer(person, isGiven: true)
      let hidden = try await fixture.write {
        try Places(ground: fixture.map.ground).desk.make(
          PlaceFixture.terms(.station), by: fixture.actor, in: $0)
      }
      for (holder, place): (PersonID?, PlaceID?) in [
        (person, fixture.room), (nil, fixture.room), (nil, hidden), (nil, nil),
      ] {
        var terms = AssetFixture.terms(of: holder)
        terms.place = place
        try await fixture.verify(try await fixture.make(terms))
      }
      let browser = try await fixture.browser(of: fixture.neighbours[2])
      let all = try await browser.get("/assets")
      #expect(all.text.contains("place=\(fixture.room)") && !all.text.contains("place=\(hidden)"))
      #expect(all.text.contains("2 条"))
      let room = try await browser.get("/assets?place=\(fixture.room)")
      #expect(room.status == 200 && room.text.contains("修自行车") && room.text.contains("合唱队"))
      #expect(try await browser.get("/assets?place=\(hidden)").status == 404)
      #expect(try await fixture.placed(for: .residents) == 2)
      try await fixture.answer(person, isGiven: false)
      #expect(try await fixture.placed(for: .residents) == 1)
      let later = try await browser.get("/assets?place=\(fixture.room)")
      #expect(!later.text.contains("修自行车") && later.text.contains("1 条"))
    }
  }

  @Test("“I need this” leads to a need of it; whoever holds it is not asked", arguments: TestEngine.available)
  func needed(_ engine: TestEngine) async throws {
    try await AssetFixture.with(engine) { fixture in
      let person = fixture.neighbours[0]
      try await fixture.answer(person, isGiven: true)
      let id = try await fixture.make(AssetFixture.terms(of: person))
      try await fixture.verify(id)
      let link = "/needs/new?asset=\(id)"
      #expect(try await fixture.browser(of: fixture.neighbours[2]).get("/assets/\(id)").text.contains(link))
      #expect(try await !fixture.browser(of: person).get("/assets/\(id)").text.contains(link))
    }
  }

  @Test(
    "The station asks the person: before their yes it reads nothing of theirs",
    arguments: TestEngine.available)
  func consent(_ engine: TestEngine) async throws {
    try await AssetFixture.with(engine) { fixture in
      let person = fixture.neighbours[0]
      let id = try await fixture.make(AssetFixture.terms(of: person))
      let desk = try await fixture.browser(of: fixture.worker)
      let path = "/asset-desk/\(id)"
      #expect(try await !desk.get(path).text.contains("修自行车"))
      #expect(try await desk.get("\(path)/change").status == 409)
      let asked = try await desk.get("\(path)/consent")
      #expect(asked.status == 200 && asked.text.contains("name=\"witness\""))
      let alone = try await desk.post(
        "\(path)/consent",
        [
          "idempotency_key": "asset-consent-key-1", "answer": "given", "span": "year", "given_by": "self",
          "method": "spoken_with_witness", "witness": fixture.worker.description, "place": "home",
        ])
      #expect(alone.status == 422, "whoever writes it down is no witness")
      let given = try await desk.post(
        "\(path)/consent",
        [
          "idempotency_key": "asset-consent-key-2", "answer": "given", "span": "year", "given_by": "self",
          "method": "spoken_with_witness", "witness": fixture.neighbours[2].description, "place": "home",
        ])
      #expect(given.status == 303, "\(given.text)")
      #expect(try await desk.get(path).text.contains("修自行车"))
      let group = try await fixture.make(AssetFixture.terms(of: nil))
      #expect(try await desk.get("/asset-desk/\(group)/consent").status == 404)
    }
  }

  @Test("Another holder is made sure of anew", arguments: TestEngine.available)
  func holders(_ engine: TestEngine) async throws {
    try await AssetFixture.with(engine) { fixture in
      for person in fixture.neighbours { try await fixture.answer(person, isGiven: true) }
      let id = try await fixture.make(AssetFixture.terms(of: fixture.neighbours[0]))
      try await fixture.verify(id)
      let cipher = try await fixture.map.ground.cipher(fixture.community)
      for (holder, isVerified) in [(fixture.neighbours[0], true), (fixture.neighbours[1], false)] {
        try await fixture.write {
          let seen = try AssetStore.find(id, in: $0.community, $0)?.revision ?? 0
          try fixture.map.desk.write(
            AssetFixture.terms(of: holder), description: "新的", to: id, seen: seen, sealing: cipher,
            by: fixture.actor, in: $0)
        }
        let asset = try await fixture.asset(id)
        #expect((asset?.verifiedAt != nil) == isVerified)
      }
      #expect(try await fixture.seen(by: .residents) == [])
    }
  }
}
