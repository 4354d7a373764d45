import Kernel

/// What is printed for one person: everything that waits for them, on one slip.
struct Slip: Sendable, Equatable {
  struct Line: Sendable, Equatable {
    let kind: Phrase
    let text: Phrase
    let sentAt: Timestamp
  }

  let recipient: PersonID
  let name: String
  /// Nil for people without a home in the community: they get theirs at the service point.
  let door: Phrase?
  /// In its stored spelling; empty where there is none.
  let building: String
  let language: Language
  let lines: [Line]
}

extension Slip {
  /// Slips by building, each building's in the order of doors, those without a home last.
  static func byBuilding(_ slips: [Slip]) -> [(building: String, slips: [Slip])] {
    let groups = Dictionary(grouping: slips, by: \.building)
    return groups.sorted { before($0.key, $1.key) }.map { building, slips in
      (
        building,
        slips.sorted { ($0.door?.chinese ?? "", $0.recipient) < ($1.door?.chinese ?? "", $1.recipient) }
      )
    }
  }

  /// Numbers by their value, before names.
  private static func before(_ left: String, _ right: String) -> Bool {
    if left.isEmpty != right.isEmpty { return right.isEmpty }
    switch (Int(left), Int(right)) {
    case (let left?, let right?): return left < right
    case (.some, nil): return true
    case (nil, .some): return false
    case (nil, nil): return left < right
    }
  }
}
