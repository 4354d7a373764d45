package import Kernel

/// How far a campaign is: counts of doors, never which.
package struct VisitProgress: Sendable, Equatable {
  /// One building, in the order of the walk.
  package struct Building: Sendable, Equatable {
    package let building: String
    package let listed: Int
    /// Where nobody has to knock again.
    package let done: Int
  }

  package let listed: Int
  package let done: Int
  package let buildings: [Building]
  /// Doors by the outcome that counts, in the order of the kinds; those that nobody was at yet stand last.
  package let counts: [Count]

  package struct Count: Sendable, Equatable {
    /// Nil for doors that nobody was at yet.
    package let kind: VisitOutcome.Kind?
    package let doors: Int

    package var name: Phrase { kind?.name ?? Phrase("还没去", "Not visited yet") }
    package var isDone: Bool { kind?.isDone ?? false }
  }

  /// - Parameter doors: those on the list, in the order of the walk, each with the outcome that counts.
  package init(_ doors: [(building: String, outcome: VisitOutcome.Kind?)]) {
    listed = doors.count
    done = doors.count { $0.outcome?.isDone ?? false }
    buildings = VisitRoute.byBuilding(doors) { $0.building }.map { part in
      Building(
        building: part.building, listed: part.places.count,
        done: part.places.count { $0.outcome?.isDone ?? false })
    }
    counts = (VisitOutcome.Kind.allCases.map(Optional.some) + [nil]).map { kind in
      Count(kind: kind, doors: doors.count { $0.outcome == kind })
    }
  }

  /// The counts by outcome as others may read them. How many doors are done, and how many are not, may be known from the
  /// buildings, so each of the two groups hides its small numbers by itself.
  package var shownCounts: [VisitCount] {
    var shown = counts.map { VisitCount.exactly($0.doors) }
    for isDone in [true, false] {
      let group = counts.indices.filter { counts[$0].isDone == isDone }
      for (index, count) in zip(group, VisitCount.shown(group.map { counts[$0].doors })) {
        shown[index] = count
      }
    }
    return shown
  }

  /// The doors done by building as others may read them.
  package var shownBuildings: [VisitCount] { VisitCount.shown(buildings.map(\.done)) }
}

/// Counts of doors as others than the campaign's own people may read them. Source: field/socialwork.md §2.12.
package enum VisitCount: Sendable, Equatable {
  case exactly(Int)
  /// 1 to 4.
  case few
  /// Not small, and kept back so that a small one beside it cannot be computed.
  case more

  /// Several counts that together make a number which may be known: small ones are not told apart, and where there is
  /// only one of them, the smallest of the others keeps it company.
  package static func shown(_ counts: [Int]) -> [VisitCount] {
    var shown = counts.map { ShownCount(Int64($0)) == .few ? VisitCount.few : .exactly($0) }
    guard shown.count(where: { $0 == .few }) == 1 else { return shown }
    let others = counts.indices.filter { counts[$0] >= Int(ShownCount.least) }
    if let smallest = others.min(by: { counts[$0] < counts[$1] }) { shown[smallest] = .more }
    return shown
  }

  package var words: Phrase {
    switch self {
    case .exactly(let count): Phrase(same: String(count))
    case .few: Phrase(same: "1–\(ShownCount.least - 1)")
    case .more: Phrase("\(ShownCount.least) 或更多", "\(ShownCount.least) or more")
    }
  }
}
