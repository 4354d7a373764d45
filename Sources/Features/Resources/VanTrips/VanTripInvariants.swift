import Database

/// What must always hold of van trips.
enum VanTripInvariants {
  private static let limit = Invariant.limit

  static let invariants: [Invariant] = [
    Invariant(
      "resources.van_over_capacity", [.identifier("trip"), "crates", "kilograms"],
      """
      SELECT trip.id, CAST(sum(part.crates) AS BIGINT), CAST(sum(part.kilograms) AS BIGINT)
      FROM resources_van_trip AS trip
      JOIN resources_van_part AS part ON part.trip_id = trip.id AND part.community_id = trip.community_id
      WHERE part.state IN ('asked', 'confirmed', 'carried', 'not_carried')
      GROUP BY trip.id, trip.crates, trip.kilograms
      HAVING sum(part.crates) > trip.crates OR sum(part.kilograms) > trip.kilograms
      ORDER BY trip.id LIMIT \(limit)
      """),
    Invariant(
      "resources.van_part_misplaced", [.identifier("part")],
      """
      SELECT part.id FROM resources_van_part AS part
      LEFT JOIN resources_van_trip AS trip
        ON trip.id = part.trip_id AND trip.community_id = part.community_id
      WHERE trip.id IS NULL ORDER BY part.id LIMIT \(limit)
      """),
    // Nothing waits on a trip that is over, and nothing was carried on one that did not take place.
    Invariant(
      "resources.van_part_unsettled", [.identifier("part")],
      """
      SELECT part.id FROM resources_van_part AS part
      JOIN resources_van_trip AS trip
        ON trip.id = part.trip_id AND trip.community_id = part.community_id
      WHERE (trip.state IN ('done', 'called_off') AND part.state IN ('asked', 'confirmed'))
        OR (trip.state = 'called_off' AND part.state = 'carried')
      ORDER BY part.id LIMIT \(limit)
      """),
    Invariant(
      "resources.van_part_undecided", [.identifier("part")],
      """
      SELECT id FROM resources_van_part
      WHERE state IN ('declined', 'carried', 'not_carried') AND decided_at IS NULL ORDER BY id LIMIT \(limit)
      """),
  ]
}
