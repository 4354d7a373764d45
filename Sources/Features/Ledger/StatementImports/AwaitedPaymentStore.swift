import Database
import Kernel

/// The queries of payments that a statement may tell of.
enum AwaitedPaymentStore {
  /// Bank transfers with these references, in whatever state.
  static func find(
    _ references: [PaymentReference], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Payment] {
    try snapshot.chunks(of: references.map(\.description)).flatMap { some in
      try snapshot.all(
        """
        SELECT \(PaymentStore.columns) FROM ledger_payment
        WHERE community_id = \(community) AND reference IN \(list: some) ORDER BY id
        """, Payment.init)
    }
  }

  /// The payments at a payment service that these numbers name: ours, or the service's.
  static func find(
    _ ids: [PaymentID], numbers: [String], by channel: PaymentChannel, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> [Payment] {
    let named = try snapshot.chunks(of: ids).flatMap { some in
      try snapshot.all(
        """
        SELECT \(PaymentStore.columns) FROM ledger_payment
        WHERE id IN \(list: some) AND community_id = \(community) AND channel = \(channel)
        """, Payment.init)
    }
    let numbered = try snapshot.chunks(of: numbers).flatMap { some in
      try snapshot.all(
        """
        SELECT \(PaymentStore.columns) FROM ledger_payment
        WHERE channel = \(channel) AND transaction_number IN \(list: some) AND community_id = \(community)
        """, Payment.init)
    }
    let known = Set(named.map(\.id))
    return named + numbered.filter { !known.contains($0.id) }
  }

  /// The refunds of these payments, by payment, oldest first.
  static func refunds(
    of payments: [PaymentID], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PaymentID: [Refund]] {
    let refunds = try snapshot.chunks(of: payments).flatMap { some in
      try snapshot.all(
        """
        SELECT \(RefundStore.columns) FROM ledger_refund
        WHERE payment_id IN \(list: some) AND community_id = \(community) ORDER BY id
        """, Refund.init)
    }
    return Dictionary(grouping: refunds, by: \.payment)
  }

  /// The payments of which these are refunds.
  static func payments(
    ofRefunds ids: [RefundID], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PaymentID] {
    try snapshot.chunks(of: ids).flatMap { some -> [PaymentID] in
      try snapshot.values(
        """
        SELECT DISTINCT payment_id FROM ledger_refund WHERE id IN \(list: some) AND community_id = \(community)
        """)
    }
  }
}
