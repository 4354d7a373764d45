import Database

/// What must always hold of bookings.
enum BookingInvariants {
  private static let limit = Invariant.limit

  static let invariants: [Invariant] = [
    // The most is taken where something begins, so that it is enough to look there. What began before the terms
    // were last written was measured by others.
    Invariant(
      "resources.booking_over_capacity", [.identifier("booking"), "capacity", "taken"],
      """
      SELECT booking.id, bookable.capacity, CAST(sum(beside.amount) AS BIGINT)
      FROM resources_booking AS booking
      JOIN resources_bookable AS bookable
        ON bookable.place_id = booking.place_id AND bookable.community_id = booking.community_id
      JOIN resources_booking AS beside
        ON beside.place_id = booking.place_id AND beside.community_id = booking.community_id
          AND beside.from_at <= booking.from_at AND beside.to_at > booking.from_at
          AND beside.state IN ('asked', 'confirmed')
      WHERE booking.state IN ('asked', 'confirmed') AND booking.from_at >= bookable.changed_at
      GROUP BY booking.id, bookable.capacity HAVING sum(beside.amount) > bookable.capacity
      ORDER BY booking.id LIMIT \(limit)
      """),
    Invariant(
      "resources.booking_misplaced", [.identifier("booking")],
      """
      SELECT booking.id FROM resources_booking AS booking
      LEFT JOIN resources_bookable AS bookable
        ON bookable.place_id = booking.place_id AND bookable.community_id = booking.community_id
      WHERE bookable.place_id IS NULL ORDER BY booking.id LIMIT \(limit)
      """),
    Invariant(
      "resources.booking_undecided", [.identifier("booking")],
      """
      SELECT id FROM resources_booking
      WHERE state IN ('declined', 'kept', 'not_kept') AND decided_at IS NULL ORDER BY id LIMIT \(limit)
      """),
  ]
}
