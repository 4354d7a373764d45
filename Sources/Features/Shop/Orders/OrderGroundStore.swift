import Database
import Kernel
package import People
import Web

/// What the order desk asks of People about those who act for others.
package struct Representation: Sendable {
  /// The household that a person belongs to; nil for people without one.
  let household: @Sendable (PersonID, CommunityID, Snapshot) throws -> HouseholdID?
  /// Nil when there is no such mandate in the community.
  let mandate: @Sendable (MandateID, CommunityID, Snapshot) throws -> Mandate?
  /// Everything that a person lets others do.
  let mandates: @Sendable (PersonID, CommunityID, Snapshot) throws -> [Mandate]
  /// How far the community's clock is ahead of UTC, in seconds: days and months of caps are its own.
  let offsetSeconds: @Sendable (CommunityID, Snapshot) throws -> Int

  package static func people(_ directory: Directory) -> Representation {
    Representation(
      household: { try directory.household(of: $0, in: $1, $2) },
      mandate: { try directory.mandate($0, in: $1, $2) },
      mandates: { try directory.mandates(of: $0, in: $1, $2) },
      offsetSeconds: { community, snapshot in
        try directory.communityCards(snapshot).first { $0.id == community }?.offsetSeconds ?? 0
      })
  }
}

/// Reads on what grounds requests are made, and writes under which mandates orders stand.
enum OrderGroundStore {
  /// Everything that is to be known of those who act for others. Whoever orders for themselves costs no question.
  static func representation(
    for requests: [OrderRequest], _ people: Representation, in transaction: Transaction
  ) throws -> OrderRepresentation {
    var known = OrderRepresentation()
    for request in requests where request.actor != request.person || request.authority != .household {
      if known.households[request.actor] == nil {
        known.households[request.actor] = try people.household(
          request.actor, transaction.community, transaction)
      }
      guard request.authority != .household else { continue }
      if known.merchants[request.actor] == nil {
        known.merchants[request.actor] = try transaction.merchantIdentifiers(
          of: request.actor, in: transaction.community)
      }
      if let buyer = request.buyer {
        try JointPurchaseStore.noteClosed(buyer, into: &known, in: transaction)
        continue
      }
      if known.grounds[request.authority] == nil {
        known.grounds[request.authority] = try ground(request.authority, in: transaction)
      }
      try readMandates(for: request, into: &known, people, in: transaction)
    }
    return known
  }

  private static func ground(
    _ authority: OrderAuthority, in transaction: Transaction
  ) throws -> OrderGround? {
    switch authority {
    case .household, .merchant: nil
    case .assisted(let id): try AssistedOrderStore.ground(id, in: transaction)
    case .groupText(let id): try ChatOrderStore.ground(id, in: transaction)
    case .slip(let id): try PaperSlipStore.ground(id, in: transaction)
    case .standing(let id): try StandingTurnStore.ground(id, in: transaction)
    case .booking(let id): try BookingStore.ground(id, in: transaction)
    }
  }

  private static func readMandates(
    for request: OrderRequest, into known: inout OrderRepresentation, _ people: Representation,
    in transaction: Transaction
  ) throws {
    var found = try people.mandates(request.person, transaction.community, transaction)
      .filter { $0.helper == request.actor }
    if let needed = known.grounds[request.authority]?.mandate, !found.contains(where: { $0.id == needed }),
      let mandate = try people.mandate(needed, transaction.community, transaction)
    {
      found.append(mandate)
    }
    for mandate in found where known.mandates[mandate.id] == nil {
      let offset = try people.offsetSeconds(transaction.community, transaction)
      known.mandates[mandate.id] = MandateAccount(
        mandate: mandate,
        spent: try spent(under: mandate.id, offsetSeconds: offset, in: transaction.community, transaction))
    }
  }

  /// What orders under a mandate come to that were placed or last changed under it in this month and were not given up.
  static func spent(
    under mandate: MandateID, offsetSeconds: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [MandateAccount.Spent] {
    let today = CivilDateTime(snapshot.now, offsetSeconds: offsetSeconds)
    let month = CivilDateTime(year: today.year, month: today.month, day: 1).timestamp(
      offsetSeconds: offsetSeconds)
    let day = CivilDateTime(year: today.year, month: today.month, day: today.day).timestamp(
      offsetSeconds: offsetSeconds)
    var placed: [OrderID: Timestamp] = [:]
    try snapshot.forEach(
      """
      SELECT order_id, placed_at FROM shop_mandate_order
      WHERE community_id = \(community) AND mandate_id = \(mandate) AND placed_at >= \(month)
      """
    ) { row in placed[try row[0]] = try row[1] }
    if placed.isEmpty { return [] }
    return try OrderStore.orders(
      "id IN \(list: placed.keys.sorted()) AND community_id = \(community)", snapshot
    ).map { order in
      let isGivenUp = order.fulfilment == .cancelled || order.fulfilment == .released
      return MandateAccount.Spent(
        order: order.id, isToday: placed[order.id].map { $0 >= day } ?? false,
        amount: isGivenUp ? .zero : try order.lines.most())
    }
  }

  /// Notes which orders stand under which mandate. A change counts whole on its own day and under its own mandate, as it
  /// was held against the caps; the helper stays the first, who earns nothing by it whoever changes it later.
  static func store(_ known: OrderRepresentation, in transaction: Transaction) throws {
    for (order, mandate) in known.used {
      try transaction.execute(
        """
        INSERT INTO shop_mandate_order (order_id, community_id, mandate_id, helper_id, person_id, placed_at)
        VALUES (\(order), \(transaction.community), \(mandate.id), \(mandate.helper), \(mandate.principal),
          \(transaction.now))
        ON CONFLICT (order_id) DO UPDATE SET mandate_id = excluded.mandate_id, placed_at = excluded.placed_at
        """)
      try WatchForDrift.schedule(order, in: transaction)
    }
  }
}
