import Kernel
import Web

/// What somebody proposes, as it was sent.
package struct ProposalDraft: Sendable, Equatable {
  let title: String
  let text: String
  var wishesName = false
  var policy: PolicyID?
  var meeting: ProposalMeetingID?

  package init(
    title: String, text: String, wishesName: Bool = false, policy: PolicyID? = nil,
    meeting: ProposalMeetingID? = nil
  ) {
    self.title = title
    self.text = text
    self.wishesName = wishesName
    self.policy = policy
    self.meeting = meeting
  }
}

/// What somebody says of a proposal, as it was sent.
package struct ContributionDraft: Sendable, Equatable {
  let stance: Contribution.Stance
  let text: String

  package init(stance: Contribution.Stance, text: String) {
    self.stance = stance
    self.text = text
  }
}

/// What the station decides of a proposal that came in.
package struct ProposalScreening: Sendable, Equatable {
  let change: ProposalChange

  init(change: ProposalChange) {
    self.change = change
  }

  /// Opens it for discussion, for a reason that everybody reads.
  package static func accepted(because reason: String) -> ProposalScreening {
    ProposalScreening(change: .accepted(reason: reason))
  }

  /// What may be decided, as it stands in the form.
  enum Choice: String, CaseIterable {
    case accepted
    case merged
    case notTakenUp = "not_taken_up"

    var name: Phrase {
      switch self {
      case .accepted: Phrase("请大家讨论", "Open it for discussion")
      case .merged: Phrase("并到一个相近的提案", "Merge it into one like it")
      case .notTakenUp: Phrase("不采用", "Do not take it up")
      }
    }
  }
}

/// Reads what people send of proposals.
enum ProposalForm {
  static let reasonLength = 1...500

  /// - Parameter wishesMeeting: whether it was raised at a meeting, which has to be named.
  /// - Throws: `form.invalid` naming every wrong field.
  static func draft(_ form: Form, wishesMeeting: Bool = false) throws -> ProposalDraft {
    var reader = FormReader(form)
    let title = reader.text("title", length: Proposal.titleLength)
    let text = reader.lines("text", length: Proposal.textLength)
    let policy: PolicyID? = reader.identifier("policy", isRequired: false)
    let meeting: ProposalMeetingID? =
      wishesMeeting ? reader.identifier("meeting", isRequired: false) : nil
    let wishesName = reader.isTicked("named")
    try reader.finish()
    guard let title, let text else { throw Problem.internalFault }
    return ProposalDraft(
      title: title, text: text, wishesName: wishesName, policy: policy, meeting: meeting)
  }

  /// - Throws: `form.invalid` naming every wrong field.
  static func contribution(_ form: Form) throws -> ContributionDraft {
    var reader = FormReader(form)
    let stance = reader.choice("stance", of: Contribution.Stance.self)
    let text = reader.lines("text", length: Contribution.textLength)
    try reader.finish()
    guard let stance, let text else { throw Problem.internalFault }
    return ContributionDraft(stance: stance, text: text)
  }

  /// - Throws: `form.invalid` naming every wrong field.
  static func screening(_ form: Form) throws -> ProposalScreening {
    var reader = FormReader(form)
    let choice = reader.choice("decision", of: ProposalScreening.Choice.self)
    let reason = reader.lines("reason", length: reasonLength)
    let target: ProposalID? =
      choice == .merged ? reader.identifier("target") : nil
    let hidesTitle = reader.isTicked("hides_title")
    try reader.finish()
    guard let choice, let reason else { throw Problem.internalFault }
    switch (choice, target) {
    case (.accepted, _): return ProposalScreening(change: .accepted(reason: reason))
    case (.merged, let target?): return ProposalScreening(change: .merged(into: target, reason: reason))
    case (.merged, nil): throw Problem.internalFault
    case (.notTakenUp, _):
      return ProposalScreening(change: .notTakenUp(reason: reason, hidesTitle: hidesTitle))
    }
  }

  /// A reason that everybody may read.
  /// - Throws: `form.invalid`.
  static func reason(_ form: Form) throws -> String {
    var reader = FormReader(form)
    let reason = reader.lines("reason", length: reasonLength)
    try reader.finish()
    guard let reason else { throw Problem.internalFault }
    return reason
  }

  /// How many events of the proposal the form had seen; 0 for a form that does not say, which is stale.
  static func seen(_ form: Form) -> Int64 {
    var reader = FormReader(form)
    return reader.integer("seen", in: 0...1_000_000, isRequired: false) ?? 0
  }
}
