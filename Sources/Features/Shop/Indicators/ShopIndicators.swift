package import Database
package import Kernel
package import People

/// What the Shop can say of a community's month in one number, for whoever shows such numbers beside others.
///
/// Everything here is a count. Whether it may be shown is decided where it is shown: with every figure stands how many
/// households are behind it. Source: field/socialwork.md §2.12 and §2.14.
package struct ShopIndicators: Sendable {
  package enum Measure: String, Sendable, CaseIterable {
    /// Households that were handed something.
    case householdsReached = "households_reached"
    /// Of those who agreed to be counted: households that read in large type, of all that were handed something.
    case elderShare = "elder_share"
    /// Of those who agreed to be counted: orders that somebody placed for them, of all that were handed over.
    case assistedShare = "assisted_share"
    /// Lines for which all that was wanted came, of all lines of the campaigns that ended.
    case fulfilment
    /// Turns of claims that were answered in time, of all that were due.
    case claimsInTime = "claims_in_time"
    /// Fen spent at merchants of the home district, of all spent at merchants whose district is entered.
    case localSpending = "local_spending"
  }

  /// A number, or a part of a number.
  package struct Figure: Sendable, Equatable {
    package let numerator: Int64
    /// Nil for a plain count.
    package let denominator: Int64?
    /// Households behind the numerator.
    package let households: Int64
    /// Households behind what the denominator has more; nil for a plain count.
    package let otherHouseholds: Int64?
    /// Whether one merchant has so much of a part that the figure would be about that merchant.
    package let isDominated: Bool

    package init(
      _ numerator: Int64, of denominator: Int64? = nil, households: Int64, otherHouseholds: Int64? = nil,
      isDominated: Bool = false
    ) {
      self.numerator = numerator
      self.denominator = denominator
      self.households = households
      self.otherHouseholds = otherHouseholds
      self.isDominated = isDominated
    }
  }

  private let directory: Directory
  private let elders: ElderReaders?

  /// - Parameter elders: nil where nobody can tell who reads in large type.
  package init(directory: Directory, elders: ElderReaders? = nil) {
    self.directory = directory
    self.elders = elders
  }

  /// A measure of the time from one moment up to another.
  ///
  /// - Returns: nil for what cannot be measured: nothing to divide by, no home district, nobody who can tell.
  package func figure(
    _ measure: Measure, from: Timestamp, until: Timestamp, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Figure? {
    switch measure {
    case .householdsReached:
      let orders = try ShopIndicatorStore.handedOver(from: from, until: until, in: community, snapshot)
      return IndicatorRules.reached(orders)
    case .elderShare:
      guard let elders else { return nil }
      let orders = try agreed(from: from, until: until, in: community, snapshot)
      let readers = try elders.among(Set(orders.map(\.person)), community, snapshot)
      return IndicatorRules.elderShare(orders, readers: readers)
    case .assistedShare:
      return IndicatorRules.assistedShare(try agreed(from: from, until: until, in: community, snapshot))
    case .fulfilment:
      return IndicatorRules.fulfilment(
        try ShopIndicatorStore.lines(from: from, until: until, in: community, snapshot))
    case .claimsInTime:
      return IndicatorRules.claimsInTime(
        try ShopIndicatorStore.turns(dueFrom: from, until: until, in: community, snapshot), until: until)
    case .localSpending:
      guard let home = try DistrictStore.home(of: community, snapshot)?.district else { return nil }
      return IndicatorRules.localSpending(
        try ShopIndicatorStore.spending(from: from, until: until, in: community, snapshot), home: home)
    }
  }

  /// The orders that were handed over of those who agree, now, to be counted.
  private func agreed(
    from: Timestamp, until: Timestamp, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [HandedOrder] {
    let orders = try ShopIndicatorStore.handedOver(from: from, until: until, in: community, snapshot)
    let agreed = try directory.consent.allowed(
      Set(orders.map(\.person)).sorted(), .statistics, .orders, to: .totalsForAll, at: snapshot.now,
      in: community, snapshot)
    return orders.filter { agreed.contains($0.person) }
  }
}

/// Who reads in large type, in the words of the Shop.
package struct ElderReaders: Sendable {
  /// Those among these persons who do.
  package let among: @Sendable (Set<PersonID>, CommunityID, Snapshot) throws -> Set<PersonID>

  package init(
    among: @escaping @Sendable (Set<PersonID>, CommunityID, Snapshot) throws -> Set<PersonID>
  ) {
    self.among = among
  }
}
