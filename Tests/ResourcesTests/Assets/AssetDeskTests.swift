import Database
import Kernel
import People
import TestKit
import Testing

@testable import Resources

@Suite("Assets: the desk")
struct AssetDeskTests {
  @Test(
    "What others propose is kept once, for the station, not made sure of", arguments: TestEngine.available)
  func proposals(_ engine: TestEngine) async throws {
    try await AssetFixture.with(engine) { fixture in
      let cipher = try await fixture.map.ground.cipher(fixture.community)
      let proposal = AssetProposal(
        source: .survey, sourceID: 7, kind: .association, name: Phrase("合唱队", "Choir"))
      var kept: Set<AssetID> = []
      for _ in 0..<2 {
        kept.insert(
          try await fixture.write { try fixture.map.desk.propose(proposal, sealing: cipher, in: $0) })
      }
      #expect(kept.count == 1)
      let seen = try await fixture.seen(by: .station)
      #expect(seen == kept)
      #expect(try await fixture.seen(by: .residents) == [])
    }
  }

  @Test("Gifts are never public, and stale forms are refused", arguments: TestEngine.available)
  func refusals(_ engine: TestEngine) async throws {
    try await AssetFixture.with(engine) { fixture in
      let person = fixture.neighbours[0]
      let published = await AssetFixture.code {
        try await fixture.make(AssetFixture.terms(of: person, .public))
      }
      #expect(published == "form.invalid")
      let id = try await fixture.make(AssetFixture.terms(of: nil))
      try await fixture.verify(id)
      let stale = await AssetFixture.code {
        try await fixture.write {
          try fixture.map.desk.withdraw(id, seen: 0, by: fixture.actor, in: $0)
        }
      }
      #expect(stale == "resources.asset_stale")
      let foreign = await AssetFixture.code {
        try await fixture.write {
          try fixture.map.desk.confirm(id, seen: 1, by: person, in: $0)
        }
      }
      #expect(foreign == "not_found")
    }
  }

  @Test(
    "Words are sealed; a question reaches the holder and its answer the asker",
    arguments: TestEngine.available)
  func questions(_ engine: TestEngine) async throws {
    try await AssetFixture.with(engine) { fixture in
      let (holder, asker) = (fixture.neighbours[0], fixture.neighbours[2])
      let cipher = try await fixture.map.ground.cipher(fixture.community)
      try await fixture.answer(holder, isGiven: true)
      let id = try await fixture.make(AssetFixture.terms(of: holder), description: "秘密说明")
      let unseen = await AssetFixture.code {
        try await fixture.write {
          try fixture.map.questions.ask("在吗", about: id, sealing: cipher, by: asker, in: $0)
        }
      }
      #expect(unseen == "not_found", "not made sure of yet")
      try await fixture.verify(id)
      let question = try await fixture.write {
        try fixture.map.questions.ask("轮胎能补吗", about: id, sealing: cipher, by: asker, in: $0)
      }
      let stranger = await AssetFixture.code {
        try await fixture.write {
          try fixture.map.questions.answer(
            question, "能", sealing: cipher, by: Actor(person: asker, role: .resident), asStation: false,
            in: $0)
        }
      }
      #expect(stranger == "not_found")
      try await fixture.write {
        try fixture.map.questions.answer(
          question, "能补", sealing: cipher, by: Actor(person: holder, role: .resident), asStation: false,
          in: $0)
      }
      let sealed = try await fixture.database.read { snapshot in
        try snapshot.all("SELECT description FROM resources_asset") { try $0.bytes(0) }
          + snapshot.all("SELECT text FROM resources_asset_question") { try $0.bytes(0) }
      }
      for bytes in sealed {
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(!text.contains("秘密") && !text.contains("轮胎"))
      }
      let told = try await fixture.count("SELECT count(*) FROM messages_message")
      #expect(told == 2)
      #expect(try await fixture.breaches() == [])
    }
  }
}
