package import Kernel

/// A group's figures as they may leave the station: no names, and nothing of so few people that somebody could be made out.
/// Source: field/socialwork.md §2.12.
package struct GroupOutsideFigures: Sendable, Equatable {
  /// Fewer people than this are not told apart.
  package static let least = Int(ShownCount.least)

  package struct Change: Sendable, Equatable {
    package let measure: OutcomeScore.Measure
    package let pairs: ShownCount
    /// Up, same, down; nil for a number that is left out.
    package let cells: [Int?]
    /// Both nil where too few were measured.
    package let medianBefore: Median?
    package let medianAfter: Median?
  }

  package let sessions: Int
  package let planned: Int64
  package let members: ShownCount
  /// How many came to a meeting on the average, in tenths; nil where that would say it of too few.
  package let averageTenths: Int?
  package let changes: [Change]
  package let learners: ShownCount
  /// Nil where too few practised.
  package let practice: PracticeDeeds?

  package init(_ figures: GroupFigures) {
    sessions = figures.sessions.count
    planned = figures.planned
    members = ShownCount(Int64(figures.members.count))
    let there = figures.sessions.reduce(0) { $0 + $1.there }
    let isTold = figures.members.count >= Self.least && !figures.sessions.isEmpty
    averageTenths = isTold ? (there * 20 + sessions) / (2 * sessions) : nil
    changes = figures.changes.map(Self.change)
    learners = ShownCount(Int64(figures.practice.learners))
    practice = figures.practice.learners >= Self.least ? figures.practice.deeds : nil
  }

  private static func change(_ change: GroupChange) -> Change {
    let isTold = change.pairs >= least
    return Change(
      measure: change.measure, pairs: ShownCount(Int64(change.pairs)),
      cells: isTold
        ? SmallCells.shown([change.up, change.same, change.down], least: least) : [nil, nil, nil],
      medianBefore: isTold ? change.medianBefore : nil, medianAfter: isTold ? change.medianAfter : nil)
  }
}
