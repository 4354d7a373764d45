/// The stages of a way of working, in their order.
package protocol WorkStage: CaseIterable, Comparable where AllCases == [Self] {}

extension WorkStage {
  package static func < (left: Self, right: Self) -> Bool { left.position < right.position }

  package var position: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  /// The stage that follows when all goes its way; nil after the last.
  package var next: Self? { Self.allCases.dropFirst(position + 1).first }
}
