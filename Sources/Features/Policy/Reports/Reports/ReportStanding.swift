import Kernel

/// Where a report stands: nothing but the sum of its events.
struct ReportStanding: Sendable, Equatable {
  private(set) var state = ReportState.planned
  /// How many there were: whoever decides on fewer decides on something old.
  private(set) var events: Int64 = 0
  /// Which event told the plan that counts.
  private(set) var plan: Int64 = 0
  /// Over the whole document, in hexadecimal; nil while it may still be written.
  private(set) var digest: String?
  private(set) var asksCommittee = false
  private(set) var firstSentAt: Timestamp?
  /// By when the department is to reply.
  private(set) var dueAt: Timestamp?
  /// Until when it asked for time, where nobody has answered that yet.
  private(set) var askedUntil: Timestamp?
  private(set) var outcome: ReportOutcome?
  /// Which event told the last reply.
  private(set) var reply: Int64?
  /// Replies told by events up to this one may be read by everybody.
  private(set) var published: Int64?
  /// Whether a new version of a policy came of it.
  private(set) var hasChangedPolicy = false

  init() {}

  /// For rows that were stored.
  init(
    state: ReportState, events: Int64, plan: Int64, digest: String?, asksCommittee: Bool,
    firstSentAt: Timestamp?, dueAt: Timestamp?, askedUntil: Timestamp?, outcome: ReportOutcome?,
    reply: Int64?, published: Int64?, hasChangedPolicy: Bool
  ) {
    self.state = state
    self.events = events
    self.plan = plan
    self.digest = digest
    self.asksCommittee = asksCommittee
    self.firstSentAt = firstSentAt
    self.dueAt = dueAt
    self.askedUntil = askedUntil
    self.outcome = outcome
    self.reply = reply
    self.published = published
    self.hasChangedPolicy = hasChangedPolicy
  }

  /// A report that has just been planned.
  static func planned(at moment: Timestamp) -> ReportStanding { ReportStanding().after(.planned, at: moment) }

  /// The standing after one more event: the only way in which it changes.
  func after(_ change: ReportChange, at moment: Timestamp) -> ReportStanding {
    var standing = self
    standing.events += 1
    switch change {
    case .planned, .replanned:
      standing.state = .planned
      standing.plan = standing.events
    case .evidenceLocked: standing.state = .evidence
    case .evidenceReopened: standing.state = .planned
    case .findingsDone: standing.state = .findings
    case .recommendationsDone: standing.state = .recommendations
    case .completed(let digest, let asksCommittee):
      standing.state = .complete
      (standing.digest, standing.asksCommittee) = (digest, asksCommittee)
    case .checkedBack: standing.state = .checked
    case .sentBack:
      standing.state = .recommendations
      (standing.digest, standing.asksCommittee) = (nil, false)
    case .approved: standing.state = .approved
    case .dropped: standing.state = .dropped
    default: standing.leave(change, at: moment)
    }
    return standing
  }

  /// What happens once the document is out of the house.
  private mutating func leave(_ change: ReportChange, at moment: Timestamp) {
    switch change {
    case .sent(let dueAt):
      state = .sent
      firstSentAt = firstSentAt ?? moment
      (self.dueAt, askedUntil) = (dueAt, nil)
    case .timeAsked(let until, _): askedUntil = until
    case .extended(let dueAt): (self.dueAt, askedUntil) = (dueAt, nil)
    case .replied(let outcome):
      state = .replied
      (self.outcome, reply, askedUntil) = (outcome, events, nil)
    case .replyPublished: published = events
    case .changed(let isPolicy):
      state = .changed
      if isPolicy { hasChangedPolicy = true }
    case .told: state = .told
    default: break
    }
  }

  /// Whether there is a reply that not everybody may read yet.
  var hasUnpublishedReply: Bool { reply.map { (published ?? 0) < $0 } ?? false }

  /// Whether the reply should have been there. Server time decides.
  func isOverdue(at moment: Timestamp) -> Bool { state == .sent && dueAt.map { moment >= $0 } ?? false }

  /// How far it is, of the steps of ``ReportState/way``, counted from nought.
  var position: Int { ReportState.way.firstIndex(of: state) ?? 0 }
}
