/// A moment in UTC, in microseconds since 1970-01-01T00:00:00Z. Range: years 0001–9999.
package struct Timestamp: Sendable, Hashable, Comparable, CustomStringConvertible {
  package let microseconds: Int64

  package init(microseconds: Int64) {
    self.microseconds = microseconds
  }

  package init(seconds: Int64) {
    self.microseconds = seconds * 1_000_000
  }

  /// Whole seconds since 1970, rounded down.
  package var seconds: Int64 {
    microseconds >= 0 ? microseconds / 1_000_000 : (microseconds - 999_999) / 1_000_000
  }

  package static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.microseconds < right.microseconds
  }

  package static func + (moment: Timestamp, duration: Duration) -> Timestamp {
    let (seconds, attoseconds) = duration.components
    return Timestamp(
      microseconds: moment.microseconds + seconds * 1_000_000 + attoseconds / 1_000_000_000_000)
  }

  package static func - (moment: Timestamp, duration: Duration) -> Timestamp {
    moment + (.zero - duration)
  }

  /// The time from `earlier` to `later`.
  package static func - (later: Timestamp, earlier: Timestamp) -> Duration {
    .microseconds(later.microseconds - earlier.microseconds)
  }

  /// RFC 3339 in UTC with whole seconds, `2026-11-23T08:05:00Z`; microseconds only where they are not zero.
  package var description: String {
    let date = CivilDateTime(self, offsetSeconds: 0)
    let fraction = microseconds - seconds * 1_000_000
    return String(unsafeUninitializedCapacity: 27) { buffer in
      var length = 0
      func write(_ number: Int, _ width: Int, after mark: UInt8? = nil) {
        if let mark {
          buffer[length] = mark
          length += 1
        }
        var rest = number
        for position in (length..<length + width).reversed() {
          buffer[position] = UInt8(ascii: "0") + UInt8(rest % 10)
          rest /= 10
        }
        length += width
      }
      write(date.year, 4)
      write(date.month, 2, after: UInt8(ascii: "-"))
      write(date.day, 2, after: UInt8(ascii: "-"))
      write(date.hour, 2, after: UInt8(ascii: "T"))
      write(date.minute, 2, after: UInt8(ascii: ":"))
      write(date.second, 2, after: UInt8(ascii: ":"))
      if fraction != 0 { write(Int(fraction), 6, after: UInt8(ascii: ".")) }
      buffer[length] = UInt8(ascii: "Z")
      return length + 1
    }
  }

  static func padded(_ number: some BinaryInteger, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

extension Duration {
  package static func minutes(_ count: Int64) -> Duration { .seconds(count * 60) }
  package static func hours(_ count: Int64) -> Duration { .seconds(count * 3600) }
  package static func days(_ count: Int64) -> Duration { .seconds(count * 86_400) }

  /// Whole microseconds, rounded towards zero.
  package var wholeMicroseconds: Int64 {
    let (seconds, attoseconds) = components
    return seconds * 1_000_000 + attoseconds / 1_000_000_000_000
  }
}

/// A calendar date and time of day at a fixed offset from UTC (proleptic Gregorian calendar).
///
/// China keeps one offset all year (UTC+8, no summer time since 1991), so a community's calendar is an offset
/// and needs no zone database.
package struct CivilDateTime: Sendable, Hashable {
  package var year: Int
  /// 1–12
  package var month: Int
  /// 1–31
  package var day: Int
  package var hour: Int
  package var minute: Int
  package var second: Int

  package init(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0) {
    self.year = year
    self.month = month
    self.day = day
    self.hour = hour
    self.minute = minute
    self.second = second
  }

  /// Reference: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days.
  package init(_ moment: Timestamp, offsetSeconds: Int) {
    let local = moment.seconds + Int64(offsetSeconds)
    let days = local >= 0 ? local / 86_400 : (local - 86_399) / 86_400
    let ofDay = Int(local - days * 86_400)
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthShifted = (5 * dayOfYear + 2) / 153
    let month = Int(monthShifted < 10 ? monthShifted + 3 : monthShifted - 9)
    self.init(
      year: Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0), month: month,
      day: Int(dayOfYear - (153 * monthShifted + 2) / 5 + 1),
      hour: ofDay / 3600, minute: ofDay % 3600 / 60, second: ofDay % 60)
  }

  /// The moment at which clocks at this offset show this date and time.
  /// Reference: Howard Hinnant, as above, days_from_civil.
  package func timestamp(offsetSeconds: Int) -> Timestamp {
    let seconds = dayNumber * 86_400 + Int64(hour * 3600 + minute * 60 + second)
    return Timestamp(seconds: seconds - Int64(offsetSeconds))
  }

  /// Days since 1970-01-01.
  package var dayNumber: Int64 {
    let shiftedYear = Int64(month <= 2 ? year - 1 : year)
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let monthShifted = Int64(month > 2 ? month - 3 : month + 9)
    let dayOfYear = (153 * monthShifted + 2) / 5 + Int64(day) - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// 1 Monday … 7 Sunday (ISO 8601).
  package var weekday: Int {
    let day = (dayNumber + 3) % 7
    return Int(day >= 0 ? day : day + 7) + 1
  }

  /// Whether the parts name a date and time that exist.
  package var isValid: Bool {
    guard (1...9999).contains(year), (1...12).contains(month), (0...23).contains(hour),
      (0...59).contains(minute), (0...59).contains(second)
    else { return false }
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return (1...lengths[month - 1]).contains(day)
  }

  /// `2026-11-23`
  package var isoDate: String {
    "\(Timestamp.padded(year, 4))-\(Timestamp.padded(month, 2))-\(Timestamp.padded(day, 2))"
  }

  /// `08:05:00`
  package var isoTime: String { "\(shortTime):\(Timestamp.padded(second, 2))" }

  /// `08:05`
  package var shortTime: String { "\(Timestamp.padded(hour, 2)):\(Timestamp.padded(minute, 2))" }

  /// What an HTML `datetime-local` field holds: `2026-11-23T08:05`.
  package var isoLocal: String { "\(isoDate)T\(shortTime)" }

  /// Reads `2026-11-23`, `2026-11-23T08:05` or `2026-11-23T08:05:30`; nothing else, and only dates that exist.
  package init?(iso text: String) {
    let halves = text.split(separator: "T", omittingEmptySubsequences: false)
    guard halves.count <= 2, let date = Self.numbers(halves[0], "-", [4, 2, 2]) else { return nil }
    var time = [0, 0, 0]
    if halves.count == 2 {
      guard let parts = Self.numbers(halves[1], ":", [2, 2]) ?? Self.numbers(halves[1], ":", [2, 2, 2])
      else { return nil }
      time = parts + [0]
    }
    self.init(
      year: date[0], month: date[1], day: date[2], hour: time[0], minute: time[1], second: time[2])
    if !isValid { return nil }
  }

  private static func numbers(
    _ text: Substring, _ separator: Character, _ widths: [Int]
  ) -> [Int]? {
    let parts = text.split(separator: separator, omittingEmptySubsequences: false)
    guard parts.count == widths.count else { return nil }
    var numbers: [Int] = []
    for (part, width) in zip(parts, widths) {
      guard part.utf8.count == width, part.utf8.allSatisfy({ (48...57).contains($0) }),
        let number = Int(part)
      else { return nil }
      numbers.append(number)
    }
    return numbers
  }
}

extension Timestamp {
  /// Reads RFC 3339 (`2026-11-23T08:05:00Z`, `…+08:00`, up to nine decimals, of which those beyond the microsecond are
  /// cut off); nil when it is anything else, or outside the years 0001–9999 in UTC.
  package init?(rfc3339 text: String) {
    guard text.utf8.count >= 20, text.utf8.allSatisfy({ $0 < 128 }),
      let civil = CivilDateTime(iso: String(text.prefix(19)))
    else { return nil }
    var rest = text.dropFirst(19)
    var fraction: Int64 = 0
    if rest.first == "." {
      let digits = rest.dropFirst().prefix(while: \.isNumber)
      let microseconds = digits.prefix(6)
      guard (1...9).contains(digits.count), let value = Int64(microseconds) else { return nil }
      fraction = (microseconds.count..<6).reduce(value) { sum, _ in sum * 10 }
      rest = rest.dropFirst(1 + digits.count)
    }
    var offset = 0
    if rest != "Z" {
      guard rest.count == 6, let sign = rest.first, sign == "+" || sign == "-",
        let clock = CivilDateTime(iso: "2000-01-01T" + rest.dropFirst())
      else { return nil }
      offset = (clock.hour * 3600 + clock.minute * 60) * (sign == "-" ? -1 : 1)
    }
    self.init(microseconds: civil.timestamp(offsetSeconds: offset).microseconds + fraction)
    // An offset can carry the first or last day of the calendar out of it.
    if !CivilDateTime(self, offsetSeconds: 0).isValid { return nil }
  }
}
