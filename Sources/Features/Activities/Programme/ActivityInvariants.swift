import Database

/// What must always hold of activities, sign-ups and check-ins. That a person has one row, that no more places are held than
/// there are, and that somebody checks in once, the tables themselves demand.
enum ActivityInvariants {
  private static let limit = Invariant.limit

  static let invariants: [Invariant] = [
    Invariant(
      "activities.confirmed_differs", [.identifier("activity"), "stated", "counted"],
      """
      SELECT activity.id, activity.confirmed, count(sign_up.id) FROM activities_activity AS activity
      LEFT JOIN activities_sign_up AS sign_up
        ON sign_up.activity_id = activity.id AND sign_up.state = 'confirmed'
      GROUP BY activity.id, activity.confirmed HAVING activity.confirmed <> count(sign_up.id)
      ORDER BY activity.id LIMIT \(limit)
      """),
    Invariant(
      "activities.over_capacity", [.identifier("activity"), "capacity", "counted"],
      """
      SELECT activity.id, activity.capacity, count(sign_up.id) FROM activities_activity AS activity
      JOIN activities_sign_up AS sign_up
        ON sign_up.activity_id = activity.id AND sign_up.state = 'confirmed'
      WHERE activity.capacity IS NOT NULL GROUP BY activity.id, activity.capacity
      HAVING count(sign_up.id) > activity.capacity ORDER BY activity.id LIMIT \(limit)
      """),
    // Nobody waits while there is a place.
    Invariant(
      "activities.waiting_beside_a_place", [.identifier("activity"), "confirmed", "waiting"],
      """
      SELECT activity.id, activity.confirmed, count(sign_up.id) FROM activities_activity AS activity
      JOIN activities_sign_up AS sign_up
        ON sign_up.activity_id = activity.id AND sign_up.state = 'waiting'
      WHERE activity.state = 'published'
        AND activity.confirmed < coalesce(activity.capacity, \(ActivityRules.places.upperBound))
      GROUP BY activity.id, activity.confirmed ORDER BY activity.id LIMIT \(limit)
      """),
    Invariant(
      "activities.check_in_misplaced", [.identifier("sign_up"), .identifier("activity")],
      """
      SELECT check_in.sign_up_id, check_in.activity_id FROM activities_check_in AS check_in
      LEFT JOIN activities_sign_up AS sign_up
        ON sign_up.id = check_in.sign_up_id AND sign_up.activity_id = check_in.activity_id
          AND sign_up.community_id = check_in.community_id
      WHERE sign_up.id IS NULL OR sign_up.state NOT IN ('confirmed', 'door')
      ORDER BY check_in.sign_up_id LIMIT \(limit)
      """),
    Invariant(
      "activities.door_without_check_in", [.identifier("sign_up")],
      """
      SELECT sign_up.id FROM activities_sign_up AS sign_up
      LEFT JOIN activities_check_in AS check_in ON check_in.sign_up_id = sign_up.id
      WHERE sign_up.state = 'door' AND check_in.sign_up_id IS NULL ORDER BY sign_up.id LIMIT \(limit)
      """),
    Invariant(
      "activities.turn_beyond", [.identifier("activity"), "turns", "highest"],
      """
      SELECT activity.id, activity.turns, max(sign_up.turn) FROM activities_activity AS activity
      JOIN activities_sign_up AS sign_up ON sign_up.activity_id = activity.id
      GROUP BY activity.id, activity.turns HAVING max(sign_up.turn) > activity.turns
      ORDER BY activity.id LIMIT \(limit)
      """),
    Invariant(
      "activities.closing_misplaced", [.identifier("activity")],
      """
      SELECT closing.activity_id FROM activities_closing AS closing
      LEFT JOIN activities_activity AS activity
        ON activity.id = closing.activity_id AND activity.community_id = closing.community_id
      WHERE activity.id IS NULL OR activity.state <> 'held' ORDER BY closing.activity_id LIMIT \(limit)
      """),
  ]
}
