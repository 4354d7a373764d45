package import Kernel

/// One dated relation between two parties. Source: paper 2.1, field/socialwork.md §2.11.
package struct Tie: Sendable, Hashable {
  package enum Kind: String, Sendable, CaseIterable {
    case helped
    case coAttended = "co_attended"
    case traded
    case referred
    case taught
  }

  package let kind: Kind
  /// Who helped, sold, referred or taught; of two who came together the smaller.
  package let from: Party
  package let to: Party
  package let at: Timestamp
  /// What it comes of, such as `match`; with `sourceID` a tie is kept once.
  package let source: String
  package let sourceID: Int64

  package init(
    _ kind: Kind, from: Party, to: Party, at: Timestamp, source: String, sourceID: Int64
  ) {
    self.kind = kind
    self.from = from
    self.to = to
    self.at = at
    self.source = source
    self.sourceID = sourceID
  }
}
