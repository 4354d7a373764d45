package import Kernel

/// Who has a part in what a campaign sells, and until when goods may be returned. Fixed once the campaign is published, so
/// that every order of it was placed under the same terms; what is left of the price belongs to the merchants.
package struct CampaignTerms: Sendable, Equatable {
  /// The leader's part of goods that were collected and kept.
  package var commission: Rate
  /// The community's own part, as it stood when the campaign was published.
  package var platform: Rate
  /// Who brings the goods, and the part of that.
  package var carrier: Carrier?
  /// The fund that has a part in what is sold, and the part.
  package var fund: FundPart?
  /// How long after the pickup window goods may be returned; parts are paid out after it. 24 hours to 30 days.
  package var returnHours: Int64
  /// The part of the price that is kept of goods which were paid for and not fetched; the rest goes back by itself.
  package var uncollected: Rate

  package struct Carrier: Sendable, Equatable {
    package let person: PersonID
    package let rate: Rate

    package init(person: PersonID, rate: Rate) {
      self.person = person
      self.rate = rate
    }
  }

  package struct FundPart: Sendable, Equatable {
    package let fund: FundID
    package let rate: Rate

    package init(fund: FundID, rate: Rate) {
      self.fund = fund
      self.rate = rate
    }
  }

  package init(
    commission: Rate = .none, platform: Rate = .none, carrier: Carrier? = nil, fund: FundPart? = nil,
    returnHours: Int64 = 48, uncollected: Rate = .none
  ) {
    self.uncollected = uncollected
    self.commission = commission
    self.platform = platform
    self.carrier = carrier
    self.fund = fund
    self.returnHours = returnHours
  }

  /// The most that a leader may take: beyond it the neighbours pay for the leader rather than for the goods.
  package static let commissionLimit = Rate(basisPoints: 3_000) ?? .none
  /// The most that a carrier may have.
  package static let carrierLimit = Rate(basisPoints: 1_000) ?? .none
  /// The most that a fund may have.
  package static let fundLimit = Rate(basisPoints: 1_000) ?? .none
  package static let returnHoursRange: ClosedRange<Int64> = 24...720
  package static let uncollectedLimit = Rate(basisPoints: Rate.whole) ?? .none
}

extension Campaign {
  /// Until when goods of this campaign may be returned.
  package var returnsUntil: Timestamp { pickupUntil + .hours(terms.returnHours) }
}

extension CampaignTerms {
  /// The parts that are taken of one order: whoever ordered it under a mandate earns nothing by it, so the merchants keep
  /// that part. A slip that the principal's helper keys stands under the mandate as well. Source: the professional ethics of
  /// social work, field/socialwork.md §2.15.
  func earning(on order: Order, leader: PersonID) -> CampaignTerms {
    var terms = self
    if order.isHelped(by: leader) { terms.commission = .none }
    if let carrier, order.isHelped(by: carrier.person) { terms.carrier = nil }
    return terms
  }
}
