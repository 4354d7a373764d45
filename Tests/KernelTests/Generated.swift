import Kernel
import TestKit

extension SeededGenerator {
  /// A whole number of any size, the extremes and the neighbourhood of zero more often than chance would have them.
  mutating func anyInteger() -> Int64 {
    switch Int.random(in: 0..<10, using: &self) {
    case 0: Int64.min
    case 1: Int64.max
    case 2: Int64.random(in: -3...3, using: &self)
    default: Int64(truncatingIfNeeded: next()) >> Int64.random(in: 0...62, using: &self)
    }
  }

  /// A moment in the years 0001–9999, to the microsecond.
  mutating func moment() -> Timestamp {
    let first = CivilDateTime(year: 1, month: 1, day: 1).timestamp(offsetSeconds: 0)
    let last = CivilDateTime(year: 9999, month: 12, day: 31, hour: 23, minute: 59, second: 59)
      .timestamp(offsetSeconds: 0)
    return Timestamp(microseconds: .random(in: first.microseconds...last.microseconds, using: &self))
  }

  /// Text of 0 to `longest` of these characters.
  mutating func text(of alphabet: String, longest: Int) -> String {
    let letters = Array(alphabet)
    return String(
      (0..<Int.random(in: 0...longest, using: &self)).compactMap { _ in letters.randomElement(using: &self) })
  }
}
