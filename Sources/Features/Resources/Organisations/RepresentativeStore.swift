import Database
import Kernel
import People

/// The queries of who acts for which organisation.
enum RepresentativeStore {
  static func represented(
    by person: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [OrganisationCard] {
    try snapshot.all(
      """
      SELECT organisation.id, organisation.kind, organisation.name_zh, organisation.name_en,
        organisation.merchant_id
      FROM resources_representative AS representative
      JOIN resources_organisation AS organisation
        ON organisation.id = representative.organisation_id
          AND organisation.community_id = representative.community_id
      WHERE representative.community_id = \(community) AND representative.person_id = \(person)
        AND organisation.closed_at IS NULL
      ORDER BY organisation.id
      """, OrganisationStore.card)
  }

  static func persons(
    of organisation: OrganisationID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PersonID] {
    try snapshot.values(
      """
      SELECT representative.person_id FROM resources_representative AS representative
      JOIN resources_organisation AS organisation
        ON organisation.id = representative.organisation_id
          AND organisation.community_id = representative.community_id
      WHERE representative.organisation_id = \(organisation) AND representative.community_id = \(community)
        AND organisation.closed_at IS NULL
      ORDER BY representative.person_id
      """)
  }

  /// - Returns: false for somebody who acts for it already.
  static func add(
    _ person: PersonID, to organisation: OrganisationID, by actor: Actor, in transaction: Transaction
  ) throws -> Bool {
    let known = try transaction.exists(
      """
      SELECT 1 FROM resources_representative
      WHERE organisation_id = \(organisation) AND person_id = \(person)
        AND community_id = \(transaction.community)
      """)
    if known { return false }
    var rows = Rows(
      into: "resources_representative", "organisation_id", "person_id", "community_id", "added_at",
      "added_by_id", "added_by_role")
    rows.append(organisation, person, transaction.community, transaction.now, actor.person, actor.role)
    try transaction.insert(rows)
    return true
  }

  /// - Returns: false for somebody who does not act for it.
  static func remove(
    _ person: PersonID, from organisation: OrganisationID, in transaction: Transaction
  ) throws -> Bool {
    try transaction.execute(
      """
      DELETE FROM resources_representative
      WHERE organisation_id = \(organisation) AND person_id = \(person)
        AND community_id = \(transaction.community)
      """) == 1
  }
}
