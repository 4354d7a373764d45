import Database
import Kernel
import Security

extension FieldAddress {
  static func requestedDoor(of person: PersonID, in community: CommunityID) -> FieldAddress {
    FieldAddress("people_membership_request", "door", row: person, community: community)
  }
}

extension Snapshot {
  /// Those who wait to be confirmed, the longest waiting first.
  func membershipRequests(
    in community: CommunityID, opening cipher: FieldCipher, limit: Int
  ) throws -> [MembershipRequest] {
    try membershipRequests(
      where:
        "request.community_id = \(community) ORDER BY request.requested_at, request.person_id LIMIT \(limit)",
      community, cipher)
  }

  func membershipRequest(
    of person: PersonID, in community: CommunityID, opening cipher: FieldCipher
  ) throws -> MembershipRequest? {
    try membershipRequests(
      where: "request.community_id = \(community) AND request.person_id = \(person)", community, cipher
    ).first
  }

  private func membershipRequests(
    where condition: Query, _ community: CommunityID, _ cipher: FieldCipher
  ) throws -> [MembershipRequest] {
    try all(
      """
      SELECT request.person_id, person.display_name, request.building, request.door, household.id,
        request.requested_at
      FROM people_membership_request request
      JOIN people_person person ON person.id = request.person_id AND person.community_id = request.community_id
      LEFT JOIN people_household household
        ON household.community_id = request.community_id AND household.door_index = request.door_index
      WHERE \(condition)
      """
    ) { row in
      let person: PersonID = try row[0]
      let unitAndRoom = try cipher.open(try row[3], at: .requestedDoor(of: person, in: community))
      return MembershipRequest(
        person: person, displayName: try row[1], door: Door(stored: try row[2], unitAndRoom: unitAndRoom),
        household: try row[4], requestedAt: try row[5])
    }
  }
}

extension Transaction {
  /// Notes, or changes, where somebody says that they live.
  func requestMembership(
    of person: PersonID, at door: Door, keys: PeopleKeys, sealing cipher: FieldCipher
  ) throws {
    let sealed = try cipher.seal(door.unitAndRoom, at: .requestedDoor(of: person, in: community))
    let index = keys.index(of: door, in: community)
    try execute(
      """
      INSERT INTO people_membership_request (person_id, community_id, building, door, door_index, requested_at)
      VALUES (\(person), \(community), \(door.building), \(sealed), \(index), \(now))
      ON CONFLICT (community_id, person_id) DO UPDATE SET building = excluded.building, door = excluded.door,
        door_index = excluded.door_index, requested_at = excluded.requested_at
      """)
  }

  /// - Returns: whether there was a request.
  @discardableResult
  func removeMembershipRequest(of person: PersonID) throws -> Bool {
    try execute(
      """
      DELETE FROM people_membership_request WHERE community_id = \(community) AND person_id = \(person)
      """) == 1
  }
}
