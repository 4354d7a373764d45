import Kernel

/// When somewhere is open in a week: weekday 1 Monday … 7 Sunday (ISO 8601) → times of the day.
struct OpeningHours: Sendable, Hashable {
  /// Minutes since midnight; it ends on the same day, 1440 being midnight.
  struct Interval: Sendable, Hashable {
    let opens: Int
    let closes: Int

    init?(_ opens: Int, _ closes: Int) {
      guard opens >= 0, closes <= 1440, opens < closes else { return nil }
      self.opens = opens
      self.closes = closes
    }

    /// `9:00–17:00`
    var text: String { "\(Self.clock(opens))–\(Self.clock(closes))" }

    private static func clock(_ minutes: Int) -> String {
      let rest = minutes % 60
      return "\(minutes / 60):\(rest < 10 ? "0" : "")\(rest)"
    }
  }

  static let none = OpeningHours([:])
  static let weekdays = 1...7
  /// Times of one day that a field may hold.
  static let limit = 6

  /// Days on which it is open, each with its times in order and apart.
  let days: [Int: [Interval]]

  /// Times that touch or overlap become one.
  init(_ days: [Int: [Interval]]) {
    self.days = days.filter { Self.weekdays.contains($0.key) && !$0.value.isEmpty }
      .mapValues(Self.merged)
  }

  var isEmpty: Bool { days.isEmpty }

  func isOpen(_ weekday: Int, _ minutes: Int) -> Bool {
    (days[weekday] ?? []).contains { ($0.opens..<$0.closes).contains(minutes) }
  }

  /// Whether it is open at a moment, at clocks of this offset.
  func isOpen(at moment: Timestamp, offsetSeconds: Int) -> Bool {
    let civil = CivilDateTime(moment, offsetSeconds: offsetSeconds)
    return isOpen(civil.weekday, civil.hour * 60 + civil.minute)
  }

  private static func merged(_ intervals: [Interval]) -> [Interval] {
    var merged: [Interval] = []
    for next in intervals.sorted(by: { ($0.opens, $0.closes) < ($1.opens, $1.closes) }) {
      if let last = merged.last, next.opens <= last.closes,
        let both = Interval(last.opens, max(last.closes, next.closes))
      {
        merged[merged.count - 1] = both
      } else {
        merged.append(next)
      }
    }
    return merged
  }

  // MARK: - One day

  /// `9:00–12:00、14:00–17:00` as a field of the form holds it; empty for a day on which it is shut.
  func text(on weekday: Int) -> String {
    (days[weekday] ?? []).map(\.text).joined(separator: "、")
  }

  /// Reads the times of one day; nil where one is none. Dashes and separators of all kinds are understood.
  static func intervals(_ text: some StringProtocol) -> [Interval]? {
    let parts = text.split { ",，、;； \t".contains($0) }
    var intervals: [Interval] = []
    for part in parts {
      let ends = part.split(omittingEmptySubsequences: false) { "-–—－~～至到".contains($0) }
      guard ends.count == 2, let opens = minutes(ends[0]), let closes = minutes(ends[1]),
        let interval = Interval(opens, closes)
      else { return nil }
      intervals.append(interval)
    }
    return intervals.count <= limit ? intervals : nil
  }

  private static func minutes(_ text: some StringProtocol) -> Int? {
    let parts = text.split(omittingEmptySubsequences: false) { ":：.点".contains($0) }
    guard let first = parts.first, parts.count <= 2, let hour = digits(first) else { return nil }
    guard parts.count == 2, !parts[1].isEmpty else { return hour <= 24 ? hour * 60 : nil }
    guard parts[1].utf8.count == 2, let minute = digits(parts[1]), minute < 60 else { return nil }
    let all = hour * 60 + minute
    return all <= 1440 ? all : nil
  }

  private static func digits(_ text: some StringProtocol) -> Int? {
    guard (1...2).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }) else {
      return nil
    }
    return Int(text)
  }

  // MARK: - The week

  private static let chinese = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"]
  private static let english = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

  /// Monday first.
  static let names = zip(chinese, english).map { Phrase($0, $1) }

  /// `周一至周五 9:00–17:00；周六 9:00–12:00`; empty where nothing is known.
  var phrase: Phrase {
    let runs = runs
    return Phrase(
      runs.map { run in
        let last = run.last > run.first ? "至\(Self.chinese[run.last - 1])" : ""
        return "\(Self.chinese[run.first - 1])\(last) \(text(on: run.first))"
      }.joined(separator: "；"),
      runs.map { run in
        let last = run.last > run.first ? "–\(Self.english[run.last - 1])" : ""
        let times = (days[run.first] ?? []).map(\.text).joined(separator: ", ")
        return "\(Self.english[run.first - 1])\(last) \(times)"
      }.joined(separator: "; "))
  }

  /// Days after one another with the same times.
  private var runs: [(first: Int, last: Int)] {
    var runs: [(first: Int, last: Int)] = []
    for weekday in Self.weekdays {
      guard let times = days[weekday] else { continue }
      if let run = runs.last, run.last == weekday - 1, days[run.first] == times {
        runs[runs.count - 1].last = weekday
      } else {
        runs.append((weekday, weekday))
      }
    }
    return runs
  }

  /// Reads what `phrase` writes in Chinese; nil for anything else.
  init?(_ text: String) {
    var days: [Int: [Interval]] = [:]
    for part in text.split(whereSeparator: { ";；".contains($0) }) {
      let words = part.split(separator: " ", maxSplits: 1)
      guard words.count == 2, let run = Self.run(words[0]), let times = Self.intervals(words[1]),
        !times.isEmpty
      else { return nil }
      for weekday in run { days[weekday, default: []] += times }
    }
    self.init(days)
  }

  private static func run(_ text: Substring) -> ClosedRange<Int>? {
    let ends = text.split(separator: "至", omittingEmptySubsequences: false).map { name in
      chinese.firstIndex(of: String(name)).map { $0 + 1 }
    }
    guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2, first <= last else {
      return nil
    }
    return first...last
  }
}
