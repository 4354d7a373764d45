import Kernel

/// What is done about a proposal that was accepted: steps with their weights, and a line of entries that only grows.
///
/// Source: field/socialwork.md §2.8, after Decidim's `Result`: status, child actions with weights, timeline entries.
struct ProposalResult: Sendable, Equatable {
  static let summaryLength = 1...500
  static let titleLength = 1...60
  static let entryLength = 1...500
  static let actionLimit = 30

  let proposal: ProposalID
  /// What is to be done, in a few words.
  let summary: String
  /// How far it is, in per cent.
  let progress: Int
  /// How many entries it has.
  let entries: Int64
  let begunAt: Timestamp
  let actions: [ResultAction]

  /// Whether all has ended that was begun.
  var haveActionsEnded: Bool { !actions.isEmpty && actions.allSatisfy(\.status.isEnded) }
}

/// One step of what is done.
package struct ResultAction: Sendable, Equatable {
  package enum Status: String, Sendable, CaseIterable {
    case planned
    case underway
    case done
    /// It will not be done; what was done of it counts.
    case dropped

    var name: Phrase {
      switch self {
      case .planned: Phrase("还没开始", "Planned")
      case .underway: Phrase("正在办", "Under way")
      case .done: Phrase("办完了", "Done")
      case .dropped: Phrase("不办了", "Dropped")
      }
    }

    var isEnded: Bool { self == .done || self == .dropped }

    /// The progress that the status asks for; nil where it may be any below the whole.
    var progress: Int? {
      switch self {
      case .planned: 0
      case .done: 100
      case .underway, .dropped: nil
      }
    }
  }

  static let weights: ClosedRange<Int64> = 1...100

  let id: ResultActionID
  let title: String
  /// What it weighs beside the others, 1–100; nil where nobody said.
  let weight: Int?
  let startsAt: Timestamp?
  let endsAt: Timestamp?
  var status: Status
  /// Per cent, 0–100.
  var progress: Int
}

/// How far a result is. Source: field/socialwork.md §2.8, after Decidim's `Result`.
enum ResultProgress {
  /// Σ weight × progress ÷ Σ weight where every step has a weight, and the mean of the steps otherwise; 0 without steps.
  ///
  /// In whole per cent, a half rounded up. 100 comes out only where every step is at 100: everything else that would be
  /// rounded there is 99, so that nothing looks finished that is not.
  static func of(_ actions: [ResultAction]) -> Int {
    let weights = actions.compactMap(\.weight)
    let isWeighted = weights.count == actions.count
    let parts = actions.map { (weight: isWeighted ? $0.weight ?? 1 : 1, progress: $0.progress) }
    let total = parts.reduce(0) { $0 + $1.weight }
    guard total > 0 else { return 0 }
    let sum = parts.reduce(0) { $0 + $1.weight * $1.progress }
    let rounded = (2 * sum + total) / (2 * total)
    return sum < 100 * total ? min(rounded, 99) : rounded
  }
}

/// One entry of the line: a word about the whole, how far a step is, or the new version of a policy.
struct ResultEntry: Sendable, Equatable {
  let sequence: Int64
  /// The step that it is about; nil for the whole.
  let action: ResultActionID?
  let status: ResultAction.Status?
  let progress: Int?
  /// The policy that was changed, and its version since.
  let policy: PolicyID?
  let policyVersion: Int64?
  let text: String
  /// The day on which it happened.
  let day: Timestamp
  let writtenAt: Timestamp
}
