package import Kernel

/// A quarter of an hour, counted from 1970-01-01 in UTC. What a worker has promised is kept in these pieces, each of which
/// one booking alone can hold; so two visits of one worker can never overlap, whatever the program does.
package enum TimeBlock {
  package static let seconds: Int64 = 900

  /// The pieces from a moment to another; a piece that is begun counts.
  package static func blocks(from start: Timestamp, until end: Timestamp) -> Range<Int64> {
    let first = floored(start.seconds)
    let last = floored(end.seconds + seconds - 1)
    return first..<max(first, last)
  }

  /// What a visit takes of its worker's time, the way to the next one included.
  package static func visit(from start: Timestamp, minutes: Int64, buffer: Int64) -> Range<Int64> {
    blocks(from: start, until: start + .minutes(minutes + buffer))
  }

  /// The pieces that lie wholly between two moments.
  package static func wholeBlocks(from start: Timestamp, until end: Timestamp) -> Range<Int64> {
    let first = floored(start.seconds + seconds - 1)
    return first..<max(first, floored(end.seconds))
  }

  package static func beginning(of block: Int64) -> Timestamp { Timestamp(seconds: block * seconds) }

  private static func floored(_ second: Int64) -> Int64 {
    second >= 0 ? second / seconds : (second - seconds + 1) / seconds
  }
}

/// What is known of one worker when the times are worked out.
package struct WorkerTimes: Sendable, Equatable {
  package var hours: [WeeklyHours]
  package var exceptions: [HoursException]
  /// The quarters of an hour that are promised, the way after each visit included.
  package var taken: Set<Int64>
  /// The last day on which the certificate is good, as days since 1970-01-01; nil where nothing ends.
  package var certificateUntil: Int64?

  package init(
    hours: [WeeklyHours], exceptions: [HoursException] = [], taken: Set<Int64> = [],
    certificateUntil: Int64? = nil
  ) {
    self.hours = hours
    self.exceptions = exceptions
    self.taken = taken
    self.certificateUntil = certificateUntil
  }
}

/// Which times of one worker are free: a pure function of hours, exceptions, bookings and the clock.
///
/// A community's clock has one distance from UTC all the year, so a local day is always 96 quarters long.
package struct FreeTimes: Sendable {
  private let times: ServiceTimes
  private let worker: WorkerTimes
  private let now: Timestamp
  private let offsetSeconds: Int

  package init(_ times: ServiceTimes, of worker: WorkerTimes, now: Timestamp, offsetSeconds: Int) {
    self.times = times
    self.worker = worker
    self.now = now
    self.offsetSeconds = offsetSeconds
  }

  /// The first and the last day that may be booked, as days since 1970-01-01 on the community's calendar.
  package var days: ClosedRange<Int64> {
    let first = day(of: now + .hours(times.leadHours))
    return first...max(first, day(of: now) + times.horizonDays)
  }

  /// The beginnings that are free on one day, earliest first: on full and half hours.
  package func beginnings(on day: Int64) -> [Timestamp] {
    guard days.contains(day) else { return [] }
    let open = openBlocks(on: day)
    return stride(from: 0, to: 1_440, by: 30).compactMap { minute -> Timestamp? in
      let start = Timestamp(seconds: day * 86_400 + Int64(minute) * 60 - Int64(offsetSeconds))
      return isFree(start, in: open) ? start : nil
    }
  }

  /// Every free beginning, earliest first.
  package func all() -> [Timestamp] { days.flatMap(beginnings) }

  /// Whether a visit may begin at this moment: one of those that `beginnings` offers.
  package func isFree(_ start: Timestamp) -> Bool { beginnings(on: day(of: start)).contains(start) }

  /// Those of several workers' free beginnings that are nearest to a moment, earliest first.
  static func nearest(
    _ choices: [BookingForm.Choice], to wanted: Timestamp, limit: Int
  ) -> [BookingForm.Choice] {
    let nearest = choices.sorted {
      let (one, other) = (
        abs($0.startsAt.seconds - wanted.seconds), abs($1.startsAt.seconds - wanted.seconds)
      )
      return (one, $0.startsAt, $0.worker) < (other, $1.startsAt, $1.worker)
    }
    return nearest.prefix(limit).sorted { ($0.startsAt, $0.worker) < ($1.startsAt, $1.worker) }
  }

  private func isFree(_ start: Timestamp, in open: Set<Int64>) -> Bool {
    guard start > now, start >= now + .hours(times.leadHours) else { return false }
    let end = start + .minutes(times.minutes)
    return TimeBlock.blocks(from: start, until: end).allSatisfy(open.contains)
      && TimeBlock.visit(from: start, minutes: times.minutes, buffer: times.bufferMinutes).allSatisfy {
        !worker.taken.contains($0)
      }
  }

  /// The quarters in which the worker can be at work for a visit that begins on this day.
  private func openBlocks(on day: Int64) -> Set<Int64> {
    var open: Set<Int64> = []
    for day in [day, day + 1] where isCertified(on: day) {
      let midnight = day * 86_400 - Int64(offsetSeconds)
      let weekday = weekday(of: day)
      for hours in worker.hours where hours.weekday == weekday {
        open.formUnion(
          TimeBlock.blocks(
            from: Timestamp(seconds: midnight + Int64(hours.opens) * 60),
            until: Timestamp(seconds: midnight + Int64(hours.closes) * 60)))
      }
    }
    let (first, last) = (
      Timestamp(seconds: day * 86_400 - Int64(offsetSeconds)),
      Timestamp(seconds: (day + 2) * 86_400 - Int64(offsetSeconds))
    )
    for exception in worker.exceptions where exception.kind == .extra && isCertified(on: day) {
      let (from, until) = (max(exception.from, first), min(exception.until, last))
      if from < until { open.formUnion(TimeBlock.wholeBlocks(from: from, until: until)) }
    }
    for exception in worker.exceptions where exception.kind == .away {
      let (from, until) = (max(exception.from, first), min(exception.until, last))
      if from < until { open.subtract(TimeBlock.blocks(from: from, until: until)) }
    }
    return open
  }

  private func isCertified(on day: Int64) -> Bool { worker.certificateUntil.map { day <= $0 } ?? true }

  private func day(of moment: Timestamp) -> Int64 {
    CivilDateTime(moment, offsetSeconds: offsetSeconds).dayNumber
  }

  private func weekday(of day: Int64) -> Int {
    CivilDateTime(Timestamp(seconds: day * 86_400), offsetSeconds: 0).weekday
  }
}
