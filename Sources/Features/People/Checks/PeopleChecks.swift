package import Database
package import Kernel

extension People {
  /// What `nuanlin check` asks of People. Each breach names rows by identifier only.
  package static func checks(_ snapshot: Snapshot) throws -> [Breach] {
    try accounts(snapshot) + sessions(snapshot) + cards(snapshot) + memberships(snapshot) + audit(snapshot)
  }

  private static func accounts(_ snapshot: Snapshot) throws -> [Breach] {
    let strangers = try snapshot.values(
      """
      SELECT account.person_id FROM people_account account
      LEFT JOIN people_person person
        ON person.id = account.person_id AND person.community_id = account.community_id
      WHERE person.id IS NULL ORDER BY account.person_id
      """, as: PersonID.self)
    let numberless = try snapshot.values(
      """
      SELECT account.person_id FROM people_account account
      JOIN people_person person
        ON person.id = account.person_id AND person.community_id = account.community_id
      WHERE person.phone_index IS NULL ORDER BY account.person_id
      """, as: PersonID.self)
    let rolesOfNobody = try snapshot.values(
      """
      SELECT role.person_id FROM people_role role
      LEFT JOIN people_person person
        ON person.id = role.person_id AND person.community_id = role.community_id
      WHERE person.id IS NULL ORDER BY role.person_id
      """, as: PersonID.self)
    return strangers.map { Breach("people.account_without_person", "person \($0)") }
      + numberless.map { Breach("people.account_without_phone", "person \($0)") }
      + rolesOfNobody.map { Breach("people.role_without_person", "person \($0)") }
  }

  private static func sessions(_ snapshot: Snapshot) throws -> [Breach] {
    let strangers = try snapshot.values(
      """
      SELECT session.person_id FROM people_session session
      LEFT JOIN people_person person
        ON person.id = session.person_id AND person.community_id = session.community_id
      WHERE person.id IS NULL ORDER BY session.person_id
      """, as: PersonID.self)
    let disabled = try snapshot.values(
      """
      SELECT session.person_id FROM people_session session
      JOIN people_person person
        ON person.id = session.person_id AND person.community_id = session.community_id
      WHERE person.disabled_at IS NOT NULL ORDER BY session.person_id
      """, as: PersonID.self)
    return strangers.map { Breach("people.session_without_person", "person \($0)") }
      + disabled.map { Breach("people.session_of_disabled_person", "person \($0)") }
  }

  private static func cards(_ snapshot: Snapshot) throws -> [Breach] {
    try snapshot.values(
      """
      SELECT card.id FROM people_household_card card
      LEFT JOIN people_household household
        ON household.id = card.household_id AND household.community_id = card.community_id
      LEFT JOIN people_person person
        ON person.id = card.person_id AND person.community_id = card.community_id
      WHERE household.id IS NULL OR person.id IS NULL ORDER BY card.id
      """, as: HouseholdCardID.self
    ).map { Breach("people.card_without_household", "card \($0)") }
  }

  private static func memberships(_ snapshot: Snapshot) throws -> [Breach] {
    let homeless = try snapshot.values(
      """
      SELECT person.id FROM people_person person
      LEFT JOIN people_household household
        ON household.id = person.household_id AND household.community_id = person.community_id
      WHERE person.household_id IS NOT NULL AND household.id IS NULL ORDER BY person.id
      """, as: PersonID.self)
    let twice = try snapshot.values(
      """
      SELECT request.person_id FROM people_membership_request request
      LEFT JOIN people_person person
        ON person.id = request.person_id AND person.community_id = request.community_id
      WHERE person.id IS NULL OR person.household_id IS NOT NULL ORDER BY request.person_id
      """, as: PersonID.self)
    return homeless.map { Breach("people.person_in_unknown_household", "person \($0)") }
      + twice.map { Breach("people.request_of_member", "person \($0)") }
  }

  private static func audit(_ snapshot: Snapshot) throws -> [Breach] {
    let communities = try snapshot.values("SELECT id FROM people_community ORDER BY id", as: CommunityID.self)
    return try communities.compactMap { community in
      try snapshot.verifyAudit(of: community).breaksAt.map {
        Breach("audit.chain_broken", "community \(community), entry \($0)")
      }
    }
  }
}
