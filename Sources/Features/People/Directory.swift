package import Database
package import Kernel
import Security
package import Web

/// What other features may know of people. They keep identifiers and ask here for the rest.
package struct Directory: Sendable {
  private let vault: Vault
  private let keys: PeopleKeys

  init(vault: Vault, keys: PeopleKeys) {
    self.vault = vault
    self.keys = keys
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
