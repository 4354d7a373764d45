import Kernel
import People
import TestKit
import Testing

@testable import Resources

@Suite("Van trips: the rules")
struct VanTripRuleTests {
  private static let now = VanTripFixture.start

  private static func trip(
    _ room: VanLoad = VanLoad(crates: 5, kilograms: 100), _ state: VanTrip.State = .planned
  ) -> VanTrip {
    VanTrip(
      id: VanTripID(rawValue: 1), party: .merchant(VanTripFixture.shop),
      terms: VanTripFixture.terms(room), state: state, reason: "", revision: 0, createdAt: now,
      createdBy: Actor(person: PersonID(rawValue: 1), role: .resident), closedAt: nil)
  }

  private static func part(_ load: VanLoad, _ state: VanPart.State) -> VanPart {
    VanPart(
      id: VanPartID(rawValue: 2), trip: VanTripID(rawValue: 1), party: .person(PersonID(rawValue: 3)),
      load: load, words: .none, state: state, revision: 0, askedAt: now, askedBy: nil)
  }

  /// Puts crate after crate and kilogram after kilogram into what is there.
  private static func goesIn(_ loads: [VanLoad], _ room: VanLoad) -> Bool {
    var (crates, kilograms) = (room.crates, room.kilograms)
    for load in loads {
      for _ in 0..<load.crates { crates -= 1 }
      for _ in 0..<load.kilograms { kilograms -= 1 }
    }
    return crates >= 0 && kilograms >= 0
  }

  @Test("A part has room exactly where crates and kilograms go in one by one")
  func capacity() {
    var random = SeededGenerator(seed: 53)
    for _ in 0..<300 {
      let room = VanLoad(
        crates: Int64.random(in: 1...20, using: &random),
        kilograms: Int64.random(in: 1...60, using: &random))
      let trip = Self.trip(room)
      var parts: [VanPart] = []
      for _ in 0..<15 {
        let load = VanLoad(
          crates: Int64.random(in: 1...6, using: &random),
          kilograms: Int64.random(in: 1...20, using: &random))
        let holding = parts.filter(\.state.holds).map(\.load)
        let taken = holding.reduce(VanLoad.nothing) { $0 + $1 }
        let refusal = VanTripRules.refusal(load, on: trip, beside: taken, at: Self.now)
        let hasRoom = Self.goesIn(holding + [load], room)
        #expect((refusal == nil) == hasRoom)
        guard hasRoom else {
          #expect(refusal?.code == "resources.van_full")
          continue
        }
        parts.append(Self.part(load, VanPart.State.allCases.randomElement(using: &random) ?? .asked))
      }
    }
  }

  /// When something happens: while all may ask, after the last moment, and after it left.
  private enum Time: CaseIterable {
    case early
    case late
    case gone

    var moment: Timestamp {
      switch self {
      case .early: VanTripFixture.joinUntil - .minutes(1)
      case .late: VanTripFixture.joinUntil
      case .gone: VanTripFixture.leavesAt
      }
    }
  }

  /// What may become of a part of a planned trip, written down once more.
  private static func isAllowed(
    _ from: VanPart.State, _ to: VanPart.State, _ side: VanSide, _ time: Time
  ) -> Bool {
    let leads = side != .joiner
    return switch (from, to) {
    case (.asked, .confirmed): leads && time != .gone
    case (.asked, .declined): leads
    case (.asked, .cancelled), (.confirmed, .cancelled): leads ? time != .gone : time == .early
    case (.confirmed, .carried), (.confirmed, .notCarried): leads && time == .gone
    default: false
    }
  }

  @Test("Of all steps of parts exactly those are possible that should be")
  func partMatrix() {
    for from in VanPart.State.allCases {
      for to in VanPart.State.allCases {
        for side in VanSide.allCases {
          for time in Time.allCases {
            let part = Self.part(VanLoad(crates: 1, kilograms: 1), from)
            for state in VanTrip.State.allCases {
              let refusal = VanTripRules.refusal(
                part, to: to, on: Self.trip(part.load, state), by: [side], at: time.moment)
              let isPossible = refusal == nil && VanTripRules.mayMove(to: to, [side])
              let isExpected = state == .planned && Self.isAllowed(from, to, side, time)
              #expect(isPossible == isExpected, "\(from) to \(to) by \(side), \(time), \(state)")
            }
          }
        }
      }
    }
  }

  @Test("A trip ends once, and not as called off once something was carried")
  func tripMatrix() {
    for from in VanTrip.State.allCases {
      for to in VanTrip.State.allCases {
        for time in Time.allCases {
          for hasCarried in [false, true] {
            let refusal = VanTripRules.refusal(
              Self.trip(.nothing, from), to: to, hasCarried: hasCarried, at: time.moment)
            let isExpected =
              from == .planned
              && ((to == .done && time == .gone) || (to == .calledOff && !hasCarried))
            #expect((refusal == nil) == isExpected, "\(from) to \(to), \(time)")
          }
        }
      }
    }
  }

  @Test("Nobody asks after the last moment, and plans have to hold together")
  func plans() throws {
    let (trip, load) = (Self.trip(), VanLoad(crates: 1, kilograms: 1))
    let late = VanTripRules.refusal(load, on: trip, beside: .nothing, at: VanTripFixture.joinUntil)
    #expect(late?.code == "resources.van_closed")
    try VanTripRules.check(trip.terms, at: Self.now)
    let changes: [(String, (inout VanTripTerms) -> Void)] = [
      (
        "leaves_at",
        {
          $0.leavesAt = Self.now + .days(61)
          $0.returnsAt = nil
        }
      ),
      ("join_until", { $0.joinUntil = $0.leavesAt + .minutes(1) }),
      ("join_until", { $0.joinUntil = Self.now }), ("returns_at", { $0.isReturn = false }),
      ("returns_at", { $0.returnsAt = $0.leavesAt }), ("crates", { $0.room.crates = 0 }),
      ("kilograms", { $0.room.kilograms = 20_001 }), ("from", { $0.from = "" }),
    ]
    for (field, change) in changes {
      var terms = trip.terms
      change(&terms)
      let problem = #expect(throws: Problem.self) { try VanTripRules.check(terms, at: Self.now) }
      #expect(problem?.fields.map(\.field) == [field])
    }
  }

  @Test("Reminders come at six in the evening of the day before")
  func evening() {
    let eve = VanTripJobs.evening(before: VanTripFixture.leavesAt, offsetSeconds: 28_800)
    let local = CivilDateTime(eve, offsetSeconds: 28_800)
    #expect(local.isoLocal == "2026-11-24T18:00")
  }
}
