package import Kernel

/// The hours in which nothing rings, by the clock of the community.
package struct QuietHours: Sendable, Hashable {
  /// Minutes since midnight, 0–1439, from which it is quiet …
  package let from: Int
  /// … until this one. The same as `from` for no quiet hours at all.
  package let until: Int

  /// From nine in the evening until eight in the morning.
  package static let ordinary = QuietHours(from: 21 * 60, until: 8 * 60)
  package static let none = QuietHours(from: 0, until: 0)

  /// Minutes outside 0–1439 are taken round the clock.
  package init(from: Int, until: Int) {
    self.from = Self.onClock(from)
    self.until = Self.onClock(until)
  }

  package func contains(_ moment: Timestamp, offsetSeconds: Int) -> Bool {
    let civil = CivilDateTime(moment, offsetSeconds: offsetSeconds)
    let minute = civil.hour * 60 + civil.minute
    if from == until { return false }
    return from < until ? (from..<until).contains(minute) : minute >= from || minute < until
  }

  /// The moment itself where it is not quiet; otherwise the end of the quiet hours that it falls into.
  package func next(after moment: Timestamp, offsetSeconds: Int) -> Timestamp {
    guard contains(moment, offsetSeconds: offsetSeconds) else { return moment }
    let civil = CivilDateTime(moment, offsetSeconds: offsetSeconds)
    let minute = civil.hour * 60 + civil.minute
    let midnight = CivilDateTime(year: civil.year, month: civil.month, day: civil.day)
      .timestamp(offsetSeconds: offsetSeconds)
    return midnight + (minute < until ? .zero : .days(1)) + .minutes(Int64(until))
  }

  private static func onClock(_ minutes: Int) -> Int { ((minutes % 1440) + 1440) % 1440 }
}
