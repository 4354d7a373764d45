package import Database
package import Kernel

/// The queries of neighbours who take each other's bags.
package enum DeliveryNeighbourStore {
  private static let columns: Query = "household_id, neighbour_household_id, neighbour_id"

  /// Whom each of these households asked.
  static func neighbours(
    of households: some Collection<HouseholdID>, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [HouseholdID: DeliveryNeighbour] {
    var found: [HouseholdID: DeliveryNeighbour] = [:]
    for part in DeliveryWishStore.parts(households) {
      try snapshot.forEach(
        """
        SELECT \(columns) FROM shop_delivery_neighbour
        WHERE community_id = \(community) AND household_id IN \(list: part)
        """
      ) { row in
        let neighbour = try DeliveryNeighbour(row)
        found[neighbour.household] = neighbour
      }
    }
    return found
  }

  /// Who asked this household.
  static func asking(
    _ household: HouseholdID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [DeliveryNeighbour] {
    try snapshot.all(
      """
      SELECT \(columns) FROM shop_delivery_neighbour
      WHERE community_id = \(community) AND neighbour_household_id = \(household) ORDER BY household_id
      """, DeliveryNeighbour.init)
  }

  /// Asks a neighbour; whoever was asked before is not any more.
  package static func ask(
    _ neighbour: HouseholdID, for household: HouseholdID, by actor: WishActor, in transaction: Transaction
  ) throws {
    guard neighbour != household else { throw Problem.neighbourUnknown }
    try forget(household, in: transaction)
    try transaction.execute(
      """
      INSERT INTO shop_delivery_neighbour (community_id, household_id, neighbour_household_id, asked_by_id, asked_at)
      VALUES (\(transaction.community), \(household), \(neighbour), \(actor.person), \(transaction.now))
      """)
    try DeliveryWishStore.tell("shop.delivery_neighbour_ask", household.rawValue, actor, in: transaction)
  }

  /// Asks nobody any more.
  package static func withdraw(_ household: HouseholdID, by actor: WishActor, in transaction: Transaction)
    throws
  {
    guard try forget(household, in: transaction) else { return }
    try DeliveryWishStore.tell("shop.delivery_neighbour_withdraw", household.rawValue, actor, in: transaction)
  }

  /// The neighbour's own word; a refusal, and taking an agreement back, ends the asking.
  /// - Throws: `not_found` unless this household was asked.
  package static func answer(
    _ isAgreed: Bool, for household: HouseholdID, from neighbour: HouseholdID, by person: PersonID,
    in transaction: Transaction
  ) throws {
    let changed =
      isAgreed
      ? try transaction.execute(
        """
        UPDATE shop_delivery_neighbour SET neighbour_id = \(person), agreed_at = \(transaction.now)
        WHERE community_id = \(transaction.community) AND household_id = \(household)
          AND neighbour_household_id = \(neighbour)
        """)
      : try transaction.execute(
        """
        DELETE FROM shop_delivery_neighbour
        WHERE community_id = \(transaction.community) AND household_id = \(household)
          AND neighbour_household_id = \(neighbour)
        """)
    guard changed > 0 else { throw Problem.notFound }
    try transaction.audit(
      AuditEntry(
        actor: person, role: .resident,
        action: isAgreed ? "shop.delivery_neighbour_agree" : "shop.delivery_neighbour_refuse",
        object: household.rawValue))
  }

  @discardableResult
  private static func forget(_ household: HouseholdID, in transaction: Transaction) throws -> Bool {
    try transaction.execute(
      """
      DELETE FROM shop_delivery_neighbour
      WHERE community_id = \(transaction.community) AND household_id = \(household)
      """) > 0
  }
}

extension DeliveryNeighbour {
  init(_ row: borrowing Row) throws {
    household = try row[0]
    neighbourHousehold = try row[1]
    neighbour = try row[2]
  }
}
