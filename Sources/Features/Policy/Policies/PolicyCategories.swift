package import Kernel

/// Whose policy it is. Source: socialwork.md §2.9.
package enum PolicyLevel: String, Sendable, Hashable, CaseIterable {
  case nation
  case province
  case city
  case district
  case street
  case neighbourhood

  package var name: Phrase {
    switch self {
    case .nation: Phrase("国家", "National")
    case .province: Phrase("省", "Provincial")
    case .city: Phrase("市", "City")
    case .district: Phrase("区", "District")
    case .street: Phrase("街道", "Street office")
    case .neighbourhood: Phrase("社区", "Neighbourhood")
    }
  }
}

/// What part of life it is about. Source: the founding paper, 5.1.
package enum PolicyField: String, Sendable, Hashable, CaseIterable {
  case elders
  case disability
  case work
  case relief
  case business
  case housing
  case health
  case family
  case schooling
  case other

  package var name: Phrase {
    switch self {
    case .elders: Phrase("养老", "Old age")
    case .disability: Phrase("助残", "Disability")
    case .work: Phrase("就业创业", "Jobs and starting a business")
    case .relief: Phrase("低保救助", "Relief")
    case .business: Phrase("商户经营", "Running a shop")
    case .housing: Phrase("住房", "Housing")
    case .health: Phrase("医疗", "Health care")
    case .family: Phrase("生育托幼", "Small children")
    case .schooling: Phrase("上学", "School")
    case .other: Phrase("其他", "Other")
    }
  }
}
