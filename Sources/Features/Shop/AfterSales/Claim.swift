import Database
package import Kernel

/// After-sales for one line of an order: what a household says is wrong with goods it collected, who is to answer, and what
/// came of it. Goods need not come back for it (field/commerce.md, "claim without return").
package struct Claim: Sendable, Equatable {
  package let id: ClaimID
  package let order: OrderID
  package let campaign: CampaignID
  package let household: HouseholdID
  package let reportedBy: PersonID
  /// Of the line in the order.
  package let position: Int
  package let merchant: MerchantID
  package let leader: PersonID
  package let fault: Fault
  /// How many of the pieces that were collected.
  package let pieces: Int64
  package let wish: Wish
  package let note: String
  package let hasPicture: Bool
  package let reportedAt: Timestamp
  package var state: State
  /// Who answers, or answered last.
  package var level: Level
  /// Until when the one who holds the claim is to act: answer it, bring the replacement, or confirm what came back.
  package var dueAt: Timestamp?
  /// What was given back for it so far.
  package var refunded: Money
  /// What is given back once the goods came back, and who bears it; nil in every other state.
  package var promised: Remedy.Refund?
  /// How many steps it has: a form that shows fewer is stale.
  package var sequence: Int64
  /// Whether it is about a visit: then no leader has a part in it, and nothing is handed over or sent back.
  package var isVisit = false

  package enum Fault: String, Sendable, CaseIterable, Storable {
    case missing
    case spoiled
    case damaged
    case wrongItem = "wrong_item"
    case notAsDescribed = "not_as_described"
    /// Of a visit: done badly, not to the end, with damage, or charged too much.
    case doneBadly = "done_badly"
    case notFinished = "not_finished"
    case damageDone = "damage_done"
    case overcharged

    package var name: Phrase {
      switch self {
      case .missing: Phrase("少了", "Something is missing")
      case .spoiled: Phrase("坏了、不新鲜", "Spoiled or not fresh")
      case .damaged: Phrase("破了、压坏了", "Broken or crushed")
      case .wrongItem: Phrase("发错了", "Not what I ordered")
      case .notAsDescribed: Phrase("和说的不一样", "Not as described")
      case .doneBadly: Phrase("没做好", "Done badly")
      case .notFinished: Phrase("没做完", "Not finished")
      case .damageDone: Phrase("弄坏了东西", "Something was damaged")
      case .overcharged: Phrase("多收了钱", "Charged too much")
      }
    }

    /// What may be wrong with what was ordered: goods and visits fail in different ways.
    static func of(_ order: Order) -> [Fault] {
      order.booking == nil
        ? [.missing, .spoiled, .damaged, .wrongItem, .notAsDescribed]
        : [.doneBadly, .notFinished, .damageDone, .overcharged, .notAsDescribed]
    }
  }

  package enum Wish: String, Sendable, CaseIterable, Storable {
    case refund
    case replacement

    package var name: Phrase {
      switch self {
      case .refund: Phrase("退钱", "My money back")
      case .replacement: Phrase("换一份好的", "A replacement")
      }
    }
  }

  package enum State: String, Sendable, CaseIterable, Storable {
    /// Waits for an answer.
    case open
    /// A replacement was promised; if it does not come in time, the money goes back.
    case replacing
    /// The money goes back as soon as the goods did.
    case returning
    case refunded
    case replaced
    case declined
    /// Taken back by the household.
    case withdrawn

    package var name: Phrase {
      switch self {
      case .open: Phrase("等答复", "Waiting for an answer")
      case .replacing: Phrase("答应换货", "Replacement promised")
      case .returning: Phrase("等退回东西", "Waiting for the goods")
      case .refunded: Phrase("已退钱", "Money given back")
      case .replaced: Phrase("已换货", "Replaced")
      case .declined: Phrase("没有同意", "Not agreed to")
      case .withdrawn: Phrase("已撤回", "Taken back")
      }
    }

    /// Whether somebody still has to act.
    package var isPending: Bool { self == .open || self == .replacing || self == .returning }
  }

  /// Who answers, one after the other: whoever does not answer in time is passed over.
  package enum Level: String, Sendable, CaseIterable, Comparable, Storable {
    case leader
    case merchant
    case committee

    package var next: Level? {
      switch self {
      case .leader: .merchant
      case .merchant: .committee
      case .committee: nil
      }
    }

    /// How long each has, published on the pages of leaders and merchants.
    package var answerTime: Duration {
      switch self {
      case .leader, .merchant: .hours(24)
      case .committee: .hours(72)
      }
    }

    package var name: Phrase {
      switch self {
      case .leader: Phrase("团长", "The leader")
      case .merchant: Phrase("商户", "The merchant")
      case .committee: Phrase("居委会", "The committee")
      }
    }

    private var rank: Int { self == .leader ? 0 : self == .merchant ? 1 : 2 }
    package static func < (left: Level, right: Level) -> Bool { left.rank < right.rank }
  }
}

