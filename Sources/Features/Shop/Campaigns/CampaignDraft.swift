package import Kernel

/// What a campaign shall be: each field good, and good together.
package struct CampaignDraft: Sendable, Equatable {
  package var title: Phrase
  package var note: Phrase
  package var opensAt: Timestamp
  package var cutOffAt: Timestamp
  package var pickupPoint: PickupPointID
  package var pickupFrom: Timestamp
  package var pickupUntil: Timestamp
  package var minimum: Campaign.Minimum
  package var shortageRule: ShortageRule
  /// The leader's part, and how long goods may be returned.
  package var terms: CampaignTerms
  package var discountSteps: DiscountSteps
  /// Whether households or merchants order in it.
  package var audience: Campaign.Audience

  package init(
    title: Phrase, note: Phrase = Phrase(same: ""), opensAt: Timestamp, cutOffAt: Timestamp,
    pickupPoint: PickupPointID, pickupFrom: Timestamp, pickupUntil: Timestamp,
    minimum: Campaign.Minimum = .none, shortageRule: ShortageRule = .firstCome,
    terms: CampaignTerms = CampaignTerms(), discountSteps: DiscountSteps = .none,
    audience: Campaign.Audience = .households
  ) {
    self.title = title
    self.note = note
    self.opensAt = opensAt
    self.cutOffAt = cutOffAt
    self.pickupPoint = pickupPoint
    self.pickupFrom = pickupFrom
    self.pickupUntil = pickupUntil
    self.minimum = minimum
    self.shortageRule = shortageRule
    self.terms = terms
    self.discountSteps = discountSteps
    self.audience = audience
  }

  package init(_ campaign: Campaign) {
    self.init(
      title: campaign.title, note: campaign.note, opensAt: campaign.opensAt, cutOffAt: campaign.cutOffAt,
      pickupPoint: campaign.pickupPoint, pickupFrom: campaign.pickupFrom,
      pickupUntil: campaign.pickupUntil, minimum: campaign.minimum, shortageRule: campaign.shortageRule,
      terms: campaign.terms, discountSteps: campaign.discountSteps, audience: campaign.audience)
  }

  /// A campaign takes orders for at most so long, and goods come at most so long after the cut-off: beyond it a date
  /// is a typing mistake.
  static let longest = Duration.days(92)

  /// What is wrong with the windows, by field. The cut-off must lie ahead, since a campaign that opens closed
  /// helps nobody.
  func windowProblems(now: Timestamp) -> [FieldProblem] {
    var problems = Problems()
    if cutOffAt <= opensAt {
      problems.add("cut_off_at", Phrase("截单要晚于开团。", "The cut-off must come after the opening."))
    } else if cutOffAt - opensAt > Self.longest {
      problems.add("cut_off_at", Phrase("开团到截单最多三个月。", "At most three months from opening to cut-off."))
    } else if cutOffAt <= now {
      problems.add("cut_off_at", Phrase("截单时间已经过了。", "The cut-off has already passed."))
    }
    if pickupFrom < cutOffAt {
      problems.add("pickup_from", Phrase("取货要在截单之后开始。", "Pickup must begin after the cut-off."))
    } else if pickupFrom - cutOffAt > Self.longest {
      problems.add("pickup_from", Phrase("取货离截单最多三个月。", "Pickup at most three months after the cut-off."))
    }
    if pickupUntil <= pickupFrom {
      problems.add("pickup_until", Phrase("取货结束要晚于开始。", "Pickup must end after it begins."))
    } else if pickupUntil - pickupFrom > Self.longest {
      problems.add("pickup_until", Phrase("取货时段最多三个月。", "Pickup may last three months at most."))
    }
    return problems.fields
  }
}

