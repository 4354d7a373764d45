import Database
import Kernel
import People
import TestKit
import Testing
import Web

@testable import Resources

@Suite("Bookings: the pages")
struct BookingRouteTests {
  /// What a form sends for Tuesday from ten to twelve.
  private static func wish(_ fixture: BookingFixture, key: String) -> KeyValuePairs<String, String> {
    [
      "idempotency_key": key, "party": Party.person(fixture.booker).formValue, "day": "2026-11-24",
      "from": "2026-11-24T10:00", "to": "2026-11-24T12:00", "amount": "1", "purpose": "秘密聚会",
    ]
  }

  private static func only(_ fixture: BookingFixture) async throws -> PlaceBookingID {
    let found = try await fixture.database.read {
      try $0.all("SELECT id FROM resources_booking") { (row) throws -> PlaceBookingID in try row[0] }
    }
    #expect(found.count == 1)
    return try #require(found.first)
  }

  @Test(
    "A resident books from the page, once for each key, and nobody else reads who it is",
    arguments: TestEngine.available)
  func book(_ engine: TestEngine) async throws {
    try await BookingFixture.with(engine) { (fixture) async throws -> Void in
      let booker = try await fixture.browser(of: fixture.booker)
      let path = "/bookable-places/\(fixture.yard)"
      let page = try await booker.get("\(path)?day=2026-11-24").text
      #expect(page.contains("2026-11-24T10:00") && page.contains("还有 3 张桌子"))
      let wish = Self.wish(fixture, key: "booking-route-key-1")
      for _ in 0..<2 {
        let answer = try await booker.post("\(path)/bookings", wish)
        #expect(answer.status == 303 && answer.location == "/my-bookings?saved=booking")
      }
      _ = try await Self.only(fixture)
      let own = try await booker.get("/my-bookings").text
      #expect(own.contains("秘密聚会") && own.contains("我自己"))
      for browser in [
        try await fixture.browser(), try await fixture.browser(of: fixture.stranger),
      ] {
        for shown in ["/bookable-places", "\(path)?day=2026-11-24"] {
          let text = try await browser.get(shown).text
          #expect(text.contains("枫林小院") && text.contains("还有 2 张桌子"), "\(shown)")
          #expect(!text.contains(BookingFixture.bookerName) && !text.contains("秘密聚会"), "\(shown)")
        }
      }
      let breaches = try await fixture.breaches()
      #expect(breaches == [])
    }
  }

  @Test("What cannot be booked is told on the page, with all that was typed", arguments: TestEngine.available)
  func refused(_ engine: TestEngine) async throws {
    try await BookingFixture.with(engine) { (fixture) async throws -> Void in
      let booker = try await fixture.browser(of: fixture.booker)
      let path = "/bookable-places/\(fixture.yard)"
      _ = try await booker.get(path)
      let party = Party.person(fixture.booker).formValue
      let empty: KeyValuePairs<String, String> = [
        "idempotency_key": "booking-route-key-2", "party": party, "day": "2026-11-24",
        "from": "2026-11-24T10:00", "to": "2026-11-24T12:00", "amount": "1",
      ]
      let unsaid = try await booker.post("\(path)/bookings", empty)
      #expect(unsaid.status == 422 && unsaid.text.contains("field-purpose-error"))
      let shut: KeyValuePairs<String, String> = [
        "idempotency_key": "booking-route-key-3", "party": party, "day": "2026-11-24",
        "from": "2026-11-24T18:00", "to": "2026-11-24T19:00", "amount": "1", "purpose": "下棋比赛",
      ]
      let late = try await booker.post("\(path)/bookings", shut)
      #expect(late.status == 422 && late.text.contains("下棋比赛"))
      let foreign: KeyValuePairs<String, String> = [
        "idempotency_key": "booking-route-key-4", "party": Party.person(fixture.stranger).formValue,
        "day": "2026-11-24", "from": "2026-11-24T10:00", "to": "2026-11-24T12:00", "amount": "1",
        "purpose": "下棋",
      ]
      #expect(try await booker.post("\(path)/bookings", foreign).status == 403)
      let anybody = try await fixture.browser()
      _ = try await anybody.get("/sign-in")
      _ = try await anybody.post("\(path)/bookings", Self.wish(fixture, key: "booking-route-key-5"))
      let rows = try await fixture.count("SELECT count(*) FROM resources_booking")
      #expect(rows == 0)
    }
  }

  @Test("A keeper answers, and for others the booking is not there", arguments: TestEngine.available)
  func answer(_ engine: TestEngine) async throws {
    try await BookingFixture.with(engine, { $0.needsYes = true }) { (fixture) async throws -> Void in
      let id = try await fixture.book(BookingFixture.time(10, 12), purpose: "秘密聚会")
      let stranger = try await fixture.browser(of: fixture.stranger)
      _ = try await stranger.get("/bookable-places/\(fixture.yard)")
      for step in BookingStep.allCases {
        let press: KeyValuePairs<String, String> = [
          "idempotency_key": "stranger-key-\(step.rawValue)", "seen": "0",
        ]
        #expect(try await stranger.post("/my-bookings/\(id)/\(step.rawValue)", press).status == 404)
      }
      let nothing = try await stranger.get("/my-bookings").text
      #expect(!nothing.contains("秘密聚会") && !nothing.contains(BookingFixture.bookerName))
      let keeper = try await fixture.browser(of: fixture.keeper)
      let asked = try await keeper.get("/my-bookings").text
      #expect(asked.contains("秘密聚会") && asked.contains(BookingFixture.bookerName))
      #expect(asked.contains("/my-bookings/\(id)/confirm") && !asked.contains("/my-bookings/\(id)/kept"))
      let yes: KeyValuePairs<String, String> = ["idempotency_key": "booking-keeper-key-1", "seen": "0"]
      #expect(try await keeper.post("/my-bookings/\(id)/confirm", yes).status == 303)
      let again: KeyValuePairs<String, String> = ["idempotency_key": "booking-keeper-key-2", "seen": "0"]
      #expect(try await keeper.post("/my-bookings/\(id)/decline", again).status == 409)
      #expect(try await fixture.booking(id).state == .confirmed)
    }
  }

