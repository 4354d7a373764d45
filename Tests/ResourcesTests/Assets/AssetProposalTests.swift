import Database
import Kernel
import People
import Security
import TestKit
import Testing

@testable import Resources

@Suite("Assets: what other features hand on")
struct AssetProposalTests {
  private static func gift(of person: PersonID, source: Asset.Source = .visit) -> AssetProposal {
    AssetProposal(
      source: source, sourceID: nil, kind: .personGift, name: Phrase(same: "包饺子"), description: "会几种馅",
      holder: .person(person), timeWords: "周末")
  }

  @Test(
    "What is a person's is kept only with their yes, and seen by others once the station made sure",
    arguments: TestEngine.available)
  func persons(_ engine: TestEngine) async throws {
    try await AssetFixture.with(engine) { fixture in
      let cipher = try await fixture.map.ground.cipher(fixture.community)
      let person = fixture.neighbours[0]
      let silent = await AssetFixture.code {
        try await fixture.write {
          try fixture.map.desk.propose(Self.gift(of: person), sealing: cipher, by: fixture.actor, in: $0)
        }
      }
      #expect(silent == "resources.asset_not_agreed")
      #expect(try await fixture.count("SELECT count(*) FROM resources_asset") == 0)
      try await fixture.answer(person, isGiven: true)
      let id = try await fixture.write {
        try fixture.map.desk.propose(Self.gift(of: person), sealing: cipher, by: fixture.actor, in: $0)
      }
      let asset = try #require(try await fixture.asset(id))
      #expect(asset.terms.availability.words == "周末" && asset.sourceID == nil)
      #expect(try await fixture.seen(by: .residents) == [])
      #expect(try await fixture.seen(by: .station) == [id])
      try await fixture.verify(id)
      #expect(try await fixture.seen(by: .residents) == [id])
      try await fixture.answer(person, isGiven: false)
      #expect(try await fixture.seen(by: .station) == [])
    }
  }

  @Test("A merchant's is kept once, under its name", arguments: TestEngine.available)
  func merchants(_ engine: TestEngine) async throws {
    try await AssetFixture.with(engine) { fixture in
      let cipher = try await fixture.map.ground.cipher(fixture.community)
      let shop = MerchantID(rawValue: 71)
      let desk = AssetDesk(
        directory: fixture.people.directory,
        merchants: MerchantDirectory(
          cards: { ids, _, _ in
            ids.contains(shop) ? [shop: MerchantDirectory.Card(id: shop, name: "老李修鞋")] : [:]
          }, represented: { _, _, _ in [] }, persons: { _, _, _ in [] }))
      func proposal(_ merchant: MerchantID) -> AssetProposal {
        AssetProposal(
          source: .merchantSignUp, sourceID: merchant.rawValue, kind: .exchange, name: Phrase(same: "老李修鞋"),
          holder: .merchant(merchant))
      }
      var kept: Set<AssetID> = []
      let (known, unknown) = (proposal(shop), proposal(MerchantID(rawValue: 72)))
      for _ in 0..<2 {
        kept.insert(
          try await fixture.write { try desk.propose(known, sealing: cipher, by: fixture.actor, in: $0) })
      }
      #expect(kept.count == 1)
      let strange = await AssetFixture.code {
        try await fixture.write { try desk.propose(unknown, sealing: cipher, by: fixture.actor, in: $0) }
      }
      #expect(strange == "form.invalid")
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test("Whoever reads the desk does not learn of whose work it comes")
  func sources() {
    #expect(Asset.Source.visit.name == Asset.Source.groupWork.name)
  }

  @Test("Each of the six kinds can be written down by the station", arguments: TestEngine.available)
  func kinds(_ engine: TestEngine) async throws {
    try await AssetFixture.with(engine) { fixture in
      for kind in Asset.Kind.allCases {
        var terms = AssetFixture.terms(of: kind == .personGift ? fixture.neighbours[0] : nil)
        terms.kind = kind
        let written = terms
        let code = await AssetFixture.code { try await fixture.make(written) }
        #expect(code == nil, "\(kind)")
      }
      let kinds = try await fixture.count("SELECT count(DISTINCT kind) FROM resources_asset")
      #expect(kinds == Asset.Kind.allCases.count)
    }
  }
}
