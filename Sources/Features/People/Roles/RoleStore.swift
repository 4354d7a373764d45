import Database
import Kernel

extension Snapshot {
  /// The roles that were given to a person by hand.
  func roles(of person: PersonID, in community: CommunityID) throws -> Set<Role> {
    Set(
      try values(
        "SELECT role FROM people_role WHERE community_id = \(community) AND person_id = \(person)",
        as: Role.self))
  }

  func roles(of persons: [PersonID], in community: CommunityID) throws -> [PersonID: Set<Role>] {
    var roles: [PersonID: Set<Role>] = [:]
    for part in chunks(of: persons) {
      try forEach(
        """
        SELECT person_id, role FROM people_role
        WHERE community_id = \(community) AND person_id IN \(list: part)
        """
      ) { row in roles[try row[0], default: []].insert(try row[1]) }
    }
    return roles
  }

  /// Who gave which role when.
  func grants(of person: PersonID, in community: CommunityID) throws -> [RoleGrant] {
    try all(
      """
      SELECT role, granted_by_id, granted_at FROM people_role
      WHERE community_id = \(community) AND person_id = \(person) ORDER BY granted_at
      """
    ) { row in RoleGrant(role: try row[0], grantedBy: try row[1], grantedAt: try row[2]) }
  }

  /// Operators who are not disabled.
  func operatorCount(in community: CommunityID) throws -> Int {
    try value(
      """
      SELECT count(*) FROM people_role role JOIN people_person person
        ON person.id = role.person_id AND person.community_id = role.community_id
      WHERE role.community_id = \(community) AND role.role = \(Role.operator)
        AND person.disabled_at IS NULL
      """) ?? 0
  }
}

/// A role that somebody holds, and since when.
struct RoleGrant: Sendable, Equatable {
  let role: Role
  let grantedBy: PersonID
  let grantedAt: Timestamp
}

extension Transaction {
  /// Gives roles; nothing happens for those already held. All sessions of the person end, so that nobody acts
  /// in a new role with an old token.
  func grant(_ roles: Set<Role>, to person: PersonID, by actor: Actor) throws {
    for role in roles.sorted() {
      let added = try execute(
        """
        INSERT INTO people_role (community_id, person_id, role, granted_by_id, granted_at)
        VALUES (\(community), \(person), \(role), \(actor.person), \(now))
        ON CONFLICT (community_id, person_id, role) DO NOTHING
        """)
      guard added == 1 else { continue }
      try audit("people.role_grant", by: actor, of: person.rawValue, purpose: role.rawValue)
      try endSessions(of: person)
    }
  }

  func revoke(_ role: Role, from person: PersonID, by actor: Actor) throws {
    let removed = try execute(
      """
      DELETE FROM people_role
      WHERE community_id = \(community) AND person_id = \(person) AND role = \(role)
      """)
    guard removed == 1 else { return }
    try audit("people.role_revoke", by: actor, of: person.rawValue, purpose: role.rawValue)
    try endSessions(of: person)
  }
}
