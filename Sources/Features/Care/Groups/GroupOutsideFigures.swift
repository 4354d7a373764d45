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
      cells: isTold ? cells([change.up, change.same, change.down]) : [nil, nil, nil],
      medianBefore: isTold ? change.medianBefore : nil, medianAfter: isTold ? change.medianAfter : nil)
  }

  /// Leaves out small numbers and noughts, which say of everybody how they did not do, and as many others as keep them,
  /// and how many they are together, from being computed from the sum.
  static func cells(_ numbers: [Int]) -> [Int?] {
    var isHidden = numbers.map { $0 < least }
    if isHidden.count(where: { $0 }) == 1 {
      // The smallest number tells least.
      let next = numbers.indices.filter { !isHidden[$0] }.min { numbers[$0] < numbers[$1] }
      if let next { isHidden[next] = true }
    }
    let together = zip(numbers, isHidden).reduce(0) { $0 + ($1.1 ? $1.0 : 0) }
    let isAny = isHidden.contains(true)
    return zip(numbers, isHidden).map { $1 || (isAny && together < least) ? nil : $0 }
  }
}
