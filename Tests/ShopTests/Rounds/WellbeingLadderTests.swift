import Kernel
import TestKit
import Testing

@testable import Shop

@Suite("The ladder when somebody should be looked after")
struct WellbeingLadderTests {
  private let start = Timestamp(seconds: 1_900_000_000)
  private let person = PersonID(rawValue: 1)

  private func begin(
    _ cause: WellbeingConcern.Cause, _ reachable: Set<WellbeingStep>
  ) -> WellbeingLadder.Move {
    WellbeingLadder.begin(
      WellbeingConcernID(rawValue: 9), person, cause, reachable: reachable, now: start)
  }

  @Test("Family, then the building, then the social workers, each after half an hour")
  func climbs() throws {
    let all: Set<WellbeingStep> = [.family, .building]
    var move = begin(.missed, all)
    #expect(move.tell == [.family])
    #expect(WellbeingLadder.pass(move.concern, reachable: all, now: start + .minutes(29)) == nil)
    move = try #require(WellbeingLadder.pass(move.concern, reachable: all, now: start + .minutes(30)))
    #expect(move.tell == [.building])
    move = try #require(WellbeingLadder.pass(move.concern, reachable: all, now: start + .minutes(60)))
    #expect(move.tell == [.worker])
  }

  @Test("What is wrong goes to the social workers at once as well; a step with nobody is passed over")
  func atOnce() throws {
    #expect(begin(.concern, [.family, .building]).tell == [.family, .worker])
    #expect(begin(.concern, []).tell == [.worker])
    #expect(begin(.missed, [.building]).tell == [.building])
    let open = begin(.missed, [.family]).concern
    let move = try #require(WellbeingLadder.pass(open, reachable: [.family], now: start + .hours(1)))
    #expect(move.tell == [.worker] && move.concern.step == .worker)
  }

  @Test("Whoever looks after it stops the ladder; without a word it goes to the social workers")
  func takenOver() throws {
    let all: Set<WellbeingStep> = [.family, .building]
    let taken = WellbeingLadder.takeOver(begin(.missed, all).concern, by: PersonID(rawValue: 5), now: start)
    #expect(WellbeingLadder.pass(taken, reachable: all, now: start + .minutes(119)) == nil)
    let move = try #require(WellbeingLadder.pass(taken, reachable: all, now: start + .hours(2)))
    #expect(move.tell == [.worker] && move.concern.carer == nil && move.concern.state == .open)
    let worse = WellbeingLadder.worsen(taken, .concern, now: start + .minutes(5))
    #expect(worse.tell == [.worker] && worse.concern.state == .open && worse.concern.cause == .concern)
    let closed = WellbeingLadder.close(taken, by: PersonID(rawValue: 5), now: start)
    #expect(WellbeingLadder.pass(closed, reachable: all, now: start + .days(1)) == nil)
    #expect(WellbeingLadder.takeOver(closed, by: person, now: start) == closed)
  }

  @Test("Unanswered it goes on once a day; what is found then counts as if it were the first time")
  func unanswered() throws {
    var concern = begin(.concern, []).concern
    for reminder in 1...6 {
      #expect(concern.isUnanswered == (reminder > 4))
      let due = try #require(concern.dueAt)
      let move = try #require(WellbeingLadder.pass(concern, reachable: [], now: due))
      #expect(move.tell == [.worker])
      #expect(move.concern.dueAt == due + (reminder < 4 ? .minutes(30) : .days(1)))
      concern = move.concern
    }
    let again = WellbeingLadder.worsen(concern, .missed, now: start + .days(3))
    #expect(again.tell == [.worker] && !again.concern.isUnanswered)
    #expect(again.concern.cause == .concern, "what was found before stays found")
    #expect(again.concern.dueAt == start + .days(3) + .minutes(30))
    let taken = WellbeingLadder.takeOver(concern, by: PersonID(rawValue: 5), now: start)
    #expect(!taken.isUnanswered, "somebody is on the way")
  }

  /// Whatever is answered whenever: it never goes down, it always reaches a social worker unless somebody answers, and
  /// it is never left alone before it is closed.
  @Test("Random walks", arguments: UInt64(1)...60)
  func walks(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let reachable = Set([WellbeingStep.family, .building].filter { _ in Bool.random(using: &random) })
    var now = start
    let first = begin(Bool.random(using: &random) ? .missed : .concern, reachable)
    var (concern, told) = (first.concern, first.tell)
    var isAnswered = false
    for _ in 0..<40 {
      now = now + .minutes(Int64.random(in: 1...90, using: &random))
      if Int.random(in: 0..<12, using: &random) == 0 {
        concern = WellbeingLadder.takeOver(concern, by: PersonID(rawValue: 5), now: now)
        isAnswered = true
      }
      guard let move = WellbeingLadder.pass(concern, reachable: reachable, now: now) else { continue }
      let steps = WellbeingStep.allCases
      #expect(
        (steps.firstIndex(of: move.concern.step) ?? 0) >= (steps.firstIndex(of: concern.step) ?? 0))
      #expect(move.tell.allSatisfy { $0 == .worker || reachable.contains($0) })
      told += move.tell
      concern = move.concern
    }
    #expect(isAnswered || told.contains(.worker))
    #expect(concern.reminders <= WellbeingLadder.reminderLimit)
    #expect(concern.dueAt.map { $0 <= now + WellbeingLadder.slowPatience } == true)
  }

  @Test("Two rounds in a row without an answer; somebody seen begins anew")
  func missed() {
    func tap(_ round: Int64, _ finding: WellbeingFinding, _ minute: Int64) -> WellbeingTap {
      WellbeingTap(
        id: WellbeingTapID(rawValue: minute), round: RoundID(rawValue: round), finding: finding, note: "",
        tappedAt: start + .minutes(minute))
    }
    #expect(WellbeingLadder.missedInARow([]) == 0)
    #expect(WellbeingLadder.missedInARow([tap(1, .notAnswered, 1), tap(1, .notAnswered, 9)]) == 1)
    #expect(WellbeingLadder.missedInARow([tap(2, .notAnswered, 20), tap(1, .notAnswered, 1)]) == 2)
    #expect(
      WellbeingLadder.missedInARow([tap(2, .notAnswered, 20), tap(2, .seen, 30), tap(1, .notAnswered, 1)])
        == 0)
    #expect(
      WellbeingLadder.missedInARow([tap(3, .notAnswered, 40), tap(2, .seen, 20), tap(1, .notAnswered, 1)])
        == 1)
  }
}
