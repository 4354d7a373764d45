import Kernel

/// What somebody said of a proposal: shown without a name, hidden where it must be, and never removed.
package struct Contribution: Sendable, Equatable {
  /// Short enough to be read, long enough for a reason.
  static let textLength = 1...300

  package enum Stance: String, Sendable, CaseIterable {
    case supporting = "for"
    case against
    case neutral
    case question

    var name: Phrase {
      switch self {
      case .supporting: Phrase("赞成", "For it")
      case .against: Phrase("反对", "Against it")
      case .neutral: Phrase("说一点看法", "A remark")
      case .question: Phrase("想问问", "A question")
      }
    }
  }

  let id: ContributionID
  let proposal: ProposalID
  let stance: Stance
  let text: String
  /// Said at a meeting and noted by staff; nobody is named with it, not even to staff.
  let isSaidAtMeeting: Bool
  let author: PersonID?
  let household: HouseholdID?
  let writtenAt: Timestamp
  /// Who noted what was said.
  let recordedBy: PersonID?
  /// Why it is not shown any more; nil for what is.
  var hiddenBecause: String?
  /// How many people reported it.
  var reports = 0

  var isHidden: Bool { hiddenBecause != nil }
}
