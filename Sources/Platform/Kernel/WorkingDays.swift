/// Terms that are counted in working days: Monday to Friday, on the clock of the community. Public holidays are counted as
/// working days, so that a term is never longer than people were told.
package enum WorkingDays {
  /// The end of the day that is the `count`-th working day after `moment`.
  package static func end(of count: Int, after moment: Timestamp, offsetSeconds: Int) -> Timestamp {
    var day = CivilDateTime(moment, offsetSeconds: offsetSeconds).dayNumber
    var working = 0
    while working < count {
      day += 1
      // Day 0, 1970-01-01, was a Thursday.
      if (0...4).contains((day + 3) % 7) { working += 1 }
    }
    return Timestamp(seconds: (day + 1) * 86_400 - Int64(offsetSeconds))
  }
}
