package import Database
package import Kernel

/// Who bought from whom, for what counts who has to do with whom. Whoever asks has to see to it that nobody is counted who
/// did not agree to that, and shows counts alone.
package struct ShopTrades: Sendable {
  /// What one merchant supplied of an order of which something was handed over.
  package struct Trade: Sendable, Hashable {
    package let order: OrderID
    package let merchant: MerchantID
    /// Whose order it is, whoever placed it.
    package let person: PersonID
    /// When something was handed over first in the time that was asked about.
    package let at: Timestamp
  }

  package init() {}

  /// What was handed over from one moment up to another.
  package func handedOver(
    from: Timestamp, until: Timestamp, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Trade] {
    try ShopIndicatorStore.trades(from: from, until: until, in: community, snapshot)
  }
}
