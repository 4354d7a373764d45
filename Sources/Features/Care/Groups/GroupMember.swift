import Database
package import Kernel
package import People

/// One person's way into a group and out of it: proposed, talked with, joined with their own yes, gone.
package struct GroupMember: Sendable, Equatable {
  package let id: GroupMemberID
  package let group: CareGroupID
  package let person: PersonID
  package let proposedAt: Timestamp
  package let proposedBy: PersonID
  package var state: GroupMemberState
  package var joinedAt: Timestamp?
  package var leftAt: Timestamp?
  /// Oldest first; the first is `proposed`.
  package var events: [GroupMemberEvent]

  /// Whether they are or were in the group, so that meetings and scores can be theirs.
  package var hasJoined: Bool { joinedAt != nil }

  /// The member after one more event: the only way in which it changes.
  package func after(_ event: GroupMemberEvent) -> GroupMember {
    var member = self
    member.events.append(event)
    member.state = event.state
    if event.state == .joined { member.joinedAt = event.at }
    if event.state == .left { member.leftAt = event.at }
    return member
  }
}

package enum GroupMemberState: String, Sendable, CaseIterable, Storable {
  case proposed
  /// Talked with, and found to fit.
  case accepted
  /// Talked with, and this group is not for them.
  case notAccepted = "not_accepted"
  /// Talked with; a case of their own helps them more.
  case referred
  /// They said no.
  case declined
  /// They said yes.
  case joined
  case left

  package var name: Phrase {
    switch self {
    case .proposed: Phrase("等面谈", "To be talked with")
    case .accepted: Phrase("面谈通过，等本人回答", "Fits; waiting for their answer")
    case .notAccepted: Phrase("不适合这个小组", "This group is not for them")
    case .referred: Phrase("转个案", "Referred to casework")
    case .declined: Phrase("本人不参加", "They said no")
    case .joined: Phrase("组员", "Member")
    case .left: Phrase("离开了", "Left")
    }
  }

  /// Where it may go from here.
  package var next: Set<GroupMemberState> {
    switch self {
    case .proposed: [.accepted, .notAccepted, .referred, .declined]
    case .accepted: [.joined, .declined, .notAccepted, .referred]
    case .joined: [.left]
    case .notAccepted, .referred, .declined, .left: []
    }
  }

  /// Whether anything may follow.
  package var isUnderWay: Bool { !next.isEmpty }

  /// Whether it has to be said in words why.
  package var needsReason: Bool { self == .notAccepted || self == .referred || self == .left }
}

package struct GroupMemberEvent: Sendable, Equatable {
  package let state: GroupMemberState
  package let at: Timestamp
  package let actor: Actor
  /// Who said yes or no, and how; nil for what others decided.
  package let answer: GroupAnswer?
  /// What was said when they were talked with, or why; sealed under the member's own key.
  package let text: CareTextID?

  package init(
    _ state: GroupMemberState, at moment: Timestamp, by actor: Actor, answer: GroupAnswer? = nil,
    text: CareTextID? = nil
  ) {
    self.state = state
    at = moment
    self.actor = actor
    self.answer = answer
    self.text = text
  }
}

/// What a person said of joining: nobody is in a group who did not say yes themselves.
package struct GroupAnswer: Sendable, Equatable {
  package let by: Speaker
  package let method: PlanAgreement

  package init(by speaker: Speaker, method: PlanAgreement) {
    by = speaker
    self.method = method
  }

  /// Who said it.
  package enum Speaker: String, Sendable, CaseIterable, Storable {
    case person
    /// For a child, or somebody who needs one: the guardian, and the person wishes it too.
    case guardian

    package var name: Phrase {
      switch self {
      case .person: Phrase("本人", "The person")
      case .guardian: Phrase("监护人，本人也愿意", "Their guardian, and the person wishes it too")
      }
    }
  }
}

extension GroupMember {
  /// Why this may not happen to them now, or nil: a pure function.
  package func refusal(of state: GroupMemberState, answer: GroupAnswer?, hasReason: Bool) -> Problem? {
    guard self.state.next.contains(state) else { return .groupMemberNotThere }
    if state == .joined || state == .declined, answer == nil { return .groupAnswerNeeded }
    // What was said on their own page only they can say.
    if answer?.method == .ownPage { return .groupForbidden }
    return state.needsReason && !hasReason ? .groupReasonNeeded : nil
  }
}

extension Problem {
  static let groupMemberNotThere = Problem(
    "group.member_not_there", status: 409,
    Phrase("这一位现在不能这样登记。", "This cannot be recorded of them now."),
    advice: Phrase("请刷新页面，看看他现在到了哪一步。", "Please reload the page to see where they stand."))

  static let groupAnswerNeeded = Problem(
    "group.answer_needed", status: 409,
    Phrase("要本人自己说愿意，才算组员。", "Nobody is a member who did not say yes themselves."),
    advice: Phrase("请写明谁说的、怎么说的。", "Please say who said it and how."))

  static let groupReasonNeeded = Problem.invalid([
    FieldProblem("reason", Phrase("请写一下原因。", "Please give the reason."))
  ])
}
