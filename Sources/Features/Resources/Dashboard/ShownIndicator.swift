import Kernel

/// A figure as it may be shown.
enum ShownIndicator: Sendable, Equatable {
  case count(Int64)
  /// A part of a number, both of which may be shown.
  case part(Int64, of: Int64)
  /// There is a figure that must not be told.
  case hidden
  /// Nobody counted it.
  case missing

  /// The number for everybody, and the one for the station. Source: field/socialwork.md §2.12.
  static let publicLeast: Int64 = 10
  static let stationLeast: Int64 = 5

  /// A part is shown where it and what is left of the whole may both be told, since each gives the other: either has to
  /// stand for enough people, or be nothing where nothing is harmless. Sums of months are never told, so that no month
  /// follows from the others.
  ///
  /// - Parameter within: the count that the whole is a part of, where that is shown beside it.
  init(
    _ value: IndicatorValue?, _ definition: IndicatorDefinition, within: Int64? = nil, least: Int64
  ) {
    guard let value else {
      self = .missing
      return
    }
    func passes(_ number: Int64, _ people: Int64) -> Bool {
      number == 0 ? definition.isNothingHarmless : number >= least && people >= least
    }
    guard value.isSound, !value.isDominated, passes(value.numerator, value.people) else {
      self = .hidden
      return
    }
    guard let denominator = value.denominator, let rest = value.rest, let others = value.otherPeople else {
      self = .count(value.numerator)
      return
    }
    let isApart = within.map { Self.isFar($0, denominator, least: least) } ?? true
    self =
      denominator > 0 && isApart && passes(rest, others)
      ? .part(value.numerator, of: denominator) : .hidden
  }

  /// Of a hundred, rounded half up; nil for what is no shown part.
  var percent: Int64? {
    guard case .part(let part, let whole) = self, whole > 0 else { return nil }
    let (scaled, overflows) = part.multipliedReportingOverflow(by: 200)
    return overflows ? part / (whole / 100) : (scaled + whole) / (2 * whole)
  }

  /// The version of a month's figure that is shown. A later one replaces an earlier one only where their difference is
  /// nothing or stands for enough, since whoever saw both could subtract them.
  ///
  /// - Parameter versions: the earliest first.
  static func current(_ versions: [FrozenIndicator], least: Int64) -> FrozenIndicator? {
    versions.reduce(nil) { shown, next in
      guard let shown else { return next }
      let (before, after) = (shown.value, next.value)
      let pairs = [
        (before.numerator, after.numerator), (before.rest, after.rest), (before.people, after.people),
        (before.otherPeople, after.otherPeople),
      ]
      return pairs.allSatisfy { isFar($0, $1, least: least) } ? next : shown
    }
  }

  /// Whether two numbers may be known together: their difference is nothing or stands for enough.
  private static func isFar(_ one: Int64?, _ other: Int64?, least: Int64) -> Bool {
    guard let one, let other else { return one == other }
    return one == other || abs(one - other) >= least
  }
}
