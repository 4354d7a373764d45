import Database
import Kernel
import People
import TestKit
import Testing

@testable import Resources

@Suite("Bookings: the desk")
struct BookingDeskTests {
  @Test("Each does what is theirs, and a stranger learns nothing", arguments: TestEngine.available)
  func rights(_ engine: TestEngine) async throws {
    try await BookingFixture.with(engine, { $0.needsYes = true }) { (fixture) async throws -> Void in
      let id = try await fixture.book(BookingFixture.time(10, 12))
      for state in PlaceBooking.State.allCases {
        let code = await BookingFixture.code {
          try await fixture.move(id, to: state, by: fixture.stranger)
        }
        #expect(code == "not_found", "\(state)")
      }
      let own = await BookingFixture.code {
        try await fixture.move(id, to: .confirmed, by: fixture.booker)
      }
      #expect(own == "forbidden")
      try await fixture.move(id, to: .confirmed, by: fixture.keeper)
      let stale = await BookingFixture.code {
        try await fixture.move(id, to: .cancelled, by: fixture.booker)
      }
      #expect(stale == "resources.booking_stale")
      let early = await BookingFixture.code {
        try await fixture.move(id, to: .kept, seen: 1, by: fixture.keeper)
      }
      #expect(early == "resources.booking_not_possible")
      try await fixture.move(id, to: .cancelled, seen: 1, by: fixture.booker)
      let second = try await fixture.book(BookingFixture.time(10, 12))
      try await fixture.move(second, to: .declined, by: nil)
      let booking = try await fixture.booking(second)
      #expect(booking.state == .declined && booking.decidedBy == fixture.worker)
      let breaches = try await fixture.breaches()
      #expect(breaches == [])
    }
  }

  @Test(
    "One books for oneself and for whom one acts; the station for anybody", arguments: TestEngine.available)
  func parties(_ engine: TestEngine) async throws {
    try await BookingFixture.with(engine) { (fixture) async throws -> Void in
      let organisation = Party.organisation(fixture.organisation)
      let time = BookingFixture.time(10, 12)
      let other = await fixture.refusal(time, for: .person(fixture.stranger))
      #expect(other == "forbidden")
      let foreign = await fixture.refusal(time, for: organisation)
      #expect(foreign == "forbidden")
      let own = await fixture.refusal(time, for: organisation, by: fixture.representative)
      #expect(own == nil)
      let id = try await fixture.book(time, isByWorker: true)
      let booking = try await fixture.booking(id)
      #expect(booking.party == .person(fixture.booker) && booking.bookedBy == fixture.worker)
      #expect(booking.purpose == "包饺子")
      let nobody = await BookingFixture.code {
        try await fixture.book(time, for: .person(PersonID(rawValue: 1)), isByWorker: true)
      }
      #expect(nobody == "not_found")
      let sealed = try await fixture.database.read { snapshot in
        try snapshot.all("SELECT purpose FROM resources_booking") { try $0.bytes(0) }
      }
      #expect(sealed.count == 2)
      for bytes in sealed {
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(!text.contains("饺子"))
      }
      let breaches = try await fixture.breaches()
      #expect(breaches == [])
    }
  }

  @Test(
    "A time is had where there is room, while it is open, and not too far ahead",
    arguments: TestEngine.available)
  func room(_ engine: TestEngine) async throws {
    try await BookingFixture.with(engine) { (fixture) async throws -> Void in
      try await fixture.book(BookingFixture.time(10, 12, amount: 2))
      let cases: [(OccupiedTime, String?)] = [
        (BookingFixture.time(11, 13, amount: 2), "resources.booking_full"),
        (BookingFixture.time(9, 12, amount: 4), "resources.booking_full"),
        (BookingFixture.time(12, 13, amount: 3), nil), (BookingFixture.time(11, 12), nil),
        (BookingFixture.time(11, 12), "resources.booking_full"),
        (BookingFixture.time(8, 10), "resources.booking_shut"),
        (BookingFixture.time(10, 11, onDay: 6), "resources.booking_shut"),
        (BookingFixture.time(10, 11, onDay: 0), "resources.booking_time"),
        (BookingFixture.time(10, 11, onDay: 8), "resources.booking_time"),
      ]
      for (number, entry) in cases.enumerated() {
        let code = await fixture.refusal(entry.0)
        #expect(code == entry.1, "case \(number)")
      }
      let seen = try await fixture.bookable().revision
      var fewer = BookingFixture.terms(keeper: .person(fixture.keeper))
      fewer.capacity = 2
      let terms = fewer
      let less = await BookingFixture.code {
        try await fixture.write {
          try fixture.logistics.desk.write(
            terms, to: fixture.yard, seen: seen, by: fixture.actor, in: $0)
        }
      }
      #expect(less == "resources.booking_full")
      let breaches = try await fixture.breaches()
      #expect(breaches == [])
    }
  }

