import Kernel
import People
import TestKit
import Testing

@testable import Resources

@Suite("Bookings: the rules")
struct BookingRuleTests {
  private static let offset = 28_800
  private static let person = Party.person(PersonID(rawValue: 5))
  private static let keeper = Party.organisation(OrganisationID(rawValue: 9))

  private static func place(
    _ terms: BookableTerms, closedAt: Timestamp? = nil
  ) -> BookablePlace {
    BookablePlace(
      id: PlaceID(rawValue: 1), terms: terms, revision: 0, openedAt: BookingFixture.start,
      openedBy: .machine, closedAt: closedAt)
  }

  private static func booking(_ state: PlaceBooking.State, _ time: OccupiedTime) -> PlaceBooking {
    PlaceBooking(
      id: PlaceBookingID(rawValue: 3), place: PlaceID(rawValue: 1), party: person, time: time, purpose: "",
      state: state, revision: 0, bookedAt: BookingFixture.start, bookedBy: nil, decidedBy: nil)
  }

  // MARK: - What becomes of a booking

  @Test("Whoever has it gives it back, its keeper does the rest, a stranger nothing")
  func mayMove() {
    for state in PlaceBooking.State.allCases {
      let stranger = BookingRules.mayMove(to: state, isBooker: false, isKeeper: false)
      #expect(!stranger, "\(state)")
      let booker = BookingRules.mayMove(to: state, isBooker: true, isKeeper: false)
      #expect(booker == (state == .cancelled), "\(state)")
      let keeper = BookingRules.mayMove(to: state, isBooker: false, isKeeper: true)
      #expect(keeper == (state != .asked), "\(state)")
      let both = BookingRules.mayMove(to: state, isBooker: true, isKeeper: true)
      #expect(both == (booker || keeper), "\(state)")
    }
  }

  @Test("Every state can become what follows it, at its time, and nothing else")
  func moves() {
    let time = BookingFixture.time(10, 12)
    let (before, within, after) = (
      BookingFixture.hour(9), BookingFixture.hour(11), BookingFixture.hour(13)
    )
    let possible: [(PlaceBooking.State, PlaceBooking.State, [Timestamp])] = [
      (.asked, .confirmed, [before]), (.asked, .declined, [before]), (.asked, .cancelled, [before]),
      (.confirmed, .cancelled, [before]), (.confirmed, .kept, [within, after]),
      (.confirmed, .notKept, [within, after]),
    ]
    for old in PlaceBooking.State.allCases {
      for new in PlaceBooking.State.allCases {
        let moments = possible.first { $0.0 == old && $0.1 == new }?.2 ?? []
        for now in [before, within, after] {
          let refusal = BookingRules.refusal(Self.booking(old, time), to: new, at: now)
          #expect((refusal == nil) == moments.contains(now), "\(old) → \(new) at \(now)")
        }
      }
    }
  }

  @Test("What nobody answered is over when it begins; it says that nobody did")
  func lapse() {
    let asked = Self.booking(.asked, BookingFixture.time(10, 12))
    #expect(asked.state(at: BookingFixture.hour(9)) == .asked)
    #expect(asked.state(at: BookingFixture.hour(10)) == .declined)
    let name = asked.stateName(at: BookingFixture.hour(10)).chinese
    #expect(name == "没有人答复")
  }

  // MARK: - What can be booked

  @Test("Terms hold within their bounds")
  func terms() {
    let good = BookingFixture.terms(keeper: Self.keeper)
    #expect(throws: Never.self) { try BookingRules.check(good) }
    let wrong: [(inout BookableTerms) -> Void] = [
      { $0.slotMinutes = 4 }, { $0.slotMinutes = 1441 }, { $0.capacity = 0 }, { $0.capacity = 100_001 },
      { $0.daysAhead = 0 }, { $0.daysAhead = 366 }, { $0.longestMinutes = 59 },
      { $0.longestMinutes = 1441 }, { $0.rules = Phrase(same: "") },
    ]
    for (number, change) in wrong.enumerated() {
      var terms = good
      change(&terms)
      #expect(throws: Problem.self, "change \(number)") { try BookingRules.check(terms) }
    }
  }

