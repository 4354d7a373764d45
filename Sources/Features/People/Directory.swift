package import Database
package import Kernel
package import Security
package import Web

/// What other features may know of people. They keep identifiers and ask here for the rest.
package struct Directory: Sendable {
  private let vault: Vault
  private let keys: PeopleKeys
  let spokenCodes: SpokenCodes

  init(vault: Vault, keys: PeopleKeys) {
    self.vault = vault
    self.keys = keys
    spokenCodes = SpokenCodes(key: keys.spokenCode)
  }

  /// What persons are called; those of other communities are left out.
  package func displayNames(
    of persons: some Collection<PersonID>, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PersonID: String] {
    try snapshot.displayNames(of: Set(persons), in: community)
  }

  /// The household that a person belongs to; nil for people without one.
  package func household(
    of person: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> HouseholdID? {
    try snapshot.household(of: person, in: community)
  }

  /// The persons who belong to a household, oldest entry first.
  package func persons(
    of household: HouseholdID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PersonID] {
    try snapshot.personIdentifiers(of: household, in: community)
  }

  /// Everybody who belongs to one of these households, oldest entry first; of households of other communities nobody.
  ///
  /// - Parameters:
  ///   - last: only those behind this one.
  ///   - limit: at most so many.
  package func persons(
    of households: some Collection<HouseholdID>, after last: PersonID?, limit: Int,
    in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PersonID] {
    try snapshot.personIdentifiers(of: Set(households), after: last, limit: limit, in: community)
  }

  /// Everybody who holds a role in the community, oldest entry first.
  package func persons(
    holding role: Role, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PersonID] {
    try snapshot.personIdentifiers(holding: role, in: community)
  }

  /// The household behind a door; nil where none is entered.
  package func household(
    at door: Door, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> HouseholdID? {
    try snapshot.household(withDoor: keys.index(of: door, in: community), in: community)
  }

  /// The households behind these doors; doors where none is entered are left out.
  package func households(
    at doors: Set<Door>, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Door: HouseholdID] {
    let indexes = Dictionary(doors.map { ($0, keys.index(of: $0, in: community)) }) { first, _ in first }
    let found = try snapshot.households(withDoors: Array(indexes.values), in: community)
    return indexes.compactMapValues { found[$0] }
  }

  /// The building of each household, in its stored spelling; `Door.buildingName` makes it readable.
  package func buildings(
    of households: some Collection<HouseholdID>, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [HouseholdID: String] {
    try snapshot.buildings(of: Set(households), in: community)
  }

  /// What opens the doors' labels of one community; fetched before the transaction in which it is used.
  /// - Throws: `vault.wrong_key`, and what the storage of keys throws.
  package func doors(of community: CommunityID) async throws -> Doors {
    Doors(
      community: community,
      cipher: try await vault.cipher(for: KeyScope(community: community, dataClass: .contact)))
  }

  /// The persons among these whose telephone number ends with these four digits; empty unless there are four.
  package func persons(
    withPhoneEnding digits: String, among persons: some Collection<PersonID>, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> [PersonID] {
    guard digits.utf8.count == 4, digits.utf8.allSatisfy({ (48...57).contains($0) }) else { return [] }
    let index = keys.index(ofLastFour: digits, in: community)
    return try snapshot.personIdentifiers(withPhoneEnding: index, among: Set(persons), in: community)
  }

  /// The person who is entered with this telephone number as people type it; nil for none, and for what is no number.
  package func person(
    withPhone typed: String, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> PersonID? {
    guard let phone = PhoneNumber(typed: typed) else { return nil }
    return try snapshot.person(withPhone: keys.index(of: phone, in: community), in: community)?.id
  }

  package func communities(_ snapshot: Snapshot) throws -> [CommunityID] {
    try snapshot.communityIdentifiers()
  }

  /// Every community with its name, its clock and whether it is a practice shop, in the order of their creation.
  package func communityCards(_ snapshot: Snapshot) throws -> [CommunityCard] {
    try snapshot.communities()
  }

  /// A community with its name, its clock and whether it is a practice shop; nil where there is none.
  package func community(_ id: CommunityID, _ snapshot: Snapshot) throws -> CommunityCard? {
    try snapshot.community(id)
  }

  /// By what means persons can be reached, without saying how; those of other communities are left out.
  package func reach(
    of persons: some Collection<PersonID>, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PersonID: PersonReach] {
    try snapshot.reach(of: Set(persons), in: community)
  }

  /// What opens telephone numbers of one community; fetched before the transaction in which it is used.
  /// - Throws: `vault.wrong_key`, and what the storage of keys throws.
  package func phones(of community: CommunityID) async throws -> Phones {
    Phones(
      community: community,
      cipher: try await vault.cipher(for: KeyScope(community: community, dataClass: .contact)))
  }

  /// The buildings of a community with the number of their households.
  package func buildings(
    of community: CommunityID, _ snapshot: Snapshot
  ) throws -> [(building: String, households: Int64)] {
    try snapshot.buildings(of: community)
  }

  /// The households of one building, in its stored spelling.
  package func households(
    inBuilding building: String, of community: CommunityID, _ snapshot: Snapshot
  ) throws -> [HouseholdID] {
    try snapshot.householdIdentifiers(inBuilding: building, of: community)
  }

  /// Who was entered first in each of these households and may still use the site; households with nobody are left out.
  package func firstPersons(
    of households: some Collection<HouseholdID>, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [HouseholdID: PersonID] {
    try snapshot.firstPersons(of: Set(households), in: community)
  }

  package func householdCount(of community: CommunityID, _ snapshot: Snapshot) throws -> Int64 {
    try snapshot.householdCount(of: community)
  }
}

/// The doors of one community, for those who may see where people live.
package struct Doors: Sendable {
  private let community: CommunityID
  private let cipher: FieldCipher

  init(community: CommunityID, cipher: FieldCipher) {
    self.community = community
    self.cipher = cipher
  }

  /// `3号楼 2单元 501` for each household; those of other communities are left out.
  package func labels(
    of households: some Collection<HouseholdID>, _ snapshot: Snapshot
  ) throws -> [HouseholdID: Phrase] {
    try self.households(households, snapshot).mapValues(\.door.label)
  }

  /// Door, floor and lift of each household, for lists in the order of doors and for carriers.
  package func households(
    _ households: some Collection<HouseholdID>, _ snapshot: Snapshot
  ) throws -> [HouseholdID: Household] {
    let found = try snapshot.households(Set(households), in: community, opening: cipher)
    return Dictionary(found.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }
}

/// By what means a person can be reached.
package struct PersonReach: Sendable, Hashable {
  package let hasPhone: Bool
  /// Nobody writes to who was disabled.
  package let isDisabled: Bool
  /// The language in which the person reads pages; nil where they never chose.
  package let language: Language?
  package let household: HouseholdID?

  package init(hasPhone: Bool, isDisabled: Bool, language: Language?, household: HouseholdID?) {
    self.hasPhone = hasPhone
    self.isDisabled = isDisabled
    self.language = language
    self.household = household
  }
}

/// The telephone numbers of one community, for what rings people up and writes to them. Never logged, never in an event.
package struct Phones: Sendable {
  private let community: CommunityID
  private let cipher: FieldCipher

  init(community: CommunityID, cipher: FieldCipher) {
    self.community = community
    self.cipher = cipher
  }

  /// The number of each person who has one; those of other communities are left out.
  package func numbers(
    of persons: some Collection<PersonID>, _ snapshot: Snapshot
  ) throws -> [PersonID: PhoneNumber] {
    try snapshot.phones(of: Set(persons), in: community, opening: cipher)
  }
}
