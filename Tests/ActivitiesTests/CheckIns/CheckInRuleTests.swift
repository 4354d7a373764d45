import Kernel
import People
import Security
import TestKit
import Testing

@testable import Activities

@Suite("Check-ins: the rules")
struct CheckInRuleTests {
  private let codes = CheckInCodes(key: MessageKey(bytes: [UInt8](repeating: 3, count: 32)))
  private let activity = ActivityID(rawValue: 5_000_000_000_000)

  @Test("A code counts in its half minute and the two after it, and never before")
  func window() {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<500 {
      let shown = ActivityFixture.start + .seconds(Int64.random(in: 0..<100_000, using: &random))
      let later = Int64.random(in: -200...200, using: &random)
      let scanned = shown + .seconds(later)
      let steps = CheckInCodes.step(at: scanned) - CheckInCodes.step(at: shown)
      let isAccepted = codes.accepts(codes.code(of: activity, at: shown), of: activity, at: scanned)
      #expect(isAccepted == (0...2).contains(steps), "\(later) seconds, \(steps) codes later")
    }
  }

  @Test("A code is good for its own activity, under its own key, as a code alone")
  func strangers() {
    let now = ActivityFixture.start
    let code = codes.code(of: activity, at: now)
    #expect(!codes.accepts(code, of: ActivityID(rawValue: activity.rawValue + 1), at: now))
    let other = CheckInCodes(key: MessageKey(bytes: [UInt8](repeating: 4, count: 32)))
    #expect(!other.accepts(code, of: activity, at: now))
    #expect(!codes.accepts("", of: activity, at: now) && !codes.accepts("x", of: activity, at: now))
    let step = CheckInCodes.step(at: now)
    #expect(!codes.acceptsTicket("\(step).\(code)", of: activity, at: now), "a code is no ticket")
    let ticket = codes.ticket(of: activity, at: now)
    #expect(!codes.accepts(String(ticket.split(separator: ".")[1]), of: activity, at: now))
    #expect(Set((0..<100).map { codes.code(of: activity, at: now + .seconds(30 * $0)) }).count == 100)
  }

  @Test("A ticket is good for ten minutes and cannot be made younger")
  func tickets() {
    let now = Timestamp(seconds: 30 * 70_000_000)
    let ticket = codes.ticket(of: activity, at: now)
    for (seconds, isGood) in [(0, true), (300, true), (599, true), (600, false), (-30, false)]
      as [(Int64, Bool)]
    {
      #expect(codes.acceptsTicket(ticket, of: activity, at: now + .seconds(seconds)) == isGood, "\(seconds)")
    }
    let mark = ticket.split(separator: ".")[1]
    let later = now + .minutes(20)
    #expect(!codes.acceptsTicket("\(CheckInCodes.step(at: later)).\(mark)", of: activity, at: later))
    for text in ["", ".", "1", "a.b", "\(ticket).1", "-\(ticket)"] {
      #expect(!codes.acceptsTicket(text, of: activity, at: now), "\(text)")
    }
  }

  private func activity(
    _ state: Activity.State = .published, capacity: Int64? = nil, confirmed: Int64 = 0
  ) -> Activity {
    Activity(
      id: activity,
      terms: ActivityTerms(
        kind: .salon, title: "喝茶", description: "聊聊", agenda: [], organiser: PersonID(rawValue: 1),
        partner: "", place: "活动室", startsAt: ActivityFixture.begins, endsAt: ActivityFixture.ends,
        signUpClosesAt: ActivityFixture.begins, capacity: capacity, expense: .zero, subject: nil),
      state: state, revision: 1, confirmed: confirmed, cancelReason: state == .cancelled ? "下雨" : nil,
      createdAt: ActivityFixture.start,
      createdBy: Actor(person: PersonID(rawValue: 1), role: .socialWorker),
      publishedAt: state == .draft ? nil : ActivityFixture.start, changedAt: ActivityFixture.start)
  }

  @Test("The screen works from an hour before to half an hour after, the desk for two weeks")
  func times() {
    let (begins, ends) = (ActivityFixture.begins, ActivityFixture.ends)
    func screen(_ moment: Timestamp, _ state: Activity.State = .published) -> Bool {
      CheckInRules.refusal(toShowCodeOf: activity(state), at: moment) == nil
    }
    func desk(_ moment: Timestamp, _ state: Activity.State = .published) -> Bool {
      CheckInRules.refusal(toTickIn: activity(state), at: moment) == nil
    }
    #expect(screen(begins - .hours(1)) && !screen(begins - .hours(1) - .seconds(1)))
    #expect(screen(ends + .minutes(29)) && !screen(ends + .minutes(30)))
    #expect(desk(begins - .hours(3)) && !desk(begins - .hours(3) - .seconds(1)))
    #expect(desk(ends + .days(13)) && !desk(ends + .days(14)))
    for state in [Activity.State.draft, .held, .cancelled] { #expect(!screen(begins, state)) }
    #expect(desk(begins, .held) && !desk(begins, .cancelled) && !desk(begins, .draft))
  }

  @Test("Places are kept for those who are expected until it begins; then whoever is there counts")
  func room() {
    let full = activity(capacity: 3, confirmed: 2)
    func hasRoom(_ came: Int64, _ walkIns: Int64, _ moment: Timestamp) -> Bool {
      let attendance = ActivityAttendance(signedUp: 2, came: came, walkIns: walkIns, waiting: 0)
      return CheckInRules.refusal(toComeInto: full, attendance, at: moment) == nil
    }
    let (before, begins) = (ActivityFixture.begins - .seconds(1), ActivityFixture.begins)
    #expect(hasRoom(0, 0, before) && !hasRoom(0, 1, before))
    #expect(hasRoom(0, 1, begins) && hasRoom(0, 2, begins) && !hasRoom(0, 3, begins))
    #expect(!hasRoom(2, 1, begins))
    let crowd = ActivityAttendance(signedUp: 900, came: 900, walkIns: 900, waiting: 0)
    #expect(CheckInRules.refusal(toComeInto: activity(), crowd, at: begins) == nil)
  }

  @Test("Numbers of a list on paper are read as people write them")
  func numbers() {
    #expect(NumberList.read("3 5 8-12", limit: 100) == [3, 5, 8, 9, 10, 11, 12])
    #expect(NumberList.read("３，５、8 － 9；5\n3\r\n7到8", limit: 100) == [3, 5, 7, 8, 9])
    #expect(NumberList.read("  ", limit: 100) == [])
    #expect(NumberList.read("4-4", limit: 100) == [4])
    for text in ["三", "5-3", "1-", "-1", "1-2-3", "0", "1.5", "1-101", "99999999999999999999"] {
      #expect(NumberList.read(text, limit: 100) == nil, "\(text)")
    }
    #expect(NumberList.read("1-60 61-120", limit: 100) == nil, "too many together")
    #expect(NumberList.read("9223372036854775806-9223372036854775807", limit: 100)?.count == 2)
  }

  @Test("Numbers written out and read again are the same")
  func roundTrip() {
    var random = SeededGenerator(seed: 5)
    for _ in 0..<200 {
      let numbers = Set(
        (0..<Int.random(in: 1...30, using: &random)).map { _ in Int64.random(in: 1...60, using: &random) })
      let text = numbers.shuffled(using: &random).map(String.init).joined(separator: "、")
      #expect(NumberList.read(text, limit: 100) == numbers)
    }
  }
}
