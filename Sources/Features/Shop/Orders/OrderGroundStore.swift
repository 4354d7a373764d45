import Database
import Kernel
package import People

/// What the order desk asks of People about those who act for others.
package struct Representation: Sendable {
  /// The household that a person belongs to; nil for people without one.
  let household: @Sendable (PersonID, CommunityID, Snapshot) throws -> HouseholdID?

  package static func people(_ directory: Directory) -> Representation {
    Representation(household: { try directory.household(of: $0, in: $1, $2) })
  }
}

/// Reads on what grounds requests are made.
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
        known.merchants[request.actor] = Set(
          try transaction.merchants(of: request.actor, in: transaction.community).map(\.id))
      }
      if known.grounds[request.authority] == nil {
        known.grounds[request.authority] = try ground(request.authority, in: transaction)
      }
    }
    return known
  }

  private static func ground(
    _ authority: OrderAuthority, in transaction: Transaction
  ) throws -> OrderGround? {
    switch authority {
    case .household: nil
    case .assisted(let id): try AssistedOrderStore.ground(id, in: transaction)
    case .groupText(let id): try ChatOrderStore.ground(id, in: transaction)
    }
  }
}
