import Kernel
import People

/// Something that is missing before a report may go on.
enum ReportGap: Sendable, Hashable {
  case evidence
  case finding
  case findingUnsupported(Int)
  case recommendation
  case recommendationUnsupported(Int)
  case recommendationAimless(Int)
  case summary
  case checkBack
  case answer(recommendation: Int)
  case publishedReply

  /// Said to whoever has to fill it.
  var name: Phrase {
    switch self {
    case .evidence: Phrase("还没有选资料", "no evidence is chosen")
    case .finding: Phrase("还没有写发现", "no finding is written")
    case .findingUnsupported(let number):
      Phrase("发现 \(number) 没有对应的资料", "finding \(number) rests on no evidence")
    case .recommendation: Phrase("还没有写建议", "no recommendation is written")
    case .recommendationUnsupported(let number):
      Phrase("建议 \(number) 没有对应的发现", "recommendation \(number) rests on no finding")
    case .recommendationAimless(let number):
      Phrase("建议 \(number) 没写是哪项政策", "recommendation \(number) names no policy")
    case .summary: Phrase("还没有写摘要", "the summary is not written")
    case .checkBack: Phrase("还没有念给居民听", "residents have not heard it yet")
    case .answer(let number):
      Phrase("建议 \(number) 没有答复", "recommendation \(number) has no answer")
    case .publishedReply: Phrase("答复还没有公开", "the reply is not published")
    }
  }
}

/// What stands in a report's document, as far as rules ask for it.
struct ReportContent: Sendable, Equatable {
  /// The numbers of its evidence.
  var evidence: Set<Int> = []
  var findings: [Finding] = []
  var recommendations: [Recommendation] = []
  var summary = ""
}

/// What may become of a report, and what has to be there first. Pure.
enum ReportRules {
  /// The longest that a reply may be given in advance, and be put off.
  static let longestTerm = Duration.days(366)

  // MARK: - What is missing

  /// Everything that is missing in the document before this step, in the order of the document.
  ///
  /// - Parameter isChecked: whether residents heard the present draft and asked for no change.
  static func gaps(
    before step: ReportChange.Step, in content: ReportContent, isChecked: Bool
  ) -> [ReportGap] {
    switch step {
    case .evidenceLocked: content.evidence.isEmpty ? [.evidence] : []
    case .findingsDone: findingGaps(content)
    case .recommendationsDone: findingGaps(content) + recommendationGaps(content)
    case .completed, .approved, .sent:
      (content.evidence.isEmpty ? [.evidence] : []) + findingGaps(content) + recommendationGaps(content)
        + (content.summary.isEmpty ? [.summary] : []) + (step != .completed && !isChecked ? [.checkBack] : [])
    default: []
    }
  }

  private static func findingGaps(_ content: ReportContent) -> [ReportGap] {
    if content.findings.isEmpty { return [.finding] }
    return content.findings.filter { $0.evidence.isDisjoint(with: content.evidence) }
      .map { .findingUnsupported($0.number) }
  }

  private static func recommendationGaps(_ content: ReportContent) -> [ReportGap] {
    if content.recommendations.isEmpty { return [.recommendation] }
    let findings = Set(content.findings.map(\.number))
    return content.recommendations.flatMap { recommendation -> [ReportGap] in
      (recommendation.findings.isDisjoint(with: findings)
        ? [.recommendationUnsupported(recommendation.number)] : [])
        + (recommendation.aim == nil ? [.recommendationAimless(recommendation.number)] : [])
    }
  }

  /// The recommendations that a reply leaves without an answer. Silence answers none.
  static func gaps(
    in answers: Set<Int>, to recommendations: [Int], of outcome: ReportOutcome
  ) -> [ReportGap] {
    outcome == .none
      ? [] : recommendations.filter { !answers.contains($0) }.map { .answer(recommendation: $0) }
  }

  // MARK: - What may happen

