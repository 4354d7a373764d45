import Database
package import Kernel

/// Something to be done in a case by a day.
package struct CaseTask: Sendable, Equatable {
  package let id: CaseTaskID
  package let caseID: CaseID
  package let kind: Kind
  package let dueAt: Timestamp
  package let createdAt: Timestamp
  package let endedAt: Timestamp?
  package let endedBy: PersonID?

  package enum Kind: String, Sendable, CaseIterable, Storable {
    case firstContact = "first_contact"
    case assessment
    case planning
    case review
    case followUp = "follow_up"
    case lookIn = "look_in"
    case copyAsked = "copy_asked"
    case correctionAsked = "correction_asked"

    /// Whether it is done by an answer to the client alone, and never ticked off.
    package var isRight: Bool { self == .copyAsked || self == .correctionAsked }

    package var name: Phrase {
      switch self {
      case .firstContact: Phrase("第一次联系", "First contact")
      case .assessment: Phrase("写预估", "Write the assessment")
      case .planning: Phrase("写计划", "Write the plan")
      case .review: Phrase("回顾个案", "Look the case over")
      case .followUp: Phrase("结案后回访", "Follow up after closure")
      case .lookIn: Phrase("送货没人应门，联系一下", "No answer at the door: get in touch")
      case .copyAsked: Phrase("本人要一份记录，答复", "The person asks for a copy: answer")
      case .correctionAsked: Phrase("本人要求更正，答复", "The person asks for a correction: answer")
      }
    }
  }

  package func isOverdue(at moment: Timestamp) -> Bool { endedAt == nil && dueAt <= moment }
}

/// What is to be done by when: pure functions. Source: field/socialwork.md §2.1 (tasks of assessment, plan, follow-up and
/// service after Primero; day offsets after CiviCase's activity sets).
package enum CaseTimeline {
  static let firstContact: Duration = .days(3)
  static let assessment: Duration = .days(14)
  static let planning: Duration = .days(14)
  static let followUps: [Duration] = [.days(30), .days(90)]
  /// A review of a case that nobody named a day for.
  static let review: Duration = .days(90)
  /// How long before its day a task is called near.
  package static let warning: Duration = .days(3)

  /// What an event of a case asks to be done.
  package static func tasks(after event: CaseEvent) -> [(kind: CaseTask.Kind, dueAt: Timestamp)] {
    switch event.what {
    case .assigned: [(.firstContact, event.at + firstContact)]
    case .moved(_, .assessment, _): [(.assessment, event.at + assessment)]
    case .moved(_, .planning, _): [(.planning, event.at + planning)]
    case .moved(_, .intervention, _): [(.review, event.at + review)]
    case .judged(_, _, let reviewAt): reviewAt.map { [(.review, $0)] } ?? []
    case .closed(_, let outcome, _):
      outcome.isFollowedUp ? followUps.map { (.followUp, event.at + $0) } : []
    case .created, .grounded, .moved, .reopened: []
    }
  }

  /// Which open tasks an event settles.
  package static func settled(by event: CaseEvent) -> Set<CaseTask.Kind> {
    switch event.what {
    case .moved(_, .planning, _): [.assessment]
    case .moved(_, .intervention, _): [.planning]
    case .judged: [.review]
    case .closed: [.firstContact, .assessment, .planning, .review, .lookIn]
    case .reopened: [.followUp]
    case .created, .assigned, .grounded, .moved: []
    }
  }
}

extension CaseOutcome {
  /// Whether somebody asks some months later how it goes.
  package var isFollowedUp: Bool {
    switch self {
    case .goalsAchieved, .partly, .disengaged, .transferred, .other: true
    case .ineligible, .deceased, .lostContact, .notOpened: false
    }
  }
}
