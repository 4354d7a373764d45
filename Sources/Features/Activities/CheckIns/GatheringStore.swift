import Database
import Kernel

/// The queries of who was together.
enum GatheringStore {
  static func over(
    from start: Timestamp, until end: Timestamp, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Gathering] {
    var (startedAt, persons, sizes):
      ([ActivityID: Timestamp], [ActivityID: Set<PersonID>], [ActivityID: Int]) =
        ([:], [:], [:])
    try snapshot.forEach(came(from: start, until: end, in: community)) { row in
      let (activity, person): (ActivityID, PersonID?) = (try row[0], try row[2])
      startedAt[activity] = try row[1]
      sizes[activity, default: 0] += 1
      if let person { persons[activity, default: []].insert(person) }
    }
    return startedAt.sorted { $0.key < $1.key }.map { activity, moment in
      Gathering(
        activity: activity, startedAt: moment, persons: persons[activity] ?? [], size: sizes[activity] ?? 0)
    }
  }

  /// One row for each who came, with a place or without one.
  static func came(from start: Timestamp, until end: Timestamp, in community: CommunityID) -> Query {
    """
    SELECT activity.id, activity.starts_at, sign_up.person_id FROM activities_activity AS activity
    JOIN activities_sign_up AS sign_up ON sign_up.activity_id = activity.id
    LEFT JOIN activities_check_in AS check_in ON check_in.sign_up_id = sign_up.id
    WHERE activity.community_id = \(community) AND activity.state IN ('published', 'held')
      AND activity.ends_at < \(end)
      AND (activity.ends_at >= \(start) OR activity.id IN (
        SELECT closing.activity_id FROM activities_closing AS closing
        WHERE closing.community_id = \(community) AND closing.closed_at >= \(start)
          AND closing.closed_at < \(end)))
      AND (sign_up.state = 'door' OR (sign_up.state = 'confirmed' AND check_in.sign_up_id IS NOT NULL))
    """
  }
}
