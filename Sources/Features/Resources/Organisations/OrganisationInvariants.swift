import Database
import Kernel

/// What must always hold of the support network.
enum OrganisationInvariants {
  private static let limit = Invariant.limit

  static let invariants: [Invariant] = [
    Invariant(
      "resources.confirmed_too_long", [.identifier("organisation")],
      """
      SELECT id FROM resources_organisation
      WHERE expires_at - verified_at > \(OrganisationRules.confirmationHolds.wholeMicroseconds)
      ORDER BY id LIMIT \(limit)
      """),
    Invariant(
      "resources.representative_misplaced", [.identifier("organisation"), .identifier("person")],
      """
      SELECT representative.organisation_id, representative.person_id
      FROM resources_representative AS representative
      LEFT JOIN resources_organisation AS organisation
        ON organisation.id = representative.organisation_id
          AND organisation.community_id = representative.community_id
      WHERE organisation.id IS NULL
      ORDER BY representative.organisation_id, representative.person_id LIMIT \(limit)
      """),
    Invariant(
      "resources.promise_misplaced", [.identifier("promise")],
      """
      SELECT promise.id FROM resources_promise AS promise
      LEFT JOIN resources_organisation AS organisation
        ON organisation.id = promise.organisation_id AND organisation.community_id = promise.community_id
      WHERE organisation.id IS NULL ORDER BY promise.id LIMIT \(limit)
      """),
    Invariant(
      "resources.keeping_misplaced", [.identifier("keeping")],
      """
      SELECT keeping.id FROM resources_promise_keeping AS keeping
      LEFT JOIN resources_promise AS promise
        ON promise.id = keeping.promise_id AND promise.community_id = keeping.community_id
      WHERE promise.id IS NULL OR keeping.happened_at > keeping.recorded_at
      ORDER BY keeping.id LIMIT \(limit)
      """),
    Invariant(
      "resources.service_misplaced", [.identifier("service")],
      """
      SELECT service.id FROM resources_service AS service
      LEFT JOIN resources_organisation AS organisation
        ON organisation.id = service.organisation_id AND organisation.community_id = service.community_id
      WHERE organisation.id IS NULL ORDER BY service.id LIMIT \(limit)
      """),
    Invariant(
      "resources.service_place_misplaced", [.identifier("service"), .identifier("place")],
      """
      SELECT given.service_id, given.place_id FROM resources_service_place AS given
      LEFT JOIN resources_service AS service
        ON service.id = given.service_id AND service.community_id = given.community_id
      LEFT JOIN resources_place AS place
        ON place.id = given.place_id AND place.community_id = given.community_id
      WHERE service.id IS NULL OR place.id IS NULL
      ORDER BY given.service_id, given.place_id LIMIT \(limit)
      """),
  ]
}
