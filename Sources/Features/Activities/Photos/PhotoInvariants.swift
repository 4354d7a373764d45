import Database

/// What must always hold of photos. That one with unknown people is never published, the table itself demands; whether those
/// in it agree is no matter of what is stored but is asked when it is shown.
enum PhotoInvariants {
  static let invariants: [Invariant] = [
    Invariant(
      "activities.photo_people_differ", [.identifier("photo"), "persons"],
      """
      SELECT photo.id, count(person.person_id) FROM activities_photo AS photo
      LEFT JOIN activities_photo_person AS person ON person.photo_id = photo.id
      GROUP BY photo.id, photo.people
      HAVING (photo.people = 'listed' AND count(person.person_id) = 0)
        OR (photo.people = 'nobody' AND count(person.person_id) > 0)
      ORDER BY photo.id LIMIT \(Invariant.limit)
      """),
    Invariant(
      "activities.photo_misplaced", [.identifier("photo"), .identifier("activity")],
      """
      SELECT photo.id, photo.activity_id FROM activities_photo AS photo
      LEFT JOIN activities_activity AS activity
        ON activity.id = photo.activity_id AND activity.community_id = photo.community_id
      WHERE activity.id IS NULL OR activity.published_at IS NULL ORDER BY photo.id LIMIT \(Invariant.limit)
      """),
  ]
}
