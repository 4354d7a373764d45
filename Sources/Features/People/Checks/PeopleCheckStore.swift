import Database
import Kernel

/// Rows that contradict each other, for `nuanlin check`; over all communities.
extension Snapshot {
  /// Accounts of persons whom their community does not know.
  func accountsWithoutPerson() throws -> [PersonID] {
    try values(
      """
      SELECT account.person_id FROM people_account account
      LEFT JOIN people_person person
        ON person.id = account.person_id AND person.community_id = account.community_id
      WHERE person.id IS NULL ORDER BY account.person_id
      """)
  }

  /// Accounts of persons without a telephone number: nobody could sign in to them.
  func accountsWithoutPhone() throws -> [PersonID] {
    try values(
      """
      SELECT account.person_id FROM people_account account
      JOIN people_person person
        ON person.id = account.person_id AND person.community_id = account.community_id
      WHERE person.phone_index IS NULL ORDER BY account.person_id
      """)
  }

  /// Holders of roles whom their community does not know, once for each role.
  func rolesWithoutPerson() throws -> [PersonID] {
    try values(
      """
      SELECT role.person_id FROM people_role role
      LEFT JOIN people_person person
        ON person.id = role.person_id AND person.community_id = role.community_id
      WHERE person.id IS NULL ORDER BY role.person_id
      """)
  }

  /// Holders of sessions whom their community does not know, once for each session.
  func sessionsWithoutPerson() throws -> [PersonID] {
    try values(
      """
      SELECT session.person_id FROM people_session session
      LEFT JOIN people_person person
        ON person.id = session.person_id AND person.community_id = session.community_id
      WHERE person.id IS NULL ORDER BY session.person_id
      """)
  }

  /// Persons who are shut out and have a session all the same, once for each session.
  func sessionsOfDisabledPersons() throws -> [PersonID] {
    try values(
      """
      SELECT session.person_id FROM people_session session
      JOIN people_person person
        ON person.id = session.person_id AND person.community_id = session.community_id
      WHERE person.disabled_at IS NOT NULL ORDER BY session.person_id
      """)
  }

  /// Household cards whose household or person their community does not know.
  func cardsWithoutHousehold() throws -> [HouseholdCardID] {
    try values(
      """
      SELECT card.id FROM people_household_card card
      LEFT JOIN people_household household
        ON household.id = card.household_id AND household.community_id = card.community_id
      LEFT JOIN people_person person
        ON person.id = card.person_id AND person.community_id = card.community_id
      WHERE household.id IS NULL OR person.id IS NULL ORDER BY card.id
      """)
  }

  /// Persons of a household that their community does not know.
  func personsInUnknownHouseholds() throws -> [PersonID] {
    try values(
      """
      SELECT person.id FROM people_person person
      LEFT JOIN people_household household
        ON household.id = person.household_id AND household.community_id = person.community_id
      WHERE person.household_id IS NOT NULL AND household.id IS NULL ORDER BY person.id
      """)
  }

  /// Those who ask to join a household and belong to one already, or are not known to their community.
  func membershipRequestsWithoutNeed() throws -> [PersonID] {
    try values(
      """
      SELECT request.person_id FROM people_membership_request request
      LEFT JOIN people_person person
        ON person.id = request.person_id AND person.community_id = request.community_id
      WHERE person.id IS NULL OR person.household_id IS NOT NULL ORDER BY request.person_id
      """)
  }
}
