import Database
import Kernel

/// What must always hold of places.
enum PlaceInvariants {
  static let invariants: [Invariant] = [
    Invariant(
      "resources.outline_without_place", [.identifier("outline"), .identifier("place")],
      """
      SELECT outline.id, outline.place_id FROM resources_place_outline AS outline
      LEFT JOIN resources_place AS place
        ON place.id = outline.place_id AND place.community_id = outline.community_id
      WHERE outline.place_id IS NOT NULL AND place.id IS NULL ORDER BY outline.id LIMIT \(Invariant.limit)
      """),
    Invariant(
      "resources.place_confirmed_too_long", [.identifier("place")],
      """
      SELECT id FROM resources_place WHERE expires_at - confirmed_at > \(Place.confirmedFor.wholeMicroseconds)
      ORDER BY id LIMIT \(Invariant.limit)
      """),
  ]
}
