package import Database
package import Kernel
import People

/// The queries of groups and of their terms.
package enum GroupStore {
  private static let columns: Query = """
    founded.id, founded.number, founded.created_at, founded.created_by_id, founded.created_by_role,
    standing.stage, standing.leader_id, standing.second_leader_id, standing.supervisor_id, standing.version,
    standing.started_at, standing.closed_at, standing.events, terms.name, terms.type, terms.is_open,
    terms.minimum, terms.maximum, terms.sessions, terms.budget, terms.goals, terms.text_id, terms.written_at,
    terms.written_by_id
    """

  private static let tables: Query = """
    care_group_standing AS standing
    JOIN care_group AS founded ON founded.id = standing.group_id
    JOIN care_group_terms AS terms ON terms.group_id = standing.group_id AND terms.version = standing.version
    """

  private static func read(_ row: borrowing Row) throws -> CareGroup {
    let leaders: [PersonID?] = [try row[6], try row[7]]
    let version: Int64 = try row[9]
    return CareGroup(
      id: try row[0], number: try row[1], createdAt: try row[2],
      createdBy: Actor(person: try row[3], role: try row[4]),
      terms: GroupTerms(
        version: version, name: try row[13], type: try row[14], isOpen: try row[15], minimum: try row[16],
        maximum: try row[17], sessions: try row[18], budget: try row[19], goals: try row[20],
        text: try row[21], writtenAt: try row[22], writtenBy: try row[23]),
      standing: GroupStanding(
        stage: try row[5],
        staff: GroupStaff(leaders: leaders.compactMap(\.self), supervisor: try row[8]), version: version,
        startedAt: try row[10], closedAt: try row[11], events: try row[12]))
  }

  /// One group that is in scope.
  static func find(
    _ id: CareGroupID, _ scope: GroupScope, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> CareGroup? {
    try snapshot.first(
      """
      SELECT \(columns) FROM \(tables) WHERE standing.group_id = \(id) AND standing.community_id = \(community)
        AND \(scope.condition)
      """, read)
  }

  /// The groups in scope that are under way, or those that ended; the newest first.
  static func list(
    _ scope: GroupScope, isClosed: Bool, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [CareGroup] {
    let state: Query = isClosed ? "standing.closed_at IS NOT NULL" : "standing.closed_at IS NULL"
    return try snapshot.all(
      """
      SELECT \(columns) FROM \(tables) WHERE standing.community_id = \(community) AND \(state)
        AND \(scope.condition)
      ORDER BY standing.group_id DESC LIMIT \(limit)
      """, read)
  }

  /// The groups that a person is or was a member of, for their own page: what each is called, how far it is, and dates.
  package static func groups(
    ofMember person: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [GroupOfMember] {
    try snapshot.all(
      """
      SELECT standing.group_id, terms.name, standing.stage, member.joined_at, member.left_at,
        standing.started_at, standing.closed_at
      FROM care_group_member AS member
      JOIN care_group_standing AS standing ON standing.group_id = member.group_id
      JOIN care_group_terms AS terms
        ON terms.group_id = standing.group_id AND terms.version = standing.version
      WHERE member.community_id = \(community) AND member.person_id = \(person)
        AND member.joined_at IS NOT NULL
      ORDER BY member.id DESC
      """
    ) { row in
      GroupOfMember(
        id: try row[0], name: try row[1], stage: try row[2], joinedAt: try row[3], leftAt: try row[4],
        startedAt: try row[5], closedAt: try row[6])
    }
  }

  static func nextNumber(in transaction: Transaction) throws -> Int64 {
    let last: Int64? = try transaction.value(
      "SELECT max(number) FROM care_group WHERE community_id = \(transaction.community)")
    return (last ?? 0) + 1
  }

  static func insert(_ group: CareGroup, in transaction: Transaction) throws {
    let standing = group.standing
    try transaction.execute(
      """
      INSERT INTO care_group (id, community_id, number, created_at, created_by_id, created_by_role)
      VALUES (\(group.id), \(transaction.community), \(group.number), \(group.createdAt),
        \(group.createdBy.person), \(group.createdBy.role))
      """)
    try insert(group.terms, of: group.id, in: transaction)
    try transaction.execute(
      """
      INSERT INTO care_group_standing (group_id, community_id, stage, leader_id, second_leader_id,
        supervisor_id, version, events)
      VALUES (\(group.id), \(transaction.community), \(standing.stage), \(standing.staff.leader),
        \(standing.staff.secondLeader), \(standing.staff.supervisor), \(standing.version), \(0))
      """)
  }

  static func insert(_ terms: GroupTerms, of group: CareGroupID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO care_group_terms (group_id, version, community_id, name, type, is_open, minimum, maximum,
        sessions, budget, goals, text_id, written_at, written_by_id)
      VALUES (\(group), \(terms.version), \(transaction.community), \(terms.name), \(terms.type),
        \(terms.isOpen), \(terms.minimum), \(terms.maximum), \(terms.sessions), \(terms.budget),
        \(terms.goals), \(terms.text), \(terms.writtenAt), \(terms.writtenBy))
      """)
  }

  /// The text of one version of the terms.
  static func text(
    ofVersion version: Int64, of group: CareGroupID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> CareTextID? {
    try snapshot.value(
      """
      SELECT text_id FROM care_group_terms
      WHERE group_id = \(group) AND version = \(version) AND community_id = \(community)
      """)
  }

  /// Adds an event and moves the standing with it.
  static func append(_ event: GroupEvent, to group: inout CareGroup, in transaction: Transaction) throws {
    group.standing = group.standing.after(event)
    let standing = group.standing
    try GroupEventRow.insert(event, sequence: standing.events, of: group.id, in: transaction)
    try transaction.execute(
      """
      UPDATE care_group_standing SET stage = \(standing.stage), leader_id = \(standing.staff.leader),
        second_leader_id = \(standing.staff.secondLeader), supervisor_id = \(standing.staff.supervisor),
        version = \(standing.version), started_at = \(standing.startedAt), closed_at = \(standing.closedAt),
        events = \(standing.events)
      WHERE group_id = \(group.id) AND community_id = \(transaction.community)
      """)
  }

  /// Notes that a sealed text belongs to a group, and to which of its members.
  static func insert(
    _ text: CareTextID, of group: CareGroupID, about member: GroupMemberID?, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO care_group_text (text_id, community_id, group_id, member_id)
      VALUES (\(text), \(transaction.community), \(group), \(member))
      """)
  }
}

extension GroupStaff {
  /// A group has one always.
  var leader: PersonID? { leaders.first }
  var secondLeader: PersonID? { leaders.count > 1 ? leaders[1] : nil }
}
