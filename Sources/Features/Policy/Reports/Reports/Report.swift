package import Kernel
import People

/// A report (居民报告): a question, what was found out, what is asked of a department, and what came of it.
///
/// Source: field/socialwork.md §2.8 and the founding paper, 5.1.
package struct Report: Sendable, Equatable {
  package let id: ReportID
  let number: ReportNumber
  let plan: ReportPlan
  /// The report in a few sentences, for whoever reads nothing else; empty while it is not written.
  let summary: String
  let authors: Set<PersonID>
  /// Who approves it: none of the authors.
  let supervisor: PersonID
  let madeAt: Timestamp
  let madeBy: Actor
  var standing: ReportStanding
}

/// `2026-3`: the third report of the year.
struct ReportNumber: Sendable, Hashable, CustomStringConvertible {
  /// On the calendar of the community.
  let year: Int
  /// 1, 2, 3 …
  let serial: Int

  var description: String { "\(year)-\(serial)" }
}

/// How a question is to be answered: written before anything is counted.
package struct ReportPlan: Sendable, Equatable {
  static let titleLength = 1...60
  static let questionLength = 1...500
  static let reachLength = 1...500

  let title: String
  let question: String
  let methods: Set<ReportMethod>
  /// Who is to be reached and how; who cannot be is said as well.
  let reach: String
  /// The first and the last day of asking.
  let from: PolicyDay
  let to: PolicyDay

  package init(
    title: String, question: String, methods: Set<ReportMethod>, reach: String, from: PolicyDay,
    to: PolicyDay
  ) {
    self.title = title
    self.question = question
    self.methods = methods
    self.reach = reach
    self.from = from
    self.to = to
  }
}

/// A way of finding something out. Source: field/socialwork.md §2.8.
package enum ReportMethod: String, Sendable, CaseIterable {
  case questionnaire
  case interview
  case meeting
  case observation
  case records

  var name: Phrase {
    switch self {
    case .questionnaire: Phrase("问卷", "Questionnaire")
    case .interview: Phrase("访谈", "Interviews")
    case .meeting: Phrase("开会听意见", "Meetings")
    case .observation: Phrase("实地观察", "Observation")
    case .records: Phrase("已有的记录", "Records")
    }
  }
}

/// How far a report is.
enum ReportState: String, Sendable, CaseIterable {
  /// The question and the plan are written; evidence is being chosen.
  case planned
  /// The evidence is locked.
  case evidence
  case findings
  case recommendations
  /// The draft is complete and goes to residents.
  case complete
  /// Residents heard it and had their say.
  case checked
  case approved
  /// With a department.
  case sent
  case replied
  /// It is on record what changed, or that nothing did.
  case changed
  /// Residents were told what came of it.
  case told
  /// Given up before it was sent.
  case dropped

  var name: Phrase {
    switch self {
    case .planned: Phrase("定了要问什么", "Planned")
    case .evidence: Phrase("资料收齐了", "Evidence locked")
    case .findings: Phrase("写出了发现", "Findings written")
    case .recommendations: Phrase("写出了建议", "Recommendations written")
    case .complete: Phrase("草稿写好，念给居民听", "Draft complete, with residents")
    case .checked: Phrase("居民听过了", "Checked by residents")
    case .approved: Phrase("督导同意了", "Approved")
    case .sent: Phrase("送到部门，等答复", "With a department")
    case .replied: Phrase("部门答复了", "Replied")
    case .changed: Phrase("改了什么记下了", "Outcome recorded")
    case .told: Phrase("告诉居民了", "Residents told")
    case .dropped: Phrase("不做了", "Given up")
    }
  }

  /// The way that a report takes, for the line of steps.
  static let way = allCases.filter { $0 != .dropped }

  /// Whether the document may still be written.
  var isDraft: Bool {
    switch self {
    case .planned, .evidence, .findings, .recommendations: true
    default: false
    }
  }

  /// Whether the document is out of the house: it never changes again.
  var isOut: Bool {
    switch self {
    case .sent, .replied, .changed, .told: true
    default: false
    }
  }
}

