import Database
import Kernel
import Security

extension Snapshot {
  /// Everyone in a building, door by door.
  func persons(inBuilding building: String, of community: CommunityID, limit: Int) throws -> [Person] {
    let ids: [PersonID] = try values(
      """
      SELECT person.id FROM people_household household JOIN people_person person
        ON person.community_id = household.community_id AND person.household_id = household.id
      WHERE household.community_id = \(community) AND household.building = \(building)
      ORDER BY household.id, person.id LIMIT \(limit)
      """)
    return try persons(ids, in: community)
  }

  func deskEntries(
    for persons: [Person], in community: CommunityID, opening cipher: FieldCipher
  ) throws -> [DeskEntry] {
    let households = try households(
      Set(persons.compactMap(\.household)), in: community, opening: cipher)
    let doors = Dictionary(households.map { ($0.id, $0.door.label) }, uniquingKeysWith: { first, _ in first })
    let roles = try roles(of: persons.map(\.id), in: community)
    return persons.map { person in
      DeskEntry(person: person, roles: roles[person.id] ?? [], door: person.household.flatMap { doors[$0] })
    }
  }

  func deskPerson(
    _ id: PersonID, in community: CommunityID, opening cipher: FieldCipher
  ) throws -> DeskPerson? {
    guard let person = try person(id, in: community) else { return nil }
    let grants = try grants(of: id, in: community)
    let cards = try cards(of: id, in: community)
    let others = try persons(
      Set(grants.map(\.grantedBy) + cards.map(\.issuedBy)), in: community)
    return DeskPerson(
      person: person,
      door: try person.household.flatMap { try household($0, in: community, opening: cipher)?.door },
      request: try membershipRequest(of: id, in: community, opening: cipher), grants: grants, cards: cards,
      hasSecondFactor: try account(of: id, in: community)?.secondFactor != nil,
      names: Dictionary(others.map { ($0.id, $0.displayName) }, uniquingKeysWith: { first, _ in first }))
  }
}