  @Test(
    "The station opens, books for somebody, prints and closes; residents have no part in it",
    arguments: TestEngine.available)
  func desk(_ engine: TestEngine) async throws {
    try await BookingFixture.with(engine) { (fixture) async throws -> Void in
      let desk = try await fixture.browser(of: fixture.worker)
      let resident = try await fixture.browser(of: fixture.booker)
      let path = "/booking-desk/\(fixture.yard)"
      for page in ["/booking-desk", path, "\(path)/sheet"] {
        #expect(try await desk.get(page).status == 200, "\(page)")
        #expect(try await resident.get(page).status == 403, "\(page)")
      }
      _ = try await desk.get(path)
      let unknown: KeyValuePairs<String, String> = [
        "idempotency_key": "booking-desk-key-1", "phone": "13800138999", "party": "none", "day": "2026-11-24",
        "from": "2026-11-24T10:00", "to": "2026-11-24T12:00", "amount": "1", "purpose": "秘密聚会",
      ]
      let nobody = try await desk.post("\(path)/bookings", unknown)
      #expect(nobody.status == 422 && nobody.text.contains("field-wish-phone-error"))
      let known: KeyValuePairs<String, String> = [
        "idempotency_key": "booking-desk-key-2", "phone": BookingFixture.phone, "party": "none",
        "day": "2026-11-24", "from": "2026-11-24T10:00", "to": "2026-11-24T12:00", "amount": "1",
        "purpose": "秘密聚会",
      ]
      #expect(try await desk.post("\(path)/bookings", known).status == 303)
      try await fixture.book(
        BookingFixture.time(14, 15), for: .organisation(fixture.organisation), by: fixture.representative)
      let page = try await desk.get(path).text
      #expect(page.contains(BookingFixture.bookerName) && page.contains("秘密聚会"))
      let sheet = try await desk.get("\(path)/sheet").text
      #expect(sheet.contains("已订") && sheet.contains(BookingFixture.organisationName))
      #expect(!sheet.contains(BookingFixture.bookerName) && !sheet.contains("秘密聚会"))
      let close: KeyValuePairs<String, String> = ["idempotency_key": "booking-desk-key-3", "seen": "0"]
      #expect(try await resident.post("\(path)/close", close).status == 403)
      #expect(try await desk.post("\(path)/close", close).status == 303)
      #expect(try await resident.get("/bookable-places/\(fixture.yard)").status == 404)
    }
  }

  @Test("Terms are written at the desk; a stale form is refused", arguments: TestEngine.available)
  func terms(_ engine: TestEngine) async throws {
    try await BookingFixture.with(engine) { (fixture) async throws -> Void in
      let desk = try await fixture.browser(of: fixture.worker)
      let path = "/booking-desk/\(fixture.yard)"
      _ = try await desk.get(path)
      func form(_ key: String, seen: String) -> KeyValuePairs<String, String> {
        [
          "idempotency_key": key, "seen": seen, "slot_minutes": "30", "longest_minutes": "120",
          "days_ahead": "14", "capacity": "5", "unit": "张桌子", "keeper_phone": BookingFixture.phone,
          "audience": "everyone", "price": "每次 5 元", "rules_zh": "轻声",
        ]
      }
      #expect(try await desk.post("\(path)/terms", form("booking-terms-key-1", seen: "0")).status == 303)
      let terms = try await fixture.bookable().terms
      #expect(terms.keeper == .person(fixture.booker) && terms.capacity == 5 && !terms.needsYes)
      #expect(terms.rules == Phrase(same: "轻声") && terms.price == "每次 5 元")
      let stale = try await desk.post("\(path)/terms", form("booking-terms-key-2", seen: "0"))
      #expect(stale.status == 409 && stale.text.contains("每次 5 元"))
    }
  }

  @Test("What is booked at a place that closed waits for a call", arguments: TestEngine.available)
  func calls(_ engine: TestEngine) async throws {
    try await BookingFixture.with(engine) { (fixture) async throws -> Void in
      try await fixture.book(BookingFixture.time(10, 12))
      let desk = try await fixture.browser(of: fixture.worker)
      #expect(try await !desk.get("/booking-desk").text.contains("要打电话"))
      try await fixture.closePlace()
      let list = try await desk.get("/booking-desk").text
      #expect(list.contains("要打电话") && list.contains(BookingFixture.bookerName))
      let neighbour = try await fixture.browser(of: fixture.booker)
      #expect(try await !neighbour.get("/bookable-places").text.contains("枫林小院"))
      #expect(try await neighbour.get("/bookable-places/\(fixture.yard)").status == 404)
    }
  }
}
