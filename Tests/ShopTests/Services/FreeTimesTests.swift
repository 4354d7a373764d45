import Kernel
import TestKit
import Testing

@testable import Shop

/// Which times are offered: a pure function of hours, exceptions, bookings and the clock.
@Suite("Free times of a worker")
struct FreeTimesTests {
  /// Monday 2026-11-23, 08:00 in China.
  private static let now = Timestamp(rfc3339: "2026-11-23T00:00:00Z") ?? Timestamp(seconds: 0)
  private static let offset = 28_800

  private static func at(_ text: String) -> Timestamp {
    CivilDateTime(iso: text)?.timestamp(offsetSeconds: offset) ?? Timestamp(seconds: 0)
  }

  private static func hours(_ weekday: Int, _ text: String) throws -> [WeeklyHours] {
    try #require(WorkerForm.hours(text, on: weekday))
  }

  private func free(
    _ worker: WorkerTimes,
    _ times: ServiceTimes = ServiceTimes(minutes: 60, bufferMinutes: 30, leadHours: 2, horizonDays: 7)
  ) -> FreeTimes {
    FreeTimes(times, of: worker, now: Self.now, offsetSeconds: Self.offset)
  }

  private func clocks(_ free: FreeTimes, _ day: String) -> [String] {
    let number = CivilDateTime(Self.at("\(day)T12:00"), offsetSeconds: Self.offset).dayNumber
    return free.beginnings(on: number).map {
      CivilDateTime($0, offsetSeconds: Self.offset).shortTime
    }
  }

  @Test("A visit fits wholly into the hours, and begins on full and half hours")
  func fits() throws {
    let free = self.free(WorkerTimes(hours: try Self.hours(2, "09:00-11:00 14:15-15:45")))
    #expect(clocks(free, "2026-11-24") == ["09:00", "09:30", "10:00", "14:30"])
    #expect(clocks(free, "2026-11-25").isEmpty)
  }

  @Test("Lead time and horizon bound what is offered")
  func bounds() throws {
    let worker = WorkerTimes(hours: try (1...7).flatMap { try Self.hours($0, "08:00-12:00") })
    let free = self.free(worker)
    #expect(clocks(free, "2026-11-23") == ["10:00", "10:30", "11:00"])
    #expect(clocks(free, "2026-11-30").first == "08:00")
    #expect(clocks(free, "2026-12-01").isEmpty)
    #expect(free.all().count == 3 + 7 * 7)
  }

