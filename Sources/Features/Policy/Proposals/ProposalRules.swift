import Kernel

/// Where a proposal stands: nothing but the sum of its events.
struct ProposalStanding: Sendable, Equatable {
  private(set) var state = ProposalState.submitted
  /// How many there were: whoever decides on fewer decides on something old.
  private(set) var events: Int64 = 0
  /// When votes are taken, from and until, for the vote that is announced.
  private(set) var opensAt: Timestamp?
  private(set) var closesAt: Timestamp?
  private(set) var isPassed: Bool?
  /// When the answer has to be there.
  private(set) var dueAt: Timestamp?
  private(set) var outcome: ProposalOutcome?
  private(set) var mergedInto: ProposalID?
  private(set) var isTitleHidden = false

  /// A proposal that has just been made.
  static let submitted = ProposalStanding().after(.submitted)

  init() {}

  /// For rows that were stored.
  init(
    state: ProposalState, events: Int64, opensAt: Timestamp?, closesAt: Timestamp?, isPassed: Bool?,
    dueAt: Timestamp?, outcome: ProposalOutcome?, mergedInto: ProposalID?, isTitleHidden: Bool
  ) {
    self.state = state
    self.events = events
    self.opensAt = opensAt
    self.closesAt = closesAt
    self.isPassed = isPassed
    self.dueAt = dueAt
    self.outcome = outcome
    self.mergedInto = mergedInto
    self.isTitleHidden = isTitleHidden
  }

  /// The standing after one more event: the only way in which it changes.
  func after(_ change: ProposalChange) -> ProposalStanding {
    var standing = self
    standing.events += 1
    switch change {
    case .submitted: standing.state = .submitted
    case .accepted: standing.state = .discussion
    case .merged(let target, _):
      standing.state = .merged
      standing.mergedInto = target
    case .notTakenUp(_, let hidesTitle):
      standing.state = .notTakenUp
      standing.isTitleHidden = hidesTitle
    case .votingSet(let opensAt, let closesAt):
      standing.state = .voting
      (standing.opensAt, standing.closesAt) = (opensAt, closesAt)
    case .votingWithdrawn:
      standing.state = .discussion
      (standing.opensAt, standing.closesAt) = (nil, nil)
    case .counted(let isPassed):
      standing.state = .decided
      standing.isPassed = isPassed
    case .sent(let dueAt):
      standing.state = .sent
      standing.dueAt = dueAt
    case .answered(let outcome):
      standing.state = .answered
      standing.outcome = outcome
    case .tracked: standing.state = .tracked
    case .finished: standing.state = .done
    }
    return standing
  }

  var phase: ProposalPhase {
    switch state {
    case .submitted: .screening
    case .discussion, .voting: .open
    case .decided: isPassed == true ? .underway : .ended
    case .answered: outcome == .refused ? .ended : .underway
    case .sent, .tracked: .underway
    case .merged, .notTakenUp, .done: .ended
    }
  }

  /// Whether everybody may read the words: not before the station looked, and not where it did not take them up.
  var showsWords: Bool { state != .submitted && state != .notTakenUp }

  /// Whether something can still be said to it.
  func takesContributions(at moment: Timestamp) -> Bool {
    switch state {
    case .discussion: true
    case .voting: opensAt.map { moment < $0 } ?? false
    default: false
    }
  }

  /// Whether the box is open. Server time decides.
  func takesVotes(at moment: Timestamp) -> Bool {
    guard state == .voting, let opensAt, let closesAt else { return false }
    return moment >= opensAt && moment < closesAt
  }

  /// Whether the box is closed and not counted yet.
  func waitsForCount(at moment: Timestamp) -> Bool {
    guard state == .voting, let closesAt else { return false }
    return moment >= closesAt
  }

  /// Whether the answer should have been there.
  func isOverdue(at moment: Timestamp) -> Bool { state == .sent && dueAt.map { moment >= $0 } ?? false }
}

/// What may become of a proposal.
enum ProposalRules {
  /// Fewer households are not told apart in public: neither is a building of fewer named beside words, nor are the totals of
  /// fewer votes told. Source: field/socialwork.md §2.12.
  static let least: Int64 = 10
  /// The longest from announcing a vote to its end.
  static let longestVote = Duration.days(92)
  /// The longest that an answer may be asked for in advance.
  static let longestAnswer = Duration.days(366)

  /// Why this may not happen to a proposal, or nil.
  ///
  /// - Parameter haveActionsEnded: whether there are steps of its result and none is open any more.
  static func refusal(
    of change: ProposalChange, to standing: ProposalStanding, at now: Timestamp,
    haveActionsEnded: Bool = false
  ) -> Problem? {
    let isPossible: Bool
    switch change {
    case .submitted: isPossible = standing.events == 0
    case .accepted, .merged, .notTakenUp: isPossible = isNew(standing)
    case .votingSet(let opensAt, let closesAt):
      isPossible = standing.state == .discussion && opensAt < closesAt && closesAt > now
    case .votingWithdrawn:
      isPossible = standing.state == .voting && standing.opensAt.map { now < $0 } ?? false
    case .counted:
      if standing.state == .voting, !standing.waitsForCount(at: now) { return .proposalVotingOpen }
      isPossible = standing.state == .voting
    case .sent:
      isPossible = standing.state == .sent || standing.state == .decided && standing.isPassed == true
    case .answered: isPossible = standing.state == .sent
    case .tracked: isPossible = standing.state == .answered && standing.outcome != .refused
    case .finished:
      if standing.state == .tracked, !haveActionsEnded { return .proposalActionsOpen }
      isPossible = standing.state == .tracked
    }
    return isPossible ? nil : .proposalNotPossible
  }

  private static func isNew(_ standing: ProposalStanding) -> Bool {
    standing.state == .submitted && standing.events > 0
  }
}

extension Problem {
  static let proposalNotPossible = Problem(
    "proposal.not_possible", status: 409,
    Phrase("这个提案现在不能这样办。", "This cannot be done with the proposal now."),
    advice: Phrase("请刷新页面，看看它走到哪一步了。", "Please reload the page to see how far it is."))

  static let proposalStale = Problem(
    "proposal.stale", status: 409,
    Phrase("这个提案刚刚有了变化。", "Something has just changed here."),
    advice: Phrase("请看一眼新的情况，再提交一次。", "Please look at it once more and send again."))

  static let proposalVotingOpen = Problem(
    "proposal.voting_open", status: 409,
    Phrase("投票还没有结束，不能计票。", "The vote is not over, so nothing is counted."),
    advice: Phrase("请等到投票结束。", "Please wait until it is over."))

  static let proposalActionsOpen = Problem(
    "proposal.actions_open", status: 409,
    Phrase("还有没办完的步骤。", "Some steps are not finished."),
    advice: Phrase("请先把每一步记成办完，或者不办了。", "Please note each step as done or dropped first."))

  static let proposalDiscussionOver = Problem(
    "proposal.discussion_over", status: 409,
    Phrase("这个提案的讨论已经结束了。", "The discussion of this proposal is over."),
    advice: Phrase("还有话要说，请打页面下方的电话。", "If you have more to say, please call the number below."))
}
