package import Database
package import Kernel
import People

/// The queries of members.
package enum GroupMemberStore {
  private static let columns: Query = """
    id, group_id, person_id, proposed_at, proposed_by_id, state, joined_at, left_at
    """

  private static func read(_ row: borrowing Row) throws -> GroupMember {
    GroupMember(
      id: try row[0], group: try row[1], person: try row[2], proposedAt: try row[3],
      proposedBy: try row[4], state: try row[5], joinedAt: try row[6], leftAt: try row[7], events: [])
  }

  /// Everybody who was ever proposed for a group, oldest first, with what happened to them.
  package static func members(
    of group: CareGroupID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [GroupMember] {
    var members = try snapshot.all(
      """
      SELECT \(columns) FROM care_group_member WHERE community_id = \(community) AND group_id = \(group)
      ORDER BY id
      """, read)
    var events: [GroupMemberID: [GroupMemberEvent]] = [:]
    for part in snapshot.chunks(of: members.map(\.id)) {
      try snapshot.forEach(
        """
        SELECT member_id, state, happened_at, actor_id, actor_role, said_by, method, text_id
        FROM care_group_member_event WHERE member_id IN \(list: part) ORDER BY member_id, sequence
        """
      ) { row in
        let (speaker, method): (GroupAnswer.Speaker?, PlanAgreement?) = (try row[5], try row[6])
        var answer: GroupAnswer?
        if let speaker, let method { answer = GroupAnswer(by: speaker, method: method) }
        events[try row[0], default: []].append(
          GroupMemberEvent(
            try row[1], at: try row[2], by: Actor(person: try row[3], role: try row[4]), answer: answer,
            text: try row[7]))
      }
    }
    for index in members.indices { members[index].events = events[members[index].id] ?? [] }
    return members
  }

  /// The persons behind everybody who was ever proposed for a group.
  static func persons(
    of group: CareGroupID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Set<PersonID> {
    try Set(
      snapshot.values(
        "SELECT person_id FROM care_group_member WHERE community_id = \(community) AND group_id = \(group)"))
  }

  /// How many members each of these groups has now.
  static func counts(
    of groups: [CareGroupID], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [CareGroupID: Int64] {
    var counts: [CareGroupID: Int64] = [:]
    for part in snapshot.chunks(of: groups) {
      try snapshot.forEach(
        """
        SELECT group_id, count(*) FROM care_group_member
        WHERE community_id = \(community) AND group_id IN \(list: part) AND state = 'joined' GROUP BY group_id
        """
      ) { row in counts[try row[0]] = try row[1] }
    }
    return counts
  }

  static func insert(_ member: GroupMember, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO care_group_member (\(columns), community_id, events)
      VALUES (\(member.id), \(member.group), \(member.person), \(member.proposedAt), \(member.proposedBy),
        \(member.state), \(member.joinedAt), \(member.leftAt), \(transaction.community),
        \(member.events.count))
      """)
    for (index, event) in member.events.enumerated() {
      try insert(event, sequence: index + 1, of: member.id, in: transaction)
    }
  }

  /// Adds an event and moves the member with it.
  /// - Returns: the member afterwards.
  @discardableResult
  static func append(
    _ event: GroupMemberEvent, to member: GroupMember, in transaction: Transaction
  ) throws -> GroupMember {
    let moved = member.after(event)
    try insert(event, sequence: moved.events.count, of: member.id, in: transaction)
    try transaction.execute(
      """
      UPDATE care_group_member SET state = \(moved.state), joined_at = \(moved.joinedAt),
        left_at = \(moved.leftAt), events = \(moved.events.count)
      WHERE id = \(member.id) AND community_id = \(transaction.community)
      """)
    return moved
  }

  private static func insert(
    _ event: GroupMemberEvent, sequence: Int, of member: GroupMemberID, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO care_group_member_event (member_id, sequence, community_id, state, happened_at, actor_id,
        actor_role, said_by, method, text_id)
      VALUES (\(member), \(sequence), \(transaction.community), \(event.state), \(event.at),
        \(event.actor.person), \(event.actor.role), \(event.answer?.by), \(event.answer?.method),
        \(event.text))
      """)
  }
}