  @Test("Each wrong wish is told what is wrong with it")
  func wishes() {
    let terms = BookingFixture.terms(keeper: Self.keeper)
    let hours = OpeningHours("周一至周六 9:00–17:00") ?? .none
    func code(
      _ time: OccupiedTime, purpose: String = "包饺子", closedAt: Timestamp? = nil,
      audience: BookablePlace.Audience = .everyone
    ) -> String? {
      var terms = terms
      terms.audience = audience
      return BookingRules.refusal(
        BookingWish(party: Self.person, time: time, purpose: purpose),
        at: Self.place(terms, closedAt: closedAt), open: hours, offsetSeconds: Self.offset,
        now: BookingFixture.start)?.code
    }
    let good = BookingFixture.time(9, 12)
    let half = OccupiedTime(
      from: BookingFixture.hour(10) + .minutes(30), to: BookingFixture.hour(11) + .minutes(30), amount: 1)
    let cases: [(String?, String?)] = [
      (code(good), nil), (code(good, purpose: ""), "form.invalid"),
      (code(good, closedAt: BookingFixture.start), "resources.booking_closed"),
      (code(good, audience: .organisations), "resources.booking_not_for_you"),
      (code(BookingFixture.time(10, 11, onDay: 0)), "resources.booking_time"),
      (code(BookingFixture.time(10, 11, onDay: 8)), "resources.booking_time"),
      (code(BookingFixture.time(9, 13)), "resources.booking_length"),
      (code(half), "resources.booking_length"),
      (code(BookingFixture.time(11, 10)), "resources.booking_length"),
      (code(BookingFixture.time(8, 10)), "resources.booking_shut"),
      (code(BookingFixture.time(16, 18)), "resources.booking_shut"),
      (code(BookingFixture.time(10, 11, onDay: 6)), "resources.booking_shut"),
    ]
    for (number, entry) in cases.enumerated() { #expect(entry.0 == entry.1, "case \(number)") }
  }

  // MARK: - The calendar

  private static func hours(_ random: inout SeededGenerator) -> OpeningHours {
    var days: [Int: [OpeningHours.Interval]] = [:]
    for weekday in OpeningHours.weekdays {
      for _ in 0..<Int.random(in: 0...2, using: &random) {
        let opens = Int.random(in: 0..<1380, using: &random)
        let closes = Int.random(in: opens + 1...1440, using: &random)
        if let interval = OpeningHours.Interval(opens, closes) { days[weekday, default: []].append(interval) }
      }
    }
    return OpeningHours(days)
  }

  @Test("The calendar offers every step that the rules let through, and no other")
  func calendar() {
    var random = SeededGenerator(seed: 11)
    for round in 0..<500 {
      var terms = BookingFixture.terms(keeper: Self.keeper)
      terms.slotMinutes = [15, 20, 30, 45, 60, 90].randomElement(using: &random) ?? 60
      terms.daysAhead = Int64.random(in: 1...3, using: &random)
      let hours = Self.hours(&random)
      let now = BookingFixture.start + .minutes(Int64.random(in: 0...1440, using: &random))
      let calendar = BookingCalendar(
        terms: terms, hours: hours, times: [], offsetSeconds: Self.offset, now: now)
      let date = BookingCalendar.day(Int64.random(in: 0...4, using: &random), after: calendar.today)
      let midnight = date.timestamp(offsetSeconds: Self.offset)
      let slots = calendar.day(date).slots.map(\.from)
      let allowed = (0..<1440 / 5).map { midnight + .minutes(Int64($0) * 5) }.filter { from in
        let time = OccupiedTime(from: from, to: from + .minutes(terms.slotMinutes), amount: 1)
        return BookingRules.refusal(
          BookingWish(party: Self.person, time: time, purpose: "用"), at: Self.place(terms), open: hours,
          offsetSeconds: Self.offset, now: now) == nil
      }
      #expect(slots == allowed, "round \(round)")
    }
  }

  @Test("What is free in the calendar is what would fit; runs tell the same in fewer words")
  func free() {
    var random = SeededGenerator(seed: 12)
    for round in 0..<300 {
      var terms = BookingFixture.terms(keeper: Self.keeper)
      terms.capacity = Int64.random(in: 1...4, using: &random)
      let times = (0..<Int.random(in: 0...8, using: &random)).map { _ in
        let from = Int64.random(in: 0...22, using: &random)
        let length = Int64.random(in: 1...24, using: &random)
        return BookingFixture.time(from, from + length)
      }
      let calendar = BookingCalendar(
        terms: terms, hours: OpeningHours("周一至周日 0:00–24:00") ?? .none, times: times,
        offsetSeconds: Self.offset, now: BookingFixture.start)
      let day = calendar.day(CivilDateTime(year: 2026, month: 11, day: 24))
      #expect(day.slots.count == 24)
      let occupancy = Occupancy(capacity: terms.capacity, times: times)
      for slot in day.slots {
        let most = OccupiedTime(from: slot.from, to: slot.to, amount: slot.free)
        let more = OccupiedTime(from: slot.from, to: slot.to, amount: slot.free + 1)
        #expect(slot.free == 0 || occupancy.fits(most), "round \(round)")
        #expect(!occupancy.fits(more), "round \(round)")
      }
      let runs = day.runs
      #expect(runs.first?.from == day.slots.first?.from && runs.last?.to == day.slots.last?.to)
      for (left, right) in zip(runs, runs.dropFirst()) {
        #expect(left.to == right.from && left.free != right.free, "round \(round)")
      }
    }
  }
}
