package import Database
package import Kernel
package import People

/// The queries of lists of households: two tables of one shape.
package enum HouseholdListStore {
  /// All households on a list.
  static func all(
    _ list: HouseholdList, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Set<HouseholdID> {
    Set(
      try snapshot.values("SELECT household_id FROM \(list.table) WHERE community_id = \(community)"))
  }

  static func has(
    _ household: HouseholdID, on list: HouseholdList, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Bool {
    try snapshot.exists(
      "SELECT 1 FROM \(list.table) WHERE community_id = \(community) AND household_id = \(household)")
  }

  /// The same with the moment since when each is on it.
  static func since(
    _ list: HouseholdList, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [HouseholdID: Timestamp] {
    var found: [HouseholdID: Timestamp] = [:]
    try snapshot.forEach(
      "SELECT household_id, granted_at FROM \(list.table) WHERE community_id = \(community)"
    ) { row in found[try row[0]] = try row[1] }
    return found
  }

  /// Puts a household on a list; nothing happens where it is there already.
  package static func add(
    _ household: HouseholdID, to list: HouseholdList, by actor: Actor, in transaction: Transaction
  ) throws {
    let added = try transaction.execute(
      """
      INSERT INTO \(list.table) (community_id, household_id, granted_by_id, granted_at)
      VALUES (\(transaction.community), \(household), \(actor.person), \(transaction.now))
      ON CONFLICT (community_id, household_id) DO NOTHING
      """)
    if added > 0 { try tell(list.adding, household, actor, in: transaction) }
  }

  /// Takes a household off a list; nothing happens where it is not on it.
  static func remove(
    _ household: HouseholdID, from list: HouseholdList, by actor: Actor, in transaction: Transaction
  ) throws {
    let removed = try transaction.execute(
      """
      DELETE FROM \(list.table)
      WHERE community_id = \(transaction.community) AND household_id = \(household)
      """)
    if removed > 0 { try tell(list.removing, household, actor, in: transaction) }
  }

  private static func tell(
    _ action: StaticString, _ household: HouseholdID, _ actor: Actor, in transaction: Transaction
  ) throws {
    try transaction.audit(
      AuditEntry(actor: actor.person, role: actor.role, action: action, object: household.rawValue))
  }
}

extension HouseholdList {
  fileprivate var table: Query {
    switch self {
    case .protected: "shop_protected_household"
    case .paper: "shop_paper_household"
    }
  }

  /// What the audit calls it.
  fileprivate var adding: StaticString {
    switch self {
    case .protected: "shop.household_protect"
    case .paper: "shop.paper_household_add"
    }
  }

  fileprivate var removing: StaticString {
    switch self {
    case .protected: "shop.household_unprotect"
    case .paper: "shop.paper_household_remove"
    }
  }
}
