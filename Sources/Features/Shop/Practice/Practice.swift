import Database
package import Kernel

/// What a learner can manage in the practice shop, in the order in which it is learned.
/// Source: issue 4, "Practice shop"; paper 5.2 技能提升小组.
package enum PracticeStep: String, Sendable, CaseIterable, Storable {
  case findShop = "find_shop"
  case search
  case choose
  case comparePrice = "compare_price"
  case checkTotal = "check_total"
  case order
  case change
  case seeCode = "see_code"
  case cancel
  case claim
  case fakeLink = "fake_link"
  case wrongTotal = "wrong_total"
  case tickedExtra = "ticked_extra"
  case refundCall = "refund_call"

  package var name: Phrase {
    switch self {
    case .findShop: Phrase("找到店里的团购", "Find the group-buys")
    case .search: Phrase("搜一样东西", "Search for something")
    case .choose: Phrase("挑东西放进菜篮", "Choose something")
    case .comparePrice: Phrase("看一斤多少钱", "See the price for a jin")
    case .checkTotal: Phrase("核对总数", "Check the total")
    case .order: Phrase("下一单", "Place an order")
    case .change: Phrase("改一单", "Change an order")
    case .seeCode: Phrase("找到取货码", "Find the pickup code")
    case .cancel: Phrase("取消一单", "Cancel an order")
    case .claim: Phrase("东西有问题，报一次", "Report something wrong")
    case .fakeLink: Phrase("认出假链接", "Spot a fake link")
    case .wrongTotal: Phrase("发现总数不对", "Notice a wrong total")
    case .tickedExtra: Phrase("发现偷偷勾上的收费", "Notice an extra that was ticked for you")
    case .refundCall: Phrase("不上假退款电话的当", "See through a fake refund call")
    }
  }

  /// What the shop learns from its own events.
  static let events: [String: PracticeStep] = [
    "shop.order_placed": .order, "shop.order_changed": .change, "shop.order_cancelled": .cancel,
    "shop.claim_reported": .claim,
  ]

  /// Whether the shop sees it being done. Nobody but the learner and whoever sits beside can say whether a price was
  /// compared or a total added up.
  var isSeen: Bool { self != .comparePrice && self != .checkTotal }

  /// Where in the shop it is done.
  var place: String {
    switch self {
    case .findShop, .choose, .comparePrice: "/campaigns"
    case .search: "/search"
    case .checkTotal, .order: "/basket"
    case .change, .seeCode, .cancel, .claim: "/orders"
    case .fakeLink, .wrongTotal, .tickedExtra, .refundCall: "/practice/traps/\(rawValue)"
    }
  }

  /// The steps that are traps.
  static let traps: [PracticeStep] = [.fakeLink, .wrongTotal, .tickedExtra, .refundCall]
}

/// How a learner managed a step; each level is more than the one before.
package enum PracticeLevel: String, Sendable, CaseIterable, Comparable, Storable {
  case watched
  case together
  case helpNear = "help_near"
  case alone

  package var name: Phrase {
    switch self {
    case .watched: Phrase("看别人做", "Watched")
    case .together: Phrase("一起做", "Together")
    case .helpNear: Phrase("有人在旁边", "With help near")
    case .alone: Phrase("自己做", "Alone")
    }
  }

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  package static func < (left: PracticeLevel, right: PracticeLevel) -> Bool { left.rank < right.rank }
}

/// Who says that a step was managed.
package enum PracticeWitness: Sendable, Equatable {
  /// The shop saw it.
  case shop
  /// The learner says so.
  case learner
  case teacher(PersonID)
}

/// A practice shop beside its live community.
package struct PracticeShop: Sendable, Equatable {
  package let community: CommunityID
  package let live: CommunityID
  /// The made-up leader of its group-buys.
  package let leader: PersonID
}

/// A learner as staff see them: a code and no more.
package struct PracticeLearnerEntry: Sendable, Equatable {
  package let person: PersonID
  package let code: String
  package let handedOutAt: Timestamp
  package let forgetAt: Timestamp
  package var levels: [PracticeStep: PracticeLevel]
  /// When the shop first saw a step being done; what people said about it alone is left out.
  package var seen: [PracticeStep: Timestamp]

  /// How long a code and everything under it are kept.
  package static let keepingTime = Duration.days(180)
}

extension Problem {
  static let practiceExists = Problem(
    "practice.exists", status: 409,
    Phrase("这个社区已经有练习店了。", "This community has its practice shop already."))

  static let practiceMissing = Problem(
    "practice.missing", status: 409,
    Phrase("还没有练习店。", "There is no practice shop yet."),
    advice: Phrase("请系统管理员先建一个。", "Please ask the operator to make one."))
}
