import Database
package import Kernel
package import People

/// One version of what client and worker mean to do: goals, how they are measured, who does what, the client's own part
/// included. A version is never changed: whoever wants it otherwise writes the next one.
package struct CarePlan: Sendable, Equatable {
  package let id: CarePlanID
  package let caseID: CaseID
  package let episode: Int64
  /// 1, 2, 3 … within the case.
  package let version: Int64
  package let text: CareTextID
  /// When it is to be looked over.
  package let reviewAt: Timestamp
  package let madeAt: Timestamp
  package let madeBy: PersonID
  package let events: [CarePlanEvent]

  package static let fields: [CareDocument.Field] = [
    .goals, .measures, .clientPart, .workerPart, .othersPart, .dates,
  ]
  package static let required: Set<CareDocument.Field> = [.goals, .measures, .clientPart, .workerPart]
}

package struct CarePlanEvent: Sendable, Equatable {
  /// What may happen to a version.
  package enum Kind: String, Sendable, CaseIterable, Storable {
    case submitted
    case approved
    case sentBack = "sent_back"
    case agreed
    case declined
    case revised
    case completed

    package var name: Phrase {
      switch self {
      case .submitted: Phrase("交给督导", "Given to the supervisor")
      case .approved: Phrase("督导批准", "Approved by the supervisor")
      case .sentBack: Phrase("督导退回", "Sent back by the supervisor")
      case .agreed: Phrase("本人同意", "The person agreed")
      case .declined: Phrase("本人不同意", "The person did not agree")
      case .revised: Phrase("换了新的一版", "Replaced by a new version")
      case .completed: Phrase("完成", "Completed")
      }
    }
  }

  package let kind: Kind
  package let at: Timestamp
  package let actor: Actor
  /// How the client said so; nil for what others did.
  package let method: PlanAgreement?
  package let text: CareTextID?
}

/// How a client says what they think of a plan.
package enum PlanAgreement: String, Sendable, CaseIterable, Storable {
  case ownPage = "own_page"
  case inPerson = "in_person"
  case byTelephone = "by_telephone"
  case onPaper = "on_paper"

  package var name: Phrase {
    switch self {
    case .ownPage: Phrase("在自己的页面上", "On their own page")
    case .inPerson: Phrase("当面说的", "Said in person")
    case .byTelephone: Phrase("电话里说的", "Said on the telephone")
    case .onPaper: Phrase("签了字的纸", "On signed paper")
    }
  }
}

/// How a version stands with the station.
package enum CarePlanState: String, Sendable, CaseIterable {
  case draft
  case pending
  case approved
  case sentBack = "sent_back"
  case revised
  case completed

  package var name: Phrase {
    switch self {
    case .draft: Phrase("草稿", "Draft")
    case .pending: Phrase("等督导", "With the supervisor")
    case .approved: Phrase("已批准", "Approved")
    case .sentBack: Phrase("退回修改", "Sent back")
    case .revised: Phrase("已被新版代替", "Replaced")
    case .completed: Phrase("已完成", "Completed")
    }
  }
}

extension CarePlan {
  /// What the station made of it. The client's own word stands beside it.
  package var state: CarePlanState {
    for event in events.reversed() {
      switch event.kind {
      case .submitted: return .pending
      case .approved: return .approved
      case .sentBack: return .sentBack
      case .revised: return .revised
      case .completed: return .completed
      case .agreed, .declined: continue
      }
    }
    return .draft
  }

  /// The client's last word; nil where they were not asked.
  package var clientAgreed: Bool? {
    events.last { $0.kind == .agreed || $0.kind == .declined }.map { $0.kind == .agreed }
  }

  /// Why this may not happen to the plan now, or nil: a pure function.
  ///
  /// - Parameter isSelfApproved: whether the actor holds the right to approve what they wrote themselves.
  package func refusal(of kind: CarePlanEvent.Kind, by actor: PersonID, isSelfApproved: Bool = false)
    -> Problem?
  {
    let open = state != .revised && state != .completed
    switch kind {
    case .submitted: return state == .draft || state == .sentBack ? nil : .planNotOpen
    case .approved, .sentBack:
      guard state == .pending else { return .planNotOpen }
      return actor == madeBy && !isSelfApproved ? .ownApproval : nil
    case .agreed, .declined: return open ? nil : .planNotOpen
    case .revised: return open ? nil : .planNotOpen
    case .completed: return state == .approved ? nil : .planNotOpen
    }
  }
}

extension Problem {
  static let planNotOpen = Problem(
    "plan.not_open", status: 409,
    Phrase("这份计划现在不能这样处理。", "This cannot be done with the plan now."),
    advice: Phrase("请刷新页面，看看它现在的状态。", "Please reload the page to see how it stands."))

  static let ownApproval = Problem(
    "approval.own", status: 403,
    Phrase("不能批准自己写的东西。", "Nobody approves what they wrote themselves."),
    advice: Phrase("请另一位督导来看。", "Please ask another supervisor."))
}
