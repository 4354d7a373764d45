package import Kernel

/// A month of a community's calendar, as figures are told by.
package struct IndicatorMonth: Sendable, Hashable, Comparable, CustomStringConvertible,
  LosslessStringConvertible
{
  /// Months since the year 0.
  private let index: Int

  private init(index: Int) { self.index = index }

  /// The month in which a moment lies on clocks at this offset.
  package init(_ moment: Timestamp, offsetSeconds: Int) {
    let date = CivilDateTime(moment, offsetSeconds: offsetSeconds)
    index = date.year * 12 + date.month - 1
  }

  /// Reads what `description` writes; nil for anything else.
  package init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].utf8.count == 4, parts[1].utf8.count == 2,
      parts.joined().utf8.allSatisfy({ (48...57).contains($0) }), let year = Int(parts[0]),
      let month = Int(parts[1]), (1...9998).contains(year), (1...12).contains(month)
    else { return nil }
    index = year * 12 + month - 1
  }

  package var year: Int { index / 12 }
  /// 1…12.
  package var month: Int { index % 12 + 1 }
  package var next: IndicatorMonth { IndicatorMonth(index: index + 1) }
  package var previous: IndicatorMonth { IndicatorMonth(index: index - 1) }

  /// Its first moment on clocks at this offset.
  package func start(offsetSeconds: Int) -> Timestamp {
    CivilDateTime(year: year, month: month, day: 1).timestamp(offsetSeconds: offsetSeconds)
  }

  /// So many months that end with this one, the oldest first.
  func months(back count: Int) -> [IndicatorMonth] {
    (0..<max(0, count)).reversed().map { IndicatorMonth(index: index - $0) }
  }

  /// `2026-11`.
  package var description: String {
    let years = String(year)
    return
      "\(String(repeating: "0", count: max(0, 4 - years.count)))\(years)-\(month < 10 ? "0" : "")\(month)"
  }

  var name: Phrase { Phrase("\(year)年\(month)月", description) }

  /// As it fits beneath a picture: `26/11`.
  var short: String { "\(year % 100)/\(month)" }

  package static func < (left: IndicatorMonth, right: IndicatorMonth) -> Bool { left.index < right.index }
}
