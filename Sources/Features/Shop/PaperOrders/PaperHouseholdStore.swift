package import Database
package import Kernel

/// Households that want the catalogue on paper.
package enum PaperHouseholdStore {
  static func all(in community: CommunityID, _ snapshot: Snapshot) throws -> Set<HouseholdID> {
    Set(
      try snapshot.values("SELECT household_id FROM shop_paper_household WHERE community_id = \(community)"))
  }

  static func has(_ household: HouseholdID, in community: CommunityID, _ snapshot: Snapshot) throws -> Bool {
    try snapshot.exists(
      "SELECT 1 FROM shop_paper_household WHERE community_id = \(community) AND household_id = \(household)")
  }

  /// Puts a household on the list; nothing happens where it is there already.
  package static func add(
    _ household: HouseholdID, by person: PersonID, role: Role, in transaction: Transaction
  ) throws {
    let added = try transaction.execute(
      """
      INSERT INTO shop_paper_household (community_id, household_id, added_by_id, added_at)
      VALUES (\(transaction.community), \(household), \(person), \(transaction.now))
      ON CONFLICT (community_id, household_id) DO NOTHING
      """)
    if added > 0 { try tell("shop.paper_household_add", household, person, role, in: transaction) }
  }

  static func remove(
    _ household: HouseholdID, by person: PersonID, role: Role, in transaction: Transaction
  ) throws {
    let removed = try transaction.execute(
      """
      DELETE FROM shop_paper_household
      WHERE community_id = \(transaction.community) AND household_id = \(household)
      """)
    if removed > 0 { try tell("shop.paper_household_remove", household, person, role, in: transaction) }
  }

  private static func tell(
    _ action: StaticString, _ household: HouseholdID, _ person: PersonID, _ role: Role,
    in transaction: Transaction
  ) throws {
    try transaction.audit(
      AuditEntry(actor: person, role: role, action: action, object: household.rawValue))
  }
}
