import Database
import HTTPTypes
import Kernel
import People
import TestKit
import Testing

@testable import Shop

@Suite("Visits in calendars, and faces at the door")
struct VisitCalendarTests {
  private typealias Fixture = BookingFixture

  @Test("a household takes one booking over, and nobody else's", arguments: TestEngine.available)
  func booking(_ engine: TestEngine) async throws {
    try await Fixture.with(engine) { fixture in
      let market = fixture.market
      let booking = try await fixture.book(market.wang)
      let path = "/bookings/\(booking.id)/visit.ics"
      let answer = try await market.browser(of: market.wangSon).get(path)
      #expect(answer.headers[.contentType] == "text/calendar; charset=utf-8")
      for part in [
        "UID:visit-\(booking.id)@maple.test", "DTSTART:20261124T020000Z", "DTEND:20261124T030000Z",
        "SUMMARY:上门理发", "LOCATION:上门", "SEQUENCE:1", "STATUS:CONFIRMED",
        "URL:http://maple.test/bookings/\(booking.id)",
      ] {
        #expect(answer.text.contains(part), "\(part)")
      }
      for personal in ["敲门重一点", "王阿姨", "王师傅", "501"] {
        #expect(!answer.text.contains(personal), "\(personal)")
      }
      #expect(try await market.browser(of: market.li).get(path).status == 404)
      try await fixture.perform(.cancel(reason: ""), .household, booking)
      let cancelled = try await market.browser(of: market.wang).get(path)
      #expect(cancelled.text.contains("STATUS:CANCELLED") && cancelled.text.contains("SEQUENCE:2"))
    }
  }

  /// The address that a person is given.
  private func address(_ fixture: Fixture, _ person: PersonID) async throws -> String {
    let browser = try await fixture.market.browser(of: person)
    let token = try #require(try await browser.get("/visits/calendar").hidden("form_token"))
    let page = try await browser.post("/visits/calendar/renew", ["form_token": token])
    let mark = "http://maple.test/visit-calendars/"
    let found = page.text.split(separator: "href=\"\(mark)").dropFirst().first?.prefix { $0 != "\"" }
    return "/visit-calendars/\(try #require(found))"
  }

  @Test(
    "worker and merchant subscribe by a secret address that can be renewed and ended",
    arguments: TestEngine.available)
  func feed(_ engine: TestEngine) async throws {
    try await Fixture.with(engine) { fixture in
      let market = fixture.market
      let asked = try await fixture.book(market.li, at: Fixture.visit + .hours(4), key: "booking-of-li-0001")
      let booking = try await fixture.book(market.wang)
      try await fixture.perform(.accept, .merchant, booking)
      let (barber, owner, stranger) = (
        try await address(fixture, fixture.barber), try await address(fixture, fixture.owner),
        try await address(fixture, market.li)
      )
      for path in [barber, owner] {
        let feed = try await market.browser().get(path)
        #expect(feed.status == 200 && feed.headers[.cacheControl] == "no-store")
        #expect(feed.text.contains("UID:visit-\(booking.id)@maple.test"))
        #expect(!feed.text.contains("\(asked.id)"), "what is not agreed is no visit")
        for personal in ["敲门重一点", "王阿姨", "501", "URL:"] { #expect(!feed.text.contains(personal)) }
      }
      let empty = try await market.browser().get(stranger)
      #expect(empty.status == 200 && !empty.text.contains("BEGIN:VEVENT"))
      let renewed = try await address(fixture, fixture.barber)
      #expect(try await market.browser().get(barber).status == 404)
      #expect(try await market.browser().get(renewed).status == 200)
      let page = try await market.browser(of: fixture.barber).get("/visits/calendar")
      #expect(!page.text.contains(String(renewed.dropFirst("/visit-calendars/".count))))
      let stored = try await fixture.count("SELECT count(*) FROM shop_visit_calendar")
      #expect(stored == 3, "one for each person")
      let browser = try await market.browser(of: fixture.barber)
      let token = try #require(try await browser.get("/visits/calendar").hidden("form_token"))
      _ = try await browser.post("/visits/calendar/stop", ["form_token": token])
      #expect(try await market.browser().get(renewed).status == 404)
      #expect(
        try await market.browser().get("/visit-calendars/\(String(repeating: "A", count: 22))").status == 404)
    }
  }

  @Test("who left the merchant or was disabled sees nothing any more", arguments: TestEngine.available)
  func left(_ engine: TestEngine) async throws {
    try await Fixture.with(engine) { fixture in
      let market = fixture.market
      let booking = try await fixture.book(market.wang)
      try await fixture.perform(.accept, .merchant, booking)
      let (owner, barber) = (
        try await address(fixture, fixture.owner), try await address(fixture, fixture.barber)
      )
      try await market.database.write(in: market.community) { transaction in
        try transaction.execute("DELETE FROM shop_merchant_member WHERE person_id = \(fixture.owner)")
        try transaction.execute(
          "UPDATE people_person SET disabled_at = \(transaction.now) WHERE id = \(fixture.barber)")
      }
      #expect(try await !market.browser().get(owner).text.contains("BEGIN:VEVENT"))
      #expect(try await market.browser().get(barber).status == 404)
    }
  }

  @Test(
    "a worker's face is shown where people book and wait, with words for it", arguments: TestEngine.available)
  func faces(_ engine: TestEngine) async throws {
    try await Fixture.with(engine) { fixture in
      let market = fixture.market
      let merchant = MerchantActor(
        merchant: fixture.service.merchant, person: fixture.owner, role: .merchant)
      var pictures: [PictureID] = []
      for side in [1, 2] {
        let picture = Picture.drawing(
          market.database.identifiers.next(), svg: Array("<svg/>".utf8), width: side, height: side)
        try await market.database.write(in: market.community) {
          try ServiceChanges.setPicture(picture, worker: fixture.worker.id, by: merchant, in: $0)
        }
        pictures.append(picture.id)
      }
      #expect(try await market.browser().get("/pictures/\(pictures[0])/small").status == 404)
      let booking = try await fixture.book(market.wang)
      let wang = try await market.browser(of: market.wang)
      let confirm =
        "/services/\(fixture.service.id)/book?worker=\(fixture.worker.id)&at=\((Fixture.visit + .hours(3)).seconds)"
      for path in ["/services/\(fixture.service.id)", "/bookings/\(booking.id)", confirm] {
        let page = try await wang.get(path).text
        #expect(
          page.contains("src=\"/pictures/\(pictures[1])/small\"") && page.contains("alt=\"王师傅的照片\""),
          "\(path)")
      }
      let other = MerchantActor(
        merchant: MerchantID(rawValue: 7), person: fixture.owner, role: .merchant)
      let refused = await bookingProblem {
        try await market.database.write(in: market.community) {
          try ServiceChanges.setPicture(nil, worker: fixture.worker.id, by: other, in: $0)
        }
      }
      #expect(refused == "not_found")
      let owner = try await market.browser(of: fixture.owner)
      let token = try #require(try await owner.get("/desk/workers/\(fixture.worker.id)").hidden("form_token"))
      _ = try await owner.post("/desk/workers/\(fixture.worker.id)/picture/remove", ["form_token": token])
      #expect(try await market.browser().get("/pictures/\(pictures[1])/small").status == 404)
      #expect(try await !wang.get("/services/\(fixture.service.id)").text.contains("<img class=\"face"))
    }
  }
}
