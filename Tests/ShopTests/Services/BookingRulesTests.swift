import Kernel
import TestKit
import Testing

@testable import Shop

/// What may become of a booking: every state, every side, every command.
@Suite("The rules of bookings")
struct BookingRulesTests {
  private static let start = Timestamp(rfc3339: "2026-11-24T02:00:00Z") ?? Timestamp(seconds: 0)

  static func booking(_ state: Booking.State = .requested, place: Service.Place = .home) -> Booking {
    Booking(
      id: BookingID(rawValue: 1), service: ServiceID(rawValue: 2), merchant: MerchantID(rawValue: 3),
      worker: WorkerID(rawValue: 4), household: HouseholdID(rawValue: 5), person: PersonID(rawValue: 6),
      campaign: CampaignID(rawValue: 7), order: OrderID(rawValue: 8), title: Phrase("理发", "Haircut"),
      place: place,
      price: ServicePrice(basis: .hour, amount: .fen(6_000), cap: .fen(15_000)),
      rules: VisitRules(answerHours: 12, freeHours: 4, lateRate: Rate(basisPoints: 2_000) ?? .none),
      minutes: 60,
      bufferMinutes: 30, startsAt: start, note: "", requestedAt: start - .hours(30),
      answerUntil: start - .hours(18),
      state: state, endedBy: state == .missed ? .household : nil, isObjected: false, proposal: nil,
      arrivedAt: nil,
      outcome: nil, revision: 1)
  }

  private static let outcome = Booking.Outcome(
    finishedAt: start + .hours(1), minutes: 60, labour: .fen(6_000), material: .zero, charged: .fen(6_000),
    afterNote: "")

  private static func proposal(_ party: Booking.Party) -> Booking.Proposal {
    .init(by: party, worker: WorkerID(rawValue: 4), startsAt: start + .hours(20))
  }

  private static func commands(_ party: Booking.Party) -> [BookingRules.Command] {
    [
      .accept, .decline(reason: "忙"), .expire, .setOut, .arrive, .finish(outcome), .cancel(reason: ""),
      .reportAbsence, .lapse, .object(reason: "我在家"), .propose(proposal(party)), .agreeToMove, .refuseMove,
    ]
  }

  /// What is allowed where, at a time that suits each command: written down once more, by hand.
  private static let allowed: Set<String> = [
    "requested merchant accept", "requested merchant decline", "requested program expire",
    "requested household cancel", "requested merchant propose", "accepted merchant setOut",
    "accepted merchant arrive",
    "accepted household cancel", "accepted merchant cancel", "accepted household reportAbsence",
    "accepted merchant reportAbsence", "accepted program lapse", "accepted household propose",
    "accepted merchant propose", "onTheWay merchant arrive", "onTheWay household cancel",
    "onTheWay merchant cancel",
    "onTheWay household reportAbsence", "onTheWay merchant reportAbsence", "onTheWay program lapse",
    "arrived merchant finish", "missed household object",
  ]

  private static func name(_ command: BookingRules.Command) -> String {
    "\(command)".prefix { $0 != "(" }.description
  }

  @Test("Every state, side and command: what is allowed is the list, and nothing else")
  func exhaustive() {
    var found: Set<String> = []
    for state in Booking.State.allCases {
      for party in Booking.Party.allCases {
        for command in Self.commands(party) {
          let moments = [-24, -3, -1, 1, 24].map { Self.start + .hours($0) }
          let isAllowed = moments.contains {
            BookingRules.isAllowed(command, of: Self.booking(state), by: party, now: $0)
          }
          if isAllowed { found.insert("\(state) \(party) \(Self.name(command))") }
        }
      }
    }
    #expect(found == Self.allowed, "\(found.symmetricDifference(Self.allowed).sorted())")
  }