  @Test(
    "A place that takes no bookings, or is there no more, cannot be booked", arguments: TestEngine.available)
  func closed(_ engine: TestEngine) async throws {
    try await BookingFixture.with(engine, { $0.needsYes = true }) { (fixture) async throws -> Void in
      let time = BookingFixture.time(10, 12)
      let asked = try await fixture.book(time)
      try await fixture.closeBooking()
      let refused = await fixture.refusal(time)
      #expect(refused == "resources.booking_closed")
      let stale = await BookingFixture.code {
        try await fixture.write {
          try fixture.logistics.desk.close(fixture.yard, seen: 0, by: fixture.actor, in: $0)
        }
      }
      #expect(stale == "resources.booking_stale")
      try await fixture.open(BookingFixture.terms(keeper: .organisation(fixture.organisation)))
      let again = await fixture.refusal(time)
      #expect(again == nil)
      let twice = await BookingFixture.code {
        try await fixture.open(BookingFixture.terms(keeper: .person(fixture.keeper)))
      }
      #expect(twice == "resources.booking_not_possible")
      try await fixture.closePlace()
      let gone = await fixture.refusal(time)
      #expect(gone == "resources.booking_closed")
      let promised = await BookingFixture.code { try await fixture.move(asked, to: .confirmed, by: nil) }
      #expect(promised == "resources.booking_closed")
      let shown = try await fixture.database.read {
        try BookingDirectory(offsetSeconds: 28_800)
          .shown(to: Set(Place.Visibility.allCases), days: 3, in: fixture.community, $0)
      }
      #expect(shown.isEmpty)
      let breaches = try await fixture.breaches()
      #expect(breaches == [])
    }
  }

  @Test("A place that nobody confirmed for a year is bookable no more", arguments: TestEngine.available)
  func runOut(_ engine: TestEngine) async throws {
    try await BookingFixture.with(engine) { (fixture) async throws -> Void in
      fixture.clock.advance(by: .days(365))
      let code = await fixture.refusal(BookingFixture.time(10, 12, onDay: 367))
      #expect(code == "resources.booking_closed")
      let shown = try await fixture.database.read {
        try BookingDirectory(offsetSeconds: 28_800)
          .shown(to: Set(Place.Visibility.allCases), days: 3, in: fixture.community, $0)
      }
      #expect(shown.isEmpty)
    }
  }

  @Test("A keeper has to be there", arguments: TestEngine.available)
  func keepers(_ engine: TestEngine) async throws {
    try await BookingFixture.with(engine) { (fixture) async throws -> Void in
      let seen = try await fixture.bookable().revision
      for keeper in [
        Party.person(PersonID(rawValue: 1)), Party(kind: .organisation, id: 0), Party(kind: .merchant, id: 1),
      ] {
        let terms = BookingFixture.terms(keeper: keeper)
        let code = await BookingFixture.code {
          try await fixture.write {
            try fixture.logistics.desk.write(
              terms, to: fixture.yard, seen: seen, by: fixture.actor, in: $0)
          }
        }
        #expect(code == "form.invalid", "\(keeper)")
      }
    }
  }

  @Test("A shop’s people keep its place, and nobody else does", arguments: TestEngine.available)
  func shop(_ engine: TestEngine) async throws {
    let keeper = Party.merchant(BookingFixture.shop.id)
    try await BookingFixture.with(engine, { ($0.keeper, $0.needsYes) = (keeper, true) }) {
      (fixture) async throws -> Void in
      let id = try await fixture.book(BookingFixture.time(10, 11))
      func confirm(_ person: PersonID) async -> String? {
        await BookingFixture.code {
          try await fixture.write {
            try fixture.logistics.desk.move(
              id, to: .confirmed, seen: 0, by: Actor(person: person, role: .resident), isByWorker: false,
              in: $0)
          }
        }
      }
      #expect(await confirm(fixture.stranger) == "not_found")
      #expect(await confirm(fixture.booker) == "forbidden")
      #expect(await confirm(fixture.shopkeeper) == nil)
      #expect(try await fixture.breaches() == [])
    }
  }

  // MARK: - What people are told, and what the clock does

  @Test("Both sides are told, and nobody of what they did themselves", arguments: TestEngine.available)
  func notices(_ engine: TestEngine) async throws {
    try await BookingFixture.with(engine, { $0.needsYes = true }) { (fixture) async throws -> Void in
      let (booker, keeper) = (fixture.booker, fixture.keeper)
      let id = try await fixture.book(BookingFixture.time(10, 12))
      #expect(try await fixture.messages(BookingNotices.asked, to: keeper) == 1)
      #expect(try await fixture.messages(BookingNotices.decided, to: booker) == 0)
      try await fixture.move(id, to: .confirmed, by: keeper)
      #expect(try await fixture.messages(BookingNotices.decided, to: booker) == 1)
      try await fixture.move(id, to: .cancelled, seen: 1, by: booker)
      #expect(try await fixture.messages(BookingNotices.cancelled, to: keeper) == 1)
      #expect(try await fixture.messages(BookingNotices.cancelled, to: booker) == 0)
      let second = try await fixture.book(BookingFixture.time(10, 12), isByWorker: true)
      try await fixture.move(second, to: .cancelled, by: nil)
      #expect(try await fixture.messages(BookingNotices.cancelled, to: keeper) == 2)
      #expect(try await fixture.messages(BookingNotices.cancelled, to: booker) == 1)
      let told = try await fixture.count("SELECT count(*) FROM messages_message WHERE text_zh LIKE '%饺子%'")
      #expect(told == 0)
    }
  }

