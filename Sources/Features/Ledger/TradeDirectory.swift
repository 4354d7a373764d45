package import Database
package import Kernel

/// What the Ledger asks about campaigns, orders and merchants, in its own words, so that people read names and not numbers.
package struct TradeDirectory: Sendable {
  package struct Campaign: Sendable, Equatable {
    package let title: Phrase
    package let leader: PersonID
    /// When its goods were picked up: campaigns of one name come every week.
    package let pickupFrom: Timestamp

    package init(title: Phrase, leader: PersonID, pickupFrom: Timestamp) {
      self.title = title
      self.leader = leader
      self.pickupFrom = pickupFrom
    }
  }

  package struct Order: Sendable, Equatable {
    /// As people say it at the pickup table.
    package let number: Int64
    package let campaign: CampaignID
    package let person: PersonID

    package init(number: Int64, campaign: CampaignID, person: PersonID) {
      self.number = number
      self.campaign = campaign
      self.person = person
    }
  }

  let campaigns: @Sendable ([CampaignID], CommunityID, Snapshot) throws -> [CampaignID: Campaign]
  let orders: @Sendable ([OrderID], CommunityID, Snapshot) throws -> [OrderID: Order]
  let merchants: @Sendable ([MerchantID], CommunityID, Snapshot) throws -> [MerchantID: Phrase]
  /// The merchants that a person works for.
  let merchantsOf: @Sendable (PersonID, CommunityID, Snapshot) throws -> [MerchantID]

  package init(
    campaigns: @escaping @Sendable ([CampaignID], CommunityID, Snapshot) throws -> [CampaignID: Campaign],
    orders: @escaping @Sendable ([OrderID], CommunityID, Snapshot) throws -> [OrderID: Order],
    merchants: @escaping @Sendable ([MerchantID], CommunityID, Snapshot) throws -> [MerchantID: Phrase],
    merchantsOf: @escaping @Sendable (PersonID, CommunityID, Snapshot) throws -> [MerchantID]
  ) {
    self.campaigns = campaigns
    self.orders = orders
    self.merchants = merchants
    self.merchantsOf = merchantsOf
  }
}
