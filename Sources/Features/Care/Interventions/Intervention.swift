import Database
package import Kernel

/// One thing that was done with or for a client.
package struct Intervention: Sendable, Equatable {
  package let id: InterventionID
  package let caseID: CaseID
  package let episode: Int64
  package let kind: Kind
  /// 1–1440
  package let minutes: Int64
  package let doneAt: Timestamp
  package let text: CareTextID
  package let recordedAt: Timestamp
  package let recordedBy: PersonID

  /// Source: field/socialwork.md §2.1.
  package enum Kind: String, Sendable, CaseIterable, Storable {
    case talk
    case homeVisit = "home_visit"
    case call
    case escort
    case assistedOrder = "assisted_order"
    case resources
    case referral
    case group

    package var name: Phrase {
      switch self {
      case .talk: Phrase("面谈", "Talk")
      case .homeVisit: Phrase("家访", "Home visit")
      case .call: Phrase("电访", "Telephone call")
      case .escort: Phrase("陪同", "Going along")
      case .assistedOrder: Phrase("陪同下单", "Ordering together")
      case .resources: Phrase("资源链接", "Linking resources")
      case .referral: Phrase("转介", "Referral")
      case .group: Phrase("小组", "Group")
      }
    }
  }

  package static let minutesRange: ClosedRange<Int64> = 1...1440
  package static let fields: [CareDocument.Field] = [.place, .happened, .next]
}
