import Database
package import Kernel
package import People

/// What a household needs again and again, until it says otherwise.
///
/// It names goods, not campaigns: whichever group-buy offers them when they are due gets the order, and goods that are
/// out of season wait until somebody offers them again. Source: field/commerce.md §7, no. 14.
package struct StandingOrder: Sendable, Equatable {
  /// How many goods it may name.
  package static let needLimit = 40

  package let id: StandingOrderID
  package let household: HouseholdID
  /// Whose orders follow from it: who wrote it, or for whom a helper did.
  package var person: PersonID
  package var word: Word
  package var needs: [StandingNeed]
  /// Nothing is ordered for a pickup before this moment; nil while it runs.
  package var pausedUntil: Timestamp?
  /// Grows with every change, so that two people who edit at once notice each other.
  package var revision: Int64
  package let since: Timestamp
  package var endedAt: Timestamp?

  /// On whose word it stands.
  package enum Word: Sendable, Equatable {
    /// The household's own.
    case own
    /// A helper wrote it down, and the person said yes to it.
    case mandate(MandateID, helper: PersonID, role: Role, confirmation: ConfirmationWay)
  }

  /// The mandate on which it stands, where this helper wrote it down.
  package func mandate(of helper: PersonID) -> MandateID? {
    if case .mandate(let id, helper, _, _) = word { id } else { nil }
  }

  /// Who orders when a group-buy opens, and in which role.
  package var actor: Actor {
    switch word {
    case .own: Actor(person: person, role: .resident)
    case .mandate(_, let helper, let role, _): Actor(person: helper, role: role)
    }
  }

  package func isPaused(for pickup: Timestamp) -> Bool { pausedUntil.map { pickup < $0 } ?? false }
}

/// One of the goods, how many, and how often.
package struct StandingNeed: Sendable, Hashable {
  package static let quantityRange: ClosedRange<Int64> = 1...99

  package let variant: VariantID
  package var quantity: Int64
  package var rhythm: StandingRhythm
  /// The most that is paid without asking the household again.
  package var price: StandingPrice

  package init(variant: VariantID, quantity: Int64, rhythm: StandingRhythm, price: StandingPrice) {
    self.variant = variant
    self.quantity = quantity
    self.rhythm = rhythm
    self.price = price
  }
}

/// How often a need comes back.
package enum StandingRhythm: String, Sendable, CaseIterable, Storable {
  case everyWeek = "every_week"
  case everyTwoWeeks = "every_two_weeks"
  case everyFourWeeks = "every_four_weeks"

  package var weeks: Int64 {
    switch self {
    case .everyWeek: 1
    case .everyTwoWeeks: 2
    case .everyFourWeeks: 4
    }
  }

  package var name: Phrase {
    switch self {
    case .everyWeek: Phrase("每周", "every week")
    case .everyTwoWeeks: Phrase("两周一次", "every two weeks")
    case .everyFourWeeks: Phrase("四周一次", "every four weeks")
    }
  }
}

/// What one unit costs, or so much weight of goods that are weighed.
package struct StandingPrice: Sendable, Hashable {
  package var amount: Money
  /// The weight that the price is for; nil for goods at one price a unit.
  package var basis: WeighedPrice.Basis?

  package init(_ amount: Money, per basis: WeighedPrice.Basis? = nil) {
    self.amount = amount
    self.basis = basis
  }

  /// Whether somebody who agreed to this pays that without being asked.
  package func covers(_ other: StandingPrice) -> Bool { basis == other.basis && other.amount <= amount }

  /// `¥3.50 / 斤`
  func words(_ unit: Unit) -> Phrase {
    let measure = basis?.name ?? unit.name
    return Phrase("\(amount.display)/\(measure.chinese)", "\(amount.display) / \(measure.english)")
  }
}

/// What became of a standing order in one campaign.
package struct StandingTurn: Sendable, Equatable {
  package let id: StandingTurnID
  package let standingOrder: StandingOrderID
  package let campaign: CampaignID
  package var order: OrderID?
  package var lines: [Line]
  /// Why the order desk took nothing; nil where it was not asked, or took it.
  package var refusal: Phrase?
  /// Grows with every time that the desk is asked.
  package var revision: Int64

  package struct Line: Sendable, Hashable {
    package let variant: VariantID
    package let item: CampaignItemID
    /// What the household needs.
    package var wanted: Int64
    /// What was ordered of it, or will be.
    package var quantity: Int64
    /// What the campaign asks for one.
    package var price: StandingPrice
    package var state: State
  }

  package enum State: String, Sendable, CaseIterable, Storable {
    /// To be ordered as soon as the campaign opens.
    case planned
    /// Dearer than agreed, or sold by another measure: the household is asked first.
    case asked
    /// Ordered, perhaps fewer than wanted.
    case ordered
    /// There was none left, or the household's limit was reached.
    case soldOut = "sold_out"
    /// The household does not want it this time.
    case declined
    /// The order desk refused the order.
    case refused
  }
}

/// What a helper wrote down for somebody and read back: it is nothing until the person says yes.
package struct StandingProposal: Sendable, Equatable {
  package let id: StandingProposalID
  package let person: PersonID
  package let household: HouseholdID
  package let helper: PersonID
  package let role: Role
  package let mandate: MandateID
  package let needs: [StandingNeed]
  package var state: AssistedOrder.State
  package let confirmation: ConfirmationWay?
  package let draftedAt: Timestamp
  /// Until when the person may say yes.
  package let expiresAt: Timestamp

  package func isOpen(at now: Timestamp) -> Bool { state == .waiting && now < expiresAt }
}

extension Problem {
  static let standingOrderStale = Problem(
    "standing_order.stale", status: 409,
    Phrase("固定单刚刚被改过。", "The standing order was changed a moment ago."),
    advice: Phrase("请看看现在的样子，再改一次。", "Please look at how it stands now and change it again."))

  static let standingOrderEmpty = Problem(
    "standing_order.empty", status: 422,
    Phrase("单子上还什么都没有。", "There is nothing on the list."),
    advice: Phrase("请至少写一样要的东西和数量。", "Please enter how many of at least one item."))

  static let standingProposalVoid = Problem(
    "standing_order.void", status: 409,
    Phrase("这张固定单已经不能确认了。", "This standing order can no longer be confirmed."),
    advice: Phrase("它可能已经作废或取消，请重新填一张。", "It may be void or declined; please write it down again."))

  static let standingListOfHousehold = Problem(
    "standing_order.of_household", status: 409,
    Phrase(
      "家里自己的固定单上有委托没包括的东西。", "The household's own list has goods that the mandate does not cover."),
    advice: Phrase(
      "您替写的单子会把它换掉，所以请他们自己改，或者先补委托。",
      "Your list would take its place: please let them change it themselves, or have the mandate extended first."
    ))

  static let standingQuestionOver = Problem(
    "standing_order.question_over", status: 409,
    Phrase("这个问题已经过去了。", "This question is over."),
    advice: Phrase("团购可能已经截单，或者已经回答过。", "The group-buy may have closed, or it was answered already."))
}
