import Database
package import Kernel
package import People

/// The six stages of casework, in the words of the national standard MZ/T 094-2017 个案工作.
package enum CaseStage: String, Sendable, WorkStage {
  case intake
  case assessment
  case planning
  case intervention
  case evaluation
  case closure

  package var name: Phrase {
    switch self {
    case .intake: Phrase("接案", "Intake")
    case .assessment: Phrase("预估", "Assessment")
    case .planning: Phrase("计划", "Planning")
    case .intervention: Phrase("介入", "Intervention")
    case .evaluation: Phrase("评估", "Evaluation")
    case .closure: Phrase("结案", "Closure")
    }
  }
}

/// How a case stands beside its stage. It follows from what is recorded and is stored nowhere.
package enum CaseStatus: String, Sendable, CaseIterable {
  case waitingForWorker = "waiting_for_worker"
  case underReview = "under_review"
  case inService = "in_service"
  case withSupervisor = "with_supervisor"
  case beingReferred = "being_referred"
  case followUp = "follow_up"
  case closed
  case notOpened = "not_opened"

  package var name: Phrase {
    switch self {
    case .waitingForWorker: Phrase("待分派", "Waiting for a worker")
    case .underReview: Phrase("开案审查", "Under review")
    case .inService: Phrase("服务中", "In service")
    case .withSupervisor: Phrase("督导审核", "With the supervisor")
    case .beingReferred: Phrase("转介中", "Being referred")
    case .followUp: Phrase("后续跟进", "Followed up")
    case .closed: Phrase("已结案", "Closed")
    case .notOpened: Phrase("不开案", "Not opened")
    }
  }
}

/// What the matter is about, in the widest words.
package enum CaseField: String, Sendable, CaseIterable {
  case elder
  case child
  case disability
  case family
  case health
  case livelihood
  case other

  package var name: Phrase {
    switch self {
    case .elder: Phrase("老人", "Old age")
    case .child: Phrase("儿童青少年", "Children and youth")
    case .disability: Phrase("残疾", "Disability")
    case .family: Phrase("家庭关系", "Family")
    case .health: Phrase("健康", "Health")
    case .livelihood: Phrase("就业和生计", "Work and livelihood")
    case .other: Phrase("其他", "Other")
    }
  }
}

/// How the station came to know. Source: field/socialwork.md §2.1, after the case-source list of the Taiwan guide.
package enum CaseSource: String, Sendable, CaseIterable {
  case asked
  case organisation
  case outreach
  case neighbours
  case family
  case delivery
  case other

  package var name: Phrase {
    switch self {
    case .asked: Phrase("自行求助", "They asked themselves")
    case .organisation: Phrase("别的机构转来", "Another organisation")
    case .outreach: Phrase("社工主动发现", "A worker noticed")
    case .neighbours: Phrase("邻居反映", "Neighbours")
    case .family: Phrase("家属或监护人", "Family or guardian")
    case .delivery: Phrase("送货时没人应门", "Nobody answered when a bag came")
    case .other: Phrase("其他", "Other")
    }
  }
}

package enum CaseRisk: String, Sendable, CaseIterable {
  case low
  case middle
  case high

  package var name: Phrase {
    switch self {
    case .low: Phrase("低", "Low")
    case .middle: Phrase("中", "Middle")
    case .high: Phrase("高", "High")
    }
  }
}

/// How a case ended. Source: field/socialwork.md §2.1, after the closure list of OpenSPP.
package enum CaseOutcome: String, Sendable, CaseIterable {
  case goalsAchieved = "goals_achieved"
  case partly
  case disengaged
  case transferred
  case ineligible
  case deceased
  case lostContact = "lost_contact"
  case notOpened = "not_opened"
  case other

  package var name: Phrase {
    switch self {
    case .goalsAchieved: Phrase("目标达到了", "Goals achieved")
    case .partly: Phrase("达到了一部分", "Achieved in part")
    case .disengaged: Phrase("本人不想继续", "The person did not wish to go on")
    case .transferred: Phrase("转给了别的机构", "Handed to another organisation")
    case .ineligible: Phrase("不属于服务范围", "Outside the service")
    case .deceased: Phrase("本人去世", "The person died")
    case .lostContact: Phrase("联系不上", "Contact was lost")
    case .notOpened: Phrase("不开案", "Not opened")
    case .other: Phrase("其他", "Other")
    }
  }

  /// Whether it may end a case from this stage. Goals are met after they were looked back on; what was never opened is
  /// turned down at intake; everything else may end a case on the way.
  package func mayEnd(_ stage: CaseStage) -> Bool {
    switch self {
    case .goalsAchieved, .partly: stage == .evaluation
    case .notOpened: stage == .intake
    case .disengaged, .transferred, .ineligible, .deceased, .lostContact, .other: stage != .closure
    }
  }
}

/// Why somebody may be worked with who did not agree. Each names what it rests on; it is looked at by the supervisor.
package enum StatutoryBasis: String, Sendable, CaseIterable {
  case danger
  case domesticViolence = "domestic_violence"
  case minor
  case court

  package var name: Phrase {
    switch self {
    case .danger:
      Phrase("生命健康有紧急危险（个人信息保护法第十三条）", "Danger to life or health (PIPL art. 13)")
    case .domesticViolence:
      Phrase("家庭暴力（反家庭暴力法第十四条）", "Domestic violence (Domestic Violence Law art. 14)")
    case .minor:
      Phrase("未成年人受侵害（未成年人保护法第十一条）", "Harm to a minor (Protection of Minors Law art. 11)")
    case .court: Phrase("法院、公安的书面要求", "A written demand of court or police")
    }
  }
}

/// On what ground somebody is worked with now.
package enum CareBasis: Sendable, Equatable {
  case consented(ConsentID)
  case statutory(StatutoryBasis)
  /// They were not asked yet, said no, or took it back: nothing may be written but what ends the service.
  case none

  package var isGiven: Bool { self != .none }
}

extension CaseStage: Storable {}
extension CaseField: Storable {}
extension CaseSource: Storable {}
extension CaseRisk: Storable {}
extension CaseOutcome: Storable {}
extension StatutoryBasis: Storable {}
