import Kernel

/// A quarter of a year on the calendar of a community.
struct Quarter: Sendable, Hashable, Comparable {
  let year: Int
  /// 1–4
  let number: Int

  init(year: Int, number: Int) {
    self.year = year
    self.number = number
  }

  init(_ moment: Timestamp, offsetSeconds: Int) {
    let date = CivilDateTime(moment, offsetSeconds: offsetSeconds)
    self.init(year: date.year, number: (date.month - 1) / 3 + 1)
  }

  static func < (left: Quarter, right: Quarter) -> Bool {
    (left.year, left.number) < (right.year, right.number)
  }

  var previous: Quarter {
    number == 1 ? Quarter(year: year - 1, number: 4) : Quarter(year: year, number: number - 1)
  }

  var next: Quarter {
    number == 4 ? Quarter(year: year + 1, number: 1) : Quarter(year: year, number: number + 1)
  }

  /// Its first moment.
  func start(offsetSeconds: Int) -> Timestamp {
    CivilDateTime(year: year, month: number * 3 - 2, day: 1).timestamp(offsetSeconds: offsetSeconds)
  }

  var name: Phrase { Phrase("\(year)年第\(number)季度", "Q\(number) \(year)") }

  /// So many up to this one, oldest first.
  func last(_ count: Int) -> [Quarter] {
    var quarters = [self]
    while quarters.count < count { quarters.append((quarters.last ?? self).previous) }
    return quarters.reversed()
  }
}

/// What becomes of residents' voice, quarter by quarter. Source: field/socialwork.md §2.14, advocacy.
///
/// Reports, policies and votes are things, and told as they are. People who came and answers that were given are told where
/// they are at least ``least`` (§2.12); no sum of several quarters is told, so that none of them can be computed from it.
/// Where there was nothing to come to, that nobody came says nothing of anybody.
struct ReportIndicators: Sendable, Equatable {
  static let least = 10
  /// Quarters that are shown, the present one included.
  static let count = 8

  struct Row: Sendable, Equatable {
    let quarter: Quarter
    /// Reports that went out for the first time.
    var sent = 0
    /// Reports that were replied to for the first time; silence is no reply.
    var replied = 0
    /// Reports of which a first new version of a policy came.
    var changed = 0
    /// From the first sending to the first reply, in whole days; nil without a reply in this quarter.
    var medianDays: Int?
    var activities = 0
    /// Nil where it is left out.
    var attendance: Int?
    /// Policies in use at its end.
    var policies = 0
    /// Proposals whose votes were counted.
    var decided = 0
    var questionnaires = 0
    /// Nil where it is left out.
    var answers: Int?
  }

  /// What happened to one report, as far as it counts here.
  struct Way: Sendable, Equatable {
    var sentAt: Timestamp?
    var repliedAt: Timestamp?
    var changedAt: Timestamp?
  }

  /// What stands in the rows of others.
  struct Others: Sendable, Equatable {
    /// When each policy was first published, and taken out of use.
    let policies: [(published: Timestamp, retired: Timestamp?)]
    /// When votes were counted.
    let decisions: [Timestamp]

    static func == (left: Others, right: Others) -> Bool {
      left.decisions == right.decisions && left.policies.map(\.published) == right.policies.map(\.published)
        && left.policies.map(\.retired) == right.policies.map(\.retired)
    }
  }

  /// Oldest first.
  let rows: [Row]

  init(
    quarters: [Quarter], offsetSeconds: Int, ways: [Way], others: Others,
    activities: [ReportIndicatorSources.Attendance], questionnaires: [ReportIndicatorSources.Questionnaires]
  ) {
    func quarter(_ moment: Timestamp?) -> Quarter? {
      moment.map { Quarter($0, offsetSeconds: offsetSeconds) }
    }
    rows = quarters.enumerated().map { index, current in
      let end = current.next.start(offsetSeconds: offsetSeconds)
      var row = Row(quarter: current)
      row.sent = ways.count { quarter($0.sentAt) == current }
      row.replied = ways.count { quarter($0.repliedAt) == current }
      row.changed = ways.count { quarter($0.changedAt) == current }
      row.medianDays = Self.median(ways.filter { quarter($0.repliedAt) == current }.compactMap(Self.days))
      row.policies = others.policies.count { $0.published < end && ($0.retired.map { $0 >= end } ?? true) }
      row.decided = others.decisions.count { quarter($0) == current }
      row.activities = activities[index].held
      row.attendance = Self.people(activities[index].came, at: activities[index].held)
      row.questionnaires = questionnaires[index].closed
      row.answers = Self.people(questionnaires[index].answers, at: questionnaires[index].closed)
      return row
    }
  }

  private static func people(_ count: Int, at occasions: Int) -> Int? {
    occasions == 0 ? 0 : count < least ? nil : count
  }

  private static func days(_ way: Way) -> Int? {
    guard let sentAt = way.sentAt, let repliedAt = way.repliedAt else { return nil }
    return Int((repliedAt - sentAt).wholeMicroseconds / Duration.days(1).wholeMicroseconds)
  }

  /// The middle one; of two in the middle their mean, rounded down. Nil of none.
  static func median(_ numbers: [Int]) -> Int? {
    let sorted = numbers.sorted()
    guard !sorted.isEmpty else { return nil }
    let middle = sorted.count / 2
    return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
  }
}
