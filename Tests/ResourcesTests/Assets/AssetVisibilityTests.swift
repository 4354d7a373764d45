import Database
import Kernel
import People
import TestKit
import Testing

@testable import Resources

@Suite("Assets: who sees them")
struct AssetVisibilityTests {
  @Test("Visibility, end and consent together decide, whatever the order", arguments: TestEngine.available)
  func together(_ engine: TestEngine) async throws {
    try await AssetFixture.with(engine) { fixture in
      var random = SeededGenerator(seed: 2_010)
      var ids: [AssetID] = []
      for person in fixture.neighbours { try await fixture.answer(person, isGiven: true) }
      for _ in 0..<24 {
        let person = Bool.random(using: &random) ? fixture.neighbours.randomElement(using: &random) : nil
        let offered: [Asset.Visibility] =
          person == nil ? [.station, .residents, .public] : [.station, .residents]
        let visibility = offered.randomElement(using: &random) ?? .station
        var terms = AssetFixture.terms(of: person, visibility)
        if Bool.random(using: &random) { terms.place = fixture.room }
        let id = try await fixture.make(terms)
        ids.append(id)
        if Int.random(in: 0..<4, using: &random) > 0 { try await fixture.verify(id) }
        if Int.random(in: 0..<6, using: &random) == 0 { try await fixture.withdraw(id) }
      }
      let refused = fixture.neighbours[0]
      try await fixture.answer(refused, isGiven: false)
      // Also in the last microsecond in which something is seen, and in the first in which it is not.
      for (days, early): (Int64, Int64) in [(0, 0), (180, 1), (180, 0), (364, 0), (365, 1), (365, 0)] {
        fixture.clock.move(to: AssetFixture.start + .days(days) - .microseconds(early))
        try await compare(ids, refused: refused, fixture)
      }
      #expect(try await fixture.breaches() == [])
    }
  }

  private func compare(_ ids: [AssetID], refused: PersonID, _ fixture: AssetFixture) async throws {
    let now = fixture.clock.now
    let isOver = now >= AssetFixture.start + .days(365)
    let agreed = isOver ? [] : Set(fixture.neighbours).subtracting([refused])
    let assets = try await fixture.database.read { snapshot in
      try ids.compactMap { try AssetStore.find($0, in: fixture.community, snapshot) }
    }
    for audience in AssetAudience.allCases {
      let seen = try await fixture.seen(by: audience)
      let expected = assets.filter {
        AssetRules.isShown($0, to: audience, agreed: agreed, at: now)
      }
      let wanted = Set(expected.map(\.id))
      #expect(seen == wanted, "\(audience)")
      let shown = try await fixture.shown(ids, to: audience)
      #expect(shown == wanted, "\(audience)")
      if audience == .residents {
        let cards = try await fixture.cards(ids)
        #expect(cards == wanted)
      }
      if !isOver {
        let placed = try await fixture.placed(for: audience)
        #expect(placed == Int64(expected.filter { $0.terms.place != nil }.count), "\(audience)")
      }
      let isPersonalSeen = expected.contains { $0.terms.isPersonal }
      #expect(audience != .everyone || !isPersonalSeen)
    }
  }

  @Test("Gone in the same second: withdrawn, or the yes taken back", arguments: TestEngine.available)
  func gone(_ engine: TestEngine) async throws {
    try await AssetFixture.with(engine) { fixture in
      let person = fixture.neighbours[0]
      let (gift, group) = (
        try await fixture.make(AssetFixture.terms(of: person)),
        try await fixture.make(AssetFixture.terms(of: nil, .public))
      )
      let early = await AssetFixture.code { try await fixture.verify(gift) }
      #expect(early == "resources.asset_not_agreed")
      try await fixture.answer(person, isGiven: true)
      try await fixture.verify(gift)
      try await fixture.verify(group)
      #expect(try await fixture.available(.repair) == [gift])
      #expect(try await fixture.seen(by: .residents) == [gift, group])
      #expect(try await fixture.seen(by: .everyone) == [group])
      try await fixture.answer(person, isGiven: false)
      #expect(try await fixture.available(.repair) == [])
      #expect(try await fixture.seen(by: .residents) == [group])
      try await fixture.answer(person, isGiven: true)
      #expect(try await fixture.available(.repair) == [gift])
      try await fixture.withdraw(gift)
      try await fixture.withdraw(group)
      #expect(try await fixture.available(.repair) == [])
      for audience in AssetAudience.allCases { #expect(try await fixture.seen(by: audience) == []) }
    }
  }
}
