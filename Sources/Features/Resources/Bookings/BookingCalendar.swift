import Kernel

/// One step of a day in which a place can be booked, with what of it is free.
struct BookingSlot: Sendable, Hashable {
  let from: Timestamp
  let to: Timestamp
  let free: Int64
}

/// One day of a place.
struct BookingDay: Sendable, Equatable {
  /// Its midnight.
  let date: CivilDateTime
  /// In order; none where the place is shut or cannot be booked.
  let slots: [BookingSlot]

  /// Slots after one another of which as much is free, put together.
  var runs: [BookingSlot] {
    var runs: [BookingSlot] = []
    for slot in slots {
      if let last = runs.last, last.to == slot.from, last.free == slot.free {
        runs[runs.count - 1] = BookingSlot(from: last.from, to: slot.to, free: slot.free)
      } else {
        runs.append(slot)
      }
    }
    return runs
  }

  var hasRoom: Bool { slots.contains { $0.free > 0 } }
}

/// What of a place is free when. Nobody's name is in it.
struct BookingCalendar: Sendable {
  let terms: BookableTerms
  let hours: OpeningHours
  /// What takes room in the days that are asked for.
  let times: [OccupiedTime]
  /// Of the community's clocks.
  let offsetSeconds: Int
  let now: Timestamp

  static let length: Int64 = 7

  var today: CivilDateTime { Self.midnight(CivilDateTime(now, offsetSeconds: offsetSeconds)) }

  /// The last day on which something can begin.
  var lastDay: CivilDateTime {
    Self.midnight(CivilDateTime(now + .days(terms.daysAhead), offsetSeconds: offsetSeconds))
  }

  /// The nearest day on which something can begin.
  func within(_ date: CivilDateTime) -> CivilDateTime {
    let date = Self.midnight(date)
    if date.dayNumber < today.dayNumber { return today }
    return date.dayNumber > lastDay.dayNumber ? lastDay : date
  }

  /// Days from one on, as far as the place can be booked.
  func days(from first: CivilDateTime, count: Int64 = length) -> [BookingDay] {
    let many = max(0, min(count, lastDay.dayNumber - first.dayNumber + 1))
    return (0..<many).map { day(Self.day($0, after: first)) }
  }

  /// The steps of one day in which something can still begin and end: what the rules would let through.
  func day(_ date: CivilDateTime) -> BookingDay {
    let midnight = Self.midnight(date).timestamp(offsetSeconds: offsetSeconds)
    let step = terms.slotMinutes
    let near = times.filter { $0.from < midnight + .days(1) && midnight < $0.to }
    let occupancy = Occupancy(capacity: terms.capacity, times: near)
    var slots: [BookingSlot] = []
    for interval in hours.days[date.weekday] ?? [] {
      var minute = (Int64(interval.opens) + step - 1) / step * step
      while minute + step <= Int64(interval.closes) {
        let (from, to) = (midnight + .minutes(minute), midnight + .minutes(minute + step))
        minute += step
        guard from >= now, from <= now + .days(terms.daysAhead) else { continue }
        slots.append(BookingSlot(from: from, to: to, free: occupancy.free(from: from, to: to)))
      }
    }
    return BookingDay(date: Self.midnight(date), slots: slots)
  }

  static func midnight(_ date: CivilDateTime) -> CivilDateTime {
    CivilDateTime(year: date.year, month: date.month, day: date.day)
  }

  static func day(_ count: Int64, after date: CivilDateTime) -> CivilDateTime {
    CivilDateTime(midnight(date).timestamp(offsetSeconds: 0) + .days(count), offsetSeconds: 0)
  }
}