/// What may be changed of a campaign that is published: nothing that anybody relied on when ordering.
package struct CampaignAmendment: Sendable, Equatable {
  package var note: Phrase
  package var cutOffAt: Timestamp

  package init(note: Phrase, cutOffAt: Timestamp) {
    self.note = note
    self.cutOffAt = cutOffAt
  }

  /// What is wrong with it, by field.
  func problems(with campaign: Campaign, now: Timestamp) -> [FieldProblem] {
    guard cutOffAt != campaign.cutOffAt else { return [] }
    var problems = Problems()
    if campaign.marks.closedAt != nil || campaign.cutOffAt <= now {
      problems.add(
        "cut_off_at", Phrase("已经截单，时间不能再改。", "The cut-off has passed and can no longer be moved."))
    } else if cutOffAt < now {
      problems.add("cut_off_at", Phrase("截单不能早于现在。", "The cut-off cannot lie before now."))
    } else if cutOffAt <= campaign.opensAt {
      problems.add("cut_off_at", Phrase("截单要晚于开团。", "The cut-off must come after the opening."))
    } else if cutOffAt > campaign.pickupFrom {
      problems.add(
        "cut_off_at", Phrase("截单不能晚于取货开始。", "The cut-off cannot come after pickup begins."))
    } else if cutOffAt - campaign.opensAt > CampaignDraft.longest {
      problems.add("cut_off_at", Phrase("开团到截单最多三个月。", "At most three months from opening to cut-off."))
    }
    return problems.fields
  }
}

/// What a campaign asks and promises for one variant.
package struct CampaignItemDraft: Sendable, Equatable {
  /// For one unit; above zero.
  package var price: Money
  package var stockKind: StockKind
  /// Units set aside; counts for limited stock only.
  package var units: Int64
  /// The most for one household; nil for no limit.
  package var householdLimit: Int64?
  /// The least that must be ordered in all; 0 for none.
  package var minimumQuantity: Int64
  /// Lower prices for everyone once so many are ordered in all.
  package var tiers: PriceTiers
  /// Whether the merchant supplies whole cases only.
  package var isByTheCase: Bool

  package static let unitLimit: Int64 = 1_000_000
  /// The most items in one campaign.
  package static let countLimit = 5_000

  /// - Throws: `form.invalid` naming the field that is out of range.
  package init(
    price: Money, stockKind: StockKind, units: Int64 = 0, householdLimit: Int64? = nil,
    minimumQuantity: Int64 = 0, tiers: PriceTiers = .none, isByTheCase: Bool = false
  ) throws {
    self.price = price
    self.stockKind = stockKind
    self.units = stockKind == .limited ? units : 0
    self.householdLimit = householdLimit
    self.minimumQuantity = minimumQuantity
    self.tiers = tiers
    self.isByTheCase = isByTheCase
    var problems = Problems()
    if price.minorUnits <= 0 {
      problems.add("price", Phrase("价格要大于 0。", "The price must be above zero."))
    }
    if !(0...Self.unitLimit).contains(units) {
      problems.add("units", Phrase("备货数请填 0 到 \(Self.unitLimit)。", "Units must be 0 to \(Self.unitLimit)."))
    }
    if let householdLimit, !(1...Order.quantityLimit).contains(householdLimit) {
      problems.add(
        "household_limit",
        Phrase("每户限购请填 1 到 \(Order.quantityLimit)。", "The limit must be 1 to \(Order.quantityLimit)."))
    }
    if !(0...Self.unitLimit).contains(minimumQuantity) {
      problems.add(
        "minimum_quantity",
        Phrase("起订量请填 0 到 \(Self.unitLimit)。", "The minimum must be 0 to \(Self.unitLimit)."))
    } else if stockKind == .limited, minimumQuantity > units {
      problems.add(
        "minimum_quantity", Phrase("起订量不能多于备货数。", "The minimum cannot exceed the units set aside."))
    }
    for refusal in tierRules.refusals(of: tiers.all) {
      problems.add(PriceTierForm.field(refusal.part, refusal.tier), refusal.message)
    }
    try problems.throwIfAny()
  }
  /// What its price tiers must keep to.
  var tierRules: PriceTierRules {
    PriceTierRules(price: price, minimum: minimumQuantity, units: stockKind == .limited ? units : nil)
  }
}
