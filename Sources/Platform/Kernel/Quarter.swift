/// Three months of a calendar year, January to March being the first.
package struct Quarter: Sendable, Hashable, Comparable, CustomStringConvertible, LosslessStringConvertible {
  package let year: Int
  /// 1…4.
  package let number: Int

  /// - Returns: nil for a number that is no quarter or a year outside 1…9998.
  package init?(year: Int, number: Int) {
    guard (1...9998).contains(year), (1...4).contains(number) else { return nil }
    self.init(index: year * 4 + number - 1)
  }

  /// The quarter in which a moment lies on clocks at this offset.
  package init(_ moment: Timestamp, offsetSeconds: Int) {
    let date = CivilDateTime(moment, offsetSeconds: offsetSeconds)
    self.init(index: date.year * 4 + (date.month - 1) / 3)
  }

  /// Reads what `description` writes; nil for anything else.
  package init?(_ text: String) {
    let parts = text.split(separator: "-Q", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].utf8.count == 4, parts[1].utf8.count == 1,
      parts.joined().utf8.allSatisfy({ (48...57).contains($0) }), let year = Int(parts[0]),
      let number = Int(parts[1])
    else { return nil }
    self.init(year: year, number: number)
  }

  /// Quarters since the year 0.
  private init(index: Int) {
    year = index / 4
    number = index % 4 + 1
  }

  package var next: Quarter { Quarter(index: year * 4 + number) }
  package var previous: Quarter { Quarter(index: year * 4 + number - 2) }

  /// Its first moment on clocks at this offset.
  package func start(offsetSeconds: Int) -> Timestamp {
    CivilDateTime(year: year, month: number * 3 - 2, day: 1).timestamp(offsetSeconds: offsetSeconds)
  }

  /// The first moment that lies behind it.
  package func end(offsetSeconds: Int) -> Timestamp { next.start(offsetSeconds: offsetSeconds) }

  /// `2026-Q4`.
  package var description: String { "\(Timestamp.padded(year, 4))-Q\(number)" }

  package var name: Phrase { Phrase("\(year) 年第 \(number) 季度", "Quarter \(number) of \(year)") }

  package static func < (left: Quarter, right: Quarter) -> Bool {
    (left.year, left.number) < (right.year, right.number)
  }
}