  @Test("What nobody answers lapses when it begins, and its booker is told", arguments: TestEngine.available)
  func lapse(_ engine: TestEngine) async throws {
    try await BookingFixture.with(engine, { $0.needsYes = true }) { (fixture) async throws -> Void in
      let id = try await fixture.book(BookingFixture.time(10, 12))
      fixture.clock.move(to: BookingFixture.hour(10) - .minutes(1))
      try await fixture.runJobs()
      #expect(try await fixture.booking(id).state == .asked)
      fixture.clock.move(to: BookingFixture.hour(10))
      let late = await BookingFixture.code {
        try await fixture.move(id, to: .confirmed, by: fixture.keeper)
      }
      #expect(late == "resources.booking_not_possible")
      try await fixture.runJobs()
      let booking = try await fixture.booking(id)
      #expect(booking.state == .declined && booking.decidedBy == nil)
      #expect(try await fixture.messages(BookingNotices.decided, to: fixture.booker) == 1)
      let breaches = try await fixture.breaches()
      #expect(breaches == [])
    }
  }

  @Test(
    "The day before, whoever has a place is reminded; what it was for goes", arguments: TestEngine.available)
  func clock(_ engine: TestEngine) async throws {
    try await BookingFixture.with(engine) { (fixture) async throws -> Void in
      let time = BookingFixture.time(10, 12, onDay: 3)
      let id = try await fixture.book(time)
      let given = try await fixture.book(time)
      try await fixture.move(given, to: .cancelled, by: fixture.booker)
      fixture.clock.move(to: BookingFixture.hour(10, onDay: 2))
      try await fixture.runJobs()
      #expect(try await fixture.messages(BookingNotices.soon, to: fixture.booker) == 1)
      fixture.clock.move(to: time.to + .days(40))
      try await fixture.runJobs()
      let unsaid = try await fixture.booking(id)
      #expect(unsaid.state == .confirmed, "whether they came is not guessed")
      fixture.clock.move(to: time.to + ForgetPurposes.keepingTime)
      try await fixture.runJobs()
      let forgotten = try await fixture.booking(id)
      #expect(forgotten.purpose.isEmpty && forgotten.time == time)
      try await fixture.move(id, to: .kept, by: fixture.keeper)
      let breaches = try await fixture.breaches()
      #expect(breaches == [])
    }
  }

  @Test("What a place was asked for goes sooner where it was given back", arguments: TestEngine.available)
  func givenBack(_ engine: TestEngine) async throws {
    try await BookingFixture.with(engine) { (fixture) async throws -> Void in
      let time = BookingFixture.time(10, 12, onDay: 3)
      let id = try await fixture.book(time)
      try await fixture.move(id, to: .cancelled, by: fixture.booker)
      fixture.clock.move(to: fixture.clock.now + ForgetPurposes.keepingTime)
      #expect(fixture.clock.now < time.to + ForgetPurposes.keepingTime)
      try await fixture.runJobs()
      #expect(try await fixture.booking(id).purpose.isEmpty)
    }
  }

  @Test("Whoever is deleted comes no more, and the keeper is told", arguments: TestEngine.available)
  func gone(_ engine: TestEngine) async throws {
    try await BookingFixture.with(engine) { (fixture) async throws -> Void in
      let id = try await fixture.book(BookingFixture.time(10, 12))
      let subject = DataSubject(person: fixture.booker, household: nil, community: fixture.community)
      try await fixture.write { try fixture.logistics.forget(subject, in: $0) }
      #expect(try await fixture.booking(id).state == .cancelled)
      #expect(try await fixture.messages(BookingNotices.cancelled, to: fixture.keeper) == 1)
      #expect(try await fixture.messages(BookingNotices.cancelled, to: fixture.booker) == 0)
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test("Whoever is deleted is named no more as who answered", arguments: TestEngine.available)
  func forgotten(_ engine: TestEngine) async throws {
    try await BookingFixture.with(engine, { $0.needsYes = true }) { (fixture) async throws -> Void in
      let id = try await fixture.book(BookingFixture.time(10, 12))
      try await fixture.move(id, to: .declined, by: fixture.keeper)
      try await fixture.write { transaction in
        for person in [fixture.keeper, fixture.booker] {
          try fixture.logistics.forget(
            DataSubject(person: person, household: nil, community: fixture.community), in: transaction)
        }
      }
      let booking = try await fixture.booking(id)
      #expect(booking.bookedBy == nil && booking.decidedBy == PersonID(rawValue: 0))
      let name = booking.stateName(at: fixture.clock.now).chinese
      #expect(name == "没有同意")
    }
  }
}
