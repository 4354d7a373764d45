import Database
import Kernel
import Messages
import Resources
import Security
import TestKit
import Testing

@testable import NuanlinServer
@testable import People

/// What features hear of in their own work, on its way to the map.
@Suite("The port of gifts")
struct GiftPortTests {
  @Test(
    "A person's gift is taken with their yes and not without, and once for what it comes of",
    arguments: TestEngine.available)
  func taken(_ engine: TestEngine) async throws {
    try await TestStation.with(engine, messagesMigrations + resourcesMigrations) { station in
      let port = GiftProposals.map(
        AssetDesk(directory: station.people.directory, merchants: .none), station.vault)
      let desk = try await port.desk(station.community)
      let person = try await station.persons([try TestStation.person("王阿姨")])[0]
      let gift = GiftProposal(
        source: .survey, sourceID: 5, kind: .personGift, holder: .person(person), name: Phrase(same: "包饺子"),
        words: "会几种馅", times: "周末")
      let actor = Actor(person: person, role: .resident)
      let silent = await Problem.code(thrownBy: {
        try await station.database.write(in: station.community) { try desk.propose(gift, actor, $0) }
      })
      #expect(silent == "resources.asset_not_agreed")
      try await station.database.write(in: station.community) { transaction in
        try Consents.addNotices([NoticeTexts.gifts], in: transaction)
        try GiftConsent.agree(person, in: transaction)
        try GiftConsent.agree(person, in: transaction)
        try desk.propose(gift, actor, transaction)
        try desk.propose(gift, actor, transaction)
      }
      let rows = try await station.database.read { snapshot in
        try snapshot.all("SELECT kind, source, availability, verified_at FROM resources_asset") { row in
          let verifiedAt: Timestamp? = try row[3]
          let words: [String] = [try row[0], try row[1], try row[2]]
          return words + [verifiedAt == nil ? "waits" : "shown"]
        }
      }
      #expect(rows == [["person_gift", "survey", "周末", "waits"]])
      let given: Int = try await station.database.read {
        try $0.value("SELECT count(*) FROM people_consent") ?? 0
      }
      #expect(given == 1, "a yes that was given is not asked for again")
    }
  }
}