  @Test(
    "Whatever is done in whatever order: an end is an end, price and rules never change", arguments: 0..<200)
  func walks(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var booking = Self.booking(place: Bool.random(using: &random) ? .home : .merchant)
    var now = booking.requestedAt
    for _ in 0..<40 {
      now = now + Duration.minutes(Int64.random(in: 0...240, using: &random))
      let party = Booking.Party.allCases.randomElement(using: &random) ?? .household
      guard let command = Self.commands(party).randomElement(using: &random) else { continue }
      let before = booking
      guard BookingRules.isAllowed(command, of: booking, by: party, now: now) else {
        #expect(throws: Problem.self) {
          try BookingRules.after(command, of: before, by: party, now: now)
        }
        continue
      }
      let (after, step) = try BookingRules.after(command, of: booking, by: party, now: now)
      #expect(step.party == party && step.at == now && after.revision == before.revision + 1)
      #expect(after.price == before.price && after.rules == before.rules && after.order == before.order)
      #expect(before.state.isOpen || after.state == before.state)
      #expect((after.state == .done) == (after.outcome != nil))
      #expect(after.state.isOpen || after.proposal == nil)
      #expect(after.startsAt == before.startsAt || step.what == .moved)
      if after.state == .arrived { #expect(after.arrivedAt != nil) }
      booking = after
    }
  }

