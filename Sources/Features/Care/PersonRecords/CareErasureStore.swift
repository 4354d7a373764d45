import Database
import Kernel

/// The queries that find what is under way with a person who is deleted.
enum CareErasureStore {
  /// Their ways into groups that are under way, with the group of each.
  static func memberships(
    of person: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [(member: GroupMemberID, group: CareGroupID)] {
    let states = GroupMemberState.allCases.filter(\.isUnderWay).map(\.rawValue)
    return try snapshot.all(
      """
      SELECT member.id, member.group_id FROM care_group_member AS member
      JOIN care_group_standing AS standing ON standing.group_id = member.group_id
      WHERE member.community_id = \(community) AND member.person_id = \(person)
        AND member.state IN \(list: states) AND standing.closed_at IS NULL
      ORDER BY member.id
      """
    ) { row in (member: try row[0], group: try row[1]) }
  }

  /// The doors on lists of campaigns that are not finished: those of a household, and those that a person goes to.
  static func doors(
    of household: HouseholdID?, visitor: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [(door: VisitDoorID, campaign: VisitCampaignID)] {
    let home: Query = household.map { home -> Query in "door.household_id = \(home)" } ?? "1 = 0"
    return try snapshot.all(
      """
      SELECT door.id, door.campaign_id FROM care_visit_door AS door
      JOIN care_visit_standing AS standing ON standing.campaign_id = door.campaign_id
      WHERE door.community_id = \(community) AND door.is_listed = 1
        AND standing.state <> \(VisitCampaign.State.finished) AND (door.visitor_id = \(visitor) OR \(home))
      ORDER BY door.id
      """
    ) { row in (door: try row[0], campaign: try row[1]) }
  }

  /// Ends whatever is still to be done in a case.
  static func endTasks(of file: CaseID, by person: PersonID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE care_task SET ended_at = \(transaction.now), ended_by_id = \(person)
      WHERE community_id = \(transaction.community) AND case_id = \(file) AND ended_at IS NULL
      """)
  }
}
