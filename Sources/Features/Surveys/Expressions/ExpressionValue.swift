package import Kernel

/// What an expression or a part of it comes to. Answers are texts, whatever was asked, as they are for ODK.
package enum ExpressionValue: Sendable, Equatable {
  case text(String)
  case number(Double)
  case boolean(Bool)

  /// Source: XPath 1.0 §4.2, `string()`.
  package var text: String {
    switch self {
    case .text(let text): text
    case .number(let number): ExpressionNumber.text(number)
    case .boolean(let boolean): boolean ? "true" : "false"
    }
  }

  /// Anything but an empty text, zero and NaN; the text `false` is true. Source: XPath 1.0 §4.3, `boolean()`.
  package var boolean: Bool {
    switch self {
    case .text(let text): !text.isEmpty
    case .number(let number): number != 0 && !number.isNaN
    case .boolean(let boolean): boolean
    }
  }
}

/// The clock by which a form is answered, and what dates mean beside it.
///
/// A date converts into a number as the whole days since 1970-01-01, and a dateTime as days with their fraction since
/// midnight of that day **on this clock**: so `today() - date('2026-11-27')` counts days, a dateTime of a day lies between
/// that date and the next, and `int()` of a dateTime is its day.
///
/// Source: ODK XForms specification, “XPath Operators” and `number()`: arithmetic and comparison convert texts in the format
/// of a date or dateTime into days since January 1, 1970. It counts them in UTC, from which this differs by one constant,
/// the offset of the clock; no difference and no comparison can tell. Whole days for dates are what ODK Collect has
/// (JavaRosa, `XPathFuncExpr.toNumeric`). Times of day are no numbers there either.
package struct ExpressionClock: Sendable, Hashable {
  package let now: Timestamp
  /// Seconds east of UTC.
  package let offsetSeconds: Int

  package init(now: Timestamp, offsetSeconds: Int) {
    self.now = now
    self.offsetSeconds = offsetSeconds
  }

  /// `today()`: the day on this clock, `2026-11-28`.
  var today: String { CivilDateTime(now, offsetSeconds: offsetSeconds).isoDate }

  /// `now()`: the moment in whole seconds with the offset of this clock, `2026-11-28T09:30:00+08:00`.
  var moment: String {
    let civil = CivilDateTime(now, offsetSeconds: offsetSeconds)
    let minutes = abs(offsetSeconds) / 60
    let zone = CivilDateTime(year: 1970, month: 1, day: 1, hour: minutes / 60, minute: minutes % 60)
    return "\(civil.isoDate)T\(civil.isoTime)\(offsetSeconds < 0 ? "-" : "+")\(zone.shortTime)"
  }

  /// A value as a number. Source: XPath 1.0 §4.4, `number()`, and above for dates.
  func number(_ value: ExpressionValue) -> Double {
    switch value {
    case .number(let number): return number
    case .boolean(let boolean): return boolean ? 1 : 0
    case .text(let text):
      let text = ExpressionNumber.trimmed(text)
      let number = ExpressionNumber.number(text)
      return number.isNaN ? days(text) ?? .nan : number
    }
  }

  private func days(_ text: String) -> Double? {
    guard let date = DateText(text) else { return nil }
    guard let time = date.time else { return Double(date.day) }
    let seconds = date.day * 86_400 + time.seconds - Int64(time.offsetSeconds ?? offsetSeconds)
    return (Double(seconds + Int64(offsetSeconds)) + time.fraction) / 86_400
  }

  /// `date()`: the day of a date, of a dateTime on this clock, or of a number of days; empty where it is none of these, or
  /// outside the years 1 to 9999.
  func date(_ value: ExpressionValue) -> String {
    if case .boolean = value { return "" }
    let number = number(value).rounded(.down)
    guard Self.days.contains(number) else { return "" }
    return CivilDateTime(Timestamp(seconds: Int64(number) * 86_400), offsetSeconds: 0).isoDate
  }

  /// 0001-01-01 to 9999-12-31.
  private static let days = -719_162.0...2_932_896.0
}

/// A date or dateTime as answers write it: `2026-11-28`, `2026-11-28T09:30`, with seconds, their fraction and an offset from
/// UTC where they are known (ISO 8601; XML Schema, `dateTime`).
struct DateText: Sendable, Equatable {
  /// Days since 1970-01-01.
  let day: Int64
  let time: Time?

  struct Time: Sendable, Equatable {
    /// Of the day.
    let seconds: Int64
    /// Of a second.
    let fraction: Double
    /// East of UTC; nil where the text does not say.
    let offsetSeconds: Int?
  }

  /// - Returns: nil for anything else, and for days and times that do not exist.
  init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 10, bytes[0] < 58, bytes.allSatisfy({ $0 < 128 }) else { return nil }
    func part(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
    if bytes.count == 10 {
      guard let civil = CivilDateTime(iso: text) else { return nil }
      self.init(day: civil.dayNumber, time: nil)
      return
    }
    var end = 16
    if bytes.count > end, bytes[end] == UInt8(ascii: ":") { end = 19 }
    guard bytes.count >= end, let civil = CivilDateTime(iso: part(0..<end)) else { return nil }
    var fraction = 0.0
    if end == 19, bytes.count > end, bytes[end] == UInt8(ascii: ".") {
      let digits = bytes[(end + 1)...].prefix { (48...57).contains($0) }.count
      guard (1...9).contains(digits), let read = Double("0" + part(end..<end + 1 + digits)) else {
        return nil
      }
      fraction = read
      end += 1 + digits
    }
    var offset: Int?
    if bytes.count > end {
      guard let read = Self.offset(part(end..<bytes.count)) else { return nil }
      offset = read
    }
    self.init(
      day: civil.dayNumber,
      time: Time(
        seconds: Int64(civil.hour * 3600 + civil.minute * 60 + civil.second), fraction: fraction,
        offsetSeconds: offset))
  }

  private init(day: Int64, time: Time?) {
    self.day = day
    self.time = time
  }

  /// `Z`, or hours and minutes up to fourteen hours. Source: XML Schema part 2, §3.2.7.3.
  private static func offset(_ text: String) -> Int? {
    if text == "Z" { return 0 }
    guard let sign = text.first, sign == "+" || sign == "-",
      let clock = CivilDateTime(iso: "1970-01-01T" + text.dropFirst()), text.utf8.count == 6
    else { return nil }
    let seconds = clock.hour * 3600 + clock.minute * 60
    guard seconds <= 14 * 3600 else { return nil }
    return sign == "-" ? -seconds : seconds
  }
}
