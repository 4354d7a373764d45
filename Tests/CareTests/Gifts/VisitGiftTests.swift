import Database
import Kernel
import TestKit
import Testing
import Web

@testable import Care
@testable import People

@Suite("Care: gifts heard of at doors")
struct VisitGiftTests {
  @Test(
    "Of somebody who lives there, with their yes, by the campaign's own people alone",
    arguments: TestEngine.available)
  func door(_ engine: TestEngine) async throws {
    try await VisitFixture.with(engine) { fixture in
      let basket = GiftBasket()
      try await fixture.database.write(in: fixture.community) {
        try Consents.addNotices([NoticeTexts.gifts], in: $0)
      }
      let id = try await fixture.underWay()
      let door = "/visit-campaigns/\(id)/doors/\(try await fixture.door(0, id).id)"
      let path = "\(door)/gifts/\(fixture.neighbours[0])"
      let runner = try await Self.browser(of: fixture.runner, basket.proposals, fixture)
      #expect(try await runner.get(door).text.contains(path))
      #expect(try await runner.get(path).status == 200)
      let silent = try await runner.post(
        path, ["idempotency_key": "visit-gift-key-01", "gift_name": "会扎风筝"])
      #expect(silent.status == 409 && basket.gifts.isEmpty)
      let agreed = try await runner.post(
        path,
        [
          "idempotency_key": "visit-gift-key-02", "gift_name": "会扎风筝", "answer": "given", "span": "year",
          "given_by": "self", "method": "spoken_with_witness", "witness": fixture.committee.description,
          "place": "home",
        ])
      #expect(agreed.status == 303, "\(agreed.text)")
      let gift = try #require(basket.gifts.first)
      #expect(gift.holder == .person(fixture.neighbours[0]) && gift.source == .visit && gift.sourceID == nil)
      let elsewhere = "\(door)/gifts/\(fixture.neighbours[4])"
      #expect(try await runner.get(elsewhere).status == 404, "lives behind another door")
      let stranger = try await Self.browser(of: fixture.colleague, basket.proposals, fixture)
      #expect(try await stranger.get(path).status == 404)
      let volunteer = try await Self.browser(of: fixture.visitor, basket.proposals, fixture)
      #expect(try await volunteer.get(path).status == 403)
      #expect(basket.gifts.count == 1)
    }
  }

  private static func browser(
    of person: PersonID, _ gifts: GiftProposals, _ fixture: VisitFixture
  ) async throws -> Browser {
    var visits = fixture.visits
    visits.gifts = gifts
    let rooms = VisitCampaigns(visits: visits, desk: fixture.desk)
    return try await fixture.station.browser(of: person) { rooms.register(on: &$0) }
  }
}