/// How a claim is answered.
package enum Remedy: Sendable, Equatable {
  case refund(Refund)
  /// The same goods again, at no cost to the household, by then at the latest.
  case replacement(until: Timestamp)
  case decline(reason: String)

  package struct Refund: Sendable, Equatable {
    package let amount: Money
    package let bearer: Bearer
    /// Whether the goods are to come back first.
    package let isOnReturn: Bool

    package init(amount: Money, bearer: Bearer, isOnReturn: Bool = false) {
      self.amount = amount
      self.bearer = bearer
      self.isOnReturn = isOnReturn
    }
  }

  /// Who pays for what is given back.
  package enum Bearer: String, Sendable, CaseIterable, Storable {
    /// The goods count as returned: the merchant is charged back, and all who had a part in them lose it with him.
    case merchant
    /// The leader, as when goods were kept warm or handed to the wrong neighbour; the merchant keeps the sale.
    case leader
    case community

    package var name: Phrase {
      switch self {
      case .merchant: Phrase("商户承担（算退货）", "The merchant, as goods returned")
      case .leader: Phrase("团长承担", "The leader")
      case .community: Phrase("社区承担", "The community")
      }
    }
  }

  package static let reasonLength = 4...300
  package static let longestReplacement = Duration.days(14)
}

/// One thing that happened in a claim. Steps are only ever added.
package struct ClaimStep: Sendable, Equatable {
  package let id: ClaimStepID
  /// 1, 2, 3 … within the claim.
  package let sequence: Int64
  package let what: What
  /// Who was to answer when it happened.
  package let level: Claim.Level
  /// Nil for what happened by itself.
  package let actor: PersonID?
  package let at: Timestamp
  package let amount: Money
  package let bearer: Remedy.Bearer?
  package let note: String

  package enum What: String, Sendable, CaseIterable, Storable {
    case reported
    /// Not answered in time.
    case escalated
    case refundPromised = "refund_promised"
    case refunded
    case replacementPromised = "replacement_promised"
    case replaced
    case declined
    /// The household is not content with the answer.
    case appealed
    case withdrawn

    package var name: Phrase {
      switch self {
      case .reported: Phrase("报了问题", "Reported")
      case .escalated: Phrase("没有按时答复，转给下一级", "Not answered in time; passed on")
      case .refundPromised: Phrase("答应退回东西后退钱", "Money promised once the goods are back")
      case .refunded: Phrase("退钱", "Money given back")
      case .replacementPromised: Phrase("答应换货", "Replacement promised")
      case .replaced: Phrase("换的东西交到手了", "Replacement handed over")
      case .declined: Phrase("没有同意", "Not agreed to")
      case .appealed: Phrase("不满意答复，请下一级看", "Not content; asked the next level")
      case .withdrawn: Phrase("撤回了", "Taken back")
      }
    }
  }
}

/// What a household reports.
package struct ClaimReport: Sendable, Equatable {
  package let order: OrderID
  package let position: Int
  package let fault: Claim.Fault
  /// Nil for all that may be reported.
  package let pieces: Int64?
  package let wish: Claim.Wish
  /// At most 500 characters; empty for none.
  package let note: String

  package init(
    order: OrderID, position: Int, fault: Claim.Fault, pieces: Int64? = nil, wish: Claim.Wish = .refund,
    note: String = ""
  ) {
    self.order = order
    self.position = position
    self.fault = fault
    self.pieces = pieces
    self.wish = wish
    self.note = note
  }
}
