package import Database
package import Kernel
package import People

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

  /// What an order asks for, for whoever wants to pay it.
  package struct Bill: Sendable, Equatable {
    package let campaign: CampaignID
    package let household: HouseholdID
    package let person: PersonID
    package let number: Int64
    /// What its goods cost as it stands now.
    package let total: Money
    /// False once it was cancelled, released or finished.
    package let isOpen: Bool

    package init(
      campaign: CampaignID, household: HouseholdID, person: PersonID, number: Int64, total: Money,
      isOpen: Bool
    ) {
      self.campaign = campaign
      self.household = household
      self.person = person
      self.number = number
      self.total = total
      self.isOpen = isOpen
    }
  }

  /// Nil when there is no such order in the community.
  let bill: @Sendable (OrderID, CommunityID, Snapshot) throws -> Bill?
  /// Money came for an order: it says now whether it is paid, and what is too much is promised back.
  let paymentCame: @Sendable (OrderID, Actor, Transaction) throws -> Void
  let campaigns: @Sendable ([CampaignID], CommunityID, Snapshot) throws -> [CampaignID: Campaign]
  let orders: @Sendable ([OrderID], CommunityID, Snapshot) throws -> [OrderID: Order]
  let merchants: @Sendable ([MerchantID], CommunityID, Snapshot) throws -> [MerchantID: Phrase]
  /// The merchants that a person works for.
  let merchantsOf: @Sendable (PersonID, CommunityID, Snapshot) throws -> [MerchantID]
  /// The campaigns that people speak of, the latest first.
  let recentCampaigns: @Sendable (CommunityID, Snapshot) throws -> [CampaignID]
  /// The campaigns that a person leads, whatever became of them.
  let ledBy: @Sendable (PersonID, CommunityID, Snapshot) throws -> [CampaignID]
  /// The order with this number in the campaign; nil when there is none.
  let orderNumbered: @Sendable (Int64, CampaignID, CommunityID, Snapshot) throws -> OrderID?
  /// Selects the identifiers of the orders that are a person's, for a place behind `IN`: payments name orders alone.
  let ordersOf: @Sendable (DataSubject) -> Query

  package init(
    bill: @escaping @Sendable (OrderID, CommunityID, Snapshot) throws -> Bill?,
    paymentCame: @escaping @Sendable (OrderID, Actor, Transaction) throws -> Void,
    campaigns: @escaping @Sendable ([CampaignID], CommunityID, Snapshot) throws -> [CampaignID: Campaign],
    orders: @escaping @Sendable ([OrderID], CommunityID, Snapshot) throws -> [OrderID: Order],
    merchants: @escaping @Sendable ([MerchantID], CommunityID, Snapshot) throws -> [MerchantID: Phrase],
    merchantsOf: @escaping @Sendable (PersonID, CommunityID, Snapshot) throws -> [MerchantID],
    recentCampaigns: @escaping @Sendable (CommunityID, Snapshot) throws -> [CampaignID],
    ledBy: @escaping @Sendable (PersonID, CommunityID, Snapshot) throws -> [CampaignID],
    orderNumbered: @escaping @Sendable (Int64, CampaignID, CommunityID, Snapshot) throws -> OrderID?,
    ordersOf: @escaping @Sendable (DataSubject) -> Query
  ) {
    self.bill = bill
    self.paymentCame = paymentCame
    self.campaigns = campaigns
    self.orders = orders
    self.merchants = merchants
    self.merchantsOf = merchantsOf
    self.recentCampaigns = recentCampaigns
    self.ledBy = ledBy
    self.orderNumbered = orderNumbered
    self.ordersOf = ordersOf
  }
}
