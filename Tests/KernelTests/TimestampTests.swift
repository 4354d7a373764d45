import Kernel
import TestKit
import Testing

@Suite struct TimestampTests {
  @Test(arguments: 0..<4 as Range<UInt64>)
  func `every moment prints as RFC 3339 and reads back the same`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<3_000 {
      let moment = random.moment()
      let whole = Timestamp(seconds: moment.seconds)
      #expect(Timestamp(rfc3339: moment.description) == moment, "\(moment)")
      #expect(Timestamp(rfc3339: whole.description) == whole)
      #expect(whole.description.utf8.count == 20)
      #expect(whole <= moment && moment - whole < .seconds(1))
    }
  }

  @Test func `an offset names the same moment that its clock shows`() {
    var random = SeededGenerator(seed: 9)
    let first = CivilDateTime(year: 2, month: 1, day: 1).timestamp(offsetSeconds: 0)
    let last = CivilDateTime(year: 9998, month: 12, day: 31).timestamp(offsetSeconds: 0)
    for _ in 0..<2_000 {
      let moment = Timestamp(seconds: random.moment().seconds)
      guard moment >= first, moment <= last else { continue }
      let minutes = Int.random(in: -1439...1439, using: &random)
      let local = CivilDateTime(moment, offsetSeconds: minutes * 60)
      let clock = CivilDateTime(
        year: 1, month: 1, day: 1, hour: abs(minutes) / 60, minute: abs(minutes) % 60)
      let text = "\(local.isoDate)T\(local.isoTime)\(minutes < 0 ? "-" : "+")\(clock.shortTime)"
      #expect(Timestamp(rfc3339: text) == moment, "\(text)")
    }
  }

  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0), ("1970-01-01T08:00:00+08:00", 0), ("1969-12-31T23:59:59.999999Z", -1),
    ("2026-11-23T08:05:00Z", 1_795_421_100_000_000), ("1970-01-01T00:00:00.5Z", 500_000),
    ("1970-01-01T00:00:00.000001Z", 1), ("1970-01-01T00:00:00.1234567Z", 123_456),
    ("1970-01-01T00:00:00.123456789Z", 123_456), ("1970-01-01T00:00:00.000000999+00:00", 0),
    ("0001-01-01T00:00:00Z", -62_135_596_800_000_000),
    ("9999-12-31T23:59:59.999999Z", 253_402_300_799_999_999),
    ("1970-01-01T00:00:00-00:00", 0), ("1969-12-31T20:30:00-03:30", 0),
  ])
  func `known texts name known moments`(text: String, microseconds: Int64) {
    #expect(Timestamp(rfc3339: text)?.microseconds == microseconds)
  }

  @Test(arguments: [
    "", "2026-11-23", "2026-11-23T08:05:00", "2026-11-23T08:05Z", "2026-11-23 08:05:00Z",
    "2026-11-23t08:05:00z",
    "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-11-31T00:00:00Z",
    "2026-11-00T00:00:00Z",
    "2026-11-23T24:00:00Z", "2026-11-23T23:60:00Z", "2026-11-23T23:59:60Z", "2026-11-23T08:05:00.Z",
    "2026-11-23T08:05:00.1234567890Z", "2026-11-23T08:05:00+24:00", "2026-11-23T08:05:00+08:60",
    "2026-11-23T08:05:00+0800",
    "2026-11-23T08:05:00+08", "2026-11-23T08:05:00 +08:00", "2026-11-23T08:05:00ZZ", "2026-11-23T08:05:00Z ",
    " 2026-11-23T08:05:00Z", "02026-11-23T08:05:00Z", "-026-11-23T08:05:00Z", "0000-01-01T00:00:00Z",
    "２０２６-11-23T08:05:00Z",
    "2026-11-23T08:05:00.５Z", "2026-11-23T08:05:00,5Z", "2026-1-23T08:05:00.00Z",
    "2026-11-23T08:05:0\r\n+08:00",
    "0001-01-01T00:00:00+08:00", "9999-12-31T23:59:59-00:01", "2026-11-23T08:05:00+08:00:00",
    "2026-11-23T08:05:00.+5Z",
  ])
  func `other texts name no moment`(text: String) {
    #expect(Timestamp(rfc3339: text) == nil)
  }

  @Test func `a spoilt text is refused or names a moment that prints and reads back`() {
    var random = SeededGenerator(seed: 21)
    for _ in 0..<5_000 {
      var bytes = Array(random.moment().description.utf8)
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        bytes[place] = Array("0123456789.:+-TZ \r\n".utf8).randomElement(using: &random) ?? 0
      }
      guard let moment = Timestamp(rfc3339: String(decoding: bytes, as: UTF8.self)) else { continue }
      #expect(Timestamp(rfc3339: moment.description) == moment)
    }
  }

  @Test func `moments and durations add and subtract exactly`() {
    var random = SeededGenerator(seed: 2)
    for _ in 0..<1_000 {
      let (start, end) = (random.moment(), random.moment())
      #expect(start + (end - start) == end)
      #expect(end - (end - start) == start)
      #expect((start < end) == (start.microseconds < end.microseconds))
      #expect((end - start).wholeMicroseconds == end.microseconds - start.microseconds)
    }
    #expect(Duration.minutes(-90) == .seconds(-5400))
    #expect(Duration.hours(3) == .minutes(180))
    #expect(Duration.days(2) == .hours(48))
    #expect(Duration.nanoseconds(-1999).wholeMicroseconds == -1)
  }

  @Test func `a movable clock shows what it was moved to`() {
    let clock = MovableClock(Timestamp(seconds: 100))
    let shown = clock.clock
    clock.advance(by: .minutes(2))
    #expect(shown.now() == Timestamp(seconds: 220))
    clock.move(to: Timestamp(seconds: 7))
    #expect(shown.now() == Timestamp(seconds: 7))
    #expect(clock.now == Timestamp(seconds: 7))
  }
}