  @Test("Cancelling is free until the hour that was told, and late from then on; a request is never late")
  func late() throws {
    let accepted = Self.booking(.accepted)
    let limit = Self.start - .hours(4)
    for (now, what) in [(limit, BookingStep.What.cancelledInTime), (limit + .minutes(1), .cancelledLate)] {
      #expect(
        try BookingRules.after(.cancel(reason: ""), of: accepted, by: .household, now: now).step.what == what)
    }
    #expect(!BookingRules.isLate(Self.booking(.requested), now: Self.start - .minutes(1)))
    let merchant = try BookingRules.after(
      .cancel(reason: "病了"), of: accepted, by: .merchant, now: Self.start - .minutes(1))
    #expect(merchant.step.what == .cancelledInTime && merchant.booking.state == .cancelled)
    #expect(merchant.booking.endedBy == .merchant)
    #expect(try BookingRules.lateFee(of: accepted) == .fen(1_200))
  }

  @Test("A merchant that cancels once the visit should have begun did not come", arguments: [0, 1, 600])
  func cancelledAfterStart(_ minutes: Int64) throws {
    for state in [Booking.State.accepted, .onTheWay] {
      let (booking, step) = try BookingRules.after(
        .cancel(reason: "师傅病了"), of: Self.booking(state), by: .merchant, now: Self.start + .minutes(minutes))
      #expect(booking.state == .missed && booking.endedBy == .merchant)
      #expect(step.what == .workerMissed && step.note == "师傅病了")
    }
  }

  @Test("A visit belongs to its day, and to the next one while it may still be begun or ended")
  func days() {
    let (start, end) = (Self.start + .hours(1), Self.start + .hours(25))
    func isOfDay(_ booking: Booking, now: Timestamp) -> Bool {
      BookingRules.isOfDay(booking, from: start, until: end, now: now)
    }
    for state in [Booking.State.accepted, .onTheWay] {
      let booking = Self.booking(state)
      let over = booking.endsAt + BookingRules.overdueTime
      #expect(isOfDay(booking, now: over - .minutes(1)) && !isOfDay(booking, now: over))
      #expect(BookingRules.isAllowed(.lapse, of: booking, by: .program, now: over))
    }
    #expect(isOfDay(Self.booking(.arrived), now: end))
    var done = Self.booking(.done)
    for (finishedAt, isShown) in [(start - .minutes(1), false), (start, true)] {
      done.outcome = Booking.Outcome(
        finishedAt: finishedAt, minutes: 60, labour: .fen(6_000), material: .zero, charged: .fen(6_000),
        afterNote: "")
      #expect(isOfDay(done, now: start + .hours(1)) == isShown)
    }
    for state in Booking.State.allCases {
      var booking = Self.booking(state)
      booking.startsAt = start
      let isAgreed = [.accepted, .onTheWay, .arrived, .done].contains(state)
      #expect(isOfDay(booking, now: start) == isAgreed, "\(state)")
      booking.startsAt = end
      #expect(isOfDay(booking, now: start) == (state == .arrived), "\(state)")
    }
  }

  @Test(
    "Moving: the other side agrees, code and price stay; whoever proposed cannot agree; nothing moves into the past"
  )
  func moves() throws {
    var booking = Self.booking(.accepted)
    let now = Self.start - .hours(10)
    booking = try BookingRules.after(
      .propose(Self.proposal(.household)), of: booking, by: .household, now: now
    ).booking
    #expect(!BookingRules.isAllowed(.agreeToMove, of: booking, by: .household, now: now))
    #expect(!BookingRules.isAllowed(.propose(Self.proposal(.merchant)), of: booking, by: .merchant, now: now))
    #expect(!BookingRules.isAllowed(.agreeToMove, of: booking, by: .merchant, now: Self.start + .hours(21)))
    let moved = try BookingRules.after(.agreeToMove, of: booking, by: .merchant, now: now).booking
    #expect(moved.startsAt == Self.start + .hours(20) && moved.state == .accepted && moved.proposal == nil)
    let refused = try BookingRules.after(.refuseMove, of: booking, by: .merchant, now: now).booking
    #expect(refused.startsAt == Self.start && refused.proposal == nil && refused.state == .accepted)
    // A merchant who cannot come at the time that was asked for offers another one; agreeing makes it an appointment.
    var asked = Self.booking(.requested)
    asked = try BookingRules.after(.propose(Self.proposal(.merchant)), of: asked, by: .merchant, now: now)
      .booking
    #expect(!BookingRules.isAllowed(.expire, of: asked, by: .program, now: asked.answerUntil + .minutes(1)))
    #expect(
      try BookingRules.after(.agreeToMove, of: asked, by: .household, now: now).booking.state == .accepted)
  }

  @Test(
    "What is charged: the quarters that were begun and the material that was agreed, never more than the limit"
  )
  func charges() throws {
    let booking = Self.booking(.arrived)
    func charged(_ minutes: Int64, _ material: [VisitMaterial] = [], charge: Money? = nil) throws -> Money {
      try BookingRules.outcome(
        of: booking, minutes: minutes, material: material, charge: charge, afterNote: "", now: Self.start
      ).charged
    }
    #expect(try charged(1) == .fen(1_500))
    #expect(try charged(60) == .fen(6_000))
    #expect(try charged(61) == .fen(7_500))
    #expect(try charged(720) == .fen(15_000))
    let tap = VisitMaterial(position: 0, name: "龙头", amount: .fen(5_000), answer: .agreed)
    let pipe = VisitMaterial(position: 1, name: "水管", amount: .fen(4_000), answer: .waiting)
    let hose = VisitMaterial(position: 2, name: "软管", amount: .fen(3_000), answer: .refused)
    #expect(try charged(60, [tap, pipe, hose]) == .fen(11_000))
    #expect(try charged(150, [tap]) == .fen(15_000))
    #expect(try charged(60, [tap], charge: .fen(10_000)) == .fen(10_000))
    for wrong in [Money.fen(11_001), .fen(-1)] {
      #expect(throws: Problem.self) { try charged(60, [tap], charge: wrong) }
    }
    for minutes in [Int64(0), 721] { #expect(throws: Problem.self) { try charged(minutes) } }
    #expect(try BookingRules.materialLeft(of: booking, [tap, pipe, hose]) == .zero)
    #expect(try BookingRules.materialLeft(of: booking, [tap, hose]) == .fen(4_000))
  }

  @Test("No work and no material ever exceeds the limit", arguments: 0..<200)
  func limit(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let amount = Int64.random(in: 1...20_000, using: &random)
    let price = ServicePrice(
      basis: Bool.random(using: &random) ? .visit : .hour, amount: .fen(amount),
      cap: .fen(amount + Int64.random(in: 0...30_000, using: &random)))
    let minutes = Int64.random(in: 1...720, using: &random)
    let labour = try price.labour(minutes: minutes)
    #expect(labour > .zero && labour <= price.cap)
    #expect(try price.labour(minutes: min(720, minutes + 1)) >= labour)
  }
}
