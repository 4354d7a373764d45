import Database
package import Kernel

/// The five stages of group work, in the words of the national standard MZ/T 095-2017 社会工作方法 小组工作.
package enum GroupStage: String, Sendable, WorkStage, Storable {
  case preparation
  case formation
  case transition
  case maturity
  case ending

  package var name: Phrase {
    switch self {
    case .preparation: Phrase("筹备期", "Preparation")
    case .formation: Phrase("形成期", "Formation")
    case .transition: Phrase("转折期", "Transition")
    case .maturity: Phrase("成熟期", "Maturity")
    case .ending: Phrase("结束期", "Ending")
    }
  }

  /// The stages that lie behind, the nearest first.
  package var earlier: [GroupStage] { Self.allCases.filter { $0 < self }.reversed() }
}

/// What a group is for. Source: field/socialwork.md §2.2.
package enum GroupType: String, Sendable, CaseIterable, Storable {
  case education
  case growth
  case support
  case therapy
  case interest
  case mutualAid = "mutual_aid"
  case socialGoals = "social_goals"

  package var name: Phrase {
    switch self {
    case .education: Phrase("教育小组", "Education")
    case .growth: Phrase("成长小组", "Growth")
    case .support: Phrase("支持小组", "Support")
    case .therapy: Phrase("治疗小组", "Therapy")
    case .interest: Phrase("兴趣小组", "Common interest")
    case .mutualAid: Phrase("互助小组", "Mutual aid")
    case .socialGoals: Phrase("社会目标小组", "Social goals")
    }
  }
}
