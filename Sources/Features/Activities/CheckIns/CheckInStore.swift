import Database
import Kernel
import People

/// The queries of who came.
enum CheckInStore {
  /// How many people signed up and came, of each of these activities; those that nobody signed up for are left out.
  static func attendance(
    of activities: [ActivityID], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [ActivityID: ActivityAttendance] {
    var found: [ActivityID: ActivityAttendance] = [:]
    for chunk in snapshot.chunks(of: activities) {
      try snapshot.forEach(
        """
        SELECT sign_up.activity_id, count(CASE WHEN sign_up.state = 'confirmed' THEN 1 END),
          count(CASE WHEN sign_up.state = 'confirmed' AND check_in.sign_up_id IS NOT NULL THEN 1 END),
          count(CASE WHEN sign_up.state = 'door' THEN 1 END),
          count(CASE WHEN sign_up.state = 'waiting' THEN 1 END)
        FROM activities_sign_up AS sign_up
        LEFT JOIN activities_check_in AS check_in ON check_in.sign_up_id = sign_up.id
        WHERE sign_up.activity_id IN \(list: chunk) AND sign_up.community_id = \(community)
        GROUP BY sign_up.activity_id
        """
      ) { row in
        found[try row[0]] = ActivityAttendance(
          signedUp: try row[1], came: try row[2], walkIns: try row[3], waiting: try row[4])
      }
    }
    return found
  }

  /// Persons who were there, for whoever says who can be recognised in a photo.
  static func present(
    at activity: ActivityID, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PersonID] {
    try snapshot.values(
      """
      SELECT sign_up.person_id FROM activities_check_in AS check_in
      JOIN activities_sign_up AS sign_up ON sign_up.id = check_in.sign_up_id
      WHERE check_in.activity_id = \(activity) AND check_in.community_id = \(community)
        AND sign_up.person_id IS NOT NULL
      ORDER BY sign_up.turn LIMIT \(limit)
      """)
  }

  /// Notes that somebody came.
  ///
  /// - Parameter actor: who ticked it; nil where they did it themselves.
  /// - Returns: whether it was not known before.
  @discardableResult
  static func insert(
    _ signUp: SignUpID, in activity: ActivityID, by actor: Actor?, in transaction: Transaction
  ) throws -> Bool {
    let way: CheckIn.Way = actor == nil ? .code : .desk
    return try transaction.execute(
      """
      INSERT INTO activities_check_in (sign_up_id, community_id, activity_id, way, came_at, recorded_by_id,
        recorded_by_role)
      VALUES (\(signUp), \(transaction.community), \(activity), \(way), \(transaction.now), \(actor?.person),
        \(actor?.role))
      ON CONFLICT (sign_up_id) DO NOTHING
      """) > 0
  }

  static func delete(_ signUp: SignUpID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      DELETE FROM activities_check_in
      WHERE sign_up_id = \(signUp) AND community_id = \(transaction.community)
      """)
  }
}
