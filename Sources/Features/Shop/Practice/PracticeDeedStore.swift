package import Database
package import Kernel

/// What a learner did in the practice shop between two moments, for whoever sits beside them and knows their code.
package struct PracticeDeed: Sendable, Equatable {
  /// Steps that the shop first saw, or somebody noted, in that time; the traps are left out.
  package let steps: Set<PracticeStep>
  /// Traps that were met in that time, and whether they were seen through. Whoever walked into one leaves no trace: the shop
  /// keeps what was managed.
  package let traps: [PracticeStep: Bool]
  /// Orders that the learner placed, whatever became of them; the one that was ready for them is nobody's.
  package let orders: Int64
}

extension PracticeStore {
  /// What the learner with this code did from the lower moment on and before the upper one; nil where nobody has it.
  ///
  /// A step has a time when the shop first saw it and a time when somebody last noted it: either counts.
  package static func deeds(
    ofCode code: String, during range: Range<Timestamp>, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> PracticeDeed? {
    let (from, until) = (range.lowerBound, range.upperBound)
    guard
      let person: PersonID = try snapshot.value(
        "SELECT person_id FROM shop_practice_learner WHERE community_id = \(community) AND code = \(code)")
    else { return nil }
    var steps: Set<PracticeStep> = []
    var traps: [PracticeStep: Bool] = [:]
    try snapshot.forEach(
      """
      SELECT step, level, noted_by_id, seen_at FROM shop_practice_step
      WHERE community_id = \(community) AND person_id = \(person)
        AND ((noted_at >= \(from) AND noted_at < \(until)) OR (seen_at >= \(from) AND seen_at < \(until)))
      """
    ) { row in
      let (step, level): (PracticeStep, PracticeLevel) = (try row[0], try row[1])
      guard PracticeStep.traps.contains(step) else {
        steps.insert(step)
        return
      }
      let (teacher, seenAt): (PersonID?, Timestamp?) = (try row[2], try row[3])
      let isSeen = seenAt.map { $0 < until } ?? false
      traps[step] = isSeen || (teacher != nil && level >= .helpNear)
    }
    let orders: Int64? = try snapshot.value(
      """
      SELECT count(*) FROM shop_order WHERE community_id = \(community) AND person_id = \(person)
        AND placed_at >= \(from) AND placed_at < \(until) AND client_key NOT LIKE 'practice-welcome-%'
      """)
    return PracticeDeed(steps: steps, traps: traps, orders: orders ?? 0)
  }
}
