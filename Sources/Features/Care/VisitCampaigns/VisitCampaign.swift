import Database
package import Kernel
package import People

/// Why doors are visited. Source: field/socialwork.md §2.3 (入户宣讲), §2.5, §4.6.
package enum VisitPurpose: String, Sendable, CaseIterable, Storable {
  case policy
  case checkIn = "check_in"
  case needs
  case scam
  case other

  package var name: Phrase {
    switch self {
    case .policy: Phrase("入户宣讲", "Telling of a policy")
    case .checkIn: Phrase("探访", "Checking in")
    case .needs: Phrase("需求了解", "Asking what is needed")
    case .scam: Phrase("防骗提醒", "Warning of scams")
    case .other: Phrase("其他", "Something else")
    }
  }
}

/// What a campaign is about, as one version of its papers has it.
package struct VisitTerms: Sendable, Equatable {
  package var purpose: VisitPurpose
  package var title: String
  /// What is to be done at each door, in a few words: it stands on the card that a volunteer carries.
  package var task: String
  /// What may be said at the door.
  package var phrase: String
  package var questions: [VisitQuestion]
  /// The beginning of the first day.
  package var startsAt: Timestamp
  /// The end of the last day.
  package var endsAt: Timestamp
  /// The social worker who runs it.
  package var runner: PersonID
  package var supervisor: PersonID

  package init(
    purpose: VisitPurpose, title: String, task: String, phrase: String, questions: [VisitQuestion],
    startsAt: Timestamp, endsAt: Timestamp, runner: PersonID, supervisor: PersonID
  ) {
    self.purpose = purpose
    self.title = title
    self.task = task
    self.phrase = phrase
    self.questions = questions
    self.startsAt = startsAt
    self.endsAt = endsAt
    self.runner = runner
    self.supervisor = supervisor
  }
}

/// A campaign of door visits as it stands.
package struct VisitCampaign: Sendable, Equatable {
  package let id: VisitCampaignID
  package let createdAt: Timestamp
  package let createdBy: Actor
  package var state: State
  package var terms: VisitTerms
  /// Of the terms: 1, 2, 3 …
  package var version: Int64
  /// How many events there are: a form that saw fewer is stale.
  package var events: Int64

  package enum State: String, Sendable, CaseIterable, Storable {
    case draft
    case running
    case finished

    package var name: Phrase {
      switch self {
      case .draft: Phrase("在准备", "Being prepared")
      case .running: Phrase("正在走访", "Under way")
      case .finished: Phrase("已结束", "Finished")
      }
    }
  }

  /// Whether doors may be knocked at now: it was started, and its days are not over. Only then do visitors see their doors.
  package func isRunning(at moment: Timestamp) -> Bool {
    state == .running && moment >= terms.startsAt && moment < terms.endsAt
  }

  /// The campaign after one more event: the only way in which it changes.
  package func after(_ event: VisitEvent) -> VisitCampaign {
    var campaign = self
    campaign.events += 1
    switch event.what {
    case .written(let version, let terms):
      campaign.version = version
      campaign.terms = terms
    case .started: campaign.state = .running
    case .finished: campaign.state = .finished
    }
    return campaign
  }
}

package typealias VisitEvent = CareEvent<VisitHappening>

/// What changed where a campaign stands.
package enum VisitHappening: Sendable, Equatable {
  /// Its papers were written; the first version makes the campaign.
  case written(version: Int64, VisitTerms)
  case started
  case finished
}

/// What may be done with a campaign.
package enum VisitRules {
  /// A few simple questions: more is a survey.
  package static let questionLimit = 8
  package static let doorLimit = 2000
  /// The longest that one campaign may last.
  package static let longest = Duration.days(92)
  /// For how long after its last day reports are still taken that a telephone kept.
  package static let lateTerm = Duration.days(30)
  /// The longest that a telephone shows its copy of the doors.
  package static let copyTerm = Duration.hours(24)

  /// Why a campaign may not get these terms, or nil.
  ///
  /// - Parameter hasOutcomes: whether somebody has answered already: the questions are then what was asked.
  package static func refusal(
    toGive terms: VisitTerms, to campaign: VisitCampaign, hasOutcomes: Bool
  ) -> Problem? {
    if campaign.state == .finished { return .visitNotPossible }
    return hasOutcomes && terms.questions != campaign.terms.questions ? .visitQuestionsFrozen : nil
  }

  package static func refusal(toStart campaign: VisitCampaign, doors: Int, at now: Timestamp) -> Problem? {
    if campaign.state != .draft { return .visitNotPossible }
    if doors == 0 { return .visitEmpty }
    return now >= campaign.terms.endsAt ? .visitDaysOver : nil
  }

  package static func refusal(toFinish campaign: VisitCampaign) -> Problem? {
    campaign.state == .running ? nil : .visitNotPossible
  }

  package static func refusal(toArrange campaign: VisitCampaign) -> Problem? {
    campaign.state == .finished ? .visitNotPossible : nil
  }

  /// Whether a report still counts that was kept on a telephone.
  package static func takesReports(_ campaign: VisitCampaign, at now: Timestamp) -> Bool {
    campaign.state != .draft && now < campaign.terms.endsAt + lateTerm
  }

  /// For how long a telephone may show its copy: a day, and never beyond the last day.
  package static func copyTerm(of campaign: VisitCampaign, at now: Timestamp) -> Duration {
    min(copyTerm, max(.seconds(1), campaign.terms.endsAt - now))
  }
}

extension Problem {
  static let visitNotPossible = Problem(
    "visit.not_possible", status: 409,
    Phrase("这次走访现在不能这样改。", "The visits cannot be changed like this now."),
    advice: Phrase("请刷新页面，看看它现在是什么状态。", "Please reload the page to see how they stand."))

  static let visitStale = Problem(
    "visit.stale", status: 409,
    Phrase("这次走访刚刚有了变化。", "Something has just changed here."),
    advice: Phrase("请看一眼新的情况，再提交一次。", "Please look at it once more and send again."))

  static let visitQuestionsFrozen = Problem(
    "visit.questions_frozen", status: 409,
    Phrase("已经有人回答了，问题不能再改。", "Somebody has answered already, so the questions stay as they are."),
    advice: Phrase("要问别的，请另开一次走访。", "To ask something else, please begin another campaign."))

  static let visitEmpty = Problem(
    "visit.empty", status: 409,
    Phrase("名单上还没有人家。", "There is no household on the list yet."),
    advice: Phrase("请先选要走访的人家。", "Please choose the households first."))

  static let visitDaysOver = Problem(
    "visit.days_over", status: 409,
    Phrase("走访的日子已经过了。", "The days of these visits are over."),
    advice: Phrase("请先改日期。", "Please change the dates first."))

  static let visitNotRunning = Problem(
    "visit.not_running", status: 409,
    Phrase("走访没有在进行，任务卡不能打印。", "The visits are not under way, so no cards are printed."),
    advice: Phrase(
      "开始以后、结束之前才打印，名字和门牌不多落在纸上。",
      "They are printed only while it runs, so that no names and doors lie about."))

  static let visitOver = Problem(
    "visit.over", status: 409,
    Phrase("这次走访早就结束了，不再收记录。", "These visits ended long ago; nothing more is taken."),
    advice: Phrase("请直接告诉主办的社工。", "Please tell the worker who ran them."))
}
