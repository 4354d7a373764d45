/// A month of a community's calendar.
package struct Month: Sendable, Hashable, Comparable, CustomStringConvertible, LosslessStringConvertible {
  package let year: Int
  /// 1…12.
  package let number: Int

  /// The month in which a moment lies on clocks at this offset.
  package init(_ moment: Timestamp, offsetSeconds: Int) {
    let date = CivilDateTime(moment, offsetSeconds: offsetSeconds)
    (year, number) = (date.year, date.month)
  }

  /// Reads what `description` writes; nil for anything else and for years outside 1…9998.
  package init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].utf8.count == 4, parts[1].utf8.count == 2,
      parts.joined().utf8.allSatisfy({ (48...57).contains($0) }), let year = Int(parts[0]),
      let number = Int(parts[1]), (1...9998).contains(year), (1...12).contains(number)
    else { return nil }
    (self.year, self.number) = (year, number)
  }

  /// Months since the year 0.
  private init(index: Int) {
    year = index / 12
    number = index % 12 + 1
  }

  private var index: Int { year * 12 + number - 1 }

  package var next: Month { Month(index: index + 1) }
  package var previous: Month { Month(index: index - 1) }

  /// So many months that end with this one, the oldest first.
  package func months(back count: Int) -> [Month] {
    (0..<max(0, count)).reversed().map { Month(index: index - $0) }
  }

  /// Its first moment on clocks at this offset.
  package func start(offsetSeconds: Int) -> Timestamp {
    CivilDateTime(year: year, month: number, day: 1).timestamp(offsetSeconds: offsetSeconds)
  }

  /// The first moment that lies behind it.
  package func end(offsetSeconds: Int) -> Timestamp { next.start(offsetSeconds: offsetSeconds) }

  /// `2026-11`.
  package var description: String { "\(Timestamp.padded(year, 4))-\(Timestamp.padded(number, 2))" }

  package var name: Phrase { Phrase("\(year)年\(number)月", description) }

  /// As it fits beneath a picture: `26/11`.
  package var short: String { "\(year % 100)/\(number)" }

  package static func < (left: Month, right: Month) -> Bool {
    (left.year, left.number) < (right.year, right.number)
  }
}
