package import Kernel

/// A number that says how one member does, measured the same way before and after. Source: field/socialwork.md §2.14.
package struct GroupScore: Sendable, Equatable {
  package let member: GroupMemberID
  package let measure: OutcomeScore.Measure
  package let phase: OutcomeScore.Phase
  package let value: Int64
  package let at: Timestamp
  package let recordedBy: PersonID

  package init(
    _ measure: OutcomeScore.Measure, _ phase: OutcomeScore.Phase, _ value: Int64, of member: GroupMemberID,
    at moment: Timestamp, by recorder: PersonID
  ) {
    self.member = member
    self.measure = measure
    self.phase = phase
    self.value = value
    at = moment
    recordedBy = recorder
  }

  /// What is measured of members. How far a goal is reached is a matter of a case, or of the group as a whole.
  package static let measures: [OutcomeScore.Measure] = [.shoppingEfficacy, .scamQuiz, .satisfaction]

  package var isInRange: Bool { Self.measures.contains(measure) && measure.range.contains(value) }
}

/// The middle of some numbers: the mean of the two in the middle where they are an even number. Kept doubled, so that it is
/// exact.
package struct Median: Sendable, Equatable {
  package let doubled: Int64

  /// Nil of no numbers.
  package init?(_ numbers: [Int64]) {
    guard !numbers.isEmpty else { return nil }
    let sorted = numbers.sorted()
    doubled = sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]
  }

  /// `7`, `7.5`
  package var text: String {
    doubled.isMultiple(of: 2) ? "\(doubled / 2)" : "\(doubled < 0 ? "-" : "")\(doubled.magnitude / 2).5"
  }
}

/// How members did before and after, by one measure. Source: field/socialwork.md §2.7.
package struct GroupChange: Sendable, Equatable {
  package let measure: OutcomeScore.Measure
  package let up: Int
  package let same: Int
  package let down: Int
  /// Of those who were measured both times.
  package let medianBefore: Median?
  package let medianAfter: Median?
  /// Measured once only, so that nothing can be said of a change.
  package let onlyBefore: Int
  package let onlyAfter: Int

  /// With fewer pairs no probability is told: it would say more than is known.
  package static let leastPairs = 10

  package var pairs: Int { up + same + down }

  /// - Parameter scores: of one group, in the order in which they were written; the last of its kind counts.
  package init(_ measure: OutcomeScore.Measure, _ scores: [GroupScore]) {
    var before: [GroupMemberID: Int64] = [:]
    var after: [GroupMemberID: Int64] = [:]
    for score in scores where score.measure == measure {
      if score.phase == .baseline { before[score.member] = score.value }
      if score.phase == .end { after[score.member] = score.value }
    }
    let pairs = before.compactMap { member, first in after[member].map { (before: first, after: $0) } }
    self.measure = measure
    up = pairs.count { $0.after > $0.before }
    same = pairs.count { $0.after == $0.before }
    down = pairs.count { $0.after < $0.before }
    medianBefore = Median(pairs.map(\.before))
    medianAfter = Median(pairs.map(\.after))
    onlyBefore = before.count - pairs.count
    onlyAfter = after.count - pairs.count
  }

  /// How likely it is, in thousandths, that as many or more would have changed to one side if up and down were equally
  /// likely: the exact sign test with two sides, those who stayed the same left out. Nil with fewer than ten pairs.
  package var signTestThousandths: Int? {
    let changed = up + down
    guard pairs >= Self.leastPairs, changed > 0 else { return nil }
    var term = 1.0
    for _ in 0..<changed { term /= 2 }
    var sum = term
    for index in 0..<min(up, down) {
      term = term * Double(changed - index) / Double(index + 1)
      sum += term
    }
    return Int((min(1, 2 * sum) * 1000).rounded())
  }
}

extension FieldProblem {
  static func outside(_ measure: OutcomeScore.Measure, _ field: String) -> FieldProblem {
    let (low, high) = (measure.range.lowerBound, measure.range.upperBound)
    return FieldProblem(
      field, Phrase("请填 \(low) 到 \(high) 的整数。", "Please enter a whole number from \(low) to \(high)."))
  }
}
