package import Database
package import Kernel

/// Households that the community protects: under the rule "need first" a shortage does not reach them.
///
/// Who they are is known to the committee and social workers alone; a leader reads "reserved n" and no more.
package enum ProtectedHouseholdStore {
  /// All protected households of the community.
  static func all(in community: CommunityID, _ snapshot: Snapshot) throws -> Set<HouseholdID> {
    Set(
      try snapshot.values(
        "SELECT household_id FROM shop_protected_household WHERE community_id = \(community)"))
  }

  /// Protected households with the moment since when, newest first.
  static func list(
    in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [(household: HouseholdID, since: Timestamp)] {
    try snapshot.all(
      """
      SELECT household_id, granted_at FROM shop_protected_household WHERE community_id = \(community)
      ORDER BY granted_at DESC, household_id
      """
    ) { row in (household: try row[0], since: try row[1]) }
  }

  /// Households that ordered within eight weeks: those whom a shortage could reach.
  static func recentBuyers(in community: CommunityID, _ snapshot: Snapshot) throws -> [HouseholdID] {
    try snapshot.values(
      """
      SELECT DISTINCT placed.household_id FROM shop_campaign AS campaign
      JOIN shop_order AS placed ON placed.campaign_id = campaign.id
      WHERE campaign.community_id = \(community) AND campaign.cut_off_at > \(snapshot.now - .days(56))
      """)
  }

  /// Protects a household; nothing happens where it is protected already.
  package static func protect(
    _ household: HouseholdID, by actor: PersonID, role: Role, in transaction: Transaction
  ) throws {
    let added = try transaction.execute(
      """
      INSERT INTO shop_protected_household (community_id, household_id, granted_by_id, granted_at)
      VALUES (\(transaction.community), \(household), \(actor), \(transaction.now))
      ON CONFLICT (community_id, household_id) DO NOTHING
      """)
    if added > 0 { try tell("shop.household_protect", household, actor, role, in: transaction) }
  }

  package static func unprotect(
    _ household: HouseholdID, by actor: PersonID, role: Role, in transaction: Transaction
  ) throws {
    let removed = try transaction.execute(
      """
      DELETE FROM shop_protected_household
      WHERE community_id = \(transaction.community) AND household_id = \(household)
      """)
    if removed > 0 { try tell("shop.household_unprotect", household, actor, role, in: transaction) }
  }

  private static func tell(
    _ action: StaticString, _ household: HouseholdID, _ actor: PersonID, _ role: Role,
    in transaction: Transaction
  ) throws {
    try transaction.audit(
      AuditEntry(actor: actor, role: role, action: action, object: household.rawValue))
  }
}