  /// Why this may not happen to a report, or nil.
  static func refusal(
    of change: ReportChange, to report: Report, by actor: Actor, at now: Timestamp
  ) -> Problem? {
    let standing = report.standing
    guard isNext(change.step, after: standing) else { return .reportNotPossible }
    switch change {
    case .approved where report.authors.contains(actor.person): return .reportOwnApproval
    case .approved, .sentBack(_, bySupervisor: true):
      return actor.person == report.supervisor && actor.role == .supervisor ? nil : .reportSupervisorOnly
    case .sent(let dueAt), .extended(let dueAt):
      return dueAt > now && dueAt <= now + longestTerm ? nil : .reportDueDay
    case .timeAsked(let until, _):
      let due = standing.dueAt ?? now
      return until > max(now, due) && until <= now + longestTerm ? nil : .reportDueDay
    case .replied(.none): return standing.isOverdue(at: now) ? nil : .reportNotDue
    case .told: return standing.hasUnpublishedReply ? .reportIncomplete([.publishedReply]) : nil
    default: return nil
    }
  }

  /// Whether a step follows where a report stands, whoever takes it.
  static func isNext(_ step: ReportChange.Step, after standing: ReportStanding) -> Bool {
    let state = standing.state
    return switch step {
    case .planned: standing.events == 0
    case .replanned, .evidenceLocked: state == .planned && standing.events > 0
    case .evidenceReopened: state == .evidence || state == .findings || state == .recommendations
    case .findingsDone: state == .evidence
    case .recommendationsDone: state == .findings
    case .completed: state == .recommendations
    case .checkedBack: state == .complete || state == .checked
    case .sentBack: state == .complete || state == .checked
    case .approved: state == .checked
    case .sent: state == .approved || state == .sent || state == .replied
    case .timeAsked, .replied: state == .sent
    case .extended: state == .sent
    // A first reply may be published while a second one is waited for.
    case .replyPublished: standing.hasUnpublishedReply && state != .told
    case .changed: state == .replied || state == .changed
    case .told: state == .changed
    case .dropped: standing.events > 0 && !state.isOut && state != .dropped
    }
  }
}

extension Problem {
  static let reportNotPossible = Problem(
    "report.not_possible", status: 409,
    Phrase("这份报告现在不能这样办。", "This cannot be done with the report now."),
    advice: Phrase("请刷新页面，看看它走到哪一步了。", "Please reload the page to see how far it is."))

  static let reportStale = Problem(
    "report.stale", status: 409,
    Phrase("这份报告刚刚有了变化。", "Something has just changed in this report."),
    advice: Phrase("请看一眼新的情况，再提交一次。", "Please look at it once more and send again."))

  static let reportOwnApproval = Problem(
    "report.own_approval", status: 403,
    Phrase("自己写的报告不能自己同意。", "Nobody approves a report of their own."),
    advice: Phrase("请另一位督导来看。", "Please have another supervisor look at it."))

  static let reportSupervisorOnly = Problem(
    "report.supervisor_only", status: 403,
    Phrase("这一步由这份报告的督导来做。", "This step is for the supervisor of this report."))

  static let reportDueDay = Problem(
    "report.due_day", status: 422,
    Phrase("请选以后一年以内的日子。", "Please choose a day within the next year."))

  static let reportNotDue = Problem(
    "report.not_due", status: 409,
    Phrase("答复的日子还没过。", "The day for the reply has not passed."),
    advice: Phrase("过了那一天还没有答复，再这样记。", "Note this once the day has passed without a reply."))

  static let reportLocked = Problem(
    "report.locked", status: 409,
    Phrase("这份报告已经写定，不能再改。", "The report is complete and is not changed any more."),
    advice: Phrase("要改，请督导退回来。", "To change it, have the supervisor send it back."))

  /// - Parameter gaps: what is missing, said all at once.
  static func reportIncomplete(_ gaps: [ReportGap]) -> Problem {
    let chinese = gaps.map(\.name.chinese).joined(separator: "；")
    let english = gaps.map(\.name.english).joined(separator: "; ")
    return Problem(
      "report.incomplete", status: 409, Phrase("还差：\(chinese)。", "Still missing: \(english)."),
      advice: Phrase("补上以后再走下一步。", "Please add it, then go on."))
  }
}
