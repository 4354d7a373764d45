import Database
import Kernel
import Security

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

  /// Who belongs to one of these households, oldest entry first, those behind `last`. Each part of the households gives as
  /// many as are asked for, so that no more than these are held, whatever the community's size.
  func personIdentifiers(
    of households: Set<HouseholdID>, after last: PersonID?, limit: Int, in community: CommunityID
  ) throws -> [PersonID] {
    var found: [PersonID] = []
    for part in chunks(of: households) {
      found += try values(
        """
        SELECT id FROM people_person
        WHERE community_id = \(community) AND household_id IN \(list: part)
          AND id > \(last?.rawValue ?? 0) ORDER BY id LIMIT \(limit)
        """, as: PersonID.self)
      found = Array(found.sorted().prefix(limit))
    }
    return found
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

  /// By what means persons can be reached; those of other communities are left out.
  func reach(of persons: Set<PersonID>, in community: CommunityID) throws -> [PersonID: PersonReach] {
    var found: [PersonID: PersonReach] = [:]
    for part in chunks(of: persons) {
      try forEach(
        """
        SELECT id, CASE WHEN phone_index IS NULL THEN 0 ELSE 1 END,
          CASE WHEN disabled_at IS NULL THEN 0 ELSE 1 END, language, household_id
        FROM people_person
        WHERE community_id = \(community) AND id IN \(list: part)
        """
      ) { row in
        found[try row[0]] = PersonReach(
          hasPhone: try row[1], isDisabled: try row[2], language: try row[3], household: try row[4])
      }
    }
    return found
  }

  /// The telephone number of each of these persons who has one.
  func phones(
    of persons: Set<PersonID>, in community: CommunityID, opening cipher: FieldCipher
  ) throws -> [PersonID: PhoneNumber] {
    var numbers: [PersonID: PhoneNumber] = [:]
    for part in chunks(of: persons) {
      try forEach(
        """
        SELECT id, phone FROM people_person
        WHERE community_id = \(community) AND phone IS NOT NULL AND id IN \(list: part)
        """
      ) { row in
        let person: PersonID = try row[0]
        numbers[person] = PhoneNumber(
          e164: try cipher.open(try row[1], at: .phone(of: person, in: community)))
      }
    }
    return numbers
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
