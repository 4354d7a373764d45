import Database
import Kernel

extension Snapshot {
  func invitation(withCode code: [UInt8], in community: CommunityID) throws -> Invitation? {
    try invitations(where: "community_id = \(community) AND code = \(code)").first
  }

  func invitation(_ id: InvitationID, in community: CommunityID) throws -> Invitation? {
    try invitations(where: "community_id = \(community) AND id = \(id)").first
  }

  /// The newest invitations of a community.
  func invitations(in community: CommunityID, limit: Int) throws -> [Invitation] {
    try invitations(where: "community_id = \(community) ORDER BY created_at DESC, id DESC LIMIT \(limit)")
  }

  private func invitations(where condition: Query) throws -> [Invitation] {
    try all(
      """
      SELECT id, household_id, roles, created_by_id, created_at, expires_at, used_at, revoked_at
      FROM people_invitation WHERE \(condition)
      """
    ) { row in
      let roles: String = try row[2]
      return Invitation(
        id: try row[0], household: try row[1],
        roles: Set(roles.split(separator: ",").compactMap { Role(rawValue: String($0)) }),
        createdBy: try row[3], createdAt: try row[4], expiresAt: try row[5], usedAt: try row[6],
        revokedAt: try row[7])
    }
  }
}

extension Transaction {
  /// - Returns: false when an invitation with this code is there already; nothing is then stored.
  func insertInvitation(
    _ id: InvitationID, code: [UInt8], household: HouseholdID?, roles: Set<Role>, by actor: PersonID
  ) throws -> Bool {
    let names = roles.sorted().map(\.rawValue).joined(separator: ",")
    return try execute(
      """
      INSERT INTO people_invitation (id, community_id, code, household_id, roles, created_by_id, created_at,
        expires_at)
      VALUES (\(id), \(community), \(code), \(household), \(names), \(actor), \(now),
        \(now + Invitation.lifetime))
      ON CONFLICT (community_id, code) DO NOTHING
      """) == 1
  }

  /// Takes an invitation as used; false when it was used, taken back or ran out meanwhile.
  func useInvitation(_ id: InvitationID, by person: PersonID) throws -> Bool {
    try execute(
      """
      UPDATE people_invitation SET used_by_id = \(person), used_at = \(now)
      WHERE community_id = \(community) AND id = \(id) AND used_at IS NULL AND revoked_at IS NULL
        AND expires_at > \(now)
      """) == 1
  }

  func revokeInvitation(_ id: InvitationID) throws -> Bool {
    try execute(
      """
      UPDATE people_invitation SET revoked_at = \(now)
      WHERE community_id = \(community) AND id = \(id) AND used_at IS NULL AND revoked_at IS NULL
      """) == 1
  }

  func removeOldInvitations() throws {
    try execute(
      """
      DELETE FROM people_invitation WHERE community_id = \(community) AND used_at IS NULL
        AND expires_at < \(now - .days(30))
      """)
  }
}
