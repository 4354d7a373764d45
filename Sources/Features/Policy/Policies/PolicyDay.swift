package import Database
package import Kernel
package import Web

/// A day of the calendar, as documents date themselves: no time of day, no place.
package struct PolicyDay: Sendable, Hashable, Comparable {
  /// Days since 1970-01-01.
  package let number: Int64

  package init(number: Int64) {
    self.number = number
  }

  /// The day that calendars in the community show.
  package init(_ moment: Timestamp, offsetSeconds: Int) {
    number = CivilDateTime(moment, offsetSeconds: offsetSeconds).dayNumber
  }

  /// Reads `2026-01-01`; nil for anything else.
  package init?(iso text: String) {
    guard text.utf8.count == 10, let date = CivilDateTime(iso: text) else { return nil }
    number = date.dayNumber
  }

  package static func < (left: PolicyDay, right: PolicyDay) -> Bool { left.number < right.number }

  package func adding(days: Int64) -> PolicyDay { PolicyDay(number: number + days) }

  /// `2026-01-01`
  package var iso: String { civil.isoDate }

  private var civil: CivilDateTime {
    CivilDateTime(Timestamp(seconds: number * 86_400), offsetSeconds: 0)
  }

  /// `2026年1月1日`, `1 Jan 2026`: without the weekday, as documents write days.
  package func words(_ say: Wording) -> String {
    let date = civil
    return say(
      "\(date.year)年\(date.month)月\(date.day)日",
      "\(date.day) \(Self.months[(date.month - 1) % 12]) \(date.year)")
  }

  /// The same in both languages.
  package var phrase: Phrase { Phrase(words(Wording(.chinese)), words(Wording(.english))) }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}

extension PolicyDay: Storable {
  package var storedValue: Value { .integer(number) }
  package init(from row: borrowing Row, at column: Int) throws {
    self.init(number: try row.integer(column))
  }
}