/// What a department answers, to the whole and to each recommendation. Source: field/socialwork.md §2.8.
package enum ReportOutcome: String, Sendable, CaseIterable {
  case accepted
  case partly
  case refused
  /// The day passed and nothing came.
  case none

  var name: Phrase {
    switch self {
    case .accepted: Phrase("采纳", "Accepted")
    case .partly: Phrase("部分采纳", "Accepted in part")
    case .refused: Phrase("不采纳", "Refused")
    case .none: Phrase("没有答复", "No answer")
    }
  }

  /// What somebody can say; silence is none of it.
  static let said: [ReportOutcome] = [.accepted, .partly, .refused]
}

/// One step that a report took. It is never changed.
struct ReportEvent: Sendable, Equatable {
  let sequence: Int64
  let change: ReportChange
  let at: Timestamp
  let actor: Actor
}

/// What changed where a report stands.
package enum ReportChange: Sendable, Equatable {
  case planned
  case replanned
  /// - Parameter digest: over the digests of all evidence, in hexadecimal.
  case evidenceLocked(digest: String)
  case evidenceReopened(reason: String)
  case findingsDone
  case recommendationsDone
  /// - Parameters:
  ///   - digest: over the whole document, in hexadecimal: what is sent is what was read.
  ///   - asksCommittee: whether the committee is asked to read the draft, too.
  case completed(digest: String, asksCommittee: Bool)
  /// A round with residents that asks for no change.
  case checkedBack
  /// A round with residents, or the supervisor, sends it back to be written again.
  case sentBack(reason: String, bySupervisor: Bool)
  case approved
  case sent(dueAt: Timestamp)
  case timeAsked(until: Timestamp, reason: String)
  case extended(dueAt: Timestamp)
  case replied(ReportOutcome)
  /// Everybody may read the replies that came so far.
  case replyPublished
  /// - Parameter isPolicy: whether a new version of a policy came of it; otherwise it is on record why not.
  case changed(isPolicy: Bool)
  case told
  case dropped(reason: String)

  /// Its stored word.
  var step: Step {
    switch self {
    case .planned: .planned
    case .replanned: .replanned
    case .evidenceLocked: .evidenceLocked
    case .evidenceReopened: .evidenceReopened
    case .findingsDone: .findingsDone
    case .recommendationsDone: .recommendationsDone
    case .completed: .completed
    case .checkedBack: .checkedBack
    case .sentBack: .sentBack
    case .approved: .approved
    case .sent: .sent
    case .timeAsked: .timeAsked
    case .extended: .extended
    case .replied: .replied
    case .replyPublished: .replyPublished
    case .changed: .changed
    case .told: .told
    case .dropped: .dropped
    }
  }

  enum Step: String, Sendable, CaseIterable {
    case planned
    case replanned
    case evidenceLocked = "evidence_locked"
    case evidenceReopened = "evidence_reopened"
    case findingsDone = "findings_done"
    case recommendationsDone = "recommendations_done"
    case completed
    case checkedBack = "checked_back"
    case sentBack = "sent_back"
    case approved
    case sent
    case timeAsked = "time_asked"
    case extended
    case replied
    case replyPublished = "reply_published"
    case changed
    case told
    case dropped

    var name: Phrase {
      switch self {
      case .planned: Phrase("定了要问什么", "Planned")
      case .replanned: Phrase("改了打算", "Plan changed")
      case .evidenceLocked: Phrase("资料收齐、锁定", "Evidence locked")
      case .evidenceReopened: Phrase("重新收资料", "Evidence opened again")
      case .findingsDone: Phrase("写出了发现", "Findings written")
      case .recommendationsDone: Phrase("写出了建议", "Recommendations written")
      case .completed: Phrase("草稿写好了", "Draft complete")
      case .checkedBack: Phrase("念给居民听过", "Checked by residents")
      case .sentBack: Phrase("退回去再改", "Sent back to be changed")
      case .approved: Phrase("督导同意", "Approved by the supervisor")
      case .sent: Phrase("送到部门", "Sent to a department")
      case .timeAsked: Phrase("部门请求延期", "The department asked for more time")
      case .extended: Phrase("答应延期", "More time given")
      case .replied: Phrase("有了答复", "Replied")
      case .replyPublished: Phrase("公开了答复", "Reply published")
      case .changed: Phrase("记下改了什么", "Outcome recorded")
      case .told: Phrase("告诉居民", "Residents told")
      case .dropped: Phrase("不做了", "Given up")
      }
    }
  }
}