  @Test("What is taken, the way after it included, is offered to nobody else")
  func taken() throws {
    let visit = Self.at("2026-11-24T10:00")
    let times = ServiceTimes(minutes: 60, bufferMinutes: 30, leadHours: 2, horizonDays: 7)
    let worker = WorkerTimes(
      hours: try Self.hours(2, "08:00-14:00"),
      taken: Set(TimeBlock.visit(from: visit, minutes: 60, buffer: 30)))
    // 08:30 would end at 09:30 and arrive at 10:00; 09:00 would be on its way at 10:00. 11:30 is the first afterwards.
    #expect(
      clocks(free(worker, times), "2026-11-24") == ["08:00", "08:30", "11:30", "12:00", "12:30", "13:00"])
  }

  @Test("Away takes hours, extra gives them; a certificate that has ended takes all of them")
  func exceptions() throws {
    let usual = try Self.hours(2, "09:00-11:00")
    let away = HoursException(
      kind: .away, from: Self.at("2026-11-24T10:05"), until: Self.at("2026-11-24T20:00"))
    let extra = HoursException(
      kind: .extra, from: Self.at("2026-11-25T18:55"), until: Self.at("2026-11-25T21:00"))
    let worker = WorkerTimes(hours: usual, exceptions: [away, extra])
    #expect(clocks(free(worker), "2026-11-24") == ["09:00"])
    #expect(clocks(free(worker), "2026-11-25") == ["19:00", "19:30", "20:00"])
    var ended = WorkerTimes(hours: usual, exceptions: [extra])
    ended.certificateUntil = CivilDateTime(Self.at("2026-11-24T00:00"), offsetSeconds: Self.offset).dayNumber
    #expect(clocks(free(ended), "2026-11-24").count == 3)
    #expect(clocks(free(ended), "2026-11-25").isEmpty)
  }

  @Test("The nearest free times stand in their order")
  func nearest() throws {
    let worker = WorkerTimes(hours: try Self.hours(2, "09:00-11:00") + Self.hours(3, "09:00-11:00"))
    let (one, other) = (WorkerID(rawValue: 1), WorkerID(rawValue: 2))
    let all = [other, one].flatMap { id in
      free(worker).all().map { BookingForm.Choice(worker: id, startsAt: $0) }
    }
    let near = FreeTimes.nearest(all, to: Self.at("2026-11-24T10:00"), limit: 3)
    #expect(
      near == [
        .init(worker: one, startsAt: Self.at("2026-11-24T09:30")),
        .init(worker: one, startsAt: Self.at("2026-11-24T10:00")),
        .init(worker: other, startsAt: Self.at("2026-11-24T10:00")),
      ])
  }

  @Test(
    "Whatever is booked, no two visits of a worker meet, and every time that is offered can be booked",
    arguments: 0..<60)
  func neverMeet(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let times = ServiceTimes(
      minutes: 15 * Int64.random(in: 1...8, using: &random),
      bufferMinutes: 15 * Int64.random(in: 0...4, using: &random),
      leadHours: Int64.random(in: 0...30, using: &random),
      horizonDays: Int64.random(in: 1...9, using: &random))
    var worker = WorkerTimes(hours: [])
    for weekday in 1...7 where Bool.random(using: &random) {
      let opens = 15 * Int.random(in: 0...60, using: &random)
      let closes = min(1_440, opens + 15 * Int.random(in: 1...40, using: &random))
      worker.hours.append(try #require(WeeklyHours(weekday: weekday, opens: opens, closes: closes)))
    }
    for _ in 0..<Int.random(in: 0...4, using: &random) {
      let from = Self.now + .minutes(Int64.random(in: 0...10_000, using: &random))
      worker.exceptions.append(
        HoursException(
          kind: Bool.random(using: &random) ? .away : .extra, from: from,
          until: from + .minutes(Int64.random(in: 1...2_000, using: &random))))
    }
    var booked: [Timestamp] = []
    while let start = free(worker, times).all().randomElement(using: &random) {
      let offered = free(worker, times)
      #expect(offered.isFree(start) && start > Self.now && start >= Self.now + .hours(times.leadHours))
      for exception in worker.exceptions where exception.kind == .away {
        #expect(start + .minutes(times.minutes) <= exception.from || exception.until <= start)
      }
      let needed = Set(
        TimeBlock.visit(from: start, minutes: times.minutes, buffer: times.bufferMinutes))
      #expect(needed.isDisjoint(with: worker.taken))
      worker.taken.formUnion(needed)
      booked.append(start)
    }
    let length = Duration.minutes(times.minutes + times.bufferMinutes)
    for (one, other) in zip(booked.sorted(), booked.sorted().dropFirst()) { #expect(one + length <= other) }
    #expect(free(worker, times).all().isEmpty)
  }

  @Test("Hours are read as people write them, and refused where they do not exist")
  func reads() throws {
    #expect(try Self.hours(1, "9:00–12:00，14：00-18:00").map(\.opens) == [540, 840])
    #expect(WorkerForm.text(try Self.hours(1, "14:00-18:00 09:00-12:15")) == "09:00-12:15 14:00-18:00")
    for wrong in [
      "9-12", "09:00", "12:00-09:00", "09:10-10:00", "09:00-11:00 10:00-12:00", "23:00-24:15", "a:b-c:d",
    ] {
      #expect(WorkerForm.hours(wrong, on: 1) == nil, "\(wrong)")
    }
  }
}
