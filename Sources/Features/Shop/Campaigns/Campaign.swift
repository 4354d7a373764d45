import Database
package import Kernel

/// One group-buy from opening to the last bag: who leads it, when it takes orders, where and when goods are picked up.
package struct Campaign: Sendable, Equatable {
  package let id: CampaignID
  package let community: CommunityID
  package let leader: PersonID
  package var title: Phrase
  package var note: Phrase
  /// Orders are taken from this moment …
  package var opensAt: Timestamp
  /// … until just before this one, by server time.
  package var cutOffAt: Timestamp
  package var pickupPoint: PickupPointID
  package var pickupFrom: Timestamp
  package var pickupUntil: Timestamp
  package var minimum: Minimum
  package var shortageRule: ShortageRule
  package var terms: CampaignTerms
  /// What is taken off of an order that comes to so much; fixed once the campaign is published.
  package var discountSteps: DiscountSteps
  /// Published with the campaign, so that anyone can replay a lottery.
  package let lotterySeed: String
  package var marks: Marks
  package let clonedFrom: CampaignID?
  /// The booking whose visit it is: such a campaign takes that order alone and is in no list; nil for group-buys.
  package var booking: BookingID?
  /// Whom it is for; fixed once it is published.
  package var audience: Audience = .households

  /// What has happened to the campaign; each is set once.
  package struct Marks: Sendable, Equatable {
    package var publishedAt: Timestamp?
    package var closedAt: Timestamp?
    /// The minimum was not reached: all orders were released.
    package var failedAt: Timestamp?
    package var cancelledAt: Timestamp?
    package var arrivedAt: Timestamp?
    package var finishedAt: Timestamp?

    package init() {}
  }

  /// What must be reached by the cut-off for the campaign to succeed.
  package enum Minimum: Sendable, Equatable {
    case none
    /// Distinct households with an order.
    case households(Int64)
    /// The sum of all orders.
    case amount(Money)
  }

  /// Where the campaign stands: derived from the clock and the marks, never stored.
  package enum Phase: String, Sendable, CaseIterable {
    /// Not published yet; only its leader sees it.
    case draft
    /// Published, not open yet.
    case upcoming
    case open
    /// Past the cut-off, the closing job has not marked it yet. Takes no orders.
    case closing
    /// Closed and succeeded; goods are on their way.
    case closed
    /// Goods have arrived and are shared out; pickup goes on.
    case pickup
    case finished
    /// The minimum was not reached.
    case failed
    case cancelled
  }

  package func phase(at now: Timestamp) -> Phase {
    if marks.cancelledAt != nil { return .cancelled }
    if marks.failedAt != nil { return .failed }
    if marks.finishedAt != nil { return .finished }
    if marks.arrivedAt != nil { return .pickup }
    if marks.closedAt != nil { return .closed }
    guard marks.publishedAt != nil else { return .draft }
    if now < opensAt { return .upcoming }
    return now < cutOffAt ? .open : .closing
  }

  /// Whether orders may be placed, changed and cancelled now.
  package func takesOrders(at now: Timestamp) -> Bool {
    phase(at: now) == .open
  }
}

/// Who gets the goods when less arrives than was ordered. The campaign names it before it opens.
package enum ShortageRule: String, Sendable, CaseIterable, Storable {
  /// In the order in which orders were placed.
  case firstCome = "first_come"
  /// In proportion to what was ordered, by largest remainder.
  case proRata = "pro_rata"
  /// In the order of a lottery whose seed was published with the campaign.
  case lottery
  /// Households that the community protects first, then in proportion.
  case needFirst = "need_first"

  package var name: Phrase {
    switch self {
    case .firstCome: Phrase("先到先得", "First come, first served")
    case .proRata: Phrase("按比例分", "Shared in proportion")
    case .lottery: Phrase("抽签（种子公开）", "Lottery with a published seed")
    case .needFirst: Phrase("先照顾有需要的家庭", "Households in need first")
    }
  }
}

/// A variant as one campaign offers it.
package struct CampaignItem: Sendable, Equatable {
  package let id: CampaignItemID
  package let campaign: CampaignID
  package var position: Int
  package let product: ProductID
  package let variant: VariantID
  package let merchant: MerchantID
  /// For one unit of the variant, or for the weight that `weighed` names; frozen once the campaign is published.
  package var price: Money
  /// How the variant was sold by weight when it was added.
  package let weighed: WeighedOffer?
  package var stockKind: StockKind
  /// The most that one household may order over all its orders in this campaign; nil for no limit.
  package var householdLimit: Int64?
  /// The least of this item that must be ordered in all for it to be supplied; 0 for none.
  package var minimumQuantity: Int64
  /// Pieces in a case where the merchant supplies whole cases only, as it was when the item was added; 1 otherwise.
  package var caseSize: Int64 = 1
  /// How many price tiers it has; fixed once the campaign is published.
  package var tierCount: Int64
  /// What the close made of its price tiers; nil before it, and for items without any.
  package var tierResult: PriceTierResult?

  /// What everyone pays: the item's own price, or from the close on the tier that was reached.
  package var settledPrice: Money { tierResult?.price ?? price }

  /// What so many cost as far as is known: an estimate where they are weighed.
  /// - Throws: `money.overflow`.
  package func expectedAmount(of pieces: Int64) throws -> Money {
    guard let weighed, pieces > 0 else { return try price.multiplied(by: pieces) }
    return try weighed.terms.estimate(of: pieces, at: price).high
  }
}

package enum StockKind: String, Sendable, CaseIterable, Storable {
  /// No more is sold than is on hand.
  case limited
  /// The merchant supplies whatever was ordered.
  case onDemand = "on_demand"
}
