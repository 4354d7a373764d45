package import Kernel

/// What the station's work comes to in a year, of as many people as keep each of them from being made out.
/// Source: field/socialwork.md §2.14 (output, outcome and process indicators), §2.12 (the gate).
package struct Indicators: Sendable, Equatable {
  /// Numbers beside each other that add up to a whole.
  package struct Split: Sendable, Equatable {
    package let name: Phrase
    /// Nil for what is left out.
    package let cells: [(name: Phrase, count: Int?)]

    package static func == (one: Split, other: Split) -> Bool {
      one.name == other.name && one.cells.map(\.name) == other.cells.map(\.name)
        && one.cells.map(\.count) == other.cells.map(\.count)
    }
  }

  /// One kind of intervention: of how many people, and for how long.
  package struct Work: Sendable, Equatable {
    package let kind: Intervention.Kind
    package let people: Int?
    package let minutes: Int64?
  }

  /// A number on its own; nil where it would say too much.
  package struct Figure: Sendable, Equatable {
    package let name: Phrase
    package let value: String?
  }

  package let least: Int
  package let stages: Split
  package let outcomes: Split
  package let work: [Work]
  package let scores: [Split]
  package let feedback: [Split]
  package let figures: [Figure]

  /// What was counted, before the gate.
  package struct Counted: Sendable, Equatable {
    package var stages: [CaseStage: Int] = [:]
    package var outcomes: [CaseOutcome: Int] = [:]
    package var work: [Intervention.Kind: (people: Int, minutes: Int64)] = [:]
    /// For each measure the first and the last score of everybody who has two.
    package var scores: [OutcomeScore.Measure: [(first: Int64, last: Int64)]] = [:]
    package var feedback: [Feedback.Question: [Feedback.Answer: Int]] = [:]
    /// Days from the opening to the closure, of each case closed in the year.
    package var days: [Int64] = []
    package var referralsSent = 0
    package var referralsAccepted = 0
    package var opened = 0
    package var assessed = 0

    package init() {}

    package static func == (one: Counted, other: Counted) -> Bool {
      one.stages == other.stages && one.outcomes == other.outcomes && one.days == other.days
    }
  }

  /// - Parameter least: fewer people than this are not told apart: 5 within the station, 10 beyond it.
  package init(_ counted: Counted, least: Int) {
    self.least = least
    func split<Key>(_ name: Phrase, _ keys: [(Key, Phrase)], _ counts: (Key) -> Int) -> Split {
      let shown = SmallCells.shown(keys.map { counts($0.0) }, least: least)
      return Split(name: name, cells: zip(keys, shown).map { ($0.1, $1) })
    }
    stages = split(
      Phrase("办着的个案，按阶段", "Open cases by stage"),
      CaseStage.allCases.filter { $0 != .closure }.map { ($0, $0.name) }
    ) { counted.stages[$0] ?? 0 }
    outcomes = split(
      Phrase("一年里结的案，按结果", "Cases closed in the year by outcome"),
      CaseOutcome.allCases.map { ($0, $0.name) }
    ) { counted.outcomes[$0] ?? 0 }
    work = Intervention.Kind.allCases.map { kind in
      let done = counted.work[kind] ?? (0, 0)
      let isTold = done.people >= least
      return Work(kind: kind, people: isTold ? done.people : nil, minutes: isTold ? done.minutes : nil)
    }
    scores = OutcomeScore.Measure.allCases.map { measure in
      let pairs = counted.scores[measure] ?? []
      let ways: [(Int64, Phrase)] = [
        (1, Phrase("高了", "Up")), (0, Phrase("没变", "The same")), (-1, Phrase("低了", "Down")),
      ]
      return split(measure.name, ways) { way in
        pairs.count { ($0.last - $0.first).signum() == way }
      }
    }
    feedback = Feedback.Question.allCases.map { question in
      split(question.name, Feedback.Answer.allCases.map { ($0, $0.name) }) {
        counted.feedback[question]?[$0] ?? 0
      }
    }
    figures = Self.figures(counted, least)
  }

  private static func figures(_ counted: Counted, _ least: Int) -> [Figure] {
    func share(_ name: Phrase, _ part: Int, of whole: Int) -> Figure {
      // A share tells both its parts, so each of them and what is left has to be large enough.
      let isTold = part >= least && whole - part >= least || part == whole && whole >= least
      return Figure(name: name, value: isTold ? "\(part)/\(whole) (\(part * 100 / max(1, whole))%)" : nil)
    }
    let days = counted.days.sorted()
    return [
      share(
        Phrase("开了案的里面，写了预估的", "Of the cases opened, those with an assessment"), counted.assessed,
        of: counted.opened),
      share(
        Phrase("转出去的里面，对方接了的", "Of the referrals sent, those accepted"), counted.referralsAccepted,
        of: counted.referralsSent),
      Figure(
        name: Phrase("从开案到结案，中位数（天）", "From opening to closure, median in days"),
        value: days.count >= least ? String(days[days.count / 2]) : nil),
    ]
  }
}
