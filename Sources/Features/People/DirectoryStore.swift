import Database
import Kernel

extension Snapshot {
  /// What these persons are called; those of other communities are left out.
  func displayNames(of persons: Set<PersonID>, in community: CommunityID) throws -> [PersonID: String] {
    var names: [PersonID: String] = [:]
    for part in chunks(of: persons) {
      try forEach(
        """
        SELECT id, display_name FROM people_person
        WHERE community_id = \(community) AND id IN \(list: part)
        """
      ) { row in names[try row[0]] = try row[1] }
    }
    return names
  }

  /// The household that a person belongs to; nil for people without one.
  func household(of person: PersonID, in community: CommunityID) throws -> HouseholdID? {
    try first(
      "SELECT household_id FROM people_person WHERE community_id = \(community) AND id = \(person)"
    ) { row in try row[0] as HouseholdID? } ?? nil
  }

  /// Who belongs to a household, oldest entry first: for those who need no more than the identifiers.
  func personIdentifiers(of household: HouseholdID, in community: CommunityID) throws -> [PersonID] {
    try values(
      """
      SELECT id FROM people_person
      WHERE community_id = \(community) AND household_id = \(household) ORDER BY id
      """)
  }

  /// Everybody who holds a role, oldest entry first.
  func personIdentifiers(holding role: Role, in community: CommunityID) throws -> [PersonID] {
    try values(
      """
      SELECT person_id FROM people_role WHERE community_id = \(community) AND role = \(role) ORDER BY person_id
      """)
  }

  /// The persons among these whose telephone number has this index of its last four digits.
  func personIdentifiers(
    withPhoneEnding index: [UInt8], among persons: Set<PersonID>, in community: CommunityID
  ) throws -> [PersonID] {
    try chunks(of: persons).flatMap { part in
      try values(
        """
        SELECT id FROM people_person WHERE community_id = \(community)
          AND phone_last_four_index = \(index) AND id IN \(list: part) ORDER BY id
        """, as: PersonID.self)
    }
  }

  /// The building of each household, in its stored spelling; those of other communities are left out.
  func buildings(
    of households: Set<HouseholdID>, in community: CommunityID
  ) throws -> [HouseholdID: String] {
    var buildings: [HouseholdID: String] = [:]
    for part in chunks(of: households) {
      try forEach(
        """
        SELECT id, building FROM people_household
        WHERE community_id = \(community) AND id IN \(list: part)
        """
      ) { row in buildings[try row[0]] = try row[1] }
    }
    return buildings
  }

  /// The households of one building, oldest entry first.
  func householdIdentifiers(
    inBuilding building: String, of community: CommunityID
  ) throws -> [HouseholdID] {
    try values(
      """
      SELECT id FROM people_household WHERE community_id = \(community) AND building = \(building) ORDER BY id
      """)
  }

  /// The oldest entry among the persons of each household who are not disabled.
  func firstPersons(
    of households: Set<HouseholdID>, in community: CommunityID
  ) throws -> [HouseholdID: PersonID] {
    var first: [HouseholdID: PersonID] = [:]
    for part in chunks(of: households) {
      try forEach(
        """
        SELECT household_id, min(id) FROM people_person
        WHERE community_id = \(community) AND household_id IN \(list: part) AND disabled_at IS NULL
        GROUP BY household_id
        """
      ) { row in first[try row[0]] = try row[1] }
    }
    return first
  }

  func householdCount(of community: CommunityID) throws -> Int64 {
    try value("SELECT count(*) FROM people_household WHERE community_id = \(community)") ?? 0
  }
}
